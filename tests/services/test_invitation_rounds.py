"""Telling everybody what is new: who gets which mail, once, and again only when something has changed."""

from __future__ import annotations

import email
import email.policy
from collections import Counter
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import icalendar
import pytest
import recurring_ical_events

from cocivic_desktop.domain.activities import (
    Activity,
    ActivityStatus,
    Participation,
    Recurrence,
    RecurrenceEnd,
)
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.services import activities, invitation_rounds, invitations, records
from cocivic_desktop.services.invitation_rounds import News, Pending
from cocivic_desktop.store.workspace import Workspace

NOW = datetime(2026, 9, 14, 8, tzinfo=UTC)
TODAY = date(2026, 9, 14)


class Year:
    """A visit, a series, and a talk without guests."""

    def __init__(self, workspace: Workspace, partnership: Partnership, folder: Path) -> None:
        self.workspace, self.partnership, self.folder, self.round = workspace, partnership, folder, 0
        ours = records.find(workspace, Organisation, is_ours=True)[0]
        records.change(workspace, Organisation, ours.id, email="office@cso.example")
        rule = Recurrence(weekdays=[1], ends=RecurrenceEnd.AFTER_COUNT, count=8, teaching_weeks_only=False)
        self.visit = self.activity("Visit", date(2026, 10, 5))
        self.series = self.activity("Workshop", date(2026, 10, 6), recurrence=rule)
        self.talk = self.activity("Talk", date(2026, 10, 8))
        self.ana = Person(name="Ana Gil", email="ana@school.example", organisation_id=partnership.school_id)
        records.add(workspace, self.ana)
        for activity in (self.visit, self.series):
            records.add(workspace, Participation(activity_id=activity.id, person_id=self.ana.id))

    def activity(self, title: str, on: date, recurrence: Recurrence | None = None) -> Activity:
        made = Activity(
            partnership_id=self.partnership.id, title=title, starts_on=on, start_time=time(10), recurrence=recurrence
        )
        records.add(self.workspace, made)
        return made

    def news(self) -> dict[str, News]:
        return {one.activity.title: one.news for one in self.pending()}

    def pending(self) -> list[Pending]:
        return invitation_rounds.pending(self.workspace, self.partnership.id, TODAY)

    def write(self) -> dict[str, bytes]:
        """The calendars of a round, by file."""
        self.round += 1
        folder = self.folder / str(self.round)
        folder.mkdir()
        paths = invitation_rounds.write_round(self.workspace, self.pending(), folder, "de", now=NOW)
        return {path.name: calendar_of(path) for path in paths}


def read(data: bytes) -> Any:
    return icalendar.Calendar.from_ical(data)


def calendar_of(path: Path) -> bytes:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    payload = next(one for one in message.walk() if one.get_content_type() == "text/calendar").get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload


@pytest.fixture
def year(workspace: Workspace, partnership: Partnership, tmp_path: Path) -> Year:
    return Year(workspace, partnership, tmp_path)


def test_a_round_tells_what_is_new_once(year: Year) -> None:
    assert year.news() == {"Visit": News.NEW, "Workshop": News.NEW, "Talk": News.NOBODY}
    first = year.write()
    assert list(first) == ["2026-10-05 Visit.eml", "2026-10-06 Workshop.eml"]
    assert year.news() == {"Visit": News.SENT, "Workshop": News.SENT, "Talk": News.NOBODY}
    assert year.write() == {}
    found = read(first["2026-10-06 Workshop.eml"])
    assert str(found["METHOD"]) == "REQUEST"
    assert {str(one["UID"]) for one in found.events} == {f"{year.series.id}@co-civic.desktop"}
    assert str(found.events[0]["ATTENDEE"]) == "mailto:ana@school.example"
    dates: Any = recurring_ical_events.of(found).between(date(2026, 1, 1), date(2028, 1, 1))
    assert [one.start.date() for one in dates] == [
        date(2026, 10, 6 + 7 * n) if n < 4 else date(2026, 11, 7 * n - 25) for n in range(8)
    ]


def test_a_changed_date_goes_out_with_its_series(year: Year) -> None:
    year.write()
    activities.move_occurrence(
        year.workspace, year.series.id, date(2026, 10, 20), starts_on=date(2026, 10, 22), place="Quay"
    )
    assert year.news() == {"Visit": News.SENT, "Workshop": News.CHANGED, "Talk": News.NOBODY}
    found = read(year.write()["2026-10-06 Workshop.eml"])
    exception = next(one for one in found.events if "RECURRENCE-ID" in one)
    assert exception.start.date() == date(2026, 10, 22)
    assert exception["RECURRENCE-ID"].dt.date() == date(2026, 10, 20)
    assert {one.sequence for one in found.events} == {1}
    assert str(exception["ATTENDEE"]) == "mailto:ana@school.example"
    single = year.folder / "one.eml"
    invitations.write_invitation(year.workspace, year.series.id, single, "en", on=date(2026, 10, 27), now=NOW)
    (event,) = read(calendar_of(single)).events
    assert str(event["UID"]) == f"{year.series.id}@co-civic.desktop", "a date of a series that the guests know whole"
    assert event["RECURRENCE-ID"].dt.date() == date(2026, 10, 27)


def test_what_is_called_off_is_told_once(year: Year) -> None:
    year.write()
    records.change(year.workspace, Activity, year.visit.id, status=ActivityStatus.CANCELLED)
    records.archive(year.workspace, Activity, year.series.id)
    assert year.news() == {"Visit": News.CANCELLED, "Workshop": News.CANCELLED, "Talk": News.NOBODY}
    off = year.write()
    methods = {name: str(read(data)["METHOD"]) for name, data in off.items()}
    assert methods == {"2026-10-05 Visit.eml": "CANCEL", "2026-10-06 Workshop.eml": "CANCEL"}
    (event,) = read(off["2026-10-06 Workshop.eml"]).events
    assert (str(event["STATUS"]), event.sequence, "RRULE" in event) == ("CANCELLED", 1, False)
    assert year.news() == {"Talk": News.NOBODY}


def test_a_new_guest_is_news_and_who_was_asked_date_by_date_stays_so(year: Year) -> None:
    invitations.write_invitation(
        year.workspace, year.series.id, year.folder / "1.eml", "en", on=date(2026, 10, 6), now=NOW
    )
    (series,) = [one for one in year.pending() if one.activity.title == "Workshop"]
    assert (series.news, len(series.dates)) == (News.CHANGED, 8)
    names = Counter(name[11:] for name in year.write())
    assert names == {"Visit.eml": 1, "Workshop.eml": 8}
    assert year.news()["Workshop"] is News.SENT
    bea = Person(name="Bea", email="bea@school.example", organisation_id=year.partnership.school_id)
    records.add(year.workspace, bea)
    records.add(year.workspace, Participation(activity_id=year.visit.id, person_id=bea.id))
    assert year.news()["Visit"] is News.CHANGED
    with pytest.raises(BadInput, match="no folder"):
        invitation_rounds.write_round(year.workspace, year.pending(), year.folder / "nowhere", "en")


@pytest.mark.parametrize(
    ("language", "word"),
    [("en", "dates from"), ("de", "Termine ab"), ("es", "fechas a partir"), ("tr", "tarihinden itibaren")],
)
def test_the_mail_lists_the_dates_in_its_language(year: Year, language: str, word: str) -> None:
    made = invitations.mail(year.workspace, year.series.id, language, whole=True, now=NOW)
    assert word in made.subject
    assert made.text.count("\n· ") == 8
