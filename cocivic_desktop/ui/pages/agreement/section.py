"""What the parts of the agreement page share."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from PySide6.QtWidgets import QWidget

from cocivic_desktop.domain.rules.drafting import Run
from cocivic_desktop.services.drafts import Draft
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.theme import roles


class Section(QWidget):
    """A tab of the agreement page. `show_draft` is called with fresh data whenever the page loads."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.draft: Draft | None = None
        self.language = "en"

    def show_draft(self, draft: Draft, language: str) -> None:
        """Show an agreement; `language` is the document's."""
        self.draft, self.language = draft, language
        self.reload()

    def reload(self) -> None:
        """Fill the widgets from `self.draft`."""


def paragraphs_html(paragraphs: Iterable[Iterable[Run]], number: str) -> str:
    """Paragraphs numbered "6.1", "6.2" as in the document; what is still missing stands marked in brackets."""
    chosen = roles()
    missing = f'<span style="background-color:#{chosen.warning_soft};color:#{chosen.warning}">[{{text}}?]</span>'
    lines = [
        "".join(missing.format(text=escape(run.text)) if run.missing else escape(run.text) for run in paragraph)
        for paragraph in paragraphs
    ]
    numbered = enumerate(lines, start=1)
    muted = f"color:#{chosen.muted}"
    return "".join(
        f'<p style="margin:0 0 8px 0"><span style="{muted}">{number}.{n}</span>&nbsp; {line}</p>'
        for n, line in numbered
    )
