"""Calls, letters and visits, and when to ask again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QMenu

from cocivic_desktop._generated.forms.initiate_outreach import Ui_InitiateOutreach
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.domain.partnerships import Outreach, OutreachKind, Partnership
from cocivic_desktop.services import outreach, pipeline, records
from cocivic_desktop.services.letters import LetterKind
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.dialogs.paper_dialog import PaperDialog
from cocivic_desktop.ui.dialogs.papers import LetterPaper
from cocivic_desktop.ui.models.record_table import Column
from cocivic_desktop.ui.pages.part import StagePart, fit_width, wrap_lines
from cocivic_desktop.ui.pages.partnerships.panes import ContactPane
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.texts.formats import ago_text
from cocivic_desktop.ui.texts.words import choice_word
from cocivic_desktop.ui.widgets.record_list import ListSetup

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class OutreachPart(StagePart):
    """The log at the left, newest first; the chosen contact and the next one at the right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_InitiateOutreach()
        self.ui.setupUi(self)
        self._people: dict[UUID, str] = {}
        self.form = RecordForm(context, Outreach, self.ui.detail, save=self._save)
        self.entry = ContactPane(context)
        self.entry.ui.closeButton.setToolTip(self.tr("Back to the contact that is chosen (Escape)"))
        self.ui.sideScrollLayout.insertWidget(0, self.entry)
        self.entry.hide()
        self.entry.closed.connect(self._close_entry)
        menu = QMenu(self)
        menu.addAction(self.tr("Introduction letter…")).triggered.connect(
            lambda: self.write_paper(LetterKind.INTRODUCTION)
        )
        menu.addAction(self.tr("A page about us…")).triggered.connect(lambda: self.write_paper(LetterKind.PROFILE))
        self.ui.lettersButton.setMenu(menu)
        self.next_form = RecordForm(context, Partnership, self.ui.nextCard, prefix="partnership_")
        self.ui.contacts.setup(
            context,
            ListSetup(
                cls=Outreach,
                key="outreach",
                title=self.tr("Contacts so far"),
                add_text=self.tr("Add contact"),
                columns=[
                    Column("day", self.tr("Day"), lambda one: one.happened_on, width=108),
                    Column("kind", self.tr("Way"), lambda one: choice_word(one.kind), width=68),
                    Column("person", self.tr("With"), lambda one: self._people.get(one.person_id, ""), width=92),
                    Column("outcome", self.tr("Outcome"), tip=lambda one: one.outcome),
                ],
                find=self._find,
                empty_title=self.tr("No contact yet"),
                empty_text=self.tr(
                    "Note each call, letter or visit in a line, and when you will ask again. Whoever takes over later "
                    "will know what was said."
                ),
            ),
        )
        wrap_lines(self.ui.contacts)
        self.ui.contacts.attach(self.form)
        self.ui.contacts.offer_add(self.note_contact)
        self.ui.contacts.selected.connect(lambda record: self._show_side())
        self.ui.contacts.table.clicked.connect(lambda: self._close_entry())
        self.ui.split.setSizes([438, 384])

    def reload(self) -> None:
        """Read log and next contact."""
        workspace = self.context.workspace
        self._people = {one.id: one.name for one in records.find(workspace, Person, archived=None)}
        partnership = records.get(workspace, Partnership, self.partnership)
        self.next_form.load(partnership)
        self.ui.nextLabel.setText(self._next_text(partnership))
        self.ui.contacts.reload()

    def open_item(self, section: str, item: UUID | None) -> None:
        """Select a contact, or start a new one."""
        if item is not None:
            self._close_entry()
            self.ui.contacts.select(item)
            return
        self.note_contact()

    def note_contact(self, kind: OutreachKind | None = None) -> None:
        """Open the quick entry: today, and when to ask again."""
        found = next((one for one in pipeline.prospects(self.context.workspace) if one.id == self.partnership), None)
        if found is None:
            return
        self.entry.show_prospect(found, kind)
        self.entry.show()
        self._show_side()
        self.entry.ui.kind.setFocus()

    def write_paper(self, kind: LetterKind) -> None:
        """Write a letter or the page about us; a letter that was written is to be noted as a contact."""
        paper = LetterPaper(self.context.workspace, kind, self.partnership, self.context.today())
        dialog = PaperDialog(self.context, paper, self.partnership, self.window())
        if kind is LetterKind.INTRODUCTION:
            dialog.finished.connect(lambda: self.note_contact(OutreachKind.LETTER) if dialog.written else None)
        dialog.open()

    def _close_entry(self) -> None:
        self.entry.hide()
        self._show_side()

    def _show_side(self) -> None:
        """The quick entry, or the contact that is chosen with the day of the next one."""
        entering = self.entry.isVisibleTo(self)
        self.ui.nextCard.setVisible(not entering)
        fit_width(self.ui.sideScroll)
        self.ui.detail.setVisible(not entering and self.form.record is not None)

    def _save(self, record: Outreach, values: dict[str, Any]) -> None:
        outreach.change(self.context.workspace, record.id, **values)

    def _find(self, archived: bool) -> list[Outreach]:
        found = records.listed(self.context.workspace, Outreach, archived, partnership_id=self.partnership)
        return sorted(found, key=lambda one: (one.happened_on, one.created_at), reverse=True)

    def _next_text(self, partnership: Partnership) -> str:
        if partnership.next_contact_on is None:
            return self.tr("Without a day, first contacts fall asleep.")
        return self.tr("That is {when}.").format(when=ago_text(partnership.next_contact_on, self.context.today()))
