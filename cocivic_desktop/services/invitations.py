"""Inviting people to a meeting by mail, and calling it off: drafts that a mail program opens.

An invitation has the identity (UID) and number (SEQUENCE) that the exported calendar has, so that a calendar knows
both as the same event; a changed meeting goes out with a higher number, and so does its cancellation. A series goes
out date by date, or as a whole in one mail; whoever was sent the whole gets later changes of a date as part of it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from cocivic_desktop.domain.activities import Activity, ActivityStatus, Participation
from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnerships import PartnershipMember
from cocivic_desktop.library.labels import Labels, labels
from cocivic_desktop.services import activities, agenda, calendar_export, letters, meetings, records
from cocivic_desktop.services.export_memory import MAIL_DIGEST

if TYPE_CHECKING:
    from cocivic_desktop.calendars.ics_out import CalendarEvent
    from cocivic_desktop.calendars.invitation import MailAttachment
    from cocivic_desktop.services.calendar_export import Export
    from cocivic_desktop.store.workspace import Workspace

SERIES_WORDS: Final = "invitations.toml"
NOT_ALL: Final = "-"
"""Stands for the digest where guests were told of some dates of a series only."""
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
    workspace: Workspace,
    activity_id: UUID,
    language: str,
    *,
    cancel: bool = False,
    on: date | None = None,
    whole: bool = False,
    now: datetime | None = None,
) -> Mail:
    """The proposed subject and text. `on` is the date of a series, else the next one; with `whole` it is about all.

    What is still to come is so from `now` on (aware). Raises `BadInput`, `NotFound`.
    """
    now = now or datetime.now(UTC)
    activity = records.get(workspace, Activity, activity_id)
    words, dates = labels(language, letters.WORDS), labels(language)
    update = activity.exported_at is not None and not cancel
    key = "cancel_" if cancel else "update_" if update else ""
    if whole and activity.recurrence is not None:
        subject, lines = _about_series(workspace, activity, key, language, now)
    else:
        event = _event(workspace, activity, on, now)[0]
        when = when_text(event, words, dates)
        subject = words.text(
            f"invitation.{key}subject", title=activity.title, date=dates.format_date(event.starts_on, "short")
        )
        if cancel:
            lines = [words.text("invitation.cancel_text", title=activity.title, when=when)]
        else:
            lines = [words.text(f"invitation.{key}text", title=activity.title), ""]
            lines.append(words.text("invitation.when", when=when))
            if event.location:
                lines.append(words.text("invitation.where", place=event.location))
            if points := _points(workspace, activity_id, language):
                lines += ["", words["invitation.agenda"], *points]
            lines += ["", words["invitation.reply"]]
    signed = [words["invitation.sign"], *signature(workspace, activity)]
    return Mail(subject, "\n".join([words["invitation.greeting"], "", *lines, "", *signed]) + "\n")


def _about_series(
    workspace: Workspace, activity: Activity, key: str, language: str, now: datetime
) -> tuple[str, list[str]]:
    """Subject and lines about all dates of a series that are still to come."""
    letter, dates, words = labels(language, letters.WORDS), labels(language), labels(language, SERIES_WORDS)
    events = _export(workspace, activity, now).dates
    coming = sorted(
        (one for one in events.values() if one.status != "CANCELLED" and one.starts_on >= now.date()),
        key=lambda one: one.starts_on,
    )
    first = coming[0].starts_on if coming else activity.starts_on
    subject = words.text(f"series.{key}subject", title=activity.title, date=dates.format_date(first, "short"))
    lines = [words.text(f"series.{key}text", title=activity.title)]
    if key == "cancel_":
        return subject, lines
    lines.append("")
    for one in coming:
        place = f", {one.location}" if one.location and one.location != activity.place else ""
        lines.append(f"· {when_text(one, letter, dates)}{place}")
    if activity.place:
        lines += ["", letter.text("invitation.where", place=activity.place)]
    return subject, [*lines, "", words["series.reply"]]


def write_invitation(
    workspace: Workspace,
    activity_id: UUID,
    path: Path | str,
    language: str,
    *,
    cancel: bool = False,
    on: date | None = None,
    whole: bool = False,
    changed: Mail | None = None,
    with_agenda: bool = False,
    force: bool = False,
    now: datetime | None = None,
) -> Path:
    """Write the draft of an invitation, or of a cancellation, and return where it is.

    With `cancel` the date is cancelled in our calendar too, as a step of undo of its own. `with_agenda` attaches the
    agenda as DOCX. `on` is the date of a series, else the next one; with `whole` the mail is about all its dates, where
    a rule can say them. `now` is aware. Raises `BadInput` when nobody can
    be invited, our organisation has no e-mail address, or the file cannot be written; then nothing has changed.
    """
    from cocivic_desktop.calendars.ics_out import Attendee, EventStatus
    from cocivic_desktop.calendars.invitation import CANCEL, REQUEST, write_mail
    from cocivic_desktop.files import write_whole

    now = now or datetime.now(UTC)
    activity = records.get(workspace, Activity, activity_id)
    whole = whole and activity.recurrence is not None
    event, export, original_on = sent_event(workspace, activity, on, now, whole=whole)
    invited = guests(workspace, activity_id)
    if not invited.invited:
        missing = ", ".join(one.name for one in invited.without_address)
        reason = f" These have no e-mail address: {missing}." if missing else ""
        raise BadInput(f"Nobody can be invited to “{activity.title}”: choose who takes part first.{reason}")
    told: dict[str, Any] = {
        "organizer_email": organizer(event.organizer_email),
        "attendees": tuple(Attendee(one.email.strip(), one.name) for one in invited.invited),
        "description": event.description or "\n".join(_points(workspace, activity_id, language)),
        "alarm_minutes": None,
    }
    event = replace(event, **told, exceptions=tuple(replace(one, **told) for one in event.exceptions))
    if cancel:
        number = max(event.sequence, activity.sequence + 1)
        event = replace(
            event, status=EventStatus.CANCELLED, sequence=number, changed_at=now, rule="", left_out=(), exceptions=()
        )
    words = changed or mail(workspace, activity_id, language, cancel=cancel, on=on, whole=whole, now=now)
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
        if whole:
            _cancel_all(workspace, activity, now)
        else:
            activities.cancel_occurrence(workspace, activity_id, original_on)
        activity = records.get(workspace, Activity, activity_id)
        export = replace(_export(workspace, activity, now), sequence=event.sequence)
    with workspace.write("export_calendar", label=activity.title[:80], undoable=False) as unit:
        calendar_export.remember(unit, _mailed(workspace, activity, export, whole=whole), now)
        everything = whole or activity.recurrence is None
        for one in unit.find(Participation, activity_id=activity_id, person_id=[each.id for each in invited.invited]):
            if not cancel:
                one.told_at = now
            elif everything:
                one.told_at = None
    return written


def _cancel_all(workspace: Workspace, activity: Activity, now: datetime) -> None:
    """Call off a series; what has taken place stays as it was."""
    if activity.status is ActivityStatus.CANCELLED or activity.archived:
        return
    with workspace.write("cancel_occurrence", label=activity.title[:80]) as unit:
        for original_on, event in _export(workspace, activity, now).dates.items():
            if event.starts_on >= now.date() and event.status != "CANCELLED":
                activities.cancel_occurrence(workspace, activity.id, original_on)
        unit.flush()


def _as_sent(
    activity: Activity, event: CalendarEvent, export: Export, original_on: date, *, whole: bool
) -> CalendarEvent:
    """The event in the form in which the guests know it: by itself, as the whole series, or as a date of it."""
    if activity.recurrence is None or not (whole or export.memory.mailed_series):
        return event
    series = calendar_export.series_event(activity, export)
    if series is None:
        return event
    if whole:
        return series
    start = calendar_export.original_start(activity, original_on)
    return replace(event, uid=series.uid, instead_of=start)


def _mailed(workspace: Workspace, activity: Activity, export: Export, *, whole: bool) -> Export:
    """The export with what the guests know now."""
    memory = export.memory
    if activity.recurrence is None or whole:
        told = told_digest(export, guests(workspace, activity.id))
        return replace(export, memory=replace(memory, mailed=told, mailed_series=whole))
    return replace(export, memory=replace(memory, mailed=memory.mailed or NOT_ALL))


def told_digest(export: Export, invited: Guests) -> str:
    """A short digest of what guests are told of an activity: when, where, what, and who else is meant."""
    said = [
        (day, one.starts_on, one.ends_on, one.starts_at, one.ends_at, one.status == "CANCELLED", one.location,
         one.summary, one.description)
        for day, one in sorted(export.dates.items())
    ]  # fmt: skip
    people = sorted(one.email.strip().lower() for one in invited.invited)
    return hashlib.sha256(repr((said, people)).encode()).hexdigest()[:MAIL_DIGEST]


def dates_of(workspace: Workspace, activity: Activity, now: datetime | None = None) -> Export:
    """All dates of an activity as its stored state says, with the numbers that they would carry now."""
    return _export(workspace, records.get(workspace, Activity, activity.id), now or datetime.now(UTC))


def _export(workspace: Workspace, activity: Activity, now: datetime) -> Export:
    from cocivic_desktop.services.calendar import load

    with workspace.read() as unit:
        content = load(unit, [activity.partnership_id], with_archived_activities=True)
        ours = unit.first(Organisation, is_ours=True)
    return calendar_export.export_activity(activity, content, ours, now)


def _event(
    workspace: Workspace, activity: Activity, on: date | None, now: datetime
) -> tuple[CalendarEvent, Export, date]:
    """The event of a date with its number, the export it belongs to, and the date within the series."""
    export = _export(workspace, activity, now)
    if on is not None and on in export.dates:
        return export.dates[on], export, on  # also one that the series left out after it was sent
    found = sorted(export.dates.items(), key=lambda one: (one[1].starts_on, one[0]))
    standing = [one for one in found if one[1].status != "CANCELLED"] or found
    coming = [one for one in standing if one[1].starts_on >= now.date()] or standing
    if on is not None or not coming:
        raise BadInput(f"“{activity.title}” does not take place on that day. “cocivic calendar list” shows its dates.")
    return coming[0][1], export, coming[0][0]


def sent_event(
    workspace: Workspace, activity: Activity, on: date | None, now: datetime, *, whole: bool = False
) -> tuple[CalendarEvent, Export, date]:
    """The event of a date, or with `whole` of all, in the form in which the guests know it.

    With the export it belongs to and its place in the series. Raises `BadInput` when there is no such date.
    """
    event, export, original_on = _event(workspace, activity, on, now)
    return _as_sent(activity, event, export, original_on, whole=whole), export, original_on


def when_text(event: CalendarEvent, words: Labels, dates: Labels) -> str:
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


def organizer(email: str) -> str:
    """The address to which answers go. Raises `BadInput` where there is none."""
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


def signature(workspace: Workspace, activity: Activity) -> list[str]:
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
