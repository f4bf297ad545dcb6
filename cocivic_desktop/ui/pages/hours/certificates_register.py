"""The register of certificates: print again, ask to sign, revoke with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QWidget

from cocivic_desktop._generated.forms.certificates_register import Ui_CertificatesRegister
from cocivic_desktop.domain.hours import Certificate
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.services import certificate_files, certificates, records
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.dialogs.paper_dialog import FOLDER
from cocivic_desktop.ui.models.record_table import Chip, Column, RecordTableModel
from cocivic_desktop.ui.pages.part import StagePart
from cocivic_desktop.ui.texts.formats import clock_text, day_text, span_text
from cocivic_desktop.ui.texts.words import choice_word
from cocivic_desktop.ui.widgets.tables import dress_records

_ALL, _ONE = ("issued_for", "holder_kind"), ("period",)
"""Columns of the register of all partnerships only, and of that of one only."""


class RegisterPane(StagePart):
    """Lines of this partnership, or of all, newest number first; several may be selected."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_CertificatesRegister()
        self.ui.setupUi(self)
        ui = self.ui
        self._people: list[UUID] = []
        self.model: RecordTableModel[Certificate] = RecordTableModel(self._columns(), self)
        dress_records(ui.register, self.model, self.model.columns)
        ui.register.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        ui.register.selectionModel().selectionChanged.connect(lambda: self._show_selected())
        ui.allBox.toggled.connect(lambda: self._show_lines())
        ui.printButton.clicked.connect(lambda: self._print())
        ui.revokeButton.clicked.connect(lambda: self._open_card(revoke=True))
        ui.signButton.clicked.connect(lambda: self._open_card(sign=True))
        ui.revokeNow.clicked.connect(lambda: self.revoke())
        ui.reason.returnPressed.connect(lambda: self.revoke())
        ui.keepIt.clicked.connect(lambda: self._open_card())
        ui.noDraft.clicked.connect(lambda: self._open_card())
        ui.draftButton.clicked.connect(lambda: self._draft())
        ui.signerBox.activated.connect(lambda: self._fill_address())
        ui.nothing.set_texts(
            self.tr("No certificate yet"),
            self.tr("Issue the first one in the other tab. It gets a number and a line here."),
        )
        self._open_card()

    def load(self, partnership_id: UUID) -> None:
        """Show a partnership; what was asked about another one is put away."""
        if partnership_id != self.partnership_id:
            self._open_card()
        super().load(partnership_id)

    def reload(self) -> None:
        """Show the lines."""
        self._show_lines()

    def _show_lines(self) -> None:
        """Those of the partnership; of all, with what they were issued for, when that is asked for."""
        everything = self.ui.allBox.isChecked()
        self.model.set_rows(certificates.register(self.context.workspace, None if everything else self.partnership))
        for number, column in enumerate(self.model.columns):
            self.ui.register.setColumnHidden(number, column.key in (_ONE if everything else _ALL))
        self.ui.stack.setCurrentWidget(self.ui.register if self.model.rows else self.ui.nothing)
        self._show_selected()

    def selected(self) -> list[Certificate]:
        """The selected lines, the oldest number first."""
        rows = [self.model.record(index) for index in self.ui.register.selectionModel().selectedRows()]
        return sorted((row for row in rows if row is not None), key=lambda row: row.number)

    def select(self, ids: Sequence[UUID]) -> None:
        """Select lines by their ids."""
        chosen = self.ui.register.selectionModel()
        chosen.clearSelection()
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for id in ids:
            number = self.model.row_of(id)
            if number >= 0:
                chosen.select(self.model.index(number, 0), flags)

    def revoke(self) -> None:
        """Revoke the selected certificate for the reason typed."""
        chosen = self.selected()
        if len(chosen) == 1:
            done = self.context.attempt(
                certificates.revoke,
                self.context.workspace,
                chosen[0].id,
                self.ui.reason.text(),
                self.context.today(),
            )
            if done is not None:
                self._open_card()
                self.reload()

    def print_to(self, place: Path) -> None:
        """Write the selected certificates again, to one file."""
        self._write(partial(certificate_files.reprint, force=True), place)

    def draft_to(self, path: Path) -> None:
        """Write the mail draft that asks for signatures, with the selected certificates."""
        name = self.ui.signerBox.currentText().partition(" (")[0].strip()
        signer = (name, self.ui.address.text().strip())
        self._write(partial(certificate_files.ask_to_sign, signer=signer, force=True), path)

    def _write(self, write: Any, path: Path) -> None:
        ids, workspace = [row.id for row in self.selected()], self.context.workspace
        self.context.settings.setValue(FOLDER, str(path.parent))
        written = self.tr("Written to {path}").format(path=path)

        def done(_: object) -> None:
            self._open_card()
            self.context.notify(written)

        self.context.tasks.run(lambda: write(workspace, ids, path), done, self.context.report)

    def _print(self) -> None:
        name = self._ask(self.tr("Print again"), ".docx")
        if name:
            self.print_to(Path(name))

    def _draft(self) -> None:
        name = self._ask(self.tr("Write mail draft"), ".eml")
        if name:
            self.draft_to(Path(name))

    def _ask(self, title: str, suffix: str) -> str:
        """Ask for a file named after the certificates."""
        chosen = self.selected()
        proposed = Path(certificate_files.file_name(chosen, chosen[0].language.value)).with_suffix(suffix)
        folder = Path(self.context.setting(FOLDER) or Path.home())
        name, _ = QFileDialog.getSaveFileName(self, title, str(folder / proposed), f"*{suffix}")
        return name if not name or name.lower().endswith(suffix) else name + suffix

    def _open_card(self, *, revoke: bool = False, sign: bool = False) -> None:
        self.ui.revokeCard.setVisible(revoke)
        self.ui.signCard.setVisible(sign)
        if revoke:
            self.ui.reason.clear()
            self.ui.reason.setFocus()
        if sign:
            found = choices.people(self.context)
            self._people = [value for value, _ in found]
            self.ui.signerBox.clear()
            self.ui.signerBox.addItems([text for _, text in found])
            names = [name for name, _, _ in certificates.signers_of(self.selected()[0].signed_by)]
            fitting = [number for number, (_, text) in enumerate(found) if text.partition(" (")[0] in names]
            self.ui.signerBox.setCurrentIndex(fitting[0] if fitting else -1)
            self._fill_address()
            self.ui.signerBox.setFocus()

    def _fill_address(self) -> None:
        number = self.ui.signerBox.currentIndex()
        if 0 <= number < len(self._people):
            self.ui.address.setText(records.get(self.context.workspace, Person, self._people[number]).email)

    def _show_selected(self) -> None:
        chosen = self.selected()
        standing = bool(chosen) and all(row.revoked_on is None for row in chosen)
        printable = standing and all(row.partnership_id is not None for row in chosen)
        self.ui.printButton.setEnabled(printable)
        self.ui.signButton.setEnabled(printable)
        self.ui.revokeButton.setEnabled(standing and len(chosen) == 1)

    def _columns(self) -> list[Column[Certificate]]:
        return [
            Column(
                "number", self.tr("No."), lambda row: row.number, width=136, tip=lambda row: choice_word(row.language)
            ),
            Column("holder", self.tr("Name"), lambda row: row.holder),
            Column(
                "holder_kind", self.tr("Who"), lambda row: row.holder_kind and choice_word(row.holder_kind), width=80
            ),
            Column("minutes", self.tr("Hours"), lambda row: clock_text(row.minutes), width=66, right=True),
            Column("period", self.tr("Period"), lambda row: span_text(row.starts_on, row.ends_on), width=172),
            Column("issued_for", self.tr("Partnership"), lambda row: row.issued_for, tip=self._issued_for),
            Column("issued_on", self.tr("Issued"), lambda row: day_text(row.issued_on), width=106),
            Column("state", self.tr("State"), self._state, width=86, tip=lambda row: row.revoked_reason),
        ]

    def _issued_for(self, row: Certificate) -> str:
        if row.partnership_id is not None:
            return row.issued_for
        return self.tr("{title} (deleted here; the line stays)").format(title=row.issued_for)

    def _state(self, row: Certificate) -> Chip:
        return Chip(self.tr("revoked"), "bad") if row.revoked_on else Chip(self.tr("valid"), "good")
