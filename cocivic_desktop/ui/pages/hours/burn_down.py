"""Two small pictures of hours over months: what is left of a promise, and hours with the felt workload.

Each says the same in words in its accessible description; a table with the figures stands beside it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QLocale, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from cocivic_desktop.domain.rules.hour_budget import BurnPoint
from cocivic_desktop.services.workload import MonthLoad
from cocivic_desktop.ui.texts.formats import minutes_text, number_text
from cocivic_desktop.ui.theme import roles

HEIGHT: Final = 208
_BELOW: Final = 44
"""Room for months and the legend, in logical pixels."""
_ONE_YEAR = 12
"""Months that are told apart by their names; more have their year, too ("09/26")."""
_STEPS: Final = (1, 2, 5)
_MOST_LEVEL: Final = 5


def month_text(month: str, *, short: bool = False) -> str:
    """A month such as "2026-11" in words."""
    first = date.fromisoformat(f"{month}-01")
    form = QLocale.FormatType.ShortFormat if short else QLocale.FormatType.LongFormat
    name = QLocale().standaloneMonthName(first.month, form)
    return name if short else f"{name} {first.year}"


class MonthChart(QWidget):
    """Axes with hours at the left and months below; what is drawn between them is the subclass's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.months: list[str] = []
        self._highest = self._lowest = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(300)

    def sizeHint(self) -> QSize:
        """As high as it needs to be read."""
        return QSize(420, HEIGHT)

    def span(self, months: Sequence[str], hours: Sequence[float], words: str) -> None:
        """Show these months, from the least to the greatest of `hours`; `words` say it to those who cannot see it."""
        self.months = list(months)
        self._highest, self._lowest = max([0.0, *hours]), min([0.0, *hours])
        self.setAccessibleDescription(words)
        self.setToolTip(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Axes first, then the lines."""
        if not self.months:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = painter.font()
        font.setPixelSize(12)
        painter.setFont(font)
        self._paint_axes(painter)
        self.paint_lines(painter)
        painter.end()

    def paint_lines(self, painter: QPainter) -> None:
        """What the picture is about."""

    def place(self, number: int, hours: float) -> QPointF:
        """Where a month's value stands."""
        area = self._area()
        whole = self._top() - self._bottom()
        x = area.left() + area.width() * (number + 0.5) / len(self.months)
        return QPointF(x, area.bottom() - area.height() * (hours - self._bottom()) / whole)

    def legend(self, painter: QPainter, entries: Sequence[tuple[str, QPen]]) -> None:
        """What the lines mean, in one row at the bottom."""
        metrics = QFontMetrics(painter.font())
        x, y = self._area().left(), self.height() - 10.0
        for text, pen in entries:
            painter.setPen(pen)
            painter.drawLine(QPointF(x, y - 4), QPointF(x + 20, y - 4))
            painter.setPen(roles().color("muted"))
            painter.drawText(QPointF(x + 26, y), text)
            x += 26 + metrics.horizontalAdvance(text) + 18

    def _step(self) -> float:
        """A round distance between the lines of the grid, for about four of them."""
        rough = max((self._highest - self._lowest) / 4, 0.25)
        size = 10.0 ** math.floor(math.log10(rough))
        return next((step * size for step in _STEPS if step * size >= rough), 10 * size)

    def _top(self) -> float:
        return math.ceil(max(self._highest, self._step()) / self._step()) * self._step()

    def _bottom(self) -> float:
        return math.floor(self._lowest / self._step()) * self._step()

    def _area(self) -> QRectF:
        return QRectF(52, 8, max(40, self.width() - 60), self.height() - _BELOW - 8)

    def _paint_axes(self, painter: QPainter) -> None:
        color, area, step = roles().color, self._area(), self._step()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for number in range(round((self._top() - self._bottom()) / step) + 1):
            hours = self._bottom() + number * step
            y = self.place(0, hours).y()
            painter.setPen(QPen(color("muted" if abs(hours) < step / 2 else "line"), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(color("muted"))
            shown = self.tr("{hours} h").format(hours=number_text(hours).replace("-", "−"))
            painter.drawText(QRectF(0, y - 9, area.left() - 6, 18), right, shown)
        metrics = QFontMetrics(painter.font())
        every = max(1, math.ceil(len(self.months) * (metrics.horizontalAdvance("Mmmm") + 6) / area.width()))
        for number, month in enumerate(self.months):
            if number % every == 0:
                x = self.place(number, 0).x()
                shown = month_text(month, short=True) if len(self.months) <= _ONE_YEAR else f"{month[5:]}/{month[2:4]}"
                painter.drawText(QRectF(x - 30, area.bottom() + 4, 60, 18), Qt.AlignmentFlag.AlignHCenter, shown)


class BurnDown(MonthChart):
    """What is left of a promise: as it went (full), as planned (dashed), and if it were used evenly (dotted)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.points: list[BurnPoint] = []
        self.setAccessibleName(self.tr("What is left of the promised hours"))

    def show_points(self, points: Sequence[BurnPoint]) -> None:
        """Show what is left month by month."""
        self.points = list(points)
        values = [one for point in points for one in (point.even, point.left, point.expected) if one is not None]
        words = "; ".join(
            self.tr("{month}: {left} left").format(
                month=month_text(point.month),
                left=minutes_text(point.left if point.left is not None else point.expected),
            )
            for point in points
        )
        self.span([point.month for point in points], [value / 60 for value in values], words)

    def paint_lines(self, painter: QPainter) -> None:
        """Three lines; a mark stands on each month that is over."""
        color = roles().color
        even = QPen(color("muted"), 1.5, Qt.PenStyle.DotLine)
        left = QPen(color("accent"), 2.5)
        low = any(point.expected is not None and point.expected < 0 for point in self.points)
        expected = QPen(color("bad" if low else "accent"), 2, Qt.PenStyle.DashLine)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen, values in (
            (even, [point.even for point in self.points]),
            (expected, [point.expected for point in self.points]),
            (left, [point.left for point in self.points]),
        ):
            painter.setPen(pen)
            line = [self.place(number, value / 60) for number, value in enumerate(values) if value is not None]
            painter.drawPolyline(QPolygonF(line))
            if pen is left:
                painter.setBrush(color("accent"))
                for dot in line:
                    painter.drawEllipse(dot, 2.5, 2.5)
        self.legend(
            painter, [(self.tr("left"), left), (self.tr("with what is planned"), expected), (self.tr("evenly"), even)]
        )


class LoadTrend(MonthChart):
    """Bars for the hours of a month; above them how heavy people said it felt, from 1 to 5."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.loads: list[MonthLoad] = []
        self.setAccessibleName(self.tr("Hours and felt workload by month"))

    def show_loads(self, loads: Sequence[MonthLoad]) -> None:
        """Show these months."""
        self.loads = list(loads)
        words = "; ".join(
            self.tr("{month}: {hours}, workload {level}").format(
                month=month_text(load.month),
                hours=minutes_text(load.minutes),
                level="–" if load.level is None else number_text(load.level, 1),
            )
            for load in loads
        )
        self.span([load.month for load in loads], [load.minutes / 60 for load in loads], words)

    def paint_lines(self, painter: QPainter) -> None:
        """The level is written beside its mark, since it has another scale than the hours."""
        color = roles().color
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("selection"))
        for number, load in enumerate(self.loads):
            top, foot = self.place(number, load.minutes / 60), self.place(number, 0)
            width = min(28.0, (self.width() - 60) / len(self.loads) * 0.6)
            painter.drawRoundedRect(QRectF(top.x() - width / 2, top.y(), width, foot.y() - top.y()), 3, 3)
        marks = [(self._mark(number, load.level), load.level) for number, load in enumerate(self.loads) if load.level]
        pen = QPen(color("warning"), 2)
        painter.setPen(pen)
        painter.setBrush(color("surface"))
        painter.drawPolyline(QPolygonF([place for place, _ in marks]))
        for place, level in marks:
            painter.setPen(pen)
            painter.drawEllipse(place, 9, 9)
            painter.setPen(color("text"))
            box = QRectF(place.x() - 12, place.y() - 9, 24, 18)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, number_text(round(level), 0))
        bar = QPen(color("selection"), 8)
        self.legend(painter, [(self.tr("hours"), bar), (self.tr("workload, 1 to 5"), pen)])

    def _mark(self, number: int, level: float) -> QPointF:
        """Five levels over the height of the picture."""
        top, foot = self.place(number, self._top()).y() + 10, self.place(number, 0).y() - 10
        return QPointF(self.place(number, 0).x(), foot - (foot - top) * (level - 1) / (_MOST_LEVEL - 1))
