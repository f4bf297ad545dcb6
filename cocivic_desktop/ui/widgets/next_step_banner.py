"""What to do now, in a sentence, with a button that leads there."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from cocivic_desktop.ui.theme import set_look


class NextStepBanner(QFrame):
    """A title, a reason, a primary button, and "Later"."""

    accepted = Signal()
    postponed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = self._reason = ""
        self._brief = False
        self.setProperty("look", "banner")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 10, 12, 10)
        layout.setSpacing(12)
        self.text_label = QLabel()
        self.text_label.setWordWrap(True)
        self.text_label.setTextFormat(Qt.TextFormat.RichText)
        self.text_label.setMinimumHeight(32)
        self.action_button = QPushButton()
        self.action_button.setProperty("look", "primary")
        self.later_button = QPushButton(self.tr("Later"))
        self.later_button.setToolTip(self.tr("Do not show this again today"))
        layout.addWidget(self.text_label, 1)
        layout.addWidget(self.action_button)
        layout.addWidget(self.later_button)
        self.action_button.clicked.connect(lambda: self.accepted.emit())
        self.later_button.clicked.connect(lambda: self.postponed.emit())

    def show_step(self, title: str, reason: str, action: str, *, urgent: bool = False, later: bool = True) -> None:
        """Say a step. `urgent` gives the banner the warning's ground; the words say why."""
        self._title, self._reason = title, reason
        self._say()
        self.action_button.setText(action)
        self.action_button.setVisible(bool(action))
        self.later_button.setVisible(later)
        set_look(self, "banner-warning" if urgent else "banner")
        self.setVisible(True)

    def set_brief(self, brief: bool) -> None:
        """Leave the reason to the tool tip, where a window is low."""
        if brief != self._brief:
            self._brief = brief
            self._say()

    def _say(self) -> None:
        title, reason = self._title, "" if self._brief else self._reason
        stop = "" if not reason or title.endswith((".", "!", "?", "…")) else "."
        self.text_label.setText(f"<b>{escape(title)}{stop}</b> {escape(reason)}")
        self.text_label.setToolTip(self._reason if self._brief else "")
        self.text_label.setAccessibleDescription(self._reason)
