"""Drawing the strip of a school year: months and teaching weeks above, shaded weeks, marks, names of closures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from cocivic_desktop.ui.pages.calendar.views.ink import SMALL, Ink, paint_mark

if TYPE_CHECKING:
    from cocivic_desktop.ui.pages.calendar.data import Key
    from cocivic_desktop.ui.pages.calendar.views.strip_model import StripModel

HEAD = 38.0
"""Height of the months and the numbers of the weeks."""
MARK = 16.0
LEAST_NAME = 13.0
"""Least width of a closure whose name is written along it."""

Places = Callable[[int], QRectF]
"""The place of a column, from the top of the head to the bottom of the rows."""


def paint_months(painter: QPainter, model: StripModel, place_of: Places, ink: Ink) -> None:
    """Names of the months where they begin, and numbers of teaching weeks with their letter as often as they fit."""
    data = model.data_of
    if data is None or not model.columns:
        return
    painter.setFont(ink.sized(SMALL))
    metrics = QFontMetricsF(painter.font())
    days = model.days[data.school.id]
    month, free, free_below = 0, 0.0, 0.0
    for column in range(model.columns):
        place = place_of(column)
        day = max(model.monday(column), data.first)
        if day.month != month:
            month = day.month
            text = QLocale().standaloneMonthName(month, QLocale.FormatType.ShortFormat)
            if place.left() >= free:
                width = metrics.horizontalAdvance(text) + 4
                ink.write(painter, QRectF(place.left() + 1, 1, width, HEAD / 2 - 1), text)
                free = place.left() + width + 4
        text = days.week_text(model.monday(column)).replace(" ", "")
        width = metrics.horizontalAdvance(text)
        if text and place.center().x() - width / 2 >= free_below:
            left = QRectF(place.center().x() - width / 2, HEAD / 2, width + 2, HEAD / 2 - 3)
            ink.write(painter, left, text, "muted")
            free_below = left.right() + 5


def paint_week(painter: QPainter, place: QRectF, model: StripModel, row: int, column: int, ink: Ink) -> None:
    """The ground of one week of one row: closed days, edges of terms, today."""
    data = model.data_of
    if data is None:
        return
    painter.fillRect(place, ink.color("surface"))
    week = model.week(model.rows[row].school, column)
    for run in week.runs:
        left = place.left() + place.width() * run.begins
        ink.shade(painter, QRectF(left, place.top(), place.width() * (run.ends - run.begins), place.height()), run.role)
    painter.setPen(QPen(ink.color("line"), 1))
    painter.drawLine(place.topLeft(), place.bottomLeft())
    painter.drawLine(place.bottomLeft(), place.bottomRight())
    for edge in week.edges:
        x = place.left() + place.width() * edge
        painter.setPen(QPen(ink.color("muted"), 2))
        painter.drawLine(QPointF(x, place.top()), QPointF(x, place.bottom()))
    today = data.wanted.today
    if model.monday(column) <= today < model.monday(column) + timedelta(days=7):
        x = place.left() + place.width() * (today - model.monday(column)).days / 7
        painter.setPen(QPen(ink.color("accent"), 2))
        painter.drawLine(QPointF(x, place.top()), QPointF(x, place.bottom()))


def paint_marks(
    painter: QPainter,
    model: StripModel,
    row: int,
    place_of: Callable[[int], QRectF],
    ink: Ink,
    chosen: Key | None = None,
) -> None:
    """The dates of a row, over all that lies behind; `place_of` gives the place of a column in this row."""
    data = model.data_of
    for column, entries in model.rows[row].weeks.items() if data is not None else ():
        own = data is not None and data.own(entries[0])
        is_chosen = any(one.id == chosen for one in entries)
        paint_mark(painter, mark_place(place_of(column)), entries, ink, own=own, chosen=is_chosen)


def mark_place(place: QRectF) -> QRectF:
    """Where the mark of a cell stands."""
    width = min(max(place.width() * 0.78, 9.0), 18.0)
    return QRectF(place.center().x() - width / 2, place.center().y() - MARK / 2, width, MARK)


def closures(model: StripModel) -> list[tuple[date, date, str]]:
    """Closures and assessments of the school of all rows, clipped to the shown year, by their first day."""
    data, school = model.data_of, model.one_school
    view = model.days[school].view if school is not None else None
    if data is None or view is None:
        return []
    return [
        (max(one.starts_on, data.first), min(one.ends_on, data.last), one.name)
        for one in view.periods
        if one.starts_on <= data.last and one.ends_on >= data.first
    ]


def paint_names(painter: QPainter, model: StripModel, place_of: Places, top: float, bottom: float, ink: Ink) -> None:
    """Names of the closures written upwards in their shading, where they are wide enough."""
    painter.setFont(ink.sized(SMALL))
    for first, last, name in closures(model):
        left, right = _x(model, place_of, first), _x(model, place_of, last + timedelta(days=1))
        if right - left < LEAST_NAME or bottom - top < 40:
            continue
        painter.save()
        painter.translate((left + right) / 2, bottom - 4)
        painter.rotate(-90)
        ink.write(painter, QRectF(0, -8, bottom - top - 8, 16), name, "muted")
        painter.restore()


def _x(model: StripModel, place_of: Places, day: date) -> float:
    column, rest = divmod((day - model.first).days, 7)
    if column >= model.columns:
        return place_of(model.columns - 1).right()
    place = place_of(column)
    return place.left() + place.width() * rest / 7
