"""The columns of the agenda."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.ui.models.record_table import Chip, Column
from cocivic_desktop.ui.pages.calendar import words
from cocivic_desktop.ui.texts.formats import day_text
from cocivic_desktop.ui.texts.marks import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Callable

    from cocivic_desktop.ui.pages.calendar.data import Entry

PARTNERSHIP_COLUMN: Final = 3
"""Only shown where dates of several partnerships stand together."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Calendar", text)


def agenda_columns(partnership: Callable[[Entry], str]) -> list[Column[Entry]]:
    """The columns of the agenda; `partnership` names the partnership of a date."""
    return [
        Column("on", _tr(QT_TRANSLATE_NOOP("Calendar", "Date")), _date, 100, strong=True),
        Column("time", _tr(QT_TRANSLATE_NOOP("Calendar", "Time")), _hours, 104, tip=words.clock_text),
        Column("title", _tr(QT_TRANSLATE_NOOP("Calendar", "Activity")), _title, 0, tip=_tip),
        Column("partnership", _tr(QT_TRANSLATE_NOOP("Calendar", "Partnership")), partnership, 150),
        Column("place", _tr(QT_TRANSLATE_NOOP("Calendar", "Place")), _place, 84),
        Column("state", _tr(QT_TRANSLATE_NOOP("Calendar", "State")), _state, 90),
        Column("conflict", _tr(QT_TRANSLATE_NOOP("Calendar", "In the way")), _conflict, 150, tip=_tip),
    ]


def _title(entry: Entry) -> str:
    there = words.clock_text(entry)
    return f"{entry.activity.title} ({there})" if there else entry.activity.title


def _date(entry: Entry) -> str:
    return day_text(entry.on, weekday=True, year=False)


def _hours(entry: Entry) -> str:
    return words.hours_text(entry.occurrence) if entry.occurrence is not None else ""


def _place(entry: Entry) -> str:
    return entry.occurrence.place if entry.occurrence is not None else ""


def _state(entry: Entry) -> Chip:
    if entry.skip is not None:
        return Chip(_tr(QT_TRANSLATE_NOOP("Calendar", "left out")))
    if entry.occurrence is None:
        return Chip(_tr(QT_TRANSLATE_NOOP("Calendar", "archived")))
    return Chip.of(entry.occurrence.status)


def _conflict(entry: Entry) -> Chip | str:
    if entry.skip is not None:
        return words.skip_text(entry.skip)
    return words.severity_chip(list(entry.conflicts)) or ""


def _tip(entry: Entry) -> str:
    if entry.skip is not None:
        return words.skip_text(entry.skip)
    return "\n".join(words.conflict_sentence(each, {}) for each in entry.conflicts)
