"""What the navigation and Home show of the whole workspace."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.partnerships import Partnership, Stage
from cocivic_desktop.domain.rules.pipeline import is_only_an_idea
from cocivic_desktop.services import records
from cocivic_desktop.ui.context import Target
from cocivic_desktop.ui.texts.formats import time_text

if TYPE_CHECKING:
    from cocivic_desktop.services.advice import Advised
    from cocivic_desktop.store.workspace import Workspace


class Named(NamedTuple):
    """The partnerships of a workspace that are not archived."""

    names: list[tuple[UUID, str]]
    """Those under way by name, with the school's short one."""
    ideas: int
    """How many are no more than an idea: they stand in the pipeline only."""


def partnership_names(workspace: Workspace) -> Named:
    """Partnerships under way by name, and how many ideas there are besides."""
    schools = {one.id: one for one in records.find(workspace, Organisation, archived=None)}
    named, ideas = [], 0
    for one in records.find(workspace, Partnership):
        if is_only_an_idea(one):
            ideas += 1
            continue
        school = schools.get(one.school_id)
        short = school.short_name if school is not None else ""
        named.append((one.id, f"{one.title} · {short}" if short and short not in one.title else one.title))
    return Named(sorted(named, key=lambda pair: pair[1].casefold()), ideas)


@dataclass(frozen=True)
class Coming:
    """A date that is coming up, as Home lists it."""

    title: str
    on: date
    time: str
    place: str
    partnership_id: UUID
    target: Target


def upcoming(advised: Iterable[tuple[UUID, Advised]], most: int) -> list[Coming]:
    """The next dates of several partnerships, in order of time."""
    found = [(one.occurrence.begins, key, one) for key, each in advised for one in each.coming]
    found.sort(key=lambda one: one[0])
    return [
        Coming(
            one.title,
            one.occurrence.on,
            time_text(one.occurrence.starts_at),
            one.occurrence.place,
            key,
            Target.partnership(key, Stage.CALENDAR, item=one.occurrence.activity_id),
        )
        for _, key, one in found[:most]
    ]
