"""Calendars as ICS files (RFC 5545), one VEVENT per occurrence or one with a rule, as quality.md ("ICS export") asks.

Written line by line: what a client computes must equal what we mean, and every line here is one we have chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from cocivic_desktop.calendars.vtimezone import vtimezone

PRODUCT = "-//Co-Civic//Co-Civic Desktop//EN"
MAX_BYTES = 1_000_000
"""Largest file that common calendars take (1 MB)."""
UNKNOWN_ORGANIZER = "nobody@co-civic.invalid"
"""Address of an organisation without e-mail; `.invalid` never belongs to anybody (RFC 2606)."""


class EventStatus(StrEnum):
    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who is invited."""

    email: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One event of a calendar file.

    With `starts_at` and `ends_at` (aware) it has times, otherwise it lasts whole days from `starts_on` to `ends_on`,
    both inclusive. `changed_at` is the moment of its last change. `free` events block nobody's time.
    """

    uid: str
    summary: str
    starts_on: date
    ends_on: date
    changed_at: datetime
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    status: EventStatus | None = EventStatus.CONFIRMED
    """None only in a message that takes somebody off the list: the event itself stands (RFC 5546, 3.2.5)."""
    sequence: int = 0
    location: str = ""
    description: str = ""
    categories: tuple[str, ...] = ()
    organizer_name: str = ""
    organizer_email: str = ""
    attendees: tuple[Attendee, ...] = ()
    """Only in messages (`write_message`): a calendar that is published invites nobody."""
    free: bool = False
    alarm_minutes: int | None = None
    rule: str = ""
    """A series: the rule without its end, which is `until`, the start of its last date."""
    until: date | datetime | None = None
    left_out: tuple[date | datetime, ...] = ()
    exceptions: tuple[CalendarEvent, ...] = ()
    """Dates of the series that differ, each with `instead_of`."""
    instead_of: date | datetime | None = None
    """The start that the series' rule gives to this date; of the same kind as that of the series."""


def write_calendar(events: Iterable[CalendarEvent], *, name: str, stamped_at: datetime) -> bytes:
    """One calendar file of any size: `METHOD:PUBLISH`, CRLF, UTF-8. `stamped_at` is the moment of writing (aware)."""
    head, blocks = _blocks(list(events), name, stamped_at)
    return head + b"".join(blocks) + _TAIL


def write_calendars(
    events: Iterable[CalendarEvent], *, name: str, stamped_at: datetime, max_bytes: int = MAX_BYTES
) -> list[bytes]:
    """The calendar in as few files as keep each under `max_bytes`, events in order; at least one file."""
    head, blocks = _blocks(list(events), name, stamped_at)
    room = max_bytes - len(head) - len(_TAIL)
    files: list[list[bytes]] = [[]]
    used = 0
    for block in blocks:
        if files[-1] and used + len(block) > room:
            files.append([])
            used = 0
        files[-1].append(block)
        used += len(block)
    return [head + b"".join(part) + _TAIL for part in files]


def write_message(event: CalendarEvent, method: str, *, stamped_at: datetime) -> bytes:
    """One event as a scheduling message (RFC 5546): `method` is REQUEST or CANCEL."""
    head, blocks = _blocks([event], "", stamped_at, method)
    return head + b"".join(blocks) + _TAIL


def write_object(event: CalendarEvent, *, stamped_at: datetime, mark: str = "") -> bytes:
    """One event as a calendar server keeps it (RFC 4791, 4.1): no METHOD, and no ORGANIZER, for it invites nobody.

    `mark` is kept with it as `X-CO-CIVIC`.
    """
    zones = _zones([event])
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN"]
    for described in zones.values():
        lines += described[0] if described is not None else []
    *said, end = _event(event, _utc(stamped_at), zones)
    marked = [f"X-CO-CIVIC:{escape(mark)}"] if mark else []
    kept = [line for line in said if not line.startswith("ORGANIZER")]
    alarm = next((place for place, line in enumerate(kept) if line == "BEGIN:VALARM"), len(kept))
    return fold_lines([*lines, *kept[:alarm], *marked, *kept[alarm:], end]) + _TAIL


def is_address(text: str) -> bool:
    """Whether a text can stand as an e-mail address in a calendar."""
    return _ADDRESS.fullmatch(text) is not None


Zones = dict[str, tuple[list[str], int, int] | None]
"""The lines of each zone's VTIMEZONE and the years in which events refer to it; None where all are in UTC."""
_TAIL = b"END:VCALENDAR\r\n"
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def _blocks(
    events: Sequence[CalendarEvent], name: str, stamped_at: datetime, method: str = "PUBLISH"
) -> tuple[bytes, list[bytes]]:
    zones = _zones(events)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        f"METHOD:{method}",
    ]
    if name:
        lines += [f"NAME:{escape(name)}", f"X-WR-CALNAME:{escape(name)}"]
    for described in zones.values():
        lines += described[0] if described is not None else []
    stamp = _utc(stamped_at)
    return fold_lines(lines), [fold_lines(_lines(event, stamp, zones)) for event in events]


def _lines(event: CalendarEvent, stamp: str, zones: Zones) -> list[str]:
    """An event with its exceptions, which stay in one file."""
    lines = _event(event, stamp, zones)
    for one in event.exceptions:
        lines += _event(one, stamp, zones)
    return lines


def _zones(events: Iterable[CalendarEvent]) -> Zones:
    """The zones of all events with their VTIMEZONE, None for those that are written in UTC.

    A zone that has no rule for all years of the file has one for those of its series alone, if there are any.
    """
    years: dict[str, tuple[int, int]] = {}
    of_series: dict[str, tuple[int, int]] = {}
    for event in events:
        zone = getattr(event.starts_at.tzinfo, "key", "") if event.starts_at is not None else ""
        if zone and event.starts_at is not None and event.ends_at is not None:
            end = event.ends_at.year
            if event.until is not None:
                end = max(end, event.until.year, *(one.ends_on.year for one in event.exceptions))
                _widen(of_series, zone, event.starts_at.year, end)
            _widen(years, zone, event.starts_at.year, end)
    zones: Zones = {}
    for zone, span in sorted(years.items()):
        zones[zone] = _described(zone, *span)
        if zones[zone] is None and zone in of_series:
            zones[zone] = _described(zone, *of_series[zone])
    return zones


def _widen(years: dict[str, tuple[int, int]], zone: str, first: int, last: int) -> None:
    known = years.get(zone, (first, last))
    years[zone] = (min(known[0], first), max(known[1], last))


def _described(zone: str, first: int, last: int) -> tuple[list[str], int, int] | None:
    lines = None if zone == "UTC" or first <= 1970 else vtimezone(zone, first - 1, last + 1)
    return None if lines is None else (lines, first, last)


def _event(event: CalendarEvent, stamp: str, zones: Zones) -> list[str]:
    email = event.organizer_email.strip()
    if not _ADDRESS.fullmatch(email):
        email = UNKNOWN_ORGANIZER
    organizer = f';CN="{_quoted(event.organizer_name)}"' if event.organizer_name else ""
    lines = [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{stamp}",
        f"LAST-MODIFIED:{_utc(event.changed_at)}",
        f"SEQUENCE:{event.sequence}",
        *([f"STATUS:{event.status.value}"] if event.status is not None else []),
        f"SUMMARY:{escape(event.summary)}",
    ]
    if event.starts_at is not None and event.ends_at is not None:
        # Parsers disagree on the hour that comes twice in autumn: what touches it is written in UTC.
        known = {} if _is_double(event.starts_at) or _is_double(event.ends_at) else zones
        lines += [_moment("DTSTART", event.starts_at, known), _moment("DTEND", event.ends_at, known)]
    else:
        lines.append(f"DTSTART;VALUE=DATE:{event.starts_on:%Y%m%d}")
        lines.append(f"DTEND;VALUE=DATE:{event.ends_on + timedelta(days=1):%Y%m%d}")
    if event.rule:
        lines += _rule(event, zones)
    if event.instead_of is not None:
        lines.append(_start("RECURRENCE-ID", event.instead_of, zones))
    lines.append(f"ORGANIZER{organizer}:mailto:{email}")
    lines += [_attendee(one) for one in event.attendees]
    if event.location:
        lines.append(f"LOCATION:{escape(event.location)}")
    if event.description:
        lines.append(f"DESCRIPTION:{escape(event.description)}")
    if event.categories:
        lines.append("CATEGORIES:" + ",".join(escape(category) for category in event.categories))
    if event.free or event.status is EventStatus.CANCELLED:
        lines += ["TRANSP:TRANSPARENT", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"]
    else:
        busy = "TENTATIVE" if event.status is EventStatus.TENTATIVE else "BUSY"
        lines += ["TRANSP:OPAQUE", f"X-MICROSOFT-CDO-BUSYSTATUS:{busy}"]
    if event.alarm_minutes is not None and event.status is not EventStatus.CANCELLED:
        lines += [
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"TRIGGER:-PT{max(0, event.alarm_minutes)}M",
            f"DESCRIPTION:{escape(event.summary)}",
            "END:VALARM",
        ]
    lines.append("END:VEVENT")
    return lines


def _rule(event: CalendarEvent, zones: Zones) -> list[str]:
    """The rule of a series and what it leaves out. UNTIL is in UTC, or a day where the start is one (3.3.10)."""
    until = event.until
    end = _utc(until) if isinstance(until, datetime) else f"{until:%Y%m%d}" if until is not None else ""
    lines = [f"RRULE:{event.rule}" + (f";UNTIL={end}" if end else "")]
    return lines + [_start("EXDATE", day, zones) for day in event.left_out]


def _start(name: str, value: date | datetime, zones: Zones) -> str:
    return _moment(name, value, zones) if isinstance(value, datetime) else f"{name};VALUE=DATE:{value:%Y%m%d}"


def _attendee(one: Attendee) -> str:
    name = f';CN="{_quoted(one.name)}"' if one.name else ""
    return f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE{name}:mailto:{one.email}"


_ADDRESS = re.compile(r"[^\s@<>\";:,\\]+@[^\s@<>\";:,\\]+")


def _moment(name: str, moment: datetime, zones: Zones) -> str:
    zone = getattr(moment.tzinfo, "key", "")
    known = zones.get(zone) if zone else None
    if known is not None and known[1] <= moment.year <= known[2]:
        return f"{name};TZID={zone}:{moment:%Y%m%dT%H%M%S}"
    return f"{name}:{_utc(moment)}"


def _is_double(moment: datetime) -> bool:
    return moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escape(text: str) -> str:
    """A TEXT value (RFC 5545, 3.3.11) without control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isprintable():
        text = _CONTROLS.sub("", text)
    return text.translate(_ESCAPES)


def _quoted(text: str) -> str:
    """A quoted parameter value, which can hold neither quotes nor control characters."""
    return " ".join(_CONTROLS.sub("", text).replace('"', "'").split())


def fold_lines(lines: Iterable[str]) -> bytes:
    """Content lines folded at 75 octets, never inside a character, each ended by CRLF."""
    parts: list[bytes] = []
    for line in lines:
        data = line.encode()
        if len(data) > 75:
            start, room = 0, 75
            pieces = []
            while len(data) - start > room:
                end = start + room
                while data[end] & 0xC0 == 0x80:
                    end -= 1
                pieces.append(data[start:end])
                start, room = end, 74
            pieces.append(data[start:])
            data = b"\r\n ".join(pieces)
        parts.append(data)
    parts.append(b"")
    return b"\r\n".join(parts)
