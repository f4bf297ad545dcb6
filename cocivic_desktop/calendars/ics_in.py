"""School calendars from ICS files as they are published, broken ones included (quality.md, "Hostile and broken input").

The bytes are capped and decoded deliberately, VTIMEZONE definitions are not executed (zones come from their names),
rules are expanded by days inside a window only, and every event that is not read is named with its reason.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from cocivic_desktop.calendars.day_rules import Allowance, RefusedRule, days_of, parse_rule
from cocivic_desktop.decoding import decode
from cocivic_desktop.domain.base import clean_text
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.rules.calendar_files import EndDates, ReadEvent, ReadResult, Skipped, guess_kind
from cocivic_desktop.domain.rules.teaching_weeks import CLOSURES

if TYPE_CHECKING:
    from icalendar.cal import Component

MAX_BYTES = 3_000_000
MAX_EVENTS = 20_000
LONGEST_LIST = 20_000
"""Characters of one RDATE or EXDATE: a thousand dates and more."""
_LONG_LIST = "X-COCIVIC-LONG-LIST"
LONGEST_DAYS = 400
"""No holiday is longer; what is, is an error of the file."""
_BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, OSError)
"""What a value that is not what it should be can raise in the parser and in computing with it."""
FULL_DAY = timedelta(hours=6)
"""A closure shorter than this leaves the school open."""


def read_calendar(
    data: bytes,
    *,
    first: date,
    last: date,
    zone: str = "UTC",
    ends: EndDates | None = None,
) -> ReadResult:
    """The events of an ICS file that touch the days from `first` to `last`, by whole days in `zone` (IANA).

    `ends` says how whole-day events give their end; None means: find out. Raises `BadInput` when the file is too
    big or no calendar at all.
    """
    if len(data) > MAX_BYTES:
        raise BadInput(f"The calendar file is larger than {MAX_BYTES // 1_000_000} MB. Nothing was read.")
    decoded = decode(data)
    if "BEGIN:VCALENDAR" not in decoded.text[:200_000].upper():
        raise BadInput("This file is not a calendar (ICS): it has no BEGIN:VCALENDAR. Nothing was read.")
    reader = _Reader(first, last, zone)
    if not decoded.certain:
        reader.remarks.append(Skipped("", "encoding_guessed", {"encoding": decoded.encoding}))
    raw = list(reader.events(decoded.text))
    how = ends or find_ends(raw)
    if how is EndDates.DOUBTFUL:
        reader.remarks.append(Skipped("", "ends_doubtful"))
    events = reader.expand(raw, inclusive=how is EndDates.INCLUSIVE)
    return ReadResult(events, reader.skipped, reader.remarks, reader.name, decoded.encoding, how)


@dataclass
class _RawEvent:
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
        return not isinstance(self.start, datetime)


def find_ends(events: Iterable[_RawEvent]) -> EndDates:
    """How a file's whole-day events give their ends.

    An end equal to the start makes no sense when it is exclusive, so such files are inclusive. Without any, a file
    whose longer periods mostly "end" on a Friday, and that has no event of one day, looks inclusive: doubtful.
    """
    same = single = friday = weekend = 0
    for event in events:
        if not event.all_day or not event.has_end:
            continue
        days = (event.end - event.start).days  # type: ignore[operator]
        same += days == 0
        single += days == 1
        if days > 2:
            friday += event.end.weekday() == 4
            weekend += event.end.weekday() in (5, 6, 0)
    if same:
        return EndDates.INCLUSIVE if same >= single else EndDates.DOUBTFUL
    return EndDates.DOUBTFUL if friday > 1 and friday > 2 * weekend and not single else EndDates.EXCLUSIVE


class _Reader:
    """One reading of one file: collects what was skipped and what was odd."""

    def __init__(self, first: date, last: date, zone: str) -> None:
        self.first, self.last = first, last
        self.skipped: list[Skipped] = []
        self.remarks: list[Skipped] = []
        self.name = ""
        self._zone: tzinfo = _zone(zone) or ZoneInfo("UTC")
        self._local: tzinfo = self._zone
        self._zones_remarked: set[str] = set()
        self._allowance = Allowance()

    # --- the file --------------------------------------------------------------------------------------------------

    def events(self, text: str) -> Iterator[_RawEvent]:
        """All events of all calendars of the file."""
        count = 0
        others = 0
        for calendar in self._calendars(text):
            self.name = (
                self.name or _text(calendar, "X-WR-CALNAME") or _text(calendar, "NAME") or _text(calendar, "PRODID")
            )
            self._local = _zone(_text(calendar, "X-WR-TIMEZONE")) or self._zone
            for component in calendar.subcomponents:
                if component.name != "VEVENT":
                    others += component.name in ("VTODO", "VJOURNAL", "VFREEBUSY")
                    continue
                count += 1
                if count > MAX_EVENTS:
                    self.skipped.append(Skipped("", "too_many_events", {"limit": MAX_EVENTS}))
                    return
                try:
                    event = self._event(component)
                except _BROKEN as error:
                    code = "impossible_date" if isinstance(error, OverflowError) else "unreadable"
                    event = self._skip(_short(_text(component, "SUMMARY")), code)
                if event is not None:
                    yield event
        if others:
            self.skipped.append(Skipped("", "not_an_event", {"count": others}))

    def _calendars(self, text: str) -> list[Component]:
        from icalendar import Calendar

        text, cut = _prepared(text)
        if cut:
            self.skipped.append(Skipped(cut, "truncated"))
        try:
            return list(Calendar.from_ical(text, multiple=True))
        except _BROKEN:
            return self._one_by_one(text)

    def _one_by_one(self, text: str) -> list[Component]:
        """Each event read as a calendar of its own, so that one broken event costs only itself."""
        from icalendar import Calendar

        found: list[Component] = []
        for block in re.findall(
            r"^BEGIN:VEVENT\r?\n.*?^END:VEVENT\r?$", text, re.MULTILINE | re.DOTALL | re.IGNORECASE
        ):
            try:
                found += Calendar.from_ical(f"BEGIN:VCALENDAR\r\n{block}\nEND:VCALENDAR\r\n", multiple=True)
            except _BROKEN:
                summary = re.search(r"^SUMMARY[^:\n]*:(.*)$", block, re.MULTILINE | re.IGNORECASE)
                self.skipped.append(Skipped(_short(summary[1] if summary else ""), "unreadable"))
        return found

    # --- one event -------------------------------------------------------------------------------------------------

    def _event(self, component: Component) -> _RawEvent | None:
        summary = _short(_text(component, "SUMMARY"))
        broken = {str(name or ""): str(message)[:200] for name, message in component.errors}
        if _text(component, "STATUS").upper() == "CANCELLED":
            return self._skip(summary, "cancelled")
        for name in ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"):
            if name in broken:
                code = {"RRULE": "bad_rule"}.get(name, "impossible_date")
                return self._skip(summary, code, field=name, value=broken[name])
        if broken:
            self.remarks.append(Skipped(summary, "damaged_lines", {"count": len(component.errors)}))
        if _LONG_LIST in component:
            return self._skip(summary, "too_many_dates")
        if "EXRULE" in component:
            return self._skip(summary, "unsupported_rule", field="EXRULE")
        start = self._moment(component, "DTSTART", summary)
        if start is None:
            return self._skip(summary, "no_start")
        end, has_end = self._end(component, start, summary)
        start, end = _same_kind(start, end)
        if end < start:
            return self._skip(summary, "ends_before_start", starts=_iso(start), ends=_iso(end))
        if (end - start).days > LONGEST_DAYS:  # type: ignore[operator]
            return self._skip(summary, "too_long", days=(end - start).days)  # type: ignore[operator]
        replaces = self._moment(component, "RECURRENCE-ID", summary)
        uid = _short(_text(component, "UID"))
        if not uid:
            uid = "no-uid-" + hashlib.sha256(f"{summary}|{_iso(start)}".encode()).hexdigest()[:24]
            self.remarks.append(Skipped(summary, "no_uid"))
        return _RawEvent(
            uid,
            summary,
            start,
            end,
            has_end,
            _categories(component),
            _whole_number(component, "SEQUENCE"),
            _values(component, "RRULE"),
            sorted(self._days(component, "RDATE", start)),
            self._days(component, "EXDATE", start),
            _day(replaces, start) if replaces is not None else None,
        )

    def _skip(self, summary: str, code: str, **parameters: object) -> _RawEvent | None:
        """Note why an event is left out; gives None, the event that there is not."""
        self.skipped.append(Skipped(summary, code, dict(parameters)))
        return None

    def _moment(self, component: Component, name: str, summary: str) -> date | datetime | None:
        values = _values(component, name)
        value = getattr(values[0], "dt", None) if values else None
        if isinstance(value, datetime):
            return self._aware(value, str(values[0].params.get("TZID", "")), summary)
        return value if isinstance(value, date) else None

    def _aware(self, value: datetime, tzid: str, summary: str) -> datetime:
        """A moment in a zone that is known by name; UTC and floating times are those of the calendar's zone."""
        if value.tzinfo is None or tzid:
            known = _zone(tzid)
            if tzid and known is None and tzid not in self._zones_remarked:
                self._zones_remarked.add(tzid)
                self.remarks.append(Skipped(summary, "unknown_zone", {"zone": tzid}))
            return value.replace(tzinfo=known or self._local)
        return value.astimezone(self._local)

    def _end(self, component: Component, start: date | datetime, summary: str) -> tuple[date | datetime, bool]:
        end = self._moment(component, "DTEND", summary)
        if end is not None:
            return end, True
        durations = _values(component, "DURATION")
        length = getattr(durations[0], "dt", None) if durations else None
        if isinstance(length, timedelta) and abs(length.days) < 100_000:
            return start + length, isinstance(start, datetime)
        return (start if isinstance(start, datetime) else _next_day(start)), False

    def _days(self, component: Component, name: str, start: date | datetime) -> set[date]:
        """The days of EXDATE or RDATE, in the zone of the event."""
        found: set[date] = set()
        for values in _values(component, name):
            tzid = str(values.params.get("TZID", "")) if hasattr(values, "params") else ""
            for item in getattr(values, "dts", []):
                value = item.dt[0] if isinstance(item.dt, tuple) else item.dt
                if isinstance(value, datetime):
                    value = self._aware(value, tzid, "")
                if isinstance(value, date):
                    found.add(_day(value, start))
        return found

    # --- days ------------------------------------------------------------------------------------------------------

    def expand(self, raw: list[_RawEvent], *, inclusive: bool) -> list[ReadEvent]:
        """The events by days inside the window, sorted; neighbouring days of one series become one period."""
        replaced: dict[str, set[date]] = {}
        for event in raw:
            if event.replaces is not None:
                replaced.setdefault(event.uid, set()).add(event.replaces)
        found: list[ReadEvent] = []
        outside = 0
        seen: dict[tuple[str, date | None], list[date | datetime]] = {}
        for event in sorted(raw, key=lambda event: -event.sequence):
            starts = seen.setdefault((event.uid, event.replaces), [])
            if event.start in starts:
                self._skip(event.summary, "duplicate", uid=event.uid)
                continue
            twin = len(starts)
            starts.append(event.start)
            try:
                spans = self._spans(event, replaced.get(event.uid, set()), inclusive=inclusive)
            except RefusedRule as refusal:
                self._skip(event.summary, refusal.code)
                continue
            except _BROKEN:
                self._skip(event.summary, "impossible_date")
                continue
            if not spans:
                outside += 1
            if len(found) + len(spans) > MAX_EVENTS:
                self._skip(event.summary, "too_many_events", limit=MAX_EVENTS)
                continue
            found += self._read_events(event, _joined(spans), twin)
        if outside:
            self.skipped.append(Skipped("", "outside_window", {"count": outside}))
        return sorted(found, key=lambda event: (event.starts_on, event.ends_on, event.summary))

    def _spans(self, event: _RawEvent, replaced: set[date], *, inclusive: bool) -> list[tuple[date, date]]:
        """The first and last days of an event inside the window, without the dates that others replace."""
        spans = [
            self._span(event, day, inclusive)
            for day in self._starts(event)
            if event.replaces is not None or day not in replaced
        ]
        return [span for span in spans if span[0] <= self.last and span[1] >= self.first]

    def _starts(self, event: _RawEvent) -> list[date]:
        start = event.start.date() if isinstance(event.start, datetime) else event.start
        # A series that began before the window may still reach into it, by its length and a day for the zone.
        length = (event.end - event.start).days + 2  # type: ignore[operator]
        first = date.fromordinal(max(1, self.first.toordinal() - length))
        last = date.fromordinal(min(date.max.toordinal() - LONGEST_DAYS - 2, self.last.toordinal() + 1))
        days: set[date] = set() if event.rules else {start}
        if event.replaces is None:
            for rule in event.rules:
                until = _until(rule, event.start, self._local)
                days.update(days_of(parse_rule(rule, until), start, first, last, self._allowance))
            days.update(event.extra_days)
            days -= event.left_out
        else:
            days = {start}
        return sorted(day for day in days if first <= day <= last)

    def _span(self, event: _RawEvent, day: date, inclusive: bool) -> tuple[date, date]:
        if isinstance(event.start, datetime) and isinstance(event.end, datetime):
            begin = datetime.combine(day, event.start.timetz()).astimezone(self._zone)
            finish = begin + (event.end.astimezone(UTC) - event.start.astimezone(UTC))
            last = finish - timedelta(microseconds=1) if finish > begin else finish
            return begin.date(), last.date()
        days = (event.end - event.start).days  # type: ignore[operator]
        if not inclusive or not event.has_end:
            days = max(0, days - 1)
        return day, day + timedelta(days=days)

    def _read_events(self, event: _RawEvent, spans: list[tuple[date, date]], twin: int) -> Iterator[ReadEvent]:
        kind = guess_kind(event.summary, event.categories)
        remark = ""
        if isinstance(event.start, datetime) and isinstance(event.end, datetime):
            length = event.end.astimezone(UTC) - event.start.astimezone(UTC)
            if kind in CLOSURES and length < FULL_DAY:
                kind, remark = None, "part_of_day"
        one = ReadEvent(event.uid, event.summary, date.min, date.min, kind, event.categories, remark=remark)
        recurring = bool(event.rules or event.extra_days or event.replaces is not None)
        for number, (starts_on, ends_on) in enumerate(spans):
            uid = event.uid
            if recurring or twin or number:
                uid = f"{uid}#{starts_on:%Y%m%d}"
            yield replace(one, uid=uid, starts_on=starts_on, ends_on=ends_on)


def _prepared(text: str) -> tuple[str, str]:
    """The text without VTIMEZONE definitions, and closed where the file was cut off; the second value says where."""
    lines = _without_long_lists(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    kept: list[str] = []
    in_zone = in_calendar = False
    event_from = -1
    for line in lines:
        mark = line[:16].rstrip().upper()
        if mark == "BEGIN:VTIMEZONE":
            in_zone = True
        elif mark == "END:VTIMEZONE":
            in_zone = False
            continue
        if in_zone:
            if mark not in ("END:VCALENDAR", "BEGIN:VEVENT"):
                continue
            in_zone = False  # a definition that is never closed
        if mark == "BEGIN:VCALENDAR":
            in_calendar = True
        elif mark == "END:VCALENDAR":
            in_calendar = False
        elif mark == "BEGIN:VEVENT":
            event_from = len(kept)
        elif mark == "END:VEVENT":
            event_from = -1
        kept.append(line)
    cut = ""
    if in_calendar:
        cut = "END:VCALENDAR"
        if event_from >= 0:
            summary = next(
                (line.partition(":")[2] for line in kept[event_from:] if line.upper().startswith("SUMMARY")), ""
            )
            cut = _short(re.sub(r"\\(.)", r"\1", summary)) or "VEVENT"
            del kept[event_from:]
        kept.append("END:VCALENDAR")
    return "\r\n".join(kept) + "\r\n", cut


def _without_long_lists(lines: Iterable[str]) -> Iterator[str]:
    """The lines, with a mark in the place of each list of dates that is too long to be meant."""
    held: list[str] = []
    length = 0
    for line in lines:
        if held and line[:1] in (" ", "\t"):
            length += len(line)
            if length <= LONGEST_LIST:
                held.append(line)
            continue
        if held:
            yield from held if length <= LONGEST_LIST else [f"{_LONG_LIST}:1"]
            held = []
        if line[:6].upper() in ("RDATE:", "RDATE;", "EXDATE"):
            held, length = [line], len(line)
        else:
            yield line
    yield from held if length <= LONGEST_LIST else [f"{_LONG_LIST}:1"]


def _joined(spans: list[tuple[date, date]]) -> list[tuple[date, date]]:
    """Spans in order, those that touch or overlap joined."""
    joined: list[tuple[date, date]] = []
    for starts_on, ends_on in sorted(spans):
        if joined and starts_on.toordinal() <= joined[-1][1].toordinal() + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], ends_on))
        else:
            joined.append((starts_on, ends_on))
    return joined


def _values(component: Component, name: str) -> list[Any]:
    value = component.get(name)
    if value is None:
        return []
    return list(value) if isinstance(value, list) and not hasattr(value, "to_ical") else [value]


def _text(component: Component, name: str) -> str:
    values = _values(component, name)
    return str(values[0]).strip() if values else ""


def _short(text: str) -> str:
    return " ".join(clean_text(text).split())[:200]


def _whole_number(component: Component, name: str) -> int:
    try:
        return int(_text(component, name) or 0)
    except ValueError:
        return 0


def _categories(component: Component) -> tuple[str, ...]:
    found: list[str] = []
    for value in _values(component, "CATEGORIES"):
        found += [_short(str(category)) for category in getattr(value, "cats", [value])]
    return tuple(found[:20])


def _zone(name: str) -> ZoneInfo | None:
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


def _same_kind(start: date | datetime, end: date | datetime) -> tuple[date | datetime, date | datetime]:
    """Start and end both as days or both as moments; an end without a time means its midnight."""
    if isinstance(start, datetime) and not isinstance(end, datetime):
        return start, datetime.combine(end, time(0), tzinfo=start.tzinfo)
    if not isinstance(start, datetime) and isinstance(end, datetime):
        last = end.date() if end.time() == time(0) and end.date() > start else _next_day(end.date())
        return start, last
    return start, end


def _next_day(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day


def _day(value: date | datetime, like: date | datetime) -> date:
    """The day of a value in the zone of `like`."""
    if isinstance(value, datetime):
        return value.astimezone(like.tzinfo).date() if isinstance(like, datetime) else value.date()
    return value


def _until(rule: Any, start: date | datetime, local: tzinfo) -> date | None:
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


def _iso(value: date | datetime) -> str:
    return value.isoformat()
