"""What an hour of volunteer time is worth: rates by year and category, with their source."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QDialog, QWidget

from cocivic_desktop._generated.forms.hour_rates_dialog import Ui_HourRatesDialog
from cocivic_desktop.domain.hours import HourCategory, HourRate
from cocivic_desktop.services import records
from cocivic_desktop.ui.choices import enum_choices
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.models.record_table import Column
from cocivic_desktop.ui.pages.hours.report_words import amount_text
from cocivic_desktop.ui.pages.part import our_id
from cocivic_desktop.ui.texts.words import choice_word
from cocivic_desktop.ui.widgets.record_list import ListSetup

FIRST_CENTS = 1_500
"""A new rate before anybody has typed one; it has no source, so that it is seen as a guess."""


def _cents(text: str) -> int:
    """What was typed as an amount; also with a comma. Raises ValueError."""
    number, valid = QLocale().toDouble(str(text).strip())
    return round((number if valid else float(str(text).replace(",", "."))) * 100)


class RatesDialog(QDialog):
    """A list in which every cell can be edited."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.ui = Ui_HourRatesDialog()
        self.ui.setupUi(self)
        self.setWindowTitle(self.tr("Value of an hour"))
        self.ui.rates.setup(
            context,
            ListSetup(
                cls=HourRate,
                key="hour_rates",
                title=self.tr("Rates"),
                add_text=self.tr("Add rate"),
                columns=[
                    Column(
                        "year", self.tr("Year"), lambda row: str(row.year), width=72, change=self._changer("year", int)
                    ),
                    Column(
                        "category",
                        self.tr("Category"),
                        lambda row: choice_word(row.category) if row.category else self.tr("all"),
                        width=130,
                        change=self._changer("category"),
                        choices=lambda: [(None, self.tr("all")), *enum_choices(HourCategory)],
                    ),
                    Column(
                        "amount_cents",
                        self.tr("Per hour"),
                        lambda row: amount_text(row.amount_cents),
                        width=96,
                        right=True,
                        change=self._changer("amount_cents", _cents),
                    ),
                    Column(
                        "currency",
                        self.tr("Currency"),
                        lambda row: row.currency,
                        width=84,
                        change=self._changer("currency", lambda value: str(value).strip().upper()),
                    ),
                    Column(
                        "source",
                        self.tr("Source"),
                        lambda row: row.source,
                        change=self._changer("source"),
                        tip=lambda row: row.source,
                    ),
                ],
                find=lambda archived: records.find(
                    context.workspace, HourRate, archived=None if archived else False, order="year"
                ),
                new=self._new,
                empty_title=self.tr("No rate yet"),
                empty_text=self.tr("Add one for each year in which volunteers worked. Select a cell and type."),
            ),
        )
        self.ui.closeButton.clicked.connect(lambda: self.accept())
        context.events.changed.connect(lambda: self.ui.rates.reload())
        self.ui.rates.reload()
        self.resize(720, 420)

    def _changer(self, field: str, convert: Any = lambda value: value) -> Any:
        def change(row: HourRate, value: Any) -> None:
            try:
                converted = convert(value)
            except ValueError:
                self.context.notify(self.tr("“{text}” is not a number.").format(text=value))
                return
            self.context.attempt(records.change, self.context.workspace, HourRate, row.id, **{field: converted})

        return change

    def _new(self) -> HourRate | None:
        owner = our_id(self.context)
        if owner is None:
            self.context.notify(self.tr("Describe your organisation first: rates belong to it."))
            return None
        taken = {one.year for one in records.find(self.context.workspace, HourRate) if one.category is None}
        year = self.context.today().year
        while year in taken:
            year -= 1
        return HourRate(organisation_id=owner, amount_cents=FIRST_CENTS, year=year)
