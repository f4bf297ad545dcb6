"""Writing a paper for others: choose the language, change the words, say where, and open what was written."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QWidget

from cocivic_desktop._generated.forms.paper_dialog import Ui_PaperDialog
from cocivic_desktop.services import letters
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.widgets.file_target import FileTarget

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
        kinds = self.tr("Files (*{suffix})").format(suffix=paper.suffix)
        self._target = FileTarget(context, self, ui, ui.writeButton, lambda: paper.suffix, lambda: kinds)
        for button in (ui.openButton, ui.folderButton):
            button.hide()
        ui.languageBox.currentIndexChanged.connect(lambda: self.propose())
        for field in (ui.firstDate, ui.secondDate):
            field.day_changed.connect(lambda: self.propose())
        for clock in (ui.firstTime, ui.secondTime):
            clock.time_changed.connect(lambda: self.propose())
        ui.anewButton.clicked.connect(lambda: self.propose(anew=True))
        ui.subjectLine.textChanged.connect(lambda: self._show_anew())
        ui.textEdit.textChanged.connect(lambda: self._show_anew())
        ui.writeButton.clicked.connect(lambda: self.write())
        ui.closeButton.clicked.connect(lambda: self.reject())
        ui.openButton.clicked.connect(lambda: self._open(self.written))
        ui.folderButton.clicked.connect(lambda: self._open_folder())
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
        path = self._target.path()
        if path is None:
            return
        paper, language = self._paper, self.language
        subject, words = ui.subjectLine.text().strip(), ui.textEdit.toPlainText()
        option, force = ui.optionBox.isVisible() and ui.optionBox.isChecked(), self._target.replace

        def work() -> Path:
            return paper.write(path, language, subject, words, option=option, force=force)

        self._target.write(work, self._keep, self._show)

    def _keep(self, path: Path) -> None:
        self._context.notify(self.tr("Written to {path}").format(path=path))
        self._context.settings.setValue(FOLDER, str(path.parent))

    def _show(self, path: Path) -> str:
        self.written = path
        for button in (self.ui.openButton, self.ui.folderButton):
            button.show()
        self.ui.openButton.setFocus()
        return self.tr("✓ Written to {path}").format(path=path)

    def _dates(self) -> list[datetime | date]:
        ui = self.ui
        found = [_moment(day, clock) for day, clock in ((ui.firstDate, ui.firstTime), (ui.secondDate, ui.secondTime))]
        return [one for one in found if one is not None]

    def _show_anew(self) -> None:
        self.ui.anewButton.setVisible(self.is_changed)

    def _open(self, path: Path | None) -> None:
        if path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _moment(day: DateField, clock: TimeField) -> datetime | date | None:
    if day.day is None:
        return None
    return datetime.combine(day.day, clock.moment) if clock.moment is not None else day.day
