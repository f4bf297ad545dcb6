"""What is odd among the stored hours, one click from the entry; and confirming what was looked at, or all the others.

Whoever confirms an odd entry has looked at it: it leaves the list, and can be shown again.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView

from cocivic_desktop._generated.forms.hours_checks import Ui_HoursChecks
from cocivic_desktop.domain.hours import HourState
from cocivic_desktop.services import hour_checks, hours
from cocivic_desktop.services.hour_checks import Finding
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.models.record_table import Chip, Column, RecordTableModel
from cocivic_desktop.ui.pages.hours.questions import questions_text
from cocivic_desktop.ui.pages.part import StagePart
from cocivic_desktop.ui.texts.formats import day_text, minutes_text
from cocivic_desktop.ui.widgets.tables import choose_first, dress_records

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class ChecksPart(StagePart):
    """The same rules as for new entries, over all that is stored; read beside the window."""

    entry_wanted = Signal(object)
    """The id of an entry that the person wants to see."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_HoursChecks()
        self.ui.setupUi(self)
        self.findings: RecordTableModel[Finding] = RecordTableModel(
            [
                Column("on", self.tr("Date"), lambda row: day_text(row.entry.worked_on, weekday=True), width=146),
                Column("who", self.tr("Who"), self._who, width=160),
                Column("minutes", self.tr("Time"), lambda row: minutes_text(row.entry.minutes), width=92, right=True),
                Column("why", self.tr("What is odd"), self._why, tip=self._why),
                Column("state", self.tr("State"), lambda row: Chip.of(row.entry.state), width=104),
            ],
            self,
        )
        self._all: list[Finding] = []
        self._waiting = 0
        dress_records(self.ui.table, self.findings, self.findings.columns)
        self.ui.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.ui.table.selectionModel().selectionChanged.connect(lambda: self._show_selected())
        self.ui.confirmedBox.toggled.connect(lambda: self._show_rows())
        self.ui.rightButton.clicked.connect(lambda: self.confirm_selected())
        self.ui.rightButton.setToolTip(
            self.tr("Confirm the selected entries although they are odd: you looked at them")
        )
        self.ui.table.activated.connect(lambda: self.show_entry())
        self.ui.showButton.clicked.connect(lambda: self.show_entry())
        self.ui.confirmButton.clicked.connect(lambda: self.confirm_others())
        self.ui.empty.set_texts(
            self.tr("Nothing is odd"),
            self.tr(
                "Long days, overlaps, days outside the agreement or on closures, and hours of people who had left or "
                "were not there yet are listed here."
            ),
        )

    def reload(self) -> None:
        """Look through the entries beside the window; another partnership in the meantime makes it void."""
        workspace, partnership_id, today = self.context.workspace, self.partnership, self.context.today()
        self.context.tasks.run(
            lambda: (
                hour_checks.stored_findings(workspace, partnership_id, today),
                hours.sums(workspace, partnership_id).waiting,
            ),
            partial(self._show, partnership_id),
        )

    def show_entry(self) -> None:
        """Go to the entry in the list."""
        finding = self.findings.record(self.ui.table.currentIndex())
        if finding is not None:
            self.entry_wanted.emit(finding.entry.id)

    def confirm_selected(self) -> None:
        """Confirm the selected entries that wait: they are right although they are odd. One step of undo."""
        self._confirm([row.entry.id for row in self._selected() if row.entry.state is HourState.LOGGED])

    def confirm_others(self) -> None:
        """Confirm all that waits and is not odd; one step of undo."""
        self._confirm(hour_checks.in_order(self.context.workspace, self.partnership, self.context.today()))

    def _confirm(self, ids: list[UUID]) -> None:
        workspace, today = self.context.workspace, self.context.today()
        if ids and self.context.attempt(hours.confirm, workspace, ids, today) is not None:
            self.context.notify(self.tr("Confirmed: {count}. Ctrl+Z takes it back.").format(count=len(ids)))

    def _show(self, partnership_id: UUID, found: tuple[list[Finding], int]) -> None:
        if partnership_id != self.partnership_id:
            return
        self._all, self._waiting = found
        self._show_rows()

    def _show_rows(self) -> None:
        """The odd entries that wait; confirmed ones, too, when they are asked for."""
        waiting = [one for one in self._all if one.entry.state is HourState.LOGGED]
        shown = self._all if self.ui.confirmedBox.isChecked() else waiting
        self.findings.set_rows(shown)
        self.ui.stack.setCurrentWidget(self.ui.table if shown else self.ui.empty)
        choose_first(self.ui.table)
        confirmed = len(self._all) - len(waiting)
        self.ui.confirmedBox.setText(self.tr("Confirmed ones, too ({count})").format(count=confirmed))
        self.ui.confirmedBox.setVisible(bool(confirmed))
        others = self._waiting - len(waiting)
        self.ui.confirmButton.setEnabled(others > 0)
        self.ui.confirmButton.setText(
            self.tr("&Confirm the {count} others").format(count=others) if others else self.tr("&Confirm all others")
        )
        text = self.tr("Odd entries that wait: {count}. Look whether they are right; they count all the same.")
        self.ui.count.setText(text.format(count=len(waiting)) if waiting else "")
        self._show_selected()

    def _selected(self) -> list[Finding]:
        rows = (self.findings.record(index) for index in self.ui.table.selectionModel().selectedRows())
        return [row for row in rows if row is not None]

    def _show_selected(self) -> None:
        chosen = self._selected()
        self.ui.showButton.setEnabled(bool(chosen))
        self.ui.rightButton.setEnabled(any(row.entry.state is HourState.LOGGED for row in chosen))

    def _who(self, row: Finding) -> str:
        if row.entry.head_count is None:
            return row.person
        return self.tr("{count} × {role}").format(count=row.entry.head_count, role=row.entry.role or self.tr("heads"))

    @staticmethod
    def _why(row: Finding) -> str:
        return questions_text(row.questions)
