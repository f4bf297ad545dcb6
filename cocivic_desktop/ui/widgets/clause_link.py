"""A small link from a figure to the clause of the agreement that it answers to."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QPushButton, QWidget

from cocivic_desktop.domain.partnerships import Stage
from cocivic_desktop.services import traceability
from cocivic_desktop.services.drafts import wording
from cocivic_desktop.ui.context import Context, Target

if TYPE_CHECKING:
    from cocivic_desktop.domain.agreements import Clause
    from cocivic_desktop.domain.base import Entity

LONGEST = 34
"""Characters of a clause's title that a link shows."""


class ClauseLink(QPushButton):
    """Hidden while there is no record, or no clause for it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._partnership_id: UUID | None = None
        self._clause: Clause | None = None
        self.setProperty("look", "link")
        self.hide()
        self.clicked.connect(lambda: self.open())

    def show_for(self, partnership_id: UUID, record: Entity | None) -> None:
        """Show the clause that a commitment, routine, cost or indicator answers to."""
        self._partnership_id = partnership_id
        found = record is not None and self._context.is_open
        self._clause = traceability.clause_for(self._context.workspace, record) if found and record else None
        self.setVisible(self._clause is not None)
        if self._clause is not None:
            title = wording(self._clause.titles, self._context.language)
            short = title if len(title) <= LONGEST else f"{title[: LONGEST - 1].rstrip()}…"
            self.setText(self.tr("Clause: {title}").format(title=short))
            self.setToolTip(self.tr("Open the clause “{title}” of the agreement").format(title=title))

    def open(self) -> None:
        """Go to the clause."""
        if self._clause is not None and self._partnership_id is not None:
            target = Target.partnership(self._partnership_id, Stage.AGREEMENT, "clauses", self._clause.id)
            self._context.navigate(target)
