"""A month as a table of weeks and days, with its words for the screen and for screen readers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt

from cocivic_desktop.ui.pages.calendar.views.days import SchoolDays
from cocivic_desktop.ui.pages.calendar.views.phrases import day_sentence

if TYPE_CHECKING:
    from cocivic_desktop.ui.pages.calendar.data import CalendarData, Entry, Key

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()


class MonthModel(QAbstractTableModel):
    """Rows are weeks, columns the days of a week in the locale's order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.data_of: CalendarData | None = None
        self.first = date(2000, 1, 3)
        self.month = 1
        self.weeks = 0
        self.days = SchoolDays(None)
        self.by_day: dict[date, list[Entry]] = {}
        self._names = [QLocale().dayName(number, QLocale.FormatType.ShortFormat) for number in range(1, 8)]

    def show_data(self, data: CalendarData) -> None:
        """Show the weeks of other data."""
        self.beginResetModel()
        self.data_of = data
        self.first = data.first
        self.weeks = ((data.last - data.first).days + 1) // 7
        self.month = (data.wanted.around or data.wanted.today).month
        self.days = data.days
        self.by_day = data.by_day
        self.endResetModel()

    def day(self, index: Index) -> date:
        """The day of a cell."""
        return self.first + timedelta(days=index.row() * 7 + index.column())

    def index_of(self, day: date) -> QModelIndex:
        """The cell of a day; an invalid index where it is not shown."""
        offset = (day - self.first).days
        return self.index(offset // 7, offset % 7) if 0 <= offset < self.weeks * 7 else QModelIndex()

    def entries(self, index: Index) -> list[Entry]:
        """What takes place on the day of a cell."""
        return self.by_day.get(self.day(index), [])

    def entry_of(self, key: Key) -> Entry | None:
        """A date by its key."""
        return self.data_of.entry(key) if self.data_of is not None else None

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """The weeks."""
        return 0 if parent.isValid() else self.weeks

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """Seven days."""
        return 0 if parent.isValid() else 7

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The day's number; for screen readers the whole day in words."""
        if not index.isValid() or self.data_of is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return str(self.day(index).day)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return day_sentence(self.day(index), self.entries(index), self.days, self.data_of)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names of weekdays above; teaching weeks with their letter at the side."""
        if orientation is Qt.Orientation.Horizontal:
            weekday = (self.first.weekday() + section) % 7
            return self._names[weekday] if role == Qt.ItemDataRole.DisplayRole else None
        monday = self.first + timedelta(days=7 * section)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.days.week_text(monday) or "–"
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.days.week_sentence(monday)
        return None
