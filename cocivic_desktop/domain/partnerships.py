"""A partnership and what happens in its first stage: readiness, outreach, meetings, expectations."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from cocivic_desktop.domain.base import Entity, Side, long_text, reference


class Stage(StrEnum):
    """The six stages of the journey, in order. Stages guide, they never lock."""

    INITIATE = "initiate"
    GOALS = "goals"
    AGREEMENT = "agreement"
    CALENDAR = "calendar"
    HOURS = "hours"
    EVALUATE = "evaluate"


class PipelineState(StrEnum):
    IDEA = "idea"
    CONTACTED = "contacted"
    MEETING = "meeting"
    EXPLORING = "exploring"
    AGREED = "agreed"
    NOT_NOW = "not_now"


@dataclass(kw_only=True, eq=False)
class Partnership(Entity):
    """One cooperation between our organisation and a school (further partners: `PartnershipOrganisation`)."""

    title: str
    school_id: UUID = reference("Organisation")
    model: str = ""
    """Code of the model of cooperation it started from (`resources/models/<code>.toml`)."""
    pipeline: PipelineState = PipelineState.IDEA
    not_now_reason: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    coordinator_id: UUID | None = reference("Person", optional=True)
    next_contact_on: date | None = None
    student_count: int | None = None
    minors: bool = True
    """Whether learners under 18 take part; decides over safeguarding clauses and reminders."""
    summary: str = long_text()
    hour_categories: list[str] = field(default_factory=list)
    parts: dict[str, bool] = field(default_factory=dict)
    """Special parts (`model_parts.ModelPart`) that were switched on or off, against what the model says."""


@dataclass(kw_only=True, eq=False)
class PartnershipOrganisation(Entity):
    """A further partner organisation in a partnership."""

    partnership_id: UUID = reference("Partnership", owned=True)
    organisation_id: UUID = reference("Organisation")
    part: str = ""


@dataclass(kw_only=True, eq=False)
class PartnershipMember(Entity):
    """A person's role in a partnership (`role` in the coordinator's words, e.g. mentor, steering group)."""

    partnership_id: UUID = reference("Partnership", owned=True)
    person_id: UUID = reference("Person", owned=True)
    role: str = ""
    is_contact: bool = False
    hours_capacity: float | None = None


class ReadinessAnswerValue(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(kw_only=True, eq=False)
class ReadinessAnswer(Entity):
    """One answer of the CSO's self-check or of the know-the-school checklist.

    `question` is a code of `resources/guidance/<lang>/readiness.toml`.
    """

    partnership_id: UUID = reference("Partnership", owned=True)
    question: str
    answer: ReadinessAnswerValue = ReadinessAnswerValue.UNKNOWN
    remark: str = long_text()


class OutreachKind(StrEnum):
    CALL = "call"
    EMAIL = "email"
    LETTER = "letter"
    VISIT = "visit"
    EVENT = "event"


@dataclass(kw_only=True, eq=False)
class Outreach(Entity):
    """One contact with a school: a call, a letter, a visit."""

    partnership_id: UUID = reference("Partnership", owned=True)
    happened_on: date
    kind: OutreachKind = OutreachKind.CALL
    person_id: UUID | None = reference("Person", optional=True)
    outcome: str = long_text()
    next_contact_on: date | None = None


class MeetingKind(StrEnum):
    EXPLORATORY = "exploratory"
    GOALS = "goals"
    STEERING = "steering"
    CHECK_IN = "check_in"
    FEEDBACK = "feedback"
    OTHER = "other"


class AgendaKind(StrEnum):
    """What an item of an agenda is about."""

    TOPIC = "topic"
    READINESS = "readiness"
    EXPECTATION = "expectation"
    QUESTION = "question"
    TASK = "task"


@dataclass(kw_only=True)
class AgendaItem:
    """One item of a meeting's agenda, with what was answered.

    `about` names what the answer settles: a code of the readiness questions or of the interview's questions, or the
    id of an expectation or a task. `settled` is the answer as a readiness value, once it is known.
    """

    text: str
    kind: AgendaKind = AgendaKind.TOPIC
    about: str = ""
    answer: str = ""
    settled: ReadinessAnswerValue | None = None


@dataclass(kw_only=True, eq=False)
class Meeting(Entity):
    """A meeting's content. Its date, place and people are those of its activity in the calendar."""

    partnership_id: UUID = reference("Partnership", owned=True)
    activity_id: UUID | None = reference("Activity", optional=True)
    kind: MeetingKind = MeetingKind.EXPLORATORY
    held_on: date | None = None
    with_leadership: bool = False
    agenda: list[AgendaItem] = field(default_factory=list)
    participants: str = long_text()
    minutes: str = long_text()
    decisions: str = long_text()


@dataclass(kw_only=True, eq=False)
class Task(Entity):
    """Something somebody has promised to do by a date."""

    partnership_id: UUID = reference("Partnership", owned=True)
    meeting_id: UUID | None = reference("Meeting", optional=True)
    title: str
    owner_id: UUID | None = reference("Person", optional=True)
    due_on: date | None = None
    done_on: date | None = None
    position: int = 0
    activity_id: UUID | None = reference("Activity", optional=True)
    """The activity in the calendar at which it is done."""


class ExpectationKind(StrEnum):
    EXPECTS = "expects"
    OFFERS = "offers"


class MatchState(StrEnum):
    OPEN = "open"
    MATCHED = "matched"
    MISMATCHED = "mismatched"
    RESOLVED = "resolved"


@dataclass(kw_only=True, eq=False)
class Expectation(Entity):
    """What one side expects or offers; a mismatch needs a resolution."""

    partnership_id: UUID = reference("Partnership", owned=True)
    side: Side
    kind: ExpectationKind = ExpectationKind.EXPECTS
    text: str
    state: MatchState = MatchState.OPEN
    matched_with_id: UUID | None = reference("Expectation", optional=True)
    resolution: str = long_text()
    position: int = 0


@dataclass(kw_only=True, eq=False)
class Overlap(Entity):
    """Common ground of one of our mission themes and one of the school's objectives."""

    partnership_id: UUID = reference("Partnership", owned=True)
    theme: str
    objective: str
    common_ground: str = long_text()
    strength: int = 0
    """0 none, 1 some, 2 strong."""


class NoteKind(StrEnum):
    NOTE = "note"
    LESSON_LEARNED = "lesson_learned"
    FEEDBACK = "feedback"
    MEDIA = "media"
    COMMUNITY = "community"


@dataclass(kw_only=True, eq=False)
class Note(Entity):
    """A dated note: lesson learned, feedback, media coverage, community resonance."""

    partnership_id: UUID | None = reference("Partnership", optional=True, owned=True)
    kind: NoteKind = NoteKind.NOTE
    noted_on: date | None = None
    title: str = ""
    text: str = long_text()
    source: str = ""
