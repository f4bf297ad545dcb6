"""Comparing the rows of a table of hours with what a partnership holds: people, activities, entries, odd hours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cocivic_desktop.domain.activities import Activity, ActivityKind
from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.hours import HourCategory, HourEntry, HourSource
from cocivic_desktop.domain.organisations import Organisation, Person, PersonKind
from cocivic_desktop.domain.partnerships import PartnershipMember
from cocivic_desktop.domain.rules.hour_checks import HourQuestion
from cocivic_desktop.services import hour_checks
from cocivic_desktop.services.attendance import category_of as category_of_activity
from cocivic_desktop.services.person_names import Match, PersonNames
from cocivic_desktop.services.quick_hours import LEARNERS_ROLE
from cocivic_desktop.tables.hours_file import (
    PASSED_OVER,
    ReadHours,
    RowProblem,
)

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork


_KEY = tuple[UUID | None, int | None, date, int]
"""What a row is recognised by when its file comes again: who, how many heads, when, how long."""


class RowState(StrEnum):
    """What is known of a row."""

    NEW = "new"
    ASKED = "asked"
    """It can be taken, but something is odd."""
    PERSON_OPEN = "person_open"
    """Nobody has said yet who is meant."""
    LEFT_OUT = "left_out"
    """The person is left out."""
    KNOWN = "known"
    """Stored already."""
    UNREADABLE = "unreadable"
    PASSED_OVER = "passed_over"
    """No row of hours: a total, a title."""


class Choice(StrEnum):
    """What is done about a name."""

    TAKE = "take"
    """It is the person of `person_id`."""
    ADD = "add"
    LEAVE_OUT = "leave_out"
    OPEN = "open"


@dataclass
class ListedName:
    """A name of the file, how many rows it has, and who that is. `choice` and `person_id` may be changed."""

    name: str
    rows: int
    match: Match
    choice: Choice
    person_id: UUID | None = None
    candidate: str = ""
    """The name of the person found."""


@dataclass
class ImportRow:
    """A row with what came of it. `ticked` may be changed where there is an entry."""

    read: ReadHours
    state: RowState
    entry: HourEntry | None = None
    questions: tuple[HourQuestion, ...] = ()
    ticked: bool = False

    @property
    def line(self) -> int:
        """The row's line in the file."""
        return self.read.line


@dataclass(frozen=True)
class Preview:
    """What an import would do; nothing is stored yet."""

    partnership_id: UUID
    rows: list[ImportRow]
    names: list[ListedName]
    new_people: Mapping[str, Person] = field(default_factory=dict)
    """People to add, by their name in the file."""

    def count(self, *states: RowState) -> int:
        """How many rows are in these states."""
        return sum(row.state in states for row in self.rows)

    @property
    def assumed(self) -> Counter[HourCategory]:
        """Under which categories those ticked rows count that name none, and how many they are."""
        return Counter(row.entry.category for row in self.ticked if row.entry is not None and not row.read.category)

    @property
    def ticked(self) -> list[ImportRow]:
        """The rows that would be taken."""
        return [row for row in self.rows if row.ticked and row.entry is not None]


@dataclass(frozen=True)
class Imported:
    """What an import has done."""

    entries: int
    people: int
    minutes: int
    """Minutes of all heads."""


class Comparing:
    """The people, activities and roles that rows are compared with."""

    def __init__(
        self, unit: UnitOfWork, partnership_id: UUID, everybody: UUID | None, category: HourCategory | None
    ) -> None:
        self.new_people: dict[str, Person] = {}
        self._partnership_id, self._everybody, self._category = partnership_id, everybody, category
        members = unit.find(PartnershipMember, partnership_id=partnership_id)
        self._roles = {one.person_id: one.role for one in members}
        self._people = unit.find(Person)
        self._names = PersonNames(self._people, set(self._roles))
        activities = unit.find(Activity, partnership_id=partnership_id, archived=None)
        self._activities = {fold(one.title).strip(): one for one in activities}
        ours = unit.first(Organisation, is_ours=True)
        self._ours = ours.id if ours is not None else None
        self._meant: dict[str, ListedName] = {}

    def match_names(
        self, read: Iterable[ReadHours], decided: Mapping[str, tuple[Choice, UUID | None]]
    ) -> list[ListedName]:
        """Who is meant by each name, the doubtful ones first."""
        counts = Counter(one.person for one in read if one.person and not _passed_over(one))
        by_id = {one.id: one for one in self._people}
        for name, rows in counts.items():
            match, person = self._names.find(name)
            sure = match in (Match.EXACT, Match.FOLDED) and person is not None
            listed = ListedName(
                name,
                rows,
                match,
                Choice.TAKE if sure else Choice.OPEN,
                person.id if person is not None else None,
                person.name if person is not None else "",
            )
            if name in decided:
                listed.choice, chosen = decided[name]
                if listed.choice is Choice.TAKE and chosen in by_id:
                    listed.person_id, listed.candidate = chosen, by_id[chosen].name
            if listed.choice is Choice.ADD:
                self.new_people[name] = Person(
                    name=name, kind=PersonKind.VOLUNTEER, organisation_id=self._ours
                )  # fmt: skip
            self._meant[name] = listed
        order = {Match.SEVERAL: 0, Match.NEAR: 0, Match.NONE: 1}
        return sorted(self._meant.values(), key=lambda one: (order.get(one.match, 2), fold(one.name)))

    def row(self, read: ReadHours) -> ImportRow:
        """A row with its entry, where it makes one."""
        if _passed_over(read):
            return ImportRow(read, RowState.PASSED_OVER)
        person_id, heads = self._everybody, read.heads
        state = RowState.NEW
        if read.person:
            listed = self._meant[read.person]
            added = self.new_people.get(read.person)
            person_id, heads = added.id if added is not None else listed.person_id, None
            if listed.choice is Choice.OPEN:
                state = RowState.PERSON_OPEN
            elif listed.choice is Choice.LEAVE_OUT:
                state = RowState.LEFT_OUT
        elif heads is not None:
            person_id = None
        reasons = [one for one in read.reasons if one.code is not RowProblem.NOBODY or person_id is None]
        if reasons:
            return ImportRow(read, RowState.UNREADABLE)
        if state is not RowState.NEW:
            return ImportRow(read, state)
        return ImportRow(read, state, self._entry(read, person_id, heads), ticked=not _hidden(read))

    def _entry(self, read: ReadHours, person_id: UUID | None, heads: int | None) -> HourEntry:
        """The entry of a row. Reading has cleaned its texts and bounded its values, so that it can be stored."""
        activity = self._activities.get(fold(read.activity).strip()) if read.activity else None
        parts = [read.activity if activity is None else "", read.remark]
        role = read.role or (
            LEARNERS_ROLE if heads is not None else self._roles.get(person_id, "") if person_id else ""
        )
        kind = activity.kind if activity is not None else ActivityKind.WORKSHOP
        category = read.category or self._category or category_of_activity(kind, role)
        return HourEntry(
            partnership_id=self._partnership_id,
            person_id=person_id,
            head_count=heads,
            role=role,
            worked_on=read.worked_on or date.min,
            start_time=read.start_time,
            minutes=read.minutes or 0,
            category=category,
            activity_id=activity.id if activity is not None else None,
            remark=" · ".join(filter(None, parts))[:300],
            source=HourSource.IMPORTED,
        )

    def find_known(self, unit: UnitOfWork, rows: Sequence[ImportRow]) -> None:
        """Mark rows that are stored already, one for one: two equal rows need two stored entries."""
        entries = [row.entry for row in rows if row.entry is not None]
        if not entries:
            return
        found: list[tuple[Any, ...]] = unit.rows(
            "SELECT person_id, head_count, worked_on, minutes FROM hour_entry WHERE archived = 0 "
            "AND partnership_id = :partnership AND worked_on BETWEEN :first AND :last",
            partnership=self._partnership_id,
            first=min(one.worked_on for one in entries),
            last=max(one.worked_on for one in entries),
        )
        stored: Counter[_KEY] = Counter(
            (UUID(person) if person else None, heads, date.fromisoformat(on), minutes)
            for person, heads, on, minutes in found
        )
        if not stored:
            return
        for row in rows:
            if row.entry is not None:
                key = (row.entry.person_id, row.entry.head_count, row.entry.worked_on, row.entry.minutes)
                if stored[key] > 0:
                    stored[key] -= 1
                    row.state, row.ticked = RowState.KNOWN, False

    def ask(self, unit: UnitOfWork, rows: Sequence[ImportRow], today: date) -> None:
        """Ask about what is odd; what is impossible is taken out."""
        fresh = [row for row in rows if row.entry is not None and row.state is RowState.NEW]
        asked = hour_checks.questions_of(unit, [row.entry for row in fresh if row.entry is not None], today)
        for row in fresh:
            questions = asked.get(row.entry.id) if row.entry is not None else None
            if not questions:
                continue
            row.questions, row.state, row.ticked = tuple(questions), RowState.ASKED, False
            if any(one.refused for one in questions):
                row.state, row.entry = RowState.UNREADABLE, None


def _passed_over(read: ReadHours) -> bool:
    return any(one.code in PASSED_OVER for one in read.problems)


def _hidden(read: ReadHours) -> bool:
    return any(one.code is RowProblem.HIDDEN for one in read.problems)
