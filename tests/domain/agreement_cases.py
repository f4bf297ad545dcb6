"""Cases for what an agreement promises: a change of the good partnership, and the next step that it brings about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from cocivic_desktop.domain.activities import Activity, ActivityKind
from cocivic_desktop.domain.agreements import (
    AgreementState,
    Commitment,
    CommunicationRoutine,
    FundingItem,
    RoutineRhythm,
)
from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.partnership_view import PartnershipView
from tests.domain.make_view import TODAY, occurrence

Change = Callable[[PartnershipView], Any]


def draft(view: PartnershipView) -> CommunicationRoutine:
    """Bring the agreement back to a draft with one routine, once a month."""
    assert view.agreement is not None
    view.agreement.state = AgreementState.DRAFT
    routine = CommunicationRoutine(agreement_id=view.agreement.id, title="Check-in", rhythm=RoutineRhythm.MONTHLY)
    view.routines = [routine]
    return routine


def meeting(view: PartnershipView, routine: CommunicationRoutine, *days: date) -> None:
    activity = Activity(
        partnership_id=view.id, title="Check-in", kind=ActivityKind.MEETING, starts_on=days[0], routine_id=routine.id
    )
    view.activities = [*view.activities, activity]
    view.occurrences = [*view.occurrences, *(occurrence(activity, day) for day in days)]


def once(view: PartnershipView) -> CommunicationRoutine:
    routine = draft(view)
    routine.rhythm = RoutineRhythm.ONCE
    return routine


def planned(view: PartnershipView) -> None:
    meeting(view, once(view), TODAY + timedelta(days=20))


def past(view: PartnershipView) -> None:
    meeting(view, once(view), TODAY - timedelta(days=3))


def late(view: PartnershipView) -> None:
    once(view).due_on = date(2031, 1, 1)


def too_many(view: PartnershipView) -> None:
    draft(view).count = 30


def long_meetings(view: PartnershipView) -> None:
    draft(view).duration_minutes = 24 * 60


def cost(amount: int | None) -> Change:
    def change(view: PartnershipView) -> None:
        routine = draft(view)
        view.funding = [FundingItem(agreement_id=routine.agreement_id, title="Bus", amount_cents=amount)]

    return change


def no_routine(view: PartnershipView) -> None:
    draft(view)
    view.routines = []


def learners(count: int) -> Change:
    def change(view: PartnershipView) -> None:
        draft(view)
        view.partnership.student_count = count

    return change


def two_roles(view: PartnershipView) -> None:
    draft(view)
    row = view.commitments[0]
    row.minutes = 60
    second = Commitment(agreement_id=row.agreement_id, side=Side.CSO, role="coordinator", minutes=200 * 60)
    view.commitments = [row, second]


def unanswered(count: int) -> Change:
    def change(view: PartnershipView) -> None:
        draft(view)
        view.open_questions = count

    return change


CASES: list[tuple[str, Change, date]] = [
    ("questions_open", unanswered(3), TODAY),
    ("routines_missing", no_routine, TODAY),
    ("duty_not_planned", draft, TODAY),
    ("duty_unmarked", past, TODAY),
    ("funding_incomplete", cost(None), TODAY),
    ("promise_due_outside", late, TODAY),
    ("promise_times_do_not_fit", too_many, TODAY),
    ("promise_meetings_too_long", long_meetings, TODAY),
    ("promise_all_hours_do_not_fit", two_roles, TODAY),
    ("promise_session_too_long", draft, TODAY),
    ("promise_heads_too_many", learners(3), TODAY),
    ("promise_heads_too_few", learners(300), TODAY),
]
SILENT: list[tuple[str, Change, date]] = [
    ("questions_open", unanswered(0), TODAY),
    ("routines_missing", draft, TODAY),
    ("duty_not_planned", planned, TODAY),
    ("duty_unmarked", planned, TODAY),
    ("funding_incomplete", cost(12_000), TODAY),
    ("promise_times_do_not_fit", draft, TODAY),
    ("promise_heads_too_many", learners(12), TODAY),
]
