"""Holidays from tables: as OpenHolidays publishes them, and as people write them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.rules.calendar_files import EndDates, EndsExample, ReadResult, TableColumns
from cocivic_desktop.domain.school_years import PeriodKind
from cocivic_desktop.tables.holiday_csv import read_holidays
from cocivic_desktop.tables.reading import read_csv

FIRST, LAST = date(2026, 8, 1), date(2027, 7, 31)
DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "openholidays"

OPEN_HOLIDAYS = """Id;Country;StartDate;EndDate;Type;RegionalScope;Name;Subdivisions;Tags;Comment
a;DE;2026-10-12;2026-10-24;School;Regional;DE Herbstferien,EN Autumn Holidays;SH;;
b;DE;2026-10-05;2026-10-24;School;Regional;DE Herbstferien,EN Autumn Holidays;SH;Exception;DE Inseln Sylt%2C Föhr,EN Sea
c;DE;2026-10-19;2026-10-31;School;Regional;DE Herbstferien,EN Autumn Holidays;BE;;
d;DE;2026-11-02;;School;Regional;DE Ferientag,EN Day off;DE-SH;;
e;DE;2026-10-03;;Public;National;DE Tag der Deutschen Einheit,EN Day of German Unity;;;
f;AT;2026-10-26;;Public;National;DE Nationalfeiertag,EN National Day;;;
g;DE;2027-02-30;;School;Regional;DE Winterferien;SH;;
h;DE;2027-03-20;2027-03-10;School;Regional;DE Osterferien;SH;;
i;DE;2019-03-20;2019-03-30;School;Regional;DE Osterferien;SH;;
j;DE;2027-05-07;;School;Regional;DE Himmelfahrt;SH;Provisional;
"""


def open_holidays(text: str = OPEN_HOLIDAYS, encoding: str = "utf-8-sig", language: str = "de") -> ReadResult:
    return read_holidays(text.encode(encoding), first=FIRST, last=LAST, country="DE", region="SH", language=language)


def test_open_holidays_as_published() -> None:
    result = open_holidays()
    assert [(each.uid, each.starts_on, each.ends_on, each.kind) for each in result.events] == [
        ("e", date(2026, 10, 3), date(2026, 10, 3), PeriodKind.PUBLIC_HOLIDAY),
        ("b", date(2026, 10, 5), date(2026, 10, 24), PeriodKind.HOLIDAY),
        ("a", date(2026, 10, 12), date(2026, 10, 24), PeriodKind.HOLIDAY),
        ("d", date(2026, 11, 2), date(2026, 11, 2), PeriodKind.HOLIDAY),
        ("j", date(2027, 5, 7), date(2027, 5, 7), PeriodKind.HOLIDAY),
    ]
    by_id = {each.uid: each for each in result.events}
    assert by_id["a"].summary == "Herbstferien"
    assert (by_id["b"].local, by_id["b"].remark) == (True, "Inseln Sylt, Föhr")
    assert by_id["j"].estimate
    assert not by_id["a"].local
    assert open_holidays(language="en").events[2].summary == "Autumn Holidays"
    assert open_holidays(language="tr").events[2].summary == "Autumn Holidays"


def test_rows_that_are_left_out_say_why_and_where() -> None:
    skipped = {each.reason_code: each for each in open_holidays().skipped}
    assert set(skipped) == {"other_country", "impossible_date", "ends_before_start", "other_region", "outside_window"}
    assert skipped["impossible_date"].parameters == {"line": 8, "value": "2027-02-30"}
    assert skipped["impossible_date"].what == "Winterferien"
    assert skipped["ends_before_start"].parameters["line"] == 9
    assert skipped["other_region"].parameters["count"] == 1
    assert skipped["outside_window"].parameters["count"] == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1"])
def test_encodings(encoding: str) -> None:
    assert open_holidays(encoding=encoding).events[1].remark == "Inseln Sylt, Föhr"


def simple(text: str) -> ReadResult:
    return read_holidays(text.encode(), first=FIRST, last=LAST)


@pytest.mark.parametrize(
    "text",
    [
        "Name;Start;End\nHerbstferien;12.10.2026;24.10.2026\n",
        "name,start,end\nHerbstferien,2026-10-12,2026-10-24\n",
        "Von\tBis\tBezeichnung\n12.10.26\t24.10.26\tHerbstferien\n",
        "fecha inicio;fecha fin;descripción\n12/10/2026;24/10/2026;Herbstferien\n",
        "From,To,Event\n10/12/2026,10/24/2026,Herbstferien\n",
        "20261012;20261024;Herbstferien\n",
        "sep=;\nHerbstferien;2026-10-12;2026-10-24\n",
        "Wann;Dann;Was\nMo, 12.10.2026;Sa, 24.10.2026;Herbstferien\n",
        "Başlangıç;Bitiş;Ad\n2026-10-12 00:00:00;2026-10-24 00:00:00;Herbstferien\n",
    ],
)
def test_tables_as_people_write_them(text: str) -> None:
    (one,) = simple(text).events
    assert (one.summary, one.starts_on, one.ends_on) == ("Herbstferien", date(2026, 10, 12), date(2026, 10, 24))
    assert one.kind is PeriodKind.HOLIDAY


def test_kinds_single_days_and_reasons_per_row() -> None:
    result = simple(
        "name;start;end;kind\n"
        "Exams;2027-01-11;2027-01-15;assessment\n"
        '"Pupils\nout";2027-02-01;;blocked\n'
        "Broken;2027-02-30;;holiday\n"
        "Nothing;;;holiday\n"
        "Visit;2027-03-01;;\n"
        "\n"
        "Backwards;2027-04-02;2027-04-01;holiday\n"
    )
    assert [(each.summary, each.kind, each.ends_on, each.line) for each in result.events] == [
        ("Exams", PeriodKind.ASSESSMENT, date(2027, 1, 15), 2),
        ("Pupils out", PeriodKind.BLOCKED, date(2027, 2, 1), 3),
        ("Visit", None, date(2027, 3, 1), 7),
    ]
    assert [(each.what, each.reason_code, each.parameters["line"]) for each in result.skipped] == [
        ("Broken", "impossible_date", 5),
        ("Nothing", "no_date", 6),
        ("Backwards", "ends_before_start", 9),
    ]


def test_dates_that_can_be_read_two_ways_are_remarked() -> None:
    result = simple("name,start\nHoliday,05/04/2027\n")
    assert result.events[0].starts_on == date(2027, 4, 5)
    assert [each.reason_code for each in result.remarks] == ["ambiguous_dates"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04rest", b"a;b\nc;d\n", b'"' + b"x" * 200_000 + b"\n"])
def test_what_is_no_table_of_dates_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput):
        read_holidays(data, first=FIRST, last=LAST)


def test_a_table_keeps_lines_and_finds_its_separator() -> None:
    table = read_csv(b"a|b\n\n1|2\n")
    assert (table.separator, [(row.line, row.cells) for row in table.rows]) == ("|", [(1, ["a", "b"]), (3, ["1", "2"])])


@pytest.mark.skipif(not DATA.is_dir(), reason="the collection of published tables is not here")
@pytest.mark.parametrize(
    ("name", "country", "region"),
    [
        ("at-school", "AT", ""),
        ("de-public", "DE", "SH"),
        ("de-sh-school", "DE", "SH"),
        ("es-ex-school", "ES", "EX"),
        ("ro-school", "RO", ""),
    ],
)
def test_published_tables(name: str, country: str, region: str) -> None:
    data = (DATA / f"{name}.csv").read_bytes()
    result = read_holidays(data, first=date(2025, 8, 1), last=date(2026, 7, 31), country=country, region=region)
    assert len(result.events) >= 5
    assert {each.reason_code for each in result.skipped} <= {"outside_window", "other_region"}


def test_columns_that_are_not_recognised_are_asked_for() -> None:
    table = "When;Upto;What\nmid October;24 October;Autumn\nChristmas;6 Jan;Winter\n"
    with pytest.raises(BadInput, match="No column of dates"):
        simple(table)
    result = read_holidays(table.encode(), first=FIRST, last=LAST, ask=True)
    assert (result.events, result.skipped) == ([], [])
    assert result.table is not None
    assert (result.table.heads, result.table.samples[0]) == (("When", "Upto", "What"), "mid October")
    assert not result.table.recognised


def test_columns_that_somebody_chose_go_before_what_was_found() -> None:
    table = "Holiday;Reported;Start;End\nAutumn;2026-09-01;05/10/2026;16/10/2026\n"
    assert [each.starts_on for each in simple(table).events] == [date(2026, 10, 5)]
    chosen = TableColumns(start=1, name=0)
    (one,) = read_holidays(table.encode(), first=FIRST, last=LAST, columns=chosen).events
    assert (one.starts_on, one.ends_on) == (date(2026, 9, 1), date(2026, 9, 1))
    swapped = "Holiday;Start;End\nAutumn;05/10/2026;06/10/2026\n"
    american = TableColumns(1, 2, 0, month_first=True)
    (one,) = read_holidays(swapped.encode(), first=date(2026, 1, 1), last=LAST, columns=american).events
    assert (one.starts_on, one.ends_on) == (date(2026, 5, 10), date(2026, 6, 10))


def test_a_table_written_by_a_program_may_name_the_day_after() -> None:
    days = ("Unity Day;2026-10-03;2026-10-04", "Reformation;2026-10-31;2026-11-01", "Autumn;2026-10-12;2026-10-25")
    table = "\n".join(["name;start;end", *days])
    result = simple(table)
    assert result.ends is EndDates.DOUBTFUL
    assert result.ends_example == EndsExample("Autumn", date(2026, 10, 12), date(2026, 10, 25), date(2026, 10, 24))
    told = read_holidays(table.encode(), first=FIRST, last=LAST, ends=EndDates.EXCLUSIVE)
    assert [each.ends_on for each in told.events] == [date(2026, 10, 3), date(2026, 10, 24), date(2026, 10, 31)]
    assert simple("name;start;end\nUnity Day;2026-10-03;2026-10-03\n").ends is EndDates.INCLUSIVE


def test_a_known_head_counts_also_where_the_dates_are_found_by_their_cells() -> None:
    result = simple("Was;Zeitraum ab;Ende;Art\nHerbst;12/10/2026;24/10/2026;Ferien\n")
    (one,) = result.events
    assert (one.summary, one.starts_on, one.ends_on) == ("Herbst", date(2026, 10, 12), date(2026, 10, 24))
    assert one.kind is PeriodKind.HOLIDAY
