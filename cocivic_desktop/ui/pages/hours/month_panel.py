"""Typing in the monthly sheet of a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.domain.rules.hours import month_of
from cocivic_desktop.services import monthly_sheet
from cocivic_desktop.ui.choices import name_of
from cocivic_desktop.ui.pages.hours.burn_down import month_text
from cocivic_desktop.ui.pages.hours.month_table import MonthModel
from cocivic_desktop.ui.pages.hours.questions import questions_text
from cocivic_desktop.ui.texts.counts import lines_count
from cocivic_desktop.ui.texts.formats import minutes_text

if TYPE_CHECKING:
    from cocivic_desktop._generated.forms.hours_paper import Ui_HoursPaper
    from cocivic_desktop.ui.context import Context


class MonthPanel(QObject):
    """The second page of the paper part: the lines of the sheet, and what saving does. `done` goes back."""

    def __init__(self, context: Context, ui: Ui_HoursPaper, done: Callable[[], object]) -> None:
        super().__init__(ui.month)
        self.context, self.ui, self._done = context, ui, done
        self.model = MonthModel(self)
        self.model.say = self._say
        self.model.on_change = self._show_plan
        self._whose: tuple[UUID, UUID, date] | None = None
        ui.month.setModel(self.model)
        ui.month.fit()
        ui.monthHint.setText(
            self.tr(
                "Day as a number; Enter goes on; the first letters of a category will do. Printed lines come first."
            )
        )
        ui.saveButton.clicked.connect(lambda: self.save())
        ui.saveButton.setToolTip(self.tr("Ctrl+Enter"))
        ui.signedCheck.toggled.connect(lambda: self._show_plan())
        ui.backButton.clicked.connect(lambda: done())

    def show(self, partnership_id: UUID, person_id: UUID, month: date) -> None:
        """Open a person's sheet; the cursor is where writing goes on."""
        self._whose = (partnership_id, person_id, month)
        name = name_of(self.context, Person, person_id)
        self.ui.monthTitle.setText(f"{name} · {month_text(month_of(month))}")
        self.ui.signedCheck.setChecked(False)
        self._load()
        self.ui.month.setFocus()
        first = next((number for number, one in enumerate(self.model.lines) if one.is_empty), 0)
        self.ui.month.go(first, 0)

    def reload(self) -> None:
        """Read the hours anew unless something has been typed."""
        if self._whose is not None and not self.model.is_changed:
            self._load()

    def save(self) -> None:
        """Store the lines: one step of undo."""
        if self._whose is None:
            return
        row = self.model.unfinished()
        if row:
            self._say(self.tr("Line {number} lacks its day or its hours.").format(number=row))
            return
        done = self.context.attempt(
            monthly_sheet.save,
            self.context.workspace,
            *self._whose,
            self.model.sheet(),
            self.context.today(),
            confirm=self.ui.signedCheck.isChecked(),
        )
        if done is None:
            return
        parts = [self.tr("{lines} added").format(lines=lines_count(done.added))]
        if done.corrected:
            parts.append(self.tr("{count} corrected").format(count=done.corrected))
        if done.confirmed:
            parts.append(self.tr("{count} confirmed").format(count=done.confirmed))
        if done.questions:
            parts.append(questions_text(done.questions))
        self.context.notify(self.tr("Sheet saved: {what}.").format(what=", ".join(parts)))
        self._load()
        self._done()

    def _load(self) -> None:
        if self._whose is None:
            return
        partnership_id, person_id, month = self._whose
        found = self.context.attempt(
            monthly_sheet.lines, self.context.workspace, partnership_id, person_id, month
        )  # fmt: skip
        self.model.show(month, found or [])
        self._say("")
        self._show_plan()

    def _show_plan(self) -> None:
        sheet = self.model.sheet()
        total = minutes_text(sum(one.minutes for one in sheet)) or "0 h"
        new = sum(one.entry_id is None for one in sheet)
        text = self.tr("In all {total}; new lines: {count}").format(total=total, count=new)
        self.ui.monthPlan.setText(text)
        self.ui.saveButton.setEnabled(self.model.is_changed or (self.ui.signedCheck.isChecked() and bool(sheet)))

    def _say(self, text: str) -> None:
        self.ui.monthProblem.setText(f"× {text}" if text else "")
        self.ui.monthProblem.setVisible(bool(text))
