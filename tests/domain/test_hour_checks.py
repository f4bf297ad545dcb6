"""Impossible and unlikely entries of hours: one by one, and 20,000 at once."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocivic_desktop.domain.hours import HourCategory, HourEntry
from cocivic_desktop.domain.rules.hour_checks import (
    HourCheck,
    HourFacts,
    check_entries,
    check_entry,
    overlaps,
)
from cocivic_desktop.domain.rules.intervals import DayIndex

PERSON, PARTNERSHIP = UUID(int=1), UUID(int=2)
TODAY = date(2026, 3, 18)
CLOCKS = st.times().map(lambda at: at.replace(microsecond=0))


def entry(**fields: Any) -> HourEntry:
    values = {"partnership_id": PARTNERSHIP, "person_id": PERSON, "worked_on": TODAY, "minutes": 60}
    return HourEntry(**{**values, **fields})


def codes(one: HourEntry, *others: HourEntry, **known: Any) -> list[HourCheck]:
    return [question.code for question in check_entry(one, others, HourFacts(TODAY, **known))]


def test_a_day_has_24_hours() -> None:
    assert codes(entry(minutes=720)) == []
    assert codes(entry(minutes=721)) == [HourCheck.DAY_OVER_12_HOURS]
    assert codes(entry(minutes=600), entry(minutes=500)) == [HourCheck.DAY_OVER_12_HOURS]
    assert codes(entry(minutes=840), entry(minutes=600)) == [HourCheck.DAY_OVER_12_HOURS]
    found = check_entry(entry(minutes=841), [entry(minutes=600)], HourFacts(TODAY))
    assert [(question.code, question.refused) for question in found] == [(HourCheck.DAY_OVER_24_HOURS, True)]


def test_other_days_and_people_do_not_count() -> None:
    other = entry(minutes=1000, person_id=UUID(int=9))
    yesterday = entry(minutes=1000, worked_on=TODAY - timedelta(days=1))
    itself = entry(minutes=1000)
    assert codes(entry(minutes=600), other, yesterday) == []
    assert codes(itself, itself) == [HourCheck.DAY_OVER_12_HOURS]


def test_overlaps_are_questioned() -> None:
    first = entry(start_time=time(10), minutes=90)
    assert codes(entry(start_time=time(11), minutes=60), first) == [HourCheck.OVERLAP]
    assert codes(entry(start_time=time(11, 30)), first) == []


def test_an_entry_past_midnight_overlaps_the_next_day() -> None:
    night = entry(start_time=time(23), minutes=120, worked_on=TODAY - timedelta(days=1))
    assert codes(entry(start_time=time(0, 30)), night) == [HourCheck.OVERLAP]
    assert codes(entry(start_time=time(1)), night) == []
    assert codes(night, entry(start_time=time(0, 59), minutes=1)) == [HourCheck.OVERLAP]


def test_the_same_again_is_questioned() -> None:
    assert codes(entry(), entry()) == [HourCheck.SAME_AGAIN]
    assert codes(entry(), entry(category=HourCategory.TRAVEL)) == []
    heads = {"person_id": None, "head_count": 24, "role": "students"}
    assert codes(entry(**heads), entry(**heads)) == [HourCheck.SAME_AGAIN]
    assert codes(entry(**heads), entry(**{**heads, "head_count": 23})) == []
    assert codes(entry(**heads), entry(**heads, partnership_id=UUID(int=7))) == []


def test_dates_are_questioned() -> None:
    assert codes(entry(worked_on=TODAY + timedelta(days=1))) == [HourCheck.FUTURE]
    agreed = {PARTNERSHIP: (date(2026, 4, 1), date(2026, 5, 1))}
    assert codes(entry(), agreed=agreed) == [HourCheck.OUTSIDE_AGREEMENT]
    assert codes(entry(person_id=None, head_count=30, minutes=900)) == []


def test_days_before_somebody_came_and_after_they_left() -> None:
    active = {PERSON: (TODAY - timedelta(days=3), TODAY - timedelta(days=1))}
    asked = [codes(entry(worked_on=TODAY - timedelta(days=days)), active=active) for days in (4, 3, 1, 0)]
    assert asked == [[HourCheck.NOT_YET_ACTIVE], [], [], [HourCheck.NO_LONGER_ACTIVE]]


def test_what_needs_an_open_school_is_questioned_on_a_closure() -> None:
    closures = {PARTNERSHIP: DayIndex([(TODAY, TODAY, "Spring break")])}
    (question,) = check_entry(entry(), [], HourFacts(TODAY, closures=closures))
    assert (question.code, question.parameters["name"]) == (HourCheck.CLOSURE, "Spring break")
    assert codes(entry(category=HourCategory.PREPARATION), closures=closures) == []
    assert codes(entry(worked_on=TODAY - timedelta(days=1)), closures=closures) == []


def test_of_many_the_later_ones_are_questioned() -> None:
    rows = [entry(minutes=700), entry(minutes=700), entry(minutes=700), entry(minutes=40)]
    found = check_entries(rows, [], HourFacts(TODAY))
    asked = [[question.code for question in found.get(row.id, [])] for row in rows]
    assert asked == [
        [],
        [HourCheck.DAY_OVER_12_HOURS, HourCheck.SAME_AGAIN],
        [HourCheck.DAY_OVER_24_HOURS, HourCheck.SAME_AGAIN],
        [HourCheck.DAY_OVER_12_HOURS],  # what is refused does not count for those after it
    ]


@pytest.mark.slow
def test_twenty_thousand_of_one_day_are_checked() -> None:
    rows = [entry(person_id=None, head_count=number % 400 + 1) for number in range(20_000)]
    assert len(check_entries(rows, rows[:10], HourFacts(TODAY))) == 20_000 - 400


@given(CLOCKS, st.integers(1, 1440), CLOCKS, st.integers(1, 1440))
def test_overlapping_is_mutual(first: time, one: int, second: time, other: int) -> None:
    left, right = entry(start_time=first, minutes=one), entry(start_time=second, minutes=other)
    assert overlaps(left, right) == overlaps(right, left)
    assert overlaps(left, left)
