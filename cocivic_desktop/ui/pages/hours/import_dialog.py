"""Taking a table of hours over: how it is read, and every row with what is odd about it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from cocivic_desktop._generated.forms.hours_import import Ui_HoursImportDialog
from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.hours import HourCategory
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.services import hours_import, records
from cocivic_desktop.services.hours_import import (
    Book,
    Choice,
    DayOrder,
    HourField,
    HourLayout,
    ImportRow,
    Preview,
    RowState,
    Unit,
)
from cocivic_desktop.services.listed import Layout
from cocivic_desktop.ui.choices import enum_choices
from cocivic_desktop.ui.dialogs.school_import_columns import ColumnMatcher
from cocivic_desktop.ui.dialogs.table_import import TableImportDialog
from cocivic_desktop.ui.models.record_table import Column, RecordTableModel
from cocivic_desktop.ui.pages.hours.import_memory import remember_columns, remembered_layout
from cocivic_desktop.ui.pages.hours.import_names import NamesCard
from cocivic_desktop.ui.pages.hours.import_words import (
    category_hint,
    field_words,
    file_words,
    layout_hints,
    reasons_text,
    state_chip,
)
from cocivic_desktop.ui.texts.counts import entries_count, people_count, rows_count
from cocivic_desktop.ui.texts.formats import day_text, minutes_text
from cocivic_desktop.ui.texts.words import word
from cocivic_desktop.ui.widgets.choice_box import ChoiceBox
from cocivic_desktop.ui.widgets.tables import dress_records

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.tasks import Progress

HEADING_CHOICES: Final = 15
_ATTENTION: Final = frozenset({RowState.ASKED, RowState.PERSON_OPEN, RowState.UNREADABLE})


class HoursImportDialog(TableImportDialog):
    """Choose a file, say what is not certain, tick, import. Nothing is stored before."""

    ui: Ui_HoursImportDialog

    def __init__(self, context: Context, partnership_id: UUID, parent: QWidget | None = None) -> None:
        super().__init__(context, parent, Ui_HoursImportDialog(), file_words())
        self.preview: Preview | None = None
        self.layout_read = HourLayout(-1, ())
        self._partnership_id = partnership_id
        self._guessed = ""
        self._ticks: dict[int, bool] = {}
        """Ticks set by hand, by line."""
        self._order_box = ChoiceBox(self.ui.orderBox, lambda order: self._read_as(order=order, order_asked=False))
        self._unit_box = ChoiceBox(self.ui.unitBox, lambda unit: self._read_as(unit=unit, unit_asked=False))
        self._everybody_box = ChoiceBox(self.ui.everybodyBox, lambda _: self.compare())
        self._category_box = ChoiceBox(self.ui.categoryBox, lambda _: self.compare())
        self._filter_box = ChoiceBox(self.ui.filterBox, lambda _: self._show_rows())
        self._matcher = ColumnMatcher(self.ui.columnsGrid, field_words(), self)
        self._matcher.chosen.connect(self._columns_chosen)
        self.rows: RecordTableModel[ImportRow] = RecordTableModel(self._row_columns(), self)
        self.names = NamesCard(self.ui, self.compare, self)
        self._set_up()
        self.show_reading("")
        self.resize(1180, 700)

    # --- the file -----------------------------------------------------------------------------------------------------

    def open_file(self, path: Path) -> Book:
        """Read a table; called off the GUI thread."""
        return hours_import.read_file(path)

    def store_rows(self) -> str:
        """Store what is ticked and say what was done. Raises `CoCivicError`."""
        if self.preview is None:
            return ""
        done = hours_import.store(self._context.workspace, self.preview, self._context.today(), label=self._file)
        remember_columns(self._context, self.layout_read)
        return self.tr("{entries} with {time} imported, {people} added").format(
            entries=entries_count(done.entries), time=minutes_text(done.minutes), people=people_count(done.people)
        )

    def take_file(self, found: Book) -> None:
        """Show the first sheet of a table, and whom its names can stand for."""
        self.offer_sheets(found)
        people = records.find(self._context.workspace, Person)
        self.names.people = sorted(((one.id, one.name) for one in people), key=lambda one: fold(one[1]))
        self._everybody_box.offer([(None, self.tr("are left out")), *self.names.people])
        self._guessed = "" if found.encoding_certain else found.encoding
        self.show_work()
        self.take_sheet()

    def take_sheet(self) -> None:
        """Read the sheet that has been chosen as one like it was read the last time."""
        rows = self.sheet.rows
        offered: list[tuple[Any, str]] = [((-1, 1), self.tr("none: all rows are hours"))]
        offered += [((number, 1), text) for number, text in enumerate(self.heading_texts(HEADING_CHOICES, 50))]
        self.layout_read = remembered_layout(self._context, self.sheet)
        found = (self.layout_read.heading_row, self.layout_read.headings)
        if found[1] > 1:
            text = self.tr("rows {first} and {second}")
            offered.insert(0, (found, text.format(first=rows[found[0]].line, second=rows[found[0] + 1].line)))
        self._heading_box.offer(offered)
        self._heading_box.show(found)
        self.names.decided.clear()
        self._show_layout()

    # --- how it is read -----------------------------------------------------------------------------------------------

    def take_headings(self, chosen: tuple[int, int]) -> None:
        """Read the sheet with other headings: their first row, and how many they are."""
        self.layout_read = hours_import.layout_with_headings(self.sheet, *chosen)
        self._show_layout()

    def _columns_chosen(self, fields: tuple[HourField | None, ...]) -> None:
        self.layout_read = hours_import.settle(self.sheet, replace(self.layout_read, fields=fields))
        self._show_questions()
        self.compare()

    def _read_as(self, **changes: Any) -> None:
        self.layout_read = replace(self.layout_read, **changes)
        self._show_questions()
        self.compare()

    def _show_layout(self) -> None:
        found = self.layout_read
        last = found.heading_row + found.headings - 1 if found.heading_row >= 0 else -1
        self._matcher.show_columns(self.sheet, Layout(last, found.fields))
        self._show_questions()
        self.compare()

    def _show_questions(self) -> None:
        """What the table does not tell by itself, first in words and then to choose."""
        found = self.layout_read
        self._order_box.show(found.order)
        self._unit_box.show(found.unit)
        hints = layout_hints(found, self.sheet, self._guessed)
        if self.preview is not None and self.preview.assumed and self._category_box.value is None:
            hints.append(category_hint(self.preview.assumed))
        self.ui.hintLabel.setText("\n".join(f"! {hint}" for hint in hints))
        self.ui.hintLabel.setVisible(bool(hints))

    # --- rows and names -----------------------------------------------------------------------------------------------

    def compare(self) -> None:
        """Compare the rows with the workspace, away from the GUI thread."""
        self.say_problem("")
        self.ui.importButton.setEnabled(False)
        workspace, partnership_id, today = self._context.workspace, self._partnership_id, self._context.today()
        sheet, layout, decided = self.sheet, self.layout_read, dict(self.names.decided)
        everybody, category = self._everybody_box.value, self._category_box.value

        def work(progress: Progress) -> Preview:
            return hours_import.compare(
                workspace, partnership_id, sheet, layout, today, decided=decided, everybody=everybody,
                category=category, check=progress.check,
            )  # fmt: skip

        self.run(work, self._take_preview)

    def _take_preview(self, preview: Preview) -> None:
        self.preview = preview
        for row in preview.rows:
            if row.entry is not None and row.line in self._ticks:
                row.ticked = self._ticks[row.line]
        self.names.show_names(preview.names)
        self._show_questions()
        self._show_rows()

    def _show_rows(self) -> None:
        if self.preview is None:
            return
        rows, chosen = self.preview.rows, self._filter_box.value
        if chosen == "attention":
            rows = [row for row in rows if row.state in _ATTENTION]
        elif chosen == "ticked":
            rows = [row for row in rows if row.ticked]
        self.rows.set_rows(rows)
        self._count()
        self._show_row()

    def _count(self) -> None:
        preview = self.preview
        if preview is None:
            return
        ticked = preview.ticked
        open_names = sum(one.choice is Choice.OPEN for one in preview.names)
        minutes = sum(row.entry.minutes * (row.entry.head_count or 1) for row in ticked if row.entry)
        parts = [
            self.tr("{count} ticked with {time}").format(count=len(ticked), time=minutes_text(minutes) or "0 h"),
            self.tr("{count} odd").format(count=preview.count(RowState.ASKED)),
            self.tr("{count} there already").format(count=preview.count(RowState.KNOWN)),
            self.tr("{count} not possible").format(count=preview.count(RowState.UNREADABLE)),
            self.tr("{count} passed over").format(count=preview.count(RowState.PASSED_OVER)),
        ]
        if open_names:
            parts.insert(1, self.tr("names open: {count}").format(count=open_names))
        self.ui.planLabel.setText(" · ".join(parts))
        self.ui.importButton.setText(self.tr("Import {rows}").format(rows=rows_count(len(ticked))))
        asked = self.layout_read.order_asked or self.layout_read.unit_asked
        self.ui.importButton.setEnabled(bool(ticked) and not asked)

    def _tick(self, row: ImportRow, on: bool) -> None:
        if row.entry is None:
            self.say_problem(self.tr("Row {line} cannot be taken: {why}").format(line=row.line, why=reasons_text(row)))
            return
        self.say_problem("")
        row.ticked = self._ticks[row.line] = on
        self.rows.set_rows(self.rows.rows)
        self._count()

    def _tick_all(self, on: bool) -> None:
        for row in self.rows.rows:
            if row.entry is not None and (not on or row.state is not RowState.KNOWN):
                row.ticked = self._ticks[row.line] = on
        self._show_rows()

    def _show_row(self) -> None:
        row = self.rows.record(self.ui.rowsTable.currentIndex())
        self.ui.rowLabel.setText(reasons_text(row) if row is not None else "")

    def _row_columns(self) -> list[Column[ImportRow]]:
        return [
            Column("tick", self.tr("Take"), lambda row: row.ticked, width=52, change=self._tick),
            Column("line", self.tr("Row"), lambda row: row.line, width=48, right=True),
            Column("day", self.tr("Day"), lambda row: day_text(row.read.worked_on, weekday=True), width=152),
            Column("who", self.tr("Who"), _who, tip=lambda row: row.read.person),
            Column("time", self.tr("Time"), lambda row: minutes_text(row.read.minutes), width=98, right=True),
            Column("category", self.tr("Category"), _category, width=108),
            Column("state", self.tr("Found"), state_chip, width=116, tip=reasons_text),
        ]

    # --- small things -------------------------------------------------------------------------------------------------

    def forget_rows(self) -> None:
        """Show no rows: they could not be read."""
        self.preview = None
        self.rows.set_rows([])
        self.ui.planLabel.clear()

    def show_reading(self, text: str) -> None:
        """Nothing to decide yet."""
        super().show_reading(text)
        self.preview = None
        self.names.decided.clear()
        self._ticks.clear()
        self._guessed = ""

    def _set_up(self) -> None:
        ui = self.ui
        self._order_box.offer(
            [
                (DayOrder.DAY_FIRST, self.tr("Day first: 03/04 is 3 April")),
                (DayOrder.MONTH_FIRST, self.tr("Month first: 03/04 is 4 March")),
            ]
        )
        self._category_box.offer([(None, self.tr("by role and activity")), *enum_choices(HourCategory)])
        self._unit_box.offer(
            [
                (Unit.HOURS, self.tr("Hours: 1.5 is 1 h 30 min")),
                (Unit.CLOCK, self.tr("Hours and minutes: 1.30 is 1 h 30 min")),
                (Unit.MINUTES, self.tr("Minutes: 90 is 1 h 30 min")),
            ]
        )
        self._filter_box.offer(
            [("all", self.tr("All rows")), ("attention", self.tr("To look at")), ("ticked", self.tr("Ticked"))]
        )
        dress_records(ui.rowsTable, self.rows, self.rows.columns)
        ui.rowsTable.selectionModel().currentRowChanged.connect(lambda: self._show_row())
        ui.importSplit.setSizes([400, 740])
        ui.importSplit.setStretchFactor(1, 1)
        ui.tickButton.clicked.connect(lambda: self._tick_all(True))
        ui.untickButton.clicked.connect(lambda: self._tick_all(False))
        for button in (ui.tickButton, ui.untickButton):
            button.setAutoDefault(False)


def _who(row: ImportRow) -> str:
    read = row.read
    return read.person or (f"{read.heads} ×" if read.heads else "")


def _category(row: ImportRow) -> str:
    return word(row.entry.category) if row.entry is not None else ""
