"""Hours: who worked how long, on what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from uuid import UUID

from cocivic_desktop.domain.base import Entity, reference


class HourCategory(StrEnum):
    PREPARATION = "preparation"
    DELIVERY = "delivery"
    MENTORING = "mentoring"
    ADMINISTRATION = "administration"
    TRAVEL = "travel"


class HourState(StrEnum):
    LOGGED = "logged"
    CONFIRMED = "confirmed"


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
