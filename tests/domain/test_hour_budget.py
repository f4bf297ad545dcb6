"""The hour budget: promises spread over months, what is left, warnings; the burden of a term; the value of hours."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocivic_desktop.domain.agreements import Agreement, Commitment
from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.hours import HourCategory, HourRate, HourState, WorkloadCheckIn
from cocivic_desktop.domain.organisations import Organisation, PersonKind
from cocivic_desktop.domain.partnership_view import HourTotal, PartnershipView
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.rules.burden import BurdenSum, TermSpan, Worth, burdens
from cocivic_desktop.domain.rules.hour_budget import BudgetState, hour_budget, spread
from cocivic_desktop.domain.rules.hour_value import volunteer_value
from cocivic_desktop.domain.rules.hours import whole_percent
from cocivic_desktop.domain.rules.next_steps.hours import commitment_used
from cocivic_desktop.ui.texts.next_steps import words

TODAY = date(2026, 10, 20)


def view(*used: tuple[str, int], promised: int = 600, role: str = "mentor") -> PartnershipView:
    """A partnership from September to November that promises minutes of mentors, and used some by month."""
    partnership = Partnership(
        title="Repair café", school_id=uuid4(), starts_on=date(2026, 9, 1), ends_on=date(2026, 11, 30)
    )
    agreement = Agreement(partnership_id=partnership.id, title="MoU")
    return PartnershipView(
        partnership=partnership,
        agreement=agreement,
        commitments=[Commitment(agreement_id=agreement.id, side=Side.CSO, role=role, minutes=promised)],
        hour_totals=[
            HourTotal(
                kind=PersonKind.MENTOR,
                side=Side.CSO,
                role="mentor",
                month=month,
                state=HourState.CONFIRMED,
                minutes=minutes,
                first_on=date.fromisoformat(f"{month}-01"),
                last_on=date.fromisoformat(f"{month}-02"),
            )
            for month, minutes in used
        ],
    )


@given(
    st.integers(1, 100_000),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 800),
)
def test_a_promise_spread_over_months_adds_up(minutes: int, first: date, days: int) -> None:
    shares = spread(minutes, first, first + timedelta(days=days))
    assert sum(each for _, each in shares) == minutes
    assert all(each >= 0 for _, each in shares)
    assert [month for month, _ in shares] == sorted({month for month, _ in shares})


def test_what_is_left_month_by_month() -> None:
    found = hour_budget(view(("2026-09", 240), ("2026-10", 60)), TODAY, 80)
    points = found.burn_down([found.promises[0].budget.commitment])
    # 600 minutes over 30 + 31 + 30 days: 198, 402 and 600 are gone at the ends of the months
    assert [(one.month, one.even, one.left, one.expected) for one in points] == [
        ("2026-09", 402, 360, None),
        ("2026-10", 198, 300, 300),
        ("2026-11", 0, None, 300),
    ]
    assert (found.used, found.confirmed) == (300, 300)
    assert found.burn_down([]) == []


@pytest.mark.parametrize(
    ("used", "percent", "state"),
    [
        (300, 80, BudgetState.FITS),
        (480, 80, BudgetState.WARNED),
        (300, 50, BudgetState.WARNED),
        (601, 80, BudgetState.EXCEEDED),
    ],
)
def test_the_warning_comes_at_the_share_that_was_set(used: int, percent: int, state: BudgetState) -> None:
    assert hour_budget(view(("2026-09", used)), TODAY, percent).promises[0].state is state


def test_a_promise_of_nothing_and_hours_that_nobody_promised() -> None:
    found = hour_budget(view(("2026-09", 90), promised=0, role="driver"), TODAY, 80)
    assert found.promises[0].state is BudgetState.NO_TIME
    assert [(row.role, row.used, row.commitment) for row in found.rows] == [("mentor", 90, None)]
    assert found.used == 90
    assert found.promises[0].per_head is None


def test_the_burden_of_a_term() -> None:
    def one(kind: PersonKind, minutes: int, category: HourCategory = HourCategory.DELIVERY) -> BurdenSum:
        return BurdenSum("t1", kind, category, minutes)

    sums = [
        one(PersonKind.STAFF, 120),
        one(PersonKind.STAFF, 60, HourCategory.ADMINISTRATION),
        one(PersonKind.VOLUNTEER, 60),
        one(PersonKind.MENTOR, 60),
        one(PersonKind.TEACHER, 45, HourCategory.ADMINISTRATION),
        one(PersonKind.STUDENT, 450),
    ]
    term = TermSpan("t1", "Term 1", date(2026, 9, 1), date(2027, 1, 31))
    told = [
        WorkloadCheckIn(partnership_id=uuid4(), asked_on=date(2026, 10, day), level=level)
        for day, level in ((1, 4), (31, 5))
    ]
    late = WorkloadCheckIn(partnership_id=uuid4(), asked_on=date(2027, 3, 1), level=1)
    found = burdens(sums, [term, TermSpan("", "")], [*told, late], 7)
    assert len(found) == 1
    meter = found[0]
    assert (meter.staff, meter.volunteers, meter.paperwork, meter.school, meter.students) == (180, 120, 60, 45, 450)
    assert (meter.ours, meter.ratio, meter.paperwork_share, meter.workload) == (300, 1.5, 0.2, 4.5)
    assert meter.worth is Worth.GIVES_BACK


@pytest.mark.parametrize(("students", "worth"), [(0, "unknown"), (29, "costly"), (30, "partly"), (60, "gives_back")])
def test_the_verdict_follows_the_ratio(students: int, worth: str) -> None:
    sums = [
        BurdenSum("", PersonKind.STAFF, HourCategory.DELIVERY, 60),
        BurdenSum("", PersonKind.STUDENT, HourCategory.DELIVERY, students),
    ]
    assert burdens(sums, [TermSpan("", "")], [], None)[0].worth == worth


def test_the_value_of_hours_names_the_rate_and_what_has_none() -> None:
    ours = uuid4()
    usual = HourRate(organisation_id=ours, amount_cents=1_750, year=2026, source="National study 2026")
    mentoring = HourRate(organisation_id=ours, amount_cents=2_001, year=2026, category=HourCategory.MENTORING)
    value = volunteer_value(
        [
            (2026, HourCategory.DELIVERY, 90),
            (2026, HourCategory.TRAVEL, 10),
            (2026, HourCategory.MENTORING, 30),
            (2025, HourCategory.DELIVERY, 60),
        ],
        [usual, mentoring],
    )
    # 100 min at 17.50 = 29.1666… → 29.17; 30 min at 20.01 = 10.005 → 10.01 (half up)
    assert [(line.rate, line.minutes, line.cents) for line in value.lines] == [
        (usual, 100, 2_917),
        (mentoring, 30, 1_001),
    ]
    assert value.totals == {"EUR": 3_918}
    assert [(one.year, one.minutes) for one in value.without_rate] == [(2025, 60)]


def test_the_next_step_comes_at_the_same_share() -> None:
    seen = view(("2026-09", 360))
    assert list(commitment_used(seen, TODAY)) == []
    seen.our_organisation = Organisation(name="Green Harbour", is_ours=True, hour_warning_percent=60)
    assert [step.code for step in commitment_used(seen, TODAY)] == ["commitment_nearly_used"]


@pytest.mark.parametrize(
    ("minutes", "headline", "percent"),
    [
        (598, "The promised hours are nearly used up: mentor", "99 %"),
        (600, "The promised hours are used up: mentor", "100 %"),
        (602, "The promised hours are used up: mentor", "101 %"),
    ],
)
def test_a_promise_is_used_up_when_nothing_is_left_of_it(minutes: int, headline: str, percent: str) -> None:
    (step,) = commitment_used(view(("2026-09", minutes)), TODAY)
    said = words(step)
    assert said.headline == headline
    assert said.explanation.startswith(f"{percent} of ")


def test_whole_percent_says_100_for_100_only() -> None:
    assert [whole_percent(minutes, 1_000) for minutes in (0, 4, 996, 999, 1_000, 1_001, 1_996, 2_000)] == [
        0, 0, 99, 99, 100, 101, 200, 200,
    ]  # fmt: skip
    assert whole_percent(5, 0) is None
