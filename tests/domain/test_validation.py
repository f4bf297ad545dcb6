"""What may be stored and what may not."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocivic_desktop.domain.activities import Activity, OccurrenceOverride, Recurrence, RecurrenceEnd
from cocivic_desktop.domain.agreements import Clause, Commitment
from cocivic_desktop.domain.base import LONG_TEXT, SHORT_TEXT, Side
from cocivic_desktop.domain.errors import InvalidField
from cocivic_desktop.domain.goals import Challenge, Measurement, SharedGoal, Solution, TeamMember
from cocivic_desktop.domain.hours import HourEntry
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnerships import Expectation, Partnership, Task
from cocivic_desktop.domain.registry import ENTITIES
from cocivic_desktop.domain.school_years import CalendarPeriod, LessonTime, SchoolYear
from cocivic_desktop.domain.surveys import SurveyResponse
from cocivic_desktop.domain.validation import field_rules, validate

DAY = date(2026, 3, 2)
NAIVE = datetime.combine(DAY, time(8))


def organisation(**fields: Any) -> Organisation:
    return Organisation(**{"name": "School", **fields})


def activity(**fields: Any) -> Activity:
    return Activity(**{"partnership_id": uuid4(), "title": "Session", "starts_on": DAY, **fields})


def hours(**fields: Any) -> HourEntry:
    return HourEntry(**{"partnership_id": uuid4(), "person_id": uuid4(), "worked_on": DAY, "minutes": 60, **fields})


def lesson(starts: time, ends: time) -> LessonTime:
    return LessonTime(school_year_id=uuid4(), number=1, starts_at=starts, ends_at=ends)


GOOD = [
    organisation(country="DE", email="office@school.example", zone="Europe/Istanbul"),
    Person(name="Ana", birth_year=2010),
    Partnership(title="Green roofs", school_id=uuid4(), starts_on=DAY, ends_on=DAY),
    SharedGoal(partnership_id=uuid4()),
    activity(recurrence=Recurrence(weekdays=[1], ends=RecurrenceEnd.ON_DATE, until=DAY)),
    hours(),
    hours(person_id=None, head_count=24),
    hours(minutes=1440),
    lesson(time(8), time(8, 45)),
    Challenge(partnership_id=uuid4(), title="Bins", phase_dates={"understand": "2026-03-01", "build": ""}),
    TeamMember(challenge_id=uuid4(), label="A. K."),
    Clause(agreement_id=uuid4(), texts={"en": "x" * LONG_TEXT}),
    SurveyResponse(survey_id=uuid4(), answers={"q1": 5, "q2": "fine"}),
    Measurement(indicator_id=uuid4(), measured_on=DAY, value=3),
    Commitment(agreement_id=uuid4(), side=Side.CSO, minutes=0),
]

BAD = [
    (organisation(name="  "), "name", "required"),
    (organisation(name="x" * (SHORT_TEXT + 1)), "name", "too_long"),
    (organisation(name="a\x00b"), "name", "control_characters"),
    (organisation(name="a\ud800b"), "name", "control_characters"),
    (organisation(mission="x" * (LONG_TEXT + 1)), "mission", "too_long"),
    (organisation(focus_themes=["x" * (LONG_TEXT + 1)]), "focus_themes", "too_long"),
    (organisation(focus_themes=["x"] * 2_001), "focus_themes", "too_many"),
    (organisation(focus_themes=[None]), "focus_themes", "wrong_type"),
    (organisation(email="office at school"), "email", "not_an_email"),
    (organisation(email="a@b@c.example"), "email", "not_an_email"),
    (organisation(country="Germany"), "country", "not_a_country"),
    (organisation(country="de"), "country", "not_a_country"),
    (organisation(zone="Europe/Nowhere"), "zone", "unknown_zone"),
    (organisation(zone=""), "zone", "unknown_zone"),
    (organisation(zone="../etc/passwd"), "zone", "unknown_zone"),
    (organisation(hours_per_week=float("nan")), "hours_per_week", "not_finite"),
    (organisation(hours_per_week=169.0), "hours_per_week", "out_of_range"),
    (organisation(staff_count=2**31), "staff_count", "out_of_range"),
    (organisation(staff_count=True), "staff_count", "wrong_type"),
    (organisation(kind="vet_provider"), "kind", "not_a_choice"),
    (organisation(is_ours=None), "is_ours", "required"),
    (Person(name="Ana", birth_year=1850), "birth_year", "out_of_range"),
    (Person(name="Ana", birth_year=2150), "birth_year", "out_of_range"),
    (Person(name="Ana", active_from=DAY, active_until=date(2026, 3, 1)), "active_until", "before_start"),
    (Partnership(title="P", school_id=uuid4(), starts_on=DAY, ends_on=date(2026, 3, 1)), "ends_on", "before_start"),
    (Partnership(title="P", school_id=uuid4(), starts_on=date(1066, 1, 1)), "starts_on", "year_out_of_range"),
    (Partnership(title="P", school_id=uuid4(), ends_on=date(2201, 1, 1)), "ends_on", "year_out_of_range"),
    (Expectation(partnership_id=uuid4(), side=Side.CSO, text=""), "text", "required"),
    (Task(partnership_id=uuid4(), title=""), "title", "required"),
    (activity(starts_on=NAIVE), "starts_on", "wrong_type"),
    (activity(exported_at=NAIVE), "exported_at", "naive_moment"),
    (activity(start_time=time(8, tzinfo=organisation().created_at.tzinfo)), "start_time", "time_with_zone"),
    (activity(duration_minutes=-1), "duration_minutes", "out_of_range"),
    (activity(head_count=0), "head_count", "out_of_range"),
    (activity(recurrence=Recurrence(interval=0)), "recurrence", "interval_out_of_range"),
    (activity(recurrence=Recurrence(weekdays=[7])), "recurrence", "weekday_out_of_range"),
    (activity(recurrence=Recurrence(week_numbers=[0])), "recurrence", "week_out_of_range"),
    (activity(recurrence=Recurrence(week_letter="C")), "recurrence", "week_letter"),
    (activity(recurrence=Recurrence(ends=RecurrenceEnd.AFTER_COUNT)), "recurrence", "count_missing"),
    (activity(recurrence=Recurrence(ends=RecurrenceEnd.AFTER_COUNT, count=0)), "recurrence", "count_out_of_range"),
    (activity(recurrence=Recurrence(ends=RecurrenceEnd.ON_DATE)), "recurrence", "until_missing"),
    (
        activity(recurrence=Recurrence(ends=RecurrenceEnd.ON_DATE, until=DAY - timedelta(days=1))),
        "recurrence",
        "before_start",
    ),
    (
        OccurrenceOverride(activity_id=uuid4(), original_on=DAY, duration_minutes=-5),
        "duration_minutes",
        "out_of_range",
    ),
    (hours(minutes=0), "minutes", "out_of_range"),
    (hours(minutes=1441), "minutes", "out_of_range"),
    (hours(head_count=3), "head_count", "person_or_head_count"),
    (hours(person_id=None), "person_id", "person_or_head_count"),
    (hours(person_id=None, head_count=0), "head_count", "out_of_range"),
    (lesson(time(9), time(9)), "ends_at", "before_start"),
    (
        SchoolYear(school_id=uuid4(), label="Y", starts_on=DAY, ends_on=date(2029, 1, 1)),
        "ends_on",
        "year_too_long",
    ),
    (
        CalendarPeriod(school_year_id=uuid4(), name="Easter", starts_on=DAY, ends_on=date(2026, 3, 1)),
        "ends_on",
        "before_start",
    ),
    (Challenge(partnership_id=uuid4(), title="C", phase_dates={"sleep": "2026-03-01"}), "phase_dates", "not_a_choice"),
    (Challenge(partnership_id=uuid4(), title="C", phase_dates={"build": "soon"}), "phase_dates", "not_a_date"),
    (TeamMember(challenge_id=uuid4()), "label", "required"),
    (Solution(challenge_id=uuid4(), title="S", usefulness=6), "usefulness", "out_of_range"),
    (SurveyResponse(survey_id=uuid4(), answers={"q1": 6}), "answers", "out_of_range"),
    (Measurement(indicator_id=uuid4(), measured_on=DAY, value=float("inf")), "value", "not_finite"),
]


def refusal(entity: Any) -> tuple[str, str] | None:
    """Field and code for which an entity is refused; None when it may be stored."""
    try:
        validate(entity)
    except InvalidField as error:
        return error.field, error.code
    return None


@pytest.mark.parametrize("entity", GOOD, ids=lambda entity: type(entity).__name__)
def test_good_entities_pass(entity: Any) -> None:
    assert refusal(entity) is None


@pytest.mark.parametrize(
    ("entity", "field", "code"), BAD, ids=lambda value: value if isinstance(value, str) else type(value).__name__
)
def test_bad_entities_are_refused(entity: Any, field: str, code: str) -> None:
    assert refusal(entity) == (field, code)


def test_every_entity_has_rules_for_every_field() -> None:
    for entity in ENTITIES:
        assert {rule.name for rule in field_rules(entity)} == set(entity.__dataclass_fields__)


@given(st.text(max_size=400), st.integers(), st.floats(), st.text(max_size=30))
def test_only_invalid_field_is_ever_raised(name: str, count: int, hours_per_week: float, zone: str) -> None:
    refused = refusal(organisation(name=name, staff_count=count, hours_per_week=hours_per_week, zone=zone))
    assert refused is None or refused[0] in {"name", "staff_count", "hours_per_week", "zone"}
