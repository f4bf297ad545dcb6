"""School and public holidays from CSV: as OpenHolidays publishes them, or any table with columns of dates.

OpenHolidays (openholidaysapi.org, open data): semicolons, UTF-8 with a mark, the last day inclusive or empty for one
day, names in several languages in one field (`DE Weihnachtsferien,EN Christmas Holidays`) with commas inside a name
as `%2C`, subdivisions without the country's code, and rows tagged `Exception` for a part of a region.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from cocivic_desktop.domain.base import clean_text, fold
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.rules.calendar_files import EndDates, ReadEvent, ReadResult, Skipped, guess_kind
from cocivic_desktop.domain.school_years import PeriodKind
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
) -> ReadResult:
    """The periods of a CSV file that touch the days from `first` to `last`.

    `country` is ISO 3166-1 alpha-2, `region` the subdivision part of ISO 3166-2; rows for other ones are left out.
    `language` chooses among several names, English and then the first one stand in. Raises `BadInput` when the file
    is no table or no column of dates can be found.
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
        reading.read_simple(table)
    return ReadResult(
        sorted(reading.events, key=lambda event: (event.starts_on, event.ends_on, event.summary)),
        reading.finished(),
        reading.remarks,
        name,
        table.encoding,
        EndDates.INCLUSIVE,
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
            starts = _date(cells.get("startdate", ""), "ymd")
            ends = _date(cells.get("enddate", ""), "ymd") if cells.get("enddate") else starts
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

    def read_simple(self, table: Table) -> None:
        columns, rows = _columns(table)
        order = _day_order([cell for row in rows for cell in _cells(row, (columns.start, columns.end))])
        if order == "ambiguous":
            self.remarks.append(Skipped("", "ambiguous_dates"))
        for row in rows:
            start_text, end_text = _cells(row, (columns.start, columns.end))
            name = " ".join(clean_text(_cells(row, (columns.name,))[0]).split())[:200]
            if not start_text and not end_text:
                self._skip(name or _what(row), "no_date", row.line)
                continue
            starts = _date(start_text, order)
            ends = _date(end_text, order) if end_text else starts
            if starts is None or ends is None:
                self._skip(
                    name or _what(row), "impossible_date", row.line, value=start_text if starts is None else end_text
                )
                continue
            written = _cells(row, (columns.kind,))[0]
            kind = _written_kind(written) or guess_kind(name, (written,)) or (None if written else guess_kind(name))
            self._add(ReadEvent("", name or written or "—", starts, ends, kind, line=row.line), row.line)


@dataclass(frozen=True)
class _Columns:
    start: int | None
    end: int | None
    name: int | None
    kind: int | None


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_START = _names(
    "start startdate startson begin begins from first firstday date day dtstart "
    "von ab beginn anfang erstertag startdatum datum tag "
    "inicio desde fecha fechainicio fechadeinicio primerdia "
    "baslangic baslangictarihi tarih inceput datainceput data inizio dal debut"
)
_END = _names(
    "end enddate endson ends to until last lastday dtend through bis ende letztertag enddatum "
    "fin hasta fechafin fechadefin ultimodia bitis bitistarihi sfarsit datasfarsit fine al"
)
_NAME = _names(
    "name title summary holiday event subject description label bezeichnung titel ferien anlass ereignis beschreibung "
    "nombre titulo descripcion vacaciones ad adi aciklama nume denumire nome"
)
_KIND = _names("kind type category art typ kategorie tipo categoria tur tip")
"""Usual names of columns, without accents, spaces and case."""


def _columns(table: Table) -> tuple[_Columns, list[Row]]:
    """Which column is what, by the header or else by what the cells hold, and the rows below the header."""
    header = [re.sub(r"[^a-z]", "", fold(cell)) for cell in table.rows[0].cells]

    def named(names: frozenset[str]) -> int | None:
        return next((number for number, cell in enumerate(header) if cell in names), None)

    start = named(_START)
    if start is not None:
        return _Columns(start, named(_END), named(_NAME), named(_KIND)), table.rows[1:]
    width = max(len(row.cells) for row in table.rows)
    sample = table.rows[:50]
    dates = [n for n in range(width) if _share(sample, n, looks_like_date=True) >= 0.5]
    if not dates:
        raise BadInput(
            "No column of dates was found in the table. "
            "Name the columns, for example: name; start; end. Nothing was read."
        )
    texts = [n for n in range(width) if n not in dates and _share(sample, n, looks_like_date=False) >= 0.5]
    has_header = not any(_DATE.fullmatch(cell) for cell in table.rows[0].cells)
    return (
        _Columns(dates[0], dates[1] if len(dates) > 1 else None, texts[0] if texts else None, None),
        table.rows[1:] if has_header else list(table.rows),
    )


def _share(rows: Sequence[Row], column: int, *, looks_like_date: bool) -> float:
    cells = [row.cells[column] for row in rows if column < len(row.cells) and row.cells[column]]
    hits = sum(bool(_DATE.fullmatch(cell)) == looks_like_date for cell in cells)
    return hits / len(rows) if rows else 0.0


def _cells(row: Row, columns: Sequence[int | None]) -> list[str]:
    return [row.cells[number] if number is not None and number < len(row.cells) else "" for number in columns]


def _what(row: Row) -> str:
    return " ".join(" ".join(row.cells).split())[:80]


_DATE = re.compile(
    r"(?:\w{2,10}\.?,\s*)?(?:(?P<y>\d{4})[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})|(?P<compact>\d{8})|"
    r"(?P<a>\d{1,2})[-./]\s?(?P<b>\d{1,2})[-./]\s?(?P<year>\d{4}|\d{2}))(?:[T ]00:00(?::00)?(?:\.0+)?Z?)?\.?"
)


def _date(text: str, order: str) -> date | None:
    """A date written as 2026-10-05, 20261005, 05.10.2026, 5/10/26; `order` is ymd, dmy or mdy. None when impossible."""
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None
    if match["compact"]:
        parts = (int(match["compact"][:4]), int(match["compact"][4:6]), int(match["compact"][6:]))
    elif match["y"]:
        parts = (int(match["y"]), int(match["m"]), int(match["d"]))
    else:
        year = int(match["year"])
        year += 2000 if year < 100 else 0
        one, two = int(match["a"]), int(match["b"])
        parts = (year, one, two) if order == "mdy" else (year, two, one)
    try:
        return date(*parts)
    except ValueError:
        return None


def _day_order(cells: Sequence[str]) -> str:
    """Whether a file writes the day or the month first: "dmy", "mdy", or "ambiguous" (then read as dmy).

    Dots always mean day first. With slashes, a number above twelve tells.
    """
    day_first = month_first = slashes = False
    for cell in cells:
        match = _DATE.fullmatch(cell.strip())
        if match is None or not match["a"] or "/" not in cell:
            continue
        slashes = True
        day_first |= int(match["a"]) > 12 >= int(match["b"])
        month_first |= int(match["b"]) > 12 >= int(match["a"])
    if month_first and not day_first:
        return "mdy"
    return "ambiguous" if slashes and day_first == month_first else "dmy"


def _written_kind(text: str) -> PeriodKind | None:
    """A kind that a table names by its code or by a usual word."""
    word = fold(text).strip().replace(" ", "_")
    if word in {kind.value for kind in PeriodKind}:
        return PeriodKind(word)
    return guess_kind(text) if text else None
