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
