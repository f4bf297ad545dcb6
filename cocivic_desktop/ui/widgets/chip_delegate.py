"""Draws states as chips in tables: a word in a rounded frame, in the tone of the state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QApplication, QComboBox, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cocivic_desktop.ui.models.record_table import CHIP_ROLE, Chip
from cocivic_desktop.ui.theme import ROW_HEIGHT, roles

Index = QModelIndex | QPersistentModelIndex


def chip_colors(tone: str) -> tuple[QColor, QColor | None, QColor]:
    """Text, ground (None for the surface) and frame of a tone."""
    chosen = roles()
    color = chosen.color
    if tone in ("warning", "bad"):
        return color(tone), color(f"{tone}_soft"), color(f"{tone}_soft")
    if tone == "accent":
        return color("accent"), color("accent_soft"), color("accent_soft")
    if tone == "good":
        return color("good"), None, color("good")
    if tone in ("holiday", "assessment"):
        return color("text"), color(tone), color("line")
    return color("muted"), None, color("line")


def paint_chip(painter: QPainter, place: QRectF, chip: Chip) -> QRectF:
    """Draw a chip at the left of `place`, centred in its height; returns the frame that was drawn."""
    font = painter.font()
    font.setPixelSize(12)
    metrics = QFontMetrics(font)
    width = min(float(metrics.horizontalAdvance(chip.word) + 18), place.width())
    frame = QRectF(place.left(), place.center().y() - 10, width, 20).adjusted(0.5, 0.5, -0.5, -0.5)
    text, ground, line = chip_colors(chip.tone)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    painter.setPen(QPen(line, 1))
    painter.setBrush(ground if ground is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(frame, 10, 10)
    painter.setPen(text)
    shown = metrics.elidedText(chip.word, Qt.TextElideMode.ElideRight, int(width - 12))
    painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()
    return frame


def cell_of(option: QStyleOptionViewItem) -> QRectF:
    """The place of a cell; PySide's type stubs do not know what a style option inherits."""
    return QRectF(option.rect)  # type: ignore[attr-defined]


def draw_ground(painter: QPainter, option: QStyleOptionViewItem) -> QFont:
    """Draw a cell as its style does, without its text; gives the font of its view."""
    option.text = ""  # type: ignore[attr-defined]
    widget: QWidget | None = option.widget  # type: ignore[attr-defined]
    style = widget.style() if widget is not None else QApplication.style()
    style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
    return widget.font() if widget is not None else QApplication.font()


class ChipDelegate(QStyledItemDelegate):
    """Draws cells whose model gives a `Chip` under `CHIP_ROLE`; others as usual."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell's ground as any other, then the chip."""
        chip = index.data(CHIP_ROLE)
        if not isinstance(chip, Chip):
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        draw_ground(painter, option)
        if chip.word:
            paint_chip(painter, cell_of(option).adjusted(8, 0, -8, -1), chip)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Wide enough for the chip, high enough for a row."""
        size = super().sizeHint(option, index)
        chip = index.data(CHIP_ROLE)
        extra = 34 if isinstance(chip, Chip) else 0
        return QSize(size.width() + extra, max(ROW_HEIGHT, size.height()))


class ChoiceDelegate(ChipDelegate):
    """Edits a cell with a list of choices; the model gets the chosen value."""

    def __init__(self, choices: Callable[[], Sequence[tuple[Any, str]]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A combo box that closes with the choice."""
        box = QComboBox(parent)
        for _, text in self._choices():
            box.addItem(text)
        box.activated.connect(lambda: self._finish(box))
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the present value."""
        if isinstance(editor, QComboBox):
            present = index.data(Qt.ItemDataRole.EditRole)
            for number, (value, text) in enumerate(self._choices()):
                if present in (value, text):
                    editor.setCurrentIndex(number)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand over the number of the choice (`RecordTableModel.setData`)."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentIndex(), Qt.ItemDataRole.EditRole)

    def _finish(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)
