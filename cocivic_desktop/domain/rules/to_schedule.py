"""What has no date in the calendar yet: tasks that are due, and what the agreement promises."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cocivic_desktop.domain.activities import ActivityStatus
from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.partnerships import Task
from cocivic_desktop.domain.rules.duties import Duty, duties


@dataclass(frozen=True)
class Waiting:
    """A task or a duty without a date. `due_on` is the day by which it has to be done, where that is known."""

    due_on: date | None
    task: Task | None = None
    duty: Duty | None = None

    @property
    def id(self) -> UUID:
        """The id of the task, or of the duty's routine."""
        if self.task is not None:
            return self.task.id
        if self.duty is None:
            raise ValueError("neither a task nor a duty waits")
        return self.duty.routine.id

    @property
    def title(self) -> str:
        """What it is."""
        return self.task.title if self.task is not None else self.duty.routine.title if self.duty is not None else ""

    def late(self, today: date) -> bool:
        """Whether it should have taken place by now."""
        if self.due_on is not None and self.due_on < today:
            return True
        return self.duty is not None and self.duty.behind > 0


def unscheduled_tasks(view: PartnershipView) -> list[Task]:
    """Tasks with a day they are due that are neither done nor in the calendar; a cancelled activity is no date."""
    planned = {
        activity.id
        for activity in view.activities
        if not activity.archived and activity.status is not ActivityStatus.CANCELLED
    }
    return [
        task
        for task in view.tasks
        if task.due_on is not None and task.done_on is None and task.activity_id not in planned
    ]


def to_schedule(view: PartnershipView, today: date) -> list[Waiting]:
    """All that waits for a date: what is late first, then by the day it is due, duties without a day last."""
    found = [Waiting(task.due_on, task=task) for task in unscheduled_tasks(view)]
    found += [Waiting(duty.routine.due_on, duty=duty) for duty in missing(duties(view, today))]
    found.sort(key=lambda one: (not one.late(today), one.due_on or date.max, one.title))
    return found


def missing(found: Iterable[Duty]) -> list[Duty]:
    """Duties of which dates are missing."""
    return [duty for duty in found if duty.missing and duty.promised]
