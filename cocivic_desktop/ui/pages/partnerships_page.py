"""All partnerships as a pipeline: what can be done with a prospect, and the panes for quick work beside it."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from cocivic_desktop._generated.forms.partnerships_page import Ui_PartnershipsPage
from cocivic_desktop.domain.partnerships import Partnership, PipelineState
from cocivic_desktop.domain.rules.pipeline import Prospect
from cocivic_desktop.services import pipeline, records
from cocivic_desktop.ui import choices, icons
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.pages.base import Page
from cocivic_desktop.ui.pages.partnerships.menus import move_menu, prospect_menu
from cocivic_desktop.ui.pages.partnerships.panes import ContactPane, NotNowPane, ProspectPane
from cocivic_desktop.ui.pages.partnerships.view import PipelineView
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.texts.formats import span_text
from cocivic_desktop.ui.texts.words import word
from cocivic_desktop.ui.theme import set_look

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
        self.view = PipelineView(context, self.ui, self)
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
        self.view.chosen.connect(self._chosen)
        self.view.opened.connect(self._open)
        self.view.moved.connect(self.move_to)
        self.view.menu_wanted.connect(self._ask_menu)
        self.ui.board.put_away.connect(self.archive)
        self._set_up_buttons()
        self.ui.split.setSizes([760, PANE_WIDTH])
        self.ui.split.setStretchFactor(0, 1)
        self.ui.split.setStretchFactor(1, 0)
        self.ui.paneScroll.setMinimumWidth(280)
        self.close_pane()
        context.advisor.ready.connect(self.view.show_progress)

    @property
    def prospects(self) -> list[Prospect]:
        """The pipeline without what is archived."""
        return self.view.prospects

    @property
    def current(self) -> Prospect | None:
        """The chosen prospect, on the board or in the list."""
        return self.view.current

    def first_control(self) -> QWidget | None:
        """The list, or the board's column with the card that was chosen last, so that Enter opens it."""
        return self.view.first_control()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.view.filter.fold_over(self.width() < TWO_ROWS_BELOW)

    def reload(self) -> None:
        """Read the pipeline."""
        self.view.take(pipeline.prospects(self.context.workspace, archived=True))
        if self.add_pane.isVisible():
            self.add_pane.offer(self.prospects)

    def open_target(self, target: Target) -> None:
        """Select what search has found. Sections: "new", "prospect", "due"."""
        if target.item is not None:
            self.view.select(target.item)
        if target.section == "new":
            self._start()
        elif target.section == "prospect":
            self.add_prospect()
        elif target.section == "due":
            self.view.filter.only_due()

    # --- what can be done with a prospect -----------------------------------------------------------------------------

    def move_to(self, partnership_id: UUID, state: PipelineState) -> None:
        """Put a prospect into another state; for "not now", ask why beside the board."""
        one = self.view.by_id.get(partnership_id)
        if one is None or one.state is state:
            return
        if self.context.attempt(pipeline.move, self.context.workspace, partnership_id, state) is None:
            return
        text = self.tr("{school}: {state}. Ctrl+Z takes it back.")
        self.context.notify(text.format(school=one.school_name or one.partnership.title, state=word(state)))
        self.reload()
        self.view.select(partnership_id, focus=state is not PipelineState.NOT_NOW)
        if state is PipelineState.NOT_NOW:
            self.not_now.show_prospect(self.view.by_id[partnership_id])
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

    def _ask_menu(self, one: Prospect | None, place: QPoint) -> None:
        if one is not None:
            self.menu_for(one).popup(place)

    # --- panes --------------------------------------------------------------------------------------------------------

    def close_pane(self) -> None:
        """Nothing beside the pipeline; what was typed is stored."""
        self.form.flush()
        self.not_now.reason_form.flush()
        self.not_now.again_form.flush()
        self.ui.paneScroll.hide()
        self.view.reveal(focus=self.isVisible())

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
        QTimer.singleShot(0, self.view, self.view.reveal)

    def _chosen(self, one: Prospect | None) -> None:
        """Show what can be done with the chosen prospect, and its details where they stand open."""
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

    def _set_up_buttons(self) -> None:
        ui = self.ui
        ui.newButton.clicked.connect(lambda: self._start())
        ui.prospectButton.clicked.connect(lambda: self.add_prospect())
        ui.importButton.clicked.connect(lambda: self.import_schools())
        ui.logButton.clicked.connect(lambda: self.log_contact())
        ui.detailsButton.clicked.connect(lambda: self.show_details())
        ui.openButton.clicked.connect(lambda: self._open(self.current))
        ui.closeButton.setIcon(icons.icon("close", "muted"))
        ui.closeButton.clicked.connect(lambda: self.close_pane())
        self.add_pane.added.connect(lambda one: self.view.select(one))
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
