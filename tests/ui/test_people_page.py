"""The people page: filters, classes, several at once, merging, consents, import, erasing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from zipfile import ZipFile

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QDialog

from cocivic_desktop.domain.hours import HourEntry
from cocivic_desktop.domain.organisations import Consent, ConsentPurpose, ErasureKind, Person, PersonKind
from cocivic_desktop.domain.partnerships import PartnershipMember
from cocivic_desktop.services import records
from cocivic_desktop.ui.context import Target
from cocivic_desktop.ui.dialogs.people_import import PeopleImportDialog
from cocivic_desktop.ui.pages.people.class_dialog import ClassDialog
from cocivic_desktop.ui.pages.people.consent_dialog import ConsentDialog, Mode
from cocivic_desktop.ui.pages.people.erase_dialog import EraseDialog
from cocivic_desktop.ui.pages.people.many_dialog import Many, ManyDialog
from cocivic_desktop.ui.pages.people.merge_dialog import MergeDialog
from cocivic_desktop.ui.pages.people_page import PeoplePage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from cocivic_desktop.domain.partnerships import Partnership
    from cocivic_desktop.ui.context import Context

DAY = date(2026, 9, 14)
DialogType = TypeVar("DialogType", bound=QDialog)


@pytest.fixture
def page(qtbot: QtBot, context: Context, partnership: Partnership) -> PeoplePage:
    """The page with a mentor, somebody who has left, and two students."""
    mentor = Person(name="Ada Brandt", kind=PersonKind.MENTOR, email="ada@x.example")
    student: dict[str, Any] = {
        "kind": PersonKind.STUDENT,
        "class_group": "10b",
        "organisation_id": partnership.school_id,
    }
    with context.workspace.write("set_up") as unit:
        for one in (
            mentor, Person(name="Tom Left", active_until=date(2026, 8, 1)), Person(name="10b-01", **student),
            Person(name="10b-02", **student), PartnershipMember(partnership_id=partnership.id, person_id=mentor.id),
            HourEntry(partnership_id=partnership.id, person_id=mentor.id, worked_on=DAY, minutes=60),
        ):  # fmt: skip
            unit.add(one)
    made = PeoplePage(context)
    qtbot.addWidget(made)
    made.resize(1120, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def shown(page: PeoplePage) -> list[str]:
    return [one.name for one in page.ui.people.model.rows]


def choose(page: PeoplePage, *names: str) -> None:
    model, table = page.ui.people.table.model(), page.ui.people.table
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    table.selectionModel().clearSelection()
    for row in range(model.rowCount()):
        if str(model.data(model.index(row, 0))) in names:
            table.selectionModel().select(model.index(row, 0), flags)


def opened(page: PeoplePage, cls: type[DialogType]) -> DialogType:
    return next(one for one in page.window().findChildren(cls) if one.isVisible())


def person(context: Context, name: str) -> Person:
    return records.find(context.workspace, Person, archived=None, name=name)[0]


def pick(box: object, text: str) -> None:
    box.setCurrentText(text)  # type: ignore[attr-defined]
    box.activated.emit(box.currentIndex())  # type: ignore[attr-defined]


def test_filters_narrow_the_list(page: PeoplePage, context: Context) -> None:
    assert shown(page) == ["10b-01", "10b-02", "Ada Brandt"]
    pick(page.ui.classBox, "10b")
    assert shown(page) == ["10b-01", "10b-02"]
    pick(page.ui.classBox, "All classes")
    pick(page.ui.standingBox, "Left")
    assert shown(page) == ["Tom Left"]
    page.open_target(Target("people", item=person(context, "Ada Brandt").id))
    assert [one.name for one in page.ui.people.chosen] == ["Ada Brandt"]
    page.ui.filterLine.setText("brandt")
    assert shown(page) == ["Ada Brandt"]
    QAbstractItemModelTester(page.ui.people.model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_a_class_is_added_by_codes_or_pasted_initials(qtbot: QtBot, page: PeoplePage, context: Context) -> None:
    page.ui.classButton.click()
    dialog = opened(page, ClassDialog)
    dialog.ui.class_group.setText("11a")
    dialog.ui.countSpin.setValue(1)
    assert dialog.ui.addButton.text() == "Add 1 student"
    dialog.ui.countSpin.setValue(12)
    assert dialog.ui.previewLabel.text() == "11a-01, 11a-02, 11a-03, …, 11a-12"
    dialog.ui.namesText.setPlainText("A. B.\nC. D.\nA. B.")
    dialog.ui.addButton.click()
    assert "stands twice" in dialog.ui.problemLabel.text()
    dialog.ui.namesText.setPlainText("A. B.\nC. D.")
    dialog.ui.addButton.click()
    qtbot.waitUntil(lambda: "C. D." in shown(page))
    assert person(context, "C. D.").class_group == "11a"


def test_several_get_a_class_and_a_role_at_once(qtbot: QtBot, page: PeoplePage, context: Context) -> None:
    choose(page, "10b-01", "10b-02")
    assert page.chosen_button.text() == "With 2 chosen"
    ids = [one.id for one in page.ui.people.chosen]
    for what, field, text in ((Many.CLASS, "classLine", "11b"), (Many.ROLE, "roleLine", "team")):
        dialog = ManyDialog(context, ids, what, page)
        getattr(dialog.ui, field).setText(text)
        dialog.ui.goButton.click()
    assert [one.class_group for one in records.find(context.workspace, Person, id=ids)] == ["11b", "11b"]
    assert [one.role for one in records.find(context.workspace, PartnershipMember, person_id=ids)] == ["team", "team"]
    context.workspace.undo()
    assert records.find(context.workspace, PartnershipMember, person_id=ids) == []


def test_two_people_become_one(page: PeoplePage, context: Context) -> None:
    records.add(context.workspace, Person(name="Brandt, Ada", phone="0431 1", email="new@x.example"))
    keep = person(context, "Ada Brandt")
    dialog = MergeDialog(context, page, (keep.id, person(context, "Brandt, Ada").id))
    dialog.open()
    rows = {one.name: one for one in dialog.model.rows}
    assert rows["phone"].from_other
    row = list(rows).index("email")
    dialog.model.setData(dialog.model.index(row, 3), 1)
    dialog.ui.mergeButton.click()
    one = records.get(context.workspace, Person, keep.id)
    assert (one.name, one.phone, one.email) == ("Ada Brandt", "0431 1", "new@x.example")


def test_consents_are_seen_at_a_glance_and_noted(
    qtbot: QtBot, page: PeoplePage, context: Context, partnership: Partnership, tmp_path: Path
) -> None:
    page.open_target(Target("people", partnership.id, section="consents"))
    assert page.ui.views.currentWidget() is page.ui.matrixTab
    assert page.matrix.model.rows == []  # only students, and none has a role here
    page.matrix.show_partnership(None)
    assert [one.person.name for one in page.matrix.model.rows] == ["10b-01", "10b-02"]
    dialog = ConsentDialog(context, page.matrix.chosen, Mode.NOTE, page)
    dialog.open()
    boxes = list(dialog.boxes.values())
    assert dialog.focusWidget() is boxes[0]
    assert [box.nextInFocusChain() for box in boxes[:-1]] == boxes[1:]
    dialog.boxes[ConsentPurpose.PHOTOS].setChecked(True)
    dialog.model.setData(dialog.model.index(0, 1), "Mary B.")
    dialog.ui.goButton.click()
    qtbot.waitUntil(lambda: "Photos: 1" in page.ui.matrixLabel.text())
    model = page.matrix.model
    texts = [str(model.data(model.index(row, 4))) for row in range(2)]
    assert texts == ["given", "guardian?"]
    assert {one.wording_version for one in records.find(context.workspace, Consent)} == {"2026-1 en"}
    forms = ConsentDialog(context, page.matrix.chosen, Mode.PRINT, page)
    forms.write(tmp_path / "forms.docx")
    assert "10b-02" in ZipFile(tmp_path / "forms.docx").read("word/document.xml").decode()
    forms.reject()


def test_erasing_says_what_happens_and_asks_once(page: PeoplePage, context: Context) -> None:
    page.ui.people.select(person(context, "Ada Brandt").id)
    page.ui.parts.setCurrentWidget(page.ui.privacyTab)
    assert page.ui.heldLabel.text() == "Held about Ada Brandt: 1 × member, 1 × hours."
    page.ui.eraseButton.click()
    dialog = opened(page, EraseDialog)
    assert not dialog.ui.goButton.isEnabled()
    assert "• 1 entry of hours, 1 h in all, without remarks" in dialog.ui.staysLabel.text()
    dialog.ui.sureCheck.setChecked(True)
    dialog.ui.goButton.click()
    assert records.find(context.workspace, Person, archived=None, name="Ada Brandt") == []
    assert [(one.head_count, one.minutes) for one in records.find(context.workspace, HourEntry)] == [(1, 60)]
    assert "Backups that still hold the person: 1." in dialog.ui.backupsLabel.text()
    assert "-erasure.cocivic" in dialog.ui.backupsLabel.text()
    dialog.ui.cancelButton.click()


def test_anonymised_people_are_among_those_who_left(qtbot: QtBot, page: PeoplePage, context: Context) -> None:
    one = person(context, "Ada Brandt")
    dialog = EraseDialog(context, [one.id], ErasureKind.ANONYMISED, page)
    dialog.ui.sureCheck.setChecked(True)
    dialog.ui.goButton.click()
    dialog.reject()
    pick(page.ui.standingBox, "Left")
    qtbot.waitUntil(lambda: f"N. N. {one.id.hex[:4].upper()}" in shown(page))


def test_an_address_book_is_imported(qtbot: QtBot, page: PeoplePage, context: Context, tmp_path: Path) -> None:
    path = tmp_path / "contacts.vcf"
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nEMAIL:{mail}\nTEL:77\nEND:VCARD\n"
    path.write_text(card.format(name="A. Brandt", mail="ADA@x.example") + card.format(name="Kim", mail="kim@x.example"))
    dialog = PeopleImportDialog(context, page)
    dialog.open()
    dialog.read(path)
    qtbot.waitUntil(lambda: len(dialog.rows) == 2)
    assert not dialog.ui.columnsScroll.isVisible()
    assert dialog.ui.planLabel.text() == "1 to add · 1 to fill up · 0 left out"
    dialog.ui.importButton.click()
    assert person(context, "Ada Brandt").phone == "77"
    assert person(context, "Kim").email == "kim@x.example"


def test_in_a_narrow_list_the_filters_stand_two_by_two(page: PeoplePage, qtbot: QtBot) -> None:
    boxes = (page.ui.kindBox, page.ui.organisationBox, page.ui.classBox, page.ui.partnershipBox)
    assert len({box.y() for box in boxes}) == 1
    page.resize(740, 600)
    qtbot.waitUntil(lambda: len({box.y() for box in boxes}) == 2)
    for box in boxes:
        words = box.fontMetrics().horizontalAdvance(box.currentText())
        assert box.width() > words + 30, box.currentText()
    page.resize(1120, 700)
    qtbot.waitUntil(lambda: len({box.y() for box in boxes}) == 1)
