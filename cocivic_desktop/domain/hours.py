"""Hours: who worked how long, on what."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from cocivic_desktop.domain.base import Entity, Language, Side, reference
from cocivic_desktop.domain.organisations import PersonKind


class HourCategory(StrEnum):
    PREPARATION = "preparation"
    DELIVERY = "delivery"
    MENTORING = "mentoring"
    ADMINISTRATION = "administration"
    TRAVEL = "travel"


class HourState(StrEnum):
    LOGGED = "logged"
    CONFIRMED = "confirmed"


class HourSource(StrEnum):
    """How an entry came in."""

    TYPED = "typed"
    GRID = "grid"
    ATTENDANCE = "attendance"
    TIMER = "timer"
    PLAN = "plan"
    PAPER = "paper"
    IMPORTED = "imported"


@dataclass(kw_only=True, eq=False)
class HourEntry(Entity):
    """Time of one person, or of a head count that names nobody. `minutes` are whole minutes per head."""

    partnership_id: UUID = reference("Partnership", owned=True)
    person_id: UUID | None = reference("Person", optional=True)
    head_count: int | None = None
    role: str = ""
    worked_on: date
    start_time: time | None = None
    minutes: int
    category: HourCategory = HourCategory.DELIVERY
    activity_id: UUID | None = reference("Activity", optional=True)
    state: HourState = HourState.LOGGED
    remark: str = ""
    confirmed_on: date | None = None
    source: HourSource = HourSource.TYPED


class AttendanceState(StrEnum):
    PRESENT = "present"
    ABSENT = "absent"
    EXCUSED = "excused"


@dataclass(kw_only=True, eq=False)
class Attendance(Entity):
    """Whether a person was at one occurrence of an activity."""

    activity_id: UUID = reference("Activity", owned=True)
    occurred_on: date
    person_id: UUID = reference("Person", owned=True)
    state: AttendanceState = AttendanceState.PRESENT
    minutes: int | None = None
    """How long the person was there; None means the whole time."""


@dataclass(kw_only=True, eq=False)
class HourTemplate(Entity):
    """An entry that comes back often, to be logged with one key. `minutes` are per head."""

    partnership_id: UUID = reference("Partnership", owned=True)
    title: str
    person_id: UUID | None = reference("Person", optional=True)
    head_count: int | None = None
    role: str = ""
    start_time: time | None = None
    minutes: int = 60
    category: HourCategory = HourCategory.DELIVERY
    activity_id: UUID | None = reference("Activity", optional=True)
    remark: str = ""
    position: int = 0


@dataclass(kw_only=True, eq=False)
class RunningTimer(Entity):
    """A timer that runs (`started_at`, a moment in UTC) or pauses (None); it goes on after a restart.

    `seconds_before` were worked before the last pause.
    """

    partnership_id: UUID = reference("Partnership", owned=True)
    person_id: UUID | None = reference("Person", optional=True)
    began_on: date
    started_at: datetime | None = None
    seconds_before: int = 0
    category: HourCategory = HourCategory.DELIVERY
    activity_id: UUID | None = reference("Activity", optional=True)
    remark: str = ""


@dataclass(kw_only=True, eq=False)
class WorkloadCheckIn(Entity):
    """How heavy the work feels to one person or a whole side, on one day.

    `level` 1 is much less than expected, 3 as expected, 5 much more (handbook, chapter 7.2: perceived workload).
    """

    partnership_id: UUID = reference("Partnership", owned=True)
    person_id: UUID | None = reference("Person", optional=True)
    side: Side = Side.CSO
    asked_on: date
    level: int = 3
    remark: str = ""


@dataclass(kw_only=True, eq=False)
class HourRate(Entity):
    """What an hour of volunteer time is worth to funders: cents of `currency` (ISO 4217), with source and year."""

    organisation_id: UUID = reference("Organisation", owned=True)
    amount_cents: int
    currency: str = "EUR"
    year: int
    category: HourCategory | None = None
    """Only for hours of this category; None for all without a rate of their own."""
    source: str = ""


class ReportPeriod(StrEnum):
    """Which days a report covers."""

    PARTNERSHIP = "partnership"
    SCHOOL_YEAR = "school_year"
    TERM = "term"
    CALENDAR_YEAR = "calendar_year"
    FUNDING = "funding"
    """From `starts_on` to `ends_on`, as the funder asks."""


@dataclass(kw_only=True, eq=False)
class HourReport(Entity):
    """Settings of an hour report under a name. `rows` and `columns` are codes of `rules.hour_report.GroupBy`.

    Without `partnership_id` it covers all partnerships.
    """

    partnership_id: UUID | None = reference("Partnership", optional=True, owned=True)
    title: str
    rows: list[str] = field(default_factory=list)
    columns: str = ""
    period: ReportPeriod = ReportPeriod.PARTNERSHIP
    starts_on: date | None = None
    ends_on: date | None = None
    person_kinds: list[str] = field(default_factory=list)
    """Kinds of people that count (`PersonKind`); empty means all, head counts included."""
    confirmed_only: bool = False
    with_value: bool = False
    position: int = 0


@dataclass(kw_only=True, eq=False)
class Certificate(Entity):
    """One line of the register of certificates: what was certified to whom, under which number.

    `minutes` are those confirmed at the time. `holder` is the name that was printed. The line outlives the partnership
    (`issued_for` keeps its title) and the person (`holder_kind` keeps who it was for): the paper is out of the house.
    """

    partnership_id: UUID | None = reference("Partnership", optional=True)
    number: str
    person_id: UUID | None = reference("Person", optional=True)
    holder: str = ""
    issued_on: date
    starts_on: date | None = None
    ends_on: date | None = None
    minutes: int
    language: Language = Language.ENGLISH
    competences: list[str] = field(default_factory=list)
    signed_by: str = ""
    revoked_on: date | None = None
    revoked_reason: str = ""
    holder_kind: PersonKind | None = None
    issued_for: str = ""
    roles: list[str] = field(default_factory=list)
    activities: list[str] = field(default_factory=list)
    activity_minutes: list[int] = field(default_factory=list)
    """What was printed of roles and activities, the longest first: printed again, the paper is the same."""
