"""What a good agreement covers and how this one stands, with the way to each gap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from cocivic_desktop._generated.forms.agreement_check import Ui_AgreementCheck
from cocivic_desktop.domain.rules.completeness import Completeness, PaperworkCount, TopicFinding, TopicState
from cocivic_desktop.library.clauses import clause_library
from cocivic_desktop.library.labels import labels
from cocivic_desktop.services import agreements
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.models.record_table import Chip, Column, RecordTableModel
from cocivic_desktop.ui.pages.agreement.section import Section
from cocivic_desktop.ui.widgets.tables import dress_records

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class CheckSection(Section):
    """A table of topics. Enter or a double click settles one: goes to its clause, or takes it from the library."""

    wanted = Signal(object)
    """A `TopicFinding` whose clause, table or question should be shown."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_AgreementCheck()
        self.ui.setupUi(self)
        self.model: RecordTableModel[TopicFinding] = RecordTableModel(
            [
                Column("topic", self.tr("A good agreement covers"), lambda f: self._topic(f.topic), width=260),
                Column("state", self.tr("State"), self._state, width=150),
                Column("reason", self.tr("What is missing"), self._reason),
            ],
            self,
        )
        table = self.ui.topics
        dress_records(table, self.model, self.model.columns)
        table.activated.connect(lambda: self._settle())
        table.selectionModel().currentRowChanged.connect(lambda: self._tell())
        self.ui.settleButton.clicked.connect(lambda: self._settle())

    def reload(self) -> None:
        """Check the agreement anew."""
        if self.draft is None:
            return
        agreement_id = self.draft.agreement.id
        found = agreements.completeness(self.context.workspace, agreement_id)
        order = [TopicState.MISSING, TopicState.UNDER_DISCUSSION, TopicState.WAIVED, TopicState.COVERED]
        rank = {state: number for number, state in enumerate(order)}
        self.model.set_rows(sorted(found.findings, key=lambda finding: rank.get(finding.state, len(rank))))
        self.ui.verdict.setText(self._verdict(found))
        self._say_paperwork(agreements.paperwork(self.context.workspace, agreement_id))
        self._tell()

    def _verdict(self, found: Completeness) -> str:
        missing = len(found.in_state(TopicState.MISSING))
        discussed = len(found.in_state(TopicState.UNDER_DISCUSSION))
        if found.is_complete:
            return self.tr("Everything that a good agreement covers is settled.")
        return self.tr("{share} % settled · topics missing: {missing} · under discussion: {discussed}").format(
            share=round(found.share * 100), missing=missing, discussed=discussed
        )

    def _say_paperwork(self, count: PaperworkCount) -> None:
        words = labels(self.context.language)
        names = [words.get(f"processes.{code}", code) for code in count.processes] + list(count.reports)
        text = self.tr("Paperwork the agreement asks for: {count} ({names}). Less is better.")
        self.ui.paperwork.setText(text.format(count=count.total, names=", ".join(names)) if names else "")

    def _topic(self, topic: str) -> str:
        entries = clause_library().of_topic(topic)
        return entries[0].text_in(self.context.language).title if entries else topic.replace("_", " ").capitalize()

    def _state(self, finding: TopicFinding) -> Chip:
        return {
            TopicState.COVERED: Chip(self.tr("covered"), "good"),
            TopicState.UNDER_DISCUSSION: Chip(self.tr("under discussion"), "neutral"),
            TopicState.WAIVED: Chip(self.tr("waived"), "neutral"),
            TopicState.MISSING: Chip(self.tr("missing"), "bad"),
            TopicState.NOT_APPLICABLE: Chip(self.tr("does not apply"), "neutral"),
        }[finding.state]

    def _reason(self, finding: TopicFinding) -> str:
        texts = {
            "clause_open": self.tr("Clauses not agreed yet: {count}"),
            "values_open": self.tr("Answers missing in the text: {count}"),
            "table_empty": self.tr("The table that belongs to it is empty"),
            "no_clause": self.tr("No clause says anything about it"),
            "left_out": self.tr("Its clause was left out without a reason"),
        }
        return texts.get(finding.reason, "").format(count=finding.count)

    def _current(self) -> TopicFinding | None:
        return self.model.record(self.ui.topics.currentIndex())

    def _tell(self) -> None:
        finding = self._current()
        self.ui.settleButton.setEnabled(finding is not None)
        adds = finding is not None and not finding.clause_ids and clause_library().of_topic(finding.topic)
        self.ui.settleButton.setText(
            self.tr("Take in a clause from the library") if adds else self.tr("Go to the clause")
        )

    def _settle(self) -> None:
        finding = self._current()
        if finding is None or self.draft is None:
            return
        entries = clause_library().of_topic(finding.topic)
        if finding.reason in ("no_clause", "left_out", "optional", "fact") and entries:
            self.context.attempt(
                agreements.add_library_clause, self.context.workspace, self.draft.agreement.id, entries[0].code
            )
        self.wanted.emit(finding)
