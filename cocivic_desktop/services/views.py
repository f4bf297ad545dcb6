"""Views for the rules: one partnership gathered from the workspace."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from cocivic_desktop.domain.activities import OccurrenceReply
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
from cocivic_desktop.domain.goals import (
    Challenge,
    CoachingNote,
    Indicator,
    Measurement,
    SharedGoal,
    Solution,
    TeamMember,
)
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
    PartnershipView,
    VersionInfo,
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
    Task,
)
from cocivic_desktop.domain.rules.completeness import paperwork_count
from cocivic_desktop.domain.rules.counting_agreement import counting_agreement
from cocivic_desktop.domain.surveys import Survey, SurveyResponse
from cocivic_desktop.library.clauses import clause_library
from cocivic_desktop.services import calendar, drafts, model_parts
from cocivic_desktop.services.booked_dates import BookedDates, booked_too
from cocivic_desktop.services.hour_totals import hour_totals
from cocivic_desktop.services.time_view import add_dates

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

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


def partnership_view(
    workspace: Workspace, partnership_id: UUID, *, bookings: bool = True, agreement_id: UUID | None = None
) -> PartnershipView:
    """Everything the rules need of one partnership, with a certain agreement or the one that counts. Raises `NotFound`.

    Without `bookings` no other partnership is read, so that people and places booked twice are not among the conflicts.
    """
    with workspace.read() as unit:
        return view_of(unit, unit.get(Partnership, partnership_id), agreement_id=agreement_id, bookings=bookings)


def view_of(
    unit: UnitOfWork,
    partnership: Partnership,
    dates: BookedDates | None = None,
    agreement_id: UUID | None = None,
    *,
    bookings: bool = True,
) -> PartnershipView:
    """Everything the rules need of one partnership; `dates` are those of all partnerships where they are known already.

    `bookings` as in `partnership_view`. Raises `NotFound`.
    """
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
    _add_calendar(unit, view, dates, bookings=bookings)
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
    if agreement.state is AgreementState.DRAFT:
        known = drafts.known_of(view, agreement, view.our_organisation)
        included = [clause for clause in view.clauses if clause.included]
        view.open_questions = len(drafts.still_to_ask(included, *known))


def _add_calendar(unit: UnitOfWork, view: PartnershipView, dates: BookedDates | None, *, bookings: bool) -> None:
    """School years, dates and conflicts; those of other partnerships matter where they share a person or a place."""
    content = calendar.load(unit, [view.id])
    if dates is None:
        others = booked_too(unit, view.id) if bookings else []
        dates = BookedDates([content, calendar.load(unit, others)] if others else [content])
    add_dates(unit, view, content)
    replies = unit.find(OccurrenceReply, order="original_on")
    view.proposals = [one for one in replies if one.proposed_on is not None and one.activity_id in content.activities]
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
