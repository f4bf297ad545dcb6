"""What the calendar page shows: the dates of some days, with what is known of each. Made away from the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.activities import Activity
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.rules.conflicts import NOT_BY_MOVING, Conflict, Severity
from cocivic_desktop.domain.school_years import SchoolYear
from cocivic_desktop.services import promised_time, records
from cocivic_desktop.services.calendar_window import CalendarWindow, window
from cocivic_desktop.ui.pages.calendar.filters import Filters, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cocivic_desktop.domain.rules.recurrence import Occurrence, Skip
    from cocivic_desktop.domain.rules.teaching_weeks import YearView
    from cocivic_desktop.store.workspace import Workspace

Key = tuple[UUID, date]
"""An activity and the date's place in its series."""


class ViewKind(StrEnum):
    """The views, in the order of their keys."""

    STRIP = "strip"
    MONTH = "month"
    WEEK = "week"
    AGENDA = "agenda"


@dataclass(frozen=True)
class Entry:
    """One date that takes place, was left out by its series, or belongs to an archived activity."""

    activity: Activity
    on: date
    occurrence: Occurrence | None = None
    skip: Skip | None = None
    conflicts: tuple[Conflict, ...] = ()

    @cached_property
    def id(self) -> Key:
        """Names the entry as long as it exists."""
        return self.activity.id, self.occurrence.original_on if self.occurrence is not None else self.on

    @cached_property
    def standing(self) -> bool:
        """Whether it has conflicts that nobody has accepted."""
        return any(not each.accepted for each in self.conflicts)

    @property
    def movable(self) -> bool:
        """Whether another date would settle one of these conflicts."""
        return any(not each.accepted and each.code not in NOT_BY_MOVING for each in self.conflicts)

    @cached_property
    def hard(self) -> bool:
        """Whether one of its conflicts makes it impossible."""
        return any(each.severity is Severity.HARD for each in self.conflicts)


@dataclass(frozen=True)
class Wanted:
    """What is to be loaded: the view around a day, for a partnership, with filters. `first_weekday` is 0 for Monday."""

    partnership_id: UUID
    view: ViewKind
    around: date | None
    today: date
    filters: Filters
    first_weekday: int = 0


@dataclass(frozen=True)
class CalendarData:
    """The dates from `first` to `last` (inclusive) that the filters let through, and the school's year around them."""

    wanted: Wanted
    partnership: Partnership
    school: Organisation
    first: date
    last: date
    year: SchoolYear | None
    years: list[SchoolYear]
    window: CalendarWindow
    entries: list[Entry]
    archived: list[Entry] = field(default_factory=list)
    hidden: int = 0
    """How many dates the filters keep back."""
    complete: bool = True
    """False while other partnerships are still being read."""

    @cached_property
    def view(self) -> YearView | None:
        """All years of the school for the rules; None where none is known."""
        return self.window.content.years.get(self.school.id)

    @property
    def names(self) -> dict[UUID, str]:
        """Titles of activities and partnerships, and names of people."""
        return self.window.names

    @cached_property
    def _by_key(self) -> dict[Key, Entry]:
        return {one.id: one for one in (*self.archived, *self.entries)}

    def entry(self, key: Key | None) -> Entry | None:
        """The entry of a key, or None."""
        return self._by_key.get(key) if key is not None else None

    def own(self, entry: Entry) -> bool:
        """Whether a date belongs to the partnership of this page."""
        return entry.activity.partnership_id == self.partnership.id

    def partnership_of(self, entry: Entry) -> Partnership:
        """The partnership of a date."""
        return self.window.content.partnerships.get(entry.activity.partnership_id, self.partnership)

    def seen_from(self, entry: Entry) -> CalendarData:
        """The same for the partnership of a date, as the panels about it need it."""
        partnership = self.partnership_of(entry)
        if partnership.id == self.partnership.id:
            return self
        school = self.window.schools.get(partnership.school_id, self.school)
        return replace(self, partnership=partnership, school=school, years=[], year=None)


def shown_days(
    years: list[SchoolYear], partnership: Partnership, today: date, around: date | None
) -> tuple[date, date, SchoolYear | None]:
    """The school year around a day, the next one, or twelve months where none is known."""
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


def week_start(day: date, first_weekday: int) -> date:
    """The first day of the week of a day, where weeks begin on `first_weekday` (0 is Monday)."""
    return day - timedelta(days=(day.weekday() - first_weekday) % 7)


def days_of(wanted: Wanted, years: list[SchoolYear], partnership: Partnership) -> tuple[date, date]:
    """The first and last day of a view: a school year, the weeks of a month, or a week."""
    day = wanted.around or wanted.today
    if wanted.view is ViewKind.WEEK:
        first = week_start(day, wanted.first_weekday)
        return first, first + timedelta(days=6)
    if wanted.view is ViewKind.MONTH:
        first = week_start(day.replace(day=1), wanted.first_weekday)
        last_of_month = (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        return first, week_start(last_of_month, wanted.first_weekday) + timedelta(days=6)
    return shown_days(years, partnership, wanted.today, wanted.around)[:2]


def load(workspace: Workspace, wanted: Wanted, *, quick: bool = False) -> CalendarData:
    """Read what a view shows. `quick` leaves other partnerships out. Raises `NotFound`."""
    partnership = records.get(workspace, Partnership, wanted.partnership_id)
    school = records.get(workspace, Organisation, partnership.school_id)
    years = records.find(workspace, SchoolYear, order="starts_on", school_id=school.id)
    first, last = days_of(wanted, years, partnership)
    year = shown_days(years, partnership, wanted.today, wanted.around)[2]
    found = window(workspace, first, last, wanted.today, partnership.id if quick else None)
    if not quick:
        _add_over_commitment(workspace, found, wanted)
    every = _entries(found, partnership.id)
    shown = [one for one in every if wanted.filters.keeps(one, found.content, partnership.id)]
    away = records.find(workspace, Activity, archived=True, order="starts_on", partnership_id=partnership.id)
    archived = [Entry(one, one.starts_on) for one in away]
    scope = Filters(scope=wanted.filters.scope)
    in_scope = sum(1 for one in every if scope.keeps(one, found.content, partnership.id))
    return CalendarData(
        wanted,
        partnership,
        school,
        first,
        last,
        year,
        years,
        found,
        shown,
        archived if not wanted.filters.narrow else [],
        in_scope - len(shown),
        complete=not quick,
    )


def _entries(found: CalendarWindow, partnership_id: UUID) -> list[Entry]:
    """All dates in order; what series leave out is told of this partnership only."""
    activities, conflicts = found.content.activities, found.conflicts
    entries = [
        Entry(activities[one.activity_id], one.on, one, conflicts=conflicts.get((one.activity_id, one.original_on), ()))
        for one in found.occurrences
    ]
    own = [skip for skip in found.skips if activities[skip.activity_id].partnership_id == partnership_id]
    if own:
        entries += [Entry(activities[skip.activity_id], skip.on, skip=skip) for skip in own]
        entries.sort(key=lambda one: (one.on, one.occurrence.begins if one.occurrence is not None else 0))
    return entries


def _add_over_commitment(workspace: Workspace, found: CalendarWindow, wanted: Wanted) -> None:
    """Conflicts with the promised hours: they need the hours of the partnership of the page."""
    for each in promised_time.over_commitment(workspace, wanted.partnership_id, wanted.today):
        key = (each.activity_id, each.original_on)
        found.conflicts[key] = (*found.conflicts.get(key, ()), each)


def conflicting(entries: Iterable[Entry]) -> list[Entry]:
    """Those in conflict that nobody has accepted."""
    return [one for one in entries if one.standing]


__all__ = ["CalendarData", "Entry", "Filters", "Key", "Scope", "ViewKind", "Wanted", "load"]
