"""Simple documents as DOCX: meeting agendas, goal sheets, reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cocivic_desktop.documents import base, blocks
from cocivic_desktop.documents.content import Block, Fields, Heading, Items, Note, SimpleDocument, Table, WritingLines
from cocivic_desktop.documents.wml import (
    TEXT_WIDTH,
    Element,
    cell,
    gap,
    name,
    one_line,
    paragraph,
    row,
    runs,
    table,
    text_paragraph,
    w,
)
from cocivic_desktop.files import write_whole

if TYPE_CHECKING:
    from docx.document import Document

_NUMBERED = "5"
"""The numbering instance of numbered lists in the base document."""
_LINE_HEIGHT = 480


def write_simple(content: SimpleDocument, path: Path | str, *, force: bool = False) -> Path:
    """Write a simple document to a file; returns where it is.

    Raises `BadInput` when the file is there (unless `force`), cannot be written, or the logo cannot be read.
    """
    return write_whole(path, simple_bytes(content), force=force)


def simple_bytes(content: SimpleDocument) -> bytes:
    """The same as bytes. Raises `BadInput` for a logo that cannot be read."""
    document = base.new_document([content])
    elements = base.title_block([content])
    for block in content.blocks:
        elements += _block(block, content.language, document)
    return base.put(document, elements)


def _block(block: Block, language: str, document: Document) -> list[Element]:
    match block:
        case Heading():
            heading = text_paragraph("Heading1" if block.level == 1 else "Heading2", one_line(block.text), language)
            if block.new_page:
                heading[0].append(w("pageBreakBefore"))
            return [heading]
        case Items():
            return _items(block, language, document)
        case Note():
            return [text_paragraph("Note", block.text, language)]
        case Table():
            return blocks.data_table(block, language)
        case Fields():
            return blocks.fields(block, language)
        case WritingLines():
            return _writing_lines(block, language)
        case _:
            return [paragraph("", runs(block, language))]


def _items(block: Items, language: str, document: Document) -> list[Element]:
    if not block.ordered:
        return [paragraph("ListBullet", runs(item, language)) for item in block.items]
    numbering = (_restarted(document), 0)
    return [paragraph("ListNumber", runs(item, language), numbering=numbering) for item in block.items]


def _restarted(document: Document) -> int:
    """A numbering instance of its own for one list, so that it starts at 1."""
    root = document.part.numbering_part.element
    instances = root.findall(name("num"))
    of_list = next(num for num in instances if num.get(name("numId")) == _NUMBERED)
    kind = of_list[0].get(name("val"), "")
    number = len(instances) + 1
    start = w("lvlOverride", w("startOverride", val=1), ilvl=0)
    root.append(w("num", w("abstractNumId", val=kind), start, numId=number))
    return number


def _writing_lines(block: WritingLines, language: str) -> list[Element]:
    result = [text_paragraph("", block.prompt, language, keep_next=True)] if block.prompt else []
    lines = (
        row([cell(TEXT_WIDTH, [paragraph("Gap")], border="bottom")], height=_LINE_HEIGHT) for _ in range(block.count)
    )
    return [*result, table("ColumnsTable", [TEXT_WIDTH], lines), gap()]
