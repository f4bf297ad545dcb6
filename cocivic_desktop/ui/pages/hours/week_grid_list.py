"""The small list below the week: the entries of one cell, or what was pasted and why some of it is not taken."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject, Signal

from cocivic_desktop.domain.hours import HourCategory, HourEntry, HourState
from cocivic_desktop.domain.rules.durations import parse_minutes
from cocivic_desktop.domain.rules.week_grid import Pasted, PasteProblem, WeekGrid
from cocivic_desktop.services import hours
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.models.record_table import Chip, Column, RecordTableModel
from cocivic_desktop.ui.texts.formats import day_text, minutes_text
from cocivic_desktop.ui.texts.words import word
from cocivic_desktop.ui.widgets.chip_delegate import ChoiceDelegate
from cocivic_desktop.ui.widgets.tables import choose_first, dress_records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cocivic_desktop._generated.forms.hours_week import Ui_HoursWeek
    from cocivic_desktop.ui.context import Context


class WeekList(QObject):
    """Shown on demand. Entries of a cell can be changed one by one; pasted cells are taken or left."""

    taken = Signal()
    """The sound cells of the clipboard shall be taken."""

    def __init__(self, context: Context, ui: Ui_HoursWeek, parent: QObject) -> None:
        super().__init__(parent)
        self.context, self.ui = context, ui
        self.pasted: Sequence[Pasted] = ()
        self._place: tuple[UUID | None, int] | None = None
        self._grid: WeekGrid | None = None
        self.entries: RecordTableModel[HourEntry] = RecordTableModel(
            [
                Column("minutes", self.tr("Time"), lambda row: minutes_text(row.minutes), 100, self._set_minutes),
                Column(
                    "category",
                    self.tr("Category"),
                    lambda row: word(row.category),
                    130,
                    lambda row, value: self._change(row, category=value),
                    lambda: choices.enum_choices(HourCategory),
                ),
                Column("heads", self.tr("Heads"), lambda row: row.head_count, width=70, right=True),
                Column("state", self.tr("State"), lambda row: Chip.of(row.state), width=110),
                Column("remark", self.tr("Remark")),
            ],
            self,
        )
        self.cells: RecordTableModel[Pasted] = RecordTableModel(
            [
                Column("title", self.tr("Row"), self._title),
                Column("day", self.tr("Day"), self._day, width=120),
                Column("text", self.tr("Text"), width=120),
                Column("problem", self.tr("What about it"), self._problem, width=230),
            ],
            self,
        )
        ui.closeButton.clicked.connect(lambda: self.close())
        ui.takeButton.clicked.connect(lambda: self.taken.emit())
        ui.deleteButton.clicked.connect(lambda: self.delete())
        ui.listPane.hide()

    def show_cell(self, grid: WeekGrid, row: int, day: int) -> None:
        """List the entries of a cell."""
        self._place, self.pasted = (grid.rows[row].key, day), ()
        dress_records(self.ui.list, self.entries, self.entries.columns)
        offered = partial(choices.enum_choices, HourCategory)
        self.ui.list.setItemDelegateForColumn(1, ChoiceDelegate(offered, self.ui.list))
        self.refresh(grid)
        self._open(cell=True)

    def show_pasted(self, pasted: Sequence[Pasted], grid: WeekGrid) -> None:
        """List what was pasted, troubled cells first."""
        self._grid, self._place = grid, None
        self.pasted = sorted(pasted, key=lambda one: one.problem is None)
        dress_records(self.ui.list, self.cells, self.cells.columns)
        self.ui.list.setItemDelegateForColumn(1, self.ui.list.itemDelegate())
        self.cells.set_rows(self.pasted)
        self.ui.listTitle.setText(self.tr("From the clipboard"))
        sound = sum(one.problem is None for one in pasted)
        taking = self.tr("Take the sound cell") if sound == 1 else self.tr("Take the {count} sound cells")
        self.ui.takeButton.setText(taking.format(count=sound))
        self.ui.takeButton.setEnabled(sound > 0)
        self._open(cell=False)

    def refresh(self, grid: WeekGrid) -> None:
        """Show the entries of the cell as they are now; an empty one closes the list."""
        self._grid = grid
        if self._place is None:
            return
        key, day = self._place
        row = next((one for one in grid.rows if one.key == key), None)
        if row is None or not row.cells[day].entries:
            self.close()
            return
        parts = (row.title, day_text(grid.days[day], weekday=True))
        self.ui.listTitle.setText(" · ".join(part for part in parts if part))
        self.entries.set_rows(row.cells[day].entries)
        choose_first(self.ui.list)

    def close(self) -> None:
        """Put the list away; the keyboard goes back into the grid."""
        self._place, self.pasted = None, ()
        if self.ui.listPane.isVisible():
            self.ui.listPane.hide()
            self.ui.grid.setFocus()

    def delete(self) -> None:
        """Delete the chosen entry; confirmed ones stay."""
        entry = self.entries.record(self.ui.list.currentIndex())
        if entry is not None and self._place is not None:
            self.context.attempt(hours.delete_entry, self.context.workspace, entry.id)

    def _open(self, *, cell: bool) -> None:
        self.ui.takeButton.setVisible(not cell)
        self.ui.deleteButton.setVisible(cell)
        self.ui.listPane.show()
        choose_first(self.ui.list)
        self.ui.list.setFocus()

    def _set_minutes(self, row: HourEntry, text: Any) -> None:
        try:
            minutes = parse_minutes(str(text))
        except ValueError:
            minutes = None
        if minutes:
            self._change(row, minutes=minutes)
        else:
            self.context.notify(self.tr("“{text}” is no duration. Type it like 1:30 or 90.").format(text=text))

    def _change(self, row: HourEntry, **fields: Any) -> None:
        if row.state is HourState.CONFIRMED:
            self.context.notify(self.tr("Confirmed entries stay. Take the confirmation back first."))
            return
        workspace, today = self.context.workspace, self.context.today()
        self.context.attempt(partial(hours.change_entry, accept=True, **fields), workspace, row.id, today)

    def _title(self, one: Pasted) -> str:
        grid = self._grid
        if grid is not None and 0 <= one.row < len(grid.rows):
            return grid.rows[one.row].title
        return one.title or str(one.row + 1)

    def _day(self, one: Pasted) -> str:
        grid = self._grid
        return day_text(grid.days[one.day], weekday=True, year=False) if grid and one.day < len(grid.days) else "–"

    def _problem(self, one: Pasted) -> Chip:
        return Chip(problem_text(one.problem), "good" if one.problem is None else "bad")


def problem_text(problem: PasteProblem | None) -> str:
    """Why a pasted cell cannot be taken, in words."""
    texts = {
        None: QCoreApplication.translate("Hours", "fine"),
        PasteProblem.NOT_A_DURATION: QCoreApplication.translate("Hours", "no duration"),
        PasteProblem.OVER_24_HOURS: QCoreApplication.translate("Hours", "more than 24 hours"),
        PasteProblem.LOCKED: QCoreApplication.translate("Hours", "locked, or several entries"),
        PasteProblem.OUTSIDE: QCoreApplication.translate("Hours", "outside the week or the rows"),
        PasteProblem.UNKNOWN_ROW: QCoreApplication.translate("Hours", "nobody of this name here"),
    }
    return texts[problem]
