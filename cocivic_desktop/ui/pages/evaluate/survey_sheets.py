"""Typing in paper sheets: a row for each, a column for each question, everything by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from cocivic_desktop.domain.surveys import SurveyResponse
from cocivic_desktop.services.surveys import Question
from cocivic_desktop.ui.theme import ROW_HEIGHT

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

Index = QModelIndex | QPersistentModelIndex
_TOP: Final = QModelIndex()
DIGITS: Final = ("1", "2", "3", "4", "5")
DIGIT_WIDTH: Final = 48
WORDS_WIDTH: Final = 140
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

Note = Callable[[UUID | None, str, "int | str | None"], "UUID | None"]
"""Stores an answer on a sheet (None: a new one) and gives the sheet's id, or None where it could not."""


class SheetModel(QAbstractTableModel):
    """The sheets and, below them, an empty one."""

    def __init__(self, note: Note, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._note = note
        self.questions: list[Question] = []
        self.sheets: list[SurveyResponse] = []

    def show(self, questions: Sequence[Question], sheets: Sequence[SurveyResponse]) -> None:
        """Show other data. While questions and sheets stay the same ones, the view keeps its place."""
        known, now = [one.id for one in self.sheets], [one.id for one in sheets]
        if list(questions) != self.questions or now[: len(known)] != known:
            self.beginResetModel()
            self.questions, self.sheets = list(questions), list(sheets)
            self.endResetModel()
            return
        changed = [row for row, old in enumerate(self.sheets) if old.answers != sheets[row].answers]
        self.sheets[:] = sheets[: len(known)]
        if len(now) > len(known) and self.questions:
            # The empty row becomes the first new sheet, and the new empty one comes below: cursor and editor stay.
            self.beginInsertRows(_TOP, len(known) + 1, len(now))
            self.sheets = list(sheets)
            self.endInsertRows()
            changed.append(len(known))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, len(known), len(now))
        for row in changed:
            # Only rows with other answers: an editor that is open elsewhere keeps what is being typed.
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.questions) - 1))

    def sheet(self, row: int) -> SurveyResponse | None:
        """The sheet of a row; None for the empty one."""
        return self.sheets[row] if 0 <= row < len(self.sheets) else None

    def question(self, column: int) -> Question | None:
        """The question of a column."""
        return self.questions[column] if 0 <= column < len(self.questions) else None

    def rowCount(self, parent: Index = _TOP) -> int:
        """The sheets and the empty one."""
        return 0 if parent.isValid() or not self.questions else len(self.sheets) + 1

    def columnCount(self, parent: Index = _TOP) -> int:
        """One for each question."""
        return 0 if parent.isValid() else len(self.questions)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Numbers of questions and sheets; the question's words as a tip."""
        if orientation == Qt.Orientation.Vertical:
            if role != Qt.ItemDataRole.DisplayRole:
                return None
            return str(section + 1) if section < len(self.sheets) else self.tr("New")
        question = self.question(section)
        if question is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return str(section + 1)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return question.text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(question)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The answer of a sheet to a question."""
        question = self.question(index.column())
        if question is None:
            return None
        sheet = self.sheet(index.row())
        given = sheet.answers.get(question.key) if sheet is not None else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return "" if given is None else str(given)
        if role == Qt.ItemDataRole.ToolTipRole:
            return given if isinstance(given, str) else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{question.text} {given if given is not None else '–'}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(question)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Store an answer at once; the first one on the empty row makes a sheet of it."""
        question = self.question(index.column())
        if question is None or role != Qt.ItemDataRole.EditRole:
            return False
        sheet = self.sheet(index.row())
        given: int | str | None = value or None
        if isinstance(value, str) and not question.in_words:
            given = int(value) if value in DIGITS else None
        if (sheet.answers.get(question.key) if sheet is not None else None) == given:
            return True
        return self._note(sheet.id if sheet is not None else None, question.key, given) is not None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Answers in words open an editor; digits are typed straight in."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        question = self.question(index.column())
        return flags | Qt.ItemFlag.ItemIsEditable if question is not None and question.in_words else flags

    def _alignment(self, question: Question) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignLeft if question.in_words else Qt.AlignmentFlag.AlignHCenter
        return side | Qt.AlignmentFlag.AlignVCenter


class SheetTable(QTableView):
    """1 to 5 answer and go on, Space skips, Backspace goes back, Delete empties, Enter begins the next sheet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.verticalHeader().setMinimumWidth(44)
        for header in (self.verticalHeader(), self.horizontalHeader()):
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
        self.horizontalHeader().setMinimumSectionSize(40)

    def fit_columns(self) -> None:
        """Digits are narrow; answers in words share what is left."""
        model = self.model()
        if not isinstance(model, SheetModel):
            return
        header = self.horizontalHeader()
        for column, question in enumerate(model.questions):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.setColumnWidth(column, WORDS_WIDTH if question.in_words else DIGIT_WIDTH)
        wordy = any(question.in_words for question in model.questions)
        room = self.viewport().width() - sum(self.columnWidth(column) for column in range(len(model.questions)))
        if wordy and room > 0:
            last = max(number for number, question in enumerate(model.questions) if question.in_words)
            header.setSectionResizeMode(last, QHeaderView.ResizeMode.Stretch)

    def go(self, row: int, column: int) -> None:
        """Put the cursor on a cell, where there is one."""
        model = self.model()
        if not isinstance(model, SheetModel) or not (0 <= row < model.rowCount() and 0 <= column < model.columnCount()):
            return
        index = model.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def begin(self) -> None:
        """Put the keyboard on the empty sheet."""
        self.setFocus()
        model = self.model()
        if model is not None:
            self.go(model.rowCount() - 1, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the class. Other keys as in any table."""
        index, model = self.currentIndex(), self.model()
        editing = self.state() == QAbstractItemView.State.EditingState  # the editor passes Enter on to the table
        if editing or not isinstance(model, SheetModel) or not index.isValid():
            super().keyPressEvent(event)
            return
        question = model.question(index.column())
        in_words = question is not None and question.in_words
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _ENTER and plain:
            self.go(index.row() + 1, 0)
        elif event.key() == Qt.Key.Key_Backspace and plain:
            self._back(index)
        elif event.key() == Qt.Key.Key_Delete and plain:
            model.setData(index, None)
        elif event.text() in DIGITS and plain and not in_words:
            if model.setData(index, event.text()):
                self.go(index.row(), index.column() + 1)
        elif event.key() == Qt.Key.Key_Space and plain and not in_words:
            self.go(index.row(), index.column() + 1)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def closeEditor(self, editor: QWidget, hint: Any) -> None:
        """Enter in an answer in words goes on: to the next question, after the last one to the next sheet."""
        place = self.currentIndex()
        row, column = place.row(), place.column()
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache and place.isValid():
            last = column + 1 >= self.model().columnCount()
            QTimer.singleShot(0, self, lambda: self.go(row + 1, 0) if last else self.go(row, column + 1))

    def _back(self, index: QModelIndex) -> None:
        if index.column() > 0:
            self.go(index.row(), index.column() - 1)
        elif index.row() > 0:
            self.go(index.row() - 1, self.model().columnCount() - 1)
