"""The school-year plan and the list of materials of a partnership, gathered from the calendar and written to files."""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cocivic_desktop.domain.activities import ActivityStatus
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.organisations import Organisation, Person, PersonKind
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.plan_facts import PlanDate, PlanPeriod, PlanWeek, YearPlan
from cocivic_desktop.domain.rules.recurrence import city, on_wall
from cocivic_desktop.domain.rules.teaching_weeks import closes, monday_of
from cocivic_desktop.domain.school_years import SchoolYear
from cocivic_desktop.library.files import languages
from cocivic_desktop.library.labels import labels
from cocivic_desktop.services import organisation_files

if TYPE_CHECKING:
    from cocivic_desktop.documents.year_plan import Paper
    from cocivic_desktop.domain.rules.recurrence import Occurrence
    from cocivic_desktop.services.calendar import Content
    from cocivic_desktop.store.workspace import Workspace

WORDS: Final = "year_plan.toml"
ONE_YEAR: Final = timedelta(days=365)


class PlanPaper(StrEnum):
    """What can be written; the ending of the file decides between document and workbook."""

    PLAN = "plan"
    MATERIALS = "materials"


def years_of(workspace: Workspace, partnership_id: UUID) -> list[SchoolYear]:
    """The school years of a partnership's school, the earliest first. Raises `NotFound`."""
    with workspace.read() as unit:
        partnership = unit.get(Partnership, partnership_id)
        return unit.find(SchoolYear, school_id=partnership.school_id, order="starts_on")


def usual_year(years: list[SchoolYear], today: date) -> SchoolYear | None:
    """The year of `today`, else the next, else the last."""
    coming = [one for one in years if one.ends_on >= today]
    return coming[0] if coming else years[-1] if years else None


def write_plan(
    workspace: Workspace,
    partnership_id: UUID,
    path: Path | str,
    language: str,
    today: date,
    *,
    paper: PlanPaper = PlanPaper.PLAN,
    school_year_id: UUID | None = None,
    force: bool = False,
) -> Path:
    """Write the plan, or the materials from `today` on, as DOCX on our letterhead or as XLSX; returns where it is.

    `school_year_id` None means the year of today. Raises `BadInput` for another ending than these, for a language
    that documents are not written in, and for a file that is there (unless `force`) or cannot be written; `NotFound`.
    """
    from cocivic_desktop.files import write_whole

    known = languages("documents")
    if language not in known:
        raise BadInput(f"Documents are not written in “{language}”. There are: {', '.join(known)}.")
    ending = Path(path).suffix.lower()
    if ending not in (".docx", ".xlsx"):
        raise BadInput(f"A plan is written as .docx or .xlsx, not as “{ending or Path(path).name}”.")
    plan = facts(workspace, partnership_id, today, school_year_id=school_year_id)
    if ending == ".xlsx":
        from cocivic_desktop.tables.year_plan import materials_xlsx, plan_xlsx

        data = (plan_xlsx if paper is PlanPaper.PLAN else materials_xlsx)(plan, language)
        return write_whole(path, data, force=force)
    from cocivic_desktop.documents.plain_docx import write_simple
    from cocivic_desktop.documents.year_plan import materials_document, plan_document

    document = plan_document if paper is PlanPaper.PLAN else materials_document
    return write_simple(document(plan, language, _letterhead(workspace)), path, force=force)


def file_name(
    workspace: Workspace, partnership_id: UUID, language: str, paper: PlanPaper, year: SchoolYear | None, suffix: str
) -> str:
    """A name for the file in the document's language. Raises `NotFound`."""
    from cocivic_desktop.files import safe_file_name

    with workspace.read() as unit:
        title = unit.get(Partnership, partnership_id).title
    label = year.label if year is not None else ""
    words = labels(language, WORDS).text(f"file.{paper.value}", partnership=title, year=label.replace("/", "-"))
    return safe_file_name(words, suffix)


def facts(workspace: Workspace, partnership_id: UUID, today: date, *, school_year_id: UUID | None = None) -> YearPlan:
    """What the plan says. Without a school year it runs for a year from the partnership's start. Raises `NotFound`."""
    from cocivic_desktop.services.calendar import load

    with workspace.read() as unit:
        partnership = unit.get(Partnership, partnership_id)
        content = load(unit, [partnership_id])
        school = unit.get(Organisation, partnership.school_id)
        ours = unit.first(Organisation, is_ours=True)
        years = unit.find(SchoolYear, school_id=school.id, order="starts_on")
        people = {one.id: one for one in unit.find(Person, archived=None)}
    year = next((one for one in years if one.id == school_year_id), None) or usual_year(years, today)
    if year is not None:
        first, last = year.starts_on, year.ends_on
    else:
        first = partnership.starts_on or today
        last = partnership.ends_on or first + ONE_YEAR
    return YearPlan(
        partnership=partnership.title,
        school=school.name,
        organisation=ours.name if ours is not None else "",
        year=year.label if year is not None else f"{first.year}–{last.year}",
        as_of=today,
        weeks=tuple(_weeks(partnership, content, people, first, last, school.zone)),
        has_year=year is not None,
        confirmed_on=year.confirmed_on if year is not None else None,
        letters_used=any(one.recurrence and one.recurrence.week_letter for one in content.activities.values()),
    )


def _weeks(
    partnership: Partnership, content: Content, people: dict[UUID, Person], first: date, last: date, zone: str
) -> list[PlanWeek]:
    view = content.years.get(partnership.school_id)
    by_week: dict[date, list[PlanDate]] = {}
    for one in sorted(content.occurrences(first, last)[0], key=lambda each: each.begins):
        shown = on_wall(one, zone)
        by_week.setdefault(monday_of(shown.on), []).append(_date(shown, one, content, people))
    weeks = []
    monday = monday_of(first)
    while monday <= last:
        friday, sunday = monday + timedelta(days=4), monday + timedelta(days=6)
        week = None
        if view is not None:
            days = (monday + timedelta(days=offset) for offset in range(7))
            week = next((found for day in days if (found := view.week_of(day)) is not None), None)
        periods = [
            PlanPeriod(name=one.name, kind=one.kind, starts_on=one.starts_on, ends_on=one.ends_on, closes=closes(one))
            for one in (view.periods if view is not None else ())
            if one.starts_on <= friday and one.ends_on >= max(monday, first)
        ]
        weeks.append(
            PlanWeek(
                monday=monday,
                term=week.term.name if week is not None else "",
                number=week.number if week is not None else None,
                letter=week.letter if week is not None else "",
                periods=tuple(periods),
                dates=tuple(by_week.get(monday, ())),
            )
        )
        monday = sunday + timedelta(days=1)
    return weeks


def _date(one: Occurrence, own: Occurrence, content: Content, people: dict[UUID, Person]) -> PlanDate:
    """A date on the school's clock; `own` is the same on the activity's, and named where it differs."""
    activity = content.activities[one.activity_id]
    taking_part = [
        people[each.person_id] for each in content.participations.get(activity.id, ()) if each.person_id in people
    ]
    differs = own.starts_at is not None and one.starts_at is not None and own.starts_at.time() != one.starts_at.time()
    return PlanDate(
        on=one.on,
        title=f"{activity.title} ({own.starts_at:%H:%M} {city(activity.zone)})" if differs else activity.title,
        kind=activity.kind,
        starts_at=one.starts_at.time() if one.starts_at is not None else None,
        ends_at=one.ends_at.time() if one.ends_at is not None else None,
        place=one.place,
        who=", ".join(sorted(person.name for person in taking_part if person.kind is not PersonKind.STUDENT)),
        tentative=one.status is ActivityStatus.TENTATIVE,
        cancelled=one.cancelled,
        learners=activity.head_count,
        materials=tuple(item.strip() for item in re.split(r"[\n;,]", activity.materials) if item.strip()),
    )


def _letterhead(workspace: Workspace) -> Paper:
    from cocivic_desktop.documents.year_plan import Paper

    with workspace.read() as unit:
        ours = unit.first(Organisation, is_ours=True)
    file = organisation_files.letterhead(workspace)
    return Paper(
        letterhead=tuple(ours.letterhead.splitlines()) if ours is not None and file is None else (),
        letterhead_file=file,
        logo=organisation_files.logo(workspace) if file is None else None,
    )
