"""The school-year plan as a workbook: weeks, dates and materials, with real dates, filters and print setup."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from datetime import date, time
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter

from cocivic_desktop.library.labels import Labels, labels

if TYPE_CHECKING:
    from cocivic_desktop.domain.plan_facts import PlanDate, PlanPeriod, YearPlan

WORDS: Final = "year_plan.toml"
_A4: Final = 9
_LONGEST_SHEET: Final = 31
_HEAD_ROW: Final = 2
"""Row of a table's head, counted from 0: above it stands the title."""
_LINE: Final = 15
"""Height of a line in points."""
Value = str | int | date | time | None


def plan_xlsx(plan: YearPlan, language: str) -> bytes:
    """The workbook in a language: one row per week, per date, and per thing that has to be there."""
    words, fixed = labels(language, WORDS), labels(language)
    writer = _Writer(plan, words)
    writer.sheet(
        words["sheet.weeks"],
        [("week", 9), ("letter", 6), ("from", 12), ("to", 12), ("school", 42), ("dates", 80)],
        [
            [
                week.number,
                week.letter if week.number is not None else "",
                week.monday,
                week.sunday,
                "\n".join(_period(one, fixed) for one in week.periods),
                "\n".join(_line(one, fixed) for one in week.dates),
            ]
            for week in plan.weeks
        ],
    )
    writer.sheet(
        words["sheet.dates"],
        [
            ("week", 9), ("date", 12), ("weekday", 8), ("from", 8), ("to", 8), ("kind", 18), ("what", 42),
            ("place", 26), ("who", 36), ("status", 16), ("learners", 10),
        ],
        [
            [
                week.number, one.on, fixed.weekday(one.on.weekday(), short=True), one.starts_at, one.ends_at,
                fixed[f"activity_kind.{one.kind.value}"], one.title, one.place, one.who,
                _state(one, words), one.learners,
            ]
            for week in plan.weeks
            for one in week.dates
        ],
    )  # fmt: skip
    writer.materials()
    return writer.close()


def materials_xlsx(plan: YearPlan, language: str) -> bytes:
    """The list of materials alone."""
    writer = _Writer(plan, labels(language, WORDS))
    writer.materials()
    return writer.close()


class _Writer:
    """A workbook under way."""

    def __init__(self, plan: YearPlan, words: Labels) -> None:
        self._plan, self._words = plan, words
        self._buffer = io.BytesIO()
        self._book = xlsxwriter.Workbook(
            self._buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        self._title = f"{words['plan.kind']} · {plan.partnership} · {plan.year}"
        self._book.set_properties({"title": self._title, "author": plan.organisation})
        base = {"valign": "top", "text_wrap": True, "align": "left"}
        self._formats = {
            "title": self._book.add_format({"bold": True, "font_size": 14}),
            "head": self._book.add_format({**base, "bold": True, "bottom": 1, "bg_color": "#E2F0ED"}),
            "text": self._book.add_format(base),
            "date": self._book.add_format({**base, "num_format": 14}),
            "time": self._book.add_format({**base, "num_format": "hh:mm"}),
            "number": self._book.add_format({**base, "num_format": "0"}),
        }

    def sheet(self, name: str, columns: Sequence[tuple[str, float]], rows: Sequence[Sequence[Value]]) -> None:
        """A sheet with a title, and a table that is filtered and keeps its head in sight."""
        sheet: Any = self._book.add_worksheet(name[:_LONGEST_SHEET])
        sheet.write_string(0, 0, self._title, self._formats["title"])
        for place, (key, width) in enumerate(columns):
            sheet.set_column(place, place, width)
            sheet.write_string(_HEAD_ROW, place, self._words[f"column.{key}"], self._formats["head"])
        for line, row in enumerate(rows, _HEAD_ROW + 1):
            for place, value in enumerate(row):
                self._write(sheet, line, place, value)
            sheet.set_row(
                line, _LINE * max(_lines(value, width) for value, (_, width) in zip(row, columns, strict=True))
            )
        sheet.autofilter(_HEAD_ROW, 0, _HEAD_ROW + len(rows), len(columns) - 1)
        sheet.freeze_panes(_HEAD_ROW + 1, 0)
        sheet.repeat_rows(_HEAD_ROW)
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.set_footer(f"&L&8{self._title.replace('&', '&&')}&R&8&P / &N")

    def materials(self) -> None:
        """One row for each thing, from the plan's day on."""
        rows: list[list[Value]] = [
            [week.number, one.on, one.title, one.place, item, one.learners, ""]
            for week in self._plan.weeks
            for one in week.dates
            if not one.cancelled and one.on >= self._plan.as_of
            for item in one.materials
        ]
        heads = [
            ("week", 9),
            ("date", 12),
            ("what", 42),
            ("place", 28),
            ("material", 40),
            ("learners", 10),
            ("done", 6),
        ]
        self.sheet(self._words["sheet.materials"], heads, rows)

    def close(self) -> bytes:
        """The finished file."""
        self._book.close()
        return self._buffer.getvalue()

    def _write(self, sheet: Any, line: int, place: int, value: Value) -> None:
        """A real date, time or number; everything else is text, never a formula."""
        if value is None or value == "":
            sheet.write_blank(line, place, None, self._formats["text"])
        elif isinstance(value, str):
            sheet.write_string(line, place, value, self._formats["text"])
        elif isinstance(value, int):
            sheet.write_number(line, place, value, self._formats["number"])
        else:
            kind = "time" if isinstance(value, time) else "date"
            sheet.write_datetime(line, place, value, self._formats[kind])


def _lines(value: Value, width: float) -> int:
    """Lines that a value takes in a column, for programs that do not fit the height by themselves."""
    if not isinstance(value, str):
        return 1
    return sum(max(1, math.ceil(len(line) / width)) for line in value.split("\n"))


def _period(period: PlanPeriod, fixed: Labels) -> str:
    days = fixed.format_date(period.starts_on, "short")
    if period.ends_on != period.starts_on:
        days += f" – {fixed.format_date(period.ends_on, 'short')}"
    return f"{days}: {period.name}"


def _line(one: PlanDate, fixed: Labels) -> str:
    clock = f" {one.starts_at:%H:%M}" if one.starts_at else ""
    return f"{fixed.weekday(one.on.weekday(), short=True)}{clock} {one.title}"


def _state(one: PlanDate, words: Labels) -> str:
    return words["cancelled"] if one.cancelled else words["tentative"] if one.tentative else ""
