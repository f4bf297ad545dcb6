"""Tables of unknown origin, as CSV or XLSX, read with care: sheets of rows of texts.

XLSX is a ZIP of XML. Limits are those of quality.md, "Hostile and broken input": 50 MB unpacked, a ratio of 100,
1,000 members, no document types; openpyxl reads row by row and never further than `MAX_ROWS` and `MAX_COLUMNS`,
wherever a sheet says that it ends (a single cell at XFD1048576 would fill the memory).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from cocivic_desktop.domain.base import clean_text
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.tables.reading import MAX_COLUMNS, Row, Table, read_csv

MAX_BYTES: Final = 20_000_000
MAX_UNPACKED: Final = 50_000_000
MAX_RATIO: Final = 100
MAX_MEMBERS: Final = 1_000
MAX_ROWS: Final = 20_000
"""Rows read of a sheet; a table of schools or hours is shorter."""
MAX_CELL: Final = 5_000
"""Characters kept of a cell."""
_RATIO_FROM: Final = 1_000_000
_DOCUMENT_TYPE: Final = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*\bref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Sheet:
    """One sheet. `merged` counts the cells that took their text from the cell they were merged with."""

    name: str
    rows: list[Row]
    merged: int = 0
    cut: bool = False
    """Whether the sheet has more rows than were read."""


@dataclass(frozen=True)
class Book:
    """The sheets of a file that hold anything, and how its text was encoded ("" for XLSX)."""

    sheets: list[Sheet]
    encoding: str = ""
    encoding_certain: bool = True


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

    merges = _checked(data)
    try:
        with closing(load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)) as book:
            sheets = [_sheet(one, merges) for one in book.worksheets if one.sheet_state == "visible"]
    except BadInput:
        raise
    except Exception as error:
        # openpyxl raises whatever its parts raise: KeyError, ValueError, TypeError, SyntaxError of broken XML …
        raise BadInput(
            "The table cannot be read: the file is damaged, or no spreadsheet. Open it in a spreadsheet program, "
            "save it as .xlsx or CSV, and choose it again."
        ) from error
    return Book([sheet for sheet in sheets if sheet.rows])


def _checked(data: bytes) -> dict[str, list[tuple[int, int, int, int]]]:
    """Refuse what would hurt; give the merged ranges by the path of their sheet: first column and row, last ones."""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        members = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise BadInput("The file is damaged, or not complete. Please ask for it again.") from error
    if "xl/workbook.xml" not in {member.filename for member in members}:
        raise BadInput("This is no .xlsx table. Save the table as .xlsx or CSV in your spreadsheet program first.")
    unpacked = sum(member.file_size for member in members)
    crowded = len(members) > MAX_MEMBERS
    bomb = any(m.file_size > _RATIO_FROM and m.file_size > MAX_RATIO * m.compress_size for m in members)
    if crowded or bomb or unpacked > MAX_UNPACKED:
        raise BadInput(
            f"The table is too big to be read safely: more than {MAX_UNPACKED // 1_000_000} MB unpacked, or packed in "
            "an unusual way. Copy the rows that you need into a new table, and choose that."
        )
    merges: dict[str, list[tuple[int, int, int, int]]] = {}
    try:
        for member in members:
            if not member.filename.endswith((".xml", ".rels")):
                continue
            content = package.read(member)  # not more than its entry says: zipfile stops there and compares checksums
            if _DOCUMENT_TYPE.search(content.replace(b"\0", b"")):
                raise BadInput(
                    "The file holds definitions that no table needs and that could do harm; it was not read."
                )
            if member.filename.startswith("xl/worksheets/"):
                merges[member.filename] = [_range(found) for found in _MERGED.findall(content)]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise BadInput("The file is damaged, or protected by a password. Please ask for it again.") from error
    return merges


def _range(found: tuple[bytes, bytes, bytes, bytes]) -> tuple[int, int, int, int]:
    left, top, right, bottom = found
    return _column(left), int(top), _column(right), int(bottom)


def _column(letters: bytes) -> int:
    """The number of a column: A → 1, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _sheet(sheet: Any, merges: dict[str, list[tuple[int, int, int, int]]]) -> Sheet:
    sheet.reset_dimensions()
    cells = [
        [cell_text(value) for value in row]
        for row in sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS, values_only=True)
    ]
    cut = any(any(texts) for texts in cells[MAX_ROWS:])
    del cells[MAX_ROWS:]
    path = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
    merged = _fill_merged(cells, merges.get(path, []))
    rows = [Row(line, _trimmed(texts)) for line, texts in enumerate(cells, 1) if any(texts)]
    return Sheet(str(sheet.title), rows, merged, cut)


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
    """The value of a cell as a person reads it: whole numbers without ".0", days as ISO 8601."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, datetime):
        value = value.date() if value.time() == time() else value
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(clean_text(str(value)[:MAX_CELL]).split(" ")).strip()


def _trimmed(texts: list[str]) -> list[str]:
    while texts and not texts[-1]:
        texts.pop()
    return texts


def columns_of(rows: Iterable[Row]) -> Iterator[list[str]]:
    """The columns of some rows, from left to right, short rows filled up with nothing."""
    found = [row.cells for row in rows]
    for number in range(max(map(len, found), default=0)):
        yield [cells[number] if number < len(cells) else "" for cells in found]
