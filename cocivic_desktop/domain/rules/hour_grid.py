"""A report of hours as it is shown or written: heads and rows in words, minutes as numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cocivic_desktop.domain.rules.hour_report import GroupBy, Line, Pivot


@dataclass(frozen=True, kw_only=True)
class GridRow:
    """One row: labels by level (the inner one empty in a group's row), minutes by column, and sums of all columns."""

    labels: tuple[str, ...]
    minutes: tuple[int, ...]
    total: int
    confirmed: int
    entries: int
    is_group: bool = False


@dataclass(frozen=True, kw_only=True)
class ReportGrid:
    """`heads` name the levels of the rows, `columns` the columns of minutes; `total` is the sum of all leaves."""

    heads: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]
    total: GridRow

    @property
    def leaves(self) -> list[GridRow]:
        """The rows that are no groups."""
        return [row for row in self.rows if not row.is_group]


def grid(content: Pivot, head: Callable[[GroupBy], str], label: Callable[[GroupBy, str], str]) -> ReportGrid:
    """A pivot in words: `head` names what hours are grouped by, `label` a key of it."""
    levels = len(content.rows)

    def row(line: Line) -> GridRow:
        labels = [label(by, key) for by, key in zip(content.rows, line.keys, strict=False)]
        return GridRow(
            labels=(*labels, *[""] * (levels - len(labels))),
            minutes=tuple(line.cells.get(key, 0) for key in content.columns),
            total=line.minutes,
            confirmed=line.confirmed,
            entries=line.entries,
            is_group=0 < len(line.keys) < levels,
        )

    by = content.column
    return ReportGrid(
        heads=tuple(head(each) for each in content.rows),
        columns=tuple(label(by, key) for key in content.columns) if by is not None else (),
        rows=tuple(row(line) for line in content.lines),
        total=row(content.total),
    )
