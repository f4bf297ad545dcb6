"""Other programs' calendar parsers: what they compute from our files, with series spelled out date by date."""

from __future__ import annotations

import ctypes
import ctypes.util
import re
import shutil
import sys
from datetime import UTC, date, datetime
from typing import Any

import icalendar
import pytest
import recurring_ical_events
from ical.calendar_stream import IcsCalendarStream

Span = tuple[Any, Any]
FIRST, LAST = date(2020, 1, 1), date(2035, 1, 1)
VEVENT = 4
"""ICAL_VEVENT_COMPONENT of libical."""


class IcalTime(ctypes.Structure):
    """`struct icaltimetype` of libical 3."""

    _fields_ = (
        *(
            (name, ctypes.c_int)
            for name in ("year", "month", "day", "hour", "minute", "second", "is_date", "is_daylight")
        ),
        ("zone", ctypes.c_void_p),
    )


def libical() -> Any:
    name = ctypes.util.find_library("ical")
    if name is None:
        if sys.platform != "linux" or shutil.which("apt-get") is None:
            pytest.skip("libical is not installed")
        pytest.fail("libical is needed for this test: apt-get install libical3")
    library = ctypes.CDLL(name)
    for function in (
        "icalparser_parse_string",
        "icalcomponent_get_first_component",
        "icalcomponent_get_next_component",
    ):
        getattr(library, function).restype = ctypes.c_void_p
    library.icalcomponent_get_uid.restype = ctypes.c_char_p
    library.icalcomponent_get_dtstart.restype = IcalTime
    library.icalcomponent_get_dtend.restype = IcalTime
    library.icaltime_as_timet_with_zone.restype = ctypes.c_long
    library.icaltime_as_timet_with_zone.argtypes = [IcalTime, ctypes.c_void_p]
    return library


def with_own_zones(data: bytes) -> bytes:
    """The file with names that no built-in zone has, so that only the definitions in the file can be used."""
    return re.sub(rb"(TZID[:=])([A-Z])", rb"\1Ours/\2", data)


def spelled_out_by_ical(data: bytes) -> list[Span]:
    """PyPI `ical`: what stands, without what is cancelled."""
    calendar = IcsCalendarStream.calendar_from_ics(data.decode())
    found = calendar.timeline_tz(UTC).included(FIRST, LAST)
    return _sorted((one.dtstart, one.dtend) for one in found if str(one.status).rpartition(".")[2] != "CANCELLED")


def spelled_out_by_recurring(data: bytes) -> list[Span]:
    """`recurring-ical-events` on `icalendar`."""
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between(FIRST, LAST)
    return _sorted((one.start, one.end) for one in found if str(one.get("STATUS")) != "CANCELLED")


class IcalSpan(ctypes.Structure):
    """`icaltime_span` of libical 3."""

    _fields_ = (("start", ctypes.c_long), ("end", ctypes.c_long), ("is_busy", ctypes.c_int))


def spelled_out_by_libical(data: bytes) -> list[Span]:
    """libical spells out the series; exceptions take the place of their date, as every program on it does."""
    library = libical()
    callback_type = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.POINTER(IcalSpan), ctypes.c_void_p)
    library.icalcomponent_get_recurrenceid.restype = IcalTime
    library.icaltime_from_string.restype = IcalTime
    library.icalcomponent_foreach_recurrence.argtypes = [
        ctypes.c_void_p, IcalTime, IcalTime, callback_type, ctypes.c_void_p,
    ]  # fmt: skip
    root = library.icalparser_parse_string(ctypes.c_char_p(with_own_zones(data)))
    first, last = (library.icaltime_from_string(f"{day:%Y%m%d}T000000Z".encode()) for day in (FIRST, LAST))
    found: list[tuple[int, int]] = []
    replaced: set[tuple[bytes, int]] = set()
    zones: dict[bytes, int | None] = {}
    whole: list[tuple[bytes, tuple[int, int]]] = []
    event = library.icalcomponent_get_first_component(ctypes.c_void_p(root), VEVENT)
    while event:
        pointer = ctypes.c_void_p(event)
        uid = bytes(library.icalcomponent_get_uid(pointer))
        spans: list[tuple[int, int]] = []

        def keep(_: int | None, span: Any, __: int | None, spans: list[tuple[int, int]] = spans) -> None:
            spans.append((span.contents.start, span.contents.end))

        library.icalcomponent_foreach_recurrence(pointer, first, last, callback_type(keep), None)
        instead = library.icalcomponent_get_recurrenceid(pointer)
        cancelled = _is_cancelled(library, pointer)
        if instead.year:
            zone = instead.zone or zones[uid]  # libical leaves it out here
            replaced.add((uid, library.icaltime_as_timet_with_zone(instead, ctypes.c_void_p(zone))))
            found += [] if cancelled else spans
        else:
            zones[uid] = library.icalcomponent_get_dtstart(pointer).zone
            whole += [(uid, span) for span in spans if not cancelled]
        event = library.icalcomponent_get_next_component(ctypes.c_void_p(root), VEVENT)
    found += [span for uid, span in whole if (uid, span[0]) not in replaced]
    library.icalcomponent_free(ctypes.c_void_p(root))
    return sorted((datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC)) for start, end in found)


def _is_cancelled(library: Any, event: ctypes.c_void_p) -> bool:
    library.icalcomponent_as_ical_string.restype = ctypes.c_char_p
    return b"STATUS:CANCELLED" in library.icalcomponent_as_ical_string(event)


def _sorted(spans: Any) -> list[Span]:
    found = [(_utc(start), _utc(end)) for start, end in spans]
    return sorted(found, key=lambda span: (str(span[0]), str(span[1])))  # days and moments do not compare


def _utc(value: Any) -> Any:
    return value.astimezone(UTC) if isinstance(value, datetime) else value
