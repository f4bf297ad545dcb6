"""Words for next steps: what to do, why, and the button that leads there. One module per stage.

The rules give codes and parameters; `words` finds the text for a code, translates it and fills the placeholders.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from cocivic_desktop.domain.rules.conflicts import ConflictCode
from cocivic_desktop.ui.texts.formats import day_text, minutes_text, number_text
from cocivic_desktop.ui.texts.next_steps import (
    agreement,
    calendar,
    challenges,
    consents,
    evaluate,
    goals,
    hours,
    initiate,
    meetings,
    special_parts,
)
from cocivic_desktop.ui.texts.next_steps.base import StepWords
from cocivic_desktop.ui.texts.words import word

if TYPE_CHECKING:
    from cocivic_desktop.domain.rules.next_steps import NextStep

__all__ = ["StepWords", "shown", "templates", "words"]


def words(step: NextStep) -> StepWords:
    """The words of a step, translated, with its parameters filled in. Raises KeyError for an unknown code."""
    text = templates()[step.code]
    values = {name: shown(name, value) for name, value in step.parameters.items()}
    if not values.get("role", "-"):
        values["role"] = values.get("side", "")
    return StepWords(
        text.headline.format_map(values), text.explanation.format_map(values), text.button.format_map(values)
    )


def shown(name: str, value: object) -> str:
    """A parameter as a person reads it: days and numbers as the locale writes them, codes as words."""
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, ConflictCode):
        return calendar.conflicts()[value]
    if isinstance(value, StrEnum):
        return word(value)
    if name == "topic":
        return agreement.topics().get(str(value), str(value).replace("_", " "))
    if isinstance(value, int):
        return minutes_text(value) if name.endswith("_minutes") else number_text(value)
    return str(value)


def templates() -> dict[str, StepWords]:
    """The words by code in the language of the screen, placeholders unfilled."""
    stages = (initiate, meetings, goals, challenges, special_parts, agreement, calendar, consents, hours, evaluate)
    return {code: text for stage in stages for code, text in stage.texts().items()}
