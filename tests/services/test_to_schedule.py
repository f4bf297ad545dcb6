"""Tasks and promises without a date: they wait, are put at free slots as one step, and count once they are done."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

import pytest

from cocivic_desktop.domain.activities import Activity, ActivityStatus, Participation
from cocivic_desktop.domain.agreements import (
    Agreement,
    AgreementState,
    CommunicationRoutine,
    RoutineKind,
    RoutineRhythm,
)
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.domain.partnerships import Meeting, Task
from cocivic_desktop.domain.rules.next_steps import next_steps
from cocivic_desktop.domain.school_years import CalendarPeriod, PeriodKind
from cocivic_desktop.services import activities, records, school_years, to_schedule
from cocivic_desktop.services.views import partnership_view

if TYPE_CHECKING:
    from uuid import UUID

    from cocivic_desktop.domain.partnerships import Partnership
    from cocivic_desktop.domain.rules.to_schedule import Waiting
    from cocivic_desktop.store.workspace import Workspace

TODAY = date(2026, 9, 14)
DUE = date(2026, 9, 24)


@pytest.fixture
def person(workspace: Workspace, partnership: Partnership) -> Person:
    """A school closed on the day before the task is due, with its owner busy on the day itself."""
    year, _ = school_years.create(
        workspace,
        partnership.school_id,
        "2026/27",
        date(2026, 8, 1),
        date(2027, 7, 31),
        [("1", date(2026, 8, 24), date(2027, 1, 29)), ("2", date(2027, 2, 1), date(2027, 7, 2))],
    )
    closed = date(2026, 9, 23)
    records.add(
        workspace,
        CalendarPeriod(school_year_id=year.id, kind=PeriodKind.BLOCKED, name="Trip", starts_on=closed, ends_on=closed),
    )
    made = Person(name="Mira")
    busy = Activity(
        partnership_id=partnership.id, title="Course", starts_on=DUE, start_time=time(14), duration_minutes=180
    )
    records.add(workspace, made)
    records.add(workspace, busy)
    records.add(workspace, Participation(activity_id=busy.id, person_id=made.id))
    return made


def waiting(workspace: Workspace, partnership_id: UUID) -> list[Waiting]:
    return to_schedule.waiting(workspace, partnership_id, TODAY)


def test_a_task_goes_to_a_free_slot_before_it_is_due(
    workspace: Workspace, partnership: Partnership, person: Person
) -> None:
    task = Task(partnership_id=partnership.id, title="Order nets", owner_id=person.id, due_on=DUE)
    late = Task(partnership_id=partnership.id, title="Call back", due_on=date(2026, 9, 1))
    for one in (task, late, Task(partnership_id=partnership.id, title="Some day")):
        records.add(workspace, one)
    found = waiting(workspace, partnership.id)
    assert [one.title for one in found] == ["Call back", "Order nets"]
    codes = [step.code for step in next_steps(partnership_view(workspace, partnership.id), TODAY)]
    assert "task_without_date" in codes
    offer = to_schedule.offer(workspace, found[1], TODAY)
    days = [activity.starts_on for activity in offer.slots]
    assert days == [date(2026, 9, 22), date(2026, 9, 21), date(2026, 9, 18), date(2026, 9, 17)]
    assert [title for _, title in offer.planned] == ["Course"]
    steps = len(workspace.history())
    to_schedule.plan_task(workspace, task.id, offer.slots[0])
    assert len(workspace.history()) == steps + 1
    assert [one.title for one in waiting(workspace, partnership.id)] == ["Call back"]
    taking_part = records.find(workspace, Participation, activity_id=offer.slots[0].id)
    assert [one.person_id for one in taking_part] == [person.id]
    assert records.get(workspace, Task, task.id).done_on is None
    key = (offer.slots[0].id, offer.slots[0].starts_on)
    to_schedule.set_status(workspace, *key, ActivityStatus.DONE)
    assert records.get(workspace, Task, task.id).done_on == date(2026, 9, 22)
    to_schedule.set_status(workspace, *key, ActivityStatus.CONFIRMED)
    assert records.get(workspace, Task, task.id).done_on is None
    activities.cancel_occurrence(workspace, *key)
    assert [one.title for one in waiting(workspace, partnership.id)] == ["Call back", "Order nets"]
    to_schedule.put_on(workspace, waiting(workspace, partnership.id)[0], date(2026, 9, 16), time(9), TODAY)
    made = records.find(workspace, Activity, title="Call back")[0]
    assert (made.starts_on, made.start_time) == (date(2026, 9, 16), time(9))
    with pytest.raises(BadInput, match="over"):
        to_schedule.put_on(workspace, waiting(workspace, partnership.id)[0], date(2026, 9, 13), None, TODAY)
    to_schedule.link_task(workspace, task.id, made.id)
    assert waiting(workspace, partnership.id) == []


def test_a_promise_is_planned_as_one_step_and_fulfilled_once_held(
    workspace: Workspace, partnership: Partnership, person: Person
) -> None:
    agreement = Agreement(
        partnership_id=partnership.id,
        title="MoU",
        state=AgreementState.SIGNED,
        starts_on=partnership.starts_on,
        ends_on=partnership.ends_on,
    )
    routine = CommunicationRoutine(
        agreement_id=agreement.id,
        kind=RoutineKind.STEERING,
        title="Steering group",
        rhythm=RoutineRhythm.PER_TERM,
        count=2,
        person_cso_id=person.id,
    )
    records.add(workspace, agreement)
    records.add(workspace, routine)
    (one,) = waiting(workspace, partnership.id)
    assert one.duty is not None
    assert (one.id, one.duty.promised, one.duty.missing) == (routine.id, 4, 4)
    to_schedule.put_on(workspace, one, date(2026, 9, 17), time(16), TODAY)
    (one,) = waiting(workspace, partnership.id)
    assert one.duty is not None
    assert (one.duty.missing, one.duty.planned) == (3, 1)
    offer = to_schedule.offer(workspace, one, TODAY)
    assert offer.proposal is not None
    assert offer.proposal.times == 3
    to_schedule.plan_duty(workspace, offer.proposal)
    assert waiting(workspace, partnership.id) == []
    first = records.find(workspace, Activity, routine_id=routine.id, order="starts_on")[0]
    to_schedule.set_status(workspace, first.id, first.starts_on, ActivityStatus.DONE)
    assert [each.held_on for each in records.find(workspace, Meeting, activity_id=first.id)] == [date(2026, 9, 17)]
    workspace.undo()
    workspace.undo()
    assert len(waiting(workspace, partnership.id)) == 1
