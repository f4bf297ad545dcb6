"""School and public holidays from CSV: as OpenHolidays publishes them, or any table with columns of dates.

OpenHolidays (openholidaysapi.org, open data): semicolons, UTF-8 with a mark, the last day inclusive or empty for one
day, names in several languages in one field (`DE Weihnachtsferien,EN Christmas Holidays`) with commas inside a name
as `%2C`, subdivisions without the country's code, and rows tagged `Exception` for a part of a region.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from cocivic_desktop.domain.base import clean_text, fold
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.rules.calendar_files import (
    EndDates,
    EndsExample,
    ReadEvent,
    ReadResult,
    Skipped,
    TableColumns,
    TableShape,
    guess_kind,
)
from cocivic_desktop.domain.school_years import PeriodKind
from cocivic_desktop.tables.holiday_columns import day_order, read_date, table_shape
from cocivic_desktop.tables.reading import Row, Table, read_csv

LONGEST_DAYS = 400
_OPEN_HOLIDAYS = {"startdate", "enddate", "name"}


def read_holidays(
    data: bytes,
    *,
    first: date,
    last: date,
    country: str = "",
    region: str = "",
    language: str = "",
    ends: EndDates | None = None,
    columns: TableColumns | None = None,
    ask: bool = False,
) -> ReadResult:
    """The periods of a CSV file that touch the days from `first` to `last`.

    `country` is ISO 3166-1 alpha-2, `region` the subdivision part of ISO 3166-2; rows for other ones are left out.
    `language` chooses among several names, English and then the first one stand in. `ends` and `columns` overrule
    what was found out about a table of no known format. Raises `BadInput` when the file is no table, or no column of
    dates can be found, unless `ask`: then nothing is read and `table` says what there is to choose from.
    """
    table = read_csv(data)
    if not table.rows:
        raise BadInput("The table is empty. Nothing was read.")
    reading = _Reading(first, last, country.upper(), region.upper(), language.upper())
    if not table.encoding_certain:
        reading.remarks.append(Skipped("", "encoding_guessed", {"encoding": table.encoding}))
    header = ["".join(fold(cell).split()) for cell in table.rows[0].cells]
    if set(header) >= _OPEN_HOLIDAYS:
        name = f"OpenHolidays {country.upper()}".strip()
        reading.read_open_holidays(header, table.rows[1:])
    else:
        name = ""
        reading.read_simple(table, columns, ends, ask=ask)
    return ReadResult(
        sorted(reading.events, key=lambda event: (event.starts_on, event.ends_on, event.summary)),
        reading.finished(),
        reading.remarks,
        name,
        table.encoding,
        reading.ends,
        reading.example,
        reading.shape,
    )


@dataclass
class _Reading:
    first: date
    last: date
    country: str
    region: str
    language: str
    events: list[ReadEvent] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    remarks: list[Skipped] = field(default_factory=list)
    outside: int = 0
    elsewhere: int = 0
    ends: EndDates = EndDates.INCLUSIVE
    example: EndsExample | None = None
    shape: TableShape | None = None

    def finished(self) -> list[Skipped]:
        """What was skipped, with the counts of rows for other years and regions."""
        found = list(self.skipped)
        if self.elsewhere:
            found.append(Skipped("", "other_region", {"count": self.elsewhere, "region": self.region}))
        if self.outside:
            found.append(Skipped("", "outside_window", {"count": self.outside}))
        return found

    def _skip(self, what: str, code: str, line: int, **parameters: object) -> None:
        self.skipped.append(Skipped(what, code, {"line": line, **parameters}))

    def _add(self, event: ReadEvent, line: int) -> None:
        if event.ends_on < event.starts_on:
            self._skip(event.summary, "ends_before_start", line, starts=str(event.starts_on), ends=str(event.ends_on))
        elif (event.ends_on - event.starts_on).days > LONGEST_DAYS:
            self._skip(event.summary, "too_long", line, days=(event.ends_on - event.starts_on).days)
        elif event.ends_on < self.first or event.starts_on > self.last:
            self.outside += 1
        else:
            self.events.append(event)

    # --- OpenHolidays ----------------------------------------------------------------------------------------------

    def read_open_holidays(self, header: list[str], rows: Sequence[Row]) -> None:
        for row in rows:
            cells = dict(zip(header, row.cells, strict=False))
            name = self._name(cells.get("name", ""))
            starts = read_date(cells.get("startdate", ""), "ymd")
            ends = read_date(cells.get("enddate", ""), "ymd") if cells.get("enddate") else starts
            if starts is None or ends is None:
                value = cells.get("startdate", "") if starts is None else cells.get("enddate", "")
                self._skip(name, "impossible_date" if value else "no_date", row.line, value=value)
                continue
            if self.country and cells.get("country", self.country).upper() != self.country:
                self._skip(name, "other_country", row.line, country=cells.get("country", ""))
                continue
            scope = self._scope(
                [part.strip().upper() for part in cells.get("subdivisions", "").split(",") if part.strip()]
            )
            if scope is None:
                self.elsewhere += 1
                continue
            kind = {
                "school": PeriodKind.HOLIDAY,
                "public": PeriodKind.PUBLIC_HOLIDAY,
                "bank": None,
                "optional": None,
            }.get(cells.get("type", "school").lower(), guess_kind(name))
            tags = {tag.strip().lower() for tag in cells.get("tags", "").split(",")}
            event = ReadEvent(
                cells.get("id", ""),
                name,
                starts,
                ends,
                kind,
                estimate="provisional" in tags,
                local=scope or "exception" in tags or cells.get("regionalscope", "").lower() == "local",
                remark=self._name(cells.get("comment", "")),
                line=row.line,
            )
            self._add(event, row.line)

    def _scope(self, subdivisions: list[str]) -> bool | None:
        """None when a row is for other regions, True when for a part of ours, False when for all of it."""
        if not subdivisions or not self.region:
            return False
        codes = {code.removeprefix(f"{self.country}-") for code in subdivisions}
        if self.region in codes:
            return False
        return True if any(code.startswith(f"{self.region}-") for code in codes) else None

    def _name(self, text: str) -> str:
        """One name out of `DE Weihnachtsferien,EN Christmas Holidays`."""
        names: dict[str, str] = {}
        for part in text.split(","):
            match = re.fullmatch(r"\s*([A-Z]{2})\s+(.+)", part)
            if match:
                names.setdefault(match[1], match[2])
        chosen = names.get(self.language) or names.get("EN") or next(iter(names.values()), text)
        return " ".join(clean_text(chosen.replace("%2C", ",").replace("%2c", ",")).split())[:200]

    # --- any table -------------------------------------------------------------------------------------------------

    def read_simple(self, table: Table, wanted: TableColumns | None, ends: EndDates | None, *, ask: bool) -> None:
        self.shape, rows = table_shape(table, wanted)
        columns = self.shape.columns
        if not self.shape.recognised:
            if ask:
                return
            raise BadInput(
                "No column of dates was found in the table. "
                "Name the columns, for example: name; start; end. Nothing was read."
            )
        order = day_order([cell for row in rows for cell in _cells(row, (columns.start, columns.end))])
        if columns.month_first is not None:
            order = "mdy" if columns.month_first else "dmy"
        if order == "ambiguous":
            self.remarks.append(Skipped("", "ambiguous_dates"))
        events = [event for row in rows if (event := self._simple_event(row, columns, order)) is not None]
        found, self.example = _table_ends(events)
        self.ends = ends or found
        if self.ends is EndDates.DOUBTFUL:
            self.remarks.append(Skipped("", "ends_doubtful"))
        for event in events:
            longer = self.ends is EndDates.EXCLUSIVE and event.ends_on > event.starts_on
            one = replace(event, ends_on=event.ends_on - timedelta(days=1)) if longer else event
            self._add(one, one.line or 0)

    def _simple_event(self, row: Row, columns: TableColumns, order: str) -> ReadEvent | None:
        """One row as a period; None, and a reason noted, when it is none."""
        start_text, end_text = _cells(row, (columns.start, columns.end))
        name = " ".join(clean_text(_cells(row, (columns.name,))[0]).split())[:200]
        if not start_text and not end_text:
            self._skip(name or _what(row), "no_date", row.line)
            return None
        starts = read_date(start_text, order)
        ends = read_date(end_text, order) if end_text else starts
        if starts is None or ends is None:
            value = start_text if starts is None else end_text
            self._skip(name or _what(row), "impossible_date" if value else "no_date", row.line, value=value)
            return None
        written = _cells(row, (columns.kind,))[0]
        kind = _written_kind(written) or guess_kind(name, (written,)) or (None if written else guess_kind(name))
        return ReadEvent("", name or written or "—", starts, ends, kind, line=row.line)


def _table_ends(events: Sequence[ReadEvent]) -> tuple[EndDates, EndsExample | None]:
    """How a table gives its last days, and its longest period as an example.

    Tables made by people name the last day itself. One without any period of one day, but with several that "last"
    two, was probably written by a program that names the day after: doubtful.
    """
    days = [(event.ends_on - event.starts_on).days for event in events]
    long = max(events, key=lambda event: event.ends_on - event.starts_on, default=None)
    example = None
    if long is not None and long.ends_on > long.starts_on:
        example = EndsExample(long.summary, long.starts_on, long.ends_on, long.ends_on - timedelta(days=1))
    doubtful = days.count(1) > 1 and 0 not in days
    return EndDates.DOUBTFUL if doubtful else EndDates.INCLUSIVE, example


def _cells(row: Row, columns: Sequence[int | None]) -> list[str]:
    return [row.cells[number] if number is not None and number < len(row.cells) else "" for number in columns]


def _what(row: Row) -> str:
    return " ".join(" ".join(row.cells).split())[:80]


def _written_kind(text: str) -> PeriodKind | None:
    """A kind that a table names by its code or by a usual word."""
    word = fold(text).strip().replace(" ", "_")
    if word in {kind.value for kind in PeriodKind}:
        return PeriodKind(word)
    return guess_kind(text) if text else None
