"""Promised, used and planned hours; impossible and unlikely days; what fits into a school year."""

from __future__ import annotations

from datetime import date, time, timedelta
from uuid import uuid4

import pytest

from cocivic_desktop.domain.activities import ActivityKind, ActivityStatus, Participation
from cocivic_desktop.domain.agreements import Commitment, CommitmentUnit
from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.hours import HourState
from cocivic_desktop.domain.organisations import Organisation, Person, PersonKind
from cocivic_desktop.domain.partnership_view import side_of
from cocivic_desktop.domain.rules.feasibility import (
    feasibility,
    lesson_minutes_per_week,
    people_minutes_per_week,
    weekly_minutes,
)
from cocivic_desktop.domain.rules.hours import (
    answers_to,
    budgets,
    by_month,
    months_between,
    planned_times,
    promised_minutes,
)
from cocivic_desktop.domain.school_years import LessonTime
from tests.domain.make_view import TODAY, good_view, hour_total, occurrence


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        (CommitmentUnit.TOTAL, 90),
        (CommitmentUnit.PER_TEACHING_WEEK, 900),
        (CommitmentUnit.PER_MONTH, 540),
        (CommitmentUnit.PER_SESSION, 360),
    ],
)
def test_a_promise_by_unit(unit: CommitmentUnit, expected: int) -> None:
    commitment = Commitment(agreement_id=uuid4(), minutes=90, unit=unit)
    assert promised_minutes(commitment, teaching_weeks=10, months=6, sessions=4) == expected


def test_months_of_a_period() -> None:
    assert months_between(date(2026, 1, 31), date(2026, 2, 1)) == 2
    assert months_between(date(2025, 11, 1), date(2026, 2, 1)) == 4
    assert months_between(date(2026, 2, 1), date(2026, 1, 1)) == 0


def test_roles_answer_to_commitments() -> None:
    mentors = Commitment(agreement_id=uuid4(), side=Side.CSO, role="Mentors")
    anybody = Commitment(agreement_id=uuid4(), side=Side.CSO)
    assert answers_to(mentors, Side.CSO, "", PersonKind.MENTOR)
    assert answers_to(mentors, Side.CSO, "mentor", PersonKind.STAFF)
    assert not answers_to(mentors, Side.CSO, "", PersonKind.STAFF)
    assert not answers_to(mentors, Side.SCHOOL, "mentor", None)
    assert answers_to(anybody, Side.CSO, "", None)


@pytest.mark.parametrize(
    ("kind", "role", "at_ours", "side"),
    [
        (PersonKind.MENTOR, "", False, Side.CSO),
        (PersonKind.TEACHER, "mentor", False, Side.SCHOOL),
        (PersonKind.OTHER, "", True, Side.CSO),
        (PersonKind.OTHER, "", False, Side.SCHOOL),
        (None, "Volunteers", False, Side.CSO),
        (None, "class 10b", False, Side.LEARNERS),
    ],
)
def test_whose_time_it_is(kind: PersonKind | None, role: str, at_ours: bool, side: Side) -> None:
    assert side_of(kind, role, at_ours=at_ours) is side


def test_a_budget_adds_what_is_planned() -> None:
    view = good_view()
    view.participations = [
        Participation(activity_id=view.activities[0].id, person_id=view.people[0].id),
        Participation(activity_id=view.activities[0].id, person_id=view.people[1].id),
    ]
    view.activities[0].preparation_minutes = 30
    (budget,) = budgets(view, TODAY)
    assert (budget.promised, budget.used, budget.confirmed, budget.planned) == (2400, 600, 600, 150)
    assert (budget.forecast, budget.used_percent, budget.forecast_percent) == (750, 25, 31)


def test_a_budget_counts_its_own_months_only() -> None:
    view = good_view()
    view.commitments[0].starts_on = date(2026, 4, 1)
    (budget,) = budgets(view, TODAY)
    assert budget.used == 0


def test_planned_time_knows_sides() -> None:
    view = good_view()
    planned = {(time.side, time.minutes) for time in planned_times(view, TODAY)}
    assert planned == {(Side.CSO, 120), (Side.LEARNERS, 12 * 120)}


def test_cancelled_dates_and_deadlines_take_no_time() -> None:
    view = good_view()
    later = TODAY + timedelta(days=3)
    view.occurrences = [occurrence(view.activities[0], later, ActivityStatus.CANCELLED)]
    assert planned_times(view, TODAY) == []
    view.occurrences = [occurrence(view.activities[0], later)]
    view.activities[0].kind = ActivityKind.DEADLINE
    assert planned_times(view, TODAY) == []


def test_rows_by_month() -> None:
    view = good_view()
    view.hour_totals.append(hour_total(month="2026-02", state=HourState.LOGGED, minutes=60))
    rows = {(row.side, row.role, row.month): (row.used, row.confirmed, row.planned) for row in by_month(view, TODAY)}
    assert rows[Side.CSO, "volunteer", "2026-02"] == (60, 0, 0)
    assert rows[Side.CSO, "volunteer", "2026-03"] == (600, 600, 0)
    assert rows[Side.LEARNERS, "student", "2026-03"] == (0, 0, 1440)


def test_eleven_weeks_at_three_hours_make_33() -> None:
    found = feasibility(40 * 60, 11, 3 * 60)
    assert (found.fits, found.possible_minutes, found.missing_minutes) == (False, 33 * 60, 7 * 60)
    assert feasibility(33 * 60, 11, 3 * 60).fits


def test_time_in_a_week() -> None:
    every_day = LessonTime(school_year_id=uuid4(), number=1, starts_at=time(8), ends_at=time(8, 45))
    monday = LessonTime(school_year_id=uuid4(), number=2, starts_at=time(9), ends_at=time(10), weekday=0)
    assert lesson_minutes_per_week([every_day, monday]) == 5 * 45 + 60
    assert people_minutes_per_week([Person(name="A", hours_per_week=1.5), Person(name="B")]) == 90
    assert people_minutes_per_week([], Organisation(name="O", hours_per_week=4.0)) == 240
    view = good_view()
    assert weekly_minutes(view) == 300
    view.lesson_times[0].weekday = 1
    assert weekly_minutes(view) == 60
