"""A button that looks like a link and ends with an ellipsis where there is no room for all of its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

PADDING = 8


class LinkButton(QPushButton):
    """Never asks for more width than there is; the whole text is its tool tip then."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self.setProperty("look", "link")
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        return QSize(48, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setToolTip(self.accessibleName() if self._elided() != self.text() else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button as its look has it, with as much of the text as fits."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = self._elided()  # type: ignore[attr-defined]
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)

    def _elided(self) -> str:
        return self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width() - PADDING, int(Qt.TextFlag.TextShowMnemonic)
        )
