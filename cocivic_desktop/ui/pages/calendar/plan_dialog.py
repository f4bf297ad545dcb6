"""Writing the year's plan or the list of materials, as a document or a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from cocivic_desktop._generated.forms.calendar_plan import Ui_CalendarPlanDialog
from cocivic_desktop.services import letters, year_plan
from cocivic_desktop.services.year_plan import PlanPaper
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.errors import sentence

if TYPE_CHECKING:
    from cocivic_desktop.domain.partnerships import Partnership
    from cocivic_desktop.domain.school_years import SchoolYear
    from cocivic_desktop.ui.context import Context

FOLDER = "papers_folder"
"""Setting: where the last paper was written."""
PAPERS = (
    (PlanPaper.PLAN, ".docx"),
    (PlanPaper.PLAN, ".xlsx"),
    (PlanPaper.MATERIALS, ".docx"),
    (PlanPaper.MATERIALS, ".xlsx"),
)


class PlanDialog(QDialog):
    """Choose what, in which language, for which year, and where to."""

    def __init__(self, context: Context, partnership: Partnership, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = ui = Ui_CalendarPlanDialog()
        ui.setupUi(self)
        self._context, self._partnership = context, partnership
        self._closed = False
        self._written: Path | None = None
        ui.documentBox.addItems(
            [
                self.tr("Plan of the year, to print (DOCX)"),
                self.tr("Plan of the year, to sort and filter (XLSX)"),
                self.tr("Materials by week, to print (DOCX)"),
                self.tr("Materials by week, to sort and filter (XLSX)"),
            ]
        )
        self._languages = choices.written_languages()
        ui.languageBox.addItems([text for _, text in self._languages])
        wanted = letters.suggested_language(context.workspace, partnership.id)
        ui.languageBox.setCurrentIndex(next((n for n, one in enumerate(self._languages) if one[0] is wanted), 0))
        self._years = year_plan.years_of(context.workspace, partnership.id)
        usual = year_plan.usual_year(self._years, context.today())
        ui.yearBox.addItems([one.label for one in self._years])
        if usual is not None:
            ui.yearBox.setCurrentIndex([one.id for one in self._years].index(usual.id))
        ui.planForm.setRowVisible(ui.yearBox, bool(self._years))
        for widget in (ui.problemLabel, ui.resultLabel, ui.openButton):
            widget.hide()
        for box in (ui.documentBox, ui.languageBox, ui.yearBox):
            box.currentIndexChanged.connect(lambda: self._propose())
        ui.pathLine.textChanged.connect(lambda: self._look_at_path())
        ui.browseButton.clicked.connect(lambda: self._browse())
        ui.writeButton.clicked.connect(lambda: self.write())
        ui.closeButton.clicked.connect(lambda: self.reject())
        ui.openButton.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written))))
        self.finished.connect(self._close)
        self._propose()
        self.resize(600, 440)

    def write(self) -> None:
        """Write the file away from the GUI thread."""
        ui, (paper, suffix), workspace = self.ui, PAPERS[self.ui.documentBox.currentIndex()], self._context.workspace
        text = ui.pathLine.text().strip()
        if not text:
            self._refuse(self.tr("Say where to write the file."))
            return
        path = Path(text).expanduser()
        if path.suffix.lower() != suffix:
            path = path.with_name(path.name + suffix)
            ui.pathLine.setText(str(path))
        year = self._year()
        language, force, today = self._language(), ui.replaceBox.isChecked(), self._context.today()
        partnership_id, year_id = self._partnership.id, year.id if year is not None else None
        ui.writeButton.setEnabled(False)
        ui.problemLabel.hide()
        ui.resultLabel.hide()

        def work() -> Path:
            return year_plan.write_plan(
                workspace, partnership_id, path, language, today, paper=paper, school_year_id=year_id, force=force
            )

        self._context.tasks.run(work, self._done, self._failed)

    def _done(self, path: Path) -> None:
        self._context.notify(self.tr("Written to {path}").format(path=path))
        self._context.settings.setValue(FOLDER, str(path.parent))
        if self._closed:
            return
        self._written = path
        self.ui.writeButton.setEnabled(True)
        self.ui.resultLabel.setText(self.tr("✓ Written to {path}").format(path=path))
        self.ui.resultLabel.show()
        self.ui.openButton.show()
        self._look_at_path()

    def _failed(self, error: Exception) -> None:
        if self._closed:
            self._context.report(error)
            return
        self.ui.writeButton.setEnabled(True)
        self._refuse(sentence(error))
        self._look_at_path()

    def _refuse(self, text: str) -> None:
        self.ui.problemLabel.setText(f"× {text}")
        self.ui.problemLabel.show()

    def _year(self) -> SchoolYear | None:
        place = self.ui.yearBox.currentIndex()
        return self._years[place] if 0 <= place < len(self._years) else None

    def _language(self) -> str:
        return self._languages[self.ui.languageBox.currentIndex()][0].value

    def _propose(self) -> None:
        paper, suffix = PAPERS[self.ui.documentBox.currentIndex()]
        folder = Path(self._context.setting(FOLDER) or Path.home())
        name = year_plan.file_name(
            self._context.workspace, self._partnership.id, self._language(), paper, self._year(), suffix
        )
        self.ui.pathLine.setText(str(folder / name))

    def _look_at_path(self) -> None:
        text = self.ui.pathLine.text().strip()
        try:
            there = bool(text) and Path(text).expanduser().is_file()
        except OSError:
            there = False
        self.ui.replaceBox.setVisible(there)

    def _browse(self) -> None:
        suffix = PAPERS[self.ui.documentBox.currentIndex()][1]
        name, _ = QFileDialog.getSaveFileName(self, self.windowTitle(), self.ui.pathLine.text(), f"*{suffix}")
        if name:
            self.ui.pathLine.setText(name)
            self.ui.replaceBox.setChecked(True)

    def _close(self) -> None:
        """What is being written then ends without the dialog."""
        self._closed = True
        self.deleteLater()
