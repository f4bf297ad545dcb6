"""The dialog of a changed school calendar. Nothing is stored before "Apply"; that is one step of undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from cocivic_desktop._generated.forms.school_year_change import Ui_CalendarChangeDialog
from cocivic_desktop.domain.errors import CoCivicError
from cocivic_desktop.services import school_year_changes as changing
from cocivic_desktop.ui.dialogs.calendar_change.changes_step import ChangesStep
from cocivic_desktop.ui.dialogs.calendar_change.dates_step import DatesStep
from cocivic_desktop.ui.dialogs.calendar_change.hits_step import HitsStep
from cocivic_desktop.ui.dialogs.calendar_change.send_step import SendStep
from cocivic_desktop.ui.errors import sentence
from cocivic_desktop.ui.theme import set_look

if TYPE_CHECKING:
    from cocivic_desktop.domain.organisations import Organisation
    from cocivic_desktop.domain.school_years import SchoolYear
    from cocivic_desktop.services.school_year_changes import Comparison
    from cocivic_desktop.services.school_year_files import ImportPreview
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.tasks import Job

CHANGED, HIT, DATES, SEND = range(4)


class CalendarChangeDialog(QDialog):
    """What changed → what it hits → new dates → send."""

    def __init__(
        self,
        context: Context,
        year: SchoolYear,
        school: Organisation,
        preview: ImportPreview,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.ui = ui = Ui_CalendarChangeDialog()
        ui.setupUi(self)
        self._context, self._year, self._preview = context, year, preview
        self._job: Job | None = None
        self.comparison: Comparison | None = None
        title = self.tr("A new calendar for {school}, {year}")
        ui.titleLabel.setText(title.format(school=school.short_name or school.name, year=year.label))
        self.changes = ChangesStep(ui, self)
        self.hits = HitsStep(ui, self)
        self.dates = DatesStep(context, ui, self)
        self.send = SendStep(context, ui, self)
        self.changes.changed.connect(lambda: self.compare())
        ui.nextButton.clicked.connect(lambda: self.go_on())
        ui.backButton.clicked.connect(lambda: self._show_step(ui.steps.currentIndex() - 1))
        ui.cancelButton.clicked.connect(self.reject)
        for button in (ui.backButton, ui.cancelButton, ui.saveButton, ui.amendButton):
            button.setAutoDefault(False)
        ui.nextButton.setDefault(True)
        ui.problemLabel.hide()
        self.finished.connect(lambda: self._stop())
        self.finished.connect(self.deleteLater)
        self.resize(1040, 650)
        self._show_step(CHANGED)
        self.compare()

    def compare(self) -> None:
        """Work out the effects away from the GUI thread, with what was decided in the first step."""
        self._stop()
        workspace, year, preview, today = self._context.workspace, self._year, self._preview, self._context.today()
        replaces, spared = self.changes.replaces, self.changes.spared
        self.ui.busyLabel.setText(self.tr("Comparing with all partnerships …"))
        self.ui.nextButton.setEnabled(False)
        self._job = self._context.tasks.run(
            lambda: changing.compare(workspace, year.id, preview, today=today, replaces=replaces, spared=spared),
            self._show,
            lambda error: self._refuse(sentence(error)),
        )

    def go_on(self) -> None:
        """To the next step; applies what was decided before the last one, closes after it."""
        step = self.ui.steps.currentIndex()
        if self.comparison is None or step == SEND:
            self.accept()
        elif step == DATES or (step == CHANGED and not self.comparison.hits):
            self.apply()
        else:
            self._show_step(step + 1)

    def apply(self) -> None:
        """Store the periods and the new dates: all of it, or nothing."""
        if self.comparison is None:
            return
        decisions = self.dates.decisions
        try:
            offers = self.send.amendments(self.comparison, decisions)
            changing.apply(
                self._context.workspace,
                self.comparison,
                decisions,
                today=self._context.today(),
                reason=self.tr("New calendar of the school"),
            )
        except CoCivicError as error:
            self._refuse(sentence(error))
            return
        self.ui.problemLabel.hide()
        self._context.notify(self.tr("The new calendar is in. Ctrl+Z takes it back, with all moved dates."))
        self.send.show(self.comparison, decisions, offers)
        self._show_step(SEND)

    def _show(self, comparison: Comparison) -> None:
        self._job = None
        self.comparison = comparison
        self.ui.busyLabel.clear()
        self.changes.show(comparison)
        self.hits.show(comparison)
        self.dates.show(comparison)
        self._show_step(self.ui.steps.currentIndex())

    def _show_step(self, step: int) -> None:
        ui, found = self.ui, self.comparison
        ui.steps.setCurrentIndex(step)
        for number, chip in enumerate((ui.step1, ui.step2, ui.step3, ui.step4)):
            set_look(chip, "chip-accent" if number == step else "chip-neutral")
        self.setWindowTitle(self.tr("A changed school calendar, step {number} of 4").format(number=step + 1))
        ui.backButton.setVisible(step in (HIT, DATES))
        ui.cancelButton.setVisible(step != SEND)
        ui.nextButton.setEnabled(found is not None)
        ui.introLabel.setText("" if found is None else self._intro(step, found))
        ui.nextButton.setText(self._next_text(step))
        tables = (ui.changes, ui.hits, ui.dates, ui.updates)
        tables[step].setFocus()

    def _intro(self, step: int, found: Comparison) -> str:
        if step == CHANGED:
            return self.changes.intro(found)
        if step == HIT:
            return self.hits.intro(found)
        if step == DATES:
            text = self.tr(
                "Proposed is the nearest free date on the same weekday; what its series makes up for stays left out. "
                "Choose another, leave it, or call it off."
            )
            return text + " " + self.tr("Nothing is stored yet.")
        return self.tr("The new calendar and the new dates are stored; one Ctrl+Z takes all of it back.")

    def _next_text(self, step: int) -> str:
        found = self.comparison
        if step == SEND:
            return self.tr("Done")
        if step == CHANGED and found is not None and not found.hits:
            return self.tr("Take over the new calendar")
        if step == DATES:
            return self.tr("Apply everything")
        return self.tr("Next: what it hits") if step == CHANGED else self.tr("Next: new dates")

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _refuse(self, text: str) -> None:
        self._job = None
        self.ui.busyLabel.clear()
        self.ui.problemLabel.setText(f"× {text}")
        self.ui.problemLabel.show()
