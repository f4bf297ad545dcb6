"""The overlap map: filled by keys and clicks, reworded, shown large, and the start of a goal."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QDialog

from cocivic_desktop.domain.goals import SharedGoal
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.partnerships import Overlap, Partnership, Stage
from cocivic_desktop.services import overlaps, records
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.pages.goals.overlap_matrix import STRENGTH_ROLE, mark_place
from cocivic_desktop.ui.pages.goals_page import GoalsPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from cocivic_desktop.store.workspace import Workspace

Opened = Callable[[], GoalsPage]


@pytest.fixture
def opened(qtbot: QtBot, context: Context, partnership: Partnership) -> Opened:
    """Opens the page at the map."""
    page = GoalsPage(context)
    qtbot.addWidget(page)
    page.resize(822, 490)

    def open_map() -> GoalsPage:
        page.show_partnership(partnership.id)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        page.go_to(Target.partnership(partnership.id, Stage.GOALS, "overlaps"))
        return page

    return open_map


@pytest.fixture
def lists(workspace: Workspace, partnership: Partnership) -> None:
    """Two themes and two objectives."""
    ours = records.find(workspace, Organisation, is_ours=True)[0]
    records.change(workspace, Organisation, ours.id, focus_themes=["Repair", "Litter"])
    records.change(workspace, Organisation, partnership.school_id, objectives=["No waste", "Fewer drop-outs"])


def cells(workspace: Workspace) -> dict[tuple[str, str], int]:
    return {(one.theme, one.objective): one.strength for one in records.find(workspace, Overlap)}


def test_rows_and_columns_are_added_in_place(opened: Opened, qtbot: QtBot, workspace: Workspace) -> None:
    part = opened().overlaps
    assert part.ui.stack.currentWidget() is part.ui.empty and part.ui.pane.isHidden()
    assert part.ui.newTheme.hasFocus()
    qtbot.keyClicks(part.ui.newTheme, "Repair")
    qtbot.keyClick(part.ui.newTheme, Qt.Key.Key_Return)
    part.ui.empty.action_button.click()
    assert part.ui.newObjective.hasFocus()
    qtbot.keyClicks(part.ui.newObjective, "No waste")
    qtbot.keyClick(part.ui.newObjective, Qt.Key.Key_Return)
    assert part.ui.stack.currentWidget() is part.ui.matrix
    assert part.ui.matrix.pair == ("Repair", "No waste")
    qtbot.keyClicks(part.ui.newTheme, "repair")
    qtbot.keyClick(part.ui.newTheme, Qt.Key.Key_Return)
    assert part.ui.problemLabel.text() == "This is there already."
    assert part.ui.newTheme.text() == "repair", "what was typed is kept"


def test_keys_fill_the_map(opened: Opened, qtbot: QtBot, workspace: Workspace, lists: None) -> None:
    part = opened().overlaps
    matrix = part.ui.matrix
    QAbstractItemModelTester(matrix.overlaps, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert matrix.hasFocus()
    qtbot.keyClick(matrix, Qt.Key.Key_2)
    qtbot.keyClick(matrix, Qt.Key.Key_Right)
    qtbot.keyClick(matrix, Qt.Key.Key_Down)
    for expected in (1, 2, 0, 1):
        qtbot.keyClick(matrix, Qt.Key.Key_Space)
        assert cells(workspace)["Litter", "Fewer drop-outs"] == expected
        assert [part.ui.strength0, part.ui.strength1, part.ui.strength2][expected].isChecked()
    assert cells(workspace) == {("Repair", "No waste"): 2, ("Litter", "Fewer drop-outs"): 1}
    spoken = matrix.overlaps.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Repair and No waste: much in common. "
    workspace.undo()
    qtbot.waitUntil(part.ui.strength0.isChecked)


def test_a_click_on_the_circle_takes_the_next_step(
    opened: Opened, qtbot: QtBot, workspace: Workspace, lists: None
) -> None:
    matrix = opened().overlaps.ui.matrix
    rect = matrix.visualRect(matrix.overlaps.index(1, 0))
    inside = mark_place(QRectF(rect), matrix).center().toPoint()
    qtbot.mouseClick(matrix.viewport(), Qt.MouseButton.LeftButton, pos=inside)
    assert cells(workspace) == {("Litter", "No waste"): 1}
    qtbot.mouseClick(matrix.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert cells(workspace) == {("Litter", "No waste"): 1}, "elsewhere the cell is only chosen"


def test_common_ground_becomes_a_goal_and_is_found_again(
    opened: Opened, qtbot: QtBot, workspace: Workspace, lists: None
) -> None:
    page = opened()
    part = page.overlaps
    qtbot.keyClicks(part.ui.common_ground, "A repair corner at the school")
    part.ui.goalButton.click()
    (goal,) = records.find(workspace, SharedGoal)
    assert (goal.statement, goal.mission_link) == ("A repair corner at the school", "Repair")
    qtbot.waitUntil(lambda: page.ui.tabs.currentWidget() is page.goals)
    assert page.goals.form.record is not None and page.goals.form.record.id == goal.id
    page.ui.tabs.setCurrentWidget(part)
    qtbot.waitUntil(lambda: part.ui.goalButton.text() == "Open its goal")
    part.ui.goalButton.click()
    assert len(records.find(workspace, SharedGoal)) == 1


def test_common_ground_goes_to_its_own_cell(opened: Opened, qtbot: QtBot, workspace: Workspace, lists: None) -> None:
    part = opened().overlaps
    qtbot.keyClicks(part.ui.common_ground, "Together")
    part.ui.matrix.choose("Litter", "No waste")
    assert part.ui.common_ground.toPlainText() == ""
    found = overlaps.overlap_map(workspace, part.partnership).cells
    assert {key: one.common_ground for key, one in found.items()} == {("Repair", "No waste"): "Together"}


def test_a_theme_is_reworded_and_taken_out(opened: Opened, qtbot: QtBot, workspace: Workspace, lists: None) -> None:
    part = opened().overlaps
    part.set_strength(2)
    part.ui.themeName.selectAll()
    qtbot.keyClicks(part.ui.themeName, "Repairing")
    qtbot.keyClick(part.ui.themeName, Qt.Key.Key_Return)
    assert cells(workspace) == {("Repairing", "No waste"): 2}
    assert part.ui.matrix.pair == ("Repairing", "No waste")
    part.ui.removeTheme.click()
    assert cells(workspace) == {}
    qtbot.waitUntil(lambda: part.ui.matrix.overlaps.rowCount() == 1)
    workspace.undo()
    qtbot.waitUntil(lambda: part.ui.matrix.overlaps.rowCount() == 2)


def test_the_map_shown_large_is_the_same_map(opened: Opened, qtbot: QtBot, workspace: Workspace, lists: None) -> None:
    part = opened().overlaps
    part.ui.largeButton.click()
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible())
    large = dialog.findChild(type(part))
    assert large is not None and large.ui.matrix.font().pixelSize() > part.ui.matrix.font().pixelSize()
    qtbot.keyClick(large.ui.matrix, Qt.Key.Key_1)
    assert cells(workspace) == {("Repair", "No waste"): 1}
    for shown in (part, large):
        first = shown.ui.matrix.overlaps.index(0, 0)
        qtbot.waitUntil(lambda first=first: first.data(STRENGTH_ROLE) == 1)  # type: ignore[misc]
    dialog.close()
