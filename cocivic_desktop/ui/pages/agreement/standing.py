"""How it stands: each promise of the agreement beside today's figures, with the way to its clause and to its figure."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal

from cocivic_desktop._generated.forms.agreement_standing import Ui_AgreementStanding
from cocivic_desktop.domain.agreements import CommunicationRoutine
from cocivic_desktop.domain.partnerships import Stage
from cocivic_desktop.domain.rules.traceability import Promise, PromiseKind, Standing
from cocivic_desktop.services.drafts import wording
from cocivic_desktop.services.traceability import Standings
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.models.record_table import Column, RecordTableModel
from cocivic_desktop.ui.pages.agreement.figures import Figures
from cocivic_desktop.ui.pages.agreement.section import Section
from cocivic_desktop.ui.texts.promises import figures_text, promise_text, standing_chip
from cocivic_desktop.ui.widgets.tables import choose_first, dress_records

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_WORRYING = (Standing.BEHIND, Standing.OVER, Standing.WILL_BE_OVER, Standing.TO_PLAN)


class StandingSection(Section):
    """A table of promises in the order of the clauses. Enter or a double click opens the clause."""

    clause_wanted = Signal(object)
    """The id of a clause that should be shown."""
    promise_wanted = Signal(object)
    """The id of a routine that should be shown in its table."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        ui = self.ui = Ui_AgreementStanding()
        ui.setupUi(self)
        self._names: dict[UUID, str] = {}
        self.model: RecordTableModel[Promise] = RecordTableModel(
            [
                Column("clause", self.tr("Clause"), self._clause, width=180),
                Column("promise", self.tr("Promise"), lambda one: promise_text(one, self._names)),
                Column("figures", self.tr("Today"), figures_text, width=250, tip=figures_text),
                Column("standing", self.tr("State"), standing_chip, width=120),
            ],
            self,
        )
        dress_records(ui.promises, self.model, self.model.columns, 48)
        ui.promises.activated.connect(lambda: self._open_clause())
        ui.promises.selectionModel().currentRowChanged.connect(lambda: self._tell())
        ui.clauseButton.clicked.connect(lambda: self._open_clause())
        ui.figureButton.clicked.connect(lambda: self._open_figure())
        ui.empty.set_texts(
            self.tr("Nothing that could be counted yet"),
            self.tr(
                "Once the agreement promises time, meetings or reports, and goals have targets, this is where you see "
                "day by day how each promise stands."
            ),
        )
        self.figures = Figures(context, self._show_figures)

    def reload(self) -> None:
        """Work the figures out anew."""
        if self.draft is not None:
            self.figures.ask(self.draft)
        self._tell()

    def _show_figures(self, found: Standings) -> None:
        self._names = found.names
        self.model.set_rows(found.promises)
        worrying = sum(one.standing in _WORRYING for one in found.promises)
        kept = sum(one.standing is Standing.KEPT for one in found.promises)
        text = self.tr("Promises: {count} · kept: {kept} · asking for attention: {worrying}")
        self.ui.summary.setText(text.format(count=len(found.promises), kept=kept, worrying=worrying))
        self.ui.summary.setVisible(bool(found.promises))
        choose_first(self.ui.promises)
        self.ui.stack.setCurrentWidget(self.ui.tablePage if found.promises else self.ui.empty)
        self._tell()

    def _clause(self, promise: Promise) -> str:
        if self.draft is None or promise.clause_id is None:
            return "–"
        for number, clause in enumerate(self.draft.included, start=1):
            if clause.id == promise.clause_id:
                return f"{number}. {wording(clause.titles, self.language)}"
        return "–"

    def _current(self) -> Promise | None:
        return self.model.record(self.ui.promises.currentIndex())

    def _tell(self) -> None:
        promise = self._current()
        self.ui.clauseButton.setEnabled(promise is not None and promise.clause_id is not None)
        self.ui.figureButton.setEnabled(promise is not None)

    def _open_clause(self) -> None:
        promise = self._current()
        if promise is not None and promise.clause_id is not None:
            self.clause_wanted.emit(promise.clause_id)

    def _open_figure(self) -> None:
        """The hour budget, the routine with its dates, the indicator, or the calendar."""
        promise = self._current()
        if promise is None or self.draft is None:
            return
        if isinstance(promise.record, CommunicationRoutine):
            self.promise_wanted.emit(promise.record.id)
            return
        stage, section = {
            PromiseKind.MINUTES: (Stage.HOURS, "budget"),
            PromiseKind.INDICATOR: (Stage.EVALUATE, "indicators"),
            PromiseKind.HEADS: (Stage.CALENDAR, "activities"),
        }.get(promise.kind, (Stage.CALENDAR, "conflicts"))
        item = promise.record.id if promise.record is not None else None
        self.context.navigate(Target.partnership(self.draft.partnership.id, stage, section, item))
