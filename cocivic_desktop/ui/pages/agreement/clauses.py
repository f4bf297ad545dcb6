"""Clauses: the list with states, and beside it the selected clause as it stands in the document."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QTimer, Signal

from cocivic_desktop._generated.forms.agreement_clauses import Ui_AgreementClauses
from cocivic_desktop.domain.agreements import Clause, ClauseState
from cocivic_desktop.domain.base import Language
from cocivic_desktop.domain.rules.clause_wording import own_languages
from cocivic_desktop.domain.rules.drafting import NEGOTIABLE, state_counts
from cocivic_desktop.library.clauses import clause_library
from cocivic_desktop.library.questions import questions
from cocivic_desktop.services import agreements, clauses, drafts
from cocivic_desktop.services.drafts import Draft, wording
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.pages.agreement.clause_list import STATE_KEYS, ClauseList
from cocivic_desktop.ui.pages.agreement.clause_standing import ClauseStanding
from cocivic_desktop.ui.pages.agreement.section import Section, paragraphs_html
from cocivic_desktop.ui.record_form import SAVE_AFTER_MS, RecordForm
from cocivic_desktop.ui.texts.words import choice_word, word
from cocivic_desktop.ui.widgets.choice_box import ChoiceBox
from cocivic_desktop.ui.widgets.compared_text import pair_html

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from cocivic_desktop.domain.changes import Changes
    from cocivic_desktop.store.workspace import Workspace

OWN = "own"
"""Stands for somebody's own wording among the library's."""


class ClausesSection(Section):
    """Include, order, reword and settle clauses; take further ones from the library or write own ones."""

    question_wanted = Signal(str)
    """The code of a question whose answer a clause lacks."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_AgreementClauses()
        self.ui.setupUi(self)
        self._clause: Clause | None = None
        self.standing = ClauseStanding(context)
        self.ui.detailLayout.insertWidget(self.ui.detailLayout.indexOf(self.ui.textStack) + 1, self.standing)
        self.listed = ClauseList(context, self.ui.clauses, self)
        self.form: RecordForm[Clause] = RecordForm(context, Clause, self.ui.detail, leave_out=("alternative",))
        self.ui.clauses.attach(self.form, self.ui.detailArea)
        self.ui.clauses.selected.connect(self._show)
        self.listed.added.connect(self._added)
        self.listed.waived.connect(lambda: QTimer.singleShot(0, self, self._ask_reason))
        self._alternatives = ChoiceBox(self.ui.alternative_choice, self._choose_wording)
        self.ui.editButton.toggled.connect(self._edit)
        self.ui.compareButton.toggled.connect(lambda: self._show_text())
        self.ui.takeButton.clicked.connect(lambda: self._settle_newer(clauses.take_library_wording))
        self.ui.keepButton.clicked.connect(lambda: self._settle_newer(clauses.keep_own_wording))
        self.ui.answerButton.clicked.connect(lambda: self._ask_missing())
        self.ui.splitter.setSizes([476, 346])
        keys = " · ".join(f"{key} {word(state)}" for key, state in STATE_KEYS.items())
        self.ui.keysHint.setText(self.tr("Keys: {keys} · Space in or out · Alt+Up, Alt+Down or drag").format(keys=keys))
        self._timer = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._timer.timeout.connect(self._store_words)
        self.ui.clauseText.textChanged.connect(self._words_typed)
        self.ui.clauseTitle.textEdited.connect(lambda: self._words_typed())
        self.ui.clauseTitle.editingFinished.connect(self._store_words)
        self.ui.editHint.hide()

    def show_draft(self, draft: Draft, language: str) -> None:
        """Show an agreement; what is being typed in another language is stored first."""
        if language != self.language:
            self._store_words()
        super().show_draft(draft, language)

    def reload(self) -> None:
        """Show the clauses anew; the selection stays."""
        if self.draft is None:
            return
        counts = state_counts(self.draft.clauses)
        parts = [f"{choice_word(state)}: {count}" for state, count in counts.items()]
        self.ui.counts.setText(" · ".join(parts))
        self.listed.show_draft(self.draft, self.language)
        self.standing.show_draft(self.draft)

    def select(self, clause_id: UUID) -> None:
        """Select a clause."""
        self.ui.clauses.select(clause_id)

    def _added(self, clause_id: UUID, own: bool) -> None:
        """Select a clause that came in; an own one is to be written now."""
        if self.draft is None:
            return
        self.show_draft(drafts.draft(self.context.workspace, self.draft.agreement.id), self.language)
        self.select(clause_id)
        if own:
            self.ui.editButton.setChecked(True)
            self.ui.clauseTitle.setFocus()
            self.ui.clauseTitle.selectAll()

    def _show(self, clause: Clause | None) -> None:
        if clause is None or self.draft is None:
            self._clause = None
            return
        if self._clause is not None and self._clause.id != clause.id:
            self._store_words()
            self.ui.editButton.setChecked(False)
            self.ui.compareButton.setChecked(False)
        self._clause = clause
        if not self._timer.isActive():
            self._set_words(wording(clause.titles, self.language), wording(clause.texts, self.language))
        self._show_fields(clause)
        self._show_newer(clause)
        self._show_text()
        self.standing.show_clause(clause.id)
        self._lock(self.draft.agreement.state not in NEGOTIABLE)

    def _show_text(self) -> None:
        """The clause as it stands in the document, the field to write in, or what newer words change."""
        clause = self._clause
        if clause is None or self.draft is None:
            return
        if clause.state is ClauseState.WAIVED:
            reason = clause.waive_reason or self.tr("no reason given yet")
            self.ui.preview.setPlainText(self.tr("Both sides do without this clause: {reason}").format(reason=reason))
        else:
            paragraphs = self.draft.paragraphs(clause, self.language)
            self.ui.preview.setHtml(paragraphs_html(paragraphs, self.listed.number(clause)))
        if self.ui.editButton.isChecked():
            self.ui.textStack.setCurrentWidget(self.ui.clauseText)
        elif self.ui.compareButton.isChecked() and self.listed.newer.get(clause.id):
            self.ui.comparison.setHtml(self._comparison(clause))
            self.ui.textStack.setCurrentWidget(self.ui.comparison)
        else:
            self.ui.textStack.setCurrentWidget(self.ui.preview)

    def _show_fields(self, clause: Clause) -> None:
        waived = clause.state is ClauseState.WAIVED
        self.ui.waive_reason.setVisible(waived)
        self.ui.waive_reasonLabel.setVisible(waived)
        self.ui.answerButton.setVisible(bool(self.listed.gaps(clause)))
        behind = [_language(code) for code in self.listed.behind.get(clause.id, ())]
        hint = self.tr("Reworded in another language only: choose the language above and write it there too.")
        self.ui.translationHint.setText(f"{hint} ({', '.join(behind)})")
        self.ui.translationHint.setVisible(bool(behind))
        entry = clause_library().get(clause.code)
        options = entry.alternatives if entry else ()
        self.ui.alternative_choice.setVisible(bool(options))
        self.ui.alternative_choiceLabel.setVisible(bool(options))
        texts = entry.text_in(self.context.language) if entry else None
        for label, head, text in (
            (self.ui.why, self.tr("Why"), texts.why if texts else ""),
            (self.ui.ask, self.tr("Ask the school"), texts.ask if texts else ""),
            (self.ui.caution, self.tr("Look out (this does not replace legal advice)"), texts.caution if texts else ""),
        ):
            label.setText(f"<b>{escape(head)}</b><br/>{escape(text)}")
            label.setVisible(bool(text))
        if entry is not None and texts is not None:
            own = self.language in own_languages(clause, entry)
            first = [(OWN, self.tr("Own wording (choose one to replace it)"))] if own else []
            named = [(option.code, texts.alternatives[option.code].label) for option in options]
            self._alternatives.offer([*first, ("", self.tr("Standard wording")), *named])
            self._alternatives.show(OWN if own else clause.alternative)

    def _lock(self, locked: bool) -> None:
        """The words of a signed agreement stay as they were signed; remarks may still be noted."""
        for widget in (self.ui.editButton, self.ui.state, self.ui.waive_reason, self.ui.alternative_choice,
                       self.ui.included):  # fmt: skip
            widget.setEnabled(not locked)
        self.ui.clauseTitle.setReadOnly(locked)
        self.ui.keysHint.setVisible(not locked)

    def _show_newer(self, clause: Clause) -> None:
        newer = self.listed.newer.get(clause.id, [])
        self.ui.updateBox.setVisible(bool(newer))
        if newer:
            own = [one for one in newer if one.own]
            text = self.tr("Newer wording available ({languages}).").format(
                languages=", ".join(_language(one.language) for one in newer)
            )
            replaced = self.tr("Taking it replaces what you have written yourselves.")
            self.ui.updateText.setText(f"{text} {replaced}" if own else text)

    def _comparison(self, clause: Clause) -> str:
        """What the library's newer words would change."""
        return "".join(
            f"<p><b>{escape(_language(one.language))}: {pair_html(one.title)}</b></p><p>{pair_html(one.text)}</p>"
            for one in self.listed.newer[clause.id]
        )

    def _settle_newer(self, action: Callable[[Workspace, UUID], Changes]) -> None:
        if self._clause is not None:
            self.context.attempt(action, self.context.workspace, self._clause.id)
            self.ui.compareButton.setChecked(False)

    def _ask_missing(self) -> None:
        """Go to the first question whose answer the clause lacks."""
        if self._clause is None or self.draft is None:
            return
        lacking = [run.placeholder for line in self.draft.paragraphs(self._clause, self.language) for run in line
                   if run.missing]  # fmt: skip
        code = next((question.code for question in questions() if question.placeholder in lacking), "")
        self.question_wanted.emit(code)

    def _ask_reason(self) -> None:
        self.ui.waive_reason.setVisible(True)
        self.ui.waive_reason.setFocus()

    def _set_words(self, title: str, text: str) -> None:
        for widget in (self.ui.clauseTitle, self.ui.clauseText):
            widget.blockSignals(True)
        if self.ui.clauseTitle.text() != title:
            self.ui.clauseTitle.setText(title)
        if self.ui.clauseText.toPlainText() != text:
            self.ui.clauseText.setPlainText(text)
        for widget in (self.ui.clauseTitle, self.ui.clauseText):
            widget.blockSignals(False)

    def _edit(self, on: bool) -> None:
        if not on:
            self._store_words()
        self.ui.editHint.setVisible(on)
        self.ui.editButton.setText(self.tr("Show te&xt") if on else self.tr("Edit te&xt"))
        self._show_text()
        if on:
            self.ui.clauseText.setFocus()

    def _words_typed(self) -> None:
        if self._clause is not None:
            self._timer.start()

    def _store_words(self) -> None:
        self._timer.stop()
        clause = self._clause
        if clause is None:
            return
        title, text = self.ui.clauseTitle.text().strip(), self.ui.clauseText.toPlainText().strip()
        same = title == wording(clause.titles, self.language) and text == wording(clause.texts, self.language)
        if not same and title:
            self.context.attempt(agreements.reword, self.context.workspace, clause.id, self.language, title, text)

    def _choose_wording(self, code: str) -> None:
        if self._clause is not None and code != OWN:
            self.context.attempt(agreements.choose_alternative, self.context.workspace, self._clause.id, code)


def _language(code: str) -> str:
    return word(Language(code)) if code in set(Language) else code
