"""Inviting people to a meeting by mail, and calling it off: drafts that a mail program opens.

An invitation has the identity (UID) and number (SEQUENCE) that the exported calendar has, so that a calendar knows
both as the same event; a changed meeting goes out with a higher number, and so does its cancellation.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cocivic_desktop.domain.activities import Activity, Participation
from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnerships import PartnershipMember
from cocivic_desktop.library.labels import Labels, labels
from cocivic_desktop.services import activities, agenda, calendar_export, letters, meetings, records

if TYPE_CHECKING:
    from cocivic_desktop.calendars.ics_out import CalendarEvent
    from cocivic_desktop.calendars.invitation import MailAttachment
    from cocivic_desktop.services.calendar_export import Export
    from cocivic_desktop.store.workspace import Workspace

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Guests:
    """Who is invited, and who cannot be for want of an e-mail address."""

    invited: tuple[Person, ...]
    without_address: tuple[Person, ...]


@dataclass(frozen=True)
class Mail:
    """Subject and text of a draft, to be changed before it is written."""

    subject: str
    text: str


def guests(workspace: Workspace, activity_id: UUID) -> Guests:
    """Who takes part in an activity, by name; the address of our own organisation is not invited."""
    from cocivic_desktop.calendars.ics_out import is_address

    with workspace.read() as unit:
        ids = [one.person_id for one in unit.find(Participation, activity_id=activity_id)]
        people = sorted(unit.find(Person, id=ids) if ids else [], key=lambda one: fold(one.name))
        ours = unit.first(Organisation, is_ours=True)
    own = ours.email.strip().lower() if ours is not None else ""
    reachable = [one for one in people if is_address(one.email.strip()) and one.email.isascii()]
    return Guests(
        invited=tuple(one for one in reachable if one.email.strip().lower() != own),
        without_address=tuple(one for one in people if one not in reachable),
    )


def mail(
    workspace: Workspace, activity_id: UUID, language: str, *, cancel: bool = False, on: date | None = None
) -> Mail:
    """The proposed subject and text. `on` is the date of a series, else the next one. Raises `BadInput`, `NotFound`."""
    activity = records.get(workspace, Activity, activity_id)
    event = _event(workspace, activity, on, datetime.now(UTC))[0]
    words, dates = labels(language, letters.WORDS), labels(language)
    when = _when(event, words, dates)
    update = activity.exported_at is not None and not cancel
    key = "cancel_" if cancel else "update_" if update else ""
    subject = words.text(
        f"invitation.{key}subject", title=activity.title, date=dates.format_date(event.starts_on, "short")
    )
    lines = [words["invitation.greeting"], ""]
    if cancel:
        lines.append(words.text("invitation.cancel_text", title=activity.title, when=when))
    else:
        lines += [words.text(f"invitation.{key}text", title=activity.title), ""]
        lines.append(words.text("invitation.when", when=when))
        if event.location:
            lines.append(words.text("invitation.where", place=event.location))
        if points := _points(workspace, activity_id, language):
            lines += ["", words["invitation.agenda"], *points]
        lines += ["", words["invitation.reply"]]
    lines += ["", words["invitation.sign"], *_signature(workspace, activity)]
    return Mail(subject, "\n".join(lines) + "\n")


def write_invitation(
    workspace: Workspace,
    activity_id: UUID,
    path: Path | str,
    language: str,
    *,
    cancel: bool = False,
    on: date | None = None,
    changed: Mail | None = None,
    with_agenda: bool = False,
    force: bool = False,
    now: datetime | None = None,
) -> Path:
    """Write the draft of an invitation, or of a cancellation, and return where it is.

    With `cancel` the date is cancelled in our calendar too, as a step of undo of its own. `with_agenda` attaches the
    agenda as DOCX. `on` is the date of a series, else the next one; `now` is aware. Raises `BadInput` when nobody can
    be invited, our organisation has no e-mail address, or the file cannot be written; then nothing has changed.
    """
    from cocivic_desktop.calendars.ics_out import Attendee, EventStatus
    from cocivic_desktop.calendars.invitation import CANCEL, REQUEST, write_mail
    from cocivic_desktop.files import write_whole

    now = now or datetime.now(UTC)
    activity = records.get(workspace, Activity, activity_id)
    event, export, original_on = _event(workspace, activity, on, now)
    invited = guests(workspace, activity_id)
    if not invited.invited:
        missing = ", ".join(one.name for one in invited.without_address)
        reason = f" These have no e-mail address: {missing}." if missing else ""
        raise BadInput(f"Nobody can be invited to “{activity.title}”: choose who takes part first.{reason}")
    event = replace(
        event,
        organizer_email=_organizer(event.organizer_email),
        attendees=tuple(Attendee(one.email.strip(), one.name) for one in invited.invited),
        description=event.description or "\n".join(_points(workspace, activity_id, language)),
        alarm_minutes=None,
    )
    if cancel:
        number = max(event.sequence, activity.sequence + 1)
        event = replace(event, status=EventStatus.CANCELLED, sequence=number, changed_at=now)
    words = changed or mail(workspace, activity_id, language, cancel=cancel, on=on)
    data = write_mail(
        event,
        CANCEL if cancel else REQUEST,
        subject=words.subject,
        text=words.text,
        stamped_at=now,
        attachments=_agenda(workspace, activity, language, now) if with_agenda and not cancel else (),
    )
    written = write_whole(path, data, force=force)
    if cancel:
        activities.cancel_occurrence(workspace, activity_id, original_on)
        activity = records.get(workspace, Activity, activity_id)
        export = replace(_event(workspace, activity, original_on, now)[1], sequence=event.sequence)
    with workspace.write("export_calendar", label=activity.title[:80], undoable=False) as unit:
        calendar_export.remember(unit, export, now)
    return written


def _event(
    workspace: Workspace, activity: Activity, on: date | None, now: datetime
) -> tuple[CalendarEvent, Export, date]:
    """The event of a date with its number, the export it belongs to, and the date within the series."""
    from cocivic_desktop.services.calendar import load

    with workspace.read() as unit:
        content = load(unit, [activity.partnership_id])
        ours = unit.first(Organisation, is_ours=True)
    export = calendar_export.export_activity(activity, content, ours, now)
    found = content.of_activity(activity, date.min, date.max)[0]
    today = now.date()
    standing = [one for one in found if not one.cancelled] or found
    wanted = (
        [one for one in found if one.original_on == on]
        if on is not None
        else [one for one in standing if one.on >= today]
    )
    chosen = next(iter(wanted or standing), None)
    if on is not None and not wanted:  # a date that the series left out after it was sent can still be called off
        uid = calendar_export.event_uid(activity, on)
        gone = next((event for event in export.events if event.uid == uid), None)
        if gone is not None:
            return gone, export, on
    if chosen is None or (on is not None and not wanted):
        raise BadInput(f"“{activity.title}” does not take place on that day. “cocivic calendar list” shows its dates.")
    uid = calendar_export.event_uid(activity, chosen.original_on)
    return next(event for event in export.events if event.uid == uid), export, chosen.original_on


def _when(event: CalendarEvent, words: Labels, dates: Labels) -> str:
    """Day and times of an event, as clocks at its place show them."""
    day = dates.format_date(event.starts_on, "weekday")
    if event.starts_at is None or event.ends_at is None:
        return day
    return words.text("agenda.from_to", date=day, start=f"{event.starts_at:%H:%M}", end=f"{event.ends_at:%H:%M}")


def _points(workspace: Workspace, activity_id: UUID, language: str) -> list[str]:
    """The numbered points of a meeting's agenda."""
    meeting = meetings.meeting_of(workspace, activity_id)
    items = meeting.agenda if meeting is not None else []
    return [f"{number}. {agenda.in_language(item, language)}" for number, item in enumerate(items, start=1)]


def _organizer(email: str) -> str:
    from cocivic_desktop.calendars.ics_out import is_address

    if not is_address(email.strip()) or not email.isascii():
        raise BadInput("Enter your organisation's e-mail address first (Settings, Our organisation): answers go there.")
    return email.strip()


def _agenda(workspace: Workspace, activity: Activity, language: str, now: datetime) -> list[MailAttachment]:
    from cocivic_desktop.calendars.invitation import MailAttachment

    meeting = meetings.meeting_of(workspace, activity.id)
    if meeting is None or not meeting.agenda:
        return []
    kind = letters.LetterKind.AGENDA
    data = letters.document_bytes(
        workspace, kind, activity.partnership_id, language, today=now.date(), meeting_id=meeting.id
    )
    name = letters.file_name(workspace, kind, activity.partnership_id, language, ".docx", meeting.id)
    return [MailAttachment(name, DOCX, data)]


def _signature(workspace: Workspace, activity: Activity) -> list[str]:
    """Who signs: the contact person of ours who takes part in the partnership, and our organisation."""
    with workspace.read() as unit:
        ours = unit.first(Organisation, is_ours=True)
        members = [
            one.person_id
            for one in unit.find(PartnershipMember, partnership_id=activity.partnership_id)
            if one.is_contact
        ]
        people = [one for one in unit.find(Person, id=members) if ours and one.organisation_id == ours.id]
    return [*(one.name for one in people[:1]), *([ours.name] if ours else [])]
