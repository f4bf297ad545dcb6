"""Answers to invitations as mail programs send them (RFC 5546): REPLY and COUNTER in `.ics` files and in mails.

A mail may carry its calendar twice, as a part of the text and as a file; it is read once. What is no answer is named.
"""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from email.utils import parseaddr
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from cocivic_desktop.calendars.ics_text import prepared
from cocivic_desktop.calendars.ics_values import BROKEN, short, text_of, values_of, whole_number, zone_named
from cocivic_desktop.decoding import decode
from cocivic_desktop.domain.errors import BadInput

if TYPE_CHECKING:
    from icalendar.cal import Component

MAX_CALENDAR: Final = 1_000_000
MAX_MAIL: Final = 30_000_000
"""Largest mail that is read; most servers take less."""
MAX_EVENTS: Final = 500
LONGEST: Final = 14 * 24 * 60
"""Minutes of the longest proposal that is taken seriously."""
CALENDAR_TYPES: Final = ("text/calendar", "application/ics", "application/calendar")


class Method(StrEnum):
    REPLY = "REPLY"
    COUNTER = "COUNTER"
    OTHER = "OTHER"


@dataclass(frozen=True)
class Answer:
    """One person's answer about one event. Moments are aware; without a zone they are taken as the event's own."""

    method: Method
    uid: str
    email: str
    name: str
    status: str
    """PARTSTAT in capitals, such as ACCEPTED."""
    comment: str
    summary: str
    sequence: int
    stamped_at: datetime | None
    recurrence: date | datetime | None
    """Start of the date of a series that is meant, None for all of it."""
    proposed: date | datetime | None = None
    """The start that a counter-proposal asks for."""
    proposed_minutes: int | None = None
    """How long it is to last by that, None where it does not say."""


@dataclass(frozen=True)
class Sender:
    """Who sent a mail that holds no answer, and about what."""

    name: str
    email: str
    subject: str


@dataclass(frozen=True)
class Reading:
    """What a file holds: answers, or a mail without any."""

    answers: list[Answer]
    other_methods: list[str]
    mail: Sender | None = None


def read_answers(data: bytes) -> Reading:
    """The answers in a mail or a calendar file. Raises `BadInput` when it is neither, or too big."""
    if len(data) > MAX_MAIL:
        raise BadInput(f"The file is larger than {MAX_MAIL // 1_000_000} MB. Nothing was read.")
    head = data[:200_000].upper()
    is_calendar = data.lstrip(b"\xef\xbb\xbf\xff\xfe\x00\r\n\t ")[:20].upper().startswith(b"BEGIN:VCALENDAR")
    if is_calendar or (b"BEGIN:VCALENDAR" in head.replace(b"\x00", b"") and b"\nFROM:" not in b"\n" + head):
        return _of_calendars([data], None)
    message = email.message_from_bytes(data, policy=email.policy.default)
    if not (message["From"] or message["Subject"] or message["To"]):
        raise BadInput("This is neither a mail (.eml) nor a calendar file (.ics). Nothing was read.")
    return _of_calendars(list(_calendar_parts(message)), _sender(message))


def _sender(message: EmailMessage) -> Sender:
    name, address = parseaddr(_header(message, "From"))
    return Sender(short(name), short(address), short(_header(message, "Subject")))


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message[name] or "")
    except BROKEN:
        return ""


def _calendar_parts(message: EmailMessage) -> Iterator[bytes]:
    for part in message.walk():
        try:
            named = (part.get_filename() or "").lower().endswith(".ics")
            if part.get_content_type() in CALENDAR_TYPES or named:
                payload = part.get_payload(decode=True)
                if isinstance(payload, bytes):
                    yield payload
        except BROKEN:  # a part whose own headers are broken
            continue


def _of_calendars(parts: list[bytes], mail: Sender | None) -> Reading:
    answers: dict[tuple[object, ...], Answer] = {}
    others: list[str] = []
    for data in parts:
        if len(data) > MAX_CALENDAR:
            raise BadInput(f"The calendar in it is larger than {MAX_CALENDAR // 1_000_000} MB. Nothing was read.")
        for calendar in _calendars(data):
            method = text_of(calendar, "METHOD").upper()
            known = Method(method) if method in ("REPLY", "COUNTER") else Method.OTHER
            if known is Method.OTHER:
                others.append(short(method) or "PUBLISH")
                continue
            for event in calendar.subcomponents[:MAX_EVENTS]:
                if event.name == "VEVENT":
                    for answer in _said_by(mail, known, list(_answers(known, event))):
                        answers[(answer.uid, answer.recurrence, answer.email, answer.stamped_at)] = answer
    return Reading(list(answers.values()), others, mail)


def _said_by(mail: Sender | None, method: Method, answers: list[Answer]) -> list[Answer]:
    """A counter-proposal may name all guests (RFC 5546, 3.2.7); only who sent the mail proposes it."""
    if method is not Method.COUNTER or mail is None or len(answers) < 2:
        return answers
    return [one for one in answers if one.email == mail.email.lower()] or answers


def _calendars(data: bytes) -> list[Component]:
    from icalendar import Calendar

    try:
        return list(Calendar.from_ical(prepared(decode(data).text)[0], multiple=True))
    except BROKEN as error:
        raise BadInput("The calendar in it is broken and cannot be read. Set the reply by hand.") from error


def _answers(method: Method, event: Component) -> Iterator[Answer]:
    comment = " ".join(short(str(value)) for value in values_of(event, "COMMENT"))[:300]
    for attendee in values_of(event, "ATTENDEE")[:50]:
        parameters: Any = getattr(attendee, "params", {})
        yield Answer(
            method,
            uid=short(text_of(event, "UID")),
            email=short(str(attendee)).lower().removeprefix("mailto:"),
            name=short(str(parameters.get("CN", ""))).strip('"'),
            status=short(str(parameters.get("PARTSTAT", "NEEDS-ACTION"))).upper(),
            comment=comment,
            summary=short(text_of(event, "SUMMARY")),
            sequence=whole_number(event, "SEQUENCE"),
            stamped_at=_stamp(event),
            recurrence=_moment(event, "RECURRENCE-ID"),
            proposed=_moment(event, "DTSTART") if method is Method.COUNTER else None,
            proposed_minutes=_minutes(event) if method is Method.COUNTER else None,
        )


def _minutes(event: Component) -> int | None:
    """How long an event lasts by its end or its duration."""
    start, end = _moment(event, "DTSTART"), _moment(event, "DTEND")
    length: object = None
    if isinstance(start, datetime) and isinstance(end, datetime):
        length = end - start if (start.tzinfo is None) == (end.tzinfo is None) else None
    elif start is not None and end is not None and not isinstance(start, datetime) and not isinstance(end, datetime):
        length = end - start
    elif end is None:
        durations = values_of(event, "DURATION")
        length = getattr(durations[0], "dt", None) if durations else None
    minutes = round(length.total_seconds() / 60) if isinstance(length, timedelta) else 0
    return minutes if 0 < minutes <= LONGEST else None


def _stamp(event: Component) -> datetime | None:
    value = _moment(event, "DTSTAMP")
    if not isinstance(value, datetime):
        return None
    return value if value.tzinfo is not None else value.replace(tzinfo=UTC)


def _moment(event: Component, name: str) -> date | datetime | None:
    """A property's moment or day; a zone that only the file knows is found by its name, as Outlook writes it."""
    values = values_of(event, name)
    value: Any = getattr(values[0], "dt", None) if values else None
    if isinstance(value, datetime) and value.tzinfo is None:
        zone = zone_named(str(getattr(values[0], "params", {}).get("TZID", "")))
        return value.replace(tzinfo=zone) if zone is not None else value
    return value if isinstance(value, date) else None
