"""What would be in the way if a date were put elsewhere: loaded once, then answered while the mouse moves.

Only what shares a person, a place or a school with the activity is read, so that a workspace of 10,000 activities
makes neither the start of a drag nor its moves slow.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cocivic_desktop.domain.activities import Activity, Participation
from cocivic_desktop.domain.errors import NotFound
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.domain.rules import free_slots as slot_rules
from cocivic_desktop.domain.rules.conflicts import Conflict, Reason, Severity, place_key
from cocivic_desktop.domain.rules.free_slots import WEEKS_AROUND, FreeCheck, FreeSlot
from cocivic_desktop.domain.rules.over_commitment import Limits
from cocivic_desktop.domain.rules.recurrence import Occurrence, build_occurrence
from cocivic_desktop.services import calendar
from cocivic_desktop.services.time_view import time_view

if TYPE_CHECKING:
    from cocivic_desktop.services.calendar import Content
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

AROUND = timedelta(days=400)
"""How far before and after the present year other dates are compared."""


class LiveCheck:
    """Conflicts of one activity's dates wherever they are put, against all partnerships.

    `names` has titles of activities and names of people that conflicts mention. Nothing is stored.
    """

    def __init__(
        self, content: Content, activity_id: UUID, today: date, limits: Limits | None = None, around: date | None = None
    ) -> None:
        self.activity: Activity = content.activities[activity_id]
        self.today = today
        self._content = content
        self._limits = limits
        day = around or today
        self.first, self.last = day - AROUND, day + AROUND
        own = content.facts[activity_id]
        # What is moved today is planned today, as far as the notice of the agreement goes.
        self._facts = {**content.facts, activity_id: replace(own, planned_on=today, replanned={}, conflict_note="")}
        self._others = [
            one
            for other in content.activities.values()
            if not other.archived
            for one in content.of_activity(other, self.first, self.last)[0]
        ]
        self._check = FreeCheck(activity_id, self._facts, content.years, self._others)
        self._own = {one.original_on: one for one in self._others if one.activity_id == activity_id}
        self.names: dict[UUID, str] = {other.id: other.title for other in content.activities.values()}

    @classmethod
    def load(cls, workspace: Workspace, activity_id: UUID, today: date, around: date | None = None) -> LiveCheck:
        """Read what may be in the way of an activity; made for a worker. Raises `NotFound`.

        `around` is a day near which it will be put, where that is not today.
        """
        with workspace.read() as unit:
            activity = unit.get(Activity, activity_id)
            content = calendar.load(unit, activity_ids=_sharing(unit, activity_id))
            people = {one for fact in content.facts.values() for one in fact.people}
            names = {one.id: one.name for one in unit.find(Person, archived=None, id=list(people))}
        view = time_view(workspace, activity.partnership_id)
        made = cls(content, activity_id, today, Limits(view, today), around)
        made.names.update(names)
        return made

    def occurrence(self, original_on: date) -> Occurrence:
        """A date as it is now. Raises `NotFound`."""
        found = self._own.get(original_on)
        if found is None:
            raise NotFound(f"“{self.activity.title}” does not take place on {original_on:%d.%m.%Y}.")
        return found

    def what_if(
        self,
        original_on: date,
        starts_on: date,
        start_time: time | None = None,
        duration_minutes: int | None = None,
        place: str | None = None,
        whole_day: bool = False,
    ) -> list[Conflict]:
        """What would be in the way if this date were put there; None leaves time, length and place as they are.

        `whole_day` takes its time away. The worst first. Times are wall clock in the activity's zone. Raises
        `NotFound`.
        """
        one = self.occurrence(original_on)
        return self._conflicts(self._put(one, starts_on, start_time, duration_minutes, place, whole_day=whole_day))

    def what_if_following(
        self, original_on: date, starts_on: date, start_time: time | None = None, duration_minutes: int | None = None
    ) -> list[Conflict]:
        """The same for this date and all following, each moved by as many days."""
        days = starts_on - self.occurrence(original_on).on
        found: list[Conflict] = []
        for one in self._own.values():
            if one.original_on >= original_on and not one.cancelled:
                found += self._conflicts(self._put(one, one.on + days, start_time, duration_minutes, None))
        return found

    def what_if_new(self, starts_on: date, start_time: time | None, duration_minutes: int) -> list[Conflict]:
        """The same for a copy of the activity beside its own dates."""
        one = self._built(date.min, starts_on, start_time, duration_minutes, self.activity.place)
        return self._conflicts(one)

    def free_slots(self, original_on: date, limit: int = 5) -> list[FreeSlot]:
        """The nearest free slots for one date, best first. Raises `NotFound`."""
        one = self.occurrence(original_on)
        around = timedelta(weeks=WEEKS_AROUND + 1)
        near = [other for other in self._others if abs(other.on - one.on) <= around]
        return slot_rules.free_slots(
            self.activity, one, self._facts, self._content.years, near, today=self.today, limit=limit
        )

    def _put(
        self,
        one: Occurrence,
        on: date,
        at: time | None,
        minutes: int | None,
        place: str | None,
        *,
        whole_day: bool = False,
    ) -> Occurrence:
        if at is None and one.starts_at is not None and not whole_day:
            at = one.starts_at.time()
        minutes = one.minutes if minutes is None else minutes
        return self._built(one.original_on, on, at, minutes, one.place if place is None else place)

    def _built(self, original_on: date, on: date, at: time | None, minutes: int, place: str) -> Occurrence:
        return build_occurrence(self.activity, original_on, on, at, minutes, place=place, status=self.activity.status)

    def _conflicts(self, one: Occurrence) -> list[Conflict]:
        reasons: Iterable[Reason] = self._check.reasons(one)
        if self._limits is not None:
            reasons = (*reasons, *self._limits.reasons(one))
        found = [Conflict(one.activity_id, one.original_on, *reason) for reason in reasons]
        return sorted(found, key=lambda each: each.severity is not Severity.HARD)


def _sharing(unit: UnitOfWork, activity_id: UUID) -> set[UUID]:
    """An activity and all that may get in its way: those with one of its people, or at one of its places."""
    people = [one.person_id for one in unit.find(Participation, activity_id=activity_id)]
    found = {activity_id}
    if people:
        found |= {one.activity_id for one in unit.find(Participation, order="activity_id", person_id=people)}
    places = {str(row[0]): place_key(str(row[0])) for row in unit.rows(_PLACES)}
    own = {str(row[0]) for row in unit.rows(_OWN_PLACES, activity=activity_id)}
    wanted = {places[place] for place in own} - {""}
    for place, key in places.items():
        if key in wanted:
            found |= {UUID(hex=str(row[0])) for row in unit.rows(_AT_PLACE, place=place)}
    return found


_OWN_PLACES: Final = """
SELECT place FROM activity WHERE place <> '' AND id = :activity
UNION SELECT place FROM occurrence_override WHERE place <> '' AND activity_id = :activity
"""
_PLACES: Final = """
SELECT place FROM activity WHERE place <> '' UNION SELECT place FROM occurrence_override WHERE place <> ''
"""
_AT_PLACE: Final = """
SELECT id FROM activity WHERE place = :place UNION SELECT activity_id FROM occurrence_override WHERE place = :place
"""
