"""The field of the interview: what is asked and why, whether an answer can be taken, and how it is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer

from cocivic_desktop.domain.clause_library import Question, QuestionType
from cocivic_desktop.domain.organisations import Person, PersonKind
from cocivic_desktop.domain.rules.interview import Item
from cocivic_desktop.library.questions import group_titles, question_texts
from cocivic_desktop.services import agreements, expectations, records
from cocivic_desktop.services.drafts import Draft
from cocivic_desktop.ui.pages.part import fit_width
from cocivic_desktop.ui.texts import expectations as card_words
from cocivic_desktop.ui.texts.answers import yes_no

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from cocivic_desktop._generated.forms.agreement_interview import Ui_AgreementInterview
    from cocivic_desktop.services.interview import Asked
    from cocivic_desktop.ui.context import Context

MARGIN = 8
"""Round the field that is scrolled into view, in logical pixels."""
SETTLE_MS = 50
"""Until a question's lines are broken anew: in a small pane its field may then have moved out of sight."""


class QuestionField(QObject):
    """Binds the widgets of one question: an answer of the library's kinds, or what both sides settle on."""

    def __init__(self, context: Context, ui: Ui_AgreementInterview, parent: QWidget) -> None:
        super().__init__(parent)
        self.context, self.ui = context, ui
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)  # goes with the page, unlike a lone shot
        self._settle.timeout.connect(self._bring_into_view)

    def show_item(self, draft: Draft, item: Item, asked: Asked) -> None:
        """Ask a question, with what is known of its answer."""
        self.ui.problem.hide()
        self.ui.editor.setVisible(item.question is not None)
        self.ui.solutionBox.setVisible(item.expectation_id is not None)
        if item.question is not None:
            self._ask_question(draft, item.question)
        elif item.expectation_id is not None:
            self._ask_expectation(item.expectation_id, asked)
        fit_width(self.ui.paneArea)

    def _ask_question(self, draft: Draft, question: Question) -> None:
        words = question_texts(self.context.language)[question.code]
        self.ui.group.setText(group_titles(self.context.language).get(question.group, ""))
        self.ui.question.setText(words.text)
        self.ui.why.setText(words.why)
        ours = draft.ours.id if draft.ours else None
        side = ours if question.side == "cso" else draft.school.id
        people = [person for person in draft.people if person.organisation_id == side]
        self.ui.editor.ask(question, words, draft.answers.get(question.code), people, *yes_no())

    def _ask_expectation(self, expectation_id: UUID, asked: Asked) -> None:
        card = asked.cards[expectation_id]
        self.ui.group.setText(self.tr("Expectations"))
        self.ui.question.setText(card_words.question(card))
        self.ui.why.setText(card_words.why_asked())
        what, who = expectations.resolution(card.expectation.id, asked.board)
        self.ui.solution.blockSignals(True)
        self.ui.solution.setPlainText(what)
        self.ui.solution.blockSignals(False)
        self.ui.who.setText(who)

    def problem(self, item: Item) -> str:
        """What is wrong with the answer as it stands, in a sentence; "" for nothing."""
        if item.expectation_id is not None:
            empty = not self.ui.solution.toPlainText().strip()
            return self.tr("Write down what you agree on, or leave the question for later.") if empty else ""
        if self.ui.editor.is_no_day:
            return self.tr("This is no day. Write it like 21.9.2026, or choose it from the calendar (Alt+Down).")
        return self.tr("Give an answer, or leave the question for later.") if self.ui.editor.value is None else ""

    def store(self, draft: Draft, item: Item) -> None:
        """Store what stands in the field. Raises `CoCivicError`, `InvalidField` among them."""
        workspace = self.context.workspace
        if item.expectation_id is not None:
            solution, who = self.ui.solution.toPlainText(), self.ui.who.text()
            expectations.settle(workspace, item.expectation_id, solution, who)
            return
        value = self.ui.editor.value
        if item.question is not None and item.question.type is QuestionType.PERSON:
            value = self._known_person(draft, item.question, str(value))
        agreements.answer(workspace, draft.agreement.id, item.key, value)

    def _known_person(self, draft: Draft, question: Question, value: str) -> str:
        """The id of a person; somebody new is added to the question's side."""
        if any(str(person.id) == value for person in draft.people):
            return value
        own = question.side == "cso"
        person = Person(
            name=value,
            organisation_id=(draft.ours.id if draft.ours else None) if own else draft.school.id,
            kind=PersonKind.STAFF if own else PersonKind.TEACHER,
        )
        records.add(self.context.workspace, person)
        return str(person.id)

    def focus(self) -> None:
        """Put the keyboard into the answer, and bring it into view."""
        editor = self.ui.editor.currentWidget() if self.ui.editor.isVisible() else self.ui.solution
        editor.setFocus()
        if editor is self.ui.editor.number:
            self.ui.editor.number.selectAll()  # what is typed replaces the proposal
        self._settle.start()

    def _bring_into_view(self) -> None:
        editor = self.ui.editor.currentWidget() if self.ui.editor.isVisible() else self.ui.solution
        self.ui.paneArea.ensureWidgetVisible(editor.focusProxy() or editor, 0, MARGIN)

    def complain(self, text: str) -> None:
        """Say what is wrong beside the field."""
        self.ui.problem.setText(f"× {text}")
        self.ui.problem.show()
