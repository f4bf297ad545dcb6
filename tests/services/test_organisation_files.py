"""The letterhead and the logo: kept byte for byte, replaced, removed, and refused in a sentence when unfit."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING

import pytest
from docx import Document

from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.organisations import FilePurpose, Organisation, OrganisationFile, OrganisationKind
from cocivic_desktop.services import organisation_files, records
from cocivic_desktop.store.workspace import Workspace

if TYPE_CHECKING:
    from cocivic_desktop.domain.partnerships import Partnership

LOGO, LETTERHEAD = FilePurpose.LOGO, FilePurpose.LETTERHEAD


def png(width: int = 4, height: int = 3) -> bytes:
    """A small grey picture."""
    pixels = zlib.compress(b"".join(b"\0" + b"\x80" * width for _ in range(height)))
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x00\x00\x00\x00"
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(chunk, (b"IHDR", b"IDAT", b"IEND"), (head, pixels, b"")))


def chunk(kind: bytes, content: bytes) -> bytes:
    """A PNG chunk with its length and checksum."""
    return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")


def docx() -> bytes:
    """A letterhead as a word processor saves it."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Green Harbour"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_logo_is_kept_replaced_and_removed_and_each_is_one_step(
    workspace: Workspace, partnership: Partnership
) -> None:
    assert organisation_files.logo(workspace) is None
    organisation_files.choose(workspace, LOGO, "/home/x/harbour.png", png())
    organisation_files.choose(workspace, LOGO, "new.png", png(8, 8))
    kept = organisation_files.chosen(workspace, LOGO)
    assert kept is not None
    assert (kept.file_name, kept.media_type, kept.content) == ("new.png", "image/png", png(8, 8))
    assert len(records.find(workspace, OrganisationFile)) == 1
    workspace.undo()
    kept = organisation_files.chosen(workspace, LOGO)
    assert kept is not None
    assert (kept.file_name, kept.content) == ("harbour.png", png())
    organisation_files.remove(workspace, LOGO)
    assert organisation_files.logo(workspace) is None
    workspace.undo()
    assert organisation_files.logo(workspace) is not None


def test_the_logo_says_what_it_shows(workspace: Workspace, partnership: Partnership) -> None:
    organisation_files.choose(workspace, LOGO, "harbour.png", png())
    picture = organisation_files.logo(workspace)
    assert picture is not None
    assert picture.alt == "Green Harbour"
    ours = records.find(workspace, Organisation, is_ours=True)[0]
    records.change(workspace, Organisation, ours.id, logo="A lighthouse in a wreath of leaves")
    picture = organisation_files.logo(workspace)
    assert picture is not None
    assert picture.alt == "A lighthouse in a wreath of leaves"


def test_a_letterhead_comes_back_byte_for_byte(workspace: Workspace, partnership: Partnership) -> None:
    assert organisation_files.letterhead(workspace) is None
    data = docx()
    organisation_files.choose(workspace, LETTERHEAD, "Letterhead.docx", data)
    assert organisation_files.letterhead(workspace) == data


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"GIF89a" + bytes(20), "no PNG or JPEG"),
        (png()[:-20], "damaged"),
        (png().replace(b"IDAT", b"IDAX"), "damaged"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(30), "damaged"),
        (png(7_000, 1)[:16] + (7_000).to_bytes(4, "big") * 2 + bytes(20), "damaged"),
        (bytes(organisation_files.MAX_BYTES + 1), "larger than 5 MB"),
    ],
)
def test_an_unfit_logo_is_refused_and_the_one_before_stays(
    workspace: Workspace, partnership: Partnership, data: bytes, says: str
) -> None:
    organisation_files.choose(workspace, LOGO, "harbour.png", png())
    with pytest.raises(BadInput, match=says):
        organisation_files.choose(workspace, LOGO, "other.png", data)
    kept = organisation_files.chosen(workspace, LOGO)
    assert kept is not None
    assert kept.file_name == "harbour.png"


def test_a_picture_of_too_many_pixels_is_refused(workspace: Workspace, partnership: Partnership) -> None:
    head = (7_000).to_bytes(4, "big") * 2 + b"\x08\x00\x00\x00\x00"
    huge = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IEND", b"")
    with pytest.raises(BadInput, match="too many pixels"):
        organisation_files.choose(workspace, LOGO, "huge.png", huge)


def test_a_text_is_no_letterhead(workspace: Workspace, partnership: Partnership) -> None:
    with pytest.raises(BadInput, match=r"“letter\.docx” is no letterhead that can be used"):
        organisation_files.choose(workspace, LETTERHEAD, "letter.docx", b"Dear all")
    assert organisation_files.letterhead(workspace) is None


def test_files_need_an_organisation_to_belong_to(workspace: Workspace) -> None:
    records.add(workspace, Organisation(name="A school", kind=OrganisationKind.VET_PROVIDER))
    with pytest.raises(BadInput, match="Describe your organisation first"):
        organisation_files.choose(workspace, LOGO, "harbour.png", png())
