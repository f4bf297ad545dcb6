"""The calendar on paper: the view that is seen, black on white, so that a copy stays readable."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from cocivic_desktop.ui.pages.calendar.data import CalendarData, ViewKind
from cocivic_desktop.ui.pages.calendar.views.ink import SMALL, Ink
from cocivic_desktop.ui.pages.calendar.views.month_cells import Cell, paint_cell
from cocivic_desktop.ui.pages.calendar.views.month_model import MonthModel
from cocivic_desktop.ui.pages.calendar.views.spots import DAY_MINUTES, minutes_of
from cocivic_desktop.ui.pages.calendar.views.strip_model import StripModel
from cocivic_desktop.ui.pages.calendar.views.strip_paint import (
    HEAD,
    paint_marks,
    paint_months,
    paint_names,
    paint_week,
)
from cocivic_desktop.ui.pages.calendar.views.week_layout import Times, side_by_side, whole_days
from cocivic_desktop.ui.pages.calendar.views.week_paint import (
    AXIS,
    head_height,
    head_rows,
    paint_block,
    paint_ground,
    paint_head,
)
from cocivic_desktop.ui.printing.calendar_agenda import agenda_pages
from cocivic_desktop.ui.printing.sheets import Sheet, Sheets
from cocivic_desktop.ui.texts.formats import span_text
from cocivic_desktop.ui.texts.marks import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Callable

TITLES = 170.0
"""Width of the titles beside the strip, in units of the page."""
ROW, HIGHEST = 40.0, 64.0
WEEKDAYS, WEEKS = 20.0, 40.0
MORNING, EVENING = 7 * 60, 18 * 60


def _tr(text: str) -> str:
    return QCoreApplication.translate("Printing", text)


def pages_of(data: CalendarData) -> Sheets:
    """The pages of a view with what its filters let through."""
    makers: dict[ViewKind, Callable[[CalendarData, Ink, QRectF], list[Sheet]]] = {
        ViewKind.STRIP: _strip,
        ViewKind.MONTH: _month,
        ViewKind.WEEK: _week,
        ViewKind.AGENDA: _agenda,
    }
    ink = Ink.paper(QFont())
    return Sheets(
        f"{data.partnership.title} {span_text(data.first, data.last)}", partial(makers[data.wanted.view], data, ink)
    )


def _note(data: CalendarData, more: str = "") -> str:
    """Below the title: the school, what the signs mean, and that a filter is on."""
    signs = _tr(
        QT_TRANSLATE_NOOP(
            "Printing", "× not possible · ! unwise · ✓ done · dashed: tentative · struck through: cancelled"
        )
    )
    parts = [data.school.name, more, signs]
    if data.wanted.filters.narrow:
        parts.insert(1, _tr(QT_TRANSLATE_NOOP("Printing", "a selection of the dates")))
    return " · ".join(part for part in parts if part)


def _month(data: CalendarData, ink: Ink, _: QRectF) -> list[Sheet]:
    model = MonthModel()
    model.show_data(data)
    day = data.wanted.around or data.wanted.today
    title = f"{data.partnership.title} · {QLocale().standaloneMonthName(day.month)} {day.year}"

    def draw(painter: QPainter, inside: QRectF) -> None:
        width = (inside.width() - WEEKS) / 7
        height = (inside.height() - WEEKDAYS) / max(1, model.weeks)
        painter.setFont(ink.sized(SMALL, bold=True))
        for column in range(7):
            name = model.headerData(column, Qt.Orientation.Horizontal)
            head = QRectF(inside.left() + WEEKS + column * width, inside.top(), width, WEEKDAYS)
            ink.write(painter, head, name, align=Qt.AlignmentFlag.AlignHCenter)
        for row in range(model.weeks):
            top = inside.top() + WEEKDAYS + row * height
            painter.setFont(ink.sized(SMALL, bold=True))
            ink.write(
                painter, QRectF(inside.left(), top, WEEKS - 6, height), model.headerData(row, Qt.Orientation.Vertical)
            )
            for column in range(7):
                on = model.day(model.index(row, column))
                cell = Cell(on, model.days.on(on), model.by_day.get(on, []), on.month == model.month, False, False)
                there = QRectF(inside.left() + WEEKS + column * width, top, width, height)
                paint_cell(painter, there, cell, data, ink, None, strong=False)
        painter.setPen(QPen(ink.color("line"), 1))
        painter.drawRect(inside.adjusted(WEEKS, WEEKDAYS, 0, 0))

    weeks = _tr(QT_TRANSLATE_NOOP("Printing", "left: teaching week and A or B week"))
    return [Sheet(title, _note(data, weeks), draw)]


def _week(data: CalendarData, ink: Ink, _: QRectF) -> list[Sheet]:
    days = data.days
    segments = side_by_side(data.entries, data.first)
    whole = whole_days(data.entries, data.first)
    title = f"{data.partnership.title} · {span_text(data.first, data.last)}"

    def draw(painter: QPainter, inside: QRectF) -> None:
        width = (inside.width() - AXIS) / 7
        height = head_height(whole)
        top = QRectF(inside.left(), inside.top(), inside.width(), height)
        all_day = QCoreApplication.translate("WeekView", "all day")
        paint_head(painter, top, head_rows(whole, AXIS, width), width, data, days, ink, all_day=all_day)
        lessons = [one for weekday in range(7) for one in days.lessons(weekday)]
        starts = [MORNING, *(one.begins for one in segments), *(minutes_of(one.starts_at) for one in lessons)]
        ends = [EVENING, *(one.ends for one in segments), *(minutes_of(one.ends_at) for one in lessons)]
        first, last = min(starts) // 60 * 60, min(DAY_MINUTES, -(-max(ends) // 60) * 60)
        minute = (inside.height() - height) / (last - first)
        times = Times(inside.left() + AXIS, inside.top() + height, width, minute, first)
        paint_ground(painter, times, last, data.first, days, ink, None)
        for segment in segments:
            paint_block(painter, times.frame(segment), segment, data, ink, chosen=False, strong=False)
        painter.setPen(QPen(ink.color("line"), 1))
        painter.drawRect(inside.adjusted(AXIS, 0, 0, 0))

    return [Sheet(title, _note(data, days.week_sentence(data.first)), draw)]


def _strip(data: CalendarData, ink: Ink, place: QRectF) -> list[Sheet]:
    model = StripModel()
    model.show_data(data)
    year = data.year.label if data.year is not None else span_text(data.first, data.last)
    most = max(1, int((place.height() - HEAD) // ROW))
    height = min(HIGHEST, (place.height() - HEAD) / min(most, max(1, len(model.rows))))
    pages = [range(start, min(start + most, len(model.rows))) for start in range(0, max(1, len(model.rows)), most)]

    def draw(rows: range, painter: QPainter, inside: QRectF) -> None:
        width = (inside.width() - TITLES) / max(1, model.columns)

        def column(number: int) -> QRectF:
            return QRectF(inside.left() + TITLES + number * width, inside.top(), width, inside.height())

        painter.save()
        painter.translate(0, inside.top())
        paint_months(painter, model, column, ink)
        painter.restore()
        top = inside.top() + HEAD
        for number, row in enumerate(rows):
            y = top + number * height
            painter.setFont(ink.sized(SMALL))
            ink.write(painter, QRectF(inside.left(), y, TITLES - 8, height), model.rows[row].title)
            for week in range(model.columns):
                paint_week(painter, QRectF(column(week).left(), y, width, height), model, row, week, ink)
        if model.one_school is not None:
            paint_names(painter, model, column, top, top + len(rows) * height, ink)
        for number, row in enumerate(rows):
            y = top + number * height
            paint_marks(painter, model, row, lambda week, y=y: QRectF(column(week).left(), y, width, height), ink)  # type: ignore[misc]

    note = _note(
        data, _tr(QT_TRANSLATE_NOOP("Printing", "hatched: closed · dotted: assessment · thick line: edge of a term"))
    )
    return [Sheet(f"{data.partnership.title} · {year}", note, partial(draw, rows)) for rows in pages]


def _agenda(data: CalendarData, ink: Ink, place: QRectF) -> list[Sheet]:
    title = f"{data.partnership.title} · {span_text(data.first, data.last)}"
    return [Sheet(title, _note(data), draw) for draw in agenda_pages(data, ink, place)]
