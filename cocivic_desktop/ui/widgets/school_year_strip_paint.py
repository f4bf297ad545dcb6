"""Where the days of a school year lie on its strip and how they are painted: a row for a month, a cell for a day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen

from cocivic_desktop.domain.school_years import CalendarPeriod, PeriodKind, Term
from cocivic_desktop.ui.theme import roles
from cocivic_desktop.ui.widgets.painted_text import small

HEAD: Final = 18
"""Height of the numbers of days, in logical pixels."""
LEFT: Final = 66
"""Width of the months' names."""
LEAST_ROW, MOST_ROW = 20, 28
LONGEST_YEAR = 24
"""Most months that are shown."""
ROLES: Final[dict[PeriodKind, str]] = {
    PeriodKind.HOLIDAY: "holiday",
    PeriodKind.PUBLIC_HOLIDAY: "holiday",
    PeriodKind.ASSESSMENT: "assessment",
    PeriodKind.ACCREDITATION_DEADLINE: "warning_soft",
    PeriodKind.BLOCKED: "bad_soft",
}
SIGNS: Final[dict[PeriodKind, str]] = {
    PeriodKind.HOLIDAY: "H",
    PeriodKind.PUBLIC_HOLIDAY: "P",
    PeriodKind.ASSESSMENT: "A",
    PeriodKind.ACCREDITATION_DEADLINE: "D",
    PeriodKind.BLOCKED: "×",
}
"""A letter for each kind, where a name has no room; the legend says what they mean."""
ORDER: Final = tuple(SIGNS)
"""Kinds from below to above."""


@dataclass
class StripDays:
    """The months from `first` to `last` in a widget of some width and row height."""

    first: date
    last: date
    width: float = 600.0
    row: float = 22.0

    @property
    def months(self) -> list[date]:
        """The first day of each month, at most `LONGEST_YEAR`."""
        found: list[date] = []
        month = self.first.replace(day=1)
        while month <= self.last and len(found) < LONGEST_YEAR:
            found.append(month)
            month = (month + timedelta(days=32)).replace(day=1)
        return found

    @property
    def cell(self) -> float:
        """Width of a day."""
        return (self.width - LEFT - 1) / 31

    def frame(self, first: date, last: date) -> Iterator[QRectF]:
        """The rectangles of a span of days, one for each month it touches."""
        for number, month in enumerate(self.months):
            end = month.replace(day=monthrange(month.year, month.month)[1])
            begin, finish = max(first, month, self.first), min(last, end, self.last)
            if begin <= finish:
                left = LEFT + (begin.day - 1) * self.cell
                width = ((finish - begin).days + 1) * self.cell
                yield QRectF(left, HEAD + number * self.row, width, self.row)

    def day_at(self, place: QPointF, *, nearest: bool = False) -> date | None:
        """The day at a place; with `nearest` the closest day of the year, as while the mouse is held."""
        months = self.months
        row = int((place.y() - HEAD) // self.row)
        column = int((place.x() - LEFT) // self.cell)
        if nearest:
            row = min(max(row, 0), len(months) - 1)
        elif not (0 <= row < len(months)) or place.x() < LEFT:
            return None
        month = months[row]
        length = monthrange(month.year, month.month)[1]
        if not nearest and column >= length:
            return None
        day = month.replace(day=min(max(column, 0), length - 1) + 1)
        if nearest:
            return min(max(day, self.first), self.last)
        return day if self.first <= day <= self.last else None


@dataclass(frozen=True)
class StripState:
    """What is marked: the chosen period, the span that is being made or moved, the day of the keyboard, today."""

    chosen: CalendarPeriod | None
    span: tuple[date, date] | None
    cursor: date
    focused: bool
    today: date | None


def paint(
    painter: QPainter,
    days: StripDays,
    periods: Sequence[CalendarPeriod],
    terms: Sequence[Term],
    state: StripState,
    font: QFont,
) -> None:
    """Paint the whole strip."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(small(font))
    _paint_grid(painter, days)
    for period in sorted(periods, key=lambda one: (ORDER.index(one.kind), one.starts_on)):
        covered = any(
            other.kind is PeriodKind.HOLIDAY and other.starts_on <= period.starts_on and period.ends_on <= other.ends_on
            for other in periods
        )
        if covered and period.kind is PeriodKind.PUBLIC_HOLIDAY:
            _paint_below(painter, days, period)
        else:
            _paint_period(painter, days, period)
    for term in terms:
        painter.setPen(QPen(roles().color("accent"), 2))
        for frame in days.frame(term.starts_on, term.ends_on):
            y = frame.bottom() - 1.5
            painter.drawLine(QPointF(frame.left() + 1, y), QPointF(frame.right() - 1, y))
    if state.today is not None:
        _outline(painter, days, state.today, state.today, "accent", 1.5)
    if state.chosen is not None and state.span is None:
        _outline(painter, days, state.chosen.starts_on, state.chosen.ends_on, "text", 2)
    if state.span is not None:
        for frame in days.frame(*state.span):
            painter.fillRect(frame.adjusted(0, 2, 0, -3), roles().color("selection"))
        _outline(painter, days, *state.span, "accent", 2)
    if state.focused:
        _outline(painter, days, state.cursor, state.cursor, "text", 1.5, dashed=True)


def _paint_grid(painter: QPainter, days: StripDays) -> None:
    chosen, locale = roles(), QLocale()
    painter.setPen(chosen.color("muted"))
    for number in (1, 5, 10, 15, 20, 25, 30):
        frame = QRectF(LEFT + (number - 1) * days.cell, 0, days.cell, HEAD - 2)
        painter.drawText(frame.adjusted(-6, 0, 6, 0), Qt.AlignmentFlag.AlignCenter, str(number))
    for number, month in enumerate(days.months):
        top = HEAD + number * days.row
        name = locale.standaloneMonthName(month.month, QLocale.FormatType.ShortFormat)
        painter.setPen(chosen.color("text"))
        text = f"{name} {month.year}" if number == 0 or month.month == 1 else name
        painter.drawText(QRectF(0, top, LEFT - 4, days.row), Qt.AlignmentFlag.AlignVCenter, text)
        length = monthrange(month.year, month.month)[1]
        for day in range(1, length + 1):
            present = month.replace(day=day)
            inside = days.first <= present <= days.last
            role = "line" if not inside else "surface" if present.weekday() < 5 else "background"
            frame = QRectF(LEFT + (day - 1) * days.cell, top, days.cell, days.row)
            painter.fillRect(frame, chosen.color(role))
        painter.setPen(QPen(chosen.color("line"), 1))
        y = round(top + days.row) + 0.5
        painter.drawLine(QPointF(LEFT, y), QPointF(LEFT + length * days.cell, y))


def _paint_period(painter: QPainter, days: StripDays, period: CalendarPeriod) -> None:
    chosen = roles()
    metrics = QFontMetrics(painter.font())
    above = period.kind not in (PeriodKind.HOLIDAY, PeriodKind.BLOCKED)
    for frame in days.frame(period.starts_on, period.ends_on):
        place = frame.adjusted(0.5, 4.5 if above else 2.5, -0.5, -5.5 if above else -3.5)
        painter.setBrush(chosen.color(ROLES[period.kind]))
        style = Qt.PenStyle.DashLine if period.estimate else Qt.PenStyle.SolidLine
        painter.setPen(QPen(chosen.color("muted"), 1, style))
        painter.drawRoundedRect(place, 3, 3)
        painter.setPen(chosen.color("text"))
        text = f"{SIGNS[period.kind]} {period.name}"
        if metrics.horizontalAdvance(text[:6]) + 8 > place.width():
            text = SIGNS[period.kind]
        else:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(place.width()) - 6)
        painter.drawText(frame.adjusted(0, 0, 0, -2), Qt.AlignmentFlag.AlignCenter, text)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_below(painter: QPainter, days: StripDays, period: CalendarPeriod) -> None:
    """A public holiday within holidays: a small mark that leaves their name to be read."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(roles().color("muted"))
    for frame in days.frame(period.starts_on, period.ends_on):
        painter.drawRoundedRect(QRectF(frame.left() + 3, frame.bottom() - 8, frame.width() - 6, 3), 1.5, 1.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _outline(
    painter: QPainter, days: StripDays, first: date, last: date, role: str, width: float, *, dashed: bool = False
) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    style = Qt.PenStyle.DotLine if dashed else Qt.PenStyle.SolidLine
    painter.setPen(QPen(roles().color(role), width, style))
    for frame in days.frame(first, last):
        painter.drawRoundedRect(frame.adjusted(1, 1.5, -1, -2.5), 3, 3)
