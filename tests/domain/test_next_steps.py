"""Every rule for next steps: a case in which it speaks, and a partnership in which it is silent."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cocivic_desktop.domain.activities import Activity, ActivityKind, ActivityStatus, Participation
from cocivic_desktop.domain.agreements import AgreementState, ClauseState
from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.hours import HourState
from cocivic_desktop.domain.organisations import Consent, ConsentPurpose, Person, PersonKind
from cocivic_desktop.domain.partnership_view import PartnershipView, VersionInfo
from cocivic_desktop.domain.partnerships import (
    MatchState,
    PartnershipMember,
    PipelineState,
    ReadinessAnswerValue,
    Task,
)
from cocivic_desktop.domain.rules.conflicts import Conflict, ConflictCode, Severity
from cocivic_desktop.domain.rules.next_steps import RULES, NextStep, Urgency, next_steps
from cocivic_desktop.domain.school_years import CalendarPeriod
from cocivic_desktop.domain.surveys import Survey, SurveyGroup
from tests.domain import agreement_cases, challenge_cases, goal_cases, meeting_cases
from tests.domain.make_view import START, TODAY, add_late_phase, bare_view, good_view, hour_total, occurrence

LATE = date(2026, 6, 10)
AFTER = date(2026, 7, 20)

Change = Callable[[PartnershipView], object]


def set_all(view: PartnershipView, name: str, values: dict[str, Any]) -> None:
    for entity in getattr(view, name):
        for key, value in values.items():
            setattr(entity, key, value)


def each(name: str, **values: Any) -> Change:
    return lambda view: set_all(view, name, values)


def put(**values: Any) -> Change:
    return lambda view: vars(view).update(values)


def of_partnership(**values: Any) -> Change:
    return lambda view: vars(view.partnership).update(values)


def together(*changes: Change) -> Change:
    return lambda view: [change(view) for change in changes]


def agreement_state(state: AgreementState, /, **clauses: Any) -> Change:
    def change(view: PartnershipView) -> None:
        assert view.agreement is not None
        view.agreement.state = state
        set_all(view, "clauses", clauses)

    return change


def conflict(severity: Severity, **fields: Any) -> Change:
    def change(view: PartnershipView) -> None:
        one = Conflict(view.activities[0].id, date(2026, 3, 24), ConflictCode.ASSESSMENT, severity, {})
        view.conflicts = [one._replace(**fields)]

    return change


def tentative(view: PartnershipView) -> None:
    view.occurrences = [occurrence(view.activities[0], date(2026, 3, 24), ActivityStatus.TENTATIVE)]


def other_time(view: PartnershipView) -> None:
    tentative(view)
    asked = Participation(activity_id=view.activities[0].id, person_id=uuid4(), proposed_on=date(2026, 3, 25))
    view.participations = [*view.participations, asked]


def young_student(view: PartnershipView) -> None:
    student = Person(name="K.", kind=PersonKind.STUDENT, birth_year=2010)
    view.people = [*view.people, student]
    view.members = [*view.members, PartnershipMember(partnership_id=view.id, person_id=student.id)]


def public_event(view: PartnershipView) -> None:
    view.activities[0].kind = ActivityKind.EVENT
    view.occurrences = [occurrence(view.activities[0], date(2026, 3, 24))]


def photos_taken_back(view: PartnershipView) -> None:
    view.consents = [
        Consent(person_id=view.people[-1].id, purpose=ConsentPurpose.PHOTOS, given_on=START, withdrawn_on=TODAY)
    ]


def photos_agreed(view: PartnershipView) -> None:
    one = Consent(person_id=view.people[-1].id, purpose=ConsentPurpose.PHOTOS, given_on=TODAY, guardian="M. K.")
    view.consents = [*view.consents, one]


def recognition_promised(view: PartnershipView) -> None:
    view.consents = [Consent(person_id=view.people[-1].id, purpose=ConsentPurpose.CERTIFICATE)]


def task_soon(view: PartnershipView) -> None:
    view.tasks = [Task(partnership_id=view.id, title="Send plan", owner_id=uuid4(), due_on=date(2026, 3, 25))]


def task(view: PartnershipView) -> None:
    view.tasks = [Task(partnership_id=view.id, title="Send plan", due_on=date(2026, 3, 1))]


def waived_without_reason(view: PartnershipView) -> None:
    view.clauses[0].state = ClauseState.WAIVED


def shared_long_ago(view: PartnershipView) -> None:
    agreement_state(AgreementState.SHARED)(view)
    view.versions = [
        VersionInfo(id=uuid4(), number=2, state=AgreementState.SHARED, shared_at=datetime(2026, 2, 1, tzinfo=UTC))
    ]


def estimated_feast(view: PartnershipView) -> None:
    view.periods = [
        CalendarPeriod(
            school_year_id=view.school_years[0].id,
            name="Feast",
            starts_on=date(2026, 3, 20),
            ends_on=date(2026, 3, 22),
            estimate=True,
        )
    ]


def promised(minutes: int) -> Change:
    return together(agreement_state(AgreementState.DRAFT), each("commitments", minutes=minutes))


def used(minutes: int) -> Change:
    return lambda view: setattr(view, "hour_totals", [hour_total(minutes=minutes)])


def planned_too_much(view: PartnershipView) -> None:
    view.commitments[0].role = ""
    view.activities[0].duration_minutes = 24 * 60
    view.occurrences = [occurrence(view.activities[0], TODAY + timedelta(days=day)) for day in range(1, 5)]


def unsettled_survey(view: PartnershipView) -> None:
    view.surveys = [Survey(partnership_id=view.id, group=SurveyGroup.STAFF, opened_on=date(2026, 2, 1))]


def session_without_attendance(view: PartnershipView) -> None:
    view.activities[0].head_count = None


CASES: list[tuple[str, Change, date]] = [
    ("our_mission_missing", put(our_organisation=None), TODAY),
    ("readiness_not_started", together(put(readiness=[]), of_partnership(pipeline=PipelineState.EXPLORING)), TODAY),
    ("readiness_unknown", each("readiness", answer=ReadinessAnswerValue.UNKNOWN), TODAY),
    (
        "first_contact_missing",
        together(put(outreach=[], meetings=[]), of_partnership(pipeline=PipelineState.IDEA)),
        TODAY,
    ),
    ("next_contact_overdue", of_partnership(next_contact_on=date(2026, 3, 10)), TODAY),
    ("ask_again", of_partnership(next_contact_on=TODAY, pipeline=PipelineState.NOT_NOW), TODAY),
    ("not_now_reason_missing", of_partnership(pipeline=PipelineState.NOT_NOW), TODAY),
    ("contact_gone_quiet", of_partnership(pipeline=PipelineState.CONTACTED), TODAY),
    ("leadership_meeting_missing", put(meetings=[]), TODAY),
    ("expectations_missing", put(expectations=[]), TODAY),
    ("mismatch_open", each("expectations", state=MatchState.MISMATCHED), TODAY),
    ("decision_missing", of_partnership(pipeline=PipelineState.MEETING), TODAY),
    ("goals_missing", put(goals=[]), TODAY),
    ("goal_statement_missing", each("goals", statement=" "), TODAY),
    ("goal_benefit_missing", each("goals", benefit_school=""), TODAY),
    ("goal_owner_missing", each("goals", owner_cso_id=None), TODAY),
    ("goal_assent_missing", each("goals", agreed_school_on=None), TODAY),
    ("goal_indicator_missing", put(indicators=[]), TODAY),
    ("goal_target_date_missing", each("goals", target_on=None), TODAY),
    ("goal_after_end", each("goals", target_on=date(2026, 9, 1)), TODAY),
    ("goal_mission_link_missing", each("goals", mission_link=""), TODAY),
    ("goal_diverts_mission", each("goals", mission_link="", mission_diversion="Takes all evenings"), TODAY),
    *meeting_cases.CASES,
    *goal_cases.CASES,
    *challenge_cases.CASES,
    ("agreement_missing", put(agreement=None), TODAY),
    ("clause_topic_missing", together(agreement_state(AgreementState.DRAFT), put(clauses=[])), TODAY),
    ("clauses_not_addressed", agreement_state(AgreementState.DRAFT, state=ClauseState.NOT_ADDRESSED), TODAY),
    ("clauses_under_discussion", agreement_state(AgreementState.DRAFT, state=ClauseState.UNDER_DISCUSSION), TODAY),
    ("waive_reason_missing", waived_without_reason, TODAY),
    ("commitments_missing", put(commitments=[]), TODAY),
    ("responsibilities_missing", put(responsibilities=[]), TODAY),
    ("promise_hours_do_not_fit", promised(200 * 60), TODAY),
    ("promise_no_teaching_weeks", together(promised(60), put(teaching_weeks=0)), TODAY),
    *agreement_cases.CASES,
    ("agreement_not_shared", together(agreement_state(AgreementState.DRAFT), put(versions=[])), TODAY),
    ("agreement_reply_due", shared_long_ago, TODAY),
    ("signature_missing", together(agreement_state(AgreementState.AGREED), put(signatures=[])), TODAY),
    ("agreement_unsigned_at_start", agreement_state(AgreementState.AGREED), TODAY),
    ("school_year_missing", put(school_years=[]), TODAY),
    ("terms_missing", put(terms=[]), TODAY),
    ("school_year_unconfirmed", each("school_years", confirmed_on=None), TODAY),
    ("school_year_stale", each("school_years", checked_on=date(2025, 6, 1)), TODAY),
    ("estimates_near", estimated_feast, TODAY),
    ("lesson_times_missing", put(lesson_times=[]), TODAY),
    ("activities_missing", put(activities=[], occurrences=[]), TODAY),
    ("conflicts_hard", conflict(Severity.HARD), TODAY),
    ("conflicts_soft", conflict(Severity.SOFT), TODAY),
    ("tentative_near", tentative, TODAY),
    ("time_proposed", other_time, TODAY),
    ("task_without_date", task_soon, TODAY),
    ("consent_missing", young_student, TODAY),
    ("photo_consent_missing", together(young_student, public_event), TODAY),
    ("photo_consent_withdrawn", together(young_student, photos_taken_back), TODAY),
    ("certificate_consent_missing", together(young_student, recognition_promised), LATE),
    ("hours_silent", put(hour_totals=[]), TODAY),
    ("commitment_exceeded", used(41 * 60), TODAY),
    ("commitment_nearly_used", used(37 * 60), TODAY),
    ("commitment_forecast_over", planned_too_much, TODAY),
    (
        "unconfirmed_old",
        put(hour_totals=[hour_total(state=HourState.LOGGED, first_on=date(2026, 2, 1))]),
        TODAY,
    ),
    ("attendance_missing", session_without_attendance, TODAY),
    ("feedback_due", lambda _: None, date(2026, 4, 20)),
    ("midterm_survey_due", lambda _: None, date(2026, 4, 20)),
    ("final_survey_due", lambda _: None, LATE),
    ("survey_open_long", unsettled_survey, TODAY),
    ("indicator_baseline_missing", each("indicators", baseline=None), TODAY),
    ("indicator_unmeasured", lambda _: None, LATE),
    ("lessons_missing", lambda _: None, LATE),
]


def step(code: str, change: Change, today: date) -> NextStep:
    """The step with a code that a change of the good partnership brings about."""
    view = good_view()
    change(view)
    return next(found for found in next_steps(view, today) if found.code == code)


def test_a_good_partnership_needs_nothing() -> None:
    assert next_steps(good_view(), TODAY) == []


def test_a_good_end_leaves_nothing_to_do() -> None:
    assert {s.code for s in next_steps(add_late_phase(good_view()), LATE)} - {"hours_silent"} == set()
    ended = {s.code for s in next_steps(add_late_phase(good_view()), AFTER)}
    assert "final_survey_due" not in ended


@pytest.mark.parametrize(("code", "change", "today"), CASES, ids=[case[0] for case in CASES])
def test_a_rule_speaks_when_something_is_missing(code: str, change: Change, today: date) -> None:
    found = step(code, change, today)
    assert (found.target.kind == "") == (found.target.id is None)


def test_there_are_cases_for_every_rule() -> None:
    """A rule that no case makes speak would be untested."""
    spoken: set[Callable[..., Any]] = set()
    for _, change, today in CASES:
        view = good_view()
        change(view)
        spoken |= {rule for rule in RULES if list(rule(view, today))}
    assert {rule.__name__ for rule in RULES if rule not in spoken} == set()
    assert len({case[0] for case in CASES}) >= 25


SILENT: list[tuple[str, Change, date]] = [
    *meeting_cases.SILENT,
    *goal_cases.SILENT,
    *challenge_cases.SILENT,
    *agreement_cases.SILENT,
    ("clause_topic_missing", agreement_state(AgreementState.DRAFT), TODAY),
    ("conflicts_soft", conflict(Severity.SOFT, accepted=True), TODAY),
    ("conflicts_hard", conflict(Severity.HARD, original_on=date(2026, 3, 1)), TODAY),
    ("promise_hours_do_not_fit", promised(20 * 60), TODAY),
    ("commitment_nearly_used", used(20 * 60), TODAY),
    ("next_contact_overdue", of_partnership(next_contact_on=date(2026, 4, 10)), TODAY),
    ("ask_again", of_partnership(next_contact_on=date(2026, 4, 10), pipeline=PipelineState.NOT_NOW), TODAY),
    ("not_now_reason_missing", of_partnership(pipeline=PipelineState.NOT_NOW, not_now_reason="No time"), TODAY),
    ("midterm_survey_due", unsettled_survey, date(2026, 4, 20)),
    ("consent_missing", together(young_student, of_partnership(minors=False)), TODAY),
    ("photo_consent_missing", young_student, TODAY),
    ("photo_consent_withdrawn", together(young_student, photos_taken_back, photos_agreed), TODAY),
    ("certificate_consent_missing", together(young_student, recognition_promised), TODAY),
]


@pytest.mark.parametrize(("code", "change", "today"), SILENT, ids=[case[0] for case in SILENT])
def test_a_rule_is_silent_when_the_matter_is_settled(code: str, change: Change, today: date) -> None:
    view = good_view()
    change(view)
    assert code not in {found.code for found in next_steps(view, today)}


def test_consent_given_settles_and_withdrawn_does_not() -> None:
    view = good_view()
    young_student(view)
    consent = Consent(person_id=view.people[-1].id, purpose=ConsentPurpose.PARTICIPATION, given_on=START)
    view.consents = [consent]
    assert "consent_missing" not in {s.code for s in next_steps(view, TODAY)}
    consent.withdrawn_on = TODAY
    assert "consent_missing" in {s.code for s in next_steps(view, TODAY)}


def test_safeguarding_is_urgent_with_minors_only() -> None:
    view = good_view()
    together(agreement_state(AgreementState.DRAFT), put(clauses=[]))(view)
    topics = {s.parameters["topic"]: s.urgency for s in next_steps(view, TODAY) if s.code == "clause_topic_missing"}
    assert topics["safeguarding"] is Urgency.NOW
    view.partnership.minors = False
    topics = {s.parameters["topic"]: s.urgency for s in next_steps(view, TODAY) if s.code == "clause_topic_missing"}
    assert "safeguarding" not in topics
    assert "results_ownership" in topics


def test_feasibility_names_the_figures() -> None:
    view = good_view()
    promised(40 * 60)(view)
    view.teaching_weeks = 11
    view.people[0].hours_per_week = 3.0
    found = next(s for s in next_steps(view, TODAY) if s.code == "promise_hours_do_not_fit")
    assert (found.parameters["promised_minutes"], found.parameters["possible_minutes"]) == (2400, 33 * 60)
    assert (found.parameters["weeks_needed"], found.parameters["weekly_needed_minutes"]) == (14, 220)


def test_a_partnership_put_off_is_left_in_peace() -> None:
    view = bare_view()
    view.partnership.pipeline = PipelineState.NOT_NOW
    assert [s.code for s in next_steps(view, TODAY)] == ["not_now_reason_missing"]
    view.partnership.not_now_reason = "A new head of school comes in summer"
    assert next_steps(view, TODAY) == []
    view.partnership.next_contact_on = TODAY
    assert [s.code for s in next_steps(view, TODAY)] == ["ask_again"]


def test_most_urgent_first() -> None:
    view = good_view()
    task(view)
    each("goals", target_on=None)(view)
    put(lesson_times=[])(view)
    urgencies = [s.urgency for s in next_steps(view, TODAY)]
    assert urgencies == sorted(urgencies, reverse=True)
    assert urgencies[0] is Urgency.NOW
    assert urgencies[-1] is Urgency.LATER


def test_an_idea_asks_for_its_first_contact_only_and_a_plan_for_more() -> None:
    view = bare_view()
    view.partnership.model, view.partnership.starts_on = "", None
    assert [s.code for s in next_steps(view, TODAY)] == ["first_contact_missing"]
    view.partnership.model = "social_innovation"
    codes = {s.code for s in next_steps(view, TODAY)}
    assert codes == {"our_mission_missing", "readiness_not_started", "first_contact_missing"}


DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


def strategy_for(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a field's type."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is list:
        return st.lists(strategy_for(arguments[0]), max_size=2)
    if origin is dict:
        return st.dictionaries(strategy_for(arguments[0]), strategy_for(arguments[1]), max_size=2)
    if arguments:
        return st.one_of(*(strategy_for(argument) for argument in arguments))
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return entity(hint)
    plain: dict[Any, st.SearchStrategy[Any]] = {
        str: st.sampled_from(["", " ", "A text", "2026-03-01", "understand", "volunteer"]),
        int: st.integers(0, 5000),
        float: st.floats(0, 5000),
        bool: st.booleans(),
        bytes: st.just(b""),
        date: DAYS,
        datetime: st.datetimes(timezones=st.just(UTC)),
        time: st.times(),
        UUID: st.sampled_from([UUID(int=number) for number in range(4)]),
        type(None): st.none(),
    }
    return plain[hint] if hint in plain else st.sampled_from(list(hint))


def entity(cls: type[Any]) -> st.SearchStrategy[Any]:
    hints = typing.get_type_hints(cls)
    return st.builds(cls, **{field.name: strategy_for(hints[field.name]) for field in dataclasses.fields(cls)})


LISTS = {
    "outreach": "Outreach",
    "meetings": "Meeting",
    "tasks": "Task",
    "expectations": "Expectation",
    "readiness": "ReadinessAnswer",
    "goals": "SharedGoal",
    "indicators": "Indicator",
    "measurements": "Measurement",
    "challenges": "Challenge",
    "solutions": "Solution",
    "coaching_notes": "CoachingNote",
    "research_questions": "ResearchQuestion",
    "candidates": "Candidate",
    "fellowship_pairs": "FellowshipPair",
    "competences": "Competence",
    "badges": "Badge",
    "badge_awards": "BadgeAward",
    "crisis_protocols": "CrisisProtocol",
    "clauses": "Clause",
    "commitments": "Commitment",
    "signatures": "Signature",
    "school_years": "SchoolYear",
    "terms": "Term",
    "lesson_times": "LessonTime",
    "periods": "CalendarPeriod",
    "activities": "Activity",
    "participations": "Participation",
    "people": "Person",
    "members": "PartnershipMember",
    "consents": "Consent",
    "surveys": "Survey",
    "notes": "Note",
}


@st.composite
def random_views(draw: st.DrawFn) -> PartnershipView:
    """Any view, however senseless."""
    from cocivic_desktop.domain.partnerships import Partnership
    from cocivic_desktop.domain.registry import ENTITIES

    classes = {cls.__name__: cls for cls in ENTITIES}
    view = PartnershipView(partnership=draw(entity(Partnership)))
    for name in draw(st.sets(st.sampled_from(sorted(LISTS)), max_size=8)):
        setattr(view, name, draw(st.lists(entity(classes[LISTS[name]]), max_size=2)))
    view.agreement = draw(st.none() | entity(classes["Agreement"]))
    view.teaching_weeks = draw(st.none() | st.integers(0, 60))
    view.hour_totals = [hour_total(minutes=m) for m in draw(st.lists(st.integers(0, 10_000), max_size=2))]
    view.occurrences = [occurrence(activity, draw(DAYS)) for activity in view.activities if activity.zone]
    return view


@pytest.mark.slow
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(random_views(), DAYS)
def test_rules_never_raise(view: PartnershipView, today: date) -> None:
    for found in next_steps(view, today):
        assert found.partnership_id == view.id


def test_steps_are_values() -> None:
    one = step("goal_benefit_missing", each("goals", benefit_school=""), TODAY)
    assert one == replace(one)
    assert one.parameters["side"] is Side.SCHOOL
    assert one.target.kind == "shared_goal"


def test_a_deadline_is_no_silent_session() -> None:
    view = good_view()
    deadline = Activity(partnership_id=view.id, title="Report", kind=ActivityKind.DEADLINE, starts_on=TODAY)
    put(hour_totals=[], activities=[deadline], occurrences=[occurrence(deadline, TODAY - timedelta(days=2))])(view)
    assert "hours_silent" not in {s.code for s in next_steps(view, TODAY)}
