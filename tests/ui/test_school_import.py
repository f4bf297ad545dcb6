"""Importing a school list on screen: columns put right, rows decided about, one step stored."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget

from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.partnerships import Partnership, PipelineState
from cocivic_desktop.services import records
from cocivic_desktop.services.school_list import Choice, SchoolField
from cocivic_desktop.ui.dialogs.school_import import SchoolImportDialog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from cocivic_desktop.ui.context import Context

LIST = (
    "Schools of the district\r\n\r\n"
    "Name;Town;E-mail;Phone\r\n"
    "North Vocational School;Kiel;office@north.example;0431 1\r\n"
    "Harbour College;Kiel;no address;0431 2\r\n"
    "Harbour College;Kiel;;\r\n"
    ";Plön;;\r\n"
)
CHOICE, FOUND, NAME = 0, 4, 2


@pytest.fixture
def dialog(qtbot: QtBot, context: Context, partnership: Partnership) -> Iterator[SchoolImportDialog]:
    """The dialog, with a school and our own organisation in the workspace."""
    parent = QWidget()
    qtbot.addWidget(parent)
    made = SchoolImportDialog(context, parent)
    made.open()
    yield made
    made.close()


def read(qtbot: QtBot, dialog: SchoolImportDialog, folder: Path, text: str = LIST, encoding: str = "utf-8") -> None:
    path = folder / "schools.csv"
    path.write_bytes(text.encode(encoding))
    dialog.read(path)
    qtbot.waitUntil(lambda: bool(dialog.rows))


def texts(dialog: SchoolImportDialog, column: int) -> list[str]:
    model = dialog.model
    return [str(model.data(model.index(row, column))) for row in range(len(model.rows))]


def test_every_row_is_shown_with_its_reason(qtbot: QtBot, dialog: SchoolImportDialog, tmp_path: Path) -> None:
    read(qtbot, dialog, tmp_path)
    assert texts(dialog, NAME) == ["North Vocational School", "Harbour College", "Harbour College", ""]
    assert texts(dialog, FOUND) == [
        "Like “North Vocational School” (same name, place not known)", "New", "As row 5 (same name and place)",
        "No name",
    ]  # fmt: skip
    assert texts(dialog, CHOICE) == ["Leave out", "Add", "Leave out", "Leave out"]
    assert dialog.ui.headingBox.currentText() == "row 3: Name, Town, E-mail, Phone"
    assert dialog.ui.planLabel.text() == (
        "1 to add · 0 to fill up · 3 left out · 1 looks like another: decide about it"
    )
    assert dialog.ui.importButton.text() == "Import 1 school"
    dialog.ui.rowsTable.selectRow(1)
    assert "E-mail: “no address” is no e-mail address" in dialog.ui.rowLabel.text()
    QAbstractItemModelTester(dialog.model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_decisions_are_stored_in_one_step(
    qtbot: QtBot, dialog: SchoolImportDialog, context: Context, tmp_path: Path
) -> None:
    read(qtbot, dialog, tmp_path)
    dialog.model.setData(dialog.model.index(0, CHOICE), list(Choice).index(Choice.UPDATE))
    dialog.ui.ideasCheck.setChecked(True)
    assert dialog.ui.importButton.text() == "Import 2 schools"
    dialog.ui.importButton.click()
    (north,) = records.find(context.workspace, Organisation, name="North Vocational School")
    assert (north.city, north.email, north.phone) == ("Kiel", "office@north.example", "0431 1")
    (college,) = records.find(context.workspace, Organisation, name="Harbour College")
    assert (college.phone, college.email) == ("0431 2", "")
    (idea,) = records.find(context.workspace, Partnership, school_id=college.id)
    assert (idea.pipeline, idea.title) == (PipelineState.IDEA, "Green Harbour – Harbour College")
    context.workspace.undo()
    assert records.find(context.workspace, Organisation, name="Harbour College") == []
    assert records.find(context.workspace, Organisation, name="North Vocational School")[0].city == ""


def test_a_choice_that_does_nothing_is_said(qtbot: QtBot, dialog: SchoolImportDialog, tmp_path: Path) -> None:
    read(qtbot, dialog, tmp_path)
    dialog.model.setData(dialog.model.index(3, CHOICE), list(Choice).index(Choice.ADD))
    assert dialog.ui.problemLabel.text() == "× Row 7: “Add” does nothing here, so it stays as it was."
    assert texts(dialog, CHOICE)[3] == "Leave out"


def test_columns_can_be_put_right_and_the_rows_follow(qtbot: QtBot, dialog: SchoolImportDialog, tmp_path: Path) -> None:
    read(qtbot, dialog, tmp_path, "Code,Official,Where\nA1,Harbour College,Kiel\nA2,Alder School,Plön\n")
    dialog.ui.headingBox.setCurrentIndex(1)
    dialog.ui.headingBox.activated.emit(1)
    qtbot.waitUntil(lambda: texts(dialog, NAME) == ["Harbour College", "Alder School"])
    boxes = dialog._matcher.boxes
    boxes[2].box.setCurrentIndex(1 + list(SchoolField).index(SchoolField.CITY))
    boxes[2].box.activated.emit(boxes[2].box.currentIndex())
    qtbot.waitUntil(lambda: texts(dialog, 3) == ["Kiel", "Plön"])
    boxes[2].box.setCurrentIndex(1 + list(SchoolField).index(SchoolField.NAME))
    boxes[2].box.activated.emit(boxes[2].box.currentIndex())
    qtbot.waitUntil(lambda: texts(dialog, NAME) == ["Kiel", "Plön"])
    assert [box.value for box in boxes.values()].count(SchoolField.NAME) == 1


def test_without_a_column_for_names_nothing_can_be_imported(
    qtbot: QtBot, dialog: SchoolImportDialog, tmp_path: Path
) -> None:
    read(qtbot, dialog, tmp_path)
    dialog._matcher.boxes[0].box.setCurrentIndex(0)
    dialog._matcher.boxes[0].box.activated.emit(0)
    qtbot.waitUntil(lambda: dialog.ui.problemLabel.isVisible())
    assert dialog.ui.problemLabel.text() == "× Say which column holds the names of the schools."
    assert not dialog.ui.importButton.isEnabled()


def test_another_row_of_headings_may_be_chosen(qtbot: QtBot, dialog: SchoolImportDialog, tmp_path: Path) -> None:
    read(qtbot, dialog, tmp_path)
    dialog.ui.headingBox.setCurrentIndex(0)
    dialog.ui.headingBox.activated.emit(0)
    qtbot.waitUntil(lambda: len(dialog.rows) == 6)
    assert "Name" in texts(dialog, NAME)


def test_an_old_encoding_is_read_and_said(qtbot: QtBot, dialog: SchoolImportDialog, tmp_path: Path) -> None:
    read(qtbot, dialog, tmp_path, "Okul;Şehir\nÇağrı Lisesi;İzmir\nIşık Okulu;Muğla\n", "cp1254")
    assert texts(dialog, NAME) == ["Çağrı Lisesi", "Işık Okulu"]
    assert dialog.ui.hintLabel.text() == "! Letters were guessed (cp1254): look whether accents are right."


def test_a_workbook_with_several_sheets_lets_choose_one(
    qtbot: QtBot, dialog: SchoolImportDialog, tmp_path: Path
) -> None:
    book = Workbook()
    book["Sheet"].append(["Name"])
    book["Sheet"].append(["First School"])
    second = book.create_sheet("South")
    second.append(["Name", "City"])
    second.append(["South School", "Ulm"])
    book.save(tmp_path / "schools.xlsx")
    dialog.read(tmp_path / "schools.xlsx")
    qtbot.waitUntil(lambda: texts(dialog, NAME) == ["First School"])
    assert dialog.ui.sheetBox.isVisible()
    dialog.ui.sheetBox.setCurrentIndex(1)
    dialog.ui.sheetBox.activated.emit(1)
    qtbot.waitUntil(lambda: texts(dialog, NAME) == ["South School"])


def test_a_file_that_is_no_table_is_refused_in_a_sentence(
    qtbot: QtBot, dialog: SchoolImportDialog, tmp_path: Path
) -> None:
    path = tmp_path / "old.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old book")
    dialog.read(path)
    qtbot.waitUntil(lambda: dialog.ui.problemLabel.isVisible())
    assert "old Excel" in dialog.ui.problemLabel.text()
    assert dialog.empty.isVisible()
    assert not dialog.ui.importButton.isEnabled()


def test_everything_has_a_name_for_screen_readers(qtbot: QtBot, dialog: SchoolImportDialog, tmp_path: Path) -> None:
    read(qtbot, dialog, tmp_path)
    assert [box.box.accessibleName() for box in dialog._matcher.boxes.values()] == ["Name", "Town", "E-mail", "Phone"]
    assert dialog.ui.rowsTable.accessibleName() == "Rows of the file"
    assert dialog.ui.headingWord.buddy() is dialog.ui.headingBox
    assert dialog.model.headerData(CHOICE, Qt.Orientation.Horizontal) == "What to do"
