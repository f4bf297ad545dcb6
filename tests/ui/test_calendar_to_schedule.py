"""What has no date yet, put into the calendar from the screen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from cocivic_desktop.domain.activities import Activity
from cocivic_desktop.domain.agreements import (
    Agreement,
    AgreementState,
    CommunicationRoutine,
    RoutineKind,
    RoutineRhythm,
)
from cocivic_desktop.domain.partnerships import Task
from cocivic_desktop.services import records, school_years
from cocivic_desktop.ui.pages.calendar.to_schedule import ToSchedulePart

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from cocivic_desktop.domain.partnerships import Partnership
    from cocivic_desktop.store.workspace import Workspace
    from cocivic_desktop.ui.context import Context


@pytest.fixture
def part(context: Context, workspace: Workspace, partnership: Partnership, qtbot: QtBot) -> ToSchedulePart:
    school_years.create(
        workspace,
        partnership.school_id,
        "2026/27",
        date(2026, 8, 1),
        date(2027, 7, 31),
        [("1", date(2026, 8, 24), date(2027, 1, 29)), ("2", date(2027, 2, 1), date(2027, 7, 2))],
    )
    agreement = Agreement(partnership_id=partnership.id, title="MoU", state=AgreementState.SIGNED)
    routine = CommunicationRoutine(
        agreement_id=agreement.id,
        kind=RoutineKind.STEERING,
        title="Steering group",
        rhythm=RoutineRhythm.PER_TERM,
        count=1,
    )
    task = Task(partnership_id=partnership.id, title="Order nets", due_on=date(2026, 9, 24))
    for one in (agreement, routine, task):
        records.add(workspace, one)
    made = ToSchedulePart(context)
    qtbot.addWidget(made)
    made.resize(822, 420)
    made.load(partnership.id)
    context.events.changed.connect(lambda _: made.reload())
    made.show()
    qtbot.waitExposed(made)
    settle(made, qtbot)
    return made


def settle(part: ToSchedulePart, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not part._jobs and not part.context.tasks.busy())


def rows(part: ToSchedulePart) -> list[tuple[str, ...]]:
    model = part.model
    return [tuple(str(model.index(row, column).data()) for column in range(3)) for row in range(model.rowCount())]


def test_one_click_or_key_plans_what_waits(part: ToSchedulePart, workspace: Workspace, qtbot: QtBot) -> None:
    assert rows(part) == [("Order nets", "Thu 24 Sept", "no date yet"), ("Steering group", "", "2 without a date")]
    table = part.ui.table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert part.slot_buttons[0].hasFocus()
    assert part.slot_buttons[0].text() == "Thu 24 Sept 15:00"
    qtbot.keyClick(part.slot_buttons[0], Qt.Key.Key_Space)
    settle(part, qtbot)
    planned = records.find(workspace, Activity)[0]
    assert (planned.title, planned.starts_on) == ("Order nets", date(2026, 9, 24))
    assert records.find(workspace, Task)[0].activity_id == planned.id
    assert rows(part) == [("Steering group", "", "2 without a date")]
    assert part.ui.planButton.text() == "Plan all 2"
    assert len(part.ui.proposedLabel.text().split(" · ")) == 2
    qtbot.mouseClick(part.ui.planButton, Qt.MouseButton.LeftButton)
    settle(part, qtbot)
    assert len(records.find(workspace, Activity)) == 3
    assert part.empty.isVisible()
    workspace.undo()
    settle(part, qtbot)
    assert rows(part) == [("Steering group", "", "2 without a date")]


def test_a_day_of_ones_own_and_what_is_done(part: ToSchedulePart, workspace: Workspace, qtbot: QtBot) -> None:
    ui = part.ui
    ui.table.selectRow(1)
    settle(part, qtbot)
    ui.otherDay.line.setText("nonsense")
    ui.otherDay.line.editingFinished.emit()
    qtbot.mouseClick(ui.placeButton, Qt.MouseButton.LeftButton)
    assert "no date" in ui.problemLabel.text()
    ui.otherDay.line.setText("5 Oct 2026")
    ui.otherDay.line.editingFinished.emit()
    qtbot.mouseClick(ui.placeButton, Qt.MouseButton.LeftButton)
    settle(part, qtbot)
    assert records.find(workspace, Activity)[0].starts_on == date(2026, 10, 5)
    assert rows(part)[1] == ("Steering group", "", "1 without a date")
    ui.table.selectRow(0)
    settle(part, qtbot)
    assert ui.atBox.itemText(0) == "Mon 5 Oct · Steering group"
    qtbot.mouseClick(ui.doneButton, Qt.MouseButton.LeftButton)
    settle(part, qtbot)
    assert records.find(workspace, Task)[0].done_on == date(2026, 9, 14)
    assert [row[0] for row in rows(part)] == ["Steering group"]


def test_a_narrow_list_tells_the_day_before_what_waits(part: ToSchedulePart, qtbot: QtBot) -> None:
    titles = [part.model.index(row, 0) for row in range(part.model.rowCount())]
    assert "Order nets" in [index.data() for index in titles]
    part.resize(700, 420)
    qtbot.waitUntil(lambda: part.ui.table.isColumnHidden(1))
    assert "Thu 24 Sept · Order nets" in [index.data() for index in titles]
    assert part.ui.table.columnWidth(0) > 120
