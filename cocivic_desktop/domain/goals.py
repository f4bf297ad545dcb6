"""Shared goals with their indicators, and the challenges put to student teams."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from cocivic_desktop.domain.base import Entity, long_text, reference


class GoalTheme(StrEnum):
    EMPLOYABILITY = "employability"
    CITIZENSHIP = "citizenship"
    SUSTAINABILITY = "sustainability"
    INCLUSION = "inclusion"
    DIGITAL = "digital"
    HEALTH = "health"
    CULTURE = "culture"
    OTHER = "other"


@dataclass(kw_only=True, eq=False)
class SharedGoal(Entity):
    """A goal written by both sides, with a benefit for each and each side's assent."""

    partnership_id: UUID = reference("Partnership", owned=True)
    position: int = 0
    statement: str = long_text()
    theme: GoalTheme = GoalTheme.CITIZENSHIP
    benefit_cso: str = long_text()
    benefit_school: str = long_text()
    benefit_learners: str = long_text()
    curriculum_link: str = long_text()
    mission_link: str = long_text()
    mission_diversion: str = long_text()
    owner_cso_id: UUID | None = reference("Person", optional=True)
    owner_school_id: UUID | None = reference("Person", optional=True)
    target_on: date | None = None
    agreed_cso_on: date | None = None
    agreed_cso_by: str = ""
    agreed_school_on: date | None = None
    agreed_school_by: str = ""


class IndicatorMeans(StrEnum):
    """Where a value comes from: computed from data, a survey or dialogue, or entered by hand."""

    COMPUTED = "computed"
    SURVEY = "survey"
    MANUAL = "manual"


class IndicatorAspect(StrEnum):
    """The four aspects of the handbook's evaluation framework (chapter 7)."""

    GOALS = "goals"
    EFFICIENCY = "efficiency"
    MISSION = "mission"
    CAPABILITIES = "capabilities"


@dataclass(kw_only=True, eq=False)
class Indicator(Entity):
    """Something measured, from the catalogue (`code`) or own, with baseline and target in `unit`."""

    partnership_id: UUID = reference("Partnership", owned=True)
    goal_id: UUID | None = reference("SharedGoal", optional=True)
    code: str = ""
    aspect: IndicatorAspect = IndicatorAspect.GOALS
    name: str = ""
    unit: str = ""
    means: IndicatorMeans = IndicatorMeans.MANUAL
    baseline: float | None = None
    target: float | None = None
    position: int = 0
    measured_how: str = ""
    """Means of measurement in plain words, e.g. "questionnaire for teachers in May"."""
    clause_id: UUID | None = reference("Clause", optional=True)
    """The clause whose promise it answers to."""


@dataclass(kw_only=True, eq=False)
class Measurement(Entity):
    """One value of an indicator at one date, with its source."""

    indicator_id: UUID = reference("Indicator", owned=True)
    measured_on: date
    value: float
    source: str = ""


class ChallengePhase(StrEnum):
    UNDERSTAND = "understand"
    IDEATE = "ideate"
    BUILD = "build"
    SHOW = "show"
    REFLECT = "reflect"


@dataclass(kw_only=True, eq=False)
class Challenge(Entity):
    """A social need put to a student team as a question (project-based learning, handbook chapter 4)."""

    partnership_id: UUID = reference("Partnership", owned=True)
    goal_id: UUID | None = reference("SharedGoal", optional=True)
    position: int = 0
    title: str
    social_need: str = long_text()
    question: str = long_text()
    constraints: str = long_text()
    mission_link: str = long_text()
    learning_objectives: str = long_text()
    mentor_id: UUID | None = reference("Person", optional=True)
    teacher_id: UUID | None = reference("Person", optional=True)
    phase: ChallengePhase = ChallengePhase.UNDERSTAND
    phase_dates: dict[str, str] = field(default_factory=dict)
    """ISO date by which each phase ends, keyed by phase."""
    curriculum_link: str = long_text()


def phase_ends(challenge: Challenge) -> dict[ChallengePhase, date]:
    """The days by which a challenge's phases end, in the order of the phases, as far as they are set."""
    found = {}
    for phase in ChallengePhase:
        try:
            found[phase] = date.fromisoformat(challenge.phase_dates.get(phase, ""))
        except ValueError:
            continue
    return found


@dataclass(kw_only=True, eq=False)
class TeamMember(Entity):
    """A learner in a challenge's team: a person, or just a label such as initials or a code."""

    challenge_id: UUID = reference("Challenge", owned=True)
    person_id: UUID | None = reference("Person", optional=True, owned=True)
    label: str = ""


@dataclass(kw_only=True, eq=False)
class CoachingNote(Entity):
    """What a mentor or teacher noted about a challenge's team on a day, and what was agreed next."""

    challenge_id: UUID = reference("Challenge", owned=True)
    noted_on: date
    phase: ChallengePhase = ChallengePhase.UNDERSTAND
    author_id: UUID | None = reference("Person", optional=True)
    text: str = long_text()
    next_step: str = ""


class SolutionKind(StrEnum):
    IDEA = "idea"
    SOLUTION = "solution"


@dataclass(kw_only=True, eq=False)
class Solution(Entity):
    """An idea or solution of a team, rated for usefulness from 1 (none) to 5 (adopted as it is)."""

    challenge_id: UUID = reference("Challenge", owned=True)
    title: str
    description: str = long_text()
    usefulness: int | None = None
    adopted: bool = False
    shown_on: date | None = None
    kind: SolutionKind = SolutionKind.SOLUTION
    adoption: str = long_text()
    """How and by whom it is used, or why not."""
