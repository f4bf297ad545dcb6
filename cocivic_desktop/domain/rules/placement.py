"""Placing a model's activities in a school's year: "second teaching week, Tuesday" becomes a date.

Weeks are counted over the whole partnership, so that week 12 lies after the holidays if the first term is short.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cocivic_desktop.domain.rules.teaching_weeks import SCHOOL_DAYS, YearView, monday_of, teaching_weeks
from cocivic_desktop.domain.school_years import PeriodKind

USUAL_WEEKS = 40
"""Weeks of a plan whose end is not known."""


@dataclass(frozen=True)
class Week:
    """A week in which something can be planned, with its open school days in order."""

    days: tuple[date, ...]


def usable_weeks(year: YearView | None, starts_on: date, ends_on: date | None) -> tuple[Week, ...]:
    """The weeks of a partnership: teaching weeks where the school's year is known, else calendar weeks.

    Days before `starts_on` and after `ends_on` are left out. Never empty: a start on a weekend counts the next week.
    """
    last = ends_on or starts_on + timedelta(weeks=USUAL_WEEKS)
    if year is not None:
        weeks = [tuple(d for d in w.days if starts_on <= d <= last) for w in teaching_weeks(year, starts_on, last)]
    else:
        mondays = (monday_of(starts_on) + timedelta(weeks=n) for n in range((last - starts_on).days // 7 + 2))
        weeks = [
            tuple(d for d in (monday + timedelta(days=n) for n in range(SCHOOL_DAYS)) if starts_on <= d <= last)
            for monday in mondays
        ]
    found = tuple(Week(days) for days in weeks if days)
    return found or (Week((starts_on,)),)


def in_assessment(year: YearView | None) -> Callable[[date], bool]:
    """A test for days on which sessions are unwise because of assessments."""
    periods = [] if year is None else [p for p in year.periods if p.kind is PeriodKind.ASSESSMENT]
    return lambda day: any(period.starts_on <= day <= period.ends_on for period in periods)


def place(
    weeks: Sequence[Week], week: int, weekdays: Collection[int], *, unwise: Callable[[date], bool], exact: bool = False
) -> date:
    """The day for "week number `week` on one of `weekdays`".

    `week` counts from 1, or from -1 at the end; beyond the plan it is its first or last week. A closed weekday
    gives the nearest open one of that week. An unwise day gives way to the next week, or to the one before when
    counted from the end. With `exact` only the weekdays themselves will do, as a series needs. When nothing
    suits, the first open day of the week wanted is taken.
    """
    wanted = week - 1 if week > 0 else len(weeks) + week
    wanted = min(max(wanted, 0), len(weeks) - 1)
    later = range(wanted, len(weeks))
    earlier = range(wanted, -1, -1)
    for number in [*later, *earlier] if week > 0 else [*earlier, *later]:
        days: list[date] = [day for day in weeks[number].days if not unwise(day)]
        fitting: list[date] = [day for day in days if day.weekday() in weekdays]
        if fitting:
            return fitting[0]
        if days and not exact:
            return min(days, key=lambda one: (min(abs(one.weekday() - w) for w in weekdays), one))
    return weeks[wanted].days[0]
