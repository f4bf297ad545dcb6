"""Clauses: the list with states, and beside it the selected clause as it stands in the document."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from cocivic_desktop._generated.forms.agreement_clauses import Ui_AgreementClauses
from cocivic_desktop.domain.agreements import Clause, ClauseState
from cocivic_desktop.library.clauses import clause_library
from cocivic_desktop.services import agreements
from cocivic_desktop.services.drafts import wording
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.models.record_table import Chip, Column
from cocivic_desktop.ui.pages.agreement.section import Section, paragraphs_html
from cocivic_desktop.ui.record_form import SAVE_AFTER_MS, RecordForm
from cocivic_desktop.ui.widgets.record_list import ListSetup


class ClausesSection(Section):
    """Include, order, reword and settle clauses; take further ones from the library or write own ones."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_AgreementClauses()
        self.ui.setupUi(self)
        self._clause: Clause | None = None
        self._gaps: dict[UUID, int] = {}
        self._library_button = QPushButton(self.tr("From the library"))
        self._library_menu = QMenu(self)
        self._library_menu.aboutToShow.connect(self._fill_library_menu)
        self._library_button.setMenu(self._library_menu)
        self.ui.clauses.setup(
            context,
            ListSetup(
                cls=Clause,
                key="clauses",
                title=self.tr("Clauses"),
                columns=[
                    Column("number", self.tr("No."), self._number, width=44),
                    Column("title", self.tr("Clause"), lambda clause: wording(clause.titles, self.language)),
                    Column("state", self.tr("State"), self._state, width=128),
                    Column("gaps", self.tr("Missing"), self._missing, width=92),
                ],
                find=self._find,
                new=self._new,
                add_text=self.tr("Own clause"),
                ordered=True,
                extra=[self._library_button],
            ),
        )
        self.form: RecordForm[Clause] = RecordForm(context, Clause, self.ui.detail, leave_out=("alternative",))
        self.ui.clauses.attach(self.form, self.ui.detailArea)
        self.ui.clauses.selected.connect(self._show)
        self.ui.editButton.toggled.connect(self._edit)
        self.ui.alternative_choice.activated.connect(self._choose_wording)
        self.ui.editHint.hide()
        self.ui.splitter.setSizes([460, 420])
        self._timer = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._timer.timeout.connect(self._store_words)
        self.ui.clauseText.textChanged.connect(self._words_typed)
        self.ui.clauseTitle.textEdited.connect(lambda: self._words_typed())
        self.ui.clauseTitle.editingFinished.connect(self._store_words)

    def reload(self) -> None:
        """Show the clauses anew; the selection stays."""
        if self.draft is not None:
            self._gaps = self.draft.gaps(self.language)
        self.ui.clauses.reload()

    def select(self, clause_id: UUID) -> None:
        """Select a clause."""
        self.ui.clauses.select(clause_id)

    def _find(self, archived: bool) -> list[Clause]:
        if self.draft is None:
            return []
        found = self.draft.clauses
        if archived:
            with self.context.workspace.read() as unit:
                found = unit.find(Clause, archived=None, agreement_id=self.draft.agreement.id)
        return found

    def _new(self) -> Clause | None:
        if self.draft is None:
            return None
        title = self.tr("New clause")
        return Clause(
            agreement_id=self.draft.agreement.id,
            position=len(self.draft.clauses),
            topic="general",
            titles={self.language: title},
            texts={self.language: ""},
        )

    def _number(self, clause: Clause) -> str:
        included = [one.id for one in self.draft.included] if self.draft else []
        return str(included.index(clause.id) + 1) if clause.id in included else "–"

    def _state(self, clause: Clause) -> Chip:
        return Chip.of(clause.state) if clause.included else Chip(self.tr("left out"))

    def _missing(self, clause: Clause) -> Any:
        gaps = self._gaps.get(clause.id, 0) if clause.included else 0
        return Chip(self.tr("{count} open").format(count=gaps), "warning") if gaps else None

    def _show(self, clause: Clause | None) -> None:
        if clause is None or self.draft is None:
            self._clause = None
            return
        if self._clause is not None and self._clause.id != clause.id:
            self._store_words()
            self.ui.editButton.setChecked(False)
        self._clause = clause
        number = self._number(clause)
        title, text = wording(clause.titles, self.language), wording(clause.texts, self.language)
        if not self._timer.isActive():
            self._set_words(title, text)
        if clause.state is ClauseState.WAIVED:
            reason = clause.waive_reason or self.tr("no reason given yet")
            self.ui.preview.setPlainText(self.tr("Both sides do without this clause: {reason}").format(reason=reason))
        else:
            self.ui.preview.setHtml(paragraphs_html(self.draft.paragraphs(clause, self.language), number))
        self._show_fields(clause)

    def _show_fields(self, clause: Clause) -> None:
        waived = clause.state is ClauseState.WAIVED
        self.ui.waive_reason.setVisible(waived)
        self.ui.waive_reasonLabel.setVisible(waived)
        entry = clause_library().get(clause.code)
        options = entry.alternatives if entry else ()
        self.ui.alternative_choice.setVisible(bool(options))
        self.ui.alternative_choiceLabel.setVisible(bool(options))
        self.ui.alternative_choice.clear()
        if entry is None:
            self.ui.hint.clear()
            return
        texts = entry.text_in(self.context.language)
        own = clause.texts.get(self.language) != entry.wording(self.language, clause.alternative)
        first = self.tr("Standard wording") if not own else self.tr("Own wording (choose to replace it)")
        self.ui.alternative_choice.addItem(first, "")
        for option in options:
            self.ui.alternative_choice.addItem(texts.alternatives[option.code].label, option.code)
        if not own:
            self.ui.alternative_choice.setCurrentIndex(max(0, self.ui.alternative_choice.findData(clause.alternative)))
        parts = [texts.why, texts.ask, texts.caution]
        self.ui.hint.setText("\n\n".join(part for part in parts if part))

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
        self.ui.textStack.setCurrentWidget(self.ui.clauseText if on else self.ui.preview)
        self.ui.editHint.setVisible(on)
        self.ui.editButton.setText(self.tr("Show text") if on else self.tr("Edit text"))
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

    def _choose_wording(self, index: int) -> None:
        if self._clause is not None:
            code = self.ui.alternative_choice.itemData(index)
            self.context.attempt(agreements.choose_alternative, self.context.workspace, self._clause.id, code)

    def _fill_library_menu(self) -> None:
        self._library_menu.clear()
        if self.draft is None:
            return
        present = {clause.code for clause in self.draft.included}
        for entry in clause_library().clauses:
            if entry.code not in present and self.draft.agreement.kind in entry.kinds:
                action = QAction(entry.text_in(self.context.language).title, self._library_menu)
                action.triggered.connect(lambda _=False, code=entry.code: self._add_from_library(code))
                self._library_menu.addAction(action)
        if self._library_menu.isEmpty():
            nothing = self._library_menu.addAction(self.tr("Every clause of the library is in the agreement"))
            nothing.setEnabled(False)

    def _add_from_library(self, code: str) -> None:
        if self.draft is None:
            return
        added = self.context.attempt(
            agreements.add_library_clause, self.context.workspace, self.draft.agreement.id, code
        )
        if added is not None:
            self.context.notify(self.tr("Clause added: {title}").format(title=wording(added[0].titles, self.language)))
