"""Taking a table from a file: it is chosen, read away from the window, and nothing is stored before it was looked at.

A subclass says what the rows are, how they are compared with the workspace, and how they are stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from cocivic_desktop.domain.errors import CoCivicError
from cocivic_desktop.ui.errors import sentence
from cocivic_desktop.ui.widgets.choice_box import ChoiceBox
from cocivic_desktop.ui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from cocivic_desktop.tables.spreadsheet import Book, Sheet
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.tasks import Job


@dataclass(frozen=True)
class FileWords:
    """What the dialog says about the file. `key` names what is remembered on this computer."""

    key: str
    choose: str
    """Title of the window in which a file is chosen, and of the empty dialog."""
    explained: str
    kinds: str
    """Kinds of files, as Qt's file dialogs want them."""


class TableImportDialog(QDialog):
    """The file, its sheets and its headings; one piece of work at a time; what is wrong, in a sentence."""

    ui: Any

    def __init__(self, context: Context, parent: QWidget | None, ui: Any, words: FileWords) -> None:
        super().__init__(parent)
        self.ui = ui
        ui.setupUi(self)
        self._context = context
        self._file_words = words
        self._file = ""
        self._sheets: list[Sheet] = []
        self._job: Job | None = None
        self.empty = EmptyState(words.choose, words.explained, self.tr("Choose a file…"))
        ui.importViews.insertWidget(0, self.empty)
        self._sheet_box = ChoiceBox(ui.sheetBox, lambda _: self.take_sheet())
        self._heading_box = ChoiceBox(ui.headingBox, lambda chosen: self.take_headings(chosen))
        self.empty.action_clicked.connect(self.choose)
        ui.chooseButton.clicked.connect(lambda: self.choose())
        ui.importButton.clicked.connect(lambda: self.store())
        ui.cancelButton.clicked.connect(self.reject)
        for button in (ui.chooseButton, ui.cancelButton, self.empty.action_button):
            button.setAutoDefault(False)
        self.finished.connect(self._stop)
        self.finished.connect(self.deleteLater)

    # --- what a subclass says -----------------------------------------------------------------------------------------

    def open_file(self, path: Path) -> Any:
        """Read a file; called off the GUI thread."""
        raise NotImplementedError

    def take_file(self, found: Any) -> None:
        """Show what `open_file` gave."""
        raise NotImplementedError

    def take_sheet(self) -> None:
        """Show the sheet that has been chosen."""
        raise NotImplementedError

    def take_headings(self, chosen: Any) -> None:
        """Read the sheet with other headings, as they were offered."""
        raise NotImplementedError

    def store_rows(self) -> str:
        """Store the rows and say what was done, "" for nothing at all. Raises `CoCivicError`."""
        raise NotImplementedError

    def forget_rows(self) -> None:
        """Show no rows: they could not be read."""
        raise NotImplementedError

    # --- the file -----------------------------------------------------------------------------------------------------

    def choose(self) -> None:
        """Ask for a file and read it."""
        key = f"{self._file_words.key}_folder"
        folder = self._context.setting(key, str(Path.home()))
        name, _ = QFileDialog.getOpenFileName(self, self._file_words.choose, folder, self._file_words.kinds)
        if name:
            self._context.settings.setValue(key, str(Path(name).parent))
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Read a file away from the GUI thread."""
        self.show_reading(self.tr("Reading {file} …").format(file=path.name))
        self._file = path.name
        self.run(lambda: self.open_file(path), self.take_file)

    def store(self) -> None:
        """Do what was chosen for each row: all of it, or nothing."""
        try:
            done = self.store_rows()
        except CoCivicError as error:
            self.say_problem(sentence(error))
            return
        if done:
            self._context.notify(self.tr("{what}. Ctrl+Z takes it back.").format(what=done))
            self.accept()

    def show_reading(self, text: str) -> None:
        """Nothing to decide yet."""
        ui = self.ui
        ui.fileLabel.setText(text)
        for widget in (ui.chooseButton, ui.sheetWord, ui.sheetBox, ui.headingWord, ui.headingBox, ui.hintLabel,
                       ui.problemLabel):  # fmt: skip
            widget.hide()
        ui.importViews.setCurrentWidget(self.empty)
        ui.importButton.setEnabled(False)

    def show_work(self) -> None:
        """The file is there: show its rows."""
        self.ui.fileLabel.setText(self._file)
        self.ui.chooseButton.show()
        self.ui.importViews.setCurrentWidget(self.ui.workPage)

    # --- its sheets and headings --------------------------------------------------------------------------------------

    @property
    def sheet(self) -> Sheet:
        """The sheet that is shown."""
        return self._sheets[self._sheet_box.value or 0]

    def offer_sheets(self, book: Book) -> None:
        """Offer the sheets where there are several, the first one chosen."""
        self._sheets = book.sheets
        self._sheet_box.offer([(number, one.name) for number, one in enumerate(book.sheets)])
        for widget in (self.ui.sheetWord, self.ui.sheetBox):
            widget.setVisible(len(book.sheets) > 1)
        for shown in (self.ui.headingWord, self.ui.headingBox):
            shown.show()

    def heading_texts(self, count: int, width: int) -> list[str]:
        """The first `count` rows, each in `width` characters, for choosing the one with the headings."""
        text = self.tr("row {line}: {words}")
        return [
            text.format(line=row.line, words=", ".join(filter(None, row.cells))[:width])
            for row in islice(self.sheet.rows, count)
        ]

    # --- work and what is wrong ---------------------------------------------------------------------------------------

    def run(self, work: Any, done: Any) -> None:
        """One piece of work at a time; what was asked for before is no longer wanted."""
        self._stop()
        self._job = self._context.tasks.run(work, done, self._fail)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, CoCivicError):
            self._context.report(error)
        self.forget_rows()
        self.ui.importButton.setEnabled(False)
        if self.ui.importViews.currentWidget() is self.empty:
            self.ui.fileLabel.setText(self._file)
        self.say_problem(sentence(error))

    def say_problem(self, text: str) -> None:
        """Say what is wrong, or nothing."""
        self.ui.problemLabel.setText(f"× {text}" if text else "")
        self.ui.problemLabel.setVisible(bool(text))
