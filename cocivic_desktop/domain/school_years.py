"""A school's year: terms, lesson times, and calendar periods such as holidays and assessments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from cocivic_desktop.domain.base import Entity, reference


@dataclass(kw_only=True, eq=False)
class SchoolYear(Entity):
    """One year of one school; serves all partnerships with that school. Dates are inclusive."""

    school_id: UUID = reference("Organisation", owned=True)
    label: str
    starts_on: date
    ends_on: date
    source: str = ""
    checked_on: date | None = None
    confirmed_on: date | None = None
    """Day on which the school confirmed these dates."""


@dataclass(kw_only=True, eq=False)
class Term(Entity):
    """A term of a school year, both dates inclusive."""

    school_year_id: UUID = reference("SchoolYear", owned=True)
    name: str
    starts_on: date
    ends_on: date
    position: int = 0
    first_week_letter: str = "A"
    """Letter of the first week, where the school alternates A and B weeks."""


@dataclass(kw_only=True, eq=False)
class LessonTime(Entity):
    """One lesson of the day, wall clock in the school's zone. `weekday` is 0 for Monday, None for every day."""

    school_year_id: UUID = reference("SchoolYear", owned=True)
    number: int
    starts_at: time
    ends_at: time
    weekday: int | None = None


class PeriodKind(StrEnum):
    HOLIDAY = "holiday"
    PUBLIC_HOLIDAY = "public_holiday"
    ASSESSMENT = "assessment"
    ACCREDITATION_DEADLINE = "accreditation_deadline"
    BLOCKED = "blocked"


class PeriodSource(StrEnum):
    MANUAL = "manual"
    ICS = "ics"
    CSV = "csv"
    OFFLINE = "offline"
    """Public holidays known without a network (`holidays` package)."""


@dataclass(kw_only=True, eq=False)
class CalendarPeriod(Entity):
    """Days of one kind in a school year, both dates inclusive, with where they come from."""

    school_year_id: UUID = reference("SchoolYear", owned=True)
    kind: PeriodKind = PeriodKind.HOLIDAY
    name: str
    starts_on: date
    ends_on: date
    hard: bool = False
    """An assessment period that forbids sessions, instead of advising against them."""
    estimate: bool = False
    source: PeriodSource = PeriodSource.MANUAL
    source_detail: str = ""
    external_uid: str = ""
    imported_at: datetime | None = None
    checked_on: date | None = None
    """Day on which somebody last compared it with its source; None means with the school year."""
    confirmed_on: date | None = None
    """Day on which the school confirmed this period by itself; None means with the school year."""
