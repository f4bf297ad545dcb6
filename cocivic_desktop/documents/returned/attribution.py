"""Who changed what: the runs between two texts with their writers, and what was written into blanks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from cocivic_desktop.documents.returned.blocks import Grid, Line
from cocivic_desktop.documents.returned.model import Answer, Change, ChangedRun, SentParagraph
from cocivic_desktop.documents.returned.pieces import Piece, Spelled, spelled
from cocivic_desktop.domain.rules.taking import written_in
from cocivic_desktop.domain.rules.text_compare import RunKind, compare_words


def attributed(before: str, after: Spelled, pieces: Sequence[Piece]) -> tuple[ChangedRun, ...]:
    """The runs between two texts with their writers, as far as tracked changes tell."""
    original = spelled(pieces, accepted=False)
    exact = original.text == before
    deleted = [piece for piece in pieces if piece.deleted and not piece.inserted]
    result: list[ChangedRun] = []
    old = new = 0
    for run in compare_words(before, after.text):
        length = len(run.text)
        if run.kind is RunKind.EQUAL:
            result.append(ChangedRun(run.kind, run.text))
        elif run.kind is RunKind.INSERTED:
            result += _split(run.kind, run.text, after.owners[new : new + length], inserted=True)
        elif exact:
            result += _split(run.kind, run.text, original.owners[old : old + length], inserted=False)
        else:
            words = run.text.strip()
            piece = next((piece for piece in deleted if words and words in piece.text), Piece(""))
            result.append(ChangedRun(run.kind, run.text, piece.author, piece.date))
        old += length if run.kind is not RunKind.INSERTED else 0
        new += length if run.kind is not RunKind.DELETED else 0
    return tuple(result)


def _split(kind: RunKind, text: str, owners: Sequence[Piece], *, inserted: bool) -> list[ChangedRun]:
    """A run by its writers; spaces belong to the words before them."""
    writers: list[tuple[str, datetime | None]] = []
    for character, owner in zip(text, owners, strict=False):
        tracked = owner.inserted if inserted else owner.deleted
        writer = (owner.author, owner.date) if tracked else ("", None)
        writers.append(writers[-1] if writers and character.isspace() else writer)
    writers += [("", None)] * (len(text) - len(writers))
    if text and text[0].isspace() and len(set(writers[1:])) == 1:
        writers[0] = writers[-1]
    result, start = [], 0
    for (author, date), group in groupby(writers):
        end = start + len(list(group))
        result.append(ChangedRun(kind, text[start:end], author, date))
        start = end
    return result


def answered(before: SentParagraph, after: str) -> tuple[tuple[Answer, ...], bool]:
    """What was written into the blanks, and whether nothing else changed."""
    if not before.blanks or before.text == after:
        return (), False
    spans = written_in(before.text, before.blanks, after) or []
    answers = tuple(
        Answer(asked.strip("[]").rstrip("?"), after[start:end])
        for (one, two), (start, end) in zip(before.blanks, spans, strict=False)
        if after[start:end] != (asked := before.text[one:two])
    )
    return answers, bool(answers)


def by_one(change: Change, pieces: Iterable[Piece]) -> Change:
    """The change with author and date when it is a whole that one person added or removed."""
    marks = [piece for piece in pieces if (piece.inserted or piece.deleted) and piece.author]
    authors = {piece.author for piece in marks}
    if len(authors) != 1:
        return change
    dates = [piece.date for piece in marks if piece.date]
    return replace(change, author=authors.pop(), date=max(dates) if dates else None, tracked=True)


def pieces_of(cells: Sequence[Sequence[Line]]) -> list[Piece]:
    """The pieces of all paragraphs of cells, with a line feed between them."""
    result: list[Piece] = []
    for cell in cells:
        for line in cell:
            result += [*([Piece("\n")] if result and line.pieces else []), *line.pieces]
    return result


def cell_text(lines: Sequence[Line]) -> Spelled:
    """A cell's paragraphs as one text, a line each."""
    return spelled(pieces_of([lines]))


def table_text(grid: Grid) -> Spelled:
    """A table that was added, a line per row."""
    text = "\n".join(" | ".join(row.texts()) for row in grid.rows)
    pieces = pieces_of([cell for row in grid.rows for cell in row.cells])
    writers = {(piece.author, piece.date) for piece in pieces if piece.inserted}
    whole = len(writers) == 1 and all(piece.inserted or not piece.text.strip() for piece in pieces)
    author, date = writers.pop() if whole else ("", None)
    return Spelled(text, (Piece(text, whole, False, author, date),) * len(text))
