"""Other times that guests propose (COUNTER of RFC 5546): who asks for which, and taking one over or leaving it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cocivic_desktop.domain.activities import Activity, OccurrenceReply, Participation, ParticipationReply
from cocivic_desktop.domain.errors import NotFound
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.services import activities, calendar, series

if TYPE_CHECKING:
    from cocivic_desktop.domain.changes import Changes
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace


@dataclass(frozen=True)
class Proposed:
    """A day, and unless it is a whole one a time and a length, as the clock in the activity's zone shows them."""

    on: date
    at: time | None = None
    minutes: int | None = None
    """None where the proposal does not say how long."""


@dataclass(frozen=True)
class Proposal:
    """What somebody proposes for a date, or with `original_on` None for the whole activity."""

    activity_id: UUID
    person_id: UUID
    name: str
    original_on: date | None
    wanted: Proposed
    remark: str = ""


def keep(reply: Participation | OccurrenceReply, wanted: Proposed | None) -> None:
    """Note what a reply proposes; None for one that proposes nothing."""
    reply.proposed_on = wanted.on if wanted is not None else None
    reply.proposed_time = wanted.at if wanted is not None else None
    reply.proposed_minutes = wanted.minutes if wanted is not None else None


def waiting(workspace: Workspace, activity_id: UUID) -> list[Proposal]:
    """What is proposed for an activity and neither taken over nor left, by the day that is asked for."""
    with workspace.read() as unit:
        found: list[Participation | OccurrenceReply] = [
            *unit.find(Participation, activity_id=activity_id),
            *unit.find(OccurrenceReply, activity_id=activity_id),
        ]
        names = {one.id: one.name for one in unit.find(Person, archived=None, id=[one.person_id for one in found])}
    proposals = [
        Proposal(
            activity_id,
            one.person_id,
            names.get(one.person_id, ""),
            one.original_on if isinstance(one, OccurrenceReply) else None,
            Proposed(one.proposed_on, one.proposed_time, one.proposed_minutes),
            one.reply_remark,
        )
        for one in found
        if one.proposed_on is not None
    ]
    return sorted(proposals, key=lambda one: (one.wanted.on, one.wanted.at or time(0), one.name))


def take_over(workspace: Workspace, proposal: Proposal, today: date) -> Changes:
    """Move the date, or the whole series, to where it is proposed, as one step of undo.

    Who proposed it has accepted by that; the other guests are told like of every change. Raises `InvalidField`,
    `NotFound`.
    """
    label = activities.title_of(workspace, proposal.activity_id)
    with workspace.write("take_over_proposal", label=label) as unit:
        activity = unit.get(Activity, proposal.activity_id)
        wanted = proposal.wanted
        where: dict[str, Any] = {
            "starts_on": wanted.on,
            "start_time": wanted.at,
            "duration_minutes": wanted.minutes,
            "whole_day": wanted.at is None,
            "today": today,
        }
        if activity.recurrence is None:
            activities.move_occurrence(workspace, activity.id, activity.starts_on, **where)
        elif proposal.original_on is not None:
            activities.move_occurrence(workspace, activity.id, proposal.original_on, **where)
        else:
            first = _first_date(unit, activity)
            series.move_all(workspace, activity.id, first, **where)
        reply = _reply(unit, proposal)
        keep(reply, None)
        reply.reply = ParticipationReply.ACCEPTED
    return workspace.last_changes


def leave(workspace: Workspace, proposal: Proposal) -> Changes:
    """The date stays where it is; who proposed another stays as undecided as before. Raises `NotFound`."""
    with workspace.write("leave_proposal", label=activities.title_of(workspace, proposal.activity_id)) as unit:
        keep(_reply(unit, proposal), None)
    return workspace.last_changes


def _reply(unit: UnitOfWork, proposal: Proposal) -> Participation | OccurrenceReply:
    who: dict[str, Any] = {"activity_id": proposal.activity_id, "person_id": proposal.person_id}
    found: Participation | OccurrenceReply | None
    if proposal.original_on is None:
        found = unit.first(Participation, **who)
    else:
        found = unit.first(OccurrenceReply, **who, original_on=proposal.original_on)
    if found is None:
        raise NotFound("This proposal is no longer in the workspace.")
    return found


def _first_date(unit: UnitOfWork, activity: Activity) -> date:
    content = calendar.load(unit, [activity.partnership_id], activity_ids=[activity.id])
    found = content.of_activity(activity, date.min, date.max)[0]
    return min((one.original_on for one in found), default=activity.starts_on)
