"""RFC 5545 recurrence rules by whole days, inside a window, with bounded work.

A school's calendar needs days only. A general engine may search forever for a rule that never matches (30 February)
or produce a million dates; here the work is counted in days looked at, and a rule that needs more is refused.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

MAX_DAYS_LOOKED_AT = 80_000
"""Per rule: two hundred years of days."""
MAX_DAYS_IN_FILE = 250_000
"""All rules of a file together; about a second of work."""
_WEEKDAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_FINER = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
_KNOWN = frozenset({
    "FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYSETPOS", "WKST", "SKIP",
    "RSCALE",
})  # fmt: skip


class RefusedRule(Exception):
    """A rule that is not followed; `code` says why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True)
class DayRule:
    """A recurrence rule by days."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: date | None = None
    weekdays: tuple[tuple[int, int], ...] = ()
    """Pairs of ordinal (0 for all) and weekday (0 is Monday)."""
    months: frozenset[int] = frozenset()
    month_days: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0


def parse_rule(parts: Mapping[str, Sequence[object]], until: date | None) -> DayRule:
    """A rule from its parts, such as `{"FREQ": ["WEEKLY"], "BYDAY": ["TU"]}`; `until` is its local last day.

    Raises `RefusedRule` with code finer_than_daily, bad_interval, unsupported_rule or bad_rule.
    """
    frequency = str(parts.get("FREQ", [""])[0]).upper() if parts.get("FREQ") else ""
    if frequency in _FINER or any(name in parts for name in ("BYHOUR", "BYMINUTE", "BYSECOND")):
        raise RefusedRule("finer_than_daily")
    if frequency not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
        raise RefusedRule("bad_rule")
    if set(parts) - _KNOWN:
        raise RefusedRule("unsupported_rule")
    try:
        interval = _first(parts, "INTERVAL", 1)
        count = _first(parts, "COUNT", 0) if "COUNT" in parts else None
        rule = DayRule(
            frequency,
            interval,
            count,
            until,
            tuple(_weekday(str(value)) for value in parts.get("BYDAY", ())),
            frozenset(int(str(value)) for value in parts.get("BYMONTH", ())),
            tuple(int(str(value)) for value in parts.get("BYMONTHDAY", ())),
            tuple(int(str(value)) for value in parts.get("BYYEARDAY", ())),
            tuple(int(str(value)) for value in parts.get("BYSETPOS", ())),
            _WEEKDAYS[str(parts["WKST"][0]).upper()] if parts.get("WKST") else 0,
        )
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise RefusedRule("bad_rule") from error
    if not 1 <= rule.interval <= 10_000:
        raise RefusedRule("bad_interval")
    if rule.count is not None and rule.count < 1:
        raise RefusedRule("bad_rule")
    return rule


def _first(parts: Mapping[str, Sequence[object]], name: str, default: int) -> int:
    values = parts.get(name)
    return int(str(values[0])) if values else default


def _weekday(text: str) -> tuple[int, int]:
    text = text.strip().upper()
    return (int(text[:-2]) if text[:-2] else 0, _WEEKDAYS[text[-2:]])


class Allowance:
    """How many days may still be looked at for the rules of one file."""

    def __init__(self, days: int = MAX_DAYS_IN_FILE) -> None:
        self._left = days

    def spend(self, days: int, spent: int) -> None:
        """Use up some days; `spent` is what this rule has used. Raises `RefusedRule("too_much_work")`."""
        self._left -= days
        if self._left < 0 or spent > MAX_DAYS_LOOKED_AT:
            raise RefusedRule("too_much_work")


def days_of(rule: DayRule, start: date, first: date, last: date, allowance: Allowance | None = None) -> list[date]:
    """The days of a rule from `first` to `last`, its start among them. Raises `RefusedRule("too_much_work")`."""
    allowance = allowance or Allowance()
    stop = min(last, rule.until) if rule.until is not None else last
    found: list[date] = []
    taken = looked = 0
    for period in _periods(rule, start, first if rule.count is None else start, stop):
        looked += len(period)
        allowance.spend(len(period), looked)
        days = [day for day in period if _matches(rule, day, start)]
        if rule.positions:
            chosen = {days[p - 1 if p > 0 else p] for p in rule.positions if p and abs(p) <= len(days)}
            days = sorted(chosen)
        for day in days:
            if day < start:
                continue
            if day > stop or (rule.count is not None and taken >= rule.count):
                return _with_start(found, rule, start, first, last)
            taken += 1
            if day >= first:
                found.append(day)
    return _with_start(found, rule, start, first, last)


def _with_start(found: list[date], rule: DayRule, start: date, first: date, last: date) -> list[date]:
    """The first day belongs to the series even if the rule does not match it, as clients show it."""
    if first <= start <= last and start not in found[:1]:
        found.insert(0, start)
        if rule.count is not None and len(found) > rule.count:
            found.pop()
    return found


def _periods(rule: DayRule, start: date, first: date, stop: date) -> Iterator[list[date]]:
    """The periods of a rule as lists of days, from the one of `first` on; those between intervals left out."""
    step = rule.interval
    if rule.frequency == "DAILY":
        ahead = max(0, (first - start).days) // step * step
        day = start.toordinal() + ahead
        while day <= stop.toordinal():
            yield [date.fromordinal(day)]
            day += step
    elif rule.frequency == "WEEKLY":
        week = start.toordinal() - (start.weekday() - rule.week_start) % 7
        week += max(0, first.toordinal() - week) // (7 * step) * 7 * step
        while week <= stop.toordinal():
            yield [date.fromordinal(day) for day in range(max(1, week), min(week + 7, date.max.toordinal() + 1))]
            week += 7 * step
    elif rule.frequency == "MONTHLY":
        month = start.year * 12 + start.month - 1
        month += max(0, first.year * 12 + first.month - 1 - month) // step * step
        while month <= stop.year * 12 + stop.month - 1:
            year, number = divmod(month, 12)
            yield [date(year, number + 1, day + 1) for day in range(calendar.monthrange(year, number + 1)[1])]
            month += step
    else:
        year = start.year + max(0, first.year - start.year) // step * step
        while year <= stop.year:
            begin = date(year, 1, 1)
            yield [begin + timedelta(days=day) for day in range(366 if calendar.isleap(year) else 365)]
            year += step


def _matches(rule: DayRule, day: date, start: date) -> bool:
    if rule.months and day.month not in rule.months:
        return False
    length = calendar.monthrange(day.year, day.month)[1]
    if rule.month_days and not {day.day, day.day - length - 1} & set(rule.month_days):
        return False
    if rule.year_days:
        of_year, days_in_year = day.timetuple().tm_yday, 366 if calendar.isleap(day.year) else 365
        if not {of_year, of_year - days_in_year - 1} & set(rule.year_days):
            return False
    if rule.weekdays:
        return any(_is_weekday(rule, day, ordinal, weekday, length) for ordinal, weekday in rule.weekdays)
    return bool(rule.month_days or rule.year_days) or _like_start(rule, day, start)


def _like_start(rule: DayRule, day: date, start: date) -> bool:
    """Whether a day fits the parts that a rule leaves to its start."""
    if rule.frequency == "WEEKLY":
        return day.weekday() == start.weekday()
    if rule.frequency == "MONTHLY":
        return day.day == start.day
    if rule.frequency == "YEARLY":
        return day.day == start.day and (bool(rule.months) or day.month == start.month)
    return True


def _is_weekday(rule: DayRule, day: date, ordinal: int, weekday: int, month_length: int) -> bool:
    if day.weekday() != weekday:
        return False
    if ordinal == 0 or rule.frequency in ("DAILY", "WEEKLY"):
        return True
    if rule.frequency == "MONTHLY" or rule.months:
        position, length = day.day, month_length
    else:
        position, length = day.timetuple().tm_yday, 366 if calendar.isleap(day.year) else 365
    return (position - 1) // 7 + 1 == ordinal if ordinal > 0 else (length - position) // 7 + 1 == -ordinal
