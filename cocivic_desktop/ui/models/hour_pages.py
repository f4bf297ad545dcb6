"""A table over any number of hour entries: it asks for one page of rows at a time and keeps a few of them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from cocivic_desktop.services.hours import HourRow
from cocivic_desktop.ui.models.record_table import CHIP_ROLE, RECORD_ROLE, Chip, Column, cell_text

Index = QModelIndex | QPersistentModelIndex
PAGE_ROWS: Final = 200
KEPT_PAGES: Final = 12
_TOP: Final = QModelIndex()


class HourTableModel(QAbstractTableModel):
    """Rows come from `fetch(offset, limit)`, newest first; `count` says how many there are."""

    def __init__(self, columns: Sequence[Column[HourRow]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = list(columns)
        self._fetch: Callable[[int, int], list[HourRow]] = lambda offset, limit: []
        self._count = 0
        self._pages: OrderedDict[int, list[HourRow]] = OrderedDict()

    def show_rows(self, fetch: Callable[[int, int], list[HourRow]], count: int) -> None:
        """Show other rows. Nothing is read before a view asks for it."""
        self.beginResetModel()
        self._fetch, self._count = fetch, count
        self._pages.clear()
        self.endResetModel()

    def row_at(self, number: int) -> HourRow | None:
        """The entry in a row; None beyond the last one."""
        if not 0 <= number < self._count:
            return None
        page, place = divmod(number, PAGE_ROWS)
        if page not in self._pages:
            self._pages[page] = self._fetch(page * PAGE_ROWS, PAGE_ROWS)
            if len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
        self._pages.move_to_end(page)
        rows = self._pages[page]
        return rows[place] if place < len(rows) else None

    def row_of(self, entry_id: UUID) -> int:
        """The row of an entry among the pages already read, or -1."""
        for page, rows in self._pages.items():
            for place, row in enumerate(rows):
                if row.id == entry_id:
                    return page * PAGE_ROWS + place
        return -1

    def rowCount(self, parent: Index = _TOP) -> int:
        """Number of entries."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = _TOP) -> int:
        """Number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles of columns, placed like their cells."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return self._alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts and chips of a cell."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, CHIP_ROLE, RECORD_ROLE):
            return None
        row = self.row_at(index.row())
        if row is None or role == RECORD_ROLE:
            return row
        value = self.columns[index.column()].value_of(row)
        if role == CHIP_ROLE:
            return value if isinstance(value, Chip) else None
        return cell_text(value)

    def _alignment(self, section: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
