"""Who does what, and how much time each side promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cocivic_desktop._generated.forms.agreement_duties import Ui_AgreementDuties
from cocivic_desktop.domain.agreements import Commitment, Responsibility
from cocivic_desktop.domain.base import Entity
from cocivic_desktop.library.labels import labels
from cocivic_desktop.services import records
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.models.record_table import Column
from cocivic_desktop.ui.pages.agreement.section import Section
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.texts.formats import minutes_text
from cocivic_desktop.ui.texts.next_steps import words
from cocivic_desktop.ui.widgets.record_list import ListSetup

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class DutiesSection(Section):
    """The responsibility matrix and the time commitments; both feed the document, the calendar and the hour budget."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_AgreementDuties()
        self.ui.setupUi(self)
        areas = labels(context.language).section("area")
        self.ui.responsibilities.setup(
            context,
            ListSetup(
                cls=Responsibility,
                key="responsibilities",
                title=self.tr("Who does what"),
                columns=[
                    Column("task", self.tr("Task"), lambda row: row.task),
                    Column("cso", self.tr("We"), lambda row: row.cso, width=88),
                    Column("school", self.tr("School"), lambda row: row.school, width=88),
                ],
                find=lambda archived: self._find(Responsibility, archived),
                new=self._new_responsibility,
                add_text=self.tr("Task"),
                empty_title=self.tr("Nobody has a task yet"),
                empty_text=self.tr(
                    "Say who leads, who supports and who is informed: materials, reports, rooms, transport."
                ),
                ordered=True,
            ),
        )
        self.responsibility_form: RecordForm[Responsibility] = RecordForm(
            context,
            Responsibility,
            self.ui.responsibilityForm,
            prefix="r_",
            choices={"area": lambda: [("", ""), *sorted(areas.items(), key=lambda item: item[1])]},
        )
        self.ui.responsibilities.attach(self.responsibility_form, self.ui.responsibilityForm)
        self.ui.commitments.setup(
            context,
            ListSetup(
                cls=Commitment,
                key="commitments",
                title=self.tr("Time promised"),
                columns=[
                    Column("side", self.tr("Side"), lambda row: row.side, width=132),
                    Column("role", self.tr("Role"), lambda row: row.role),
                    Column("minutes", self.tr("Time"), lambda row: minutes_text(row.minutes), width=72, right=True),
                    Column("unit", self.tr("Per"), lambda row: row.unit, width=110),
                ],
                find=lambda archived: self._find(Commitment, archived),
                new=self._new_commitment,
                add_text=self.tr("Promise"),
                empty_title=self.tr("No time promised yet"),
                empty_text=self.tr(
                    "Lack of time is the first barrier (63.6 % of organisations). Write down what each side can give."
                ),
                ordered=True,
            ),
        )
        self.commitment_form: RecordForm[Commitment] = RecordForm(
            context, Commitment, self.ui.commitmentForm, prefix="c_"
        )
        self.ui.commitments.attach(self.commitment_form, self.ui.commitmentForm)
        self.ui.splitter.setSizes([410, 410])
        context.advisor.ready.connect(self._say_feasible)

    def reload(self) -> None:
        """Show both tables anew."""
        self.ui.responsibilities.reload()
        self.ui.commitments.reload()
        self._say_feasible()

    def _say_feasible(self) -> None:
        """Whether the promised time fits into the school's year, while there is still time to change the text."""
        if self.draft is None or not self.context.is_open:
            return
        advised = self.context.advisor.of(self.draft.partnership.id)
        steps = advised.steps if advised is not None else ()
        texts = [words(step).headline for step in steps if step.code.startswith("promise_")]
        self.ui.feasible.setText("\n".join(texts))
        self.ui.feasible.setVisible(bool(texts))

    def _new_responsibility(self) -> Responsibility | None:
        return Responsibility(agreement_id=self.draft.agreement.id, task=self.tr("New task")) if self.draft else None

    def _new_commitment(self) -> Commitment | None:
        return Commitment(agreement_id=self.draft.agreement.id, minutes=60) if self.draft else None

    def _find(self, cls: type[Entity], archived: bool) -> list[Entity]:
        if self.draft is None:
            return []
        return records.find(
            self.context.workspace, cls, archived=None if archived else False, agreement_id=self.draft.agreement.id
        )
