"""Models of cooperation: data files from which a partnership starts (`resources/models/<code>.toml`).

Adding a model is adding a file. Each file is checked on its own when it is read; a broken one is reported with
its name and field, and leaves the others loading.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final

from cocivic_desktop import paths
from cocivic_desktop.domain.activities import ActivityKind, RecurrenceEnd
from cocivic_desktop.domain.agreements import AgreementKind, CommitmentUnit, ResponsibilityPart
from cocivic_desktop.domain.base import LONG_TEXT, SHORT_TEXT, Side
from cocivic_desktop.domain.errors import NotFound
from cocivic_desktop.domain.goals import GoalTheme
from cocivic_desktop.domain.hours import HourCategory
from cocivic_desktop.domain.organisations import OrganisationKind
from cocivic_desktop.domain.partnerships import ExpectationKind, MeetingKind
from cocivic_desktop.library.tables import Table

if TYPE_CHECKING:
    from pathlib import Path

Text = Mapping[str, str]
"""A text by language; English is always there."""

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
class Model:
    """A model of cooperation. `answers` are those of the agreement's interview that the model implies."""

    code: str
    title: Text
    summary: Text
    source: Text
    for_whom: Text
    guidance: Mapping[str, tuple[str, ...]]
    case: Case
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


@dataclass(frozen=True)
class ModelProblem:
    """What is wrong in a model's file. `field` is such as "goals[2].statement.en", or "" for the file as a whole."""

    file: str
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.field}: {self.message}" if self.field else f"{self.file}: {self.message}"


@dataclass(frozen=True)
class Models:
    """The models that could be read, by title, and what was wrong in the others."""

    models: tuple[Model, ...]
    problems: tuple[ModelProblem, ...]


@cache
def models() -> Models:
    """All models that came with the program."""
    return read_models(paths.resources() / "models")


def model(code: str) -> Model:
    """One model. Raises NotFound."""
    for candidate in models().models:
        if candidate.code == code:
            return candidate
    known = ", ".join(candidate.code for candidate in models().models)
    raise NotFound(f"There is no model of cooperation “{code}”. There are: {known}.")


def text_in(text: Text, language: str) -> str:
    """A text in `language`, else in English."""
    return text.get(language) or text.get("en", "")


def read_models(folder: Path) -> Models:
    """The models in a folder. A file that cannot be used is reported and left out."""
    found: list[Model] = []
    problems: list[ModelProblem] = []
    for path in sorted(folder.glob("*.toml")):
        read, wrong = read_model(path)
        problems += wrong
        if read is not None:
            found.append(read)
    found.sort(key=lambda one: text_in(one.title, "en").casefold())
    return Models(tuple(found), tuple(problems))


def read_model(path: Path) -> tuple[Model | None, list[ModelProblem]]:
    """One model's file, with everything that is wrong in it; the model is None when anything is."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        return None, [ModelProblem(path.name, "", f"cannot be read ({error.strerror})")]
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return None, [ModelProblem(path.name, "", f"is not valid TOML: {error}")]
    table = Table(data)
    read = _model(table)
    if table.problems == [] and read.code != path.stem:
        table.report("code", f"must be the file's name, “{path.stem}”")
    problems = [ModelProblem(path.name, where, message) for where, message in table.problems]
    return (None if problems else read), problems


def _model(table: Table) -> Model:
    code = table.word("code")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", code):
        table.report("code", "may hold small letters, digits and _ only")
    goals = tuple(_goal(entry) for entry in table.tables("goals", least=1))
    count = len(goals)
    read = Model(
        code=code,
        title=table.text("title", SHORT_TEXT),
        summary=table.text("summary", LONG_TEXT),
        source=table.text("source", SHORT_TEXT),
        for_whom=table.text("for_whom", LONG_TEXT),
        guidance=table.texts("guidance"),
        case=_case(table.table("case")),
        agreement_kind=table.choice("agreement_kind", AgreementKind, AgreementKind.MOU),
        partner_kinds=table.choices("partner_kinds", OrganisationKind),
        minors=table.flag("minors"),
        hour_categories=table.choices("hour_categories", HourCategory),
        answers=table.answers("answers"),
        clauses=_clauses(table.table("clauses", needed=False)),
        goals=goals,
        expectations=tuple(_expectation(entry) for entry in table.tables("expectations", least=3)),
        roles=tuple(_role(entry) for entry in table.tables("roles", least=2)),
        responsibilities=tuple(_responsibility(entry) for entry in table.tables("responsibilities", least=1)),
        commitments=tuple(_commitment(entry) for entry in table.tables("commitments", least=1)),
        activities=tuple(_activity(entry, count) for entry in table.tables("activities", least=1)),
        challenges=tuple(_challenge(entry, count) for entry in table.tables("challenges")),
        indicators=tuple(_indicator(entry, count) for entry in table.tables("indicators", least=1)),
    )
    table.nothing_else()
    sides = {expectation.side for expectation in read.expectations}
    for side in Side:
        if side not in sides:
            table.report("expectations", f"has none of the side “{side}”")
    return read


def _case(table: Table) -> Case:
    case = Case(
        who=table.text("who", LONG_TEXT),
        what=table.text("what", LONG_TEXT),
        result=table.text("result", LONG_TEXT),
        source=table.text("source", SHORT_TEXT),
    )
    table.nothing_else()
    return case


def _clauses(table: Table) -> dict[str, SpecialClause]:
    found = {code: special for special in SpecialClause for code in table.words(special.value)}
    table.nothing_else()
    return found


def _goal(table: Table) -> GoalDraft:
    goal = GoalDraft(
        statement=table.text("statement", LONG_TEXT),
        theme=table.choice("theme", GoalTheme),
        benefit_cso=table.text("benefit_cso", LONG_TEXT),
        benefit_school=table.text("benefit_school", LONG_TEXT),
        benefit_learners=table.text("benefit_learners", LONG_TEXT),
        curriculum_link=table.text("curriculum_link", LONG_TEXT, needed=False),
        mission_link=table.text("mission_link", LONG_TEXT, needed=False),
    )
    table.nothing_else()
    return goal


def _expectation(table: Table) -> ExpectationDraft:
    expectation = ExpectationDraft(
        side=table.choice("side", Side),
        kind=table.choice("kind", ExpectationKind),
        text=table.text("text", SHORT_TEXT),
    )
    table.nothing_else()
    return expectation


def _role(table: Table) -> Role:
    role = Role(
        side=table.choice("side", Side), name=table.text("name", SHORT_TEXT), text=table.text("text", LONG_TEXT)
    )
    table.nothing_else()
    return role


def _responsibility(table: Table) -> ResponsibilityDraft:
    row = ResponsibilityDraft(
        area=table.word("area"),
        task=table.text("task", SHORT_TEXT),
        cso=table.choice("cso", ResponsibilityPart),
        school=table.choice("school", ResponsibilityPart),
        by_when=table.text("by_when", SHORT_TEXT, needed=False),
    )
    if row.area and row.area not in AREAS:
        table.report("area", f"is none of: {', '.join(AREAS)}")
    if ResponsibilityPart.LEADS not in (row.cso, row.school):
        table.report("", "nobody leads")
    table.nothing_else()
    return row


def _commitment(table: Table) -> CommitmentDraft:
    commitment = CommitmentDraft(
        side=table.choice("side", Side),
        role=table.text("role", SHORT_TEXT),
        minutes=table.number("minutes", 1, 1_000_000),
        unit=table.choice("unit", CommitmentUnit),
        remark=table.text("remark", SHORT_TEXT, needed=False),
    )
    table.nothing_else()
    return commitment


def _activity(table: Table, goals: int) -> ActivityDraft:
    every = table.number("every", 1, 52, default=0)
    weekdays = table.numbers("weekdays", 0, 6)
    activity = ActivityDraft(
        title=table.text("title", SHORT_TEXT),
        kind=table.choice("kind", ActivityKind),
        week=table.number("week", -60, 60),
        weekday=table.number("weekday", 0, 6, default=weekdays[0] if weekdays else 0),
        start_time=table.clock("start_time"),
        minutes=table.number("minutes", 0, 24 * 60),
        every=every,
        weekdays=weekdays,
        ends=table.choice("ends", RecurrenceEnd, RecurrenceEnd.END_OF_TERM),
        count=table.number("count", 1, 1_000, default=0) or None,
        place=table.text("place", SHORT_TEXT, needed=False),
        description=table.text("description", LONG_TEXT, needed=False),
        preparation_minutes=table.number("preparation_minutes", 0, 24 * 60, default=0),
        goal=table.number("goal", 1, goals, default=0),
        meeting=table.choice("meeting", MeetingKind) if table.has("meeting") else None,
    )
    if activity.week == 0:
        table.report("week", "must count from 1, or from -1 at the end")
    if bool(every) != bool(weekdays):
        table.report("every", "and weekdays belong together")
    if activity.ends is RecurrenceEnd.ON_DATE:
        table.report("ends", "cannot be a date in a model")
    if activity.ends is RecurrenceEnd.AFTER_COUNT and activity.count is None:
        table.report("count", "is missing")
    table.nothing_else()
    return activity


def _challenge(table: Table, goals: int) -> ChallengeDraft:
    challenge = ChallengeDraft(
        title=table.text("title", SHORT_TEXT),
        social_need=table.text("social_need", LONG_TEXT),
        question=table.text("question", LONG_TEXT),
        constraints=table.text("constraints", LONG_TEXT, needed=False),
        learning_objectives=table.text("learning_objectives", LONG_TEXT, needed=False),
        goal=table.number("goal", 1, goals, default=0),
    )
    table.nothing_else()
    return challenge


def _indicator(table: Table, goals: int) -> IndicatorDraft:
    indicator = IndicatorDraft(
        code=table.word("code"),
        target=table.amount("target"),
        goal=table.number("goal", 1, goals, default=0),
    )
    table.nothing_else()
    return indicator
