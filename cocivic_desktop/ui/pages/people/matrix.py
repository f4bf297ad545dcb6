"""Who has consented to what: one row for each person, one column for each purpose; and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractItemView

from cocivic_desktop.domain.organisations import ConsentPurpose, PersonKind
from cocivic_desktop.services import people_consents
from cocivic_desktop.services.people import People, Standing, Wanted
from cocivic_desktop.services.people_consents import ConsentRow
from cocivic_desktop.ui.models.record_table import Chip, Column, RecordTableModel
from cocivic_desktop.ui.pages.people.consent_dialog import ConsentDialog, Mode
from cocivic_desktop.ui.pages.people.consents import state_chip
from cocivic_desktop.ui.texts.counts import people_count
from cocivic_desktop.ui.texts.formats import day_text
from cocivic_desktop.ui.texts.words import choice_word
from cocivic_desktop.ui.widgets.choice_box import ChoiceBox
from cocivic_desktop.ui.widgets.tables import dress_records

if TYPE_CHECKING:
    from uuid import UUID

    from cocivic_desktop._generated.forms.people_page import Ui_PeoplePage
    from cocivic_desktop.ui.context import Context


class ConsentMatrix(QObject):
    """The second tab of the people page."""

    def __init__(self, context: Context, ui: Ui_PeoplePage) -> None:
        super().__init__(ui.matrixTable)
        self._context, self._ui = context, ui
        self._people = People([])
        self._partnership = ChoiceBox(ui.matrixPartnershipBox, lambda _: self._fill())
        self._classes = ChoiceBox(ui.matrixClassBox, lambda _: self._fill())
        self._kind = ChoiceBox(ui.matrixKindBox, lambda _: self._fill())
        for box, name in (
            (ui.matrixPartnershipBox, self.tr("Partnership")),
            (ui.matrixClassBox, self.tr("Class or group")),
            (ui.matrixKindBox, self.tr("Kind")),
        ):
            box.setAccessibleName(name)
            box.setToolTip(name)
        self._kind.offer(
            [(PersonKind.STUDENT, self.tr("Students")), (None, self.tr("Everybody"))],
        )
        self._kind.show(PersonKind.STUDENT)
        self.model: RecordTableModel[ConsentRow] = RecordTableModel(self._columns(), self)
        dress_records(ui.matrixTable, self.model, self.model.columns)
        ui.matrixTable.setAccessibleName(self.tr("Who has consented"))
        ui.matrixTable.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        ui.matrixTable.selectionModel().selectionChanged.connect(lambda: self._say())
        ui.noteButton.clicked.connect(lambda: self._open(Mode.NOTE))
        ui.withdrawButton.clicked.connect(lambda: self._open(Mode.WITHDRAW))
        ui.formsButton.clicked.connect(lambda: self._open(Mode.PRINT))

    def reload(self, people: People) -> None:
        """Show the people of the filters with their consents, freshly read."""
        self._people = people
        self._partnership.offer([(None, self.tr("All partnerships")), *people.partnerships.items()])
        self._classes.offer([("", self.tr("All classes")), *((one, one) for one in people.classes)])
        self._fill()

    def show_partnership(self, partnership_id: UUID | None) -> None:
        """Narrow the list to a partnership."""
        self._partnership.show(partnership_id)
        self._fill()

    @property
    def chosen(self) -> list[ConsentRow]:
        """The selected rows; all that are shown where none is."""
        indexes = self._ui.matrixTable.selectionModel().selectedRows()
        picked = [self.model.rows[index.row()] for index in sorted(indexes, key=lambda one: one.row())]
        return picked or list(self.model.rows)

    def _fill(self) -> None:
        wanted = Wanted(
            kind=self._kind.value,
            class_group=self._classes.value or "",
            partnership_id=self._partnership.value,
            standing=Standing.ACTIVE,
        )
        today = self._context.today()
        shown = self._people.wanted(wanted, today)
        self.model.set_rows(people_consents.rows(self._context.workspace, shown, today))
        self._say()

    def _say(self) -> None:
        """How many lack what, and for how many the buttons are."""
        rows = self.model.rows
        lacking = [
            self.tr("{purpose}: {count}").format(
                purpose=choice_word(purpose), count=len(people_consents.lacking(rows, purpose))
            )
            for purpose in ConsentPurpose
        ]
        text = self.tr("{people}. Nothing to rely on yet for {purposes}. Choose rows, or nobody for all.")
        nobody = self.tr(
            "Nobody is here. Add a class or import people first; then their consents are seen at a glance."
        )
        self._ui.matrixLabel.setText(
            text.format(people=people_count(len(rows)), purposes=", ".join(lacking)) if rows else nobody
        )
        for button in (self._ui.noteButton, self._ui.withdrawButton):
            button.setEnabled(bool(rows))

    def _columns(self) -> list[Column[ConsentRow]]:
        return [
            Column("name", self.tr("Name"), lambda one: one.person.name, strong=True),
            Column("class", self.tr("Class"), lambda one: one.person.class_group, width=80),
            Column("minor", self.tr("Under age"), lambda one: self.tr("yes") if one.minor else "", width=82),
            *(self._purpose_column(purpose) for purpose in ConsentPurpose),
        ]

    def _purpose_column(self, purpose: ConsentPurpose) -> Column[ConsentRow]:
        def chip(one: ConsentRow) -> Chip:
            return state_chip(one.standings[purpose].state)

        return Column(purpose.value, choice_word(purpose), chip, width=106, tip=lambda one: self._tip(one, purpose))

    def _tip(self, one: ConsentRow, purpose: ConsentPurpose) -> str:
        consent = one.standings[purpose].consent
        if consent is None:
            return ""
        parts: list[Any] = [
            self.tr("given on {day}").format(day=day_text(consent.given_on)) if consent.given_on else "",
            self.tr("signed by {name}").format(name=consent.guardian) if consent.guardian else "",
            self.tr("wording {version}").format(version=consent.wording_version) if consent.wording_version else "",
            self.tr("withdrawn on {day}").format(day=day_text(consent.withdrawn_on)) if consent.withdrawn_on else "",
        ]
        return ", ".join(filter(None, parts))

    def _open(self, mode: Mode) -> None:
        rows = self.chosen if self.model.rows else []
        ConsentDialog(
            self._context, rows, mode, self._ui.matrixTable.window(), partnership_id=self._partnership.value
        ).open()
