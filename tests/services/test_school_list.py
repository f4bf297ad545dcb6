"""Importing a list of schools: what is there already, what stands twice, and all or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cocivic_desktop.domain.errors import BadInput, NotFound
from cocivic_desktop.domain.organisations import Organisation, OrganisationKind
from cocivic_desktop.domain.partnerships import Partnership, PipelineState
from cocivic_desktop.services import records, school_list
from cocivic_desktop.services.school_list import Choice, Finding, ListedSchool, Reason
from cocivic_desktop.tables.reading import Row
from cocivic_desktop.tables.school_list import find_layout
from cocivic_desktop.tables.spreadsheet import Sheet

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace


def compared(workspace: Workspace, *rows: str) -> list[ListedSchool]:
    """Rows written with commas, compared with the workspace."""
    sheet = Sheet("", [Row(line, row.split(",")) for line, row in enumerate(rows, 1)])
    return school_list.compare(sheet, find_layout(sheet.rows), school_list.known_schools(workspace))


def school(workspace: Workspace, name: str, **fields: str) -> Organisation:
    made = Organisation(name=name, **fields)  # type: ignore[arg-type]
    records.add(workspace, made)
    return made


HEAD = "School,City,E-mail,Website,Phone"


def test_schools_that_are_there_are_known_by_name_and_place_or_address(workspace: Workspace) -> None:
    by_name = school(workspace, "Förde-Schule", city="Kiel", phone="1")
    by_mail = school(workspace, "Old name", city="Plön", email="Office@Alder.example")
    by_site = school(workspace, "Harbour", website="https://www.harbour.example/")
    found = compared(
        workspace, HEAD,
        "FORDE SCHULE,Kiel,,,2",
        "Alder School,Plön,office@alder.example,,3",
        "Harbour College,Lübeck,,harbour.example,",
        "Förde-Schule,Flensburg,,,",
    )  # fmt: skip
    assert [(one.finding, one.reason, one.school_id) for one in found] == [
        (Finding.KNOWN, Reason.NAME_AND_CITY, by_name.id),
        (Finding.KNOWN, Reason.EMAIL, by_mail.id),
        (Finding.KNOWN, Reason.WEBSITE, by_site.id),
        (Finding.NEW, None, None),
    ]
    assert [(one.fills, one.choice) for one in found[:3]] == [
        ((), Choice.LEAVE_OUT), (("phone",), Choice.UPDATE), (("city",), Choice.UPDATE)
    ]  # fmt: skip


def test_abbreviations_and_umlauts_written_out_are_the_same_name(workspace: Workspace) -> None:
    school(workspace, "Berufsbildungszentrum Mühlenteich", city="Lübeck")
    found = compared(workspace, HEAD, "BBZ Muehlenteich,Luebeck,,,", "Berufsbildende Schule 1,Kiel,,,", "BBS 1,Kiel,,,")
    assert [one.finding for one in found] == [Finding.KNOWN, Finding.NEW, Finding.TWICE]


def test_likeness_is_only_a_question(workspace: Workspace) -> None:
    there = school(workspace, "Berufliche Schule am Hafen", city="Kiel")
    found = compared(
        workspace, HEAD, "Berufliche Schule am Haffen,Kiel,,,", "Schule am Hafen (Berufliche),Kiel,,,",
        "Berufliche Schule am Hafen,,,,", "Berufliche Schule am Hafen 2,Kiel,,,", "Am Hafen,Kiel,,,",
    )  # fmt: skip
    assert [(one.finding, one.reason, one.choice) for one in found] == [
        (Finding.SIMILAR, Reason.SIMILAR_NAME, Choice.LEAVE_OUT),
        (Finding.SIMILAR, Reason.SIMILAR_NAME, Choice.LEAVE_OUT),
        (Finding.SIMILAR, Reason.NAME, Choice.LEAVE_OUT),
        (Finding.NEW, None, Choice.ADD),
        (Finding.NEW, None, Choice.ADD),
    ]
    assert found[0].school_id == there.id
    assert found[0].other_name == "Berufliche Schule am Hafen"


def test_schools_with_other_numbers_are_other_schools(workspace: Workspace) -> None:
    found = compared(workspace, HEAD, "BBS II Technik,Kiel,,,", "BBS III Technik,Kiel,,,", "BBS II Technik,Kiel,,,")
    assert [one.finding for one in found] == [Finding.NEW, Finding.NEW, Finding.TWICE]
    assert (found[2].same_line, found[2].choice) == (2, Choice.LEAVE_OUT)


def test_an_address_of_an_authority_tells_no_school_from_another(workspace: Workspace) -> None:
    rows = [f"School number {name},Kiel,schools@district.example,," for name in ("one", "two", "three", "four")]
    found = compared(workspace, HEAD, *rows)
    assert Finding.TWICE not in [one.finding for one in found]


def test_rows_without_a_name_cannot_be_taken(workspace: Workspace) -> None:
    (row,) = compared(workspace, HEAD, ",Kiel,a@b.example,,")
    assert (row.finding, row.choice, row.choices) == (Finding.NO_NAME, Choice.LEAVE_OUT, (Choice.LEAVE_OUT,))


def test_a_table_without_names_asks_for_their_column(workspace: Workspace) -> None:
    sheet = Sheet("", [Row(1, ["x"])])
    with pytest.raises(BadInput, match="which column"):
        school_list.compare(sheet, find_layout([Row(1, ["1"])]), [])


def test_the_import_is_one_step_and_puts_ideas_into_the_pipeline(workspace: Workspace) -> None:
    ours = Organisation(name="Green Harbour", kind=OrganisationKind.CSO, is_ours=True)
    records.add(workspace, ours)
    known = school(workspace, "Alder School", city="Plön", phone="77")
    busy = school(workspace, "Busy School", city="Kiel")
    records.add(workspace, Partnership(title="Repair café", school_id=busy.id))
    found = compared(
        workspace, HEAD, "Harbour College,Kiel,,,", "Alder School,Plön,,alder.example,99", "Busy School,Kiel,,,5",
        "Left Out,Kiel,,,", "Harbour College,Kiel,h@c.example,,", "Green Harbour,,,,",
    )  # fmt: skip
    found[3].choice = Choice.LEAVE_OUT
    found[4].choice = Choice.UPDATE
    taken = school_list.store(workspace, found, as_ideas=True)
    assert (len(taken.added), len(taken.updated), len(taken.ideas), taken.left_out) == (1, 2, 2, 2)
    alder = records.get(workspace, Organisation, known.id)
    assert (alder.phone, alder.website) == ("77", "alder.example")
    (college,) = records.find(workspace, Organisation, name="Harbour College")
    assert college.email == "h@c.example"
    ideas = {one.title: one for one in records.find(workspace, Partnership)}
    assert set(ideas) == {"Repair café", "Green Harbour – Harbour College", "Green Harbour – Alder School"}
    assert ideas["Green Harbour – Harbour College"].pipeline is PipelineState.IDEA
    workspace.undo()
    assert {one.name for one in records.find(workspace, Organisation)} == {
        "Green Harbour", "Alder School", "Busy School"
    }  # fmt: skip
    assert records.get(workspace, Organisation, known.id).website == ""
    assert [one.title for one in records.find(workspace, Partnership)] == ["Repair café"]


def test_all_or_nothing_when_something_is_gone_meanwhile(workspace: Workspace) -> None:
    known = school(workspace, "Alder School", city="Plön")
    found = compared(workspace, HEAD, "Harbour College,Kiel,,,", "Alder School,Plön,,,5")
    records.delete(workspace, Organisation, known.id)
    before = workspace.undo_step()
    with pytest.raises(NotFound):
        school_list.store(workspace, found)
    assert records.find(workspace, Organisation) == []
    assert workspace.undo_step() == before


def test_nothing_chosen_is_said(workspace: Workspace) -> None:
    (row,) = compared(workspace, HEAD, "Harbour College,Kiel,,,")
    row.choice = Choice.LEAVE_OUT
    with pytest.raises(BadInput, match="No row"):
        school_list.store(workspace, [row])


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"no file “none\.csv”"):
        school_list.read_file(tmp_path / "none.csv")
    with pytest.raises(BadInput, match="cannot be read"):
        school_list.read_file(tmp_path)
    empty = tmp_path / "empty.csv"
    empty.write_text(";;;\n")
    with pytest.raises(BadInput, match="nothing in this table"):
        school_list.read_file(empty)


def test_two_thousand_rows_are_compared(workspace: Workspace) -> None:
    rows = [f"Vocational School of Town {number * 7919 % 10_007} {chr(97 + number % 26)},Town {number % 40},,,"
            for number in range(2_000)]  # fmt: skip
    assert len(compared(workspace, HEAD, *rows)) == 2_000
