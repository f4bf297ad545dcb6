"""Series written as one event with a rule: what other parsers compute from it must be our dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from uuid import uuid4

import pytest

from cocivic_desktop.calendars.ics_out import write_calendar
from cocivic_desktop.domain.activities import Activity, ActivityStatus, OccurrenceOverride, Recurrence, RecurrenceEnd
from cocivic_desktop.domain.organisations import Organisation, OrganisationKind
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.rules.teaching_weeks import YearView, year_view
from cocivic_desktop.domain.school_years import CalendarPeriod, SchoolYear, Term
from cocivic_desktop.services.calendar import Content
from cocivic_desktop.services.calendar_export import AS_SET, export_activity
from tests.calendars.other_parsers import (
    Span,
    spelled_out_by_ical,
    spelled_out_by_libical,
    spelled_out_by_recurring,
)

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
ZONES = ["Europe/Berlin", "Europe/Madrid", "Europe/Istanbul", "Europe/Dublin", "Europe/Lisbon"]
PARTNERSHIP_ID, SCHOOL_ID = uuid4(), uuid4()


def ours() -> Organisation:
    return Organisation(name="Green Harbour", kind=OrganisationKind.CSO, is_ours=True, email="office@example.org")


def year() -> YearView:
    """From September to June over both changes of the clocks, with a holiday over the first of them."""
    made = SchoolYear(school_id=SCHOOL_ID, label="2026/27", starts_on=date(2026, 8, 1), ends_on=date(2027, 7, 31))
    holiday = CalendarPeriod(
        school_year_id=made.id, name="Autumn", starts_on=date(2026, 10, 12), ends_on=date(2026, 10, 24)
    )
    term = Term(school_year_id=made.id, name="1", starts_on=date(2026, 8, 31), ends_on=date(2027, 6, 25))
    return year_view(made, [term], [holiday], [])


def activities(zone: str) -> tuple[list[Activity], dict[str, list[OccurrenceOverride]]]:
    """Weekly by day and late at night over midnight, every second week, whole days; some dates changed."""

    def series(title: str, starts_on: date, start: time | None, minutes: int, **rule: object) -> Activity:
        return Activity(
            partnership_id=PARTNERSHIP_ID, title=title, zone=zone, starts_on=starts_on, start_time=start,
            duration_minutes=minutes, status=ActivityStatus.CONFIRMED, place="Room 2",
            recurrence=Recurrence(ends=RecurrenceEnd.ON_DATE, until=date(2027, 5, 31), **rule),  # type: ignore[arg-type]
        )  # fmt: skip

    weekly = series("Session", date(2026, 9, 7), time(10), 90, weekdays=[0, 3])
    late = series("Night watch", date(2026, 9, 5), time(23, 30), 240, weekdays=[5], teaching_weeks_only=False)
    lettered = series("Laboratory", date(2026, 9, 2), time(8, 15), 45, weekdays=[2], week_letter="A")
    second = series("Call", date(2026, 9, 4), time(16), 30, weekdays=[4], interval=2)
    whole = series("Open day", date(2026, 9, 8), None, 1440, weekdays=[1], interval=4)

    def change(activity: Activity, original_on: date, **fields: object) -> OccurrenceOverride:
        return OccurrenceOverride(activity_id=activity.id, original_on=original_on, **fields)  # type: ignore[arg-type]

    changes = {
        "Session": [
            change(weekly, date(2026, 9, 7), start_time=time(9)),
            change(weekly, date(2026, 9, 17), cancelled=True),
            change(weekly, date(2026, 10, 26), starts_on=date(2026, 10, 27), duration_minutes=45),
            change(weekly, date(2027, 3, 29), place="Quay"),
        ],
        "Open day": [change(whole, date(2026, 12, 1), starts_on=date(2026, 12, 3))],
    }
    return [weekly, late, lettered, second, whole], changes


def content(zone: str, *, only: str = "") -> Content:
    made, changes = activities(zone)
    made = [one for one in made if only in ("", one.title)]
    return Content(
        {PARTNERSHIP_ID: Partnership(id=PARTNERSHIP_ID, title="Repair", school_id=SCHOOL_ID)},
        {one.id: one for one in made},
        {one.id: changes.get(one.title, []) for one in made},
        {SCHOOL_ID: year()},
        {},
    )


def written(found: Content, *, series: bool) -> tuple[bytes, list[Span]]:
    """A file, and the moments that we mean."""
    events = []
    meant: list[Span] = []
    for activity in found.activities.values():
        events += export_activity(activity, found, ours(), NOW, series=series).events
        meant += [
            (one.starts_at.astimezone(UTC), one.ends_at.astimezone(UTC))
            for one in found.of_activity(activity, date.min, date.max)[0]
            if not one.cancelled and one.starts_at is not None and one.ends_at is not None
        ]
    return write_calendar(events, name="Year", stamped_at=NOW), sorted(meant)


@pytest.mark.parametrize("read", [spelled_out_by_ical, spelled_out_by_recurring, spelled_out_by_libical])
@pytest.mark.parametrize("zone", ZONES)
def test_other_parsers_compute_our_dates_from_a_series(zone: str, read: Callable[[bytes], list[Span]]) -> None:
    for title in ("Session", "Night watch", "Laboratory", "Call"):
        found = content(zone, only=title)
        single, meant = written(found, series=False)
        series, _ = written(found, series=True)
        assert series.count(b"BEGIN:VEVENT") < single.count(b"BEGIN:VEVENT") / 3, title
        assert read(single) == meant, title
        assert read(series) == meant, title


def test_whole_days_are_days_everywhere() -> None:
    found = content("Europe/Madrid", only="Open day")
    data = written(found, series=True)[0]
    assert b"RECURRENCE-ID;VALUE=DATE:20261201\r\n" in data
    assert b"UNTIL=20270518\r\n" in data.replace(b"\r\n ", b"")
    days = [
        (one.on, date.fromordinal(one.ends_on.toordinal() + 1))
        for one in found.of_activity(next(iter(found.activities.values())), date.min, date.max)[0]
    ]
    assert len(days) == 10
    assert spelled_out_by_ical(data) == spelled_out_by_recurring(data) == days


def test_the_rule_ends_in_utc_and_leaves_out_what_the_school_is_closed_for() -> None:
    data = written(content("Europe/Berlin", only="Session"), series=True)[0].replace(b"\r\n ", b"").decode()
    lines = data.split("\r\n")
    assert "RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,TH;UNTIL=20270531T080000Z" in lines
    assert [line for line in lines if line.startswith("EXDATE")] == [
        f"EXDATE;TZID=Europe/Berlin:202610{day}T100000" for day in (12, 15, 19, 22)
    ]
    assert [line for line in lines if line.startswith("RECURRENCE-ID")] == [
        "RECURRENCE-ID;TZID=Europe/Berlin:20260907T100000",
        "RECURRENCE-ID;TZID=Europe/Berlin:20260917T100000",
        "RECURRENCE-ID;TZID=Europe/Berlin:20261026T100000",
        "RECURRENCE-ID;TZID=Europe/Berlin:20270329T100000",
    ]
    assert not [line for line in lines if line.startswith("RDATE")]


@pytest.mark.parametrize(("zone", "at"), [("Africa/Casablanca", time(10)), ("Europe/Berlin", time(2, 30))])
def test_what_no_rule_can_say_goes_out_date_by_date(zone: str, at: time) -> None:
    """Casablanca's clock follows Ramadan; half past two does not exist on one Sunday and comes twice on another."""
    found = content(zone, only="Night watch")
    activity = next(iter(found.activities.values()))
    activity.starts_on, activity.start_time = date(2026, 9, 6), at
    activity.recurrence = Recurrence(
        weekdays=[6], ends=RecurrenceEnd.ON_DATE, until=date(2027, 5, 30), teaching_weeks_only=False
    )
    data, meant = written(found, series=True)
    assert b"RRULE:FREQ=WEEKLY" not in data
    assert spelled_out_by_recurring(data) == meant


def test_changing_the_form_calls_off_the_events_of_the_other() -> None:
    found = content("Europe/Berlin", only="Call")
    activity = next(iter(found.activities.values()))
    single = export_activity(activity, found, ours(), NOW, series=False)
    activity.exported_at, activity.exported_hash, activity.sequence = NOW, single.memory.text, single.sequence
    again = export_activity(activity, found, ours(), NOW, series=False)
    assert (again.changed, again.sequence) == (False, 0)
    series = export_activity(activity, found, ours(), NOW, series=True)
    assert (series.changed, series.sequence) == (True, 1)
    assert series.events[0].rule and {one.status for one in series.events[1:]} == {"CANCELLED"}
    assert {one.uid for one in series.events[1:]} == {one.uid for one in single.events}
    activity.exported_hash, activity.sequence = series.memory.text, series.sequence
    assert len(activity.exported_hash) <= 300
    kept = export_activity(activity, found, ours(), NOW)
    assert (kept.changed, kept.memory.series) == (False, True), "the form stays as it was"
    quiet = export_activity(activity, found, ours(), NOW, alarm_minutes=None)
    loud = export_activity(activity, found, ours(), NOW, alarm_minutes=15)
    assert (quiet.events[0].alarm_minutes, loud.events[0].alarm_minutes) == (None, 15)
    assert export_activity(activity, found, ours(), NOW, alarm_minutes=AS_SET).events[0].alarm_minutes is None


@pytest.mark.parametrize("read", [spelled_out_by_ical, spelled_out_by_recurring, spelled_out_by_libical])
def test_a_date_that_lasts_all_day_in_a_series_of_lessons_is_read_so(read: Callable[[bytes], list[Span]]) -> None:
    found = content("Europe/Berlin", only="Call")
    (activity,) = found.activities.values()
    second = date(2026, 9, 18)
    assert second in [one.original_on for one in found.of_activity(activity, date.min, date.max)[0]]
    before = read(written(found, series=True)[0])
    found.overrides[activity.id] = [OccurrenceOverride(activity_id=activity.id, original_on=second, whole_day=True)]
    data = written(found, series=True)[0]
    assert b"RRULE" in data
    after = read(data)
    gone, new = [one for one in before if one not in after], [one for one in after if one not in before]
    assert [str(one[0])[:10] for one in gone] == ["2026-09-18"]
    assert [(str(one[0])[:10], str(one[1])[:10]) for one in new] == [("2026-09-18", "2026-09-19")]
