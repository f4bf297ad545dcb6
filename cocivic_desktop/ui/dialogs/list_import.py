"""Taking a list from a file: columns are matched, rows compared with the workspace, and decided about.

A subclass says what the list is about: its words, its fields, how it is read, compared and stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from cocivic_desktop._generated.forms.school_list_import import Ui_SchoolImportDialog
from cocivic_desktop.services.listed import Choice, Finding, Layout, Listed
from cocivic_desktop.ui.dialogs.school_import_columns import ColumnMatcher
from cocivic_desktop.ui.dialogs.table_import import FileWords, TableImportDialog
from cocivic_desktop.ui.models.record_table import Chip, Column, RecordTableModel
from cocivic_desktop.ui.texts.listed import choice_of, finding_text
from cocivic_desktop.ui.widgets.chip_delegate import ChoiceDelegate
from cocivic_desktop.ui.widgets.tables import dress_records

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from cocivic_desktop.tables.reading import Row
    from cocivic_desktop.tables.spreadsheet import Book
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.tasks import Progress

HEADING_CHOICES = 30
"""Rows offered as the one with the headings."""
_TONES = {Finding.NEW: "good", Finding.SIMILAR: "warning", Finding.NO_NAME: "bad"}


@dataclass(frozen=True)
class ListWords(FileWords):
    """What the dialog says about the list."""

    title: str
    no_headings: str
    name: str
    """Title of the column with names."""
    rows: str
    """What the rows are, in the plural."""


class ListImportDialog(TableImportDialog):
    """Choose a file, put its columns right, decide about the rows that stand out, import: one step of undo."""

    ui: Ui_SchoolImportDialog

    def __init__(self, context: Context, parent: QWidget | None, words: ListWords) -> None:
        super().__init__(context, parent, Ui_SchoolImportDialog(), words)
        self.setWindowTitle(words.title)
        self.ui.titleLabel.setText(words.title)
        self.ui.rowsTitle.setText(words.rows)
        self.rows: list[Any] = []
        self.layout_read: Layout[Any] = Layout(-1, ())
        self._words = words
        self._decided: dict[int, Choice] = {}
        """What the person has chosen by hand, by line, while columns are being put right."""
        self._matcher = ColumnMatcher(self.ui.columnsGrid, self.fields(), self)
        self._matcher.chosen.connect(self._columns_chosen)
        self.model: RecordTableModel[Any] = RecordTableModel(self._columns(), self)
        self._set_up_table()
        self._connect()
        self.show_reading("")
        self.resize(1160, 690)

    # --- what a subclass says -----------------------------------------------------------------------------------------

    def fields(self) -> Sequence[tuple[StrEnum, str]]:
        """What a column can hold, with its words."""
        raise NotImplementedError

    def take_file(self, found: Any) -> None:
        """Show what `open_file` gave."""
        self.take_book(found)

    def find_layout(self, rows: Sequence[Row], heading_row: int | None = None) -> Layout[Any]:
        """What the columns hold; `heading_row` when a person has said it."""
        raise NotImplementedError

    def compare_work(self) -> Callable[[Progress], list[Any]]:
        """Work for another thread that gives the compared rows of `self.sheet`, read by `self.layout_read`."""
        raise NotImplementedError

    def middle_columns(self) -> list[Column[Any]]:
        """Columns behind the name."""
        return []

    def row_text(self, one: Any) -> str:
        """All that is taken of a row."""
        raise NotImplementedError

    def remarks_text(self, one: Any) -> str:
        """What was not taken of a row."""
        raise NotImplementedError

    def reason_text(self, one: Any) -> str:
        """Why a row is held for another, in words."""
        raise NotImplementedError

    def import_text(self, count: int) -> str:
        """The words of the button that imports."""
        return self.tr("Import 1 row") if count == 1 else self.tr("Import {count} rows").format(count=count)

    def option_widgets(self) -> Sequence[QWidget]:
        """What is only seen once there are rows."""
        return ()

    # --- the file -----------------------------------------------------------------------------------------------------

    def take_book(self, book: Book) -> None:
        """Show the first sheet of a table."""
        self.offer_sheets(book)
        hint = self.tr("! Letters were guessed ({encoding}): look whether accents are right.")
        self.ui.hintLabel.setText("" if book.encoding_certain else hint.format(encoding=book.encoding))
        self.ui.columnsScroll.show()
        self.show_work()
        self.take_sheet()

    def show_work(self) -> None:
        """The file is there: show its rows."""
        super().show_work()
        self.ui.rowsTable.setFocus()
        self._decided.clear()

    def take_sheet(self) -> None:
        """Show the sheet that has been chosen."""
        self.layout_read = self.find_layout(self.sheet.rows)
        choices: list[tuple[Any, str]] = [(-1, self._words.no_headings)]
        choices += enumerate(self.heading_texts(HEADING_CHOICES, 60))
        self._heading_box.offer(choices)
        self._heading_box.show(self.layout_read.heading_row)
        self._decided.clear()
        cut = self.tr("! The table is very long: only its first {count} rows are shown.")
        self.ui.hintLabel.setVisible(bool(self.ui.hintLabel.text()) or self.sheet.cut)
        if self.sheet.cut:
            self.ui.hintLabel.setText(cut.format(count=len(self.sheet.rows)))
        self._show_columns()
        self.compare()

    # --- the columns --------------------------------------------------------------------------------------------------

    def take_headings(self, chosen: int) -> None:
        """Read the sheet with the headings of another row."""
        self.layout_read = self.find_layout(self.sheet.rows, chosen)
        self._show_columns()
        self.compare()

    def _show_columns(self) -> None:
        self._matcher.show_columns(self.sheet, self.layout_read)

    def _columns_chosen(self, fields: tuple[StrEnum | None, ...]) -> None:
        self.layout_read = Layout(self.layout_read.heading_row, fields)
        self.compare()

    # --- the rows -----------------------------------------------------------------------------------------------------

    def compare(self) -> None:
        """Compare the rows with the workspace, away from the GUI thread, and show what was found."""
        self.say_problem("")
        self.run(self.compare_work(), self._show_rows)

    def _show_rows(self, rows: list[Listed]) -> None:
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
            parts.append(
                self.tr("1 looks like another: decide about it")
                if doubtful == 1
                else self.tr("{count} look like others: decide about them").format(count=doubtful)
            )
        self.ui.planLabel.setText(" · ".join(parts))
        self.ui.planLabel.show()
        taken = chosen[Choice.ADD] + chosen[Choice.UPDATE]
        self.ui.importButton.setText(self.import_text(taken))
        self.ui.importButton.setEnabled(taken > 0)
        for widget in self.option_widgets():
            widget.show()

    def _columns(self) -> list[Column[Any]]:
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
            Column("name", self._words.name, lambda one: one.name, strong=True, tip=lambda one: one.name),
            *self.middle_columns(),
            Column(
                "found",
                self.tr("Compared"),
                lambda one: Chip(finding_text(one, self.reason_text(one)), _TONES.get(one.finding, "neutral")),
                width=180,
                tip=lambda one: finding_text(one, self.reason_text(one)),
            ),
            Column(
                "remarks",
                self.tr("Not taken"),
                lambda one: Chip(str(len(one.remarks)), "warning") if one.remarks else None,
                width=92,
                tip=self.remarks_text,
            ),
        ]

    def _decide(self, one: Listed, choice: Choice) -> None:
        if choice not in one.choices:
            self.say_problem(
                self.tr("Row {line}: “{choice}” does nothing here, so it stays as it was.").format(
                    line=one.line, choice=choice_of(choice)
                )
            )
            return
        self.say_problem("")
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
        lines = [self.row_text(one), self.remarks_text(one)] if one is not None else []
        self.ui.rowLabel.setText("\n".join(line for line in lines if line))

    # --- small things -------------------------------------------------------------------------------------------------

    def forget_rows(self) -> None:
        """Show no rows: they could not be read."""
        self.rows = []
        self.model.set_rows([])
        self.ui.rowLabel.clear()
        self.ui.planLabel.hide()

    def show_reading(self, text: str) -> None:
        """Nothing to decide yet."""
        super().show_reading(text)
        for widget in (self.ui.ideasCheck, self.ui.planLabel, *self.option_widgets()):
            widget.hide()
        self.ui.importButton.setText(self.tr("Import"))

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
        ui.addAllButton.clicked.connect(lambda: self._all(Choice.ADD))
        ui.leaveAllButton.clicked.connect(lambda: self._all(Choice.LEAVE_OUT))
        for button in (ui.addAllButton, ui.leaveAllButton):
            button.setAutoDefault(False)
