"""The same change to several entries at once: category, activity, role, date."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from cocivic_desktop.domain.hours import HourCategory, HourState
from cocivic_desktop.services import hours
from cocivic_desktop.ui.choices import enum_choices
from cocivic_desktop.ui.pages.hours.choose import activities_of
from cocivic_desktop.ui.pages.hours.questions import questions_text
from cocivic_desktop.ui.texts.counts import entries_count
from cocivic_desktop.ui.texts.formats import minutes_text
from cocivic_desktop.ui.widgets.choice_box import ChoiceBox

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from cocivic_desktop._generated.forms.hours_entries import Ui_HoursEntries
    from cocivic_desktop.services.hours import HourRow
    from cocivic_desktop.ui.context import Context

AS_IT_IS = "as_it_is"


class BulkForm(QObject):
    """The form beside the list while several entries are selected. What is left empty stays as it is."""

    def __init__(self, context: Context, ui: Ui_HoursEntries, parent: QObject) -> None:
        super().__init__(parent)
        self.context, self.ui = context, ui
        self._rows: Sequence[HourRow] = ()
        self._category = ChoiceBox(ui.bulkCategory)
        self._activity = ChoiceBox(ui.bulkActivity)
        ui.bulkButton.clicked.connect(lambda: self.change())
        ui.bulkAcceptButton.clicked.connect(lambda: self.change(accept=True))
        ui.bulkForm.hide()

    def show_rows(self, rows: Sequence[HourRow], partnership_id: UUID | None) -> None:
        """Offer to change these entries; fewer than two hide the form."""
        before, self._rows = [row.id for row in self._rows], rows
        self.ui.bulkForm.setVisible(len(rows) > 1)
        if len(rows) < 2:
            return
        leave = (AS_IT_IS, self.tr("as it is"))
        self._category.offer([leave, *enum_choices(HourCategory)])
        self._activity.offer([leave, *activities_of(self.context, partnership_id)])
        if before != [row.id for row in rows]:
            self._clear()
        minutes = minutes_text(sum(row.total_minutes for row in rows))
        self.ui.bulkTitle.setText(self.tr("{entries}, {time}").format(entries=entries_count(len(rows)), time=minutes))
        locked = sum(row.state is HourState.CONFIRMED for row in rows)
        note = self.tr("Confirmed and therefore left out: {count}").format(count=locked) if locked else ""
        self._say(note)
        self.ui.bulkButton.setEnabled(locked < len(rows))

    def change(self, *, accept: bool = False) -> None:
        """Change what is not confirmed, as one step of undo; odd days are asked about first."""
        fields: dict[str, Any] = {}
        if self._category.value != AS_IT_IS:
            fields["category"] = self._category.value
        if self._activity.value != AS_IT_IS:
            fields["activity_id"] = self._activity.value
        if self.ui.bulkRole.text().strip():
            fields["role"] = self.ui.bulkRole.text().strip()
        if self.ui.bulkDate.day is not None:
            fields["worked_on"] = self.ui.bulkDate.day
        ids = [row.id for row in self._rows if row.state is not HourState.CONFIRMED]
        if not fields or not ids:
            self._say(self.tr("Choose what to change."))
            return
        workspace, today = self.context.workspace, self.context.today()
        done = self.context.attempt(partial(hours.change_entries, accept=accept, **fields), workspace, ids, today)
        if done is None:
            return
        logged, _ = done
        if not logged.stored:
            asked = (question for found in logged.questions.values() for question in found)
            text = self.tr("Odd: {count} of {all}.").format(count=len(logged.questions), all=len(ids))
            self._say(f"{text} {questions_text(asked)}")
            self.ui.bulkAcceptButton.show()
            return
        self._clear()
        self.context.notify(self.tr("Changed: {count}. Ctrl+Z takes it back.").format(count=len(ids)))

    def _clear(self) -> None:
        self._category.show(AS_IT_IS)
        self._activity.show(AS_IT_IS)
        self.ui.bulkRole.clear()
        self.ui.bulkDate.set_day(None)

    def _say(self, text: str) -> None:
        self.ui.bulkAcceptButton.hide()
        self.ui.bulkNote.setText(text)
        self.ui.bulkNote.setVisible(bool(text))
