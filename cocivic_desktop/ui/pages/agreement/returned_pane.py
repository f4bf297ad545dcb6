"""A document that came back: every change and comment, to be taken or refused one by one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from cocivic_desktop._generated.forms.agreement_returned_pane import Ui_AgreementReturnedPane
from cocivic_desktop.domain.agreements import (
    Decision,
    ReturnedChange,
    ReturnedDocument,
    ReturnedKind,
    ReturnedPlace,
)
from cocivic_desktop.files import write_whole
from cocivic_desktop.services import negotiation
from cocivic_desktop.ui.models.record_table import Chip, Column, RecordTableModel
from cocivic_desktop.ui.pages.agreement.differences import change_html
from cocivic_desktop.ui.texts.formats import day_text
from cocivic_desktop.ui.texts.words import choice_word, word
from cocivic_desktop.ui.widgets.tables import dress_records

if TYPE_CHECKING:
    from cocivic_desktop.services.drafts import Draft
    from cocivic_desktop.ui.context import Context


LEAST_HEIGHT = 56
"""Of the words that changed: two lines."""


class ReturnedPane(QWidget):
    """The changes in the order of the document; below, the one chosen, word by word, and what to do with it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.ui = Ui_AgreementReturnedPane()
        self.ui.setupUi(self)
        self.document: ReturnedDocument | None = None
        self._titles: dict[UUID, str] = {}
        columns: list[Column[ReturnedChange]] = [
            Column("where", self.tr("Clause"), self._where, tip=self._where),
            Column("kind", self.tr("What"), lambda one: choice_word(one.kind), width=88),
            Column("author", self.tr("Who"), width=124, tip=lambda one: one.author),
            Column("decision", self.tr("Decision"), self._decision, width=84),
        ]
        self.model: RecordTableModel[ReturnedChange] = RecordTableModel(columns, self)
        dress_records(self.ui.changes, self.model, columns)
        outer = self.ui.AgreementReturnedPaneLayout
        outer.setStretchFactor(self.ui.changes, 3)
        outer.setStretchFactor(self.ui.difference, 2)
        self.ui.difference.setMinimumHeight(LEAST_HEIGHT)
        self.ui.changes.selectionModel().currentRowChanged.connect(lambda: self._show_chosen())
        self.ui.takeButton.clicked.connect(lambda: self.decide(Decision.TAKEN))
        self.ui.refuseButton.clicked.connect(lambda: self.decide(Decision.REFUSED))
        self.ui.allButton.clicked.connect(lambda: self.take_all())
        self.ui.saveButton.clicked.connect(lambda: self.save())
        for keys, decision in (("T", Decision.TAKEN), ("R", Decision.REFUSED)):
            shortcut = QShortcut(QKeySequence(keys), self.ui.changes)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda decision=decision: self.decide(decision))

    def show_document(self, document: ReturnedDocument, draft: Draft, language: str) -> None:
        """Show a document that came back, with its changes as they are decided now."""
        new = self.document is None or self.document.id != document.id
        self.document = document
        self._titles = {
            one.id: one.titles.get(language) or next(iter(one.titles.values()), "") for one in draft.clauses
        }
        self.ui.title.setText(document.file_name)
        rows = negotiation.changes_of(self.context.workspace, document.id)
        still_open = sum(one.decision is Decision.OPEN for one in rows)
        facts = [
            self.tr("received {day}").format(day=day_text(document.received_on)) if document.received_on else "",
            self.tr("from {name}").format(name=document.received_from) if document.received_from else "",
            self.tr("changes: {count}, open: {open}").format(count=len(rows), open=still_open),
        ]
        self.ui.facts.setText(" · ".join(fact for fact in facts if fact))
        chosen = self.chosen
        self.model.set_rows(rows)
        if rows:
            wanted = next((n for n, one in enumerate(rows) if chosen is not None and one.id == chosen.id), -1)
            if new or wanted < 0:
                wanted = next((n for n, one in enumerate(rows) if one.decision is Decision.OPEN), 0)
            self.ui.changes.selectRow(wanted)
        self._show_chosen()

    @property
    def chosen(self) -> ReturnedChange | None:
        """The change that is chosen in the table."""
        return self.model.record(self.ui.changes.currentIndex())

    def decide(self, decision: Decision) -> None:
        """Take or refuse the change chosen, and go to the next one that is open."""
        change = self.chosen
        if change is None or change.decision is Decision.TAKEN:
            return
        if change.decision is decision:
            decision = Decision.OPEN
        self._decide([change.id], decision)

    def take_all(self) -> None:
        """Take every open change of a clause that can be written into it, in one step of undo."""
        rows = [one for one in self.model.rows if one.decision is Decision.OPEN and negotiation.can_be_taken(one)]
        if rows:
            self._decide([one.id for one in rows], Decision.TAKEN)

    def save(self) -> None:
        """Save the file exactly as it came."""
        document = self.document
        if document is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the returned file"), document.file_name, self.tr("Word documents (*.docx)")
        )
        if name and self.context.attempt(write_whole, Path(name), document.content, force=True) is not None:
            self.context.notify(self.tr("Saved {path}").format(path=name))

    def _decide(self, ids: Sequence[UUID], decision: Decision) -> None:
        row = self.ui.changes.currentIndex().row()
        remark = self.ui.remark.text().strip()
        done = self.context.attempt(
            negotiation.decide, self.context.workspace, ids, decision, self.context.today(), remark
        )
        if done is None:
            return
        self.ui.remark.clear()
        document_id = self.document.id if self.document is not None else None
        if document_id is not None:
            self.model.set_rows(negotiation.changes_of(self.context.workspace, document_id))
        rows = self.model.rows
        later = [*range(row + 1, len(rows)), *range(row + 1)]
        following = next((n for n in later if n < len(rows) and rows[n].decision is Decision.OPEN), row)
        self.ui.changes.selectRow(following)
        self._show_chosen()

    def _show_chosen(self) -> None:
        change = self.chosen
        ui = self.ui
        usable = change is not None and change.decision is not Decision.TAKEN
        ui.takeButton.setEnabled(usable)
        ui.refuseButton.setEnabled(usable)
        ui.remark.setEnabled(usable)
        ui.allButton.setEnabled(
            any(one.decision is Decision.OPEN and negotiation.can_be_taken(one) for one in self.model.rows)
        )
        if change is None:
            ui.where.setText("")
            ui.hint.setText("" if self.model.rows else self.tr("Nothing was changed: the text came back as it left."))
            ui.difference.setHtml("")
            return
        ui.where.setText(self._where(change))
        html = change_html(change.before, change.after) if change.kind is not ReturnedKind.COMMENTED else ""
        if change.kind is ReturnedKind.MOVED:
            html = ""
        if change.comment:
            about = self.tr("On: {passage}").format(passage=change.before) if change.before else ""
            html += change_html(change.comment, change.comment) + (f"<p><i>{_escaped(about)}</i></p>" if about else "")
        ui.difference.setHtml(html)
        ui.hint.setText(self._hint(change))
        ui.takeButton.setText(self.tr("&Take it") if negotiation.can_be_taken(change) else self.tr("&Taken note"))
        refused = change.decision is Decision.REFUSED
        ui.refuseButton.setText(self.tr("&Reopen it") if refused else self.tr("&Refuse it"))
        if not ui.remark.hasFocus():
            ui.remark.setText(change.remark)

    def _hint(self, change: ReturnedChange) -> str:
        if change.decision is Decision.TAKEN:
            return self.tr("Taken {day}. Undo takes it out again.").format(day=day_text(change.decided_on))
        if change.kind is ReturnedKind.COMMENTED:
            return self.tr("A comment. Answer it by hand, and note here what came of it.")
        if change.place is ReturnedPlace.UNMAPPED:
            return self.tr("This belongs to no clause. Read it, and write by hand what should become of it.")
        if change.kind is ReturnedKind.MOVED:
            return self.tr("The clause stands elsewhere in the document. Move it among the clauses if you agree.")
        if not negotiation.can_be_taken(change):
            return self.tr("This stands in a table or beside the clauses: change it where it is kept, if you agree.")
        if negotiation.fills_blank(change):
            return self.tr("Fills in a blank. Taken, it is the answer to that question wherever the document asks it.")
        return ""

    def _where(self, change: ReturnedChange) -> str:
        title = self._titles.get(change.clause_id) if change.clause_id is not None else None
        if title:
            return title
        if change.place is ReturnedPlace.CLAUSE and change.kind is ReturnedKind.INSERTED:
            return self.tr("New clause: {title}").format(title=change.after.partition("\n")[0])
        return choice_word(change.place)

    def _decision(self, change: ReturnedChange) -> Any:
        tones = {Decision.OPEN: "warning", Decision.TAKEN: "good", Decision.REFUSED: "neutral"}
        return Chip(word(change.decision), tones[change.decision])


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
