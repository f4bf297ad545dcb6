"""What the rows of a table of hours say. Nothing is stored here.

Totals and headings that come again are passed over; what cannot be read of a row is told with its reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from functools import cache
from typing import Final

from cocivic_desktop.domain.base import clean_text, fold
from cocivic_desktop.domain.hours import HourCategory
from cocivic_desktop.domain.rules.quick_entry import parse
from cocivic_desktop.library.files import read_toml
from cocivic_desktop.tables.columns import heading_words
from cocivic_desktop.tables.hour_values import (
    Day,
    Unit,
    minutes_between,
    read_day,
    read_minutes,
    read_range,
    read_time,
)
from cocivic_desktop.tables.hours_layout import WORDS, HourField, HourLayout
from cocivic_desktop.tables.reading import Row
from cocivic_desktop.tables.spreadsheet import Sheet

MOST_MINUTES: Final = 24 * 60
_ERROR: Final = re.compile(
    r"#(?:value|ref|n/?a|div/0|name|num|null|wert|bezug|nv|¡?valor|¡?ref|değer)[!?/]?.*", re.IGNORECASE
)
_DITTO: Final = frozenset({'"', "''", "“", "”", "„", "dito", "ditto", "idem", "〃"})


class RowProblem(StrEnum):
    """Why a row cannot be taken, or what was done about it."""

    NO_DATE = "no_date"
    NOT_A_DATE = "not_a_date"
    NO_TIME = "no_time"
    NOT_A_TIME = "not_a_time"
    OVER_24_HOURS = "over_24_hours"
    NOT_CALCULATED = "not_calculated"
    ERROR_VALUE = "error_value"
    NOBODY = "nobody"
    TOTAL = "total"
    NO_HOURS = "no_hours"
    YEAR_ASSUMED = "year_assumed"
    DATE_FROM_ABOVE = "date_from_above"
    CATEGORY_UNKNOWN = "category_unknown"
    HIDDEN = "hidden"
    TIMES_DIFFER = "times_differ"


REMARKS: Final = frozenset(
    {
        RowProblem.YEAR_ASSUMED,
        RowProblem.DATE_FROM_ABOVE,
        RowProblem.CATEGORY_UNKNOWN,
        RowProblem.HIDDEN,
        RowProblem.TIMES_DIFFER,
    }
)
"""What does not keep a row from being taken."""
PASSED_OVER: Final = frozenset({RowProblem.TOTAL, RowProblem.NO_HOURS})
"""Rows that are no rows of hours."""


@dataclass(frozen=True)
class Problem:
    """A reason, and the text of the cell that it is about."""

    code: RowProblem
    value: str = ""


@dataclass
class ReadHours:
    """What a row says. `minutes` are per head; `heads` stands for people without names."""

    line: int
    person: str = ""
    worked_on: date | None = None
    start_time: time | None = None
    minutes: int | None = None
    heads: int | None = None
    category: HourCategory | None = None
    role: str = ""
    activity: str = ""
    remark: str = ""
    problems: list[Problem] = field(default_factory=list)

    @property
    def reasons(self) -> list[Problem]:
        """Why the row cannot be taken; empty when it can."""
        return [one for one in self.problems if one.code not in REMARKS]


def read_hours(sheet: Sheet, layout: HourLayout, today: date) -> list[ReadHours]:
    """The rows below the headings; those that only repeat the headings are passed over."""
    reading = _Reading(sheet, layout, today)
    again = {tuple(row.cells) for row in sheet.rows[max(0, layout.heading_row) : layout.first_row]}
    return [reading.read(row) for row in sheet.rows[layout.first_row :] if tuple(row.cells) not in again]


class _Reading:
    """Reads row by row; equal texts are understood once."""

    def __init__(self, sheet: Sheet, layout: HourLayout, today: date) -> None:
        self._sheet, self._layout, self._today = sheet, layout, today
        self._place = {one: number for number, one in enumerate(layout.fields) if one is not None}
        self._days: dict[str, Day | None] = {}
        self._lengths: dict[tuple[str, Unit], int | None] = {}
        self._above: date | None = None

    def read(self, row: Row) -> ReadHours:
        """What a row says."""
        read = ReadHours(row.line)
        given = {one: row.cells[at] for one, at in self._place.items() if at < len(row.cells) and row.cells[at]}
        self._name(read, given)
        self._time(read, given, row)
        self._day(read, given, row)
        for one in (HourField.ROLE, HourField.ACTIVITY, HourField.REMARK):
            if one in given:
                setattr(read, one.value, " ".join(clean_text(given[one]).split())[:300])
        self._category(read, given)
        if read.worked_on is None and self._sums_up(row, read):
            read.problems = [Problem(RowProblem.TOTAL, next(filter(None, row.cells), ""))]
        elif read.worked_on is None and read.minutes is None and sum(map(bool, row.cells)) <= 1:
            read.problems = [Problem(RowProblem.NO_HOURS, next(filter(None, row.cells), ""))]
        elif not read.person and read.heads is None:
            read.problems.append(Problem(RowProblem.NOBODY))
        if row.line in self._sheet.hidden:
            read.problems.append(Problem(RowProblem.HIDDEN))
        return read

    def _name(self, read: ReadHours, given: dict[HourField, str]) -> None:
        parts = [given.get(one, "") for one in (HourField.PERSON, HourField.FIRST_NAME, HourField.LAST_NAME)]
        read.person = " ".join(" ".join(filter(None, parts)).split())[:300]
        heads = given.get(HourField.HEADS, "")
        if heads.isascii() and heads.isdigit() and 0 < int(heads) <= 100_000 and not read.person:
            read.heads = int(heads)

    def _day(self, read: ReadHours, given: dict[HourField, str], row: Row) -> None:
        text = given.get(HourField.DATE, "")
        if not text or text.lower() in _DITTO:
            if self._above is not None and read.minutes is not None and not self._says_total(row):
                read.worked_on = self._above
                read.problems.append(Problem(RowProblem.DATE_FROM_ABOVE))
            else:
                read.problems.append(self._missing(HourField.DATE, row, RowProblem.NO_DATE))
            return
        if text not in self._days:
            self._days[text] = read_day(
                text, self._layout.order, self._today, from_1904=self._sheet.from_1904
            )  # fmt: skip
        day = self._days[text]
        if day is None:
            read.problems.append(Problem(_kind_of(text, RowProblem.NOT_A_DATE), text[:60]))
            return
        read.worked_on = self._above = day.on
        if day.assumed:
            read.problems.append(Problem(RowProblem.YEAR_ASSUMED, text))

    def _time(self, read: ReadHours, given: dict[HourField, str], row: Row) -> None:
        begin, end = given.get(HourField.START, ""), given.get(HourField.END, "")
        spoken = given.get(HourField.DURATION) or given.get(HourField.MINUTES) or ""
        span = read_range(begin) if begin and not end else None
        span = span or (read_range(spoken) if spoken else None)
        if span is not None:
            read.start_time, read.minutes = span
        elif begin:
            read.start_time = read_time(begin)
            ends = read_time(end) if end else None
            if read.start_time is not None and ends is not None:
                read.minutes = minutes_between(read.start_time, ends)
            elif read.start_time is None or (end and ends is None):
                wrong = begin if read.start_time is None else end
                read.problems.append(Problem(_kind_of(wrong, RowProblem.NOT_A_TIME), wrong[:60]))
                return
        if spoken and read_range(spoken) is None:
            self._length(read, spoken)
        elif read.minutes is None:
            read.problems.append(self._missing(HourField.DURATION, row, RowProblem.NO_TIME))
        if read.minutes is not None and not 0 < read.minutes <= MOST_MINUTES:
            code = RowProblem.OVER_24_HOURS if read.minutes > MOST_MINUTES else RowProblem.NO_TIME
            read.problems.append(Problem(code, spoken or begin))
            read.minutes = None

    def _length(self, read: ReadHours, text: str) -> None:
        """The written duration counts; where begin and end say another (a break, perhaps), that is told."""
        key = (text, self._layout.unit)
        if key not in self._lengths:
            self._lengths[key] = read_minutes(*key)
        found = self._lengths[key]
        if found is None:
            read.problems.append(Problem(_kind_of(text, RowProblem.NOT_A_TIME), text[:60]))
            read.minutes = None
            return
        if read.minutes is not None and abs(read.minutes - found) > 1:
            read.problems.append(Problem(RowProblem.TIMES_DIFFER, text))
        read.minutes = found

    def _category(self, read: ReadHours, given: dict[HourField, str]) -> None:
        text = given.get(HourField.CATEGORY, "")
        if not text:
            return
        read.category = category_of(text)
        if read.category is None:
            read.problems.append(Problem(RowProblem.CATEGORY_UNKNOWN, text[:60]))
            read.remark = " · ".join(part for part in (text[:100], read.remark) if part)[:300]

    def _missing(self, one: HourField, row: Row, code: RowProblem) -> Problem:
        """An empty cell, or one whose formula nobody has calculated."""
        fields = (one, HourField.MINUTES, HourField.END) if one is HourField.DURATION else (one,)
        places = [self._place[each] for each in fields if each in self._place]
        if any((row.line, place) in self._sheet.uncalculated for place in places):
            return Problem(RowProblem.NOT_CALCULATED)
        return Problem(code)

    def _says_total(self, row: Row) -> bool:
        words = {heading_words(cell) for cell in row.cells if cell and not cell[0].isdigit()}
        return any(word in _totals() or word.startswith(_beginnings()) for word in words if word)

    def _sums_up(self, row: Row, read: ReadHours) -> bool:
        """A row without a day that says so, or that holds nothing but numbers."""
        numbers = [cell for cell in row.cells if cell]
        bare = not read.person and bool(numbers) and all(_BARE.fullmatch(cell) for cell in numbers)
        return self._says_total(row) or bare


_BARE: Final = re.compile(r"[\d.,: ]+\s?(h|std\.?|min)?")


@cache
def category_of(text: str) -> HourCategory | None:
    """The category that a text names by a word of four languages."""
    folded = fold(text).replace("/", " ").replace("-", " ")
    for word in folded.split():
        if word in set(HourCategory):
            return HourCategory(word)
        found = parse(f"— {word}", date(2000, 1, 1)).category
        if found is not None:
            return found
    return None


@cache
def _totals() -> frozenset[str]:
    return frozenset(map(heading_words, read_toml(WORDS)["totals"]))


@cache
def _beginnings() -> tuple[str, ...]:
    return tuple(f"{word} " for word in _totals())


def _kind_of(text: str, otherwise: RowProblem) -> RowProblem:
    return RowProblem.ERROR_VALUE if _ERROR.fullmatch(text) else otherwise
