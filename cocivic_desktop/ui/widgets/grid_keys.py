"""Fast editing of a table by keyboard: letters choose in cells of choices, Enter edits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from cocivic_desktop.ui.models.record_table import RECORD_ROLE


class GridKeys(QObject):
    """Watches a table. `letters` gives per column the value that a letter chooses; `choose` stores it.

    `choose(row, column, value)` is called with the record; the current cell moves one down, as in a list that is
    filled from top to bottom. Enter (and F2, as everywhere) edits other cells that can be edited.
    """

    def __init__(
        self,
        table: QAbstractItemView,
        letters: Mapping[int, Mapping[str, Any]],
        choose: Callable[[Any, int, Any], object],
    ) -> None:
        super().__init__(table)
        self._table, self._letters, self._choose = table, letters, choose
        table.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take letters in columns of choices, and Enter in cells of text."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if self._table.state() is QAbstractItemView.State.EditingState:  # the editor's own keys arrive here as well
            return super().eventFilter(watched, event)
        index = self._table.currentIndex()
        known = self._letters.get(index.column(), {}) if index.isValid() else {}
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        letter = event.text().upper()
        if plain and letter and letter in known:
            self._choose(index.data(RECORD_ROLE), index.column(), known[letter])
            below = index.siblingAtRow(index.row() + 1)
            if below.isValid():
                self._table.setCurrentIndex(below)
            return True
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and plain and index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self._table.edit(index)
            return True
        return super().eventFilter(watched, event)
