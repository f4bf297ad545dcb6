"""Some days of the calendar with all that a view of them shows; only what can touch these days is read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.activities import Activity, ActivityStatus
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.rules import conflicts as conflict_rules
from cocivic_desktop.services import calendar

if TYPE_CHECKING:
    from cocivic_desktop.domain.rules.conflicts import Conflict
    from cocivic_desktop.domain.rules.recurrence import Occurrence, Skip
    from cocivic_desktop.services.calendar import Content
    from cocivic_desktop.store.workspace import Workspace

FEW = 3_000
"""Up to so many activities are read one by one; beyond, reading all is quicker."""
_TOUCHING = """
SELECT id FROM activity WHERE archived = 0 AND (
    (recurrence IS NOT NULL AND starts_on <= :last)
    OR (starts_on <= :last AND date(starts_on, '+' || (duration_minutes / 1440 + 1) || ' days') >= :first)
    OR id IN (
        SELECT activity_id FROM occurrence_override
        WHERE starts_on BETWEEN date(:first, '-62 days') AND :last
    )
)
"""
"""A session may end on the day after it began, even where it lasts less than a day."""


@dataclass(frozen=True)
class CalendarWindow:
    """What takes place from `first` to `last` (inclusive), what series leave out there, and what is in the way.

    `conflicts` is keyed by activity and the date's place in its series; what is over, done or cancelled has none.
    `names` gives people, activities and partnerships by id.
    """

    first: date
    last: date
    occurrences: list[Occurrence]
    skips: list[Skip]
    content: Content
    conflicts: dict[tuple[UUID, date], tuple[Conflict, ...]] = field(default_factory=dict)
    schools: dict[UUID, Organisation] = field(default_factory=dict)
    names: dict[UUID, str] = field(default_factory=dict)
    read: tuple[object, date, UUID | None] | None = None
    """What it was made from: the state of the workspace, the day that was today, one partnership or all."""
    whole: CalendarWindow | None = None
    """The wider one that it is a part of."""

    def serves(
        self, workspace: Workspace, first: date, last: date, today: date, partnership_id: UUID | None = None
    ) -> bool:
        """Whether it has these days, and nothing has changed since it was read."""
        return self.read == (workspace.state, today, partnership_id) and self.first <= first and last <= self.last

    def part(self, first: date, last: date) -> CalendarWindow:
        """The days from `first` to `last`, which lie within it."""
        if (first, last) == (self.first, self.last):
            return self
        held = [one for one in self.occurrences if one.on <= last and one.ends_on >= first]
        left_out = [one for one in self.skips if first <= one.on <= last]
        return replace(self, first=first, last=last, occurrences=held, skips=left_out, whole=self)


def window(
    workspace: Workspace,
    first: date,
    last: date,
    today: date,
    partnership_id: UUID | None = None,
    known: CalendarWindow | None = None,
) -> CalendarWindow:
    """The days from `first` to `last` of one partnership, or of all that are not archived.

    Only activities that can touch these days are read, and nothing at all where `known` still holds and has these
    days. Who is booked twice shows over all partnerships only. Raises `NotFound` when the partnership is gone.
    """
    if known is not None and known.serves(workspace, first, last, today, partnership_id):
        return known.part(first, last)
    read = workspace.state, today, partnership_id
    with workspace.read() as unit:
        ids = [UUID(hex=str(row[0])) for row in unit.rows(_TOUCHING, first=first, last=last)]
        only = ids if partnership_id is not None or len(ids) <= FEW else None
        content = calendar.load(unit, None if partnership_id is None else [partnership_id], activity_ids=only)
        wanted = {one.school_id for one in content.partnerships.values()}
        schools = {one.id: one for one in unit.find(Organisation, archived=None, id=wanted)}
        people = unit.rows("SELECT id, name FROM person")
    found, skips = content.occurrences(first, last)
    found.sort(key=lambda one: (one.begins, one.activity_id))
    coming = [one for one in found if one.ends_on >= today and not _over(one)]
    conflicts: dict[tuple[UUID, date], tuple[Conflict, ...]] = {}
    for each in conflict_rules.conflicts(coming, content.facts, content.years):
        key = (each.activity_id, each.original_on)
        conflicts[key] = (*conflicts.get(key, ()), each)
    names = {UUID(hex=str(id)): str(name) for id, name in people}
    names |= {one.id: one.title for one in content.activities.values()}
    names |= {one.id: one.title for one in content.partnerships.values()}
    return CalendarWindow(first, last, found, skips, content, conflicts, schools, names, read)


def coming(workspace: Workspace, activity_id: UUID, today: date) -> Occurrence | None:
    """The next date of an activity, archived or not, else its last one. Raises `NotFound`."""
    with workspace.read() as unit:
        activity = unit.get(Activity, activity_id)
        content = calendar.load(
            unit, [activity.partnership_id], activity_ids=[activity_id], with_archived_activities=True
        )
    held = content.of_activity(activity, date.min, date.max)[0]
    return next((one for one in held if one.on >= today), held[-1] if held else None)


def _over(one: Occurrence) -> bool:
    return one.cancelled or one.status is ActivityStatus.DONE
