"""Everything about one card of the expectation board: its words, what it belongs with, how a mismatch is solved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from cocivic_desktop._generated.forms.initiate_expectation_detail import Ui_ExpectationDetail
from cocivic_desktop.domain.partnerships import Expectation, MatchState
from cocivic_desktop.domain.rules.expectations import Likely, partners
from cocivic_desktop.services import expectations
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.texts.expectations import said
from cocivic_desktop.ui.theme import set_look
from cocivic_desktop.ui.widgets.card import label

if TYPE_CHECKING:
    from cocivic_desktop.ui.context import Context

MOST_LIKELY = 1
"""So many likely matches are offered beside a card; while one is chosen, all are marked on the board."""


class ExpectationDetail(QWidget):
    """The fields of the chosen card. `setup` once, then `show_card` whenever the board is read."""

    matched = Signal(object, object)
    """The person takes a likely match: the ids of the two cards."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_ExpectationDetail()
        self.ui.setupUi(self)
        for text in (self.ui.text, self.ui.resolution):
            text.setProperty("fills", True)
        self.card: Expectation | None = None
        self._shown_likely: tuple[object, ...] = ()
        self._likely_lines: list[QWidget] = []
        self.likely_buttons: list[QPushButton] = []
        self._who = ""

    def setup(self, context: Context) -> None:
        """Bind the fields; they save by themselves."""
        self._context = context
        self.form = RecordForm(context, Expectation, self, leave_out=("resolution",))
        self.resolution_form = RecordForm(
            context, Expectation, self.ui.resolutionBox, leave_out=("text",), save=self._save_resolution
        )
        self.ui.who.editingFinished.connect(lambda: self._save_who())
        self.ui.resolveButton.clicked.connect(lambda: self.resolve())

    def show_card(self, card: Expectation | None, board: Sequence[Expectation], likely: Sequence[Likely]) -> None:
        """Show a card with what is known of it; None for nothing."""
        changed = (card.id if card else None) != (self.card.id if self.card else None)
        if changed:
            self.flush()
        self.card = card
        self.form.load(card)
        if card is None:
            self.resolution_form.load(None)
            return
        others = partners(card.id, board)
        note = self._note(card, bool(others), bool(likely))
        self.ui.noteLabel.setText(note)
        self.ui.noteLabel.setVisible(bool(note))
        self._offer(likely[:MOST_LIKELY] if not others else ())
        self._show_resolution(card, board, changed)

    def flush(self) -> bool:
        """Store what was typed."""
        done = [self.form.flush(), self.resolution_form.flush()]
        self._save_who()
        return all(done)

    def resolve(self) -> None:
        """The mismatch is solved, as it is written down here; without words the field says what is missing."""
        if self.card is None:
            return
        what = self.ui.resolution.toPlainText()
        if not what.strip():
            self.ui.resolutionLabel.setText(self.tr("First write down how it is solved: the agreement refers to it."))
            set_look(self.ui.resolutionLabel, "error")
            self.ui.resolution.setFocus()
            return
        self.form.flush()
        self.ui.resolution.setFocus()  # the button goes away, and the keyboard would with it
        self._context.attempt(expectations.resolve, self._context.workspace, self.card.id, what, self.ui.who.text())

    def _show_resolution(self, card: Expectation, board: Sequence[Expectation], changed: bool) -> None:
        what, who = expectations.resolution(card.id, board)
        wanted = card.state in (MatchState.MISMATCHED, MatchState.RESOLVED) or bool(what)
        self.ui.resolutionBox.setVisible(wanted)
        self.resolution_form.load(replace(card, resolution=what))
        if not self.ui.who.isModified():
            self.ui.who.setText(who)
        self._who = who
        self.ui.resolveButton.setVisible(card.state is not MatchState.RESOLVED)
        if what or changed:
            self.ui.resolutionLabel.setText(self.tr("What do you agree on instead?"))
            set_look(self.ui.resolutionLabel, "label")

    def _note(self, card: Expectation, linked: bool, likely: bool) -> str:
        if card.state is not MatchState.OPEN or linked:
            return ""
        if likely:
            return self.tr("Perhaps it belongs with this; you decide.")
        return self.tr("Nothing belongs with it yet. Drag it onto a card, or press M and choose one.")

    def _offer(self, likely: Sequence[Likely]) -> None:
        """A line with a button for each likely match."""
        shown = tuple((one.holder.id, one.answer.id, one.answer.text, one.holder.text) for one in likely)
        if shown == self._shown_likely:
            return
        self._shown_likely = shown
        for old in self._likely_lines:
            old.hide()
            old.deleteLater()
        self._likely_lines, self.likely_buttons = [], []
        for one in likely:
            other = one.answer if self.card is not None and one.holder.id == self.card.id else one.holder
            line = QWidget()
            self._likely_lines.append(line)
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            text = label(
                self.tr("{card} – both: {words}").format(card=said(other), words=", ".join(one.shared)), wrap=True
            )
            button = QPushButton(self.tr("Match"))
            button.setAccessibleName(self.tr("Match with: {card}").format(card=said(other)))
            button.clicked.connect(lambda _on=False, pair=(one.holder.id, one.answer.id): self.matched.emit(*pair))
            row.addWidget(text, 1)
            row.addWidget(button)
            self.likely_buttons.append(button)
            self.ui.likelyLayout.addWidget(line)
        self.ui.likelyBox.setVisible(bool(likely))

    def _save_resolution(self, record: Expectation, values: dict[str, Any]) -> None:
        self._write(record.id, values["resolution"])

    def _save_who(self) -> None:
        if self.card is not None and self.ui.who.isModified():
            self.ui.who.setModified(False)
            if self.ui.who.text().strip() != self._who:
                self._write(self.card.id, self.ui.resolution.toPlainText())

    def _write(self, card_id: UUID, what: str) -> None:
        self.ui.who.setModified(False)
        expectations.write_resolution(self._context.workspace, card_id, what, self.ui.who.text())
