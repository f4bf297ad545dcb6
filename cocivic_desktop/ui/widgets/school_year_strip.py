"""A school year as a strip, a row for each month, to be edited by mouse and keyboard.

Mouse: drag over free days to make a period, drag a period to move it, drag its first or last day to change its
length, double-click a free day for a period of one day. Keyboard: arrows go from day to day, with Shift they mark
days, Enter makes a period of them or goes to the name of one; on a period, Ctrl+arrows move it, Ctrl+Shift+Left/Right
change its last day, Ctrl+Alt+Left/Right its first, Page Up/Down go to the next period, Delete archives it. Escape
gives up a drag.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from cocivic_desktop.ui.texts.formats import day_text, span_text
from cocivic_desktop.ui.texts.words import word
from cocivic_desktop.ui.widgets.school_year_strip_paint import (
    HEAD,
    LEAST_ROW,
    MOST_ROW,
    ORDER,
    StripDays,
    StripState,
    paint,
)

if TYPE_CHECKING:
    from uuid import UUID

    from cocivic_desktop.domain.school_years import CalendarPeriod, Term

EDGE: Final = 5.0
"""How near the end of a period, in logical pixels, the mouse takes hold of its end."""


class _Drag(Enum):
    MAKE = auto()
    MOVE = auto()
    FIRST = auto()
    LAST = auto()


class SchoolYearStrip(QWidget):
    """`show_year(...)`; the signals say what the person wants, nothing is stored here."""

    chosen = Signal(object)
    """The id of the period that is chosen now, or None."""
    opened = Signal()
    """The name of the chosen period is to be changed."""
    made = Signal(object, object)
    """First and last day of a period to be made."""
    placed = Signal(object, object, object)
    """The id of a period, and its new first and last day."""
    removed = Signal(object)
    """The id of a period to be archived."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.days = StripDays(date(2000, 8, 1), date(2001, 7, 31))
        self._periods: list[CalendarPeriod] = []
        self._terms: list[Term] = []
        self._today: date | None = None
        self._chosen: UUID | None = None
        self._cursor = self.days.first
        self._anchor: date | None = None
        self._drag: _Drag | None = None
        self._held = self.days.first
        self._span: tuple[date, date] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("School year, a row for each month"))

    def show_year(
        self,
        first: date,
        last: date,
        periods: Sequence[CalendarPeriod],
        terms: Sequence[Term],
        today: date | None = None,
    ) -> None:
        """Show a year; the chosen period stays chosen while it is there."""
        if (first, last) != (self.days.first, self.days.last):
            self._cursor = min(max(today or first, first), last)
            self._anchor = None
        self.days = StripDays(first, max(first, last), float(self.width()), self._row(first, last))
        self._periods = sorted(periods, key=lambda one: (one.starts_on, one.ends_on))
        self._terms, self._today = list(terms), today
        self._drag = self._span = None
        if self.period is None:
            self._chosen = None
        self._describe()
        self.updateGeometry()
        self.update()

    @property
    def period(self) -> CalendarPeriod | None:
        """The chosen period."""
        return next((one for one in self._periods if one.id == self._chosen), None)

    def choose(self, period_id: UUID | None) -> None:
        """Choose a period and go to its first day; tells nobody."""
        self._chosen = period_id
        period = self.period
        if period is not None and not period.starts_on <= self._cursor <= period.ends_on:
            self._cursor = self._inside(period.starts_on)
        self._describe()
        self.update()

    def place_of(self, day: date) -> QPointF:
        """The middle of a day, in the widget's coordinates."""
        return next(self.days.frame(day, day)).center()

    def sizeHint(self) -> QSize:
        """High enough for its months."""
        return QSize(640, HEAD + (LEAST_ROW + 4) * len(self.days.months) + 2)

    def minimumSizeHint(self) -> QSize:
        """Narrow windows squeeze the days."""
        return QSize(420, HEAD + LEAST_ROW * len(self.days.months) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Days are as wide and rows as high as there is room."""
        super().resizeEvent(event)
        self.days = StripDays(
            self.days.first, self.days.last, float(self.width()), self._row(self.days.first, self.days.last)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Grid, periods, terms, and what is marked."""
        painter = QPainter(self)
        state = StripState(self.period, self._span or self._marked(), self._cursor, self.hasFocus(), self._today)
        paint(painter, self.days, self._periods, self._terms, state, self.font())
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Words for the day under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            day = self.days.day_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self.words_of(day), self) if day is not None else QToolTip.hideText()
            return True
        return super().event(event)

    def words_of(self, day: date) -> str:
        """A day with its periods, in words."""
        lines = [day_text(day, weekday=True)]
        lines += [
            f"{word(one.kind)}: {one.name}, {span_text(one.starts_on, one.ends_on)}"
            + (f" ({self.tr('estimate')})" if one.estimate else "")
            for one in self._on(day)
        ]
        return "\n".join(lines)

    # ---- mouse ----

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a period, of one of its ends, or of a free day."""
        day = self.days.day_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or day is None:
            return
        period = self._top(day)
        self._drag = self._grip(event.position(), period, day)
        self._held, self._cursor, self._anchor = day, day, None
        self._choose(period)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the days that a release would give."""
        if self._drag is None:
            day = self.days.day_at(event.position())
            grip = self._grip(event.position(), self._top(day), day) if day is not None else None
            shapes = {_Drag.FIRST: Qt.CursorShape.SizeHorCursor, _Drag.LAST: Qt.CursorShape.SizeHorCursor,
                      _Drag.MOVE: Qt.CursorShape.OpenHandCursor}  # fmt: skip
            self.setCursor(shapes.get(grip, Qt.CursorShape.ArrowCursor) if grip else Qt.CursorShape.ArrowCursor)
            return
        day = self.days.day_at(event.position(), nearest=True)
        if day is not None:
            self._span = self._dragged(day)
            days = (self._span[1] - self._span[0]).days + 1
            text = self.tr("{span}: {days} days").format(span=span_text(*self._span), days=days)
            QToolTip.showText(event.globalPosition().toPoint(), text, self)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell what the drag has made of it; a click alone only chooses."""
        drag, span, period = self._drag, self._span, self.period
        self._drag = self._span = None
        self.update()
        if drag is None or span is None:
            return
        if drag is _Drag.MAKE:
            if span[0] != span[1]:
                self.made.emit(*span)
        elif period is not None and span != (period.starts_on, period.ends_on):
            self.placed.emit(period.id, *span)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A free day becomes a period of one day."""
        self._drag = self._span = None
        day = self.days.day_at(event.position())
        if day is not None and self._top(day) is None:
            self.made.emit(day, day)

    def _grip(self, place: QPointF, period: CalendarPeriod | None, day: date) -> _Drag:
        if period is None:
            return _Drag.MAKE
        frames = list(self.days.frame(period.starts_on, period.ends_on))
        wide = len(frames) > 1 or frames[0].width() > 3 * EDGE
        if day == period.ends_on and frames[-1].right() - place.x() <= EDGE:
            return _Drag.LAST
        if wide and day == period.starts_on and place.x() - frames[0].left() <= EDGE:
            return _Drag.FIRST
        return _Drag.MOVE

    def _dragged(self, day: date) -> tuple[date, date]:
        """The span that the drag means while the mouse is over a day."""
        period = self.period
        if self._drag is _Drag.MAKE or period is None:
            return min(self._held, day), max(self._held, day)
        if self._drag is _Drag.FIRST:
            return min(day, period.ends_on), period.ends_on
        if self._drag is _Drag.LAST:
            return period.starts_on, max(day, period.starts_on)
        return self._moved(period, (day - self._held).days)

    def _moved(self, period: CalendarPeriod, days: int) -> tuple[date, date]:
        """A period some days later, inside the year."""
        days = max(days, (self.days.first - period.starts_on).days)
        days = min(days, (self.days.last - period.ends_on).days)
        return period.starts_on + timedelta(days=days), period.ends_on + timedelta(days=days)

    # ---- keyboard ----

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the module's first lines."""
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        alt = bool(modifiers & Qt.KeyboardModifier.AltModifier)
        period = self.period
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Insert):
            self._enter()
        elif key == Qt.Key.Key_Escape and (self._drag is not None or self._anchor is not None):
            self._drag = self._span = self._anchor = None
            self.update()
        elif key == Qt.Key.Key_Delete and period is not None:
            self.removed.emit(period.id)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._next_period(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in _STEPS and control and period is not None:
            self._shift_period(period, key, first=alt, last=shift)
        elif key in _STEPS and not control and not alt:
            self._go(self._step(self._cursor, key), marking=shift)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The day of the keyboard shows."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """It does not any more."""
        super().focusOutEvent(event)
        self.update()

    def _enter(self) -> None:
        """Make a period of the marked days, or of a free one; on a period, its name is asked for."""
        span, self._anchor = self._marked(), None
        if span is None and self.period is not None:
            self.opened.emit()
        else:
            self.made.emit(*(span or (self._cursor, self._cursor)))

    def _shift_period(self, period: CalendarPeriod, key: Qt.Key, *, first: bool, last: bool) -> None:
        days = (self._step(self._cursor, key) - self._cursor).days
        starts, ends = period.starts_on, period.ends_on
        if first:
            starts = self._inside(min(starts + timedelta(days=days), ends))
        elif last:
            ends = self._inside(max(ends + timedelta(days=days), starts))
        else:
            starts, ends = self._moved(period, days)
        if (starts, ends) != (period.starts_on, period.ends_on):
            if not first and not last:
                self._cursor = self._inside(self._cursor + (starts - period.starts_on))
            self.placed.emit(period.id, starts, ends)

    def _go(self, day: date, *, marking: bool) -> None:
        self._anchor = (self._anchor or self._cursor) if marking else None
        self._cursor = day
        self._choose(self._top(day))

    def _next_period(self, step: int) -> None:
        here = self.period
        if here in self._periods:
            place = self._periods.index(here) + step
        else:
            before = sum(1 for one in self._periods if one.starts_on < self._cursor)
            place = before if step > 0 else before - 1
        if 0 <= place < len(self._periods):
            self._cursor = self._inside(self._periods[place].starts_on)
            self._anchor = None
            self._choose(self._periods[place])

    def _step(self, day: date, key: Qt.Key) -> date:
        """A day on along the row, or the same day of another month."""
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            return self._inside(day + timedelta(days=1 if key == Qt.Key.Key_Right else -1))
        down = key == Qt.Key.Key_Down
        month = (day.replace(day=1) + timedelta(days=32 if down else -1)).replace(day=1)
        return self._inside(month.replace(day=min(day.day, monthrange(month.year, month.month)[1])))

    # ---- what is where ----

    def _choose(self, period: CalendarPeriod | None) -> None:
        self._chosen = period.id if period is not None else None
        self._describe()
        self.update()
        self.chosen.emit(self._chosen)

    def _marked(self) -> tuple[date, date] | None:
        if self._anchor is None:
            return None
        return min(self._anchor, self._cursor), max(self._anchor, self._cursor)

    def _on(self, day: date) -> list[CalendarPeriod]:
        return [one for one in self._periods if one.starts_on <= day <= one.ends_on]

    def _top(self, day: date) -> CalendarPeriod | None:
        """The period that lies above the others on a day; the shortest of several of one kind."""
        return max(
            self._on(day),
            key=lambda one: (ORDER.index(one.kind), one.starts_on - one.ends_on),
            default=None,
        )

    def _inside(self, day: date) -> date:
        return min(max(day, self.days.first), self.days.last)

    def _row(self, first: date, last: date) -> float:
        months = len(StripDays(first, last).months)
        return min(max((self.height() - HEAD - 2) / max(1, months), float(LEAST_ROW)), float(MOST_ROW))

    def _describe(self) -> None:
        self.setAccessibleDescription(self.words_of(self._cursor))


_STEPS: Final = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
