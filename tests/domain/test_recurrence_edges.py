"""Dates at the edges: over midnight, across both changes of the clock, where there are none, on 29 February."""

from __future__ import annotations

from datetime import date, time, timedelta
from uuid import uuid4

import pytest

from cocivic_desktop.domain.activities import Activity, OccurrenceOverride, Recurrence, RecurrenceEnd
from cocivic_desktop.domain.rules.conflicts import ActivityFacts, ConflictCode, conflicts
from cocivic_desktop.domain.rules.recurrence import Occurrence, occurrences
from cocivic_desktop.domain.rules.teaching_weeks import YearView
from cocivic_desktop.domain.school_years import CalendarPeriod, PeriodKind


def made(on: date, at: time | None, minutes: int, zone: str, until: date | None = None) -> Activity:
    rule = Recurrence(ends=RecurrenceEnd.ON_DATE, until=until, teaching_weeks_only=False) if until else None
    return Activity(
        partnership_id=uuid4(),
        title="A",
        starts_on=on,
        start_time=at,
        duration_minutes=minutes,
        zone=zone,
        recurrence=rule,
    )


def dates(activity: Activity, *overrides: OccurrenceOverride) -> list[Occurrence]:
    return occurrences(activity, overrides, None, date.min, date.max)[0]


@pytest.mark.parametrize(
    ("zone", "first", "last", "offsets"),
    [
        ("Europe/Berlin", date(2026, 10, 17), date(2026, 10, 31), [2, 2, 1]),
        ("Europe/Berlin", date(2027, 3, 20), date(2027, 4, 3), [1, 1, 2]),
        ("Europe/Madrid", date(2026, 10, 17), date(2026, 10, 31), [2, 2, 1]),
        ("Europe/Lisbon", date(2027, 3, 20), date(2027, 4, 3), [0, 0, 1]),
        ("Europe/Dublin", date(2026, 10, 17), date(2026, 10, 31), [1, 1, 0]),
        ("Europe/Istanbul", date(2026, 10, 17), date(2026, 10, 31), [3, 3, 3]),
        ("Europe/Istanbul", date(2016, 3, 19), date(2016, 4, 2), [2, 2, 3]),
        ("Europe/Istanbul", date(2016, 10, 22), date(2016, 11, 5), [3, 3, 3]),
    ],
)
def test_a_night_over_the_change_of_clocks_ends_when_its_minutes_have_passed(
    zone: str, first: date, last: date, offsets: list[int]
) -> None:
    found = dates(made(first, time(22), 480, zone, last))
    assert len(found) == 3
    for one, offset in zip(found, offsets, strict=True):
        assert one.starts_at is not None
        assert one.ends_at is not None
        assert (one.starts_at.time(), one.starts_at.utcoffset()) == (time(22), timedelta(hours=offset))
        assert one.finishes - one.begins == 480 * 60
        assert one.ends_on == one.on + timedelta(days=1)
        change = one.ends_at.utcoffset() - one.starts_at.utcoffset()  # type: ignore[operator]
        assert one.ends_at.time() == (time(6) if not change else time(7) if change > timedelta(0) else time(5))
    assert sum(one.ends_at.time() != time(6) for one in found if one.ends_at) == (0 if offsets == [3] * 3 else 1)


def test_a_night_into_a_closed_day_is_in_conflict_and_one_that_ends_at_midnight_is_not() -> None:
    closed = date(2026, 10, 12)
    period = CalendarPeriod(
        school_year_id=uuid4(), kind=PeriodKind.HOLIDAY, name="Autumn", starts_on=closed, ends_on=closed
    )
    school = uuid4()
    year = YearView(date(2026, 8, 1), date(2027, 7, 31), periods=(period,))
    for minutes, expected in ((120, []), (121, [ConflictCode.CLOSURE])):
        one = made(closed - timedelta(days=1), time(22), minutes, "Europe/Berlin")
        fact = ActivityFacts(one.id, one.partnership_id, one.kind, schools=(school,))
        assert [each.code for each in conflicts(dates(one), {one.id: fact}, {school: year})] == expected


def test_two_nights_of_one_person_meet_after_midnight() -> None:
    person = uuid4()
    night = made(date(2026, 10, 24), time(23), 240, "Europe/Berlin")
    morning = made(date(2026, 10, 25), time(2, 30), 30, "Europe/Berlin")  # comes twice: the first is meant
    late = made(date(2026, 10, 25), time(3), 30, "Europe/Berlin")  # five hours after eleven at night
    facts = {one.id: ActivityFacts(one.id, uuid4(), one.kind, (person,)) for one in (night, morning, late)}
    found = conflicts([*dates(night), *dates(morning), *dates(late)], facts, {})
    assert {each.activity_id for each in found} == {night.id, morning.id}


def test_the_leap_day_is_a_day_like_any_other() -> None:
    weekly = made(date(2028, 2, 22), time(10), 60, "Europe/Lisbon", date(2028, 3, 7))
    assert [one.on for one in dates(weekly)] == [date(2028, 2, 22), date(2028, 2, 29), date(2028, 3, 7)]
    moved = OccurrenceOverride(activity_id=weekly.id, original_on=date(2028, 2, 29), starts_on=date(2028, 3, 1))
    assert [one.on for one in dates(weekly, moved)][1] == date(2028, 3, 1)
    night = dates(made(date(2028, 2, 28), time(23), 120, "Europe/Madrid"))[0]
    assert (night.on, night.ends_on) == (date(2028, 2, 28), date(2028, 2, 29))
    whole = dates(made(date(2028, 2, 28), None, 3 * 1440, "Europe/Madrid"))[0]
    assert (whole.ends_on, whole.finishes - whole.begins) == (date(2028, 3, 1), 3 * 86_400)
    four_years = made(date(2028, 2, 29), time(10), 60, "Europe/Dublin", date(2032, 2, 29))
    assert dates(four_years)[-1].on == date(2032, 2, 24)
