"""All dates to come with something in their way, each with its reasons: over one partnership or all.

Reads whole partnerships, one by one, so it is made for a worker.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.rules.conflicts import NOT_BY_MOVING, Conflict, Severity
from cocivic_desktop.services.booked_dates import booked_too, contents
from cocivic_desktop.services.calendar import AHEAD, Content
from cocivic_desktop.services.promised_time import over_commitment

if TYPE_CHECKING:
    from cocivic_desktop.domain.activities import Activity
    from cocivic_desktop.domain.rules.recurrence import Occurrence
    from cocivic_desktop.store.workspace import Workspace


@dataclass(frozen=True)
class ConflictLine:
    """One date with all that is in its way, the worst first; `note` says why it stays there."""

    activity: Activity
    occurrence: Occurrence
    conflicts: tuple[Conflict, ...]
    partnership: Partnership
    school_id: UUID
    note: str

    @property
    def id(self) -> tuple[UUID, date]:
        """Names the date as long as it exists."""
        return self.occurrence.activity_id, self.occurrence.original_on

    @property
    def kept(self) -> bool:
        """Whether all of it has been settled on purpose."""
        return all(each.accepted for each in self.conflicts)

    @property
    def hard(self) -> bool:
        """Whether something that is not settled makes the date impossible."""
        return any(each.severity is Severity.HARD and not each.accepted for each in self.conflicts)

    @property
    def movable(self) -> bool:
        """Whether another day would settle something."""
        return any(each.code not in NOT_BY_MOVING for each in self.conflicts)


@dataclass(frozen=True)
class ConflictList:
    """The dates in order, names of what conflicts mention, and the schools among them by id."""

    lines: list[ConflictLine]
    names: dict[UUID, str]
    schools: dict[UUID, str]

    @property
    def open(self) -> int:
        """How many dates are not settled."""
        return sum(1 for line in self.lines if not line.kept)


def conflict_list(
    workspace: Workspace,
    today: date,
    partnership_id: UUID | None = None,
    check: Callable[[], None] = lambda: None,
    *,
    promises: bool = True,
) -> ConflictList:
    """The conflicts from `today` on; None means of all partnerships that are not archived.

    Without `promises` nobody looks at hours over a commitment, which takes most of the time in a large workspace.
    `check` is called now and then and may raise to stop the work. Raises `NotFound`.
    """
    with workspace.read() as unit:
        if partnership_id is None:
            ids = [partnership.id for partnership in unit.find(Partnership)]
        else:
            ids = [unit.get(Partnership, partnership_id).id, *booked_too(unit, partnership_id)]
        names = {person.id: person.name for person in unit.find(Person, archived=None)}
        schools = {school.id: school.short_name or school.name for school in unit.find(Organisation, archived=None)}
    content = Content({}, {}, {}, {}, {})
    for part in contents(workspace, ids, check):
        for field in fields(Content):
            getattr(content, field.name).update(getattr(part, field.name))
    found = content.conflicts(today, partnership_id)
    check()
    if promises:
        found += over_commitment(workspace, partnership_id, today, content)
    lines = _lines(content, found, today)
    names |= {activity.id: activity.title for activity in content.activities.values()}
    return ConflictList(lines, names, {line.school_id: schools.get(line.school_id, "") for line in lines})


def _lines(content: Content, found: list[Conflict], today: date) -> list[ConflictLine]:
    by_date: dict[tuple[UUID, date], list[Conflict]] = {}
    for each in found:
        by_date.setdefault((each.activity_id, each.original_on), []).append(each)
    lines = []
    for activity_id in dict.fromkeys(key[0] for key in by_date):
        activity = content.activities.get(activity_id)
        if activity is None:
            continue
        partnership = content.partnerships[activity.partnership_id]
        for one in content.of_activity(activity, today, today + AHEAD)[0]:
            reasons = by_date.get((activity_id, one.original_on))
            if reasons:
                reasons.sort(key=lambda each: (each.accepted, each.severity is not Severity.HARD))
                note = one.note or activity.conflict_note
                school_id = partnership.school_id
                lines.append(ConflictLine(activity, one, tuple(reasons), partnership, school_id, note))
    lines.sort(key=lambda line: (line.occurrence.begins, line.activity.title))
    return lines
