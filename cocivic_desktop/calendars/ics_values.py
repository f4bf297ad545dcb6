"""An event of an ICS file as it is written, and the small readings of its values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from cocivic_desktop.domain.base import clean_text

if TYPE_CHECKING:
    from icalendar.cal import Component

BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, OSError)
"""What a value that is not what it should be can raise in the parser and in computing with it."""


@dataclass
class RawEvent:
    """An event as written: local start and end, not yet expanded. `end` is as written, exclusive by the standard."""

    uid: str
    summary: str
    start: date | datetime
    end: date | datetime
    has_end: bool
    categories: tuple[str, ...]
    sequence: int
    rules: list[Any]
    extra_days: list[date]
    left_out: set[date]
    replaces: date | None

    @property
    def all_day(self) -> bool:
        """Whether it is given by days."""
        return not isinstance(self.start, datetime)


def values_of(component: Component, name: str) -> list[Any]:
    """The values of a property that may stand once or several times."""
    value = component.get(name)
    if value is None:
        return []
    return list(value) if isinstance(value, list) and not hasattr(value, "to_ical") else [value]


def text_of(component: Component, name: str) -> str:
    """The first value of a property as text."""
    values = values_of(component, name)
    return str(values[0]).strip() if values else ""


def short(text: str) -> str:
    """A text on one line, cleaned and cut to 200 characters."""
    return " ".join(clean_text(text).split())[:200]


def whole_number(component: Component, name: str) -> int:
    """A property as a number, 0 when it is none."""
    try:
        return int(text_of(component, name) or 0)
    except ValueError:
        return 0


def categories(component: Component) -> tuple[str, ...]:
    """The first 20 categories of an event."""
    found: list[str] = []
    for value in values_of(component, "CATEGORIES"):
        found += [short(str(category)) for category in getattr(value, "cats", [value])]
    return tuple(found[:20])


def zone_named(name: str) -> ZoneInfo | None:
    """A zone by its IANA or Windows name, or None."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    name = name.strip().strip('"')
    name = name.rpartition("/freeassociation.sourceforge.net/")[2] if name.startswith("/") else name
    for candidate in (name, WINDOWS_TO_OLSON.get(name, "")):
        if re.fullmatch(r"[A-Za-z0-9_+\-]+(?:/[A-Za-z0-9_+\-]+)*", candidate):
            try:
                return ZoneInfo(candidate)
            except (OSError, ValueError, KeyError):
                continue
    return None


def same_kind(start: date | datetime, end: date | datetime) -> tuple[date | datetime, date | datetime]:
    """Start and end both as days or both as moments; an end without a time means its midnight."""
    if isinstance(start, datetime) and not isinstance(end, datetime):
        return start, datetime.combine(end, time(0), tzinfo=start.tzinfo)
    if not isinstance(start, datetime) and isinstance(end, datetime):
        last = end.date() if end.time() == time(0) and end.date() > start else next_day(end.date())
        return start, last
    return start, end


def next_day(day: date) -> date:
    """The day after; the last day of all has none."""
    return day + timedelta(days=1) if day < date.max else day


def day_of(value: date | datetime, like: date | datetime) -> date:
    """The day of a value in the zone of `like`."""
    if isinstance(value, datetime):
        return value.astimezone(like.tzinfo).date() if isinstance(like, datetime) else value.date()
    return value


def until_day(rule: Any, start: date | datetime, local: tzinfo) -> date | None:
    """The last day of a rule's UNTIL: the day before when its time is before that of the start."""
    values = rule.get("UNTIL")
    until = values[0] if isinstance(values, list) and values else values
    if isinstance(until, datetime) and isinstance(start, datetime):
        zone = start.tzinfo or local
        until = until.replace(tzinfo=zone) if until.tzinfo is None else until.astimezone(zone)
        before = until.time() < start.time()
        return until.date() - timedelta(days=1) if before and until.date() > date.min else until.date()
    if isinstance(until, datetime):
        return until.date()
    return until if isinstance(until, date) else None


def iso(value: date | datetime) -> str:
    """ISO 8601."""
    return value.isoformat()


def days_between(start: date | datetime, end: date | datetime) -> int:
    """Whole days from start to end, both of one kind (`same_kind`)."""
    if isinstance(start, datetime) and isinstance(end, datetime):
        return (end - start).days
    return end.toordinal() - start.toordinal()
