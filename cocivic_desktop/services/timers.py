"""Timers that survive a restart: they lie in the workspace as a moment and a sum, nothing runs in the background.

Starting, pausing and going on are no steps of undo, so that Ctrl+Z never stops or moves a timer; stopping is one,
which takes the entry back and brings the timer again.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import InvalidField
from cocivic_desktop.domain.hours import HourCategory, HourEntry, HourSource, RunningTimer
from cocivic_desktop.domain.rules.quick_entry import parse
from cocivic_desktop.domain.rules.timers import elapsed_seconds
from cocivic_desktop.services import quick_hours, records
from cocivic_desktop.services.hour_log import Logged, log

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace


def timers(workspace: Workspace, partnership_id: UUID | None = None) -> list[RunningTimer]:
    """The timers that run or pause, of one partnership or of all, as they were started."""
    if partnership_id is None:
        return records.find(workspace, RunningTimer, order="created_at")
    return records.find(workspace, RunningTimer, order="created_at", partnership_id=partnership_id)


def start_from_line(workspace: Workspace, partnership_id: UUID, text: str, now: datetime, today: date) -> RunningTimer:
    """Start a timer for whom and what a line names, such as "ana mentoring @robots"; the line's time is ignored.

    `now` is an aware moment. Raises `InvalidField` without a name, `NotFound`, `Ambiguous`; a timer of the same
    person that runs is paused first.
    """
    parsed = parse(text, today)
    if not parsed.name or parsed.head_count is not None:
        raise InvalidField("person_id", "required")
    with workspace.read() as unit:
        person = quick_hours.find_person(unit, partnership_id, parsed.name)
        activity = quick_hours.find_activity(unit, partnership_id, parsed.activity) if parsed.activity else None
    timer = RunningTimer(
        partnership_id=partnership_id,
        person_id=person.id,
        began_on=today,
        started_at=now,
        category=parsed.category or HourCategory.DELIVERY,
        activity_id=activity.id if activity else None,
        remark=parsed.remark,
    )
    with workspace.write("start_running_timer", person.name, undoable=False) as unit:
        for other in unit.find(RunningTimer, person_id=person.id):
            _pause(other, now)
        unit.add(timer)
    return timer


def pause(workspace: Workspace, timer_id: UUID, now: datetime) -> Changes:
    """Let a timer rest; what was worked is kept. Raises `NotFound`."""
    with workspace.write("change_running_timer", undoable=False) as unit:
        _pause(unit.get(RunningTimer, timer_id), now)
    return workspace.last_changes


def go_on(workspace: Workspace, timer_id: UUID, now: datetime) -> Changes:
    """Let a timer run again. Raises `NotFound`."""
    with workspace.write("change_running_timer", undoable=False) as unit:
        timer = unit.get(RunningTimer, timer_id)
        timer.started_at = timer.started_at or now
    return workspace.last_changes


def stop(
    workspace: Workspace, timer_id: UUID, minutes: int, today: date, *, accept: bool = False
) -> tuple[Logged, Changes]:
    """Make an entry of `minutes` out of a timer, on the day on which it began; one step of undo, with the timer.

    As in `hour_log.log`, an odd entry needs `accept`, and nothing changes before. Raises `InvalidField`, `NotFound`.
    """
    timer = records.get(workspace, RunningTimer, timer_id)
    with workspace.read() as unit:
        role = quick_hours.role_in(unit, timer.partnership_id, timer.person_id) if timer.person_id else ""
    entry = HourEntry(
        partnership_id=timer.partnership_id,
        person_id=timer.person_id,
        head_count=None if timer.person_id else 1,
        role=role,
        worked_on=timer.began_on,
        minutes=minutes,
        category=timer.category,
        activity_id=timer.activity_id,
        remark=timer.remark,
        source=HourSource.TIMER,
    )
    with workspace.write("stop_timer", f"{minutes} min") as unit:
        logged, _ = log(workspace, entry, today, accept=accept)
        if logged.stored:
            unit.delete(unit.get(RunningTimer, timer_id))
    return logged, workspace.last_changes if logged.stored else Changes()


def discard(workspace: Workspace, timer_id: UUID) -> Changes:
    """Throw a timer away; undo brings it back as it was. Raises `NotFound`."""
    return records.delete(workspace, RunningTimer, timer_id)


def _pause(timer: RunningTimer, now: datetime) -> None:
    timer.seconds_before = elapsed_seconds(timer, now)
    timer.started_at = None
