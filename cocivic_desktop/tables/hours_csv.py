"""Hours as CSV that spreadsheet programs open without harm."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from cocivic_desktop.domain.rules.hour_grid import ReportGrid

HEADER: Final = (
    "date",
    "start",
    "person",
    "head_count",
    "role",
    "minutes",
    "total_minutes",
    "category",
    "state",
    "partnership",
    "activity",
    "remark",
)
"""Names of the columns; the same in every language, so that a file can be read back."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, kw_only=True)
class HourCsvRow:
    """One line of the file. `minutes` are per head; `person` is empty for a head count."""

    worked_on: date
    start_time: time | None = None
    person: str = ""
    head_count: int | None = None
    role: str = ""
    minutes: int
    category: str
    state: str
    partnership: str = ""
    activity: str = ""
    remark: str = ""


def as_text(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before `= + - @`, tab and carriage return."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def report_csv(shown: ReportGrid, sums: Sequence[str]) -> bytes:
    """The table of a report, without groups and totals; `sums` names the last three columns.

    UTF-8 with a byte order mark, commas, CRLF; hours as decimal numbers with a point.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([as_text(head) for head in (*shown.heads, *shown.columns, *sums)])
    for row in shown.leaves:
        hours = [f"{minutes / 60:.4f}".rstrip("0").rstrip(".") for minutes in (*row.minutes, row.total, row.confirmed)]
        writer.writerow([*(as_text(label) for label in row.labels), *hours, row.entries])
    return buffer.getvalue().encode("utf-8-sig")


def hours_csv(rows: Iterable[HourCsvRow]) -> bytes:
    """The file: UTF-8 with a byte order mark (Excel needs it), commas, CRLF, dates and times in ISO 8601."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(HEADER)
    for row in rows:
        writer.writerow(
            (
                row.worked_on.isoformat(),
                row.start_time.isoformat("minutes") if row.start_time else "",
                as_text(row.person),
                "" if row.head_count is None else row.head_count,
                as_text(row.role),
                row.minutes,
                row.minutes * (1 if row.head_count is None else row.head_count),
                row.category,
                row.state,
                as_text(row.partnership),
                as_text(row.activity),
                as_text(row.remark),
            )
        )
    return buffer.getvalue().encode("utf-8-sig")
