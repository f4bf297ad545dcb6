"""Drawing a week, on the screen and on paper: closures above, lessons as bands, hours as lines, dates as blocks."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from cocivic_desktop.ui.pages.calendar.views.ink import SMALL, Ink, paint_date, short_text
from cocivic_desktop.ui.pages.calendar.views.phrases import more_text
from cocivic_desktop.ui.pages.calendar.views.spots import minutes_of
from cocivic_desktop.ui.pages.calendar.words import clock_text
from cocivic_desktop.ui.texts.formats import day_text, time_text

if TYPE_CHECKING:
    from cocivic_desktop.ui.pages.calendar.data import CalendarData, Entry, Key
    from cocivic_desktop.ui.pages.calendar.views.days import SchoolDays
    from cocivic_desktop.ui.pages.calendar.views.week_layout import Segment, Times

AXIS = 66.0
"""Width of the hours and the numbers of lessons, in units of `Ink` (logical pixels on the screen)."""
HEAD, NAME, LINE = 22.0, 18.0, 19.0
"""Heights of the day, of what the school's year says, and of one whole-day date."""
MOST_LINES = 4


class HeadRow(NamedTuple):
    """One line of the whole-day dates: a date, or how many have no room."""

    place: QRectF
    day: int
    entry: Entry | None
    hidden: int = 0


def head_height(whole: dict[int, list[Entry]]) -> float:
    """Height of the heads with the whole-day dates; at least one line is free for dropping."""
    lines = min(MOST_LINES, max((len(some) for some in whole.values()), default=0))
    return HEAD + NAME + LINE * max(1, lines) + 4


def head_rows(whole: dict[int, list[Entry]], left: float, day_width: float) -> list[HeadRow]:
    """Where the whole-day dates stand."""
    rows = []
    for day, entries in whole.items():
        shown = entries if len(entries) <= MOST_LINES else entries[: MOST_LINES - 1]
        for number in range(min(len(entries), MOST_LINES)):
            place = QRectF(left + day * day_width + 2, HEAD + NAME + LINE * number, day_width - 5, LINE - 2)
            if number < len(shown):
                rows.append(HeadRow(place, day, shown[number]))
            else:
                rows.append(HeadRow(place, day, None, len(entries) - len(shown)))
    return rows


def paint_head(
    painter: QPainter,
    place: QRectF,
    rows: list[HeadRow],
    day_width: float,
    data: CalendarData,
    days: SchoolDays,
    ink: Ink,
    chosen: Key | None = None,
    *,
    strong: bool = False,
    all_day: str = "",
) -> None:
    """Days with their closures, and below them what lasts whole days. `place` begins at the left of the axis."""
    painter.save()
    painter.translate(place.topLeft())
    painter.fillRect(QRectF(0, 0, place.width(), place.height()), ink.color("surface"))
    for number in range(7):
        day = data.first + timedelta(days=number)
        column = QRectF(AXIS + number * day_width, 0, day_width, place.height())
        facts = days.on(day)
        ink.shade(painter, column.adjusted(0, HEAD, 0, 0), facts.role)
        is_today = day == data.wanted.today
        painter.setFont(ink.sized(13, bold=is_today))
        head = QRectF(column.left() + 4, 0, day_width - 8, HEAD)
        if is_today:
            painter.fillRect(QRectF(column.left(), HEAD - 3, day_width, 3), ink.color("accent"))
        ink.write(painter, head, day_text(day, weekday=True, year=False), "text")
        painter.setFont(ink.sized(SMALL))
        ink.write(painter, QRectF(head.left(), HEAD, head.width(), NAME), facts.name, "muted")
        painter.setPen(ink.color("line"))
        painter.drawLine(column.topLeft(), column.bottomLeft())
    painter.setFont(ink.sized(SMALL))
    ink.write(painter, QRectF(2, HEAD + NAME, AXIS - 6, LINE), all_day, "muted")
    for row in rows:
        if row.entry is None:
            ink.write(painter, row.place.adjusted(6, 0, 0, 0), more_text(row.hidden), "muted")
            continue
        text = short_text(row.entry, data.first + timedelta(days=row.day))
        is_chosen = row.entry.id == chosen
        paint_date(
            painter, row.place, row.entry, ink, own=data.own(row.entry), chosen=is_chosen, text=text, strong=strong
        )
    painter.setPen(QPen(ink.color("line"), 1))
    painter.drawLine(QPointF(0, place.height() - 0.5), QPointF(place.width(), place.height() - 0.5))
    painter.restore()


def paint_ground(
    painter: QPainter, times: Times, last_minute: int, first: date, days: SchoolDays, ink: Ink, today: date | None
) -> None:
    """What lies behind the dates: closed days, lessons as bands with their numbers, hours as lines."""
    bottom, right = times.y(last_minute), times.left + 7 * times.day_width
    for number in range(7):
        day = first + timedelta(days=number)
        column = QRectF(times.left + number * times.day_width, times.top, times.day_width, bottom - times.top)
        painter.fillRect(column, ink.color("surface"))
        _paint_lessons(painter, times, number, days, day, ink)
        ink.shade(painter, column, days.on(day).role)
    painter.setFont(ink.sized(SMALL))
    for hour in range(-(-times.first_minute // 60), last_minute // 60 + 1):
        y = round(times.y(hour * 60)) + 0.5
        painter.setPen(QPen(ink.color("line"), 1))
        painter.drawLine(QPointF(times.left - 6, y), QPointF(right, y))
        if hour < 24 and times.top + 6 < y < bottom - 6:
            ink.write(painter, QRectF(times.left - AXIS + 2, y - 8, 38, 16), time_text(time(hour)), "muted")
    painter.setPen(QPen(ink.color("line"), 1))
    for number in range(8):
        x = round(times.left + number * times.day_width) + 0.5
        painter.drawLine(QPointF(x, times.top), QPointF(x, bottom))
    _paint_lesson_numbers(painter, times, days, ink)
    if today is not None and 0 <= (today - first).days < 7:
        x = times.left + (today - first).days * times.day_width
        painter.fillRect(QRectF(x, times.top, 2, bottom - times.top), ink.color("accent"))


def _paint_lessons(painter: QPainter, times: Times, number: int, days: SchoolDays, day: date, ink: Ink) -> None:
    if days.on(day).role == "holiday":
        return
    for lesson in days.lessons(day.weekday()):
        top, bottom = times.y(minutes_of(lesson.starts_at)), times.y(minutes_of(lesson.ends_at))
        band = QRectF(times.left + number * times.day_width + 1, top, times.day_width - 2, bottom - top)
        painter.fillRect(band, ink.color("background"))
        painter.setPen(QPen(ink.color("line"), 1, Qt.PenStyle.DotLine))
        painter.drawLine(band.topLeft(), band.topRight())
        painter.drawLine(band.bottomLeft(), band.bottomRight())


def _paint_lesson_numbers(painter: QPainter, times: Times, days: SchoolDays, ink: Ink) -> None:
    """The numbers of the lessons beside the hours: of the first weekday that has any."""
    lessons = next((found for weekday in range(7) if (found := days.lessons(weekday))), [])
    for lesson in lessons:
        top, bottom = times.y(minutes_of(lesson.starts_at)), times.y(minutes_of(lesson.ends_at))
        place = QRectF(times.left - 24, top + 1, 20, bottom - top - 2)
        if place.top() >= times.top:
            painter.setPen(ink.color("muted"))
            painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
            painter.setFont(ink.sized(SMALL))
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), str(lesson.number))


def block_text(segment: Segment, height: float, width: float, ink: Ink) -> str:
    """What stands in a block: title and time; the place below where there is room."""
    entry, one = segment.entry, segment.entry.occurrence
    text = short_text(entry) if segment.starts_here else f"… {entry.activity.title}"
    there = clock_text(entry) if segment.starts_here else ""
    text += f" ({there})" if there else ""
    if (
        one is not None
        and one.place
        and height > 44
        and QFontMetricsF(ink.sized(SMALL)).horizontalAdvance("00:00 M") < width
    ):
        text += f"\n{one.place}"
    return text


def paint_block(
    painter: QPainter, place: QRectF, segment: Segment, data: CalendarData, ink: Ink, *, chosen: bool, strong: bool
) -> None:
    """A date at its time."""
    painter.setFont(ink.sized(SMALL))
    text = block_text(segment, place.height(), place.width(), ink)
    paint_date(painter, place, segment.entry, ink, own=data.own(segment.entry), chosen=chosen, text=text, strong=strong)
