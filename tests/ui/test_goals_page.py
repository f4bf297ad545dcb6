"""Stage 2: goals with assent and indicators, common ground."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from cocivic_desktop.domain.goals import Indicator, IndicatorMeans, Measurement, SharedGoal
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnerships import Partnership, Stage
from cocivic_desktop.services import records
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.pages.goals_page import GoalsPage

if TYPE_CHECKING:
    from uuid import UUID

    from pytestqt.qtbot import QtBot

    from cocivic_desktop.store.workspace import Workspace

Opened = Callable[..., GoalsPage]


@pytest.fixture
def opened(qtbot: QtBot, context: Context, partnership: Partnership) -> Opened:
    """Opens the page at a section and a record, as a next step does."""
    page = GoalsPage(context)
    qtbot.addWidget(page)
    page.resize(822, 490)

    def open_at(section: str = "goals", item: UUID | None = None) -> GoalsPage:
        page.show_partnership(partnership.id)
        page.show()
        qtbot.waitExposed(page)
        page.go_to(Target.partnership(partnership.id, Stage.GOALS, section, item))
        return page

    return open_at


@pytest.fixture
def goal(workspace: Workspace, partnership: Partnership) -> SharedGoal:
    """A goal with words only."""
    made = SharedGoal(partnership_id=partnership.id, statement="Thirty things repaired")
    records.add(workspace, made)
    return made


def choose(box: object, number: int) -> None:
    """Choose from a combo box as a person does."""
    box.setCurrentIndex(number)  # type: ignore[attr-defined]
    box.activated.emit(number)  # type: ignore[attr-defined]


def test_the_empty_place_adds_a_goal_to_type_into(opened: Opened, qtbot: QtBot, workspace: Workspace) -> None:
    part = opened().goals
    assert part.ui.goals.empty.isVisible() and part.ui.detailScroll.isHidden()
    part.ui.goals.empty.action_button.click()
    assert part.ui.detailScroll.isVisible()
    part.ui.statement.selectAll()
    qtbot.keyClicks(part.ui.statement, "Neighbours repair together")
    part.form.flush()
    assert [one.statement for one in records.find(workspace, SharedGoal)] == ["Neighbours repair together"]
    workspace.undo()
    workspace.undo()
    qtbot.waitUntil(part.ui.goals.empty.isVisible)


def test_each_side_assents(opened: Opened, qtbot: QtBot, workspace: Workspace, goal: SharedGoal) -> None:
    part = opened().goals
    model = part.ui.goals.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert model.index(0, 1).data() == "nobody yet"
    for field, text in ((part.ui.agreed_cso_on, "2026-09-01"), (part.ui.agreed_school_on, "2026-09-02")):
        qtbot.keyClicks(field.line, text)
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
    stored = records.get(workspace, SharedGoal, goal.id)
    assert (stored.agreed_cso_on, stored.agreed_school_on) == (date(2026, 9, 1), date(2026, 9, 2))
    qtbot.waitUntil(lambda: model.index(0, 1).data() == "both sides")


def test_owners_come_from_their_own_side(
    opened: Opened, workspace: Workspace, partnership: Partnership, goal: SharedGoal
) -> None:
    ours = records.find(workspace, Organisation, is_ours=True)[0]
    records.add(workspace, Person(name="Ada", organisation_id=ours.id))
    teacher = Person(name="Tom", organisation_id=partnership.school_id)
    records.add(workspace, teacher)
    ui = opened().goals.ui
    assert [ui.owner_cso_id.itemText(n) for n in range(ui.owner_cso_id.count())] == ["–", "Ada"]
    choose(ui.owner_school_id, 1)
    assert records.get(workspace, SharedGoal, goal.id).owner_school_id == teacher.id


def test_goals_move_and_are_put_away(
    opened: Opened, qtbot: QtBot, workspace: Workspace, partnership: Partnership, goal: SharedGoal
) -> None:
    records.add(workspace, SharedGoal(partnership_id=partnership.id, statement="Second"))
    goals = opened().goals.ui.goals
    goals.select(goal.id)
    with qtbot.waitActive(goals.window()):
        goals.window().activateWindow()
    goals.table.setFocus()
    qtbot.keyClick(goals.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [one.statement for one in records.find(workspace, SharedGoal, order="position")] == [
        "Second",
        "Thirty things repaired",
    ]
    goals.archive()
    assert records.get(workspace, SharedGoal, goal.id).archived


def test_a_step_leads_to_what_the_goal_lacks(opened: Opened, workspace: Workspace, goal: SharedGoal) -> None:
    records.change(workspace, SharedGoal, goal.id, benefit_cso="evidence")
    part = opened("goals", goal.id).goals
    assert part.window().focusWidget() is part.ui.benefit_school


def test_an_indicator_of_the_catalogue_brings_its_words(
    opened: Opened, qtbot: QtBot, workspace: Workspace, goal: SharedGoal
) -> None:
    panel = opened().goals.indicators
    panel.ui.indicators.add()
    choose(panel.ui.code, 1)
    indicator = records.find(workspace, Indicator)[0]
    assert indicator.goal_id == goal.id and indicator.code == "agreement_signed"
    assert (indicator.means, indicator.unit) == (IndicatorMeans.COMPUTED, "yes_no")
    qtbot.waitUntil(panel.ui.computedLabel.isVisible)
    assert panel.ui.name.text() == "Agreement exists and is signed"
    panel.ui.target.setValue(1)
    panel.form.flush()
    assert records.get(workspace, Indicator, indicator.id).target == 1


def test_an_own_unit_is_kept(opened: Opened, qtbot: QtBot, workspace: Workspace, goal: SharedGoal) -> None:
    panel = opened().goals.indicators
    panel.ui.indicators.add()
    panel.ui.unitChoice.setEditText("kg")
    qtbot.keyClick(panel.ui.unitChoice.lineEdit(), Qt.Key.Key_Return)
    assert records.find(workspace, Indicator)[0].unit == "kg"


def test_measurements_follow_the_indicator(
    opened: Opened, qtbot: QtBot, workspace: Workspace, goal: SharedGoal, partnership: Partnership, context: Context
) -> None:
    for name in ("one", "two"):
        records.add(workspace, Indicator(partnership_id=partnership.id, goal_id=goal.id, name=name, unit="count"))
    panel = opened().goals.indicators
    panel.ui.measurements.add()
    panel.ui.value.setValue(12.5)
    panel.measurement_form.flush()
    measurement = records.find(workspace, Measurement)[0]
    assert (measurement.value, measurement.measured_on) == (12.5, context.today())
    qtbot.waitUntil(lambda: panel.ui.indicators.model.index(0, 1).data() == "12.5")
    panel.ui.indicators.select(records.find(workspace, Indicator, name="two")[0].id)
    assert not panel.ui.measurements.model.rows


def test_changes_made_elsewhere_are_shown(opened: Opened, qtbot: QtBot, workspace: Workspace, goal: SharedGoal) -> None:
    part = opened().goals
    records.change(workspace, SharedGoal, goal.id, benefit_school="Research with a partner")
    qtbot.waitUntil(lambda: part.ui.benefit_school.toPlainText() == "Research with a partner")
