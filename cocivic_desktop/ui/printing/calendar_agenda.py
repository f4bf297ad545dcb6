"""The list of dates on paper: rows as high as their texts, heads on every page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from cocivic_desktop.ui.pages.calendar.data import week_start
from cocivic_desktop.ui.pages.calendar.views.days import SchoolDays
from cocivic_desktop.ui.pages.calendar.views.ink import SMALL, Ink
from cocivic_desktop.ui.pages.calendar.views.phrases import conflict_lines
from cocivic_desktop.ui.pages.calendar.words import clock_text, hours_text, skip_text
from cocivic_desktop.ui.texts.formats import day_text
from cocivic_desktop.ui.texts.marks import QT_TRANSLATE_NOOP
from cocivic_desktop.ui.texts.words import word
from cocivic_desktop.ui.widgets.painted_text import paint_lines, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable

    from cocivic_desktop.ui.pages.calendar.data import CalendarData, Entry

PADDING: Final = 5.0
GAP: Final = 8.0
MOST_LINES: Final = 4
SHARES: Final = (0.055, 0.125, 0.09, 0.25, 0.14, 0.08, 0.26)
"""How the columns share the width."""
HEADS: Final = (
    QT_TRANSLATE_NOOP("Printing", "Week"),
    QT_TRANSLATE_NOOP("Printing", "Date"),
    QT_TRANSLATE_NOOP("Printing", "Time"),
    QT_TRANSLATE_NOOP("Printing", "Activity"),
    QT_TRANSLATE_NOOP("Printing", "Place"),
    QT_TRANSLATE_NOOP("Printing", "State"),
    QT_TRANSLATE_NOOP("Printing", "In the way"),
)

Row = list[list[str]]
"""The lines of each column."""


def agenda_pages(data: CalendarData, ink: Ink, place: QRectF) -> list[Callable[[QPainter, QRectF], None]]:
    """What draws each page; at least one."""
    line = ink.sized(SMALL).pixelSize() * 1.25
    head = tuple(QCoreApplication.translate("Printing", text) for text in HEADS)
    days = data.days
    pages: list[list[Row]] = [[]]
    room = place.height()
    for entry in data.entries:
        row = _wrapped(_texts(entry, data, days), ink, place.width())
        height = line * max(len(lines) for lines in row) + PADDING
        if room - height < line + PADDING:
            pages.append([])
            room = place.height()
        pages[-1].append(row)
        room -= height
    return [partial(_draw, [[[text] for text in head], *rows], ink, line) for rows in pages]


def _draw(rows: list[Row], ink: Ink, line: float, painter: QPainter, inside: QRectF) -> None:
    y = inside.top()
    for number, row in enumerate(rows):
        font, left = ink.sized(SMALL, bold=number == 0), inside.left()
        for lines, share in zip(row, SHARES, strict=True):
            painter.setPen(ink.color("text"))
            paint_lines(painter, QRectF(left, y + 2, inside.width() * share - GAP, line), lines, font)
            left += inside.width() * share
        y += line * max(len(lines) for lines in row) + PADDING
        painter.setPen(QPen(ink.color("line"), 1))
        painter.drawLine(QPointF(inside.left(), y - 1), QPointF(inside.right(), y - 1))


def _wrapped(texts: tuple[str, ...], ink: Ink, width: float) -> Row:
    font = ink.sized(SMALL)
    return [
        wrapped(text, font, width * share - GAP, MOST_LINES) or [""] for text, share in zip(texts, SHARES, strict=True)
    ]


def _texts(entry: Entry, data: CalendarData, days: SchoolDays) -> tuple[str, ...]:
    one = entry.occurrence
    week = days.week_text(week_start(entry.on, data.wanted.first_weekday))
    day = day_text(entry.on, weekday=True)
    title = entry.activity.title if data.own(entry) else f"{entry.activity.title} ({data.partnership_of(entry).title})"
    if one is None:
        reason = skip_text(entry.skip) if entry.skip is not None else ""
        left_out = QCoreApplication.translate("Printing", QT_TRANSLATE_NOOP("Printing", "left out"))
        return week, day, "", title, "", left_out, reason
    reasons = " ".join(conflict_lines(entry.conflicts, data))
    there = clock_text(entry)
    text = f"{entry.sign} {title}{f' ({there})' if there else ''}".strip()
    return week, day, hours_text(one), text, one.place, word(one.status), reasons
