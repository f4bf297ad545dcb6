"""Dates held in another zone stand at the time of the partnership's school, and their own time is named."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from cocivic_desktop.domain.activities import Activity
from cocivic_desktop.services import records
from cocivic_desktop.ui.pages.calendar.data import ViewKind
from cocivic_desktop.ui.pages.calendar.detail import DATE_TAB
from cocivic_desktop.ui.pages.calendar.views.week_paint import block_text
from tests.ui.test_calendar_views import (
    ALT,
    CTRL,
    TUESDAY,
    activity,
    drag,
    page,
    place_of,
    plan,
    settle,
    turn_to,
    year,
)

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from cocivic_desktop.domain.partnerships import Partnership
    from cocivic_desktop.store.workspace import Workspace
    from cocivic_desktop.ui.pages.calendar.plan_part import PlanPart

__all__ = ["page", "plan", "year"]


def test_a_call_with_istanbul_stands_at_our_time_and_moves_there_and_back(
    plan: PlanPart, workspace: Workspace, partnership: Partnership, qtbot: QtBot
) -> None:
    made = activity(workspace, partnership, "Call", start_time=time(11), zone="Europe/Istanbul")
    view = turn_to(plan, qtbot, ViewKind.WEEK)
    (segment,) = view.segments
    assert (segment.begins, segment.ends) == (10 * 60, 11 * 60)
    assert block_text(segment, 200, 200, view.ink) == "10:00 Call (11:00 in Istanbul)"
    start = place_of(view, "Call")
    drag(view, start, start + QPoint(round(view.times.day_width), round(60 * view.times.minute)), qtbot)
    settle(plan, qtbot)
    stored = records.get(workspace, Activity, made.id)
    assert (stored.starts_on, stored.start_time, stored.zone) == (date(2026, 9, 16), time(12), "Europe/Istanbul")
    assert view.current == (made.id, date(2026, 9, 16))
    QTest.keyClick(view, Qt.Key.Key_Down, ALT)
    settle(plan, qtbot)
    assert records.get(workspace, Activity, made.id).start_time == time(12, 15)


def test_its_time_is_typed_as_it_is_shown(
    plan: PlanPart, workspace: Workspace, partnership: Partnership, qtbot: QtBot
) -> None:
    made = activity(workspace, partnership, "Call", start_time=time(11), zone="Europe/Istanbul")
    turn_to(plan, qtbot, ViewKind.WEEK)
    plan.choose((made.id, TUESDAY))
    plan.detail.open(DATE_TAB)
    panel = plan.ui.datePanel
    assert panel.ui.moveTime.text() == "10:00"
    assert "10:00–11:00 (11:00 in Istanbul)" in panel.ui.whenLabel.text()
    panel.ui.moveTime.setText("13:30")
    panel.ui.moveTime.editingFinished.emit()
    panel.ui.moveButton.click()
    settle(plan, qtbot)
    assert records.get(workspace, Activity, made.id).start_time == time(14, 30)


def test_a_call_after_midnight_there_stands_on_the_evening_here(
    plan: PlanPart, workspace: Workspace, partnership: Partnership, qtbot: QtBot
) -> None:
    made = activity(workspace, partnership, "Call", start_time=time(0, 30), zone="Asia/Tokyo", duration_minutes=60)
    view = turn_to(plan, qtbot, ViewKind.WEEK)
    (segment,) = view.segments
    assert (segment.day, segment.begins) == (0, 17 * 60 + 30)
    entry = plan.entry_of((made.id, TUESDAY))
    assert entry is not None
    assert entry.on == TUESDAY - timedelta(days=1)
    plan.choose((made.id, TUESDAY))
    QTest.keyClick(view, Qt.Key.Key_Right, ALT)
    settle(plan, qtbot)
    moved = records.get(workspace, Activity, made.id)
    assert (moved.starts_on, moved.start_time) == (date(2026, 9, 16), time(0, 30))
    QTest.keyClick(view, Qt.Key.Key_Up, ALT | Qt.KeyboardModifier.NoModifier)
    QTest.keyClick(view, Qt.Key.Key_C, CTRL)
    settle(plan, qtbot)
    assert records.get(workspace, Activity, made.id).start_time == time(0, 15)
    QTest.keyClick(view, Qt.Key.Key_V, CTRL)
    settle(plan, qtbot)
    copy = next(one for one in records.find(workspace, Activity) if one.id != made.id)
    assert (copy.starts_on, copy.start_time, copy.zone) == (date(2026, 9, 16), time(0, 15), "Asia/Tokyo")


def test_zones_that_agree_are_not_named(
    plan: PlanPart, workspace: Workspace, partnership: Partnership, qtbot: QtBot
) -> None:
    activity(workspace, partnership, "Call", zone="Europe/Madrid")
    view = turn_to(plan, qtbot, ViewKind.WEEK)
    assert [block_text(one, 200, 200, view.ink) for one in view.segments] == ["10:00 Call"]
