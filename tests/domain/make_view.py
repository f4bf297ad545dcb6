"""Views made by hand, for the tests of rules."""

from __future__ import annotations

from datetime import date, time
from typing import Any
from uuid import uuid4

from cocivic_desktop.domain.activities import Activity, ActivityKind, ActivityStatus
from cocivic_desktop.domain.agreements import (
    Agreement,
    AgreementState,
    Clause,
    ClauseState,
    Commitment,
    Responsibility,
    Signature,
)
from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.goals import Indicator, IndicatorMeans, Measurement, SharedGoal
from cocivic_desktop.domain.hours import HourCategory, HourState
from cocivic_desktop.domain.organisations import Organisation, Person, PersonKind
from cocivic_desktop.domain.partnership_view import HourTotal, PartnershipView, VersionInfo
from cocivic_desktop.domain.partnerships import (
    Expectation,
    MatchState,
    Meeting,
    MeetingKind,
    Note,
    NoteKind,
    Outreach,
    Partnership,
    PartnershipMember,
    PipelineState,
    ReadinessAnswer,
    ReadinessAnswerValue,
)
from cocivic_desktop.domain.rules.next_steps.agreement import ESSENTIAL_TOPICS, MINORS_TOPICS
from cocivic_desktop.domain.rules.recurrence import Occurrence, build_occurrence
from cocivic_desktop.domain.school_years import LessonTime, SchoolYear, Term
from cocivic_desktop.domain.surveys import Survey, SurveyGroup

TODAY = date(2026, 3, 18)
"""A Wednesday."""
START, END = date(2026, 1, 12), date(2026, 6, 26)


def occurrence(activity: Activity, on: date, status: ActivityStatus = ActivityStatus.CONFIRMED) -> Occurrence:
    """One date of an activity."""
    cancelled = status is ActivityStatus.CANCELLED
    return build_occurrence(
        activity, on, on, time(10), activity.duration_minutes, place="", status=status, cancelled=cancelled
    )


def hour_total(**fields: Any) -> HourTotal:
    """Hours of one month; 10 h of a volunteer in March by default."""
    values = {
        "kind": PersonKind.VOLUNTEER,
        "side": Side.CSO,
        "month": "2026-03",
        "category": HourCategory.DELIVERY,
        "state": HourState.CONFIRMED,
        "minutes": 600,
        "entries": 5,
        "heads": 5,
        "first_on": date(2026, 3, 2),
        "last_on": date(2026, 3, 16),
    }
    return HourTotal(**{**values, **fields})


def bare_view(**fields: Any) -> PartnershipView:
    """A partnership of which nothing is known but its school."""
    school = Organisation(name="School of Trades")
    partnership = Partnership(title="Green roofs", school_id=school.id)
    return PartnershipView(**{"partnership": partnership, "school": school, **fields})


def good_view() -> PartnershipView:
    """A partnership in its third month of which all is well: no rule has anything to say."""
    view = bare_view()
    owner = view.id
    partnership = view.partnership
    partnership.pipeline = PipelineState.AGREED
    partnership.starts_on, partnership.ends_on = START, END
    view.our_organisation = Organisation(name="Neighbours", is_ours=True, mission="A street where people meet.")
    ana = Person(name="Ana", kind=PersonKind.VOLUNTEER, hours_per_week=5.0)
    teacher = Person(name="Mr Berg", kind=PersonKind.TEACHER)
    view.people = [ana, teacher]
    view.members = [PartnershipMember(partnership_id=owner, person_id=person.id) for person in view.people]
    view.readiness = [ReadinessAnswer(partnership_id=owner, question="cso_time", answer=ReadinessAnswerValue.YES)]
    view.outreach = [Outreach(partnership_id=owner, happened_on=date(2025, 10, 1))]
    view.meetings = [
        Meeting(
            partnership_id=owner,
            kind=MeetingKind.EXPLORATORY,
            held_on=date(2025, 11, 3),
            with_leadership=True,
            minutes="We go on.",
        )
    ]
    view.expectations = [
        Expectation(partnership_id=owner, side=side, text="Something useful", state=MatchState.MATCHED) for side in Side
    ]
    goal = SharedGoal(
        partnership_id=owner,
        statement="Students plan a green roof",
        benefit_cso="A roof",
        benefit_school="Practice",
        benefit_learners="A reference",
        mission_link="People meet on it",
        curriculum_link="Learning field 9",
        owner_cso_id=ana.id,
        owner_school_id=teacher.id,
        target_on=END,
        agreed_cso_on=START,
        agreed_school_on=START,
    )
    view.goals = [goal]
    view.indicators = [
        Indicator(
            partnership_id=owner,
            goal_id=goal.id,
            name="Visitors",
            means=IndicatorMeans.MANUAL,
            baseline=0.0,
            target=50.0,
            measured_how="list at the door",
        )
    ]
    _add_agreement(view)
    _add_calendar(view)
    view.hour_totals = [hour_total(person_id=ana.id)]
    return view


def _add_agreement(view: PartnershipView) -> None:
    agreement = Agreement(partnership_id=view.id, state=AgreementState.SIGNED, starts_on=START, ends_on=END)
    view.agreement = agreement
    mine: dict[str, Any] = {"agreement_id": agreement.id}
    view.clauses = [
        Clause(topic=topic, code=topic, titles={"en": topic}, state=ClauseState.AGREED, **mine)
        for topic in ESSENTIAL_TOPICS + MINORS_TOPICS
    ]
    view.responsibilities = [Responsibility(task="Facilitation", **mine)]
    view.commitments = [Commitment(side=Side.CSO, role="volunteer", minutes=40 * 60, **mine)]
    view.signatures = [Signature(side=side, signed_on=START, **mine) for side in (Side.CSO, Side.SCHOOL)]
    view.versions = [VersionInfo(id=uuid4(), number=1, state=AgreementState.SHARED)]
    view.paperwork_processes = 3


def _add_calendar(view: PartnershipView) -> None:
    year = SchoolYear(
        school_id=view.partnership.school_id,
        label="2025/26",
        starts_on=date(2025, 9, 1),
        ends_on=date(2026, 7, 10),
        checked_on=date(2026, 2, 1),
        confirmed_on=date(2026, 2, 1),
    )
    view.school_years = [year]
    view.terms = [Term(school_year_id=year.id, name="Spring", starts_on=START, ends_on=date(2026, 7, 10))]
    view.lesson_times = [LessonTime(school_year_id=year.id, number=1, starts_at=time(8), ends_at=time(9))]
    view.teaching_weeks = 20
    session = Activity(
        partnership_id=view.id,
        title="Roof session",
        kind=ActivityKind.SESSION,
        starts_on=date(2026, 3, 10),
        duration_minutes=120,
        status=ActivityStatus.CONFIRMED,
        head_count=12,
    )
    view.activities = [session]
    view.occurrences = [occurrence(session, day) for day in (date(2026, 3, 10), date(2026, 3, 24))]


def add_late_phase(view: PartnershipView) -> PartnershipView:
    """What a good partnership has near its end: surveys, feedback, lessons, measured indicators."""
    view.surveys = [Survey(partnership_id=view.id, group=SurveyGroup.STUDENTS, opened_on=date(2026, 6, 1))]
    view.survey_responses = {view.surveys[0].id: 12}
    view.meetings.append(
        Meeting(partnership_id=view.id, kind=MeetingKind.FEEDBACK, held_on=date(2026, 4, 10), minutes="Fine.")
    )
    view.notes = [Note(partnership_id=view.id, kind=NoteKind.LESSON_LEARNED, title="Start earlier")]
    view.measurements = [Measurement(indicator_id=view.indicators[0].id, measured_on=date(2026, 6, 1), value=61.0)]
    return view
