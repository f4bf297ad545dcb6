"""Consents of several people at once: noting them, noting that they were taken back, and printing the form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QWidget

from cocivic_desktop._generated.forms.people_consents import Ui_ConsentDialog
from cocivic_desktop.domain.errors import CoCivicError
from cocivic_desktop.domain.organisations import ConsentPurpose
from cocivic_desktop.services import people_consents
from cocivic_desktop.services.people_consents import ConsentRow
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.errors import sentence
from cocivic_desktop.ui.models.record_table import Column, RecordTableModel
from cocivic_desktop.ui.texts.counts import consents_count, people_count
from cocivic_desktop.ui.texts.words import choice_word
from cocivic_desktop.ui.widgets.choice_box import ChoiceBox
from cocivic_desktop.ui.widgets.tables import dress_records

if TYPE_CHECKING:
    from cocivic_desktop.ui.context import Context


class Mode(StrEnum):
    """What the dialog is opened for."""

    NOTE = "note"
    WITHDRAW = "withdraw"
    PRINT = "print"


@dataclass
class _Guardian:
    """Who signed for one minor."""

    id: UUID
    name: str
    guardian: str


class ConsentDialog(QDialog):
    """One day, one wording, some purposes; and for minors a line for the guardian."""

    def __init__(
        self,
        context: Context,
        people: Sequence[ConsentRow],
        mode: Mode,
        parent: QWidget | None = None,
        *,
        partnership_id: UUID | None = None,
    ) -> None:
        super().__init__(parent)
        self.ui = Ui_ConsentDialog()
        self.ui.setupUi(self)
        self._context, self._people, self._mode = context, list(people), mode
        self._language = ChoiceBox(self.ui.languageBox, lambda _: self._show_wording())
        self._partnership = ChoiceBox(self.ui.partnershipBox)
        self.boxes = {purpose: QCheckBox(choice_word(purpose)) for purpose in ConsentPurpose}
        for purpose, box in self.boxes.items():
            box.setChecked(purpose is ConsentPurpose.PARTICIPATION or mode is Mode.PRINT)
            self.ui.purposeLayout.addWidget(box)
        for before, after in pairwise([*self.boxes.values(), self.ui.day.line]):
            self.setTabOrder(before, after)
        next(iter(self.boxes.values())).setFocus()
        self._language.offer(choices.written_languages())
        self._language.show(next((one for one, _ in choices.written_languages() if one == context.language), None))
        self._partnership.offer([(None, self.tr("– no certain one –")), *choices.partnerships(context)])
        self._partnership.show(partnership_id)
        self.ui.day.set_day(context.today())
        self.model: RecordTableModel[_Guardian] = RecordTableModel(self._columns(), self)
        dress_records(self.ui.guardianTable, self.model, self.model.columns)
        self.ui.guardianTable.setAccessibleName(self.tr("Who signed for minors"))
        self.model.set_rows([_Guardian(one.id, one.person.name, "") for one in people if one.minor])
        self.ui.cancelButton.clicked.connect(self.reject)
        self.ui.cancelButton.setAutoDefault(False)
        self.ui.goButton.clicked.connect(lambda: self.go())
        self.finished.connect(self.deleteLater)
        self.ui.problemLabel.hide()
        self._show_mode()
        self._show_wording()

    @property
    def purposes(self) -> list[ConsentPurpose]:
        """The purposes that are chosen."""
        return [purpose for purpose, box in self.boxes.items() if box.isChecked()]

    def go(self) -> None:
        """Do what the dialog was opened for, or say what is wrong."""
        try:
            done = {Mode.NOTE: self._note, Mode.WITHDRAW: self._withdraw, Mode.PRINT: self._print}[self._mode]()
        except CoCivicError as error:
            self.ui.problemLabel.setText(sentence(error))
            self.ui.problemLabel.show()
            return
        if done:
            self._context.notify(done)
            self.accept()

    def _note(self) -> str:
        named = {one.id: one.guardian for one in self.model.rows}
        guardians = {one.id: named.get(one.id, "") for one in self._people}
        day = self.ui.day.day or self._context.today()
        people_consents.record(
            self._context.workspace, guardians, self.purposes, day, self.ui.wordingLine.text().strip()
        )
        return self.tr("Consents of {people} noted. Ctrl+Z takes it back.").format(people=people_count(len(guardians)))

    def _withdraw(self) -> str:
        day = self.ui.day.day or self._context.today()
        ids = [one.id for one in self._people]
        count = people_consents.withdraw(self._context.workspace, ids, self.purposes, day)
        text = self.tr("Noted as withdrawn: {consents}. Ctrl+Z takes it back.")
        return text.format(consents=consents_count(count))

    def _print(self) -> str:
        folder = Path(self._context.setting("document_folder", str(Path.home())))
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Write the forms"), str(folder / self.tr("consent.docx")), self.tr("Word documents (*.docx)")
        )
        return self.write(Path(name)) if name else ""

    def write(self, path: Path) -> str:
        """Write the forms to a file and say where they are. Raises `CoCivicError`."""
        written = people_consents.write_forms(
            self._context.workspace, [one.id for one in self._people], self.purposes, path, self._language.value,
            self._context.today(), partnership_id=self._partnership.value, force=True,
        )  # fmt: skip
        self._context.settings.setValue("document_folder", str(written.parent))
        return self.tr("The forms are in {path}").format(path=written)

    def _columns(self) -> list[Column[_Guardian]]:
        return [
            Column("name", self.tr("For"), lambda one: one.name, width=140, strong=True),
            Column("guardian", self.tr("Parent or guardian who signed"), lambda one: one.guardian, change=self._sign),
        ]

    def _sign(self, one: _Guardian, guardian: Any) -> None:
        one.guardian = str(guardian).strip()

    def _show_wording(self) -> None:
        self.ui.wordingLine.setText(people_consents.wording_version(self._language.value or "en"))

    def _show_mode(self) -> None:
        ui, count = self.ui, len(self._people)
        title, go, intro = {
            Mode.NOTE: (
                self.tr("Note consents of {people}"),
                self.tr("Note"),
                self.tr("What was signed on paper is noted here, with the version of the form."),
            ),
            Mode.WITHDRAW: (
                self.tr("Note what was taken back by {people}"),
                self.tr("Note"),
                self.tr("From this day on it must not be relied on. Photos that are out have to be taken down."),
            ),
            Mode.PRINT: (
                self.tr("Print forms for {people}"),
                self.tr("Write DOCX…"),
                self.tr("A template: let somebody who knows the law look at it before you first use it."),
            ),
        }[self._mode]
        ui.titleLabel.setText(title.format(people=people_count(count)) if count else self.tr("Print a blank form"))
        ui.goButton.setText(go)
        ui.introLabel.setText(intro)
        note, paper = self._mode is Mode.NOTE, self._mode is Mode.PRINT
        ui.fieldsLayout.setRowVisible(ui.day, not paper)
        ui.fieldsLayout.setRowVisible(ui.wordingLine, note)
        ui.fieldsLayout.setRowVisible(ui.languageBox, note or paper)
        ui.fieldsLayout.setRowVisible(ui.partnershipBox, paper)
        minors = note and bool(self.model.rows)
        for widget in (ui.guardianTitle, ui.guardianTable):
            widget.setVisible(minors)
        self.resize(520, 600 if minors else 360)
