"""A verdict on a promise as a sentence, in any language that documents are written in."""

from __future__ import annotations

from datetime import date

from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.rules.feasibility import Verdict
from cocivic_desktop.library.labels import Labels


def sentence(verdict: Verdict, words: Labels) -> str:
    """What the calendar and the people say of one promise, and what would do where it does not fit."""
    values: dict[str, str] = {}
    for name, value in verdict.parameters.items():
        if isinstance(value, Side):
            values[name] = words[f"side.{value}"]
        elif isinstance(value, date):
            values[name] = words.format_date(value)
        elif isinstance(value, int):
            values[name] = words.format_hours(value) if name.endswith("_minutes") else words.format_number(value)
        else:
            values[name] = str(value)
    values["who"] = values.get("role") or values.get("side", "")
    return words.text(f"feasible.{verdict.code}", **values)
