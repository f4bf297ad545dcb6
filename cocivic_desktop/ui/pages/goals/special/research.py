"""A science shop's intake: research questions, their review by criteria, and the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cocivic_desktop._generated.forms.special_research import Ui_SpecialResearch
from cocivic_desktop.domain.goals import Challenge
from cocivic_desktop.domain.model_parts import IntakeState, ResearchQuestion
from cocivic_desktop.domain.partnerships import ReadinessAnswerValue, Stage
from cocivic_desktop.domain.rules.next_steps.special_parts import WAITING_DAYS
from cocivic_desktop.library.special_parts import intake_criteria, source
from cocivic_desktop.services import model_parts
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.models.record_table import Chip, Column
from cocivic_desktop.ui.pages.goals.special.base import SpecialPart
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.texts.words import choice_word
from cocivic_desktop.ui.widgets.choice_box import ChoiceBox
from cocivic_desktop.ui.widgets.criteria_grid import Criterion
from cocivic_desktop.ui.widgets.record_list import ListSetup

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class ResearchPart(SpecialPart):
    """Questions at the left; the chosen one with its review and decision at the right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_SpecialResearch()
        self.ui.setupUi(self)
        self.set_list(
            self.ui.questions,
            ListSetup(
                cls=ResearchQuestion,
                key="research_questions",
                title=self.tr("Questions"),
                add_text=self.tr("Add question"),
                ordered=True,
                columns=[
                    Column("title", self.tr("Question"), tip=lambda one: one.knowledge_needed),
                    Column("state", self.tr("State"), self._state_chip, width=118),
                ],
                find=lambda archived: self.records_of(ResearchQuestion, archived),
                new=lambda: ResearchQuestion(
                    partnership_id=self.partnership, title=self.tr("New question"), received_on=context.today()
                ),
                empty_title=self.tr("No research question yet"),
                empty_text=self.tr(
                    "Write down what your organisation wants to know and what for. It is then reviewed, and a "
                    "supervised student team takes it on."
                ),
            ),
            RecordForm(
                context,
                ResearchQuestion,
                self.ui.detail,
                choices={"challenge_id": lambda: self.of_kind(Challenge, lambda one: one.title)},
            ),
            self.ui.detailCard,
        )
        self._state = ChoiceBox(self.ui.stateChoice, self._decide)
        self._state.offer(choices.enum_choices(IntakeState))
        self.ui.criteria.offer(
            [Criterion(one.code, one.text, one.why) for one in intake_criteria(context.language)],
            [(value.value, choice_word(value)) for value in ReadinessAnswerValue],
        )
        self.ui.criteria.answered.connect(self._answer)
        self.ui.sourceLabel.setText(self.tr("Source: {source}").format(source=source("intake", context.language)))
        self.ui.challengeButton.clicked.connect(lambda: self.make_challenge())
        self.ui.openButton.clicked.connect(lambda: self._open_challenge())
        self.list.selected.connect(self._show_question)
        self.ui.parts.tabBar().setDrawBase(False)
        self.ui.split.setSizes([320, 500])

    def open_item(self, section: str, item: object) -> None:
        """Choose a question and turn to the review or the decision, whichever is due."""
        super().open_item(section, item)  # type: ignore[arg-type]
        question: ResearchQuestion | None = self.form.record
        if item is None or question is None:
            return
        if question.state in (IntakeState.RECEIVED, IntakeState.IN_REVIEW):
            self.ui.parts.setCurrentIndex(1)
            next(iter(self.ui.criteria.boxes.values())).setFocus()
        elif not question.decision_reason and question.state is not IntakeState.ACCEPTED:
            self.form.focus("decision_reason")
        elif question.supervisor_id is None:
            self.form.focus("supervisor_id")
        elif question.challenge_id is None:
            self.ui.parts.setCurrentIndex(2)
            self.ui.challengeButton.setFocus()
        else:
            self.form.focus("delivered_on")

    def make_challenge(self) -> None:
        """Give the question to a student team."""
        if self.form.record is not None and self.form.flush():
            self.context.attempt(model_parts.make_challenge, self.context.workspace, self.form.record.id)

    def _show_question(self, question: ResearchQuestion | None) -> None:
        if question is None:
            return
        self._state.show(question.state)
        self.ui.criteria.show_answers(question.review)
        self.ui.challengeButton.setVisible(question.challenge_id is None)
        self.ui.openButton.setVisible(question.challenge_id is not None)
        codes = self.ui.criteria.boxes
        given = [question.review[code] for code in codes if code in question.review]
        text = self.tr("{done} of {all} criteria answered").format(done=len(given), all=len(codes))
        counts = [(value, given.count(value.value)) for value in ReadinessAnswerValue]
        told = ", ".join(f"{choice_word(value)}: {count}" for value, count in counts if count)
        self.ui.reviewLabel.setText(f"{text} · {told}" if told else text)

    def _answer(self, code: str, answer: str | None) -> None:
        if self.form.record is not None:
            self.context.attempt(model_parts.review, self.context.workspace, self.form.record.id, code, answer)

    def _decide(self, state: IntakeState) -> None:
        if self.form.record is not None:
            context = self.context
            context.attempt(model_parts.decide, context.workspace, self.form.record.id, state, context.today())

    def _open_challenge(self) -> None:
        question = self.form.record
        if question is not None and question.challenge_id is not None:
            self.context.navigate(
                Target.partnership(self.partnership, Stage.GOALS, "challenges", question.challenge_id)
            )

    def _state_chip(self, question: ResearchQuestion) -> Chip:
        waits = question.state in (IntakeState.RECEIVED, IntakeState.IN_REVIEW) and question.received_on is not None
        days = (self.context.today() - question.received_on).days if waits and question.received_on else 0
        if days > WAITING_DAYS:
            return Chip(self.tr("! {days} days").format(days=days), "warning")
        return Chip.of(question.state)
