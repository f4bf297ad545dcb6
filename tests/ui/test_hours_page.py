"""The hours page: noted in a line, corrected in the list, confirmed, handed out."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from cocivic_desktop.domain.hours import HourCategory, HourEntry, HourState
from cocivic_desktop.domain.organisations import Person, PersonKind
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.services import hours, records
from cocivic_desktop.store.workspace import Workspace
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.models.hour_pages import KEPT_PAGES, PAGE_ROWS
from cocivic_desktop.ui.pages.hours_page import HoursPage
from cocivic_desktop.ui.pages.part import StagePart


@pytest.fixture
def people(workspace: Workspace) -> list[Person]:
    found = [Person(name="Ana López"), Person(name="Anatol Berg"), Person(name="Mia Kaya", kind=PersonKind.MENTOR)]
    for person in found:
        records.add(workspace, person)
    return found


@pytest.fixture
def page(qtbot: QtBot, context: Context, partnership: Partnership, people: list[Person]) -> HoursPage:
    page = HoursPage(context)
    qtbot.addWidget(page)
    page.show_partnership(partnership.id)
    page.resize(860, 520)
    page.show()
    qtbot.waitExposed(page)
    return page


def entries(page: HoursPage) -> list[HourEntry]:
    return records.find(page.context.workspace, HourEntry, partnership_id=page.partnership)


def type_line(qtbot: QtBot, page: HoursPage, text: str) -> None:
    page.enter.ui.quickLine.setFocus()
    qtbot.keyClicks(page.enter.ui.quickLine, text)
    qtbot.keyClick(page.enter.ui.quickLine, Qt.Key.Key_Return)


def test_a_line_is_stored_and_the_next_can_be_typed(qtbot: QtBot, page: HoursPage) -> None:
    type_line(qtbot, page, "mia 1h30 mentoring yesterday")
    stored = entries(page)
    assert len(stored) == 1
    assert (stored[0].minutes, stored[0].category) == (90, HourCategory.MENTORING)
    assert stored[0].worked_on == page.context.today() - timedelta(days=1)
    assert page.enter.ui.quickLine.text() == ""
    qtbot.waitUntil(lambda: page.enter.entries.model.rowCount() == 1)
    page.context.workspace.undo()
    qtbot.waitUntil(lambda: page.enter.entries.model.rowCount() == 0)


def test_an_ambiguous_name_lists_who_is_meant_and_stores_nothing(qtbot: QtBot, page: HoursPage) -> None:
    type_line(qtbot, page, "ana 2h")
    assert "Ana López" in page.enter.ui.preview.text()
    assert "Anatol Berg" in page.enter.ui.preview.text()
    assert entries(page) == []
    assert page.enter.ui.quickLine.text() == "ana 2h"


def test_an_odd_day_is_asked_about(qtbot: QtBot, page: HoursPage) -> None:
    type_line(qtbot, page, "mia 13h")
    assert entries(page) == []
    assert page.enter.ui.anywayButton.isVisible()
    page.enter.ui.anywayButton.click()
    assert [entry.minutes for entry in entries(page)] == [780]


def test_the_preview_says_what_will_be_stored(qtbot: QtBot, page: HoursPage) -> None:
    qtbot.keyClicks(page.enter.ui.quickLine, "24 students 2h")
    qtbot.waitUntil(lambda: "24" in page.enter.ui.preview.text() and "2 h" in page.enter.ui.preview.text())
    assert entries(page) == []


def test_confirmed_entries_are_locked_until_taken_back(qtbot: QtBot, page: HoursPage) -> None:
    type_line(qtbot, page, "mia 2h")
    qtbot.waitUntil(lambda: page.enter.entries.model.rowCount() == 1)
    page.enter.entries.select(entries(page)[0].id)
    assert page.enter.entries.ui.formArea.isVisible()
    page.enter.entries.ui.confirmButton.click()
    qtbot.waitUntil(lambda: page.enter.entries.ui.lockedLabel.isVisible())
    assert entries(page)[0].state is HourState.CONFIRMED
    assert not page.enter.entries.ui.entryForm.isEnabled()
    page.enter.entries.delete()
    assert len(entries(page)) == 1
    page.enter.entries.ui.unconfirmButton.click()
    qtbot.waitUntil(lambda: page.enter.entries.ui.entryForm.isEnabled())


def test_a_correction_in_the_form_is_stored(qtbot: QtBot, page: HoursPage, people: list[Person]) -> None:
    page.enter.entries.add()
    stored = entries(page)[0]
    form = page.enter.entries.form
    box = page.enter.entries.ui.person_id
    box.setCurrentIndex(next(row for row in range(box.count()) if box.itemText(row).startswith("Mia")))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: records.get(page.context.workspace, HourEntry, stored.id).person_id == people[2].id)
    assert records.get(page.context.workspace, HourEntry, stored.id).head_count is None
    assert form.record is not None


def test_filters_narrow_the_list(qtbot: QtBot, page: HoursPage) -> None:
    type_line(qtbot, page, "mia 2h mentoring")
    type_line(qtbot, page, "24 students 1h")
    qtbot.waitUntil(lambda: page.enter.entries.model.rowCount() == 2)
    page.enter.entries.ui.search.setText("mia")
    assert page.enter.entries.model.rowCount() == 1
    row = page.enter.entries.model.row_at(0)
    assert row is not None
    assert row.person == "Mia Kaya"


def test_several_are_deleted_in_one_step(qtbot: QtBot, page: HoursPage) -> None:
    for minutes in (10, 20, 30):
        type_line(qtbot, page, f"mia {minutes} min")
    qtbot.waitUntil(lambda: page.enter.entries.model.rowCount() == 3)
    page.enter.entries.ui.table.selectAll()
    page.enter.entries.delete()
    assert entries(page) == []
    page.context.workspace.undo()
    assert len(entries(page)) == 3


def test_many_rows_are_read_by_the_page(page: HoursPage) -> None:
    workspace, partnership = page.context.workspace, page.partnership
    many = (KEPT_PAGES + 3) * PAGE_ROWS
    with workspace.write("many") as unit:
        unit.insert_many(
            HourEntry,
            (
                HourEntry(partnership_id=partnership, head_count=1, minutes=5, worked_on=date(2026, 1, 1))
                for _ in range(many)
            ),
        )
    page.enter.entries.reload()
    model = page.enter.entries.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert model.rowCount() == many == hours.count(workspace, partnership)
    for number in range(0, many, PAGE_ROWS):
        assert model.row_at(number) is not None
    assert len(model._pages) == KEPT_PAGES
    assert model.row_at(many) is None


def test_hours_are_handed_out_as_csv(qtbot: QtBot, page: HoursPage, tmp_path: Path) -> None:
    type_line(qtbot, page, "mia 2h")
    target = tmp_path / "hours.csv"
    page.enter.entries.export_to(target)
    qtbot.waitUntil(target.exists, timeout=10_000)
    assert "Mia Kaya" in target.read_text(encoding="utf-8-sig")


def test_a_next_step_brings_up_the_promises(qtbot: QtBot, page: HoursPage) -> None:
    page.go_to(Target("partnership", page.partnership, section="budget"))
    assert page.ui.tabs.currentWidget() is page.budget
    page.go_to(Target("partnership", page.partnership, section="confirm"))
    assert page.enter.entries.filters().state is HourState.LOGGED


def test_tabs_are_made_when_they_are_turned_to(page: HoursPage) -> None:
    tabs = page.ui.tabs
    titles = [tabs.tabText(number) for number in range(tabs.count())]
    made = [isinstance(tabs.widget(number), StagePart) for number in range(tabs.count())]
    assert made == [True, *[False] * 9]
    page.go_to(Target("partnership", page.partnership, section="reports"))
    assert tabs.currentWidget() is page.reports
    assert page.reports.isVisible()
    assert page.reports.partnership_id == page.partnership
    page.week.setObjectName("made while another tab is seen")
    assert tabs.currentWidget() is page.reports
    tabs.setCurrentIndex(titles.index("Week"))
    assert tabs.currentWidget() is page.week
    assert page.week.partnership_id == page.partnership
    assert [tabs.tabText(number) for number in range(tabs.count())] == titles
