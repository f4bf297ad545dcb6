"""The week as a grid of people or activities and days; each cell typed is stored at once, as one step of undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QApplication

from cocivic_desktop._generated.forms.hours_week import Ui_HoursWeek
from cocivic_desktop.domain.errors import CoCivicError
from cocivic_desktop.domain.hours import HourCategory
from cocivic_desktop.domain.rules.durations import parse_minutes
from cocivic_desktop.domain.rules.teaching_weeks import monday_of
from cocivic_desktop.domain.rules.week_grid import DAYS, GridRows, read_block
from cocivic_desktop.services import week_grid
from cocivic_desktop.services.week_grid import CellChange, GridSetup
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.errors import sentence
from cocivic_desktop.ui.pages.hours.choose import activities_of
from cocivic_desktop.ui.pages.hours.questions import questions_text
from cocivic_desktop.ui.pages.hours.week_grid_list import WeekList
from cocivic_desktop.ui.pages.hours.week_grid_table import WeekModel
from cocivic_desktop.ui.pages.part import StagePart
from cocivic_desktop.ui.texts.counts import entries_count
from cocivic_desktop.ui.texts.formats import minutes_text, span_text
from cocivic_desktop.ui.theme import set_look
from cocivic_desktop.ui.widgets.choice_box import ChoiceBox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

PLANNED_KEY = "="
"""Typed into a cell, it takes what was planned."""


class WeekPart(StagePart):
    """The grid, what is said about the cell at hand, and below it what a cell or the clipboard holds."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_HoursWeek()
        self.ui.setupUi(self)
        self.monday = monday_of(context.today())
        self.model = WeekModel(self)
        self.ui.grid.setModel(self.model)
        self.ui.grid.dress()
        self.list = WeekList(context, self.ui, self)
        self._again: Callable[[], None] | None = None
        self._kind = ChoiceBox(self.ui.kind, lambda value: self._change_rows())
        self._kind.offer([(GridRows.PEOPLE, self.tr("People")), (GridRows.ACTIVITIES, self.tr("Activities of one"))])
        self._person = ChoiceBox(self.ui.person, lambda value: self._change_rows())
        self._category = ChoiceBox(self.ui.category)
        self._category.offer(choices.enum_choices(HourCategory))
        self._category.show(HourCategory.DELIVERY)
        self._activity = ChoiceBox(self.ui.activity)
        self.model.typed.connect(self.type_in)
        self.ui.grid.paste_wanted.connect(lambda: self.paste(QApplication.clipboard().text()))
        self.ui.grid.opened.connect(self._open_cell)
        self.ui.grid.selectionModel().currentChanged.connect(lambda: self._say_cell())
        self.ui.anywayButton.clicked.connect(lambda: self._store_anyway())
        self.ui.beforeButton.clicked.connect(lambda: self.turn(-1))
        self.ui.afterButton.clicked.connect(lambda: self.turn(1))
        self.ui.todayButton.clicked.connect(lambda: self.turn(0))
        self.ui.beforeButton.setShortcut("Alt+Left")
        self.ui.afterButton.setShortcut("Alt+Right")
        self.ui.copyRowButton.clicked.connect(lambda: self.copy_last_week([self.ui.grid.currentIndex().row()]))
        self.ui.copyAllButton.clicked.connect(lambda: self.copy_last_week())
        self.list.taken.connect(self._take_pasted)
        self.ui.anywayButton.hide()

    @property
    def setup(self) -> GridSetup:
        """What the boxes say."""
        return GridSetup(
            self._kind.value or GridRows.PEOPLE,
            self._person.value,
            self._activity.value,
            self._category.value or HourCategory.DELIVERY,
        )

    def reload(self) -> None:
        """Read the week anew."""
        people = choices.people(self.context)
        self._person.offer(people)
        self._activity.offer(activities_of(self.context, self.partnership_id))
        by_people = self.setup.kind is GridRows.PEOPLE
        self.ui.person.setVisible(not by_people)
        self.ui.activity.setVisible(by_people)
        grid = week_grid.load(self.context.workspace, self.partnership, self.monday, self.setup)
        self.model.show_grid(grid)
        number = self.monday.isocalendar().week
        last = self.monday + timedelta(days=DAYS - 1)
        text = self.tr("Week {number} · {days}")
        self.ui.weekLabel.setText(text.format(number=number, days=span_text(self.monday, last)))
        if not self.ui.grid.currentIndex().isValid() and grid.rows:
            self.ui.grid.setCurrentIndex(self.model.index(0, 1 + min(self._days_in(), DAYS - 1)))
        self.list.refresh(grid)
        self._say_cell()

    def open_item(self, section: str, item: UUID | None) -> None:
        """The keyboard goes into the grid."""
        self.ui.grid.setFocus()

    def turn(self, weeks: int) -> None:
        """Go on or back by weeks; 0 is the present one."""
        self.monday = self.monday + timedelta(weeks=weeks) if weeks else monday_of(self.context.today())
        self.list.close()
        self.reload()

    def type_in(self, row: int, day: int, text: str) -> None:
        """Store what was typed into a cell; nothing empties it, "=" takes what was planned."""
        grid = self.model.grid
        if grid is None:
            return
        try:
            minutes = grid.rows[row].cells[day].planned if text == PLANNED_KEY else parse_minutes(text)
        except ValueError:
            self._say(self.tr("× “{text}” is no duration. Type it like 1:30, 1,5 or 90.").format(text=text), "error")
            return
        self._fill([CellChange(row, day, minutes)])

    def paste(self, text: str) -> None:
        """Take a block from a spreadsheet; when some of it cannot be taken, it is shown first."""
        grid, index = self.model.grid, self.ui.grid.currentIndex()
        if grid is None or not text.strip():
            return
        found = read_block(grid, text, max(0, index.row()), max(0, index.column() - 1))
        problems = [one for one in found if one.problem is not None]
        sound = [CellChange(one.row, one.day, one.minutes) for one in found if one.problem is None]
        if problems or not found:
            self.list.show_pasted(found, grid)
            text = self.tr("Of {all} cells, {count} cannot be taken. Nothing is stored yet.")
            self._say(text.format(all=len(found), count=len(problems)), "warning")
        else:
            self._fill(sound, action="paste_hours")

    def copy_last_week(self, rows: Sequence[int] | None = None) -> None:
        """Note last week's entries again in the empty cells of a row, or of all."""
        grid = self.model.grid
        if grid is None:
            return
        wanted = [row for row in (range(len(grid.rows)) if rows is None else rows) if 0 <= row < len(grid.rows)]
        self._try(
            partial(
                week_grid.copy_last_week,
                self.context.workspace,
                self.partnership,
                grid,
                wanted,
                self.context.today(),
                self.setup,
            ),
            self.tr("Last week has nothing for cells that are empty here."),
        )
        if self._again is None:
            self.ui.grid.setFocus()

    def _take_pasted(self) -> None:
        sound = [CellChange(one.row, one.day, one.minutes) for one in self.list.pasted if one.problem is None]
        self.list.close()
        self._fill(sound, action="paste_hours")

    def _fill(self, changes: Sequence[CellChange], action: str = "fill_week") -> None:
        grid = self.model.grid
        if grid is not None and changes:
            self._try(
                partial(
                    week_grid.fill,
                    self.context.workspace,
                    self.partnership,
                    grid,
                    changes,
                    self.context.today(),
                    self.setup,
                    action=action,
                )
            )

    def _try(self, work: Callable[..., Any], nothing: str = "", *, accept: bool = False) -> None:
        """Do it; what is odd is asked about below the grid."""
        self._again = None
        try:
            filled, _ = work(accept=accept)
        except CoCivicError as error:
            self._say(f"× {sentence(error)}", "error")
            return
        if filled.questions and not accept:
            asked = (question for found in filled.questions.values() for question in found)
            self._say(questions_text(asked), "warning")
            self._again = partial(self._try, work, nothing, accept=True)
            self.ui.anywayButton.show()
            return
        self._say(nothing if not filled.stored else "", "muted")

    def _store_anyway(self) -> None:
        if self._again is not None:
            self._again()
            self.ui.grid.setFocus()

    def _change_rows(self) -> None:
        self.list.close()
        self.reload()

    def _open_cell(self) -> None:
        index = self.ui.grid.currentIndex()
        cell = self.model.cell(index)
        if cell is not None and cell.entries and self.model.grid is not None:
            self.list.show_cell(self.model.grid, index.row(), index.column() - 1)

    def _say_cell(self) -> None:
        """What the cell at hand holds, or the keys."""
        if self._again is not None:
            return
        index = self.ui.grid.currentIndex()
        cell = self.model.cell(index)
        if self.model.grid is not None and not self.model.grid.rows:
            text = self.tr("Nobody has a row yet. Give people a role in this partnership, or note hours under “Enter”.")
        elif cell is not None and cell.confirmed:
            text = self.tr("Confirmed and locked. Enter lists what is in it.")
        elif cell is not None and cell.locked:
            text = self.tr("{entries}. Enter lists them.").format(entries=entries_count(len(cell.entries)))
        elif cell is not None and cell.planned and not cell.entries:
            text = self.tr("Planned: {time}. Type “=” to take it, or another time.").format(
                time=minutes_text(cell.planned)
            )
        else:
            text = self.tr("Type 1:30, 1,5 or 90; Delete empties a cell; Ctrl+V pastes from a spreadsheet.")
        self._say(text, "muted")

    def _say(self, text: str, look: str) -> None:
        self.ui.anywayButton.hide()
        set_look(self.ui.note, look)
        self.ui.note.setText(text)

    def _days_in(self) -> int:
        return max(0, (self.context.today() - self.monday).days)
