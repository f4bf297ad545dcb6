"""Routines from answers, and dates planned for them, in a real workspace."""

from __future__ import annotations

from datetime import date, time

import pytest

from cocivic_desktop.domain.activities import Activity, ActivityKind, ActivityStatus, Participation
from cocivic_desktop.domain.agreements import Agreement, CommunicationRoutine, RoutineKind, RoutineRhythm
from cocivic_desktop.domain.base import Language
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.organisations import Person, PersonKind
from cocivic_desktop.domain.partnerships import Meeting, MeetingKind, Partnership
from cocivic_desktop.domain.rules.duties import Duty
from cocivic_desktop.domain.school_years import CalendarPeriod, LessonTime, PeriodKind, SchoolYear, Term
from cocivic_desktop.services import agreements, calendar, duties, records
from cocivic_desktop.store.workspace import Workspace

TODAY = date(2026, 9, 14)


@pytest.fixture
def agreement(workspace: Workspace, partnership: Partnership) -> Agreement:
    return agreements.prepare(workspace, partnership.id, language=Language.GERMAN)[0]


@pytest.fixture
def year(workspace: Workspace, partnership: Partnership) -> SchoolYear:
    """Two terms, an autumn holiday in October, lessons until one o'clock."""
    made = SchoolYear(
        school_id=partnership.school_id, label="2026/27", starts_on=date(2026, 8, 24), ends_on=date(2027, 6, 30)
    )
    mine = made.id
    for entity in (
        made,
        Term(school_year_id=mine, name="1", starts_on=date(2026, 8, 24), ends_on=date(2027, 1, 29)),
        Term(school_year_id=mine, name="2", starts_on=date(2027, 2, 1), ends_on=date(2027, 6, 30)),
        CalendarPeriod(
            school_year_id=mine, kind=PeriodKind.HOLIDAY, name="Autumn",
            starts_on=date(2026, 10, 12), ends_on=date(2026, 10, 24),
        ),
        LessonTime(school_year_id=mine, number=1, starts_at=time(8), ends_at=time(13)),
    ):  # fmt: skip
        records.add(workspace, entity)
    return made


def rows(workspace: Workspace, agreement: Agreement) -> dict[RoutineKind, CommunicationRoutine]:
    return {one.kind: one for one in records.find(workspace, CommunicationRoutine, agreement_id=agreement.id)}


def duty(workspace: Workspace, agreement: Agreement, kind: RoutineKind, today: date = TODAY) -> Duty:
    found = duties.of_partnership(workspace, agreement.partnership_id, today)
    return next(one for one in found if one.routine.kind is kind)


def plan(workspace: Workspace, one: Duty, today: date = TODAY) -> duties.Proposal:
    proposal = duties.propose_dates(workspace, one.routine.id, today)
    duties.plan(workspace, proposal)
    return proposal


def test_answers_become_rows_in_the_agreements_language_and_follow_until_touched(
    workspace: Workspace, agreement: Agreement
) -> None:
    assert set(rows(workspace, agreement)) == {RoutineKind.REVIEW, RoutineKind.REPORT}
    agreements.answer(workspace, agreement.id, "steering_meetings", 2)
    agreements.answer(workspace, agreement.id, "check_in", "monthly")
    found = rows(workspace, agreement)
    assert found[RoutineKind.STEERING].title == "Treffen der Steuerungsgruppe"
    assert (found[RoutineKind.STEERING].rhythm, found[RoutineKind.STEERING].count) == (RoutineRhythm.PER_TERM, 2)
    agreements.answer(workspace, agreement.id, "steering_meetings", 3)
    assert rows(workspace, agreement)[RoutineKind.STEERING].count == 3
    records.change(workspace, CommunicationRoutine, found[RoutineKind.CHECK_IN].id, count=4)
    agreements.answer(workspace, agreement.id, "check_in", "weekly")
    kept = rows(workspace, agreement)[RoutineKind.CHECK_IN]
    assert (kept.rhythm, kept.count) == (RoutineRhythm.MONTHLY, 4)
    agreements.answer(workspace, agreement.id, "steering_meetings", 0)
    assert RoutineKind.STEERING not in rows(workspace, agreement)


def test_what_was_archived_does_not_come_back(workspace: Workspace, agreement: Agreement) -> None:
    records.archive(workspace, CommunicationRoutine, rows(workspace, agreement)[RoutineKind.REPORT].id)
    agreements.answer(workspace, agreement.id, "channel", "e-mail")
    assert RoutineKind.REPORT not in rows(workspace, agreement)


def test_steering_meetings_are_planned_at_free_days_in_one_step(
    workspace: Workspace, agreement: Agreement, year: SchoolYear
) -> None:
    head = Person(name="Dr Kaya", kind=PersonKind.LEADERSHIP)
    records.add(workspace, head)
    agreements.answer(workspace, agreement.id, "steering_meetings", 2)
    routine = rows(workspace, agreement)[RoutineKind.STEERING]
    records.change(workspace, CommunicationRoutine, routine.id, person_school_id=head.id)
    before = duty(workspace, agreement, RoutineKind.STEERING)
    assert (before.promised, before.planned, before.held, before.missing) == (4, 0, 0, 4)

    plan(workspace, before)

    made = records.find(workspace, Activity, routine_id=routine.id)
    assert len(made) == 4
    assert {(one.kind, one.status, one.start_time) for one in made} == {
        (ActivityKind.MEETING, ActivityStatus.TENTATIVE, time(13))
    }
    assert {one.person_id for one in records.find(workspace, Participation)} == {head.id}
    assert {one.kind for one in records.find(workspace, Meeting)} == {MeetingKind.STEERING}
    assert calendar.conflicts(workspace, agreement.partnership_id, TODAY) == []
    after = duty(workspace, agreement, RoutineKind.STEERING)
    assert (after.planned, after.missing) == (4, 0)
    assert after.next_on == min(one.starts_on for one in made)
    with pytest.raises(BadInput, match="Nothing is left"):
        duties.propose_dates(workspace, routine.id, TODAY)
    workspace.undo()
    assert records.find(workspace, Activity, routine_id=routine.id) == []


def test_weekly_check_ins_become_one_series_that_skips_closures(
    workspace: Workspace, agreement: Agreement, year: SchoolYear
) -> None:
    agreements.answer(workspace, agreement.id, "check_in", "weekly")
    one = duty(workspace, agreement, RoutineKind.CHECK_IN)
    proposal = plan(workspace, one)
    (series,) = records.find(workspace, Activity, routine_id=one.routine.id)
    assert series.recurrence is not None
    assert (series.recurrence.interval, series.recurrence.until) == (1, date(2027, 6, 30))
    dates = [each.on for each in calendar.occurrences(workspace, None, TODAY, date(2027, 6, 30)).occurrences]
    assert len(dates) == proposal.times
    assert all(not date(2026, 10, 12) <= day <= date(2026, 10, 24) for day in dates)
    assert duty(workspace, agreement, RoutineKind.CHECK_IN).planned == proposal.times


def test_a_report_is_a_deadline_at_the_end(workspace: Workspace, agreement: Agreement, year: SchoolYear) -> None:
    one = duty(workspace, agreement, RoutineKind.REPORT)
    plan(workspace, one)
    (report,) = records.find(workspace, Activity, routine_id=one.routine.id)
    assert (report.kind, report.start_time, report.starts_on) == (ActivityKind.DEADLINE, None, date(2027, 6, 30))


def test_held_meetings_of_the_kind_count_and_past_dates_are_asked_about(
    workspace: Workspace, agreement: Agreement, year: SchoolYear
) -> None:
    mine = agreement.partnership_id
    agreements.answer(workspace, agreement.id, "steering_meetings", 1)
    routine = rows(workspace, agreement)[RoutineKind.STEERING]
    records.add(workspace, Meeting(partnership_id=mine, kind=MeetingKind.STEERING, held_on=date(2026, 9, 1)))
    past = Activity(
        partnership_id=mine, title="S", kind=ActivityKind.MEETING, starts_on=date(2026, 9, 8), routine_id=routine.id
    )
    records.add(workspace, past)
    one = duty(workspace, agreement, RoutineKind.STEERING)
    assert (one.promised, one.held, one.unmarked, one.planned, one.missing) == (2, 1, 1, 0, 0)
    records.change(workspace, Activity, past.id, status=ActivityStatus.DONE)
    assert duty(workspace, agreement, RoutineKind.STEERING).held == 2


def test_no_days_left(workspace: Workspace, agreement: Agreement, year: SchoolYear) -> None:
    one = duty(workspace, agreement, RoutineKind.REPORT)
    with pytest.raises(BadInput, match="no days to plan on"):
        duties.propose_dates(workspace, one.routine.id, date(2028, 1, 1))
