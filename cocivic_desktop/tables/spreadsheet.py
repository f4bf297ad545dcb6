"""Tables of unknown origin, as CSV or XLSX, read with care: sheets of rows of texts.

XLSX is a ZIP of XML, opened within the limits of `archives` and without document types; openpyxl reads row by row and
never further than `MAX_ROWS` and `MAX_COLUMNS`, wherever a sheet says that it ends (a single cell at XFD1048576 would
fill the memory). `open_book` reads it in a process of its own, with bounds on time and memory.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from cocivic_desktop.archives import MAX_UNPACKED, Danger, UnsafeArchive, open_archive
from cocivic_desktop.domain.base import clean_text
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.guarded import Exhausted, run_guarded
from cocivic_desktop.tables.reading import MAX_COLUMNS, Row, Table, read_csv

MAX_BYTES: Final = 20_000_000
MAX_ROWS: Final = 50_000
"""Rows read of a sheet; a table of schools or hours is shorter."""
MAX_CELL: Final = 5_000
"""Characters kept of a cell."""
SECONDS: Final = 60.0
MEGABYTES: Final = 1_500
"""What reading an XLSX file may take."""
_DOCUMENT_TYPE: Final = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*\bref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']")
_ROW: Final = re.compile(rb"<(?:\w+:)?row\b[^>]*\bhidden=[\"'](?:1|true)[\"'][^>]*>")
_ROW_NUMBER: Final = re.compile(rb"\br=[\"'](\d{1,7})[\"']")
_UNCALCULATED: Final = re.compile(
    rb"<(?:\w+:)?c\b[^>]*\br=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^>]*>\s*"
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
"""A formula without the value it last had."""
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOTHING: Final = (None,) * 16


@dataclass(frozen=True)
class Sheet:
    """One sheet. `merged` counts the cells that took their text from the cell they were merged with."""

    name: str
    rows: list[Row]
    merged: int = 0
    cut: bool = False
    """Whether the sheet has more rows than were read."""
    hidden: frozenset[int] = frozenset()
    """Lines that the spreadsheet program does not show; they are read like the others."""
    uncalculated: frozenset[tuple[int, int]] = frozenset()
    """Line and column (from 0) of formulas that nobody has calculated; their texts are empty."""
    from_1904: bool = False
    """Whether the workbook counts its days from 1904, as old ones of a Mac do."""


@dataclass(frozen=True)
class Book:
    """The sheets of a file that hold anything, and how its text was encoded ("" for XLSX)."""

    sheets: list[Sheet]
    encoding: str = ""
    encoding_certain: bool = True


def open_book(path: Path) -> Book:
    """The sheets of a CSV or XLSX file; XLSX is read in a process of its own. Call it off the GUI thread.

    Raises `BadInput` in words of what is wrong and what to do, also when there is nothing in it.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise BadInput(f"There is no file “{path.name}” in {path.parent}. Please choose it again.") from error
    except OSError as error:
        raise BadInput(f"“{path.name}” cannot be read: {error.strerror or error}.") from error
    try:
        book = run_guarded(read_book, SECONDS, MEGABYTES, data) if data.startswith(b"PK") else read_book(data)
    except Exhausted as error:
        raise BadInput(
            f"Reading “{path.name}” took longer, or more memory, than a table may take. Copy the rows that you need "
            "into a new table, and choose that."
        ) from error
    if not book.sheets:
        raise BadInput("There is nothing in this table. Nothing was read.")
    return book


def read_book(data: bytes) -> Book:
    """The rows of a CSV or XLSX file, whatever its name says.

    Raises `BadInput` for other files and for what is damaged, protected or too big.
    """
    if len(data) > MAX_BYTES:
        raise BadInput(f"The file is larger than {MAX_BYTES // 1_000_000} MB. Nothing was read.")
    if not data.strip(b"\0 \r\n\t\xef\xbb\xbf"):
        raise BadInput("The file is empty. Nothing was read.")
    if data.startswith(b"PK"):
        return _read_xlsx(data)
    if data.startswith(_OLE):
        protected = "EncryptedPackage".encode("utf-16-le") in data
        if protected:
            raise BadInput("The file is protected by a password. Open it, save it without one, and choose it again.")
        raise BadInput("This is a file of an old Excel (.xls). Open it, save it as .xlsx or CSV, and choose it again.")
    table: Table = read_csv(data)
    return Book([Sheet("", table.rows)] if table.rows else [], table.encoding, table.encoding_certain)


def _read_xlsx(data: bytes) -> Book:
    from openpyxl import load_workbook
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    seen = _checked(data)
    try:
        with (
            warnings.catch_warnings(),  # openpyxl warns of what it leaves out: dates out of range, extensions
            closing(load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)) as book,
        ):
            warnings.simplefilter("ignore")
            early = book.epoch == CALENDAR_MAC_1904
            sheets = [_sheet(one, seen, early) for one in book.worksheets if one.sheet_state == "visible"]
    except BadInput:
        raise
    except Exception as error:
        # openpyxl raises whatever its parts raise: KeyError, ValueError, TypeError, SyntaxError of broken XML …
        raise BadInput(
            "The table cannot be read: the file is damaged, or no spreadsheet. Open it in a spreadsheet program, "
            "save it as .xlsx or CSV, and choose it again."
        ) from error
    return Book([sheet for sheet in sheets if sheet.rows])


@dataclass(frozen=True)
class _Seen:
    """What openpyxl does not tell when it reads row by row. A merged range: first column and row, last ones."""

    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: frozenset[int] = frozenset()
    uncalculated: frozenset[tuple[int, int]] = frozenset()


def _checked(data: bytes) -> dict[str, _Seen]:
    """Refuse what would hurt; give what was seen in each sheet, by its path."""
    try:
        package = open_archive(data)
    except UnsafeArchive as error:
        if error.code is Danger.DAMAGED:
            raise BadInput("The file is damaged, or not complete. Please ask for it again.") from error
        if error.code is Danger.ENCRYPTED:
            raise BadInput("The file is damaged, or protected by a password. Please ask for it again.") from error
        raise BadInput(
            f"The table is too big to be read safely: more than {MAX_UNPACKED // 1_000_000} MB unpacked, or packed in "
            "an unusual way. Copy the rows that you need into a new table, and choose that."
        ) from error
    if "xl/workbook.xml" not in package.namelist():
        raise BadInput("This is no .xlsx table. Save the table as .xlsx or CSV in your spreadsheet program first.")
    seen: dict[str, _Seen] = {}
    try:
        for member in package.infolist():
            if not member.filename.endswith((".xml", ".rels")):
                continue
            content = package.read(member)
            if _DOCUMENT_TYPE.search(content.replace(b"\0", b"")):
                raise BadInput(
                    "The file holds definitions that no table needs and that could do harm; it was not read."
                )
            if member.filename.startswith("xl/worksheets/"):
                seen[member.filename] = _Seen(
                    [_range(found) for found in _MERGED.findall(content)],
                    frozenset(int(one[1]) for row in _ROW.findall(content) if (one := _ROW_NUMBER.search(row))),
                    frozenset((int(line), _column(name) - 1) for name, line in _UNCALCULATED.findall(content)),
                )
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise BadInput("The file is damaged, or protected by a password. Please ask for it again.") from error
    return seen


def _range(found: tuple[bytes, bytes, bytes, bytes]) -> tuple[int, int, int, int]:
    left, top, right, bottom = found
    return _column(left), int(top), _column(right), int(bottom)


def _column(letters: bytes) -> int:
    """The number of a column: A → 1, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _sheet(sheet: Any, seen: dict[str, _Seen], from_1904: bool) -> Sheet:
    sheet.reset_dimensions()
    cells = [
        [cell_text(value) for value in _shortened(row)]
        for row in sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS, values_only=True)
    ]
    cut = any(any(texts) for texts in cells[MAX_ROWS:])
    del cells[MAX_ROWS:]
    here = seen.get(str(getattr(sheet, "_worksheet_path", "")).lstrip("/"), _Seen())
    merged = _fill_merged(cells, here.merged)
    rows = [Row(line, _trimmed(texts)) for line, texts in enumerate(cells, 1) if any(texts)]
    hidden = here.hidden & {row.line for row in rows} if here.hidden else here.hidden
    return Sheet(str(sheet.title), rows, merged, cut, hidden, here.uncalculated, from_1904)


def _shortened(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """The row without most of the empty cells at its end, sixteen at a time: quicker than looking at each."""
    while row[-16:] == _NOTHING:
        row = row[:-16]
    return row


def _fill_merged(cells: list[list[str]], ranges: Iterable[tuple[int, int, int, int]]) -> int:
    """Give cells merged down over several rows the text of the first one; those merged across stay empty.

    A heading across a whole table is no value of its columns; a town across five rows is one of each.
    """
    filled = 0
    for left, top, _right, bottom in ranges:
        if top > len(cells) or bottom == top or len(cells[top - 1]) < left:
            continue
        text = cells[top - 1][left - 1]
        for row in cells[top : min(bottom, len(cells))]:
            if any(row) and text:
                row.extend([""] * (left - len(row)))
                row[left - 1] = text
                filled += 1
    return filled


def cell_text(value: Any) -> str:
    """The value of a cell as a person reads it: whole numbers without ".0", ISO 8601 days, hours and minutes."""
    if isinstance(value, str):
        return (
            value if value.isalnum() and value.isascii() else clean_text(value[:MAX_CELL]).replace("\xa0", " ").strip()
        )
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", _precision(value.second))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(_precision(value.second))
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    return str(value)


def _precision(seconds: int) -> str:
    return "seconds" if seconds else "minutes"


def _trimmed(texts: list[str]) -> list[str]:
    while texts and not texts[-1]:
        texts.pop()
    return texts


def columns_of(rows: Iterable[Row]) -> Iterator[list[str]]:
    """The columns of some rows, from left to right, short rows filled up with nothing."""
    found = [row.cells for row in rows]
    for number in range(max(map(len, found), default=0)):
        yield [cells[number] if number < len(cells) else "" for cells in found]
