"""The lines of a monthly sheet, typed in as they stand on the paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.hours import HourCategory, HourEntry, HourState
from cocivic_desktop.domain.rules.durations import parse_minutes
from cocivic_desktop.services.monthly_sheet import MonthLine
from cocivic_desktop.ui.texts.formats import day_text, minutes_text, time_text
from cocivic_desktop.ui.texts.words import choice_word, word
from cocivic_desktop.ui.theme import ROW_HEIGHT
from cocivic_desktop.ui.widgets.time_field import parse_time

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

Index = QModelIndex | QPersistentModelIndex
_TOP: Final = QModelIndex()
EMPTY_ROWS: Final = 4
"""Rows to write in below those that are filled."""
DAY, START, MINUTES, CATEGORY, WHAT = range(5)
_WIDTHS: Final = (120, 76, 96, 150)


@dataclass
class SheetLine:
    """One row. `locked` when its hours are confirmed."""

    day: date | None = None
    start: time | None = None
    minutes: int | None = None
    category: HourCategory | None = None
    what: str = ""
    entry_id: UUID | None = None
    locked: bool = False
    changed: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it yet."""
        return self.day is None and self.minutes is None and not self.what and self.start is None


class MonthModel(QAbstractTableModel):
    """Printed lines, written ones, and some empty ones. `say` is told what cannot be taken, "" when all is well."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[SheetLine] = []
        self.month = date.min
        self.say: Callable[[str], object] = str
        self.on_change: Callable[[], object] = str

    def show(self, month: date, entries: Sequence[HourEntry]) -> None:
        """Show a month's entries and room below them."""
        self.beginResetModel()
        self.month = month.replace(day=1)
        self.lines = [
            SheetLine(
                one.worked_on, one.start_time, one.minutes, one.category, one.remark, one.id,
                locked=one.state is HourState.CONFIRMED,
            )
            for one in entries
        ]  # fmt: skip
        self.lines += [SheetLine() for _ in range(EMPTY_ROWS)]
        self.endResetModel()

    @property
    def is_changed(self) -> bool:
        """Whether anything was typed."""
        return any(one.changed for one in self.lines)

    def unfinished(self) -> int:
        """The number of the first row without day or time; 0 when there is none."""
        rows = (number for number, one in enumerate(self.lines, 1) if not one.is_empty and not _complete(one))
        return next(rows, 0)

    def sheet(self) -> list[MonthLine]:
        """The lines as the service takes them."""
        return [
            MonthLine(one.day, one.minutes, one.category or HourCategory.DELIVERY, one.start, one.what, one.entry_id)
            for one in self.lines
            if one.day is not None and one.minutes is not None
        ]

    def rowCount(self, parent: Index = _TOP) -> int:
        """Lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _TOP) -> int:
        """Columns of the sheet."""
        return 0 if parent.isValid() else WHAT + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The heads of the sheet, and its lines."""
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1)
        return (self.tr("Day"), self.tr("From"), self.tr("Hours"), self.tr("Category"), self.tr("What"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands in a cell; the editor begins with it."""
        if not index.isValid():
            return None
        one, column = self.lines[index.row()], index.column()
        if role == Qt.ItemDataRole.ToolTipRole and one.locked:
            return self.tr("Confirmed: take the confirmation back under “Enter” to correct it.")
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return None
        editing = role == Qt.ItemDataRole.EditRole
        if column == DAY:
            number = "" if one.day is None else str(one.day.day)
            return number if editing else day_text(one.day, weekday=True, year=False)
        if column == START:
            return time_text(one.start)
        if column == MINUTES:
            clock = "" if one.minutes is None else f"{one.minutes // 60}:{one.minutes % 60:02}"
            return clock if editing else minutes_text(one.minutes)
        if column == CATEGORY:
            return word(one.category) if one.category is not None else ""
        return one.what

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed; what cannot be read is said and not taken."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        one, text = self.lines[index.row()], str(value or "").strip()
        try:
            self._take(one, index.row(), index.column(), text)
        except ValueError as error:
            self.say(str(error))
            return False
        self.say("")
        one.changed = True
        self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), WHAT))
        if index.row() == len(self.lines) - 1:
            self.beginInsertRows(_TOP, len(self.lines), len(self.lines))
            self.lines.append(SheetLine())
            self.endInsertRows()
        self.on_change()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """All but confirmed lines can be typed into."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags if self.lines[index.row()].locked else flags | Qt.ItemFlag.ItemIsEditable

    def _take(self, one: SheetLine, row: int, column: int, text: str) -> None:
        if column == DAY:
            one.day = self._day(text)
            if one.category is None and one.day is not None:
                before = (line.category for line in reversed(self.lines[:row]) if line.category is not None)
                one.category = next(before, HourCategory.DELIVERY)
        elif column == START:
            try:
                one.start = parse_time(text)
            except ValueError:
                raise ValueError(self.tr("“{text}” is no time of day.").format(text=text)) from None
        elif column == MINUTES:
            try:
                minutes = parse_minutes(text)
            except ValueError:
                minutes = -1
            if minutes is not None and not 0 < minutes <= 24 * 60:
                raise ValueError(self.tr("“{text}” is no duration. Type it like 1:30.").format(text=text))
            one.minutes = minutes
        elif column == CATEGORY:
            fitting = [each for each in HourCategory if fold(choice_word(each)).startswith(fold(text))]
            if text and not fitting:
                words = ", ".join(word(each) for each in HourCategory)
                raise ValueError(self.tr("The categories are: {words}.").format(words=words))
            one.category = fitting[0] if text else None
        else:
            one.what = text[:300]

    def _day(self, text: str) -> date | None:
        """The number of the day in the month, perhaps with the month behind it."""
        if not text:
            return None
        number, _, rest = text.replace("/", ".").partition(".")
        month = rest.partition(".")[0].strip()
        try:
            if month and int(month) != self.month.month:
                raise ValueError(text)
            return self.month.replace(day=int(number))
        except ValueError:
            said = self.tr("“{text}” is no day of this month. Type its number.")
            raise ValueError(said.format(text=text)) from None


class MonthTable(QTableView):
    """Typing begins at once; Enter goes on to the next cell, after the last one to the next line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setTabKeyNavigation(True)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT - 4)
        for header in (self.verticalHeader(), self.horizontalHeader()):
            header.setHighlightSections(False)
            header.setSectionsClickable(False)

    def fit(self) -> None:
        """Give the columns their room."""
        for column, width in enumerate(_WIDTHS):
            self.setColumnWidth(column, width)
        self.horizontalHeader().setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)

    def go(self, row: int, column: int) -> None:
        """Put the cursor on a cell, where there is one."""
        index = self.model().index(row, column)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Delete empties a cell."""
        index = self.currentIndex()
        editing = self.state() == QAbstractItemView.State.EditingState
        if not editing and index.isValid() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                super().keyPressEvent(event)
                return
            self._on(index)
            event.accept()
        elif not editing and index.isValid() and event.key() == Qt.Key.Key_Delete:
            self.model().setData(index, "")
            event.accept()
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: Any) -> None:
        """Enter in a cell goes on to the next one."""
        index = self.currentIndex()
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self._on(index)

    def _on(self, index: QModelIndex) -> None:
        last = index.column() == WHAT
        self.go(index.row() + last, 0 if last else index.column() + 1)


def _complete(line: SheetLine) -> bool:
    return line.day is not None and line.minutes is not None
