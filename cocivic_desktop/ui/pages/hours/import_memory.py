"""Columns of tables as a person has matched them, remembered on this computer by the headings of the table."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cocivic_desktop.services import hours_import
from cocivic_desktop.services.hours_import import HourField, HourLayout, Sheet

if TYPE_CHECKING:
    from cocivic_desktop.ui.context import Context

REMEMBERED: Final = 40
"""Kinds of tables that are remembered."""
_KEY: Final = "hours_import_columns"


def remembered_layout(context: Context, sheet: Sheet) -> HourLayout:
    """How a sheet is read: its columns as they were matched the last time, else as they are guessed."""
    found = hours_import.find_layout(sheet)
    kept = _kept(context).get(found.signature, [])
    if not found.signature or len(kept) != len(found.fields):
        return found
    known = {one.value: one for one in HourField}
    return hours_import.settle(sheet, replace(found, fields=tuple(known.get(one) for one in kept)))


def remember_columns(context: Context, layout: HourLayout) -> None:
    """Keep the columns of a table that has been imported."""
    if not layout.signature:
        return
    kept = {key: value for key, value in _kept(context).items() if key != layout.signature}
    kept[layout.signature] = [one.value if one is not None else "" for one in layout.fields]
    context.settings.setValue(_KEY, json.dumps(dict(list(kept.items())[-REMEMBERED:])))


def _kept(context: Context) -> dict[str, list[str]]:
    try:
        found = json.loads(context.setting(_KEY, "{}"))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
