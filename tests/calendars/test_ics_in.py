"""Calendars of schools read in: good ones by their days, broken ones with a reason, hostile ones quickly."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cocivic_desktop.calendars.ics_in import MAX_BYTES, read_calendar
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.rules.calendar_files import EndDates, ReadResult, guess_kind
from cocivic_desktop.domain.school_years import PeriodKind

FIRST, LAST = date(2026, 8, 1), date(2027, 7, 31)
DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def event(*lines: str, summary: str = "Herbstferien", uid: str = "1") -> str:
    return "\n".join(["BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{summary}", *lines, "END:VEVENT"])


def read(*events: str, zone: str = "Europe/Berlin", head: str = "", ends: EndDates | None = None) -> ReadResult:
    text = "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *([head] if head else []), *events, "END:VCALENDAR"])
    return read_calendar(text.encode(), first=FIRST, last=LAST, zone=zone, ends=ends)


def spans(result: ReadResult) -> list[tuple[date, date]]:
    return [(each.starts_on, each.ends_on) for each in result.events]


def reasons(result: ReadResult) -> list[str]:
    return [each.reason_code for each in result.skipped]


def test_whole_days_end_the_day_before_as_the_standard_says() -> None:
    result = read(
        event("DTSTART;VALUE=DATE:20261019", "DTEND;VALUE=DATE:20261031"), event("DTSTART;VALUE=DATE:20261130")
    )
    assert spans(result) == [(date(2026, 10, 19), date(2026, 10, 30)), (date(2026, 11, 30), date(2026, 11, 30))]
    assert result.ends is EndDates.EXCLUSIVE


def test_ends_that_include_the_last_day_are_found_out() -> None:
    one_day = event("DTSTART;VALUE=DATE:20261130", "DTEND;VALUE=DATE:20261130", uid="2")
    long = event("DTSTART;VALUE=DATE:20261019", "DTEND;VALUE=DATE:20261030")
    result = read(long, one_day)
    assert result.ends is EndDates.INCLUSIVE
    assert spans(result) == [(date(2026, 10, 19), date(2026, 10, 30)), (date(2026, 11, 30), date(2026, 11, 30))]


def test_ends_on_fridays_are_doubtful_and_can_be_overruled() -> None:
    holidays = [
        event("DTSTART;VALUE=DATE:20261019", "DTEND;VALUE=DATE:20261030"),
        event("DTSTART;VALUE=DATE:20261221", "DTEND;VALUE=DATE:20270108", uid="2"),
    ]
    result = read(*holidays)
    assert result.ends is EndDates.DOUBTFUL
    assert result.events[0].ends_on == date(2026, 10, 29)
    assert [each.reason_code for each in result.remarks] == ["ends_doubtful"]
    assert read(*holidays, ends=EndDates.INCLUSIVE).events[0].ends_on == date(2026, 10, 30)


def test_times_become_days_in_the_zone_of_the_school() -> None:
    evening = event("DTSTART:20261018T220000Z", "DTEND:20261023T220000Z")
    assert spans(read(evening)) == [(date(2026, 10, 19), date(2026, 10, 23))]
    windows = event(
        "DTSTART;TZID=W. Europe Standard Time:20261019T000000", "DTEND;TZID=W. Europe Standard Time:20261020T000000"
    )
    assert spans(read(windows)) == [(date(2026, 10, 19), date(2026, 10, 19))]
    floating = event("DTSTART:20261019T003000", "DTEND:20261019T080000")
    assert spans(read(floating, head="X-WR-TIMEZONE:Europe/Istanbul", zone="Europe/Lisbon")) == [
        (date(2026, 10, 18), date(2026, 10, 19))
    ]


def test_an_unknown_zone_is_remarked_once() -> None:
    odd = event("DTSTART;TZID=Customized Time Zone:20261019T080000", "DTEND;TZID=Customized Time Zone:20261019T160000")
    result = read(odd, odd.replace("UID:1", "UID:2"))
    assert [(each.reason_code, each.parameters) for each in result.remarks] == [
        ("unknown_zone", {"zone": "Customized Time Zone"})
    ]


def test_a_closure_of_an_hour_leaves_the_school_open() -> None:
    (one,) = read(
        event("DTSTART:20261019T140000", "DTEND:20261019T150000", summary="School closed for a meeting")
    ).events
    assert (one.kind, one.remark) == (None, "part_of_day")


def test_series_are_expanded_with_exceptions_and_neighbouring_days_joined() -> None:
    weekly = event("DTSTART;VALUE=DATE:20261005", "RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE;VALUE=DATE:20261012")
    moved = event("RECURRENCE-ID;VALUE=DATE:20261019", "DTSTART;VALUE=DATE:20261021")
    result = read(weekly, moved)
    assert [first for first, _ in spans(result)] == [date(2026, 10, 5), date(2026, 10, 21), date(2026, 10, 26)]
    assert len({each.uid for each in result.events}) == 3
    daily = event("DTSTART;VALUE=DATE:20261005", "RRULE:FREQ=DAILY;UNTIL=20261009")
    assert spans(read(daily)) == [(date(2026, 10, 5), date(2026, 10, 9))]


def test_until_counts_by_moment() -> None:
    rule = "RRULE:FREQ=WEEKLY;UNTIL=20261019T{}Z"
    times = ("DTSTART;TZID=Europe/Berlin:20261012T100000", "DTEND;TZID=Europe/Berlin:20261012T110000")
    assert len(read(event(*times, rule.format("080000"))).events) == 2
    assert len(read(event(*times, rule.format("075959"))).events) == 1


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("DTSTART;VALUE=DATE:20261005", "RRULE:FREQ=SECONDLY"), "finer_than_daily"),
        (("DTSTART:20261005T080000Z", "RRULE:FREQ=DAILY;BYHOUR=8,9"), "finer_than_daily"),
        (("DTSTART;VALUE=DATE:20261005", "RRULE:FREQ=WEEKLY;INTERVAL=0"), "bad_interval"),
        (("DTSTART;VALUE=DATE:20261005", "RRULE:FREQ=FORTNIGHTLY"), "bad_rule"),
        (("DTSTART;VALUE=DATE:20261005", "EXRULE:FREQ=WEEKLY"), "unsupported_rule"),
        (("DTSTART;VALUE=DATE:20260230",), "impossible_date"),
        (("DTSTART;VALUE=DATE:20261005", "DTEND;VALUE=DATE:20261001"), "ends_before_start"),
        (("DTSTART;VALUE=DATE:20261005", "DTEND;VALUE=DATE:20291001"), "too_long"),
        (("DTSTART;VALUE=DATE:20261005", "STATUS:CANCELLED"), "cancelled"),
        (("DESCRIPTION:no date",), "no_start"),
        (("DTSTART;VALUE=DATE:20261005", "RDATE;VALUE=DATE:20261006" + "\n ,20261007" * 3000), "too_many_dates"),
        (("DTSTART;TZID=Europe:20261005T080000",), "unreadable"),
        (("DTSTART:99991231T235959Z",), "impossible_date"),
        (("DTSTART:00010101T000000Z", "DURATION:-P9999D"), "impossible_date"),
    ],
)
def test_what_cannot_be_used_is_skipped_with_its_reason(lines: tuple[str, ...], reason: str) -> None:
    good = event("DTSTART;VALUE=DATE:20261019", uid="good")
    result = read(event(*lines, summary="Odd"), good)
    assert [(each.what, each.reason_code) for each in result.skipped] == [("Odd", reason)]
    assert len(result.events) == 1


def test_events_of_other_years_are_counted() -> None:
    result = read(event("DTSTART;VALUE=DATE:20201005"), event("DTSTART;VALUE=DATE:20211005", uid="2"))
    assert [(each.reason_code, each.parameters) for each in result.skipped] == [("outside_window", {"count": 2})]


def test_a_file_that_was_cut_off_keeps_its_whole_events() -> None:
    text = "BEGIN:VCALENDAR\n" + event("DTSTART;VALUE=DATE:20261019") + "\nBEGIN:VEVENT\nSUMMARY:Oster\\, fer"
    result = read_calendar(text.encode(), first=FIRST, last=LAST)
    assert len(result.events) == 1
    assert [(each.what, each.reason_code) for each in result.skipped] == [("Oster, fer", "truncated")]


def test_several_calendars_encodings_and_doubles() -> None:
    one = "BEGIN:VCALENDAR\nX-WR-CALNAME:Schule\n{}\nEND:VCALENDAR\n"
    two = one.format(event("DTSTART;VALUE=DATE:20261019", summary="Pädagogischer Tag")) + one.format(
        event("DTSTART;VALUE=DATE:20261020", uid="2", summary="Größe")
    )
    for encoding, said in (("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("latin-1", "cp1252")):
        result = read_calendar(two.encode(encoding), first=FIRST, last=LAST)
        assert [each.summary for each in result.events] == ["Pädagogischer Tag", "Größe"]
        assert (result.encoding, result.name) == (said, "Schule")
    same = event("DTSTART;VALUE=DATE:20261019")
    assert reasons(read(same, same)) == ["duplicate"]
    other_day = read(same, event("DTSTART;VALUE=DATE:20261119"))
    assert len({each.uid for each in other_day.events}) == 2


def test_what_is_no_calendar_is_refused() -> None:
    for data in (b"", b"<html>not found</html>", b"BEGIN:VCALENDAR" + b" " * MAX_BYTES):
        with pytest.raises(BadInput):
            read_calendar(data, first=FIRST, last=LAST)


HOSTILE = {
    "never": "DTSTART;VALUE=DATE:00010101\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "position": "DTSTART;VALUE=DATE:00010101\nRRULE:FREQ=DAILY;BYSETPOS=366",
    "count": "DTSTART;VALUE=DATE:00010101\nRRULE:FREQ=DAILY;COUNT=99999999",
    "long ago": "DTSTART;VALUE=DATE:00010101\nRRULE:FREQ=YEARLY;BYDAY=MO",
    "rdates": "DTSTART;VALUE=DATE:20261005\nRDATE;VALUE=DATE:" + ",".join(["20261006"] * 5000),
}


@pytest.mark.slow
@pytest.mark.parametrize("lines", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_rules_come_to_an_end(lines: str) -> None:
    result = read(*(event(lines, uid=str(number)) for number in range(3)))
    assert result.skipped or result.events


def test_a_hostile_zone_is_not_executed() -> None:
    zone = (
        "BEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:19700101T000000\nRRULE:FREQ=SECONDLY\n"
        "TZOFFSETFROM:+0000\nTZOFFSETTO:+0000\nEND:STANDARD\nEND:VTIMEZONE"
    )
    result = read(zone, event("DTSTART;TZID=X:20261019T080000", "DTEND;TZID=X:20261019T160000"))
    assert len(result.events) == 1


@pytest.mark.parametrize(
    ("summary", "kind"),
    [
        ("Herbstferien 2026 Schleswig-Holstein", PeriodKind.HOLIDAY),
        ("Vacaciones de Navidad", PeriodKind.HOLIDAY),
        ("Vacanța de vară", PeriodKind.HOLIDAY),
        ("Yarıyıl tatili", PeriodKind.HOLIDAY),
        ("Winter Recess - District Closed", PeriodKind.HOLIDAY),
        ("Beweglicher Ferientag", PeriodKind.HOLIDAY),
        ("Tag der Deutschen Einheit", PeriodKind.PUBLIC_HOLIDAY),
        ("Good Friday - District Closed", PeriodKind.PUBLIC_HOLIDAY),
        ("Abschlussprüfungen", PeriodKind.ASSESSMENT),
        ("Schriftliche Prüfung", PeriodKind.ASSESSMENT),
        ("Sınav haftası", PeriodKind.ASSESSMENT),
        ("Exámenes finales", PeriodKind.ASSESSMENT),
        ("Final exams", PeriodKind.ASSESSMENT),
        ("Accreditation visit: documents due", PeriodKind.ACCREDITATION_DEADLINE),
        ("Pädagogischer Tag (unterrichtsfrei)", PeriodKind.BLOCKED),
        ("NJEA Convention - No School", PeriodKind.BLOCKED),
        ("Día no lectivo", PeriodKind.BLOCKED),
        ("Labor Day - Early Dismissal", None),
        ("First Day for Students", None),
        ("Elternabend", None),
        ("Taller de huerto", None),
    ],
)
def test_what_the_words_of_an_event_mean(summary: str, kind: PeriodKind | None) -> None:
    assert guess_kind(summary) is kind


@pytest.mark.skipif(not DATA.is_dir(), reason="the collection of published calendars is not here")
def test_published_and_broken_files_are_read() -> None:
    for path in sorted(DATA.glob("ics-*/*.ics")):
        result = read_calendar(path.read_bytes(), first=date(2015, 1, 1), last=LAST, zone="Europe/Berlin")
        assert result.events or result.skipped, path.name
        if path.parent.name == "ics-schools":
            assert not result.skipped
            assert any(each.kind is PeriodKind.HOLIDAY for each in result.events)
