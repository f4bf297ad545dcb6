"""The paper loop: sheets are printed, filled in by hand and typed in again; tables of others are imported."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog

from cocivic_desktop._generated.forms.hours_paper import Ui_HoursPaper
from cocivic_desktop.domain.activities import Activity, ActivityKind
from cocivic_desktop.domain.base import Language
from cocivic_desktop.domain.errors import CoCivicError
from cocivic_desktop.domain.rules.hours import month_of
from cocivic_desktop.domain.rules.sheet_codes import SheetKind
from cocivic_desktop.files import safe_file_name
from cocivic_desktop.services import attendance, monthly_sheet, paper_sheets, records
from cocivic_desktop.services.attendance import AttendanceDay
from cocivic_desktop.services.paper_sheets import SheetOrder
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.errors import sentence
from cocivic_desktop.ui.pages.hours.attendance import people_choices
from cocivic_desktop.ui.pages.hours.burn_down import month_text
from cocivic_desktop.ui.pages.hours.month_panel import MonthPanel
from cocivic_desktop.ui.pages.part import StagePart
from cocivic_desktop.ui.texts.formats import day_text
from cocivic_desktop.ui.widgets.choice_box import ChoiceBox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from cocivic_desktop.ui.context import Context

NEXT: Final = 6
"""Dates of the choice "the next ones": as many as a page holds."""
MONTHS_BACK: Final = 12
FEW_LINES: Final = 4
LINES_OF_A_PAGE: Final = 16
"""Lines of a monthly sheet that leave room for its total and its signatures on a page of A4."""


class PaperPart(StagePart):
    """Three cards: print, type in, import. A monthly sheet is typed in here, the others under "Attendance"."""

    sheet_found = Signal(object)
    """The order of an attendance or session sheet that is to be typed in."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_HoursPaper()
        self.ui.setupUi(self)
        self.kind = ChoiceBox(self.ui.kindBox, lambda _: self._offer())
        self.what = ChoiceBox(self.ui.whatBox, lambda _: self._offer_dates())
        self.dates = ChoiceBox(self.ui.datesBox, lambda _: self._offer_lines())
        self.people = ChoiceBox(self.ui.peopleBox)
        self.language = ChoiceBox(self.ui.languageBox, lambda language: self._remember_language(language))
        self.month = MonthPanel(context, self.ui, self._show_choice)
        self._connect()

    def reload(self) -> None:
        """Offer what there is to print."""
        if self.ui.views.currentWidget() is self.ui.monthPage:
            self.month.reload()
            return
        self.kind.offer(
            [
                (SheetKind.ATTENDANCE, self.tr("Attendance sheet")),
                (SheetKind.SESSION, self.tr("Session sheet")),
                (SheetKind.MONTHLY, self.tr("Monthly sheet of a person")),
            ]
        )
        self.language.offer(choices.enum_choices(Language))
        kept = self.context.setting("sheet_language", self.context.language)
        self.language.show(next((one for one in Language if one.value == kept), Language.ENGLISH))
        self.people.offer(people_choices(self.context, self.partnership))
        self._offer()

    def order(self) -> SheetOrder | None:
        """The sheet that is chosen; None where there is nothing to choose."""
        kind, what, dates = self.kind.value, self.what.value, self.dates.value
        if what is None or dates is None:
            return None
        order = SheetOrder(
            kind=kind,
            partnership_id=self.partnership,
            blank_lines=self.ui.linesSpin.value(),
            language=self.language.value or Language.ENGLISH,
        )
        if kind is SheetKind.MONTHLY:
            return replace(order, person_id=what, month=dates)
        return replace(order, activity_id=what, dates=dates, group=self.people.value or "")

    def open_code(self, typed: str) -> None:
        """Open the sheet with this code for typing in; say what is wrong otherwise."""
        try:
            found = paper_sheets.find(self.context.workspace, typed)
        except CoCivicError as error:
            self._say(sentence(error))
            return
        if found.order.partnership_id != self.partnership:
            text = self.tr("This sheet belongs to “{title}”. Open that partnership and type the code there.")
            self._say(text.format(title=found.partnership))
            return
        self._say("")
        self.ui.codeLine.clear()
        self._open(found.order)

    # --- choosing -----------------------------------------------------------------------------------------------------

    def _offer(self) -> None:
        monthly = self.kind.value is SheetKind.MONTHLY
        self.ui.whatWord.setText(self.tr("&Person") if monthly else self.tr("&Activity"))
        self.ui.datesWord.setText(self.tr("&Month") if monthly else self.tr("&Dates"))
        for widget in (self.ui.peopleWord, self.ui.peopleBox):
            widget.setVisible(not monthly)
        workspace = self.context.workspace
        if monthly:
            found = paper_sheets.people_with_hours(workspace, self.partnership)
            self.what.offer([(one.id, one.name) for one in found])
        else:
            activities = [
                one
                for one in records.find(workspace, Activity, partnership_id=self.partnership)
                if one.kind is not ActivityKind.DEADLINE
            ]
            self.what.offer([(one.id, one.title) for one in sorted(activities, key=lambda one: one.title)])
        self._offer_dates()

    def _offer_dates(self) -> None:
        offered: list[tuple[Any, str]] = []
        if self.kind.value is SheetKind.MONTHLY:
            offered = [(first, month_text(month_of(first))) for first in self._months()]
        elif self.what.value is not None:
            days = [one for one in attendance.days(self.context.workspace, self.what.value) if not one.cancelled]
            offered = self._date_choices(days)
        self.dates.offer(offered)
        self.dates.show(offered[0][0] if offered else None)
        self._offer_lines()
        ready = self.order() is not None
        for button in (self.ui.printButton, self.ui.pdfButton, self.ui.wordButton, self.ui.chosenButton):
            button.setEnabled(ready)
        self.ui.printHint.setText(self._hint() if ready else self._why_nothing())

    def _offer_lines(self) -> None:
        """As many empty lines as leave a monthly sheet, with its signatures, on one page; a few on the others."""
        if self.kind.value is not SheetKind.MONTHLY or self.order() is None:
            self.ui.linesSpin.setValue(FEW_LINES)
            return
        whose = (self.partnership, self.what.value, self.dates.value)
        noted = self.context.attempt(monthly_sheet.lines, self.context.workspace, *whose) or []
        self.ui.linesSpin.setValue(max(FEW_LINES, LINES_OF_A_PAGE - len(noted)))

    def _date_choices(self, days: list[AttendanceDay]) -> list[tuple[Any, str]]:
        today = self.context.today()
        coming = [one for one in days if one.on >= today]
        past = [one for one in days if one.on < today]
        singles: list[tuple[Any, str]] = [
            ((one.original_on,), day_text(one.on, weekday=True)) for one in [*coming, *reversed(past)]
        ]
        if self.kind.value is SheetKind.SESSION or len(days) < 2:
            return singles
        several: list[tuple[Any, str]] = []
        if len(coming) > 1:
            upcoming = tuple(one.original_on for one in coming[:NEXT])
            several.append((upcoming, self.tr("The next {count} dates").format(count=len(upcoming))))
        if len(days) > len(coming[:NEXT]):
            every = tuple(one.original_on for one in days)
            several.append((every, self.tr("All {count} dates").format(count=len(days))))
        for month in dict.fromkeys(month_of(one.on) for one in days):
            within = tuple(one.original_on for one in days if month_of(one.on) == month)
            if len(within) > 1:
                several.append((within, f"{month_text(month)} ({len(within)})"))
        return several + singles

    def _months(self) -> list[date]:
        first = self.context.today().replace(day=1)
        found = [first]
        for _ in range(MONTHS_BACK):
            found.append((found[-1] - timedelta(days=1)).replace(day=1))
        return [found[1], found[0], *found[2:]]

    def _hint(self) -> str:
        return {
            SheetKind.ATTENDANCE: self.tr("A list with the dates across, a column to sign in, and empty lines."),
            SheetKind.SESSION: self.tr("One session: what is planned, room for what happened, and who was there."),
            SheetKind.MONTHLY: self.tr("What is noted already is printed; the rest is written in and signed."),
        }[self.kind.value]

    def _why_nothing(self) -> str:
        if self.kind.value is SheetKind.MONTHLY:
            return self.tr("Nobody belongs to this partnership yet. Add people to it first.")
        return self.tr("There is no activity with dates yet. Plan one in the calendar first.")

    def _remember_language(self, language: Language) -> None:
        self.context.settings.setValue("sheet_language", language.value)

    # --- printing -----------------------------------------------------------------------------------------------------

    def save_word(self, path: Path, order: SheetOrder) -> None:
        """Write a Word document off the GUI thread."""
        workspace, saved = self.context.workspace, self.tr("Saved {path}").format(path=path)
        self.context.tasks.run(
            lambda: paper_sheets.write(workspace, order, path, force=True), lambda _: self.context.notify(saved)
        )

    def save_pdf(self, path: Path, order: SheetOrder) -> None:
        """Write a PDF by Qt's own means."""
        from cocivic_desktop.ui.printing.pages import write_pdf

        made = self.context.attempt(paper_sheets.document, self.context.workspace, order, on_letterhead=False)
        if made is not None and self.context.attempt(write_pdf, [made], path) is not None:
            self.context.notify(self.tr("Saved {path}").format(path=path))

    def print(self) -> None:
        """Show the pages; from there they go to a printer."""
        from cocivic_desktop.ui.printing.pages import show_preview

        order = self.order()
        if order is None:
            return
        made = self.context.attempt(paper_sheets.document, self.context.workspace, order, on_letterhead=False)
        if made is not None:
            show_preview([made], self)

    def _save_as(self, suffix: str) -> None:
        order = self.order()
        if order is None:
            return
        name = safe_file_name(f"{self.ui.kindBox.currentText()} {self.ui.whatBox.currentText()}")
        kinds = self.tr("Word documents (*.docx)") if suffix == ".docx" else self.tr("PDF files (*.pdf)")
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Save the sheet"), f"{name}{suffix}", kinds)
        if path:
            chosen = Path(path if path.lower().endswith(suffix) else path + suffix)
            (self.save_word if suffix == ".docx" else self.save_pdf)(chosen, order)

    # --- typing in ----------------------------------------------------------------------------------------------------

    def _open(self, order: SheetOrder) -> None:
        if order.kind is not SheetKind.MONTHLY:
            self.sheet_found.emit(order)
        elif order.person_id is not None and order.month is not None:
            self.ui.views.setCurrentWidget(self.ui.monthPage)
            self.month.show(order.partnership_id, order.person_id, order.month)

    def _open_chosen(self) -> None:
        order = self.order()
        if order is not None:
            self._open(order)

    def _show_choice(self) -> None:
        self.ui.views.setCurrentWidget(self.ui.choiceScroll)
        self.reload()
        self.ui.codeLine.setFocus()

    def _say(self, text: str) -> None:
        self.ui.codeProblem.setText(f"× {text}" if text else "")
        self.ui.codeProblem.setVisible(bool(text))

    def _import(self) -> None:
        from cocivic_desktop.ui.pages.hours.import_dialog import HoursImportDialog

        HoursImportDialog(self.context, self.partnership, self.window()).open()

    def _connect(self) -> None:
        ui = self.ui
        self._say("")
        for column in (1, 3):
            ui.printGrid.setColumnStretch(column, 1)
        ui.typeHint.setText(
            self.tr("A grid opens in the order of the paper, for the keyboard. Signed sheets can be confirmed at once.")
        )
        ui.fileHint.setText(
            self.tr(
                "CSV or Excel files as volunteers and schools keep them. Columns and people are recognised, rows are "
                "shown with what is odd about it, and nothing is stored before you have looked."
            )
        )
        ui.wordButton.clicked.connect(lambda: self._save_as(".docx"))
        ui.pdfButton.clicked.connect(lambda: self._save_as(".pdf"))
        ui.printButton.clicked.connect(lambda: self.print())
        ui.openButton.clicked.connect(lambda: self.open_code(ui.codeLine.text()))
        ui.codeLine.returnPressed.connect(lambda: self.open_code(ui.codeLine.text()))
        ui.chosenButton.clicked.connect(lambda: self._open_chosen())
        ui.importButton.clicked.connect(lambda: self._import())
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), ui.monthPage)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda: self.month.save())
