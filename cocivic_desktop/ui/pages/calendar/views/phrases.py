"""Sentences about dates and places of a view: for tool tips, for screen readers, and for what is being dragged."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.domain.rules.conflicts import Severity
from cocivic_desktop.ui.pages.calendar import words
from cocivic_desktop.ui.pages.calendar.data import week_start
from cocivic_desktop.ui.texts.formats import day_text, time_text
from cocivic_desktop.ui.texts.marks import QT_TRANSLATE_NOOP
from cocivic_desktop.ui.texts.words import word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cocivic_desktop.domain.rules.conflicts import Conflict
    from cocivic_desktop.ui.pages.calendar.data import CalendarData, Entry
    from cocivic_desktop.ui.pages.calendar.views.days import SchoolDays
    from cocivic_desktop.ui.pages.calendar.views.spots import Move

MOST_NAMED = 8
"""Dates named in one tool tip or cell."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Calendar", text)


def entry_sentence(entry: Entry, data: CalendarData, *, year: bool = False) -> str:
    """A date with all that is known of it, one line for each conflict."""
    one = entry.occurrence
    if one is None:
        skip = words.skip_text(entry.skip) if entry.skip is not None else _tr(QT_TRANSLATE_NOOP("Calendar", "archived"))
        left_out = _tr(QT_TRANSLATE_NOOP("Calendar", "{day} · {title}: left out, {reason}"))
        return left_out.format(day=day_text(entry.on, weekday=True), title=entry.activity.title, reason=skip)
    there = words.clock_text(entry)
    when = words.when_text(one, year=year)
    parts = [f"{when} ({there})" if there else when, entry.activity.title]
    if not data.own(entry):
        parts.append(data.partnership_of(entry).title)
    if one.place:
        parts.append(one.place)
    head = f"{' · '.join(parts)} ({word(one.status)})"
    return "\n".join([head, *conflict_lines(entry.conflicts, data)])


def conflict_lines(conflicts: Iterable[Conflict], data: CalendarData) -> list[str]:
    """What is in the way, each with its sign and word."""
    hard = _tr(QT_TRANSLATE_NOOP("Calendar", "× Not possible: {reason}"))
    soft = _tr(QT_TRANSLATE_NOOP("Calendar", "! Unwise: {reason}"))
    return [
        (hard if each.severity is Severity.HARD else soft).format(reason=words.conflict_sentence(each, data.names))
        for each in conflicts
        if not each.accepted
    ]


def day_sentence(day: date, entries: list[Entry], days: SchoolDays, data: CalendarData) -> str:
    """A day for a screen reader or a tool tip: the day, what the school's year says, what takes place."""
    lines = [f"{day_text(day, weekday=True)} · {days.week_sentence(week_start(day, data.wanted.first_weekday))}"]
    tip = days.on(day).tip
    lines += [tip] if tip else []
    lines += [entry_sentence(one, data).split("\n")[0] for one in entries[:MOST_NAMED]]
    if len(entries) > MOST_NAMED:
        lines.append(_tr(QT_TRANSLATE_NOOP("Calendar", "and {count} more")).format(count=len(entries) - MOST_NAMED))
    if not entries:
        lines.append(_tr(QT_TRANSLATE_NOOP("Calendar", "Nothing planned")))
    return "\n".join(lines)


def place_text(entry: Entry, move: Move) -> str:
    """Where a date would be: "Session 4: Tue 15 Dec, 10:00–11:30"."""
    one = entry.occurrence
    begins = move.at or (one.starts_at.time() if one is not None and one.starts_at is not None else None)
    length = move.minutes if move.minutes is not None else one.minutes if one is not None else 0
    when = day_text(move.on, weekday=True, year=False)
    if move.whole_day:
        when = _tr(QT_TRANSLATE_NOOP("Calendar", "{day}, all day")).format(day=when)
    elif begins is not None:
        ends = (datetime.combine(move.on, begins) + timedelta(minutes=length)).time()
        when = f"{when}, {time_text(begins)}–{time_text(ends)}"
    text = _tr(QT_TRANSLATE_NOOP("Calendar", "Copy of {title}: {when}")) if move.copy else "{title}: {when}"
    return text.format(title=entry.activity.title, when=when)


def more_text(count: int) -> str:
    """What stands below the dates that have room: "5 more"."""
    return _tr(QT_TRANSLATE_NOOP("Calendar", "{count} more")).format(count=count)
