"""Promises and how they stand; the clause of a figure."""

from __future__ import annotations

from datetime import date, timedelta

from cocivic_desktop.domain.activities import Activity, ActivityKind
from cocivic_desktop.domain.agreements import (
    Clause,
    CommunicationRoutine,
    FundingItem,
    Resource,
    ResourceKind,
    RoutineKind,
    RoutineRhythm,
)
from cocivic_desktop.domain.goals import Indicator
from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.rules.conflicts import Conflict, ConflictCode, Severity
from cocivic_desktop.domain.rules.traceability import (
    Measured,
    Promise,
    PromiseKind,
    Standing,
    clause_of,
    promises,
)
from tests.domain.make_view import TODAY, good_view, hour_total, occurrence


def one(view: PartnershipView, kind: PromiseKind, *measured: Measured) -> Promise:
    (found,) = [each for each in promises(view, TODAY, measured) if each.kind is kind]
    return found


def add_clause(view: PartnershipView, code: str, topic: str) -> Clause:
    assert view.agreement is not None
    clause = Clause(agreement_id=view.agreement.id, code=code, topic=topic)
    view.clauses.append(clause)
    return clause


def test_hours_answer_to_the_clause_on_time() -> None:
    view = good_view()
    found = one(view, PromiseKind.MINUTES)
    clause = next(each for each in view.clauses if each.id == found.clause_id)
    assert (clause.code, found.promised, found.done) == ("time_commitments", 2400, 600)
    assert found.standing is Standing.ON_THE_WAY
    view.hour_totals = [hour_total(minutes=2500)]
    assert one(view, PromiseKind.MINUTES).standing is Standing.OVER


def test_a_row_may_name_its_own_clause_and_a_left_out_one_does_not_count() -> None:
    view = good_view()
    own = add_clause(view, "", "general")
    view.commitments[0].clause_id = own.id
    assert one(view, PromiseKind.MINUTES).clause_id == own.id
    own.included = False
    found = clause_of(view.clauses, view.commitments[0])
    assert found is not None
    assert found.code == "time_commitments"
    assert clause_of([], view.commitments[0]) is None


def test_routines_rows_and_costs_find_their_clauses() -> None:
    view = good_view()
    assert view.agreement is not None
    mine = view.agreement.id
    steering, transport = (
        add_clause(view, "steering_group", "communication"),
        add_clause(view, "transport", "transport"),
    )
    resources, funding = add_clause(view, "resources", "resources"), add_clause(view, "funding", "funding")
    meeting = CommunicationRoutine(agreement_id=mine, title="S", kind=RoutineKind.STEERING)
    report = CommunicationRoutine(agreement_id=mine, title="R", kind=RoutineKind.REPORT)
    assert clause_of(view.clauses, meeting) is steering
    found = clause_of(view.clauses, report)
    assert found is not None
    assert found.code == "evaluation"
    assert clause_of(view.clauses, Resource(agreement_id=mine, title="Bus", kind=ResourceKind.TRANSPORT)) is transport
    assert clause_of(view.clauses, Resource(agreement_id=mine, title="Room")) is resources
    assert clause_of(view.clauses, FundingItem(agreement_id=mine, title="Bus")) is funding


def test_a_routine_stands_by_its_dates() -> None:
    view = good_view()
    assert view.agreement is not None
    routine = CommunicationRoutine(agreement_id=view.agreement.id, title="Check-in", rhythm=RoutineRhythm.ONCE, count=1)
    view.routines = [routine]
    assert one(view, PromiseKind.TIMES).standing is Standing.TO_PLAN
    activity = Activity(
        partnership_id=view.id, title="C", kind=ActivityKind.MEETING, starts_on=TODAY, routine_id=routine.id
    )
    view = good_view_with(view, activity, TODAY + timedelta(days=9))
    found = one(view, PromiseKind.TIMES)
    assert (found.standing, found.planned, found.next_on) == (Standing.ON_THE_WAY, 1, TODAY + timedelta(days=9))
    routine.rhythm, routine.count, routine.due_on = RoutineRhythm.ONCE, 2, TODAY - timedelta(days=1)
    assert one(view, PromiseKind.TIMES).standing is Standing.BEHIND


def good_view_with(view: PartnershipView, activity: Activity, day: date) -> PartnershipView:
    made = good_view()
    made.agreement, made.clauses, made.routines = view.agreement, view.clauses, view.routines
    made.activities = [*made.activities, activity]
    made.occurrences = [*made.occurrences, occurrence(activity, day)]
    return made


def test_indicators_answer_to_their_clause_and_fewer_may_be_better() -> None:
    view = good_view()
    paper = add_clause(view, "paperwork", "paperwork")
    indicator = Indicator(partnership_id=view.id, code="processes_named", name="Paper")
    found = one(view, PromiseKind.INDICATOR, Measured(indicator, 5.0, 3.0, "count"))
    assert (found.clause_id, found.standing) == (paper.id, Standing.KEPT)
    assert one(view, PromiseKind.INDICATOR, Measured(indicator, 2.0, 3.0, "count")).standing is Standing.OVER
    assert one(view, PromiseKind.INDICATOR, Measured(indicator, 2.0, None, "count")).standing is Standing.OPEN
    kinds = {each.kind for each in promises(view, TODAY, [Measured(indicator, None, 3.0, "count")])}
    assert PromiseKind.INDICATOR not in kinds


def test_the_school_calendar_is_a_promise_too() -> None:
    view = good_view()
    found = one(view, PromiseKind.CLOSED_DAYS)
    assert (found.standing, found.done) == (Standing.KEPT, 0)
    session = view.activities[0]
    on = view.occurrences[1].original_on
    view.conflicts = [Conflict(session.id, on, ConflictCode.CLOSURE, Severity.HARD, {})]
    assert one(view, PromiseKind.CLOSED_DAYS).standing is Standing.OVER


def test_without_an_agreement_nothing_is_promised() -> None:
    view = good_view()
    view.agreement = None
    assert promises(view, TODAY) == []
