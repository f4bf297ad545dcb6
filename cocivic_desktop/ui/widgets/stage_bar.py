"""The six stages of a partnership, each with a ring that shows how far it has come."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from cocivic_desktop.domain.partnerships import Stage
from cocivic_desktop.ui.texts.words import word
from cocivic_desktop.ui.theme import roles

RING = 16


def paint_ring(
    painter: QPainter, place: QRectF, share: float, color: QColor, ground: QColor, width: float = 4.0
) -> None:
    """A ring filled clockwise from the top; `share` from 0 to 1."""
    inside = place.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ground, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawEllipse(inside)
    if share > 0:
        painter.setPen(QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawArc(inside, 90 * 16, -round(min(share, 1.0) * 360 * 16))
    painter.restore()


class StageButton(QAbstractButton):
    """One stage: ring, number, name; underlined when chosen."""

    def __init__(self, stage: Stage, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = stage
        self._share = 0.0
        self.setCheckable(True)
        self.setText(f"{number} {word(stage)}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setShortcut(f"Ctrl+{number}")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_share(0.0)

    def set_share(self, share: float) -> None:
        """How far the stage has come, 0 to 1."""
        self._share = share
        text = self.tr("{stage}: {percent} % done").format(stage=self.text(), percent=round(share * 100))
        self.setAccessibleName(text)
        self.setToolTip(f"{text} ({self.shortcut().toString()})")
        self.update()

    def sizeHint(self) -> QSize:
        """Wide enough for the name in semibold."""
        font = self.font()
        font.setWeight(font.Weight.DemiBold)
        self.ensurePolished()
        return QSize(QFontMetrics(font).horizontalAdvance(self.text()) + RING + 8 + 28, 44)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ring, name, underline, and a frame while the keyboard is here."""
        chosen = roles()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = (self.height() - 3) / 2
        ring = QRectF(14, middle - RING / 2, RING, RING)
        paint_ring(painter, ring, self._share, chosen.color("accent"), chosen.color("line"))
        font = self.font()
        if self.isChecked():
            font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(chosen.color("text" if self.isChecked() or self.underMouse() else "muted"))
        painter.drawText(
            QRectF(14 + RING + 8, 0, self.width(), self.height() - 3), Qt.AlignmentFlag.AlignVCenter, self.text()
        )
        if self.isChecked():
            painter.fillRect(QRectF(0, self.height() - 3, self.width(), 3), chosen.color("accent"))
        if self.hasFocus():
            painter.setPen(QPen(chosen.color("accent"), 2))
            painter.drawRoundedRect(QRectF(2, 3, self.width() - 4, self.height() - 9), 6, 6)
        painter.end()


class StageBar(QWidget):
    """The bar; Ctrl+1 to Ctrl+6 choose a stage, and the arrow keys move along it."""

    stage_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.buttons: dict[Stage, StageButton] = {}
        self._group = QButtonGroup(self)
        for number, stage in enumerate(Stage, 1):
            button = StageButton(stage, number, self)
            button.clicked.connect(lambda _=False, chosen=stage: self.stage_chosen.emit(chosen))
            self._group.addButton(button)
            self.buttons[stage] = button
            layout.addWidget(button)
        layout.addStretch(1)
        self.setAccessibleName(self.tr("Stages of the partnership"))

    def set_stage(self, stage: Stage) -> None:
        """Mark the stage that is shown."""
        self.buttons[stage].setChecked(True)

    def set_progress(self, progress: Mapping[Stage, float]) -> None:
        """Fill the rings; shares from 0 to 1."""
        for stage, button in self.buttons.items():
            button.set_share(progress.get(stage, 0.0))

    def changeEvent(self, event: QEvent) -> None:
        """Draw in the colours of another theme."""
        if event.type() == QEvent.Type.PaletteChange:
            for button in self.buttons.values() if hasattr(self, "buttons") else ():
                button.update()
        super().changeEvent(event)
