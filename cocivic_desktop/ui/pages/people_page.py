"""People: staff, volunteers, mentors, teachers, students; their roles, consents, and what is held about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QAbstractItemView, QPushButton

from cocivic_desktop._generated.forms.people_page import Ui_PeoplePage
from cocivic_desktop.domain.organisations import ErasureKind, Person, PersonKind
from cocivic_desktop.services import people, people_copy
from cocivic_desktop.services.people import People
from cocivic_desktop.ui.models.record_table import Chip, Column
from cocivic_desktop.ui.pages.base import Page
from cocivic_desktop.ui.pages.people.actions import PeopleActions
from cocivic_desktop.ui.pages.people.consents import ConsentList
from cocivic_desktop.ui.pages.people.filters import PeopleFilters
from cocivic_desktop.ui.pages.people.matrix import ConsentMatrix
from cocivic_desktop.ui.pages.people.roles import RoleList
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.texts.actions import kind_word
from cocivic_desktop.ui.texts.people import standing_text
from cocivic_desktop.ui.texts.words import choice_word
from cocivic_desktop.ui.widgets.record_list import ListSetup

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from cocivic_desktop.ui.context import Context, Target


class PeoplePage(Page):
    """List with filters at the left, one person at the right; a second tab shows who has consented."""

    kinds: ClassVar[tuple[str, ...]] = ("person", "organisation", "partnership_member", "consent", "partnership")

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_PeoplePage()
        self.ui.setupUi(self)
        self.ui.contextLabel.setText(self.tr("Students need no full name: initials or a code do"))
        self.people = People([])
        self.chosen_button = QPushButton()
        self.form = RecordForm(context, Person, self.ui.mainTab)
        self.filters = PeopleFilters(self.ui, self.ui.people.reload, self)
        self.actions_of = PeopleActions(context, self, lambda: self.ui.people.chosen)
        self._set_up_people()
        self.roles = RoleList(context, self.ui.roles, lambda: self.ui.people.current)
        self.consents = ConsentList(context, self.ui.consents, self.ui.consentDetail, lambda: self.ui.people.current)
        self.consent_form = self.consents.form
        self.matrix = ConsentMatrix(context, self.ui)
        self._connect()
        for tabs in (self.ui.views, self.ui.parts):
            tabs.tabBar().setDrawBase(False)
            tabs.tabBar().setUsesScrollButtons(False)
        self.ui.split.setSizes([600, 460])

    def first_control(self) -> QWidget | None:
        """The list, where it holds anybody."""
        return self.ui.people.table if self.ui.people.model.rows else None

    def reload(self) -> None:
        """Read everybody and what names they need."""
        self.ui.people.reload()
        self._count_chosen()
        self.matrix.reload(self.people)

    def open_target(self, target: Target) -> None:
        """Select a person, or show who has consented (section "consents", narrowed to a partnership)."""
        if target.section == "consents":
            self.ui.views.setCurrentWidget(self.ui.matrixTab)
            self.matrix.show_partnership(target.partnership_id)
        elif target.item is not None:
            self.ui.views.setCurrentWidget(self.ui.peopleTab)
            if all(one.id != target.item for one in self.ui.people.model.rows):
                self.filters.clear()
                self.ui.people.reload()
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
                    Column("name", self.tr("Name"), lambda one: one.name, strong=True, tip=self._tip),
                    Column("kind", self.tr("Kind"), lambda one: choice_word(one.kind), width=148),
                    Column("class_group", self.tr("Class"), lambda one: one.class_group, width=80),
                    Column("organisation", self.tr("Organisation"), self._organisation, width=108),
                    Column("standing", self.tr("State"), self._standing, width=96),
                ],
                find=lambda _archived: self._find(),
                new=self._new,
                add_text=self.tr("Add person"),
                extra=[self.chosen_button],
                empty_title=self.tr("No people here"),
                empty_text=self.tr(
                    "Volunteers, staff, teachers, students. Students need no full name: initials or a code do."
                ),
            ),
        )
        self.ui.people.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.ui.people.attach(self.form, self.ui.detailScroll)

    def _connect(self) -> None:
        ui, actions = self.ui, self.actions_of
        ui.people.selected.connect(lambda: self._show_person())
        ui.people.table.selectionModel().selectionChanged.connect(lambda: self._count_chosen())
        ui.importButton.clicked.connect(lambda: actions.import_people())
        ui.classButton.clicked.connect(lambda: actions.add_class())
        self.chosen_button.setMenu(actions.chosen_menu())
        ui.moreButton.setMenu(actions.more_menu())
        ui.copyDocxButton.clicked.connect(lambda: actions.copy(".docx"))
        ui.copyJsonButton.clicked.connect(lambda: actions.copy(".json"))
        ui.anonymiseButton.clicked.connect(lambda: actions.erase(ErasureKind.ANONYMISED))
        ui.eraseButton.clicked.connect(lambda: actions.erase(ErasureKind.ERASED))
        ui.parts.currentChanged.connect(lambda: self._show_held())

    def _show_person(self) -> None:
        person = self.ui.people.current
        self.ui.mainTab.setEnabled(person is not None and person.anonymised_on is None)
        self.roles.reload(self.people.partnerships)
        self.ui.consents.reload()
        self._show_held()

    def _show_held(self) -> None:
        """What is held about the person, counted; only read while it is seen."""
        person = self.ui.people.current
        if person is None or self.ui.parts.currentWidget() is not self.ui.privacyTab:
            return
        held = people_copy.counts(self.context.workspace, person.id)
        words = ", ".join(f"{count} × {kind_word(kind)}" for kind, count in held.items())
        nothing = self.tr("nothing besides this person")
        self.ui.heldLabel.setText(self.tr("Held about {name}: {what}.").format(name=person.name, what=words or nothing))
        self.ui.endLabel.setText(
            self.tr(
                "Anonymise: nothing tells any more who it was, and all counts remain. Erase: the person goes, and only "
                "the sums of hours remain. Both are for good; a backup is made before."
            )
        )
        self.ui.anonymiseButton.setEnabled(person.anonymised_on is None)

    def _count_chosen(self) -> None:
        count = len(self.ui.people.chosen)
        text = self.tr("With {count} chosen") if count != 1 else self.tr("With one chosen")
        self.chosen_button.setText(text.format(count=count))
        self.chosen_button.setVisible(count > 0)

    def _find(self) -> list[Person]:
        """Read anew, so that somebody added a moment ago is there."""
        self.people = people.read(self.context.workspace)
        self.filters.offer(self.people)
        return self.people.wanted(self.filters.wanted, self.context.today())

    def _new(self) -> Person:
        """Somebody new as the filters want them, so that the list shows them."""
        wanted = self.filters.wanted
        return Person(
            name=self.tr("New person"),
            kind=wanted.kind or PersonKind.VOLUNTEER,
            organisation_id=wanted.organisation_id,
            class_group=wanted.class_group,
        )

    def _organisation(self, one: Person) -> str:
        return self.people.organisation(one)

    def _standing(self, one: Person) -> Chip | None:
        text = standing_text(one, self.context.today())
        return Chip(text, "neutral") if text else None

    def _tip(self, one: Person) -> str:
        return self.people.roles_text(one)
