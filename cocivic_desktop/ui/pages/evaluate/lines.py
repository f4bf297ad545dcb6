"""Lines of the indicator table: a heading for each aspect, and the indicators under it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from cocivic_desktop.domain.goals import IndicatorAspect
from cocivic_desktop.services.evaluate import IndicatorRow
from cocivic_desktop.ui.models.record_table import RECORD_ROLE, Column, RecordTableModel
from cocivic_desktop.ui.theme import roles

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Line:
    """A heading (`row` is None) or an indicator. `id` stays the same while its indicator is added or left out."""

    id: str
    heading: str = ""
    row: IndicatorRow | None = None

    @property
    def indicator_id(self) -> UUID | None:
        """The partnership's own record, where the indicator is used."""
        return self.row.indicator.id if self.row is not None and self.row.indicator is not None else None


def lines_of(rows: Sequence[IndicatorRow], headings: dict[IndicatorAspect, str], *, only_used: bool) -> list[Line]:
    """The lines in the order of the aspects; own indicators come last in theirs."""
    lines: list[Line] = []
    for aspect in IndicatorAspect:
        mine = [row for row in rows if row.aspect is aspect]
        shown = [row for row in mine if row.indicator is not None or not only_used]
        if not shown:
            continue
        lines.append(Line(id=aspect.value, heading=headings[aspect]))
        seen: dict[str, int] = {}
        for row in shown:
            seen[row.code] = seen.get(row.code, -1) + 1
            own = row.item is None and row.indicator is not None
            lines.append(
                Line(id=str(row.indicator.id) if own and row.indicator else f"{row.code}:{seen[row.code]}", row=row)
            )
    return lines


class LinesModel(RecordTableModel[Line]):
    """Headings are strong and the keyboard passes over them. An indicator is ticked in its first cell when it is used.

    `use(line, used)` is called when a tick is set or taken away.
    """

    def __init__(
        self,
        columns: Sequence[Column[Line]],
        use: Callable[[Line, bool], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, parent)
        self._use = use

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The heading's text in its first cell; other lines as the columns say."""
        line = self.record(index)
        if line is not None and line.row is None:
            return self._heading(line, index.column(), role)
        if line is not None and index.column() == 0 and role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if line.indicator_id is not None else Qt.CheckState.Unchecked
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take an indicator or leave it out; edited cells as the columns say."""
        line = self.record(index)
        if line is not None and line.row is not None and role == Qt.ItemDataRole.CheckStateRole:
            if index.column() == 0:
                self._use(line, Qt.CheckState(value) == Qt.CheckState.Checked)
            return index.column() == 0
        return super().setData(index, value, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Nothing can be done with a heading."""
        line = self.record(index)
        if line is not None and line.row is None:
            return Qt.ItemFlag.ItemNeverHasChildren
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if line is not None and index.column() == 0 else flags

    def place_of(self, line_id: str) -> int:
        """The row of a line, or -1."""
        return next((number for number, line in enumerate(self.rows) if line.id == line_id), -1)

    def _heading(self, line: Line, column: int, role: int) -> Any:
        if role == RECORD_ROLE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.heading if column == 0 else ""
        if role == Qt.ItemDataRole.FontRole:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        if role == Qt.ItemDataRole.ForegroundRole:
            return roles().color("text")
        return None
