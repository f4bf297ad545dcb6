"""Writing the year's plan or the list of materials, as a document or a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QWidget

from cocivic_desktop._generated.forms.calendar_plan import Ui_CalendarPlanDialog
from cocivic_desktop.services import letters, year_plan
from cocivic_desktop.services.year_plan import PlanPaper
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.widgets.file_target import FileTarget

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
        self._target = FileTarget(context, self, ui, ui.writeButton, self._suffix, lambda: f"*{self._suffix()}")
        ui.openButton.hide()
        for box in (ui.documentBox, ui.languageBox, ui.yearBox):
            box.currentIndexChanged.connect(lambda: self._propose())
        ui.writeButton.clicked.connect(lambda: self.write())
        ui.closeButton.clicked.connect(lambda: self.reject())
        ui.openButton.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written))))
        self._propose()
        self.resize(600, 440)

    def write(self) -> None:
        """Write the file away from the GUI thread."""
        path = self._target.path()
        if path is None:
            return
        paper, workspace, year = PAPERS[self.ui.documentBox.currentIndex()][0], self._context.workspace, self._year()
        language, force, today = self._language(), self._target.replace, self._context.today()
        partnership_id, year_id = self._partnership.id, year.id if year is not None else None

        def work() -> Path:
            return year_plan.write_plan(
                workspace, partnership_id, path, language, today, paper=paper, school_year_id=year_id, force=force
            )

        self._target.write(work, self._keep, self._show)

    def _keep(self, path: Path) -> None:
        self._context.notify(self.tr("Written to {path}").format(path=path))
        self._context.settings.setValue(FOLDER, str(path.parent))

    def _show(self, path: Path) -> str:
        self._written = path
        self.ui.openButton.show()
        return self.tr("✓ Written to {path}").format(path=path)

    def _suffix(self) -> str:
        return PAPERS[self.ui.documentBox.currentIndex()][1]

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
