"""Signed scans kept with a version of an agreement."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cocivic_desktop.domain.agreements import AgreementVersion, Attachment
from cocivic_desktop.domain.base import SHORT_TEXT, clean_text
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.files import safe_file_name, write_whole

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace

MAX_BYTES: Final = 20_000_000
"""Largest scan, in bytes: it travels in every workspace and backup. Twelve pages in grey at 200 dpi are about 5 MB."""
TYPES: Final = {
    b"%PDF-": ("application/pdf", ".pdf"),
    b"\xff\xd8\xff": ("image/jpeg", ".jpg"),
    b"\x89PNG\r\n\x1a\n": ("image/png", ".png"),
}
"""How files begin, what they are, and their ending."""


def attach(workspace: Workspace, version_id: UUID, path: Path) -> tuple[Attachment, Changes]:
    """Keep a scan (PDF, JPG or PNG) with a version. Raises `BadInput`: what is wrong with the file, and what to do."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadInput(f"“{path.name}” cannot be read ({error.strerror}). Please choose another file.") from error
    if len(content) > MAX_BYTES:
        raise BadInput(
            f"“{path.name}” is larger than {MAX_BYTES // 1_000_000} MB. Scan it in grey at 200 dpi, or as PDF."
        )
    media_type = next((kind for start, (kind, _) in TYPES.items() if content.startswith(start)), "")
    if not media_type:
        raise BadInput(f"“{path.name}” is no PDF, JPG or PNG file. Please scan or save it as one of these.")
    with workspace.write("attach_scan", path.name) as unit:
        version = unit.get(AgreementVersion, version_id)
        made = unit.add(
            Attachment(
                agreement_id=version.agreement_id,
                agreement_version_id=version.id,
                file_name=clean_text(path.name)[:SHORT_TEXT],
                media_type=media_type,
                sha256=hashlib.sha256(content).hexdigest(),
                content=content,
            )
        )
    return made, workspace.last_changes


def of_version(workspace: Workspace, version_id: UUID) -> list[Attachment]:
    """The scans of a version, the first one first."""
    with workspace.read() as unit:
        return unit.find(Attachment, agreement_version_id=version_id, order="created_at")


def save_in(attachment: Attachment, folder: Path) -> Path:
    """Write a scan into a folder, to be opened from there; readable for the user only. Raises `BadInput`."""
    suffix = next(ending for kind, ending in TYPES.values() if kind == attachment.media_type)
    stem = Path(attachment.file_name).stem or "scan"
    return write_whole(folder / safe_file_name(stem, suffix), attachment.content, force=True)
