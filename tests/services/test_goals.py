"""The overlap map, goals that grow from it, each side's assent, and the quality check over a workspace."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.errors import InvalidField
from cocivic_desktop.domain.goals import GoalTheme, Indicator, SharedGoal
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnerships import Overlap, Partnership
from cocivic_desktop.services import goals, overlaps, records

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace

TODAY = date(2026, 9, 14)


def ours(workspace: Workspace) -> Organisation:
    return records.find(workspace, Organisation, is_ours=True)[0]


@pytest.fixture
def mapped(workspace: Workspace, partnership: Partnership) -> Partnership:
    """One theme and one objective with something in common."""
    overlaps.add_theme(workspace, "  Repair and   reuse ")
    overlaps.add_objective(workspace, partnership.id, "School without waste")
    overlaps.set_cell(
        workspace,
        partnership.id,
        "Repair and reuse",
        "School without waste",
        strength=2,
        common_ground="A repair corner that 20 students run",
    )
    return partnership


def test_rows_and_columns_come_from_both_sides(workspace: Workspace, mapped: Partnership) -> None:
    found = overlaps.overlap_map(workspace, mapped.id)
    assert (found.themes, found.objectives) == (["Repair and reuse"], ["School without waste"])
    assert found.strength("Repair and reuse", "School without waste") == 2
    assert found.strength("Repair and reuse", "other") == 0
    assert ours(workspace).focus_themes == ["Repair and reuse"]


@pytest.mark.parametrize("text", ["", "  ", "repair AND reuse"])
def test_a_theme_is_something_new(workspace: Workspace, mapped: Partnership, text: str) -> None:
    with pytest.raises(InvalidField):
        overlaps.add_theme(workspace, text)
    assert ours(workspace).focus_themes == ["Repair and reuse"]


def test_a_cell_keeps_what_is_not_named(workspace: Workspace, mapped: Partnership) -> None:
    overlaps.set_cell(workspace, mapped.id, "Repair and reuse", "School without waste", strength=1)
    (cell,) = records.find(workspace, Overlap)
    assert (cell.strength, cell.common_ground) == (1, "A repair corner that 20 students run")
    workspace.undo()
    assert records.get(workspace, Overlap, cell.id).strength == 2


def test_another_wording_takes_its_cells_along(workspace: Workspace, mapped: Partnership) -> None:
    overlaps.rename_theme(workspace, "Repair and reuse", "Repairing")
    overlaps.rename_objective(workspace, mapped.id, "School without waste", "Zero waste")
    found = overlaps.overlap_map(workspace, mapped.id)
    assert (found.themes, found.objectives) == (["Repairing"], ["Zero waste"])
    assert found.strength("Repairing", "Zero waste") == 2
    workspace.undo()
    workspace.undo()
    assert overlaps.overlap_map(workspace, mapped.id).strength("Repair and reuse", "School without waste") == 2


def test_a_removed_row_is_gone_with_its_cells_in_one_step(workspace: Workspace, mapped: Partnership) -> None:
    overlaps.remove_theme(workspace, mapped.id, "Repair and reuse")
    found = overlaps.overlap_map(workspace, mapped.id)
    assert (found.themes, found.cells) == ([], {})
    workspace.undo()
    assert len(overlaps.overlap_map(workspace, mapped.id).cells) == 1


def test_a_goal_grows_from_common_ground(workspace: Workspace, mapped: Partnership) -> None:
    records.change(workspace, Organisation, mapped.school_id, vocational_fields=["Mechatronics", "Design"])
    (cell,) = records.find(workspace, Overlap)
    assert overlaps.goal_of(workspace, cell) is None
    goal, _changes = overlaps.goal_from_overlap(workspace, cell.id, "unused")
    stored = records.get(workspace, SharedGoal, goal.id)
    assert stored.statement == "A repair corner that 20 students run"
    assert (stored.mission_link, stored.benefit_school) == ("Repair and reuse", "School without waste")
    assert stored.curriculum_link == "Mechatronics, Design"
    assert (stored.theme, stored.target_on) == (GoalTheme.SUSTAINABILITY, mapped.ends_on)
    found = overlaps.goal_of(workspace, cell)
    assert found is not None and found.id == goal.id


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("Repair and reuse", GoalTheme.SUSTAINABILITY),
        ("Berufliche Orientierung", GoalTheme.EMPLOYABILITY),
        ("Inclusión de todas", GoalTheme.INCLUSION),
        ("İklim", GoalTheme.SUSTAINABILITY),
        ("Something else", GoalTheme.CITIZENSHIP),
    ],
)
def test_a_theme_is_proposed(text: str, theme: GoalTheme) -> None:
    assert overlaps.theme_of(text) is theme


@pytest.fixture
def goal(workspace: Workspace, partnership: Partnership) -> UUID:
    person = Person(name="Ada Brandt", organisation_id=partnership.school_id)
    records.add(workspace, person)
    made = SharedGoal(partnership_id=partnership.id, statement="Repair things", owner_school_id=person.id)
    records.add(workspace, made)
    return made.id


def test_a_side_agrees_with_a_name_and_takes_it_back(workspace: Workspace, goal: UUID) -> None:
    stored = records.get(workspace, SharedGoal, goal)
    assert goals.assenting_name(workspace, stored, Side.SCHOOL) == "Ada Brandt"
    assert goals.assenting_name(workspace, stored, Side.CSO) == ""
    with pytest.raises(InvalidField):
        goals.assent(workspace, goal, Side.CSO, " ", TODAY)
    goals.assent(workspace, goal, Side.SCHOOL, "Ada  Brandt", TODAY)
    stored = records.get(workspace, SharedGoal, goal)
    assert (stored.agreed_school_on, stored.agreed_school_by, stored.agreed_cso_on) == (TODAY, "Ada Brandt", None)
    goals.take_back_assent(workspace, goal, Side.SCHOOL)
    stored = records.get(workspace, SharedGoal, goal)
    assert (stored.agreed_school_on, stored.agreed_school_by) == (None, "")
    workspace.undo()
    assert records.get(workspace, SharedGoal, goal).agreed_school_by == "Ada Brandt"


def test_our_coordinator_speaks_for_us(workspace: Workspace, partnership: Partnership, goal: UUID) -> None:
    person = Person(name="Jonas Petersen", organisation_id=ours(workspace).id)
    records.add(workspace, person)
    records.change(workspace, Partnership, partnership.id, coordinator_id=person.id)
    assert goals.assenting_name(workspace, records.get(workspace, SharedGoal, goal), Side.CSO) == "Jonas Petersen"


def test_quality_reads_goals_with_their_own_indicators(
    workspace: Workspace, partnership: Partnership, goal: UUID
) -> None:
    other = SharedGoal(partnership_id=partnership.id, statement="Second")
    records.add(workspace, other)
    records.add(workspace, Indicator(partnership_id=partnership.id, goal_id=goal, name="Things", target=5.0))
    found = goals.quality(workspace, partnership.id, TODAY)
    assert list(found) == [goal, other.id]
    assert "indicator_missing" in {one.code for one in found[other.id]}
    assert {one.code for one in found[goal]} >= {"baseline_missing", "statement_short", "owner_cso_missing"}
    assert "indicator_missing" not in {one.code for one in found[goal]}
    assert list(goals.quality(workspace, partnership.id, TODAY, other.id)) == [other.id]
