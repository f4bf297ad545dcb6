"""Replies to invitations, as mail programs send them: what is kept, and what is only told."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import icalendar
import pytest

from cocivic_desktop.cli import main
from cocivic_desktop.domain.activities import (
    Activity,
    OccurrenceOverride,
    OccurrenceReply,
    Participation,
    ParticipationReply,
    Recurrence,
    RecurrenceEnd,
)
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.services import activities, counter_proposals, invitations, records, replies, series
from cocivic_desktop.services.counter_proposals import Proposed
from cocivic_desktop.services.replies import Standing
from cocivic_desktop.store.workspace import Workspace

NOW = datetime(2026, 9, 14, 8, tzinfo=UTC)


class Setting:
    """A session on one day and a series, with two people."""

    def __init__(self, workspace: Workspace, partnership: Partnership, folder: Path) -> None:
        self.workspace, self.folder = workspace, folder
        ours = records.find(workspace, Organisation, is_ours=True)[0]
        records.change(workspace, Organisation, ours.id, email="office@cso.example")
        common = {"partnership_id": partnership.id, "start_time": time(10), "zone": "Europe/Madrid"}
        self.single = Activity(title="Visita", starts_on=date(2026, 10, 5), **common)  # type: ignore[arg-type]
        rule = Recurrence(weekdays=[1], ends=RecurrenceEnd.AFTER_COUNT, count=6, teaching_weeks_only=False)
        self.series = Activity(title="Taller", starts_on=date(2026, 10, 6), recurrence=rule, **common)  # type: ignore[arg-type]
        self.ana = Person(name="Ana Gil", email="Ana.Gil@school.example", organisation_id=partnership.school_id)
        self.bea = Person(name="Bea Ruiz", email="bea@school.example", organisation_id=partnership.school_id)
        for record in (self.single, self.series, self.ana, self.bea):
            records.add(workspace, record)
        for activity in (self.single, self.series):
            for person in (self.ana, self.bea):
                records.add(workspace, Participation(activity_id=activity.id, person_id=person.id))

    def invited(self, activity: Activity, on: date | None = None) -> icalendar.Event:
        """The event in the invitation that went out."""
        path = self.folder / "out.eml"
        invitations.write_invitation(self.workspace, activity.id, path, "es", on=on, now=NOW, force=True)
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        part = next(one for one in message.walk() if one.get_content_type() == "text/calendar")
        payload = part.get_payload(decode=True)
        assert isinstance(payload, bytes)
        return icalendar.Calendar.from_ical(payload).events[0]

    def reply(self, event: icalendar.Event, status: str, *, hour: int = 9, who: str = "ana.gil@school.example",
              method: str = "REPLY", more: str = "", sequence: int | None = None) -> bytes:  # fmt: skip
        """The calendar that a mail program sends back."""
        number = event.sequence if sequence is None else sequence
        lines = [
            "BEGIN:VCALENDAR", "PRODID:-//Example//Mail 1.0//ES", "VERSION:2.0", f"METHOD:{method}", "BEGIN:VEVENT",
            f"UID:{event['UID']}", f"SEQUENCE:{number}", f"DTSTAMP:20260915T{hour:02}0000Z",
            "ORGANIZER:mailto:office@cso.example", f"ATTENDEE;CN=\"Ana, G.\";PARTSTAT={status}:MAILTO:{who}",
            *([more] if more else []), f"SUMMARY:Aceptado: {event['SUMMARY']}", "END:VEVENT", "END:VCALENDAR", "",
        ]  # fmt: skip
        return "\r\n".join(lines).encode()

    def file(self, name: str, data: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(data)
        return path

    def mail(self, name: str, calendar: bytes | None) -> Path:
        """A mail as programs build it, with the calendar in it twice."""
        message = EmailMessage()
        message["From"], message["To"] = "Ana Gil <ana.gil@school.example>", "office@cso.example"
        message["Subject"] = "Aceptado: Visita"
        message.set_content("Allí estaré. ¡Gracias!")
        if calendar is not None:
            message.add_alternative(calendar.decode(), subtype="calendar", params={"method": "REPLY"})
            message.add_attachment(calendar, maintype="application", subtype="ics", filename="invite.ics")
        return self.file(name, message.as_bytes())

    def participation(self, activity: Activity, person: Person) -> Participation:
        return records.find(self.workspace, Participation, activity_id=activity.id, person_id=person.id)[0]


@pytest.fixture
def setting(workspace: Workspace, partnership: Partnership, tmp_path: Path) -> Setting:
    return Setting(workspace, partnership, tmp_path)


def test_a_reply_by_mail_is_kept_as_one_step(setting: Setting) -> None:
    event = setting.invited(setting.single)
    path = setting.mail("yes.eml", setting.reply(event, "ACCEPTED", more="COMMENT:Llego diez minutos tarde"))
    (line,) = replies.read(setting.workspace, [path])
    assert (line.standing, line.reply, line.title) == (Standing.NEW, ParticipationReply.ACCEPTED, "Visita")
    assert (line.person is not None and line.person.name, line.original_on) == ("Ana Gil", None)
    assert line.who == "Ana, G. <ana.gil@school.example>"
    assert setting.participation(setting.single, setting.ana).reply is ParticipationReply.NONE, (
        "looking changes nothing"
    )
    replies.take(setting.workspace, [line])
    kept = setting.participation(setting.single, setting.ana)
    assert (kept.reply, kept.reply_remark) == (ParticipationReply.ACCEPTED, "Llego diez minutos tarde")
    assert kept.replied_at == datetime(2026, 9, 15, 9, tzinfo=UTC)
    assert [one.standing for one in replies.read(setting.workspace, [path])] == [Standing.SAME]
    setting.workspace.undo()
    assert setting.participation(setting.single, setting.ana).replied_at is None


def test_one_date_of_a_series_is_answered_by_itself(setting: Setting) -> None:
    event = setting.invited(setting.series, date(2026, 10, 20))
    declined = setting.file("no.ics", setting.reply(event, "DECLINED"))
    (line,) = replies.read(setting.workspace, [declined])
    assert (line.original_on, line.standing) == (date(2026, 10, 20), Standing.NEW)
    replies.take(setting.workspace, [line])
    (one,) = records.find(setting.workspace, OccurrenceReply)
    assert (one.original_on, one.reply, one.person_id) == (
        date(2026, 10, 20), ParticipationReply.DECLINED, setting.ana.id,
    )  # fmt: skip
    whole = setting.participation(setting.series, setting.ana)
    assert whole.reply is ParticipationReply.NONE
    assert replies.reply_on(whole, [one], date(2026, 10, 20)) is one
    assert replies.reply_on(whole, [one], date(2026, 10, 27)) is whole
    event["UID"] = f"{setting.series.id}@co-civic.desktop"
    third = "RECURRENCE-ID;TZID=Romance Standard Time:20261027T100000"
    to_series = setting.file("s.ics", setting.reply(event, "TENTATIVE"))
    to_date = setting.file("d.ics", setting.reply(event, "ACCEPTED", more=third))
    found = replies.read(setting.workspace, [to_series, to_date])
    assert [(one.original_on, one.reply) for one in found] == [
        (None, ParticipationReply.TENTATIVE),
        (date(2026, 10, 27), ParticipationReply.ACCEPTED),
    ]


def test_the_newest_of_several_replies_counts(setting: Setting) -> None:
    event = setting.invited(setting.single)
    early = setting.file("1.ics", setting.reply(event, "ACCEPTED", hour=7))
    late = setting.file("2.ics", setting.reply(event, "DECLINED", hour=11))
    assert [one.standing for one in replies.read(setting.workspace, [late, early])] == [Standing.NEW, Standing.OLDER]
    replies.take(setting.workspace, replies.read(setting.workspace, [late, early]))
    assert setting.participation(setting.single, setting.ana).reply is ParticipationReply.DECLINED
    assert [one.standing for one in replies.read(setting.workspace, [early])] == [Standing.OLDER]
    records.change(setting.workspace, Activity, setting.single.id, starts_on=date(2026, 10, 7))
    newer = setting.invited(setting.single)
    assert newer.sequence == 1
    old = setting.file("3.ics", setting.reply(newer, "ACCEPTED", hour=12, sequence=0))
    (line,) = replies.read(setting.workspace, [old])
    assert line.standing is Standing.EARLIER_VERSION
    assert line.can_be_taken
    assert line.standing not in replies.TAKEN


def answered(setting: Setting, activity: Activity, status: str, hour: int = 9) -> Participation:
    """Ana answers to an activity by mail, to a series as a whole."""
    event = setting.invited(activity)
    if activity.recurrence is not None:
        event["UID"] = f"{activity.id}@co-civic.desktop"
    file = setting.file("answer.ics", setting.reply(event, status, hour=hour))
    replies.take(setting.workspace, replies.read(setting.workspace, [file]))
    return setting.participation(activity, setting.ana)


@pytest.mark.parametrize("change", [{"starts_on": date(2026, 10, 14)}, {"start_time": time(11)}])
def test_who_accepted_a_date_has_not_answered_once_it_is_moved(setting: Setting, change: dict[str, Any]) -> None:
    before = answered(setting, setting.single, "ACCEPTED")
    day = setting.single.starts_on
    activities.move_occurrence(setting.workspace, setting.single.id, day, **{"starts_on": day, **change})
    moved = setting.participation(setting.single, setting.ana)
    assert (moved.reply, moved.replied_at) == (ParticipationReply.NONE, before.replied_at)
    (again,) = replies.read(setting.workspace, [setting.folder / "answer.ics"])
    assert again.standing is Standing.EARLIER_VERSION, "the reply to the old time is none to the new one"
    setting.workspace.undo()
    assert setting.participation(setting.single, setting.ana).reply is ParticipationReply.ACCEPTED


def test_a_reply_stands_while_the_time_does(setting: Setting) -> None:
    answered(setting, setting.single, "ACCEPTED")
    day = setting.single.starts_on
    activities.move_occurrence(setting.workspace, setting.single.id, day, starts_on=day, place="Quay 3")
    activities.change_activity(setting.workspace, setting.single.id, today=day, title="Walk", starts_on=day)
    past = day - timedelta(days=7)
    activities.move_occurrence(setting.workspace, setting.single.id, day, starts_on=past, today=day)
    assert setting.participation(setting.single, setting.ana).reply is ParticipationReply.ACCEPTED, "over: as noted"
    activities.change_activity(setting.workspace, setting.single.id, today=day, starts_on=day + timedelta(days=1))
    assert setting.participation(setting.single, setting.ana).reply is ParticipationReply.NONE


def test_a_moved_date_of_a_series_is_asked_anew_by_itself(setting: Setting) -> None:
    answered(setting, setting.series, "ACCEPTED")
    day = setting.series.starts_on + timedelta(days=7)
    activities.move_occurrence(setting.workspace, setting.series.id, day, starts_on=day + timedelta(days=1))
    whole = setting.participation(setting.series, setting.ana)
    own = records.find(setting.workspace, OccurrenceReply)
    assert replies.reply_on(whole, own, day).reply is ParticipationReply.NONE
    assert replies.reply_on(whole, own, setting.series.starts_on).reply is ParticipationReply.ACCEPTED
    whole = answered(setting, setting.series, "DECLINED", hour=12)
    own = records.find(setting.workspace, OccurrenceReply)
    assert replies.reply_on(whole, own, day).reply is ParticipationReply.DECLINED, "a later answer to all dates"


def test_a_moved_series_is_asked_anew(setting: Setting) -> None:
    answered(setting, setting.series, "ACCEPTED")
    day = setting.series.starts_on + timedelta(days=7)
    part = series.move_all_following(setting.workspace, setting.series.id, day, starts_on=day, start_time=time(15))
    assert setting.participation(setting.series, setting.ana).reply is ParticipationReply.ACCEPTED
    later = records.get(setting.workspace, Activity, part)
    assert setting.participation(later, setting.ana).reply is ParticipationReply.NONE


def test_what_is_no_answer_of_ours_is_told(setting: Setting) -> None:
    event = setting.invited(setting.single)
    records.add(setting.workspace, stranger := Person(name="Eva Paz", email="eva@x.example"))
    other = icalendar.Event()
    other.add("UID", "abc@zoom.example")
    other.add("SUMMARY", "Call")
    files = [
        setting.file("who.ics", setting.reply(event, "ACCEPTED", who="nobody@x.example")),
        setting.file("eva.ics", setting.reply(event, "ACCEPTED", who="eva@x.example")),
        setting.file("other.ics", setting.reply(other, "ACCEPTED")),
        setting.file("later.ics", setting.reply(event, "NEEDS-ACTION")),
        setting.file("request.ics", setting.reply(event, "ACCEPTED", method="REQUEST")),
        setting.mail("plain.eml", None),
        setting.file("broken.ics", b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n;;;\r\nEND:VEVE"),
        setting.file("photo.ics", b"\x89PNG\r\n\x1a\n" + bytes(2000)),
        setting.folder / "missing.eml",
    ]
    found = replies.read(setting.workspace, files)
    assert [one.standing for one in found] == [
        Standing.UNKNOWN_PERSON, Standing.NOT_TAKING_PART, Standing.UNKNOWN_DATE, Standing.NO_ANSWER,
        Standing.NOT_A_REPLY, Standing.NO_CALENDAR, Standing.NO_CALENDAR, Standing.UNREADABLE, Standing.UNREADABLE,
    ]  # fmt: skip
    assert found[1].person is not None and found[1].person.id == stranger.id
    assert "set the reply by hand" in found[5].problem
    assert found[5].who == "Ana Gil <ana.gil@school.example>"
    with pytest.raises(BadInput, match="Nothing was changed"):
        replies.take(setting.workspace, found)


def test_another_time_that_is_proposed_is_kept_and_taken_over(setting: Setting) -> None:
    event = setting.invited(setting.single)
    more = "DTSTART:20261007T140000Z\r\nDTEND:20261007T154500Z\r\nCOMMENT:Mejor así"
    data = setting.reply(event, "TENTATIVE", method="COUNTER", more=more)
    (line,) = replies.read(setting.workspace, [setting.mail("c.eml", data)])
    assert (line.standing, line.wanted) == (Standing.COUNTER, Proposed(date(2026, 10, 7), time(16), 105))
    replies.take(setting.workspace, [line])
    kept = setting.participation(setting.single, setting.ana)
    assert (kept.reply, kept.reply_remark) == (ParticipationReply.TENTATIVE, "Mejor así")
    (proposal,) = counter_proposals.waiting(setting.workspace, setting.single.id)
    assert (proposal.name, proposal.original_on, proposal.wanted) == ("Ana Gil", None, line.wanted)
    counter_proposals.take_over(setting.workspace, proposal, date(2026, 9, 16))
    moved = records.get(setting.workspace, Activity, setting.single.id)
    assert (moved.starts_on, moved.start_time, moved.duration_minutes) == (date(2026, 10, 7), time(16), 105)
    assert setting.participation(setting.single, setting.ana).reply is ParticipationReply.ACCEPTED
    assert counter_proposals.waiting(setting.workspace, setting.single.id) == []
    setting.workspace.undo()
    assert records.get(setting.workspace, Activity, setting.single.id).starts_on == setting.single.starts_on
    counter_proposals.leave(setting.workspace, proposal)
    assert counter_proposals.waiting(setting.workspace, setting.single.id) == []
    assert setting.participation(setting.single, setting.ana).reply is ParticipationReply.TENTATIVE


def test_another_day_for_one_date_of_a_series_moves_that_date_alone(setting: Setting) -> None:
    event = setting.invited(setting.series, date(2026, 10, 20))
    data = setting.reply(event, "TENTATIVE", method="COUNTER", more="DTSTART;VALUE=DATE:20261022")
    replies.take(setting.workspace, replies.read(setting.workspace, [setting.file("c.ics", data)]))
    (proposal,) = counter_proposals.waiting(setting.workspace, setting.series.id)
    assert (proposal.original_on, proposal.wanted) == (date(2026, 10, 20), Proposed(date(2026, 10, 22)))
    counter_proposals.take_over(setting.workspace, proposal, date(2026, 9, 16))
    (change,) = records.find(setting.workspace, OccurrenceOverride)
    assert (change.original_on, change.starts_on, change.whole_day) == (date(2026, 10, 20), date(2026, 10, 22), True)
    assert records.get(setting.workspace, Activity, setting.series.id).starts_on == setting.series.starts_on


def test_a_proposal_for_a_whole_series_moves_all_of_it(setting: Setting) -> None:
    event = setting.invited(setting.series, date(2026, 10, 20))
    event["UID"] = f"{setting.series.id}@co-civic.desktop"
    wanted = setting.series.starts_on + timedelta(days=1)
    data = setting.reply(event, "TENTATIVE", method="COUNTER", more=f"DTSTART:{wanted:%Y%m%d}T070000Z\r\nDURATION:PT2H")
    replies.take(setting.workspace, replies.read(setting.workspace, [setting.file("c.ics", data)]))
    (proposal,) = counter_proposals.waiting(setting.workspace, setting.series.id)
    counter_proposals.take_over(setting.workspace, proposal, date(2026, 9, 16))
    moved = records.get(setting.workspace, Activity, setting.series.id)
    assert (moved.starts_on, moved.start_time, moved.duration_minutes) == (wanted, time(9), 120)


def test_of_a_proposal_that_names_all_guests_the_sender_counts(setting: Setting) -> None:
    event = setting.invited(setting.single)
    records.add(setting.workspace, other := Person(name="Eva Paz", email="eva@x.example"))
    records.add(setting.workspace, Participation(activity_id=setting.single.id, person_id=other.id))
    more = "DTSTART:20261007T140000Z\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:eva@x.example"
    data = setting.reply(event, "TENTATIVE", method="COUNTER", more=more)
    found = replies.read(setting.workspace, [setting.mail("c.eml", data)])
    assert [one.person.name for one in found if one.person is not None] == ["Ana Gil"]
    replies.take(setting.workspace, found)
    yes = setting.reply(event, "ACCEPTED", hour=12)
    replies.take(setting.workspace, replies.read(setting.workspace, [setting.file("yes.ics", yes)]))
    assert counter_proposals.waiting(setting.workspace, setting.single.id) == [], "a later answer replaces the proposal"


def test_on_the_command_line(setting: Setting, capsys: pytest.CaptureFixture[str]) -> None:
    event = setting.invited(setting.single)
    yes = setting.mail("yes.eml", setting.reply(event, "ACCEPTED"))
    plain = setting.mail("plain.eml", None)
    path = str(setting.workspace.path)
    setting.workspace.close()
    assert main(["--workspace", path, "calendar", "read", str(yes), "--dry-run"]) == 0
    assert "Ana, G. <ana.gil@school.example>: Visita: accepted" in capsys.readouterr().out
    assert main(["--workspace", path, "calendar", "read", str(yes), str(plain)]) == 1
    assert (
        "plain.eml: Ana Gil <ana.gil@school.example>: Aceptado: Visita: not taken [no calendar]"
        in capsys.readouterr().out
    )
    with Workspace.open(Path(path)) as opened:
        kept = [one.reply for one in records.find(opened, Participation, person_id=setting.ana.id)]
    assert sorted(kept) == ["accepted", "none"]


def test_the_same_name_with_another_address_is_only_taken_when_chosen(setting: Setting) -> None:
    event = setting.invited(setting.single)
    yes = setting.file("yes.ics", setting.reply(event, "ACCEPTED", hour=7))
    other = setting.file("x.ics", setting.reply(event, "DECLINED", hour=9, who="ana@private.example"))
    other.write_bytes(other.read_bytes().replace(b"Ana, G.", b"Ana Gil"))
    found = replies.read(setting.workspace, [yes, other])
    assert [one.standing for one in found] == [Standing.NEW, Standing.OTHER_ADDRESS]
    assert [one.standing in replies.TAKEN for one in found] == [True, False]
    replies.take(setting.workspace, [found[1]])
    assert setting.participation(setting.single, setting.ana).reply is ParticipationReply.DECLINED
