"""Two versions of an agreement compared clause by clause.

Paragraphs and rows that were added, changed, moved or taken out, each word by word (`text_compare`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from cocivic_desktop.domain.rules.text_compare import WordRun, align, compare_words, in_order

_NOBODY = UUID(int=0)


class ClauseKind(StrEnum):
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, kw_only=True)
class ClauseWords:
    """A clause to compare. Keys are languages; `rows` are those of its tables, cell by cell."""

    id: UUID
    titles: Mapping[str, str]
    paragraphs: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rows: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)


@dataclass(frozen=True)
class TextPair:
    """A text in both versions; None where a version has none. `runs` put together give both of them."""

    before: str | None
    after: str | None
    runs: tuple[WordRun, ...]

    @property
    def changed(self) -> bool:
        """Whether the versions differ."""
        return self.before != self.after


@dataclass(frozen=True)
class RowPair:
    """A table's row in both versions, cell by cell."""

    cells: tuple[TextPair, ...]

    @property
    def changed(self) -> bool:
        """Whether any cell differs."""
        return any(cell.changed for cell in self.cells)


@dataclass(frozen=True, kw_only=True)
class ClauseComparison:
    """How a clause differs. `before` and `after` are its places counted from 0, None where it is missing.

    `kind` is CHANGED when words differ, MOVED when only its place does; `moved` holds in both cases.
    """

    id: UUID
    kind: ClauseKind
    moved: bool
    before: int | None
    after: int | None
    titles: Mapping[str, TextPair]
    paragraphs: Mapping[str, tuple[TextPair, ...]]
    rows: Mapping[str, tuple[RowPair, ...]]


def compare_clauses(old: Sequence[ClauseWords], new: Sequence[ClauseWords]) -> tuple[ClauseComparison, ...]:
    """All clauses of both versions in the order of the new one; removed ones follow what they stood behind."""
    places = {clause.id: place for place, clause in enumerate(old)}
    order = [places[clause.id] for clause in new if clause.id in places]
    steady = {order[index] for index in in_order(order)}
    result = []
    for after, clause in enumerate(new):
        before = places.get(clause.id)
        first = None if before is None else old[before]
        result.append(_compared(first, clause, before, after, moved=before is not None and before not in steady))
    present = {clause.id for clause in new}
    for place, clause in enumerate(old):
        if clause.id not in present:
            previous = old[place - 1].id if place else None
            index = next((n for n, other in enumerate(result, 1) if other.id == previous), 0)
            result.insert(index, _compared(clause, None, place, None, moved=False))
    return tuple(result)


def _compared(
    first: ClauseWords | None, second: ClauseWords | None, before: int | None, after: int | None, *, moved: bool
) -> ClauseComparison:
    none = ClauseWords(id=_NOBODY, titles={})
    one, two = first or none, second or none
    titles = {
        language: _pair(one.titles.get(language), two.titles.get(language))
        for language in _keys(one.titles, two.titles)
    }
    paragraphs = {
        language: _paragraphs(one.paragraphs.get(language, ()), two.paragraphs.get(language, ()))
        for language in _keys(one.paragraphs, two.paragraphs)
    }
    rows = {
        language: _rows(one.rows.get(language, ()), two.rows.get(language, ()))
        for language in _keys(one.rows, two.rows)
    }
    changed = (
        any(title.changed for title in titles.values())
        or any(part.changed for parts in paragraphs.values() for part in parts)
        or any(row.changed for parts in rows.values() for row in parts)
    )
    if first is None:
        kind = ClauseKind.ADDED
    elif second is None:
        kind = ClauseKind.REMOVED
    elif changed:
        kind = ClauseKind.CHANGED
    else:
        kind = ClauseKind.MOVED if moved else ClauseKind.UNCHANGED
    return ClauseComparison(
        id=two.id if second else one.id,
        kind=kind,
        moved=moved,
        before=before,
        after=after,
        titles=titles,
        paragraphs=paragraphs,
        rows=rows,
    )


def _keys(*mappings: Mapping[str, object]) -> list[str]:
    return list(dict.fromkeys(key for mapping in mappings for key in mapping))


def _pair(before: str | None, after: str | None) -> TextPair:
    return TextPair(before, after, compare_words(before or "", after or ""))


def _paragraphs(old: Sequence[str], new: Sequence[str]) -> tuple[TextPair, ...]:
    return tuple(
        _pair(None if i is None else old[i], None if j is None else new[j]) for i, j in align(old, new, lone=True)
    )


def _rows(old: Sequence[Sequence[str]], new: Sequence[Sequence[str]]) -> tuple[RowPair, ...]:
    result = []
    for i, j in align([row_text(row) for row in old], [row_text(row) for row in new]):
        before: Sequence[str | None] = [] if i is None else old[i]
        after: Sequence[str | None] = [] if j is None else new[j]
        count = max(len(before), len(after))
        cells = zip([*before, *[None] * (count - len(before))], [*after, *[None] * (count - len(after))], strict=True)
        result.append(RowPair(tuple(_pair(one, two) for one, two in cells)))
    return tuple(result)


def row_text(cells: Sequence[str]) -> str:
    """A row's cells as one text, for finding its other version."""
    return "\n".join(cells)
