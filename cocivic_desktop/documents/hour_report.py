"""A report of hours as DOCX: the table in parts that fit the page, the value of volunteer time, and what counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from cocivic_desktop.documents.content import Block, Cell, Fields, Heading, Note, Picture, SimpleDocument, Table
from cocivic_desktop.domain.rules.hour_grid import GridRow, ReportGrid
from cocivic_desktop.library.labels import Labels

_MOST_COLUMNS = 6
"""Columns of hours beside the labels that fit a page 16 cm wide."""
_LABELS_LEAST, _EACH_SIGN, _AROUND = 24.0, 1.2, 1.8
"""Shares of the page's width, in percent: of the labels at least, of a sign in a column, and of the space beside."""
_INDENT = "\u2003"


@dataclass(frozen=True, kw_only=True)
class ReportValue:
    """The value of volunteer time in words: rows of year, category, hours, rate, value and source; sums; notes."""

    rows: Sequence[Sequence[str]]
    sums: Sequence[str]
    notes: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class ReportText:
    """What the document says."""

    title: str
    subtitle: str
    heading: str
    grid: ReportGrid
    about: Sequence[tuple[str, str]]
    value: ReportValue | None = None
    author: str = ""
    letterhead: Sequence[str] = ()
    letterhead_file: bytes | None = None
    logo: Picture | None = None
    made_at: datetime | None = None


def hour_report(content: ReportText, words: Labels, fixed: Labels) -> SimpleDocument:
    """The document; `words` are those of hour_report.toml, `fixed` those of labels.toml, both in its language."""
    return SimpleDocument(
        title=content.title,
        language=words.language,
        words=fixed,
        kind_label=words["kind"],
        subtitle=content.subtitle,
        blocks=tuple(_blocks(content, words, fixed)),
        header=content.title,
        footer=words["footer"],
        letterhead=content.letterhead,
        letterhead_file=content.letterhead_file,
        logo=content.logo,
        author=content.author,
        made_at=content.made_at,
    )


def _blocks(content: ReportText, words: Labels, fixed: Labels) -> Iterator[Block]:
    yield Heading(content.heading)
    if content.grid.rows:
        yield from _tables(content, words, fixed)
    else:
        yield words["nothing"]
    if content.value is not None:
        yield Heading(words["heading.value"])
        yield words["value.rule"]
        if content.value.rows:
            heads = ("year", "category", "hours", "rate", "value", "source")
            yield Table(
                head=[words[f"head.{name}"] for name in heads],
                rows=content.value.rows,
                widths=(10, 17, 13, 15, 17, 28),
                right=frozenset({2, 3, 4}),
            )
        yield from content.value.sums
        for note in content.value.notes:
            yield Note(note)
    yield Heading(words["heading.about"])
    yield Fields([(name, value, 1) for name, value in content.about])


def _tables(content: ReportText, words: Labels, fixed: Labels) -> Iterator[Table]:
    """Columns that do not fit side by side go on in further tables; the sums stand in the last."""
    shown = content.grid
    sums = 2 if any(row.confirmed != row.total for row in shown.rows) else 1
    count = len(shown.columns)
    parts = [list(range(start, min(start + _MOST_COLUMNS, count))) for start in range(0, count, _MOST_COLUMNS)] or [[]]
    if len(parts) > 1 and len(parts[-1]) + sums > _MOST_COLUMNS:
        parts.append([])
    elif len(parts) == 1 and len(parts[0]) + sums > _MOST_COLUMNS + 1:
        parts = [parts[0][: _MOST_COLUMNS // 2 + 1], parts[0][_MOST_COLUMNS // 2 + 1 :]]
    for number, chosen in enumerate(parts, start=1):
        last = number == len(parts)
        head: list[str] = [" / ".join(shown.heads), *(shown.columns[place] for place in chosen)]
        if last:
            head += [words["head.total"], words["head.confirmed"]][:sums]
        caption = ""
        if len(parts) > 1:
            caption = words.text("heading.part", heading=content.heading, number=number, count=len(parts))
        rows = [_cells(row, chosen, sums if last else 0, fixed) for row in shown.rows]
        rows.append(_cells(shown.total, chosen, sums if last else 0, fixed, name=words["head.total"]))
        yield Table(
            caption=caption,
            head=head,
            rows=rows,
            widths=_widths(head, rows),
            right=frozenset(range(1, len(head))),
            strong=frozenset({*(place for place, row in enumerate(shown.rows) if row.is_group), len(shown.rows)}),
        )


def _widths(head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> tuple[float, ...]:
    """Columns of figures wide enough for the longest word of their head and for their figures; labels take the rest."""
    texts = [[*head[place].split(), *(str(row[place]) for row in rows)] for place in range(1, len(head))]
    figures = [_EACH_SIGN * max(map(len, column)) + _AROUND for column in texts]
    return (max(_LABELS_LEAST, 100 - sum(figures)), *figures)


def _cells(row: GridRow, chosen: Sequence[int], sums: int, fixed: Labels, name: str = "") -> list[Cell]:
    """A row; the leaves of a group are indented below it."""
    label = name or (row.labels[0] if row.is_group or len(row.labels) == 1 else f"{_INDENT}{row.labels[-1]}")
    minutes = [*(row.minutes[place] for place in chosen), *[row.total, row.confirmed][:sums]]
    return [label, *(fixed.format_number(one / 60, 2) if one else "–" for one in minutes)]
