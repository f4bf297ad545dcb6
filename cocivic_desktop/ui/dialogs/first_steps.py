"""The first-run assistant: our organisation, then the first school and partnership from a model."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from cocivic_desktop._generated.forms.our_organisation_dialog import Ui_OurOrganisationDialog
from cocivic_desktop.domain.errors import CoCivicError
from cocivic_desktop.domain.organisations import Organisation, Person, PersonKind
from cocivic_desktop.services import partnerships, records
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.dialogs.new_partnership import USUAL_MODEL, WINDOW_FRAME, NewPartnershipDialog
from cocivic_desktop.ui.errors import sentence


def start_partnership(context: Context, parent: QWidget, model_code: str = USUAL_MODEL) -> None:
    """Ask for our organisation when nobody has described it yet, then for the partnership."""
    if records.find(context.workspace, Organisation, is_ours=True):
        NewPartnershipDialog(context, parent, model_code=model_code).open()
        return
    first = OurOrganisationDialog(context, parent)
    first.accepted.connect(
        lambda: NewPartnershipDialog(context, parent, first_steps=True, model_code=model_code).open()
    )
    first.open()


class OurOrganisationDialog(QDialog):
    """Only what agreements need; the rest is on the Schools page, where our organisation stands too."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_OurOrganisationDialog()
        self.ui.setupUi(self)
        self._context = context
        self._countries = choices.countries()
        codes = [code for code, _ in self._countries]
        self.ui.countryBox.addItems([name for _, name in self._countries])
        self.ui.countryBox.setCurrentIndex(codes.index(choices.country_here()))
        self.ui.cancelButton.clicked.connect(self.reject)
        self.ui.nextButton.clicked.connect(self.store)
        self.finished.connect(self.deleteLater)
        self.ui.nameLine.setFocus()
        self.resize(640, min(660, self.screen().availableGeometry().height() - WINDOW_FRAME))

    def store(self) -> None:
        """Enter our organisation, one step of undo; say beside the buttons what is missing otherwise."""
        name = self.ui.nameLine.text().strip()
        if not name:
            self.ui.problemLabel.setText(self.tr("Give your organisation's name."))
            self.ui.nameLine.setFocus()
            return
        coordinator, email = self.ui.coordinatorLine.text().strip(), self.ui.emailLine.text().strip()
        workspace = self._context.workspace
        try:
            with workspace.write("set_up_organisation", name):
                ours, _ = partnerships.set_up_organisation(
                    workspace,
                    name=name,
                    street=self.ui.streetLine.text().strip(),
                    postal_code=self.ui.postalLine.text().strip(),
                    city=self.ui.cityLine.text().strip(),
                    country=self._countries[self.ui.countryBox.currentIndex()][0],
                    region=self.ui.regionLine.text().strip().upper(),
                    email=email,
                    represented_by=self.ui.representedLine.text().strip(),
                    mission=self.ui.missionText.toPlainText().strip(),
                )
                if coordinator:
                    person = Person(name=coordinator, organisation_id=ours.id, kind=PersonKind.STAFF, email=email)
                    records.add(workspace, person)
        except CoCivicError as error:
            self.ui.problemLabel.setText(sentence(error))
            return
        self.accept()
