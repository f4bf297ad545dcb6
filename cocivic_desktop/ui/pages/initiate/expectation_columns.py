"""The three columns of the expectation board: our organisation, the school, the learners."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QMenu, QWidget

from cocivic_desktop._generated.forms.initiate_expectation_columns import Ui_ExpectationColumns
from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.partnerships import Expectation, ExpectationKind
from cocivic_desktop.ui import icons
from cocivic_desktop.ui.pages.initiate.expectation_cards import CardList, views
from cocivic_desktop.ui.texts.expectations import who
from cocivic_desktop.ui.texts.words import capital, word


class ExpectationColumns(QWidget):
    """One card is chosen at a time, in one of the columns; the arrow keys reach all of them."""

    chosen = Signal(object)
    """The card that was chosen."""
    clicked = Signal()
    """The chosen card was clicked."""
    activated = Signal()
    """Enter or a double click on the chosen card."""
    dropped = Signal(object, object)
    """A card was dragged onto another one: their ids."""
    asked_for = Signal(object, object)
    """A new card is wanted: its side and kind."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_ExpectationColumns()
        self.ui.setupUi(self)
        self.lists: dict[Side, CardList] = {
            Side.CSO: self.ui.csoCards,
            Side.SCHOOL: self.ui.schoolCards,
            Side.LEARNERS: self.ui.learnersCards,
        }
        self.titles = {
            Side.CSO: self.ui.csoTitle,
            Side.SCHOOL: self.ui.schoolTitle,
            Side.LEARNERS: self.ui.learnersTitle,
        }
        self.counts = {
            Side.CSO: self.ui.csoCount,
            Side.SCHOOL: self.ui.schoolCount,
            Side.LEARNERS: self.ui.learnersCount,
        }
        self.buttons = {Side.CSO: self.ui.csoAdd, Side.SCHOOL: self.ui.schoolAdd, Side.LEARNERS: self.ui.learnersAdd}
        for side, cards in self.lists.items():
            self.titles[side].setText(capital(word(side)))
            cards.setAccessibleName(self.titles[side].text())
            cards.chosen.connect(partial(self._chosen, side))
            cards.sideways.connect(partial(self._go_sideways, side))
            cards.clicked.connect(lambda: self.clicked.emit())
            cards.activated.connect(lambda: self.activated.emit())
            cards.cards.dropped.connect(self.dropped)
            self._set_up_button(side)
        self._draw_icons()

    def show_cards(
        self,
        cards: Sequence[Expectation],
        notes: Mapping[UUID, str],
        marked: Collection[UUID],
        chosen: Expectation | None,
    ) -> None:
        """Show cards with a small note each, some of them marked, and choose one, without telling anybody."""
        for side, column in self.lists.items():
            mine = [one for one in cards if one.side is side]
            column.blockSignals(True)
            column.cards.show_cards(views(mine, notes, marked))
            self.counts[side].setText(str(len(mine)) if mine else "")
            column.choose(chosen.id if chosen is not None and chosen.side is side else None)
            column.blockSignals(False)

    def choose(self, card: Expectation) -> None:
        """Choose a card and put the keyboard there."""
        self.lists[card.side].choose(card.id)
        self.lists[card.side].setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Colour the icons anew with the theme."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "buttons"):
            self._draw_icons()
        super().changeEvent(event)

    def _set_up_button(self, side: Side) -> None:
        button = self.buttons[side]
        menu = QMenu(button)
        for kind in ExpectationKind:
            text = who(Expectation(partnership_id=UUID(int=0), side=side, kind=kind, text=""))
            action = menu.addAction(self.tr("{who} …").format(who=text))
            action.triggered.connect(lambda _on=False, side=side, kind=kind: self.asked_for.emit(side, kind))
        button.setMenu(menu)
        button.setAccessibleName(self.tr("Add a card: {side}").format(side=word(side)))
        button.setToolTip(self.tr("Add what this side expects or offers (Insert)"))

    def _chosen(self, side: Side, card: Expectation | None) -> None:
        if card is not None:
            for other, column in self.lists.items():
                if other is not side:
                    column.choose(None)
            self.chosen.emit(card)

    def _go_sideways(self, side: Side, step: int) -> None:
        sides = list(self.lists)
        place = sides.index(side) + step
        if 0 <= place < len(sides) and self.lists[sides[place]].cards.rows:
            here = self.lists[side]
            self.lists[sides[place]].choose_near(here.visualRect(here.currentIndex()).center().y())

    def _draw_icons(self) -> None:
        for button in self.buttons.values():
            button.setIcon(icons.icon("add"))
