"""The school year: a table of weeks, a row for each partnership or kind of activity."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from cocivic_desktop.ui.pages.calendar.views.handling import Handling
from cocivic_desktop.ui.pages.calendar.views.ink import INK_CHANGES, Ink
from cocivic_desktop.ui.pages.calendar.views.month_model import Index
from cocivic_desktop.ui.pages.calendar.views.phrases import entry_sentence
from cocivic_desktop.ui.pages.calendar.views.spots import Hit, Move, Spot
from cocivic_desktop.ui.pages.calendar.views.strip_model import StripModel
from cocivic_desktop.ui.pages.calendar.views.strip_paint import (
    HEAD,
    mark_place,
    paint_marks,
    paint_months,
    paint_names,
    paint_week,
)

if TYPE_CHECKING:
    from cocivic_desktop.ui.pages.calendar.data import CalendarData, Entry, Key

ROW, HIGHEST = 30, 44
TITLES = 150
"""Width of the titles, in logical pixels."""


class _Months(QHeaderView):
    def __init__(self, view: StripView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._strip = view

    def sizeHint(self) -> QSize:
        """Months and weeks."""
        return QSize(super().sizeHint().width(), int(HEAD))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Names of months stand over several weeks, so that they are drawn together."""
        painter = QPainter(self.viewport())
        strip = self._strip
        painter.fillRect(self.rect(), strip.ink.color("surface"))
        paint_months(painter, strip.strip, self._place, strip.ink)
        painter.end()

    def _place(self, column: int) -> QRectF:
        return QRectF(self.sectionViewportPosition(column), 0, self.sectionSize(column), HEAD)


class _WeekDelegate(QStyledItemDelegate):
    def __init__(self, view: StripView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A week, only asked for where it is seen."""
        view = self._view
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(option.rect)  # type: ignore[attr-defined]
        paint_week(painter, place, view.strip, index.row(), index.column(), view.ink)
        if view.hasFocus() and index == view.currentIndex():
            painter.setPen(view.ink.color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place.adjusted(0.5, 0.5, -1, -1))


class StripView(QTableView):
    """`show_data`, then its `handling` tells what the person does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strip = StripModel(self)
        self.current: Key | None = None
        self.ink = Ink.screen(self.font())
        self.setHorizontalHeader(_Months(self))
        self.setModel(self.strip)
        self.setItemDelegate(_WeekDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setMinimumSectionSize(11)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        across.setSectionsClickable(False)
        down.setSectionsClickable(False)
        down.setHighlightSections(False)
        down.setFixedWidth(TITLES)
        down.setDefaultSectionSize(ROW)
        down.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        down.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setAccessibleName(self.tr("School year, week by week"))
        self.handling = Handling(self, [self.viewport()])

    # ---- showing ----

    def show_data(self, data: CalendarData) -> None:
        """Show a school year; the chosen date stays where it can."""
        before = self.currentIndex()
        row, column = before.row(), before.column()
        self.strip.show_data(data)
        self._fit_rows()
        if self.current is None or not self.strip.cell_of(self.current).isValid():
            start = self.strip.index(max(0, min(row, self.strip.rowCount() - 1)), column)
            self.setCurrentIndex(start if column >= 0 else self._today())
        self.choose(self.current)

    def changeEvent(self, event: QEvent) -> None:
        """Another theme or font is drawn with other ink."""
        if event.type() in INK_CHANGES:
            self.ink = Ink.screen(self.font())
        super().changeEvent(event)

    def _today(self) -> QModelIndex:
        data = self.strip.data_of
        column = (data.wanted.today - self.strip.first).days // 7 if data is not None else 0
        return self.strip.index(0, min(max(0, column), max(0, self.strip.columns - 1)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Few rows share the height up to a limit."""
        super().resizeEvent(event)
        self._fit_rows()

    def _fit_rows(self) -> None:
        rows = max(1, self.strip.rowCount())
        self.verticalHeader().setDefaultSectionSize(min(HIGHEST, max(ROW, self.viewport().height() // rows)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Weeks, then the names of the closures across all rows."""
        super().paintEvent(event)
        rows, height = self.strip.rowCount(), self.viewport().height()
        if not rows:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.strip.one_school is not None:
            bottom = self.rowViewportPosition(rows - 1) + self.rowHeight(rows - 1)
            paint_names(painter, self.strip, self._column, 0, min(bottom, height), self.ink)
        top = self.rowAt(0)
        last = self.rowAt(height - 1)
        for row in range(max(0, top), (last if last >= 0 else rows - 1) + 1):
            paint_marks(painter, self.strip, row, partial(self._cell, row), self.ink, self.current)
        painter.end()

    def _cell(self, row: int, column: int) -> QRectF:
        place = self._column(column)
        return QRectF(place.left(), self.rowViewportPosition(row), place.width(), self.rowHeight(row))

    def _column(self, column: int) -> QRectF:
        return QRectF(self.columnViewportPosition(column), 0, self.columnWidth(column), self.viewport().height())

    def choose(self, key: Key | None) -> None:
        """Choose a date; tells nobody."""
        self.current = key
        if key is not None:
            index = self.strip.cell_of(key)
            if index.isValid():
                self.setCurrentIndex(index)
        self._describe()
        self.viewport().update()

    def _describe(self) -> None:
        entry, index, data = self.current_entry(), self.currentIndex(), self.strip.data_of
        text = ""
        if entry is not None and data is not None:
            text = entry_sentence(entry, data, year=True)
        elif index.isValid():
            text = self.strip.week_tip(index.row(), index.column())
        self.setAccessibleDescription(text)

    # ---- what the handling asks ----

    def _index_at(self, place: QPoint) -> QModelIndex:
        return self.indexAt(self.viewport().mapFrom(self, place))

    def _rect_of(self, index: Index) -> QRect:
        rect = self.visualRect(index)
        return QRect(self.viewport().mapTo(self, rect.topLeft()), rect.size())

    def _entries_at(self, index: Index) -> list[Entry]:
        return self.strip.entries(index.row(), index.column()) if index.isValid() else []

    def spot_at(self, place: QPoint) -> Spot | None:
        """The first day of the week at a place: dates move by whole weeks here."""
        index = self._index_at(place)
        return Spot(self.strip.monday(index.column())) if index.isValid() else None

    def hit_at(self, place: QPoint) -> Hit | None:
        """The date of the mark at a place; of several the chosen one, else the worst."""
        index = self._index_at(place)
        entries = self._entries_at(index)
        if not entries or not mark_place(QRectF(self._rect_of(index))).adjusted(-3, -4, 3, 4).contains(place):
            return None
        chosen = next((one for one in entries if one.id == self.current), None)
        return Hit((chosen or entries[0]).id)

    def more_at(self, place: QPoint) -> list[Entry]:
        """All marks are seen."""
        return []

    def next_at(self, place: QPoint) -> Key | None:
        """The date after the chosen one in the mark at a place."""
        keys = [one.id for one in self._entries_at(self._index_at(place))]
        if self.current not in keys or len(keys) < 2:
            return None
        return keys[(keys.index(self.current) + 1) % len(keys)]

    def tip_at(self, place: QPoint) -> str:
        """All dates of a mark, else what the school's year says of the week."""
        data, index = self.strip.data_of, self._index_at(place)
        if data is None or not index.isValid():
            return ""
        if self.hit_at(place) is None:
            return self.strip.week_tip(index.row(), index.column())
        return "\n".join(entry_sentence(one, data) for one in self._entries_at(index)[:8])

    def frames_of(self, move: Move, entry: Entry) -> list[QRect]:
        """The week that a date would be moved to."""
        row = self.strip.cell_of(entry.id).row()
        column = (move.on - self.strip.first).days // 7
        return [self._rect_of(self.strip.index(row, column))] if 0 <= column < self.strip.columns else []

    def stops(self, day: date) -> list[int]:
        """Weeks have no times here."""
        return []

    def current_spot(self) -> Spot | None:
        """The first school day of the week that the keyboard is at."""
        index = self.currentIndex()
        if not index.isValid():
            return None
        days = self.strip.days[self.strip.rows[index.row()].school]
        week = [self.strip.monday(index.column()) + timedelta(days=number) for number in range(7)]
        open_days = [day for day in week if day.weekday() < 5 and days.on(day).role != "holiday"]
        return Spot((open_days or week)[0])

    def current_entry(self) -> Entry | None:
        """The chosen date."""
        return self.entry_of(self.current) if self.current is not None else None

    def entry_of(self, key: Key) -> Entry | None:
        """The date of a key."""
        return self.strip.data_of.entry(key) if self.strip.data_of is not None else None

    def step_to(self, spot: Spot) -> None:
        """Go to a week in the same row."""
        column = (spot.on - self.strip.first).days // 7
        self.setCurrentIndex(self.strip.index(max(0, self.currentIndex().row()), column))

    def alt_step(self, key: Qt.Key) -> tuple[int, int]:
        """A week sideways."""
        return {Qt.Key.Key_Left: -7, Qt.Key.Key_Right: 7}.get(key, 0), 0

    def step(self, key: Qt.Key) -> bool:
        """Week by week along a row, row by row; Home and End of the year; Space to the next date of a mark."""
        index = self.currentIndex()
        if not index.isValid():
            return False
        row, column = index.row(), index.column()
        if key == Qt.Key.Key_Space:
            keys = [one.id for one in self._entries_at(index)]
            if keys:
                place = keys.index(self.current) + 1 if self.current in keys else 0
                self.choose(keys[place % len(keys)])
                self.handling.chosen.emit(self.current)
            return True
        steps = {
            Qt.Key.Key_Left: (row, column - 1),
            Qt.Key.Key_Right: (row, column + 1),
            Qt.Key.Key_Up: (row - 1, column),
            Qt.Key.Key_Down: (row + 1, column),
            Qt.Key.Key_Home: (row, 0),
            Qt.Key.Key_End: (row, self.strip.columns - 1),
        }
        if key not in steps:
            return False
        there = self.strip.index(*steps[key])
        if there.isValid():
            entries = self._entries_at(there)
            self.setCurrentIndex(there)
            self.choose(entries[0].id if entries else None)
            self.handling.chosen.emit(self.current)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.handling.left.emit(self.strip.monday(steps[key][1]))
        return True
