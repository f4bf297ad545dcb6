"""Hours as a workbook: the report and the entries as real tables, the value of volunteer time, and what counts.

Totals are formulas with their results beside them, so that they show in programs that reckon nothing, and follow a
filter in those that do. Hours are numbers (minutes ÷ 60); texts are always written as texts, never as formulas.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from cocivic_desktop.domain.rules.hour_grid import ReportGrid

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "'")
_HOURS: Final = "#,##0.00;-#,##0.00;–"
_MONEY: Final = "#,##0.00"
_LONGEST_SHEET: Final = 31
_HEAD_ROW: Final = 3
"""Row of a table's head, counted from 0: above it stand title and period."""
_HEAD_HEIGHT: Final = 32
_A4: Final = 9
_STYLE: Final = "Table Style Light 11"


@dataclass(frozen=True, kw_only=True)
class EntryRow:
    """One entry in words. `minutes` are per head."""

    worked_on: date
    person: str
    head_count: int | None
    role: str
    minutes: int
    category: str
    state: str
    partnership: str
    activity: str
    remark: str

    @property
    def total_minutes(self) -> int:
        """Minutes of all heads together."""
        return self.minutes * (1 if self.head_count is None else self.head_count)


@dataclass(frozen=True, kw_only=True)
class ValueRow:
    """Hours at one rate; without one `cents` are None and `note` says so."""

    year: int
    category: str
    minutes: int
    rate_cents: int | None
    currency: str
    cents: int | None
    source: str


@dataclass(frozen=True, kw_only=True)
class HourBook:
    """What the workbook says. `words` names sheets, heads and totals by key (resources, hour_report.toml)."""

    title: str
    period: str
    words: dict[str, str]
    grid: ReportGrid
    about: Sequence[tuple[str, str]] = ()
    entries: Sequence[EntryRow] = ()
    values: Sequence[ValueRow] = ()
    author: str = ""
    made_at: datetime | None = None


@dataclass(frozen=True)
class _Column:
    """A column of a table: its head, its width in characters, and how its cells are written."""

    head: str
    width: float
    kind: str = "text"
    """text, hours, count, year, day, money"""
    total: float | None = None
    """Sum of the column; None: it has none."""

    @property
    def is_text(self) -> bool:
        """Whether it is set to the left."""
        return self.kind in ("text", "day", "year")


@dataclass
class _Formats:
    book: Any
    made: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        if name not in self.made:
            settings: dict[str, dict[str, Any]] = {
                "title": {"bold": True, "font_size": 14},
                "muted": {"font_color": "#5C636B"},
                "bold": {"bold": True, "valign": "top"},
                "head": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "align": "left", "indent": 1},
                "head_right": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "align": "right"},
                "text": {"text_wrap": True, "valign": "top", "align": "left", "indent": 1},
                "quoted": {"text_wrap": True, "valign": "top", "align": "left", "indent": 1, "quote_prefix": True},
                "hours": {"num_format": _HOURS, "valign": "top"},
                "money": {"num_format": _MONEY, "valign": "top"},
                "count": {"num_format": "#,##0", "valign": "top"},
                "year": {"num_format": "0", "align": "left", "valign": "top", "indent": 1},
                "day": {"num_format": 14, "align": "left", "valign": "top", "indent": 1},
                "total": {"bold": True, "top": 1, "align": "left", "indent": 1},
                "total_hours": {"bold": True, "top": 1, "num_format": _HOURS},
                "total_money": {"bold": True, "top": 1, "num_format": _MONEY},
                "total_count": {"bold": True, "top": 1, "num_format": "#,##0"},
            }
            self.made[name] = self.book.add_format(settings[name])
        return self.made[name]


def hours_xlsx(content: HourBook) -> bytes:
    """The workbook. Its first sheet is the report."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
    )
    book.set_properties({"title": content.title, "author": content.author, "created": content.made_at})
    formats, words = _Formats(book), content.words
    _report(_sheet(book, content, words["sheet.report"], formats), content, formats)
    if content.values:
        _values(_sheet(book, content, words["sheet.value"], formats), content, formats)
    if content.entries:
        _entries(_sheet(book, content, words["sheet.entries"], formats), content, formats)
    about = book.add_worksheet(words["sheet.about"][:_LONGEST_SHEET])
    about.set_column(0, 0, 34)
    about.set_column(1, 1, 90)
    for number, (name, value) in enumerate(content.about):
        _write_text(about, number, 0, name, formats["bold"], formats)
        _write_text(about, number, 1, value, formats["text"], formats)
    _print_setup(about, content, landscape=False)
    book.close()
    return buffer.getvalue()


def _sheet(book: Any, content: HourBook, name: str, formats: _Formats) -> Any:
    """A sheet with title and period above its table."""
    sheet = book.add_worksheet(name[:_LONGEST_SHEET])
    sheet.write_string(0, 0, content.title, formats["title"])
    sheet.write_string(1, 0, content.period, formats["muted"])
    return sheet


def _print_setup(sheet: Any, content: HourBook, *, landscape: bool) -> None:
    sheet.set_paper(_A4)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.set_footer(f"&L&8{content.title.replace('&', '&&')}&R&8&P / &N")


def _report(sheet: Any, content: HourBook, formats: _Formats) -> None:
    shown, words = content.grid, content.words
    columns = [_Column(head, 30) for head in shown.heads]
    columns += [
        _Column(head, 13, "hours", minutes / 60)
        for head, minutes in zip(shown.columns, shown.total.minutes, strict=True)
    ]
    columns += [
        _Column(words["head.total"], 12, "hours", shown.total.total / 60),
        _Column(words["head.confirmed"], 12, "hours", shown.total.confirmed / 60),
        _Column(words["head.entries"], 10, "count", shown.total.entries),
    ]
    rows = [
        [*row.labels, *(one / 60 for one in row.minutes), row.total / 60, row.confirmed / 60, row.entries]
        for row in shown.leaves
    ]
    _table(sheet, "Report", columns, rows, content, formats)
    _print_setup(sheet, content, landscape=len(columns) > 6)


def _values(sheet: Any, content: HourBook, formats: _Formats) -> None:
    words = content.words
    currencies = {row.currency for row in content.values if row.cents is not None}
    together = sum(row.cents or 0 for row in content.values) / 100 if len(currencies) == 1 else None
    columns = [
        _Column(words["head.year"], 10, "year"),
        _Column(words["head.category"], 24),
        _Column(words["head.hours"], 12, "hours", sum(row.minutes for row in content.values) / 60),
        _Column(words["head.rate"], 14, "money"),
        _Column(words["head.currency"], 10),
        _Column(words["head.value"], 14, "money", together),
        _Column(words["head.source"], 60),
    ]
    rows = [
        [
            row.year,
            row.category,
            row.minutes / 60,
            None if row.rate_cents is None else row.rate_cents / 100,
            row.currency,
            None if row.cents is None else row.cents / 100,
            row.source,
        ]
        for row in content.values
    ]
    _table(sheet, "Value", columns, rows, content, formats)
    _print_setup(sheet, content, landscape=True)


def _entries(sheet: Any, content: HourBook, formats: _Formats) -> None:
    words = content.words
    together = sum(row.total_minutes for row in content.entries) / 60
    columns = [
        _Column(words["head.date"], 12, "day"),
        _Column(words["head.person"], 26),
        _Column(words["head.head_count"], 9, "count"),
        _Column(words["head.role"], 18),
        _Column(words["head.hours_each"], 11, "hours"),
        _Column(words["head.hours"], 11, "hours", together),
        _Column(words["head.category"], 16),
        _Column(words["head.state"], 12),
        _Column(words["head.activity"], 34),
        _Column(words["head.partnership"], 34),
        _Column(words["head.remark"], 40),
    ]
    rows = [
        [
            row.worked_on,
            row.person,
            row.head_count,
            row.role,
            row.minutes / 60,
            row.total_minutes / 60,
            row.category,
            row.state,
            row.activity,
            row.partnership,
            row.remark,
        ]
        for row in content.entries
    ]
    _table(sheet, "Entries", columns, rows, content, formats)
    _print_setup(sheet, content, landscape=True)


def _table(
    sheet: Any,
    name: str,
    columns: Sequence[_Column],
    rows: Sequence[Sequence[Any]],
    content: HourBook,
    formats: _Formats,
) -> None:
    """A real table with its head frozen above and repeated on every printed page, and its totals right below.

    The totals are no part of the table: names of columns in formulas are not understood by every program.
    """
    body = rows or [[None] * len(columns)]  # a table has at least one row
    first, last = _HEAD_ROW + 1, _HEAD_ROW + len(body)
    settings = []
    for number, (head, column) in enumerate(zip(_distinct([one.head for one in columns]), columns, strict=True)):
        settings.append({"header": head, "header_format": formats["head" if column.is_text else "head_right"]})
        sheet.set_column(number, number, column.width)
        if column.total is not None:
            cells = f"{xl_rowcol_to_cell(first, number)}:{xl_rowcol_to_cell(last, number)}"
            sheet.write_formula(
                last + 1, number, f"=SUBTOTAL(109,{cells})", formats[f"total_{column.kind}"], column.total
            )
        else:
            words = content.words["head.total"] if number == 0 else ""
            sheet.write_string(last + 1, number, words, formats["total"])
    options = {"name": name, "style": _STYLE, "columns": settings, "banded_rows": False}
    sheet.add_table(_HEAD_ROW, 0, last, len(columns) - 1, options)
    sheet.set_row(_HEAD_ROW, _HEAD_HEIGHT)
    for number, row in enumerate(body, start=_HEAD_ROW + 1):
        for place, (value, column) in enumerate(zip(row, columns, strict=True)):
            _write(sheet, number, place, value, column, formats)
    sheet.freeze_panes(_HEAD_ROW + 1, 1)
    sheet.repeat_rows(_HEAD_ROW)


def _write(sheet: Any, row: int, column: int, value: Any, meant: _Column, formats: _Formats) -> None:
    if value is None:
        sheet.write_blank(row, column, None, formats[meant.kind])
    elif isinstance(value, str):
        _write_text(sheet, row, column, value, formats["text"], formats)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), formats["day"])  # noqa: DTZ001
    else:
        sheet.write_number(row, column, value, formats[meant.kind])


def _write_text(sheet: Any, row: int, column: int, text: str, usual: Any, formats: _Formats) -> None:
    """A text that stays one, also after somebody has edited the cell (an invisible quote stands before it)."""
    sheet.write_string(row, column, text[:32_000], formats["quoted"] if text.startswith(_FORMULA) else usual)


def _distinct(heads: Sequence[str]) -> list[str]:
    """Heads that differ, whatever their case: a table needs that."""
    found: list[str] = []
    taken: set[str] = set()
    for head in heads:
        name, number = head or "–", 2
        while name.casefold() in taken:
            name, number = f"{head} ({number})", number + 1
        taken.add(name.casefold())
        found.append(name)
    return found
