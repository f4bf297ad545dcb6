"""Hours as CSV that spreadsheet programs open without harm."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Final

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
