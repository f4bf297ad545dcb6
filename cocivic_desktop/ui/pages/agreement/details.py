"""The agreement's own data, who signs, and the versions that went out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from cocivic_desktop._generated.forms.agreement_details import Ui_AgreementDetails
from cocivic_desktop.domain.agreements import Agreement, AgreementVersion, Signature
from cocivic_desktop.domain.base import Entity, Side
from cocivic_desktop.domain.rules.drafting import NEGOTIABLE
from cocivic_desktop.files import safe_file_name, write_whole
from cocivic_desktop.services import agreements, annexes, records
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.models.record_table import Column
from cocivic_desktop.ui.pages.agreement.section import Section
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.widgets.record_list import ListSetup


class DetailsSection(Section):
    """Dates and state; signatures; every shared version exactly as it left."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_AgreementDetails()
        self.ui.setupUi(self)
        self.form: RecordForm[Agreement] = RecordForm(context, Agreement, self.ui.details)
        self.ui.signatures.setup(
            context,
            ListSetup(
                cls=Signature,
                key="signatures",
                title=self.tr("Who signs"),
                columns=[
                    Column("side", self.tr("Signs for"), width=130),
                    Column("name", self.tr("Name")),
                    Column("signed_on", self.tr("Signed"), width=110),
                ],
                find=lambda archived: self._find(Signature, archived),
                new=self._new_signature,
                add_text=self.tr("Signature"),
                ordered=True,
            ),
        )
        self.signature_form: RecordForm[Signature] = RecordForm(context, Signature, self.ui.signatureForm, prefix="s_")
        self.ui.signatures.attach(self.signature_form, self.ui.signatureForm)
        self.ui.versions.setup(
            context,
            ListSetup(
                cls=AgreementVersion,
                key="versions",
                title=self.tr("Versions that went out"),
                columns=[
                    Column("number", self.tr("Version"), width=72),
                    Column("shared_at", self.tr("Shared"), width=150),
                    Column("recipient", self.tr("To")),
                ],
                find=lambda archived: self._find(AgreementVersion, archived),
                archives=False,
                empty_title=self.tr("Nothing has been shared yet"),
                empty_text=self.tr(
                    "“Share a version” keeps the document exactly as it leaves, with its recipient and date."
                ),
            ),
        )
        self.ui.versions.selected.connect(lambda version: self.ui.saveVersionButton.setEnabled(version is not None))
        self.ui.saveVersionButton.clicked.connect(lambda: self._save_version())
        self.annexes = {code: getattr(self.ui, f"annex_{code}") for code in annexes.ANNEXES}
        for code, box in self.annexes.items():
            box.clicked.connect(lambda attach, code=code: self._attach(code, attach))
        self.ui.splitter.setSizes([380, 440])

    def reload(self) -> None:
        """Show the records anew."""
        self.form.load(self.draft.agreement if self.draft else None)
        self._show_annexes()
        self.ui.signatures.reload()
        self.ui.versions.reload()

    def _show_annexes(self) -> None:
        """What cannot be chosen says why: an annex without anything in it, and all of them once it is signed."""
        filled = annexes.possible(self.draft) if self.draft else []
        open_yet = self.draft is not None and self.draft.agreement.state in NEGOTIABLE
        settled = self.tr("What was signed stays as it is. Amend the agreement to change its annexes.")
        why = {
            "goals": self.tr("There are no shared goals yet."),
            "plan": self.tr("The calendar holds nothing for the time of the agreement yet."),
            "hours": self.tr("No time is promised yet."),
            "contacts": self.tr("Nobody is named as contact person yet."),
        }
        for code, box in self.annexes.items():
            box.setEnabled(open_yet and code in filled)
            box.setToolTip(why[code] if code not in filled else "" if open_yet else settled)
            box.setAccessibleDescription(box.toolTip())
            box.setChecked(self.draft is not None and code in filled and annexes.wanted(self.draft, code))

    def _attach(self, code: str, attach: bool) -> None:
        if self.draft is not None:
            self.context.attempt(agreements.attach_annex, self.context.workspace, self.draft.agreement.id, code, attach)

    def _new_signature(self) -> Signature | None:
        return Signature(agreement_id=self.draft.agreement.id, side=Side.SCHOOL) if self.draft else None

    def _find(self, cls: type[Entity], archived: bool) -> list[Entity]:
        if self.draft is None:
            return []
        return records.listed(self.context.workspace, cls, archived, agreement_id=self.draft.agreement.id)

    def _save_version(self) -> None:
        version = self.ui.versions.current
        if version is None or self.draft is None:
            return
        title = f"{self.draft.partnership.title} {version.number}"
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save version {number}").format(number=version.number), f"{safe_file_name(title)}.docx",
            self.tr("Word documents (*.docx)"),
        )  # fmt: skip
        if name:
            self.context.attempt(write_whole, Path(name), version.content, force=True)
