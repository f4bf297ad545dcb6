"""Tables of unknown origin: odd encodings and separators, merged cells, and files that would do harm."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import datetime
from typing import Any

import pytest
from openpyxl import Workbook

from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.tables import spreadsheet
from cocivic_desktop.tables.reading import MAX_COLUMNS
from cocivic_desktop.tables.spreadsheet import Book, read_book

ROWS = [["Schule", "Ort"], ["Förde-Schule", "Kiel"], ["Çağrı Lisesi", "İzmir"]]


def cells(book: Book, sheet: int = 0) -> list[list[str]]:
    return [row.cells for row in book.sheets[sheet].rows]


def xlsx(*sheets: Any, merge: str = "", hide: int | None = None) -> bytes:
    book = Workbook()
    del book["Sheet"]
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Sheet {number + 1}")
        for row in rows:
            sheet.append(row)
        if merge:
            sheet.merge_cells(merge)
        if number == hide:
            sheet.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1254"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_csv_of_any_usual_encoding_and_separator(encoding: str, separator: str) -> None:
    text = "\r\n".join(separator.join(row) for row in ROWS)
    assert cells(read_book(text.encode(encoding))) == ROWS


def test_latin_1_is_read_and_called_a_guess() -> None:
    book = read_book("Schule;Ort\nHäfenschule Süd;Lübeck\nÉcole Où;Besançon\n".encode("latin-1"))
    assert cells(book)[1:] == [["Häfenschule Süd", "Lübeck"], ["École Où", "Besançon"]]
    assert not book.encoding_certain


def test_a_title_above_the_table_does_not_hide_the_separator() -> None:
    text = "All schools of the district\n\nName,City,Phone\nA,Kiel,1\nB,Plön,2\n"
    assert cells(read_book(text.encode()))[1:] == [["Name", "City", "Phone"], ["A", "Kiel", "1"], ["B", "Plön", "2"]]


def test_commas_inside_quotes_do_not_count() -> None:
    text = 'Name;Street\n"School, north";"Quay 1, left"\n"School, south";"Quay 2"\n'
    assert cells(read_book(text.encode()))[1] == ["School, north", "Quay 1, left"]


def test_xlsx_gives_texts_as_a_person_reads_them() -> None:
    rows = [["School", "Postcode", "Since", "Rate", "Open"], ["A", 24103.0, datetime(2026, 9, 1), 0.5, True]]
    assert cells(read_book(xlsx(rows)))[1] == ["A", "24103", "2026-09-01", "0.5", "true"]


def test_cells_merged_down_count_for_every_row_and_those_across_once() -> None:
    rows = [["Town", "School"], ["Kiel", "A"], [None, "B"], [None, "C"], ["Plön", "D"]]
    book = read_book(xlsx(rows, merge="A2:A4"))
    assert cells(book) == [["Town", "School"], ["Kiel", "A"], ["Kiel", "B"], ["Kiel", "C"], ["Plön", "D"]]
    assert book.sheets[0].merged == 2
    assert cells(read_book(xlsx([["Title", None], ["Town", "School"]], merge="A1:B1"))) == [
        ["Title"],
        ["Town", "School"],
    ]


def test_hidden_and_empty_sheets_are_passed_over() -> None:
    book = read_book(xlsx(ROWS, [["secret"]], [], [["x"]], hide=1))
    assert [sheet.name for sheet in book.sheets] == ["Sheet 1", "Sheet 4"]
    assert [row.line for row in book.sheets[0].rows] == [1, 2, 3]


def test_a_cell_at_the_last_place_costs_nothing() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ROWS:
        sheet.append(row)
    sheet["XFD1048576"] = "far"
    stream = io.BytesIO()
    book.save(stream)
    found = read_book(stream.getvalue())
    assert cells(found) == ROWS
    assert not found.sheets[0].cut


def test_long_and_wide_tables_are_cut_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MAX_ROWS", 500)
    found = read_book(xlsx([["x"] * (MAX_COLUMNS + 5), *([[number] for number in range(505)])]))
    assert len(found.sheets[0].rows) == 500
    assert len(found.sheets[0].rows[0].cells) == MAX_COLUMNS
    assert found.sheets[0].cut


def changed(data: bytes, name: str, content: bytes) -> bytes:
    """The package with one part replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    return stream.getvalue()


def test_a_bomb_is_refused() -> None:
    with pytest.raises(BadInput, match="too big to be read safely"):
        read_book(changed(xlsx(ROWS), "xl/media/zeros.xml", bytes(60_000_000)))


def test_too_many_members_are_refused() -> None:
    stream = io.BytesIO(xlsx(ROWS))
    with zipfile.ZipFile(stream, "a") as package:
        for number in range(1_001):
            package.writestr(f"junk/{number}", b"")
    with pytest.raises(BadInput, match="too big to be read safely"):
        read_book(stream.getvalue())


def test_entities_are_refused() -> None:
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><sst>&b;</sst>'
    for encoded in (laughs, laughs.decode().replace("1.0", "1.0").encode("utf-16-le")):
        with pytest.raises(BadInput, match="could do harm"):
            read_book(changed(xlsx(ROWS), "xl/sharedStrings.xml", encoded))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n", "empty"),
        (b"PK\x03\x04 nothing", "damaged"),
        (random.Random(1).randbytes(3_000), "no text"),
        (b"%PDF-1.7 ...", "not a CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 book", "old Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (bytes(20_000_001), "larger than 20 MB"),
    ],
)
def test_other_files_are_refused_with_a_way_out(data: bytes, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        read_book(data)


def test_a_document_is_no_table() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("word/document.xml", "<x/>")
    with pytest.raises(BadInput, match=r"no \.xlsx table"):
        read_book(stream.getvalue())


def test_a_damaged_table_is_refused_whole() -> None:
    data = xlsx(ROWS)
    with pytest.raises(BadInput, match="cannot be read"):
        read_book(changed(data, "xl/workbook.xml", b"<workbook>"))
    broken = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        at = package.getinfo("xl/worksheets/sheet1.xml").header_offset + 80
    broken[at] ^= 0xFF
    with pytest.raises(BadInput, match="damaged"):
        read_book(bytes(broken))
