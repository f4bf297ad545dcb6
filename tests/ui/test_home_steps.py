"""Home says what to do first: grouped by partnership, what is overdue or blocks before all else, the rest on demand."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from cocivic_desktop.domain.partnerships import Partnership, PipelineState, Task
from cocivic_desktop.services import advice, records
from cocivic_desktop.ui.context import Target
from cocivic_desktop.ui.pages.home_page import HomePage
from cocivic_desktop.ui.widgets.advice_row import AdviceGroup, AdviceRow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from cocivic_desktop.ui.context import Context


@pytest.fixture
def page(qtbot: QtBot, context: Context, partnership: Partnership) -> Iterator[HomePage]:
    """Home with a quiet partnership, and with "Sewing room", where a task is overdue."""
    second = Partnership(title="Sewing room", school_id=partnership.school_id, pipeline=PipelineState.CONTACTED)
    records.add(context.workspace, second)
    due = context.today() - timedelta(days=3)
    records.add(context.workspace, Task(partnership_id=second.id, title="Call the head", due_on=due))
    made = HomePage(context)
    qtbot.addWidget(made)
    made.resize(736, 500)
    made.show()
    qtbot.waitUntil(lambda: len(made.groups) == 2)
    yield made
    made.close()


def rows(group: AdviceGroup) -> list[AdviceRow]:
    return [row for row in group.findChildren(AdviceRow) if not row.isHidden()]


def headline(row: AdviceRow) -> str:
    return row.findChildren(QLabel)[0].text()


def test_the_overdue_comes_first_and_stands_out(page: HomePage, context: Context) -> None:
    first, second = page.groups
    assert (first.link.text(), second.link.text()) == ("Sewing room", "Repair café")
    assert [headline(row) for row in rows(first)] == ["Overdue: Call the head"]
    assert rows(first)[0].button.property("look") == "primary"
    assert len(rows(second)) == 1 and not rows(second)[0].button.property("look")
    waiting = context.advisor.waiting()
    assert page.ui.stepsCount.text() == f"1 to do now, {sum(one.count for one in waiting)} in all"
    assert context.advisor.urgent_count() == 1
    assert page.ui.stepsScroll.horizontalScrollBar().maximum() == 0


def test_all_steps_are_shown_by_keyboard_and_stay_shown(qtbot: QtBot, page: HomePage, context: Context) -> None:
    group = page.groups[1]
    count = group.waiting.count
    assert count > 1 and group.more_button.text() == f"Show all {count}"
    group.more_button.setFocus()
    QTest.keyClick(group.more_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(rows(group)) == count)
    records.add(
        context.workspace, Task(partnership_id=group.waiting.partnership_id, title="Ask", due_on=context.today())
    )
    qtbot.waitUntil(lambda: page.groups[1] is not group or page.groups[0].waiting.count != group.waiting.count)
    assert [one.shows_all for one in page.groups if one.link.text() == "Repair café"] == [True]


def test_the_name_leads_to_the_partnership(page: HomePage, context: Context, partnership: Partnership) -> None:
    targets: list[Target] = []
    context.navigate = targets.append
    page.groups[1].link.click()
    assert targets == [Target.partnership(partnership.id)]


def test_home_says_that_steps_are_being_worked_out_and_catches_up_when_shown_again(
    qtbot: QtBot, context: Context, partnership: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, work = threading.Event(), advice.advise

    def held_back(*given: Any) -> Any:
        known.wait(30)
        return work(*given)

    monkeypatch.setattr(advice, "advise", held_back)
    page = HomePage(context)
    qtbot.addWidget(page)
    page.show()

    def texts() -> list[str]:
        return [one.text() for one in page.ui.stepsScrollContents.findChildren(QLabel) if not one.isHidden()]

    try:
        assert texts() == []  # what is quick must not flicker
        qtbot.waitUntil(lambda: texts() == ["Next steps are being worked out…"])
        page.hide()
    finally:
        known.set()
    qtbot.waitUntil(lambda: not context.tasks.busy())
    page.show()
    qtbot.waitUntil(lambda: len(page.groups) == 1)
    assert "Next steps are being worked out…" not in texts()
    page.close()
