from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from cocivic_desktop.domain.goals import GoalTheme, SharedGoal
from cocivic_desktop.services import records
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.models.record_table import CHIP_ROLE, SORT_ROLE, Chip, Column, RecordTableModel
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.widgets.record_list import ListSetup, RecordList

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from cocivic_desktop.domain.partnerships import Partnership
    from cocivic_desktop.ui.context import Context


@pytest.fixture
def goals(qtbot: QtBot, context: Context, partnership: Partnership) -> RecordList:
    made = RecordList()
    qtbot.addWidget(made)

    def find(archived: bool) -> list[SharedGoal]:
        kept = None if archived else False
        return records.find(
            context.workspace, SharedGoal, archived=kept, order="position", partnership_id=partnership.id
        )

    made.setup(
        context,
        ListSetup(
            cls=SharedGoal,
            key="goals",
            title="Goals",
            columns=[
                Column("statement", "Goal", lambda goal: goal.statement),
                Column(
                    "theme",
                    "Theme",
                    lambda goal: goal.theme,
                    width=120,
                    change=lambda goal, value: records.change(context.workspace, SharedGoal, goal.id, theme=value),
                    choices=lambda: choices.enum_choices(GoalTheme),
                ),
                Column("state", "State", lambda goal: Chip("open", "bad"), width=80),
            ],
            find=find,
            new=lambda: SharedGoal(partnership_id=partnership.id, statement="New goal"),
            ordered=True,
            empty_title="No goals",
        ),
    )
    made.resize(600, 400)
    made.show()
    made.reload()
    return made


def statements(goals: RecordList) -> list[str]:
    return [row.statement for row in goals.model.rows]


def fill(goals: RecordList, context: Context, partnership: Partnership, *texts: str) -> None:
    for text in texts:
        records.add(context.workspace, SharedGoal(partnership_id=partnership.id, statement=text))
    goals.reload()


def test_empty_state_adds_the_first(goals: RecordList) -> None:
    assert goals.empty.isVisible()
    assert not goals.add_button.isVisible()
    QTest.mouseClick(goals.empty.action_button, Qt.MouseButton.LeftButton)
    assert statements(goals) == ["New goal"]
    assert goals.table.isVisible()
    assert goals.current is not None


def test_order_by_keyboard_and_undo(goals: RecordList, context: Context, partnership: Partnership) -> None:
    fill(goals, context, partnership, "one", "two", "three")
    goals.select(goals.model.rows[2].id)
    goals.shift(-1)
    assert statements(goals) == ["one", "three", "two"]
    assert goals.current is not None
    assert goals.current.statement == "three"
    goals.shift(-1)
    goals.shift(-1)
    assert statements(goals) == ["three", "one", "two"]
    assert not goals.up_button.isEnabled()
    context.workspace.undo()
    goals.reload()
    assert statements(goals) == ["one", "three", "two"]


def test_archive_and_bring_back(goals: RecordList, context: Context, partnership: Partnership) -> None:
    fill(goals, context, partnership, "one", "two")
    goals.select(goals.model.rows[0].id)
    goals.archive()
    assert statements(goals) == ["two"]
    assert goals.archived_button.isVisible()
    goals.archived_button.setChecked(True)
    assert statements(goals) == ["one", "two"]
    goals.select(goals.model.rows[0].id)
    goals.archive()
    goals.archived_button.setChecked(False)
    assert statements(goals) == ["one", "two"]


def test_selection_follows_its_record(goals: RecordList, context: Context, partnership: Partnership) -> None:
    fill(goals, context, partnership, "one", "two")
    goals.select(goals.model.rows[1].id)
    records.reorder(context.workspace, SharedGoal, [row.id for row in reversed(goals.model.rows)])
    goals.reload()
    assert goals.current is not None
    assert goals.current.statement == "two"


def test_form_shows_the_selected_record(
    qtbot: QtBot, goals: RecordList, context: Context, partnership: Partnership
) -> None:
    pane = QWidget()
    qtbot.addWidget(pane)
    line = QLineEdit()
    line.setObjectName("statement")
    QVBoxLayout(pane).addWidget(line)
    form = RecordForm(context, SharedGoal, pane)
    goals.attach(form, pane)
    fill(goals, context, partnership, "one", "two")
    assert line.text() == "one"
    goals.select(goals.model.rows[1].id)
    assert line.text() == "two"
    goals.add()
    assert line.text() == "New goal"
    assert line.selectedText() == "New goal"


def test_choosing_in_a_cell_stores_the_value(goals: RecordList, context: Context, partnership: Partnership) -> None:
    fill(goals, context, partnership, "one")
    wanted = list(GoalTheme).index(GoalTheme.HEALTH)
    assert goals.model.setData(goals.model.index(0, 1), wanted)
    goals.reload()
    assert goals.model.rows[0].theme is GoalTheme.HEALTH
    assert goals.model.index(0, 1).data() == "health"


def test_widths_are_remembered(qtbot: QtBot, goals: RecordList, context: Context, partnership: Partnership) -> None:
    fill(goals, context, partnership, "one")
    goals.table.setColumnWidth(1, 177)
    again = RecordList()
    qtbot.addWidget(again)
    again.setup(context, goals._setup)
    assert again.table.columnWidth(1) == 177


def test_model_obeys_the_rules_of_qt(context: Context) -> None:
    model: RecordTableModel[SharedGoal] = RecordTableModel(
        [Column("a", "A", lambda goal: goal.statement), Column("b", "B", lambda goal: Chip("x", "good"))]
    )
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    from uuid import uuid4

    rows = [SharedGoal(partnership_id=uuid4(), statement=f"goal {number}") for number in range(20)]
    model.set_rows(rows)
    model.set_rows(rows[5:])
    model.set_rows(list(rows[5:]))
    model.set_rows([])
    model.set_rows(rows)
    assert model.index(0, 1).data(CHIP_ROLE) == Chip("x", "good")
    assert model.index(3, 0).data(SORT_ROLE) == "goal 3"
    assert model.row_of(rows[7].id) == 7
    assert tester.model() is model
