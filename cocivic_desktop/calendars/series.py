"""A recurring activity as one event with a rule, as RFC 5545 says it, for calendars that take it.

School terms cannot be said by a rule: the rule names the weeks and weekdays, what it has too many is left out one by
one (EXDATE), and each date that differs stands as an exception of its own (RECURRENCE-ID). Where programs disagree,
the series is not written as one: times that a clock change skips or repeats, and zones without a yearly rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from cocivic_desktop.calendars.ics_out import CalendarEvent, EventStatus
from cocivic_desktop.calendars.vtimezone import vtimezone
from cocivic_desktop.domain.activities import Activity
from cocivic_desktop.domain.rules.recurrence import wall_clock
from cocivic_desktop.domain.rules.teaching_weeks import monday_of

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST_LEFT_OUT: Final = 400
"""Dates left out of one series; with more, a rule says less than single events would."""


def as_series(activity: Activity, events: Mapping[date, CalendarEvent], uid: str) -> CalendarEvent | None:
    """The events of a series, by their original dates, as one event with exceptions; None when that cannot be said."""
    rule = activity.recurrence
    if rule is None or not events:
        return None
    weekdays = sorted({day for day in rule.weekdays if 0 <= day <= 6}) or [activity.starts_on.weekday()]
    first, last = min(events), max(events)
    dates = _rule_dates(first, last, weekdays, max(1, rule.interval))
    left_out = [day for day in dates if day not in events]
    if not events.keys() <= set(dates) or len(left_out) > MOST_LEFT_OUT:
        return None
    starts = _starts(activity, dates)
    if starts is None:
        return None
    pattern = _pattern(activity, events, starts)
    until = starts[last]
    return replace(
        pattern[first],
        uid=uid,
        rule=f"FREQ=WEEKLY;INTERVAL={max(1, rule.interval)};BYDAY={','.join(DAYS[day] for day in weekdays)}",
        until=until,
        left_out=tuple(starts[day] for day in left_out),
        exceptions=tuple(
            replace(event, uid=uid, instead_of=starts[day])
            for day, event in sorted(events.items())
            if replace(event, uid=uid) != replace(pattern[day], uid=uid)
        ),
    )


def _rule_dates(first: date, last: date, weekdays: Iterable[int], interval: int) -> list[date]:
    """What the rule alone would compute."""
    dates = []
    monday = monday_of(first)
    while monday <= last:
        dates += [day for day in (monday + timedelta(days=offset) for offset in weekdays) if first <= day <= last]
        monday += timedelta(weeks=interval)
    return dates


def _starts(activity: Activity, dates: Iterable[date]) -> dict[date, date | datetime] | None:
    """The start of each date; None where programs would compute different moments."""
    if activity.start_time is None:
        return {day: day for day in dates}
    starts: dict[date, date | datetime] = {}
    years: set[int] = set()
    for day in dates:
        start = wall_clock(day, activity.start_time, activity.zone)
        twice = start.replace(fold=0).utcoffset() != start.replace(fold=1).utcoffset()
        if twice or start.time() != activity.start_time.replace(tzinfo=None) or start.date() != day:
            return None
        starts[day] = start
        years.add(day.year)
    if activity.zone != "UTC" and vtimezone(activity.zone, min(years) - 1, max(years) + 1) is None:
        return None
    return starts


def _pattern(
    activity: Activity, events: Mapping[date, CalendarEvent], starts: Mapping[date, date | datetime]
) -> dict[date, CalendarEvent]:
    """What each date would be if nothing had been changed for it, by what most of them have in common."""
    common = _most_common(events.values())
    length = timedelta(minutes=max(0, activity.duration_minutes))
    found: dict[date, CalendarEvent] = {}
    for day in events:
        start = starts[day]
        if isinstance(start, datetime):
            end = (
                datetime.combine(start.date(), start.time(), start.tzinfo) + length
            )  # as long by the clock on the wall
            last = (end - timedelta(seconds=1)).date() if length else end.date()
            found[day] = replace(
                common, starts_on=day, ends_on=max(day, last), starts_at=start, ends_at=end.replace(fold=0)
            )
        else:
            days = max(1, -(-max(0, activity.duration_minutes) // (24 * 60)))
            found[day] = replace(common, starts_on=day, ends_on=day + timedelta(days=days - 1))
    return found


def _most_common(events: Iterable[CalendarEvent]) -> CalendarEvent:
    """The event whose texts and status most dates share; cancelled only when all are."""
    tried: dict[tuple[object, ...], list[CalendarEvent]] = {}
    for event in events:
        key = (event.status is EventStatus.CANCELLED, event.status, event.location, event.summary, event.description)
        tried.setdefault(key, []).append(event)
    return max(tried.values(), key=lambda some: (some[0].status is not EventStatus.CANCELLED, len(some)))[0]
