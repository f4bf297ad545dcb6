"""Everything the rules need to know of one partnership, as plain data.

`services.views.partnership_view` fills it from the workspace; tests and previews make it by hand. Long tables
come summed up: hours by month, attendance by activity, survey answers by question.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from cocivic_desktop.domain.agreements import AgreementState
from cocivic_desktop.domain.base import Side, fold
from cocivic_desktop.domain.hours import HourCategory, HourState
from cocivic_desktop.domain.organisations import Person, PersonKind

if TYPE_CHECKING:
    from uuid import UUID

    from cocivic_desktop.domain.activities import Activity, OccurrenceOverride, OccurrenceReply, Participation
    from cocivic_desktop.domain.agreements import (
        Agreement,
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
        ModelPart,
        ResearchQuestion,
    )
    from cocivic_desktop.domain.organisations import Consent, Organisation
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
    from cocivic_desktop.domain.rules.conflicts import Conflict
    from cocivic_desktop.domain.rules.recurrence import Occurrence
    from cocivic_desktop.domain.school_years import CalendarPeriod, LessonTime, SchoolYear, Term
    from cocivic_desktop.domain.surveys import Survey

_SIDES = {
    PersonKind.STAFF: Side.CSO,
    PersonKind.VOLUNTEER: Side.CSO,
    PersonKind.MENTOR: Side.CSO,
    PersonKind.TEACHER: Side.SCHOOL,
    PersonKind.LEADERSHIP: Side.SCHOOL,
    PersonKind.STUDENT: Side.LEARNERS,
}
_ROLE_SIDES = {
    "staff": Side.CSO,
    "volunteer": Side.CSO,
    "mentor": Side.CSO,
    "coordinator": Side.CSO,
    "teacher": Side.SCHOOL,
    "leadership": Side.SCHOOL,
    "student": Side.LEARNERS,
    "learner": Side.LEARNERS,
}


def side_of(kind: PersonKind | None, role: str = "", *, at_ours: bool = False) -> Side:
    """The side whose time it is: by the person's kind, else by where they belong, else by the role.

    A head count (no kind) without a telling role counts as learners: it is how a class is noted down.
    """
    if kind in _SIDES:
        return _SIDES[kind]
    if kind is not None:
        return Side.CSO if at_ours else Side.SCHOOL
    folded = fold(role).strip()
    return next((side for word, side in _ROLE_SIDES.items() if folded.startswith(word)), Side.LEARNERS)


@dataclass(frozen=True, kw_only=True)
class HourTotal:
    """Hours of one person (or of head counts in one role) in one month, category and state.

    `minutes` are heads × minutes; `month` is "YYYY-MM"; `heads` sums head counts, 1 for an entry of a person.
    """

    person_id: UUID | None = None
    kind: PersonKind | None = None
    side: Side = Side.LEARNERS
    role: str = ""
    month: str
    category: HourCategory = HourCategory.DELIVERY
    state: HourState = HourState.LOGGED
    minutes: int = 0
    entries: int = 0
    heads: int = 0
    first_on: date
    last_on: date


@dataclass(frozen=True, kw_only=True)
class VersionInfo:
    """A version of the agreement without its bytes."""

    id: UUID
    number: int
    state: AgreementState
    recipient: str = ""
    shared_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerTotal:
    """The answers from 1 to 5 to one question of one survey. `agreeing` counts those of 4 and 5."""

    survey_id: UUID
    question: str
    count: int
    mean: float
    agreeing: int


@dataclass(frozen=True, kw_only=True)
class AttendanceTotal:
    """Who was present at an activity: distinct people, and distinct learners among them."""

    activity_id: UUID
    people: frozenset[UUID] = frozenset()
    students: frozenset[UUID] = frozenset()


@dataclass(kw_only=True)
class PartnershipView:
    """One partnership with all that belongs to it. Lists hold what is not archived, in their own order."""

    partnership: Partnership
    school: Organisation | None = None
    our_organisation: Organisation | None = None
    organisations: list[PartnershipOrganisation] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    members: list[PartnershipMember] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    readiness: list[ReadinessAnswer] = field(default_factory=list)
    outreach: list[Outreach] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    expectations: list[Expectation] = field(default_factory=list)
    overlaps: list[Overlap] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    goals: list[SharedGoal] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    measurements: list[Measurement] = field(default_factory=list)
    challenges: list[Challenge] = field(default_factory=list)
    team_members: list[TeamMember] = field(default_factory=list)
    coaching_notes: list[CoachingNote] = field(default_factory=list)
    solutions: list[Solution] = field(default_factory=list)
    parts: frozenset[ModelPart] = frozenset()
    """The special parts in use: those its model calls for, and those that were switched on."""
    research_questions: list[ResearchQuestion] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    fellowship_pairs: list[FellowshipPair] = field(default_factory=list)
    competences: list[Competence] = field(default_factory=list)
    badges: list[Badge] = field(default_factory=list)
    badge_awards: list[BadgeAward] = field(default_factory=list)
    crisis_protocols: list[CrisisProtocol] = field(default_factory=list)
    agreement: Agreement | None = None
    clauses: list[Clause] = field(default_factory=list)
    responsibilities: list[Responsibility] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)
    routines: list[CommunicationRoutine] = field(default_factory=list)
    resources: list[Resource] = field(default_factory=list)
    funding: list[FundingItem] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    versions: list[VersionInfo] = field(default_factory=list)
    open_questions: int = 0
    """Questions of the guided interview that nobody has answered, those left for later included."""
    paperwork_processes: int | None = None
    """Processes named in the agreement (`completeness.paperwork_count`); None without an agreement."""
    school_years: list[SchoolYear] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    periods: list[CalendarPeriod] = field(default_factory=list)
    lesson_times: list[LessonTime] = field(default_factory=list)
    teaching_weeks: int | None = None
    """Teaching weeks of the school within the partnership; None when no school year is known."""
    activities: list[Activity] = field(default_factory=list)
    overrides: list[OccurrenceOverride] = field(default_factory=list)
    participations: list[Participation] = field(default_factory=list)
    proposals: list[OccurrenceReply] = field(default_factory=list)
    """Replies to single dates of a series that propose another time."""
    occurrences: list[Occurrence] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    hour_totals: list[HourTotal] = field(default_factory=list)
    attendance: list[AttendanceTotal] = field(default_factory=list)
    surveys: list[Survey] = field(default_factory=list)
    survey_responses: dict[UUID, int] = field(default_factory=dict)
    """Sheets handed in, by survey."""
    survey_answers: list[AnswerTotal] = field(default_factory=list)

    @property
    def id(self) -> UUID:
        """The partnership's key."""
        return self.partnership.id

    @property
    def starts_on(self) -> date | None:
        """First day: of the agreement, else of the partnership."""
        agreed = self.agreement.starts_on if self.agreement else None
        return agreed or self.partnership.starts_on

    @property
    def ends_on(self) -> date | None:
        """Last day: of the agreement, else of the partnership."""
        agreed = self.agreement.ends_on if self.agreement else None
        return agreed or self.partnership.ends_on

    @cached_property
    def people_by_id(self) -> dict[UUID, Person]:
        """People by key."""
        return {person.id: person for person in self.people}

    @cached_property
    def activities_by_id(self) -> dict[UUID, Activity]:
        """Activities by key."""
        return {activity.id: activity for activity in self.activities}

    def side_of_person(self, person_id: UUID | None, role: str = "") -> Side:
        """The side of a person of this partnership; an unknown person counts by the role."""
        person = self.people_by_id.get(person_id) if person_id else None
        if person is None:
            return side_of(None, role)
        ours = self.our_organisation is not None and person.organisation_id == self.our_organisation.id
        return side_of(person.kind, role, at_ours=ours)
