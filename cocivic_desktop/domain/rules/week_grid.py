"""A week of hours as a grid: rows of people or activities, seven days, and what a pasted block means there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.hours import HourEntry, HourState
from cocivic_desktop.domain.rules.durations import parse_minutes
from cocivic_desktop.domain.rules.hour_checks import DAY_LIMIT_MINUTES

DAYS: Final = 7
MOST_PASTED: Final = 2_000
"""Cells taken from the clipboard at once."""


class GridRows(StrEnum):
    """What the rows of the grid are."""

    PEOPLE = "people"
    ACTIVITIES = "activities"


@dataclass(frozen=True)
class WeekCell:
    """What is noted and planned for one row and day. `planned` is in minutes."""

    entries: tuple[HourEntry, ...] = ()
    planned: int = 0

    @property
    def minutes(self) -> int:
        """Minutes of all heads together."""
        return sum(entry.minutes * (1 if entry.head_count is None else entry.head_count) for entry in self.entries)

    @property
    def confirmed(self) -> bool:
        """Whether something in it is confirmed."""
        return any(entry.state is HourState.CONFIRMED for entry in self.entries)

    @property
    def locked(self) -> bool:
        """Whether typing cannot change it: confirmed, several entries, or heads without names."""
        return self.confirmed or len(self.entries) > 1 or any(entry.head_count is not None for entry in self.entries)


@dataclass(frozen=True)
class WeekRow:
    """One row; `key` is the person or activity, None for what belongs to none of them (heads, no activity)."""

    key: UUID | None
    title: str
    cells: tuple[WeekCell, ...]

    @property
    def minutes(self) -> int:
        """The sum of the week."""
        return sum(cell.minutes for cell in self.cells)


@dataclass(frozen=True)
class WeekGrid:
    """A week from its Monday on."""

    monday: date
    kind: GridRows
    rows: tuple[WeekRow, ...]

    @property
    def days(self) -> list[date]:
        """Monday to Sunday."""
        return [self.monday + timedelta(days=number) for number in range(DAYS)]

    def day_minutes(self, day: int) -> int:
        """The sum of a day of all rows."""
        return sum(row.cells[day].minutes for row in self.rows)


class PasteProblem(StrEnum):
    """Why a pasted cell cannot be taken."""

    NOT_A_DURATION = "not_a_duration"
    OVER_24_HOURS = "over_24_hours"
    LOCKED = "locked"
    OUTSIDE = "outside"
    UNKNOWN_ROW = "unknown_row"


@dataclass(frozen=True)
class Pasted:
    """One cell of a pasted block: where it lands, and what it means or why it cannot be taken."""

    row: int
    day: int
    text: str
    title: str = ""
    minutes: int | None = None
    problem: PasteProblem | None = None


def read_block(grid: WeekGrid, text: str, first_row: int, first_day: int) -> list[Pasted]:
    """What a block copied from a spreadsheet means when it is pasted at a cell; empty cells change nothing.

    Where the first column holds texts that are no durations, it names the rows, and the days begin with the
    grid's first; a head line that names no row is passed over. Nothing is raised.
    """
    lines = [line.split("\t") for line in text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")]
    named = len(lines[0]) > 1 and any(line[0].strip() and _minutes(line[0]) is None for line in lines)
    found: list[Pasted] = []
    for number, line in enumerate(lines):
        title, row, day = "", first_row + number, first_day
        cells = line
        if named:
            title, cells, day = line[0].strip(), line[1:], 0
            row = _row_of(grid, title)
            if row < 0 and not any(_minutes(cell) for cell in cells):
                continue
        for place, cell in enumerate(cells):
            if cell.strip() and len(found) < MOST_PASTED:
                found.append(_pasted(grid, row, day + place, cell.strip(), title))
    return found


def _pasted(grid: WeekGrid, row: int, day: int, text: str, title: str) -> Pasted:
    minutes = _minutes(text)
    problem = None
    if row < 0:
        problem = PasteProblem.UNKNOWN_ROW
    elif row >= len(grid.rows) or day >= DAYS:
        problem = PasteProblem.OUTSIDE
    elif minutes is None:
        problem = PasteProblem.NOT_A_DURATION
    elif minutes > DAY_LIMIT_MINUTES:
        problem = PasteProblem.OVER_24_HOURS
    elif grid.rows[row].cells[day].locked or grid.rows[row].key is None:
        problem = PasteProblem.LOCKED
    return Pasted(row, day, text, title, minutes, problem)


def _minutes(text: str) -> int | None:
    try:
        return parse_minutes(text)
    except ValueError:
        return None


def _row_of(grid: WeekGrid, title: str) -> int:
    """The row with this title, or the only one that begins so; -1 where there is none."""
    wanted = fold(title).strip()
    titles = [fold(row.title) for row in grid.rows]
    if wanted in titles:
        return titles.index(wanted)
    fitting = [number for number, one in enumerate(titles) if wanted and one.startswith(wanted)]
    return fitting[0] if len(fitting) == 1 else -1
