"""A school year as a table: a column for each week, a row for each partnership, or for each kind of activity of one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, Qt

from cocivic_desktop.domain.activities import ActivityKind
from cocivic_desktop.ui.pages.calendar.data import week_start
from cocivic_desktop.ui.pages.calendar.filters import Scope
from cocivic_desktop.ui.pages.calendar.views.days import SchoolDays
from cocivic_desktop.ui.pages.calendar.views.month_model import NO_INDEX, Index
from cocivic_desktop.ui.pages.calendar.views.phrases import day_sentence
from cocivic_desktop.ui.texts.formats import span_text
from cocivic_desktop.ui.texts.marks import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from cocivic_desktop.ui.pages.calendar.data import CalendarData, Entry, Key

KINDS = {
    ActivityKind.SESSION: QT_TRANSLATE_NOOP("Calendar", "Project sessions"),
    ActivityKind.WORKSHOP: QT_TRANSLATE_NOOP("Calendar", "Workshops"),
    ActivityKind.MEETING: QT_TRANSLATE_NOOP("Calendar", "Meetings"),
    ActivityKind.VISIT: QT_TRANSLATE_NOOP("Calendar", "Visits"),
    ActivityKind.EVENT: QT_TRANSLATE_NOOP("Calendar", "Public events"),
    ActivityKind.DEADLINE: QT_TRANSLATE_NOOP("Calendar", "Deadlines"),
}
"""Rows of one partnership from top to bottom; those without a date are left out."""


class Run(NamedTuple):
    """Days of one week that are shaded alike, as shares of the week from 0 to 1."""

    begins: float
    ends: float
    role: str


class Week(NamedTuple):
    """How a week of one school looks: its shaded days, and where terms begin or end."""

    runs: list[Run]
    edges: list[float]


@dataclass
class StripRow:
    """A row with its dates by the number of the week."""

    title: str
    school: UUID
    weeks: dict[int, list[Entry]] = field(default_factory=dict)


class StripModel(QAbstractTableModel):
    """`show_data` decides the rows: one partnership by kinds of activity, several each in one row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.data_of: CalendarData | None = None
        self.first = date(2000, 1, 3)
        self.rows: list[StripRow] = []
        self.columns = 0
        self.days: dict[UUID, SchoolDays] = {}
        self._weeks: dict[tuple[UUID, int], Week] = {}
        self._edges: dict[UUID, dict[date, str]] = {}

    def show_data(self, data: CalendarData) -> None:
        """Show the weeks of another year."""
        self.beginResetModel()
        self.data_of = data
        first, before = self.first, self.days
        self.first = week_start(data.first, data.wanted.first_weekday)
        self.columns = (data.last - self.first).days // 7 + 1
        schools = {one.school_id for one in data.window.content.partnerships.values()} | {data.school.id}
        self.days = {school: data.days_for(school) for school in schools}
        self._edges = {school: days.edges for school, days in self.days.items()}
        if first != self.first or any(before.get(school) is not days for school, days in self.days.items()):
            self._weeks = {}
        self.rows = (
            self._rows_by_kind(data) if data.wanted.filters.scope is Scope.THIS else self._rows_by_partnership(data)
        )
        self.endResetModel()

    def _rows_by_kind(self, data: CalendarData) -> list[StripRow]:
        shown = [
            StripRow(QCoreApplication.translate("Calendar", title), data.school.id, data.by_week[kind])
            for kind, title in KINDS.items()
            if kind in data.by_week
        ]
        return shown or [StripRow(data.partnership.title, data.school.id)]

    def _rows_by_partnership(self, data: CalendarData) -> list[StripRow]:
        own = data.partnership.id
        known = data.window.content.partnerships.values()
        return [
            StripRow(one.title, one.school_id, data.by_week.get(one.id, {}))
            for one in sorted(known, key=lambda one: (one.id != own, one.title))
            if one.id == own or one.id in data.by_week
        ]

    @property
    def one_school(self) -> UUID | None:
        """The school of all rows; None when there are several."""
        schools = {row.school for row in self.rows}
        return next(iter(schools)) if len(schools) == 1 else None

    def monday(self, column: int) -> date:
        """The first day of the week of a column."""
        return self.first + timedelta(days=7 * column)

    def entries(self, row: int, column: int) -> list[Entry]:
        """The dates of a cell."""
        return self.rows[row].weeks.get(column, []) if 0 <= row < len(self.rows) else []

    def cell_of(self, key: Key) -> QModelIndex:
        """The cell of a date."""
        entry = self.data_of.entry(key) if self.data_of is not None else None
        if entry is not None and entry.occurrence is not None:
            column = (entry.occurrence.on - self.first).days // 7
            for number, row in enumerate(self.rows):
                if any(one.id == key for one in row.weeks.get(column, ())):
                    return self.index(number, column)
        return QModelIndex()

    def week(self, school: UUID, column: int) -> Week:
        """How a week of a school looks."""
        found = self._weeks.get((school, column))
        if found is None:
            days, edges, start = self.days[school], self._edges[school], self.monday(column)
            runs: list[Run] = []
            marks: list[float] = []
            for number in range(7):
                day = start + timedelta(days=number)
                role = days.on(day).role
                if role and runs and runs[-1].role == role and runs[-1].ends == number / 7:
                    runs[-1] = runs[-1]._replace(ends=(number + 1) / 7)
                elif role:
                    runs.append(Run(number / 7, (number + 1) / 7, role))
                if day in edges:
                    begins = days.view is not None and any(term.starts_on == day for term in days.view.terms)
                    marks.append((number if begins else number + 1) / 7)
            found = self._weeks[school, column] = Week(runs, marks)
        return found

    def week_tip(self, row: int, column: int) -> str:
        """What a school's year says of a week."""
        if self.data_of is None or not 0 <= row < len(self.rows):
            return ""
        days, start = self.days[self.rows[row].school], self.monday(column)
        span = span_text(start, start + timedelta(days=6))
        tips = dict.fromkeys(days.on(start + timedelta(days=number)).tip for number in range(7))
        return "\n".join([f"{span} · {days.week_sentence(start)}", *(tip for tip in tips if tip)])

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """The partnerships, or kinds of activity."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """The weeks."""
        return 0 if parent.isValid() else self.columns

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """For screen readers the week in words; the marks are drawn."""
        if not index.isValid() or self.data_of is None:
            return None
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            row = self.rows[index.row()]
            entries = self.entries(index.row(), index.column())
            return day_sentence(self.monday(index.column()), entries, self.days[row.school], self.data_of)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles of the rows; the weeks in words for screen readers."""
        if orientation is Qt.Orientation.Vertical:
            texts = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
            return self.rows[section].title if role in texts and section < len(self.rows) else None
        if role == Qt.ItemDataRole.AccessibleTextRole and self.data_of is not None:
            return self.days[self.data_of.school.id].week_sentence(self.monday(section))
        return None
