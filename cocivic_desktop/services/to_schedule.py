"""What waits for a date, and putting it into the calendar: one click, one step of undo."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid4

from cocivic_desktop.domain.activities import Activity, ActivityKind, ActivityStatus, Participation
from cocivic_desktop.domain.agreements import Agreement, CommunicationRoutine
from cocivic_desktop.domain.errors import BadInput, NotFound
from cocivic_desktop.domain.partnerships import Meeting, Task
from cocivic_desktop.domain.rules import to_schedule as rules
from cocivic_desktop.domain.rules.conflicts import ActivityFacts
from cocivic_desktop.domain.rules.duty_dates import date_of
from cocivic_desktop.domain.rules.free_slots import FreeCheck
from cocivic_desktop.domain.rules.teaching_weeks import SCHOOL_DAYS
from cocivic_desktop.domain.rules.to_schedule import Waiting
from cocivic_desktop.services import activities, calendar, duties
from cocivic_desktop.services.duties import Proposal
from cocivic_desktop.services.views import partnership_view

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cocivic_desktop.domain.changes import Changes
    from cocivic_desktop.domain.partnership_view import PartnershipView
    from cocivic_desktop.domain.rules.recurrence import Occurrence
    from cocivic_desktop.store.workspace import Workspace

TASK_MINUTES: Final = 60
"""How long a task takes where nobody has said otherwise."""
DAYS_AFTER: Final = 21
"""How many days after the due day are looked at, where none before it is free."""


@dataclass(frozen=True)
class Offer:
    """Where something that waits could be put: for a task free slots, best first; for a duty all of its dates."""

    waiting: Waiting
    slots: tuple[Activity, ...] = ()
    proposal: Proposal | None = None
    planned: tuple[tuple[Occurrence, str], ...] = ()
    """For a task: dates of the partnership at which it could be done, with their titles."""


def waiting(workspace: Workspace, partnership_id: UUID, today: date) -> list[Waiting]:
    """What has no date yet, the late ones first. Made for a worker. Raises `NotFound`."""
    return rules.to_schedule(partnership_view(workspace, partnership_id, bookings=False), today)


def offer(workspace: Workspace, one: Waiting, today: date, limit: int = 4) -> Offer:
    """Look for free dates over all partnerships; nothing is stored. Made for a worker.

    Raises `BadInput` where no day is left, `NotFound`.
    """
    if one.duty is not None:
        return Offer(one, proposal=duties.propose_dates(workspace, one.duty.routine.id, today))
    if one.task is None:
        raise NotFound("This task is no longer in the workspace.")
    view = partnership_view(workspace, one.task.partnership_id, bookings=False)
    with workspace.read() as unit:
        content = calendar.load(unit)
    due = one.task.due_on or today
    first, last = today + timedelta(days=1), max(due, today + timedelta(days=1)) + timedelta(days=DAYS_AFTER)
    made = _task_activity(view, one.task, first)
    schools = (view.partnership.school_id, *(each.organisation_id for each in view.organisations))
    people = (one.task.owner_id,) if one.task.owner_id is not None else ()
    facts = {**content.facts, made.id: ActivityFacts(made.id, view.id, made.kind, people, schools)}
    check = FreeCheck(made.id, facts, content.years, content.occurrences(first, last)[0])
    slots = []
    for day in _days(due, first, last):
        if check.free(date_of(made, day)):
            slots.append(replace(made, id=uuid4(), starts_on=day, planned_on=today))
        if len(slots) == limit:
            break
    planned = [
        (each, view.activities_by_id[each.activity_id].title)
        for each in view.occurrences
        if today <= each.on <= last
        and not each.cancelled
        and view.activities_by_id[each.activity_id].recurrence is None
    ]
    planned.sort(key=lambda each: each[0].begins)
    return Offer(one, slots=tuple(slots), planned=tuple(planned))


def plan_duty(workspace: Workspace, proposal: Proposal) -> Changes:
    """Put all dates of a duty into the calendar. Raises `BadInput` when there are none."""
    return duties.plan(workspace, proposal)


def plan_task(workspace: Workspace, task_id: UUID, activity: Activity) -> Changes:
    """Put a task into the calendar as the given activity, with its owner. Raises `InvalidField`, `NotFound`."""
    with workspace.write("plan_task", activity.title[:80]) as unit:
        task = unit.get(Task, task_id)
        unit.add(activity)
        if task.owner_id is not None:
            unit.add(Participation(activity_id=activity.id, person_id=task.owner_id))
        task.activity_id = activity.id
    return workspace.last_changes


def put_on(workspace: Workspace, one: Waiting, on: date, at: time | None, today: date) -> Changes:
    """Put a task, or one date of a duty, on a day that a person has chosen; None means the usual time.

    Raises `BadInput`, `InvalidField`, `NotFound`.
    """
    if on < today:
        raise BadInput("This day is over. Please choose a day to come.")
    if one.task is not None:
        view = partnership_view(workspace, one.task.partnership_id, bookings=False)
        made = _task_activity(view, one.task, on)
        made.start_time, made.planned_on = at or made.start_time, today
        return plan_task(workspace, one.task.id, made)
    if one.duty is None:
        raise NotFound("This duty is no longer in the workspace.")
    with workspace.read() as unit:
        routine = unit.get(CommunicationRoutine, one.duty.routine.id)
        partnership_id = unit.get(Agreement, routine.agreement_id).partnership_id
    view = partnership_view(workspace, partnership_id, bookings=False)
    activity = duties.activity_on(view, routine, on)
    activity.planned_on = today
    if activity.start_time is not None:
        activity.start_time = at or activity.start_time
    return duties.plan(workspace, Proposal(one.duty, (activity,), one.duty.missing, 1, on, on))


def link_task(workspace: Workspace, task_id: UUID, activity_id: UUID) -> Changes:
    """A task is done at an activity that is in the calendar already. Raises `NotFound`."""
    with workspace.write("plan_task", activities.title_of(workspace, activity_id)) as unit:
        unit.get(Task, task_id).activity_id = activity_id
    return workspace.last_changes


def set_status(workspace: Workspace, activity_id: UUID, original_on: date, status: ActivityStatus) -> Changes:
    """Say how a date stands. What took place fulfils the tasks and meetings that it stands for; undone, it does not.

    Of a series this one date only; tasks of a series are ticked off by hand. Raises `InvalidField`, `NotFound`.
    """
    with workspace.write("change_occurrence", label=activities.title_of(workspace, activity_id)) as unit:
        activities.change_occurrence(workspace, activity_id, original_on, status=status)
        if unit.get(Activity, activity_id).recurrence is not None:
            return workspace.last_changes
        done = status is ActivityStatus.DONE
        for task in unit.find(Task, activity_id=activity_id, done_on=None if done else original_on):
            task.done_on = original_on if done else None
        if done:
            for meeting in unit.find(Meeting, activity_id=activity_id, held_on=None):
                meeting.held_on = original_on
    return workspace.last_changes


def _days(due: date, first: date, last: date) -> Iterator[date]:
    """School days, the nearest before the due day first, then those after it."""
    start = max(first, due)
    before = (start - timedelta(days=n) for n in range((start - first).days + 1))
    after = (start + timedelta(days=n) for n in range(1, (last - start).days + 1))
    for day in (*before, *after):
        if day.weekday() < SCHOOL_DAYS:
            yield day


def _task_activity(view: PartnershipView, task: Task, on: date) -> Activity:
    return Activity(
        partnership_id=view.id,
        title=task.title,
        kind=ActivityKind.MEETING,
        status=ActivityStatus.CONFIRMED,
        starts_on=on,
        start_time=duties.AFTERNOON,
        duration_minutes=TASK_MINUTES,
        zone=view.school.zone if view.school is not None else "Europe/Berlin",
    )
