"""What the navigation shows of the whole workspace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.partnerships import Partnership, Stage
from cocivic_desktop.services import records
from cocivic_desktop.ui import advice
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.texts.formats import time_text


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


@dataclass(frozen=True)
class Coming:
    """A date that is coming up, as Home lists it."""

    title: str
    on: date
    time: str
    place: str
    partnership_id: UUID
    target: Target


def upcoming(context: Context, first: date, last: date) -> list[Coming]:
    """Dates of all partnerships from `first` to `last`, in order of time."""
    from cocivic_desktop.services.calendar import occurrences

    planned = occurrences(context.workspace, None, first, last)
    found = []
    for occurrence in planned.occurrences:
        activity = planned.activities[occurrence.activity_id]
        if occurrence.cancelled:
            continue
        target = Target.partnership(activity.partnership_id, Stage.CALENDAR, item=activity.id)
        time = time_text(occurrence.starts_at)
        found.append(Coming(activity.title, occurrence.on, time, occurrence.place, activity.partnership_id, target))
    return sorted(found, key=lambda one: (one.on, one.time))
