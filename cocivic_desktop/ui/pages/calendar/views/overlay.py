"""What is seen while a date is dragged: a frame at the place it would take, and in words whether it fits there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QWidget

from cocivic_desktop.ui.theme import roles, set_look

if TYPE_CHECKING:
    from cocivic_desktop.ui.pages.calendar.views.spots import Verdict

NEAR = 14
"""Distance of the words from the mouse, in logical pixels."""
WIDEST = 320
_LOOKS = {"good": "good", "warning": "warning", "bad": "error"}


class DragOverlay(QWidget):
    """Lies over a view while something is dragged; the mouse goes through it."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._frames: list[QRect] = []
        self._tone = "good"
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.setMaximumWidth(WIDEST)
        self.words.setMargin(8)
        self.words.setAutoFillBackground(True)
        self.words.setFrameShape(QLabel.Shape.Box)
        self.hide()

    def show_place(self, frames: list[QRect], place: QPoint, title: str, verdict: Verdict | None) -> None:
        """Frame a place and say what is known of it; `place` is where the mouse is."""
        self.setGeometry(self._view.rect())
        self._frames = frames
        self._tone = verdict.tone if verdict is not None else "accent"
        set_look(self.words, _LOOKS.get(self._tone, "strong"))
        self.words.setText(title if verdict is None else f"{title}\n{verdict.text}")
        self.words.setFixedWidth(min(WIDEST, max(180, self.width() - 2 * NEAR)))
        self.words.setFixedHeight(self.words.heightForWidth(self.words.width()))
        x, y = place.x() + NEAR, place.y() + NEAR
        if x + self.words.width() > self.width():
            x = max(0, place.x() - NEAR - self.words.width())
        if y + self.words.height() > self.height():
            y = max(0, place.y() - NEAR - self.words.height())
        self.words.move(x, y)
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frames."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = roles().color(self._tone)
        painter.setPen(QPen(color, 2, Qt.PenStyle.DashLine))
        ground = roles().color("selection")
        ground.setAlphaF(0.6)
        painter.setBrush(ground)
        for frame in self._frames:
            painter.drawRoundedRect(QRectF(frame).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()
