"""Criteria with an answer each: a sentence, what is meant, and a list of choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from cocivic_desktop.ui.widgets.card import label


@dataclass(frozen=True)
class Criterion:
    """One line: its code, what is asked, and an explanation below it."""

    code: str
    text: str
    explained: str = ""


class CriteriaGrid(QWidget):
    """Usable from Designer; `offer` says what is asked, `show_answers` what was answered."""

    answered = Signal(str, object)
    """A criterion's code and the value chosen, None for no answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self._values: list[Any] = []
        self.boxes: dict[str, QComboBox] = {}

    def offer(self, criteria: Sequence[Criterion], choices: Sequence[tuple[Any, str]]) -> None:
        """Make the lines; called once. The first choice is that of no answer."""
        self._values = [None, *(value for value, _ in choices)]
        for number, criterion in enumerate(criteria):
            box = QComboBox()
            box.addItems(["–", *(text for _, text in choices)])
            box.setMinimumWidth(120)
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            box.setAccessibleName(criterion.text)
            box.setAccessibleDescription(criterion.explained)
            box.activated.connect(lambda row, code=criterion.code: self.answered.emit(code, self._values[row]))
            box.wheelEvent = lambda event: event.ignore()  # type: ignore[method-assign]
            text, explained = label(criterion.text, wrap=True), label(criterion.explained, "label", wrap=True)
            text.setBuddy(box)
            self._grid.addWidget(text, 3 * number, 0)
            self._grid.addWidget(explained, 3 * number + 1, 0)
            self._grid.addWidget(box, 3 * number, 1, 2, 1, Qt.AlignmentFlag.AlignTop)
            self._grid.setRowMinimumHeight(3 * number + 2, 8)
            self.boxes[criterion.code] = box

    def show_answers(self, answers: Mapping[str, Any]) -> None:
        """Show what was answered, without telling anybody."""
        for code, box in self.boxes.items():
            value = answers.get(code)
            box.setCurrentIndex(self._values.index(value) if value in self._values else 0)
