"""The question which dates of a series are meant."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QRadioButton, QVBoxLayout, QWidget


class Reach(Enum):
    """How far an act on one date of a series reaches."""

    THIS = auto()
    FOLLOWING = auto()
    ALL = auto()


class ReachDialog(QDialog):
    """Three choices; the first, this date only, changes least and is proposed."""

    def __init__(self, title: str, then: Callable[[Reach], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._then = then
        self.setWindowTitle(title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(8)
        head = QLabel(title)
        head.setProperty("look", "section")
        head.setWordWrap(True)
        layout.addWidget(head)
        layout.addWidget(QLabel(self.tr("It belongs to a series. Which dates are meant?")))
        texts = {
            Reach.THIS: self.tr("This date only"),
            Reach.FOLLOWING: self.tr("This and all following dates"),
            Reach.ALL: self.tr("All dates of the series"),
        }
        self.choices = {reach: QRadioButton(text) for reach, text in texts.items()}
        for button in self.choices.values():
            layout.addWidget(button)
        self.choices[Reach.THIS].setChecked(True)
        self.choices[Reach.THIS].setFocus()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("look", "primary")
        layout.addSpacing(8)
        layout.addWidget(self.buttons)

    @property
    def reach(self) -> Reach:
        """What is chosen."""
        return next(reach for reach, button in self.choices.items() if button.isChecked())

    def accept(self) -> None:
        """Do it."""
        super().accept()
        self._then(self.reach)


def ask_reach(parent: QWidget, title: str, then: Callable[[Reach], None]) -> ReachDialog:
    """Ask, then do; nothing happens when the question is cancelled."""
    dialog = ReachDialog(title, then, parent)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
