"""Indicators that follow from the data and from survey answers."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from cocivic_desktop.domain.activities import Activity, ActivityKind, ActivityStatus, Participation
from cocivic_desktop.domain.agreements import AgreementState
from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.goals import Challenge, Solution, TeamMember
from cocivic_desktop.domain.organisations import Person, PersonKind
from cocivic_desktop.domain.partnership_view import AnswerTotal, AttendanceTotal, PartnershipView
from cocivic_desktop.domain.partnerships import MatchState, Meeting, MeetingKind, Note, NoteKind
from cocivic_desktop.domain.rules.indicators import computed_value, computed_values, survey_value
from cocivic_desktop.domain.surveys import Survey, SurveyGroup
from tests.domain.make_view import TODAY, bare_view, good_view, hour_total, occurrence


def value(code: str, view: PartnershipView) -> float | None:
    return computed_value(code, view, TODAY).value


def rich_view() -> PartnershipView:
    view = good_view()
    ana = view.people[0]
    student = Person(name="K.", kind=PersonKind.STUDENT)
    staff = Person(name="Sam", kind=PersonKind.STAFF)
    view.people = [*view.people, student, staff]
    event = Activity(partnership_id=view.id, title="Opening", kind=ActivityKind.EVENT, starts_on=TODAY, head_count=80)
    view.activities.append(event)
    view.occurrences.append(occurrence(event, TODAY))
    view.participations = [Participation(activity_id=event.id, person_id=person.id) for person in (ana, student, staff)]
    view.attendance = [
        AttendanceTotal(
            activity_id=view.activities[0].id,
            people=frozenset({student.id, ana.id}),
            students=frozenset({student.id}),
        )
    ]
    linked = Challenge(partnership_id=view.id, title="Roof", mission_link="People meet", mentor_id=ana.id)
    view.challenges = [linked, Challenge(partnership_id=view.id, title="Bins")]
    view.team_members = [
        TeamMember(challenge_id=linked.id, person_id=student.id),
        TeamMember(challenge_id=view.challenges[1].id, person_id=student.id),
        TeamMember(challenge_id=linked.id, label="M."),
    ]
    view.solutions = [
        Solution(challenge_id=linked.id, title="Sedum", usefulness=5, adopted=True),
        Solution(challenge_id=linked.id, title="Moss", usefulness=2),
        Solution(challenge_id=linked.id, title="Grass"),
    ]
    view.expectations[0].state = MatchState.MISMATCHED
    view.expectations[1].state = MatchState.RESOLVED
    view.meetings += [
        Meeting(partnership_id=view.id, kind=MeetingKind.CHECK_IN, held_on=date(2026, 2, 2)),
        Meeting(partnership_id=view.id, kind=MeetingKind.STEERING, held_on=date(2026, 2, 9)),
        Meeting(partnership_id=view.id, kind=MeetingKind.STEERING, held_on=date(2026, 5, 9)),
    ]
    view.notes = [Note(partnership_id=view.id, kind=NoteKind.MEDIA, title="Local paper")]
    view.hour_totals += [
        hour_total(kind=PersonKind.STAFF, minutes=90),
        hour_total(kind=PersonKind.MENTOR, minutes=30),
        hour_total(kind=None, side=Side.LEARNERS, minutes=2400, heads=40, entries=2),
    ]
    return view


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("agreement_signed", 1),
        ("goals_agreed", 1),
        ("challenge_mission_link", 50),
        ("staff_time", 1.5),
        ("solutions_useful", 3.5),
        ("mismatches_open", 1),
        ("mismatches_resolved", 1),
        ("management_meetings", 2),
        ("mentor_teacher_meetings", 1),
        ("staff_hours", 1.5),
        ("volunteer_hours", 10.5),
        ("processes_named", 3),
        ("students_informed", 80),
        ("student_volunteer_hours", 40),
        ("support_expressed", None),
        ("students_reached", 80),
        ("students_active", 2),
        ("staff_trained", 2),
        ("joint_events", 1),
        ("event_attendance", 80),
        ("media_coverage", 1),
        ("solutions_generated", 3),
        ("solutions_adopted", 1),
    ],
)
def test_computed(code: str, expected: float | None) -> None:
    assert value(code, rich_view()) == expected


def test_nothing_known_raises_nothing() -> None:
    values = computed_values(bare_view(), TODAY)
    assert values["agreement_signed"].value == 0
    assert values["processes_named"].value is None
    assert values["challenge_mission_link"].value is None


def test_both_signatures_make_a_signed_agreement() -> None:
    view = good_view()
    assert view.agreement is not None
    view.agreement.state = AgreementState.AGREED
    assert value("agreement_signed", view) == 1
    view.signatures.pop()
    assert value("agreement_signed", view) == 0


def test_students_are_not_counted_twice() -> None:
    view = good_view()
    view.activities[0].head_count = None
    view.hour_totals = [hour_total(kind=None, side=Side.LEARNERS, heads=36, entries=3)]
    assert value("students_reached", view) == 12


def test_survey_values_need_a_group() -> None:
    view = bare_view()
    large = Survey(partnership_id=view.id, group=SurveyGroup.STUDENTS)
    small = Survey(partnership_id=view.id, group=SurveyGroup.STUDENTS)
    view.surveys = [large, small]
    view.survey_answers = [
        AnswerTotal(survey_id=large.id, question="civic_awareness", count=10, mean=3.5, agreeing=6),
        AnswerTotal(survey_id=small.id, question="civic_awareness", count=4, mean=1.0, agreeing=0),
        AnswerTotal(survey_id=uuid4(), question="civic_awareness", count=40, mean=1.0, agreeing=0),
    ]
    assert survey_value("civic_awareness", "percent", view).value == 60
    assert survey_value("civic_awareness", "rating", view).value == 3.5
    assert survey_value("workload", "rating", view).value is None


def test_meetings_of_the_calendar_count_once_and_only_when_held() -> None:
    view = rich_view()
    before = value("management_meetings", view), value("mentor_teacher_meetings", view)
    head = Person(name="Head", kind=PersonKind.LEADERSHIP)
    view.people = [*view.people, head]

    def entry(day: date, status: ActivityStatus = ActivityStatus.DONE) -> Activity:
        made = Activity(partnership_id=view.id, title="Talk", kind=ActivityKind.MEETING, starts_on=day, status=status)
        view.activities = [*view.activities, made]
        view.occurrences = [*view.occurrences, occurrence(made, day, status)]
        return made

    written, planned, called_off = entry(date(2026, 3, 2)), entry(date(2026, 5, 2)), date(2026, 3, 4)
    off = entry(called_off, ActivityStatus.CANCELLED)
    view.meetings += [
        Meeting(partnership_id=view.id, kind=MeetingKind.STEERING, activity_id=one.id)
        for one in (written, planned, off)
    ]
    assert value("management_meetings", view) == (before[0] or 0) + 1
    with_head = entry(date(2026, 3, 5))
    view.participations = [*view.participations, Participation(activity_id=with_head.id, person_id=head.id)]
    entry(date(2026, 3, 6))
    entry(date(2026, 3, 9), ActivityStatus.TENTATIVE)
    assert value("management_meetings", view) == (before[0] or 0) + 2
    assert value("mentor_teacher_meetings", view) == (before[1] or 0) + 1
