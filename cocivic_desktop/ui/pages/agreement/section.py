"""What the parts of the agreement page share."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Protocol

from PySide6.QtWidgets import QWidget

from cocivic_desktop.services.drafts import Draft
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.theme import Roles, roles


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


class Piece(Protocol):
    """A piece of a paragraph, of a draft or of a document. `missing`: what is still to be filled in."""

    @property
    def text(self) -> str:
        """Its words."""
        ...

    @property
    def missing(self) -> bool:
        """Whether the words only name what belongs here."""
        ...


def runs_html(paragraph: Iterable[Piece], chosen: Roles) -> str:
    """A paragraph's words; what is still missing stands marked in brackets."""
    missing = f'<span style="background-color:#{chosen.warning_soft};color:#{chosen.warning}">[{{text}}]</span>'
    return "".join(missing.format(text=escape(run.text)) if run.missing else escape(run.text) for run in paragraph)


def paragraphs_html(paragraphs: Iterable[Iterable[Piece]], number: int | str, chosen: Roles | None = None) -> str:
    """Paragraphs numbered "6.1", "6.2" as in the document."""
    chosen = chosen or roles()
    return "".join(
        f'<p style="margin:0 0 6px 0"><span style="color:#{chosen.muted}">{number}.{n}</span>&nbsp; '
        f"{runs_html(paragraph, chosen)}</p>"
        for n, paragraph in enumerate(paragraphs, start=1)
    )
