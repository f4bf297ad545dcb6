"""Figures of an agreement that take a moment: worked out beside the window, shown when they are there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.errors import NotFound
from cocivic_desktop.domain.rules.feasibility import Verdict
from cocivic_desktop.library.labels import labels
from cocivic_desktop.services import traceability
from cocivic_desktop.services.drafts import Draft
from cocivic_desktop.services.traceability import Standings
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.texts.formats import day_text, minutes_text, number_text
from cocivic_desktop.ui.texts.words import choice_word

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


def verdict_text(verdict: Verdict, language: str) -> str:
    """What is said of one promise, in a sentence."""
    values: dict[str, str] = {}
    for name, value in verdict.parameters.items():
        if isinstance(value, Side):
            values[name] = choice_word(value)
        elif isinstance(value, int):
            values[name] = minutes_text(value) if name.endswith("_minutes") else number_text(value)
        else:
            values[name] = value if isinstance(value, str) else day_text(value)
    values["who"] = values.get("role") or values.get("side", "")
    return labels(language).text(f"feasible.{verdict.code}", **values)
