"""Reading a model's file field by field: every fault is noted with the place where it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cocivic_desktop.domain.activities import ActivityKind, RecurrenceEnd
from cocivic_desktop.domain.agreements import AgreementKind, CommitmentUnit, ResponsibilityPart
from cocivic_desktop.domain.base import LONG_TEXT, SHORT_TEXT, Side
from cocivic_desktop.domain.goals import GoalTheme
from cocivic_desktop.domain.hours import HourCategory
from cocivic_desktop.domain.model_parts import ModelPart
from cocivic_desktop.domain.organisations import OrganisationKind
from cocivic_desktop.domain.partnerships import ExpectationKind, MeetingKind
from cocivic_desktop.library.cooperation import reading_agreed as agreed
from cocivic_desktop.library.cooperation.drafts import (
    AREAS,
    ActivityDraft,
    Case,
    ChallengeDraft,
    ChecklistDraft,
    CommitmentDraft,
    ExpectationDraft,
    GoalDraft,
    IndicatorDraft,
    Model,
    OwnClauseDraft,
    ResponsibilityDraft,
    Role,
    SpecialClause,
)

if TYPE_CHECKING:
    from cocivic_desktop.library.tables import Table


def model_from(table: Table, *, own: bool = False) -> Model:
    """The model in a file's table; what is wrong stands in `table.problems`.

    A model of our own (`own`) may leave out what a partnership did not have.
    """
    table.language = table.word("language") if table.has("language") else "en"
    least = 0 if own else 1
    code = table.word("code")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", code):
        table.report("code", "may hold small letters, digits and _ only")
    goals = tuple(_goal(entry) for entry in table.tables("goals", least=least))
    count = len(goals)
    competences = tuple(agreed.competence(entry) for entry in table.tables("competences"))
    read = Model(
        code=code,
        title=table.text("title", SHORT_TEXT),
        summary=table.text("summary", LONG_TEXT),
        source=table.text("source", SHORT_TEXT),
        for_whom=table.text("for_whom", LONG_TEXT, needed=not own),
        guidance=table.texts("guidance", needed=not own),
        cases=tuple(_case(entry) for entry in table.tables("cases", least=least)),
        agreement_kind=table.choice("agreement_kind", AgreementKind, AgreementKind.MOU),
        partner_kinds=table.choices("partner_kinds", OrganisationKind),
        minors=table.flag("minors"),
        hour_categories=table.choices("hour_categories", HourCategory),
        answers=table.answers("answers"),
        clauses=_clauses(table.table("clauses", needed=False)),
        goals=goals,
        expectations=tuple(_expectation(entry) for entry in table.tables("expectations", least=3 * least)),
        roles=tuple(_role(entry) for entry in table.tables("roles", least=2 * least)),
        responsibilities=tuple(_responsibility(entry) for entry in table.tables("responsibilities", least=least)),
        commitments=tuple(_commitment(entry) for entry in table.tables("commitments", least=least)),
        activities=tuple(_activity(entry, count) for entry in table.tables("activities", least=least)),
        challenges=tuple(_challenge(entry, count) for entry in table.tables("challenges")),
        indicators=tuple(_indicator(entry, count) for entry in table.tables("indicators", least=least)),
        checklists=tuple(_checklist(entry) for entry in table.tables("checklists", least=least)),
        own_clauses=tuple(_own_clause(entry) for entry in table.tables("own_clauses")),
        routines=tuple(agreed.routine(entry) for entry in table.tables("routines")),
        resources=tuple(agreed.resource(entry) for entry in table.tables("resources")),
        costs=tuple(agreed.cost(entry) for entry in table.tables("costs")),
        competences=competences,
        badges=tuple(agreed.badge(entry, len(competences)) for entry in table.tables("badges")),
        parts=table.choices("parts", ModelPart, needed=False),
        language=table.language,
    )
    table.nothing_else()
    sides = {expectation.side for expectation in read.expectations}
    for side in Side:
        if side not in sides and not own:
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


def _checklist(table: Table) -> ChecklistDraft:
    checklist = ChecklistDraft(
        title=table.text("title", SHORT_TEXT),
        week=table.number("week", -60, 60, default=0),
        items=table.texts("items"),
    )
    for language, items in checklist.items.items():
        if any(len(item) > SHORT_TEXT for item in items):
            table.report(f"items.{language}", f"has an item longer than {SHORT_TEXT} characters")
        if len(items) != len(checklist.items[table.language]):
            table.report(f"items.{language}", f"must have as many items as items.{table.language}")
    table.nothing_else()
    return checklist


def _own_clause(table: Table) -> OwnClauseDraft:
    clause = OwnClauseDraft(title=table.text("title", SHORT_TEXT), text=table.text("text", LONG_TEXT))
    table.nothing_else()
    return clause
