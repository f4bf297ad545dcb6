"""Telling somebody who was invited to an activity and takes part no longer.

Who was told of a date and takes part no longer gets a cancellation of their own (RFC 5546, 3.2.5): the date stands for
all others, so it carries no status. Until it is written, the person stays known as somebody who is to be told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cocivic_desktop.domain.activities import Activity, Participation
from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.library.labels import labels
from cocivic_desktop.services import invitations, letters, records
from cocivic_desktop.services.export_memory import read_memory
from cocivic_desktop.services.invitations import NOT_ALL, Mail

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace

WORDS: Final = "uninvited.toml"


def to_tell(workspace: Workspace, activity_id: UUID) -> tuple[Person, ...]:
    """Who was invited to an activity, takes part no longer, does not know it yet and can be reached; by name."""
    from cocivic_desktop.calendars.ics_out import is_address

    with workspace.read() as unit:
        found = unit.find(Participation, archived=None, activity_id=activity_id)
        here = {one.person_id for one in found if not one.archived}
        gone = [one.person_id for one in found if one.archived and one.told_at is not None]
        people = unit.find(Person, id=[id for id in gone if id not in here]) if gone else []
    reachable = [one for one in people if is_address(one.email.strip()) and one.email.isascii()]
    return tuple(sorted(reachable, key=lambda one: fold(one.name)))


def mail(
    workspace: Workspace, activity_id: UUID, language: str, *, on: date | None, whole: bool, now: datetime | None = None
) -> Mail:
    """The proposed subject and text for who need not come any more. Raises `BadInput`, `NotFound`."""
    now = now or datetime.now(UTC)
    activity = records.get(workspace, Activity, activity_id)
    letter, words, dates = labels(language, letters.WORDS), labels(language, WORDS), labels(language)
    if whole and activity.recurrence is not None:
        subject = words.text("uninvited.series_subject", title=activity.title)
        line = words.text("uninvited.series_text", title=activity.title)
    else:
        event = invitations.sent_event(workspace, activity, on, now)[0]
        day = dates.format_date(event.starts_on, "short")
        subject = words.text("uninvited.subject", title=activity.title, date=day)
        when = invitations.when_text(event, letter, dates)
        line = words.text("uninvited.text", title=activity.title, when=when)
    signed = [letter["invitation.sign"], *invitations.signature(workspace, activity)]
    lines = [letter["invitation.greeting"], "", line, "", words["uninvited.thanks"], "", *signed]
    return Mail(subject, "\n".join(lines) + "\n")


def write(
    workspace: Workspace,
    activity_id: UUID,
    people: Iterable[Person],
    path: Path | str,
    language: str,
    *,
    on: date | None = None,
    whole: bool = False,
    force: bool = False,
    now: datetime | None = None,
) -> Path:
    """Write the draft of a cancellation for some people only; the date stands in our calendar.

    `on` and `whole` as for invitations; `now` is aware. Raises `BadInput`, also when our organisation has no address.
    """
    from cocivic_desktop.calendars.ics_out import Attendee
    from cocivic_desktop.calendars.invitation import CANCEL, write_mail
    from cocivic_desktop.files import write_whole

    now = now or datetime.now(UTC)
    activity = records.get(workspace, Activity, activity_id)
    event = invitations.sent_event(workspace, activity, on, now, whole=whole)[0]
    event = replace(
        event,
        status=None,
        rule="",
        until=None,
        left_out=(),
        exceptions=(),
        alarm_minutes=None,
        changed_at=now,
        organizer_email=invitations.organizer(event.organizer_email),
        attendees=tuple(Attendee(one.email.strip(), one.name) for one in people),
    )
    words = mail(workspace, activity_id, language, on=on, whole=whole, now=now)
    data = write_mail(event, CANCEL, subject=words.subject, text=words.text, stamped_at=now)
    return write_whole(path, data, force=force)


def note_told(workspace: Workspace, activity_id: UUID, people: Iterable[Person]) -> None:
    """These know that they need not come. Should they come back, they are to be invited anew."""
    ids = [one.id for one in people]
    with workspace.write("export_calendar", label="", undoable=False) as unit:
        for one in unit.find(Participation, archived=True, activity_id=activity_id, person_id=ids):
            one.told_at = None
        activity = unit.get(Activity, activity_id)
        memory = read_memory(activity.exported_hash)
        export = invitations.dates_of(workspace, activity)
        if memory.mailed and memory.mailed != invitations.told_digest(
            export, invitations.guests(workspace, activity_id)
        ):
            activity.exported_hash = replace(memory, mailed=NOT_ALL).text
