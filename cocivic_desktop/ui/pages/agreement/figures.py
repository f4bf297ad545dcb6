"""Figures of an agreement that take a moment: worked out beside the window, shown when they are there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cocivic_desktop.domain.errors import NotFound
from cocivic_desktop.services import traceability
from cocivic_desktop.services.drafts import Draft
from cocivic_desktop.services.traceability import Standings
from cocivic_desktop.ui.context import Context

if TYPE_CHECKING:
    from cocivic_desktop.ui.tasks import Job


class Figures:
    """Asks for an agreement's standings; only the latest answer is shown."""

    def __init__(self, context: Context, show: Callable[[Standings], None]) -> None:
        self._context, self._show = context, show
        self._job: Job | None = None

    def ask(self, draft: Draft) -> None:
        """Work the figures of an agreement out anew."""
        if self._job is not None:
            self._job.cancel()
        workspace, today, language = self._context.workspace, self._context.today(), self._context.language
        agreement_id = draft.agreement.id
        self._job = self._context.tasks.run(
            lambda: traceability.standings(workspace, agreement_id, today, language), self._take, self._fail
        )

    def _take(self, found: Standings) -> None:
        self._job = None
        self._show(found)

    def _fail(self, error: Exception) -> None:
        self._job = None
        if not isinstance(error, NotFound):  # deleted meanwhile
            self._context.report(error)
