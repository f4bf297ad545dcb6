"""All partnerships as a pipeline: a board or a list, narrowed by a filter, with panes for quick work beside it."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QMenu, QSizePolicy, QWidget

from cocivic_desktop._generated.forms.partnerships_page import Ui_PartnershipsPage
from cocivic_desktop.domain.partnerships import Partnership, PipelineState
from cocivic_desktop.domain.rules.pipeline import STATES, Prospect, in_order
from cocivic_desktop.services import pipeline, records
from cocivic_desktop.ui import choices, icons
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.models.record_table import Chip, Column
from cocivic_desktop.ui.pages.base import Page
from cocivic_desktop.ui.pages.partnerships.cards import card_text, contact_chip
from cocivic_desktop.ui.pages.partnerships.filters import FilterLine
from cocivic_desktop.ui.pages.partnerships.menus import move_menu, prospect_menu
from cocivic_desktop.ui.pages.partnerships.panes import ContactPane, NotNowPane, ProspectPane
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.texts.formats import span_text
from cocivic_desktop.ui.texts.words import word
from cocivic_desktop.ui.theme import set_look
from cocivic_desktop.ui.widgets.progress_rings import WIDTH, RingsDelegate, progress_text
from cocivic_desktop.ui.widgets.record_list import ListSetup

BOARD, LIST = "board", "list"
PANE_WIDTH = 320
TWO_ROWS_BELOW = 960
"""Width in logical pixels below which the filters take two rows."""


class PartnershipsPage(Page):
    """Board and list show the same prospects; Enter opens one."""

    kinds: ClassVar[tuple[str, ...]] = ("partnership", "organisation", "person", "outreach")

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_PartnershipsPage()
        self.ui.setupUi(self)
        self.prospects: list[Prospect] = []
        self._by_id: dict[UUID, Prospect] = {}
        self._current: UUID | None = None
        self._rings = RingsDelegate(self)
        self.filter = FilterLine(self.ui, self._show, self)
        self.form = RecordForm(
            context,
            Partnership,
            self.ui.detail,
            choices={"school_id": lambda: choices.organisations(context, ours=False)},
        )
        self.contact, self.not_now, self.add_pane = ContactPane(context), NotNowPane(context), ProspectPane(context)
        for pane in (self.contact, self.not_now, self.add_pane):
            self.ui.panes.addWidget(pane)
            pane.closed.connect(self.close_pane)
        self._set_up_list()
        self._set_up_board()
        self._set_up_buttons()
        self.ui.split.setSizes([760, PANE_WIDTH])
        self.ui.split.setStretchFactor(0, 1)
        self.ui.split.setStretchFactor(1, 0)
        self.ui.paneScroll.setMinimumWidth(280)
        self._show_as(context.setting("pipeline_view", BOARD))
        self.close_pane()
        context.advisor.ready.connect(self._show_progress)

    @property
    def current(self) -> Prospect | None:
        """The chosen prospect, on the board or in the list."""
        return self._by_id.get(self._current) if self._current is not None else None

    def first_control(self) -> QWidget | None:
        """The list, or the board's column with the card that was chosen last, so that Enter opens it."""
        if not self.prospects:
            return self.ui.empty.action_button
        if self._is_list():
            return self.ui.partnerships.table
        if self.current is not None:
            return self.ui.board.columns[self.current.state]
        return next((one for one in self.ui.board.columns.values() if one.cards.rows), None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.filter.fold_over(self.width() < TWO_ROWS_BELOW)

    def reload(self) -> None:
        """Read the pipeline."""
        everything = pipeline.prospects(self.context.workspace, archived=True)
        self.prospects = [one for one in everything if not one.archived]
        self._by_id = {one.id: one for one in everything}
        self.filter.offer(self.prospects)
        self._show()
        self._show_progress()
        if self.add_pane.isVisible():
            self.add_pane.offer(self.prospects)

    def open_target(self, target: Target) -> None:
        """Select what search has found. Sections: "new", "prospect", "due"."""
        if target.item is not None:
            self.select(target.item)
        if target.section == "new":
            self._start()
        elif target.section == "prospect":
            self.add_prospect()
        elif target.section == "due":
            self.filter.only_due()

    def select(self, partnership_id: UUID, *, focus: bool = False) -> None:
        """Choose a prospect in the view that is shown; the filter makes way where it hides it."""
        one = self._by_id.get(partnership_id)
        if one is None:
            return
        if not self.filter.wanted(with_state=self._is_list()).takes(one, self.context.today()):
            self.filter.clear()
        if self._is_list():
            self.ui.partnerships.select(partnership_id)
        else:
            self.ui.board.select(partnership_id, focus=focus)

    # --- what can be done with a prospect -----------------------------------------------------------------------------

    def move_to(self, partnership_id: UUID, state: PipelineState) -> None:
        """Put a prospect into another state; for "not now", ask why beside the board."""
        one = self._by_id.get(partnership_id)
        if one is None or one.state is state:
            return
        if self.context.attempt(pipeline.move, self.context.workspace, partnership_id, state) is None:
            return
        text = self.tr("{school}: {state}. Ctrl+Z takes it back.")
        self.context.notify(text.format(school=one.school_name or one.partnership.title, state=word(state)))
        self.reload()
        self.select(partnership_id, focus=state is not PipelineState.NOT_NOW)
        if state is PipelineState.NOT_NOW:
            self.not_now.show_prospect(self._by_id[partnership_id])
            self._open_pane(self.not_now)
            self.not_now.reason_form.focus("not_now_reason")
        elif self.not_now.isVisible():
            self.close_pane()

    def log_contact(self, one: Prospect | None = None) -> None:
        """Note a contact with a prospect, the chosen one by default."""
        one = one or self.current
        if one is not None:
            self._open_pane(self.contact)
            self.contact.show_prospect(one)

    def add_prospect(self) -> None:
        """Put a school into the pipeline."""
        self._open_pane(self.add_pane)
        self.add_pane.start(self.prospects)

    def show_details(self, _one: Prospect | None = None) -> None:
        """Edit what belongs to the partnership as a whole."""
        if self.current is not None:
            self._open_pane(self.ui.detailPage)
            self._load_details()
            self.form.focus("title")

    def archive(self, one: Prospect | None) -> None:
        """Put a prospect away; undo brings it back."""
        if one is None:
            return
        cards = self.ui.board.columns[one.state].cards.rows
        place = next((number for number, card in enumerate(cards) if card.id == one.id), -1)
        following = cards[place + 1 : place + 2] or cards[max(place - 1, 0) : max(place, 0)]
        if self.context.attempt(records.archive, self.context.workspace, Partnership, one.id) is not None:
            self.context.notify(self.tr("Archived. Ctrl+Z brings it back."))
            self.reload()
            if following:
                self.ui.board.select(following[0].id, focus=True)

    def menu_for(self, one: Prospect) -> QMenu:
        """What can be done with a prospect, as a menu."""
        return prospect_menu(
            one,
            self,
            open_it=self._open,
            log_contact=self.log_contact,
            details=self.show_details,
            archive=self.archive,
            move_to=self.move_to,
        )

    # --- views and panes ----------------------------------------------------------------------------------------------

    def close_pane(self) -> None:
        """Nothing beside the pipeline; what was typed is stored."""
        self.form.flush()
        self.not_now.reason_form.flush()
        self.not_now.again_form.flush()
        self.ui.paneScroll.hide()
        if self.current is not None and not self._is_list():
            self.ui.board.select(self.current.id, focus=self.isVisible())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the pane."""
        if event.key() == Qt.Key.Key_Escape and self.ui.paneScroll.isVisible():
            self.close_pane()
            return
        super().keyPressEvent(event)

    def _open_pane(self, pane: QWidget) -> None:
        panes = self.ui.panes
        for number in range(panes.count()):  # only the pane that is seen decides how high they are
            one = panes.widget(number)
            policy = QSizePolicy.Policy.Preferred if one is pane else QSizePolicy.Policy.Ignored
            one.setSizePolicy(QSizePolicy.Policy.Preferred, policy)
        panes.setCurrentWidget(pane)
        self.ui.paneScroll.show()
        self.ui.paneScroll.verticalScrollBar().setValue(0)
        QTimer.singleShot(0, self, self._reveal)

    def _reveal(self) -> None:
        """Keep the chosen card in sight when the board has become narrower."""
        if self._current is not None and not self._is_list():
            self.ui.board.select(self._current)

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
        self._show()
        if chosen is not None:
            self.select(chosen)

    def _show(self) -> None:
        """Fill the view that is seen with what the filter takes."""
        if not self.context.is_open:
            return
        ui = self.ui
        something = bool(self._by_id)
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
        self._say_count(shown)

    def _say_count(self, shown: int) -> None:
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

    def _show_progress(self) -> None:
        """As far as it has been worked out."""
        if self.context.is_open and self.isVisible():
            self._rings.progress = {key: one.progress for key, one in (self.context.advisor.all() or {}).items()}
            self.ui.partnerships.table.viewport().update()

    def _chosen(self, one: Prospect | None) -> None:
        """Show what can be done with the chosen prospect, and its details where they stand open."""
        self._current = one.id if one is not None else None
        ui = self.ui
        for button in (ui.logButton, ui.moveButton, ui.detailsButton, ui.openButton):
            button.setEnabled(one is not None)
        ui.selectionLabel.setText(
            (one.school_name or one.partnership.title) if one is not None else self.tr("Nothing is chosen")
        )
        self._load_details()
        if one is None:
            return
        old = ui.moveButton.menu()
        ui.moveButton.setMenu(move_menu(one, ui.moveButton, self.move_to))
        if old is not None:
            old.deleteLater()
        if self.not_now.isVisible() and self.not_now.partnership_id == one.id:
            self.not_now.show_prospect(one, focus=False)

    def _load_details(self) -> None:
        """Fill the details, but only while they are seen: their lists of choices are long."""
        one = self.current
        if one is not None and not self.ui.detailPage.isVisible():
            return
        self.form.load(one.partnership if one is not None else None)
        if one is not None:
            days = span_text(one.partnership.starts_on, one.partnership.ends_on)
            self.ui.detailTitle.setText(days or self.tr("No period yet"))
            self.ui.not_now_reason.setEnabled(one.state is PipelineState.NOT_NOW)

    def _open(self, one: Prospect | None) -> None:
        if one is not None:
            self.context.navigate(Target.partnership(one.id))

    def _start(self) -> None:
        from cocivic_desktop.ui.dialogs.first_steps import start_partnership

        start_partnership(self.context, self)

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
                        change=lambda one, state: self.move_to(one.id, state),
                        choices=lambda: choices.enum_choices(PipelineState),
                    ),
                    Column("contact", self.tr("Next contact"), lambda one: contact_chip(one, today()), width=150),
                    Column("coordinator", self.tr("Coordinator"), lambda one: one.coordinator, width=130),
                    Column("progress", self.tr("Stages"), lambda one: "", width=WIDTH + 20, tip=self._progress_tip),
                ],
                find=lambda archived: self._wanted(list(self._by_id.values()) if archived else self.prospects),
                empty_title=self.tr("Nothing fits the filter"),
                empty_text=self.tr("Show everything again, or look for something else."),
            ),
        )
        self.ui.partnerships.table.setItemDelegateForColumn(5, self._rings)
        self.ui.partnerships.activated.connect(self._open)
        self.ui.partnerships.selected.connect(lambda one: self._chosen(one) if self._is_list() else None)
        table = self.ui.partnerships.table
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(
            lambda place: self._ask_menu(self.current, table.viewport().mapToGlobal(place))
        )

    def _set_up_board(self) -> None:
        board = self.ui.board
        board.set_up(STATES, lambda one: one.state, lambda one: card_text(one, self.context.today()))
        board.selected.connect(lambda one: None if self._is_list() else self._chosen(one))
        board.opened.connect(self._open)
        board.moved.connect(self.move_to)
        board.put_away.connect(self.archive)
        board.menu_wanted.connect(self._ask_menu)

    def _ask_menu(self, one: Prospect | None, place: QPoint) -> None:
        if one is not None:
            self.menu_for(one).popup(place)

    def _set_up_buttons(self) -> None:
        ui = self.ui
        views = QButtonGroup(self)
        views.addButton(ui.boardButton)
        views.addButton(ui.listButton)
        ui.boardButton.clicked.connect(lambda: self._switch(BOARD))
        ui.listButton.clicked.connect(lambda: self._switch(LIST))
        ui.newButton.clicked.connect(lambda: self._start())
        ui.prospectButton.clicked.connect(lambda: self.add_prospect())
        ui.importButton.clicked.connect(lambda: self.import_schools())
        ui.logButton.clicked.connect(lambda: self.log_contact())
        ui.detailsButton.clicked.connect(lambda: self.show_details())
        ui.openButton.clicked.connect(lambda: self._open(self.current))
        ui.closeButton.setIcon(icons.icon("close", "muted"))
        ui.closeButton.clicked.connect(lambda: self.close_pane())
        self.add_pane.added.connect(lambda one: self.select(one))
        ui.empty.set_texts(
            self.tr("No partnership yet"),
            self.tr(
                "A partnership is one cooperation with one school. Start with an idea: nothing has to be agreed yet. "
                "Whoever you would like to work with goes into the pipeline, and the pipeline reminds you to ask."
            ),
            self.tr("Add prospect"),
            self.tr("Import a school list…"),
        )
        set_look(ui.empty.action_button, "primary")
        ui.empty.action_clicked.connect(self.add_prospect)
        ui.empty.second_clicked.connect(self.import_schools)
        for keys, action in (("Ctrl+L", self.log_contact), ("F2", self.show_details)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    def import_schools(self) -> None:
        """Read a list of schools from a file."""
        from cocivic_desktop.ui.dialogs.school_import import SchoolImportDialog

        SchoolImportDialog(self.context, self, as_ideas=True).open()

    def _progress_tip(self, one: Prospect) -> str:
        return progress_text(self._rings.progress.get(one.id, {}))
