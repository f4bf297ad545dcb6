"""Shared goals: each side's assent, indicators from the catalogue, and the quality check."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import InvalidField
from cocivic_desktop.domain.goals import Indicator, SharedGoal
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.rules import goal_quality
from cocivic_desktop.domain.rules.goal_quality import QualityFinding
from cocivic_desktop.services import records
from cocivic_desktop.services.school_years import views_of_schools

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace


def change_indicator(workspace: Workspace, indicator_id: UUID, /, language: str = "en", **fields: Any) -> Changes:
    """Set fields of an indicator. A `code` of the catalogue brings its name, aspect, unit and means along.

    Raises `InvalidField`, `NotFound`.
    """
    from cocivic_desktop.library.indicators import indicators_by_code

    item = indicators_by_code().get(fields.get("code", ""))
    if item is not None:
        catalogue = {"name": item.name(language), "aspect": item.aspect, "unit": item.unit, "means": item.means[0]}
        fields = {**catalogue, **fields}
    return records.change(workspace, Indicator, indicator_id, **fields)


def assent(workspace: Workspace, goal_id: UUID, side: Side, by: str, on: date) -> Changes:
    """Note that a side has agreed to a goal: who said so, and on which day. Raises `InvalidField` without a name."""
    by = " ".join(by.split())
    if not by:
        raise InvalidField(f"agreed_{_assenting(side)}_by", "required")
    return _set_assent(workspace, goal_id, side, "agree_goal", on, by)


def take_back_assent(workspace: Workspace, goal_id: UUID, side: Side) -> Changes:
    """A side has not agreed after all."""
    return _set_assent(workspace, goal_id, side, "disagree_goal", None, "")


def assenting_name(workspace: Workspace, goal: SharedGoal, side: Side) -> str:
    """Who most likely speaks for a side: the goal's owner there, else (for us) the partnership's coordinator."""
    owner = goal.owner_cso_id if _assenting(side) == "cso" else goal.owner_school_id
    if owner is None and side is Side.CSO:
        owner = records.get(workspace, Partnership, goal.partnership_id).coordinator_id
    found = records.find(workspace, Person, archived=None, id=owner) if owner is not None else []
    return found[0].name if found else ""


def quality(
    workspace: Workspace, partnership_id: UUID, today: date, goal_id: UUID | None = None
) -> dict[UUID, list[QualityFinding]]:
    """What would make the goals of a partnership better, by goal in their order; of one goal if it is named."""
    with workspace.read() as unit:
        partnership = unit.get(Partnership, partnership_id)
        goals = unit.find(SharedGoal, order="position", partnership_id=partnership_id)
        indicators = unit.find(Indicator, order="position", partnership_id=partnership_id)
        year = views_of_schools(unit, [partnership.school_id]).get(partnership.school_id)
    return {
        goal.id: goal_quality.check_goal(
            goal,
            [one for one in indicators if one.goal_id == goal.id],
            today=today,
            ends_on=partnership.ends_on,
            year=year,
        )
        for goal in goals
        if goal_id in (None, goal.id)
    }


def _assenting(side: Side) -> str:
    """The side in the names of fields; learners do not sign for a goal."""
    return "cso" if side is Side.CSO else "school"


def _set_assent(workspace: Workspace, goal_id: UUID, side: Side, action: str, on: date | None, by: str) -> Changes:
    name = _assenting(side)
    with workspace.write(action, records.label_of(records.get(workspace, SharedGoal, goal_id))) as unit:
        goal = unit.get(SharedGoal, goal_id)
        setattr(goal, f"agreed_{name}_on", on)
        setattr(goal, f"agreed_{name}_by", by)
    return workspace.last_changes
