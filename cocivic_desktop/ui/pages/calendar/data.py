"""What the calendar page shows: the dates of some days, with what is known of each. Made away from the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.activities import Activity, ActivityStatus
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.rules.conflicts import NOT_BY_MOVING, Conflict, Severity
from cocivic_desktop.domain.school_years import SchoolYear
from cocivic_desktop.services import records
from cocivic_desktop.services.calendar_window import CalendarWindow, window
from cocivic_desktop.ui.pages.calendar import clock
from cocivic_desktop.ui.pages.calendar.filters import Filters, Scope
from cocivic_desktop.ui.pages.calendar.views.by_day import by_day
from cocivic_desktop.ui.pages.calendar.views.days import SchoolDays
from cocivic_desktop.ui.texts.formats import time_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cocivic_desktop.domain.rules.recurrence import Occurrence, Skip
    from cocivic_desktop.domain.rules.teaching_weeks import YearView
    from cocivic_desktop.store.workspace import Workspace

MANY = 1_500
"""From so many activities on, those of the partnership are shown before the others are read."""
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
    own_clock: Occurrence | None = None
    """The date in the activity's own zone, where `occurrence` is on the clock of another one."""
    zone: str = ""
    """That other zone (IANA)."""

    @cached_property
    def id(self) -> Key:
        """Names the entry as long as it exists."""
        return self.activity.id, self.occurrence.original_on if self.occurrence is not None else self.on

    @cached_property
    def text(self) -> str:
        """In one line: sign, time, title."""
        one = self.occurrence
        parts = [self.sign, time_text(one.starts_at if one is not None else None), self.activity.title]
        return " ".join(part for part in parts if part)

    @cached_property
    def sign(self) -> str:
        """What stands before a title: "×" not possible, "!" unwise, "✓" done."""
        if self.standing:
            return "×" if self.hard else "!"
        done = self.occurrence is not None and self.occurrence.status is ActivityStatus.DONE
        return "✓" if done else ""

    @cached_property
    def partnership_id(self) -> UUID:
        """The partnership it belongs to."""
        return self.activity.partnership_id

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
    school_days: dict[UUID, SchoolDays] = field(default_factory=dict)
    """The days of schools that were asked for."""
    every: list[Entry] = field(default_factory=list)
    """The dates of all partnerships, without filters."""

    @cached_property
    def view(self) -> YearView | None:
        """All years of the school for the rules; None where none is known."""
        return self.window.content.years.get(self.school.id)

    @property
    def days(self) -> SchoolDays:
        """What the school's year says about each day."""
        return self.days_for(self.school.id)

    def days_for(self, school_id: UUID) -> SchoolDays:
        """The same for any school."""
        found = self.school_days.get(school_id)
        if found is None:
            found = self.school_days[school_id] = SchoolDays(self.window.content.years.get(school_id))
        return found

    @cached_property
    def by_day(self) -> dict[date, list[Entry]]:
        """What takes place on each day."""
        return by_day(self.entries, self.first, self.last, self.partnership.id)

    @cached_property
    def by_week(self) -> dict[object, dict[int, list[Entry]]]:
        """For each row of the strip the dates by the number of their week, the worst first.

        Rows are kinds of activity where one partnership is shown, else ids of partnerships.
        """
        start = week_start(self.first, self.wanted.first_weekday)
        kinds = self.wanted.filters.scope is Scope.THIS
        found: dict[object, dict[int, list[Entry]]] = {}
        for entry in self.entries:
            if entry.occurrence is not None and self.first <= entry.on <= self.last:
                row = found.setdefault(entry.activity.kind if kinds else entry.partnership_id, {})
                row.setdefault((entry.on - start).days // 7, []).append(entry)
        for weeks in found.values():
            for some in weeks.values():
                some.sort(key=lambda one: (not one.hard, not one.standing, one.on))
        return found

    def prepare(self) -> None:
        """Compute what the view will ask for; called away from the GUI thread."""
        if self.wanted.view is ViewKind.MONTH:
            _ = self.by_day
        schools = [self.days]
        if self.wanted.view is ViewKind.STRIP:
            _ = self.by_week
            if self.wanted.filters.scope is not Scope.THIS:
                partnerships = self.window.content.partnerships.values()
                schools = [self.days_for(id) for id in {self.school.id, *(one.school_id for one in partnerships)}]
        if self.wanted.view is not ViewKind.AGENDA:
            for number in range((self.last - self.first).days + 1):
                for each in schools:
                    each.on(self.first + timedelta(days=number))
        for entry in self.entries:
            _ = entry.id, entry.text, entry.standing, entry.hard

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
        return entry.partnership_id == self.partnership.id

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


def load(
    workspace: Workspace, wanted: Wanted, *, quick: bool = False, before: CalendarData | None = None
) -> CalendarData:
    """Read what a view shows. Raises `NotFound`.

    With `quick` and more than `MANY` activities, other partnerships are left out and the data are not complete.
    While nothing has changed, the days are taken from what was shown `before`, if it has them.
    """
    partnership = records.get(workspace, Partnership, wanted.partnership_id)
    school = records.get(workspace, Organisation, partnership.school_id)
    years = records.find(workspace, SchoolYear, order="starts_on", school_id=school.id)
    first, last = days_of(wanted, years, partnership)
    year = shown_days(years, partnership, wanted.today, wanted.around)[2]
    known = (before.window.whole or before.window) if before is not None and before.complete else None
    if quick:
        quick = not (known is not None and known.serves(workspace, first, last, wanted.today)) and _many(workspace)
    found = window(workspace, first, last, wanted.today, partnership.id if quick else None, known)
    same = before is not None and before.window is found
    every = before.every if before is not None and same else _entries(found, partnership.id, school.zone)
    shown = [one for one in every if wanted.filters.keeps(one, found.content, partnership.id)]
    away = records.find(workspace, Activity, archived=True, order="starts_on", partnership_id=partnership.id)
    archived = [Entry(one, one.starts_on) for one in away]
    scope = Filters(scope=wanted.filters.scope)
    in_scope = sum(1 for one in every if scope.keeps(one, found.content, partnership.id))
    data = CalendarData(
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
        school_days=before.school_days if before is not None and before.window.content is found.content else {},
        every=every,
    )
    data.prepare()
    return data


def _many(workspace: Workspace) -> bool:
    with workspace.read() as unit:
        return unit.count(Activity) > MANY


def _entries(found: CalendarWindow, partnership_id: UUID, zone: str) -> list[Entry]:
    """All dates in order, on the clock of `zone`; what series leave out is told of this partnership only."""
    activities, conflicts = found.content.activities, found.conflicts
    entries = [
        Entry(activities[one.activity_id], one.on, one, conflicts=conflicts.get((one.activity_id, one.original_on), ()))
        for one in found.occurrences
    ]
    if any(activity.zone != zone for activity in activities.values()):
        entries = [one if one.activity.zone == zone else clock.shown_in(one, zone) for one in entries]
    own = [skip for skip in found.skips if activities[skip.activity_id].partnership_id == partnership_id]
    if own:
        entries += [Entry(activities[skip.activity_id], skip.on, skip=skip) for skip in own]
        entries.sort(key=lambda one: (one.on, one.occurrence.begins if one.occurrence is not None else 0))
    return entries


def with_promises(data: CalendarData, over: Iterable[Conflict]) -> CalendarData:
    """The same with the dates on which promised hours are used up: they need hours, and so are read by themselves.

    Called away from the GUI thread.
    """
    by_key: dict[Key, tuple[Conflict, ...]] = {}
    for each in over:
        key = (each.activity_id, each.original_on)
        by_key[key] = (*by_key.get(key, ()), each)
    if not any(data.entry(key) is not None for key in by_key):
        return data
    entries = [
        replace(one, conflicts=(*one.conflicts, *by_key[one.id])) if one.id in by_key else one for one in data.entries
    ]
    told = replace(data, entries=entries)
    told.prepare()
    return told


__all__ = ["CalendarData", "Entry", "Filters", "Key", "Scope", "ViewKind", "Wanted", "load"]
