from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cocivic_desktop.domain.agreements import Agreement, AgreementVersion, Attachment
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.services import attachments, records

if TYPE_CHECKING:
    from pathlib import Path

    from cocivic_desktop.domain.partnerships import Partnership
    from cocivic_desktop.store.workspace import Workspace


@pytest.fixture
def version(workspace: Workspace, partnership: Partnership) -> AgreementVersion:
    agreement = Agreement(partnership_id=partnership.id)
    made = AgreementVersion(agreement_id=agreement.id, number=1)
    records.add(workspace, agreement)
    records.add(workspace, made)
    return made


@pytest.mark.parametrize(
    ("start", "media_type", "ending"),
    [
        (b"%PDF-1.7", "application/pdf", ".pdf"),
        (b"\xff\xd8\xff\xe0", "image/jpeg", ".jpg"),
        (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
    ],
)
def test_a_scan_is_kept_byte_for_byte(
    workspace: Workspace, version: AgreementVersion, tmp_path: Path, start: bytes, media_type: str, ending: str
) -> None:
    path = tmp_path / "MoU signed: both.bin"
    path.write_bytes(start + b"rest")
    made, _ = attachments.attach(workspace, version.id, path)
    kept = attachments.of_version(workspace, version.id)
    assert [(one.id, one.content, one.media_type) for one in kept] == [(made.id, start + b"rest", media_type)]
    written = attachments.save_in(kept[0], tmp_path)
    assert written.suffix == ending, "the ending tells what it is, whatever it was called"
    assert written.read_bytes() == start + b"rest"
    assert written.stat().st_mode & 0o777 == 0o600
    workspace.undo()
    assert attachments.of_version(workspace, version.id) == []


def test_other_files_and_large_ones_are_refused(
    workspace: Workspace, version: AgreementVersion, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(b"MZ not a scan")
    with pytest.raises(BadInput, match="no PDF, JPG or PNG"):
        attachments.attach(workspace, version.id, path)
    monkeypatch.setattr(attachments, "MAX_BYTES", 10)
    path.write_bytes(b"%PDF-1.7 and much more")
    with pytest.raises(BadInput, match="larger than"):
        attachments.attach(workspace, version.id, path)
    with pytest.raises(BadInput, match="cannot be read"):
        attachments.attach(workspace, version.id, tmp_path / "absent.pdf")
    assert records.find(workspace, Attachment) == []
