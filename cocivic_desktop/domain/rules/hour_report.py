"""Reports of hours: by what they are grouped, which days they cover, and sums arranged in rows and columns.

The sums come from the database, one `HourSum` for each combination of keys. A key is a code, a month "YYYY-MM" or an
id; words and names are given where a report is shown. "" stands for what an entry does not say, such as its activity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final

from cocivic_desktop.domain.hours import HourReport, ReportPeriod
from cocivic_desktop.domain.organisations import PersonKind
from cocivic_desktop.domain.school_years import SchoolYear, Term

MOST_ROW_LEVELS: Final = 2
HEADS_KEY: Final = "heads:"
"""What the key of a person begins with where a head count stands for several; its role follows."""
VALUED_KINDS: Final = frozenset({PersonKind.VOLUNTEER, PersonKind.MENTOR})
"""Whose time has a value for funders: who gives it without pay. Paid mentors are to be entered as staff."""


class GroupBy(StrEnum):
    """By what hours are grouped."""

    PERSON = "person"
    ROLE = "role"
    KIND = "kind"
    SIDE = "side"
    ACTIVITY = "activity"
    GOAL = "goal"
    CATEGORY = "category"
    MONTH = "month"
    TERM = "term"
    STATE = "state"
    PARTNERSHIP = "partnership"


@dataclass(frozen=True, slots=True)
class HourSum:
    """Minutes (heads × minutes) of all entries that share these keys; `confirmed` is part of `minutes`."""

    keys: tuple[str, ...]
    minutes: int
    confirmed: int
    entries: int


@dataclass(kw_only=True)
class Line:
    """One row: a group (one key of two), a leaf, or the total (no key). `cells` holds minutes by column key."""

    keys: tuple[str, ...] = ()
    cells: dict[str, int] = field(default_factory=dict)
    minutes: int = 0
    confirmed: int = 0
    entries: int = 0

    def add(self, one: HourSum, column: str | None) -> None:
        """Count a sum in."""
        self.minutes += one.minutes
        self.confirmed += one.confirmed
        self.entries += one.entries
        if column is not None:
            self.cells[column] = self.cells.get(column, 0) + one.minutes


@dataclass(frozen=True, kw_only=True)
class Pivot:
    """Sums in rows and columns. With two levels each group stands before its leaves."""

    rows: tuple[GroupBy, ...]
    column: GroupBy | None
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    total: Line

    @property
    def leaves(self) -> list[Line]:
        """The rows without the groups: their sum is the total."""
        return [line for line in self.lines if len(line.keys) == len(self.rows)]


Rank = Callable[[GroupBy, str], Any]
"""What a key is ordered by among the keys of its kind."""


def pivot(
    sums: Iterable[HourSum],
    rows: Sequence[GroupBy],
    column: GroupBy | None,
    rank: Rank,
    *,
    sort: str | None = None,
    descending: bool = True,
) -> Pivot:
    """Arrange sums whose keys are those of `rows`, then that of `column`.

    Rows stand in the order of their keys, or by the minutes of the column `sort` ("" for the total) within their
    group; columns always in the order of their keys.
    """
    levels = len(rows)
    total = Line()
    found: dict[tuple[str, ...], Line] = {}
    columns: set[str] = set()
    for one in sums:
        column_key = one.keys[levels] if column is not None else None
        if column_key is not None:
            columns.add(column_key)
        total.add(one, column_key)
        for depth in range(1, levels + 1):
            keys = one.keys[:depth]
            found.setdefault(keys, Line(keys=keys)).add(one, column_key)

    def place(line: Line) -> Any:
        if sort is None:
            return (0, rank(rows[len(line.keys) - 1], line.keys[-1]))
        minutes = line.minutes if sort == "" else line.cells.get(sort, 0)
        return (-minutes if descending else minutes, rank(rows[len(line.keys) - 1], line.keys[-1]))

    lines = []
    for group in sorted((line for line in found.values() if len(line.keys) == 1), key=place):
        lines.append(group)
        if levels > 1:
            lines += sorted(
                (line for keys, line in found.items() if len(keys) == 2 and keys[0] == group.keys[0]), key=place
            )
    ordered = sorted(columns, key=lambda key: rank(column, key)) if column is not None else []
    return Pivot(rows=tuple(rows), column=column, columns=tuple(ordered), lines=tuple(lines), total=total)


def rows_of(report: HourReport) -> list[GroupBy]:
    """The levels of the report's rows; codes that nobody knows are left out, nothing at all means by role."""
    known = [GroupBy(code) for code in dict.fromkeys(report.rows) if code in set(GroupBy)]
    return known[:MOST_ROW_LEVELS] or [GroupBy.ROLE]


def column_of(report: HourReport) -> GroupBy | None:
    """What stands in the columns: nothing, or something that is not in the rows already."""
    known = GroupBy(report.columns) if report.columns in set(GroupBy) else None
    return known if known not in rows_of(report) else None


def kinds_of(report: HourReport) -> frozenset[PersonKind]:
    """Kinds of people that count; empty means everybody."""
    return frozenset(PersonKind(code) for code in report.person_kinds if code in set(PersonKind))


def days_of(
    report: HourReport, today: date, years: Sequence[SchoolYear], terms: Sequence[Term]
) -> tuple[date | None, date | None]:
    """First and last day of a report; None where it is open.

    A period without days of its own means the one that `today` lies in, else the last one before it.
    """
    if report.period is ReportPeriod.PARTNERSHIP:
        return None, None
    if report.starts_on or report.ends_on or report.period is ReportPeriod.FUNDING:
        return report.starts_on, report.ends_on
    if report.period is ReportPeriod.CALENDAR_YEAR:
        return date(today.year, 1, 1), date(today.year, 12, 31)
    spans = [(one.starts_on, one.ends_on) for one in (years if report.period is ReportPeriod.SCHOOL_YEAR else terms)]
    begun = sorted(span for span in spans if span[0] <= today)
    return begun[-1] if begun else (None, None)
