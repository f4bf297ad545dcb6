"""Check boxes below each other, made from data."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from cocivic_desktop.ui.widgets.card import label


class CheckList(QWidget):
    """Usable from Designer. Long texts go on in further lines beside their box."""

    toggled = Signal(object, bool)
    """A value, and whether it is checked now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(4)
        self._offered: list[tuple[Any, str]] = []
        self.boxes: list[QCheckBox] = []

    def offer(self, items: Sequence[tuple[Any, str]], checked: Collection[Any], nothing: str = "") -> None:
        """Show these items; `nothing` stands there when there are none."""
        if list(items) != self._offered or not self._rows.count():
            self._offered = list(items)
            self._make(nothing)
        for (value, _), box in zip(self._offered, self.boxes, strict=True):
            box.setChecked(value in checked)

    def _make(self, nothing: str) -> None:
        while self._rows.count():
            row = self._rows.takeAt(0).widget()
            row.hide()
            row.deleteLater()
        self.boxes = []
        for value, text in self._offered:
            box = QCheckBox()
            box.setAccessibleName(text)
            box.clicked.connect(lambda on, value=value: self.toggled.emit(value, on))
            words = label(text, wrap=True)
            words.setBuddy(box)
            row = QWidget(self)
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(8)
            line.addWidget(box)
            line.addWidget(words, 1)
            self._rows.addWidget(row)
            self.boxes.append(box)
        if not self._offered and nothing:
            self._rows.addWidget(label(nothing, "muted", wrap=True))
