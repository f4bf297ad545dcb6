"""The goal sheet of a partnership, gathered from the workspace and written as DOCX on our letterhead."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.goals import Indicator, SharedGoal
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.library.files import languages
from cocivic_desktop.library.labels import Labels, labels
from cocivic_desktop.services import organisation_files
from cocivic_desktop.services.indicator_words import indicator_name, value_text

if TYPE_CHECKING:
    from cocivic_desktop.documents.goal_sheet import SheetFacts, SheetGoal
    from cocivic_desktop.store.workspace import Workspace


def write_sheet(
    workspace: Workspace, partnership_id: UUID, path: Path | str, language: str, today: date, *, force: bool = False
) -> Path:
    """Write the sheet to a file; returns where it is.

    Raises `BadInput` for a language that documents are not written in, for a file that is there (unless `force`) or
    cannot be written, and for a letterhead that cannot be read; `NotFound`.
    """
    known = languages("documents")
    if language not in known:
        raise BadInput(f"Documents are not written in “{language}”. There are: {', '.join(known)}.")
    from cocivic_desktop.documents.goal_sheet import goal_sheet
    from cocivic_desktop.documents.plain_docx import write_simple

    return write_simple(goal_sheet(facts(workspace, partnership_id, language, today), language), path, force=force)


def facts(workspace: Workspace, partnership_id: UUID, language: str, today: date) -> SheetFacts:
    """What the sheet says about the goals of a partnership that are not archived. Raises `NotFound`."""
    from cocivic_desktop.documents.goal_sheet import SheetFacts

    with workspace.read() as unit:
        partnership = unit.get(Partnership, partnership_id)
        school = unit.get(Organisation, partnership.school_id)
        ours = unit.first(Organisation, is_ours=True)
        goals = unit.find(SharedGoal, order="position", partnership_id=partnership_id)
        indicators = unit.find(Indicator, order="position", partnership_id=partnership_id)
        owners = [id for goal in goals for id in (goal.owner_cso_id, goal.owner_school_id) if id is not None]
        names = {one.id: one.name for one in unit.find(Person, archived=None, id=owners)} if owners else {}
    own_name = ours.name if ours is not None else labels(language)["side.cso"]
    file = organisation_files.letterhead(workspace)
    return SheetFacts(
        partnership=partnership.title,
        school=school.name,
        organisation=own_name,
        as_of=today,
        goals=[
            _goal(
                goal,
                [one for one in indicators if one.goal_id == goal.id],
                names,
                (own_name, school.name),
                labels(language),
            )
            for goal in goals
        ],
        sides=(own_name, school.name),
        letterhead=tuple(ours.letterhead.splitlines()) if ours is not None and file is None else (),
        letterhead_file=file,
        logo=organisation_files.logo(workspace) if file is None else None,
    )


def _goal(
    goal: SharedGoal, indicators: list[Indicator], names: dict[UUID, str], sides: tuple[str, str], words: Labels
) -> SheetGoal:
    from cocivic_desktop.documents.goal_sheet import SheetAssent, SheetGoal, SheetIndicator

    return SheetGoal(
        statement=goal.statement,
        theme=goal.theme,
        target_on=goal.target_on,
        benefit_cso=goal.benefit_cso,
        benefit_school=goal.benefit_school,
        benefit_learners=goal.benefit_learners,
        curriculum_link=goal.curriculum_link,
        mission_link=goal.mission_link,
        mission_diversion=goal.mission_diversion,
        owner_cso=names.get(goal.owner_cso_id, "") if goal.owner_cso_id else "",
        owner_school=names.get(goal.owner_school_id, "") if goal.owner_school_id else "",
        indicators=[
            SheetIndicator(
                indicator_name(one, words.language),
                value_text(one.baseline, one.unit, words),
                value_text(one.target, one.unit, words),
                one.measured_how or words[f"means.{one.means.value}"],
            )
            for one in indicators
        ],
        assents=[
            SheetAssent(sides[0], goal.agreed_cso_on, goal.agreed_cso_by),
            SheetAssent(sides[1], goal.agreed_school_on, goal.agreed_school_by),
        ],
    )
