"""Drawing one day of a month: its number, what the school's year says, and as many dates as have room."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QLocale, QRectF

from cocivic_desktop.ui.pages.calendar.views.ink import SMALL, Ink, paint_date, short_text
from cocivic_desktop.ui.pages.calendar.views.phrases import more_text

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from cocivic_desktop.ui.pages.calendar.data import CalendarData, Entry, Key
    from cocivic_desktop.ui.pages.calendar.views.days import DayFacts

HEAD = 17
"""Height of the line with the day's number, in units of `Ink` (logical pixels on the screen)."""
LINE = 17
TALL = 32
"""Height of a date on paper where two lines of text have room."""
NUMBER = 22


class Row(NamedTuple):
    """One line of a day: a date, or the number of dates that have no room."""

    place: QRectF
    entry: Entry | None
    hidden: int = 0


class Cell(NamedTuple):
    """What one cell of a month shows. `first` marks the first day of a month, whose name is told."""

    day: date
    facts: DayFacts
    entries: list[Entry]
    in_month: bool
    is_today: bool
    current: bool


def rows_of(place: QRectF, entries: list[Entry], line: int = LINE) -> list[Row]:
    """Where the dates of a day stand in its cell, each `line` high."""
    room = max(0, int((place.height() - HEAD - 1) // line))
    shown = len(entries) if len(entries) <= room else max(0, room - 1)
    rows = [
        Row(QRectF(place.left() + 2, place.top() + HEAD + line * number, place.width() - 5, line - 1), entry)
        for number, entry in enumerate(entries[:shown])
    ]
    if shown < len(entries):
        top = place.top() + HEAD + line * shown if room else place.bottom() - LINE
        left = QRectF(place.left() + 2, top, place.width() - 5, LINE - 1)
        rows.append(Row(left, None, len(entries) - shown))
    return rows


def paint_cell(
    painter: QPainter, place: QRectF, cell: Cell, data: CalendarData, ink: Ink, chosen: Key | None, *, strong: bool
) -> None:
    """Draw a day."""
    painter.fillRect(place, ink.color("surface" if cell.in_month else "background"))
    ink.shade(painter, place, cell.facts.role)
    painter.setPen(ink.color("line"))
    inside = place.adjusted(0, 0, -1, -1)
    painter.drawLine(inside.bottomLeft(), inside.bottomRight())
    painter.drawLine(inside.topRight(), inside.bottomRight())
    painter.setFont(ink.sized(SMALL, bold=cell.is_today))
    number = str(cell.day.day)
    width = float(NUMBER)
    if cell.day.day == 1:
        number += " " + QLocale().monthName(cell.day.month, QLocale.FormatType.ShortFormat)
        width = 44.0
    head = QRectF(place.left() + 4, place.top() + 1, width, HEAD - 2)
    if cell.is_today:
        mark = QRectF(head.left() - 2, head.top() + 1, width if cell.day.day == 1 else NUMBER, HEAD - 3)
        painter.fillRect(mark, ink.color("accent"))
        ink.write(painter, head.adjusted(1, 0, 0, 0), number, "accent_text")
    else:
        ink.write(painter, head, number, "text" if cell.in_month else "muted")
    if cell.facts.name:
        painter.setFont(ink.sized(SMALL))
        ink.write(
            painter,
            QRectF(head.right() + 2, head.top(), place.right() - head.right() - 5, head.height()),
            cell.facts.name,
            "muted",
        )
    painter.setFont(ink.sized(SMALL))
    tall = ink.printed and HEAD + TALL * len(cell.entries) < place.height()
    for row in rows_of(place, cell.entries, TALL if tall else LINE):
        if row.entry is None:
            ink.write(painter, row.place.adjusted(6, 0, 0, 0), more_text(row.hidden), "muted")
            continue
        text = short_text(row.entry, cell.day)
        is_chosen = row.entry.id == chosen
        paint_date(
            painter, row.place, row.entry, ink, own=data.own(row.entry), chosen=is_chosen, text=text, strong=strong
        )
    if cell.current:
        pen = painter.pen()
        pen.setColor(ink.color("accent"))
        pen.setWidthF(2 if strong else 1)
        painter.setPen(pen)
        painter.drawRect(place.adjusted(1, 1, -2, -2))
        pen.setWidthF(1)
        painter.setPen(pen)
