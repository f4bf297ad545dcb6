"""An agreement as the HTML that Qt's text layout prints: the same texts and tables as in the DOCX."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from html import escape
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from cocivic_desktop.documents.content import Run

if TYPE_CHECKING:
    from cocivic_desktop.documents.content import (
        AgreementText,
        Annex,
        Cell,
        ClauseText,
        Paragraph,
        Party,
        SignatureBlock,
        SimpleDocument,
        Table,
    )

STYLE: Final = """
body { font-size: 10px; color: #000000; }
h1 { font-size: 20px; font-weight: 600; margin: 0 0 4px 0; }
h2 { font-size: 12px; font-weight: 600; margin: 14px 0 4px 0; }
p { margin: 0 0 5px 0; }
p.note { font-size: 8.5px; color: #444444; }
p.missing, span.missing { background-color: #fcf0dc; }
p.state { font-size: 8.5px; color: #555555; }
table.data { border-collapse: collapse; margin: 4px 0 8px 0; }
table.data th { background-color: #f0eee8; font-weight: 600; text-align: left; }
td, th { padding: 3px 4px 3px 4px; }
td.column { padding: 10px 10px 4px 0px; }
"""
"""Paper is always white, so these are no colours of the theme. A pixel of this layout is a point on paper."""

_PLACE_TO_WRITE: Final = "_" * 34
_POINTS_PER_MM: Final = 72 / 25.4
_TWENTIETHS: Final = 20
_PADDING: Final = 10
"""Twentieths of a point in one, and points of a row that are not its text's."""


def agreement_html(texts: Sequence[AgreementText]) -> str:
    """The document in one language, or in two beside each other. Raises ValueError for another number of texts."""
    if len(texts) not in (1, 2):
        raise ValueError("an agreement is written in one or two languages")
    body = "".join(_head(texts)) + "".join(_body(texts))
    return f"<html><head><style>{STYLE}</style></head><body>{body}</body></html>"


def _head(texts: Sequence[AgreementText]) -> Iterator[str]:
    first = texts[0]
    yield from letterhead_html(first)
    yield "".join(f"<p class='note'>{escape(text.kind_label)}</p>" for text in texts if text.kind_label)
    yield f"<h1>{escape(' / '.join(dict.fromkeys(text.title for text in texts)))}</h1>"
    for line in dict.fromkeys(line for text in texts for line in text.subtitle.splitlines()):
        yield f"<p>{escape(line)}</p>"
    for text in texts:
        if len(texts) > 1:
            counts = text.words["document.bilingual"].format(language=text.words[f"language.{first.language}"])
            yield f"<p class='note'>{escape(counts)}</p>"
        if text.draft:
            mark, note = text.words["document.draft_mark"], text.words["notice.draft"]
            yield f"<p class='note'><b>{escape(mark)}</b> {escape(note)}</p>"


def letterhead_html(text: AgreementText | SimpleDocument) -> Iterator[str]:
    """The logo and the typed lines above a document; nothing on a letterhead, which has its own."""
    if text.letterhead_file is not None:
        return
    if text.logo is not None:
        kind = "png" if text.logo.data.startswith(b"\x89PNG") else "jpeg"
        data = b64encode(text.logo.data).decode()
        height = round(text.logo.height_mm * _POINTS_PER_MM)
        yield f"<p><img src='data:image/{kind};base64,{data}' height='{height}'></p>"
    for line in text.letterhead:
        yield f"<p class='note'>{escape(line)}</p>"


def _body(texts: Sequence[AgreementText]) -> Iterator[str]:
    if any(text.parties for text in texts):
        yield _beside([_parties(text) for text in texts])
    if any(text.preamble for text in texts):
        yield _beside([_titled(text.words["document.preamble"], text.preamble) for text in texts])
    for clauses in zip_longest(*(text.sections for text in texts)):
        yield _beside([_clause(clause, text) if clause else "" for clause, text in zip(clauses, texts, strict=True)])
        yield from (table_html(table) for clause in clauses if clause for table in clause.tables)
    yield _beside([_signatures(text) for text in texts])
    yield from (f"<p class='note'>{escape(text.notice)}</p>" for text in texts if text.notice)
    for number, annexes in enumerate(zip_longest(*(text.annexes for text in texts)), 1):
        pairs = [(annex, text) for annex, text in zip(annexes, texts, strict=True) if annex]
        yield _beside([_annex(annex, number, text) for annex, text in pairs], new_page=True)
        yield from (table_html(table) for annex, _ in pairs for table in annex.tables)


def _beside(parts: Sequence[str], *, new_page: bool = False) -> str:
    """One part as it is, two in columns."""
    start = " style='page-break-before: always'" if new_page else ""
    if len(parts) == 1:
        return f"<div{start}>{parts[0]}</div>"
    width = 100 // len(parts)
    cells = "".join(f"<td class='column' width='{width}%' valign='top'>{part}</td>" for part in parts)
    return f"<table width='100%' cellspacing='0'{start}><tr>{cells}</tr></table>"


def _titled(title: str, paragraphs: Sequence[Paragraph]) -> str:
    return f"<h2>{escape(title)}</h2>" + "".join(f"<p>{_runs(one)}</p>" for one in paragraphs)


def _parties(text: AgreementText) -> str:
    def party(one: Party) -> str:
        return f"<p><b>{escape(one.name)}</b><br>{'<br>'.join(escape(line) for line in one.lines)}</p>"

    return f"<h2>{escape(text.words['heading.parties'])}</h2>" + "".join(party(one) for one in text.parties)


def _clause(clause: ClauseText, text: AgreementText) -> str:
    state = f"<p class='state'>{escape(clause.state_label)}</p>" if text.draft and clause.state_label else ""
    paragraphs = "".join(
        f"<p>{clause.number}.{number}&nbsp; {_runs(one)}</p>" for number, one in enumerate(clause.paragraphs, 1)
    )
    return f"<h2>{clause.number}.&nbsp; {escape(clause.title)}</h2>{state}{paragraphs}"


def _annex(annex: Annex, number: int, text: AgreementText) -> str:
    title = f"{text.words['document.annex'].format(number=number)}: {annex.title}"
    return _titled(title, annex.paragraphs)


def table_html(table: Table) -> str:
    """A table whose head stands on every page. Qt knows no height of rows: a tall space keeps room for handwriting."""
    caption = f"<p class='note'>{escape(table.caption)}</p>" if table.caption else ""
    total = sum(table.widths) or 1
    widths = [f" width='{round(100 * width / total)}%'" for width in table.widths] or [""] * len(table.head)
    room = round(table.row_height / _TWENTIETHS - _PADDING)
    space = f"<span style='font-size: {room}px'>&nbsp;</span>" if room > 0 else ""

    def cell(tag: str, column: int, content: Cell) -> str:
        align = " align='right'" if column in table.right else ""
        place = "middle" if space and tag == "td" else "top"
        return f"<{tag}{widths[column]}{align} valign='{place}'>{cell_html(content)}"

    head = "".join(f"{cell('th', column, content)}</th>" for column, content in enumerate(table.head))
    last = len(table.head) - 1
    rows = "".join(
        "<tr>"
        + "".join(f"{cell('td', column, one)}{space if column == last else ''}</td>" for column, one in enumerate(row))
        + "</tr>"
        for row in table.rows
    )
    data = f"<table class='data' border='1' cellspacing='0' width='100%'><thead><tr>{head}</tr></thead>{rows}</table>"
    return caption + data


def _signatures(text: AgreementText) -> str:
    if not text.signatures:
        return ""
    places = "".join(f"<td width='50%' valign='top'>{_signature(one, text)}</td>" for one in text.signatures)
    title = escape(text.words["heading.signatures"])
    return f"<h2>{title}</h2><table width='100%' cellspacing='0'><tr>{places}</tr></table>"


def _signature(one: SignatureBlock, text: AgreementText) -> str:
    who = ", ".join(part for part in (one.name, one.position) if part)
    lines = [
        f"<b>{escape(one.side_label)}</b><br>{escape(one.organisation)}",
        f"{escape(one.place_date) or _PLACE_TO_WRITE}<br><small>{escape(text.words['signature.place_date'])}</small>",
        f"<br>{_PLACE_TO_WRITE}<br><small>{escape(text.words['signature.signature'])}</small>",
        f"{escape(who) or _PLACE_TO_WRITE}<br><small>{escape(text.words['signature.name_position'])}</small>",
    ]
    return "".join(f"<p>{line}</p>" for line in lines)


def cell_html(content: Cell) -> str:
    """The content of a cell, or of a paragraph."""
    return escape(content).replace("\n", "<br>") if isinstance(content, str) else _runs(content)


def _runs(paragraph: Paragraph) -> str:
    return "".join(_run(one) for one in paragraph)


def _run(one: Run) -> str:
    text = escape(one.text).replace("\n", "<br>")
    return f"<span class='missing'>[{text}]</span>" if one.missing else text
