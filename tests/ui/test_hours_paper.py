"""Paper and tables on the page of hours: sheets printed and typed in, tables taken over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from cocivic_desktop.domain.activities import Activity, Recurrence
from cocivic_desktop.domain.hours import HourCategory, HourEntry, HourSource, HourState
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.domain.partnerships import PartnershipMember
from cocivic_desktop.domain.rules.sheet_codes import SheetKind, encode
from cocivic_desktop.services import hours, records
from cocivic_desktop.services.hours_import import Choice, HourField
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.pages.hours.import_dialog import HoursImportDialog
from cocivic_desktop.ui.pages.hours_page import HoursPage

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QModelIndex
    from PySide6.QtWidgets import QTableView
    from pytestqt.qtbot import QtBot

    from cocivic_desktop.domain.partnerships import Partnership

DAY = date(2026, 9, 8)


@pytest.fixture
def ana(context: Context, partnership: Partnership) -> Person:
    """A mentor with an hour in August and a weekly session."""
    person = Person(name="Ana López")
    records.add(context.workspace, person)
    records.add(context.workspace, PartnershipMember(partnership_id=partnership.id, person_id=person.id, role="mentor"))
    noted = HourEntry(partnership_id=partnership.id, person_id=person.id, worked_on=date(2026, 8, 25), minutes=60)
    hours.log(context.workspace, noted, context.today(), accept=True)
    session = Activity(
        partnership_id=partnership.id,
        title="Design studio",
        starts_on=date(2026, 9, 1),
        start_time=time(10),
        recurrence=Recurrence(weekdays=[1], teaching_weeks_only=False),
    )
    records.add(context.workspace, session)
    return person


@pytest.fixture
def page(qtbot: QtBot, context: Context, partnership: Partnership, ana: Person) -> Iterator[HoursPage]:
    """The page of hours with the sheets in sight."""
    shown = HoursPage(context)
    qtbot.addWidget(shown)
    shown.resize(860, 560)
    shown.show_partnership(partnership.id)
    shown.show()
    qtbot.waitExposed(shown)
    shown.open_target(Target("partnership", partnership.id, section="paper"))
    yield shown
    shown.close()


def test_a_sheet_may_hold_the_dates_of_a_month(page: HoursPage) -> None:
    box = page.paper.ui.datesBox
    number = box.findText("September 2026 (5)")
    box.setCurrentIndex(number)
    box.activated.emit(number)
    order = page.paper.order()
    assert order is not None
    assert [day.day for day in order.dates] == [1, 8, 15, 22, 29]


def test_sheets_are_saved_as_word_and_pdf(qtbot: QtBot, context: Context, page: HoursPage, tmp_path: Path) -> None:
    part = page.paper
    order = part.order()
    assert order is not None
    assert order.kind is SheetKind.ATTENDANCE
    assert [day.isoformat() for day in order.dates] == [
        "2026-09-15", "2026-09-22", "2026-09-29", "2026-10-06", "2026-10-13", "2026-10-20"
    ]  # fmt: skip
    part.save_pdf(tmp_path / "sheet.pdf", order)
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    part.save_word(tmp_path / "sheet.docx", order)
    qtbot.waitUntil(lambda: (tmp_path / "sheet.docx").exists())


def test_a_code_opens_the_grid_or_says_what_is_wrong(qtbot: QtBot, context: Context, page: HoursPage) -> None:
    part = page.paper
    part.ui.codeLine.setText("hello")
    qtbot.keyClick(part.ui.codeLine, Qt.Key.Key_Return)
    assert "no code of a sheet" in part.ui.codeProblem.text()
    session = records.find(context.workspace, Activity)[0]
    part.ui.codeLine.setText(encode(SheetKind.SESSION, session.id, DAY, DAY))
    qtbot.keyClick(part.ui.codeLine, Qt.Key.Key_Return)
    assert page.ui.tabs.currentWidget() is page.attendance
    assert [day.on for day in page.attendance.model.days] == [DAY]
    assert page.attendance.ui.signedCheck.isVisible()


def test_a_monthly_sheet_has_as_many_lines_as_fit_on_its_page(page: HoursPage) -> None:
    ui = page.paper.ui
    assert ui.linesSpin.value() == 4
    ui.kindBox.setCurrentIndex(2)
    ui.kindBox.activated.emit(2)
    assert ui.datesBox.currentText() == "August 2026"
    assert ui.linesSpin.value() == 15  # one of 16 holds what is noted already
    ui.datesBox.setCurrentIndex(1)
    ui.datesBox.activated.emit(1)
    assert ui.linesSpin.value() == 16


def has_left(table: QTableView, cell: QModelIndex) -> bool:
    return bool(table.currentIndex() != cell)


def test_a_monthly_sheet_is_typed_by_keyboard(
    qtbot: QtBot, context: Context, page: HoursPage, partnership: Partnership, ana: Person
) -> None:
    part = page.paper
    code = encode(SheetKind.MONTHLY, ana.id, date(2026, 8, 1), date(2026, 8, 31), partnership.id.hex)
    part.open_code(code)
    table, model = part.ui.month, part.month.model
    assert part.ui.monthTitle.text() == "Ana López · August 2026"
    for text in ("26", "", "1:30", "tra", "by train"):
        if text:
            cell = table.currentIndex()
            qtbot.keyClicks(table, text[0])
            editor = table.indexWidget(cell)
            qtbot.keyClicks(editor, text[1:])
            qtbot.keyClick(editor, Qt.Key.Key_Return)
            qtbot.waitUntil(partial(has_left, table, cell))
        else:
            qtbot.keyClick(table, Qt.Key.Key_Return)
    assert [model.index(1, column).data() for column in range(5)] == [
        "Wed 26 Aug", "", "1 h 30 min", "travel", "by train"
    ]  # fmt: skip
    assert not model.setData(model.index(2, 0), "31.9")
    model.setData(model.index(2, 0), "")
    model.setData(model.index(2, 2), "2")
    part.month.save()
    assert "Line 3" in part.ui.monthProblem.text()
    model.setData(model.index(2, 2), "")
    part.ui.signedCheck.setChecked(True)
    qtbot.mouseClick(part.ui.saveButton, Qt.MouseButton.LeftButton)
    stored = records.find(context.workspace, HourEntry, order="worked_on")
    assert [(one.worked_on.day, one.minutes, one.category, one.state, one.source) for one in stored] == [
        (25, 60, HourCategory.DELIVERY, HourState.CONFIRMED, HourSource.TYPED),
        (26, 90, HourCategory.TRAVEL, HourState.CONFIRMED, HourSource.PAPER),
    ]
    assert part.ui.views.currentWidget() is part.ui.choiceScroll


def test_a_table_is_matched_asked_about_and_imported(
    qtbot: QtBot, context: Context, partnership: Partnership, ana: Person, tmp_path: Path
) -> None:
    table = tmp_path / "hours.csv"
    table.write_text(
        "Hours\nDay;Name;Effort\n1.9.2026;Ana López;1,5\n2.9.2026;Ana Lopes;2\n3.9.2026;Ben Neu;1\nTotal;;4,5\n",
        "utf-8",
    )
    dialog = HoursImportDialog(context, partnership.id)
    dialog.read(table)
    qtbot.waitUntil(lambda: "which column holds the duration" in dialog.ui.problemLabel.text())
    dialog._columns_chosen((HourField.DATE, HourField.PERSON, HourField.DURATION))
    qtbot.waitUntil(lambda: dialog.ui.importButton.isEnabled())
    assert dialog.ui.importButton.text() == "Import 1 row"
    names = dialog.names.model
    assert [names.index(row, 1).data() for row in range(3)] == [
        "Ana López?",
        "– who is it? –",
        "Ana López",
    ]
    dialog.names.take_suggestions()
    qtbot.waitUntil(lambda: dialog.ui.importButton.text() == "Import 2 rows")
    dialog.names.decide(names.rows[1], Choice.ADD)
    qtbot.waitUntil(lambda: dialog.ui.importButton.text() == "Import 3 rows")
    take = dialog.rows.index(0, 0)
    dialog.rows.setData(take, Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    dialog.store()
    stored = records.find(context.workspace, HourEntry, source=HourSource.IMPORTED)
    assert sorted(one.minutes for one in stored) == [60, 120]
    again = HoursImportDialog(context, partnership.id)
    again.read(table)
    qtbot.waitUntil(lambda: again.preview is not None)
    assert again.layout_read.fields == (HourField.DATE, HourField.PERSON, HourField.DURATION)
    again.reject()


def test_a_broken_file_is_a_sentence(qtbot: QtBot, context: Context, partnership: Partnership, tmp_path: Path) -> None:
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Workbook")
    dialog = HoursImportDialog(context, partnership.id)
    dialog.read(tmp_path / "old.xls")
    qtbot.waitUntil(lambda: "old Excel" in dialog.ui.problemLabel.text())
    assert not dialog.ui.importButton.isEnabled()
    dialog.reject()
