"""Calendars as ICS files (RFC 5545), one VEVENT per occurrence, as quality.md ("ICS export") asks.

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
    status: EventStatus = EventStatus.CONFIRMED
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


def is_address(text: str) -> bool:
    """Whether a text can stand as an e-mail address in a calendar."""
    return _ADDRESS.fullmatch(text) is not None


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
        lines += described or []
    stamp = _utc(stamped_at)
    return fold_lines(lines), [fold_lines(_event(event, stamp, zones)) for event in events]


def _zones(events: Iterable[CalendarEvent]) -> dict[str, list[str] | None]:
    """The zones of all events with their VTIMEZONE, None for those that are written in UTC."""
    years: dict[str, tuple[int, int]] = {}
    for event in events:
        zone = getattr(event.starts_at.tzinfo, "key", "") if event.starts_at is not None else ""
        if zone and event.starts_at is not None and event.ends_at is not None:
            first, last = years.get(zone, (event.starts_at.year, event.ends_at.year))
            years[zone] = (min(first, event.starts_at.year), max(last, event.ends_at.year))
    return {
        zone: None if zone == "UTC" or first <= 1970 else vtimezone(zone, first - 1, last + 1)
        for zone, (first, last) in sorted(years.items())
    }


def _event(event: CalendarEvent, stamp: str, zones: dict[str, list[str] | None]) -> list[str]:
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
        f"STATUS:{event.status.value}",
        f"SUMMARY:{escape(event.summary)}",
    ]
    if event.starts_at is not None and event.ends_at is not None:
        # Parsers disagree on the hour that comes twice in autumn: what touches it is written in UTC.
        known = {} if _is_double(event.starts_at) or _is_double(event.ends_at) else zones
        lines += [_moment("DTSTART", event.starts_at, known), _moment("DTEND", event.ends_at, known)]
    else:
        lines.append(f"DTSTART;VALUE=DATE:{event.starts_on:%Y%m%d}")
        lines.append(f"DTEND;VALUE=DATE:{event.ends_on + timedelta(days=1):%Y%m%d}")
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


def _attendee(one: Attendee) -> str:
    name = f';CN="{_quoted(one.name)}"' if one.name else ""
    return f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE{name}:mailto:{one.email}"


_ADDRESS = re.compile(r"[^\s@<>\";:,\\]+@[^\s@<>\";:,\\]+")


def _moment(name: str, moment: datetime, zones: dict[str, list[str] | None]) -> str:
    zone = getattr(moment.tzinfo, "key", "")
    if zone and zones.get(zone) is not None:
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
