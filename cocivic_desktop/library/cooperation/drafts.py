"""What a model of cooperation brings to a partnership: goals, expectations, roles, a plan and more, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import time

    from cocivic_desktop.domain.activities import ActivityKind, RecurrenceEnd
    from cocivic_desktop.domain.agreements import (
        AgreementKind,
        CommitmentUnit,
        ResourceKind,
        ResponsibilityPart,
        RoutineKind,
        RoutineRhythm,
    )
    from cocivic_desktop.domain.base import Side
    from cocivic_desktop.domain.goals import GoalTheme
    from cocivic_desktop.domain.hours import HourCategory
    from cocivic_desktop.domain.model_parts import ModelPart
    from cocivic_desktop.domain.organisations import OrganisationKind
    from cocivic_desktop.domain.partnerships import ExpectationKind, MeetingKind

Text = Mapping[str, str]
"""A text by language; the language of the file is always there (English in those that came with the program)."""

AREAS: Final = (
    "facilitation", "reporting", "materials", "monitoring", "transport", "insurance", "communication",
    "supervision", "safeguarding", "health_safety", "resources", "funding", "recognition",
)  # fmt: skip
"""Areas of the responsibility matrix."""


class SpecialClause(StrEnum):
    """What a model may say of a clause of the library beside the answers that decide about it."""

    ADD = "add"
    LEAVE_OUT = "leave_out"


@dataclass(frozen=True, kw_only=True)
class Case:
    """A cooperation of this kind that exists: who, what, with what result, and where to read of it."""

    who: Text
    what: Text
    result: Text
    source: Text


@dataclass(frozen=True, kw_only=True)
class GoalDraft:
    """A goal to begin with."""

    statement: Text
    theme: GoalTheme
    benefit_cso: Text
    benefit_school: Text
    benefit_learners: Text
    curriculum_link: Text
    mission_link: Text


@dataclass(frozen=True, kw_only=True)
class ExpectationDraft:
    """What one side usually expects or offers."""

    side: Side
    kind: ExpectationKind
    text: Text


@dataclass(frozen=True, kw_only=True)
class Role:
    """Somebody the cooperation needs, on one side."""

    side: Side
    name: Text
    text: Text


@dataclass(frozen=True, kw_only=True)
class ResponsibilityDraft:
    """A row of the responsibility matrix."""

    area: str
    task: Text
    cso: ResponsibilityPart
    school: ResponsibilityPart
    by_when: Text


@dataclass(frozen=True, kw_only=True)
class CommitmentDraft:
    """Whole minutes promised by a role per `unit`."""

    side: Side
    role: Text
    minutes: int
    unit: CommitmentUnit
    remark: Text


@dataclass(frozen=True, kw_only=True)
class RoutineDraft:
    """A row of the communication routine: `count` times per `rhythm`, whole minutes each."""

    kind: RoutineKind
    title: Text
    rhythm: RoutineRhythm
    count: int
    minutes: int
    channel: Text
    remark: Text


@dataclass(frozen=True, kw_only=True)
class ResourceDraft:
    """Something that a side brings in kind."""

    kind: ResourceKind
    title: Text
    provided_by: Side
    quantity: Text
    available: Text
    remark: Text


@dataclass(frozen=True, kw_only=True)
class CostDraft:
    """A cost and who bears it; `cents` are hundredths of `currency` (ISO 4217), None where nobody knows yet."""

    title: Text
    cents: int | None
    currency: str
    paid_by: Side
    source: Text
    remark: Text


@dataclass(frozen=True, kw_only=True)
class CompetenceDraft:
    """A competence of the framework, with what shows it."""

    area: Text
    name: Text
    description: Text
    evidence: Text


@dataclass(frozen=True, kw_only=True)
class BadgeDraft:
    """A badge with its criteria; `competences` are numbers of the model's competences, from 1."""

    title: Text
    description: Text
    criteria: Mapping[str, tuple[str, ...]]
    competences: tuple[int, ...]
    hours: float | None


@dataclass(frozen=True, kw_only=True)
class ActivityDraft:
    """An activity of the skeleton.

    `week` counts teaching weeks from the partnership's start (1 is the first) or from its end (-1 is the last).
    With `every`, it recurs every so many weeks on `weekdays` until `ends`. `goal` is the number of a goal, from 1.
    """

    title: Text
    kind: ActivityKind
    week: int
    weekday: int
    start_time: time | None
    minutes: int
    every: int
    weekdays: tuple[int, ...]
    ends: RecurrenceEnd
    count: int | None
    place: Text
    description: Text
    preparation_minutes: int
    goal: int
    meeting: MeetingKind | None


@dataclass(frozen=True, kw_only=True)
class ChallengeDraft:
    """A challenge to rewrite with one's own need."""

    title: Text
    social_need: Text
    question: Text
    constraints: Text
    learning_objectives: Text
    goal: int


@dataclass(frozen=True, kw_only=True)
class IndicatorDraft:
    """An indicator of the catalogue with a target to begin with; `goal` is the number of a goal, 0 for none."""

    code: str
    target: float | None
    goal: int


@dataclass(frozen=True, kw_only=True)
class ChecklistDraft:
    """Things to see to by a week, counted as in `ActivityDraft`; each becomes a task. Week 0 has no day."""

    title: Text
    week: int
    items: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class OwnClauseDraft:
    """A clause that is not in the library."""

    title: Text
    text: Text


@dataclass(frozen=True, kw_only=True)
class Model:
    """A model of cooperation. `answers` are those of the agreement's interview that the model implies."""

    code: str
    title: Text
    summary: Text
    source: Text
    for_whom: Text
    guidance: Mapping[str, tuple[str, ...]]
    cases: tuple[Case, ...]
    agreement_kind: AgreementKind
    partner_kinds: tuple[OrganisationKind, ...]
    minors: bool
    hour_categories: tuple[HourCategory, ...]
    answers: Mapping[str, str | bool | int] = field(default_factory=dict)
    clauses: Mapping[str, SpecialClause] = field(default_factory=dict)
    goals: tuple[GoalDraft, ...] = ()
    expectations: tuple[ExpectationDraft, ...] = ()
    roles: tuple[Role, ...] = ()
    responsibilities: tuple[ResponsibilityDraft, ...] = ()
    commitments: tuple[CommitmentDraft, ...] = ()
    activities: tuple[ActivityDraft, ...] = ()
    challenges: tuple[ChallengeDraft, ...] = ()
    indicators: tuple[IndicatorDraft, ...] = ()
    checklists: tuple[ChecklistDraft, ...] = ()
    own_clauses: tuple[OwnClauseDraft, ...] = ()
    routines: tuple[RoutineDraft, ...] = ()
    resources: tuple[ResourceDraft, ...] = ()
    costs: tuple[CostDraft, ...] = ()
    competences: tuple[CompetenceDraft, ...] = ()
    badges: tuple[BadgeDraft, ...] = ()
    parts: tuple[ModelPart, ...] = ()
    language: str = "en"
    """The language in which every text is there."""
