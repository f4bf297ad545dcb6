"""What happened to one entry of hours, from the store's history: when, which action, and what it replaced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cocivic_desktop.domain.hours import HourEntry

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace

SHOWN: Final = (
    "person_id",
    "head_count",
    "role",
    "worked_on",
    "start_time",
    "minutes",
    "category",
    "activity_id",
    "state",
    "remark",
)
"""Fields whose changes are worth telling, in the order in which they are told."""


@dataclass(frozen=True)
class Happening:
    """One action. `changed` has the field with its value before and after, as the store writes values; None is nothing.

    An action without changes is the one that noted the entry.
    """

    at: datetime
    action: str
    changed: tuple[tuple[str, str | None, str | None], ...]


def history(workspace: Workspace, entry_id: UUID) -> list[Happening]:
    """What happened to an entry, newest first, as far back as the store keeps its steps. Raises `NotFound`."""
    with workspace.read() as unit:
        unit.get(HourEntry, entry_id)
        columns = ", ".join(SHOWN)
        (row,) = unit.rows(f"SELECT {columns} FROM hour_entry WHERE id = :id", id=entry_id)  # noqa: S608 - our own names
    now = {name: None if value is None else str(value) for name, value in zip(SHOWN, row, strict=True)}
    found = []
    for step, before in workspace.history_of("hour_entry", entry_id):
        changed = tuple(
            (name, before[name], now[name]) for name in SHOWN if name in before and before[name] != now[name]
        )
        found.append(Happening(step.at, step.action, changed))
        now.update(before)
    return found
