"""Agreements: clauses, responsibilities, commitments, versions, signatures."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from cocivic_desktop.domain.base import Entity, Language, Side, long_text, reference


class AgreementKind(StrEnum):
    MOU = "mou"
    CHARTER = "charter"
    CONTRACT = "contract"


class AgreementState(StrEnum):
    DRAFT = "draft"
    SHARED = "shared"
    AGREED = "agreed"
    SIGNED = "signed"
    AMENDED = "amended"
    ENDED = "ended"


class FollowKind(StrEnum):
    """How an agreement follows another one."""

    AMENDMENT = "amendment"
    RENEWAL = "renewal"


@dataclass(kw_only=True, eq=False)
class Agreement(Entity):
    """A memorandum of understanding, project charter or partnership contract of one partnership.

    `answers` holds what the guided interview has learnt, keyed by question code
    (`resources/documents/questions.toml`): text, bool or int.
    """

    partnership_id: UUID = reference("Partnership", owned=True)
    kind: AgreementKind = AgreementKind.MOU
    title: str = ""
    state: AgreementState = AgreementState.DRAFT
    language: Language = Language.ENGLISH
    starts_on: date | None = None
    ends_on: date | None = None
    notice_days: int = 14
    """Days of notice for planning or moving a session."""
    answers: dict[str, str | bool | int] = field(default_factory=dict)
    end_reason: str = long_text()
    second_language: Language | None = None
    """The language beside the first one in a bilingual document."""
    follows_id: UUID | None = reference("Agreement", optional=True)
    """The signed agreement that this one amends or renews."""
    follows_as: FollowKind | None = None


class ClauseState(StrEnum):
    NOT_ADDRESSED = "not_addressed"
    UNDER_DISCUSSION = "under_discussion"
    AGREED = "agreed"
    WAIVED = "waived"


@dataclass(kw_only=True, eq=False)
class Clause(Entity):
    """One numbered part of an agreement.

    `code` names the library clause it came from ("" for an own one). `titles` and `texts` are keyed by
    language and hold the wording as it was taken from the library or written; a paragraph per line.
    A later change of the library never changes them silently.
    """

    agreement_id: UUID = reference("Agreement", owned=True)
    position: int = 0
    code: str = ""
    topic: str = ""
    alternative: str = ""
    titles: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    included: bool = True
    state: ClauseState = ClauseState.NOT_ADDRESSED
    waive_reason: str = long_text()
    remark: str = long_text()
    library_hashes: dict[str, str] = field(default_factory=dict)
    """SHA-256 of the library's wording as it was taken, keyed by language: tells own edits from library updates."""


class ResponsibilityPart(StrEnum):
    LEADS = "leads"
    SUPPORTS = "supports"
    INFORMED = "informed"
    NONE = "none"


@dataclass(kw_only=True, eq=False)
class Responsibility(Entity):
    """One row of the matrix: a task, each side's part in it, and by when."""

    agreement_id: UUID = reference("Agreement", owned=True)
    position: int = 0
    task: str
    area: str = ""
    cso: ResponsibilityPart = ResponsibilityPart.LEADS
    school: ResponsibilityPart = ResponsibilityPart.SUPPORTS
    by_when: str = ""


class CommitmentUnit(StrEnum):
    """How often `minutes` are promised."""

    TOTAL = "total"
    PER_TEACHING_WEEK = "per_teaching_week"
    PER_MONTH = "per_month"
    PER_SESSION = "per_session"


@dataclass(kw_only=True, eq=False)
class Commitment(Entity):
    """Time promised by a party in a role over a period: whole `minutes` per `unit`, for all people together."""

    agreement_id: UUID = reference("Agreement", owned=True)
    position: int = 0
    side: Side = Side.CSO
    role: str = ""
    minutes: int = 0
    unit: CommitmentUnit = CommitmentUnit.TOTAL
    starts_on: date | None = None
    ends_on: date | None = None
    remark: str = ""
    clause_id: UUID | None = reference("Clause", optional=True)
    """The clause that makes the promise; by default the one on time commitments."""


class RoutineKind(StrEnum):
    """What happens again and again."""

    STEERING = "steering"
    CHECK_IN = "check_in"
    REPORT = "report"
    REVIEW = "review"
    OTHER = "other"


class RoutineRhythm(StrEnum):
    """How often; `count` of a routine is the number within one of these."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    PER_TERM = "per_term"
    PER_YEAR = "per_year"
    ONCE = "once"


@dataclass(kw_only=True, eq=False)
class CommunicationRoutine(Entity):
    """One row of the communication routine: a meeting, check-in or report that the agreement promises."""

    agreement_id: UUID = reference("Agreement", owned=True)
    position: int = 0
    kind: RoutineKind = RoutineKind.CHECK_IN
    title: str
    rhythm: RoutineRhythm = RoutineRhythm.MONTHLY
    count: int = 1
    duration_minutes: int = 30
    channel: str = ""
    person_cso_id: UUID | None = reference("Person", optional=True)
    person_school_id: UUID | None = reference("Person", optional=True)
    due_on: date | None = None
    """Day by which it is due, where it happens once."""
    remark: str = ""
    clause_id: UUID | None = reference("Clause", optional=True)


class ResourceKind(StrEnum):
    ROOM = "room"
    EQUIPMENT = "equipment"
    MATERIAL = "material"
    TRANSPORT = "transport"
    OTHER = "other"


@dataclass(kw_only=True, eq=False)
class Resource(Entity):
    """One thing that a side brings in kind: a room, equipment, material, transport."""

    agreement_id: UUID = reference("Agreement", owned=True)
    position: int = 0
    kind: ResourceKind = ResourceKind.ROOM
    title: str
    quantity: str = ""
    provided_by: Side = Side.SCHOOL
    available: str = ""
    remark: str = ""
    clause_id: UUID | None = reference("Clause", optional=True)


@dataclass(kw_only=True, eq=False)
class FundingItem(Entity):
    """One cost and who bears it. `amount_cents` is in hundredths of `currency` (ISO 4217)."""

    agreement_id: UUID = reference("Agreement", owned=True)
    position: int = 0
    title: str
    amount_cents: int | None = None
    currency: str = "EUR"
    paid_by: Side = Side.CSO
    source: str = ""
    due_on: date | None = None
    remark: str = ""
    clause_id: UUID | None = reference("Clause", optional=True)


@dataclass(kw_only=True, eq=False)
class AgreementVersion(Entity):
    """A version exactly as it left: the DOCX bytes, their SHA-256, and to whom it went."""

    agreement_id: UUID = reference("Agreement", owned=True)
    number: int
    language: str = "en"
    state: AgreementState = AgreementState.SHARED
    recipient: str = ""
    shared_at: datetime | None = None
    sha256: str = ""
    content: bytes = b""
    remark: str = long_text()
    second_language: str = ""


@dataclass(kw_only=True, eq=False)
class Signature(Entity):
    """Who signs for which side, and when it was signed."""

    agreement_id: UUID = reference("Agreement", owned=True)
    side: Side
    name: str = ""
    position_held: str = ""
    place: str = ""
    signed_on: date | None = None
    position: int = 0


@dataclass(kw_only=True, eq=False)
class Attachment(Entity):
    """A file kept with an agreement version, such as a signed scan."""

    agreement_id: UUID = reference("Agreement", owned=True)
    agreement_version_id: UUID | None = reference("AgreementVersion", optional=True)
    file_name: str
    media_type: str = ""
    sha256: str = ""
    content: bytes = b""


class ReturnedPlace(StrEnum):
    """Where in a returned document something was changed."""

    CLAUSE = "clause"
    TABLE = "table"
    SIGNATURES = "signatures"
    HEADER = "header"
    UNMAPPED = "unmapped"


class ReturnedKind(StrEnum):
    """What was done there."""

    REPLACED = "replaced"
    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED = "moved"
    RETITLED = "retitled"
    COMMENTED = "commented"


class Decision(StrEnum):
    """What became of a proposed change."""

    OPEN = "open"
    TAKEN = "taken"
    REFUSED = "refused"


@dataclass(kw_only=True, eq=False)
class ReturnedDocument(Entity):
    """A document that came back from the other side, byte for byte, and the version it answers."""

    agreement_id: UUID = reference("Agreement", owned=True)
    agreement_version_id: UUID | None = reference("AgreementVersion", optional=True)
    file_name: str
    received_on: date | None = None
    received_from: str = ""
    sha256: str = ""
    content: bytes = b""


@dataclass(kw_only=True, eq=False)
class ReturnedChange(Entity):
    """One change or comment in a returned document, and the decision on it."""

    returned_document_id: UUID = reference("ReturnedDocument", owned=True)
    position: int = 0
    clause_id: UUID | None = reference("Clause", optional=True)
    place: ReturnedPlace = ReturnedPlace.CLAUSE
    kind: ReturnedKind = ReturnedKind.REPLACED
    language: str = ""
    paragraph: int | None = None
    """Paragraph of the clause's text as it left, counted from 0; None for the title or where none is known."""
    before: str = long_text()
    after: str = long_text()
    author: str = ""
    made_at: datetime | None = None
    comment: str = long_text()
    decision: Decision = Decision.OPEN
    decided_on: date | None = None
    remark: str = long_text()
