"""The pipeline as it is seen: a board or a list of the same prospects, what the filter takes of them, and the count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from cocivic_desktop.domain.partnerships import Partnership, PipelineState
from cocivic_desktop.domain.rules.pipeline import STATES, Prospect, in_order
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.models.record_table import Chip, Column
from cocivic_desktop.ui.pages.partnerships.cards import card_text, contact_chip
from cocivic_desktop.ui.pages.partnerships.filters import FilterLine
from cocivic_desktop.ui.widgets.progress_rings import WIDTH, RingsDelegate, progress_text
from cocivic_desktop.ui.widgets.record_list import ListSetup

if TYPE_CHECKING:
    from cocivic_desktop._generated.forms.partnerships_page import Ui_PartnershipsPage
    from cocivic_desktop.ui.context import Context

BOARD, LIST = "board", "list"


class PipelineView(QObject):
    """Binds the board, the list and the filter of the page. What is done with a prospect is the page's affair."""

    chosen = Signal(object)
    """The prospect that is chosen now, or None."""
    opened = Signal(object)
    moved = Signal(object, object)
    """The id of a partnership, and the state it is put into."""
    menu_wanted = Signal(object, QPoint)
    """The prospect or None, and where on the screen."""

    def __init__(self, context: Context, ui: Ui_PartnershipsPage, page: QWidget) -> None:
        super().__init__(page)
        self.context, self.ui, self._page = context, ui, page
        self.prospects: list[Prospect] = []
        self.by_id: dict[UUID, Prospect] = {}
        """With those that are archived."""
        self._current: UUID | None = None
        self._rings = RingsDelegate(page)
        self.filter = FilterLine(ui, self.fill, self)
        self._set_up_list()
        self._set_up_board()
        views = QButtonGroup(self)
        views.addButton(ui.boardButton)
        views.addButton(ui.listButton)
        ui.boardButton.clicked.connect(lambda: self._switch(BOARD))
        ui.listButton.clicked.connect(lambda: self._switch(LIST))
        self._show_as(context.setting("pipeline_view", BOARD))

    @property
    def current(self) -> Prospect | None:
        """The chosen prospect, on the board or in the list."""
        return self.by_id.get(self._current) if self._current is not None else None

    def first_control(self) -> QWidget | None:
        """The list, or the board's column with the card that was chosen last, so that Enter opens it."""
        if not self.prospects:
            return self.ui.empty.action_button
        if self._is_list():
            return self.ui.partnerships.table
        if self.current is not None:
            return self.ui.board.columns[self.current.state]
        return next((one for one in self.ui.board.columns.values() if one.cards.rows), None)

    def take(self, everything: Sequence[Prospect]) -> None:
        """Show the pipeline, freshly read, those that are archived among them."""
        self.prospects = [one for one in everything if not one.archived]
        self.by_id = {one.id: one for one in everything}
        self.filter.offer(self.prospects)
        self.fill()
        self.show_progress()

    def select(self, partnership_id: UUID, *, focus: bool = False) -> None:
        """Choose a prospect in the view that is shown; the filter makes way where it hides it."""
        one = self.by_id.get(partnership_id)
        if one is None:
            return
        if not self.filter.wanted(with_state=self._is_list()).takes(one, self.context.today()):
            self.filter.clear()
        if self._is_list():
            self.ui.partnerships.select(partnership_id)
        else:
            self.ui.board.select(partnership_id, focus=focus)

    def reveal(self, *, focus: bool = False) -> None:
        """Keep the chosen card in sight when the board has become narrower."""
        if self.current is not None and not self._is_list():
            self.ui.board.select(self.current.id, focus=focus)

    def _choose(self, one: Prospect | None) -> None:
        self._current = one.id if one is not None else None
        self.chosen.emit(one)

    def _is_list(self) -> bool:
        return self.ui.listButton.isChecked()

    def _show_as(self, view: str) -> None:
        self.ui.listButton.setChecked(view == LIST)
        self.ui.boardButton.setChecked(view != LIST)
        self.ui.stateBox.setVisible(view == LIST)

    def _switch(self, view: str) -> None:
        """Show as a board or as a list; the chosen prospect stays chosen."""
        self.context.settings.setValue("pipeline_view", view)
        chosen = self._current
        self._show_as(view)
        self.fill()
        if chosen is not None:
            self.select(chosen)

    def fill(self) -> None:
        """Fill the view that is seen with what the filter takes."""
        if not self.context.is_open:
            return
        ui = self.ui
        something = bool(self.by_id)
        for widget in (ui.filterLine, ui.boardButton, ui.listButton, ui.dueButton, ui.orderBox, ui.selectionBar):
            widget.setVisible(something)
        ui.stateBox.setVisible(something and self._is_list())
        ui.prospectButton.setVisible(something)
        ui.importButton.setVisible(something)
        if not something:
            ui.views.setCurrentWidget(ui.emptyPage)
            ui.contextLabel.setText("")
            return
        ui.views.setCurrentWidget(ui.listPage if self._is_list() else ui.boardPage)
        wanted = self.filter.wanted(with_state=self._is_list())
        if self._is_list():
            ui.partnerships.reload()
            shown = sum(wanted.takes(one, self.context.today()) for one in self.prospects)
        else:
            cards = self._wanted(self.prospects)
            shown = len(cards)
            ui.board.show_cards(cards, self.prospects)
        self.say_count(shown)

    def say_count(self, shown: int) -> None:
        """Say how many there are, how many are shown, and how many wait for a contact."""
        due = sum(one.is_due(self.context.today()) for one in self.prospects)
        count = len(self.prospects)
        text = self.tr("1 partnership") if count == 1 else self.tr("{count} partnerships")
        if shown < count:
            text = self.tr("{shown} of 1 partnership") if count == 1 else self.tr("{shown} of {count} partnerships")
        parts = [text.format(shown=shown, count=count)]
        if due:
            parts.append(self.tr("{count} to contact now").format(count=due))
        self.ui.contextLabel.setText(" · ".join(parts))

    def _wanted(self, prospects: list[Prospect]) -> list[Prospect]:
        wanted = self.filter.wanted(with_state=self._is_list())
        return in_order((one for one in prospects if wanted.takes(one, self.context.today())), self.filter.order)

    def show_progress(self) -> None:
        """As far as it has been worked out."""
        if self.context.is_open and self._page.isVisible():
            self._rings.progress = {key: one.progress for key, one in (self.context.advisor.all() or {}).items()}
            self.ui.partnerships.table.viewport().update()

    # --- setting up ---------------------------------------------------------------------------------------------------

    def _set_up_list(self) -> None:
        today = self.context.today
        self.ui.partnerships.setup(
            self.context,
            ListSetup(
                cls=Partnership,
                key="pipeline",
                title=self.tr("All partnerships"),
                columns=[
                    Column("school", self.tr("School"), lambda one: one.school_name, width=210, strong=True),
                    Column("title", self.tr("Partnership"), lambda one: one.partnership.title),
                    Column(
                        "state",
                        self.tr("State"),
                        lambda one: Chip.of(one.state),
                        width=110,
                        change=lambda one, state: self.moved.emit(one.id, state),
                        choices=lambda: choices.enum_choices(PipelineState),
                    ),
                    Column("contact", self.tr("Next contact"), lambda one: contact_chip(one, today()), width=150),
                    Column("coordinator", self.tr("Coordinator"), lambda one: one.coordinator, width=130),
                    Column("progress", self.tr("Stages"), lambda one: "", width=WIDTH + 20, tip=self._progress_tip),
                ],
                find=lambda archived: self._wanted(list(self.by_id.values()) if archived else self.prospects),
                empty_title=self.tr("Nothing fits the filter"),
                empty_text=self.tr("Show everything again, or look for something else."),
            ),
        )
        self.ui.partnerships.table.setItemDelegateForColumn(5, self._rings)
        self.ui.partnerships.activated.connect(self.opened)
        self.ui.partnerships.selected.connect(lambda one: self._choose(one) if self._is_list() else None)
        table = self.ui.partnerships.table
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(
            lambda place: self.menu_wanted.emit(self.current, table.viewport().mapToGlobal(place))
        )

    def _set_up_board(self) -> None:
        board = self.ui.board
        board.set_up(STATES, lambda one: one.state, lambda one: card_text(one, self.context.today()))
        board.selected.connect(lambda one: None if self._is_list() else self._choose(one))
        board.opened.connect(self.opened)
        board.moved.connect(self.moved)
        board.menu_wanted.connect(self.menu_wanted)

    def _progress_tip(self, one: Prospect) -> str:
        return progress_text(self._rings.progress.get(one.id, {}))
