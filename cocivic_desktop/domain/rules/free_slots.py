"""Ways out of a conflict: the nearest dates on which nothing is in the way.

Same weekday and time in the weeks around come first, then other days and lesson times of the same week; within
each, the nearest first (domain.md, "Conflict rules").
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from enum import StrEnum
from uuid import UUID

from cocivic_desktop.domain.activities import Activity, ActivityKind
from cocivic_desktop.domain.rules.conflicts import (
    ActivityFacts,
    Reason,
    SchoolDays,
    busy_reason,
    place_key,
    reasons_on,
)
from cocivic_desktop.domain.rules.recurrence import Occurrence, build_occurrence
from cocivic_desktop.domain.rules.teaching_weeks import SCHOOL_DAYS, YearView, monday_of

WEEKS_AROUND = 12
"""How many weeks before and after are looked at."""


class SlotKind(StrEnum):
    SAME_WEEKDAY = "same_weekday"
    SAME_WEEK = "same_week"


@dataclass(frozen=True, slots=True)
class FreeSlot:
    """A date and time that is free. `days` is the distance from the present date, negative for earlier."""

    on: date
    start_time: time | None
    kind: SlotKind
    days: int
    occurrence: Occurrence


class Bookings:
    """When people and places are booked, for quick questions about one candidate at a time."""

    def __init__(self, occurrences: Iterable[Occurrence], facts: Mapping[UUID, ActivityFacts]) -> None:
        booked: dict[int | str, list[tuple[int, int, UUID, date]]] = {}
        for one in occurrences:
            fact = facts[one.activity_id]
            if one.cancelled or one.finishes <= one.begins or fact.kind is ActivityKind.DEADLINE:
                continue
            for resource in _resources(one, fact):
                booked.setdefault(resource, []).append((one.begins, one.finishes, one.activity_id, one.original_on))
        self._booked = {resource: sorted(times) for resource, times in booked.items()}
        self._longest = {
            resource: max(finish - begin for begin, finish, _, _ in times) for resource, times in self._booked.items()
        }

    def clashes(self, one: Occurrence, fact: ActivityFacts) -> Iterator[tuple[int | str, UUID, date]]:
        """Each of its people and places that is booked elsewhere while it takes place, with the other date."""
        if one.finishes <= one.begins or fact.kind is ActivityKind.DEADLINE:
            return
        for resource in _resources(one, fact):
            times = self._booked.get(resource, [])
            start = bisect_left(times, one.begins - self._longest.get(resource, 0), key=lambda booking: booking[0])
            for begins, finishes, activity_id, original_on in times[start:]:
                if begins >= one.finishes:
                    break
                same = activity_id == one.activity_id and original_on == one.original_on
                if finishes > one.begins and not same:
                    yield resource, activity_id, original_on
                    break

    def free(self, one: Occurrence, fact: ActivityFacts) -> bool:
        """Whether none of its people and places is booked elsewhere while it takes place."""
        return next(self.clashes(one, fact), None) is None


class FreeCheck:
    """What would be in the way of dates of one activity, among all other dates."""

    def __init__(
        self,
        activity_id: UUID,
        facts: Mapping[UUID, ActivityFacts],
        years: Mapping[UUID, YearView],
        others: Iterable[Occurrence],
    ) -> None:
        self._facts = facts
        self._fact = replace(facts[activity_id], conflict_note="")
        self._bookings = Bookings(others, facts)
        self.schools = [SchoolDays(years[key]) for key in self._fact.schools if key in years]

    def reasons(self, one: Occurrence) -> list[Reason]:
        """All that would be in the way of a date; of what is booked twice, one other date for each."""
        found = list(reasons_on(one, self._fact, self.schools))
        if not one.cancelled:
            found += [
                busy_reason(resource, one.place, activity_id, on, self._facts[activity_id].partnership_id)
                for resource, activity_id, on in self._bookings.clashes(one, self._fact)
            ]
        return found

    def free(self, one: Occurrence) -> bool:
        """Whether nothing is in the way of a date; a cancelled one is none. Also deadlines keep off closed days."""
        if one.cancelled or any(school.between(one.on, one.ends_on) for school in self.schools):
            return False
        return not reasons_on(one, self._fact, self.schools) and self._bookings.free(one, self._fact)


def _resources(one: Occurrence, fact: ActivityFacts) -> Iterator[int | str]:
    for person in fact.people:
        yield person.int
    place = place_key(one.place)
    if place:
        yield place


def free_slots(
    activity: Activity,
    occurrence: Occurrence,
    facts: Mapping[UUID, ActivityFacts],
    years: Mapping[UUID, YearView],
    others: Sequence[Occurrence],
    *,
    today: date,
    limit: int = 5,
) -> list[FreeSlot]:
    """Up to `limit` free slots for one occurrence, best first: free of every conflict, and not before `today`.

    `others` are all occurrences around it, of all partnerships; those of its own series keep their places.
    """
    check = FreeCheck(activity.id, facts, years, others)
    found: list[FreeSlot] = []
    for kind, on, at in _candidates(occurrence, check.schools):
        if len(found) >= limit:
            break
        if on < today:
            continue
        one = build_occurrence(
            activity,
            occurrence.original_on,
            on,
            at,
            occurrence.minutes,
            place=occurrence.place,
            status=activity.status,
        )
        if check.free(one):
            found.append(FreeSlot(on, at, kind, (on - occurrence.on).days, one))
    return found


def _candidates(occurrence: Occurrence, schools: Sequence[SchoolDays]) -> Iterator[tuple[SlotKind, date, time | None]]:
    at = occurrence.starts_at.time() if occurrence.starts_at is not None else None
    for week in range(1, WEEKS_AROUND + 1):
        for direction in (1, -1):
            yield SlotKind.SAME_WEEKDAY, occurrence.on + timedelta(days=7 * week * direction), at
    monday = monday_of(occurrence.on)
    days = sorted(
        (monday + timedelta(days=offset) for offset in range(SCHOOL_DAYS)), key=lambda day: abs(day - occurrence.on)
    )
    for day in days:
        for start in _times(at, day, schools):
            if day != occurrence.on or start != at:
                yield SlotKind.SAME_WEEK, day, start


def _times(at: time | None, day: date, schools: Sequence[SchoolDays]) -> list[time | None]:
    """The same time first, then the starts of the school's lessons on that day, nearest first."""
    if at is None:
        return [None]
    starts = {
        lesson.starts_at
        for school in schools
        for lesson in school.year.lesson_times
        if lesson.weekday is None or lesson.weekday == day.weekday()
    }
    return [at, *sorted(starts - {at}, key=lambda start: (abs(_minutes(start) - _minutes(at)), start))]


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
