"""Simple documents (sheets, agendas) as the HTML that Qt's text layout prints: the same blocks as in the DOCX."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Final

from cocivic_desktop.documents.content import Fields, Heading, Items, Note, Table, WritingLines
from cocivic_desktop.ui.printing.agreement_html import STYLE, cell_html, letterhead_html, table_html

if TYPE_CHECKING:
    from cocivic_desktop.documents.content import Block, SimpleDocument

_LINE: Final = 24
"""Height of a line to write on, in points."""
_RULED: Final = "border-bottom: 1px solid #888888;"


def simple_html(document: SimpleDocument) -> str:
    """The document from its letterhead to its last block."""
    body = "".join(_head(document)) + "".join(_block(block) for block in document.blocks)
    return f"<html><head><style>{STYLE}</style></head><body>{body}</body></html>"


def _head(document: SimpleDocument) -> Iterator[str]:
    yield from letterhead_html(document)
    if document.kind_label:
        yield f"<p class='note'>{escape(document.kind_label)}</p>"
    yield f"<h1>{escape(document.title)}</h1>"
    for line in document.subtitle.splitlines():
        yield f"<p>{escape(line)}</p>"


def _block(block: Block) -> str:
    match block:
        case Heading():
            start = " style='page-break-before: always'" if block.new_page else ""
            return f"<h2{start}>{escape(block.text)}</h2>"
        case Items():
            tag = "ol" if block.ordered else "ul"
            return f"<{tag}>{''.join(f'<li>{cell_html(item)}</li>' for item in block.items)}</{tag}>"
        case Note():
            return f"<p class='note'>{escape(block.text)}</p>"
        case Table():
            return table_html(block)
        case Fields():
            return _fields(block)
        case WritingLines():
            return (f"<p>{escape(block.prompt)}</p>" if block.prompt else "") + _rows([_ruled("100%")] * block.count)
        case _:
            return f"<p>{cell_html(block)}</p>"


def _fields(block: Fields) -> str:
    left = round(100 * block.label_share)
    rows = []
    for name, value, lines in block.rows:
        filled = bool(value.strip())
        for number in range(1 if filled else max(1, lines)):
            label = f"<b>{escape(name)}</b>" if number == 0 else "&nbsp;"
            shown = f"<td valign='top'>{cell_html(value)}</td>" if filled else _ruled(f"{100 - left}%")
            rows.append(f"<td width='{left}%' valign='{'top' if filled else 'bottom'}'>{label}</td>{shown}")
    return _rows(rows)


def _rows(rows: list[str]) -> str:
    content = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table width='100%' cellspacing='0' style='border-collapse: collapse'>{content}</table>"


def _ruled(width: str) -> str:
    """A cell to write in. Qt knows no height of cells, so an empty line of that size keeps the room."""
    return f"<td width='{width}' style='{_RULED}'><span style='font-size: {_LINE - 8}px'>&nbsp;</span></td>"
