"""What guests propose instead of a date: a line for each, with one button to take it over and one to leave it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cocivic_desktop.services import counter_proposals
from cocivic_desktop.ui.pages.calendar.notice_row import NoticeRow
from cocivic_desktop.ui.pages.calendar.words import proposed_text
from cocivic_desktop.ui.texts.formats import day_text

if TYPE_CHECKING:
    from cocivic_desktop.services.counter_proposals import Proposal
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.pages.calendar.data import Entry


class ProposalRows(QWidget):
    """Hidden while nobody proposes anything for the activity that is shown."""

    taken = Signal(object)
    """The proposal that was taken over."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self.rows: list[NoticeRow] = []
        self.hide()

    def show_of(self, context: Context, entry: Entry) -> None:
        """Show what is proposed for an activity, first for the date that is shown."""
        for row in self.rows:
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        waiting = counter_proposals.waiting(context.workspace, entry.activity.id)
        found = sorted(waiting, key=lambda one: one.original_on not in (None, entry.id[1]))
        self.rows = [self._row(context, entry, one) for one in found]
        for row in self.rows:
            self._layout.addWidget(row)
        self.setVisible(bool(found))

    def _row(self, context: Context, entry: Entry, one: Proposal) -> NoticeRow:
        when = proposed_text(one.wanted, entry)
        text = self.tr("{name} proposes: {when}")
        if one.original_on is None and entry.activity.recurrence is not None:
            text = self.tr("{name} proposes for the whole series: {when}")
        elif one.original_on is not None:
            text = self.tr("{name} proposes instead of {day}: {when}")
        day = day_text(one.original_on, weekday=True, year=False)
        text = text.format(name=one.name, when=when, day=day)
        row = NoticeRow(f"{text} · “{one.remark}”" if one.remark else text, self)
        tip = self.tr("Move the date there; Ctrl+Z takes it back. Then tell the others what has changed.")
        row.offer(self.tr("Take it over"), lambda: self._take(context, one), tip=tip)
        tip = self.tr("The date stays; write an invitation again to say so.")
        leave = partial(context.attempt, counter_proposals.leave, context.workspace, one)
        row.offer(self.tr("Leave it"), leave, tip=tip, quiet=True)
        return row

    def _take(self, context: Context, one: Proposal) -> None:
        if context.attempt(counter_proposals.take_over, context.workspace, one, context.today()) is not None:
            day = day_text(one.wanted.on, weekday=True, year=False)
            told = self.tr("Moved to {day}. Ctrl+Z takes it back. The other guests do not know yet.")
            context.notify(told.format(day=day))
            self.taken.emit(one)
