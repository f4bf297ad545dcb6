"""A board: columns of cards, which are moved by mouse or keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cocivic_desktop.ui.texts.words import choice_word
from cocivic_desktop.ui.theme import set_look
from cocivic_desktop.ui.widgets.board_cards import CardDelegate, CardModel, CardText, carried_card
from cocivic_desktop.ui.widgets.card import label

NARROWEST: Final = 148
"""Least width of a column where a page asks for no other, in logical pixels."""
GAP: Final = 12
"""Between columns."""
_SIDEWAYS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class CardList(QListView):
    """The cards of one column."""

    stepped = Signal(int)
    """Go to the next column: -1 left, 1 right."""
    pushed = Signal(int)
    """Carry the chosen card to the next column."""
    dropped = Signal(object)
    """The id of a card that was let go here."""
    entered = Signal()
    """The keyboard has come here."""
    opened = Signal()
    """Enter or a double click on a card."""
    put_away = Signal()
    menu_wanted = Signal(QPoint)
    """In global pixels."""

    def __init__(self, place: StrEnum, text: Callable[[Any], CardText], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = place
        self.cards = CardModel(text, self)
        self.setModel(self.cards)
        self.setItemDelegate(CardDelegate(self))
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setAccessibleName(choice_word(place))
        self.activated.connect(lambda: self.opened.emit())

    @property
    def current(self) -> Any | None:
        """The chosen card of this column."""
        return self.cards.record(self.currentIndex()) if self.selectionModel().hasSelection() else None

    def choose(self, row: int) -> None:
        """Choose a card and bring it into view; -1 for none."""
        index = self.cards.index(row, 0) if 0 <= row < len(self.cards.rows) else QModelIndex()
        if not index.isValid():
            self.selectionModel().clear()
            return
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go to the next column; with Ctrl or Alt they carry the card there."""
        side = _SIDEWAYS.get(Qt.Key(event.key()))
        if side is not None:
            pushes = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
            (self.pushed if pushes else self.stepped).emit(side)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Delete and self.current is not None:
            self.put_away.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes by Tab finds a card chosen."""
        super().focusInEvent(event)
        if self.current is None and self.cards.rows:
            self.choose(max(self.currentIndex().row(), 0))
        self.entered.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the chosen card, also from the keyboard."""
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        below = self.visualRect(self.currentIndex()).center()
        self.menu_wanted.emit(self.viewport().mapToGlobal(below) if keyboard else event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cards are as wide as their column, and break their lines anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Cards of this board may be let go here."""
        self._receive(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """As at entering."""
        self._receive(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """No longer aimed at."""
        self._aimed_at(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """A card has been let go here."""
        self._aimed_at(False)
        card = carried_card(event.mimeData())
        if card is not None:
            event.acceptProposedAction()
            self.dropped.emit(card)

    def _receive(self, event: QDropEvent) -> None:
        taken = carried_card(event.mimeData()) is not None
        event.setAccepted(taken)
        if taken:
            event.setDropAction(Qt.DropAction.MoveAction)
        self._aimed_at(taken)

    def _aimed_at(self, on: bool) -> None:
        frame = self.parentWidget()
        if frame is not None:
            set_look(frame, "banner" if on else "")


class Board(QScrollArea):
    """Columns of cards. It tells what the person wants; the page does it and shows the cards anew."""

    selected = Signal(object)
    """The record of the chosen card, or None."""
    opened = Signal(object)
    put_away = Signal(object)
    moved = Signal(object, object)
    """A record's id, and the column that its card was carried to."""
    menu_wanted = Signal(object, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._current: UUID | None = None
        self._filling = False
        self._place_of: Callable[[Any], StrEnum] = lambda one: one.place
        self.columns: dict[StrEnum, CardList] = {}
        self.counts: dict[StrEnum, QLabel] = {}

    def set_up(
        self,
        places: Sequence[StrEnum],
        place_of: Callable[[Any], StrEnum],
        text: Callable[[Any], CardText],
        narrowest: int = NARROWEST,
    ) -> None:
        """Make the columns; called once by the page. `text` gives what the card of a record says.

        `narrowest` is the least width of a column, in logical pixels; narrower boards scroll sideways.
        """
        self._place_of = place_of
        inside = QWidget()
        inside.setProperty("look", "clear")
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for place in places:
            row.addWidget(self._column(place, text, narrowest), 1)
        self.setWidget(inside)

    def show_cards(self, shown: Sequence[Any], total: Sequence[Any] | None = None) -> None:
        """Show these cards, in this order; the heads count those of `total` as well where fewer are shown."""
        had_focus = any(column.hasFocus() for column in self.columns.values())
        self._filling = True
        for place, column in self.columns.items():
            cards = [one for one in shown if self._place_of(one) is place]
            everything = sum(self._place_of(one) is place for one in (shown if total is None else total))
            column.cards.set_rows(cards)
            count = str(len(cards))
            if len(cards) < everything:
                count = self.tr("{shown} of {total}").format(shown=count, total=everything)
            self.counts[place].setText(count)
            column.scheduleDelayedItemsLayout()
        self._filling = False
        if self._current not in {one.id for one in shown}:
            self._current = None
        self._mark()
        if had_focus and (holder := self._holder()) is not None:
            holder.setFocus()

    @property
    def current(self) -> Any | None:
        """The chosen card."""
        holder = self._holder()
        return holder.current if holder is not None else None

    def select(self, record_id: UUID, *, focus: bool = False) -> None:
        """Choose a card wherever it is, and bring it into view."""
        self._current = record_id
        self._mark()
        if focus and (holder := self._holder()) is not None:
            holder.setFocus()

    def _column(self, place: StrEnum, text: Callable[[Any], CardText], narrowest: int) -> QFrame:
        frame = QFrame()
        frame.setMinimumWidth(narrowest)
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(4, 0, 4, 0)
        layout.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(6)
        self.counts[place] = label("", "muted")
        head.addWidget(label(choice_word(place), "strong"))
        head.addWidget(self.counts[place])
        head.addStretch(1)
        layout.addLayout(head)
        column = CardList(place, text, frame)
        layout.addWidget(column, 1)
        self.columns[place] = column
        column.selectionModel().currentChanged.connect(lambda: self._chosen(column))
        column.entered.connect(lambda: self._chosen(column))
        column.clicked.connect(lambda: self._chosen(column))
        column.stepped.connect(lambda side: self._step(column, side))
        column.pushed.connect(lambda side: self._push(column, side))
        column.dropped.connect(lambda card: self.moved.emit(card, place))
        column.opened.connect(lambda: self.opened.emit(column.current))
        column.put_away.connect(lambda: self.put_away.emit(column.current))
        column.menu_wanted.connect(lambda point: self._ask_menu(column, point))
        return frame

    def _chosen(self, column: CardList) -> None:
        """One card is chosen on the whole board."""
        record = column.cards.record(column.currentIndex())
        if self._filling or record is None:
            return
        self._current = record.id
        self._mark()

    def _mark(self) -> None:
        self._filling = True
        holder = self._holder()
        for column in self.columns.values():
            if column is holder and self._current is not None:
                column.choose(column.cards.row_of(self._current))
                self.ensureWidgetVisible(column, 0, 0)
            else:
                column.selectionModel().clearSelection()
        self._filling = False
        self.selected.emit(self.current)

    def _holder(self) -> CardList | None:
        """The column that holds the chosen card."""
        if self._current is None:
            return None
        columns = self.columns.values()
        return next((one for one in columns if one.cards.row_of(self._current) >= 0), None)

    def _step(self, column: CardList, side: int) -> None:
        """Choose the card beside, in the next column that has any."""
        row, place = max(column.currentIndex().row(), 0), column.place
        while (beside := self._neighbour(place, side)) is not place:
            place = beside
            cards = self.columns[place].cards.rows
            if cards:
                self.select(cards[min(row, len(cards) - 1)].id, focus=True)
                return

    def _push(self, column: CardList, side: int) -> None:
        record = column.current
        if record is not None and (place := self._neighbour(column.place, side)) is not column.place:
            self.moved.emit(record.id, place)

    def _neighbour(self, place: StrEnum, side: int) -> StrEnum:
        """The column one step further (1) or back (-1); the first and the last one are the ends."""
        places = list(self.columns)
        return places[min(max(places.index(place) + side, 0), len(places) - 1)]

    def _ask_menu(self, column: CardList, point: QPoint) -> None:
        if column.current is not None:
            self.menu_wanted.emit(column.current, point)
