"""Shared goals: their indicators from the catalogue, and goals that grow from common ground."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.goals import Indicator, SharedGoal
from cocivic_desktop.domain.partnerships import Overlap
from cocivic_desktop.services import records

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


def goal_from_overlap(workspace: Workspace, overlap_id: UUID, statement: str) -> tuple[SharedGoal, Changes]:
    """Add a shared goal that grows from a piece of common ground; `statement` is its first wording."""
    overlap = records.get(workspace, Overlap, overlap_id)
    goal = SharedGoal(
        partnership_id=overlap.partnership_id,
        statement=overlap.common_ground.strip() or statement,
        mission_link=overlap.theme,
        benefit_school=overlap.objective,
    )
    return goal, records.add(workspace, goal)
