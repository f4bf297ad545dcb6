"""What happened to an entry, in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.domain.activities import Activity
from cocivic_desktop.domain.hours import HourCategory, HourState
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.services.hour_history import Happening
from cocivic_desktop.ui.choices import name_of
from cocivic_desktop.ui.texts.actions import action_text
from cocivic_desktop.ui.texts.fields import field_word
from cocivic_desktop.ui.texts.formats import day_text, minutes_text, moment_text
from cocivic_desktop.ui.texts.words import word

if TYPE_CHECKING:
    from cocivic_desktop.ui.context import Context

MOST = 8


def history_text(context: Context, happenings: Iterable[Happening]) -> str:
    """One line for each of the latest happenings: when, what, and each field from what to what."""
    nothing = QCoreApplication.translate("Hours", "nothing")
    lines = []
    for one in list(happenings)[:MOST]:
        changes = "; ".join(
            f"{field_word(name)}: {_worded(context, name, before) or nothing} → "
            f"{_worded(context, name, after) or nothing}"
            for name, before, after in one.changed
        )
        line = f"{moment_text(one.at)} · {action_text(one.action)}"
        lines.append(f"{line}\n    {changes}" if changes else line)
    return "\n".join(lines)


def _worded(context: Context, name: str, value: str | None) -> str:
    """A value as the store has it, as the screen shows it."""
    if value is None:
        return ""
    match name:
        case "minutes":
            return minutes_text(int(value))
        case "worked_on":
            return day_text(date.fromisoformat(value))
        case "category":
            return word(HourCategory(value))
        case "state":
            return word(HourState(value))
        case "person_id":
            return name_of(context, Person, UUID(value))
        case "activity_id":
            return name_of(context, Activity, UUID(value))
        case "start_time":
            return value[:5]
    return value
