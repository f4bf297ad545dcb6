"""The first-run assistant: our organisation, then the first school and partnership from a model."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QDialog, QWidget

from cocivic_desktop._generated.forms.our_organisation_dialog import Ui_OurOrganisationDialog
from cocivic_desktop.domain.errors import CoCivicError
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.services import partnerships, records
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.dialogs.new_partnership import NewPartnershipDialog
from cocivic_desktop.ui.errors import sentence


def start_partnership(context: Context, parent: QWidget) -> None:
    """Ask for our organisation when nobody has described it yet, then for the partnership."""
    if records.find(context.workspace, Organisation, is_ours=True):
        NewPartnershipDialog(context, parent).open()
        return
    first = OurOrganisationDialog(context, parent)
    first.accepted.connect(lambda: NewPartnershipDialog(context, parent).open())
    first.open()


class OurOrganisationDialog(QDialog):
    """Only what agreements need; the rest is on the Settings page."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_OurOrganisationDialog()
        self.ui.setupUi(self)
        self._context = context
        self._countries = sorted((country_name(code), code) for code in partnerships.ZONES)
        self.ui.countryBox.addItems([name for name, _ in self._countries])
        here = QLocale().territoryToCode(QLocale().territory())
        codes = [code for _, code in self._countries]
        self.ui.countryBox.setCurrentIndex(codes.index(here) if here in codes else codes.index("DE"))
        self.ui.cancelButton.clicked.connect(self.reject)
        self.ui.nextButton.clicked.connect(self.store)
        self.finished.connect(self.deleteLater)
        self.resize(640, 560)

    def store(self) -> None:
        """Enter our organisation, one step of undo; say beside the buttons what is missing otherwise."""
        name = self.ui.nameLine.text().strip()
        if not name:
            self.ui.problemLabel.setText(self.tr("Give your organisation's name."))
            self.ui.nameLine.setFocus()
            return
        try:
            partnerships.set_up_organisation(
                self._context.workspace,
                name=name,
                street=self.ui.streetLine.text().strip(),
                postal_code=self.ui.postalLine.text().strip(),
                city=self.ui.cityLine.text().strip(),
                country=self._countries[self.ui.countryBox.currentIndex()][1],
                region=self.ui.regionLine.text().strip().upper(),
                represented_by=self.ui.representedLine.text().strip(),
                mission=self.ui.missionText.toPlainText().strip(),
            )
        except CoCivicError as error:
            self.ui.problemLabel.setText(sentence(error))
            return
        self.accept()


def country_name(code: str) -> str:
    """A country's name in the language of the screen, from its ISO 3166-1 code."""
    return QLocale.territoryToString(QLocale.codeToTerritory(code))
