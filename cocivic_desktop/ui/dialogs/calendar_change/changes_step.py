"""First step: the periods that are new, moved, changed or gone; each can be left as it is stored."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox

from cocivic_desktop.services.school_year_changes import PeriodChange, PeriodChangeKind
from cocivic_desktop.services.school_year_plan import Replaces
from cocivic_desktop.ui.dialogs.calendar_change.words import kind_chip
from cocivic_desktop.ui.models.record_table import Column, RecordTableModel
from cocivic_desktop.ui.texts.formats import span_text
from cocivic_desktop.ui.widgets.tables import choose_first, dress_records

if TYPE_CHECKING:
    from uuid import UUID

    from PySide6.QtWidgets import QWidget

    from cocivic_desktop._generated.forms.school_year_change import Ui_CalendarChangeDialog
    from cocivic_desktop.domain.school_years import CalendarPeriod
    from cocivic_desktop.services.school_year_changes import Comparison
    from cocivic_desktop.services.school_year_files import PreviewPeriod


class ChangesStep(QObject):
    """`changed` says that the comparison has to be made anew, with `replaces` and `spared`."""

    changed = Signal()

    def __init__(self, ui: Ui_CalendarChangeDialog, parent: QWidget) -> None:
        super().__init__(parent)
        self._ui = ui
        self.replaces: Replaces | None = None
        self.spared: frozenset[UUID] | None = None
        self._refused: list[PreviewPeriod] = []
        self._last: frozenset[UUID] | None = None
        self.model: RecordTableModel[PeriodChange] = RecordTableModel(
            [
                Column("taken", self.tr("Take over"), self._taken, 90, change=self._take),
                Column("kind", self.tr("What"), lambda one: kind_chip(one.kind), 120),
                Column("name", self.tr("Name"), lambda one: one.name, strong=True, tip=lambda one: one.name),
                Column("before", self.tr("Until now"), lambda one: _days(one.before), 215),
                Column("after", self.tr("In the new file"), lambda one: _days(one.after), 215),
            ],
            self,
        )
        dress_records(ui.changes, self.model, self.model.columns)
        ui.replacesBox.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        ui.replacesBox.activated.connect(lambda number: self._replace(list(Replaces)[number]))

    def show(self, found: Comparison) -> None:
        """Show a comparison."""
        self.replaces, self.spared = found.replaces, found.spared
        box = self._ui.replacesBox
        box.clear()
        source = self.tr("what came from “{source}” before").format(source=found.preview.source_detail)
        everything = self.tr("all stored periods of the same kinds, wherever they came from")
        box.addItems([source, everything])
        box.setCurrentIndex(list(Replaces).index(found.replaces))
        refused = [PeriodChange(PeriodChangeKind.ADDED, None, one) for one in self._refused if not one.chosen]
        if self._last is None:
            self._last = found.spared
        last = self._last  # what stays anyway comes last, and nothing jumps when it is ticked
        rows = sorted(found.changes, key=lambda one: one.stored_id in last)
        self.model.set_rows([*rows, *refused])
        choose_first(self._ui.changes)

    def intro(self, found: Comparison) -> str:
        """What changed, in a sentence."""
        if not found.changes:
            return self.tr("The file says the same as what is stored.")
        count = Counter(one.kind for one in found.changes)
        parts = (
            (PeriodChangeKind.ADDED, self.tr("{count} new")),
            (PeriodChangeKind.MOVED, self.tr("{count} moved")),
            (PeriodChangeKind.CHANGED, self.tr("{count} with other words")),
            (PeriodChangeKind.GONE, self.tr("{count} no longer in the file")),
        )
        text = ", ".join(words.format(count=count[kind]) for kind, words in parts if count[kind]) + "."
        hits = self.tr("{count} planned dates are hit.").format(count=len(found.hits))
        typed = self.tr("What was typed in and the file lacks stays, unless you tick it.") if found.spared else ""
        return " ".join(part for part in (text, hits, typed) if part)

    def _taken(self, one: PeriodChange) -> bool:
        if one.before is None:
            return one.after is not None and one.after.chosen
        return one.stored_id not in (self.spared or ())

    def _take(self, one: PeriodChange, taken: bool) -> None:
        if one.before is None and one.after is not None:
            one.after.chosen = taken
            if one.after not in self._refused:
                self._refused.append(one.after)
        elif one.stored_id is not None:
            spared = set(self.spared or ())
            (spared.discard if taken else spared.add)(one.stored_id)
            self.spared = frozenset(spared)
        self.changed.emit()

    def _replace(self, replaces: Replaces) -> None:
        if replaces is not self.replaces:
            self.replaces, self.spared, self._last = replaces, None, None
            self.changed.emit()


def _days(one: CalendarPeriod | PreviewPeriod | None) -> str:
    return span_text(one.starts_on, one.ends_on) if one is not None else "–"
