"""Indicators in the words of a document: their names and values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cocivic_desktop.library.indicators import indicators_by_code

if TYPE_CHECKING:
    from cocivic_desktop.domain.goals import Indicator
    from cocivic_desktop.library.labels import Labels


def indicator_name(indicator: Indicator, language: str) -> str:
    """The catalogue's name in the language of the document, unless somebody gave the indicator another one."""
    item = indicators_by_code().get(indicator.code)
    return item.name(language) if item and indicator.name in ("", *item.names.values()) else indicator.name


def value_text(value: float | None, unit: str, words: Labels) -> str:
    """A value in its unit; empty for none, and for a "no" that nobody has to strive for."""
    if value is None or (unit == "yes_no" and not value):
        return ""
    shown = words.format_number(value, 0 if float(value).is_integer() else 1)
    form = words.get(f"indicator_unit.{unit}")
    return form.format(value=shown) if form else f"{shown} {unit}".strip()
