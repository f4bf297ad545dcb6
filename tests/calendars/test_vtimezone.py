"""The rules of zones, against what zoneinfo computes hour by hour."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, datetime, timedelta

import pytest

from cocivic_desktop.calendars.vtimezone import checked_rule, vtimezone, zone_rule


@pytest.mark.parametrize(
    ("zone", "standard", "summer"),
    [
        ("Europe/Berlin", "CET", "CEST"),
        ("Europe/Madrid", "CET", "CEST"),
        ("Europe/Istanbul", "+03", ""),
        ("Europe/Dublin", "GMT", "IST"),
        ("Europe/Lisbon", "WET", "WEST"),
        ("America/New_York", "EST", "EDT"),
        ("Australia/Sydney", "AEST", "AEDT"),
    ],
)
def test_the_rule_gives_every_hour_its_offset(zone: str, standard: str, summer: str) -> None:
    rule = checked_rule(zone, 2026, 2029)
    assert rule is not None
    assert (rule.standard_name, rule.summer_name) == (standard, summer)
    info = zoneinfo.ZoneInfo(zone)
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    while moment.year < 2029:
        offset = rule.standard_offset
        if rule.onset is not None and rule.end is not None:
            plain = moment.replace(tzinfo=None)
            onset = rule.onset.moment(moment.year) - timedelta(seconds=rule.standard_offset)
            end = rule.end.moment(moment.year) - timedelta(seconds=rule.summer_offset)
            summer_now = onset <= plain < end if onset < end else not end <= plain < onset
            offset = rule.summer_offset if summer_now else rule.standard_offset
        assert moment.astimezone(info).utcoffset() == timedelta(seconds=offset), moment
        moment += timedelta(hours=1)


def test_nearly_all_zones_can_be_said_and_the_rest_is_written_in_utc() -> None:
    zones = [zone for zone in zoneinfo.available_timezones() if zone not in ("localtime", "Factory")]
    said = [zone for zone in zones if vtimezone(zone, 2026, 2028) is not None]
    assert len(said) > 0.95 * len(zones)
    assert vtimezone("Africa/Casablanca", 2026, 2028) is None
    assert zone_rule("No/Where") is None
    assert zone_rule("../../etc/passwd") is None


def test_one_part_of_each_kind_with_a_yearly_rule() -> None:
    lines = vtimezone("Europe/Dublin", 2026, 2028)
    assert lines is not None
    assert [line for line in lines if line.startswith(("BEGIN", "TZNAME", "TZOFFSETTO", "DTSTART"))] == [
        "BEGIN:VTIMEZONE",
        "BEGIN:DAYLIGHT",
        "DTSTART:19700329T010000",
        "TZNAME:IST",
        "TZOFFSETTO:+0100",
        "BEGIN:STANDARD",
        "DTSTART:19701025T020000",
        "TZNAME:GMT",
        "TZOFFSETTO:+0000",
    ]
