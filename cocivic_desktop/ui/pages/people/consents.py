"""The consents of one person: a list, and the fields of the chosen one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject

from cocivic_desktop.domain.organisations import Consent, ConsentPurpose, Person
from cocivic_desktop.domain.rules.consents import ConsentState
from cocivic_desktop.services import records
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.models.record_table import Chip, Column
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.texts.words import choice_word
from cocivic_desktop.ui.widgets.record_list import ListSetup, RecordList

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from cocivic_desktop.ui.context import Context


def state_chip(state: ConsentState) -> Chip:
    """A state as a word with a tone."""
    translate = QCoreApplication.translate
    return {
        ConsentState.GIVEN: Chip(translate("Consents", "given"), "good"),
        ConsentState.NO_GUARDIAN: Chip(translate("Consents", "guardian?"), "warning"),
        ConsentState.ASKED: Chip(translate("Consents", "asked for"), "warning"),
        ConsentState.WITHDRAWN: Chip(translate("Consents", "withdrawn"), "bad"),
        ConsentState.MISSING: Chip(translate("Consents", "missing"), "neutral"),
    }[state]


class ConsentList(QObject):
    """Sets up the list of consents and the form below it."""

    def __init__(
        self, context: Context, consents: RecordList, detail: QWidget, person: Callable[[], Person | None]
    ) -> None:
        super().__init__(consents)
        self._context, self._consents, self._person = context, consents, person
        self.form = RecordForm(context, Consent, detail)
        consents.setup(
            context,
            ListSetup(
                cls=Consent,
                key="consents",
                columns=[
                    Column("purpose", self.tr("For"), lambda one: choice_word(one.purpose), change=self._change_purpose,
                           choices=lambda: choices.enum_choices(ConsentPurpose)),
                    Column("state", self.tr("State"), _state, width=110),
                ],
                find=self._find,
                new=self._new,
                add_text=self.tr("Add consent"),
                empty_title=self.tr("No consent recorded"),
                empty_text=self.tr("For minors a guardian consents: to taking part, to photos, to a certificate."),
            ),
        )  # fmt: skip
        consents.attach(self.form, detail)

    def _change_purpose(self, one: Consent, purpose: Any) -> None:
        self._context.attempt(records.change, self._context.workspace, Consent, one.id, purpose=purpose)

    def _find(self, archived: bool) -> list[Consent]:
        person = self._person()
        if person is None:
            return []
        return records.listed(self._context.workspace, Consent, archived, person_id=person.id)

    def _new(self) -> Consent | None:
        """The first purpose that nothing is recorded for."""
        person = self._person()
        known = {one.purpose for one in self._find(True)}
        purpose = next((one for one in ConsentPurpose if one not in known), ConsentPurpose.PARTICIPATION)
        return Consent(person_id=person.id, purpose=purpose) if person is not None else None


def _state(one: Consent) -> Chip:
    if one.withdrawn_on is not None:
        return state_chip(ConsentState.WITHDRAWN)
    return state_chip(ConsentState.GIVEN if one.given_on is not None else ConsentState.ASKED)
