"""Under a clause: how what it promises stands today."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from cocivic_desktop.ui.pages.agreement.figures import Figures
from cocivic_desktop.ui.texts.promises import figures_text, promise_text, standing_chip

if TYPE_CHECKING:
    from cocivic_desktop.domain.rules.traceability import Promise
    from cocivic_desktop.services.drafts import Draft
    from cocivic_desktop.services.traceability import Standings
    from cocivic_desktop.ui.context import Context


class ClauseStanding(QWidget):
    """One line for each promise of the clause; hidden where it promises nothing that can be counted."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clause_id: UUID | None = None
        self._promises: list[Promise] = []
        self._names: dict[UUID, str] = {}
        self.figures = Figures(context, self._take)
        self.heading = QLabel(self.tr("How it stands today"))
        self.heading.setProperty("look", "label-strong")
        self.lines = QLabel()
        self.lines.setProperty("look", "muted")
        self.lines.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.heading)
        layout.addWidget(self.lines)
        self.hide()

    def show_draft(self, draft: Draft) -> None:
        """Work the figures of an agreement out anew."""
        self.figures.ask(draft)

    def show_clause(self, clause_id: UUID) -> None:
        """Say how the promises of a clause stand."""
        self._clause_id = clause_id
        mine = [one for one in self._promises if one.clause_id == clause_id]
        self.lines.setText("\n".join(self._line(one) for one in mine))
        self.setVisible(bool(mine))

    def _line(self, promise: Promise) -> str:
        text = self.tr("{promise}: {figures} ({state})")
        return text.format(
            promise=promise_text(promise, self._names),
            figures=figures_text(promise),
            state=standing_chip(promise).word.removeprefix("! "),
        )

    def _take(self, found: Standings) -> None:
        self._promises, self._names = found.promises, found.names
        if self._clause_id is not None:
            self.show_clause(self._clause_id)
