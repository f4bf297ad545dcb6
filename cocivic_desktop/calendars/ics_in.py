"""School calendars from ICS files as they are published, broken ones included (quality.md, "Hostile and broken input").

The bytes are capped and decoded deliberately, VTIMEZONE definitions are not executed (zones come from their names),
rules are expanded by days inside a window only, and every event that is not read is named with its reason.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cocivic_desktop.calendars.ics_days import LONGEST_DAYS, MAX_EVENTS, Expansion
from cocivic_desktop.calendars.ics_text import LONG_LIST, prepared
from cocivic_desktop.calendars.ics_values import (
    BROKEN,
    RawEvent,
    categories,
    day_of,
    days_between,
    iso,
    next_day,
    same_kind,
    short,
    text_of,
    values_of,
    whole_number,
    zone_named,
)
from cocivic_desktop.decoding import decode
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.rules.calendar_files import EndDates, EndsExample, ReadResult, Skipped

if TYPE_CHECKING:
    from icalendar.cal import Component

MAX_BYTES = 3_000_000


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
    expansion = Expansion(first, last, reader.zone, reader.local, reader.skipped)
    events = expansion.events(raw, inclusive=how is EndDates.INCLUSIVE)
    example = _ends_example(raw, first, last)
    return ReadResult(events, reader.skipped, reader.remarks, reader.name, decoded.encoding, how, example)


def _ends_example(events: Iterable[RawEvent], first: date, last: date) -> EndsExample | None:
    """The longest whole-day period inside the window: there a day more or less is seen best."""
    long = [
        event
        for event in events
        if event.all_day
        and event.has_end
        and first <= day_of(event.start, event.start) <= last
        and days_between(event.start, event.end) > 1
    ]
    if not long:
        return None
    event = max(long, key=lambda one: days_between(one.start, one.end))
    start, end = day_of(event.start, event.start), day_of(event.end, event.end)
    return EndsExample(event.summary, start, end, end - timedelta(days=1))


def find_ends(events: Iterable[RawEvent]) -> EndDates:
    """How a file's whole-day events give their ends.

    An end equal to the start makes no sense when it is exclusive, so such files are inclusive. Without any, a file
    whose longer periods mostly "end" on a Friday, and that has no event of one day, looks inclusive: doubtful.
    """
    same = single = friday = weekend = 0
    for event in events:
        if not event.all_day or not event.has_end:
            continue
        days = days_between(event.start, event.end)
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
        self.zone: tzinfo = zone_named(zone) or ZoneInfo("UTC")
        self.local: tzinfo = self.zone
        self._zones_remarked: set[str] = set()

    # --- the file --------------------------------------------------------------------------------------------------

    def events(self, text: str) -> Iterator[RawEvent]:
        """All events of all calendars of the file."""
        count = 0
        others = 0
        for calendar in self._calendars(text):
            self.name = (
                self.name
                or text_of(calendar, "X-WR-CALNAME")
                or text_of(calendar, "NAME")
                or text_of(calendar, "PRODID")
            )
            self.local = zone_named(text_of(calendar, "X-WR-TIMEZONE")) or self.zone
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
                except BROKEN as error:
                    code = "impossible_date" if isinstance(error, OverflowError) else "unreadable"
                    event = self._skip(short(text_of(component, "SUMMARY")), code)
                if event is not None:
                    yield event
        if others:
            self.skipped.append(Skipped("", "not_an_event", {"count": others}))

    def _calendars(self, text: str) -> list[Component]:
        from icalendar import Calendar

        text, cut = prepared(text)
        if cut:
            self.skipped.append(Skipped(cut, "truncated"))
        try:
            return list(Calendar.from_ical(text, multiple=True))
        except BROKEN:
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
            except BROKEN:
                summary = re.search(r"^SUMMARY[^:\n]*:(.*)$", block, re.MULTILINE | re.IGNORECASE)
                self.skipped.append(Skipped(short(summary[1] if summary else ""), "unreadable"))
        return found

    # --- one event -------------------------------------------------------------------------------------------------

    def _event(self, component: Component) -> RawEvent | None:
        summary = short(text_of(component, "SUMMARY"))
        broken = {str(name or ""): _said(message) for name, message in component.errors}
        if text_of(component, "STATUS").upper() == "CANCELLED":
            return self._skip(summary, "cancelled")
        for name in ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"):
            if name in broken:
                code = {"RRULE": "bad_rule"}.get(name, "impossible_date")
                return self._skip(summary, code, field=name, value=broken[name])
        if broken:
            self.remarks.append(Skipped(summary, "damaged_lines", {"count": len(component.errors)}))
        if LONG_LIST in component:
            return self._skip(summary, "too_many_dates")
        if "EXRULE" in component:
            return self._skip(summary, "unsupported_rule", field="EXRULE")
        start = self._moment(component, "DTSTART", summary)
        if start is None:
            return self._skip(summary, "no_start")
        end, has_end = self._end(component, start, summary)
        start, end = same_kind(start, end)
        if end < start:
            return self._skip(summary, "ends_before_start", starts=iso(start), ends=iso(end))
        if days_between(start, end) > LONGEST_DAYS:
            return self._skip(summary, "too_long", days=days_between(start, end))
        replaces = self._moment(component, "RECURRENCE-ID", summary)
        uid = short(text_of(component, "UID"))
        if not uid:
            uid = "no-uid-" + hashlib.sha256(f"{summary}|{iso(start)}".encode()).hexdigest()[:24]
            self.remarks.append(Skipped(summary, "no_uid"))
        return RawEvent(
            uid,
            summary,
            start,
            end,
            has_end,
            categories(component),
            whole_number(component, "SEQUENCE"),
            values_of(component, "RRULE"),
            sorted(self._days(component, "RDATE", start)),
            self._days(component, "EXDATE", start),
            day_of(replaces, start) if replaces is not None else None,
        )

    def _skip(self, summary: str, code: str, **parameters: object) -> RawEvent | None:
        """Note why an event is left out; gives None, the event that there is not."""
        self.skipped.append(Skipped(summary, code, dict(parameters)))
        return None

    def _moment(self, component: Component, name: str, summary: str) -> date | datetime | None:
        values = values_of(component, name)
        value = getattr(values[0], "dt", None) if values else None
        if isinstance(value, datetime):
            return self._aware(value, str(values[0].params.get("TZID", "")), summary)
        return value if isinstance(value, date) else None

    def _aware(self, value: datetime, tzid: str, summary: str) -> datetime:
        """A moment in a zone that is known by name; UTC and floating times are those of the calendar's zone."""
        if value.tzinfo is None or tzid:
            known = zone_named(tzid)
            if tzid and known is None and tzid not in self._zones_remarked:
                self._zones_remarked.add(tzid)
                self.remarks.append(Skipped(summary, "unknown_zone", {"zone": tzid}))
            return value.replace(tzinfo=known or self.local)
        return value.astimezone(self.local)

    def _end(self, component: Component, start: date | datetime, summary: str) -> tuple[date | datetime, bool]:
        end = self._moment(component, "DTEND", summary)
        if end is not None:
            return end, True
        durations = values_of(component, "DURATION")
        length = getattr(durations[0], "dt", None) if durations else None
        if isinstance(length, timedelta) and abs(length.days) < 100_000:
            return start + length, isinstance(start, datetime)
        return (start if isinstance(start, datetime) else next_day(start)), False

    def _days(self, component: Component, name: str, start: date | datetime) -> set[date]:
        """The days of EXDATE or RDATE, in the zone of the event."""
        found: set[date] = set()
        for values in values_of(component, name):
            tzid = str(values.params.get("TZID", "")) if hasattr(values, "params") else ""
            for item in getattr(values, "dts", []):
                value = item.dt[0] if isinstance(item.dt, tuple) else item.dt
                if isinstance(value, datetime):
                    value = self._aware(value, tzid, "")
                if isinstance(value, date):
                    found.add(day_of(value, start))
        return found


def _said(message: object) -> str:
    """What the file says where the parser stumbled: the last word of its message, without the parser's own words."""
    return str(message).rsplit(maxsplit=1)[-1][:80] if str(message).strip() else ""
