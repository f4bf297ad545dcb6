"""The partnership itself, the people who take part, and further partners."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QBoxLayout, QInputDialog

from cocivic_desktop._generated.forms.initiate_overview import Ui_InitiateOverview
from cocivic_desktop.domain.agreements import Agreement
from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnerships import (
    Partnership,
    PartnershipMember,
    PartnershipOrganisation,
    PipelineState,
)
from cocivic_desktop.services import models, own_models, records
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.models.record_table import Chip, Column
from cocivic_desktop.ui.pages.part import StagePart, fit_rows, names_of, our_id
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.widgets.choice_box import ChoiceBox
from cocivic_desktop.ui.widgets.record_list import ListSetup

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

STACKED_BELOW = 800
"""Width in logical pixels below which people stand under the fields of the partnership."""


class OverviewPart(StagePart):
    """Fields of the partnership at the left, members and further partners at the right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_InitiateOverview()
        self.ui.setupUi(self)
        self._people: dict[UUID, str] = {}
        self._organisations: dict[UUID, str] = {}
        self.form = RecordForm(
            context,
            Partnership,
            self.ui.detail,
            choices={
                "school_id": lambda: choices.organisations(context, ours=False),
                "coordinator_id": lambda: self._colleagues(),
            },
        )
        self.member_form = RecordForm(context, PartnershipMember, self.ui.memberDetail, prefix="member_")
        self.partner_form = RecordForm(context, PartnershipOrganisation, self.ui.partnerDetail, prefix="partner_")
        self._person_choice = ChoiceBox(self.ui.personChoice)
        self._partner_choice = ChoiceBox(self.ui.partnerChoice)
        self._set_up_lists()
        self.ui.addPersonButton.clicked.connect(lambda: self.add_member())
        self.ui.addPartnerButton.clicked.connect(lambda: self.add_partner())
        self.ui.bringModelButton.clicked.connect(lambda: self.bring_model())
        self.ui.saveModelButton.clicked.connect(lambda: self.save_as_model())
        self.ui.newPersonButton.clicked.connect(lambda: self.context.navigate(Target("people")))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stack()

    def _stack(self) -> None:
        """One above the other where the window is narrow: then all of it scrolls as one."""
        stacked = self.width() < STACKED_BELOW
        way = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        self.ui.overviewLayout.setDirection(way)
        for area in (self.ui.detailScroll, self.ui.sideScroll):
            area.setMinimumHeight(area.widget().sizeHint().height() + 2 if stacked else 0)

    def _set_up_lists(self) -> None:
        self.ui.members.setup(
            self.context,
            ListSetup(
                cls=PartnershipMember,
                key="members",
                title=self.tr("People taking part"),
                columns=[
                    Column("person", self.tr("Person"), lambda member: self._people.get(member.person_id, "")),
                    Column("role", self.tr("Role"), width=118),
                    Column("contact", self.tr("Contact"), self._contact_chip, width=76),
                ],
                find=self._find_members,
                empty_title=self.tr("Nobody yet"),
                empty_text=self.tr("Choose below who takes part on both sides, and who answers the school."),
            ),
        )
        self.ui.members.attach(self.member_form, self.ui.memberDetail)
        self.ui.partners.setup(
            self.context,
            ListSetup(
                cls=PartnershipOrganisation,
                key="partners",
                title=self.tr("Further partners"),
                columns=[
                    Column(
                        "name", self.tr("Organisation"), lambda one: self._organisations.get(one.organisation_id, "")
                    ),
                    Column("part", self.tr("Part"), width=150),
                ],
                find=self._find_partners,
                empty_title=self.tr("Only the two of you"),
                empty_text=self.tr("A company, a university or the municipality may take part as well."),
            ),
        )
        self.ui.partners.attach(self.partner_form, self.ui.partnerDetail)

    def reload(self) -> None:
        """Fill fields and lists."""
        workspace = self.context.workspace
        self._people = {one.id: one.name for one in records.find(workspace, Person, archived=None)}
        self._organisations = {
            one.id: one.short_name or one.name for one in records.find(workspace, Organisation, archived=None)
        }
        partnership = records.get(workspace, Partnership, self.partnership)
        self.form.load(partnership)
        self.ui.reasonBox.setVisible(partnership.pipeline is PipelineState.NOT_NOW)
        self._name_model(partnership)
        self.ui.members.reload()
        self.ui.partners.reload()
        self._stack()
        fit_rows(self.ui.members, 5)
        fit_rows(self.ui.partners, 4)
        self._offer(partnership)

    def open_item(self, section: str, item: UUID | None) -> None:
        """Put the keyboard where the state of the partnership, or a member, is changed."""
        if section == "members":
            if item is not None:
                self.ui.members.select(item)
            self.ui.personChoice.setFocus()
        elif section == "pipeline":
            self.form.focus("pipeline")
        elif section == "model":
            self.ui.bringModelButton.setFocus()

    def add_member(self) -> None:
        """Let the chosen person take part."""
        person_id = self._person_choice.value
        if person_id is None:
            self.ui.personChoice.setFocus()
            return
        member = PartnershipMember(partnership_id=self.partnership, person_id=person_id)
        if self.context.attempt(records.add, self.context.workspace, member) is not None:
            self._person_choice.show(None)
            self.reload()
            self.ui.members.select(member.id)
            self.member_form.focus("role")

    def add_partner(self) -> None:
        """Let the chosen organisation take part."""
        organisation_id = self._partner_choice.value
        if organisation_id is None:
            self.ui.partnerChoice.setFocus()
            return
        partner = PartnershipOrganisation(partnership_id=self.partnership, organisation_id=organisation_id)
        if self.context.attempt(records.add, self.context.workspace, partner) is not None:
            self._partner_choice.show(None)
            self.reload()
            self.ui.partners.select(partner.id)
            self.partner_form.focus("part")

    def bring_model(self) -> None:
        """Ask which model to bring, and which of its parts."""
        from cocivic_desktop.ui.dialogs.bring_model import BringModelDialog

        if self.form.flush():
            BringModelDialog(self.context, self.partnership, self.window()).open()

    def save_as_model(self) -> None:
        """Ask for a title and keep this partnership as a model of our own."""
        if not self.form.flush():
            return
        dialog = QInputDialog(self)
        dialog.setWindowTitle(self.tr("Save as an own model"))
        dialog.setLabelText(
            self.tr("Goals, duties, plan and own clauses are kept; names, days and results are not. Title:")
        )
        dialog.setTextValue(records.get(self.context.workspace, Partnership, self.partnership).title)
        dialog.textValueSelected.connect(self._keep_model)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _keep_model(self, title: str) -> None:
        agreements = records.find(self.context.workspace, Agreement, partnership_id=self.partnership)
        language = agreements[-1].language.value if agreements else "en"
        if not title.strip():
            return
        kept = self.context.attempt(
            own_models.save_as_model, self.context.workspace, self.partnership, title.strip(), language=language
        )
        if kept is not None:
            self.context.navigate(Target("library", section="models", item=kept[0].id))

    def _name_model(self, partnership: Partnership) -> None:
        """Say from which model the partnership started."""
        title = models.title_of(self.context.workspace, partnership.model, self.context.language)
        none_yet = self.tr("None yet. A model brings goals, duties, a plan and clauses.")
        self.ui.modelName.setText(title or partnership.model or none_yet)

    def _offer(self, partnership: Partnership) -> None:
        """Offer who does not take part yet."""
        members = {member.person_id for member in self._find_members(False)}
        people = [choice for choice in choices.people(self.context) if choice[0] not in members]
        self._person_choice.offer([(None, self.tr("Choose a person…")), *people])
        partners = {partner.organisation_id for partner in self._find_partners(False)} | {partnership.school_id}
        others = [choice for choice in choices.organisations(self.context, ours=False) if choice[0] not in partners]
        self._partner_choice.offer([(None, self.tr("Choose an organisation…")), *others])

    def _colleagues(self) -> list[tuple[Any, str]]:
        """People of our organisation; and who coordinates now, wherever they belong."""
        present = self.form.record.coordinator_id if self.form.record is not None else None
        return names_of(self.context, our_id(self.context), present)

    def _find_members(self, archived: bool) -> list[PartnershipMember]:
        found = records.listed(
            self.context.workspace,
            PartnershipMember,
            archived,
            partnership_id=self.partnership,
        )
        return sorted(found, key=lambda member: (not member.is_contact, fold(self._people.get(member.person_id, ""))))

    def _find_partners(self, archived: bool) -> list[PartnershipOrganisation]:
        return records.listed(
            self.context.workspace,
            PartnershipOrganisation,
            archived,
            partnership_id=self.partnership,
        )

    def _contact_chip(self, member: PartnershipMember) -> Chip | None:
        return Chip(self.tr("contact"), "accent") if member.is_contact else None
