"""Two versions of a text as one that reads: what went is struck through, what came is underlined."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from cocivic_desktop.domain.rules.clause_compare import TextPair
from cocivic_desktop.domain.rules.text_compare import RunKind, WordRun
from cocivic_desktop.ui.theme import roles


def runs_html(runs: Iterable[WordRun]) -> str:
    """Compared words as HTML; colour never says it alone."""
    chosen = roles()
    styles = {
        RunKind.EQUAL: "<span>{text}</span>",
        RunKind.DELETED: f'<span style="color:#{chosen.bad};text-decoration:line-through">{{text}}</span>',
        RunKind.INSERTED: f'<span style="color:#{chosen.good};background-color:#{chosen.good_soft};'
        'text-decoration:underline">{text}</span>',
    }
    return "".join(styles[run.kind].format(text=escape(run.text).replace("\n", "<br/>")) for run in runs)


def pair_html(pair: TextPair) -> str:
    """A text in both versions as HTML."""
    return runs_html(pair.runs)
