"""The grid of an attendance, everything by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from cocivic_desktop.domain.hours import AttendanceState
from cocivic_desktop.services.attendance import Mark
from cocivic_desktop.ui.pages.hours.attendance_model import AttendanceModel
from cocivic_desktop.ui.theme import ROW_HEIGHT

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

Index = QModelIndex | QPersistentModelIndex
NAME_WIDTH: Final = 230
DAY_WIDTH: Final = 100
WORDS_WIDTH: Final = 150
_CYCLE: Final = (AttendanceState.PRESENT, AttendanceState.ABSENT, AttendanceState.EXCUSED, None)


class AttendanceTable(QTableView):
    """Space goes through the marks, letters set one and go down, digits are minutes, Enter goes on, Delete empties."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT - 4)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        for header in (self.verticalHeader(), self.horizontalHeader()):
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
        self.doubleClicked.connect(self._cycle)

    def fit(self) -> None:
        """Give names and dates their room; one date has room for words."""
        model = self._model()
        day_width = WORDS_WIDTH if len(model.days) == 1 else DAY_WIDTH
        fits = NAME_WIDTH + len(model.days) * day_width <= self.viewport().width()
        stretch = QHeaderView.ResizeMode.Stretch if fits else QHeaderView.ResizeMode.Interactive
        self.horizontalHeader().setSectionResizeMode(0, stretch)
        if not fits:
            self.setColumnWidth(0, NAME_WIDTH)
        for column in range(1, model.columnCount()):
            self.setColumnWidth(column, day_width)

    def go(self, row: int, column: int) -> None:
        """Put the cursor on a cell, where there is one."""
        model = self._model()
        if 0 <= row < model.rowCount() and 0 < column < model.columnCount():
            index = model.index(row, column)
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the class. Arrows and others as in any table."""
        index, model = self.currentIndex(), self._model()
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        editing = self.state() == QAbstractItemView.State.EditingState
        if editing or not plain or not index.isValid() or index.column() == 0:
            super().keyPressEvent(event)
            return
        row, column, text = index.row(), index.column(), event.text().upper()
        states = self._letters()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go(row + 1, column)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            model.setData(index, "")
        elif model.rows[row].is_heads or text.isdigit():
            if text.isdigit() and self.edit(index, QAbstractItemView.EditTrigger.AllEditTriggers, event):
                event.accept()
                return
            super().keyPressEvent(event)
            return
        elif event.key() == Qt.Key.Key_Space:
            self._cycle(index)
        elif text in states:
            model.set_mark(row, column, Mark(states[text]))
            self.go(row + 1, column)
        else:
            if not text.isprintable() or not text:
                super().keyPressEvent(event)
            return
        event.accept()

    def closeEditor(self, editor: QWidget, hint: Any) -> None:
        """Enter in a number goes down, as everywhere in this grid."""
        index = self.currentIndex()
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self.go(index.row() + 1, index.column())

    def _cycle(self, index: Index) -> None:
        model = self._model()
        if index.column() == 0 or model.rows[index.row()].is_heads:
            return
        mark = model.mark_at(index.row(), model.days[index.column() - 1])
        state = _CYCLE[(_CYCLE.index(mark.state) + 1) % len(_CYCLE)] if mark is not None else _CYCLE[0]
        model.set_mark(index.row(), index.column(), Mark(state) if state is not None else None)

    def _letters(self) -> dict[str, AttendanceState]:
        """Letters that set a mark: those of the screen's language, and signs that are the same everywhere."""
        found = {"X": AttendanceState.PRESENT, "+": AttendanceState.PRESENT, "-": AttendanceState.ABSENT}
        for letter, state in (
            (self.tr("P", "letter for present"), AttendanceState.PRESENT),
            (self.tr("A", "letter for absent"), AttendanceState.ABSENT),
            (self.tr("E", "letter for excused"), AttendanceState.EXCUSED),
        ):
            found[letter.upper()] = state
        return found

    def _model(self) -> AttendanceModel:
        model = self.model()
        if not isinstance(model, AttendanceModel):
            raise TypeError("the grid shows an AttendanceModel")
        return model
