"""Activities: anything with a date, once or recurring in teaching weeks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from cocivic_desktop.domain.base import Entity, long_text, reference


class ActivityKind(StrEnum):
    WORKSHOP = "workshop"
    SESSION = "session"
    MEETING = "meeting"
    VISIT = "visit"
    EVENT = "event"
    DEADLINE = "deadline"


class ActivityStatus(StrEnum):
    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"
    DONE = "done"
    CANCELLED = "cancelled"


class RecurrenceEnd(StrEnum):
    ON_DATE = "on_date"
    AFTER_COUNT = "after_count"
    END_OF_TERM = "end_of_term"
    BEFORE_ASSESSMENT = "before_assessment"


@dataclass(kw_only=True)
class Recurrence:
    """Every `interval` weeks on `weekdays` (0 is Monday); with `teaching_weeks_only`, closures are skipped."""

    interval: int = 1
    weekdays: list[int] = field(default_factory=list)
    ends: RecurrenceEnd = RecurrenceEnd.END_OF_TERM
    until: date | None = None
    count: int | None = None
    teaching_weeks_only: bool = True
    week_numbers: list[int] = field(default_factory=list)
    """Numbers of teaching weeks counted from the term's start; empty means all."""
    week_letter: str = ""
    """"A" or "B" where a school alternates weeks, counted from the term's start; empty means all."""


@dataclass(kw_only=True, eq=False)
class Activity(Entity):
    """A workshop, session, meeting, visit, event or deadline.

    `starts_on` and `start_time` are wall clock in `zone` (IANA), so that a session stays at ten o'clock
    across a change to summer time. No `start_time` means the whole day. The ICS UID is made from `id` and never
    changes.
    """

    partnership_id: UUID = reference("Partnership", owned=True)
    title: str
    kind: ActivityKind = ActivityKind.SESSION
    status: ActivityStatus = ActivityStatus.TENTATIVE
    starts_on: date
    start_time: time | None = None
    duration_minutes: int = 60
    zone: str = "Europe/Berlin"
    recurrence: Recurrence | None = None
    place: str = ""
    description: str = long_text()
    materials: str = long_text()
    preparation_minutes: int = 0
    follow_up_minutes: int = 0
    reminder_minutes: int | None = None
    goal_id: UUID | None = reference("SharedGoal", optional=True)
    challenge_id: UUID | None = reference("Challenge", optional=True)
    clause_id: UUID | None = reference("Clause", optional=True)
    head_count: int | None = None
    conflict_note: str = ""
    """Why it stays where it is in spite of a conflict."""
    notes_after: str = long_text()
    exported_at: datetime | None = None
    exported_hash: str = ""
    sequence: int = 0
    """SEQUENCE of RFC 5545: raised at every changed re-export."""
    routine_id: UUID | None = reference("CommunicationRoutine", optional=True)
    """The duty of the agreement that it fulfils."""
    split_from_id: UUID | None = reference("Activity", optional=True)
    """The series whose later dates it took over ("this and all following")."""
    planned_on: date | None = None
    """The day on which its dates were last set, for the notice that the agreement asks for; None: when it was made."""


@dataclass(kw_only=True, eq=False)
class OccurrenceOverride(Entity):
    """One occurrence of a series moved, changed or cancelled. `original_on` is the day it would have been."""

    activity_id: UUID = reference("Activity", owned=True)
    original_on: date
    cancelled: bool = False
    reason: str = ""
    starts_on: date | None = None
    start_time: time | None = None
    duration_minutes: int | None = None
    place: str | None = None
    status: ActivityStatus | None = None
    conflict_note: str = ""
    """Why this date stays where it is in spite of a conflict."""
    head_count: int | None = None
    """How many learners came."""
    notes_after: str = long_text()
    whole_day: bool = False
    """Without a time of day, where the series has one."""
    planned_on: date | None = None
    """The day on which this date was last moved; None where the series says when it is."""


class ParticipationReply(StrEnum):
    NONE = "none"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"


@dataclass(kw_only=True, eq=False)
class Participation(Entity):
    """A person who takes part in an activity, in a role."""

    activity_id: UUID = reference("Activity", owned=True)
    person_id: UUID = reference("Person", owned=True)
    role: str = ""
    reply: ParticipationReply = ParticipationReply.NONE
    replied_at: datetime | None = None
    """DTSTAMP of the reply, so that an older reply never replaces a newer one (RFC 5546, 2.1.5)."""
    reply_remark: str = ""
    proposed_on: date | None = None
    """The day that a counter-proposal asks for, wall clock in the activity's zone; None without one."""
    proposed_time: time | None = None
    proposed_minutes: int | None = None
    told_at: datetime | None = None
    """When a mail last invited this person or told of a change; None when never, or after it was called off."""


@dataclass(kw_only=True, eq=False)
class OccurrenceReply(Entity):
    """A person's reply to one date of a series, where it differs from the reply to the whole."""

    activity_id: UUID = reference("Activity", owned=True)
    person_id: UUID = reference("Person", owned=True)
    original_on: date
    reply: ParticipationReply = ParticipationReply.NONE
    replied_at: datetime | None = None
    reply_remark: str = ""
    proposed_on: date | None = None
    """The day that a counter-proposal asks for, wall clock in the activity's zone; None without one."""
    proposed_time: time | None = None
    proposed_minutes: int | None = None
