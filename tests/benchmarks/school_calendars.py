"""Reading a school's calendar and comparing it with what is stored, against icalendar's bare parse of the same file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import icalendar

from cocivic_desktop.domain.school_years import CalendarPeriod, PeriodSource
from cocivic_desktop.services.school_year_files import ImportPreview, read_calendar_file
from cocivic_desktop.services.school_year_plan import PeriodPlan, plan_import
from tests.benchmarks.figures import Figure, in_turn

EVENTS = 5_000
MOVED = 50
FIRST, LAST = date(2026, 8, 1), date(2027, 7, 31)
YEAR = UUID(int=1)


def figures(folder: Path) -> Iterator[Figure]:
    """A file of 5,000 events of one school year, 50 of them moved since it was stored."""
    path = folder / "school.ics"
    path.write_text(calendar(moved=0), encoding="utf-8", newline="")
    stored = [
        CalendarPeriod(
            school_year_id=YEAR,
            kind=each.kind,
            name=each.name,
            starts_on=each.starts_on,
            ends_on=each.ends_on,
            source=PeriodSource.ICS,
            source_detail="School",
            external_uid=each.external_uid,
        )
        for each in read(path).periods
    ]
    path.write_text(calendar(moved=MOVED), encoding="utf-8", newline="")
    data = path.read_bytes()
    plan = compare(path, stored)
    assert len(plan.changed) == MOVED
    assert len(plan.unchanged) == EVENTS - MOVED
    mine, other = in_turn(lambda: compare(path, stored), lambda: icalendar.Calendar.from_ical(data), runs=5)
    yield Figure(
        "5,000 events read and compared with the stored",
        mine,
        baseline=other,
        against="icalendar parsing the same file",
        limit=2,
        runs=5,
    )


def calendar(moved: int) -> str:
    """Whole days, holidays and events side by side, as school programs write them; the first `moved` a day later."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//School//EN", "X-WR-CALNAME:School"]
    for number in range(EVENTS):
        day = FIRST + timedelta(days=number * 360 // EVENTS + (number < moved))
        lines += [
            "BEGIN:VEVENT",
            f"UID:{number}@school.example",
            "DTSTAMP:20260801T000000Z",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + timedelta(days=1 + number % 4):%Y%m%d}",
            f"SUMMARY:{'Ferientag' if number % 2 else 'Elternabend'} {number}",
            "DESCRIPTION:Room 7\\, second floor",
            "CATEGORIES:School",
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def read(path: Path) -> ImportPreview:
    """The preview, with everything ticked."""
    preview = read_calendar_file(path, first=FIRST, last=LAST, zone="Europe/Berlin")
    assert len(preview.periods) == EVENTS
    return preview


def compare(path: Path, stored: list[CalendarPeriod]) -> PeriodPlan:
    """From the file to what it changes."""
    preview = read(path)
    return plan_import(stored, preview.periods, preview.source, preview.source_detail)
