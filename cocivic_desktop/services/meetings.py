"""Meetings with their people. Day, time and place of a meeting are those of its activity in the calendar."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cocivic_desktop.domain.activities import Activity, ActivityKind, ActivityStatus, Participation
from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import InvalidField
from cocivic_desktop.domain.organisations import Organisation, Person, PersonKind
from cocivic_desktop.domain.partnerships import Meeting, Partnership
from cocivic_desktop.services import activities, records, taking_part

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace

USUAL_MINUTES = 60


def change(
    workspace: Workspace, meeting_id: UUID, /, *, title: str = "", today: date | None = None, **fields: Any
) -> Changes:
    """Set fields of a meeting, as one step of undo. A new day moves its activity along.

    With a `title` for it, a meeting that gets its first day is put into the calendar, in the school's time zone and
    for the whole day; before `today` as one that has taken place. Raises `InvalidField`, `NotFound`.
    """
    meeting = records.get(workspace, Meeting, meeting_id)
    day: date | None = fields.get("held_on")
    activity = activity_of(workspace, meeting)
    moves = activity is not None and activity.recurrence is None and day is not None and day != activity.starts_on
    if day is None or (activity is None and not title) or (activity is not None and not moves):
        return records.change(workspace, Meeting, meeting_id, **fields)
    with workspace.write("change_meeting", label=title_of(workspace, meeting) or title[:80]):
        if activity is None:
            activity = _new_activity(workspace, meeting, title, day, today)
            records.add(workspace, activity)
            fields["activity_id"] = activity.id
        else:
            activities.move_occurrence(workspace, activity.id, activity.starts_on, starts_on=day, today=today)
        records.change(workspace, Meeting, meeting_id, **fields)
    return workspace.last_changes


def activity_of(workspace: Workspace, meeting: Meeting) -> Activity | None:
    """The calendar's entry of a meeting, unless it is archived."""
    if meeting.activity_id is None:
        return None
    found = records.find(workspace, Activity, id=meeting.activity_id)
    return found[0] if found else None


def meeting_of(workspace: Workspace, activity_id: UUID) -> Meeting | None:
    """The content of an activity that is a meeting; None where nothing was written yet."""
    found = records.find(workspace, Meeting, activity_id=activity_id)
    return found[0] if found else None


def title_of(workspace: Workspace, meeting: Meeting) -> str:
    """The title that the calendar has for a meeting, "" without one."""
    activity = activity_of(workspace, meeting)
    return activity.title[:80] if activity is not None else ""


def put_in_calendar(workspace: Workspace, meeting_id: UUID, title: str, today: date) -> Changes:
    """Make the calendar's entry of a meeting that has a day. Raises `InvalidField` while it has none, `NotFound`."""
    meeting = records.get(workspace, Meeting, meeting_id)
    if meeting.held_on is None:
        raise InvalidField("held_on", "required")
    return change(workspace, meeting_id, title=title, today=today, held_on=meeting.held_on)


def people(workspace: Workspace, meeting: Meeting) -> list[Person]:
    """Who takes part according to the calendar, by name."""
    if meeting.activity_id is None:
        return []
    with workspace.read() as unit:
        ids = [one.person_id for one in unit.find(Participation, activity_id=meeting.activity_id)]
        found = unit.find(Person, archived=None, id=ids) if ids else []
    return sorted(found, key=lambda one: fold(one.name))


def set_takes_part(workspace: Workspace, meeting_id: UUID, person_id: UUID, takes_part: bool) -> Changes:
    """Let a person take part in a meeting, or no longer; somebody of the leadership makes it one with the leadership.

    Raises `InvalidField` while the meeting has no day: people are invited to a date. Raises `NotFound`.
    """
    meeting = records.get(workspace, Meeting, meeting_id)
    activity = activity_of(workspace, meeting)
    if activity is None:
        raise InvalidField("held_on", "required")
    person = records.get(workspace, Person, person_id)
    with workspace.write("add_participant" if takes_part else "remove_participant", label=person.name[:80]) as unit:
        present = unit.find(Participation, activity_id=activity.id, person_id=person_id)
        if takes_part and not present:
            taking_part.add(workspace, activity.id, {person_id: ""})
            if person.kind is PersonKind.LEADERSHIP:
                unit.get(Meeting, meeting_id).with_leadership = True
        for one in present if not takes_part else ():
            taking_part.remove(unit, one)
    return workspace.last_changes


def _new_activity(workspace: Workspace, meeting: Meeting, title: str, day: date, today: date | None) -> Activity:
    partnership = records.get(workspace, Partnership, meeting.partnership_id)
    school = records.get(workspace, Organisation, partnership.school_id)
    held = today is not None and day < today
    return Activity(
        partnership_id=meeting.partnership_id,
        title=title,
        kind=ActivityKind.MEETING,
        status=ActivityStatus.DONE if held else ActivityStatus.TENTATIVE,
        starts_on=day,
        duration_minutes=USUAL_MINUTES,
        zone=school.zone,
        planned_on=today,
    )
