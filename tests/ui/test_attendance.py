"""Attendance on screen: marks by keyboard, one save, hours that follow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from cocivic_desktop.domain.activities import Activity, Participation, Recurrence
from cocivic_desktop.domain.hours import Attendance, AttendanceState, HourEntry, HourSource, HourState
from cocivic_desktop.domain.organisations import Person, PersonKind
from cocivic_desktop.domain.rules.sheet_codes import SheetKind, encode
from cocivic_desktop.services import attendance, paper_sheets, records
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.pages.hours.attendance import AttendancePart
from cocivic_desktop.ui.pages.hours_page import HoursPage

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from cocivic_desktop.domain.partnerships import Partnership

DATES = (date(2026, 9, 1), date(2026, 9, 8))


@pytest.fixture
def session(context: Context, partnership: Partnership) -> Activity:
    """A weekly session; a mentor takes part, and three are in 10b."""
    activity = Activity(
        partnership_id=partnership.id,
        title="Design studio",
        starts_on=DATES[0],
        start_time=time(10),
        duration_minutes=90,
        recurrence=Recurrence(weekdays=[1], teaching_weeks_only=False),
    )
    mentor = Person(name="Jonas", kind=PersonKind.MENTOR)
    for one in (activity, mentor, Participation(activity_id=activity.id, person_id=mentor.id, role="mentor")):
        records.add(context.workspace, one)
    for name in ("Ana", "Ben", "Cem"):
        person = Person(
            name=name, kind=PersonKind.STUDENT, class_group="10b", organisation_id=partnership.school_id
        )  # fmt: skip
        records.add(context.workspace, person)
    return activity


@pytest.fixture
def page(qtbot: QtBot, context: Context, session: Activity) -> Iterator[HoursPage]:
    """The page of hours with the attendance in sight."""
    shown = HoursPage(context)
    qtbot.addWidget(shown)
    shown.resize(860, 560)
    shown.show_partnership(session.partnership_id)
    shown.show()
    qtbot.waitExposed(shown)
    shown.open_target(Target("partnership", session.partnership_id, section="attendance", item=session.id))
    yield shown
    shown.close()


def texts(part: AttendancePart, column: int) -> list[str]:
    return [str(part.model.index(row, column).data() or "") for row in range(part.model.rowCount())]


def keys(qtbot: QtBot, part: AttendancePart, typed: str) -> None:
    for key in typed:
        qtbot.keyClick(part.ui.grid, key)


def test_a_class_is_marked_by_letters_and_saved_as_one_step(
    qtbot: QtBot, context: Context, page: HoursPage, qtmodeltester: ModelTester
) -> None:
    part = page.attendance
    part.people.show("10b")
    part._load_grid()
    qtmodeltester.check(part.model)
    assert texts(part, 0) == [
        "Jonas (mentor)",
        "Ana (10b)",
        "Ben (10b)",
        "Cem (10b)",
        "Learners without names (number)",
    ]
    part.ui.grid.go(0, 1)
    keys(qtbot, part, "PPA ")
    assert texts(part, 1) == ["✓ present", "✓ present", "– absent", "✓ present", ""]
    part.model.setData(part.model.index(3, 1), "45")
    part.model.setData(part.model.index(4, 1), "20")
    assert "present 3" in part.ui.planLabel.text()
    qtbot.mouseClick(part.ui.saveButton, Qt.MouseButton.LeftButton)
    assert page.window().focusWidget() is part.ui.grid
    stored = records.find(context.workspace, HourEntry)
    assert sorted((one.minutes, one.head_count or 1) for one in stored) == [(45, 1), (90, 1), (90, 1), (90, 20)]
    assert not part.model.pending
    qtbot.waitUntil(lambda: texts(part, 1)[3] == "✓ present 45 min")
    context.workspace.undo()
    assert records.find(context.workspace, HourEntry) == []
    qtbot.waitUntil(lambda: texts(part, 1) == [""] * 5)


def test_all_present_and_names_that_are_not_on_the_list(qtbot: QtBot, context: Context, page: HoursPage) -> None:
    part = page.attendance
    part.ui.nameLine.setText("Lena K.")
    qtbot.keyClick(part.ui.nameLine, Qt.Key.Key_Return)
    qtbot.mouseClick(part.ui.allButton, Qt.MouseButton.LeftButton)
    assert texts(part, 1)[:2] == ["✓ present", "✓ present"]
    part.ui.notesEdit.setPlainText("Two groups.")
    qtbot.keyClick(part, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    names = {one.id: one.name for one in records.find(context.workspace, Person)}
    assert {names[one.person_id] for one in records.find(context.workspace, Attendance)} == {"Jonas", "Lena K."}
    qtbot.waitUntil(lambda: part.model.days[0].notes == "Two groups.")
    assert not part.ui.saveButton.isEnabled()


def test_going_elsewhere_saves_what_was_typed(qtbot: QtBot, context: Context, page: HoursPage) -> None:
    part = page.attendance
    part.ui.grid.go(0, 1)
    keys(qtbot, part, "E")
    page.ui.tabs.setCurrentIndex(0)
    stored = records.find(context.workspace, Attendance)
    assert [(one.state, one.occurred_on) for one in stored] == [(AttendanceState.EXCUSED, DATES[1])]


def test_a_sheet_is_typed_in_in_its_order_and_confirmed(
    qtbot: QtBot, context: Context, page: HoursPage, session: Activity
) -> None:
    code = encode(SheetKind.ATTENDANCE, session.id, *DATES, "10b")
    part = page.attendance
    part.open_sheet(paper_sheets.find(context.workspace, code).order)
    assert [day.on for day in part.model.days] == list(DATES)
    assert len(part.model.rows) == 5
    part.ui.grid.go(1, 1)
    keys(qtbot, part, "PP")
    part.ui.grid.go(1, 2)
    keys(qtbot, part, "A")
    part.ui.signedCheck.setChecked(True)
    part.save()
    stored = records.find(context.workspace, HourEntry)
    assert {(one.source, one.state, one.worked_on) for one in stored} == {
        (HourSource.PAPER, HourState.CONFIRMED, DATES[0])
    }
    qtbot.waitUntil(lambda: texts(part, 1)[1:4] == ["✓", "✓", ""])


def test_who_joined_after_printing_stands_behind_the_rows_of_the_paper(
    qtbot: QtBot, context: Context, page: HoursPage, session: Activity, partnership: Partnership
) -> None:
    grid = attendance.load(context.workspace, session.id, DATES, class_group="10b")
    printed = [one.id for one in grid.people]
    code = encode(SheetKind.ATTENDANCE, session.id, *DATES, "10b", people=printed)
    joined = Person(name="Aaron", kind=PersonKind.STUDENT, class_group="10b", organisation_id=partnership.school_id)
    records.add(context.workspace, joined)
    part = page.attendance
    part.open_sheet(paper_sheets.find(context.workspace, code).order)
    assert part.model.grid is not None
    assert [one.id for one in part.model.grid.people] == [*printed, joined.id]
    assert "1 who joined after it was printed" in part.ui.sheetLabel.text()

    records.change(context.workspace, Person, printed[-1], name="Aa")
    qtbot.waitUntil(lambda: "go by the names" in part.ui.sheetLabel.text())


def test_without_dates_the_place_says_what_it_is_for(qtbot: QtBot, context: Context, partnership: Partnership) -> None:
    part = AttendancePart(context)
    qtbot.addWidget(part)
    part.load(partnership.id)
    assert part.ui.views.currentWidget() is part.ui.empty
    assert part.ui.empty.title_label.text() == "No dates to mark yet"
