"""One next step in a list: what to do, why, for which partnership, and the button that leads there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from cocivic_desktop.ui.widgets.card import label, line

if TYPE_CHECKING:
    from cocivic_desktop.ui.advice import Advice
    from cocivic_desktop.ui.context import Context


class AdviceRow(QWidget):
    """A row with a thin line below. `primary` for the most urgent one."""

    def __init__(self, context: Context, advice: Advice, partnership: str, *, primary: bool = False) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 10, 0, 0)
        outer.setSpacing(10)
        row = QHBoxLayout()
        row.setSpacing(12)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(label(advice.headline, "strong", wrap=True))
        texts.addWidget(label(advice.explanation, "muted", wrap=True))
        below = QHBoxLayout()
        below.setSpacing(8)
        if advice.urgent:
            below.addWidget(label(self.tr("now"), "chip-warning"))
        below.addWidget(label(partnership, "label"))
        below.addStretch(1)
        texts.addLayout(below)
        row.addLayout(texts, 1)
        self.button = QPushButton(advice.button)
        self.button.setProperty("look", "primary" if primary else "")
        self.button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(lambda: context.navigate(advice.target))
        row.addWidget(self.button)
        outer.addLayout(row)
        outer.addWidget(line())


class SmallRow(QWidget):
    """Two lines of text with a button over all of it: for lists at the side."""

    def __init__(self, head: str, text: str, note: QLabel | QWidget | None = None) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 8, 0, 0)
        outer.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        self.link = QPushButton(head)
        self.link.setProperty("look", "link")
        self.link.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        texts.addWidget(self.link)
        below = label(text, "label", wrap=True)
        below.setContentsMargins(4, 0, 0, 0)
        texts.addWidget(below)
        row.addLayout(texts, 1)
        if note is not None:
            row.addWidget(note)
        outer.addLayout(row)
        outer.addWidget(line())
