"""Which column of a table of hours holds what. Headings may stand anywhere among the first rows, and over two rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from typing import Final

from cocivic_desktop.tables.columns import Columns, heading_words
from cocivic_desktop.tables.hour_values import DayOrder, Unit, day_order, unit_of
from cocivic_desktop.tables.reading import Row
from cocivic_desktop.tables.spreadsheet import Sheet, columns_of

WORDS: Final = "hours_list.toml"
_SAMPLE: Final = 5_000
"""Rows looked at to find out about order of days and unit of durations."""


class HourField(StrEnum):
    """What a column can hold."""

    DATE = "date"
    PERSON = "person"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    DURATION = "duration"
    MINUTES = "minutes"
    START = "start"
    END = "end"
    HEADS = "heads"
    CATEGORY = "category"
    ROLE = "role"
    ACTIVITY = "activity"
    REMARK = "remark"


_COLUMNS: Final = Columns(
    HourField,
    WORDS,
    HourField.PERSON,
    [
        (HourField.DATE, re.compile(r"\d{4}-\d\d?-\d\d?.*|\d{1,2}[./]\s?\d{1,2}[./]\s?(\d{4}|\d{2})?")),
        (HourField.DURATION, re.compile(r"\d{1,2}:\d{2}(:\d{2})?|\d{1,3}([.,]\d+)?(\s?(h|min|std\.?|hours?|dk))?")),
    ],
    frozenset({HourField.FIRST_NAME, HourField.LAST_NAME, HourField.HEADS}),
)


@dataclass(frozen=True)
class HourLayout:
    """How a table is read. `headings` rows from `heading_row` on (from 0; -1 for none) are headings.

    `order_asked` and `unit_asked`: the table does not tell whether the day comes first, or what plain numbers mean.
    """

    heading_row: int
    fields: tuple[HourField | None, ...]
    headings: int = 1
    order: DayOrder = DayOrder.DAY_FIRST
    order_asked: bool = False
    unit: Unit = Unit.HOURS
    unit_asked: bool = False
    titles: tuple[str, ...] = ()

    @property
    def first_row(self) -> int:
        """The number of the first row below the headings."""
        return self.heading_row + self.headings if self.heading_row >= 0 else 0

    @property
    def signature(self) -> str:
        """The headings in one line, by which the same kind of table is known again."""
        return "|".join(map(heading_words, self.titles))


def find_layout(sheet: Sheet) -> HourLayout:
    """Headings, columns, order of days and unit, guessed."""
    rows = sheet.rows
    base = _COLUMNS.find(rows)
    best = HourLayout(base.heading_row, base.fields)
    starts = range(6) if base.heading_row < 0 else (base.heading_row - 1, base.heading_row)
    for number in starts:
        if 0 <= number < len(rows) - 1 and not _has_values(rows[number + 1].cells):
            fields = _of_two_rows(rows, number)
            if _score(fields) > _score(best.fields if best.heading_row >= 0 else ()):
                best = HourLayout(number, fields, headings=2)
    return settle(sheet, best)


def layout_with_headings(sheet: Sheet, heading_row: int, headings: int = 1) -> HourLayout:
    """The layout when a person says which row holds the headings (-1: none), and over how many rows they go."""
    rows = sheet.rows
    if heading_row >= 0 and headings > 1 and heading_row + 1 < len(rows):
        return settle(sheet, HourLayout(heading_row, _of_two_rows(rows, heading_row), headings=2))
    found = _COLUMNS.with_headings(rows, heading_row)
    return settle(sheet, HourLayout(heading_row, found.fields))


def settle(sheet: Sheet, layout: HourLayout) -> HourLayout:
    """The layout with order of days, unit and titles found out anew from what its columns hold."""
    titles = _titles(sheet.rows, layout)
    below = sheet.rows[layout.first_row : layout.first_row + _SAMPLE]
    columns = dict(zip(range(len(layout.fields)), columns_of(below), strict=False))
    days = [
        text for number, one in enumerate(layout.fields) if one is HourField.DATE for text in columns.get(number, [])
    ]
    order = day_order(days)
    heading, texts = None, []
    for number, one in enumerate(layout.fields):
        if one in (HourField.DURATION, HourField.MINUTES):
            texts = columns.get(number, [])
            words = set(heading_words(titles[number] if number < len(titles) else "").split())
            if one is HourField.MINUTES or words & _MINUTE_WORDS:
                heading = Unit.MINUTES
            elif words & _HOUR_WORDS:
                heading = Unit.HOURS
            break
    unit = unit_of(texts, heading)
    return replace(
        layout,
        titles=titles,
        order=DayOrder(order.value),
        order_asked=order.doubtful,
        unit=Unit(unit.value),
        unit_asked=unit.doubtful,
    )


_MINUTE_WORDS: Final = frozenset(["min", "mins", "minutes", "minuten", "minutos", "dakika", "dk"])
_HOUR_WORDS: Final = frozenset(["h", "hrs", "hours", "std", "stunden", "horas", "hs", "saat"])


def _has_values(cells: Sequence[str]) -> bool:
    """Whether a row holds values, as rows below headings do."""
    return any(any(sign.isdigit() for sign in cell) for cell in cells)


def _joined(rows: Sequence[Row], number: int, *, both: bool = True) -> Row:
    """Two rows of headings as one: both words, or the lower one where there is one."""
    upper, lower = rows[number].cells, rows[number + 1].cells
    width = max(len(upper), len(lower))
    pairs = zip([*upper, *[""] * (width - len(upper))], [*lower, *[""] * (width - len(lower))], strict=True)
    return Row(rows[number].line, [f"{top} {below}".strip() if both else below or top for top, below in pairs])


def _of_two_rows(rows: Sequence[Row], number: int) -> tuple[HourField | None, ...]:
    """The columns under headings over two rows, read in the way that makes more of them."""
    found = [
        _COLUMNS.with_headings([_joined(rows, number, both=both), *rows[number + 2 :]], 0).fields
        for both in (True, False)
    ]
    return max(found, key=_score)


def _titles(rows: Sequence[Row], layout: HourLayout) -> tuple[str, ...]:
    if layout.heading_row < 0:
        return ()
    row = rows[layout.heading_row] if layout.headings == 1 else _joined(rows, layout.heading_row)
    return tuple(islice(row.cells, len(layout.fields)))


def _score(fields: Sequence[HourField | None]) -> int:
    return sum(one is not None for one in fields)


def needs(layout: HourLayout) -> list[HourField]:
    """Fields that a table of hours cannot do without and that no column holds yet."""
    held = set(layout.fields)
    missing = [HourField.DATE] if HourField.DATE not in held else []
    timed = held & {HourField.DURATION, HourField.MINUTES} or HourField.START in held
    return missing if timed else [*missing, HourField.DURATION]
