"""What goes to a school on paper: an introduction letter, a page about us, a meeting's agenda and its minutes.

Each has a draft that a person may change before it is written: subject and text, in the language of the document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cocivic_desktop.domain.base import Language, utc_now
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.organisations import Organisation, Person, PersonKind
from cocivic_desktop.domain.partnerships import Meeting, MeetingKind, Partnership, PartnershipMember, Task
from cocivic_desktop.library.labels import Labels, labels
from cocivic_desktop.services import agenda, meetings, organisation_files, records

if TYPE_CHECKING:
    from cocivic_desktop.documents.content import Block, SimpleDocument
    from cocivic_desktop.documents.letters import Letter
    from cocivic_desktop.domain.activities import Activity
    from cocivic_desktop.store.workspace import Workspace

WORDS: Final = "letters.toml"
LANGUAGE_OF: Final = {"DE": "de", "AT": "de", "CH": "de", "LI": "de", "ES": "es", "TR": "tr"}
"""The document language that a school's country suggests; English elsewhere."""


class LetterKind(StrEnum):
    """The papers."""

    INTRODUCTION = "introduction"
    PROFILE = "profile"
    AGENDA = "agenda"
    MINUTES = "minutes"


ABOUT_MEETINGS: Final = (LetterKind.AGENDA, LetterKind.MINUTES)


@dataclass(frozen=True)
class Draft:
    """What a person may change: the subject (the title of the document) and the text, a paragraph per line."""

    subject: str
    text: str


@dataclass(frozen=True)
class Parties:
    """Who writes to whom about what."""

    partnership: Partnership
    school: Organisation
    ours: Organisation
    contact: Person | None = None
    """Whom the school may turn to: the coordinator, else a contact person of ours."""
    head: Person | None = None
    """Somebody of the school's leadership."""
    meeting: Meeting | None = None
    activity: Activity | None = None
    people: list[Person] = field(default_factory=list)

    @property
    def day(self) -> date | None:
        """The day of the meeting."""
        if self.meeting is not None and self.meeting.held_on is not None:
            return self.meeting.held_on
        return self.activity.starts_on if self.activity is not None else None


def suggested_language(workspace: Workspace, partnership_id: UUID) -> Language:
    """The language that the school's country suggests."""
    partnership = records.get(workspace, Partnership, partnership_id)
    school = records.get(workspace, Organisation, partnership.school_id)
    return Language(LANGUAGE_OF.get(school.country.upper(), "en"))


def draft(
    workspace: Workspace,
    kind: LetterKind,
    partnership_id: UUID,
    language: str,
    *,
    meeting_id: UUID | None = None,
    dates: Sequence[datetime | date] = (),
) -> Draft:
    """The proposed wording. `dates` are up to two proposals for the talk, wall clock at the school.

    Raises `BadInput` when something is missing without which there is nothing to write.
    """
    parties = _parties(workspace, partnership_id, kind, meeting_id)
    words = labels(language, WORDS)
    match kind:
        case LetterKind.INTRODUCTION:
            return Draft(words["introduction.subject"], _introduction(parties, words, labels(language), dates))
        case LetterKind.PROFILE:
            points = f"{words['profile.offer']}\n{words['profile.offer_points']}"
            return Draft(parties.ours.name, f"{points}\n{words['profile.ask']}\n{words['profile.ask_points']}")
        case LetterKind.AGENDA:
            exploratory = parties.meeting is not None and parties.meeting.kind is MeetingKind.EXPLORATORY
            purpose = f"{words['agenda.purpose_exploratory']}\n" if exploratory else ""
            return Draft(_meeting_title(parties, words), f"{purpose}{words['agenda.intro']}")
        case LetterKind.MINUTES:
            return Draft(_meeting_title(parties, words), words["minutes.check"])


def document_bytes(
    workspace: Workspace,
    kind: LetterKind,
    partnership_id: UUID,
    language: str,
    *,
    today: date,
    meeting_id: UUID | None = None,
    changed: Draft | None = None,
) -> bytes:
    """The paper as DOCX, with the person's wording where it was `changed`. Raises `BadInput`, `NotFound`."""
    from cocivic_desktop.documents.letters import letter_bytes
    from cocivic_desktop.documents.plain_docx import simple_bytes

    parties = _parties(workspace, partnership_id, kind, meeting_id)
    chosen = changed or draft(workspace, kind, partnership_id, language, meeting_id=meeting_id)
    page = _page(workspace, parties, kind, language, chosen.subject)
    if kind is LetterKind.INTRODUCTION:
        return letter_bytes(_letter(parties, page, chosen, today))
    return simple_bytes(_with_blocks(workspace, kind, parties, page, chosen))


def write(
    workspace: Workspace,
    path: Path | str,
    kind: LetterKind,
    partnership_id: UUID,
    language: str,
    *,
    today: date,
    meeting_id: UUID | None = None,
    changed: Draft | None = None,
    force: bool = False,
) -> Path:
    """Write the paper to a file; returns where it is. Raises `BadInput` as `document_bytes`, and for the file."""
    from cocivic_desktop.files import write_whole

    data = document_bytes(
        workspace, kind, partnership_id, language, today=today, meeting_id=meeting_id, changed=changed
    )
    return write_whole(path, data, force=force)


def file_name(
    workspace: Workspace, kind: str, partnership_id: UUID, language: str, suffix: str, meeting_id: UUID | None = None
) -> str:
    """A name for the file in the document's language; `kind` is a `LetterKind`, "invitation" or "cancellation"."""
    from cocivic_desktop.files import safe_file_name

    parties = _parties(workspace, partnership_id, None, meeting_id)
    day = parties.day
    words = labels(language, WORDS).text(
        f"file.{kind}",
        school=parties.school.short_name or parties.school.name,
        organisation=parties.ours.short_name or parties.ours.name,
        date=day.isoformat() if day is not None else "",
    )
    return safe_file_name(words, suffix)


def when_text(day: date, activity: Activity | None, words: Labels, dates: Labels) -> str:
    """A meeting's day and times in words; the day alone where it has no time."""
    shown = dates.format_date(day, "weekday")
    if activity is None or activity.start_time is None:
        return shown
    start = datetime.combine(day, activity.start_time)
    end = start + timedelta(minutes=activity.duration_minutes)
    if not activity.duration_minutes:
        return words.text("agenda.at", date=shown, start=f"{start:%H:%M}")
    return words.text("agenda.from_to", date=shown, start=f"{start:%H:%M}", end=f"{end:%H:%M}")


def _parties(
    workspace: Workspace, partnership_id: UUID, kind: LetterKind | None, meeting_id: UUID | None = None
) -> Parties:
    with workspace.read() as unit:
        partnership = unit.get(Partnership, partnership_id)
        ours = unit.first(Organisation, is_ours=True)
        school = unit.get(Organisation, partnership.school_id)
        members = [
            one.person_id for one in unit.find(PartnershipMember, partnership_id=partnership_id) if one.is_contact
        ]
        people = unit.find(Person)
        meeting = unit.get(Meeting, meeting_id) if meeting_id is not None else None
    if ours is None:
        raise BadInput("Describe your organisation first: letters say who writes them.")
    if kind in ABOUT_MEETINGS and meeting is None:
        raise BadInput("Say which meeting it is about.")
    by_id = {one.id: one for one in people}
    ways = [partnership.coordinator_id, *members]
    contacts = [by_id[id] for id in ways if id is not None and id in by_id and by_id[id].organisation_id == ours.id]
    heads = [one for one in people if one.organisation_id == school.id and one.kind is PersonKind.LEADERSHIP]
    return Parties(
        partnership=partnership,
        school=school,
        ours=ours,
        contact=contacts[0] if contacts else None,
        head=heads[0] if len(heads) == 1 else None,
        meeting=meeting,
        activity=meetings.activity_of(workspace, meeting) if meeting is not None else None,
        people=meetings.people(workspace, meeting) if meeting is not None else [],
    )


def _introduction(parties: Parties, words: Labels, dates: Labels, proposed: Sequence[datetime | date]) -> str:
    ours, school = parties.ours, parties.school
    who = "introduction.who" if ours.city else "introduction.who_short"
    fields = ", ".join(school.vocational_fields)
    lines = [
        words.text(who, organisation=ours.name, city=ours.city, mission=" ".join(ours.mission.split())).strip(),
        words["introduction.offer"],
        words.text("introduction.fields", fields=fields) if fields else words["introduction.no_fields"],
        f"{words['introduction.ask']} {_proposal(words, dates, proposed)}",
        f"{words['introduction.people']} {_reply(parties, words)}".strip(),
    ]
    return "\n".join(lines)


def _proposal(words: Labels, dates: Labels, proposed: Sequence[datetime | date]) -> str:
    shown = [
        words.text("agenda.at", date=dates.format_date(one.date(), "weekday"), start=f"{one:%H:%M}")
        if isinstance(one, datetime)
        else dates.format_date(one, "weekday")
        for one in proposed[:2]
    ]
    if len(shown) == 2:
        return words.text("introduction.dates_two", first=shown[0], second=shown[1])
    return words.text("introduction.dates_one", first=shown[0]) if shown else words["introduction.dates_none"]


def _reply(parties: Parties, words: Labels) -> str:
    """How to answer: the contact's own ways before the organisation's."""
    contact = parties.contact
    email = (contact.email if contact else "") or parties.ours.email
    phone = (contact.phone if contact else "") or parties.ours.phone
    ways = [
        words.text("introduction.reply_by_email", email=email) if email else "",
        words.text("introduction.reply_by_phone", phone=phone) if phone else "",
    ]
    known = [way for way in ways if way]
    if len(known) == 2:
        known = [words.text("introduction.reply_or", first=known[0], second=known[1])]
    parts = [words.text("introduction.reply", ways=known[0])] if known else []
    if contact is not None:
        parts.append(words.text("introduction.reply_contact", name=contact.name))
    return " ".join(parts)


def _page(workspace: Workspace, parties: Parties, kind: LetterKind, language: str, title: str) -> SimpleDocument:
    """An empty page on our paper: language, head and foot, and what goes into the file's properties."""
    from cocivic_desktop.documents.content import SimpleDocument

    words, ours = labels(language, WORDS), parties.ours
    lines = [line for line in ours.letterhead.splitlines() if line.strip()]
    kinds = {
        LetterKind.INTRODUCTION: words["introduction.kind"],
        LetterKind.PROFILE: words["profile.kind"],
        LetterKind.AGENDA: labels(language)["heading.agenda"],
        LetterKind.MINUTES: labels(language)["heading.minutes"],
    }
    return SimpleDocument(
        title=title,
        language=language,
        words=labels(language),
        kind_label=kinds[kind],
        footer=ours.name,
        letterhead=lines or [" · ".join(part for part in (ours.name, *_address(ours), ours.email) if part)],
        letterhead_file=organisation_files.letterhead(workspace),
        logo=organisation_files.logo(workspace),
        author=ours.name,
        made_at=utc_now(),
    )


def _letter(parties: Parties, page: SimpleDocument, chosen: Draft, today: date) -> Letter:
    from cocivic_desktop.documents.letters import Letter

    words, dates = labels(page.language, WORDS), labels(page.language)
    head, contact, ours = parties.head, parties.contact, parties.ours
    town = words.text("letter.place_date", place=ours.city, date=dates.format_date(today))
    to = ", ".join(part for part in (head.name, head.position) if part) if head else words["letter.to_leadership"]
    name = contact.name if contact is not None else ours.represented_by
    return Letter(
        page=page,
        recipient=[parties.school.name, to, *_address(parties.school)],
        place_date=town if ours.city else dates.format_date(today),
        salutation=words.text("letter.salutation_person", name=head.name) if head else words["letter.salutation"],
        text=chosen.text,
        closing=words["letter.closing"],
        signer=[name, contact.position if contact is not None else "", ours.name],
        enclosure=words["letter.enclosure"],
    )


def _with_blocks(
    workspace: Workspace, kind: LetterKind, parties: Parties, page: SimpleDocument, chosen: Draft
) -> SimpleDocument:
    from cocivic_desktop.services import letter_blocks

    words, dates = labels(page.language, WORDS), labels(page.language)
    if kind is LetterKind.PROFILE:
        return replace(
            page,
            subtitle=words["profile.lead"],
            blocks=letter_blocks.profile(parties.ours, chosen.text, words, dates),
        )
    meeting = parties.meeting
    if meeting is None:
        raise BadInput("Say which meeting it is about.")
    day = parties.day
    when = when_text(day, parties.activity, words, dates) if day is not None else ""
    place = parties.activity.place if parties.activity is not None else ""
    subtitle = words.text("agenda.when_where", when=when, place=place) if when and place else when or place
    items = [agenda.in_language(item, page.language) for item in meeting.agenda]
    blocks: list[Block]
    if kind is LetterKind.AGENDA:
        blocks = letter_blocks.agenda(meeting, parties.people, items, chosen.text, words)
    else:
        tasks = records.find(workspace, Task, order="position", meeting_id=meeting.id)
        people = {one.id: one.name for one in records.find(workspace, Person, archived=None)}
        blocks = letter_blocks.minutes(meeting, parties.people, items, tasks, people, chosen.text, words, dates)
        following = _next_meeting(workspace, parties, words, dates)
        blocks += [following] if following else []
    return replace(page, subtitle=f"{subtitle}\n{parties.partnership.title} · {parties.school.name}", blocks=blocks)


def _next_meeting(workspace: Workspace, parties: Parties, words: Labels, dates: Labels) -> str:
    """When the next meeting of the partnership is; "" where none is planned."""
    found = [
        (one.held_on, meetings.activity_of(workspace, one))
        for one in records.find(workspace, Meeting, partnership_id=parties.partnership.id)
        if one.held_on is not None and parties.day is not None and one.held_on > parties.day
    ]
    if not found:
        return ""
    day, activity = min(found, key=lambda one: one[0])
    return words.text("minutes.next", when=when_text(day, activity, words, dates))


def _meeting_title(parties: Parties, words: Labels) -> str:
    kind = parties.meeting.kind if parties.meeting is not None else MeetingKind.OTHER
    return words[f"meeting.{kind}"]


def _address(one: Organisation) -> list[str]:
    town = " ".join(part for part in (one.postal_code, one.city) if part)
    return [part for part in (one.street, town) if part]
