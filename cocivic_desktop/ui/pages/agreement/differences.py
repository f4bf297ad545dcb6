"""Differences of texts to read: what went is struck through, what came is underlined; colour comes on top."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.domain.rules.clause_compare import ClauseKind, TextPair
from cocivic_desktop.domain.rules.text_compare import RunKind, WordRun, compare_words
from cocivic_desktop.ui.theme import roles

if TYPE_CHECKING:
    from cocivic_desktop.domain.rules.clause_compare import ClauseComparison


def runs_html(runs: Iterable[WordRun]) -> str:
    """Words with what was deleted struck through and what was inserted underlined."""
    chosen = roles()
    styles = {
        RunKind.DELETED: f"text-decoration:line-through;color:#{chosen.bad};background-color:#{chosen.bad_soft}",
        RunKind.INSERTED: f"text-decoration:underline;color:#{chosen.good};background-color:#{chosen.good_soft}",
    }
    return "".join(
        f"<span style='{styles[run.kind]}'>{_lines(run.text)}</span>" if run.kind in styles else _lines(run.text)
        for run in runs
    )


def change_html(before: str, after: str) -> str:
    """One text before and after, word by word."""
    return f"<p style='line-height:135%'>{runs_html(compare_words(before, after))}</p>"


def comparison_html(clauses: Sequence[ClauseComparison], languages: Sequence[str]) -> str:
    """The clauses in which two versions differ, with the paragraphs and rows that do."""
    return "".join(
        part for clause in clauses if clause.kind is not ClauseKind.UNCHANGED for part in _clause(clause, languages)
    )


def _clause(clause: ClauseComparison, languages: Sequence[str]) -> Iterator[str]:
    translate = QCoreApplication.translate
    kinds = {
        ClauseKind.CHANGED: translate("Differences", "changed"),
        ClauseKind.ADDED: translate("Differences", "new"),
        ClauseKind.REMOVED: translate("Differences", "left out"),
        ClauseKind.MOVED: translate("Differences", "moved"),
    }
    place = clause.after if clause.after is not None else clause.before
    number = f"{place + 1}. " if place is not None else ""
    for index, language in enumerate(languages):
        title = clause.titles.get(language)
        if title is not None:
            note = f" <span style='color:#{roles().muted}'>({escape(kinds[clause.kind])})</span>" if index == 0 else ""
            yield f"<h4 style='margin-bottom:2px'>{escape(number)}{runs_html(title.runs)}{note}</h4>"
        for pair in clause.paragraphs.get(language, ()):
            if pair.changed or clause.kind in (ClauseKind.ADDED, ClauseKind.REMOVED):
                yield f"<p style='margin-top:2px; line-height:135%'>{_pair(pair)}</p>"
        for row in clause.rows.get(language, ()):
            if row.changed:
                yield f"<p style='margin-top:2px'>{' | '.join(_pair(cell) for cell in row.cells)}</p>"


def _pair(pair: TextPair) -> str:
    return runs_html(pair.runs)


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
