"""What the rules say of partnerships: next steps, progress, and the dates coming up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cocivic_desktop.domain.partnerships import Partnership, Stage
from cocivic_desktop.domain.rules import next_steps as rules
from cocivic_desktop.domain.rules import stages
from cocivic_desktop.domain.rules.next_steps import NextStep
from cocivic_desktop.domain.rules.recurrence import Occurrence
from cocivic_desktop.services.booked_dates import BookedDates, booked_too, contents
from cocivic_desktop.services.views import partnership_view, view_of

if TYPE_CHECKING:
    from cocivic_desktop.domain.partnership_view import PartnershipView
    from cocivic_desktop.store.workspace import Workspace

COMING_DAYS: Final = 28
"""How far ahead `Advised.coming` looks, in days."""


@dataclass(frozen=True)
class Coming:
    """A date that is coming up; cancelled ones are none."""

    title: str
    occurrence: Occurrence


@dataclass(frozen=True)
class Advised:
    """What the rules say of one partnership: next steps (most urgent first), progress, and the dates coming up."""

    steps: tuple[NextStep, ...]
    progress: dict[Stage, float]
    coming: tuple[Coming, ...]


def advise(
    workspace: Workspace, today: date, partnership_id: UUID | None = None, check: Callable[[], None] = lambda: None
) -> dict[UUID, Advised]:
    """What the rules say of one partnership, or of all that are not archived.

    With much data this takes seconds, so it is made for a worker: the workspace is read in short units, between which
    others get their turn, and `check` is called now and then; it may raise to stop the work. Raises `NotFound`.
    """
    found = {}
    for view in _views(workspace, partnership_id, check):
        found[view.id] = Advised(
            tuple(rules.next_steps(view, today)), stages.stage_progress(view, today), tuple(_coming(view, today))
        )
        check()
    return found


def _coming(view: PartnershipView, today: date) -> Iterator[Coming]:
    titles = {activity.id: activity.title for activity in view.activities}
    last = today + timedelta(days=COMING_DAYS)
    for one in view.occurrences:
        if today <= one.on <= last and not one.cancelled:
            yield Coming(titles[one.activity_id], one)


def next_steps(workspace: Workspace, today: date, partnership_id: UUID | None = None) -> list[NextStep]:
    """What to do now in one partnership, or in all that are not archived; most urgent first."""
    return in_order(advise(workspace, today, partnership_id).values())


def in_order(advised: Iterable[Advised]) -> list[NextStep]:
    """The next steps of several partnerships together, most urgent first."""
    return sorted((step for one in advised for step in one.steps), key=lambda step: -step.urgency)


def stage_progress(workspace: Workspace, partnership_id: UUID, today: date) -> dict[Stage, float]:
    """How far each stage of a partnership has come, from 0 to 1."""
    return stages.stage_progress(partnership_view(workspace, partnership_id), today)


def _views(workspace: Workspace, partnership_id: UUID | None, check: Callable[[], None]) -> Iterator[PartnershipView]:
    """The rules run between the units of work, not within them."""
    if partnership_id is not None:
        with workspace.read() as unit:
            wanted = [unit.get(Partnership, partnership_id)]
            touching = booked_too(unit, partnership_id)
        ids = [partnership_id, *touching]
    else:
        with workspace.read() as unit:
            wanted = unit.find(Partnership)
        ids = [one.id for one in wanted]
    dates = BookedDates(contents(workspace, ids, check))
    for each in wanted:
        workspace.stand_aside()
        with workspace.read() as unit:
            partnership = unit.first(Partnership, archived=None, id=each.id)
            view = view_of(unit, partnership, dates) if partnership is not None else None
        if view is not None:
            yield view
