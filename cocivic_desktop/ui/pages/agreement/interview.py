"""The guided interview: one question at a time with why it matters, the document beside it, all answers to review."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal

from cocivic_desktop._generated.forms.agreement_interview import Ui_AgreementInterview
from cocivic_desktop.domain.clause_library import Answer
from cocivic_desktop.domain.errors import CoCivicError, InvalidField
from cocivic_desktop.domain.rules.drafting import NEGOTIABLE
from cocivic_desktop.domain.rules.interview import Item, Standing, decided_by
from cocivic_desktop.library.clauses import clause_library
from cocivic_desktop.services import agreements, drafts, expectations, interview, proposals
from cocivic_desktop.services.agreement_text import agreement_text
from cocivic_desktop.services.drafts import Draft, wording
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.pages.agreement.question_field import QuestionField
from cocivic_desktop.ui.pages.agreement.review import ReviewRow
from cocivic_desktop.ui.pages.agreement.section import Section
from cocivic_desktop.ui.texts.fields import field_problem

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class InterviewSection(Section):
    """Asks what is not known yet; every answer can be changed, taken back or left for later."""

    clause_wanted = Signal(object)
    """The id of a clause that the person wants to see."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_AgreementInterview()
        self.ui.setupUi(self)
        self.field = QuestionField(context, self.ui, self)
        self.asked = interview.nothing()
        self._agreement: UUID | None = None
        self._key = ""
        self._typed = False
        self._reviewing = False
        self._visited: list[str] = []
        self.ui.editor.today = context.today
        self.ui.editor.edited.connect(self._answer_typed)
        self.ui.editor.entered.connect(self.answer)
        self.ui.solution.textChanged.connect(self._mark_typed)
        self.ui.who.textEdited.connect(lambda: self._mark_typed())
        self.ui.who.returnPressed.connect(self.answer)
        self.ui.answerButton.clicked.connect(lambda: self.answer())
        self.ui.laterButton.clicked.connect(lambda: self.leave_for_later())
        self.ui.backButton.clicked.connect(lambda: self.go_back())
        self.ui.clearButton.clicked.connect(lambda: self._take_back())
        self.ui.reviewButton.clicked.connect(lambda: self.review())
        self.ui.goOnButton.clicked.connect(lambda: self.start())
        self.ui.answers.wanted.connect(self._change)
        self.ui.fills.linkActivated.connect(lambda link: self.clause_wanted.emit(UUID(link)))
        self.ui.askPage.setSizes([440, 380])

    def reload(self) -> None:
        """Show how far the interview is; the question stays, and what is being typed for it, or all answers stay."""
        if self.draft is None:
            return
        if self.draft.agreement.id != self._agreement:  # what was typed for another one is not for this one
            self._agreement = self.draft.agreement.id
            self._key, self._typed, self._reviewing, self._visited = "", False, False, []
        self.asked = interview.interview(self.context.workspace, self.draft)
        self.ui.answers.show_answers(self.draft, self.asked, self.context.language)
        self._say_progress()
        item = self.asked.interview.get(self._key) or self.asked.interview.following()
        if item is None or not self._open:
            self.review()
        elif self._reviewing and self.ui.views.currentWidget() is self.ui.reviewPage:
            return
        elif item.key != self._key or not self._typed:
            self._ask(item)
        else:
            self._preview(item)

    @property
    def _open(self) -> bool:
        """Whether anything may still be asked: a signed text takes an amendment."""
        return self.draft is not None and self.draft.agreement.state in NEGOTIABLE

    @property
    def item(self) -> Item | None:
        """The question that is asked."""
        return self.asked.interview.get(self._key)

    def start(self) -> None:
        """Go to the first open question and put the keyboard into its answer; all answers when there is none."""
        self._reviewing = False
        item = self.asked.interview.following()
        if item is None or not self._open:
            self.review()
        else:
            self._ask(item)
            self.field.focus()

    def ask(self, key: str) -> None:
        """Ask a certain question, e.g. one that a clause lacks."""
        item = self.asked.interview.get(key)
        if item is not None and self._open:
            self._ask(item)
            self.field.focus()

    def review(self) -> None:
        """Show all answers."""
        self._reviewing = True
        self.ui.views.setCurrentWidget(self.ui.reviewPage)
        self.ui.answers.setFocus()

    def answer(self) -> None:
        """Store the answer and go on to the next open question, or back to the answers it was chosen from."""
        item = self.item
        if self.draft is None or item is None:
            return
        problem = self.field.problem(item)
        if problem:
            self.field.complain(problem)
            return
        try:
            self.field.store(self.draft, item)
        except InvalidField as error:
            self.field.complain(field_problem(error))
        except CoCivicError as error:
            self.context.report(error)
        else:
            self._go_on()

    def leave_for_later(self) -> None:
        """Ask the question again after all others."""
        if self.draft is None or self.item is None:
            return
        if self.item.standing is Standing.OPEN:
            self.context.attempt(agreements.put_off, self.context.workspace, self.draft.agreement.id, self._key)
        self._go_on()

    def go_back(self) -> None:
        """Return to the question before."""
        while self._visited:
            item = self.asked.interview.get(self._visited.pop())
            if item is not None and item.key != self._key:
                self._ask(item, remember=False)
                self.field.focus()
                return

    def _go_on(self) -> None:
        """After an answer: read anew, then the next question."""
        if self.draft is None:
            return
        before, self._typed = self._key, False
        self.draft = drafts.draft(self.context.workspace, self.draft.agreement.id)
        self.asked = interview.interview(self.context.workspace, self.draft)
        self.ui.answers.show_answers(self.draft, self.asked, self.context.language)
        self._say_progress()
        following = self.asked.interview.following(before)
        if self._reviewing or following is None:
            self.review()
            return
        self._ask(following)
        self.field.focus()

    def _take_back(self) -> None:
        item = self.item
        if self.draft is None or item is None:
            return
        self._typed = False
        if item.expectation_id is not None:
            self.context.attempt(expectations.mark_mismatch, self.context.workspace, item.expectation_id)
        else:
            self.context.attempt(agreements.answer, self.context.workspace, self.draft.agreement.id, item.key, None)

    def _change(self, row: ReviewRow | None) -> None:
        if row is None:
            return
        if not self._open:
            self.context.notify(self.tr("A signed agreement is changed by an amendment."))
        elif row.target is not None:
            self.context.navigate(row.target)
        elif row.item is not None:
            self._ask(row.item)
            self._reviewing = True
            self.field.focus()

    def _say_progress(self) -> None:
        found = self.asked.interview
        answered, later = found.count(Standing.ANSWERED), found.count(Standing.LATER)
        text = self.tr("{answered} of {count} answered").format(answered=answered, count=len(found.items))
        if later:
            text = self.tr("{progress} · left for later: {later}").format(progress=text, later=later)
        self.ui.progressText.setText(text)
        self.ui.progress.setMaximum(max(1, len(found.items)))
        self.ui.progress.setValue(answered)
        waiting = len(found.items) - answered
        done = self.tr("Every question is answered. Change what is not right.")
        if not self._open:
            done = self.tr("What this agreement says was known from these answers. An amendment changes them.")
        title = done if not waiting or not self._open else text
        lacking = self.ui.answers.lacking if self._open else 0
        if lacking:
            title += "\n" + self.tr("Still missing in the records of both sides: {count}").format(count=lacking)
        self.ui.reviewTitle.setText(title)
        self.ui.goOnButton.setVisible(bool(waiting) and self._open)

    def _ask(self, item: Item, *, remember: bool = True) -> None:
        if self.draft is None:
            return
        changed = item.key != self._key
        if changed and remember and self._key:
            self._visited.append(self._key)
        self._key, self._typed = item.key, False
        self.ui.views.setCurrentWidget(self.ui.askPage)
        self.ui.backButton.setEnabled(bool(self._visited))
        known = item.standing is Standing.ANSWERED
        can_clear = item.expectation_id is not None or item.key in self.draft.agreement.answers
        self.ui.clearButton.setVisible(known and can_clear)
        self.ui.laterButton.setText(self.tr("Leave as it is") if known else self.tr("&Later"))
        self.field.show_item(self.draft, item, self.asked)
        self._preview(item, scroll=changed or not self.ui.preview.pointed)

    def _mark_typed(self) -> None:
        self._typed = True
        self.ui.problem.hide()

    def _answer_typed(self) -> None:
        """Follow what is typed in the preview, before it is stored."""
        self._mark_typed()
        item = self.item
        if item is not None:
            self._preview(item)

    def _preview(self, item: Item, *, scroll: bool = False) -> None:
        """The document as the answer that stands in the field would make it, with the clauses in question marked."""
        if self.draft is None:
            return
        shown = self.draft
        value: Answer | None = self.ui.editor.value if item.question is not None else None
        if item.question is not None and value is not None and value != shown.answers.get(item.key):
            shown = proposals.suppose(shown, item.key, value)
        clauses = decided_by(item.question, shown.included, clause_library()) if item.question is not None else ()
        self.ui.preview.show_text(agreement_text(shown, self.language))
        self.ui.preview.point_at(clauses, scroll=scroll or clauses != self.ui.preview.pointed)
        self._say_filled(shown, clauses)

    def _say_filled(self, draft: Draft, clause_ids: tuple[UUID, ...]) -> None:
        places = {clause.id: (number, clause) for number, clause in enumerate(draft.included, start=1)}
        links = [
            f'<a href="{id}">{places[id][0]} {escape(wording(places[id][1].titles, self.language))}</a>'
            for id in clause_ids
        ]
        text = self.tr("Decides about: {clauses}").format(clauses=", ".join(links)) if links else ""
        self.ui.fills.setText(text)
        self.ui.fills.setVisible(bool(text))
