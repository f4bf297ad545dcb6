"""A school year as a strip: weeks from left to right, a row for each kind of activity, closures shaded.

Each state has a shape: filled is planned, hollow is tentative, "!" is unwise, "×" is not possible, a tick is done,
a line through is cancelled. The arrow keys move from date to date, Enter opens one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QLocale, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from cocivic_desktop.ui.theme import roles

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

HEAD = 22
"""Height of the months, in logical pixels."""
ROW = 25
LEAST_TITLE, MOST_TITLE = 90, 160
MARK_HEIGHT = 16
MOST_TIPS = 12
"""Dates named in one tooltip."""


class MarkState(Enum):
    """How a date is drawn."""

    PLANNED = auto()
    TENTATIVE = auto()
    DONE = auto()
    CANCELLED = auto()
    UNWISE = auto()
    IMPOSSIBLE = auto()
    OTHER = auto()


_WORST = (
    MarkState.IMPOSSIBLE,
    MarkState.UNWISE,
    MarkState.PLANNED,
    MarkState.TENTATIVE,
    MarkState.DONE,
    MarkState.OTHER,
    MarkState.CANCELLED,
)
_SIGNS = {MarkState.UNWISE: "!", MarkState.IMPOSSIBLE: "×", MarkState.DONE: "✓"}


class Mark(NamedTuple):
    """One date in a row. `key` names it; without one it cannot be chosen. `tip` is asked for when it is needed."""

    on: date
    state: MarkState
    tip: Callable[[], str]
    key: Hashable | None = None


@dataclass(frozen=True)
class StripRow:
    """A row with its dates in order."""

    title: str
    marks: Sequence[Mark]


@dataclass(frozen=True)
class Shade:
    """Days shaded in the colour of a role, "holiday" or "assessment", with the words for a tooltip."""

    first: date
    last: date
    role: str
    tip: str


@dataclass
class _Cell:
    """The dates of one row in one week, drawn as one mark."""

    row: int
    week: int
    marks: list[Mark] = field(default_factory=list)


class YearStrip(QWidget):
    """`show_year(...)`, then `chosen` and `opened` tell which date the person is at."""

    chosen = Signal(object)
    """The key of the date chosen by mouse or keyboard."""
    opened = Signal(object)
    """The key of a date that was double-clicked, or on which Enter was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first = date(2000, 1, 3)
        self._last = date(2000, 12, 31)
        self._today: date | None = None
        self._rows: list[StripRow] = []
        self._shades: list[Shade] = []
        self._cells: dict[tuple[int, int], _Cell] = {}
        self._current: Hashable | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("School year, week by week"))

    def show_year(
        self, first: date, last: date, rows: Sequence[StripRow], shades: Sequence[Shade], today: date | None = None
    ) -> None:
        """Show the days from `first` to `last`; the chosen date stays chosen while it is there."""
        self._first, self._last, self._today = first, max(first, last), today
        self._rows, self._shades = list(rows), list(shades)
        self._cells = {}
        for number, row in enumerate(self._rows):
            for mark in row.marks:
                if first <= mark.on <= last:
                    week = self._week(mark.on)
                    self._cells.setdefault((number, week), _Cell(number, week)).marks.append(mark)
        if self._place_of(self._current) is None:
            self._current = None
        self._describe()
        self.updateGeometry()
        self.update()

    @property
    def current(self) -> Hashable | None:
        """The key of the chosen date."""
        return self._current

    def choose(self, key: Hashable | None) -> None:
        """Choose a date; tells nobody. A key that is not shown chooses nothing."""
        self._current = key if self._place_of(key) is not None else None
        self._describe()
        self.update()

    def place_of(self, key: Hashable) -> QPointF | None:
        """The middle of a date's mark, in the widget's coordinates."""
        found = self._place_of(key)
        return self._frame(found[0]).center() if found is not None else None

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(640, HEAD + ROW * max(1, len(self._rows)) + 2)

    def minimumSizeHint(self) -> QSize:
        """Narrow windows squeeze the weeks."""
        return QSize(360, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shades, lines, months, today, marks."""
        chosen = roles()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, bottom = self._left(), HEAD + ROW * max(1, len(self._rows))
        for shade in sorted(self._shades, key=lambda one: one.role == "assessment"):
            x = self._x(max(shade.first, self._first))
            width = max(2.0, self._x(min(shade.last, self._last) + timedelta(days=1)) - x)
            painter.fillRect(QRectF(x, HEAD, width, bottom - HEAD), chosen.color(shade.role))
        self._paint_lines(painter, left, bottom)
        self._paint_months(painter)
        if self._today is not None and self._first <= self._today <= self._last:
            x = round(self._x(self._today)) + 0.5
            painter.setPen(QPen(chosen.color("accent"), 2))
            painter.drawLine(QPointF(x, HEAD - 4), QPointF(x, bottom))
        for cell in self._cells.values():
            self._paint_cell(painter, cell)
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Words for what lies under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = self.tip_at(QPointF(event.pos()))
            if text:
                QToolTip.showText(event.globalPos(), text, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def tip_at(self, place: QPointF) -> str:
        """What lies at a place: dates, else the period and the week."""
        cell = self._cell_at(place)
        if cell is not None:
            tips = [mark.tip() for mark in cell.marks[:MOST_TIPS]]
            return "\n".join(tips if len(cell.marks) <= MOST_TIPS else [*tips, "…"])
        if place.x() < self._left():
            return ""
        day = self._day_at(place.x())
        tips = [shade.tip for shade in self._shades if shade.first <= day <= shade.last]
        if self._today == day:
            tips.insert(0, self.tr("Today"))
        return "\n".join(tips)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose; a second click on a week with several dates chooses the next of them."""
        cell = self._cell_at(event.position())
        keys = [mark.key for mark in cell.marks if mark.key is not None] if cell is not None else []
        if not keys or event.button() != Qt.MouseButton.LeftButton:
            return
        place = (keys.index(self._current) + 1) % len(keys) if self._current in keys else 0
        self._go(keys[place])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the chosen date."""
        if self._cell_at(event.position()) is not None and self._current is not None:
            self.opened.emit(self._current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right along a row, up and down to the nearest date of another row, Enter opens."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self._current is not None:
                self.opened.emit(self._current)
            return
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and (key in steps or key in (Qt.Key.Key_Home, Qt.Key.Key_End)):
            wanted = self._neighbour(Qt.Key(key), steps.get(Qt.Key(key), 0))
            if wanted is not None:
                self._go(wanted)
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The frame of the chosen date becomes strong."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The frame of the chosen date becomes quiet."""
        super().focusOutEvent(event)
        self.update()

    def _go(self, key: Hashable) -> None:
        self._current = key
        self._describe()
        self.update()
        self.chosen.emit(key)

    def _neighbour(self, key: Qt.Key, step: int) -> Hashable | None:
        rows = [[mark for mark in row.marks if mark.key is not None and self._in(mark)] for row in self._rows]
        every = sorted((mark for row in rows for mark in row), key=lambda mark: mark.on)
        if not every:
            return None
        present = next(
            ((number, mark) for number, row in enumerate(rows) for mark in row if mark.key == self._current), None
        )
        if present is None:
            start = self._today or self._first
            return next((mark.key for mark in every if mark.on >= start), every[0].key)
        number, mark = present
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            place = rows[number].index(mark) + step
            return rows[number][place].key if 0 <= place < len(rows[number]) else None
        if key == Qt.Key.Key_Home:
            return rows[number][0].key
        if key == Qt.Key.Key_End:
            return rows[number][-1].key
        number += step
        while 0 <= number < len(rows):
            if rows[number]:
                return min(rows[number], key=lambda other: abs(other.on - mark.on)).key
            number += step
        return None

    def _in(self, mark: Mark) -> bool:
        return self._first <= mark.on <= self._last

    def _describe(self) -> None:
        found = self._place_of(self._current)
        self.setAccessibleDescription(found[1].tip() if found is not None else "")

    def _place_of(self, key: Hashable | None) -> tuple[_Cell, Mark] | None:
        if key is None:
            return None
        return next(((cell, mark) for cell in self._cells.values() for mark in cell.marks if mark.key == key), None)

    def _week(self, day: date) -> int:
        monday = self._first - timedelta(days=self._first.weekday())
        return (day - monday).days // 7

    def _left(self) -> float:
        metrics = QFontMetrics(self.font())
        widest = max((metrics.horizontalAdvance(row.title) for row in self._rows), default=0)
        return float(min(max(widest + 16, LEAST_TITLE), MOST_TITLE))

    def _x(self, day: date) -> float:
        days = (self._last - self._first).days + 1
        return self._left() + (self.width() - self._left() - 1) * (day - self._first).days / days

    def _day_at(self, x: float) -> date:
        days = (self._last - self._first).days + 1
        share = (x - self._left()) / max(1.0, self.width() - self._left() - 1)
        return self._first + timedelta(days=min(max(0, int(share * days)), days - 1))

    def _frame(self, cell: _Cell) -> QRectF:
        monday = self._first - timedelta(days=self._first.weekday()) + timedelta(weeks=cell.week)
        left, right = self._x(max(monday, self._first)), self._x(monday + timedelta(days=7))
        width = min(max((right - left) * 0.76, 8.0), 14.0)
        top = HEAD + ROW * cell.row + (ROW - MARK_HEIGHT) / 2
        return QRectF((left + right - width) / 2, top, width, MARK_HEIGHT)

    def _cell_at(self, place: QPointF) -> _Cell | None:
        row = int((place.y() - HEAD) // ROW)
        if place.y() < HEAD or place.x() < self._left() or row >= len(self._rows):
            return None
        return self._cells.get((row, self._week(self._day_at(place.x()))))

    def _paint_lines(self, painter: QPainter, left: float, bottom: float) -> None:
        chosen = roles()
        painter.setPen(QPen(chosen.color("line"), 1))
        day = self._first + timedelta(days=-self._first.weekday() % 7)
        while day <= self._last:
            x = round(self._x(day)) + 0.5
            painter.drawLine(QPointF(x, HEAD), QPointF(x, bottom))
            day += timedelta(days=7)
        metrics = QFontMetrics(self.font())
        for number, row in enumerate(self._rows):
            y = HEAD + ROW * (number + 1) + 0.5
            painter.setPen(QPen(chosen.color("line"), 1))
            painter.drawLine(QPointF(0, y), QPointF(self.width(), y))
            painter.setPen(chosen.color("text"))
            shown = metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, int(left) - 8)
            painter.drawText(QRectF(0, HEAD + ROW * number, left, ROW), Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_months(self, painter: QPainter) -> None:
        font = self.font()
        font.setPixelSize(12)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        painter.setPen(roles().color("muted"))
        month, free_from = self._first.replace(day=1), 0.0
        while month <= self._last:
            x = max(self._x(max(month, self._first)), free_from)
            text = QLocale().standaloneMonthName(month.month, QLocale.FormatType.ShortFormat)
            width = metrics.horizontalAdvance(text)
            if x + width <= self.width():
                painter.drawText(QRectF(x, 0, width + 4, HEAD - 6), Qt.AlignmentFlag.AlignVCenter, text)
                free_from = x + width + 6
            month = (month + timedelta(days=32)).replace(day=1)
        painter.setFont(self.font())

    def _paint_cell(self, painter: QPainter, cell: _Cell) -> None:
        chosen = roles()
        frame = self._frame(cell)
        state = min((mark.state for mark in cell.marks), key=_WORST.index)
        role = {
            MarkState.IMPOSSIBLE: "bad",
            MarkState.UNWISE: "warning",
            MarkState.OTHER: "muted",
            MarkState.CANCELLED: "muted",
        }.get(state, "accent")
        hollow = state in (MarkState.TENTATIVE, MarkState.CANCELLED)
        painter.setPen(QPen(chosen.color(role), 1.5))
        painter.setBrush(chosen.color("surface" if hollow else role))
        painter.drawRoundedRect(frame.adjusted(0.75, 0.75, -0.75, -0.75), 3, 3)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        sign = _SIGNS.get(state, "")
        if not sign and len(cell.marks) > 1:
            sign = str(len(cell.marks)) if len(cell.marks) < 10 else "+"
        if sign:
            font = self.font()
            font.setPixelSize(12)
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(chosen.color(role if hollow else "surface"))
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, sign)
            painter.setFont(self.font())
        if state is MarkState.CANCELLED:
            painter.drawLine(frame.bottomLeft() + QPointF(2, -3), frame.topRight() + QPointF(-2, 3))
        if any(mark.key is not None and mark.key == self._current for mark in cell.marks):
            painter.setPen(QPen(chosen.color("text"), 2 if self.hasFocus() else 1.5))
            painter.drawRoundedRect(frame.adjusted(-2.5, -2.5, 2.5, 2.5), 5, 5)
