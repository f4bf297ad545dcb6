"""What the navigation shows of the whole workspace."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.services import records
from cocivic_desktop.ui import advice
from cocivic_desktop.ui.context import Context


@dataclass(frozen=True)
class Overview:
    """Partnerships by name, and how many next steps there are."""

    partnerships: tuple[tuple[UUID, str], ...]
    step_count: int


def overview(context: Context) -> Overview:
    """Read it from the workspace."""
    schools = {one.id: one for one in records.find(context.workspace, Organisation, archived=None)}
    named = []
    for one in records.find(context.workspace, Partnership):
        school = schools.get(one.school_id)
        short = school.short_name if school is not None else ""
        named.append((one.id, f"{one.title} · {short}" if short and short not in one.title else one.title))
    named.sort(key=lambda pair: pair[1].casefold())
    return Overview(tuple(named), len(advice.steps(context)) if named else 0)
