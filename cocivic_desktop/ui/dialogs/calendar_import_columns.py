"""Saying which column of a table is what, when a school's own table is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from cocivic_desktop.domain.rules.calendar_files import TableColumns

if TYPE_CHECKING:
    from PySide6.QtWidgets import QComboBox, QWidget

    from cocivic_desktop._generated.forms.school_year_import import Ui_CalendarImportDialog
    from cocivic_desktop.domain.rules.calendar_files import TableShape

LONGEST_SAMPLE = 18
"""Characters of an example beside a column's head."""


class ColumnChoice(QObject):
    """The boxes of the import dialog; `wanted` is what somebody chose, None while what was found out counts."""

    chosen = Signal()

    def __init__(self, ui: Ui_CalendarImportDialog, parent: QWidget) -> None:
        super().__init__(parent)
        self._ui = ui
        self.wanted: TableColumns | None = None
        self._heads: tuple[str, ...] = ()
        ui.orderBox.addItems([self.tr("find out"), self.tr("day first"), self.tr("month first")])
        for box in (*self._boxes(), ui.orderBox):
            box.setMinimumContentsLength(10)
            box.view().setMinimumWidth(260)
            box.activated.connect(lambda: self._choose())
        ui.columnsCard.hide()

    def forget(self) -> None:
        """Another file: what was chosen for the last one does not count."""
        self.wanted, self._heads = None, ()
        self._ui.orderBox.setCurrentIndex(0)

    def show(self, table: TableShape | None) -> None:
        """Show the columns of a table; None hides the boxes, as for formats that need no choice."""
        self._ui.columnsCard.setVisible(table is not None)
        if table is None:
            return
        if table.heads != self._heads:
            self._heads = table.heads
            words = [_with_sample(head, sample) for head, sample in zip(table.heads, table.samples, strict=True)]
            for box in self._boxes():
                box.clear()
                box.addItems(["–", *words])
        columns = table.columns
        for box, number in zip(self._boxes(), (columns.start, columns.end, columns.name, columns.kind), strict=True):
            box.setCurrentIndex(0 if number is None else number + 1)

    def _boxes(self) -> tuple[QComboBox, QComboBox, QComboBox, QComboBox]:
        return self._ui.firstBox, self._ui.lastBox, self._ui.nameBox, self._ui.kindBox

    def _choose(self) -> None:
        start, end, name, kind = (box.currentIndex() - 1 if box.currentIndex() > 0 else None for box in self._boxes())
        order = (None, False, True)[self._ui.orderBox.currentIndex()]
        self.wanted = TableColumns(start, end, name, kind, month_first=order)
        self.chosen.emit()


def _with_sample(head: str, sample: str) -> str:
    shown = sample if len(sample) <= LONGEST_SAMPLE else f"{sample[: LONGEST_SAMPLE - 1]}…"
    return f"{head} ({shown})" if shown else head
