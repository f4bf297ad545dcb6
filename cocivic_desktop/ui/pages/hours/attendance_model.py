"""The marks of an attendance as a table: people down as on the printed sheet, dates across, and what was typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from cocivic_desktop.domain.hours import AttendanceState
from cocivic_desktop.domain.organisations import PersonKind
from cocivic_desktop.domain.rules.durations import parse_minutes
from cocivic_desktop.services.attendance import AttendanceDay, AttendanceGrid, Mark
from cocivic_desktop.ui.texts.formats import day_text, minutes_text, time_text
from cocivic_desktop.ui.texts.words import word
from cocivic_desktop.ui.theme import roles

Index = QModelIndex | QPersistentModelIndex
_TOP: Final = QModelIndex()
_TONES: Final = {
    AttendanceState.PRESENT: "good",
    AttendanceState.ABSENT: "bad",
    AttendanceState.EXCUSED: "warning",
}


@dataclass(frozen=True)
class GridRow:
    """A person, somebody to be added (no id), or the heads without names."""

    id: UUID | None
    name: str
    kind: PersonKind | None = None
    detail: str = ""
    is_heads: bool = False


@dataclass
class Pending:
    """What was typed and is not saved yet. Rows of people to be added count from 0 in `new_marks`."""

    marks: dict[tuple[UUID, date], Mark | None] = field(default_factory=dict)
    heads: dict[date, int | None] = field(default_factory=dict)
    names: list[tuple[str, PersonKind]] = field(default_factory=list)
    new_marks: dict[tuple[int, date], Mark] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.marks or self.heads or self.names)


class AttendanceModel(QAbstractTableModel):
    """Names in the first column, then one column for each date. `changed` is called after every mark."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.grid: AttendanceGrid | None = None
        self.rows: list[GridRow] = []
        self.days: Sequence[AttendanceDay] = ()
        self.pending = Pending()
        self.today = date.max
        self.on_change: Callable[[], object] = _nothing

    def show(self, grid: AttendanceGrid | None, pending: Pending, today: date) -> None:
        """Show a grid with what was typed over it."""
        self.beginResetModel()
        self.grid, self.pending, self.today = grid, pending, today
        self.days = grid.days if grid is not None else ()
        people = grid.people if grid is not None else ()
        self.rows = [
            GridRow(one.id, one.name, one.kind, one.class_group if one.kind is PersonKind.STUDENT else one.role)
            for one in people
        ]
        self.rows += [GridRow(None, name, kind, self.tr("new")) for name, kind in pending.names]
        if grid is not None:
            self.rows.append(GridRow(None, self.tr("Learners without names"), None, self.tr("number"), is_heads=True))
        self.endResetModel()

    def mark_at(self, row: int, day: AttendanceDay) -> Mark | None:
        """What stands in a cell, typed or stored."""
        one = self.rows[row]
        if one.id is None:
            return self.pending.new_marks.get((self._new_number(row), day.on))
        key = (one.id, day.on)
        if key in self.pending.marks:
            return self.pending.marks[key]
        return self.grid.marks.get(key) if self.grid is not None else None

    def heads_at(self, day: AttendanceDay) -> int | None:
        """The number of heads of a date, typed or stored."""
        return self.pending.heads.get(day.original_on, day.head_count)

    def locked(self, column: int) -> bool:
        """Whether a date cannot be marked: it is to come or called off."""
        day = self.days[column - 1]
        return day.on > self.today or day.cancelled

    def is_confirmed(self, row: int, day: AttendanceDay) -> bool:
        """Whether the hours of a cell are confirmed: a mark does not change them then."""
        one = self.rows[row]
        return self.grid is not None and one.id is not None and (one.id, day.on) in self.grid.confirmed

    def set_mark(self, row: int, column: int, mark: Mark | None) -> None:
        """Put a mark into a cell of a person."""
        if self.rows[row].is_heads or self.locked(column):
            return
        one, day = self.rows[row], self.days[column - 1]
        if one.id is not None:
            stored = self.grid.marks.get((one.id, day.on)) if self.grid is not None else None
            if mark == stored:
                self.pending.marks.pop((one.id, day.on), None)
            else:
                self.pending.marks[one.id, day.on] = mark
        elif mark is None:
            self.pending.new_marks.pop((self._new_number(row), day.on), None)
        else:
            self.pending.new_marks[self._new_number(row), day.on] = mark
        self.dataChanged.emit(self.index(row, column), self.index(row, column))
        self.on_change()

    def all_present(self, column: int) -> int:
        """Mark everybody of a date who has no mark yet; gives how many."""
        day = self.days[column - 1]
        free = [
            row
            for row, one in enumerate(self.rows)
            if not one.is_heads and not self.locked(column) and self.mark_at(row, day) is None
        ]
        for row in free:
            self.set_mark(row, column, Mark(AttendanceState.PRESENT))
        return len(free)

    def rowCount(self, parent: Index = _TOP) -> int:
        """People and the heads."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _TOP) -> int:
        """Names and dates."""
        return 0 if parent.isValid() or self.grid is None else len(self.days) + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Dates above, the numbers of the sheet at the left."""
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal and section == 0:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return "" if self.rows[section].is_heads else str(section + 1)
        if section == 0:
            return self.tr("Name")
        day = self.days[section - 1]
        parts = [day_text(day.on, weekday=True, year=False)]
        if day.cancelled:
            parts.append(self.tr("called off"))
        elif len(self.days) == 1 and day.start_time is not None:
            parts.append(time_text(day.start_time))
        return "\n".join(parts)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A sign and, where there is room, a word; bold while it is not saved."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        one = self.rows[row]
        if column == 0:
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                return f"{one.name} ({one.detail})" if one.detail else one.name
            return None
        day = self.days[column - 1]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(row, day, spoken=role == Qt.ItemDataRole.AccessibleTextRole)
        if role == Qt.ItemDataRole.EditRole:
            heads, mark = self.heads_at(day), self.mark_at(row, day)
            return str(heads or "") if one.is_heads else str(mark.minutes or "") if mark is not None else ""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, day)
        if role == Qt.ItemDataRole.ForegroundRole:
            mark = self.mark_at(row, day)
            return roles().color(_TONES[mark.state]) if mark is not None and not one.is_heads else None
        if role == Qt.ItemDataRole.FontRole and self._is_pending(row, day):
            font = QFont()
            font.setBold(True)
            return font
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take minutes of a person who came for a part, or a number of heads."""
        if role != Qt.ItemDataRole.EditRole or index.column() == 0:
            return False
        text = str(value or "").strip()
        row, column = index.row(), index.column()
        day = self.days[column - 1]
        if self.rows[row].is_heads:
            if text and not (text.isdigit() and int(text) <= 100_000):
                return False
            count = int(text) if text and int(text) else None
            if count == day.head_count:
                self.pending.heads.pop(day.original_on, None)
            else:
                self.pending.heads[day.original_on] = count
            self.dataChanged.emit(index, index)
            self.on_change()
            return True
        if not text:
            self.set_mark(row, column, None)
            return True
        try:
            minutes = int(text) if text.isdigit() else parse_minutes(text)
        except ValueError:
            return False
        if not minutes or minutes > 24 * 60:
            return False
        whole = minutes == day.minutes
        self.set_mark(row, column, Mark(AttendanceState.PRESENT, None if whole else minutes))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Dates can be typed into unless they are locked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        free = index.column() > 0 and not self.locked(index.column())
        return flags | Qt.ItemFlag.ItemIsEditable if free else flags

    def _text(self, row: int, day: AttendanceDay, *, spoken: bool) -> str:
        if self.rows[row].is_heads:
            count = self.heads_at(day)
            return str(count) if count else "–" if spoken else ""
        mark = self.mark_at(row, day)
        if mark is None and self.is_confirmed(row, day):
            return self.tr("hours confirmed") if spoken or len(self.days) == 1 else "•"
        if mark is None:
            return self.tr("no mark") if spoken else ""
        sign = {
            AttendanceState.PRESENT: "✓",
            AttendanceState.ABSENT: "–",
            AttendanceState.EXCUSED: self.tr("E", "sign for excused"),
        }[mark.state]
        minutes = minutes_text(mark.minutes) if mark.minutes else ""
        if spoken or len(self.days) == 1:
            return " ".join(part for part in ("" if spoken else sign, word(mark.state), minutes) if part)
        return f"{sign} {minutes}".strip()

    def _tip(self, row: int, day: AttendanceDay) -> str | None:
        if day.cancelled:
            return self.tr("This date was called off.")
        if day.on > self.today:
            return self.tr("This date is still to come.")
        if self.is_confirmed(row, day):
            return self.tr(
                "These hours are confirmed and stay. Take the confirmation back under “Enter” to correct them."
            )
        return None

    def _is_pending(self, row: int, day: AttendanceDay) -> bool:
        one = self.rows[row]
        if one.is_heads:
            return day.original_on in self.pending.heads
        return one.id is None or (one.id, day.on) in self.pending.marks

    def _new_number(self, row: int) -> int:
        return row - len(self.grid.people if self.grid is not None else ())


def _nothing() -> None:
    """Nobody listens."""
