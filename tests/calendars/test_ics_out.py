"""Calendars written by us, read back by other programs' parsers: the occurrences they compute must be ours."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream

from cocivic_desktop.calendars.ics_out import MAX_BYTES, CalendarEvent, EventStatus, write_calendar, write_calendars
from cocivic_desktop.domain.rules.recurrence import wall_clock
from tests.calendars.other_parsers import libical, with_own_zones

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
ZONES = [
    "Europe/Berlin",
    "Europe/Madrid",
    "Europe/Istanbul",
    "Europe/Dublin",
    "Europe/Lisbon",
    "Africa/Casablanca",
    "UTC",
]
"""Casablanca's clock follows Ramadan and cannot be said by a yearly rule: it goes out in UTC."""
Spans = dict[str, tuple[object, object]]


def timed(uid: str, on: date, at: time, zone: str, minutes: int = 90, **more: Any) -> CalendarEvent:
    start = wall_clock(on, at, zone)
    end = (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(start.tzinfo)
    return CalendarEvent(uid, "Session", on, end.date(), NOW, starts_at=start, ends_at=end, **more)


def around_the_changes() -> list[CalendarEvent]:
    """Sessions in every zone in the weeks around each change of clocks, on the very nights too."""
    days = [date(2026, 10, 18), date(2026, 10, 24), date(2026, 10, 25), date(2026, 10, 26), date(2027, 2, 10)]
    days += [date(2027, 3, 27), date(2027, 3, 28), date(2027, 3, 29), date(2027, 7, 1), date(2028, 3, 26)]
    hours = [time(0, 30), time(1, 30), time(2, 30), time(3, 30), time(10), time(23, 15)]
    events = [timed(f"{zone}-{day}-{at}@x", day, at, zone) for zone in ZONES for day in days for at in hours]
    events.append(CalendarEvent("all-day@x", "Trip", date(2026, 12, 23), date(2027, 1, 7), NOW, free=True))
    events.append(CalendarEvent("one-day@x", "Deadline", date(2026, 12, 23), date(2026, 12, 23), NOW))
    return events


def meant(events: Iterable[CalendarEvent]) -> Spans:
    return {
        event.uid: (event.starts_at.astimezone(UTC), event.ends_at.astimezone(UTC))
        if event.starts_at is not None and event.ends_at is not None
        else (event.starts_on, event.ends_on + timedelta(days=1))
        for event in events
    }


def utc(value: object) -> object:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def read_by_ical(data: bytes) -> Spans:
    calendar = IcsCalendarStream.calendar_from_ics(data.decode())
    span = calendar.timeline_tz(UTC).included(date(2020, 1, 1), date(2035, 1, 1))
    return {str(event.uid): (utc(event.dtstart), utc(event.dtend)) for event in span}


def read_by_recurring(data: bytes) -> Spans:
    calendar = icalendar.Calendar.from_ical(data)
    found = recurring_ical_events.of(calendar).between(date(2020, 1, 1), date(2035, 1, 1))
    return {str(event["UID"]): (utc(event.start), utc(event.end)) for event in found}


def read_by_libical(data: bytes) -> Spans:
    """Starts and ends as libical computes them from our own VTIMEZONE (its own zone data is left out)."""
    library = libical()
    root = library.icalparser_parse_string(ctypes.c_char_p(with_own_zones(data)))
    vevent = 4  # ICAL_VEVENT_COMPONENT
    found: Spans = {}
    event = library.icalcomponent_get_first_component(ctypes.c_void_p(root), vevent)
    while event:
        pair = []
        for get in (library.icalcomponent_get_dtstart, library.icalcomponent_get_dtend):
            moment = get(ctypes.c_void_p(event))
            if moment.is_date:
                pair.append(date(moment.year, moment.month, moment.day))
            else:
                seconds = library.icaltime_as_timet_with_zone(moment, ctypes.c_void_p(moment.zone))
                pair.append(datetime.fromtimestamp(seconds, UTC))
        found[library.icalcomponent_get_uid(ctypes.c_void_p(event)).decode()] = (pair[0], pair[1])
        event = library.icalcomponent_get_next_component(ctypes.c_void_p(root), vevent)
    library.icalcomponent_free(ctypes.c_void_p(root))
    return found


@pytest.mark.parametrize("read", [read_by_ical, read_by_recurring, read_by_libical])
def test_other_parsers_compute_the_moments_that_we_mean(read: Any) -> None:
    events = around_the_changes()
    found = read(write_calendar(events, name="Year", stamped_at=NOW))
    expected = meant(events)
    assert len(found) == len(events)
    assert {uid: (found.get(uid), span) for uid, span in expected.items() if found.get(uid) != span} == {}


def lines_of(data: bytes) -> list[str]:
    return data.replace(b"\r\n ", b"").decode().split("\r\n")


def test_each_event_says_what_mail_programs_want_to_know() -> None:
    event = timed(
        "u@x",
        date(2026, 9, 14),
        time(10),
        "Europe/Madrid",
        location="Aula 2, 1º",
        description="Línea 1\nLínea; 2",
        categories=("Huerto, patio",),
        organizer_name='Ña "Pepa"',
        organizer_email="coord@cso.example",
        alarm_minutes=1440,
        sequence=3,
        status=EventStatus.TENTATIVE,
    )
    lines = lines_of(write_calendar([event], name="Año", stamped_at=NOW))
    for expected in (
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Año",
        "TZID:Europe/Madrid",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "UID:u@x",
        "DTSTAMP:20260901T080000Z",
        "LAST-MODIFIED:20260901T080000Z",
        "SEQUENCE:3",
        "STATUS:TENTATIVE",
        "DTSTART;TZID=Europe/Madrid:20260914T100000",
        "DTEND;TZID=Europe/Madrid:20260914T113000",
        "ORGANIZER;CN=\"Ña 'Pepa'\":mailto:coord@cso.example",
        "LOCATION:Aula 2\\, 1º",
        "DESCRIPTION:Línea 1\\nLínea\\; 2",
        "CATEGORIES:Huerto\\, patio",
        "TRIGGER:-PT1440M",
        "ACTION:DISPLAY",
    ):
        assert expected in lines
    assert not [line for line in lines if line.startswith(("ATTENDEE", "RDATE", "RRULE:FREQ=WEEKLY"))]


def test_cancelled_and_free_events_block_nobodys_time() -> None:
    cancelled = timed("c@x", date(2026, 9, 14), time(10), "UTC", status=EventStatus.CANCELLED, alarm_minutes=5)
    closure = CalendarEvent("h@x", "Ferien", date(2026, 10, 12), date(2026, 10, 24), NOW, free=True)
    lines = lines_of(write_calendar([cancelled, closure], name="N", stamped_at=NOW))
    assert lines.count("TRANSP:TRANSPARENT") == lines.count("X-MICROSOFT-CDO-BUSYSTATUS:FREE") == 2
    assert "STATUS:CANCELLED" in lines
    assert "BEGIN:VALARM" not in lines
    assert {"DTSTART;VALUE=DATE:20261012", "DTEND;VALUE=DATE:20261025"} <= set(lines)
    assert any(line.startswith("ORGANIZER:mailto:") and line.endswith(".invalid") for line in lines)


@pytest.mark.slow
def test_a_calendar_above_the_limit_is_split() -> None:
    events = [timed(f"{n}@x", date(2026, 9, 14), time(10), "Europe/Berlin", description="ä" * 900) for n in range(1200)]
    files = write_calendars(events, name="Big", stamped_at=NOW)
    assert len(files) > 1
    assert all(len(data) <= MAX_BYTES for data in files)
    found: Spans = {}
    for data in files:
        found |= read_by_recurring(data)
    assert found == meant(events)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.text(max_size=120))
def test_any_text_survives_and_lines_stay_short(description: str, name: str) -> None:
    event = timed("u@x", date(2026, 9, 14), time(10), "UTC", description=description, organizer_name=name)
    data = write_calendar([event], name=name, stamped_at=NOW)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    (read,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert read.errors == []
    plain = description.replace("\r\n", "\n").replace("\r", "\n")
    plain = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", plain)
    assert str(read.get("DESCRIPTION", "")) == plain


def test_zones_are_aware_of_their_data() -> None:
    assert all(ZoneInfo(zone).utcoffset(NOW) is not None for zone in ZONES)
