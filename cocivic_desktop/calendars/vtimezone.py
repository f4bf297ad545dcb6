"""VTIMEZONE of an IANA zone, as mail clients understand it (quality.md, "ICS export").

One STANDARD and at most one DAYLIGHT part with a yearly BYDAY rule, taken from the footer of the zone's TZif data
(RFC 9636, a POSIX TZ string such as `CET-1CEST,M3.5.0,M10.5.0/3`) and checked against `zoneinfo` for the years that
are written. A zone that cannot be said so gives None; its events are then written in UTC.
"""

from __future__ import annotations

import re
import zoneinfo
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from importlib import resources
from pathlib import Path

_NAME = r"<[^>]+>|[A-Za-z]{3,}"
_OFFSET = r"[+-]?\d{1,3}(?::\d{2}(?::\d{2})?)?"
_RULE = rf"M\d{{1,2}}\.[1-5]\.[0-6](?:/{_OFFSET})?"
_FOOTER = re.compile(
    rf"(?P<name>{_NAME})(?P<offset>{_OFFSET})"
    rf"(?:(?P<summer>{_NAME})(?P<summer_offset>{_OFFSET})?,(?P<onset>{_RULE}),(?P<end>{_RULE}))?"
)
_DAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")


@dataclass(frozen=True)
class YearlyRule:
    """A change of the clock: the `week`th `weekday` of `month`, at `seconds` of the day.

    Weekday 0 is Sunday; week 5 is the last of the month.
    """

    month: int
    week: int
    weekday: int
    seconds: int

    def moment(self, year: int) -> datetime:
        """The wall clock moment of the change in a year, before the clock changes; without a zone."""
        if self.week == 5:
            following = date(year + self.month // 12, self.month % 12 + 1, 1)
            day = following - timedelta(days=1)
            day -= timedelta(days=(day.isoweekday() % 7 - self.weekday) % 7)
        else:
            day = date(year, self.month, 1)
            day += timedelta(days=(self.weekday - day.isoweekday() % 7) % 7 + 7 * (self.week - 1))
        return datetime(day.year, day.month, day.day) + timedelta(seconds=self.seconds)  # noqa: DTZ001

    @property
    def rrule(self) -> str:
        """The rule as in RFC 5545."""
        week = -1 if self.week == 5 else self.week
        return f"FREQ=YEARLY;BYMONTH={self.month};BYDAY={week}{_DAYS[self.weekday]}"


@dataclass(frozen=True)
class ZoneRule:
    """A zone's clock by rule: offsets from UTC in seconds. `onset` begins summer time, `end` ends it."""

    standard_name: str
    standard_offset: int
    summer_name: str = ""
    summer_offset: int = 0
    onset: YearlyRule | None = None
    end: YearlyRule | None = None


@lru_cache(maxsize=256)
def zone_rule(zone: str) -> ZoneRule | None:
    """The rule of a zone from the footer of its data, or None when its data has none of a yearly BYDAY form."""
    footer = _footer(zone)
    match = _FOOTER.fullmatch(footer) if footer else None
    if match is None:
        return None
    offset = -_seconds(match["offset"])
    name = match["name"].strip("<>")
    if match["summer"] is None:
        return ZoneRule(name, offset)
    summer_name = match["summer"].strip("<>")
    summer_offset = -_seconds(match["summer_offset"]) if match["summer_offset"] else offset + 3600
    onset, end = _yearly(match["onset"]), _yearly(match["end"])
    if onset is None or end is None:
        return None
    if (
        summer_offset < offset
    ):  # Dublin: its standard time is that of summer; clients expect the greater one as DAYLIGHT
        return ZoneRule(summer_name, summer_offset, name, offset, end, onset)
    return ZoneRule(name, offset, summer_name, summer_offset, onset, end)


def _footer(zone: str) -> str:
    for folder in zoneinfo.TZPATH:
        path = Path(folder, *zone.split("/"))
        if ".." not in zone.split("/") and not zone.startswith("/") and path.is_file():
            return _last_line(path.read_bytes())
    *packages, name = zone.split("/")
    try:
        return _last_line(resources.files(".".join(["tzdata.zoneinfo", *packages])).joinpath(name).read_bytes())
    except (ImportError, OSError, ValueError):
        return ""


def _last_line(data: bytes) -> str:
    if not data.startswith(b"TZif") or not data.endswith(b"\n"):
        return ""
    return data[:-1].rpartition(b"\n")[2].decode("ascii", "replace")


def _seconds(text: str) -> int:
    sign = -1 if text.startswith("-") else 1
    parts = [int(part) for part in text.lstrip("+-").split(":")]
    return sign * sum(part * unit for part, unit in zip(parts, (3600, 60, 1), strict=False))


def _yearly(text: str) -> YearlyRule | None:
    """A rule of the form M3.5.0/2, or None when its time lies on another day, which BYDAY cannot say."""
    day, _, at = text.partition("/")
    month, week, weekday = (int(part) for part in day[1:].split("."))
    seconds = _seconds(at) if at else 7200
    return YearlyRule(month, week, weekday, seconds) if 0 <= seconds < 86400 else None


@lru_cache(maxsize=256)
def checked_rule(zone: str, first_year: int, last_year: int) -> ZoneRule | None:
    """The rule of a zone if `zoneinfo` agrees with it in every hour that matters of the given years, else None."""
    rule = zone_rule(zone)
    if rule is None or not _agrees(rule, zone, first_year, last_year):
        return None
    return rule


def _agrees(rule: ZoneRule, zone: str, first_year: int, last_year: int) -> bool:
    info = zoneinfo.ZoneInfo(zone)
    for year in range(first_year, last_year + 1):
        changes: list[tuple[datetime, int]] = []
        if rule.onset is not None and rule.end is not None:
            onset = rule.onset.moment(year) - timedelta(seconds=rule.standard_offset)
            end = rule.end.moment(year) - timedelta(seconds=rule.summer_offset)
            changes = sorted([(onset, rule.summer_offset), (end, rule.standard_offset)])
        offset = changes[-1][1] if changes else rule.standard_offset
        moments = [datetime(year, month, day) for month in range(1, 13) for day in (1, 8, 15, 22)]  # noqa: DTZ001
        moments += [at + timedelta(seconds=seconds) for at, _ in changes for seconds in (-1, 0)]
        for moment in sorted(moments):
            expected = next((after for at, after in reversed(changes) if at <= moment), offset)
            found = moment.replace(tzinfo=UTC).astimezone(info).utcoffset()
            if found is None or found.total_seconds() != expected:
                return False
    return True


def vtimezone(zone: str, first_year: int, last_year: int) -> list[str] | None:
    """The content lines of a zone's VTIMEZONE, valid from `first_year` to `last_year`, or None (then write UTC)."""
    rule = checked_rule(zone, first_year, last_year)
    if rule is None or rule.standard_offset % 60 or rule.summer_offset % 60:
        return None
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}"]
    if rule.onset is None or rule.end is None:
        lines += _part("STANDARD", rule.standard_name, rule.standard_offset, rule.standard_offset, None)
    else:
        lines += _part("DAYLIGHT", rule.summer_name, rule.standard_offset, rule.summer_offset, rule.onset)
        lines += _part("STANDARD", rule.standard_name, rule.summer_offset, rule.standard_offset, rule.end)
    return [*lines, "END:VTIMEZONE"]


def _part(kind: str, name: str, before: int, after: int, rule: YearlyRule | None) -> list[str]:
    start = rule.moment(1970).strftime("%Y%m%dT%H%M%S") if rule else "19700101T000000"
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{start}",
        *([f"RRULE:{rule.rrule}"] if rule else []),
        f"TZNAME:{name}",
        f"TZOFFSETFROM:{_offset(before)}",
        f"TZOFFSETTO:{_offset(after)}",
        f"END:{kind}",
    ]


def _offset(seconds: int) -> str:
    minutes = abs(seconds) // 60
    return f"{'-' if seconds < 0 else '+'}{minutes // 60:02}{minutes % 60:02}"
