"""A line that asks for something, with its buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable


class NoticeRow(QFrame):
    """Hidden while it has nothing to say."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "banner-warning")
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(12, 4, 8, 4)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._layout.setSpacing(8)
        self.label = QLabel(self)
        self.label.setWordWrap(True)
        self._layout.addWidget(self.label, 1)
        self.say(text)

    def say(self, text: str) -> None:
        """Show a text; none hides the line."""
        self.label.setText(text)
        self.setVisible(bool(text))

    def offer(self, text: str, act: Callable[[], object], *, tip: str = "", quiet: bool = False) -> QPushButton:
        """Add a button; its accessible name tells what it is about."""
        button = QPushButton(text, self)
        if quiet:
            button.setProperty("look", "quiet")
        button.setToolTip(tip)
        if self.label.text():
            button.setAccessibleName(f"{text}: {self.label.text()}")
        button.clicked.connect(lambda: act())
        self._layout.addWidget(button)
        return button
