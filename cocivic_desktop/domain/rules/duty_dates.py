"""When a duty could be fulfilled: dates spread evenly over the time that is left, each on the nearest free day."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from cocivic_desktop.domain.activities import Activity, ActivityKind
from cocivic_desktop.domain.rules.free_slots import FreeCheck
from cocivic_desktop.domain.rules.recurrence import Occurrence, build_occurrence
from cocivic_desktop.domain.rules.teaching_weeks import SCHOOL_DAYS


def spread(count: int, first: date, last: date, *, at_end: bool = False) -> list[date]:
    """`count` days in the middles (or at the ends) of as many equal parts of the days from `first` to `last`.

    None when the days are over.
    """
    days = (last - first).days + 1
    if days <= 0:
        return []
    if at_end:
        return [first + timedelta(days=max(0, (number + 1) * days // count - 1)) for number in range(count)]
    return [first + timedelta(days=(2 * number + 1) * days // (2 * count)) for number in range(count)]


def free_days(activity: Activity, wanted: Collection[date], first: date, last: date, check: FreeCheck) -> list[date]:
    """For each wanted day the nearest free school day from `first` to `last`, at the activity's time; none twice.

    A `deadline` is a date and no session: it stays on the wanted day. Where no day is free within half the
    distance to the next wanted one, that date is left out.
    """
    if activity.kind is ActivityKind.DEADLINE:
        return sorted(wanted)
    reach = max(7, (last - first).days // (2 * max(1, len(wanted))))
    found: list[date] = []
    for ideal in sorted(wanted):
        for day in _around(ideal, reach):
            fits = first <= day <= last and day not in found and day.weekday() < SCHOOL_DAYS
            if fits and check.free(date_of(activity, day)):
                found.append(day)
                break
    return sorted(found)


def best_weekday(activity: Activity, first: date, last: date, check: FreeCheck) -> int | None:
    """The weekday (0 is Monday) on which most dates are free, the earliest of several; None when none is."""
    counts = [0] * SCHOOL_DAYS
    day = first
    while day <= last:
        if day.weekday() < SCHOOL_DAYS and check.free(date_of(activity, day)):
            counts[day.weekday()] += 1
        day += timedelta(days=1)
    most = max(counts)
    return counts.index(most) if most else None


def date_of(activity: Activity, day: date) -> Occurrence:
    """The activity as it would take place on a day."""
    return build_occurrence(
        activity,
        day,
        day,
        activity.start_time,
        activity.duration_minutes,
        place=activity.place,
        status=activity.status,
    )


def _around(day: date, reach: int) -> Iterator[date]:
    """The days around one, nearest first, the later one first at the same distance."""
    yield day
    for distance in range(1, reach + 1):
        yield day + timedelta(days=distance)
        yield day - timedelta(days=distance)
