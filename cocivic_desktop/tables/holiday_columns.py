"""Which column of a table of holidays is what, by its head or by what its cells hold, and how it writes days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.rules.calendar_files import TableColumns, TableShape
from cocivic_desktop.tables.reading import Row, Table

DATE = re.compile(
    r"(?:\w{2,10}\.?,\s*)?(?:(?P<y>\d{4})[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})|(?P<compact>\d{8})|"
    r"(?P<a>\d{1,2})[-./]\s?(?P<b>\d{1,2})[-./]\s?(?P<year>\d{4}|\d{2}))(?:[T ]00:00(?::00)?(?:\.0+)?Z?)?\.?"
)


def read_date(text: str, order: str) -> date | None:
    """A date written as 2026-10-05, 20261005, 05.10.2026, 5/10/26; `order` is ymd, dmy or mdy. None when impossible."""
    match = DATE.fullmatch(text.strip())
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


def day_order(cells: Sequence[str]) -> str:
    """Whether a file writes the day or the month first: "dmy", "mdy", or "ambiguous" (then read as dmy).

    Dots always mean day first. With slashes, a number above twelve tells.
    """
    day_first = month_first = slashes = False
    for cell in cells:
        match = DATE.fullmatch(cell.strip())
        if match is None or not match["a"] or "/" not in cell:
            continue
        slashes = True
        day_first |= int(match["a"]) > 12 >= int(match["b"])
        month_first |= int(match["b"]) > 12 >= int(match["a"])
    if month_first and not day_first:
        return "mdy"
    return "ambiguous" if slashes and day_first == month_first else "dmy"


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


def table_shape(table: Table, wanted: TableColumns | None = None) -> tuple[TableShape, list[Row]]:
    """Which column is what, by the head or else by what the cells hold, and the rows below the head.

    `wanted` is what somebody has chosen instead.
    """
    first, width = table.rows[0].cells, max(len(row.cells) for row in table.rows)
    folded = [re.sub(r"[^a-z]", "", fold(cell)) for cell in first]

    def named(names: frozenset[str]) -> int | None:
        return next((number for number, cell in enumerate(folded) if cell in names), None)

    columns = TableColumns(named(_START), named(_END), named(_NAME), named(_KIND))
    has_head = columns.start is not None or not any(DATE.fullmatch(cell) for cell in first)
    rows = table.rows[1:] if has_head else list(table.rows)
    if columns.start is None:
        sample = rows[:50]
        dates = [n for n in range(width) if _share(sample, n, looks_like_date=True) >= 0.5]
        texts = [n for n in range(width) if n not in dates and _share(sample, n, looks_like_date=False) >= 0.5]
        kind = columns.kind
        name = columns.name if columns.name is not None else next((n for n in texts if n != kind), None)
        columns = TableColumns(
            dates[0] if dates else None, dates[1] if len(dates) > 1 else None, name, kind if kind != name else None
        )
    columns = wanted or columns
    heads = tuple(first[n] if has_head and n < len(first) and first[n] else f"{n + 1}" for n in range(width))
    samples = tuple(
        next((row.cells[n] for row in rows if n < len(row.cells) and row.cells[n]), "") for n in range(width)
    )
    return TableShape(heads, samples, columns, columns.start is not None), list(rows)


def _share(rows: Sequence[Row], column: int, *, looks_like_date: bool) -> float:
    cells = [row.cells[column] for row in rows if column < len(row.cells) and row.cells[column]]
    hits = sum(bool(DATE.fullmatch(cell)) == looks_like_date for cell in cells)
    return hits / len(rows) if rows else 0.0
