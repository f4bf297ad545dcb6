"""Writing a report of hours: in which form and language, with whose names, and where to."""

from __future__ import annotations

import itertools
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from cocivic_desktop._generated.forms.hour_report_dialog import Ui_HourReportDialog
from cocivic_desktop.domain.errors import CoCivicError
from cocivic_desktop.domain.hours import HourReport
from cocivic_desktop.services import hour_report_files, letters
from cocivic_desktop.services.hour_report_files import NamesIn
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.dialogs.paper_dialog import FOLDER
from cocivic_desktop.ui.errors import sentence
from cocivic_desktop.ui.widgets.choice_box import ChoiceBox


class ReportDialog(QDialog):
    """Stays open after writing, so that another form can be written."""

    def __init__(
        self, context: Context, report: HourReport, partnership_id: UUID, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._report = context, report
        self.written: Path | None = None
        self.ui = Ui_HourReportDialog()
        self.ui.setupUi(self)
        ui = self.ui
        self.setWindowTitle(self.tr("Write report"))
        ui.titleLabel.setText(self.tr("Write this report to a file"))
        self.form = ChoiceBox(ui.formBox, lambda value: self._propose())
        self.form.offer(
            [
                (".xlsx", self.tr("Spreadsheet with all entries (XLSX)")),
                (".docx", self.tr("Document on our letterhead (DOCX)")),
                (".csv", self.tr("Plain table (CSV)")),
            ]
        )
        self.language = ChoiceBox(ui.languageBox, lambda value: self._propose())
        self.language.offer(choices.written_languages())
        self.language.show(letters.suggested_language(context.workspace, partnership_id))
        self.names = ChoiceBox(ui.namesBox)
        self.names.offer(
            [
                (NamesIn.ADULTS, self.tr("Names, but learners without")),
                (NamesIn.NONE, self.tr("Without names: people are numbered")),
                (NamesIn.ALL, self.tr("All names, learners too")),
            ]
        )
        for widget in (ui.problemLabel, ui.resultLabel, ui.openButton):
            widget.hide()
        ui.pathLine.setAccessibleName(self.tr("File"))
        ui.browseButton.clicked.connect(lambda: self._browse())
        ui.writeButton.clicked.connect(lambda: self.write())
        ui.openButton.clicked.connect(lambda: self._open())
        ui.closeButton.clicked.connect(lambda: self.reject())
        self._propose()
        self.resize(560, 320)

    def write(self) -> None:
        """Write the file off the GUI thread, then offer to open it."""
        ui = self.ui
        path = Path(ui.pathLine.text().strip()).expanduser()
        ui.problemLabel.hide()
        ui.resultLabel.hide()
        ui.writeButton.setEnabled(False)
        workspace, today = self._context.workspace, self._context.today()
        work = partial(
            hour_report_files.write_report,
            workspace,
            self._report,
            path,
            str(self.language.value.value),
            today,
            names=self.names.value,
            force=True,
        )
        self._context.tasks.run(lambda: work(), self._done, self._refuse)

    def _done(self, path: Path) -> None:
        self.written = path
        self._context.settings.setValue(FOLDER, str(path.parent))
        self.ui.resultLabel.setText(self.tr("Written to {path}").format(path=path))
        self.ui.resultLabel.show()
        self.ui.openButton.show()
        self.ui.writeButton.setEnabled(True)

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, CoCivicError):
            self._context.report(error)
            return
        self.ui.problemLabel.setText(sentence(error))
        self.ui.problemLabel.show()
        self.ui.writeButton.setEnabled(True)

    def _propose(self) -> None:
        folder = Path(self._context.setting(FOLDER) or Path.home())
        name = hour_report_files.file_name(
            self._context.workspace, self._report, self.language.value.value, self.form.value
        )
        self.ui.pathLine.setText(str(_free(folder / name)))

    def _browse(self) -> None:
        suffix = self.form.value
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Write report"), self.ui.pathLine.text(), f"*{suffix}")
        if name:
            self.ui.pathLine.setText(name if name.lower().endswith(suffix) else name + suffix)

    def _open(self) -> None:
        if self.written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.written)))


def _free(path: Path) -> Path:
    """The path, with a number behind its name where a file lies there already: nobody's copy is replaced unasked."""
    numbers = itertools.count(2)
    free = path
    while free.exists():
        free = path.with_stem(f"{path.stem} {next(numbers)}")
    return free
