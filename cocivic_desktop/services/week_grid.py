"""The week grid: what is noted and planned in a week, and storing what was typed, copied or pasted there.

Each act is one step of undo: one cell typed, one paste, one copy of last week.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.activities import ActivityKind, ParticipationReply
from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import InvalidField
from cocivic_desktop.domain.hours import HourCategory, HourEntry, HourSource
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.domain.partnerships import PartnershipMember
from cocivic_desktop.domain.rules.hour_checks import HourQuestion
from cocivic_desktop.domain.rules.week_grid import DAYS, GridRows, WeekCell, WeekGrid, WeekRow
from cocivic_desktop.domain.validation import validate
from cocivic_desktop.services import calendar, hour_checks
from cocivic_desktop.services.hour_log import refuse_confirmed, refuse_impossible
from cocivic_desktop.services.hour_templates import SHARED
from cocivic_desktop.services.quick_hours import role_in

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

RECENT_WEEKS = 8
"""Whoever noted hours in these weeks has a row of their own, also without being a member."""


@dataclass(frozen=True)
class GridSetup:
    """What rows there are, and what new entries get that the grid does not say.

    With rows of activities, `person_id` is whose week it is. With rows of people, `activity_id` is what they do.
    """

    kind: GridRows = GridRows.PEOPLE
    person_id: UUID | None = None
    activity_id: UUID | None = None
    category: HourCategory = HourCategory.DELIVERY


@dataclass(frozen=True)
class CellChange:
    """What a cell shall hold from now on; no minutes empty it."""

    row: int
    day: int
    minutes: int | None


@dataclass(frozen=True)
class Filled:
    """What came of it: nothing was stored while there are questions that nobody has answered."""

    questions: dict[UUID, list[HourQuestion]] = field(default_factory=dict)
    stored: int = 0


def load(workspace: Workspace, partnership_id: UUID, monday: date, setup: GridSetup) -> WeekGrid:
    """The week that begins on `monday`. Raises `NotFound`."""
    last = monday + timedelta(days=DAYS - 1)
    with workspace.read() as unit:
        entries = _entries(unit, partnership_id, monday, last)
        content = calendar.load(unit, [partnership_id])
        coming = [
            one
            for one in content.occurrences(monday, last)[0]
            if not one.cancelled and monday <= one.on <= last and one.starts_at is not None
        ]
        planned: dict[tuple[UUID | None, date], int] = {}
        if setup.kind is GridRows.PEOPLE:
            keys = _people(unit, partnership_id, monday, entries)
            for one in coming:
                for part in content.participations.get(one.activity_id, ()):
                    if part.reply is not ParticipationReply.DECLINED:
                        planned[part.person_id, one.on] = planned.get((part.person_id, one.on), 0) + one.minutes
            keys += [key for key, _ in planned if key is not None and key not in keys]
            names = {person.id: person.name for person in unit.find(Person, archived=None, id=keys)}
            titles = {key: names[key] for key in keys if key in names}
        else:
            entries = [entry for entry in entries if entry.person_id == setup.person_id and entry.person_id]
            titles = {one.id: one.title for one in content.activities.values() if one.kind is not ActivityKind.DEADLINE}
            for one in coming:
                taking = content.participations.get(one.activity_id, ())
                if any(part.person_id == setup.person_id for part in taking):
                    planned[one.activity_id, one.on] = planned.get((one.activity_id, one.on), 0) + one.minutes
    rows: dict[UUID | None, str] = dict(sorted(titles.items(), key=lambda each: fold(each[1])))
    cells: dict[tuple[UUID | None, date], list[HourEntry]] = {}
    for entry in entries:
        key = entry.person_id if setup.kind is GridRows.PEOPLE else entry.activity_id
        cells.setdefault((key if key in rows else None, entry.worked_on), []).append(entry)
    if any(key is None for key, _ in cells) or setup.kind is GridRows.ACTIVITIES:
        rows[None] = ""
    days = [monday + timedelta(days=number) for number in range(DAYS)]
    return WeekGrid(
        monday,
        setup.kind,
        tuple(
            WeekRow(
                key,
                title,
                tuple(WeekCell(tuple(cells.get((key, day), ())), planned.get((key, day), 0)) for day in days),
            )
            for key, title in rows.items()
        ),
    )


def fill(
    workspace: Workspace,
    partnership_id: UUID,
    grid: WeekGrid,
    changes: Sequence[CellChange],
    today: date,
    setup: GridSetup,
    *,
    accept: bool = False,
    action: str = "fill_week",
) -> tuple[Filled, Changes]:
    """Store what cells shall hold: an entry is added, changed or deleted. All or nothing, one step of undo.

    Odd entries need `accept`. Raises `InvalidField`: "confirmed", "several_entries", "person_missing", a day over
    24 hours.
    """
    added: list[HourEntry] = []
    changed: list[HourEntry] = []
    gone: list[HourEntry] = []
    with workspace.read() as unit:
        for change in changes:
            row, day = grid.rows[change.row], grid.days[change.day]
            cell = row.cells[change.day]
            if len(cell.entries) > 1 or any(entry.head_count is not None for entry in cell.entries):
                raise InvalidField("minutes", "several_entries")
            for entry in cell.entries:
                refuse_confirmed(entry)
            if cell.entries and change.minutes:
                changed.append(dataclasses.replace(cell.entries[0], minutes=change.minutes))
            elif cell.entries:
                gone.append(cell.entries[0])
            elif change.minutes:
                added.append(_new(unit, partnership_id, row, day, change.minutes, setup))
        asked = _ask(unit, [*changed, *added], today)
    if asked and not accept:
        return Filled(asked), Changes()
    with workspace.write(action, str(len(changes)) if len(changes) > 1 else "") as unit:
        for entry in added:
            unit.add(entry)
        for entry in changed:
            unit.get(HourEntry, entry.id).minutes = entry.minutes
        for entry in gone:
            unit.delete(unit.get(HourEntry, entry.id))
    return Filled(asked, len(added) + len(changed) + len(gone)), workspace.last_changes


def copy_last_week(
    workspace: Workspace,
    partnership_id: UUID,
    grid: WeekGrid,
    rows: Iterable[int],
    today: date,
    setup: GridSetup,
    *,
    accept: bool = False,
) -> tuple[Filled, Changes]:
    """Note the entries of the week before again, seven days later, where cells of these rows are empty.

    One step of undo; see `fill`. What was confirmed is copied as noted, not as confirmed.
    """
    before = load(workspace, partnership_id, grid.monday - timedelta(days=DAYS), setup)
    by_key = {row.key: row for row in before.rows}
    added = [
        HourEntry(
            worked_on=entry.worked_on + timedelta(days=DAYS),
            source=HourSource.GRID,
            **{name: getattr(entry, name) for name in SHARED},
        )
        for number in sorted(set(rows))
        if (last := by_key.get(grid.rows[number].key)) is not None
        for day in range(DAYS)
        if not grid.rows[number].cells[day].entries
        for entry in last.cells[day].entries
    ]
    with workspace.read() as unit:
        asked = _ask(unit, added, today)
    if asked and not accept:
        return Filled(asked), Changes()
    with workspace.write("copy_week", str(len(added))) as unit:
        for entry in added:
            unit.add(entry)
    return Filled(asked, len(added)), workspace.last_changes


def _ask(unit: UnitOfWork, entries: Sequence[HourEntry], today: date) -> dict[UUID, list[HourQuestion]]:
    for entry in entries:
        validate(entry)
    asked = hour_checks.questions_of(unit, entries, today)
    refuse_impossible(asked)
    return asked


def _new(unit: UnitOfWork, partnership_id: UUID, row: WeekRow, day: date, minutes: int, setup: GridSetup) -> HourEntry:
    person_id = row.key if setup.kind is GridRows.PEOPLE else setup.person_id
    if person_id is None:
        raise InvalidField("person_id", "required")
    return HourEntry(
        partnership_id=partnership_id,
        person_id=person_id,
        role=role_in(unit, partnership_id, person_id),
        worked_on=day,
        minutes=minutes,
        category=setup.category,
        activity_id=setup.activity_id if setup.kind is GridRows.PEOPLE else row.key,
        source=HourSource.GRID,
    )


def _entries(unit: UnitOfWork, partnership_id: UUID, first: date, last: date) -> list[HourEntry]:
    rows = unit.rows(
        "SELECT id FROM hour_entry WHERE partnership_id = :id AND archived = 0 AND worked_on BETWEEN :first AND :last",
        id=partnership_id,
        first=first,
        last=last,
    )
    return unit.find(HourEntry, id=[UUID(row[0]) for row in rows], order="created_at") if rows else []


def _people(unit: UnitOfWork, partnership_id: UUID, monday: date, entries: Sequence[HourEntry]) -> list[UUID]:
    """Members, and whoever noted hours lately."""
    members = [member.person_id for member in unit.find(PartnershipMember, partnership_id=partnership_id)]
    recent = unit.rows(
        "SELECT DISTINCT person_id FROM hour_entry WHERE partnership_id = :id AND archived = 0 "
        "AND person_id IS NOT NULL AND worked_on BETWEEN :first AND :last",
        id=partnership_id,
        first=monday - timedelta(weeks=RECENT_WEEKS),
        last=monday,
    )
    now = [entry.person_id for entry in entries if entry.person_id is not None]
    return list(dict.fromkeys([*members, *(UUID(row[0]) for row in recent), *now]))
