"""Parts that several documents share: tables with captions, columns side by side, parties, places to sign."""

from __future__ import annotations

from collections.abc import Sequence

from cocivic_desktop.documents.content import Cell, Fields, Party, SignatureBlock, Table, Words
from cocivic_desktop.documents.wml import (
    TEXT_WIDTH,
    Element,
    cell,
    gap,
    length,
    one_line,
    paragraph,
    row,
    runs,
    shares,
    table,
    text_paragraph,
)

_LONG_CELL = 1_500
"""Characters beyond which a table's row may go on on the next page."""
_WHOLE_ROWS, _WHOLE_LENGTH = 14, 1_800
"""Rows and characters up to which a table stays on one page."""
_SIGNATURE_GAP = 470
_LINE_HEIGHT = 480
_FILLED_HEIGHT = 340
_AIR = 40
"""Least heights of a line to write on by hand, and of one that is filled, in twentieths of a point."""


def data_table(content: Table, language: str) -> list[Element]:
    """A caption, a table whose head is repeated on every page, and the narrow gap that keeps tables apart."""
    columns = max([len(content.head), *(len(cells) for cells in content.rows)])
    if not columns:
        return []
    widths = shares(content.widths, columns)
    last = len(content.rows) - 1
    whole = len(content.rows) <= _WHOLE_ROWS and sum(length(c) for row in content.rows for c in row) <= _WHOLE_LENGTH
    rows = [_data_row("TableHead", content, content.head, widths, language, head=True, keep_next=whole and last >= 0)]
    rows += [
        _data_row(
            "TableHead" if index in content.strong else "TableText",
            content,
            cells,
            widths,
            language,
            head=False,
            keep_next=whole and index < last,
        )
        for index, cells in enumerate(content.rows)
    ]
    result = [text_paragraph("Caption", one_line(content.caption), language)] if content.caption else []
    return [*result, table("DataTable", widths, rows, alt=content.caption, head=True), gap()]


def _data_row(
    style: str,
    content: Table,
    cells: Sequence[Cell],
    widths: Sequence[int],
    language: str,
    *,
    head: bool,
    keep_next: bool,
) -> Element:
    texts: list[Cell] = [*cells, *[""] * (len(widths) - len(cells))]
    return row(
        (
            cell(
                width,
                [paragraph(style, runs(text, language), keep_next=keep_next, right=index in content.right)],
                border="right" if content.ruled and index < len(widths) - 1 else "",
            )
            for index, (text, width) in enumerate(zip(texts, widths, strict=True))
        ),
        head=head,
        split=not head and any(length(text) > _LONG_CELL for text in texts),
        height=0 if head else content.row_height,
    )


def fields(content: Fields, language: str) -> list[Element]:
    """Names and what is known side by side; for what is not, lines to write on."""
    left = round(TEXT_WIDTH * content.label_share)
    rows = []
    for name, value, lines in content.rows:
        filled = bool(value.strip())
        for number in range(1 if filled else max(1, lines)):
            label = [text_paragraph("TableHead" if number == 0 else "Gap", name if number == 0 else "", language)]
            shown = [text_paragraph("TableText", part, language) for part in value.splitlines() if part.strip()]
            room = cell(TEXT_WIDTH - left, shown, border="" if filled else "bottom", air=_AIR)
            named = cell(left, label, bottom=not filled, air=_AIR)
            rows.append(row([named, room], height=_FILLED_HEIGHT if filled else _LINE_HEIGHT))
    return [table("ColumnsTable", [left, TEXT_WIDTH - left], rows), gap()] if rows else []


def columns(rows: Sequence[tuple[Sequence[Sequence[Element]], bool]]) -> Element:
    """Content side by side: each row holds one list of paragraphs per column, and whether it may be split."""
    count = max(len(cells) for cells, _ in rows)
    widths = shares((), count)
    return table(
        "ColumnsTable",
        widths,
        (
            row((cell(width, content) for width, content in zip(widths, cells, strict=True)), split=split)
            for cells, split in rows
        ),
    )


def party(content: Party, language: str) -> list[Element]:
    """A party's name, and its lines below it."""
    name = text_paragraph("PartyName", one_line(content.name), language)
    return [name, *(text_paragraph("PartyLine", line, language) for line in content.lines)]


def signatures(blocks: Sequence[SignatureBlock], words: Words, language: str) -> list[Element]:
    """Places to sign, two in a row. The whole of it stays together, and with the heading before it."""
    result: list[Element] = []
    for start in range(0, len(blocks), 2):
        pair = blocks[start : start + 2]
        width = (TEXT_WIDTH - _SIGNATURE_GAP) // 2
        widths = [width, _SIGNATURE_GAP, TEXT_WIDTH - _SIGNATURE_GAP - width]
        last = start + 2 >= len(blocks)
        result += [_signature_table(pair, widths, words, language, keep_on=not last), gap()]
    return result


def _signature_table(
    pair: Sequence[SignatureBlock], widths: Sequence[int], words: Words, language: str, *, keep_on: bool
) -> Element:
    """Per side: who it is for; place and date; room for the signature; name and position, each over its label."""
    sides = [": ".join(part for part in (block.side_label, block.organisation) if part) for block in pair]
    rows = [_signature_row(pair, widths, "SignatureSide", sides, language)]
    lines = (
        ("signature.place_date", [block.place_date for block in pair], 420),
        ("signature.signature", ["" for _ in pair], 900),
        ("signature.name_position", [_joined(block.name, block.position) for block in pair], 420),
    )
    for index, (key, values, height) in enumerate(lines):
        rows.append(_signature_row(pair, widths, "SignatureLine", values, language, height=height, ruled=True))
        keep = keep_on or index < len(lines) - 1
        labels = [words[key]] * len(pair)
        rows.append(_signature_row(pair, widths, "SignatureLabel", labels, language, keep=keep))
    return table("ColumnsTable", widths, rows)


def _signature_row(
    pair: Sequence[SignatureBlock],
    widths: Sequence[int],
    style: str,
    values: Sequence[str],
    language: str,
    *,
    height: int = 0,
    ruled: bool = False,
    keep: bool = True,
) -> Element:
    border = "bottom" if ruled else ""
    cells = []
    for index, width in enumerate(widths):
        if index == 1 or index // 2 >= len(pair):
            cells.append(cell(width, [paragraph(style, keep_next=keep)]))
        else:
            content = [text_paragraph(style, one_line(values[index // 2]), language, keep_next=keep)]
            cells.append(cell(width, content, border=border, bottom=ruled))
    return row(cells, height=height)


def _joined(*words: str) -> str:
    return ", ".join(word for word in map(one_line, words) if word)
