"""The answer to one item of an agenda: the question in full, what was answered, and whether that settles it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from cocivic_desktop._generated.forms.initiate_answer_pane import Ui_AnswerPane
from cocivic_desktop.domain.partnerships import AgendaItem, AgendaKind, ReadinessAnswerValue


class AnswerPane(QWidget):
    """Shows an item; a form over the pane stores the words, `settled` tells which mark was pressed."""

    settled = Signal(object)
    """A `ReadinessAnswerValue`, or None when the mark was taken off."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_AnswerPane()
        self.ui.setupUi(self)
        self.ui.answer.setProperty("fills", True)
        self.ui.answer.setAccessibleName(self.tr("Answer"))
        self._marks: dict[ReadinessAnswerValue, QPushButton] = {
            ReadinessAnswerValue.YES: self.ui.yesButton,
            ReadinessAnswerValue.PARTLY: self.ui.partlyButton,
            ReadinessAnswerValue.NO: self.ui.noButton,
            ReadinessAnswerValue.UNKNOWN: self.ui.unknownButton,
        }
        for value, button in self._marks.items():
            button.clicked.connect(lambda checked, value=value: self.settled.emit(value if checked else None))

    def show_item(self, number: int, item: AgendaItem | None) -> None:
        """Show the item with this number, counted from 1."""
        self.ui.question.setText(f"{number}. {item.text}" if item is not None else self.tr("Choose an item."))
        settles = item is not None and item.kind is not AgendaKind.TOPIC
        for value, button in self._marks.items():
            button.setVisible(settles)
            button.setChecked(item is not None and item.settled is value)
