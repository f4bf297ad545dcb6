"""The quality check of shared goals: each code fires where it should, and a good goal has none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from cocivic_desktop.domain.goals import Indicator, IndicatorMeans, SharedGoal
from cocivic_desktop.domain.rules.goal_quality import Criterion, check_goal, has_number, met, vague_words
from cocivic_desktop.domain.rules.teaching_weeks import YearView, year_view
from cocivic_desktop.domain.school_years import CalendarPeriod, PeriodKind, SchoolYear, Term
from cocivic_desktop.ui.texts import goal_quality as texts

TODAY = date(2026, 9, 14)
GOOD: dict[str, Any] = {
    "statement": "By June twelve students have repaired fifty things together with neighbours",
    "benefit_cso": "More helpers",
    "benefit_school": "Practice in real life",
    "benefit_learners": "A reference",
    "curriculum_link": "Learning field 6",
    "mission_link": "Repair instead of throwing away",
    "target_on": date(2027, 6, 11),
    "owner_cso_id": uuid4(),
    "owner_school_id": uuid4(),
}
ENDS = date(2027, 6, 30)


def indicator(**fields: Any) -> Indicator:
    values = {"name": "Things", "unit": "count", "baseline": 0.0, "target": 50.0, "measured_how": "list on the wall"}
    return Indicator(partnership_id=uuid4(), **{**values, **fields})


def school_year() -> YearView:
    year = SchoolYear(school_id=uuid4(), label="", starts_on=date(2026, 8, 24), ends_on=date(2027, 7, 10))
    terms = [
        Term(school_year_id=year.id, name="1", starts_on=date(2026, 8, 24), ends_on=date(2027, 1, 29)),
        Term(school_year_id=year.id, name="2", starts_on=date(2027, 2, 1), ends_on=date(2027, 6, 25)),
    ]
    autumn = CalendarPeriod(
        school_year_id=year.id,
        name="Autumn",
        kind=PeriodKind.HOLIDAY,
        starts_on=date(2026, 10, 5),
        ends_on=date(2026, 10, 16),
    )
    return year_view(year, terms, [autumn])


def codes(indicators: list[Indicator] | None = None, year: YearView | None = None, **fields: Any) -> dict[str, str]:
    """Codes with the field that each leads to."""
    goal = SharedGoal(partnership_id=uuid4(), **{**GOOD, **fields})
    found = check_goal(goal, [indicator()] if indicators is None else indicators, today=TODAY, ends_on=ENDS, year=year)
    for finding in found:
        said = texts.words(finding)
        assert said.problem and said.suggestion and "{" not in said.problem + said.suggestion
    return {finding.code: finding.at for finding in found}


def test_a_good_goal_has_no_findings() -> None:
    assert codes(year=school_year()) == {}
    assert all(met([]).values())


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"statement": "  "}, "statement_missing", "statement"),
        ({"statement": "Ten repaired bicycles"}, "statement_short", "statement"),
        ({"statement": "word " * 46 + "2"}, "statement_long", "statement"),
        (
            {"statement": "We raise awareness of waste among 40 students of the school"},
            "statement_vague",
            "statement",
        ),
        ({"benefit_cso": ""}, "benefit_cso_missing", "benefit_cso"),
        ({"benefit_school": " "}, "benefit_school_missing", "benefit_school"),
        ({"benefit_learners": ""}, "benefit_learners_missing", "benefit_learners"),
        ({"benefit_cso": "Publicity", "benefit_school": "publicity "}, "benefit_same", "benefit_school"),
        ({"curriculum_link": ""}, "curriculum_missing", "curriculum_link"),
        ({"target_on": None}, "target_on_missing", "target_on"),
        ({"target_on": date(2027, 7, 1)}, "after_end", "target_on"),
        ({"owner_cso_id": None}, "owner_cso_missing", "owner_cso_id"),
        ({"owner_school_id": None}, "owner_school_missing", "owner_school_id"),
        ({"mission_link": ""}, "mission_missing", "mission_link"),
        ({"mission_link": "", "mission_diversion": "Two mentors"}, "diverts_mission", "mission_link"),
    ],
)
def test_each_finding_leads_to_its_field(fields: dict[str, Any], code: str, field: str) -> None:
    assert codes(**fields) == {code: field}


def test_a_number_may_stand_in_the_statement_or_in_a_target() -> None:
    bare = "Students and neighbours have repaired things together in the workshop"
    assert codes(statement=bare) == {}
    assert codes([indicator(target=None)], statement=bare) == {
        "number_missing": "statement",
        "target_missing": "indicators",
    }


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"target": None}, "target_missing"),
        ({"baseline": None}, "baseline_missing"),
        ({"measured_how": ""}, "measured_how_missing"),
        ({"measured_how": "", "means": IndicatorMeans.COMPUTED}, None),
        ({"baseline": None, "unit": "yes_no"}, None),
        ({"baseline": None, "means": IndicatorMeans.SURVEY}, None),
    ],
)
def test_what_an_indicator_lacks(fields: dict[str, Any], expected: str | None) -> None:
    one = indicator(**fields)
    assert list(codes([one])) == ([expected] if expected else [])


def test_no_indicator_at_all() -> None:
    assert codes([]) == {"indicator_missing": "indicators"}


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (date(2026, 10, 2), ["few_weeks"]),
        (date(2026, 10, 8), ["outside_teaching", "few_weeks"]),
        (date(2026, 10, 23), []),
        (date(2027, 6, 28), ["outside_teaching"]),
        (date(2026, 9, 1), []),
    ],
)
def test_the_day_is_held_against_teaching_weeks(due: date, expected: list[str]) -> None:
    """From 14 September: 3 weeks before the autumn break, the 4th after it; a past day is not judged."""
    assert list(codes(target_on=due, year=school_year())) == expected
    assert list(codes(target_on=due)) == [], "without a school year nothing is known"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("fifty", False), ("5 teams", True), ("every student", True), ("drei Gruppen", True), ("her takım", True)],
)
def test_numbers_in_words(text: str, expected: bool) -> None:
    assert has_number(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We will Raise Awareness of it", "Raise Awareness"),
        ("Die Schule fördert Teilhabe", "fördert"),
        ("Fomentar la participación", "Fomentar"),
        ("Farkındalık yaratmak", "Farkındalık"),
        ("They repair bicycles", ""),
    ],
)
def test_vague_words_are_quoted(text: str, expected: str) -> None:
    assert vague_words(text) == expected


def test_criteria_are_met_one_by_one() -> None:
    goal = replace(SharedGoal(partnership_id=uuid4(), **GOOD), mission_link="", target_on=None)
    findings = check_goal(goal, [indicator()], today=TODAY)
    assert [one for one, good in met(findings).items() if not good] == [Criterion.FEASIBLE, Criterion.MISSION]
    assert {texts.criterion_word(one) for one in Criterion} == {
        "Specific",
        "All sides gain",
        "Measured",
        "Feasible in the term",
        "Serves our mission",
    }
