"""Meetings and their place in the calendar: the day and time of a meeting are those of its activity."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cocivic_desktop.domain.activities import Activity, ActivityKind, ActivityStatus
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import InvalidField
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.partnerships import AgendaItem, AgendaKind, Meeting, Partnership
from cocivic_desktop.services import activities, readiness, records

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace

USUAL_MINUTES = 60


def change(workspace: Workspace, meeting_id: UUID, /, **fields: Any) -> Changes:
    """Set fields of a meeting. A new day moves its activity along. Raises `InvalidField`, `NotFound`."""
    meeting = records.get(workspace, Meeting, meeting_id)
    day: date | None = fields.get("held_on")
    activity = activity_of(workspace, meeting)
    if activity is None or day is None or activity.recurrence is not None or day == activity.starts_on:
        return records.change(workspace, Meeting, meeting_id, **fields)
    with workspace.write("change_meeting", label=activity.title[:80]):
        records.change(workspace, Meeting, meeting_id, **fields)
        activities.move_occurrence(workspace, activity.id, activity.starts_on, starts_on=day)
    return workspace.last_changes


def activity_of(workspace: Workspace, meeting: Meeting) -> Activity | None:
    """The calendar's entry of a meeting, unless it is archived."""
    if meeting.activity_id is None:
        return None
    found = records.find(workspace, Activity, id=meeting.activity_id)
    return found[0] if found else None


def put_in_calendar(
    workspace: Workspace, meeting_id: UUID, title: str, *, start_time: time | None, today: date
) -> Changes:
    """Make the activity of a meeting on its day, in the school's time zone; without a time it takes the whole day.

    Raises `InvalidField` while the meeting has no day.
    """
    meeting = records.get(workspace, Meeting, meeting_id)
    if meeting.held_on is None:
        raise InvalidField("held_on", "required")
    partnership = records.get(workspace, Partnership, meeting.partnership_id)
    school = records.get(workspace, Organisation, partnership.school_id)
    activity = Activity(
        partnership_id=meeting.partnership_id,
        title=title,
        kind=ActivityKind.MEETING,
        status=ActivityStatus.DONE if meeting.held_on < today else ActivityStatus.TENTATIVE,
        starts_on=meeting.held_on,
        start_time=start_time,
        duration_minutes=USUAL_MINUTES,
        zone=school.zone,
        description="\n".join(item.text for item in meeting.agenda),
    )
    with workspace.write("add_activity", label=title[:80]):
        records.add(workspace, activity)
        records.change(workspace, Meeting, meeting_id, activity_id=activity.id)
    return workspace.last_changes


def set_agenda(workspace: Workspace, meeting_id: UUID, texts: list[str]) -> Changes:
    """Write the agenda anew as lines; an item whose words stay keeps what it is about and its answer."""
    meeting = records.get(workspace, Meeting, meeting_id)
    known = {item.text: item for item in meeting.agenda}
    return change(workspace, meeting_id, agenda=[known.get(text) or AgendaItem(text=text) for text in texts])


def add_open_questions(workspace: Workspace, meeting_id: UUID, language: str = "en") -> int:
    """Put the questions for the school that are not on the agenda yet at its end; returns how many came."""
    meeting = records.get(workspace, Meeting, meeting_id)
    asked = readiness.open_questions(workspace, meeting.partnership_id, language)
    known = {item.about for item in meeting.agenda if item.kind is AgendaKind.READINESS}
    new = [
        AgendaItem(text=question.ask, kind=AgendaKind.READINESS, about=question.code)
        for question in asked
        if question.code not in known
    ]
    if new:
        records.change(workspace, Meeting, meeting_id, agenda=[*meeting.agenda, *new])
    return len(new)
