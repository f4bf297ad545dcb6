"""Before signing: what a good agreement covers, whether the promises fit, and how much paperwork they make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from cocivic_desktop._generated.forms.agreement_check import Ui_AgreementCheck
from cocivic_desktop.domain.clause_library import LibraryClause
from cocivic_desktop.domain.rules.completeness import Completeness, Paper, PaperworkCount, TopicFinding, TopicState
from cocivic_desktop.domain.rules.feasibility import Verdict
from cocivic_desktop.library.clauses import clause_library
from cocivic_desktop.library.labels import labels
from cocivic_desktop.services import agreements
from cocivic_desktop.services.drafts import wording
from cocivic_desktop.services.traceability import Standings
from cocivic_desktop.services.verdict_words import sentence
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.models.record_table import Chip, Column, RecordTableModel
from cocivic_desktop.ui.pages.agreement.figures import Figures
from cocivic_desktop.ui.pages.agreement.section import Section
from cocivic_desktop.ui.widgets.tables import choose_first, dress_records

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

TWO_LINES = 52
"""Height of a row whose sentence may go on in a second line, in logical pixels."""


@dataclass(frozen=True)
class Line:
    """A verdict with its sentence."""

    verdict: Verdict
    text: str


class CheckSection(Section):
    """Three views. Enter or a double click settles a line: goes to its clause or its promise."""

    wanted = Signal(object)
    """A `TopicFinding` whose clause, table or question should be shown."""
    clause_wanted = Signal(object)
    """The id of a clause that should be shown."""
    promise_wanted = Signal(object)
    """The id of a row of the tables (a commitment, a routine) that should be shown; None for the tables."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        ui = self.ui = Ui_AgreementCheck()
        ui.setupUi(self)
        self.model: RecordTableModel[TopicFinding] = RecordTableModel(
            [
                Column("topic", self.tr("A good agreement covers"), lambda f: self._topic(f.topic), width=260),
                Column("state", self.tr("State"), self._state, width=150),
                Column("reason", self.tr("What is missing"), self._reason),
            ],
            self,
        )
        self.verdicts: RecordTableModel[Line] = RecordTableModel(
            [
                Column("fits", self.tr("Fits"), self._fits, width=130),
                Column("text", self.tr("Promise")),
            ],
            self,
        )
        self.papers: RecordTableModel[Paper] = RecordTableModel(
            [
                Column("paper", self.tr("Paper or step"), self._paper, width=230),
                Column("clause", self.tr("Asked for by"), self._clause_of, width=190),
                Column("less", self.tr("How to make it less"), self._less),
            ],
            self,
        )
        dress_records(ui.topics, self.model, self.model.columns)
        dress_records(ui.verdicts, self.verdicts, self.verdicts.columns, TWO_LINES)
        dress_records(ui.papers, self.papers, self.papers.columns, TWO_LINES)
        for number, button in enumerate((ui.coversButton, ui.fitsButton, ui.paperButton)):
            button.toggled.connect(lambda on, number=number: ui.stack.setCurrentIndex(number) if on else None)
        ui.topics.activated.connect(lambda: self._settle())
        ui.topics.selectionModel().currentRowChanged.connect(lambda: self._tell())
        ui.settleButton.clicked.connect(lambda: self._settle())
        ui.verdicts.activated.connect(lambda: self._open_promise())
        ui.verdicts.selectionModel().currentRowChanged.connect(lambda: self._tell())
        ui.promiseButton.clicked.connect(lambda: self._open_promise())
        ui.papers.activated.connect(lambda: self._open_paper())
        ui.papers.selectionModel().currentRowChanged.connect(lambda: self._tell())
        ui.paperClauseButton.clicked.connect(lambda: self._open_paper())
        self.figures = Figures(context, self._show_figures)

    def reload(self) -> None:
        """Check the agreement anew; whether it fits follows."""
        if self.draft is None:
            return
        agreement_id = self.draft.agreement.id
        found = agreements.completeness(self.context.workspace, agreement_id)
        order = [TopicState.MISSING, TopicState.UNDER_DISCUSSION, TopicState.WAIVED, TopicState.COVERED]
        rank = {state: number for number, state in enumerate(order)}
        self.model.set_rows(sorted(found.findings, key=lambda finding: rank.get(finding.state, len(rank))))
        self.ui.verdict.setText(self._verdict(found))
        count = agreements.paperwork(self.context.workspace, agreement_id)
        self.papers.set_rows(count.papers)
        self.ui.paperwork.setText(self._paperwork(count))
        choose_first(self.ui.topics)
        choose_first(self.ui.papers)
        self._tell()
        self.figures.ask(self.draft)

    def turn_to(self, section: str) -> None:
        """Bring up one of the views: check, feasible, paperwork."""
        buttons = {"check": self.ui.coversButton, "feasible": self.ui.fitsButton, "paperwork": self.ui.paperButton}
        buttons[section].setChecked(True)

    def _show_figures(self, found: Standings) -> None:
        rank = {False: 0, None: 1, True: 2}
        words = labels(self.context.language)
        lines = [Line(one, sentence(one, words)) for one in found.verdicts]
        self.verdicts.set_rows(sorted(lines, key=lambda line: rank[line.verdict.fits]))
        unfit = sum(line.verdict.fits is False for line in lines)
        unknown = sum(line.verdict.fits is None for line in lines)
        if not lines:
            text = self.tr("Nothing that could be counted is promised yet: write down time, meetings and reports.")
        elif unfit:
            text = self.tr("Promises that do not fit: {count}. There is still time to change the text.")
        elif unknown:
            text = self.tr("Everything that is known fits; not known yet: {count}.")
        else:
            text = self.tr("Everything that is promised fits into the school's year.")
        self.ui.fitVerdict.setText(text.format(count=unfit or unknown))
        choose_first(self.ui.verdicts)
        self._tell()

    def _verdict(self, found: Completeness) -> str:
        missing = len(found.in_state(TopicState.MISSING))
        discussed = len(found.in_state(TopicState.UNDER_DISCUSSION))
        if found.is_complete:
            return self.tr("Everything that a good agreement covers is settled.")
        return self.tr("{share} % settled · topics missing: {missing} · under discussion: {discussed}").format(
            share=round(found.share * 100), missing=missing, discussed=discussed
        )

    def _paperwork(self, count: PaperworkCount) -> str:
        if not count.total:
            return self.tr("The agreement asks for no paperwork.")
        text = self.tr(
            "Papers and steps that the agreement asks for: {count}. Bureaucracy keeps 53.8 % of organisations away "
            "from schools: less is better."
        )
        return text.format(count=count.total)

    def _topic(self, topic: str) -> str:
        entry = self._entry(topic)
        return entry.text_in(self.context.language).title if entry else topic.replace("_", " ").capitalize()

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

    def _fits(self, line: Line) -> Chip:
        if line.verdict.fits is None:
            return Chip(self.tr("? not known"), "neutral")
        return Chip(self.tr("fits"), "good") if line.verdict.fits else Chip(self.tr("! does not fit"), "warning")

    def _paper(self, paper: Paper) -> str:
        return paper.report or labels(self.context.language).get(f"processes.{paper.process}", paper.process)

    def _less(self, paper: Paper) -> str:
        key = f"less_paper.{paper.process or 'evaluation_report'}"
        return labels(self.context.language).get(key)

    def _clause_of(self, paper: Paper) -> str:
        if self.draft is None or paper.clause_id is None:
            return self.tr("the table of tasks") if paper.report else ""
        numbers = {clause.id: (number, clause) for number, clause in enumerate(self.draft.included, start=1)}
        number, clause = numbers[paper.clause_id]
        return f"{number}. {wording(clause.titles, self.language)}"

    def _entry(self, topic: str) -> LibraryClause | None:
        entries = clause_library().of_topic(topic)
        return entries[0] if entries else None

    def _current(self) -> TopicFinding | None:
        return self.model.record(self.ui.topics.currentIndex())

    def _tell(self) -> None:
        """What the buttons do with the selected lines, and why the selected topic matters."""
        ui, finding = self.ui, self._current()
        ui.settleButton.setEnabled(finding is not None)
        adds = finding is not None and not finding.clause_ids and clause_library().of_topic(finding.topic)
        ui.settleButton.setText(self.tr("Take in a clause from the library") if adds else self.tr("Go to the clause"))
        entry = self._entry(finding.topic) if finding is not None else None
        texts = entry.text_in(self.context.language) if entry is not None else None
        parts = [texts.why, self.tr("Ask: {question}").format(question=texts.ask) if texts.ask else ""] if texts else []
        ui.explanation.setText(" ".join(part for part in parts if part))
        ui.promiseButton.setEnabled(self.verdicts.record(ui.verdicts.currentIndex()) is not None)
        ui.paperClauseButton.setEnabled(self.papers.record(ui.papers.currentIndex()) is not None)

    def _settle(self) -> None:
        finding = self._current()
        if finding is None or self.draft is None:
            return
        entry = self._entry(finding.topic)
        if finding.reason in ("no_clause", "left_out", "optional", "fact") and entry is not None:
            self.context.attempt(
                agreements.add_library_clause, self.context.workspace, self.draft.agreement.id, entry.code
            )
        self.wanted.emit(finding)

    def _open_promise(self) -> None:
        line = self.verdicts.record(self.ui.verdicts.currentIndex())
        if line is not None:
            self.promise_wanted.emit(line.verdict.record.id if line.verdict.record is not None else None)

    def _open_paper(self) -> None:
        paper = self.papers.record(self.ui.papers.currentIndex())
        if paper is None:
            return
        if paper.clause_id is not None:
            self.clause_wanted.emit(paper.clause_id)
        else:
            self.promise_wanted.emit(paper.row_id)
