"""Replies to our invitations: read from files, looked at, then kept with who takes part, as one step of undo.

A reply to a single date, or to a whole series, is kept with the participation; one to a date of a series beside it.
Of several replies the newest counts (DTSTAMP); one to an earlier version of the date (SEQUENCE) is not taken by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cocivic_desktop.domain.activities import Activity, OccurrenceReply, Participation, ParticipationReply
from cocivic_desktop.domain.base import clean_text, fold
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.domain.rules.recurrence import zone_info
from cocivic_desktop.services import calendar_export, counter_proposals
from cocivic_desktop.services.counter_proposals import Proposed
from cocivic_desktop.services.export_memory import Slot

if TYPE_CHECKING:
    from cocivic_desktop.calendars.replies import Answer
    from cocivic_desktop.services.calendar import Content
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

MAX_FILES: Final = 500
STATUS: Final = {
    "ACCEPTED": ParticipationReply.ACCEPTED,
    "DECLINED": ParticipationReply.DECLINED,
    "TENTATIVE": ParticipationReply.TENTATIVE,
}


class Standing(StrEnum):
    """What becomes of a line of the preview."""

    NEW = "new"
    COUNTER = "counter"
    """Another time is proposed; kept as tentative, with that time."""
    EARLIER_VERSION = "earlier_version"
    """Answers the date as it was before its last change; taken only when chosen."""
    OTHER_ADDRESS = "other_address"
    """Somebody of that name takes part, with another e-mail address; taken only when chosen."""
    SAME = "same"
    OLDER = "older"
    NO_ANSWER = "no_answer"
    """Neither yes nor no nor perhaps, e.g. passed on to somebody else."""
    NOT_TAKING_PART = "not_taking_part"
    UNKNOWN_PERSON = "unknown_person"
    UNKNOWN_DATE = "unknown_date"
    """The event is none of ours, or no longer in the workspace."""
    NOT_A_REPLY = "not_a_reply"
    """A calendar, but an invitation or a publication."""
    NO_CALENDAR = "no_calendar"
    """A mail that a person wrote, without a calendar part."""
    UNREADABLE = "unreadable"


TAKEN: Final = frozenset({Standing.NEW, Standing.COUNTER})
"""Taken unless left out."""
CAN_BE_TAKEN: Final = TAKEN | {Standing.EARLIER_VERSION, Standing.OTHER_ADDRESS}


@dataclass(frozen=True)
class Line:
    """One reply, or what came in its place."""

    file: str
    standing: Standing
    who: str = ""
    """Name and address as the file has them."""
    person: Person | None = None
    activity: Activity | None = None
    title: str = ""
    original_on: date | None = None
    """The date of the series that is meant; None for the whole activity."""
    reply: ParticipationReply = ParticipationReply.NONE
    remark: str = ""
    replied_at: datetime | None = None
    problem: str = ""
    wanted: Proposed | None = None
    """The time that is proposed instead."""

    @property
    def can_be_taken(self) -> bool:
        """Whether it can be kept."""
        return self.standing in CAN_BE_TAKEN


def read(workspace: Workspace, paths: Sequence[Path | str]) -> list[Line]:
    """What files (`.ics`, `.eml`) say, in their order, without changing anything.

    A file that cannot be read is a line of its own. Raises `BadInput` for more than `MAX_FILES` files.
    """
    from cocivic_desktop.services.calendar import load

    if len(paths) > MAX_FILES:
        raise BadInput(f"At most {MAX_FILES} files are read at once.")
    with workspace.read() as unit:
        reader = _Reader(load(unit, with_archived_activities=True), unit)
    found = [line for path in paths for line in reader.lines(Path(path))]
    return _newest_only(found)


def take(workspace: Workspace, lines: Iterable[Line]) -> Changes:
    """Keep replies, as one step of undo. Raises `BadInput` when none of them can be kept, `NotFound`."""
    chosen = [line for line in lines if line.can_be_taken and line.person is not None and line.activity is not None]
    if not chosen:
        raise BadInput("None of these replies can be taken. Nothing was changed.")
    label = chosen[0].activity.title[:80] if chosen[0].activity is not None else ""
    with workspace.write("take_replies", label=label) as unit:
        for line in chosen:
            kept = _kept(unit, line)
            kept.reply, kept.replied_at, kept.reply_remark = line.reply, line.replied_at, line.remark
            counter_proposals.keep(kept, line.wanted)
    return workspace.last_changes


def _kept(unit: UnitOfWork, line: Line) -> Participation | OccurrenceReply:
    """The record that keeps a reply."""
    if line.activity is None or line.person is None:
        raise BadInput("This reply belongs to nobody.")
    activity_id, person_id = line.activity.id, line.person.id
    if line.original_on is None:
        found = unit.first(Participation, activity_id=activity_id, person_id=person_id)
        return found or unit.add(Participation(activity_id=activity_id, person_id=person_id))
    day = line.original_on
    one = unit.first(OccurrenceReply, activity_id=activity_id, person_id=person_id, original_on=day)
    return one or unit.add(OccurrenceReply(activity_id=activity_id, person_id=person_id, original_on=day))


def reply_on(
    participation: Participation, replies: Iterable[OccurrenceReply], original_on: date
) -> Participation | OccurrenceReply:
    """What somebody said to a date: the reply to it if there is one, else the one to the whole.

    A date that was moved waits for an answer until one comes, be it to the whole.
    """
    whose = (participation.activity_id, participation.person_id, original_on)
    own = next((one for one in replies if (one.activity_id, one.person_id, one.original_on) == whose), None)
    if own is None:
        return participation
    if own.reply is ParticipationReply.NONE and participation.replied_at is not None:
        return participation if own.replied_at is None or participation.replied_at > own.replied_at else own
    return own


def _newest_only(lines: list[Line]) -> list[Line]:
    """Of several replies of one person to the same date only the newest stands."""
    newest: dict[tuple[object, ...], Line] = {}
    for line in lines:
        if line.can_be_taken and line.standing is not Standing.OTHER_ADDRESS:
            key = _about(line)
            before = newest.get(key)
            if before is None or _stamp(line) >= _stamp(before):
                newest[key] = line
    return [
        line
        if not line.can_be_taken or newest.get(_about(line), line) is line or line.standing is Standing.OTHER_ADDRESS
        else replace(line, standing=Standing.OLDER)
        for line in lines
    ]


def _about(line: Line) -> tuple[object, ...]:
    return (
        line.person.id if line.person is not None else None,
        line.activity.id if line.activity is not None else None,
        line.original_on,
    )


def _stamp(line: Line) -> datetime:
    return line.replied_at or datetime.min.replace(tzinfo=UTC)


class _Reader:
    """One reading: files in, lines out."""

    def __init__(self, content: Content, unit: UnitOfWork) -> None:
        self._content = content
        self._people = {one.id: one for one in unit.find(Person)}
        self._by_email: dict[str, list[Person]] = {}
        for one in self._people.values():
            self._by_email.setdefault(one.email.strip().lower(), []).append(one)
        self._replies = {(one.activity_id, one.person_id, one.original_on): one for one in unit.find(OccurrenceReply)}

    def lines(self, path: Path) -> list[Line]:
        from cocivic_desktop.calendars.replies import read_answers

        try:
            reading = read_answers(path.read_bytes())
        except OSError as error:
            return [Line(path.name, Standing.UNREADABLE, problem=f"The file cannot be read ({error.strerror}).")]
        except BadInput as error:
            return [Line(path.name, Standing.UNREADABLE, problem=str(error))]
        found = [self._line(path.name, answer) for answer in reading.answers]
        if found:
            return found
        who = subject = ""
        if reading.mail is not None:
            who = _who(reading.mail.name, reading.mail.email)
            subject = reading.mail.subject
        if reading.other_methods:
            problem = f"It is no reply but a calendar of another kind ({', '.join(reading.other_methods)})."
            return [Line(path.name, Standing.NOT_A_REPLY, who=who, title=subject, problem=problem)]
        problem = "The mail has no calendar part: read it, and set the reply by hand."
        if reading.mail is None:
            problem = "The calendar holds no reply."
        return [Line(path.name, Standing.NO_CALENDAR, who=who, title=subject, problem=problem)]

    def _line(self, file: str, answer: Answer) -> Line:
        line = Line(
            file,
            Standing.NEW,
            who=_who(answer.name, answer.email),
            title=answer.summary,
            reply=STATUS.get(answer.status, ParticipationReply.NONE),
            remark=clean_text(answer.comment)[:300],
            replied_at=answer.stamped_at,
        )
        named = calendar_export.parse_uid(answer.uid)
        activity = self._content.activities.get(named[0]) if named is not None else None
        if named is None or activity is None:
            return replace(line, standing=Standing.UNKNOWN_DATE)
        line = replace(line, activity=activity, title=activity.title)
        line = replace(line, original_on=self._original_on(activity, named[1], answer))
        taking_part = {one.person_id: one for one in self._content.participations.get(activity.id, ())}
        person = self._person(answer, taking_part)
        if person is None:
            return replace(line, standing=Standing.UNKNOWN_PERSON)
        line = replace(line, person=person)
        participation = taking_part.get(person.id)
        if participation is None:
            return replace(line, standing=Standing.NOT_TAKING_PART)
        before: Participation | OccurrenceReply | None = participation
        if line.original_on is not None:
            before = self._replies.get((activity.id, person.id, line.original_on))
        return self._judged(line, answer, activity, before)

    def _judged(
        self, line: Line, answer: Answer, activity: Activity, before: Participation | OccurrenceReply | None
    ) -> Line:
        """Whether it is news."""
        from cocivic_desktop.calendars.replies import Method

        if answer.method is Method.COUNTER:
            wanted = _wanted(answer, activity.zone)
            line = replace(line, standing=Standing.COUNTER, reply=ParticipationReply.TENTATIVE, wanted=wanted)
        elif line.reply is ParticipationReply.NONE:
            return replace(line, standing=Standing.NO_ANSWER, problem=answer.status)
        if before is not None and before.replied_at is not None and line.replied_at is not None:
            if line.replied_at < before.replied_at:
                return replace(line, standing=Standing.OLDER)
            if line.replied_at == before.replied_at and line.reply is before.reply:
                return replace(line, standing=Standing.SAME)
            if line.replied_at == before.replied_at and before.reply is ParticipationReply.NONE:
                return replace(line, standing=Standing.EARLIER_VERSION)
        if answer.sequence < activity.sequence:
            return replace(line, standing=Standing.EARLIER_VERSION)
        known = line.person.email.strip().lower() if line.person is not None else ""
        if known and answer.email and answer.email != known:
            return replace(line, standing=Standing.OTHER_ADDRESS)
        return line

    def _original_on(self, activity: Activity, slot: Slot, answer: Answer) -> date | None:
        if activity.recurrence is None:
            return None
        value = answer.recurrence
        if isinstance(value, datetime):
            return (value.astimezone(zone_info(activity.zone)) if value.tzinfo is not None else value).date()
        if value is not None:
            return value
        return calendar_export.original_date(activity, slot, self._content)

    def _person(self, answer: Answer, taking_part: dict[UUID, Participation]) -> Person | None:
        """By the address, first among those who take part; else by the name of somebody who does."""
        known = self._by_email.get(answer.email, []) if answer.email else []
        known = sorted(known, key=lambda one: one.id not in taking_part)
        if known:
            return known[0]
        named = [
            self._people[id]
            for id in taking_part
            if id in self._people and answer.name and fold(self._people[id].name) == fold(answer.name)
        ]
        return named[0] if len(named) == 1 else None


def _wanted(answer: Answer, zone: str) -> Proposed | None:
    """What a counter-proposal asks for, on the wall clock of `zone`; None where it names no start."""
    start = answer.proposed
    if isinstance(start, datetime):
        local = start.astimezone(zone_info(zone)) if start.tzinfo is not None else start
        return Proposed(local.date(), local.time().replace(second=0, microsecond=0), answer.proposed_minutes)
    return Proposed(start, None, answer.proposed_minutes) if start is not None else None


def _who(name: str, address: str) -> str:
    return f"{name} <{address}>" if name and address and name != address else name or address
