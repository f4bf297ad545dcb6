"""Why this matters, how others do it, pitfalls: read beside the work, hidden by choice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from cocivic_desktop.ui import icons

WIDTH = 280


class GuidancePanel(QFrame):
    """A column of short sections. `show_sections` takes (heading, text or bullets) pairs and the sources."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "side")
        self.setFixedWidth(WIDTH)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setProperty("look", "clear")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(20, 12, 16, 16)
        self._column.setSpacing(4)
        scroll.setWidget(inside)
        outer.addWidget(scroll)
        head = QHBoxLayout()
        self._title = QLabel(self.tr("Guidance"))
        self._title.setProperty("look", "label-strong")
        self._close = QToolButton()
        self._close.setProperty("look", "quiet")
        self._close.setToolTip(self.tr("Hide the guidance (F9 brings it back)"))
        self._close.setAccessibleName(self.tr("Hide the guidance"))
        self._close.clicked.connect(lambda: self.closed.emit())
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        self._column.addLayout(head)
        self._labels: list[QLabel] = []
        self._column.addStretch(1)
        self._draw_icon()

    def show_sections(self, sections: Iterable[tuple[str, str | Sequence[str]]], sources: Iterable[str] = ()) -> None:
        """Replace what is shown."""
        for label in self._labels:
            self._column.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._labels = []
        for heading, content in sections:
            if heading:
                self._add(heading, "strong")
            if isinstance(content, str):
                for paragraph in content.split("\n"):
                    if paragraph.strip():
                        self._add(paragraph.strip(), "muted")
            else:
                items = "".join(f"<li style='margin-bottom:6px'>{escape(item)}</li>" for item in content)
                self._add(f"<ul style='margin-left:-22px; margin-top:2px'>{items}</ul>", "muted", rich=True)
        named = [source for source in sources if source]
        if named:
            self._add(self.tr("Source: {sources}").format(sources="; ".join(named)), "label")

    def changeEvent(self, event: QEvent) -> None:
        """Colour the icon anew with the theme."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_close"):
            self._draw_icon()
        super().changeEvent(event)

    def _draw_icon(self) -> None:
        self._close.setIcon(icons.icon("close", "muted"))

    def _add(self, text: str, look: str, *, rich: bool = False) -> None:
        label = QLabel(text.replace(" %", "\N{NO-BREAK SPACE}%"))
        label.setProperty("look", look)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.RichText if rich else Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if look == "strong" and self._labels:
            label.setContentsMargins(0, 10, 0, 0)
        self._labels.append(label)
        self._column.insertWidget(self._column.count() - 1, label)
