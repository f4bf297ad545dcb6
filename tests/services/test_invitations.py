"""Invitations as e-mail drafts, read back with the programs' own parsers."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, date, datetime, time
from email.message import EmailMessage
from pathlib import Path

import icalendar
import pytest
from ical.calendar_stream import IcsCalendarStream

from cocivic_desktop.domain.activities import Activity, ActivityStatus
from cocivic_desktop.domain.base import Language
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnerships import AgendaItem, Meeting, Partnership
from cocivic_desktop.services import calendar, invitations, meetings, records
from cocivic_desktop.services.invitations import Mail
from cocivic_desktop.store.workspace import Workspace

NOW = datetime(2026, 9, 14, 8, tzinfo=UTC)


@pytest.fixture
def activity(workspace: Workspace, partnership: Partnership) -> Activity:
    """A meeting in the calendar with two people, one of them without an address."""
    ours = records.find(workspace, Organisation, is_ours=True)[0]
    records.change(workspace, Organisation, ours.id, email="office@example.org")
    meeting = Meeting(
        partnership_id=partnership.id, agenda=[AgendaItem(text="Welcome"), AgendaItem(text="Dates, rooms; keys")]
    )
    records.add(workspace, meeting)
    meetings.change(workspace, meeting.id, title="Görüşme: ilk adım, “Repair”", held_on=date(2026, 10, 26))
    for name, address in (("Zeynep Öztürk", "zeynep@school.example"), ("Max Ohne", "")):
        person = Person(name=name, email=address, organisation_id=partnership.school_id)
        records.add(workspace, person)
        meetings.set_takes_part(workspace, meeting.id, person.id, True)
    made = meetings.activity_of(workspace, records.get(workspace, Meeting, meeting.id))
    assert made is not None
    records.change(workspace, Activity, made.id, start_time=time(14), place="Raum 7, Hof")
    return records.get(workspace, Activity, made.id)


def read(path: Path) -> EmailMessage:
    """The draft as the standard library reads it."""
    data = path.read_bytes()
    assert b"\n" not in data.replace(b"\r\n", b"")
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert not list(message.defects)
    return message


def calendar_part(message: EmailMessage) -> tuple[EmailMessage, bytes]:
    """The calendar among the alternatives, and its bytes."""
    part = next(one for one in message.walk() if one.get_content_type() == "text/calendar")
    assert isinstance(part, EmailMessage)
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return part, payload


def test_an_invitation_is_a_draft_with_one_event(workspace: Workspace, activity: Activity, tmp_path: Path) -> None:
    path = invitations.write_invitation(workspace, activity.id, tmp_path / "i.eml", "de", now=NOW, with_agenda=True)
    message = read(path)
    assert message["X-Unsent"] == "1"
    assert message["Subject"] == "Einladung: Görüşme: ilk adım, “Repair”, 26.10.2026"
    assert str(message["To"]) == "Zeynep Öztürk <zeynep@school.example>"
    assert str(message["From"]) == "Green Harbour <office@example.org>"
    body = message.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert "Montag, 26. Oktober 2026, 14:00 bis 15:00 Uhr" in text and "Raum 7, Hof" in text
    assert "1. Welcome\n2. Dates, rooms; keys" in text.replace("\r\n", "\n")
    part, data = calendar_part(message)
    assert part.get_param("method") == "REQUEST"
    attached = {one.get_filename(): one.get_content_type() for one in message.iter_attachments()}
    assert attached["invite.ics"] == "application/ics"
    assert [name for name in attached if name and name.endswith(".docx")] == ["Tagesordnung 2026-10-26 NVS.docx"]
    found = icalendar.Calendar.from_ical(data)
    assert str(found["METHOD"]) == "REQUEST"
    (event,) = found.events
    assert str(event["UID"]) == f"{activity.id}@co-civic.desktop"
    assert event.sequence == 0
    assert str(event["ORGANIZER"]) == "mailto:office@example.org"
    assert str(event["DESCRIPTION"]) == "1. Welcome\n2. Dates, rooms; keys"
    guest = event["ATTENDEE"]
    assert str(guest) == "mailto:zeynep@school.example"
    assert (guest.params["CN"], guest.params["RSVP"], guest.params["PARTSTAT"]) == (
        "Zeynep Öztürk",
        "TRUE",
        "NEEDS-ACTION",
    )
    assert isinstance(event.start, datetime)
    assert (event.start.date(), event.start.time()) == (date(2026, 10, 26), time(14))
    assert event.start.astimezone(UTC) == datetime(2026, 10, 26, 13, tzinfo=UTC), "winter time has begun the day before"
    strict = IcsCalendarStream.calendar_from_ics(data.decode())
    assert [one.summary for one in strict.events] == ["Görüşme: ilk adım, “Repair”"]
    assert strict.events[0].attendees[0].uri is not None


def test_a_changed_meeting_and_its_end_go_out_with_higher_numbers(
    workspace: Workspace, activity: Activity, tmp_path: Path
) -> None:
    def number(name: str, *, cancel: bool = False) -> tuple[int, str, str]:
        path = invitations.write_invitation(workspace, activity.id, tmp_path / name, "en", now=NOW, cancel=cancel)
        message = read(path)
        (event,) = icalendar.Calendar.from_ical(calendar_part(message)[1]).events
        return event.sequence, str(event["STATUS"]), str(message["Subject"]).split(":")[0]

    assert number("1.eml") == (0, "TENTATIVE", "Invitation")
    assert number("2.eml") == (0, "TENTATIVE", "Changed"), "the same again keeps its number"
    records.change(workspace, Activity, activity.id, place="Library")
    assert number("3.eml") == (1, "TENTATIVE", "Changed")
    assert number("4.eml", cancel=True) == (2, "CANCELLED", "Cancelled")
    stored = records.get(workspace, Activity, activity.id)
    assert (stored.status, stored.sequence) == (ActivityStatus.CANCELLED, 2)
    calendar.export_ics(workspace, tmp_path / "all.ics", now=NOW)
    (event,) = icalendar.Calendar.from_ical((tmp_path / "all.ics").read_bytes()).events
    assert (event.sequence, str(event["STATUS"])) == (2, "CANCELLED"), "the exported calendar says the same"
    workspace.undo()
    assert records.get(workspace, Activity, activity.id).status is not ActivityStatus.CANCELLED
    assert number("5.eml")[0] == 3, "what was called off and is on again has a higher number"


@pytest.mark.parametrize("language", list(Language))
def test_words_in_every_language(language: Language, workspace: Workspace, activity: Activity) -> None:
    for cancel in (False, True):
        words = invitations.mail(workspace, activity.id, language, cancel=cancel)
        assert "{" not in words.subject + words.text
        assert activity.title in words.subject and activity.title in words.text
        assert "14:00" in words.text


def test_what_a_person_writes_cannot_break_the_mail(workspace: Workspace, activity: Activity, tmp_path: Path) -> None:
    person = records.find(workspace, Person, email="zeynep@school.example")[0]
    records.change(workspace, Person, person.id, name='Zeynep "X" <Öztürk>; a,b')
    changed = Mail("Hello\r\nBcc: all@example.org", "Text\n.\nFrom here on\n")
    path = invitations.write_invitation(workspace, activity.id, tmp_path / "i.eml", "en", now=NOW, changed=changed)
    message = read(path)
    assert message["Bcc"] is None and message["Subject"] == "Hello Bcc: all@example.org"
    assert [str(one.addr_spec) for one in message["To"].addresses] == ["zeynep@school.example"]
    assert ".\nFrom here on" in message.get_body(("plain",)).get_content().replace("\r\n", "\n")  # type: ignore[union-attr]
    icalendar.Calendar.from_ical(calendar_part(message)[1])


def test_nothing_is_written_or_changed_when_it_cannot_be_sent(
    workspace: Workspace, activity: Activity, tmp_path: Path
) -> None:
    (tmp_path / "there.eml").write_text("mine")
    with pytest.raises(BadInput, match="already"):
        invitations.write_invitation(workspace, activity.id, tmp_path / "there.eml", "en", now=NOW, cancel=True)
    assert records.get(workspace, Activity, activity.id).status is ActivityStatus.TENTATIVE
    assert (tmp_path / "there.eml").read_text() == "mine"
    ours = records.find(workspace, Organisation, is_ours=True)[0]
    records.change(workspace, Organisation, ours.id, email="")
    with pytest.raises(BadInput, match="organisation's e-mail address"):
        invitations.write_invitation(workspace, activity.id, tmp_path / "a.eml", "en", now=NOW)
    for person in records.find(workspace, Person):
        records.change(workspace, Person, person.id, email="")
    with pytest.raises(BadInput, match="Max Ohne, Zeynep Öztürk"):
        invitations.write_invitation(workspace, activity.id, tmp_path / "a.eml", "en", now=NOW)
    assert not (tmp_path / "a.eml").exists()
    assert records.get(workspace, Activity, activity.id).exported_at is None
