"""Views for the rules: one partnership gathered from the workspace, and what the rules say of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from cocivic_desktop.domain.activities import Activity, OccurrenceOverride, Participation
from cocivic_desktop.domain.agreements import (
    Agreement,
    AgreementState,
    Clause,
    Commitment,
    Responsibility,
    Signature,
)
from cocivic_desktop.domain.goals import Challenge, Indicator, Measurement, SharedGoal, Solution, TeamMember
from cocivic_desktop.domain.hours import HourCategory, HourState
from cocivic_desktop.domain.organisations import Consent, Organisation, Person, PersonKind
from cocivic_desktop.domain.partnership_view import (
    AnswerTotal,
    AttendanceTotal,
    HourTotal,
    PartnershipView,
    VersionInfo,
    side_of,
)
from cocivic_desktop.domain.partnerships import (
    Expectation,
    Meeting,
    Note,
    Outreach,
    Overlap,
    Partnership,
    PartnershipMember,
    PartnershipOrganisation,
    ReadinessAnswer,
    Stage,
    Task,
)
from cocivic_desktop.domain.rules import next_steps as rules
from cocivic_desktop.domain.rules import stages
from cocivic_desktop.domain.rules.completeness import paperwork_count
from cocivic_desktop.domain.rules.conflicts import ActivityFacts, Conflict, conflicts
from cocivic_desktop.domain.rules.next_steps import NextStep
from cocivic_desktop.domain.rules.recurrence import Occurrence, occurrences
from cocivic_desktop.domain.rules.teaching_weeks import YearView, join_years, teaching_weeks, year_view
from cocivic_desktop.domain.school_years import CalendarPeriod, LessonTime, SchoolYear, Term
from cocivic_desktop.domain.surveys import Survey, SurveyResponse
from cocivic_desktop.library.clauses import clause_library

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

FIRST_DAY: Final = date(1900, 1, 1)
LAST_DAY: Final = date(2200, 12, 31)
"""The days that any date of the workspace lies between (`domain.validation`)."""

_HOUR_TOTALS: Final = """
SELECT h.person_id, p.kind, p.organisation_id, h.role, substr(h.worked_on, 1, 7) AS month, h.category, h.state,
       SUM(h.minutes), SUM(h.entries), SUM(h.heads), MIN(h.worked_on), MAX(h.worked_on)
FROM (
    SELECT person_id, role, category, state, worked_on, SUM(minutes * COALESCE(head_count, 1)) AS minutes,
           COUNT(*) AS entries, SUM(COALESCE(head_count, 1)) AS heads
    FROM hour_entry WHERE partnership_id = :partnership AND archived = 0
    GROUP BY person_id, role, category, state, worked_on
) h LEFT JOIN person p ON p.id = h.person_id
GROUP BY h.person_id, h.role, month, h.category, h.state
ORDER BY month
"""
"""Sums by day first: an index in that order (with minutes, head_count and archived) answers it without sorting."""
_PEOPLE: Final = """
SELECT person_id FROM partnership_member WHERE partnership_id = :partnership
UNION SELECT p.person_id FROM participation p JOIN activity a ON a.id = p.activity_id
    WHERE a.partnership_id = :partnership
UNION SELECT owner_cso_id FROM shared_goal WHERE partnership_id = :partnership
UNION SELECT owner_school_id FROM shared_goal WHERE partnership_id = :partnership
UNION SELECT mentor_id FROM challenge WHERE partnership_id = :partnership
UNION SELECT teacher_id FROM challenge WHERE partnership_id = :partnership
UNION SELECT coordinator_id FROM partnership WHERE id = :partnership
"""
_ATTENDANCE: Final = """
SELECT t.activity_id, t.person_id, p.kind FROM attendance t
JOIN activity a ON a.id = t.activity_id JOIN person p ON p.id = t.person_id
WHERE a.partnership_id = :partnership AND t.state = 'present' AND NOT t.archived
GROUP BY t.activity_id, t.person_id
"""
_VERSIONS: Final = """
SELECT id, number, state, recipient, shared_at FROM agreement_version
WHERE agreement_id = :agreement AND NOT archived ORDER BY number
"""
_BOOKED_TOO: Final = """
SELECT a.id, other.school_id FROM activity a JOIN partnership other ON other.id = a.partnership_id
WHERE a.partnership_id <> :partnership AND NOT a.archived AND (
    a.id IN (SELECT activity_id FROM participation WHERE person_id IN (
        SELECT p.person_id FROM participation p JOIN activity own ON own.id = p.activity_id
        WHERE own.partnership_id = :partnership))
    OR (a.place <> '' AND fold(a.place) IN (
        SELECT DISTINCT fold(place) FROM activity WHERE partnership_id = :partnership AND place <> '')))
"""


def partnership_view(workspace: Workspace, partnership_id: UUID) -> PartnershipView:
    """Everything the rules need of one partnership. Raises `NotFound`."""
    with workspace.read() as unit:
        return _view(unit, unit.get(Partnership, partnership_id))


def next_steps(workspace: Workspace, today: date, partnership_id: UUID | None = None) -> list[NextStep]:
    """What to do now in one partnership, or in all that are not archived; most urgent first."""
    steps = [step for view in _views(workspace, partnership_id) for step in rules.next_steps(view, today)]
    return sorted(steps, key=lambda step: -step.urgency)


def stage_progress(workspace: Workspace, partnership_id: UUID, today: date) -> dict[Stage, float]:
    """How far each stage of a partnership has come, from 0 to 1."""
    return stages.stage_progress(partnership_view(workspace, partnership_id), today)


def all_progress(workspace: Workspace, today: date) -> dict[UUID, dict[Stage, float]]:
    """`stage_progress` of every partnership that is not archived."""
    return {view.id: stages.stage_progress(view, today) for view in _views(workspace, None)}


def hour_totals(unit: UnitOfWork, partnership_id: UUID, our_id: UUID | None) -> list[HourTotal]:
    """The hours of a partnership summed up in SQL by person, role, month, category and state."""
    return [
        _hour_total(row, our_id.hex if our_id else "") for row in unit.rows(_HOUR_TOTALS, partnership=partnership_id)
    ]


def _hour_total(row: tuple[Any, ...], ours: str) -> HourTotal:
    person_id, kind_text, organisation, role, month, category, state, minutes, entries, heads, first, last = row
    kind = PersonKind(kind_text) if kind_text else None
    return HourTotal(
        person_id=UUID(person_id) if person_id else None,
        kind=kind,
        side=side_of(kind, role, at_ours=bool(ours) and organisation == ours),
        role=role,
        month=month,
        category=HourCategory(category),
        state=HourState(state),
        minutes=minutes,
        entries=entries,
        heads=heads,
        first_on=date.fromisoformat(first),
        last_on=date.fromisoformat(last),
    )


def _views(workspace: Workspace, partnership_id: UUID | None) -> Iterable[PartnershipView]:
    with workspace.read() as unit:
        found = [unit.get(Partnership, partnership_id)] if partnership_id else unit.find(Partnership)
        for partnership in found:
            yield _view(unit, partnership)


def _view(unit: UnitOfWork, partnership: Partnership) -> PartnershipView:
    mine: dict[str, Any] = {"partnership_id": partnership.id}
    school = unit.get(Organisation, partnership.school_id)
    ours = unit.first(Organisation, is_ours=True)
    totals = hour_totals(unit, partnership.id, ours.id if ours else None)
    named = {UUID(row[0]) for row in unit.rows(_PEOPLE, partnership=partnership.id) if row[0]}
    people = list(named | {total.person_id for total in totals if total.person_id})
    challenges = unit.find(Challenge, **mine)
    indicators = unit.find(Indicator, **mine)
    view = PartnershipView(
        partnership=partnership,
        school=school,
        our_organisation=ours,
        organisations=unit.find(PartnershipOrganisation, **mine),
        people=_owned(unit, Person, "id", people),
        members=unit.find(PartnershipMember, **mine),
        consents=_owned(unit, Consent, "person_id", people),
        readiness=unit.find(ReadinessAnswer, **mine),
        outreach=unit.find(Outreach, order="happened_on", **mine),
        meetings=unit.find(Meeting, **mine),
        tasks=unit.find(Task, **mine),
        expectations=unit.find(Expectation, **mine),
        overlaps=unit.find(Overlap, **mine),
        notes=unit.find(Note, **mine),
        goals=unit.find(SharedGoal, **mine),
        indicators=indicators,
        measurements=_owned(unit, Measurement, "indicator_id", _ids(indicators), order="measured_on"),
        challenges=challenges,
        team_members=_owned(unit, TeamMember, "challenge_id", _ids(challenges)),
        solutions=_owned(unit, Solution, "challenge_id", _ids(challenges)),
        hour_totals=totals,
        attendance=_attendance(unit, partnership.id),
        surveys=unit.find(Survey, **mine),
    )
    _add_agreement(unit, view)
    _add_calendar(unit, view)
    _add_survey_answers(unit, view)
    return view


def _owned(unit: UnitOfWork, cls: type[Any], name: str, ids: Sequence[UUID], order: str = "") -> list[Any]:
    equals: dict[str, Any] = {name: ids}
    return unit.find(cls, order=order, **equals) if ids else []


def _ids(entities: Iterable[Any]) -> list[UUID]:
    return [entity.id for entity in entities]


def _attendance(unit: UnitOfWork, partnership_id: UUID) -> list[AttendanceTotal]:
    people: dict[str, set[UUID]] = {}
    students: dict[str, set[UUID]] = {}
    for activity_id, person_id, kind in unit.rows(_ATTENDANCE, partnership=partnership_id):
        people.setdefault(activity_id, set()).add(UUID(person_id))
        if kind == PersonKind.STUDENT.value:
            students.setdefault(activity_id, set()).add(UUID(person_id))
    return [
        AttendanceTotal(
            activity_id=UUID(activity_id),
            people=frozenset(present),
            students=frozenset(students.get(activity_id, ())),
        )
        for activity_id, present in people.items()
    ]


def _add_agreement(unit: UnitOfWork, view: PartnershipView) -> None:
    """The latest agreement that has not ended, else the latest, with its parts."""
    found = unit.find(Agreement, order="created_at", partnership_id=view.id)
    standing = [agreement for agreement in found if agreement.state is not AgreementState.ENDED]
    if not found:
        return
    agreement = (standing or found)[-1]
    mine: dict[str, Any] = {"agreement_id": agreement.id}
    view.agreement = agreement
    view.clauses = unit.find(Clause, **mine)
    view.responsibilities = unit.find(Responsibility, **mine)
    view.commitments = unit.find(Commitment, **mine)
    view.signatures = unit.find(Signature, **mine)
    view.versions = [
        VersionInfo(
            id=UUID(id),
            number=number,
            state=AgreementState(state),
            recipient=recipient,
            shared_at=datetime.fromisoformat(shared_at) if shared_at else None,
        )
        for id, number, state, recipient, shared_at in unit.rows(_VERSIONS, agreement=agreement.id)
    ]
    count = paperwork_count(view.clauses, clause_library(), view.responsibilities)
    view.paperwork_processes = count.total


def _add_calendar(unit: UnitOfWork, view: PartnershipView) -> None:
    schools = {view.partnership.school_id, *(part.organisation_id for part in view.organisations)}
    years = {school: join_years(_year_views(unit, school)) for school in schools}
    view.school_years = unit.find(SchoolYear, order="starts_on", school_id=view.partnership.school_id)
    year_ids = _ids(view.school_years)
    view.terms = _owned(unit, Term, "school_year_id", year_ids, order="starts_on")
    view.periods = _owned(unit, CalendarPeriod, "school_year_id", year_ids, order="starts_on")
    view.lesson_times = _owned(unit, LessonTime, "school_year_id", year_ids)
    main = years[view.partnership.school_id]
    if main is not None:
        view.teaching_weeks = len(teaching_weeks(main, view.starts_on, view.ends_on))
    view.activities = unit.find(Activity, order="starts_on", partnership_id=view.id)
    own_ids = _ids(view.activities)
    view.overrides = _owned(unit, OccurrenceOverride, "activity_id", own_ids)
    view.participations = _owned(unit, Participation, "activity_id", own_ids)
    view.occurrences = _occurrences(view.activities, view.overrides, main)
    view.conflicts = _conflicts(unit, view, {key: year for key, year in years.items() if year is not None})


def _year_views(unit: UnitOfWork, school_id: UUID) -> list[YearView]:
    school = unit.get(Organisation, school_id)
    years = unit.find(SchoolYear, order="starts_on", school_id=school_id)
    parts = {
        cls: _by_year(_owned(unit, cls, "school_year_id", _ids(years))) for cls in (Term, CalendarPeriod, LessonTime)
    }
    return [
        year_view(
            year,
            parts[Term].get(year.id, ()),
            parts[CalendarPeriod].get(year.id, ()),
            parts[LessonTime].get(year.id, ()),
            zone=school.zone,
            deadline_notice_days=school.deadline_notice_days,
        )
        for year in years
    ]


def _by_year(entities: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for entity in entities:
        found.setdefault(entity.school_year_id, []).append(entity)
    return found


def _occurrences(
    activities: Iterable[Activity], overrides: Iterable[OccurrenceOverride], year: YearView | None
) -> list[Occurrence]:
    by_activity: dict[UUID, list[OccurrenceOverride]] = {}
    for override in overrides:
        by_activity.setdefault(override.activity_id, []).append(override)
    found = [
        one
        for activity in activities
        for one in occurrences(activity, by_activity.get(activity.id, ()), year, FIRST_DAY, LAST_DAY)[0]
    ]
    found.sort(key=lambda one: one.begins)
    return found


def _conflicts(unit: UnitOfWork, view: PartnershipView, years: Mapping[UUID, YearView]) -> list[Conflict]:
    """The conflicts of this partnership's dates; those of others matter where they share a person or a place."""
    if not view.activities:
        return []
    school_of = {UUID(id): UUID(school) for id, school in unit.rows(_BOOKED_TOO, partnership=view.id)}
    other_ids = list(school_of)
    others: list[Activity] = _owned(unit, Activity, "id", other_ids)
    people: dict[UUID, list[UUID]] = {}
    for part in [*view.participations, *_owned(unit, Participation, "activity_id", other_ids)]:
        people.setdefault(part.activity_id, []).append(part.person_id)
    agreement = view.agreement
    facts = {
        activity.id: ActivityFacts(
            activity.id,
            view.id,
            kind=activity.kind,
            people=tuple(people.get(activity.id, ())),
            schools=tuple(years),
            agreement_starts_on=agreement.starts_on if agreement else None,
            agreement_ends_on=agreement.ends_on if agreement else None,
            notice_days=agreement.notice_days if agreement else None,
            planned_on=activity.created_at.date(),
            conflict_note=activity.conflict_note,
        )
        for activity in view.activities
    }
    facts |= {
        activity.id: ActivityFacts(
            activity.id, activity.partnership_id, kind=activity.kind, people=tuple(people.get(activity.id, ()))
        )
        for activity in others
    }
    moved = _owned(unit, OccurrenceOverride, "activity_id", other_ids)
    everything = list(view.occurrences)
    for school in set(school_of.values()):
        year = years[school] if school in years else join_years(_year_views(unit, school))
        everything += _occurrences([one for one in others if school_of[one.id] == school], moved, year)
    own = set(view.activities_by_id)
    return [conflict for conflict in conflicts(everything, facts, years) if conflict.activity_id in own]


def _add_survey_answers(unit: UnitOfWork, view: PartnershipView) -> None:
    answers: dict[tuple[UUID, str], list[int]] = {}
    for response in _owned(unit, SurveyResponse, "survey_id", _ids(view.surveys)):
        view.survey_responses[response.survey_id] = view.survey_responses.get(response.survey_id, 0) + 1
        for question, answer in response.answers.items():
            if isinstance(answer, int):
                answers.setdefault((response.survey_id, question), []).append(answer)
    view.survey_answers = [
        AnswerTotal(
            survey_id=survey_id,
            question=question,
            count=len(given),
            mean=sum(given) / len(given),
            agreeing=sum(1 for answer in given if answer >= 4),
        )
        for (survey_id, question), given in answers.items()
    ]
