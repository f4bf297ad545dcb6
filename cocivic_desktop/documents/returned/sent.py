"""The structure of a version that left, read from the very bytes that left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cocivic_desktop.documents.returned.blocks import Block, Body, Grid, Line
from cocivic_desktop.documents.returned.model import PartKind, SentParagraph, SentPart, SentTable

_HEADING, _ANNEX, _CLAUSE = "heading 1", "annex heading", "clause heading"
_STATE, _CAPTION, _COLUMNS = "clause state", "caption", "columns"


@dataclass
class _Part:
    """A part while it is read; texts by language."""

    kind: PartKind
    languages: int
    id: UUID | None = None
    number: int = 0
    tables: list[SentTable] = field(default_factory=list)
    caption: str = ""

    def __post_init__(self) -> None:
        self.titles = [""] * self.languages
        self.states = [""] * self.languages
        self.paragraphs: list[list[SentParagraph]] = [[] for _ in range(self.languages)]

    def add(self, line: Line, language: int = 0) -> None:
        """A paragraph by what its style says it is."""
        if not line.text:
            return
        if line.style in {_HEADING, _ANNEX, _CLAUSE} and not self.titles[language]:
            self.titles[language] = line.text
        elif line.style == _STATE and not self.states[language]:
            self.states[language] = line.text
        elif line.style == _CAPTION and not self.caption:
            self.caption = line.text
        else:
            self.paragraphs[language].append(sent_paragraph(line))

    def add_table(self, grid: Grid) -> None:
        """A table of data or of places to sign, with the caption before it."""
        rows = tuple(tuple(_cell(cell) for cell in row.cells) for row in grid.rows)
        self.tables.append(SentTable(rows, self.caption))
        self.caption = ""

    def finished(self) -> SentPart:
        """The part as it is kept."""
        return SentPart(
            kind=self.kind, id=self.id, number=self.number, titles=tuple(self.titles), states=tuple(self.states),
            paragraphs=tuple(map(tuple, self.paragraphs)), tables=tuple(self.tables),
        )  # fmt: skip


def sent_parts(body: Body, languages: int) -> tuple[SentPart, ...]:
    """All parts of an export in their order. `languages` is 1, or 2 for languages side by side."""
    parts = [_Part(PartKind.FRONT, languages)]
    clauses = 0
    for index, block in enumerate(body.blocks):
        if block.control is not None:
            if block.control != parts[-1].id:
                clauses += 1
                parts.append(_Part(PartKind.CLAUSE, languages, block.control, clauses))
        elif (kind := _beginning(block, body.blocks[index + 1 :], parts[-1].kind, clauses)) is not None:
            parts.append(_Part(kind, languages))
        _add(parts[-1], block, languages)
    for kind, lines in ((PartKind.HEADER, body.header), (PartKind.FOOTER, body.footer)):
        parts.append(_Part(kind, languages))
        for line in lines:
            parts[-1].add(line)
    return tuple(part.finished() for part in parts)


def sent_paragraph(line: Line) -> SentParagraph:
    """A paragraph's text with its blanks."""
    blanks: list[tuple[int, int]] = []
    for place, owner in enumerate(line.spelled.owners):
        if owner.blank:
            follows = blanks and blanks[-1][1] == place and line.spelled.owners[place - 1] is owner
            blanks[-1:] = [(blanks[-1][0], place + 1)] if follows else [*blanks[-1:], (place, place + 1)]
    return SentParagraph(line.text, tuple(blanks))


def stands_in_columns(grid: Grid) -> bool:
    """Whether a table of two columns has text side by side: it has headings or paragraphs of clauses, not cells."""
    return grid.style == _COLUMNS and all(len(row.cells) == 2 for row in grid.rows)


def _beginning(block: Block, following: Sequence[Block], present: PartKind, clauses: int) -> PartKind | None:
    """The kind of part that a block outside of clauses begins, None when it goes on with the present one."""
    styles = {line.style for line in ([block] if isinstance(block, Line) else block.lines()) if line.text}
    if _ANNEX in styles:
        return PartKind.ANNEX
    if "signature side" in styles:
        return None if present is PartKind.SIGNATURES else PartKind.SIGNATURES
    if _HEADING in styles:
        if clauses:
            return PartKind.SIGNATURES
        near = [*styles, *(line.style for line in _lines(following[:1]))]
        return PartKind.PARTIES if "party name" in near else PartKind.PREAMBLE
    if "note" in styles and clauses and present is not PartKind.NOTICE:
        return PartKind.NOTICE
    return PartKind.FRONT if styles and present is PartKind.CLAUSE else None


def _add(part: _Part, block: Block, languages: int) -> None:
    if isinstance(block, Line):
        part.add(block)
    elif languages > 1 and stands_in_columns(block):
        for row in block.rows:
            for language, cell in enumerate(row.cells):
                for line in cell:
                    part.add(line, language)
    elif block.style == _COLUMNS and part.kind is not PartKind.SIGNATURES:
        for line in block.lines():
            part.add(line)
    else:
        part.add_table(block)


def _lines(blocks: Sequence[Block]) -> list[Line]:
    return list(Body(list(blocks)).lines())


def _cell(lines: Sequence[Line]) -> SentParagraph:
    """A cell's paragraphs as one text, a line each."""
    text, blanks = "", []
    for line in lines:
        if line.text:
            paragraph = sent_paragraph(line)
            start = len(text) + 1 if text else 0
            text = f"{text}\n{paragraph.text}" if text else paragraph.text
            blanks += [(start + one, start + two) for one, two in paragraph.blanks]
    return SentParagraph(text, tuple(blanks))
