"""Term-aware recurrence: "every Tuesday at ten in teaching weeks until the exams".

A series counts calendar weeks from the week of its first day, as RFC 5545 does with INTERVAL, so that a closure
does not move the weeks after it. In teaching weeks only, a date on a closure, in an assessment that forbids
sessions, or outside the terms is left out and reported with its reason; `count` counts the dates that remain.

Times are wall clock in the activity's zone. A time that the clock jumps over moves forward by the jump (02:30
becomes 03:30); of a time that comes twice, the first is meant. The end is the start plus the minutes that pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from cocivic_desktop.domain.activities import (
    Activity,
    ActivityStatus,
    OccurrenceOverride,
    Recurrence,
    RecurrenceEnd,
)
from cocivic_desktop.domain.rules.teaching_weeks import YearView, monday_of
from cocivic_desktop.domain.school_years import PeriodKind

MAX_OCCURRENCES = 1500
"""Most occurrences of one activity; what follows is not computed."""
MAX_DAYS = 3660
"""No series runs longer than ten years."""
DAY_MINUTES = 24 * 60


class SkipCode(StrEnum):
    """Why a series leaves a date out."""

    CLOSURE = "closure"
    PUBLIC_HOLIDAY = "public_holiday"
    ASSESSMENT = "assessment"
    OUTSIDE_TERM = "outside_term"
    NO_TEACHING_WEEK = "no_teaching_week"
    """An open day of a week in which no school day is open."""
    NOT_ENOUGH_WEEKS = "not_enough_weeks"
    """The known terms end before the wanted number of sessions is reached."""


class Occurrence(NamedTuple):
    """One date of an activity. `original_on` names it within the series, `on` is where it takes place.

    `starts_at` and `ends_at` are aware in the activity's zone, None for whole days; `ends_on` is the last day,
    inclusive. `begins` and `finishes` are the same moments as seconds since 1970 in UTC (whole days: local
    midnights), so that sweeps compare whole numbers.
    """

    activity_id: UUID
    original_on: date
    on: date
    ends_on: date
    starts_at: datetime | None
    ends_at: datetime | None
    minutes: int
    place: str
    status: ActivityStatus
    cancelled: bool
    reason: str
    begins: int
    finishes: int
    note: str = ""
    """Why it stays where it is in spite of a conflict; of this date, not of its series."""

    @property
    def moved(self) -> bool:
        """Whether it takes place on another day than the series says."""
        return self.on != self.original_on


class Skip(NamedTuple):
    """A date that a series leaves out, why, and the name of the period that is in the way."""

    activity_id: UUID
    on: date
    code: SkipCode
    name: str = ""


@lru_cache(maxsize=1024)
def zone_info(name: str) -> ZoneInfo:
    """The IANA zone of a name. An unknown name means UTC, so that a broken zone never hides a date."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        return ZoneInfo("UTC")


def wall_clock(on: date, at: time, zone: str) -> datetime:
    """The moment at which a clock on the wall in `zone` shows `on` and `at`, aware in `zone`.

    A time that does not exist moves forward by the jump of the clock; of an ambiguous one the first is taken.
    """
    info = zone_info(zone)
    local = datetime.combine(on, at.replace(tzinfo=None, fold=0), tzinfo=info)
    return local.astimezone(UTC).astimezone(info)


def day_at(moment: datetime, zone: str) -> date:
    """The day of an aware moment, as a calendar on the wall in `zone` shows it."""
    return moment.astimezone(zone_info(zone)).date()


def on_wall(one: Occurrence, zone: str) -> Occurrence:
    """The same moments as a clock in `zone` (IANA) shows them; whole days stay the days that they are."""
    if one.starts_at is None or one.ends_at is None:
        return one
    starts, ends = one.starts_at.astimezone(zone_info(zone)), one.ends_at.astimezone(zone_info(zone))
    last = ends - timedelta(seconds=1) if one.minutes else ends
    return one._replace(on=starts.date(), ends_on=max(starts.date(), last.date()), starts_at=starts, ends_at=ends)


def city(zone: str) -> str:
    """The place that names a zone: "Istanbul" of "Europe/Istanbul"."""
    return zone.rpartition("/")[2].replace("_", " ")


def occurrences(
    activity: Activity,
    overrides: Iterable[OccurrenceOverride],
    year: YearView | None,
    first: date,
    last: date,
) -> tuple[list[Occurrence], list[Skip]]:
    """The occurrences of an activity that touch the days from `first` to `last`, and the dates its series skips there.

    `year` is the view of the school's years, None when none is known: then nothing is skipped. Overrides of other
    activities are ignored, and so are those whose date the series does not have. A skipped date that an override
    moves takes place where the override says. Never more than `MAX_OCCURRENCES`.
    """
    changes = {change.original_on: change for change in overrides if change.activity_id == activity.id}
    if activity.recurrence is None:
        one = _occurrence(activity, activity.starts_on, changes.get(activity.starts_on))
        return ([one] if one.on <= last and one.ends_on >= first else []), []
    found: list[Occurrence] = []
    skipped: list[Skip] = []
    earliest = date.fromordinal(max(1, first.toordinal() - 1 - max(0, activity.duration_minutes) // DAY_MINUTES))
    for original_on, skip in _series(activity, activity.recurrence, changes, year):
        if skip is not None:
            if first <= skip.on <= last:
                skipped.append(skip)
            continue
        change = changes.get(original_on)
        if change is None and not earliest <= original_on <= last:
            continue
        one = _occurrence(activity, original_on, change)
        if one.on <= last and one.ends_on >= first:
            found.append(one)
    found.sort(key=lambda one: (one.begins, one.original_on))
    return found, skipped


def series_limit(activity: Activity, rule: Recurrence, year: YearView | None) -> date:
    """The last day on which a series may have a date, from its way of ending and what is known of the school's year.

    Without a school year, "end of term" and "before the assessment" end one year after the first day. Where no
    assessment follows, the series ends with its term.
    """
    start = activity.starts_on
    furthest = start + timedelta(days=min(MAX_DAYS, (date.max - start).days))
    limit = furthest
    if rule.ends is RecurrenceEnd.ON_DATE:
        limit = rule.until or start
    elif rule.ends in (RecurrenceEnd.END_OF_TERM, RecurrenceEnd.BEFORE_ASSESSMENT):
        limit = _end_of_term(start, year) or min(furthest, start + timedelta(days=366))
        if rule.ends is RecurrenceEnd.BEFORE_ASSESSMENT and year is not None:
            coming = [
                period.starts_on
                for period in year.periods
                if period.kind is PeriodKind.ASSESSMENT and period.starts_on > start
            ]
            if coming:
                limit = min(coming) - timedelta(days=1)
    if rule.teaching_weeks_only and year is not None:
        limit = min(limit, max(span.ends_on for span in year.spans))
    return min(limit, furthest)


def _end_of_term(start: date, year: YearView | None) -> date | None:
    """The end of the term of `start`, or of the next one."""
    if year is None:
        return None
    return next((span.ends_on for span in year.spans if span.ends_on >= start), start)


def _series(
    activity: Activity, rule: Recurrence, changes: dict[date, OccurrenceOverride], year: YearView | None
) -> Iterator[tuple[date, Skip | None]]:
    """The dates of a series in order; with a `Skip` where it leaves one out."""
    limit = series_limit(activity, rule, year)
    wanted = MAX_OCCURRENCES
    if rule.ends is RecurrenceEnd.AFTER_COUNT:
        wanted = min(wanted, max(0, rule.count or 0))
    taken = 0
    for day in _candidates(activity.starts_on, limit, rule):
        if taken >= wanted:
            return
        if (rule.week_numbers or rule.week_letter) and year is not None and not _in_wanted_week(day, rule, year):
            continue
        skip = _skip(activity.id, day, year) if rule.teaching_weeks_only and year is not None else None
        if skip is not None:
            change = changes.get(day)
            if change is None or change.cancelled or change.starts_on is None:
                yield day, skip
                continue
        taken += 1
        yield day, None
    if rule.ends is RecurrenceEnd.AFTER_COUNT and taken < wanted:
        yield limit, Skip(activity.id, limit, SkipCode.NOT_ENOUGH_WEEKS)


def _candidates(start: date, limit: date, rule: Recurrence) -> Iterator[date]:
    weekdays = sorted({day for day in rule.weekdays if 0 <= day <= 6}) or [start.weekday()]
    step = timedelta(days=7 * min(max(1, rule.interval), 520))
    monday = monday_of(start)
    while monday <= limit:
        for weekday in weekdays:
            if weekday > (date.max - monday).days:
                return
            day = monday + timedelta(days=weekday)
            if start <= day <= limit:
                yield day
        if date.max - monday < step:
            return
        monday += step


def _in_wanted_week(day: date, rule: Recurrence, year: YearView) -> bool:
    week = year.week_of(day)
    if week is None:
        return False
    if rule.week_numbers and week.number not in rule.week_numbers:
        return False
    return not rule.week_letter or week.letter == rule.week_letter.upper()


_SKIP_CODES = {PeriodKind.PUBLIC_HOLIDAY: SkipCode.PUBLIC_HOLIDAY, PeriodKind.ASSESSMENT: SkipCode.ASSESSMENT}


def _skip(activity_id: UUID, day: date, year: YearView) -> Skip | None:
    closure = year.closure_on(day)
    if closure is not None:
        return Skip(activity_id, day, _SKIP_CODES.get(closure.kind, SkipCode.CLOSURE), closure.name)
    if year.term_on(day) is None:
        return Skip(activity_id, day, SkipCode.OUTSIDE_TERM)
    if year.week_of(day) is None:
        return Skip(activity_id, day, SkipCode.NO_TEACHING_WEEK)
    return None


def _occurrence(activity: Activity, original_on: date, change: OccurrenceOverride | None) -> Occurrence:
    on, at, minutes = original_on, activity.start_time, activity.duration_minutes
    place, status, cancelled, reason = activity.place, activity.status, False, ""
    note = activity.conflict_note if activity.recurrence is None else ""
    if change is not None:
        on = change.starts_on or on
        at = None if change.whole_day else change.start_time or at
        minutes = minutes if change.duration_minutes is None else change.duration_minutes
        place = place if change.place is None else change.place
        status = change.status or status
        cancelled, reason = change.cancelled, change.reason
        note = change.conflict_note or note
    cancelled = cancelled or status is ActivityStatus.CANCELLED
    status = ActivityStatus.CANCELLED if cancelled else status
    minutes = max(0, minutes)
    return build_occurrence(
        activity,
        original_on,
        on,
        at,
        minutes,
        place=place,
        status=status,
        cancelled=cancelled,
        reason=reason,
        note=note,
    )


def build_occurrence(
    activity: Activity,
    original_on: date,
    on: date,
    at: time | None,
    minutes: int,
    *,
    place: str,
    status: ActivityStatus,
    cancelled: bool = False,
    reason: str = "",
    note: str = "",
) -> Occurrence:
    """An occurrence with its moments computed in the activity's zone."""
    starts_at = wall_clock(on, at or time(0), activity.zone)
    begins = int(starts_at.timestamp())
    if at is None:
        ends_on = on + timedelta(days=max(0, -(-minutes // DAY_MINUTES) - 1))
        finishes = int(wall_clock(ends_on + timedelta(days=1), time(0), activity.zone).timestamp())
        return Occurrence(
            activity.id,
            original_on,
            on,
            ends_on,
            None,
            None,
            minutes,
            place,
            status,
            cancelled,
            reason,
            begins,
            finishes,
            note,
        )
    finishes = begins + minutes * 60
    ends_at = datetime.fromtimestamp(finishes, UTC).astimezone(starts_at.tzinfo)
    last_moment = ends_at - timedelta(seconds=1) if minutes else ends_at
    return Occurrence(
        activity.id,
        original_on,
        starts_at.date(),
        max(starts_at.date(), last_moment.date()),
        starts_at,
        ends_at,
        minutes,
        place,
        status,
        cancelled,
        reason,
        begins,
        finishes,
        note,
    )
