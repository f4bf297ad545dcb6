"""The month: a table of days, a row for each week."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from cocivic_desktop.ui.pages.calendar.views.handling import Handling
from cocivic_desktop.ui.pages.calendar.views.ink import INK_CHANGES, Ink
from cocivic_desktop.ui.pages.calendar.views.month_cells import Cell, paint_cell, rows_of
from cocivic_desktop.ui.pages.calendar.views.month_model import Index, MonthModel
from cocivic_desktop.ui.pages.calendar.views.phrases import day_sentence, entry_sentence
from cocivic_desktop.ui.pages.calendar.views.spots import Hit, Move, Spot

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from cocivic_desktop.ui.pages.calendar.data import CalendarData, Entry, Key

LEAST_WEEK = 52
"""Least height of a week in logical pixels: the number and two dates."""
WEEK_HEAD = 46


class _DayDelegate(QStyledItemDelegate):
    def __init__(self, view: MonthView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A day, only asked for where it is seen."""
        view, model = self._view, self._view.month
        data = model.data_of
        if data is None:
            return
        day = model.day(index)
        cell = Cell(
            day,
            model.days.on(day),
            model.by_day.get(day, []),
            day.month == model.month,
            day == data.wanted.today,
            view.current_day == day and view.hasFocus(),
        )
        place = QRectF(option.rect)  # type: ignore[attr-defined]
        paint_cell(painter, place, cell, data, view.ink, view.current, strong=view.hasFocus())


class MonthView(QTableView):
    """`show_data`, then its `handling` tells what the person does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.month = MonthModel(self)
        self.setModel(self.month)
        self.setItemDelegate(_DayDelegate(self))
        self.current: Key | None = None
        self.current_day: date | None = None
        self.ink = Ink.screen(self.font())
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
        self.verticalHeader().setMinimumSectionSize(LEAST_WEEK)
        self.verticalHeader().setFixedWidth(WEEK_HEAD)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAccessibleName(self.tr("Month"))
        self.handling = Handling(self, [self.viewport()])

    # ---- showing ----

    def show_data(self, data: CalendarData) -> None:
        """Show a month; the chosen date and the day stay where they can."""
        self.month.show_data(data)
        if self.current_day is None or not self.month.index_of(self.current_day).isValid():
            self.current_day = data.wanted.around or data.wanted.today
        self.choose(self.current)

    def changeEvent(self, event: QEvent) -> None:
        """Another theme or font is drawn with other ink."""
        if event.type() in INK_CHANGES:
            self.ink = Ink.screen(self.font())
        super().changeEvent(event)

    def choose(self, key: Key | None) -> None:
        """Choose a date; tells nobody."""
        self.current = key
        entry = self.current_entry()
        if entry is not None and entry.occurrence is not None:
            self._go_to(max(entry.occurrence.on, self.month.first))
        self._describe()
        self.viewport().update()

    def _go_to(self, day: date) -> None:
        index = self.month.index_of(day)
        if index.isValid():
            self.current_day = day
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _describe(self) -> None:
        data, entry = self.month.data_of, self.current_entry()
        text = ""
        if data is not None and entry is not None:
            text = entry_sentence(entry, data, year=True)
        elif data is not None and self.current_day is not None:
            entries = self.month.by_day.get(self.current_day, [])
            text = day_sentence(self.current_day, entries, self.month.days, data)
        self.setAccessibleDescription(text)

    # ---- what the handling asks ----

    def _index_at(self, place: QPoint) -> Index:
        return self.indexAt(self.viewport().mapFrom(self, place))

    def _rect_of(self, day: date) -> QRect:
        rect = self.visualRect(self.month.index_of(day))
        return QRect(self.viewport().mapTo(self, rect.topLeft()), rect.size())

    def spot_at(self, place: QPoint) -> Spot | None:
        """The day at a place."""
        index = self._index_at(place)
        return Spot(self.month.day(index)) if index.isValid() else None

    def hit_at(self, place: QPoint) -> Hit | None:
        """The date at a place."""
        for row in self._rows_at(place):
            if row.entry is not None and row.place.contains(place):
                return Hit(row.entry.id)
        return None

    def more_at(self, place: QPoint) -> list[Entry]:
        """All dates of the day where "5 more" stands at a place."""
        spot = self.spot_at(place)
        if spot is None or not any(row.hidden and row.place.contains(place) for row in self._rows_at(place)):
            return []
        return self.month.by_day.get(spot.on, [])

    def next_at(self, place: QPoint) -> Key | None:
        """Every date stands by itself."""
        return None

    def _rows_at(self, place: QPoint) -> list:  # type: ignore[type-arg]
        spot = self.spot_at(place)
        return rows_of(QRectF(self._rect_of(spot.on)), self.month.by_day.get(spot.on, [])) if spot is not None else []

    def tip_at(self, place: QPoint) -> str:
        """The date, else the day in words."""
        data, hit, spot = self.month.data_of, self.hit_at(place), self.spot_at(place)
        if data is None or spot is None:
            return ""
        entry = self.entry_of(hit.key) if hit is not None else None
        if entry is not None:
            return entry_sentence(entry, data)
        return day_sentence(spot.on, self.month.by_day.get(spot.on, []), self.month.days, data)

    def frames_of(self, move: Move, entry: Entry) -> list[QRect]:
        """The day that a date would be moved to."""
        return [self._rect_of(move.on)] if self.month.index_of(move.on).isValid() else []

    def stops(self, day: date) -> list[int]:
        """Days have no times here."""
        return []

    def current_spot(self) -> Spot | None:
        """The day the keyboard is at."""
        return Spot(self.current_day) if self.current_day is not None else None

    def current_entry(self) -> Entry | None:
        """The chosen date."""
        return self.entry_of(self.current) if self.current is not None else None

    def entry_of(self, key: Key) -> Entry | None:
        """The date of a key."""
        return self.month.entry_of(key)

    def step_to(self, spot: Spot) -> None:
        """Go to a day."""
        self._go_to(spot.on)

    def alt_step(self, key: Qt.Key) -> tuple[int, int]:
        """A day sideways, a week up or down."""
        days = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        return days.get(key, 0), 0

    def step(self, key: Qt.Key) -> bool:
        """Left and right by days; up and down through the dates of a day, then by weeks; Home and End of the week."""
        if self.current_day is None:
            return False
        sideways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if key in sideways:
            return self._arrive(self.current_day + timedelta(days=sideways[key]), first=True)
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            offset = (self.current_day - self.month.first).days % 7
            return self._arrive(
                self.current_day + timedelta(days=-offset + (6 if key == Qt.Key.Key_End else 0)), first=True
            )
        if key not in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            return False
        down = key == Qt.Key.Key_Down
        keys = [one.id for one in self.month.by_day.get(self.current_day, [])]
        number = keys.index(self.current) + (1 if down else -1) if self.current in keys else -1
        if 0 <= number < len(keys):
            self.choose(keys[number])
            self.handling.chosen.emit(self.current)
            return True
        return self._arrive(self.current_day + timedelta(days=7 if down else -7), first=down)

    def _arrive(self, day: date, *, first: bool) -> bool:
        """Go to a day and choose its first or last date, or none."""
        if not self.month.index_of(day).isValid():
            self.handling.left.emit(day)
            return True
        entries = self.month.by_day.get(day, [])
        key = entries[0 if first else -1].id if entries else None
        self._go_to(day)
        self.choose(key)
        self._go_to(day)
        self.handling.chosen.emit(key)
        return True
