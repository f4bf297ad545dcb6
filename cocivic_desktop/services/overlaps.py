"""The overlap map: our themes against the school's objectives, and the goals that grow from common ground.

Themes are those of our organisation, objectives those of the partnership's school, in their own words; a cell that
somebody has touched is an `Overlap`. Every function that writes is one undoable step.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import InvalidField, NotFound
from cocivic_desktop.domain.goals import GoalTheme, SharedGoal
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.partnerships import Overlap, Partnership
from cocivic_desktop.domain.rules.goal_quality import grown_from
from cocivic_desktop.services import records

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

STRENGTHS = 3
"""0 none, 1 some, 2 strong."""
THEME_WORDS: dict[GoalTheme, tuple[str, ...]] = {
    GoalTheme.EMPLOYABILITY: ("employ", "work", "job", "career", "skill", "beruf", "arbeit", "emple", "istihdam"),
    GoalTheme.SUSTAINABILITY: (
        "sustain", "climate", "waste", "litter", "repair", "reuse", "environment", "energy", "nachhalt", "klima",
        "umwelt", "mull", "abfall", "sosten", "ambient", "residuo", "surdur", "iklim", "cevre", "atik",
    ),
    GoalTheme.INCLUSION: ("inclu", "access", "barrier", "migra", "refug", "drop-out", "inklus", "teilhab", "kapsay"),
    GoalTheme.DIGITAL: ("digital", "software", "online", "internet", "dijital", "app"),
    GoalTheme.HEALTH: ("health", "sport", "food", "gesund", "ernahr", "salud", "saglik"),
    GoalTheme.CULTURE: ("cultur", "music", "art", "heritage", "theatre", "kultur", "musik", "kunst", "muzik", "sanat"),
}  # fmt: skip
"""Folded beginnings of words by which a goal's theme is proposed; else it is citizenship."""


@dataclass(frozen=True)
class OverlapMap:
    """Rows, columns and the cells that somebody has touched, by (theme, objective)."""

    partnership: Partnership
    our_id: UUID | None
    themes: list[str]
    objectives: list[str]
    cells: dict[tuple[str, str], Overlap] = field(default_factory=dict)

    def strength(self, theme: str, objective: str) -> int:
        """How much the two have in common: 0 none, 1 some, 2 strong."""
        cell = self.cells.get((theme, objective))
        return cell.strength if cell is not None else 0


def overlap_map(workspace: Workspace, partnership_id: UUID) -> OverlapMap:
    """The map of a partnership; rows and columns that only a cell knows come last. Raises `NotFound`."""
    with workspace.read() as unit:
        return _map(unit, partnership_id)


def set_cell(
    workspace: Workspace,
    partnership_id: UUID,
    theme: str,
    objective: str,
    *,
    strength: int | None = None,
    common_ground: str | None = None,
) -> Changes:
    """Set how much a theme and an objective have in common, or in words what; None leaves it as it is."""
    found = overlap_map(workspace, partnership_id).cells.get((theme, objective))
    if found is None:
        made = Overlap(partnership_id=partnership_id, theme=theme, objective=objective)
        made.strength, made.common_ground = strength or 0, common_ground or ""
        return records.add(workspace, made)
    wanted = {"strength": strength, "common_ground": common_ground}
    return records.change(
        workspace, Overlap, found.id, **{name: value for name, value in wanted.items() if value is not None}
    )


def add_theme(workspace: Workspace, text: str) -> Changes:
    """Add a theme to our organisation. Raises `InvalidField` for nothing or what is there, `NotFound` without one."""
    return _change_list(workspace, _ours(workspace), "focus_themes", lambda texts: [*texts, _new(text, texts)])


def add_objective(workspace: Workspace, partnership_id: UUID, text: str) -> Changes:
    """Add an objective to the partnership's school. Raises `InvalidField` for nothing or what is there."""
    school = records.get(workspace, Partnership, partnership_id).school_id
    return _change_list(workspace, school, "objectives", lambda texts: [*texts, _new(text, texts)])


def rename_theme(workspace: Workspace, old: str, new: str) -> Changes:
    """Word a theme of ours differently, in every partnership's map. Raises as `add_theme`."""
    return _rename(workspace, _ours(workspace), "focus_themes", "theme", old, new)


def rename_objective(workspace: Workspace, partnership_id: UUID, old: str, new: str) -> Changes:
    """Word an objective of the school differently, in the maps of all partnerships with it. Raises as `add_theme`."""
    school = records.get(workspace, Partnership, partnership_id).school_id
    return _rename(workspace, school, "objectives", "objective", old, new)


def remove_theme(workspace: Workspace, partnership_id: UUID, theme: str) -> Changes:
    """Take a theme out of our organisation's list, with its cells in this partnership's map."""
    return _remove(workspace, partnership_id, _ours(workspace), "focus_themes", "theme", theme)


def remove_objective(workspace: Workspace, partnership_id: UUID, objective: str) -> Changes:
    """Take an objective out of the school's list, with its cells in this partnership's map."""
    school = records.get(workspace, Partnership, partnership_id).school_id
    return _remove(workspace, partnership_id, school, "objectives", "objective", objective)


def goal_of(workspace: Workspace, overlap: Overlap) -> SharedGoal | None:
    """The goal that has grown from a cell already: it still serves its theme and its objective."""
    goals = records.find(workspace, SharedGoal, order="position", partnership_id=overlap.partnership_id)
    return next((one for one in goals if grown_from(one, overlap)), None)


def goal_from_overlap(workspace: Workspace, overlap_id: UUID, statement: str) -> tuple[SharedGoal, Changes]:
    """Add a shared goal that grows from common ground; `statement` is its wording where none is written there.

    Mission, benefit, theme, curriculum and the end of the partnership are taken over where they are known.
    """
    overlap = records.get(workspace, Overlap, overlap_id)
    partnership = records.get(workspace, Partnership, overlap.partnership_id)
    school = records.get(workspace, Organisation, partnership.school_id)
    goal = SharedGoal(
        partnership_id=overlap.partnership_id,
        statement=overlap.common_ground.strip() or statement,
        theme=theme_of(f"{overlap.theme} {overlap.objective} {overlap.common_ground}"),
        mission_link=overlap.theme,
        benefit_school=overlap.objective,
        curriculum_link=", ".join(school.vocational_fields),
        target_on=partnership.ends_on,
    )
    return goal, records.add(workspace, goal)


def theme_of(text: str) -> GoalTheme:
    """The theme that a text speaks of most; citizenship where it speaks of none."""
    words = fold(text).replace(",", " ").split()
    counts = {theme: sum(word.startswith(beginnings) for word in words) for theme, beginnings in THEME_WORDS.items()}
    best = max(counts, key=lambda theme: counts[theme])
    return best if counts[best] else GoalTheme.CITIZENSHIP


def _map(unit: UnitOfWork, partnership_id: UUID) -> OverlapMap:
    partnership = unit.get(Partnership, partnership_id)
    ours = unit.first(Organisation, is_ours=True)
    school = unit.first(Organisation, archived=None, id=partnership.school_id)
    overlaps = unit.find(Overlap, partnership_id=partnership_id)
    themes = [*(ours.focus_themes if ours else []), *(one.theme for one in overlaps)]
    objectives = [*(school.objectives if school else []), *(one.objective for one in overlaps)]
    return OverlapMap(
        partnership,
        ours.id if ours else None,
        list(dict.fromkeys(themes)),
        list(dict.fromkeys(objectives)),
        {(one.theme, one.objective): one for one in overlaps},
    )


def _ours(workspace: Workspace) -> UUID:
    found = records.find(workspace, Organisation, is_ours=True)
    if not found:
        raise NotFound("Our own organisation is not described yet. Add it under Schools, then its themes.")
    return found[0].id


def _new(text: str, present: list[str]) -> str:
    text = " ".join(text.split())
    if not text:
        raise InvalidField("text", "required")
    if fold(text) in map(fold, present):
        raise InvalidField("text", "already_there")
    return text


def _change_list(workspace: Workspace, id: UUID, name: str, change: Callable[[list[str]], list[str]]) -> Changes:
    present = getattr(records.get(workspace, Organisation, id), name)
    return records.change(workspace, Organisation, id, **{name: change(list(present))})


def _rename(workspace: Workspace, id: UUID, name: str, column: str, old: str, new: str) -> Changes:
    organisation = records.get(workspace, Organisation, id)
    others = [text for text in getattr(organisation, name) if text != old]
    new = _new(new, others)
    if new == old:
        return Changes()
    with workspace.write("change_organisation", records.label_of(organisation)) as unit:
        organisation = unit.get(Organisation, id)
        texts: list[str] = getattr(organisation, name)
        setattr(organisation, name, [new if text == old else text for text in texts] if old in texts else [*texts, new])
        wanted: dict[str, Any] = {column: old}
        if not organisation.is_ours:
            wanted["partnership_id"] = _partnerships_with(unit, id)
        for cell in unit.find(Overlap, archived=None, **wanted):
            setattr(cell, column, new)
    return workspace.last_changes


def _remove(workspace: Workspace, partnership_id: UUID, id: UUID, name: str, column: str, text: str) -> Changes:
    with workspace.write("change_organisation", text) as unit:
        organisation = unit.get(Organisation, id)
        setattr(organisation, name, [one for one in getattr(organisation, name) if one != text])
        wanted: dict[str, Any] = {"partnership_id": partnership_id, column: text}
        for cell in unit.find(Overlap, **wanted):
            cell.archived = True
    return workspace.last_changes


def _partnerships_with(unit: UnitOfWork, school_id: UUID) -> list[UUID]:
    return [one.id for one in unit.find(Partnership, archived=None, school_id=school_id)]
