"""Sheets for writing by hand: filled from the workspace, printed, and found again by the code on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.activities import Activity
from cocivic_desktop.domain.base import Language
from cocivic_desktop.domain.errors import BadInput, NotFound
from cocivic_desktop.domain.goals import SharedGoal
from cocivic_desktop.domain.organisations import Organisation, Person, PersonKind
from cocivic_desktop.domain.partnerships import Partnership, PartnershipMember
from cocivic_desktop.domain.rules.sheet_codes import (
    EVERYBODY,
    LONGEST_DAYS,
    SheetCode,
    SheetKind,
    decode,
    encode,
    printed_order,
    who_of,
)
from cocivic_desktop.library.labels import labels
from cocivic_desktop.services import attendance, monthly_sheet, organisation_files
from cocivic_desktop.services.attendance import AttendanceDay, AttendanceGrid, AttendancePerson

if TYPE_CHECKING:
    from pathlib import Path

    from cocivic_desktop.documents.attendance_sheet import SheetDay, SheetPerson
    from cocivic_desktop.documents.content import SimpleDocument
    from cocivic_desktop.documents.sheet import SheetSetting
    from cocivic_desktop.store.workspace import Workspace

MOST_BLANK_LINES = 60


@dataclass(frozen=True, kw_only=True)
class SheetOrder:
    """Which sheet is wanted. An activity with its dates (`original_on`), or a person with any day of the month.

    `group` is a class of the school, "*" for everybody of the partnership, "" for those who take part.
    """

    kind: SheetKind
    partnership_id: UUID
    activity_id: UUID | None = None
    dates: tuple[date, ...] = ()
    person_id: UUID | None = None
    month: date | None = None
    group: str = ""
    blank_lines: int = 4
    language: Language = Language.ENGLISH
    people: int = 0
    """The number of the printed list of people (`sheet_codes.people_number`), of a sheet found by its code."""


@dataclass(frozen=True)
class PaperGrid:
    """The attendance in the order of a printed sheet.

    `later` people came to the list after it was printed: they stand behind the others. With `changed` the list has
    changed in another way, and the order is today's.
    """

    grid: AttendanceGrid
    later: int = 0
    changed: bool = False


@dataclass(frozen=True)
class FoundSheet:
    """What a code leads to: the sheet as it was ordered, and the partnership it belongs to."""

    order: SheetOrder
    partnership: str


def document(workspace: Workspace, order: SheetOrder, *, on_letterhead: bool = True) -> SimpleDocument:
    """The sheet as a document. Without `on_letterhead` lines and logo stand in for the letterhead file (for Qt).

    Raises `BadInput` for an order without dates, `NotFound`, and `BadInput` for a letterhead that cannot be read.
    """
    if order.kind is SheetKind.MONTHLY:
        return _monthly(workspace, order, on_letterhead=on_letterhead)
    if order.activity_id is None or not order.dates:
        raise BadInput("Choose an activity and at least one date for the sheet.")
    everybody = order.group == EVERYBODY
    group = "" if everybody else order.group
    grid = attendance.load(workspace, order.activity_id, order.dates, class_group=group, team=everybody)
    days = [one for one in grid.days if not one.cancelled]
    if not days:
        raise BadInput("These dates do not take place any more. Choose others for the sheet.")
    first, last = days[0].original_on, max(one.original_on for one in days)
    if (last - first).days > LONGEST_DAYS:
        raise BadInput("The dates of one sheet lie within two and a half years. Choose fewer.")
    listed = [one.id for one in grid.people]
    code = encode(
        order.kind, order.activity_id, first, last, EVERYBODY if grid.everybody else order.group, people=listed
    )
    setting = _setting(workspace, order, code, on_letterhead=on_letterhead)
    people = [_sheet_person(one) for one in grid.people]
    blank = min(max(0, order.blank_lines), MOST_BLANK_LINES)
    with workspace.read() as unit:
        activity = unit.get(Activity, order.activity_id)
        goal = unit.get(SharedGoal, activity.goal_id).statement if activity.goal_id is not None else ""
    place = days[0].place or activity.place
    if order.kind is SheetKind.SESSION:
        from cocivic_desktop.documents.session_sheet import SessionFacts, session_sheet

        return session_sheet(
            SessionFacts(
                setting=setting,
                activity=activity.title,
                day=_sheet_day(days[0]),
                place=place,
                aims=goal,
                plan=activity.description,
                materials=activity.materials,
                people=people,
                expected_heads=activity.head_count,
                blank_lines=blank,
            ),
            order.language,
        )
    from cocivic_desktop.documents.attendance_sheet import AttendanceFacts, attendance_sheet

    return attendance_sheet(
        AttendanceFacts(
            setting=setting,
            activity=activity.title,
            place=place,
            days=[_sheet_day(one) for one in days],
            people=people,
            blank_lines=blank,
        ),
        order.language,
    )


def write(workspace: Workspace, order: SheetOrder, path: Path | str, *, force: bool = False) -> Path:
    """Write the sheet as DOCX. Raises as `document`, and `BadInput` when the file cannot be written."""
    from cocivic_desktop.documents.plain_docx import write_simple

    return write_simple(document(workspace, order), path, force=force)


def find(workspace: Workspace, typed: str) -> FoundSheet:
    """The sheet that carries a code.

    Raises `BadInput` for what is no code, and `NotFound` when what it is about is no longer there.
    """
    code = decode(typed)
    if code is None:
        raise BadInput(
            "This is no code of a sheet: it has twelve or sixteen letters and numbers, such as A7K3-Q2F4-01X5-C8RM."
        )
    gone = NotFound("What this sheet is about is no longer in the workspace.")
    with workspace.read() as unit:
        if code.kind is SheetKind.MONTHLY:
            people = [one for one in unit.find(Person) if code.fits(one.id)]
            partnerships = [one for one in unit.find(Partnership) if who_of(one.id.hex) == code.who]
            if not people or not partnerships:
                raise gone
            order = SheetOrder(
                kind=code.kind, partnership_id=partnerships[0].id, person_id=people[0].id, month=code.first
            )
            return FoundSheet(order, partnerships[0].title)
        activity = next((one for one in unit.find(Activity, archived=None) if code.fits(one.id)), None)
        if activity is None:
            raise gone
        title = unit.get(Partnership, activity.partnership_id).title
    return FoundSheet(_activity_order(workspace, code, activity), title)


def _activity_order(workspace: Workspace, code: SheetCode, activity: Activity) -> SheetOrder:
    around = timedelta(days=366)
    found = attendance.days(workspace, activity.id, code.first - around, code.last + around)
    dates = tuple(one.original_on for one in found if code.first <= one.original_on <= code.last and not one.cancelled)
    groups = attendance.class_groups(workspace, activity.partnership_id)
    group = EVERYBODY if code.who == who_of(EVERYBODY) else next((g for g in groups if who_of(g) == code.who), "")
    return SheetOrder(
        kind=code.kind,
        partnership_id=activity.partnership_id,
        activity_id=activity.id,
        dates=dates,
        group=group,
        people=code.people,
    )


def as_printed(grid: AttendanceGrid, order: SheetOrder) -> PaperGrid:
    """The grid with its rows as on the paper, whoever joined, was written in below or typed in since then."""
    if not order.people:
        return PaperGrid(grid)
    found = printed_order([(one.id, one.since) for one in grid.people], order.people)
    if found is None:
        return PaperGrid(grid, changed=True)
    ids, later = found
    people = {one.id: one for one in grid.people}
    return PaperGrid(replace(grid, people=tuple(people[id] for id in ids)), later)


def _monthly(workspace: Workspace, order: SheetOrder, *, on_letterhead: bool) -> SimpleDocument:
    from cocivic_desktop.documents.monthly_sheet import MonthEntry, MonthlyFacts
    from cocivic_desktop.documents.monthly_sheet import monthly_sheet as build

    if order.person_id is None or order.month is None:
        raise BadInput("Choose a person and a month for the sheet.")
    first, last = monthly_sheet.month_span(order.month)
    noted = monthly_sheet.lines(workspace, order.partnership_id, order.person_id, order.month)
    with workspace.read() as unit:
        person = unit.get(Person, order.person_id)
        member = unit.first(PartnershipMember, partnership_id=order.partnership_id, person_id=person.id)
        titles = {one.id: one.title for one in unit.find(Activity, archived=None, partnership_id=order.partnership_id)}
    code = encode(order.kind, person.id, first, last, order.partnership_id.hex)
    facts = MonthlyFacts(
        setting=_setting(workspace, order, code, on_letterhead=on_letterhead),
        person=person.name,
        role=member.role if member is not None else "",
        month=first,
        entries=[
            MonthEntry(
                one.worked_on,
                one.minutes,
                one.category,
                one.start_time,
                one.remark or (titles.get(one.activity_id, "") if one.activity_id else ""),
            )
            for one in noted
        ],
        blank_lines=min(max(0, order.blank_lines), MOST_BLANK_LINES),
    )
    return build(facts, order.language)


def _setting(workspace: Workspace, order: SheetOrder, code: str, *, on_letterhead: bool) -> SheetSetting:
    from cocivic_desktop.documents.sheet import SheetSetting

    with workspace.read() as unit:
        partnership = unit.get(Partnership, order.partnership_id)
        school = unit.get(Organisation, partnership.school_id)
        ours = unit.first(Organisation, is_ours=True)
    file = organisation_files.letterhead(workspace) if on_letterhead else None
    return SheetSetting(
        partnership=partnership.title,
        school=school.name,
        organisation=ours.name if ours is not None else labels(order.language)["side.cso"],
        code=code,
        letterhead=tuple(ours.letterhead.splitlines()) if ours is not None and file is None else (),
        letterhead_file=file,
        logo=organisation_files.logo(workspace) if file is None else None,
    )


def _sheet_day(day: AttendanceDay) -> SheetDay:
    from cocivic_desktop.documents.attendance_sheet import SheetDay

    return SheetDay(day.on, day.start_time, day.minutes)


def _sheet_person(person: AttendancePerson) -> SheetPerson:
    from cocivic_desktop.documents.attendance_sheet import SheetPerson

    return SheetPerson(person.name, person.class_group if person.kind is PersonKind.STUDENT else person.role)


def people_with_hours(workspace: Workspace, partnership_id: UUID) -> Sequence[Person]:
    """People a monthly sheet is for: members of the partnership and those with hours in it, by name."""
    with workspace.read() as unit:
        ids = {one.person_id for one in unit.find(PartnershipMember, partnership_id=partnership_id)}
        noted = unit.rows(
            "SELECT DISTINCT person_id FROM hour_entry WHERE partnership_id = :id AND person_id IS NOT NULL",
            id=partnership_id,
        )
        ids |= {UUID(str(row[0])) for row in noted}
        found = unit.find(Person, archived=None, id=list(ids), order="name") if ids else []
    return [one for one in found if not one.archived]
