"""The brief of a challenge for the class, gathered from the workspace and written as DOCX on our letterhead."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.goals import Challenge, phase_ends
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.library.files import languages
from cocivic_desktop.services import organisation_files

if TYPE_CHECKING:
    from cocivic_desktop.documents.challenge_brief import BriefFacts
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace


def write_brief(
    workspace: Workspace, challenge_id: UUID, path: Path | str, language: str = "en", *, force: bool = False
) -> Path:
    """Write the brief to a file; returns where it is.

    Raises `BadInput` for a language that documents are not written in, for a file that is there (unless `force`) or
    cannot be written, and for a letterhead that cannot be read; `NotFound`.
    """
    known = languages("documents")
    if language not in known:
        raise BadInput(f"Documents are not written in “{language}”. There are: {', '.join(known)}.")
    from cocivic_desktop.documents.challenge_brief import challenge_brief
    from cocivic_desktop.documents.plain_docx import write_simple

    return write_simple(challenge_brief(facts(workspace, challenge_id), language), path, force=force)


def facts(workspace: Workspace, challenge_id: UUID) -> BriefFacts:
    """What the brief says about a challenge. Raises `NotFound`."""
    from cocivic_desktop.documents.challenge_brief import BriefFacts

    with workspace.read() as unit:
        challenge = unit.get(Challenge, challenge_id)
        partnership = unit.get(Partnership, challenge.partnership_id)
        school = unit.get(Organisation, partnership.school_id)
        ours = unit.first(Organisation, is_ours=True)
        helpers = {
            "mentor": _helper(unit, challenge.mentor_id, ours),
            "teacher": _helper(unit, challenge.teacher_id, school),
        }
    file = organisation_files.letterhead(workspace)
    return BriefFacts(
        title=challenge.title,
        question=challenge.question,
        need=challenge.social_need,
        limits=challenge.constraints,
        mission=challenge.mission_link,
        learning=challenge.learning_objectives,
        curriculum=challenge.curriculum_link,
        partnership=partnership.title,
        organisation=ours.name if ours is not None else "",
        helpers=helpers,
        phase_ends=phase_ends(challenge),
        letterhead=tuple(ours.letterhead.splitlines()) if ours is not None and file is None else (),
        letterhead_file=file,
        logo=organisation_files.logo(workspace) if file is None else None,
    )


def _helper(unit: UnitOfWork, person_id: UUID | None, usual: Organisation | None) -> str:
    """A person's name, with the organisation; empty for nobody. No addresses: the sheet goes to a class."""
    person = unit.first(Person, archived=None, id=person_id) if person_id is not None else None
    if person is None:
        return ""
    own = unit.first(Organisation, archived=None, id=person.organisation_id) if person.organisation_id else usual
    return f"{person.name}, {own.short_name or own.name}" if own is not None else person.name
