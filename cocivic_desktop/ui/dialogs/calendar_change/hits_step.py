"""Second step: the planned dates that the new calendar hits, over all partnerships, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from cocivic_desktop.ui.dialogs.calendar_change.words import why
from cocivic_desktop.ui.models.record_table import Column, RecordTableModel
from cocivic_desktop.ui.pages.calendar.words import when_text
from cocivic_desktop.ui.texts.formats import day_text
from cocivic_desktop.ui.widgets.tables import choose_first, dress_records

if TYPE_CHECKING:
    from uuid import UUID

    from PySide6.QtWidgets import QWidget

    from cocivic_desktop._generated.forms.school_year_change import Ui_CalendarChangeDialog
    from cocivic_desktop.services.school_year_changes import Comparison
    from cocivic_desktop.services.school_year_slots import DateHit

MOST_GAINED = 5
"""Dates that come in anew, named in one line."""


class HitsStep(QObject):
    """A table to read."""

    def __init__(self, ui: Ui_CalendarChangeDialog, parent: QWidget) -> None:
        super().__init__(parent)
        self._ui = ui
        self._names: dict[UUID, str] = {}
        self.model: RecordTableModel[DateHit] = RecordTableModel(
            [
                Column("when", self.tr("Date"), lambda hit: when_text(hit.hit.occurrence), 205),
                Column("title", self.tr("Activity"), lambda hit: hit.activity.title, 200, strong=True, tip=_title),
                Column("of", self.tr("Partnership"), lambda hit: hit.partnership_title, 170, tip=_partnership),
                Column("why", self.tr("Why"), self._why, tip=self._why),
            ],
            self,
        )
        dress_records(ui.hits, self.model, self.model.columns, 44)

    def show(self, found: Comparison) -> None:
        """Show a comparison."""
        self._names = found.names
        self.model.set_rows(found.hits)
        choose_first(self._ui.hits)
        shown = [f"{day_text(one.on, weekday=True)} {found.names[one.activity_id]}" for one in found.gained]
        more = self.tr(" and {count} more").format(count=len(shown) - MOST_GAINED) if len(shown) > MOST_GAINED else ""
        text = self.tr("These take place anew, because the calendar lets them: {dates}").format(
            dates="; ".join(shown[:MOST_GAINED]) + more
        )
        self._ui.gainedLabel.setText(text)
        self._ui.gainedLabel.setVisible(bool(shown))

    def intro(self, found: Comparison) -> str:
        """How much is hit, in a sentence."""
        partnerships = len({hit.activity.partnership_id for hit in found.hits})
        if partnerships == 1:
            return self.tr("Planned dates of one partnership that are hit: {count}.").format(count=len(found.hits))
        text = self.tr("Planned dates of {partnerships} partnerships that are hit: {count}.")
        return text.format(count=len(found.hits), partnerships=partnerships)

    def _why(self, hit: DateHit) -> str:
        return why(hit, self._names)


def _title(hit: DateHit) -> str:
    return hit.activity.title


def _partnership(hit: DateHit) -> str:
    return hit.partnership_title
