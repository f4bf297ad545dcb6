"""The letterhead and the logo that our documents are written on: chosen, replaced, removed, and handed to builders."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from cocivic_desktop import pictures
from cocivic_desktop.documents.content import Picture
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.organisations import FilePurpose, Organisation, OrganisationFile

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace

MAX_BYTES: Final = 5_000_000
"""Largest letterhead or logo, in bytes: it travels in every workspace, backup and document."""
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SUFFIXES: Final = {FilePurpose.LETTERHEAD: (".docx",), FilePurpose.LOGO: (".png", ".jpg", ".jpeg")}
"""Endings of the files that can be chosen."""
_PICTURE_WORDS: Final = {
    "format": "“{name}” is no PNG or JPEG picture that documents can hold. Please save the logo as PNG or JPEG.",
    "damaged": "“{name}” is damaged or not complete. Please export the logo again.",
    "too_large": "“{name}” has too many pixels. 2,000 pixels in width are plenty for a logo; please make it smaller.",
}


def letterhead(workspace: Workspace) -> bytes | None:
    """The DOCX whose head and foot our documents wear; None when none was chosen."""
    found = chosen(workspace, FilePurpose.LETTERHEAD)
    return found.content if found is not None else None


def logo(workspace: Workspace) -> Picture | None:
    """Our logo for a document's first page, with what it shows in words; None when none was chosen."""
    with workspace.read():
        found = chosen(workspace, FilePurpose.LOGO)
        ours = _ours(workspace)
    if found is None or ours is None:
        return None
    return Picture(data=pictures.with_jpeg_head(found.content), alt=ours.logo or ours.name)


def chosen(workspace: Workspace, purpose: FilePurpose) -> OrganisationFile | None:
    """Our organisation's file for a purpose, with its bytes; None when there is none."""
    with workspace.read() as unit:
        ours = _ours(workspace)
        return unit.first(OrganisationFile, organisation_id=ours.id, purpose=purpose) if ours is not None else None


def choose(workspace: Workspace, purpose: FilePurpose, file_name: str, data: bytes) -> Changes:
    """Keep a file as our letterhead or logo in place of the one before: one step of undo.

    Raises `BadInput` when it is not what the purpose needs, is damaged, or larger than `MAX_BYTES`, and when our
    organisation has not been described yet. Nothing is changed then.
    """
    name = PurePath(file_name).name
    media_type = _checked(purpose, name, data)
    ours = _ours(workspace)
    if ours is None:
        raise BadInput("Describe your organisation first: its name is enough. Then choose the file again.")
    with workspace.write("choose_organisation_file", name) as unit:
        kept = unit.first(OrganisationFile, organisation_id=ours.id, purpose=purpose, archived=None)
        if kept is None:
            kept = unit.add(OrganisationFile(organisation_id=ours.id, purpose=purpose, file_name=name))
        kept.file_name, kept.media_type, kept.content, kept.archived = name, media_type, data, False
        kept.sha256 = hashlib.sha256(data).hexdigest()
    return workspace.last_changes


def remove(workspace: Workspace, purpose: FilePurpose) -> Changes:
    """Take our letterhead or logo out of the workspace; undo brings it back. Nothing happens when there is none."""
    found = chosen(workspace, purpose)
    if found is None:
        return Changes()
    with workspace.write("delete_organisation_file", found.file_name) as unit:
        unit.delete(unit.get(OrganisationFile, found.id))
    return workspace.last_changes


def _ours(workspace: Workspace) -> Organisation | None:
    with workspace.read() as unit:
        return unit.first(Organisation, is_ours=True)


def _checked(purpose: FilePurpose, name: str, data: bytes) -> str:
    """The media type of a file that fits its purpose. Raises `BadInput`."""
    if len(data) > MAX_BYTES:
        raise BadInput(
            f"“{name}” is larger than {MAX_BYTES // 1_000_000} MB. Please choose a smaller file, "
            "for example with smaller pictures in it."
        )
    if purpose is FilePurpose.LETTERHEAD:
        from cocivic_desktop.documents.hostile import RefusedFile, open_docx

        try:
            package, main = open_docx(data)
            for part in (main, *package.related(main, "header"), *package.related(main, "footer")):
                package.xml(part)
        except RefusedFile as error:
            raise BadInput(
                f"“{name}” is no letterhead that can be used. It has to be a whole Word document (.docx) without a "
                "password: open it in your word processor, save it as .docx, and choose that."
            ) from error
        return DOCX
    try:
        return pictures.examine(data).media_type
    except pictures.BadPicture as error:
        raise BadInput(_PICTURE_WORDS[error.code].format(name=name)) from error
