"""Pure work without a workspace: conflicts, calendars, documents."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

import docx
import icalendar

from cocivic_desktop.calendars.ics_out import CalendarEvent, write_calendar
from cocivic_desktop.documents.agreement_docx import agreement_bytes
from cocivic_desktop.documents.content import AgreementText, Annex, ClauseText, Party, Run, SignatureBlock, Table
from cocivic_desktop.documents.redline import redline_docx
from cocivic_desktop.domain.rules.conflicts import ActivityFacts, conflicts
from cocivic_desktop.domain.rules.recurrence import Occurrence, occurrences
from cocivic_desktop.domain.rules.teaching_weeks import YearView
from cocivic_desktop.domain.school_years import CalendarPeriod
from cocivic_desktop.library.labels import labels
from cocivic_desktop.services.versions import compare_contents
from tests.benchmarks.figures import Figure, in_turn, milliseconds
from tests.benchmarks.large_workspace import YEAR_ENDS, YEAR_STARTS, Content, Size

if TYPE_CHECKING:
    from docx.document import Document

STAMP = datetime(2026, 1, 1, tzinfo=UTC)


def figures(content: Content) -> Iterator[Figure]:
    """Conflicts of 10,000 activities × 500 periods, 10,000 events to ICS, a 12-page agreement to DOCX and compared."""
    yield from conflict_figures(content)
    yield from calendar_figures(content)
    yield from document_figures()
    yield from comparison_figures()


def conflict_figures(content: Content) -> Iterator[Figure]:
    """Against a plain sorted sweep; once as the goal means it (periods), once with people and places."""
    work = ConflictWork(content)
    mine, other = in_turn(lambda: conflicts(work.anywhere, work.plain, work.years), work.sweep, runs=9)
    yield Figure(
        "conflicts, 10,000 activities × 500 periods",
        mine,
        baseline=other,
        against="a sorted sweep over the same days and periods",
        limit=3,
        runs=9,
    )
    mine, other = in_turn(
        lambda: conflicts(work.days, work.busy, work.years), lambda: (work.sweep(), work.sweep_bookings()), runs=9
    )
    yield Figure(
        "the same and each other, people and places",
        mine,
        baseline=other,
        against="the same sweep, and one over the bookings of each person and place",
        limit=3,
        runs=9,
    )
    large = ConflictWork(Content(Size(hours=0).scaled(10)))
    grown = milliseconds(lambda: conflicts(large.anywhere, large.plain, large.years), runs=3)
    small = milliseconds(lambda: conflicts(work.anywhere, work.plain, work.years), runs=3)
    yield Figure(
        "conflicts of 10 × the activities", grown, baseline=small, against="10,000 activities", limit=12, runs=3
    )


class ConflictWork:
    """Fifteen schools' years, the occurrences of all activities, and their facts.

    `anywhere` are the same occurrences without a place, `plain` the facts without people, `busy` those with them.
    """

    def __init__(self, content: Content) -> None:
        self.periods: dict[UUID, list[CalendarPeriod]] = {}
        school_of_year = {year.id: year.school_id for year in content.school_years}
        for period in content.periods:
            self.periods.setdefault(school_of_year[period.school_year_id], []).append(period)
        self.years = {
            school: YearView(YEAR_STARTS, YEAR_ENDS, periods=tuple(periods)) for school, periods in self.periods.items()
        }
        school_of = {one.id: one.school_id for one in content.partnerships}
        schools = {school: (school,) for school in self.years}
        self.days: list[Occurrence] = []
        self.plain: dict[UUID, ActivityFacts] = {}
        self.busy: dict[UUID, ActivityFacts] = {}
        for one, part in zip(content.activities, content.participations, strict=True):
            school = school_of[one.partnership_id]
            self.days += occurrences(one, (), self.years[school], YEAR_STARTS, YEAR_ENDS)[0]
            facts = ActivityFacts(one.id, one.partnership_id, schools=schools[school])
            self.plain[one.id] = facts
            self.busy[one.id] = replace(facts, people=(part.person_id,))
        self.anywhere = [one._replace(place="") for one in self.days]

    def sweep(self) -> list[tuple[Occurrence, CalendarPeriod]]:
        """The plainest right answer: both sorted, one pass for each school, every pair that touches."""
        days: dict[UUID, list[Occurrence]] = {}
        for one in self.days:
            days.setdefault(self.plain[one.activity_id].schools[0], []).append(one)
        return [pair for school, own in days.items() for pair in sweep(own, self.periods[school])]

    def sweep_bookings(self) -> list[tuple[Occurrence, Occurrence]]:
        """The plainest right answer for what is booked twice: each person's and place's dates in order, all pairs."""
        bookings: dict[UUID | str, list[Occurrence]] = {}
        for one in self.days:
            for person in self.busy[one.activity_id].people:
                bookings.setdefault(person, []).append(one)
            if one.place:
                bookings.setdefault(one.place, []).append(one)
        found = []
        for own in bookings.values():
            active: list[Occurrence] = []
            for one in sorted(own, key=attrgetter("begins")):
                active = [other for other in active if other.finishes > one.begins]
                found += [(other, one) for other in active]
                active.append(one)
        return found


def sweep(days: list[Occurrence], periods: list[CalendarPeriod]) -> Iterator[tuple[Occurrence, CalendarPeriod]]:
    """Days of one school against its periods."""
    waiting = sorted(periods, key=attrgetter("starts_on"))
    active: list[CalendarPeriod] = []
    position = 0
    today: date | None = None
    for one in sorted(days, key=attrgetter("on")):
        if one.on != today:
            today = one.on
            while position < len(waiting) and waiting[position].starts_on <= today:
                active.append(waiting[position])
                position += 1
            active = [period for period in active if period.ends_on >= today]
        for period in active:
            yield one, period


def calendar_figures(content: Content) -> Iterator[Figure]:
    """10,000 events written by us and by icalendar alone."""
    events = calendar_events(content)
    mine, other = in_turn(
        lambda: write_calendar(events, name="Everything", stamped_at=STAMP), lambda: bare(events), runs=3
    )
    yield Figure("10,000 events to ICS", mine, baseline=other, against="icalendar writing the same", limit=1.3, runs=3)


def calendar_events(content: Content) -> list[CalendarEvent]:
    """The large workspace's activities as events."""
    zone = ZoneInfo("Europe/Berlin")
    return [
        CalendarEvent(
            uid=f"{one.id}@co-civic",
            summary=one.title,
            starts_on=one.starts_on,
            ends_on=one.starts_on,
            changed_at=STAMP,
            starts_at=(start := datetime.combine(one.starts_on, one.start_time, zone)),
            ends_at=start + timedelta(minutes=one.duration_minutes),
            location=one.place,
            description=one.description,
            organizer_name="Green Harbour",
            organizer_email="office@green-harbour.example",
        )
        for one in content.activities
        if one.start_time is not None
    ]


def bare(events: list[CalendarEvent]) -> bytes:
    """The same events through icalendar's own classes, without a VTIMEZONE."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//bench//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for one in events:
        event = icalendar.Event()
        event.add("uid", one.uid)
        event.add("dtstamp", STAMP)
        event.add("last-modified", one.changed_at)
        event.add("sequence", one.sequence)
        assert one.status is not None
        event.add("status", one.status.value)
        event.add("summary", one.summary)
        event.add("dtstart", one.starts_at)
        event.add("dtend", one.ends_at)
        event.add("organizer", f"mailto:{one.organizer_email}")
        event.add("location", one.location)
        event.add("description", one.description)
        event.add("transp", "OPAQUE")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


SENTENCE = "Both sides plan each session together, name who prepares it, and say two weeks ahead when a day must move. "
CLAUSES = 36
ROWS = 20


def document_figures() -> Iterator[Figure]:
    """A 12-page agreement written by us and by python-docx alone, the same words in the same kinds of block."""
    text = agreement()
    mine, other = in_turn(lambda: agreement_bytes([text]), lambda: bare_agreement(text), runs=7)
    yield Figure(
        "12-page agreement to DOCX", mine, baseline=other, against="python-docx writing the same", limit=1.5, runs=7
    )


def comparison_figures() -> Iterator[Figure]:
    """Two versions of a 12-page agreement with every third clause reworded: compared, and as tracked changes."""
    old = agreement()
    sections = [
        replace(clause, paragraphs=[[Run("Changed: "), *paragraph] for paragraph in clause.paragraphs])
        if number % 3 == 0
        else clause
        for number, clause in enumerate(old.sections)
    ]
    before, after = agreement_bytes([old]), agreement_bytes([replace(old, sections=sections)])
    taken = milliseconds(lambda: compare_contents(before, after), runs=5)
    yield Figure("comparing two 12-page versions from their files", taken, limit=200, limit_is_ratio=False)
    moment = datetime(2026, 9, 14, 12, tzinfo=UTC)
    tracked = milliseconds(lambda: redline_docx(before, after, author="A", date=moment), runs=3)
    yield Figure("the same as a Word document with tracked changes", tracked)


def agreement() -> AgreementText:
    """36 clauses of three paragraphs each, tables of commitments and responsibilities, a goals annex, signatures."""
    head = ("Task", "Organisation", "School", "By when")
    rows = [(f"Task {number}", "leads", "supports", "each term") for number in range(ROWS)]
    sections = [
        ClauseText(
            id=UUID(int=number),
            number=number,
            title=f"Clause {number}",
            paragraphs=[[Run(SENTENCE * 2)]] * 3,
            tables=[Table(caption="Who does what", head=head, rows=rows)] if number % 18 == 0 else (),
        )
        for number in range(1, CLAUSES + 1)
    ]
    return AgreementText(
        title="Memorandum of understanding",
        language="en",
        words=labels("en"),
        parties=[Party("Green Harbour", ["Kiel"]), Party("Vocational School 1", ["Kiel"])],
        preamble=[[Run(SENTENCE)]],
        sections=sections,
        annexes=[Annex(title="Shared goals", tables=[Table(caption="Goals", head=head, rows=rows)])],
        signatures=[SignatureBlock(side_label=side, name="A. Person") for side in ("Organisation", "School")],
        draft=False,
    )


def bare_agreement(text: AgreementText) -> bytes:
    """The same content with python-docx's own methods and template."""
    document = docx.Document()
    document.add_heading(text.title, 0)
    for party in text.parties:
        document.add_paragraph(party.name)
        for line in party.lines:
            document.add_paragraph(line)
    for clause in text.sections:
        document.add_heading(clause.title, 1)
        for paragraph in clause.paragraphs:
            document.add_paragraph("".join(run.text for run in paragraph), style="List Number")
        for table in clause.tables:
            bare_table(document, table)
    for annex in text.annexes:
        document.add_heading(annex.title, 1)
        for table in annex.tables:
            bare_table(document, table)
    for block in text.signatures:
        document.add_paragraph(f"{block.side_label}: {block.name}")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def bare_table(document: Document, content: Table) -> None:
    """A table cell by cell, through the quicker of python-docx's ways (`row.cells` once for each row)."""
    table = document.add_table(rows=1 + len(content.rows), cols=len(content.head))
    for row, texts in zip(table.rows, [content.head, *content.rows], strict=True):
        for cell, words in zip(row.cells, texts, strict=True):
            cell.text = str(words)
