"""The table of the week: cells typed like in a spreadsheet, sums at the edges."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QLineEdit, QTableView, QWidget

from cocivic_desktop.domain.rules.week_grid import DAYS, WeekCell, WeekGrid
from cocivic_desktop.ui.texts.formats import day_text, minutes_text
from cocivic_desktop.ui.texts.words import word
from cocivic_desktop.ui.theme import ROW_HEIGHT, roles

Index = QModelIndex | QPersistentModelIndex
_TOP: Final = QModelIndex()
TITLE, TOTAL = 0, DAYS + 1
"""Columns before and behind the days."""
DAY_WIDTH, TOTAL_WIDTH = 70, 70


def clock_text(minutes: int) -> str:
    """Minutes as they are typed: "1:30"; empty for none."""
    return f"{minutes // 60}:{minutes % 60:02}" if minutes else ""


class WeekModel(QAbstractTableModel):
    """Rows of a `WeekGrid`, and a last one with the sums of the days. What is typed goes out as `typed`."""

    typed = Signal(int, int, str)
    """Row, day, text."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.grid: WeekGrid | None = None

    def show_grid(self, grid: WeekGrid) -> None:
        """Show a week; while its rows stay the same, the view keeps its place."""
        before = self.grid
        same = before is not None and [row.key for row in before.rows] == [row.key for row in grid.rows]
        if same:
            texts = self._texts()
            self.grid = grid
            for place, text in self._texts().items():
                if texts[place] != text:  # a cell that is being typed in is left alone
                    self.dataChanged.emit(self.index(*place), self.index(*place))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, TOTAL)
            return
        self.beginResetModel()
        self.grid = grid
        self.endResetModel()

    def _texts(self) -> dict[tuple[int, int], Any]:
        places = [(row, column) for row in range(self.rowCount()) for column in range(TOTAL + 1)]
        return {place: self.index(*place).data() for place in places}

    def cell(self, index: Index) -> WeekCell | None:
        """The cell of a row and day; None at the edges."""
        grid = self.grid
        if grid is None or not index.isValid() or index.row() >= len(grid.rows):
            return None
        return grid.rows[index.row()].cells[index.column() - 1] if TITLE < index.column() < TOTAL else None

    def rowCount(self, parent: Index = _TOP) -> int:
        """Rows and the sums."""
        return 0 if parent.isValid() or self.grid is None else len(self.grid.rows) + 1

    def columnCount(self, parent: Index = _TOP) -> int:
        """Title, days, sum."""
        return 0 if parent.isValid() else TOTAL + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Days of the week."""
        if orientation != Qt.Orientation.Horizontal or self.grid is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section == TITLE else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if section == TITLE:
            return self.tr("Who") if self.grid.kind == "people" else self.tr("Activity")
        if section == TOTAL:
            return self.tr("Week")
        day = self.grid.days[section - 1]
        return f"{day_text(day, weekday=True, year=False)}".rsplit(" ", 1)[0]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts, sums, hints of what was planned, marks of what is locked."""
        grid = self.grid
        if grid is None or not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if index.column() == TITLE else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        sums = index.row() == len(grid.rows)
        if role == Qt.ItemDataRole.FontRole and (sums or index.column() == TOTAL):
            return _strong()
        cell = self.cell(index)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._color(cell)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _cell_words(cell) if cell is not None else None
        if role == Qt.ItemDataRole.EditRole and cell is not None:
            return clock_text(cell.minutes)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if sums:
            return self._sum(index.column())
        row = grid.rows[index.row()]
        if index.column() == TITLE:
            if row.title:
                return row.title
            return self.tr("Heads without names") if grid.kind == "people" else self.tr("No activity")
        if cell is None:
            return clock_text(row.minutes)
        return _cell_text(cell)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Days can be typed in, where nothing is locked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        cell = self.cell(index)
        return flags | Qt.ItemFlag.ItemIsEditable if cell is not None and not cell.locked else flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Hand on what was typed; the cell shows it once it is stored."""
        cell = self.cell(index)
        if role != Qt.ItemDataRole.EditRole or cell is None or str(value).strip() == clock_text(cell.minutes):
            return False
        self.typed.emit(index.row(), index.column() - 1, str(value).strip())
        return True

    def _sum(self, column: int) -> str:
        grid = self.grid
        if grid is None:
            return ""
        if column == TITLE:
            return self.tr("All")
        if column == TOTAL:
            return clock_text(sum(row.minutes for row in grid.rows)) or "0:00"
        return clock_text(grid.day_minutes(column - 1))

    @staticmethod
    def _color(cell: WeekCell | None) -> QColor | None:
        """What is only planned is paler; brackets say it without colour."""
        return roles().color("muted") if cell is not None and not cell.entries else None


class WeekTable(QTableView):
    """Arrow keys, Tab and Enter move as in a spreadsheet; typing begins to edit."""

    paste_wanted = Signal()
    opened = Signal()
    """Enter or a double click on a cell that cannot be typed in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setTabKeyNavigation(True)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(40)
        self.doubleClicked.connect(self._open)

    def dress(self) -> None:
        """Set the widths, once the model is there."""
        header = self.horizontalHeader()
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        for column in range(1, TOTAL):
            self.setColumnWidth(column, DAY_WIDTH)
        self.setColumnWidth(TOTAL, TOTAL_WIDTH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, paste, empty a cell, Enter; Tab leaves the table behind its last cell."""
        index = self.currentIndex()
        if self.state() is QAbstractItemView.State.EditingState:  # the editor's own keys arrive here as well
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and index.isValid():
            if index.flags() & Qt.ItemFlag.ItemIsEditable:
                self.model().setData(index, "")
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            if index.flags() & Qt.ItemFlag.ItemIsEditable:
                self.edit(index)
            else:
                self._open(index)
        elif event.key() == Qt.Key.Key_Tab and self._at_the_end(index):
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Backtab and index.row() <= 0 and index.column() <= 1:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter goes on to the cell below."""
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache and isinstance(editor, QLineEdit):
            below = self.currentIndex().siblingAtRow(self.currentIndex().row() + 1)
            if below.isValid() and below.row() < self.model().rowCount() - 1:
                self.setCurrentIndex(below)

    def copy(self) -> None:
        """Put the selected cells on the clipboard, as a spreadsheet takes them."""
        from PySide6.QtWidgets import QApplication

        rows: dict[int, dict[int, str]] = {}
        for index in self.selectionModel().selectedIndexes():
            text = str(index.data(Qt.ItemDataRole.EditRole) or index.data() or "")
            rows.setdefault(index.row(), {})[index.column()] = text
        lines = ["\t".join(cells[column] for column in sorted(cells)) for _, cells in sorted(rows.items())]
        QApplication.clipboard().setText("\n".join(lines))

    def _at_the_end(self, index: QModelIndex) -> bool:
        return index.row() >= self.model().rowCount() - 2 and index.column() >= DAYS

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and not index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.opened.emit()


def _cell_text(cell: WeekCell) -> str:
    if not cell.entries:
        return f"({clock_text(cell.planned)})" if cell.planned else ""
    text = clock_text(cell.minutes)
    if cell.confirmed:
        return f"✓ {text}"
    return f"… {text}" if cell.locked else text


def _cell_words(cell: WeekCell) -> str:
    lines = [f"{minutes_text(entry.minutes)} {word(entry.category)}, {word(entry.state)}" for entry in cell.entries]
    return "\n".join(lines)


def _strong() -> QFont:
    font = QFont()
    font.setWeight(QFont.Weight.DemiBold)
    return font
