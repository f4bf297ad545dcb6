"""Writing a paper for others: choose the language, change the words, say where, and open what was written."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from cocivic_desktop._generated.forms.paper_dialog import Ui_PaperDialog
from cocivic_desktop.domain.errors import CoCivicError
from cocivic_desktop.services import letters
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.errors import sentence

if TYPE_CHECKING:
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.dialogs.papers import Paper
    from cocivic_desktop.ui.widgets.date_field import DateField
    from cocivic_desktop.ui.widgets.time_field import TimeField

FOLDER = "papers_folder"
"""Setting: where the last paper was written."""


class PaperDialog(QDialog):
    """Shows a proposed text; what a person has changed stays when the language or the dates change."""

    def __init__(self, context: Context, paper: Paper, partnership_id: UUID, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_PaperDialog()
        self.ui.setupUi(self)
        self._context, self._paper = context, paper
        self._proposed = ("", "")
        self.written: Path | None = None
        """Where the file is, once it is there."""
        self._closed = False
        ui = self.ui
        ui.textEdit.setProperty("fills", True)
        ui.textEdit.setAccessibleName(self.tr("Text"))
        ui.firstTime.setAccessibleName(self.tr("Time of the first proposal"))
        ui.secondTime.setAccessibleName(self.tr("Time of the second proposal"))
        self.setWindowTitle(paper.title)
        ui.titleLabel.setText(paper.title)
        ui.infoLabel.setText(paper.info)
        ui.datesBox.setVisible(paper.takes_dates)
        ui.optionBox.setText(paper.option)
        ui.optionBox.setVisible(bool(paper.option))
        self._languages = choices.written_languages()
        ui.languageBox.addItems([text for _, text in self._languages])
        wanted = letters.suggested_language(context.workspace, partnership_id)
        ui.languageBox.setCurrentIndex(next((n for n, one in enumerate(self._languages) if one[0] is wanted), 0))
        for label in (ui.problemLabel, ui.resultLabel, ui.openButton, ui.folderButton):
            label.hide()
        ui.languageBox.currentIndexChanged.connect(lambda: self.propose())
        for field in (ui.firstDate, ui.secondDate):
            field.day_changed.connect(lambda: self.propose())
        for clock in (ui.firstTime, ui.secondTime):
            clock.time_changed.connect(lambda: self.propose())
        ui.anewButton.clicked.connect(lambda: self.propose(anew=True))
        ui.subjectLine.textChanged.connect(lambda: self._show_anew())
        ui.textEdit.textChanged.connect(lambda: self._show_anew())
        ui.pathLine.textChanged.connect(lambda: self._look_at_path())
        ui.browseButton.clicked.connect(lambda: self._browse())
        ui.writeButton.clicked.connect(lambda: self.write())
        ui.closeButton.clicked.connect(lambda: self.reject())
        ui.openButton.clicked.connect(lambda: self._open(self.written))
        ui.folderButton.clicked.connect(lambda: self._open_folder())
        self.finished.connect(self._close)
        self.propose(anew=True)
        self.resize(680, 560)
        ui.textEdit.setFocus()

    def _open_folder(self) -> None:
        if self.written is not None:
            self._open(self.written.parent)

    @property
    def language(self) -> str:
        """The language of the paper."""
        return self._languages[self.ui.languageBox.currentIndex()][0].value

    @property
    def is_changed(self) -> bool:
        """Whether a person has changed the proposed words."""
        return (self.ui.subjectLine.text(), self.ui.textEdit.toPlainText()) != self._proposed

    def propose(self, *, anew: bool = False) -> None:
        """Show the proposed words in the chosen language; changed ones stay unless `anew`."""
        keep = self.is_changed and not anew
        made = self._context.attempt(self._paper.draft, self.language, self._dates())
        if made is None:
            self.ui.writeButton.setEnabled(False)
            return
        if not keep:
            self._proposed = made
            self.ui.subjectLine.setText(made[0])
            self.ui.subjectLine.setCursorPosition(0)
            self.ui.textEdit.setPlainText(made[1])
        folder = Path(self._context.setting(FOLDER) or Path.home())
        self.ui.pathLine.setText(str(folder / self._paper.file_name(self.language)))
        self._show_anew()

    def write(self) -> None:
        """Write the file away from the GUI thread, then offer to open it."""
        ui = self.ui
        text = ui.pathLine.text().strip()
        if not text:
            self._refuse(self.tr("Say where to write the file."))
            return
        path = Path(text).expanduser()
        if not path.suffix:
            path = path.with_suffix(self._paper.suffix)
            ui.pathLine.setText(str(path))
        paper, language = self._paper, self.language
        subject, words = ui.subjectLine.text().strip(), ui.textEdit.toPlainText()
        option, force = ui.optionBox.isVisible() and ui.optionBox.isChecked(), ui.replaceBox.isChecked()
        ui.writeButton.setEnabled(False)
        ui.problemLabel.hide()
        self._context.tasks.run(
            lambda: paper.write(path, language, subject, words, option=option, force=force), self._done, self._failed
        )

    def _done(self, path: Path) -> None:
        self._context.notify(self.tr("Written to {path}").format(path=path))
        self._context.settings.setValue(FOLDER, str(path.parent))
        if self._closed:
            return
        self.written = path
        self.ui.writeButton.setEnabled(True)
        self.ui.resultLabel.setText(self.tr("✓ Written to {path}").format(path=path))
        for widget in (self.ui.resultLabel, self.ui.openButton, self.ui.folderButton):
            widget.show()
        self._look_at_path()
        self.ui.openButton.setFocus()

    def _failed(self, error: Exception) -> None:
        if self._closed or not isinstance(error, CoCivicError):
            self._context.report(error)
            return
        self.ui.writeButton.setEnabled(True)
        self._refuse(sentence(error))
        self._look_at_path()

    def _refuse(self, text: str) -> None:
        self.ui.problemLabel.setText(f"× {text}")
        self.ui.problemLabel.show()

    def _dates(self) -> list[datetime | date]:
        ui = self.ui
        found = [_moment(day, clock) for day, clock in ((ui.firstDate, ui.firstTime), (ui.secondDate, ui.secondTime))]
        return [one for one in found if one is not None]

    def _show_anew(self) -> None:
        self.ui.anewButton.setVisible(self.is_changed)

    def _look_at_path(self) -> None:
        text = self.ui.pathLine.text().strip()
        try:
            there = bool(text) and Path(text).expanduser().is_file()
        except OSError:
            there = False
        self.ui.replaceBox.setVisible(there)
        if not there:
            self.ui.replaceBox.setChecked(False)

    def _browse(self) -> None:
        pattern = self.tr("Files (*{suffix})").format(suffix=self._paper.suffix)
        name, _ = QFileDialog.getSaveFileName(self, self._paper.title, self.ui.pathLine.text(), pattern)
        if name:
            self.ui.pathLine.setText(name)
            self.ui.replaceBox.setChecked(True)

    def _open(self, path: Path | None) -> None:
        if path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _close(self) -> None:
        """What is being written then ends without the dialog."""
        self._closed = True
        self.deleteLater()


def _moment(day: DateField, clock: TimeField) -> datetime | date | None:
    if day.day is None:
        return None
    return datetime.combine(day.day, clock.moment) if clock.moment is not None else day.day
