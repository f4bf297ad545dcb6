"""The calendar in a real workspace: what takes place, what is in the way, what goes out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import icalendar
import pytest

from cocivic_desktop.domain.activities import (
    Activity,
    ActivityStatus,
    OccurrenceOverride,
    Participation,
    Recurrence,
    RecurrenceEnd,
)
from cocivic_desktop.domain.errors import BadInput, NotFound
from cocivic_desktop.domain.organisations import Organisation, OrganisationKind, Person
from cocivic_desktop.domain.partnerships import Partnership, PartnershipMember
from cocivic_desktop.domain.rules.conflicts import ConflictCode
from cocivic_desktop.domain.school_years import CalendarPeriod, PeriodKind, SchoolYear, Term
from cocivic_desktop.services import activities, calendar, records
from cocivic_desktop.store.workspace import Workspace

TODAY = date(2026, 8, 20)
YEAR = (date(2026, 8, 1), date(2027, 7, 31))


class Setting:
    """A workspace with a school year, two partnerships, a weekly series and a person in both."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        ours = Organisation(name="Fair Streets", is_ours=True, kind=OrganisationKind.CSO, email="office@cso.example")
        self.school = Organisation(name="Harbour School", country="DE", region="SH")
        self.year = SchoolYear(school_id=self.school.id, label="2026/27", starts_on=YEAR[0], ends_on=YEAR[1])
        term = Term(school_year_id=self.year.id, name="1", starts_on=date(2026, 8, 24), ends_on=date(2027, 1, 29))
        self.autumn = self.period(PeriodKind.HOLIDAY, "Autumn", date(2026, 10, 12), date(2026, 10, 23))
        self.exams = self.period(PeriodKind.ASSESSMENT, "Exams", date(2026, 11, 23), date(2026, 11, 27))
        self.partnership = Partnership(title="Safe ways", school_id=self.school.id)
        self.other = Partnership(title="Garden", school_id=self.school.id)
        self.person = Person(name="Mira")
        rule = Recurrence(weekdays=[1], ends=RecurrenceEnd.BEFORE_ASSESSMENT)
        self.series = self.activity(
            "Weekly", date(2026, 9, 1), time(10), recurrence=rule, status=ActivityStatus.CONFIRMED
        )
        self.visit = Activity(
            partnership_id=self.other.id, title="Visit", starts_on=date(2026, 9, 8), start_time=time(10, 30)
        )
        self.add(ours, self.school, self.year, term, self.autumn, self.exams, self.partnership, self.other, self.person)
        self.add(self.series, self.visit)
        for one in (self.series, self.visit):
            self.add(Participation(activity_id=one.id, person_id=self.person.id, role="Mentor"))

    def add(self, *entities: Any) -> None:
        for entity in entities:
            records.add(self.workspace, entity)

    def period(self, kind: PeriodKind, name: str, first: date, last: date) -> CalendarPeriod:
        return CalendarPeriod(school_year_id=self.year.id, kind=kind, name=name, starts_on=first, ends_on=last)

    def activity(self, title: str, on: date, at: time | None, **more: Any) -> Activity:
        return Activity(partnership_id=self.partnership.id, title=title, starts_on=on, start_time=at, **more)

    def series_days(self) -> list[date]:
        found = calendar.occurrences(self.workspace, self.partnership.id, *YEAR).occurrences
        return [one.on for one in found if one.activity_id == self.series.id]


@pytest.fixture
def setting(tmp_path: Path) -> Iterator[Setting]:
    with Workspace.create(tmp_path / "w.cocivic") as workspace:
        yield Setting(workspace)


def test_occurrences_and_skipped_dates(setting: Setting) -> None:
    found = calendar.occurrences(setting.workspace, setting.partnership.id, *YEAR)
    assert len(found.occurrences) == 10
    assert [(skip.on, skip.name) for skip in found.skips] == [
        (date(2026, 10, 13), "Autumn"),
        (date(2026, 10, 20), "Autumn"),
    ]
    everything = calendar.occurrences(setting.workspace, None, date(2026, 9, 8), date(2026, 9, 8))
    assert [everything.activities[one.activity_id].title for one in everything.occurrences] == ["Weekly", "Visit"]


def test_conflicts_over_all_partnerships(setting: Setting) -> None:
    found = calendar.conflicts(setting.workspace, setting.partnership.id, TODAY)
    assert [(each.code, each.original_on) for each in found] == [(ConflictCode.PERSON_BUSY, date(2026, 9, 8))]
    assert found[0].parameters["other_activity_id"] == setting.visit.id
    assert len(calendar.conflicts(setting.workspace, None, TODAY)) == 2
    assert calendar.conflicts(setting.workspace, None, date(2026, 9, 9)) == []
    activities.move_occurrence(setting.workspace, setting.series.id, date(2026, 9, 8), starts_on=date(2026, 10, 14))
    codes = [each.code for each in calendar.conflicts(setting.workspace, None, TODAY)]
    assert codes == [ConflictCode.CLOSURE]


def test_free_slots_avoid_holidays_people_and_the_series(setting: Setting) -> None:
    slots = calendar.free_slots(setting.workspace, setting.series.id, date(2026, 9, 8), today=TODAY)
    assert slots
    for slot in slots:
        activities.move_occurrence(
            setting.workspace,
            setting.series.id,
            date(2026, 9, 8),
            starts_on=slot.on,
            start_time=slot.start_time,
        )
        assert calendar.conflicts(setting.workspace, None, TODAY) == []
    with pytest.raises(NotFound):
        calendar.free_slots(setting.workspace, setting.series.id, date(2026, 9, 9), today=TODAY)


def test_moving_and_cancelling_is_undone_in_one_step(setting: Setting) -> None:
    before = setting.series_days()
    workspace, series = setting.workspace, setting.series
    activities.move_occurrence(workspace, series.id, date(2026, 9, 8), starts_on=date(2026, 9, 9), reason="Trip")
    assert date(2026, 9, 9) in setting.series_days()
    activities.cancel_occurrence(workspace, series.id, date(2026, 9, 15), "ill")
    cancelled = [one for one in calendar.occurrences(workspace, None, *YEAR).occurrences if one.cancelled]
    assert [(one.on, one.reason) for one in cancelled] == [(date(2026, 9, 15), "ill")]
    activities.restore_occurrence(workspace, series.id, date(2026, 9, 15))
    activities.move_series(workspace, series.id, starts_on=date(2026, 9, 3), start_time=time(11))
    moved = setting.series_days()
    assert moved[:3] == [date(2026, 9, 3), date(2026, 9, 9), date(2026, 9, 17)]
    assert len(records.find(workspace, OccurrenceOverride)) == 1
    for _ in range(4):
        workspace.undo()
    assert setting.series_days() == before


def test_a_single_activity_is_moved_itself(setting: Setting) -> None:
    activities.move_occurrence(setting.workspace, setting.visit.id, date(2026, 9, 8), starts_on=date(2026, 9, 10))
    assert records.get(setting.workspace, Activity, setting.visit.id).starts_on == date(2026, 9, 10)
    activities.cancel_occurrence(setting.workspace, setting.visit.id, date(2026, 9, 10), "rain")
    (one,) = calendar.occurrences(setting.workspace, setting.other.id, *YEAR).occurrences
    assert (one.cancelled, one.reason) == (True, "rain")
    activities.move_occurrence(setting.workspace, setting.visit.id, date(2026, 9, 10), starts_on=date(2026, 9, 11))
    activities.restore_occurrence(setting.workspace, setting.visit.id, date(2026, 9, 11))
    (one,) = calendar.occurrences(setting.workspace, setting.other.id, *YEAR).occurrences
    assert (one.cancelled, one.on) == (False, date(2026, 9, 11))


def at(hour: int) -> datetime:
    return datetime(2026, 8, 21, hour, tzinfo=UTC)


def read(path: Path) -> dict[str, Any]:
    found = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert len({str(event["UID"]) for event in found}) == len(found)
    return {str(event["UID"]): event for event in found}


def test_an_export_changes_its_numbers_only_with_its_content(setting: Setting, tmp_path: Path) -> None:
    workspace, out = setting.workspace, tmp_path / "out.ics"
    assert calendar.export_ics(workspace, out, now=at(8)) == [out]
    first = read(out)
    assert len(first) == 11
    assert {int(event["SEQUENCE"]) for event in first.values()} == {0}
    with pytest.raises(BadInput):
        calendar.export_ics(workspace, out, now=at(9))
    steps = len(workspace.history())
    calendar.export_ics(workspace, out, now=at(9), force=True)
    again = read(out)
    assert len(workspace.history()) == steps
    assert {uid: event["LAST-MODIFIED"].dt for uid, event in again.items()} == dict.fromkeys(first, at(8))
    activities.move_occurrence(workspace, setting.series.id, date(2026, 9, 8), starts_on=date(2026, 9, 9))
    calendar.export_ics(workspace, out, now=at(10), force=True)
    third = read(out)
    assert third.keys() == first.keys()
    mine = {int(event["SEQUENCE"]) for uid, event in third.items() if str(setting.series.id) in uid}
    others = {int(event["SEQUENCE"]) for uid, event in third.items() if str(setting.visit.id) in uid}
    assert (mine, others) == ({1}, {0})


def test_a_refused_export_raises_no_number(setting: Setting, tmp_path: Path) -> None:
    out = tmp_path / "out.ics"
    out.write_text("mine", encoding="utf-8")
    with pytest.raises(BadInput):
        calendar.export_ics(setting.workspace, out)
    assert records.get(setting.workspace, Activity, setting.series.id).exported_at is None
    assert out.read_text(encoding="utf-8") == "mine"


def test_identities_survive_moves_and_what_is_gone_goes_out_as_cancelled(setting: Setting, tmp_path: Path) -> None:
    workspace, out = setting.workspace, tmp_path / "out.ics"
    calendar.export_ics(workspace, out, now=at(8))
    first = read(out)
    activities.move_series(workspace, setting.series.id, starts_on=date(2026, 9, 3))
    activities.move_occurrence(workspace, setting.visit.id, date(2026, 9, 8), starts_on=date(2026, 9, 10))
    calendar.export_ics(workspace, out, now=at(9), force=True)
    assert read(out).keys() == first.keys()
    blocked = setting.period(PeriodKind.BLOCKED, "Storm", date(2026, 9, 17), date(2026, 9, 17))
    setting.add(blocked)
    records.archive(workspace, Activity, setting.visit.id)
    for hour in (10, 11):  # it stays cancelled in later exports
        calendar.export_ics(workspace, out, now=at(hour), force=True)
        after = read(out)
        assert after.keys() == first.keys()
        cancelled = [event for event in after.values() if event["STATUS"] == "CANCELLED"]
        assert {str(event["SUMMARY"]) for event in cancelled} == {"Weekly", "Visit"}
        (weekly,) = [event for event in cancelled if str(event["SUMMARY"]) == "Weekly"]
        assert weekly["DTSTART"].dt.date() == date(2026, 9, 17)
        assert int(weekly["SEQUENCE"]) == 2


def test_exports_of_one_partnership_person_and_role(setting: Setting, tmp_path: Path) -> None:
    workspace = setting.workspace
    setting.add(PartnershipMember(partnership_id=setting.other.id, person_id=setting.person.id, role="Steering group"))
    stranger = Person(name="Ole")
    setting.add(stranger, setting.activity("Closed", date(2026, 9, 4), None))

    def titles(**chosen: Any) -> set[str]:
        calendar.export_ics(workspace, tmp_path / "part.ics", force=True, **chosen)
        return {str(event["SUMMARY"]) for event in read(tmp_path / "part.ics").values()}

    assert titles(partnership_id=setting.partnership.id) == {"Weekly", "Closed"}
    assert titles(person_id=setting.person.id) == {"Weekly", "Visit"}
    assert titles(person_id=stranger.id) == set()
    assert titles(role="mentor") == {"Weekly", "Visit"}
    assert titles(role="steering group") == {"Visit"}
    assert titles(partnership_id=setting.other.id, include_closures=True) == {"Visit", "Autumn (Harbour School)"}
