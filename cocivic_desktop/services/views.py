"""Views for the rules: one partnership gathered from the workspace, and what the rules say of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from cocivic_desktop.domain.activities import ActivityStatus
from cocivic_desktop.domain.agreements import (
    Agreement,
    AgreementState,
    Clause,
    Commitment,
    CommunicationRoutine,
    FundingItem,
    Resource,
    Responsibility,
    Signature,
)
from cocivic_desktop.domain.errors import NotFound
from cocivic_desktop.domain.goals import (
    Challenge,
    CoachingNote,
    Indicator,
    Measurement,
    SharedGoal,
    Solution,
    TeamMember,
)
from cocivic_desktop.domain.hours import HourCategory, HourState
from cocivic_desktop.domain.model_parts import (
    Badge,
    BadgeAward,
    Candidate,
    Competence,
    CrisisProtocol,
    FellowshipPair,
    ResearchQuestion,
)
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
from cocivic_desktop.domain.rules.counting_agreement import counting_agreement
from cocivic_desktop.domain.rules.next_steps import NextStep
from cocivic_desktop.domain.rules.recurrence import Occurrence
from cocivic_desktop.domain.rules.teaching_weeks import YearView, teaching_weeks
from cocivic_desktop.domain.school_years import CalendarPeriod, LessonTime, SchoolYear, Term
from cocivic_desktop.domain.surveys import Survey, SurveyResponse
from cocivic_desktop.library.clauses import clause_library
from cocivic_desktop.services import calendar, model_parts

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
SELECT DISTINCT a.partnership_id FROM activity a JOIN partnership other ON other.id = a.partnership_id
WHERE a.partnership_id <> :partnership AND NOT a.archived AND NOT other.archived AND (
    a.id IN (SELECT activity_id FROM participation WHERE person_id IN (
        SELECT p.person_id FROM participation p JOIN activity own ON own.id = p.activity_id
        WHERE own.partnership_id = :partnership))
    OR (a.place <> '' AND fold(a.place) IN (
        SELECT DISTINCT fold(place) FROM activity WHERE partnership_id = :partnership AND place <> '')))
"""
"""Partnerships that share a person or a place with this one, so that something could be booked twice."""


COMING_DAYS: Final = 28
"""How far ahead `Advised.coming` looks, in days."""


@dataclass(frozen=True)
class Coming:
    """A date that is coming up; cancelled ones are none."""

    title: str
    occurrence: Occurrence


@dataclass(frozen=True)
class Advised:
    """What the rules say of one partnership: next steps (most urgent first), progress, and the dates coming up."""

    steps: tuple[NextStep, ...]
    progress: dict[Stage, float]
    coming: tuple[Coming, ...]


def partnership_view(
    workspace: Workspace, partnership_id: UUID, *, bookings: bool = True, agreement_id: UUID | None = None
) -> PartnershipView:
    """Everything the rules need of one partnership, with a certain agreement or the one that counts. Raises `NotFound`.

    Without `bookings` no other partnership is read, so that people and places booked twice are not among the conflicts.
    """
    with workspace.read() as unit:
        dates = None if bookings else _Dates([calendar.load(unit, [partnership_id])])
        return _view(unit, unit.get(Partnership, partnership_id), dates, agreement_id)


def advise(
    workspace: Workspace, today: date, partnership_id: UUID | None = None, check: Callable[[], None] = lambda: None
) -> dict[UUID, Advised]:
    """What the rules say of one partnership, or of all that are not archived.

    With much data this takes seconds, so it is made for a worker: the workspace is read in short units, between which
    others get their turn, and `check` is called now and then; it may raise to stop the work. Raises `NotFound`.
    """
    found = {}
    for view in _views(workspace, partnership_id, check):
        found[view.id] = Advised(
            tuple(rules.next_steps(view, today)), stages.stage_progress(view, today), tuple(_coming(view, today))
        )
        check()
    return found


def _coming(view: PartnershipView, today: date) -> Iterator[Coming]:
    titles = {activity.id: activity.title for activity in view.activities}
    last = today + timedelta(days=COMING_DAYS)
    for one in view.occurrences:
        if today <= one.on <= last and not one.cancelled:
            yield Coming(titles[one.activity_id], one)


def next_steps(workspace: Workspace, today: date, partnership_id: UUID | None = None) -> list[NextStep]:
    """What to do now in one partnership, or in all that are not archived; most urgent first."""
    return in_order(advise(workspace, today, partnership_id).values())


def in_order(advised: Iterable[Advised]) -> list[NextStep]:
    """The next steps of several partnerships together, most urgent first."""
    return sorted((step for one in advised for step in one.steps), key=lambda step: -step.urgency)


def stage_progress(workspace: Workspace, partnership_id: UUID, today: date) -> dict[Stage, float]:
    """How far each stage of a partnership has come, from 0 to 1."""
    return stages.stage_progress(partnership_view(workspace, partnership_id), today)


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


def _views(workspace: Workspace, partnership_id: UUID | None, check: Callable[[], None]) -> Iterator[PartnershipView]:
    """The rules run between the units of work, not within them."""
    if partnership_id is not None:
        with workspace.read() as unit:
            wanted = [unit.get(Partnership, partnership_id)]
            touching = [UUID(row[0]) for row in unit.rows(_BOOKED_TOO, partnership=partnership_id)]
        ids = [partnership_id, *touching]
    else:
        with workspace.read() as unit:
            wanted = unit.find(Partnership)
        ids = [one.id for one in wanted]
    dates = _Dates(contents(workspace, ids, check))
    for each in wanted:
        workspace.stand_aside()
        with workspace.read() as unit:
            partnership = unit.first(Partnership, archived=None, id=each.id)
            view = _view(unit, partnership, dates) if partnership is not None else None
        if view is not None:
            yield view


def contents(
    workspace: Workspace, ids: Iterable[UUID], check: Callable[[], None] = lambda: None
) -> Iterator[calendar.Content]:
    """The calendars of several partnerships, read one by one, for work off the GUI thread: others get their turn.

    Whichever is deleted meanwhile is left out.
    """
    for id in ids:
        check()
        workspace.stand_aside()
        with workspace.read() as unit:
            try:
                content = calendar.load(unit, [id])
            except NotFound:
                continue
        yield content


class _Dates:
    """Occurrences and conflicts of several partnerships, computed once for all and sorted by partnership.

    Of the contents only facts and occurrences are kept: with 10,000 activities the rest is 60 MB.
    """

    def __init__(self, contents: Iterable[calendar.Content]) -> None:
        self.occurrences: dict[UUID, list[Occurrence]] = {}
        self.conflicts: dict[UUID, list[Conflict]] = {}
        facts: dict[UUID, ActivityFacts] = {}
        years: dict[UUID, YearView] = {}
        everything: list[Occurrence] = []
        for content in contents:
            facts.update(content.facts)
            years.update(content.years)
            everything += content.occurrences(FIRST_DAY, LAST_DAY)[0]
        everything.sort(key=lambda one: one.begins)
        for one in everything:
            self.occurrences.setdefault(facts[one.activity_id].partnership_id, []).append(one)
        standing = [one for one in everything if not one.cancelled and one.status is not ActivityStatus.DONE]
        for each in conflicts(standing, facts, years):
            self.conflicts.setdefault(facts[each.activity_id].partnership_id, []).append(each)


def _view(
    unit: UnitOfWork, partnership: Partnership, dates: _Dates | None = None, agreement_id: UUID | None = None
) -> PartnershipView:
    """`dates` are those of all partnerships where they are known already."""
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
        coaching_notes=_owned(unit, CoachingNote, "challenge_id", _ids(challenges)),
        solutions=_owned(unit, Solution, "challenge_id", _ids(challenges)),
        hour_totals=totals,
        attendance=_attendance(unit, partnership.id),
        surveys=unit.find(Survey, **mine),
    )
    _add_special_parts(unit, view)
    _add_agreement(unit, view, agreement_id)
    _add_calendar(unit, view, dates)
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


def _add_special_parts(unit: UnitOfWork, view: PartnershipView) -> None:
    """What only some models need; nothing more is read where no part is in use."""
    view.parts = model_parts.parts_in(unit, view.partnership)
    if not view.parts:
        return
    mine: dict[str, Any] = {"partnership_id": view.id}
    view.research_questions = unit.find(ResearchQuestion, order="position", **mine)
    view.candidates = unit.find(Candidate, order="position", **mine)
    view.fellowship_pairs = unit.find(FellowshipPair, order="position", **mine)
    view.competences = unit.find(Competence, order="position", **mine)
    view.badges = unit.find(Badge, order="position", **mine)
    view.badge_awards = _owned(unit, BadgeAward, "badge_id", _ids(view.badges))
    view.crisis_protocols = unit.find(CrisisProtocol, order="position", **mine)


def _add_agreement(unit: UnitOfWork, view: PartnershipView, agreement_id: UUID | None) -> None:
    """The agreement wanted, else the one that counts, with its parts."""
    if agreement_id is not None:
        agreement: Agreement | None = unit.get(Agreement, agreement_id)
    else:
        agreement = counting_agreement(unit.find(Agreement, partnership_id=view.id))
    if agreement is None:
        return
    mine: dict[str, Any] = {"agreement_id": agreement.id}
    view.agreement = agreement
    view.clauses = unit.find(Clause, **mine)
    view.responsibilities = unit.find(Responsibility, **mine)
    view.commitments = unit.find(Commitment, **mine)
    view.routines = unit.find(CommunicationRoutine, **mine)
    view.resources = unit.find(Resource, **mine)
    view.funding = unit.find(FundingItem, **mine)
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


def _add_calendar(unit: UnitOfWork, view: PartnershipView, dates: _Dates | None) -> None:
    """School years, dates and conflicts; those of other partnerships matter where they share a person or a place."""
    view.school_years = unit.find(SchoolYear, order="starts_on", school_id=view.partnership.school_id)
    year_ids = _ids(view.school_years)
    view.terms = _owned(unit, Term, "school_year_id", year_ids, order="starts_on")
    view.periods = _owned(unit, CalendarPeriod, "school_year_id", year_ids, order="starts_on")
    view.lesson_times = _owned(unit, LessonTime, "school_year_id", year_ids)
    if dates is None:
        others = [UUID(row[0]) for row in unit.rows(_BOOKED_TOO, partnership=view.id)]
        dates = _Dates([calendar.load(unit, [view.id, *others])])
    content = calendar.load(unit, [view.id])
    year = content.years.get(view.partnership.school_id)
    if year is not None:
        view.teaching_weeks = len(teaching_weeks(year, view.starts_on, view.ends_on))
    view.activities = list(content.activities.values())
    view.overrides = [change for one in view.activities for change in content.overrides.get(one.id, ())]
    view.participations = [part for one in view.activities for part in content.participations.get(one.id, ())]
    here = content.activities  # the dates of all may have been read a moment ago
    view.occurrences = [one for one in dates.occurrences.get(view.id, ()) if one.activity_id in here]
    view.conflicts = [one for one in dates.conflicts.get(view.id, ()) if one.activity_id in here]


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
