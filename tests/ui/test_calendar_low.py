"""In a low window the week and the details of a date share the room, so that half a day of hours stays in view."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cocivic_desktop.domain.partnerships import Stage
from cocivic_desktop.ui.context import Target
from cocivic_desktop.ui.pages.calendar.data import ViewKind
from cocivic_desktop.ui.pages.calendar.detail import DATE_TAB
from cocivic_desktop.ui.pages.calendar_page import CalendarPage
from cocivic_desktop.ui.partnership_view import PartnershipView
from tests.ui.test_calendar_views import TUESDAY, activity, page, plan, settle, turn_to, year

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from cocivic_desktop.domain.partnerships import Partnership
    from cocivic_desktop.store.workspace import Workspace
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.pages.calendar.plan_part import PlanPart

__all__ = ["page", "plan", "year"]


def hours_seen(plan: PlanPart) -> float:
    week = plan.ui.week
    return week.viewport().height() / (60 * week.times.minute)


def test_six_hours_stay_in_view_above_the_details(
    page: CalendarPage, plan: PlanPart, workspace: Workspace, partnership: Partnership, qtbot: QtBot
) -> None:
    made = activity(workspace, partnership, "Session")
    turn_to(plan, qtbot, ViewKind.WEEK)
    page.resize(736, 388)
    plan.choose((made.id, TUESDAY))
    plan.detail.open(DATE_TAB)
    ui = plan.ui
    qtbot.waitUntil(lambda: hours_seen(plan) >= 6)
    assert ui.datePanel.isVisible()
    assert ui.detailsButton.visibleRegion().boundingRect() == ui.detailsButton.rect()
    assert "Session" in ui.summaryLabel.text()
    assert ui.summaryLabel.isVisible()
    assert not ui.summaryState.isVisible()
    ui.detailsButton.setFocus()
    QTest.keyClick(ui.detailsButton, Qt.Key.Key_Space)
    settle(plan, qtbot)
    assert not ui.datePanel.isVisible()
    assert ui.detailsButton.isVisible()
    assert ui.detailsButton.hasFocus()
    assert ui.detailsButton.parentWidget() is ui.detailCard
    page.resize(822, 700)
    plan.detail.open(DATE_TAB)
    assert ui.detailsButton.parentWidget() is ui.detailCard, "a high window keeps the line above the panels"
    qtbot.waitUntil(lambda: hours_seen(plan) >= 6)


@pytest.mark.usefixtures("year")
def test_the_next_step_makes_room_for_the_details_in_a_low_window(
    context: Context, workspace: Workspace, partnership: Partnership, qtbot: QtBot
) -> None:
    made = activity(workspace, partnership, "Session", date(2026, 9, 22))  # in the holidays
    view = PartnershipView(context)
    qtbot.addWidget(view)
    view.resize(784, 540)
    view.show()
    view.open(Target.partnership(partnership.id, Stage.CALENDAR, "activities", made.id))
    page = view.page
    assert isinstance(page, CalendarPage)
    qtbot.waitUntil(lambda: page.plan.wants_room and view._step is not None, timeout=20_000)
    assert view.ui.banner.isHidden()
    page.plan.ui.detailsButton.click()
    assert view.ui.banner.isVisible()
    page.plan.ui.detailsButton.click()
    assert view.ui.banner.isHidden()
    page.bring_up(page.conflicts)
    assert view.ui.banner.isVisible()
