"""Reading CSV files of unknown origin: decoding, separator, rows with their line numbers."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass

from cocivic_desktop.decoding import decode
from cocivic_desktop.domain.errors import BadInput

MAX_BYTES = 20_000_000
MAX_ROWS = 200_000
MAX_COLUMNS = 200
_SEPARATORS = ";,\t|"
SAMPLE = 4_000
"""How many characters are looked at to tell a text from anything else."""
_NO_TEXT = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Row:
    """One row of a table and the line of the file on which it begins."""

    line: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """The rows of a CSV file that are not empty. `encoding_certain` is False where the encoding was guessed."""

    rows: list[Row]
    separator: str
    encoding: str
    encoding_certain: bool


def read_csv(data: bytes) -> Table:
    """The rows of a CSV file in any usual encoding, separated by semicolon, comma, tab or bar.

    Raises `BadInput` when the file is too big, holds no text, or has too many rows.
    """
    if len(data) > MAX_BYTES:
        raise BadInput(f"The table is larger than {MAX_BYTES // 1_000_000} MB. Nothing was read.")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise BadInput("This file is not a CSV table. Save the table as CSV in your spreadsheet program first.")
    decoded = decode(data)
    text = decoded.text.replace("\x00", "")
    if len(_NO_TEXT.findall(text, 0, SAMPLE)) > len(text[:SAMPLE]) // 50:
        raise BadInput(
            "This file holds no text that could be a table; it may be damaged. Ask for it again, or save it as CSV."
        )
    separator = find_separator(text)
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if len(rows) >= MAX_ROWS:
                    raise BadInput(f"The table has more than {MAX_ROWS} rows. Nothing was read.")
                rows.append(Row(line, [cell.strip() for cell in cells[:MAX_COLUMNS]]))
            line = reader.line_num + 1
    except csv.Error as error:
        raise BadInput(f"The table cannot be read from line {line} on: {error}. Nothing was read.") from error
    if rows and rows[0].cells[0].lower().startswith("sep=") and len(rows[0].cells) <= 2:
        del rows[0]
    return Table(rows, separator, decoded.encoding, decoded.certain)


def find_separator(text: str) -> str:
    """The separator of a table: what the line `sep=` says, else what most of the first lines have equally often."""
    head = text[:20_000].splitlines()[:30]
    if head and head[0].lower().startswith("sep=") and len(head[0]) > 4:
        return head[0][4]
    lines = [line for line in head if line.strip()]
    best, best_score = ";", (0, 0)
    for separator in _SEPARATORS:
        counts = Counter(line.count(separator) for line in lines)
        counts.pop(0, None)  # a title above the table has none
        (count, number), *_ = counts.most_common(1) or [(0, 0)]
        if (number, count) > best_score:
            best, best_score = separator, (number, count)
    return best
