"""Phases of a challenge in the school year: proposals leave holidays and exams free, and remarks say what is wrong."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocivic_desktop.domain.goals import Challenge, ChallengePhase
from cocivic_desktop.domain.rules.challenge_phases import PhaseProblem, propose, spans
from cocivic_desktop.domain.rules.teaching_weeks import YearView
from cocivic_desktop.domain.school_years import CalendarPeriod, PeriodKind

FIRST, LAST = date(2026, 8, 31), date(2027, 1, 29)
ALL = list(ChallengePhase)


def period(kind: PeriodKind, first: date, last: date) -> CalendarPeriod:
    return CalendarPeriod(school_year_id=uuid4(), kind=kind, name=kind.value, starts_on=first, ends_on=last)


@cache
def year() -> YearView:
    """Made when it is first asked for: the store, if it is loaded, has mapped the classes by then."""
    return YearView(
        FIRST,
        LAST,
        periods=(
            period(PeriodKind.HOLIDAY, date(2026, 10, 12), date(2026, 10, 23)),
            period(PeriodKind.ASSESSMENT, date(2026, 12, 7), date(2026, 12, 18)),
            period(PeriodKind.HOLIDAY, date(2026, 12, 21), date(2027, 1, 1)),
        ),
    )


def challenge(**ends: str) -> Challenge:
    return Challenge(partnership_id=uuid4(), title="Nets", phase_dates=dict(ends))


def test_weeks_are_shared_out_by_what_a_phase_needs() -> None:
    """22 weeks less 2 + 2 of holidays and 2 of exams are 16: 3, 3, 6, 2 and 2."""
    assert propose(year(), FIRST, LAST, ALL) == {
        ChallengePhase.UNDERSTAND: date(2026, 9, 18),
        ChallengePhase.IDEATE: date(2026, 10, 9),
        ChallengePhase.BUILD: date(2026, 12, 4),
        ChallengePhase.SHOW: date(2027, 1, 15),
        ChallengePhase.REFLECT: date(2027, 1, 29),
    }


def test_too_few_weeks_make_no_proposal() -> None:
    assert propose(year(), date(2027, 1, 4), LAST, ALL) == {}
    assert set(propose(year(), date(2027, 1, 4), LAST, ALL[1:])) == set(ALL[1:])


@given(st.dates(FIRST, LAST), st.dates(FIRST, LAST), st.integers(0, 4))
def test_proposals_are_open_days_in_order(first: date, last: date, begun: int) -> None:
    phases = ALL[begun:]
    ends = list(propose(year(), first, last, phases).values())
    assert ends == sorted(set(ends))
    assert len(ends) in (0, len(phases))
    for day in ends:
        assert first <= day <= last and day.weekday() < 5
        assert year().closure_on(day) is None
        assert not date(2026, 12, 7) <= day <= date(2026, 12, 18)


@pytest.mark.parametrize(
    ("ends", "problem"),
    [
        ({"understand": "2026-09-18"}, None),
        ({"understand": "2026-10-14"}, PhaseProblem.CLOSED),
        ({"understand": "2026-08-20"}, PhaseProblem.OUTSIDE_TERM),
        ({"understand": "2026-12-09"}, PhaseProblem.ASSESSMENT),
        ({"understand": "2027-01-28"}, PhaseProblem.AFTER_END),
    ],
)
def test_what_is_wrong_with_a_day(ends: dict[str, str], problem: PhaseProblem | None) -> None:
    assert spans(challenge(**ends), year(), FIRST, LAST - timedelta(days=14))[0].problem is problem


def test_a_phase_begins_the_day_after_the_one_before() -> None:
    found = spans(challenge(understand="2026-09-18", build="2026-10-09", show="2026-10-02"), year(), FIRST, LAST)
    assert [(one.starts_on, one.weeks) for one in found[:3]] == [
        (FIRST, 3),
        (None, None),
        (date(2026, 9, 19), 3),
    ]
    assert found[3].problem is PhaseProblem.BEFORE_EARLIER
    assert spans(challenge(understand="2026-09-18"), None, None, None)[0].weeks is None
