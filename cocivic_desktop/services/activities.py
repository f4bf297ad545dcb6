"""Moving, copying, changing and cancelling dates of activities; one undoable step each. Series: `services.series`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid4

from cocivic_desktop.domain.activities import (
    Activity,
    ActivityStatus,
    OccurrenceOverride,
    OccurrenceReply,
    Participation,
)
from cocivic_desktop.domain.base import utc_now
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.services import asking_anew

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

_OF_THE_ONLY_DATE: Final = frozenset({"place", "status", "conflict_note", "notes_after"})
"""Fields of a single date that an activity without repetition has itself; its `head_count` is the planned one."""


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
    whole_day: bool = False,
    today: date | None = None,
) -> Changes:
    """Move one date of an activity; None leaves time, length and place as they are. `whole_day` takes its time away.

    `original_on` names the date within its series. An activity that does not recur is moved itself, so that it keeps
    its identity in every calendar. Why it stayed in a conflict is forgotten with another day, and the notice that the
    agreement asks for counts from `today` on. Who takes part has not answered the new time yet, unless the date is
    over on `today`. Raises `InvalidField`, `NotFound`.
    """
    over = today is not None and starts_on < today
    with workspace.write("move_occurrence", label=title_of(workspace, activity_id)) as unit:
        activity = unit.get(Activity, activity_id)
        if activity.recurrence is None:
            before = asking_anew.when(activity)
            _rename_override(unit, activity, original_on, starts_on)
            if activity.starts_on != starts_on:
                activity.conflict_note = ""
                activity.planned_on = today or activity.planned_on
            activity.starts_on = starts_on
            activity.start_time = None if whole_day else start_time or activity.start_time
            activity.duration_minutes = activity.duration_minutes if duration_minutes is None else duration_minutes
            activity.place = activity.place if place is None else place
            if asking_anew.when(activity) != before and not over:
                asking_anew.of_all_dates(unit, activity_id)
        else:
            override = _override(unit, activity_id, original_on)
            before = _time_of(activity, override)
            if (override.starts_on or original_on) != starts_on:
                override.conflict_note = ""
                override.planned_on = today or override.planned_on
            override.cancelled = False
            override.starts_on = starts_on
            override.start_time = None if whole_day else start_time or override.start_time
            override.whole_day = whole_day or (override.whole_day and start_time is None)
            override.duration_minutes = override.duration_minutes if duration_minutes is None else duration_minutes
            override.place = override.place if place is None else place
            override.reason = reason or override.reason
            if _time_of(activity, override) != before and not over:
                asking_anew.of_one_date(unit, activity_id, original_on)
    return workspace.last_changes


def change_activity(workspace: Workspace, activity_id: UUID, *, today: date, **fields: Any) -> Changes:
    """Set fields of an activity; who takes part has not answered another time yet, unless it is over on `today`.

    Raises `InvalidField`, `NotFound`.
    """
    with workspace.write("change_activity", label=title_of(workspace, activity_id)) as unit:
        activity = unit.get(Activity, activity_id)
        before = asking_anew.when(activity)
        for name, value in fields.items():
            setattr(activity, name, value)
        over = activity.recurrence is None and activity.starts_on < today
        if asking_anew.when(activity) != before and not over:
            asking_anew.of_all_dates(unit, activity_id)
    return workspace.last_changes


def resize_occurrence(
    workspace: Workspace,
    activity_id: UUID,
    original_on: date,
    *,
    duration_minutes: int,
    start_time: time | None = None,
) -> Changes:
    """Make one date longer or shorter; with `start_time` it also begins at another time of the same day.

    Who takes part has not answered that yet. Raises `InvalidField`, `NotFound`.
    """
    with workspace.write("resize_occurrence", label=title_of(workspace, activity_id)) as unit:
        activity = unit.get(Activity, activity_id)
        changed = activity if activity.recurrence is None else _override(unit, activity_id, original_on)
        before = changed.start_time, changed.duration_minutes
        changed.duration_minutes = duration_minutes
        changed.start_time = start_time or changed.start_time
        if (changed.start_time, changed.duration_minutes) != before:
            if activity.recurrence is None:
                asking_anew.of_all_dates(unit, activity_id)
            else:
                asking_anew.of_one_date(unit, activity_id, original_on)
    return workspace.last_changes


def change_occurrence(workspace: Workspace, activity_id: UUID, original_on: date, **fields: Any) -> Changes:
    """Set fields of `OccurrenceOverride` for one date: status, notes after, head count, place, reason.

    Of an activity that does not recur, those that it has itself are set there. Raises `InvalidField`, `NotFound`.
    """
    with workspace.write("change_occurrence", label=title_of(workspace, activity_id)) as unit:
        activity = unit.get(Activity, activity_id)
        if activity.recurrence is None:
            own = {name: value for name, value in fields.items() if name in _OF_THE_ONLY_DATE}
            for name, value in own.items():
                setattr(activity, name, value)
            fields = {name: value for name, value in fields.items() if name not in own}
        if fields:
            override = _override(unit, activity_id, original_on)
            for name, value in fields.items():
                setattr(override, name, value)
    return workspace.last_changes


def override_note(workspace: Workspace, activity_id: UUID, original_on: date, note: str) -> Changes:
    """Leave a date where it is in spite of its conflicts, and say why; an empty note opens them again.

    Raises `InvalidField`, `NotFound`.
    """
    return change_occurrence(workspace, activity_id, original_on, conflict_note=note.strip())


def copy_activity(
    workspace: Workspace,
    activity_id: UUID,
    original_on: date,
    *,
    starts_on: date,
    start_time: time | None = None,
    duration_minutes: int | None = None,
    whole_day: bool = False,
    today: date | None = None,
) -> Activity:
    """A new activity like one date of another, with the same people, on another day; it does not repeat.

    What was noted of the old date stays there: replies, notes after, exports. It counts as planned on `today`.
    Raises `InvalidField`, `NotFound`.
    """
    with workspace.write("copy_activity", label=title_of(workspace, activity_id)) as unit:
        source = unit.get(Activity, activity_id)
        change = unit.first(OccurrenceOverride, activity_id=activity_id, original_on=original_on)
        made = new_like(
            source,
            starts_on=starts_on,
            start_time=None
            if whole_day or (change is not None and change.whole_day and start_time is None)
            else start_time or (change.start_time if change else None) or source.start_time,
            recurrence=None,
            planned_on=today,
            conflict_note="",
            notes_after="",
            status=ActivityStatus.TENTATIVE,
        )
        if change is not None:
            made.duration_minutes = (
                source.duration_minutes if change.duration_minutes is None else change.duration_minutes
            )
            made.place = source.place if change.place is None else change.place
        if duration_minutes is not None:
            made.duration_minutes = duration_minutes
        unit.add(made)
        for one in unit.find(Participation, activity_id=activity_id):
            unit.add(Participation(activity_id=made.id, person_id=one.person_id, role=one.role))
    return made


def new_like(source: Activity, **fields: Any) -> Activity:
    """A new activity with the plan of another and some other values; nothing of it has been exported."""
    now = utc_now()
    return replace(
        source,
        id=uuid4(),
        created_at=now,
        changed_at=now,
        version=0,
        archived=False,
        exported_at=None,
        exported_hash="",
        split_from_id=None,
        **fields,
    )


def cancel_occurrence(workspace: Workspace, activity_id: UUID, original_on: date, reason: str = "") -> Changes:
    """Cancel one date. It stays in the calendar as cancelled, so that an export can tell others. Raises `NotFound`."""
    with workspace.write("cancel_occurrence", label=title_of(workspace, activity_id)) as unit:
        activity = unit.get(Activity, activity_id)
        if activity.recurrence is None and original_on == activity.starts_on:
            activity.status = ActivityStatus.CANCELLED
        override = _override(unit, activity_id, original_on)
        override.cancelled = True
        override.reason = reason or override.reason
    return workspace.last_changes


def restore_occurrence(workspace: Workspace, activity_id: UUID, original_on: date) -> Changes:
    """A date takes place again where its series says; what was noted about it stays. Raises `NotFound`."""
    with workspace.write("restore_occurrence", label=title_of(workspace, activity_id)) as unit:
        activity = unit.get(Activity, activity_id)
        if activity.recurrence is None and activity.status is ActivityStatus.CANCELLED:
            activity.status = ActivityStatus.CONFIRMED
        override = unit.first(OccurrenceOverride, activity_id=activity_id, original_on=original_on)
        if override is None:
            return workspace.last_changes
        before = _time_of(activity, override)
        override.cancelled, override.reason = False, ""
        override.starts_on = override.start_time = override.duration_minutes = override.place = None
        override.whole_day, override.planned_on = False, None
        if _time_of(activity, override) != before:
            asking_anew.of_one_date(unit, activity_id, original_on)
        if override.status is ActivityStatus.CANCELLED:
            override.status = None
        if not (override.status or override.notes_after or override.conflict_note or override.head_count is not None):
            unit.delete(override)
    return workspace.last_changes


def move_series(
    workspace: Workspace,
    activity_id: UUID,
    *,
    starts_on: date,
    start_time: time | None = None,
    whole_day: bool = False,
    today: date | None = None,
) -> Changes:
    """Move a whole series so that it begins on `starts_on`; its weekdays, its last day and single changes move along.

    A date that was moved by hand stays where it was put. With `whole_day` the series loses its time; moved to other
    days, it counts as planned on `today`. Raises `InvalidField`, `NotFound`.
    """
    with workspace.write("move_series", label=title_of(workspace, activity_id)) as unit:
        activity = unit.get(Activity, activity_id)
        days, before = (starts_on - activity.starts_on).days, asking_anew.when(activity)
        activity.starts_on = starts_on
        activity.start_time = None if whole_day else start_time or activity.start_time
        activity.planned_on = (today if days else None) or activity.planned_on
        rule = activity.recurrence
        if rule is not None and days:
            activity.recurrence = replace(
                rule,
                weekdays=sorted((weekday + days) % 7 for weekday in rule.weekdays),
                until=rule.until + timedelta(days=days) if rule.until is not None else None,
            )
            for one in of_its_dates(unit, activity_id):
                one.original_on += timedelta(days=days)
        if asking_anew.when(activity) != before:
            asking_anew.of_all_dates(unit, activity_id)
    return workspace.last_changes


def of_its_dates(unit: UnitOfWork, activity_id: UUID) -> list[OccurrenceOverride | OccurrenceReply]:
    """What is kept for single dates of an activity: changes and replies."""
    changes = unit.find(OccurrenceOverride, activity_id=activity_id, archived=None)
    return [*changes, *unit.find(OccurrenceReply, activity_id=activity_id, archived=None)]


def title_of(workspace: Workspace, activity_id: UUID) -> str:
    """An activity's title for the undo menu. Raises `NotFound`."""
    with workspace.read() as unit:
        return unit.get(Activity, activity_id).title[:80]


def _time_of(activity: Activity, change: OccurrenceOverride) -> tuple[date, time | None, int]:
    """Day, time and length (minutes) at which one date of a series takes place."""
    start = None if change.whole_day else change.start_time or activity.start_time
    minutes = activity.duration_minutes if change.duration_minutes is None else change.duration_minutes
    return change.starts_on or change.original_on, start, minutes


def _override(unit: UnitOfWork, activity_id: UUID, original_on: date) -> OccurrenceOverride:
    found = unit.first(OccurrenceOverride, activity_id=activity_id, original_on=original_on)
    return found or unit.add(OccurrenceOverride(activity_id=activity_id, original_on=original_on))


def _rename_override(unit: UnitOfWork, activity: Activity, original_on: date, starts_on: date) -> None:
    """Keep what was noted for the only date of an activity with its new date."""
    override = unit.first(OccurrenceOverride, activity_id=activity.id, original_on=original_on)
    if override is not None:
        override.original_on, override.starts_on = starts_on, None
        override.start_time = None
        if original_on != starts_on:
            override.conflict_note = ""
