"""A report of hours as a table on the screen: groups, their parts, columns, and the sum of all below."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, Qt
from PySide6.QtGui import QFont

from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.hours import HourCategory, HourState
from cocivic_desktop.domain.organisations import PersonKind
from cocivic_desktop.domain.rules.hour_report import HEADS_KEY, GroupBy, Line
from cocivic_desktop.services.hour_reports import HourTable
from cocivic_desktop.ui.models.record_table import Index
from cocivic_desktop.ui.pages.hours.burn_down import month_text
from cocivic_desktop.ui.texts.formats import clock_text
from cocivic_desktop.ui.texts.words import choice_word

_TOP: Final = QModelIndex()
_INDENT: Final = "      "


def by_words() -> dict[GroupBy, str]:
    """What hours can be grouped by, in the order in which it is offered."""
    tr: Callable[[str, str], str] = QCoreApplication.translate
    return {
        GroupBy.PERSON: tr("HourReport", "Person"),
        GroupBy.ROLE: tr("HourReport", "Role"),
        GroupBy.KIND: tr("HourReport", "Kind of person"),
        GroupBy.SIDE: tr("HourReport", "Side"),
        GroupBy.ACTIVITY: tr("HourReport", "Activity"),
        GroupBy.GOAL: tr("HourReport", "Goal"),
        GroupBy.CATEGORY: tr("HourReport", "Category"),
        GroupBy.MONTH: tr("HourReport", "Month"),
        GroupBy.TERM: tr("HourReport", "Term"),
        GroupBy.STATE: tr("HourReport", "State"),
        GroupBy.PARTNERSHIP: tr("HourReport", "Partnership"),
    }


def key_text(table: HourTable, by: GroupBy, key: str, *, short: bool = False) -> str:
    """A key of the report in words."""
    tr: Callable[[str, str], str] = QCoreApplication.translate
    enums: dict[GroupBy, Any] = {
        GroupBy.KIND: PersonKind,
        GroupBy.SIDE: Side,
        GroupBy.CATEGORY: HourCategory,
        GroupBy.STATE: HourState,
    }
    if by in enums:
        return choice_word(enums[by](key))
    if by is GroupBy.MONTH:
        return month_text(key, short=short)
    if by is GroupBy.PERSON and key.startswith(HEADS_KEY):
        role = _role(key.removeprefix(HEADS_KEY))
        return tr("HourReport", "Group: {role}").format(role=role) if role else tr("HourReport", "Group without names")
    if by is GroupBy.ROLE and key:
        return _role(key)
    missing = {
        GroupBy.ROLE: tr("HourReport", "Without a role"),
        GroupBy.ACTIVITY: tr("HourReport", "Without an activity"),
        GroupBy.GOAL: tr("HourReport", "Without a goal"),
        GroupBy.TERM: tr("HourReport", "Outside the terms"),
    }
    return table.names.get(key) or missing.get(by, key)


def _role(role: str) -> str:
    return choice_word(PersonKind(role)) if role in set(PersonKind) else role


class PivotModel(QAbstractTableModel):
    """Rows are the report's lines and the total; the first column names them, indented by level."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table: HourTable | None = None
        self._columns: list[str] = []

    def show_table(self, table: HourTable) -> None:
        """Show another report."""
        self.beginResetModel()
        self.table = table
        self._columns = [*table.pivot.columns]
        self.endResetModel()

    def line(self, index: Index) -> Line | None:
        """The line of a row; the total has no keys."""
        if self.table is None or not index.isValid():
            return None
        lines = self.table.pivot.lines
        return lines[index.row()] if index.row() < len(lines) else self.table.pivot.total

    def keys(self, index: Index) -> dict[GroupBy, str]:
        """What the entries behind a cell share."""
        line = self.line(index)
        if self.table is None or line is None:
            return {}
        shared = self.table.pivot
        keys = dict(zip(shared.rows, line.keys, strict=False))
        column = index.column() - 1
        if shared.column is not None and 0 <= column < len(self._columns):
            keys[shared.column] = self._columns[column]
        if column == len(self._columns) + 1:
            keys[GroupBy.STATE] = HourState.CONFIRMED.value
        return keys

    def sort_key(self, section: int) -> str | None:
        """What a click on a column's head sorts by: None for the names, "" for the total."""
        if section == 0:
            return None
        return self._columns[section - 1] if section <= len(self._columns) else ""

    def words(self, keys: dict[GroupBy, str]) -> str:
        """The keys of a cell in words."""
        table = self.table
        return " · ".join(key_text(table, by, key) for by, key in keys.items()) if table is not None else ""

    def rowCount(self, parent: Index = _TOP) -> int:
        """Lines and the total."""
        return 0 if parent.isValid() or self.table is None else len(self.table.pivot.lines) + 1

    def columnCount(self, parent: Index = _TOP) -> int:
        """Names, the report's columns, total, confirmed, entries."""
        return 0 if parent.isValid() or self.table is None else len(self._columns) + 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands in a column."""
        if orientation != Qt.Orientation.Horizontal or self.table is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if section == 0:
            return " / ".join(by_words()[by] for by in self.table.pivot.rows)
        number = section - 1
        by = self.table.pivot.column
        if by is not None and number < len(self._columns):
            text = key_text(self.table, by, self._columns[number], short=role == Qt.ItemDataRole.DisplayRole)
            years = {column[:4] for column in self._columns} if by is GroupBy.MONTH else set()
            several = len(years) > 1 and role == Qt.ItemDataRole.DisplayRole
            return f"{text} {self._columns[number][:4]}" if several else text
        return [self.tr("Total"), self.tr("Confirmed"), self.tr("Entries")][number - len(self._columns)]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names and times; groups and the total are bold."""
        line = self.line(index)
        if line is None or self.table is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if index.column() else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole:
            return _bold() if len(line.keys) < len(self.table.pivot.rows) else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._name(line, role) if index.column() == 0 else self._figure(line, index.column() - 1)
        return None

    def _name(self, line: Line, role: int) -> str:
        if self.table is None or not line.keys:
            return self.tr("Total")
        shared = self.table.pivot.rows
        name = " ".join(key_text(self.table, shared[len(line.keys) - 1], line.keys[-1]).split())
        deep = len(line.keys) > 1 and role == Qt.ItemDataRole.DisplayRole
        return f"{_INDENT}{name}" if deep else name

    def _figure(self, line: Line, number: int) -> str:
        if number < len(self._columns):
            return clock_text(line.cells.get(self._columns[number]))
        return [clock_text(line.minutes), clock_text(line.confirmed), str(line.entries)][number - len(self._columns)]


def _bold() -> QFont:
    font = QFont()
    font.setWeight(QFont.Weight.DemiBold)
    return font
