"""What single models of cooperation need besides the common parts: intake, selection, pairs, competences, protocols."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from cocivic_desktop.domain.base import Entity, long_text, reference


class ModelPart(StrEnum):
    """A part of the pages that only some models need; a model's file names those it calls for."""

    RESEARCH_INTAKE = "research_intake"
    SELECTION = "selection"
    FELLOWSHIP = "fellowship"
    COMPETENCES = "competences"
    BADGES = "badges"
    CRISIS_PROTOCOL = "crisis_protocol"


class IntakeState(StrEnum):
    """Where a research question stands, from intake to the decision (science shop)."""

    RECEIVED = "received"
    IN_REVIEW = "in_review"
    ACCEPTED = "accepted"
    REFERRED = "referred"
    DECLINED = "declined"


class ResearchResult(StrEnum):
    """What the one who asked will hold in hand."""

    REPORT = "report"
    POLICY_BRIEF = "policy_brief"
    PRESENTATION = "presentation"
    TOOL = "tool"
    OTHER = "other"


@dataclass(kw_only=True, eq=False)
class ResearchQuestion(Entity):
    """A CSO's question to a science shop: intake, review, student team's supervision, result.

    `review` holds the answer to each criterion of the intake review (`resources/guidance/<lang>/intake.toml`):
    "yes", "partly", "no" or "unknown", keyed by the criterion's code.
    """

    partnership_id: UUID = reference("Partnership", owned=True)
    position: int = 0
    title: str
    asked_by: str = ""
    received_on: date | None = None
    background: str = long_text()
    knowledge_needed: str = long_text()
    use_of_result: str = long_text()
    result: ResearchResult = ResearchResult.REPORT
    needed_by: date | None = None
    state: IntakeState = IntakeState.RECEIVED
    review: dict[str, str] = field(default_factory=dict)
    reviewer_id: UUID | None = reference("Person", optional=True)
    reviewed_on: date | None = None
    decision_reason: str = long_text()
    supervisor_id: UUID | None = reference("Person", optional=True)
    challenge_id: UUID | None = reference("Challenge", optional=True)
    delivered_on: date | None = None


class Selection(StrEnum):
    """Where a candidate stands in the selection of participants."""

    APPLIED = "applied"
    SHORTLISTED = "shortlisted"
    SELECTED = "selected"
    RESERVE = "reserve"
    NOT_SELECTED = "not_selected"
    WITHDRAWN = "withdrawn"


@dataclass(kw_only=True, eq=False)
class Candidate(Entity):
    """Somebody who wants to take part in a fellowship: a person, or just a label such as initials or a code.

    `scores` rates each criterion of the selection from 1 (weak) to 5 (strong), keyed by the criterion's code.
    """

    partnership_id: UUID = reference("Partnership", owned=True)
    position: int = 0
    person_id: UUID | None = reference("Person", optional=True, owned=True)
    label: str = ""
    applied_on: date | None = None
    motivation: str = long_text()
    scores: dict[str, int] = field(default_factory=dict)
    selection: Selection = Selection.APPLIED
    decided_on: date | None = None
    remark: str = long_text()


class HubPhase(StrEnum):
    """Phases of a co-creation hub (SEHUBS)."""

    CREATIVE = "creative"
    TESTING = "testing"
    UP_SCALING = "up_scaling"


@dataclass(kw_only=True, eq=False)
class FellowshipPair(Entity):
    """A fellow and the host who takes them along: where, when, what is to be learnt, what came of it."""

    partnership_id: UUID = reference("Partnership", owned=True)
    position: int = 0
    candidate_id: UUID = reference("Candidate", owned=True)
    host_organisation_id: UUID | None = reference("Organisation", optional=True)
    host_id: UUID | None = reference("Person", optional=True)
    phase: HubPhase = HubPhase.CREATIVE
    starts_on: date | None = None
    ends_on: date | None = None
    learning_plan: str = long_text()
    outcome: str = long_text()


@dataclass(kw_only=True, eq=False)
class Competence(Entity):
    """One competence of the partnership's framework, with what shows it."""

    partnership_id: UUID = reference("Partnership", owned=True)
    position: int = 0
    area: str = ""
    name: str
    description: str = long_text()
    evidence: str = long_text()


@dataclass(kw_only=True, eq=False)
class Badge(Entity):
    """A micro-credential: what it certifies, the criteria for earning it, and who awards it.

    `competences` holds the ids of its competences as text; `workload_hours` is what a learner spends on it.
    """

    partnership_id: UUID = reference("Partnership", owned=True)
    position: int = 0
    title: str
    description: str = long_text()
    criteria: list[str] = field(default_factory=list)
    competences: list[str] = field(default_factory=list)
    assessed_by: str = ""
    awarded_by: str = ""
    workload_hours: float | None = None


@dataclass(kw_only=True, eq=False)
class BadgeAward(Entity):
    """A badge that somebody works towards or has earned: a person, or just a label such as initials or a code."""

    badge_id: UUID = reference("Badge", owned=True)
    person_id: UUID | None = reference("Person", optional=True, owned=True)
    label: str = ""
    criteria_met: list[str] = field(default_factory=list)
    awarded_on: date | None = None
    evidence: str = long_text()


@dataclass(kw_only=True, eq=False)
class CrisisProtocol(Entity):
    """Where the school's crisis protocol lies and who is called first. It never describes a case.

    Source: school social work as in the Pécs model; no free text on health or safeguarding (quality.md, privacy).
    """

    partnership_id: UUID = reference("Partnership", owned=True)
    position: int = 0
    title: str
    kept_at: str = ""
    version_on: date | None = None
    first_contact_id: UUID | None = reference("Person", optional=True)
    second_contact_id: UUID | None = reference("Person", optional=True)
    phone: str = ""
    covers: list[str] = field(default_factory=list)
    staff_informed_on: date | None = None
    review_on: date | None = None


@dataclass(kw_only=True, eq=False)
class OwnModel(Entity):
    """A model of cooperation of our own, in the same TOML form as those in `resources/models`."""

    code: str
    title: str
    content: str = field(default="", metadata={"length": 200_000})
