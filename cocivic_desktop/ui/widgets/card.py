"""A surface with a thin line round it, for things that belong together."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget


class Card(QFrame):
    """A card. In code: `card = Card(self.tr("Tasks"))`, `card.body.addWidget(…)`; in Designer: a promoted QFrame."""

    def __init__(self, parent: QWidget | str | None = None, title: str = "") -> None:
        super().__init__(parent if isinstance(parent, QWidget) else None)
        self.setProperty("look", "card")
        if isinstance(parent, str):
            title = parent
        self._body: QVBoxLayout | None = None
        self._head: QHBoxLayout | None = None
        self._title = title

    @property
    def body(self) -> QVBoxLayout:
        """The layout inside, made at first use."""
        if self._body is None:
            self._body = QVBoxLayout(self)
            self._body.setContentsMargins(16, 12, 16, 16)
            self._body.setSpacing(8)
            if self._title:
                self._body.addLayout(self.head)
        return self._body

    @property
    def head(self) -> QHBoxLayout:
        """The line of the title; add a count or a button at its right end."""
        if self._head is None:
            self._head = QHBoxLayout()
            self._head.setSpacing(8)
            self.title_label = QLabel(self._title)
            self.title_label.setProperty("look", "section")
            self.title_label.setMinimumHeight(32)
            self._head.addWidget(self.title_label, 1)
        return self._head


def line(parent: QWidget | None = None) -> QFrame:
    """A thin line between parts."""
    frame = QFrame(parent)
    frame.setProperty("look", "line")
    return frame


def label(text: str = "", look: str = "", *, wrap: bool = False) -> QLabel:
    """A label with a look: "title", "section", "strong", "muted", "label", "figure", "chip-good" and so on."""
    result = QLabel(text)
    if look:
        result.setProperty("look", look)
    result.setWordWrap(wrap)
    return result
