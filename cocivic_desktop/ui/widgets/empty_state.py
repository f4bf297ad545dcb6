"""What a place says while nothing is in it: what it is for, what to do first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget


class EmptyState(QWidget):
    """A title, a sentence or two, and up to two buttons. `primary` makes the first button the page's primary one."""

    action_clicked = Signal()
    second_clicked = Signal()

    def __init__(
        self,
        title: str = "",
        text: str = "",
        action: str = "",
        second: str = "",
        *,
        primary: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(8)
        layout.addStretch(2)
        self.title_label = QLabel(title)
        self.title_label.setProperty("look", "section")
        self.text_label = QLabel(text)
        self.text_label.setProperty("look", "muted")
        for label in (self.title_label, self.text_label):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setMaximumWidth(520)
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(label, 4)
            row.addStretch(1)
            layout.addLayout(row)
        self.action_button = QPushButton(action)
        self.action_button.setVisible(bool(action))
        self.action_button.setProperty("look", "primary" if primary else "")
        self.action_button.clicked.connect(lambda: self.action_clicked.emit())
        self.second_button = QPushButton(second)
        self.second_button.setVisible(bool(second))
        self.second_button.clicked.connect(lambda: self.second_clicked.emit())
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 8, 0, 0)
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.action_button)
        buttons.addWidget(self.second_button)
        buttons.addStretch(1)
        layout.addLayout(buttons)
        layout.addStretch(3)

    def set_texts(self, title: str, text: str, action: str = "", second: str = "") -> None:
        """Say something else; a button without a text is hidden."""
        self.title_label.setText(title)
        self.text_label.setText(text)
        self.action_button.setText(action)
        self.action_button.setVisible(bool(action))
        self.second_button.setText(second)
        self.second_button.setVisible(bool(second))
