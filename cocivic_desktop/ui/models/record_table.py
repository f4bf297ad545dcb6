"""A typed table of records for any view: plain objects in, Qt roles out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QFont

from cocivic_desktop.ui.texts.formats import day_text, number_text, time_text
from cocivic_desktop.ui.texts.words import tone, word

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
_TOP: Final = QModelIndex()
_ROW_TYPE: Final = "application/x-cocivic-row"

RECORD_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""The row's object."""
CHIP_ROLE: Final = Qt.ItemDataRole.UserRole + 2
"""A `Chip` or None."""
SORT_ROLE: Final = Qt.ItemDataRole.UserRole + 3
"""A value that sorts well: ISO text for days, numbers for numbers, folded text."""


@dataclass(frozen=True)
class Chip:
    """A state as a word with a tone: "good", "warning", "bad", "accent", "holiday", "assessment", "neutral"."""

    word: str
    tone: str = "neutral"

    @staticmethod
    def of(value: StrEnum) -> Chip:
        """The chip of a state of the domain."""
        return Chip(word(value), tone(value))


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column, which shows the record's field `key`, or what `value` makes of the record.

    That is text, a number, a day, a time, a bool, an enumeration value, a `Chip` or None.

    `change(row, new value)` makes a cell editable (`choices` as a list to choose from); it calls a service.
    A bool with `change` is a check box. `width` in logical pixels, 0 takes what is left.
    """

    key: str
    title: str
    value: Callable[[Row], Any] | None = None
    width: int = 0
    change: Callable[[Row, Any], Any] | None = None
    choices: Callable[[], Sequence[tuple[Any, str]]] | None = None
    tip: Callable[[Row], str] | None = None
    strong: bool = False
    right: bool = False

    def value_of(self, row: Row) -> Any:
        """What the column shows of a record."""
        return self.value(row) if self.value is not None else getattr(row, self.key)


class RecordTableModel(QAbstractTableModel, Generic[Row]):
    """Rows of any class with columns over them."""

    def __init__(self, columns: Sequence[Column[Row]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = list(columns)
        self.rows: list[Row] = []
        self.moved: Callable[[int, int], object] | None = None
        """Called with the row that was dragged and the row before which it was dropped; None: rows stay."""

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows. While the same records stay, in the same order, views keep selection and scroll place."""
        new = list(rows)
        if [_id_of(row) for row in new] == [_id_of(row) for row in self.rows] and new:
            self.rows = new
            self.dataChanged.emit(self.index(0, 0), self.index(len(new) - 1, len(self.columns) - 1))
            return
        self.beginResetModel()
        self.rows = new
        self.endResetModel()

    def row_of(self, record_id: UUID) -> int:
        """The row of a record, or -1."""
        return next((number for number, row in enumerate(self.rows) if _id_of(row) == record_id), -1)

    def record(self, index: Index) -> Row | None:
        """The object of an index; None for an invalid one."""
        return self.rows[index.row()] if index.isValid() and index.row() < len(self.rows) else None

    def rowCount(self, parent: Index = _TOP) -> int:
        """Number of records."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _TOP) -> int:
        """Number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles of columns, placed like their cells."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts, chips, tips and sort keys of a cell."""
        row = self.record(index)
        if row is None:
            return None
        if role == RECORD_ROLE:
            return row
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        if role == Qt.ItemDataRole.FontRole:
            return _strong_font() if column.strong else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip(row) or None if column.tip else None
        value = column.value_of(row)
        if role == Qt.ItemDataRole.CheckStateRole and isinstance(value, bool):
            return Qt.CheckState.Checked if value else Qt.CheckState.Unchecked
        if role == CHIP_ROLE:
            return value if isinstance(value, Chip) else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell_text(value)
        if role == Qt.ItemDataRole.EditRole:
            return cell_text(value) if isinstance(value, Chip) else value
        if role == SORT_ROLE:
            return _sort_key(value)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Editable and checkable where the column has `change`."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled if self.moved is not None else Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if self.moved is not None:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        column = self.columns[index.column()]
        if column.change is not None:
            value = column.value_of(self.rows[index.row()])
            flags |= Qt.ItemFlag.ItemIsUserCheckable if isinstance(value, bool) else Qt.ItemFlag.ItemIsEditable
        return flags

    def supportedDropActions(self) -> Qt.DropAction:
        """Rows are moved, never copied."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """A dragged row is its number."""
        return [_ROW_TYPE]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The row that is dragged."""
        data = QMimeData()
        data.setData(_ROW_TYPE, str(indexes[0].row()).encode())
        return data

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Hand the move to `moved` once the drop is over; the rows change when the data say so."""
        moved = self.moved
        if moved is None or not data.hasFormat(_ROW_TYPE):
            return False
        source = int(bytes(data.data(_ROW_TYPE).data()))
        place = row if row >= 0 else parent.row() if parent.isValid() else len(self.rows)
        QTimer.singleShot(0, self, lambda: moved(source, place))
        return False

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Hand an edited value to the column's `change`; the model shows it once the data say so."""
        row = self.record(index)
        column = self.columns[index.column()] if row is not None else None
        if row is None or column is None or column.change is None:
            return False
        if role == Qt.ItemDataRole.CheckStateRole:
            value = Qt.CheckState(value) == Qt.CheckState.Checked
        elif role != Qt.ItemDataRole.EditRole:
            return False
        elif column.choices is not None and isinstance(value, int):
            # Qt would turn a value of an enumeration into plain text, so the delegate hands over its number.
            value = column.choices()[value][0]
        column.change(row, value)
        return True

    def _alignment(self, section: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


def cell_text(value: Any) -> str:
    """How a value reads in a cell."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, Chip):
        return value.word
    if isinstance(value, StrEnum):
        return word(value)
    if isinstance(value, datetime):
        local = value.astimezone()
        return f"{day_text(local.date())} {time_text(local)}"
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, time):
        return time_text(value)
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    return " ".join(str(value).split())


def _sort_key(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return cell_text(value).casefold()


def _id_of(row: object) -> object:
    return getattr(row, "id", None) or id(row)


def _strong_font() -> QFont:
    font = QFont()
    font.setWeight(QFont.Weight.DemiBold)
    return font
