"""The panels about a date: what came of it, and changes of a series from a date on."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox

from cocivic_desktop.domain.activities import (
    Activity,
    ActivityStatus,
    OccurrenceOverride,
    Recurrence,
    RecurrenceEnd,
)
from cocivic_desktop.domain.agreements import Agreement, CommunicationRoutine
from cocivic_desktop.domain.partnerships import Task
from cocivic_desktop.services import calendar, records
from cocivic_desktop.ui.pages.calendar.reach import ReachDialog
from cocivic_desktop.ui.pages.calendar_page import CalendarPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from cocivic_desktop.domain.partnerships import Partnership
    from cocivic_desktop.store.workspace import Workspace
    from cocivic_desktop.ui.context import Context

START = date(2026, 9, 15)
DATE, ACTIVITY, REPEAT = range(3)


@pytest.fixture
def made(workspace: Workspace, partnership: Partnership) -> Activity:
    rule = Recurrence(weekdays=[1], ends=RecurrenceEnd.AFTER_COUNT, count=5, teaching_weeks_only=False)
    one = Activity(
        partnership_id=partnership.id, title="Session", starts_on=START, start_time=time(10), recurrence=rule
    )
    records.add(workspace, one)
    return one


@pytest.fixture
def page(context: Context, partnership: Partnership, made: Activity, qtbot: QtBot) -> CalendarPage:
    page = CalendarPage(context)
    qtbot.addWidget(page)
    page.resize(822, 700)
    page.show_partnership(partnership.id)
    page.show()
    qtbot.waitExposed(page)
    settle(page, qtbot)
    page.plan._plan_anyway()
    return page


def settle(page: CalendarPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page._stale and not page.context.tasks.busy())


def open_at(page: CalendarPage, made: Activity, day: date, tab: int, qtbot: QtBot) -> None:
    page.plan.choose((made.id, day))
    page.plan.detail.open(tab)
    settle(page, qtbot)


def shown(workspace: Workspace) -> list[tuple[date, str]]:
    found = calendar.occurrences(workspace, None, date(2026, 8, 1), date(2027, 7, 31))
    return [(one.on, found.activities[one.activity_id].title) for one in found.occurrences]


def days(first: date, count: int) -> list[date]:
    return [first + timedelta(weeks=number) for number in range(count)]


def test_what_came_of_one_date_is_noted_for_it_alone(
    page: CalendarPage, workspace: Workspace, made: Activity, qtbot: QtBot
) -> None:
    second = START + timedelta(weeks=1)
    open_at(page, made, second, DATE, qtbot)
    panel = page.plan.ui.datePanel
    panel.ui.after_head_count.setValue(17)
    qtbot.keyClicks(panel.ui.after_notes_after, "Bring more nets")
    panel.after.flush()
    panel.ui.statusBox.setCurrentIndex(list(ActivityStatus).index(ActivityStatus.DONE))
    panel.ui.statusBox.activated.emit(panel.ui.statusBox.currentIndex())
    settle(page, qtbot)
    (change,) = records.find(workspace, OccurrenceOverride)
    assert (change.original_on, change.head_count, change.notes_after) == (second, 17, "Bring more nets")
    assert change.status is ActivityStatus.DONE
    assert panel.ui.stateChip.text() == "done"
    assert panel.ui.after_notes_after.toPlainText() == "Bring more nets"
    open_at(page, made, START, DATE, qtbot)
    assert panel.ui.after_notes_after.toPlainText() == ""
    assert panel.ui.stateChip.text() == "tentative"


def test_a_single_date_that_took_place_fulfils_its_task(
    page: CalendarPage, workspace: Workspace, partnership: Partnership, qtbot: QtBot
) -> None:
    single = Activity(partnership_id=partnership.id, title="Nets", starts_on=START, start_time=time(15))
    records.add(workspace, single)
    task = Task(partnership_id=partnership.id, title="Order nets", due_on=START, activity_id=single.id)
    records.add(workspace, task)
    settle(page, qtbot)
    open_at(page, single, START, ACTIVITY, qtbot)
    panel = page.plan.ui.activityPanel
    assert not panel.ui.reach.isVisible()
    panel.ui.status.setCurrentIndex(list(ActivityStatus).index(ActivityStatus.DONE))
    panel.ui.status.activated.emit(panel.ui.status.currentIndex())
    panel.form.flush()
    assert records.get(workspace, Activity, single.id).status is ActivityStatus.DONE
    assert records.get(workspace, Task, task.id).done_on == START
    settle(page, qtbot)


def test_a_change_from_a_date_on_makes_a_series_of_its_own(
    page: CalendarPage, workspace: Workspace, made: Activity, qtbot: QtBot
) -> None:
    third = START + timedelta(weeks=2)
    open_at(page, made, third, ACTIVITY, qtbot)
    panel = page.plan.ui.activityPanel
    assert panel.ui.reach.isVisible()
    panel.ui.reach.setCurrentIndex(1)
    panel.ui.reach.activated.emit(1)
    assert not panel.ui.starts_on.isEnabled()
    panel.ui.title.setText("In the hall")
    panel.ui.title.textEdited.emit("In the hall")
    panel.form.flush()
    settle(page, qtbot)
    expected = [*((day, "Session") for day in days(START, 2)), *((day, "In the hall") for day in days(third, 3))]
    assert shown(workspace) == expected
    assert panel.entry is not None
    assert panel.entry.activity.split_from_id == made.id
    assert not panel.ui.reach.isVisible()
    workspace.undo()
    settle(page, qtbot)
    assert shown(workspace) == [(day, "Session") for day in days(START, 5)]


def test_the_rule_changes_from_a_date_on_with_a_preview(
    page: CalendarPage, workspace: Workspace, made: Activity, qtbot: QtBot
) -> None:
    third = START + timedelta(weeks=2)
    records.add(
        workspace,
        OccurrenceOverride(activity_id=made.id, original_on=third + timedelta(weeks=1), place="Yard"),
    )
    settle(page, qtbot)
    open_at(page, made, third, REPEAT, qtbot)
    panel = page.plan.ui.repeatPanel
    assert panel.ui.previewTitle.text() == "5 dates"
    panel.ui.reach.setCurrentIndex(1)
    panel.ui.reach.activated.emit(1)
    assert panel.ui.count.value() == 3
    assert panel.ui.previewTitle.text() == "3 dates"
    panel.ui.interval.setValue(2)
    assert panel.ui.previewDates.text().replace("\xa0", " ") == "Tue 29 Sept · Tue 13 Oct · Tue 27 Oct"
    assert "no longer have: Tue 6 Oct" in panel.ui.previewSkips.text()
    panel.store()
    settle(page, qtbot)
    assert [day for day, _ in shown(workspace)] == [*days(START, 2), third, date(2026, 10, 13), date(2026, 10, 27)]


def test_this_and_all_following_move_by_typing(
    page: CalendarPage, workspace: Workspace, made: Activity, qtbot: QtBot
) -> None:
    open_at(page, made, START + timedelta(weeks=3), DATE, qtbot)
    panel = page.plan.ui.datePanel.ui
    panel.moveDay.line.setText("8 Oct 2026")
    panel.moveDay.line.editingFinished.emit()
    qtbot.mouseClick(panel.seriesButton, Qt.MouseButton.LeftButton)
    dialog = page.findChild(ReachDialog)
    assert isinstance(dialog, ReachDialog)
    qtbot.mouseClick(dialog.buttons.button(QDialogButtonBox.StandardButton.Ok), Qt.MouseButton.LeftButton)
    settle(page, qtbot)
    assert [day for day, _ in shown(workspace)] == [*days(START, 3), date(2026, 10, 8), date(2026, 10, 15)]
    assert page.plan.ui.datePanel.entry is not None
    assert page.plan.ui.datePanel.entry.on == date(2026, 10, 8)


def test_the_promise_that_an_activity_keeps_is_chosen(
    page: CalendarPage, workspace: Workspace, partnership: Partnership, made: Activity, qtbot: QtBot
) -> None:
    agreement = Agreement(partnership_id=partnership.id, title="MoU")
    routine = CommunicationRoutine(agreement_id=agreement.id, title="Check-in")
    for one in (agreement, routine):
        records.add(workspace, one)
    settle(page, qtbot)
    open_at(page, made, START, ACTIVITY, qtbot)
    box = page.plan.ui.activityPanel.ui.routine_id
    box.setCurrentIndex(box.findText("Check-in"))
    box.activated.emit(box.currentIndex())
    page.plan.ui.activityPanel.form.flush()
    assert records.get(workspace, Activity, made.id).routine_id == routine.id
    settle(page, qtbot)
