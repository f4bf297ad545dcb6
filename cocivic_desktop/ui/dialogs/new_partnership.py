"""Starting a partnership: a school, a model, a period. One step of undo."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QDialog, QWidget

from cocivic_desktop._generated.forms.new_partnership_dialog import Ui_NewPartnershipDialog
from cocivic_desktop.domain.errors import CoCivicError
from cocivic_desktop.domain.organisations import Organisation, OrganisationKind, Person, PersonKind
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.services import models, partnerships, records, starting
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.errors import sentence

USUAL_MODEL = "social_innovation"
"""Code of the model that is proposed first."""

WINDOW_FRAME = 60
"""What title bar and frame of a dialog take of the screen at most, in logical pixels."""


class NewPartnershipDialog(QDialog):
    """Asks only what the start needs; the rest is written on the pages."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        first_steps: bool = False,
        model_code: str = USUAL_MODEL,
    ) -> None:
        super().__init__(parent)
        self.ui = Ui_NewPartnershipDialog()
        self.ui.setupUi(self)
        if first_steps:
            known = records.find(context.workspace, Partnership)
            self.ui.titleLabel.setText(
                self.tr("Step 2 of 2: the partnership")
                if known
                else self.tr("Step 2 of 2: the first school and partnership")
            )
        self._context = context
        found = records.find(context.workspace, Organisation, is_ours=True)
        self._ours = found[0] if found else None
        self._schools: list[UUID | None] = [None]
        self._language = context.language
        self._models = models.previews(context.workspace, self._language)
        self._titled_by_hand = False
        self.ui.schoolBox.addItem(self.tr("A new school"))
        for school_id, name in choices.organisations(context, ours=False):
            self._schools.append(school_id)
            self.ui.schoolBox.addItem(name)
        for model in self._models:
            self.ui.modelBox.addItem(model.title)
        self._languages = choices.written_languages()
        self.ui.languageBox.addItems([text for _, text in self._languages])
        self._countries = choices.countries()
        self.ui.countryBox.addItems([name for _, name in self._countries])
        self._propose_place()
        first, last = school_year_round(context.today())
        self.ui.startField.set_day(first)
        self.ui.endField.set_day(last)
        self.ui.schoolBox.currentIndexChanged.connect(self._school_chosen)
        self.ui.schoolLine.textEdited.connect(lambda: self._propose_title())
        self.ui.titleLine.textEdited.connect(self._title_typed)
        self.ui.modelBox.currentIndexChanged.connect(lambda: self._show_model())
        self.ui.cancelButton.clicked.connect(self.reject)
        self.ui.startButton.clicked.connect(self.start)
        wanted = next((n for n, one in enumerate(self._models) if one.code == model_code), 0)
        self.ui.modelBox.setCurrentIndex(wanted)
        self.ui.schoolBox.setCurrentIndex(1 if len(self._schools) > 1 else 0)
        self.ui.fields.setRowVisible(self.ui.schoolBox, len(self._schools) > 1)
        self._school_chosen()
        self._show_model()
        (self.ui.schoolBox if len(self._schools) > 1 else self.ui.schoolLine).setFocus()
        self.finished.connect(self.deleteLater)
        self.resize(820, min(740, self.screen().availableGeometry().height() - WINDOW_FRAME))

    def start(self) -> None:
        """Enter the school where it is new, start the partnership, and go there; say what is missing otherwise."""
        first, title = self.ui.startField.day, self.ui.titleLine.text().strip()
        if self.ui.startField.is_invalid or self.ui.endField.is_invalid or first is None:
            self._refuse(self.tr("The partnership needs a first day. Type it like 21 Sep 2026."), self.ui.startField)
            return
        if self._school_id() is None and not self.ui.schoolLine.text().strip():
            self._refuse(self.tr("Name the school."), self.ui.schoolLine)
            return
        if not title:
            self._refuse(self.tr("Give the partnership a title."), self.ui.titleLine)
            return
        workspace = self._context.workspace
        try:
            with workspace.write("start_partnership", title):
                partnership, _ = starting.start(
                    workspace,
                    title=title,
                    school_id=self._school_id() or self._new_school(),
                    model_code=self._models[self.ui.modelBox.currentIndex()].code,
                    starts_on=first,
                    ends_on=self.ui.endField.day,
                    language=self._languages[self.ui.languageBox.currentIndex()][0],
                    coordinator_id=self._coordinator(),
                    leave_out=self.ui.modelChoice.left_out(),
                )
        except CoCivicError as error:
            self._refuse(sentence(error), self.ui.titleLine)
            return
        self.accept()
        self._context.navigate(Target.partnership(partnership.id))

    def _school_id(self) -> UUID | None:
        return self._schools[self.ui.schoolBox.currentIndex()]

    def _new_school(self) -> UUID:
        workspace, contact = self._context.workspace, self.ui.contactLine.text().strip()
        school, _ = partnerships.create_school(
            workspace,
            name=self.ui.schoolLine.text().strip(),
            kind=OrganisationKind.VET_PROVIDER,
            city=self.ui.cityLine.text().strip(),
            country=self._countries[self.ui.countryBox.currentIndex()][0],
            region=self.ui.regionLine.text().strip().upper(),
        )
        if contact:
            records.add(workspace, Person(name=contact, organisation_id=school.id, kind=PersonKind.TEACHER))
        return school.id

    def _coordinator(self) -> UUID | None:
        """Who coordinates, where only one person of ours can."""
        staff = records.find(self._context.workspace, Person, organisation_id=self._ours.id) if self._ours else []
        return staff[0].id if len(staff) == 1 else None

    def _propose_place(self) -> None:
        """Most schools lie in our own country and region."""
        codes = [code for code, _ in self._countries]
        country = self._ours.country if self._ours is not None else ""
        self.ui.countryBox.setCurrentIndex(codes.index(country if country in codes else choices.country_here()))
        self.ui.regionLine.setText(self._ours.region if self._ours is not None else "")

    def _school_chosen(self) -> None:
        new = self._school_id() is None
        for field in (
            self.ui.schoolLine,
            self.ui.cityLine,
            self.ui.countryBox,
            self.ui.regionLine,
            self.ui.contactLine,
        ):
            self.ui.fields.setRowVisible(field, new)
        self._propose_title()

    def _title_typed(self, text: str) -> None:
        self._titled_by_hand = bool(text)

    def _propose_title(self) -> None:
        if self._titled_by_hand:
            return
        school = self.ui.schoolBox.currentText() if self._school_id() is not None else self.ui.schoolLine.text().strip()
        name = self._ours.short_name or self._ours.name if self._ours is not None else ""
        both = self.tr("{ours} with {school}").format(ours=name, school=school) if name and school else school
        self.ui.titleLine.setText(both)

    def _show_model(self) -> None:
        self.ui.modelChoice.show_model(self._models[self.ui.modelBox.currentIndex()])

    def _refuse(self, text: str, field: QWidget) -> None:
        self.ui.problemLabel.setText(text)
        field.setFocus()


def school_year_round(today: date) -> tuple[date, date]:
    """A usual school year to propose: 1 September to 30 June, this one until April, else the next."""
    year = today.year if today.month >= 5 else today.year - 1
    return max(date(year, 9, 1), today), date(year + 1, 6, 30)
