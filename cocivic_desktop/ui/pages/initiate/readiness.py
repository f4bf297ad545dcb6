"""The self-check and the know-the-school checklist: questions with advice, and the picture at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QPushButton, QWidget

from cocivic_desktop._generated.forms.initiate_readiness import Ui_InitiateReadiness
from cocivic_desktop.domain.partnerships import ReadinessAnswer, ReadinessAnswerValue
from cocivic_desktop.library.readiness import ReadinessQuestion, questions
from cocivic_desktop.services import readiness, records
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.models.record_table import Chip, Column, RecordTableModel
from cocivic_desktop.ui.pages.initiate.readiness_glance import ReadinessGlance
from cocivic_desktop.ui.pages.part import StagePart
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.theme import set_look
from cocivic_desktop.ui.widgets.tables import dress_records

ANSWERS = tuple(ReadinessAnswerValue)
"""In the order of the keys 1 to 4."""

THREE_LINES = 60
"""Height of a row, in logical pixels."""


@dataclass(frozen=True)
class Line:
    """A question with its answer; `entry` is not stored while `answered` is False."""

    question: ReadinessQuestion
    entry: ReadinessAnswer
    answered: bool

    @property
    def id(self) -> UUID:
        """The answer's id, also before it is stored."""
        return self.entry.id


class ReadinessPart(StagePart):
    """Questions at the left, the chosen one with its advice at the right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_InitiateReadiness()
        self.ui.setupUi(self)
        self._group = "cso"
        self._lines: list[Line] = []
        self._unsaved: dict[tuple[UUID, str], ReadinessAnswer] = {}
        self._buttons: dict[ReadinessAnswerValue, QPushButton] = dict(
            zip(
                ANSWERS,
                (self.ui.yesButton, self.ui.partlyButton, self.ui.noButton, self.ui.unknownButton),
                strict=True,
            )
        )
        self.form = RecordForm(context, ReadinessAnswer, self.ui.remarkBox, save=self._save)
        self.model: RecordTableModel[Line] = RecordTableModel(
            [
                Column("question", self.tr("Question"), lambda line: line.question.text),
                Column("answer", self.tr("Answer"), self._chip, width=104),
            ],
            self,
        )
        self._dress_table()
        for value, button in self._buttons.items():
            button.clicked.connect(lambda checked, value=value: self.answer(value))
            button.installEventFilter(self)
        for button, group in ((self.ui.ownButton, "cso"), (self.ui.schoolButton, "school")):
            button.clicked.connect(lambda checked, group=group: self.show_group(group))
        self.glance = ReadinessGlance(self)
        self.ui.glanceButton.clicked.connect(lambda: self.show_glance())
        self.ui.carryButton.clicked.connect(lambda: self.glance.carry_over())
        self.ui.agendaButton.clicked.connect(lambda: self.glance.put_on_agenda())

    def _dress_table(self) -> None:
        table = self.ui.questions
        dress_records(table, self.model, self.model.columns, THREE_LINES)
        table.setAccessibleName(self.tr("Questions"))
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.installEventFilter(self)
        table.selectionModel().currentRowChanged.connect(lambda: self._show_line())

    def reload(self) -> None:
        """Read the answers, keep the question that is looked at."""
        given = {
            entry.question: entry
            for entry in records.find(self.context.workspace, ReadinessAnswer, partnership_id=self.partnership)
        }
        language = self.context.language
        self._lines = [
            Line(question, given.get(question.code) or self._fresh(question.code), question.code in given)
            for question in questions(language)
        ]
        self._fill_group()
        self.glance.load(self.partnership)

    def show_glance(self) -> None:
        """Show the picture, and what is missing most."""
        self.ui.glanceButton.setChecked(True)
        self.ui.views.setCurrentWidget(self.ui.glancePage)

    def show_question(self, code: str) -> None:
        """Go to a question, with the keyboard in the list."""
        line = next((one for one in self._lines if one.question.code == code), None)
        if line is not None:
            self.show_group(line.question.group)
            self._select(line.id)

    def show_group(self, group: str) -> None:
        """Show the questions about us ("cso") or about the school ("school")."""
        self.ui.views.setCurrentWidget(self.ui.listPage)
        self._group = group
        (self.ui.ownButton if group == "cso" else self.ui.schoolButton).setChecked(True)
        self._fill_group()
        self.ui.questions.setFocus()

    def open_item(self, section: str, item: UUID | None) -> None:
        """Go to the first question without an answer, or answered with "not known"; "glance" shows the picture."""
        if section == "glance":
            self.show_glance()
            return
        waiting = [line for line in self._lines if not line.answered] or [
            line for line in self._lines if line.entry.answer is ReadinessAnswerValue.UNKNOWN
        ]
        chosen = next((line for line in self._lines if line.id == item), None) or next(iter(waiting), None)
        if chosen is not None:
            self.show_group(chosen.question.group)
            self._select(chosen.id)

    def answer(self, value: ReadinessAnswerValue) -> None:
        """Store the answer to the question that is looked at."""
        line = self.line
        if line is not None:
            self.form.flush()
            self.context.attempt(readiness.answer, self.context.workspace, line.entry, answer=value)
            self._mark_buttons(value)

    @property
    def line(self) -> Line | None:
        """The question that is looked at."""
        return self.model.record(self.ui.questions.currentIndex())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """1 to 4 answer, in the list and on the buttons."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.text() in ("1", "2", "3", "4")
        ):
            self.answer(ANSWERS[int(event.text()) - 1])
            return True
        return super().eventFilter(watched, event)

    def _fill_group(self) -> None:
        present = self.line
        self.model.set_rows([line for line in self._lines if line.question.group == self._group])
        self._count()
        self._select(present.id if present is not None else None)

    def _count(self) -> None:
        for button, group, text in (
            (self.ui.ownButton, "cso", self.tr("About us · {done} of {all}")),
            (self.ui.schoolButton, "school", self.tr("About the school · {done} of {all}")),
        ):
            lines = [line for line in self._lines if line.question.group == group]
            done = sum(line.answered for line in lines)
            button.setText(text.format(done=done, all=len(lines)))
        unknown = sum(line.answered and line.entry.answer is ReadinessAnswerValue.UNKNOWN for line in self._lines)
        self.ui.summaryLabel.setText(
            self.tr("Not known: {count}. What the school can answer goes on a meeting's agenda.").format(count=unknown)
            if unknown
            else self.tr("What you do not know becomes a question on a meeting's agenda.")
        )

    def _select(self, line_id: UUID | None) -> None:
        row = max(self.model.row_of(line_id), 0) if line_id is not None else 0
        index = self.model.index(row, 0)
        if self.ui.questions.currentIndex() != index:
            self.ui.questions.setCurrentIndex(index)
            self.ui.questions.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self._show_line()

    def _show_line(self) -> None:
        line = self.line
        if line is None:
            self.form.load(None)
            return
        question = line.question
        self.ui.numberLabel.setText(
            self.tr("Question {number} of {all}").format(
                number=self.ui.questions.currentIndex().row() + 1, all=self.model.rowCount()
            )
        )
        self.ui.questionLabel.setText(question.text)
        self.ui.whyLabel.setText(question.why)
        value = line.entry.answer if line.answered else None
        self._mark_buttons(value)
        text = question.advice.get(value, "") if value is not None else ""
        self.ui.advice.setVisible(bool(text))
        self.ui.adviceLabel.setText(text)
        set_look(self.ui.advice, "banner-warning" if value is ReadinessAnswerValue.NO else "banner")
        asks = bool(question.ask) and value in (None, ReadinessAnswerValue.UNKNOWN, ReadinessAnswerValue.PARTLY)
        self.ui.askLabel.setVisible(asks)
        self.ui.askLabel.setText(self.tr("Ask the school: {question}").format(question=question.ask))
        self.form.load(line.entry)

    def _mark_buttons(self, value: ReadinessAnswerValue | None) -> None:
        for answer, button in self._buttons.items():
            button.setChecked(answer is value)

    def _fresh(self, code: str) -> ReadinessAnswer:
        key = (self.partnership, code)
        if key not in self._unsaved:
            self._unsaved[key] = ReadinessAnswer(partnership_id=self.partnership, question=code)
        return self._unsaved[key]

    def _save(self, record: ReadinessAnswer, values: dict[str, Any]) -> None:
        readiness.answer(self.context.workspace, record, **values)

    def _chip(self, line: Line) -> Chip | None:
        return Chip.of(line.entry.answer) if line.answered else None
