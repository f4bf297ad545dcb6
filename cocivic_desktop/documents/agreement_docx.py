"""An agreement as DOCX, in one language or with two languages side by side.

Clauses are numbered by the file itself, each within a content control that carries its id, so that a file that
comes back maps to its clauses (`wml.read_clause_tag`). The DRAFT mark stays until `AgreementText.draft` is unset.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from uuid import UUID

from cocivic_desktop.documents import base, blocks
from cocivic_desktop.documents.content import (
    AgreementText,
    Annex,
    Cell,
    ClauseText,
    Paragraph,
    Party,
    Run,
    SignatureBlock,
    Table,
    Words,
)
from cocivic_desktop.documents.properties import put_identity
from cocivic_desktop.documents.wml import (
    Element,
    clause_control,
    gap,
    keep_with_following,
    length,
    one_line,
    paragraph,
    run,
    runs,
    text_paragraph,
)
from cocivic_desktop.files import write_whole

_COLUMN_NUMBERING = 2
"""First of the numbering instances for columns in the base document, one per column."""
_LONG_PARAGRAPH = 900
"""Characters beyond which a paragraph in a column may go on on the next page."""
_COLUMN_INDENT = 560
"""Indent of these instances, in twentieths of a point."""
_STYLE_HEADING, _STYLE_TEXT = "ClauseHeading", "ClauseParagraph"


def write_agreement(texts: Sequence[AgreementText], path: Path | str, *, force: bool = False) -> Path:
    """Write an agreement in one language, or in two side by side, to a file; returns where it is.

    Raises `BadInput` when the file is there (unless `force`), cannot be written, or the logo cannot be read.
    """
    return write_whole(path, agreement_bytes(texts), force=force)


def agreement_bytes(texts: Sequence[AgreementText]) -> bytes:
    """The same as bytes. Raises ValueError for other than one or two texts, `BadInput` for an unreadable logo."""
    if len(texts) not in (1, 2):
        raise ValueError("an agreement is written in one or two languages")
    draft = any(text.draft for text in texts)
    mark = " / ".join(dict.fromkeys(text.words["document.draft_mark"] for text in texts)) if draft else ""
    document = base.new_document(texts, mark)
    put_identity(document, texts[0].agreement_id, texts[0].version, [text.language for text in texts])
    content = base.title_block(texts)
    if len(texts) > 1:
        content += [text_paragraph("Note", _what_counts(text, texts[0].language), text.language) for text in texts]
    if draft:
        content += [_draft_note(text, _has_gaps(texts)) for text in texts]
    content += _bilingual(texts) if len(texts) > 1 else _single(texts[0])
    return base.put(document, content)


def _draft_note(text: AgreementText, gaps: bool) -> Element:
    words = text.words["notice.draft"] + (" " + text.words["notice.missing"] if gaps else "")
    mark = run(text.words["document.draft_mark"], text.language, style="Mark")
    return paragraph("DraftMark", [mark, run("  " + words, text.language)])


def _what_counts(text: AgreementText, first: str) -> str:
    """Which of two languages counts, in the words of one of them."""
    return text.words["document.bilingual"].format(language=text.words[f"language.{first}"])


def _has_gaps(texts: Sequence[AgreementText]) -> bool:
    return any(piece.missing for text in texts for content in _all_paragraphs(text) for piece in content)


def _all_paragraphs(text: AgreementText) -> Iterator[Paragraph]:
    yield from text.preamble
    parts: list[ClauseText | Annex] = [*text.sections, *text.annexes]
    for part in parts:
        yield from part.paragraphs
        for table in part.tables:
            yield from (content for cells in table.rows for content in cells if not isinstance(content, str))


def _single(text: AgreementText) -> list[Element]:
    """Everything below the title, in one language."""
    language, words = text.language, text.words
    result: list[Element] = []
    if text.parties:
        result.append(text_paragraph("Heading1", words["heading.parties"], language))
        result += _parties_in_pairs(text.parties, language)
    if text.preamble:
        result.append(text_paragraph("Heading1", words["document.preamble"], language))
        result += [paragraph("", runs(content, language)) for content in text.preamble]
    for number, clause in enumerate(text.sections, 1):
        content = _clause_paragraphs(clause, text)
        content += _tables(clause.tables, language)
        if clause is text.sections[-1] and text.signatures:
            keep_with_following(content)
        result.append(clause_control(clause.id, number, clause.title, content))
    result += _signature_part(text.signatures, words, language, text.sections)
    result += _notices([text])
    for number, annex in enumerate(text.annexes, 1):
        result.append(text_paragraph("AnnexHeading", _annex_title(annex, number, words), language))
        result += [paragraph("", runs(content, language)) for content in annex.paragraphs]
        result += _tables(annex.tables, language)
    return result


def _clause_paragraphs(clause: ClauseText, text: AgreementText, column: int | None = None) -> list[Element]:
    """Heading, state and paragraphs of a clause; in a column they count by that column's numbering."""
    heading, *others = _clause_rows(clause, text, column)
    return [*heading, *(element for other in others for element in other)]


def _clause_rows(clause: ClauseText, text: AgreementText, column: int | None = None) -> list[list[Element]]:
    """The same in pieces that stand beside their counterparts: the heading with its state, then each paragraph."""
    instance = None if column is None else _COLUMN_NUMBERING + column
    top, below = ((instance, 0), (instance, 1)) if instance is not None else (None, None)
    language = text.language
    heading = [paragraph(_STYLE_HEADING, runs(one_line(clause.title), language), numbering=top)]
    if text.draft and clause.state_label:
        state = runs(one_line(clause.state_label), language)
        heading.append(paragraph("ClauseState", state, indent=0 if column is None else _COLUMN_INDENT))
    return [heading, *([paragraph(_STYLE_TEXT, runs(p, language), numbering=below)] for p in clause.paragraphs)]


def _tables(tables: Sequence[Table], language: str) -> list[Element]:
    return [element for table in tables for element in blocks.data_table(table, language)]


def _parties_in_pairs(parties: Sequence[Party], language: str) -> list[Element]:
    """Two parties beside each other, further ones below."""
    shown = [blocks.party(content, language) for content in parties]
    rows = [(_filled(shown[start : start + 2], 2), False) for start in range(0, len(shown), 2)]
    return [blocks.columns(rows), gap()]


def _signature_part(
    signatures: Sequence[SignatureBlock], words: Words, language: str, sections: Sequence[ClauseText]
) -> list[Element]:
    """The places to sign, under a heading of their own unless the last clause has the same."""
    if not signatures:
        return []
    places = blocks.signatures(signatures, words, language)
    if sections and one_line(sections[-1].title) in words["heading.signatures"].split(" / "):
        return places
    return [text_paragraph("Heading1", words["heading.signatures"], language), *places]


def _notices(texts: Sequence[AgreementText]) -> list[Element]:
    return [text_paragraph("Note", text.notice, text.language) for text in texts if text.notice]


def _annex_title(annex: Annex, number: int, words: Words) -> str:
    return f"{words['document.annex'].format(number=number)}: {one_line(annex.title)}"


# --- two languages ----------------------------------------------------------------------------------------------------


def _bilingual(texts: Sequence[AgreementText]) -> list[Element]:
    """Everything below the title, the languages in columns; tables need the whole width and hold both."""
    result: list[Element] = []
    if any(text.parties for text in texts):
        result += _beside(
            texts,
            lambda text: [
                [text_paragraph("Heading1", text.words["heading.parties"], text.language)],
                *(blocks.party(content, text.language) for content in text.parties),
            ],
        )
    if any(text.preamble for text in texts):
        result += _beside(
            texts,
            lambda text: [
                [text_paragraph("Heading1", text.words["document.preamble"], text.language)],
                *([paragraph("", runs(content, text.language))] for content in text.preamble),
            ],
        )
    controls: list[tuple[ClauseText, list[Element]]] = []
    for pair in _paired([text.sections for text in texts]):
        present = next(clause for clause in pair if clause is not None)
        rows = [
            _clause_rows(clause, text, column) if clause else []
            for column, (clause, text) in enumerate(zip(pair, texts, strict=True))
        ]
        content = [_rows_beside(rows, _clause_may_split(pair)), gap()]
        content += _stacked([clause.tables if clause else () for clause in pair], texts)
        controls.append((present, content))
    if controls and any(text.signatures for text in texts):
        keep_with_following(controls[-1][1])
    result += [clause_control(clause.id, n, clause.title, content) for n, (clause, content) in enumerate(controls, 1)]
    written = [clause for clause, _ in controls]
    result += _signature_part(_joined_signatures(texts), _JoinedWords(texts), texts[0].language, written)
    result += _notices(texts)
    result += _bilingual_annexes(texts)
    return result


def _bilingual_annexes(texts: Sequence[AgreementText]) -> list[Element]:
    result: list[Element] = []
    for number, annexes in enumerate(zip_longest(*(text.annexes for text in texts)), 1):
        there = [(annex, text) for annex, text in zip(annexes, texts, strict=True) if annex]
        titles = [run(_annex_title(annex, number, text.words), text.language) for annex, text in there]
        separated = [titles[0], *(part for title in titles[1:] for part in (run(" / ", texts[0].language), title))]
        result.append(paragraph("AnnexHeading", separated))
        rows = [
            [[paragraph("", runs(content, text.language))] for content in annex.paragraphs] if annex else []
            for annex, text in zip(annexes, texts, strict=True)
        ]
        if any(rows):
            result += [_rows_beside(rows, may_split=True), gap()]
        result += _stacked([annex.tables if annex else () for annex in annexes], texts)
    return result


def _beside(texts: Sequence[AgreementText], content: Callable[[AgreementText], list[list[Element]]]) -> list[Element]:
    return [_rows_beside([content(text) for text in texts], may_split=False), gap()]


def _rows_beside(columns: Sequence[Sequence[list[Element]]], may_split: bool) -> Element:
    """Piece beside piece when both languages have as many; else the headings, and then all the rest in one row."""
    if len({len(column) for column in columns}) > 1:
        columns = [[*column[:1], [element for piece in column[1:] for element in piece]] for column in columns]
    rows = [[piece or [] for piece in pieces] for pieces in zip_longest(*columns)]
    return blocks.columns([(pieces, may_split and index > 0) for index, pieces in enumerate(rows)])


def _clause_may_split(pair: Sequence[ClauseText | None]) -> bool:
    clauses = [clause for clause in pair if clause]
    uneven = len({len(clause.paragraphs) for clause in clauses}) > 1 or len(clauses) < len(pair)
    longest = sum if uneven else max  # an uneven clause stands in one row
    return any(longest([0, *map(length, clause.paragraphs)]) > _LONG_PARAGRAPH for clause in clauses)


def _paired(sections: Sequence[Sequence[ClauseText]]) -> Iterator[list[ClauseText | None]]:
    """The clauses of all languages by their id, in the order of the first; what only others have comes last."""
    by_id: list[dict[UUID, ClauseText]] = [{clause.id: clause for clause in clauses} for clauses in sections]
    for clause_id in dict.fromkeys(clause.id for clauses in sections for clause in clauses):
        yield [clauses.get(clause_id) for clauses in by_id]


def _stacked(tables: Sequence[Sequence[Table]], texts: Sequence[AgreementText]) -> list[Element]:
    """Each table once with the words of all languages; one below the other where they differ in form."""
    result: list[Element] = []
    for versions in zip_longest(*tables):
        there = [(version, text) for version, text in zip(versions, texts, strict=True) if version is not None]
        if len(there) > 1 and len({_form(version) for version, _ in there}) == 1:
            there = [(_joined_table([v for v, _ in there], [t.language for _, t in there]), texts[0])]
        for version, text in there:
            result += blocks.data_table(version, text.language)
    return result


def _form(table: Table) -> tuple[int, ...]:
    return (len(table.head), *map(len, table.rows))


def _joined_table(versions: Sequence[Table], languages: Sequence[str]) -> Table:
    """Tables of one form as one: in each cell what all have once, else the words of each language in a line."""
    first = versions[0]
    return replace(
        first,
        caption=" / ".join(dict.fromkeys(version.caption for version in versions if version.caption)),
        head=[_joined_cell(cells, languages) for cells in zip(*(version.head for version in versions), strict=True)],
        rows=[
            [_joined_cell(cells, languages) for cells in zip(*rows, strict=True)]
            for rows in zip(*(version.rows for version in versions), strict=True)
        ],
    )


def _joined_cell(cells: Sequence[Cell], languages: Sequence[str]) -> Cell:
    pieces = [[Run(content)] if isinstance(content, str) else list(content) for content in cells]
    if all(content == pieces[0] for content in pieces):
        return cells[0]
    result: list[Run] = []
    for content, language in zip(pieces, languages, strict=True):
        result += [Run("\n"), *(replace(piece, language=language) for piece in content)]
    return result[1:]


class _JoinedWords:
    """Words of all languages, "Ort, Datum / Place, date"."""

    def __init__(self, texts: Sequence[AgreementText]) -> None:
        self._texts = texts

    def __getitem__(self, key: str, /) -> str:
        return " / ".join(dict.fromkeys(text.words[key] for text in self._texts))


def _joined_signatures(texts: Sequence[AgreementText]) -> list[SignatureBlock]:
    """Everybody signs once, under the words of all languages."""
    result = []
    for versions in zip_longest(*(text.signatures for text in texts)):
        there = [version for version in versions if version is not None]
        joined = {
            name: " / ".join(dict.fromkeys(value for version in there if (value := getattr(version, name))))
            for name in ("side_label", "organisation", "name", "position", "place_date")
        }
        result.append(SignatureBlock(**joined))
    return result


def _filled(parts: Sequence[list[Element]], count: int) -> list[list[Element]]:
    return [*parts, *([] for _ in range(count - len(parts)))]
