"""What the calendar page shows: dates of one partnership in some days, with what is known about each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.activities import Activity
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.rules.conflicts import NOT_BY_MOVING, Conflict, Severity
from cocivic_desktop.domain.rules.teaching_weeks import YearView, join_years, year_view
from cocivic_desktop.domain.school_years import CalendarPeriod, LessonTime, SchoolYear, Term
from cocivic_desktop.services import calendar, records

if TYPE_CHECKING:
    from cocivic_desktop.domain.rules.recurrence import Occurrence, Skip
    from cocivic_desktop.services.calendar_overview import Overview
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.widgets.year_strip import Mark

Key = tuple[UUID, date]
"""An activity and the date's place in its series."""


@dataclass(frozen=True)
class Entry:
    """One line of the agenda, one mark in the strip: a date that takes place, was left out, or is archived."""

    activity: Activity
    on: date
    occurrence: Occurrence | None = None
    skip: Skip | None = None
    conflicts: tuple[Conflict, ...] = ()

    @property
    def id(self) -> Key:
        """Names the entry as long as it exists."""
        return self.activity.id, self.occurrence.original_on if self.occurrence is not None else self.on

    @property
    def standing(self) -> bool:
        """Whether it has conflicts that nobody has accepted."""
        return any(not each.accepted for each in self.conflicts)

    @property
    def movable(self) -> bool:
        """Whether another date would settle one of these conflicts."""
        return any(not each.accepted and each.code not in NOT_BY_MOVING for each in self.conflicts)

    @property
    def hard(self) -> bool:
        """Whether one of its conflicts makes it impossible."""
        return any(each.severity is Severity.HARD for each in self.conflicts)


@dataclass
class CalendarData:
    """A partnership's dates from `first` to `last`, and its school's years."""

    partnership: Partnership
    school: Organisation
    first: date
    last: date
    year: SchoolYear | None
    years: list[SchoolYear] = field(default_factory=list)
    view: YearView | None = None
    entries: list[Entry] = field(default_factory=list)
    archived: list[Entry] = field(default_factory=list)
    overview: Overview | None = None
    """Conflicts and other partnerships; comes later, None until then."""

    other_marks: list[Mark] = field(default_factory=list)
    """The dates of other partnerships as the strip shows them."""

    def with_overview(self, overview: Overview, other_marks: list[Mark]) -> None:
        """Add the conflicts to the entries."""
        self.other_marks = other_marks
        by_key: dict[Key, list[Conflict]] = {}
        for conflict in overview.conflicts:
            by_key.setdefault((conflict.activity_id, conflict.original_on), []).append(conflict)
        self.overview = overview
        self.entries = [
            entry if entry.skip is not None else replace(entry, conflicts=tuple(by_key.get(entry.id, ())))
            for entry in self.entries
        ]

    def entry(self, key: Key | None) -> Entry | None:
        """The entry of a key, or None."""
        return next((one for one in (*self.entries, *self.archived) if one.id == key), None)

    def coming(self, activity_id: UUID, today: date) -> Entry | None:
        """The next date of an activity, else its last one."""
        own = [one for one in (*self.entries, *self.archived) if one.activity.id == activity_id and one.skip is None]
        return next((one for one in own if one.on >= today), own[-1] if own else None)


def school_years(context: Context, school_id: UUID) -> list[SchoolYear]:
    """The years of a school in order."""
    return records.find(context.workspace, SchoolYear, order="starts_on", school_id=school_id)


def view_of(context: Context, school: Organisation, years: list[SchoolYear]) -> YearView | None:
    """All years of a school for the rules."""
    ids = [year.id for year in years]
    terms = records.find(context.workspace, Term, order="starts_on", school_year_id=ids)
    periods = records.find(context.workspace, CalendarPeriod, order="starts_on", school_year_id=ids)
    lessons = records.find(context.workspace, LessonTime, school_year_id=ids)
    return join_years(
        [
            year_view(
                year,
                [one for one in terms if one.school_year_id == year.id],
                [one for one in periods if one.school_year_id == year.id],
                [one for one in lessons if one.school_year_id == year.id],
                zone=school.zone,
                deadline_notice_days=school.deadline_notice_days,
            )
            for year in years
        ]
    )


def shown_days(
    years: list[SchoolYear], partnership: Partnership, today: date, around: date | None
) -> tuple[date, date, SchoolYear | None]:
    """The days to show: the school year around a day, the next one, or twelve months where none is known."""
    day = around or today
    inside = next((year for year in years if year.starts_on <= day <= year.ends_on), None)
    if inside is None and around is None:
        inside = next((year for year in years if year.starts_on > day), years[-1] if years else None)
    if inside is not None:
        return inside.starts_on, inside.ends_on, inside
    start = around or partnership.starts_on or today
    first = date(start.year if start.month >= 8 else start.year - 1, 8, 1)
    last = date(first.year + 1, 7, 31)
    for year in years:  # days of a known year are not shown twice
        if first <= year.starts_on <= last:
            last = year.starts_on - timedelta(days=1)
        if first <= year.ends_on <= last:
            first = year.ends_on + timedelta(days=1)
    return first, last, None


def load(context: Context, partnership_id: UUID, around: date | None) -> CalendarData:
    """Read a partnership's dates of the school year around a day; None means around today. Raises `NotFound`."""
    workspace = context.workspace
    partnership = records.get(workspace, Partnership, partnership_id)
    school = records.get(workspace, Organisation, partnership.school_id)
    years = school_years(context, school.id)
    first, last, year = shown_days(years, partnership, context.today(), around)
    found = calendar.occurrences(workspace, partnership_id, first, last)
    entries = [Entry(found.activities[one.activity_id], one.on, occurrence=one) for one in found.occurrences]
    entries += [Entry(found.activities[skip.activity_id], skip.on, skip=skip) for skip in found.skips]
    entries.sort(key=lambda entry: (entry.on, entry.occurrence.begins if entry.occurrence else 0))
    away = records.find(workspace, Activity, archived=True, order="starts_on", partnership_id=partnership_id)
    archived = [Entry(one, one.starts_on) for one in away]
    return CalendarData(
        partnership, school, first, last, year, years, view_of(context, school, years), entries, archived
    )
