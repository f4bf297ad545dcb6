"""Schools and other partners: who they are, where, and who works there."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QPushButton

from cocivic_desktop._generated.forms.schools_page import Ui_SchoolsPage
from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.organisations import Organisation, OrganisationKind, Person, PersonKind
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.services import records
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.models.record_table import Column
from cocivic_desktop.ui.pages.base import Page
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.texts.words import choice_word, word
from cocivic_desktop.ui.widgets.record_list import ListSetup
from cocivic_desktop.ui.widgets.school_year_editor import SchoolYearEditor

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


SIZES, SIZES_OF_YEARS = [520, 560], [240, 840]
"""Widths of the list and of the chosen school, in logical pixels; the second while its years are shown."""


class SchoolsPage(Page):
    """List at the left, the chosen school with its people at the right."""

    kinds: ClassVar[tuple[str, ...]] = ("organisation", "person", "partnership")

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_SchoolsPage()
        self.ui.setupUi(self)
        self.ui.contextLabel.setText(self.tr("What you know about a school serves all partnerships with it"))
        self._partnerships: dict[object, int] = {}
        kinds = [OrganisationKind.CSO]
        self.form = RecordForm(
            context,
            Organisation,
            self.ui.detail,
            choices={"kind": lambda: choices.enum_choices(OrganisationKind, leave_out=kinds)},
        )
        self.ui.schools.setup(
            context,
            ListSetup(
                cls=Organisation,
                key="schools",
                columns=[
                    Column("name", self.tr("School"), lambda one: one.name, strong=True),
                    Column("kind", self.tr("Kind"), lambda one: choice_word(one.kind), width=140),
                    Column("place", self.tr("Place"), _place, width=150),
                    Column("count", self.tr("Partnerships"), self._count, width=100, right=True),
                ],
                find=self._find,
                new=lambda: Organisation(name=self.tr("New school"), kind=OrganisationKind.VET_PROVIDER),
                add_text=self.tr("Add school"),
                empty_title=self.tr("No school yet"),
                empty_text=self.tr(
                    "Schools you work with or would like to. What you know about a school is kept here "
                    "for all partnerships with it: address, people, calendar."
                ),
                extra=[self._import_button()],
            ),
        )
        empty = self.ui.schools.empty
        empty.second_button.setText(self.tr("Import a list…"))
        empty.second_button.show()
        empty.second_clicked.connect(self.import_list)
        self.ui.people.setup(
            context,
            ListSetup(
                cls=Person,
                key="school_people",
                columns=[
                    Column("name", self.tr("Name"), lambda one: one.name, strong=True),
                    Column("kind", self.tr("Kind"), lambda one: one.position or word(one.kind), width=180),
                ],
                find=self._people,
                new=self._new_person,
                add_text=self.tr("Add person"),
                empty_title=self.tr("Nobody yet"),
                empty_text=self.tr("Who decides, who teaches, who answers the phone?"),
            ),
        )
        self.years = SchoolYearEditor(context, names_school=False)
        self.ui.tabs.addTab(self.years, self.tr("School years"))
        self.ui.schools.attach(self.form, self.ui.detailScroll)
        self.ui.schools.selected.connect(lambda: self._show_parts())
        self.ui.people.activated.connect(self._open_person)
        self.ui.people.added.connect(self._open_person)
        self.ui.split.setSizes(SIZES)
        self.ui.tabs.currentChanged.connect(lambda: self._give_room())

    def first_control(self) -> QWidget | None:
        """The list, where it holds anything."""
        return self.ui.schools.table if self.ui.schools.model.rows else None

    def reload(self) -> None:
        """Read schools and count their partnerships."""
        self._partnerships = {}
        for one in records.find(self.context.workspace, Partnership):
            self._partnerships[one.school_id] = self._partnerships.get(one.school_id, 0) + 1
        self.ui.schools.reload()
        self.import_button.setVisible(bool(self.ui.schools.model.rows))  # the empty list offers it as well

    def open_target(self, target: Target) -> None:
        """Select a school; section "school_years" turns to its years."""
        if target.item is not None:
            self.ui.schools.select(target.item)
        if target.section == "school_years":
            self.ui.tabs.setCurrentWidget(self.years)

    def _import_button(self) -> QPushButton:
        self.import_button = QPushButton(self.tr("Import a list…"))
        self.import_button.setToolTip(self.tr("Take schools from a table (CSV, Excel)"))
        self.import_button.clicked.connect(lambda: self.import_list())
        return self.import_button

    def import_list(self) -> None:
        """Read a list of schools from a file."""
        from cocivic_desktop.ui.dialogs.school_import import SchoolImportDialog

        SchoolImportDialog(self.context, self).open()

    def _give_room(self) -> None:
        """A school's year needs room; its list gives way as long as the year is shown."""
        years = self.ui.tabs.currentWidget() is self.years
        self.ui.split.setSizes(SIZES_OF_YEARS if years else SIZES)

    def _show_parts(self) -> None:
        self.ui.people.reload()
        school = self.ui.schools.current
        self.years.show_school(school.id if school is not None else None)

    def _find(self, archived: bool) -> list[Organisation]:
        found = records.find(self.context.workspace, Organisation, archived=None if archived else False, is_ours=False)
        return sorted(found, key=lambda one: fold(one.name))

    def _people(self, archived: bool) -> list[Person]:
        school = self.ui.schools.current
        if school is None:
            return []
        found = records.find(
            self.context.workspace, Person, archived=None if archived else False, organisation_id=school.id
        )
        return sorted(found, key=lambda one: fold(one.name))

    def _new_person(self) -> Person | None:
        school = self.ui.schools.current
        if school is None:
            return None
        return Person(name=self.tr("New person"), kind=PersonKind.TEACHER, organisation_id=school.id)

    def _count(self, one: Organisation) -> int | None:
        return self._partnerships.get(one.id)

    def _open_person(self, person: Person | None) -> None:
        if person is not None:
            self.context.navigate(Target("people", item=person.id))


def _place(one: Organisation) -> str:
    country = "-".join(part for part in (one.country, one.region) if part)
    return f"{one.city} ({country})" if one.city and country else one.city or country
