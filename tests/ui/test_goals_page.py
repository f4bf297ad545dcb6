"""Stage 2: goals with assent and indicators, common ground."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
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


def test_a_side_agrees_today_with_one_click_and_takes_it_back(
    opened: Opened, qtbot: QtBot, workspace: Workspace, partnership: Partnership, goal: SharedGoal, context: Context
) -> None:
    teacher = Person(name="Tom Berg", organisation_id=partnership.school_id)
    records.add(workspace, teacher)
    records.change(workspace, SharedGoal, goal.id, owner_school_id=teacher.id)
    ui = opened().goals.ui
    assert ui.assent_school.text() == "Agreed today by Tom Berg" and ui.takeBack_school.isHidden()
    ui.assent_school.click()
    stored = records.get(workspace, SharedGoal, goal.id)
    assert (stored.agreed_school_on, stored.agreed_school_by) == (context.today(), "Tom Berg")
    qtbot.waitUntil(lambda: ui.agreed_school_by.text() == "Tom Berg")
    assert ui.assent_school.isHidden()
    ui.takeBack_school.click()
    assert records.get(workspace, SharedGoal, goal.id).agreed_school_on is None
    ui.assent_cso.click()
    assert records.get(workspace, SharedGoal, goal.id).agreed_cso_on is None, "somebody has to be named"
    assert ui.agreed_cso_by.window().focusWidget() is ui.agreed_cso_by
    qtbot.keyClicks(ui.agreed_cso_by, "Ada")
    ui.assent_cso.click()
    assert records.get(workspace, SharedGoal, goal.id).agreed_cso_by == "Ada"


def test_the_quality_check_leads_to_each_field(
    opened: Opened, qtbot: QtBot, workspace: Workspace, goal: SharedGoal, partnership: Partnership
) -> None:
    part = opened().goals
    assert part.ui.quality.ui.countLabel.text() == "0 of 5"
    before = len(part.ui.quality.buttons)
    named = {one.accessibleName().split(": ", 1)[1]: one for one in part.ui.quality.buttons}
    named["The school gains nothing from it yet."].click()
    assert part.window().focusWidget() is part.ui.benefit_school
    named["Nobody could say later whether it was reached."].click()
    assert part.window().focusWidget() is part.indicators.ui.indicators.empty.action_button
    qtbot.keyClicks(part.ui.benefit_school, "Practice")
    part.form.flush()
    qtbot.waitUntil(lambda: len(part.ui.quality.buttons) == before - 1)
    records.add(workspace, Indicator(partnership_id=partnership.id, goal_id=goal.id, name="Things", target=5.0))
    missing = "Open the field: Not said how it is measured: Things."
    qtbot.waitUntil(lambda: missing in [one.accessibleName() for one in part.ui.quality.buttons])
    next(one for one in part.ui.quality.buttons if one.accessibleName() == missing).click()
    assert part.window().focusWidget() is part.indicators.ui.measured_how
    qtbot.keyClicks(part.indicators.ui.measured_how, "list on the wall")
    part.indicators.form.flush()
    assert records.find(workspace, Indicator)[0].measured_how == "list on the wall"


def test_the_goal_sheet_is_saved(
    opened: Opened, qtbot: QtBot, goal: SharedGoal, context: Context, tmp_path: Path
) -> None:
    said: list[str] = []
    context.notify = said.append
    part = opened().goals
    menu = part.sheet_button.menu()
    assert [one.text() for one in menu.actions()] == ["English", "German", "Spanish", "Turkish"]
    part.save_sheet_to(tmp_path / "goals.docx", "de")
    qtbot.waitUntil(lambda: bool(said), timeout=15_000)
    assert (tmp_path / "goals.docx").stat().st_size > 5_000


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


def test_a_step_leads_to_what_an_indicator_lacks(
    opened: Opened, workspace: Workspace, goal: SharedGoal, partnership: Partnership
) -> None:
    one = Indicator(partnership_id=partnership.id, goal_id=goal.id, name="Things", target=5.0)
    records.add(workspace, one)
    panel = opened("indicators", one.id).goals.indicators
    assert panel.window().focusWidget() is panel.ui.measured_how


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
