"""The cards of one side on the expectation board: a list with two parts, what it expects and what it offers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cocivic_desktop.domain.partnerships import Expectation, ExpectationKind
from cocivic_desktop.ui.models.record_table import Chip
from cocivic_desktop.ui.texts.expectations import said, state_chip
from cocivic_desktop.ui.texts.words import capital, word
from cocivic_desktop.ui.theme import roles
from cocivic_desktop.ui.widgets.chip_delegate import paint_chip
from cocivic_desktop.ui.widgets.painted_text import paint_lines, small, wrapped

Index = QModelIndex | QPersistentModelIndex
_TOP: Final = QModelIndex()
CARD_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""The `CardView`, or None for the title of a part."""
MIME: Final = "application/x-cocivic-expectation"
MOST_LINES: Final = 4
_GAP, _INSIDE = 6, 10


@dataclass(frozen=True)
class CardView:
    """What a card shows: its record, its chip, and a small line on what it is linked with or likely to match."""

    record: Expectation
    chip: Chip
    note: str = ""
    marked: bool = False
    """A likely match of the card that is being matched."""


class CardModel(QAbstractListModel):
    """Cards under the titles of the two parts. Cards can be dragged onto one another."""

    dropped = Signal(object, object)
    """The ids of a card and of the one it was dropped on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[CardView | ExpectationKind] = []

    def show_cards(self, cards: Sequence[CardView]) -> None:
        """Show other cards; while the same ones stay in their order, views keep selection and scroll place."""
        rows: list[CardView | ExpectationKind] = []
        for kind in ExpectationKind:
            part = [card for card in cards if card.record.kind is kind]
            if part:
                rows += [kind, *part]
        if [_key(row) for row in rows] == [_key(row) for row in self.rows] and rows:
            self.rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def row_of(self, record_id: UUID | None) -> int:
        """The row of a card, or -1."""
        return next((number for number, row in enumerate(self.rows) if _key(row) == record_id), -1)

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if isinstance(row, ExpectationKind):
            return capital(word(row)) if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.record.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.record.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join(part for part in (said(row.record), row.chip.word, row.note) if part)
        return row if role == CARD_ROLE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if isinstance(self.rows[index.row()], ExpectationKind):
            return Qt.ItemFlag.ItemIsEnabled
        flag = Qt.ItemFlag
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsDragEnabled | flag.ItemIsDropEnabled

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        result = QMimeData()
        cards = [index.data(CARD_ROLE) for index in indexes]
        result.setData(MIME, next((card.record.id.bytes for card in cards if card is not None), b""))
        return result

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.LinkAction | Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def dropMimeData(self, data: QMimeData, _action: Qt.DropAction, _row: int, _column: int, parent: Index) -> bool:
        target = parent.data(CARD_ROLE) if parent.isValid() else None
        content = bytes(data.data(MIME).data())
        if target is None or len(content) != 16:
            return False
        source = UUID(bytes=content)
        if source == target.record.id:
            return False
        self.dropped.emit(source, target.record.id)
        return False  # nothing moves: the two are matched


class CardDelegate(QStyledItemDelegate):
    """Draws a card: its text, below it the chip, and what it belongs with."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRectF(option.rect)  # type: ignore[attr-defined]
        color = roles().color
        card: CardView | None = index.data(CARD_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = option.font  # type: ignore[attr-defined]
        if card is None:
            painter.setPen(color("muted"))
            bold = small(font)
            bold.setWeight(bold.Weight.DemiBold)
            paint_lines(painter, rect.adjusted(2, 8, 0, 0), [str(index.data())], bold)
            painter.restore()
            return
        state = option.state  # type: ignore[attr-defined]
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        frame = rect.adjusted(1.5, 1.5, -1.5, 0.5 - _GAP)
        strong = chosen or card.marked
        dash = Qt.PenStyle.DashLine if card.marked and not chosen else Qt.PenStyle.SolidLine
        painter.setPen(QPen(color("accent" if strong else "line"), 2 if strong else 1, dash))
        painter.setBrush(color("selection" if chosen else "surface"))
        painter.drawRoundedRect(frame, 6, 6)
        inside = frame.adjusted(_INSIDE, _INSIDE - 3, -_INSIDE, -4)
        painter.setPen(color("text"))
        taken = paint_lines(painter, inside, wrapped(card.record.text, font, inside.width(), MOST_LINES), font)
        line = QRectF(inside.left(), inside.top() + taken + 3, inside.width(), 20)
        painter.setFont(small(font))
        drawn = paint_chip(painter, line, card.chip)
        if card.note:
            painter.setPen(color("muted"))
            rest = QRectF(drawn.right() + 6, line.top() + 2, line.right() - drawn.right() - 6, 18)
            paint_lines(painter, rest, wrapped(card.note, small(font), rest.width(), 1), small(font))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget  # type: ignore[attr-defined]
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 240
        card: CardView | None = index.data(CARD_ROLE)
        if card is None:
            return QSize(60, 28)
        metrics = option.fontMetrics  # type: ignore[attr-defined]
        lines = wrapped(card.record.text, option.font, width - 3 - 2 * _INSIDE, MOST_LINES)  # type: ignore[attr-defined]
        return QSize(60, len(lines) * metrics.lineSpacing() + 20 + 2 * _INSIDE + _GAP - 3)


class CardList(QListView):
    """The cards of one side. Up and Down stay in it, Left and Right go to the neighbours (`sideways`)."""

    sideways = Signal(int)
    chosen = Signal(object)
    """The card that is selected now, or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = CardModel(self)
        self.setModel(self.cards)
        self.setItemDelegate(CardDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDragDropOverwriteMode(True)  # onto a card, never between two
        self.setDefaultDropAction(Qt.DropAction.LinkAction)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.selectionModel().currentChanged.connect(lambda: self.chosen.emit(self.current))

    @property
    def current(self) -> Expectation | None:
        """The selected card's record."""
        card = self.currentIndex().data(CARD_ROLE)
        return card.record if isinstance(card, CardView) else None

    def choose(self, record_id: UUID | None) -> bool:
        """Select a card, or nothing; says whether it is there."""
        row = self.cards.row_of(record_id)
        index = self.cards.index(row) if row >= 0 else QModelIndex()
        self.setCurrentIndex(index)
        if row >= 0:
            self.scrollTo(index)
        else:
            self.clearSelection()
        return row >= 0

    def choose_near(self, height: int) -> None:
        """Select the card that stands nearest to a height in the view, for coming in from a neighbour."""
        rows = [number for number, row in enumerate(self.cards.rows) if isinstance(row, CardView)]
        if rows:
            nearest = min(rows, key=lambda row: abs(self.visualRect(self.cards.index(row)).center().y() - height))
            self.setCurrentIndex(self.cards.index(nearest))
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right leave the list; titles of parts are passed over."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.sideways.emit(-1 if event.key() == Qt.Key.Key_Left else 1)
            return
        if plain and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._step(event.key() == Qt.Key.Key_Down):
            return
        super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Less than a card: on a low screen the details need the room."""
        return QSize(100, 48)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _step(self, down: bool) -> bool:
        rows = self.cards.rows
        row = self.currentIndex().row() + (1 if down else -1)
        while 0 <= row < len(rows) and not isinstance(rows[row], CardView):
            row += 1 if down else -1
        if 0 <= row < len(rows):
            self.setCurrentIndex(self.cards.index(row))
        return True


def views(records: Sequence[Expectation], notes: Mapping[UUID, str], marked: Collection[UUID] = ()) -> list[CardView]:
    """The cards of records with their notes by id; `marked` are likely matches."""
    return [CardView(one, state_chip(one), notes.get(one.id, ""), one.id in marked) for one in records]


def _key(row: CardView | ExpectationKind) -> object:
    return row.record.id if isinstance(row, CardView) else row
