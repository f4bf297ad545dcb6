"""Templates of hours: entries that come back often, kept under a name and logged with a key."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cocivic_desktop.domain.hours import HourEntry, HourTemplate
from cocivic_desktop.services import records

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace

SHARED: Final = (
    "partnership_id",
    "person_id",
    "head_count",
    "role",
    "start_time",
    "minutes",
    "category",
    "activity_id",
    "remark",
)
"""Fields that a template and its entries have in common."""


def templates(workspace: Workspace, partnership_id: UUID, *, archived: bool = False) -> list[HourTemplate]:
    """The templates of a partnership in the person's order; with `archived`, also those put away."""
    return records.find(workspace, HourTemplate, archived=None if archived else False, partnership_id=partnership_id)


def entry_of(template: HourTemplate, worked_on: date) -> HourEntry:
    """The entry that a template stands for on a day, not stored."""
    return HourEntry(worked_on=worked_on, **{name: getattr(template, name) for name in SHARED})


def keep(workspace: Workspace, entry: HourEntry, title: str) -> HourTemplate:
    """Keep an entry as a template, behind the others. Raises `InvalidField`."""
    template = HourTemplate(title=title, **{name: getattr(entry, name) for name in SHARED})
    records.add(workspace, template)
    return template
