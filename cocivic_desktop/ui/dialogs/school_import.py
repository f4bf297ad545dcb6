"""Taking a list of schools from a file: columns are matched, rows compared and shown, and nothing is stored before."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from cocivic_desktop._generated.forms.school_list_import import Ui_SchoolImportDialog
from cocivic_desktop.domain.errors import CoCivicError
from cocivic_desktop.services import school_list
from cocivic_desktop.services.school_list import Book, Choice, Finding, Layout, ListedSchool, SchoolField, Sheet
from cocivic_desktop.ui.dialogs.school_import_columns import ColumnMatcher
from cocivic_desktop.ui.errors import sentence
from cocivic_desktop.ui.models.record_table import Chip, Column, RecordTableModel
from cocivic_desktop.ui.pages.part import ChoiceBox
from cocivic_desktop.ui.texts.school_list import choice_of, finding_text, remark_text, row_text
from cocivic_desktop.ui.widgets.chip_delegate import ChoiceDelegate
from cocivic_desktop.ui.widgets.empty_state import EmptyState
from cocivic_desktop.ui.widgets.tables import dress_records

if TYPE_CHECKING:
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.tasks import Job, Progress

HEADING_CHOICES = 30
"""Rows offered as the one with the headings."""
_TONES = {Finding.NEW: "good", Finding.SIMILAR: "warning", Finding.NO_NAME: "bad"}


class SchoolImportDialog(QDialog):
    """Choose a file, put its columns right, decide about the rows that stand out, import: one step of undo."""

    def __init__(self, context: Context, parent: QWidget | None = None, *, as_ideas: bool = False) -> None:
        super().__init__(parent)
        self.ui = Ui_SchoolImportDialog()
        self.ui.setupUi(self)
        self.rows: list[ListedSchool] = []
        self._context = context
        self._file = ""
        self._sheets: list[Sheet] = []
        self._layout = Layout(-1, ())
        self._job: Job | None = None
        self._decided: dict[int, Choice] = {}
        """What the person has chosen by hand, by line, while columns are being put right."""
        self.empty = EmptyState(
            self.tr("Choose a list of schools"),
            self.tr(
                "A table as CSV or Excel (.xlsx), as ministries, chambers and school networks publish them. Columns "
                "are recognised by their headings, and nothing is stored before you have looked at it."
            ),
            self.tr("Choose a file…"),
        )
        self.ui.importViews.insertWidget(0, self.empty)
        self.ui.importViews.setCurrentWidget(self.empty)
        self.ui.ideasCheck.setChecked(as_ideas)
        self._sheet_box = ChoiceBox(self.ui.sheetBox, lambda _: self._take_sheet())
        self._heading_box = ChoiceBox(self.ui.headingBox, lambda row: self._take_headings(row))
        self._matcher = ColumnMatcher(self.ui.columnsGrid, self)
        self._matcher.chosen.connect(self._columns_chosen)
        self.model: RecordTableModel[ListedSchool] = RecordTableModel(self._columns(), self)
        self._set_up_table()
        self._connect()
        self._show_reading("")
        self.resize(1160, 690)

    # --- the file -----------------------------------------------------------------------------------------------------

    def choose(self) -> None:
        """Ask for a file and read it."""
        folder = self._context.setting("school_list_folder", str(Path.home()))
        kinds = self.tr("Tables (*.csv *.xlsx *.xlsm *.tsv *.txt);;All files (*)")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a list of schools"), folder, kinds)
        if name:
            self._context.settings.setValue("school_list_folder", str(Path(name).parent))
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Read a file away from the GUI thread."""
        self._show_reading(self.tr("Reading {file} …").format(file=path.name))
        self._file = path.name
        self._run(lambda: school_list.read_file(path), self._take_book)

    def store(self) -> None:
        """Do what was chosen for each row: all of it, or nothing."""
        ideas = self.ui.ideasCheck.isChecked()
        try:
            taken = school_list.store(self._context.workspace, self.rows, as_ideas=ideas)
        except CoCivicError as error:
            self._say_problem(sentence(error))
            return
        parts = [
            self.tr("{count} schools added").format(count=len(taken.added)),
            self.tr("{count} filled up").format(count=len(taken.updated)) if taken.updated else "",
            self.tr("{count} ideas in the pipeline").format(count=len(taken.ideas)) if taken.ideas else "",
        ]
        self._context.notify(self.tr("{what}. Ctrl+Z takes it back.").format(what=", ".join(filter(None, parts))))
        self.accept()

    def _take_book(self, book: Book) -> None:
        self._sheets = book.sheets
        self._sheet_box.offer([(number, one.name) for number, one in enumerate(book.sheets)])
        for widget in (self.ui.sheetWord, self.ui.sheetBox):
            widget.setVisible(len(book.sheets) > 1)
        hints = []
        if not book.encoding_certain:
            hints.append(self.tr("Letters were guessed ({encoding}): look whether accents are right.").format(
                encoding=book.encoding))  # fmt: skip
        self.ui.hintLabel.setText("\n".join(f"! {hint}" for hint in hints))
        self.ui.fileLabel.setText(self._file)
        for shown in (self.ui.chooseButton, self.ui.headingWord, self.ui.headingBox):
            shown.show()
        self.ui.importViews.setCurrentWidget(self.ui.workPage)
        self.ui.rowsTable.setFocus()
        self._take_sheet()

    def _take_sheet(self) -> None:
        rows = self._sheet.rows
        choices: list[tuple[Any, str]] = [(-1, self.tr("none: all rows are schools"))]
        for number, row in enumerate(islice(rows, HEADING_CHOICES)):
            text = self.tr("row {line}: {words}")
            choices.append((number, text.format(line=row.line, words=", ".join(filter(None, row.cells))[:60])))
        self._layout = school_list.find_layout(rows)
        self._heading_box.offer(choices)
        self._heading_box.show(self._layout.heading_row)
        self._decided.clear()
        cut = self.tr("! The table is very long: only its first {count} rows are shown.")
        self.ui.hintLabel.setVisible(bool(self.ui.hintLabel.text()) or self._sheet.cut)
        if self._sheet.cut:
            self.ui.hintLabel.setText(cut.format(count=len(rows)))
        self._show_columns()
        self._compare()

    @property
    def _sheet(self) -> Sheet:
        return self._sheets[self._sheet_box.value or 0]

    # --- the columns --------------------------------------------------------------------------------------------------

    def _take_headings(self, row: int) -> None:
        self._layout = school_list.layout_with_headings(self._sheet.rows, row)
        self._show_columns()
        self._compare()

    def _show_columns(self) -> None:
        self._matcher.show_columns(self._sheet, self._layout)

    def _columns_chosen(self, fields: tuple[SchoolField | None, ...]) -> None:
        self._layout = Layout(self._layout.heading_row, fields)
        self._compare()

    # --- the rows -----------------------------------------------------------------------------------------------------

    def _compare(self) -> None:
        """Compare the rows with the workspace, away from the GUI thread, and show what was found."""
        self._say_problem("")
        known = school_list.known_schools(self._context.workspace)
        sheet, layout = self._sheet, self._layout

        def work(progress: Progress) -> list[ListedSchool]:
            return school_list.compare(sheet, layout, known, progress.check)

        self._run(work, self._show_rows)

    def _show_rows(self, rows: list[ListedSchool]) -> None:
        self.rows = rows
        for one in rows:
            decided = self._decided.get(one.line)
            if decided in one.choices:
                one.choice = decided or one.choice
        self.model.set_rows(rows)
        self._count()
        if rows:
            self.ui.rowsTable.selectRow(0)
        self._show_row()

    def _count(self) -> None:
        """What would happen, in numbers."""
        chosen = Counter(one.choice for one in self.rows)
        doubtful = sum(one.finding is Finding.SIMILAR for one in self.rows)
        parts = [
            self.tr("{count} to add").format(count=chosen[Choice.ADD]),
            self.tr("{count} to fill up").format(count=chosen[Choice.UPDATE]),
            self.tr("{count} left out").format(count=chosen[Choice.LEAVE_OUT]),
        ]
        if doubtful:
            parts.append(self.tr("{count} look like others: decide about them").format(count=doubtful))
        self.ui.planLabel.setText(" · ".join(parts))
        self.ui.planLabel.show()
        taken = chosen[Choice.ADD] + chosen[Choice.UPDATE]
        self.ui.importButton.setText(self.tr("Import {count} schools").format(count=taken))
        self.ui.importButton.setEnabled(taken > 0)
        self.ui.ideasCheck.show()

    def _columns(self) -> list[Column[ListedSchool]]:
        return [
            Column(
                "choice",
                self.tr("What to do"),
                lambda one: choice_of(one.choice),
                width=132,
                change=self._decide,
                choices=lambda: [(one, choice_of(one)) for one in Choice],
            ),
            Column("line", self.tr("Row"), lambda one: one.line, width=46, right=True),
            Column("name", self.tr("School"), lambda one: one.name, strong=True, tip=lambda one: one.name),
            Column("place", self.tr("Place"), lambda one: one.values.get("city", ""), width=104),
            Column(
                "found",
                self.tr("Compared"),
                lambda one: Chip(finding_text(one), _TONES.get(one.finding, "neutral")),
                width=180,
                tip=finding_text,
            ),
            Column(
                "remarks",
                self.tr("Not taken"),
                lambda one: Chip(str(len(one.remarks)), "warning") if one.remarks else None,
                width=92,
                tip=_remarks,
            ),
        ]

    def _decide(self, one: ListedSchool, choice: Choice) -> None:
        if choice not in one.choices:
            self._say_problem(
                self.tr("Row {line}: “{choice}” does nothing here, so it stays as it was.").format(
                    line=one.line, choice=choice_of(choice)
                )
            )
            return
        self._say_problem("")
        one.choice = choice
        self._decided[one.line] = choice
        self.model.set_rows(self.rows)
        self._count()

    def _all(self, choice: Choice) -> None:
        """Add all that are new, or leave all out."""
        for one in self.rows:
            if choice is Choice.LEAVE_OUT or one.finding is Finding.NEW:
                one.choice = self._decided[one.line] = choice
        self.model.set_rows(self.rows)
        self._count()

    def _show_row(self) -> None:
        one = self.model.record(self.ui.rowsTable.currentIndex())
        lines = [row_text(one), _remarks(one)] if one is not None else []
        self.ui.rowLabel.setText("\n".join(line for line in lines if line))

    # --- small things -------------------------------------------------------------------------------------------------

    def _run(self, work: Any, done: Any) -> None:
        """One piece of work at a time; what was asked for before is no longer wanted."""
        if self._job is not None:
            self._job.cancel()
        self._job = self._context.tasks.run(work, done, self._fail)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, CoCivicError):
            self._context.report(error)
        self.rows = []
        self.model.set_rows([])
        self.ui.rowLabel.clear()
        self.ui.importButton.setEnabled(False)
        self.ui.planLabel.hide()
        if self.ui.importViews.currentWidget() is self.empty:
            self.ui.fileLabel.setText(self._file)
        self._say_problem(sentence(error))

    def _say_problem(self, text: str) -> None:
        self.ui.problemLabel.setText(f"× {text}" if text else "")
        self.ui.problemLabel.setVisible(bool(text))

    def _show_reading(self, text: str) -> None:
        """Nothing to decide yet."""
        ui = self.ui
        ui.fileLabel.setText(text)
        for widget in (ui.chooseButton, ui.sheetWord, ui.sheetBox, ui.headingWord, ui.headingBox, ui.hintLabel,
                       ui.ideasCheck, ui.planLabel, ui.problemLabel):  # fmt: skip
            widget.hide()
        ui.importViews.setCurrentWidget(self.empty)
        ui.importButton.setText(self.tr("Import"))
        ui.importButton.setEnabled(False)

    def _set_up_table(self) -> None:
        table = self.ui.rowsTable
        dress_records(table, self.model, self.model.columns)
        choices = self.model.columns[0].choices
        if choices is not None:
            table.setItemDelegateForColumn(0, ChoiceDelegate(choices, table))
        table.setAccessibleName(self.tr("Rows of the file"))
        table.selectionModel().currentRowChanged.connect(lambda: self._show_row())
        self.ui.importSplit.setSizes([356, 760])
        self.ui.importSplit.setStretchFactor(1, 1)

    def _connect(self) -> None:
        ui = self.ui
        self.empty.action_clicked.connect(self.choose)
        ui.chooseButton.clicked.connect(lambda: self.choose())
        ui.addAllButton.clicked.connect(lambda: self._all(Choice.ADD))
        ui.leaveAllButton.clicked.connect(lambda: self._all(Choice.LEAVE_OUT))
        ui.importButton.clicked.connect(lambda: self.store())
        ui.cancelButton.clicked.connect(self.reject)
        for button in (ui.chooseButton, ui.addAllButton, ui.leaveAllButton, ui.cancelButton, self.empty.action_button):
            button.setAutoDefault(False)
        self.finished.connect(lambda: self._job.cancel() if self._job is not None else None)
        self.finished.connect(self.deleteLater)


def _remarks(one: ListedSchool) -> str:
    return "; ".join(remark_text(remark) for remark in one.remarks)
