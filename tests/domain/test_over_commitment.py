"""Dates that take more time than was promised."""

from __future__ import annotations

from datetime import date

from cocivic_desktop.domain.activities import Activity, ActivityKind, Participation
from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.rules.conflicts import ConflictCode, Severity
from cocivic_desktop.domain.rules.hours import Budget, budgets
from cocivic_desktop.domain.rules.over_commitment import over_commitments
from tests.domain.make_view import good_view, occurrence

TODAY = date(2026, 3, 16)
DAYS = (date(2026, 3, 24), date(2026, 4, 7), date(2026, 4, 14))


def view_with_sessions(promised_hours: int) -> PartnershipView:
    """Three sessions of two hours to come, in which Ana (volunteer) takes part; ten hours are used."""
    view = good_view()
    view.commitments[0].minutes = promised_hours * 60
    session = view.activities[0]
    view.participations = [Participation(activity_id=session.id, person_id=view.people[0].id)]
    view.occurrences = [occurrence(session, day) for day in DAYS]
    return view


def test_each_date_that_no_longer_fits_is_named_with_what_was_left() -> None:
    view = view_with_sessions(13)
    found = over_commitments(view, TODAY)
    assert [each.original_on for each in found] == list(DAYS[1:])
    assert {(each.code, each.severity) for each in found} == {(ConflictCode.OVER_COMMITMENT, Severity.SOFT)}
    first = found[0].parameters
    assert (first["side"], first["role"]) == (Side.CSO, "volunteer")
    assert first["commitment_id"] == view.commitments[0].id
    assert (first["promised_minutes"], first["forecast_minutes"]) == (780, 840)
    assert (first["over_minutes"], first["left_minutes"]) == (60, 60)
    assert (found[1].parameters["over_minutes"], found[1].parameters["left_minutes"]) == (180, 0)


def test_what_fits_is_no_conflict() -> None:
    assert over_commitments(view_with_sessions(16), TODAY) == []
    nothing_promised = view_with_sessions(0)
    assert over_commitments(nothing_promised, TODAY) == []


def test_dates_before_or_after_the_commitment_do_not_count() -> None:
    view = view_with_sessions(11)
    view.commitments[0].ends_on = date(2026, 3, 31)
    assert [each.original_on for each in over_commitments(view, TODAY)] == [DAYS[0]]


def test_a_note_accepts_it_and_the_sum_agrees_with_the_budget() -> None:
    view = view_with_sessions(11)
    view.activities[0].conflict_note = "The board has agreed"
    found = over_commitments(view, TODAY)
    assert all(each.accepted for each in found)
    (budget,) = budgets(view, TODAY)
    assert isinstance(budget, Budget)
    assert found[-1].parameters["forecast_minutes"] == budget.forecast


def test_deadlines_take_no_time() -> None:
    view = view_with_sessions(1)
    view.activities[0] = Activity(
        partnership_id=view.id, title="Report", kind=ActivityKind.DEADLINE, starts_on=DAYS[0], id=view.activities[0].id
    )
    assert over_commitments(view, TODAY) == []
