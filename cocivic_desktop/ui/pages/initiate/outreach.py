"""Calls, letters and visits, and when to ask again."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop._generated.forms.initiate_outreach import Ui_InitiateOutreach
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.domain.partnerships import Outreach, Partnership
from cocivic_desktop.services import records
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.models.record_table import Column
from cocivic_desktop.ui.pages.part import StagePart, wrap_lines
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
        self.form = RecordForm(context, Outreach, self.ui.detail)
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
                    Column("outcome", self.tr("Outcome"), lambda one: one.outcome, tip=lambda one: one.outcome),
                ],
                find=self._find,
                new=lambda: Outreach(partnership_id=self.partnership, happened_on=self.context.today()),
                empty_title=self.tr("No contact yet"),
                empty_text=self.tr(
                    "Note each call, letter or visit in a line, and when you will ask again. Whoever takes over later "
                    "will know what was said."
                ),
            ),
        )
        wrap_lines(self.ui.contacts)
        self.ui.contacts.attach(self.form, self.ui.detail)
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
        """Select a contact, or put the keyboard where one is added."""
        if item is not None:
            self.ui.contacts.select(item)
            return
        contacts = self.ui.contacts
        (contacts.add_button if contacts.model.rows else contacts.empty.action_button).setFocus()

    def _find(self, archived: bool) -> list[Outreach]:
        found = records.find(
            self.context.workspace, Outreach, archived=None if archived else False, partnership_id=self.partnership
        )
        return sorted(found, key=lambda one: (one.happened_on, one.created_at), reverse=True)

    def _next_text(self, partnership: Partnership) -> str:
        if partnership.next_contact_on is None:
            return self.tr("Without a day, first contacts fall asleep.")
        return self.tr("That is {when}.").format(when=ago_text(partnership.next_contact_on, self.context.today()))
