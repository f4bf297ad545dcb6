"""Promises against the weeks, the people and the lessons there are."""

from __future__ import annotations

from datetime import date, time
from typing import Any
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from cocivic_desktop.domain.agreements import CommunicationRoutine, RoutineKind, RoutineRhythm
from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.rules.conflicts import Conflict, ConflictCode, Severity
from cocivic_desktop.domain.rules.feasibility import Verdict, check_view, feasibility, judge
from tests.domain import make_view


def good_view() -> PartnershipView:
    """A good partnership whose sessions fit into the school's mornings."""
    view = make_view.good_view()
    view.lesson_times[0].ends_at = time(13)
    return view


def verdict(view: PartnershipView, prefix: str) -> Verdict:
    """The only verdict whose code begins so."""
    (found,) = [one for one in judge(view) if one.code.startswith(prefix)]
    return found


def routine(view: PartnershipView, **more: Any) -> CommunicationRoutine:
    agreement = view.agreement
    assert agreement is not None
    made = CommunicationRoutine(agreement_id=agreement.id, title="Check-in", **more)
    view.routines.append(made)
    return made


def test_forty_hours_in_eleven_weeks_of_three() -> None:
    view = good_view()
    view.commitments[0].minutes = 40 * 60
    view.teaching_weeks = 11
    view.people[0].hours_per_week = 3.0
    (found,) = check_view(view)
    assert (found.code, found.record) == ("hours_do_not_fit", view.commitments[0])
    assert found.parameters == {
        "side": Side.CSO, "role": "volunteer", "promised_minutes": 2400, "weeks": 11, "weekly_minutes": 180,
        "possible_minutes": 33 * 60, "weeks_needed": 14, "weekly_needed_minutes": 220,
    }  # fmt: skip
    view.teaching_weeks = 14
    assert check_view(view) == []
    assert verdict(view, "hours").parameters["left_minutes"] == 2 * 60


def test_a_persons_total_for_this_partnership_counts_before_the_weekly_figure() -> None:
    view = good_view()
    view.commitments[0].minutes = 40 * 60
    view.members[0].hours_capacity = 30.0
    found = verdict(view, "hours")
    assert (found.fits, found.parameters["possible_minutes"]) == (False, 1800)


def test_what_nobody_has_said_is_asked_and_not_judged() -> None:
    view = good_view()
    view.people[0].hours_per_week = None
    assert (verdict(view, "capacity_unknown").fits, check_view(view)) == (None, [])
    view.teaching_weeks = None
    assert [one.code for one in judge(view) if one.record is view.commitments[0]] == ["weeks_unknown"]
    view.teaching_weeks = 0
    assert [one.code for one in check_view(view)] == ["no_teaching_weeks"]


def test_several_rows_are_added_up_against_people_and_organisation() -> None:
    view = good_view()
    second = view.commitments[0].__class__(
        agreement_id=view.commitments[0].agreement_id, side=Side.CSO, role="coordinator", minutes=80 * 60
    )
    view.commitments.append(second)
    found = verdict(view, "all_hours")
    assert (found.code, found.parameters["possible_minutes"]) == ("all_hours_do_not_fit", 100 * 60)
    assert view.our_organisation is not None
    view.our_organisation.hours_per_week = 2.0
    assert verdict(view, "all_hours").parameters["possible_minutes"] == 40 * 60


def test_sessions_on_closed_days_and_longer_than_the_schools_day() -> None:
    view = good_view()
    session, (one, _) = view.activities[0], view.occurrences
    assert verdict(view, "sessions").parameters == {"sessions": 2, "blocked": 0, "possible": 2}
    view.conflicts = [Conflict(session.id, one.original_on, ConflictCode.CLOSURE, Severity.HARD, {})]
    assert verdict(view, "sessions_do_not_fit").parameters["possible"] == 1
    assert "session_too_long" not in [each.code for each in judge(view)]
    view.lesson_times[0].ends_at = time(9)
    assert verdict(view, "session_too_long").parameters == {"session_minutes": 120, "day_minutes": 60}


def test_head_counts() -> None:
    view = good_view()
    view.partnership.student_count = 12
    assert verdict(view, "heads").code == "heads_fit"
    view.partnership.student_count = 10
    assert verdict(view, "heads").code == "heads_too_many"
    view.partnership.student_count = 40
    assert verdict(view, "heads").code == "heads_too_few"


def test_meetings_against_teaching_weeks() -> None:
    view = good_view()
    weekly = routine(view, rhythm=RoutineRhythm.WEEKLY, duration_minutes=30)
    assert (verdict(view, "times").fits, verdict(view, "times").parameters["times"]) == (True, 20)
    weekly.rhythm, weekly.count = RoutineRhythm.PER_YEAR, 30
    assert verdict(view, "times").code == "times_do_not_fit"
    weekly.rhythm, weekly.count, weekly.due_on = RoutineRhythm.ONCE, 1, date(2030, 1, 1)
    assert verdict(view, "due_outside").record is weekly


def test_meetings_must_leave_time_for_the_work() -> None:
    view = good_view()
    view.commitments[0].minutes = 8 * 60
    meeting = routine(view, rhythm=RoutineRhythm.WEEKLY, duration_minutes=30)
    assert verdict(view, "meetings_too_long").parameters == {"meeting_minutes": 600, "promised_minutes": 480}
    meeting.kind = RoutineKind.REPORT
    assert check_view(view) == []


@given(st.integers(0, 10**6), st.integers(1, 60), st.integers(1, 10**4))
def test_what_would_do_does(promised: int, weeks: int, weekly: int) -> None:
    found = feasibility(promised, weeks, weekly)
    assert feasibility(promised, found.weeks_needed, weekly).fits
    assert feasibility(promised, weeks, found.weekly_needed).fits
    assert found.fits == (found.weeks_needed <= weeks)


def test_other_members_do_not_count() -> None:
    view = good_view()
    view.members[0].person_id = uuid4()
    assert verdict(view, "capacity_unknown").record is view.commitments[0]
