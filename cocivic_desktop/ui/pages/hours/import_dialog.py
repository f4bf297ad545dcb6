"""Taking a table of hours over: how it is read, who is who, and every row with what is odd about it."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from cocivic_desktop._generated.forms.hours_import import Ui_HoursImportDialog
from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.errors import CoCivicError
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
    ListedName,
    Preview,
    RowState,
    Sheet,
    Unit,
)
from cocivic_desktop.services.listed import Layout
from cocivic_desktop.ui.choices import enum_choices
from cocivic_desktop.ui.dialogs.school_import_columns import ColumnMatcher
from cocivic_desktop.ui.errors import sentence
from cocivic_desktop.ui.models.record_table import Column, RecordTableModel
from cocivic_desktop.ui.pages.hours.import_memory import remember_columns, remembered_layout
from cocivic_desktop.ui.pages.hours.import_words import (
    category_hint,
    choice_words,
    field_words,
    layout_hints,
    match_chip,
    meant_text,
    reasons_text,
    state_chip,
)
from cocivic_desktop.ui.pages.part import ChoiceBox
from cocivic_desktop.ui.texts.counts import entries_count, people_count, rows_count
from cocivic_desktop.ui.texts.formats import day_text, minutes_text
from cocivic_desktop.ui.texts.words import word
from cocivic_desktop.ui.widgets.chip_delegate import ChoiceDelegate
from cocivic_desktop.ui.widgets.empty_state import EmptyState
from cocivic_desktop.ui.widgets.tables import dress_records

if TYPE_CHECKING:
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.tasks import Job, Progress

HEADING_CHOICES: Final = 15
_ATTENTION: Final = frozenset({RowState.ASKED, RowState.PERSON_OPEN, RowState.UNREADABLE})


class HoursImportDialog(QDialog):
    """Choose a file, say what is not certain, tick, import. Nothing is stored before."""

    def __init__(self, context: Context, partnership_id: UUID, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_HoursImportDialog()
        self.ui.setupUi(self)
        self.preview: Preview | None = None
        self.layout_read = HourLayout(-1, ())
        self._context, self._partnership_id = context, partnership_id
        self._file = ""
        self._sheets: list[Sheet] = []
        self._job: Job | None = None
        self._decided: dict[str, tuple[Choice, UUID | None]] = {}
        self._ticks: dict[int, bool] = {}
        """Ticks set by hand, by line."""
        self._people: list[tuple[Any, str]] = []
        self.empty = EmptyState(
            self.tr("Choose a table of hours"),
            self.tr(
                "CSV or Excel (.xlsx). Headings may stand anywhere; days, times and durations are read as people write "
                "them in English, German, Spanish and Turkish. Nothing is stored before you have looked at it."
            ),
            self.tr("Choose a file…"),
        )
        self.ui.importViews.insertWidget(0, self.empty)
        self._sheet_box = ChoiceBox(self.ui.sheetBox, lambda _: self._take_sheet())
        self._heading_box = ChoiceBox(self.ui.headingBox, self._take_headings)
        self._order_box = ChoiceBox(self.ui.orderBox, lambda order: self._read_as(order=order, order_asked=False))
        self._unit_box = ChoiceBox(self.ui.unitBox, lambda unit: self._read_as(unit=unit, unit_asked=False))
        self._everybody_box = ChoiceBox(self.ui.everybodyBox, lambda _: self.compare())
        self._category_box = ChoiceBox(self.ui.categoryBox, lambda _: self.compare())
        self._filter_box = ChoiceBox(self.ui.filterBox, lambda _: self._show_rows())
        self._matcher = ColumnMatcher(self.ui.columnsGrid, field_words(), self)
        self._matcher.chosen.connect(self._columns_chosen)
        self.rows: RecordTableModel[ImportRow] = RecordTableModel(self._row_columns(), self)
        self.names: RecordTableModel[ListedName] = RecordTableModel(self._name_columns(), self)
        self._set_up()
        self._show_reading("")
        self.resize(1180, 700)

    # --- the file -----------------------------------------------------------------------------------------------------

    def choose(self) -> None:
        """Ask for a file and read it."""
        folder = self._context.setting("hours_import_folder", str(Path.home()))
        kinds = self.tr("Tables (*.csv *.xlsx *.xlsm *.tsv *.txt);;All files (*)")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a table of hours"), folder, kinds)
        if name:
            self._context.settings.setValue("hours_import_folder", str(Path(name).parent))
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Read a file away from the GUI thread."""
        self._show_reading(self.tr("Reading {file} …").format(file=path.name))
        self._file = path.name
        self._run(lambda: hours_import.read_file(path), self._take_book)

    def store(self) -> None:
        """Store what is ticked: all of it, or nothing."""
        if self.preview is None:
            return
        try:
            done = hours_import.store(
                self._context.workspace, self.preview, self._context.today(), label=self._file
            )  # fmt: skip
        except CoCivicError as error:
            self._say_problem(sentence(error))
            return
        remember_columns(self._context, self.layout_read)
        text = self.tr("{entries} with {time} imported, {people} added. Ctrl+Z takes it back.")
        self._context.notify(
            text.format(
                entries=entries_count(done.entries),
                time=minutes_text(done.minutes),
                people=people_count(done.people),
            )
        )
        self.accept()

    def _take_book(self, book: Book) -> None:
        self._sheets = book.sheets
        self._sheet_box.offer([(number, one.name) for number, one in enumerate(book.sheets)])
        for widget in (self.ui.sheetWord, self.ui.sheetBox):
            widget.setVisible(len(book.sheets) > 1)
        people = records.find(self._context.workspace, Person)
        self._people = sorted(((one.id, one.name) for one in people), key=lambda one: fold(one[1]))
        self._everybody_box.offer([(None, self.tr("are left out")), *self._people])
        self._guessed = "" if book.encoding_certain else book.encoding
        self.ui.fileLabel.setText(self._file)
        for shown in (self.ui.chooseButton, self.ui.headingWord, self.ui.headingBox):
            shown.show()
        self.ui.importViews.setCurrentWidget(self.ui.workPage)
        self._take_sheet()

    def _take_sheet(self) -> None:
        rows = self._sheet.rows
        offered: list[tuple[Any, str]] = [((-1, 1), self.tr("none: all rows are hours"))]
        for number, row in enumerate(islice(rows, HEADING_CHOICES)):
            words = ", ".join(filter(None, row.cells))[:50]
            offered.append(((number, 1), self.tr("row {line}: {words}").format(line=row.line, words=words)))
        self.layout_read = remembered_layout(self._context, self._sheet)
        found = (self.layout_read.heading_row, self.layout_read.headings)
        if found[1] > 1:
            text = self.tr("rows {first} and {second}")
            offered.insert(0, (found, text.format(first=rows[found[0]].line, second=rows[found[0] + 1].line)))
        self._heading_box.offer(offered)
        self._heading_box.show(found)
        self._decided.clear()
        self._show_layout()

    @property
    def _sheet(self) -> Sheet:
        return self._sheets[self._sheet_box.value or 0]

    # --- how it is read -----------------------------------------------------------------------------------------------

    def _take_headings(self, rows: tuple[int, int]) -> None:
        self.layout_read = hours_import.layout_with_headings(self._sheet, *rows)
        self._show_layout()

    def _columns_chosen(self, fields: tuple[HourField | None, ...]) -> None:
        self.layout_read = hours_import.settle(self._sheet, replace(self.layout_read, fields=fields))
        self._show_questions()
        self.compare()

    def _read_as(self, **changes: Any) -> None:
        self.layout_read = replace(self.layout_read, **changes)
        self._show_questions()
        self.compare()

    def _show_layout(self) -> None:
        found = self.layout_read
        last = found.heading_row + found.headings - 1 if found.heading_row >= 0 else -1
        self._matcher.show_columns(self._sheet, Layout(last, found.fields))
        self._show_questions()
        self.compare()

    def _show_questions(self) -> None:
        """What the table does not tell by itself, first in words and then to choose."""
        found, sheet = self.layout_read, self._sheet
        self._order_box.show(found.order)
        self._unit_box.show(found.unit)
        hints = layout_hints(found, sheet, self._guessed)
        if self.preview is not None and self.preview.assumed and self._category_box.value is None:
            hints.append(category_hint(self.preview.assumed))
        self.ui.hintLabel.setText("\n".join(f"! {hint}" for hint in hints))
        self.ui.hintLabel.setVisible(bool(hints))

    # --- rows and names -----------------------------------------------------------------------------------------------

    def compare(self) -> None:
        """Compare the rows with the workspace, away from the GUI thread."""
        self._say_problem("")
        self.ui.importButton.setEnabled(False)
        workspace, partnership_id, today = self._context.workspace, self._partnership_id, self._context.today()
        sheet, layout, decided = self._sheet, self.layout_read, dict(self._decided)
        everybody, category = self._everybody_box.value, self._category_box.value

        def work(progress: Progress) -> Preview:
            return hours_import.compare(
                workspace, partnership_id, sheet, layout, today, decided=decided, everybody=everybody,
                category=category, check=progress.check,
            )  # fmt: skip

        self._run(work, self._take_preview)

    def _take_preview(self, preview: Preview) -> None:
        self.preview = preview
        for row in preview.rows:
            if row.entry is not None and row.line in self._ticks:
                row.ticked = self._ticks[row.line]
        self.names.set_rows(preview.names)
        self.ui.namesCard.setVisible(bool(preview.names))
        suggested = any(one.choice is Choice.OPEN and one.person_id is not None for one in preview.names)
        self.ui.suggestedButton.setVisible(suggested)
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
            parts.insert(1, self.tr("{count} names open").format(count=open_names))
        self.ui.planLabel.setText(" · ".join(parts))
        self.ui.importButton.setText(self.tr("Import {rows}").format(rows=rows_count(len(ticked))))
        asked = self.layout_read.order_asked or self.layout_read.unit_asked
        self.ui.importButton.setEnabled(bool(ticked) and not asked)

    def _tick(self, row: ImportRow, on: bool) -> None:
        if row.entry is None:
            self._say_problem(self.tr("Row {line} cannot be taken: {why}").format(line=row.line, why=reasons_text(row)))
            return
        self._say_problem("")
        row.ticked = self._ticks[row.line] = on
        self.rows.set_rows(self.rows.rows)
        self._count()

    def _tick_all(self, on: bool) -> None:
        for row in self.rows.rows:
            if row.entry is not None and (not on or row.state is not RowState.KNOWN):
                row.ticked = self._ticks[row.line] = on
        self._show_rows()

    def _decide(self, one: ListedName, chosen: Any) -> None:
        self._decided[one.name] = (Choice.TAKE, chosen) if isinstance(chosen, UUID) else (chosen, None)
        self.compare()

    def _take_suggestions(self) -> None:
        """Say yes to whoever is perhaps meant."""
        for one in self.names.rows:
            if one.choice is Choice.OPEN and one.person_id is not None:
                self._decided[one.name] = (Choice.TAKE, one.person_id)
        self.compare()

    def _show_row(self) -> None:
        row = self.rows.record(self.ui.rowsTable.currentIndex())
        self.ui.rowLabel.setText(reasons_text(row) if row is not None else "")

    def _row_columns(self) -> list[Column[ImportRow]]:
        return [
            Column("tick", self.tr("Take"), lambda row: row.ticked, width=52, change=self._tick),
            Column("line", self.tr("Row"), lambda row: row.line, width=48, right=True),
            Column("day", self.tr("Day"), lambda row: day_text(row.read.worked_on, weekday=True), width=136),
            Column("who", self.tr("Who"), _who, tip=lambda row: row.read.person),
            Column("time", self.tr("Time"), lambda row: minutes_text(row.read.minutes), width=98, right=True),
            Column("category", self.tr("Category"), _category, width=108),
            Column("state", self.tr("Found"), state_chip, width=116, tip=reasons_text),
        ]

    def _name_columns(self) -> list[Column[ListedName]]:
        return [
            Column("name", self.tr("In the file"), lambda one: f"{one.name} ({one.rows})", tip=lambda one: one.name),
            Column(
                "who",
                self.tr("Is"),
                meant_text,
                width=146,
                change=self._decide,
                choices=lambda: [*choice_words(), *self._people],
            ),
            Column("match", "", match_chip, width=98),
        ]

    # --- small things -------------------------------------------------------------------------------------------------

    def _run(self, work: Any, done: Any) -> None:
        """One piece of work at a time; what was asked for before is no longer wanted."""
        if self._job is not None:
            self._job.cancel()
        self._job = self._context.tasks.run(work, done, self._fail)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, CoCivicError):
            self._context.report(error)
        self.preview = None
        self.rows.set_rows([])
        self.ui.planLabel.clear()
        self.ui.importButton.setEnabled(False)
        if self.ui.importViews.currentWidget() is self.empty:
            self.ui.fileLabel.setText(self._file)
        self._say_problem(sentence(error))

    def _say_problem(self, text: str) -> None:
        self.ui.problemLabel.setText(f"× {text}" if text else "")
        self.ui.problemLabel.setVisible(bool(text))

    def _show_reading(self, text: str) -> None:
        """Nothing to decide yet."""
        ui = self.ui
        self.preview = None
        ui.fileLabel.setText(text)
        for widget in (ui.chooseButton, ui.sheetWord, ui.sheetBox, ui.headingWord, ui.headingBox, ui.hintLabel,
                       ui.problemLabel):  # fmt: skip
            widget.hide()
        ui.importViews.setCurrentWidget(self.empty)
        ui.importButton.setEnabled(False)
        self._decided, self._ticks, self._guessed = {}, {}, ""

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
        dress_records(ui.namesTable, self.names, self.names.columns)
        choices = self.names.columns[1].choices
        if choices is not None:
            ui.namesTable.setItemDelegateForColumn(1, ChoiceDelegate(choices, ui.namesTable))
        ui.rowsTable.selectionModel().currentRowChanged.connect(lambda: self._show_row())
        ui.importSplit.setSizes([400, 740])
        ui.importSplit.setStretchFactor(1, 1)
        self.empty.action_clicked.connect(self.choose)
        ui.chooseButton.clicked.connect(lambda: self.choose())
        ui.suggestedButton.clicked.connect(lambda: self._take_suggestions())
        ui.tickButton.clicked.connect(lambda: self._tick_all(True))
        ui.untickButton.clicked.connect(lambda: self._tick_all(False))
        ui.importButton.clicked.connect(lambda: self.store())
        ui.cancelButton.clicked.connect(self.reject)
        for button in (
            ui.chooseButton,
            ui.suggestedButton,
            ui.tickButton,
            ui.untickButton,
            ui.cancelButton,
            self.empty.action_button,
        ):
            button.setAutoDefault(False)
        self.finished.connect(lambda: self._job.cancel() if self._job is not None else None)
        self.finished.connect(self.deleteLater)


def _who(row: ImportRow) -> str:
    read = row.read
    return read.person or (f"{read.heads} ×" if read.heads else "")


def _category(row: ImportRow) -> str:
    return word(row.entry.category) if row.entry is not None else ""
