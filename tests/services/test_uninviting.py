"""Guests who were invited and take part no longer: they are known, told by a mail of their own, and may come back."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, date, datetime
from pathlib import Path

import icalendar
import pytest

from cocivic_desktop.domain.activities import Activity, Participation
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.domain.partnerships import Meeting, Partnership
from cocivic_desktop.services import invitation_rounds, invitations, meetings, records, taking_part, uninviting
from cocivic_desktop.services.invitation_rounds import News
from cocivic_desktop.store.workspace import Workspace
from tests.services.test_replies import NOW, Setting

TODAY = date(2026, 9, 16)
LATER = datetime(2026, 9, 16, 9, tzinfo=UTC)


@pytest.fixture
def setting(workspace: Workspace, partnership: Partnership, tmp_path: Path) -> Setting:
    return Setting(workspace, partnership, tmp_path)


def take_out(setting: Setting, activity: Activity, person: Person) -> None:
    records.archive(setting.workspace, Participation, setting.participation(activity, person).id)


def news(setting: Setting, activity: Activity) -> list[tuple[News, list[str]]]:
    found = invitation_rounds.pending(setting.workspace, None, TODAY)
    return [
        (one.news, [person.name for person in one.guests.invited]) for one in found if one.activity.id == activity.id
    ]


def written(setting: Setting, activity: Activity, *wanted: News) -> dict[str, icalendar.Event]:
    """The events of the drafts by the address they go to."""
    folder = setting.folder / "out"
    folder.mkdir(exist_ok=True)
    chosen = [
        one
        for one in invitation_rounds.pending(setting.workspace, None, TODAY)
        if one.activity.id == activity.id and one.news in wanted
    ]
    found = {}
    for path in invitation_rounds.write_round(setting.workspace, chosen, folder, "de", now=LATER):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        part = next(one for one in message.walk() if one.get_content_type() == "text/calendar")
        calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True))  # type: ignore[arg-type]
        assert calendar["METHOD"] == ("CANCEL" if News.REMOVED in wanted else "REQUEST")
        found[str(message["To"])] = calendar.events[0]
        path.unlink()
    return found


def test_who_was_invited_and_removed_gets_a_cancellation_alone(setting: Setting) -> None:
    setting.invited(setting.single)
    assert news(setting, setting.single) == [(News.SENT, ["Ana Gil", "Bea Ruiz"])]
    take_out(setting, setting.single, setting.ana)
    assert news(setting, setting.single) == [(News.CHANGED, ["Bea Ruiz"]), (News.REMOVED, ["Ana Gil"])]
    ((to, event),) = written(setting, setting.single, News.REMOVED).items()
    assert to == "Ana Gil <Ana.Gil@school.example>"
    assert (event["UID"], "STATUS" in event) == (f"{setting.single.id}@co-civic.desktop", False)
    assert str(event["ATTENDEE"]).lower() == "mailto:ana.gil@school.example"
    assert news(setting, setting.single) == [(News.CHANGED, ["Bea Ruiz"])]
    assert records.get(setting.workspace, Activity, setting.single.id).status != "cancelled"


def test_who_comes_back_is_invited_again_and_stands_once(setting: Setting) -> None:
    setting.invited(setting.single)
    take_out(setting, setting.single, setting.ana)
    taking_part.add(setting.workspace, setting.single.id, {setting.ana.id: "mentor"})
    assert news(setting, setting.single) == [(News.SENT, ["Ana Gil", "Bea Ruiz"])], "nobody was told otherwise"
    take_out(setting, setting.single, setting.ana)
    written(setting, setting.single, News.REMOVED)
    taking_part.add(setting.workspace, setting.single.id, {setting.ana.id: "mentor"})
    assert news(setting, setting.single) == [(News.CHANGED, ["Ana Gil", "Bea Ruiz"])]
    rows = records.find(
        setting.workspace, Participation, archived=None, activity_id=setting.single.id, person_id=setting.ana.id
    )
    assert [(one.archived, one.role) for one in rows] == [(False, "mentor")]


def test_who_was_never_invited_needs_no_word(setting: Setting) -> None:
    take_out(setting, setting.single, setting.ana)
    assert news(setting, setting.single) == [(News.NEW, ["Bea Ruiz"])]
    setting.invited(setting.single)
    take_out(setting, setting.single, setting.bea)
    found = invitation_rounds.pending(setting.workspace, None, date(2026, 10, 6))
    assert [one for one in found if one.activity.id == setting.single.id] == [], "it is over"


def test_of_a_series_the_whole_is_taken_back_as_it_was_sent(setting: Setting) -> None:
    path = setting.folder / "whole.eml"
    invitations.write_invitation(setting.workspace, setting.series.id, path, "de", whole=True, now=NOW)
    take_out(setting, setting.series, setting.ana)
    ((_, event),) = written(setting, setting.series, News.REMOVED).items()
    assert (event["UID"], "RRULE" in event) == (f"{setting.series.id}@co-civic.desktop", False)
    setting.invited(setting.single)
    take_out(setting, setting.single, setting.bea)
    assert [one.name for one in uninviting.to_tell(setting.workspace, setting.single.id)] == ["Bea Ruiz"]


def test_of_a_series_sent_date_by_date_every_date_is_taken_back(setting: Setting) -> None:
    for day in (date(2026, 10, 6), date(2026, 10, 13)):
        setting.invited(setting.series, day)
    take_out(setting, setting.series, setting.ana)
    (one,) = [each for each in invitation_rounds.pending(setting.workspace, None, TODAY) if each.news is News.REMOVED]
    assert len(one.dates) == 6


def test_a_meeting_forgets_only_who_was_not_invited(setting: Setting, partnership: Partnership) -> None:
    meeting = Meeting(partnership_id=partnership.id, activity_id=setting.single.id, held_on=setting.single.starts_on)
    records.add(setting.workspace, meeting)
    meetings.set_takes_part(setting.workspace, meeting.id, setting.ana.id, False)
    rows = records.find(setting.workspace, Participation, archived=None, activity_id=setting.single.id)
    assert [one.person_id for one in rows] == [setting.bea.id]
    setting.invited(setting.single)
    meetings.set_takes_part(setting.workspace, meeting.id, setting.bea.id, False)
    assert [one.name for one in uninviting.to_tell(setting.workspace, setting.single.id)] == ["Bea Ruiz"]
    meetings.set_takes_part(setting.workspace, meeting.id, setting.bea.id, True)
    assert uninviting.to_tell(setting.workspace, setting.single.id) == ()
