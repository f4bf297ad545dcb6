"""The question on which day something happened to an agreement, and why where that matters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from cocivic_desktop.domain.errors import CoCivicError
from cocivic_desktop.ui.errors import sentence
from cocivic_desktop.ui.theme import set_look
from cocivic_desktop.ui.widgets.card import label
from cocivic_desktop.ui.widgets.date_field import DateField, parse_day

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

WIDTH = 460
"""Pixels: two lines for most sentences."""


@dataclass(frozen=True)
class DayQuestion:
    """The words of the question; labels with their key ("&Why"). Without `reason` only the day is asked."""

    title: str
    text: str
    day: str
    done: str
    reason: str = ""


class DayDialog(QDialog):
    """A day, today at first, and perhaps a reason. `store` does it; what it refuses is said beside the fields."""

    def __init__(
        self, question: DayQuestion, today: date, store: Callable[[date, str], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._question, self._today, self._store = question, today, store
        self.setWindowTitle(question.title)
        self.setMinimumWidth(WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(4)
        layout.addWidget(label(question.title, "section", wrap=True))
        layout.addWidget(label(question.text, "muted", wrap=True))
        layout.addSpacing(8)
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        self.day, self.reason = DateField(self), QLineEdit(self)
        self.day.set_day(today)
        self.day.day_changed.connect(lambda: self._clear())
        self._add(layout, question.day, self.day, self.day.line)
        self.reason.setVisible(bool(question.reason))
        if question.reason:
            layout.addSpacing(4)
            self._add(layout, question.reason, self.reason, self.reason)
        layout.addSpacing(4)
        layout.addWidget(self.problem)
        layout.addSpacing(8)
        buttons = QDialogButtonBox()
        self.done_button = buttons.addButton(question.done, QDialogButtonBox.ButtonRole.AcceptRole)
        set_look(self.done_button, "primary")
        self.done_button.setDefault(True)
        self.cancel_button = buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.day.line.setFocus()
        self.day.line.selectAll()

    def _add(self, layout: QVBoxLayout, text: str, widget: QWidget, line: QLineEdit) -> None:
        head = label(text, "label", wrap=True)
        head.setBuddy(widget)
        line.setAccessibleName(text.replace("&", ""))
        for one in (head, widget):
            layout.addWidget(one)
        line.textEdited.connect(lambda: self._clear())

    def accept(self) -> None:
        """Do it; otherwise say what is wrong and stand in the field."""
        try:
            # What is typed counts although nobody has left the field yet.
            line = self.day.line
            day = parse_day(line.text(), self._today) if line.isModified() else self.day.day
        except (ValueError, OverflowError):
            self._refuse(
                self.tr("This is no day. Write it like 21.9.2026, or choose it from the calendar (Alt+Down)."),
                self.day.line,
            )
            return
        if day is None:
            self._refuse(self.tr("Give the day."), self.day.line)
            return
        if self._question.reason and not self.reason.text().strip():
            self._refuse(self.tr("Say why the agreement ends: the next coordinator will want to know."), self.reason)
            return
        try:
            self._store(day, self.reason.text().strip())
        except CoCivicError as error:
            self._refuse(sentence(error), self.day.line)
            return
        super().accept()

    def _clear(self) -> None:
        self.problem.hide()
        for line in (self.day.line, self.reason):
            line.setAccessibleDescription("")

    def _refuse(self, problem: str, line: QLineEdit) -> None:
        self.problem.setText(problem)
        self.problem.show()
        line.setAccessibleDescription(problem)
        line.setFocus()
        line.selectAll()
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """As high as the sentences need."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))


def ask_day(question: DayQuestion, today: date, store: Callable[[date, str], None], parent: QWidget) -> DayDialog:
    """Ask, then do; nothing happens when the question is cancelled."""
    dialog = DayDialog(question, today, store, parent)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
