"""Taking tables of hours in: layouts as people keep them, people matched, rows questioned, all or nothing."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.hours import HourCategory, HourEntry, HourSource
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.domain.partnerships import Partnership, PartnershipMember
from cocivic_desktop.domain.validation import validate
from cocivic_desktop.services import hours_import, records
from cocivic_desktop.services.hours_import import Choice, Preview, RowState, compare, find_layout, store
from cocivic_desktop.services.person_names import Match
from cocivic_desktop.store.workspace import Workspace
from cocivic_desktop.tables.hour_values import DayOrder, Unit
from cocivic_desktop.tables.hours_file import ReadHours, read_hours
from cocivic_desktop.tables.hours_layout import HourLayout
from cocivic_desktop.tables.spreadsheet import Sheet, read_book

TODAY = date(2026, 11, 20)


def csv(text: str) -> Sheet:
    return read_book(text.encode()).sheets[0]


def xlsx(rows: list[list[Any]], change: Any = None) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if change is not None:
        change(book, sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(sheet: Sheet) -> tuple[HourLayout, list[ReadHours]]:
    layout = find_layout(sheet)
    return layout, read_hours(sheet, layout, TODAY)


def taken(rows: list[ReadHours]) -> list[tuple[str, date | None, int | None]]:
    return [(one.person, one.worked_on, one.minutes) for one in rows if not one.reasons]


@pytest.mark.parametrize(
    "text",
    [
        "Date,Name,Hours\n2026-03-12,Ana,1.5\n2026-03-13,Ben,2\n",
        "Einsatzliste 2026\n\nDatum;Vorname;Nachname;Stunden\n12.03.2026;Ana;;1,5\n13.3.26;Ben;;2\nSumme;;;3,5\n",
        "fecha;persona;desde;hasta\n12/03/2026;Ana;10:00;11:30\n13 de marzo de 2026;Ben;9.00;11.00\nTotal;;;3,5\n",
        "Tarih;Ad Soyad;Süre\n12 Mart 2026;Ana;1 saat 30 dk\n13.03.2026;Ben;120 dk\nToplam;;210\n",
        "Day\tWho\tMinutes\nThu 12 Mar 2026\tAna\t90\nMarch 13, 2026\tBen\t120\nGrand total\t\t210\n",
        "Datum;Wer;Zeit;\n;;von;bis\n12.03.2026;Ana;10:00;11:30\n13.03.2026;Ben;10 Uhr;12 Uhr\n",
        "12.03.2026;Ana Berg;1:30\n13.03.2026;Ben Kurz;2:00\n".replace(" Berg", "").replace(" Kurz", ""),
    ],
)
def test_tables_are_understood_as_people_keep_them(text: str) -> None:
    _, rows = read(csv(text))
    assert taken(rows) == [("Ana", date(2026, 3, 12), 90), ("Ben", date(2026, 3, 13), 120)]


def test_order_of_days_and_unit_are_asked_where_the_table_does_not_tell() -> None:
    layout, _ = read(csv("Date,Name,Time\n03/04/2026,Ana,1.30\n05/06/2026,Ben,2.15\n"))
    assert (layout.order_asked, layout.unit, layout.unit_asked) == (True, Unit.CLOCK, True)
    layout, rows = read(csv("Date,Name,Time\n03/24/2026,Ana,90\n05/06/2026,Ben,120\n"))
    assert (layout.order, layout.order_asked, layout.unit) == (DayOrder.MONTH_FIRST, False, Unit.MINUTES)
    assert taken(rows)[1] == ("Ben", date(2026, 5, 6), 120)


def test_days_with_dots_tell_the_order_of_days_with_slashes() -> None:
    layout, rows = read(csv("Datum;Name;Stunden\n02.09.2026;Ana;1,5\n08/09/2026;Ben;2\n"))
    assert not layout.order_asked
    assert taken(rows)[1] == ("Ben", date(2026, 9, 8), 120)


def test_every_row_that_cannot_be_taken_says_why() -> None:
    text = (
        "Datum;Name;Stunden;Art\n31.02.2026;Ana;1;\n12.03.2026;Ana;viel;\n12.03.2026;Ana;25;\n;Ana;;\n"
        "12.03.2026;;2;\n12.03.2026;Ana;1;Kochen\n;Ben;2;\n12.03.;Ana;1;Fahrt\nZwischensumme;;5;\n"
        "März;;;\nDatum;Name;Stunden;Art\n12.03.2026;Ana;#WERT!;\n"
    )
    _, rows = read(csv(text))
    assert [[one.code.value for one in row.problems] for row in rows] == [
        ["not_a_date"],
        ["not_a_time"],
        ["over_24_hours"],
        ["no_hours"],
        ["nobody"],
        ["category_unknown"],
        ["date_from_above"],
        ["year_assumed"],
        ["total"],
        ["no_hours"],
        ["error_value"],
    ]
    assert rows[7].category is HourCategory.TRAVEL
    assert rows[5].remark == "Kochen"
    assert rows[-1].line == 13


def test_spreadsheets_bring_days_durations_and_old_epochs() -> None:
    rows: list[list[Any]] = [
        ["Date", "Name", "From", "To", "Duration"],
        [datetime(2026, 3, 12), "Ana", time(10), time(11, 30), None],
        [date(2026, 3, 13), "Ben", None, None, timedelta(hours=2)],
        [46095, "Cem", None, None, 1.25],
    ]
    expected = [
        ("Ana", date(2026, 3, 12), 90),
        ("Ben", date(2026, 3, 13), 120),
        ("Cem", date(2026, 3, 14), 75),
    ]
    assert taken(read(read_book(xlsx(rows)).sheets[0])[1]) == expected

    def mac(book: Any, _sheet: Any) -> None:
        book.epoch = CALENDAR_MAC_1904

    rows[-1][0] = 46095 - 1462
    assert taken(read(read_book(xlsx(rows, mac)).sheets[0])[1]) == expected


def test_hidden_rows_and_uncalculated_formulas_are_told() -> None:
    def change(_book: Any, sheet: Any) -> None:
        sheet["C2"] = "=1+1"
        sheet.row_dimensions[3].hidden = True

    rows: list[list[Any]] = [["Date", "Name", "Hours"], ["2026-03-12", "Ana", 1], ["2026-03-13", "Ben", 2]]
    _, found = read(read_book(xlsx(rows, change)).sheets[0])
    assert [[one.code.value for one in row.problems] for row in found] == [["not_calculated"], ["hidden"]]


@pytest.mark.slow
def test_merged_cells_and_a_million_empty_rows(workspace: Workspace) -> None:
    def change(_book: Any, sheet: Any) -> None:
        sheet.merge_cells("A3:A4")
        sheet.merge_cells("A1:C1")
        sheet["B1048576"] = "far away"

    rows: list[list[Any]] = [
        ["Hours of the year", None, None],
        ["Date", "Name", "Hours"],
        [date(2026, 3, 12), "Ana", 1],
        [None, "Ben", 2],
    ]
    sheet = read_book(xlsx(rows, change)).sheets[0]
    assert taken(read(sheet)[1]) == [("Ana", date(2026, 3, 12), 60), ("Ben", date(2026, 3, 12), 120)]


# --- into the workspace ---------------------------------------------------------------------------------------------


@pytest.fixture
def people(workspace: Workspace, partnership: Partnership) -> dict[str, Person]:
    """Two people of the partnership, and one who is not."""
    found = {name: Person(name=name) for name in ("Ana López", "Jörg Müller", "Zeynep Kaya")}
    for name, one in found.items():
        records.add(workspace, one)
        if name != "Zeynep Kaya":
            records.add(workspace, PartnershipMember(partnership_id=partnership.id, person_id=one.id, role="mentor"))
    return found


def previewed(workspace: Workspace, partnership: Partnership, text: str, **more: Any) -> Preview:
    sheet = csv(text)
    return compare(workspace, partnership.id, sheet, find_layout(sheet), TODAY, **more)


TEXT = (
    "Date;Name;Hours;Activity;Remark\n2026-10-05;Ana López;1.5;;first\n2026-10-06;MUELLER, Joerg;2;;\n"
    "2026-10-07;Ana Lopes;1;;\n2026-10-08;Lena Neu;1;;=1+1\n2026-10-09;Ana López;26;;\n"
)


def test_people_are_matched_and_doubtful_ones_asked(
    workspace: Workspace, partnership: Partnership, people: dict[str, Person]
) -> None:
    preview = previewed(workspace, partnership, TEXT)
    assert {one.name: (one.match, one.choice, one.candidate) for one in preview.names} == {
        "Ana López": (Match.EXACT, Choice.TAKE, "Ana López"),
        "MUELLER, Joerg": (Match.FOLDED, Choice.TAKE, "Jörg Müller"),
        "Ana Lopes": (Match.NEAR, Choice.OPEN, "Ana López"),
        "Lena Neu": (Match.NONE, Choice.OPEN, ""),
    }
    assert [row.state for row in preview.rows] == [
        RowState.NEW,
        RowState.NEW,
        RowState.PERSON_OPEN,
        RowState.PERSON_OPEN,
        RowState.UNREADABLE,
    ]
    assert [row.line for row in preview.ticked] == [2, 3]


def test_what_is_ticked_is_stored_in_one_step_and_known_again(
    workspace: Workspace, partnership: Partnership, people: dict[str, Person]
) -> None:
    decided = {"Ana Lopes": (Choice.TAKE, people["Ana López"].id), "Lena Neu": (Choice.ADD, None)}
    preview = previewed(workspace, partnership, TEXT, decided=decided)
    done = store(workspace, preview, TODAY)
    assert (done.entries, done.people, done.minutes) == (4, 1, 90 + 120 + 60 + 60)
    stored = records.find(workspace, HourEntry, order="worked_on")
    names = {one.id: one.name for one in records.find(workspace, Person)}
    assert [(names[one.person_id], one.role, one.remark, one.source) for one in stored if one.person_id] == [
        ("Ana López", "mentor", "first", HourSource.IMPORTED),
        ("Jörg Müller", "mentor", "", HourSource.IMPORTED),
        ("Ana López", "mentor", "", HourSource.IMPORTED),
        ("Lena Neu", "", "=1+1", HourSource.IMPORTED),
    ]
    again = previewed(workspace, partnership, TEXT, decided=decided | {"Lena Neu": (Choice.TAKE, stored[3].person_id)})
    assert (again.count(RowState.KNOWN), again.ticked) == (4, [])
    with pytest.raises(BadInput, match="No row"):
        store(workspace, again, TODAY)
    workspace.undo()
    assert records.find(workspace, HourEntry) == []
    assert "Lena Neu" not in {one.name for one in records.find(workspace, Person)}


def test_odd_rows_are_asked_and_impossible_ones_never_stored(
    workspace: Workspace, partnership: Partnership, people: dict[str, Person]
) -> None:
    text = (
        "Date;Name;Hours\n2026-10-05;Ana López;8\n2026-10-05;Ana López;8\n2026-10-05;Ana López;9\n"
        "2027-01-05;Ana López;1\n"
    )
    preview = previewed(workspace, partnership, text)
    assert [row.state.value for row in preview.rows] == ["new", "asked", "unreadable", "asked"]
    for row in preview.rows:
        row.ticked = row.entry is not None
    records.add(
        workspace,
        HourEntry(
            partnership_id=partnership.id, person_id=people["Ana López"].id, worked_on=date(2026, 10, 5), minutes=600
        ),
    )
    with pytest.raises(Exception, match="24"):
        store(workspace, preview, TODAY)
    assert len(records.find(workspace, HourEntry)) == 1


def test_rows_without_names_are_heads_or_one_person(
    workspace: Workspace, partnership: Partnership, people: dict[str, Person]
) -> None:
    preview = previewed(workspace, partnership, "Datum;Anzahl;Stunden\n05.10.2026;24;1,5\n")
    store(workspace, preview, TODAY)
    heads = records.find(workspace, HourEntry)[0]
    assert (heads.head_count, heads.role, heads.minutes) == (24, "students", 90)
    ana = people["Ana López"].id
    preview = previewed(workspace, partnership, "Datum;Stunden;Tätigkeit\n06.10.2026;1;Werkstatt\n", everybody=ana)
    assert [(row.entry.person_id, row.entry.remark) for row in preview.ticked if row.entry] == [(ana, "Werkstatt")]


def test_every_entry_of_an_import_can_be_stored(
    workspace: Workspace, partnership: Partnership, people: dict[str, Person]
) -> None:
    long, odd = "x" * 900, "a\x07b\u202e =HYPERLINK(1)"
    text = (
        f"Date;Name;Hours;Role;Remark;Activity\n1.10.2026;Ana López;1;{long};{odd};{long}\n01.10.1900;Ana López;1;;;\n"
    )
    preview = previewed(workspace, partnership, text)
    assert [row.state for row in preview.rows] == [RowState.NEW, RowState.UNREADABLE]
    for row in preview.ticked:
        assert row.entry is not None
        validate(row.entry)
    store(workspace, preview, TODAY)
    assert records.find(workspace, HourEntry)[0].remark.startswith("xxx")


def test_a_table_without_days_says_what_is_missing(workspace: Workspace, partnership: Partnership) -> None:
    with pytest.raises(BadInput, match="which column holds the day"):
        previewed(workspace, partnership, "Name;Stunden\nAna;2\n")


def test_bad_files_are_refused_in_words(tmp_path: Any) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    for name, data, words in (
        ("a.xlsx", ole + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("a.xls", ole + b"Workbook", "old Excel"),
        ("a.xlsx", b"PK\x03\x04 broken", "damaged"),
        ("a.csv", b"", "empty"),
    ):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(BadInput, match=words):
            hours_import.read_file(tmp_path / name)
    (tmp_path / "ok.xlsx").write_bytes(xlsx([["Date", "Name", "Hours"], [date(2026, 3, 12), "Ana", 1]]))
    assert len(hours_import.read_file(tmp_path / "ok.xlsx").sheets[0].rows) == 2


def test_rows_without_a_category_count_by_role_unless_one_is_chosen(
    workspace: Workspace, partnership: Partnership, people: dict[str, Person]
) -> None:
    text = "Wann;Wer;Stunden;Art\n5.10.2026;Ana López;1;\n6.10.2026;Zeynep Kaya;2;\n7.10.2026;Ana López;1;Fahrt\n"
    preview = previewed(workspace, partnership, text)
    assert preview.assumed == {HourCategory.MENTORING: 1, HourCategory.DELIVERY: 1}
    chosen = previewed(workspace, partnership, text, category=HourCategory.PREPARATION)
    assert [row.entry.category.value for row in chosen.ticked if row.entry] == ["preparation", "preparation", "travel"]
