"""Dates that lose their time of day or get one: by mouse, by keys, of a series, and as others' calendars read them."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from cocivic_desktop.domain.activities import Activity, OccurrenceOverride
from cocivic_desktop.services import records
from cocivic_desktop.ui.pages.calendar.data import ViewKind
from cocivic_desktop.ui.pages.calendar.detail import DATE_TAB
from cocivic_desktop.ui.pages.calendar.reach import Reach, ReachDialog
from tests.ui.test_calendar_views import (
    CTRL,
    LEFT,
    TUESDAY,
    activity,
    drag,
    hover,
    page,
    place_of,
    plan,
    press,
    series,
    settle,
    spot_place,
    turn_to,
    widget_at,
    year,
)

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from cocivic_desktop.domain.partnerships import Partnership
    from cocivic_desktop.store.workspace import Workspace
    from cocivic_desktop.ui.pages.calendar.plan_part import PlanPart
    from cocivic_desktop.ui.pages.calendar.views.week import WeekView

__all__ = ["page", "plan", "year"]


def all_day_row(view: WeekView, day: date) -> QPoint:
    """Where the mouse meets the row of whole days."""
    assert view.data is not None
    left = view.times.left + ((day - view.data.first).days + 0.5) * view.times.day_width
    return view.head.pos() + QPoint(round(left), view.head.height() - 6)


def test_a_date_is_dragged_to_the_row_of_whole_days_and_back(
    plan: PlanPart, workspace: Workspace, partnership: Partnership, qtbot: QtBot
) -> None:
    made = activity(workspace, partnership, "Visit", duration_minutes=60)
    view = turn_to(plan, qtbot, ViewKind.WEEK)
    press(view, place_of(view, "Visit"))
    there = all_day_row(view, TUESDAY)
    hover(view, there, qtbot)
    assert view.handling.words.startswith("Visit: Tue 15 Sept, all day")
    widget, inside = widget_at(view, there)
    QTest.mouseRelease(widget, LEFT, pos=inside)
    settle(plan, qtbot)
    stored = records.get(workspace, Activity, made.id)
    assert (stored.starts_on, stored.start_time) == (TUESDAY, None)
    drag(view, place_of(view, "Visit"), spot_place(view, TUESDAY + timedelta(days=1), time(11)), qtbot)
    settle(plan, qtbot)
    stored = records.get(workspace, Activity, made.id)
    assert (stored.starts_on, stored.start_time, stored.duration_minutes) == (date(2026, 9, 16), time(11), 60)
    workspace.undo()
    workspace.undo()
    assert records.get(workspace, Activity, made.id).start_time == time(10)


def test_three_whole_days_that_get_a_time_do_not_last_three_days(
    plan: PlanPart, workspace: Workspace, partnership: Partnership, qtbot: QtBot
) -> None:
    made = activity(workspace, partnership, "Fair", start_time=None, duration_minutes=3 * 24 * 60)
    view = turn_to(plan, qtbot, ViewKind.WEEK)
    drag(view, place_of(view, "Fair"), spot_place(view, TUESDAY, time(12)), qtbot)
    settle(plan, qtbot)
    stored = records.get(workspace, Activity, made.id)
    assert (stored.start_time, stored.duration_minutes) == (time(12), 90)


def test_a_copy_on_the_row_of_whole_days_has_no_time(
    plan: PlanPart, workspace: Workspace, partnership: Partnership, qtbot: QtBot
) -> None:
    activity(workspace, partnership, "Visit")
    view = turn_to(plan, qtbot, ViewKind.WEEK)
    drag(view, place_of(view, "Visit"), all_day_row(view, date(2026, 9, 17)), qtbot, CTRL)
    settle(plan, qtbot)
    found = records.find(workspace, Activity, order="starts_on")
    assert [(one.starts_on, one.start_time) for one in found] == [(TUESDAY, time(10)), (date(2026, 9, 17), None)]


def test_an_activity_made_on_the_row_of_whole_days_has_no_time(
    plan: PlanPart, workspace: Workspace, qtbot: QtBot
) -> None:
    view = turn_to(plan, qtbot, ViewKind.WEEK)
    widget, inside = widget_at(view, all_day_row(view, TUESDAY))
    QTest.mouseDClick(widget, LEFT, pos=inside)
    settle(plan, qtbot)
    assert [(one.starts_on, one.start_time) for one in records.find(workspace, Activity)] == [(TUESDAY, None)]


def test_one_date_of_a_series_loses_its_time_and_gets_it_back(
    plan: PlanPart, workspace: Workspace, partnership: Partnership, qtbot: QtBot
) -> None:
    made = series(workspace, partnership)
    view = turn_to(plan, qtbot, ViewKind.WEEK)
    drag(view, place_of(view, "Session"), all_day_row(view, TUESDAY), qtbot)
    question = plan.findChild(ReachDialog)
    assert isinstance(question, ReachDialog)
    question.choices[Reach.THIS].click()
    question.accept()
    settle(plan, qtbot)
    assert [one.whole_day for one in records.find(workspace, OccurrenceOverride)] == [True]
    entry = plan.entry_of((made.id, TUESDAY))
    assert entry is not None
    assert entry.occurrence is not None
    assert entry.occurrence.starts_at is None
    plan.choose((made.id, TUESDAY))
    plan.detail.open(DATE_TAB)
    assert plan.ui.datePanel.ui.restoreButton.isVisible()
    plan.ui.datePanel.take_back()
    settle(plan, qtbot)
    assert records.find(workspace, OccurrenceOverride) == []


def test_an_emptied_time_makes_it_last_all_day(
    plan: PlanPart, workspace: Workspace, partnership: Partnership, qtbot: QtBot
) -> None:
    made = activity(workspace, partnership, "Visit")
    turn_to(plan, qtbot, ViewKind.WEEK)
    plan.choose((made.id, TUESDAY))
    plan.detail.open(DATE_TAB)
    field = plan.ui.datePanel.ui.moveTime
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClick(field, Qt.Key.Key_Return)
    plan.ui.datePanel.ui.moveButton.click()
    settle(plan, qtbot)
    assert records.get(workspace, Activity, made.id).start_time is None
