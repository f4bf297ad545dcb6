"""Printing the calendar: a preview, a printer, or a PDF of the view in front."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from cocivic_desktop.files import safe_file_name
from cocivic_desktop.ui.record_form import flush_forms

if TYPE_CHECKING:
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.pages.calendar.plan_part import PlanPart

FOLDER = "calendar/pdf_folder"


class PlanOutput(QObject):
    """What the export menu offers for the view in front."""

    def __init__(self, context: Context, plan: PlanPart) -> None:
        super().__init__(plan)
        self._context, self._plan = context, plan

    def preview(self) -> None:
        """Show the pages as they will be printed."""
        from cocivic_desktop.ui.printing.calendar_pages import pages_of
        from cocivic_desktop.ui.printing.sheets import show_preview

        flush_forms(self._plan)
        if self._plan.data is not None:
            show_preview(pages_of(self._plan.data), self._plan)

    def save_pdf(self) -> None:
        """Ask for a file and write the view into it."""
        data = self._plan.data
        if data is None:
            return
        flush_forms(self._plan)
        name = safe_file_name(f"{data.partnership.title} {data.first:%Y-%m-%d}", ".pdf")
        folder = self._context.setting(FOLDER, str(Path.home()))
        path, _ = QFileDialog.getSaveFileName(
            self._plan, self.tr("Save the calendar as PDF"), str(Path(folder) / name), self.tr("PDF (*.pdf)")
        )
        if path:
            self._context.settings.setValue(FOLDER, str(Path(path).parent))
            self.write_pdf(Path(path))

    def write_pdf(self, path: Path) -> None:
        """Write the view in front as A4 landscape."""
        from cocivic_desktop.ui.printing.calendar_pages import pages_of
        from cocivic_desktop.ui.printing.sheets import write_pdf

        if self._plan.data is not None:
            done = self._context.attempt(write_pdf, pages_of(self._plan.data), path)
            if done is not None:
                self._context.notify(self.tr("Saved {path}").format(path=path))
