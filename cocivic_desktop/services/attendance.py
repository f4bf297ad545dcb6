"""Attendance: who is asked after, on which dates, and what was noted (saved by `attendance_saving`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cocivic_desktop.domain.activities import Activity, ActivityKind, OccurrenceOverride, Participation
from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.hours import (
    Attendance,
    AttendanceState,
    HourCategory,
    HourEntry,
    HourState,
)
from cocivic_desktop.domain.organisations import Person, PersonKind
from cocivic_desktop.domain.partnerships import Partnership, PartnershipMember
from cocivic_desktop.domain.rules.hour_checks import DAY_LIMIT_MINUTES
from cocivic_desktop.services import calendar

if TYPE_CHECKING:
    from cocivic_desktop.domain.rules.recurrence import Occurrence
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

AROUND: Final = frozenset({HourCategory.PREPARATION, HourCategory.TRAVEL})
"""Time around a session, which its attendance says nothing about."""
_LONGEST: Final = timedelta(days=3660)
MENTOR: Final = "mentor"

_ALWAYS: Final = datetime.min.replace(tzinfo=UTC)

Place = tuple[UUID, date]
"""A person's id and the day on which a date takes place."""


@dataclass(frozen=True)
class AttendancePerson:
    """A row: somebody who takes part, with the role under which hours are noted."""

    id: UUID
    name: str
    kind: PersonKind
    role: str = ""
    class_group: str = ""
    since: datetime = _ALWAYS
    """The moment since which the person has stood in the list."""


@dataclass(frozen=True)
class AttendanceDay:
    """A column. `original_on` names the date in its series, `on` is where it takes place; `minutes` is its length."""

    original_on: date
    on: date
    start_time: time | None
    minutes: int
    place: str = ""
    cancelled: bool = False
    head_count: int | None = None
    """Learners whose names are not kept."""
    notes: str = ""


@dataclass(frozen=True)
class Mark:
    """Whether somebody was there. `minutes` of those who came for a part of it; None is the whole time."""

    state: AttendanceState
    minutes: int | None = None


@dataclass(frozen=True)
class AttendanceGrid:
    """The attendance of an activity on some dates, in the order of the printed sheet."""

    activity_id: UUID
    partnership_id: UUID
    title: str
    category: HourCategory
    people: tuple[AttendancePerson, ...]
    days: tuple[AttendanceDay, ...]
    marks: Mapping[Place, Mark]
    confirmed: frozenset[Place]
    """Where the hours are confirmed, so that they stay whatever is marked."""
    everybody: bool = False
    """Whether everybody of the partnership stands in the rows."""


def activities(workspace: Workspace, partnership_id: UUID, today: date) -> list[Activity]:
    """Activities that can have an attendance: the ones with a date up to today, the latest first."""
    with workspace.read() as unit:
        content = calendar.load(unit, [partnership_id])
    latest: dict[UUID, date] = {}
    for one in content.occurrences(today - _LONGEST, today)[0]:
        if not one.cancelled:
            latest[one.activity_id] = max(one.on, latest.get(one.activity_id, one.on))
    found = [
        activity
        for activity in content.activities.values()
        if activity.id in latest and activity.kind is not ActivityKind.DEADLINE and not activity.archived
    ]
    return sorted(found, key=lambda one: (-latest[one.id].toordinal(), one.title))


def days(workspace: Workspace, activity_id: UUID, first: date | None = None, last: date | None = None) -> list[
    AttendanceDay
]:  # fmt: skip
    """The dates of an activity, cancelled ones too, by day. Raises `NotFound`."""
    with workspace.read() as unit:
        activity = unit.get(Activity, activity_id)
        return _days(unit, activity, first, last)


def class_groups(workspace: Workspace, partnership_id: UUID) -> list[str]:
    """The classes of the partnership's school that have people in them."""
    with workspace.read() as unit:
        school = unit.get(Partnership, partnership_id).school_id
        return sorted({one.class_group for one in unit.find(Person, organisation_id=school) if one.class_group})


def load(
    workspace: Workspace, activity_id: UUID, chosen: Iterable[date], *, class_group: str = "", team: bool = False
) -> AttendanceGrid:
    """The grid for the dates that the series names so (`original_on`).

    In its rows stand those who take part and those marked before; with `class_group` also a class of the school, with
    `team` everybody of the partnership (they are there by themselves while nobody is planned to take part). Raises
    `NotFound`.
    """
    wanted = set(chosen)
    with workspace.read() as unit:
        activity = unit.get(Activity, activity_id)
        shown = [one for one in _days(unit, activity) if one.original_on in wanted]
        attended = unit.find(Attendance, activity_id=activity_id)
        people, everybody = _people(unit, activity, attended, class_group, team=team)
        entries = entries_of(unit, activity_id, [one.on for one in shown])
    on = {one.on for one in shown}
    return AttendanceGrid(
        activity.id,
        activity.partnership_id,
        activity.title,
        category_of(activity.kind),
        tuple(people),
        tuple(shown),
        {(one.person_id, one.occurred_on): Mark(one.state, one.minutes) for one in attended if one.occurred_on in on},
        frozenset(
            (one.person_id, one.worked_on)
            for found in entries.values()
            for one in found
            if one.person_id and one.state is HourState.CONFIRMED and one.category not in AROUND
        ),
        everybody,
    )


def category_of(kind: ActivityKind, role: str = "") -> HourCategory:
    """The category under which time at an activity is noted: meetings are administration, a mentor's time mentoring."""
    if fold(role).startswith(MENTOR):
        return HourCategory.MENTORING
    return HourCategory.ADMINISTRATION if kind is ActivityKind.MEETING else HourCategory.DELIVERY


def _days(
    unit: UnitOfWork, activity: Activity, first: date | None = None, last: date | None = None
) -> list[AttendanceDay]:
    content = calendar.load(unit, [activity.partnership_id], with_archived_activities=True)
    overrides = {one.original_on: one for one in content.overrides.get(activity.id, ())}
    found = content.of_activity(content.activities[activity.id], first or date.min, last or date.max)[0]
    return [_day(one, overrides.get(one.original_on)) for one in found]


def _day(one: Occurrence, override: OccurrenceOverride | None) -> AttendanceDay:
    whole_day = one.starts_at is None
    return AttendanceDay(
        one.original_on,
        one.on,
        None if one.starts_at is None else one.starts_at.time().replace(tzinfo=None),
        0 if whole_day and one.minutes >= DAY_LIMIT_MINUTES else min(one.minutes, DAY_LIMIT_MINUTES),
        one.place,
        one.cancelled,
        override.head_count if override is not None else None,
        override.notes_after if override is not None else "",
    )


def entries_of(
    unit: UnitOfWork, activity_id: UUID, on: Sequence[date]
) -> dict[tuple[UUID | None, date], list[HourEntry]]:
    """Hours of an activity by person (None for heads without names) and day."""
    found: dict[tuple[UUID | None, date], list[HourEntry]] = defaultdict(list)
    for one in unit.find(HourEntry, activity_id=activity_id, worked_on=list(on)):
        found[one.person_id, one.worked_on].append(one)
    return found


def _people(
    unit: UnitOfWork, activity: Activity, attended: Sequence[Attendance], class_group: str, *, team: bool
) -> tuple[list[AttendancePerson], bool]:
    """Our side and the school first, then the learners by class, each by name; and whether everybody is there."""
    members = {one.person_id: one for one in unit.find(PartnershipMember, partnership_id=activity.partnership_id)}
    parts = {one.person_id: one for one in unit.find(Participation, activity_id=activity.id)}
    ids = {*parts, *(one.person_id for one in attended)}
    everybody = team or (not parts and ids <= set(members) and not class_group)
    reasons: list[tuple[UUID, datetime]] = [(one.person_id, one.created_at) for one in parts.values()]
    reasons += [(one.person_id, one.created_at) for one in attended]
    if everybody:
        ids |= set(members)
        reasons += [(one.person_id, one.created_at) for one in members.values()]
    found = {one.id: one for one in unit.find(Person, archived=None, id=list(ids))} if ids else {}
    if class_group:
        school = unit.get(Partnership, activity.partnership_id).school_id
        learners = unit.find(Person, organisation_id=school, class_group=class_group)
        found |= {one.id: one for one in learners}
        reasons += [(one.id, one.created_at) for one in learners]
    since: dict[UUID, datetime] = {}
    for id, moment in reasons:
        since[id] = min(moment, since.get(id, moment))
    role = {id: one.role for id, one in members.items()} | {id: one.role for id, one in parts.items() if one.role}
    rows = [
        AttendancePerson(one.id, one.name, one.kind, role.get(one.id, ""), one.class_group, since[one.id])
        for one in found.values()
    ]
    rows.sort(key=lambda one: (one.kind is PersonKind.STUDENT, fold(one.class_group), fold(one.name), one.id))
    return rows, everybody
