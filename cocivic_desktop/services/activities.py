"""Moving and cancelling activities, one date or the whole series; one undoable step each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.activities import Activity, ActivityStatus, OccurrenceOverride
from cocivic_desktop.domain.changes import Changes

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace


def move_occurrence(
    workspace: Workspace,
    activity_id: UUID,
    original_on: date,
    *,
    starts_on: date,
    start_time: time | None = None,
    duration_minutes: int | None = None,
    place: str | None = None,
    reason: str = "",
) -> Changes:
    """Move one date of an activity; None leaves time, length and place as they are.

    `original_on` names the date within its series. An activity that does not recur is moved itself, so that it keeps
    its identity in every calendar. Raises `InvalidField`, `NotFound`.
    """
    with workspace.write("move_occurrence", label=_title(workspace, activity_id)) as unit:
        activity = unit.get(Activity, activity_id)
        if activity.recurrence is None:
            _rename_override(unit, activity, original_on, starts_on)
            activity.starts_on = starts_on
            activity.start_time = start_time or activity.start_time
            activity.duration_minutes = activity.duration_minutes if duration_minutes is None else duration_minutes
            activity.place = activity.place if place is None else place
        else:
            override = _override(unit, activity_id, original_on)
            override.cancelled = False
            override.starts_on = starts_on
            override.start_time = start_time or override.start_time
            override.duration_minutes = override.duration_minutes if duration_minutes is None else duration_minutes
            override.place = override.place if place is None else place
            override.reason = reason or override.reason
    return workspace.last_changes


def cancel_occurrence(workspace: Workspace, activity_id: UUID, original_on: date, reason: str = "") -> Changes:
    """Cancel one date. It stays in the calendar as cancelled, so that an export can tell others. Raises `NotFound`."""
    with workspace.write("cancel_occurrence", label=_title(workspace, activity_id)) as unit:
        activity = unit.get(Activity, activity_id)
        if activity.recurrence is None and original_on == activity.starts_on:
            activity.status = ActivityStatus.CANCELLED
        override = _override(unit, activity_id, original_on)
        override.cancelled = True
        override.reason = reason or override.reason
    return workspace.last_changes


def restore_occurrence(workspace: Workspace, activity_id: UUID, original_on: date) -> Changes:
    """Take back what was changed for one date: it takes place again where its series says. Raises `NotFound`."""
    with workspace.write("restore_occurrence", label=_title(workspace, activity_id)) as unit:
        activity = unit.get(Activity, activity_id)
        if activity.recurrence is None and activity.status is ActivityStatus.CANCELLED:
            activity.status = ActivityStatus.CONFIRMED
        override = unit.first(OccurrenceOverride, activity_id=activity_id, original_on=original_on)
        if override is not None:
            unit.delete(override)
    return workspace.last_changes


def move_series(workspace: Workspace, activity_id: UUID, *, starts_on: date, start_time: time | None = None) -> Changes:
    """Move a whole series so that it begins on `starts_on`; its weekdays and single changes move along.

    A date that was moved by hand stays where it was put. Raises `InvalidField`, `NotFound`.
    """
    with workspace.write("move_series", label=_title(workspace, activity_id)) as unit:
        activity = unit.get(Activity, activity_id)
        days = (starts_on - activity.starts_on).days
        activity.starts_on = starts_on
        activity.start_time = start_time or activity.start_time
        if activity.recurrence is not None and days:
            weekdays = sorted((weekday + days) % 7 for weekday in activity.recurrence.weekdays)
            activity.recurrence = replace(activity.recurrence, weekdays=weekdays)
            for override in unit.find(OccurrenceOverride, activity_id=activity_id, archived=None):
                override.original_on += timedelta(days=days)
    return workspace.last_changes


def _title(workspace: Workspace, activity_id: UUID) -> str:
    with workspace.read() as unit:
        return unit.get(Activity, activity_id).title[:80]


def _override(unit: UnitOfWork, activity_id: UUID, original_on: date) -> OccurrenceOverride:
    found = unit.first(OccurrenceOverride, activity_id=activity_id, original_on=original_on)
    return found or unit.add(OccurrenceOverride(activity_id=activity_id, original_on=original_on))


def _rename_override(unit: UnitOfWork, activity: Activity, original_on: date, starts_on: date) -> None:
    """Keep what was noted for the only date of an activity with its new date."""
    override = unit.first(OccurrenceOverride, activity_id=activity.id, original_on=original_on)
    if override is not None:
        override.original_on, override.starts_on = starts_on, None
        override.start_time = None
