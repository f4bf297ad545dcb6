"""Series: this date, this and all following, or all of them; each change is one step of undo.

"This and all following" makes the later dates a series of their own (`Activity.split_from_id`), and all that belongs
to them goes with it: single changes, replies, hours, attendance, meetings and tasks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cocivic_desktop.domain.activities import (
    Activity,
    ActivityStatus,
    OccurrenceOverride,
    Participation,
    RecurrenceEnd,
)
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import NotFound
from cocivic_desktop.domain.hours import Attendance, HourEntry, RunningTimer
from cocivic_desktop.domain.partnerships import Meeting, Partnership, Task
from cocivic_desktop.domain.rules import recurrence
from cocivic_desktop.domain.rules.recurrence import Occurrence, series_limit
from cocivic_desktop.services import asking_anew
from cocivic_desktop.services.activities import move_occurrence, move_series, new_like, of_its_dates, title_of
from cocivic_desktop.services.school_years import views_of_schools

if TYPE_CHECKING:
    from cocivic_desktop.domain.rules.teaching_weeks import YearView
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace


def split_series(workspace: Workspace, activity_id: UUID, original_on: date) -> UUID:
    """Make the dates from `original_on` on a series of their own; gives its id.

    Both together take place exactly when the one did. Where nothing lies before `original_on` nothing changes, and
    the id is the series' own; so it is for an activity that does not recur. Raises `NotFound` when the series has no
    such date.
    """
    with workspace.write("split_series", label=title_of(workspace, activity_id)) as unit:
        return _split(unit, unit.get(Activity, activity_id), original_on).id


def move_all_following(
    workspace: Workspace,
    activity_id: UUID,
    original_on: date,
    *,
    starts_on: date,
    start_time: time | None = None,
    duration_minutes: int | None = None,
    place: str | None = None,
    whole_day: bool = False,
    today: date | None = None,
) -> UUID:
    """Move this date to `starts_on` and all following by as many days; gives the id of the series they are in now.

    None leaves time, length and place as they are, `whole_day` takes the time away. Weekdays move along; what falls on
    closed days is left out with its reason. What moves to other days counts as planned on `today`. Raises
    `InvalidField`, `NotFound`.
    """
    with workspace.write("move_following", label=title_of(workspace, activity_id)) as unit:
        part = _split(unit, unit.get(Activity, activity_id), original_on)
        if part.recurrence is None:
            move_occurrence(
                workspace,
                part.id,
                original_on,
                starts_on=starts_on,
                start_time=start_time,
                duration_minutes=duration_minutes,
                place=place,
                whole_day=whole_day,
                today=today,
            )
        else:
            _clear(unit, part, original_on, duration_minutes, place)
            first = part.starts_on + (starts_on - original_on)
            move_series(workspace, part.id, starts_on=first, start_time=start_time, whole_day=whole_day, today=today)
    return part.id


def move_all(
    workspace: Workspace,
    activity_id: UUID,
    original_on: date,
    *,
    starts_on: date,
    start_time: time | None = None,
    duration_minutes: int | None = None,
    place: str | None = None,
    whole_day: bool = False,
    today: date | None = None,
) -> Changes:
    """Move a whole series by as many days as this date moves; None leaves time, length and place as they are.

    `whole_day` and `today` as for `move_all_following`. Raises `InvalidField`, `NotFound`.
    """
    with workspace.write("move_series", label=title_of(workspace, activity_id)) as unit:
        activity = unit.get(Activity, activity_id)
        _clear(unit, activity, original_on, duration_minutes, place)
        first = activity.starts_on + (starts_on - original_on)
        move_series(workspace, activity_id, starts_on=first, start_time=start_time, whole_day=whole_day, today=today)
    return workspace.last_changes


def change_following(workspace: Workspace, activity_id: UUID, original_on: date, **fields: Any) -> UUID:
    """Set fields of `Activity` for this date and all following; gives the id of the series they are in now.

    Raises `InvalidField`, `NotFound`.
    """
    with workspace.write("change_following", label=title_of(workspace, activity_id)) as unit:
        part = _split(unit, unit.get(Activity, activity_id), original_on)
        before = asking_anew.when(part)
        for name, value in fields.items():
            setattr(part, name, value)
        if asking_anew.when(part) != before:
            unit.flush()
            asking_anew.of_all_dates(unit, part.id)
    return part.id


def cancel_following(workspace: Workspace, activity_id: UUID, original_on: date, reason: str = "") -> Changes:
    """Cancel this date and all following; they stay in the calendar as cancelled, with the reason in their notes.

    Raises `NotFound`.
    """
    with workspace.write("cancel_following", label=title_of(workspace, activity_id)) as unit:
        part = _split(unit, unit.get(Activity, activity_id), original_on)
        part.status = ActivityStatus.CANCELLED
        part.notes_after = reason or part.notes_after
    return workspace.last_changes


def _clear(
    unit: UnitOfWork, activity: Activity, original_on: date, duration_minutes: int | None, place: str | None
) -> None:
    """Length and place of a whole series; a single move of the date that is moved with it is forgotten."""
    own = unit.first(OccurrenceOverride, activity_id=activity.id, original_on=original_on)
    if own is not None:
        own.starts_on = own.start_time = own.planned_on = None
        own.whole_day = False
        own.duration_minutes = own.duration_minutes if duration_minutes is None else None
        own.place = own.place if place is None else None
    other_length = duration_minutes is not None and duration_minutes != activity.duration_minutes
    activity.duration_minutes = activity.duration_minutes if duration_minutes is None else duration_minutes
    activity.place = activity.place if place is None else place
    unit.flush()
    if other_length:
        asking_anew.of_all_dates(unit, activity.id)


def _split(unit: UnitOfWork, activity: Activity, original_on: date) -> Activity:
    """The series of the dates from `original_on` on, stored; the activity itself where nothing lies before them."""
    rule = activity.recurrence
    if rule is None:
        return activity
    year = _year_of(unit, activity)
    overrides = unit.find(OccurrenceOverride, archived=None, activity_id=activity.id)
    dates, skips = recurrence.occurrences(activity, overrides, year, date.min, date.max)
    if not any(one.original_on == original_on for one in dates):
        raise NotFound(f"“{activity.title}” does not take place on {original_on:%d.%m.%Y}.")
    before = [one for one in dates if one.original_on < original_on]
    if not before and not any(skip.on < original_on for skip in skips):
        return activity
    planned_on = activity.planned_on or recurrence.day_at(activity.created_at, activity.zone)
    later = new_like(activity, starts_on=original_on, notes_after="", planned_on=planned_on)
    later.split_from_id = activity.id
    later.recurrence = replace(rule, weekdays=list(rule.weekdays) or [activity.starts_on.weekday()])
    if rule.ends is RecurrenceEnd.AFTER_COUNT:
        later.recurrence.count = max(1, (rule.count or 0) - len(before))
    elif year is None and rule.ends is not RecurrenceEnd.ON_DATE:  # a year from the first day on, not from this one
        later.recurrence.ends, later.recurrence.until = RecurrenceEnd.ON_DATE, series_limit(activity, rule, year)
    last_day = original_on - timedelta(days=1)
    activity.recurrence = replace(rule, ends=RecurrenceEnd.ON_DATE, until=last_day, count=None)
    unit.add(later)
    _hand_over(unit, activity, later, original_on, dates)
    return later


def _hand_over(
    unit: UnitOfWork, activity: Activity, later: Activity, original_on: date, dates: list[Occurrence]
) -> None:
    """What belongs to the later dates goes with them; people take part in both."""
    belongs = _belongs(original_on, dates)
    for one in of_its_dates(unit, activity.id):
        if one.original_on >= original_on:
            one.activity_id = later.id
    for each in unit.find(Participation, archived=None, activity_id=activity.id):
        copied = Participation(
            activity_id=later.id,
            person_id=each.person_id,
            role=each.role,
            reply=each.reply,
            replied_at=each.replied_at,
            reply_remark=each.reply_remark,
            proposed_on=each.proposed_on,
            proposed_time=each.proposed_time,
            proposed_minutes=each.proposed_minutes,
        )
        copied.archived = each.archived
        unit.add(copied)
    for cls, name in _BY_DAY:
        for record in unit.find(cls, archived=None, activity_id=activity.id):
            day = getattr(record, name)
            if day is not None and belongs(day):
                record.activity_id = later.id


_BY_DAY: tuple[tuple[type[Any], str], ...] = (
    (HourEntry, "worked_on"),
    (Attendance, "occurred_on"),
    (RunningTimer, "began_on"),
    (Meeting, "held_on"),
    (Task, "due_on"),
)
"""What names an activity and a day, not a date of its series."""


def _belongs(original_on: date, dates: list[Occurrence]) -> Callable[[date], bool]:
    """Whether a day belongs to the later dates: by the date that takes place on it, else by the calendar."""
    earlier = {one.on for one in dates if one.original_on < original_on}
    following = {one.on for one in dates if one.original_on >= original_on}
    return lambda day: day in following or (day not in earlier and day >= original_on)


def _year_of(unit: UnitOfWork, activity: Activity) -> YearView | None:
    school_id = unit.get(Partnership, activity.partnership_id).school_id
    return views_of_schools(unit, {school_id}).get(school_id)
