"""Dates that took place as planned: those without hours, what they stand for, and noting it all in one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cocivic_desktop.domain.activities import Activity, ActivityKind, ActivityStatus, OccurrenceOverride
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import NotFound
from cocivic_desktop.domain.hours import Attendance, AttendanceState, HourEntry, HourSource
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.rules.planned_hours import PlannedLine, planned_lines
from cocivic_desktop.domain.rules.recurrence import Occurrence
from cocivic_desktop.services import calendar
from cocivic_desktop.services.hour_log import LoggedMany, log_many

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

BACK_DAYS: Final = 366
"""How far back dates without hours are looked for."""


@dataclass(frozen=True)
class PastDate:
    """A date that is over and has no hours yet, with what it stands for."""

    activity: Activity
    occurrence: Occurrence
    lines: tuple[PlannedLine, ...]

    @property
    def id(self) -> tuple[UUID, date]:
        """Names the date in lists."""
        return self.activity.id, self.occurrence.original_on


def without_hours(workspace: Workspace, partnership_id: UUID, today: date) -> list[PastDate]:
    """Dates up to `today` of the last year for which nobody noted hours, latest first.

    Cancelled dates and deadlines are none. A date has hours when an entry names its activity and its day.
    """
    with workspace.read() as unit:
        content = calendar.load(unit, [partnership_id])
        noted = _noted_days(unit, partnership_id)
        found = [
            (content.activities[one.activity_id], one)
            for one in content.occurrences(today - timedelta(days=BACK_DAYS), today)[0]
            if one.on <= today and not one.cancelled and (one.activity_id, one.on) not in noted
        ]
        found = [(activity, one) for activity, one in found if activity.kind is not ActivityKind.DEADLINE]
        lines = _lines(unit, content, found)
    dates = [PastDate(activity, one, lines[one]) for activity, one in found]
    return sorted(dates, key=lambda each: (each.occurrence.begins, each.activity.title), reverse=True)


def proposal(workspace: Workspace, activity_id: UUID, original_on: date) -> PastDate:
    """What one date stands for, whether it has hours or not. Raises `NotFound`."""
    with workspace.read() as unit:
        activity = unit.get(Activity, activity_id)
        content = calendar.load(unit, [activity.partnership_id])
        one = next(
            (each for each in content.of_activity(activity, date.min, date.max)[0] if each.original_on == original_on),
            None,
        )
        if one is None:
            raise NotFound(f"“{activity.title}” has no date on {original_on:%d.%m.%Y}.")
        return PastDate(activity, one, _lines(unit, content, [(activity, one)])[one])


def log_as_planned(
    workspace: Workspace,
    dates: Sequence[tuple[PastDate, Sequence[PlannedLine]]],
    today: date,
    *,
    accept: bool = False,
) -> tuple[LoggedMany, Changes]:
    """Note dates with these lines (those left out are not noted) and mark them done, all in one step of undo.

    As in `hour_log.log`, odd entries need `accept`; all are stored or none. Raises `InvalidField`.
    """
    entries = [_entry(past, line) for past, lines in dates for line in lines]
    label = dates[0][0].activity.title if len(dates) == 1 else str(len(dates))
    with workspace.write("log_as_planned", label):
        logged, _ = log_many(workspace, entries, today, accept=accept, action="log_as_planned")
        if logged.stored:
            for past, lines in dates:
                with workspace.write("log_as_planned") as unit:
                    _mark_done(unit, past, lines)
    return logged, workspace.last_changes if logged.stored else Changes()


def _entry(past: PastDate, line: PlannedLine) -> HourEntry:
    return HourEntry(
        partnership_id=past.activity.partnership_id,
        person_id=line.person_id,
        head_count=line.head_count,
        role=line.role,
        worked_on=past.occurrence.on,
        start_time=line.start_time,
        minutes=line.minutes,
        category=line.category,
        activity_id=past.activity.id,
        source=HourSource.PLAN,
    )


def _mark_done(unit: UnitOfWork, past: PastDate, lines: Sequence[PlannedLine]) -> None:
    activity = unit.get(Activity, past.activity.id)
    heads = sum(line.head_count or 0 for line in lines) or None
    if activity.recurrence is None:
        activity.status = ActivityStatus.DONE
        if heads is None or heads == activity.head_count:
            return
    original_on = past.occurrence.original_on
    override = unit.first(OccurrenceOverride, activity_id=activity.id, original_on=original_on)
    if override is None:
        override = unit.add(OccurrenceOverride(activity_id=activity.id, original_on=original_on))
    override.status = ActivityStatus.DONE
    override.head_count = heads if heads is not None else override.head_count


def _noted_days(unit: UnitOfWork, partnership_id: UUID) -> set[tuple[UUID, date]]:
    rows = unit.rows(
        "SELECT DISTINCT activity_id, worked_on FROM hour_entry "
        "WHERE partnership_id = :id AND archived = 0 AND activity_id IS NOT NULL",
        id=partnership_id,
    )
    return {(UUID(activity), date.fromisoformat(day)) for activity, day in rows}


def _lines(
    unit: UnitOfWork, content: calendar.Content, dates: Sequence[tuple[Activity, Occurrence]]
) -> dict[Occurrence, tuple[PlannedLine, ...]]:
    named = {part.person_id for activity, _ in dates for part in content.participations.get(activity.id, ())}
    people = {person.id: person for person in unit.find(Person, id=list(named))}
    ours = unit.first(Organisation, is_ours=True)
    ids = list({activity.id for activity, _ in dates})
    absent = {
        (each.activity_id, each.occurred_on, each.person_id)
        for each in unit.find(Attendance, activity_id=ids)
        if each.state is not AttendanceState.PRESENT
    }
    found = {}
    for activity, one in dates:
        heads = next(
            (
                change.head_count
                for change in content.overrides.get(activity.id, ())
                if change.original_on == one.original_on and change.head_count is not None
            ),
            None,
        )
        taking_part = [
            part
            for part in content.participations.get(activity.id, ())
            if (activity.id, one.on, part.person_id) not in absent
        ]
        found[one] = tuple(planned_lines(activity, one, taking_part, people, heads, ours.id if ours else None))
    return found
