"""The goal sheet for a meeting: every goal with all its fields, lines for what is missing, and two goals to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from cocivic_desktop.documents.content import Block, Fields, Heading, Note, Picture, SimpleDocument, Table
from cocivic_desktop.domain.goals import GoalTheme
from cocivic_desktop.library.labels import Labels, labels

BLANK_GOALS = 2
"""Goals without words at the end, for what comes up at the table."""
_SPARE_ROWS = 2
"""Empty rows for indicators of a goal that has none, in total where it has fewer."""
_ROW_HEIGHT = 440
_SIGN_HEIGHT = 560
"""Least heights of rows to write in by hand, in twentieths of a point."""


@dataclass(frozen=True)
class SheetIndicator:
    """How a goal is measured, in words of the document's language."""

    name: str
    baseline: str = ""
    target: str = ""
    how: str = ""


@dataclass(frozen=True)
class SheetAssent:
    """Who agrees for a side, and when."""

    side: str
    on: date | None = None
    by: str = ""


@dataclass(frozen=True, kw_only=True)
class SheetGoal:
    """One goal; what is empty becomes lines."""

    statement: str = ""
    theme: GoalTheme | None = None
    target_on: date | None = None
    benefit_cso: str = ""
    benefit_school: str = ""
    benefit_learners: str = ""
    curriculum_link: str = ""
    mission_link: str = ""
    mission_diversion: str = ""
    owner_cso: str = ""
    owner_school: str = ""
    indicators: Sequence[SheetIndicator] = ()
    assents: Sequence[SheetAssent] = ()


@dataclass(frozen=True, kw_only=True)
class SheetFacts:
    """What the sheet says. `sides` are the names of the two organisations that agree, ours first."""

    partnership: str
    school: str
    organisation: str
    as_of: date
    goals: Sequence[SheetGoal] = ()
    sides: Sequence[str] = field(default_factory=tuple)
    letterhead: tuple[str, ...] = ()
    letterhead_file: bytes | None = None
    logo: Picture | None = None


def goal_sheet(facts: SheetFacts, language: str) -> SimpleDocument:
    """The document in a language."""
    words, fixed = labels(language, "goal_sheet.toml"), labels(language)
    return SimpleDocument(
        title=words["title"],
        language=language,
        words=fixed,
        kind_label=words["kind"],
        subtitle=words.text(
            "as_of", partnership=facts.partnership, school=facts.school, date=fixed.format_date(facts.as_of)
        ),
        blocks=tuple(_blocks(facts, words, fixed)),
        header=" · ".join((words["title"], facts.partnership)),
        footer=words["footer"],
        letterhead=facts.letterhead,
        letterhead_file=facts.letterhead_file,
        logo=facts.logo,
        author=facts.organisation,
    )


def _blocks(facts: SheetFacts, words: Labels, fixed: Labels) -> Iterator[Block]:
    yield words["intro"]
    for number, goal in enumerate(facts.goals, 1):
        yield Heading(words.text("heading.goal", number=number), new_page=number > 1)
        yield from _goal(goal, words, fixed)
    blank = SheetGoal(assents=[SheetAssent(side) for side in facts.sides])
    for number in range(len(facts.goals) + 1, len(facts.goals) + 1 + BLANK_GOALS):
        yield Heading(words.text("heading.blank", number=number), new_page=number > 1)
        if number == len(facts.goals) + 1:
            yield words["blank_intro"]
        yield from _goal(blank, words, fixed)
    yield Note(words["note"])


def _goal(goal: SheetGoal, words: Labels, fixed: Labels) -> Iterator[Block]:
    yield Fields(
        [
            (words["field.statement"], goal.statement, 2),
            (words["field.theme"], fixed[f"theme.{goal.theme.value}"] if goal.theme else "", 1),
            (fixed["column.target_on"], fixed.format_date(goal.target_on) if goal.target_on else "", 1),
            (fixed["column.benefit_cso"], goal.benefit_cso, 1),
            (fixed["column.benefit_school"], goal.benefit_school, 1),
            (fixed["column.benefit_learners"], goal.benefit_learners, 1),
            (fixed["column.curriculum_link"], goal.curriculum_link, 1),
            (fixed["column.mission_link"], goal.mission_link, 1),
            (words["field.mission_diversion"], goal.mission_diversion, 1),
            (fixed["column.owner_cso"], goal.owner_cso, 1),
            (fixed["column.owner_school"], goal.owner_school, 1),
        ]
    )
    rows = [[one.name, one.baseline, one.target, one.how] for one in goal.indicators]
    rows += [[""] * 4 for _ in range(max(0, _SPARE_ROWS - len(rows)))]
    yield Table(
        caption=words["heading.measured"],
        head=[words[f"column.{name}"] for name in ("what", "baseline", "target", "how")],
        rows=rows,
        widths=(38, 14, 16, 32),
        row_height=_ROW_HEIGHT,
    )
    yield Table(
        caption=words["heading.agreed"],
        head=[words[f"column.{name}"] for name in ("side", "day", "name", "signature")],
        rows=[[one.side, fixed.format_date(one.on, "short") if one.on else "", one.by, ""] for one in goal.assents],
        widths=(34, 18, 22, 26),
        row_height=_SIGN_HEIGHT,
    )
