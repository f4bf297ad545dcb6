"""People: staff, volunteers, mentors, teachers, students; their roles in partnerships and their consents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from cocivic_desktop._generated.forms.people_page import Ui_PeoplePage
from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.organisations import Consent, ConsentPurpose, Organisation, Person, PersonKind
from cocivic_desktop.domain.partnerships import Partnership, PartnershipMember
from cocivic_desktop.services import records
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.models.record_table import Chip, Column
from cocivic_desktop.ui.pages.base import Page
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.texts.words import choice_word
from cocivic_desktop.ui.widgets.record_list import ListSetup

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from cocivic_desktop.ui.context import Context, Target


class PeoplePage(Page):
    """List with a filter at the left; person, roles and consents at the right."""

    kinds: ClassVar[tuple[str, ...]] = ("person", "organisation", "partnership_member", "consent", "partnership")

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_PeoplePage()
        self.ui.setupUi(self)
        self.ui.contextLabel.setText(self.tr("Students need no full name: initials or a code do"))
        self._organisations: dict[object, str] = {}
        self._partnerships: dict[object, str] = {}
        self.form = RecordForm(context, Person, self.ui.mainTab)
        self.consent_form = RecordForm(context, Consent, self.ui.consentDetail)
        self._set_up_people()
        self._set_up_roles()
        self._set_up_consents()
        self.ui.filterLine.setClearButtonEnabled(True)
        self.ui.filterLine.textChanged.connect(lambda: self.ui.people.reload())
        self.ui.split.setSizes([620, 440])

    def reload(self) -> None:
        """Read people and what names they need."""
        workspace = self.context.workspace
        self._organisations = {one.id: one.name for one in records.find(workspace, Organisation, archived=None)}
        self._partnerships = {one.id: one.title for one in records.find(workspace, Partnership, archived=None)}
        self.ui.people.reload()

    def open_target(self, target: Target) -> None:
        """Select a person."""
        if target.item is not None:
            self.ui.filterLine.clear()
            self.ui.people.select(target.item)
            if "name" in self.form.fields:
                self.form.focus("name")

    def _set_up_people(self) -> None:
        self.ui.people.setup(
            self.context,
            ListSetup(
                cls=Person,
                key="people",
                columns=[
                    Column("name", self.tr("Name"), lambda one: one.name, strong=True),
                    Column("kind", self.tr("Kind"), lambda one: choice_word(one.kind), width=136),
                    Column("organisation", self.tr("Organisation"), self._organisation, width=200),
                ],
                find=self._find,
                new=lambda: Person(name=self.tr("New person"), kind=PersonKind.VOLUNTEER),
                add_text=self.tr("Add person"),
                empty_title=self.tr("No people here"),
                empty_text=self.tr(
                    "Volunteers, staff, teachers, students. Students need no full name: initials or a code do."
                ),
            ),
        )
        self.ui.people.attach(self.form, self.ui.detailScroll)
        self.ui.people.selected.connect(lambda: self._show_lists())

    def _set_up_roles(self) -> None:
        def change(row: PartnershipMember, field: str, value: Any) -> None:
            self.context.attempt(records.change, self.context.workspace, PartnershipMember, row.id, **{field: value})

        self.ui.roles.setup(
            self.context,
            ListSetup(
                cls=PartnershipMember,
                key="roles",
                columns=[
                    Column(
                        "partnership",
                        self.tr("Partnership"),
                        lambda one: self._partnerships.get(one.partnership_id, ""),
                        change=lambda row, value: change(row, "partnership_id", value),
                        choices=lambda: choices.partnerships(self.context),
                    ),
                    Column(
                        "role",
                        self.tr("Role"),
                        lambda one: one.role,
                        width=120,
                        change=lambda row, value: change(row, "role", str(value)),
                    ),
                    Column(
                        "contact",
                        self.tr("Contact"),
                        lambda one: one.is_contact,
                        width=70,
                        change=lambda row, value: change(row, "is_contact", bool(value)),
                    ),
                ],
                find=self._roles,
                new=self._new_role,
                add_text=self.tr("Add role"),
                empty_title=self.tr("No role yet"),
                empty_text=self.tr("In which partnerships, and as what: mentor, steering group, …"),
            ),
        )

    def _set_up_consents(self) -> None:
        self.ui.consents.setup(
            self.context,
            ListSetup(
                cls=Consent,
                key="consents",
                columns=[
                    Column(
                        "purpose",
                        self.tr("For"),
                        lambda one: choice_word(one.purpose),
                        change=lambda row, value: self.context.attempt(
                            records.change, self.context.workspace, Consent, row.id, purpose=value
                        ),
                        choices=lambda: choices.enum_choices(ConsentPurpose),
                    ),
                    Column("state", self.tr("State"), self._consent_state, width=110),
                ],
                find=self._consents,
                new=self._new_consent,
                add_text=self.tr("Add consent"),
                empty_title=self.tr("No consent recorded"),
                empty_text=self.tr("For minors a guardian consents: to taking part, to photos, to a certificate."),
            ),
        )
        self.ui.consents.attach(self.consent_form, self.ui.consentDetail)

    def _show_lists(self) -> None:
        self.ui.roles.reload()
        self.ui.consents.reload()

    def _find(self, archived: bool) -> list[Person]:
        wanted = fold(self.ui.filterLine.text().strip())
        found = records.find(self.context.workspace, Person, archived=None if archived else False)
        kept = [one for one in found if not wanted or wanted in fold(f"{one.name} {self._described(one)}")]
        return sorted(kept, key=lambda one: fold(one.name))

    def _described(self, one: Person) -> str:
        return f"{choice_word(one.kind)} {self._organisation(one)} {one.position} {one.class_group}"

    def _organisation(self, one: Person) -> str:
        return self._organisations.get(one.organisation_id, "")

    def _roles(self, archived: bool) -> list[PartnershipMember]:
        return self._of_person(PartnershipMember, archived)

    def _consents(self, archived: bool) -> list[Consent]:
        return self._of_person(Consent, archived)

    def _of_person(self, cls: type[Any], archived: bool) -> list[Any]:
        person = self.ui.people.current
        if person is None:
            return []
        return records.find(self.context.workspace, cls, archived=None if archived else False, person_id=person.id)

    def _new_role(self) -> PartnershipMember | None:
        person, offered = self.ui.people.current, choices.partnerships(self.context)
        if person is None or not offered:
            self.context.notify(self.tr("Start a partnership first; then people get roles in it."))
            return None
        return PartnershipMember(person_id=person.id, partnership_id=offered[0][0])

    def _new_consent(self) -> Consent | None:
        person = self.ui.people.current
        return Consent(person_id=person.id, purpose=ConsentPurpose.PARTICIPATION) if person is not None else None

    def _consent_state(self, one: Consent) -> Chip:
        if one.withdrawn_on is not None:
            return Chip(self.tr("withdrawn"), "bad")
        return Chip(self.tr("given"), "good") if one.given_on is not None else Chip(self.tr("asked for"), "warning")
