"""Cards of a board: what they say, how they are drawn, and how they are carried to another column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QMimeData, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from cocivic_desktop.ui.models.record_table import RECORD_ROLE, Chip, Column, RecordTableModel
from cocivic_desktop.ui.theme import roles
from cocivic_desktop.ui.widgets.chip_delegate import paint_chip

Index = QModelIndex | QPersistentModelIndex
CARD: Final = "application/x-cocivic-card"
"""What a dragged card carries: the id of its record as text."""
GAP: Final = 8
_EDGE: Final = 10


@dataclass(frozen=True)
class CardText:
    """What a card says: a head in up to two lines, a line below it, a state, and a last line."""

    head: str
    body: str = ""
    chip: Chip | None = None
    foot: str = ""

    @property
    def spoken(self) -> str:
        """All of it in one line, for screen readers and tips."""
        chip = self.chip.word if self.chip is not None else ""
        return ", ".join(part for part in (self.head, self.body, chip, self.foot) if part)


class CardModel(RecordTableModel[Any]):
    """The cards of one column; `text` gives what the card of a record says."""

    def __init__(self, text: Callable[[Any], CardText], parent: QObject | None = None) -> None:
        super().__init__([Column("card", "", lambda one: text(one).spoken)], parent)
        self.text = text

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every card can be carried away."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """As usual; the tip says what is cut off on the card."""
        return super().data(index, Qt.ItemDataRole.DisplayRole if role == Qt.ItemDataRole.ToolTipRole else role)

    def mimeTypes(self) -> list[str]:
        """Only what this window's cards carry."""
        return [CARD]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The card that is carried."""
        carried = QMimeData()
        record = self.record(indexes[0]) if indexes else None
        if record is not None:
            carried.setData(CARD, str(record.id).encode())
        return carried

    def supportedDragActions(self) -> Qt.DropAction:
        """Cards move; they are never doubled."""
        return Qt.DropAction.MoveAction


def carried_card(data: QMimeData) -> UUID | None:
    """The id of the record whose card is carried; None for anything else."""
    try:
        return UUID(bytes(data.data(CARD).data()).decode("ascii")) if data.hasFormat(CARD) else None
    except ValueError:
        return None


class CardDelegate(QStyledItemDelegate):
    """Draws a card."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one card."""
        model, record = index.model(), index.data(RECORD_ROLE)
        if record is None or not isinstance(model, CardModel):
            return
        text = model.text(record)
        state: Any = option.state  # type: ignore[attr-defined]
        chosen = roles()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        focused = selected and bool(state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        frame = QRectF(option.rect).adjusted(1, 1, -1, -GAP)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(chosen.color("accent" if selected or hovered else "line"), 2 if focused else 1))
        painter.setBrush(chosen.color("selection" if selected else "surface"))
        painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        self._write(painter, frame.adjusted(_EDGE, _EDGE - 2, -_EDGE, 0), text, option.font)  # type: ignore[attr-defined]
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the column, as high as what it says."""
        model, record = index.model(), index.data(RECORD_ROLE)
        widget: Any = option.widget  # type: ignore[attr-defined]
        width = widget.viewport().width() if widget is not None else 160
        if record is None or not isinstance(model, CardModel):
            return QSize(width, 0)
        text = model.text(record)
        strong, small = _fonts(option.font)  # type: ignore[attr-defined]
        lines = len(_wrapped(text.head, QFontMetrics(strong), width - 2 * _EDGE - 2))
        height = lines * QFontMetrics(strong).height() + 2 * _EDGE + GAP - 2
        height += (QFontMetrics(small).height() + 2) * (bool(text.body) + bool(text.foot))
        return QSize(width, height + (26 if text.chip is not None else 0))

    def _write(self, painter: QPainter, place: QRectF, text: CardText, font: QFont) -> None:
        chosen = roles()
        strong, small = _fonts(font)
        top = self._lines(painter, place, place.top(), _wrapped(text.head, QFontMetrics(strong), place.width()), strong,
                          chosen.color("text"))  # fmt: skip
        if text.body:
            cut = QFontMetrics(small).elidedText(text.body, Qt.TextElideMode.ElideRight, int(place.width()))
            top = self._lines(painter, place, top + 2, [cut], small, chosen.color("muted"))
        if text.chip is not None:
            painter.setFont(small)
            paint_chip(painter, QRectF(place.left(), top + 4, place.width(), 20), text.chip)
            top += 26
        if text.foot:
            cut = QFontMetrics(small).elidedText(text.foot, Qt.TextElideMode.ElideRight, int(place.width()))
            self._lines(painter, place, top + 2, [cut], small, chosen.color("muted"))

    def _lines(
        self, painter: QPainter, place: QRectF, top: float, lines: Sequence[str], font: QFont, color: QColor
    ) -> float:
        height = QFontMetrics(font).height()
        painter.setFont(font)
        painter.setPen(color)
        for line in lines:
            painter.drawText(QRectF(place.left(), top, place.width(), height), Qt.AlignmentFlag.AlignVCenter, line)
            top += height
        return top


def _fonts(font: QFont) -> tuple[QFont, QFont]:
    """The font of the first lines and that of the others, 12 pixels at least."""
    strong, small = QFont(font), QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    small.setPixelSize(max(12, round(font.pixelSize() * 12 / 14)))
    return strong, small


def _wrapped(text: str, metrics: QFontMetrics, width: float) -> list[str]:
    """A text in one or two lines, the second one cut where it does not fit."""
    words = text.split()
    first: list[str] = []
    while words and (not first or metrics.horizontalAdvance(" ".join([*first, words[0]])) <= width):
        first.append(words.pop(0))
    lines = [" ".join(first), " ".join(words)] if words else [" ".join(first)]
    return [metrics.elidedText(line, Qt.TextElideMode.ElideRight, int(width)) for line in lines]
