"""The rules about odd hours, applied to what the workspace holds: for new entries, for imports, and for all stored."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from uuid import UUID

from cocivic_desktop.domain.agreements import Agreement, AgreementState
from cocivic_desktop.domain.hours import HourCategory, HourState
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.domain.rules.counting_agreement import counting_agreement
from cocivic_desktop.domain.rules.hour_checks import (
    AT_SCHOOL,
    HourFacts,
    HourQuestion,
    Noted,
    Span,
    StoredHours,
    check_entries,
)
from cocivic_desktop.domain.rules.intervals import DayIndex
from cocivic_desktop.domain.rules.teaching_weeks import CLOSURES
from cocivic_desktop.domain.school_years import PeriodKind

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace


Value = TypeVar("Value")


class Finding(NamedTuple):
    """A stored entry that is odd, and why."""

    entry: StoredHours
    person: str
    questions: tuple[HourQuestion, ...]


def questions_of(unit: UnitOfWork, entries: Sequence[Noted], today: date) -> dict[UUID, list[HourQuestion]]:
    """What is odd about entries that are to be stored or changed, by id; made for one entry or for 20,000.

    Nothing is written. Entries stored under the same id do not count against themselves.
    """
    if not entries:
        return {}
    return check_entries(entries, near(unit, entries), facts(unit, entries, today))


def near(unit: UnitOfWork, entries: Sequence[Noted]) -> list[StoredHours]:
    """Stored entries that new ones may collide with: of the same people, and head counts of the same partnerships."""
    people = {entry.person_id.hex for entry in entries if entry.person_id is not None}
    rows: list[StoredHours] = []
    if people:
        wanted = {
            (entry.person_id.hex, (entry.worked_on + timedelta(number)).isoformat())
            for entry in entries
            if entry.person_id is not None
            for number in (-1, 0, 1)
        }
        days = json.dumps(sorted({day for _, day in wanted}))
        rows += _stored(unit, _OF_PEOPLE, wanted=wanted, ids=json.dumps(sorted(people)), days=days)
    heads = {entry.partnership_id.hex for entry in entries if entry.person_id is None}
    if heads:
        days = json.dumps(sorted({entry.worked_on.isoformat() for entry in entries if entry.person_id is None}))
        rows += _stored(unit, _HEADS, ids=json.dumps(sorted(heads)), days=days)
    return rows


def facts(unit: UnitOfWork, entries: Iterable[Noted], today: date) -> HourFacts:
    """What the rules need to know about the people and partnerships of these entries."""
    people: set[UUID] = set()
    partnership_ids: set[UUID] = set()
    at_school: set[UUID] = set()
    first, last = date.max, date.min
    for entry in entries:
        partnership_ids.add(entry.partnership_id)
        first, last = min(first, entry.worked_on), max(last, entry.worked_on)
        if entry.person_id is not None:
            people.add(entry.person_id)
        if entry.category in AT_SCHOOL:
            at_school.add(entry.partnership_id)
    ids = json.dumps(sorted(id.hex for id in partnership_ids))
    made: dict[str, list[Agreement]] = {}
    for owner, state, starts_on, ends_on, created_at in unit.rows(
        "SELECT partnership_id, state, starts_on, ends_on, created_at FROM agreement "
        "WHERE NOT archived AND partnership_id IN (SELECT value FROM json_each(:ids))",
        ids=ids,
    ):
        one = Agreement(partnership_id=UUID(owner), state=AgreementState(state), created_at=created_at)
        one.starts_on, one.ends_on = _day(starts_on), _day(ends_on)
        made.setdefault(owner, []).append(one)
    agreed: dict[UUID, Span] = {}
    schools: dict[UUID, UUID] = {}
    for id, school, starts_on, ends_on in unit.rows(
        "SELECT id, school_id, starts_on, ends_on FROM partnership WHERE id IN (SELECT value FROM json_each(:ids))",
        ids=ids,
    ):
        agreement = counting_agreement(made.get(id, ()))
        first_day = (agreement.starts_on if agreement else None) or _day(starts_on)
        last_day = (agreement.ends_on if agreement else None) or _day(ends_on)
        agreed[UUID(id)] = (first_day, last_day)
        if UUID(id) in at_school:
            schools[UUID(id)] = UUID(school)
    closures = _closures(unit, set(schools.values()), first, last)
    return HourFacts(
        today=today,
        agreed=agreed,
        closures={id: closures[school] for id, school in schools.items() if school in closures},
        active=_active(unit, people),
    )


def _closures(unit: UnitOfWork, school_ids: set[UUID], first: date, last: date) -> dict[UUID, DayIndex[str]]:
    """The names of the periods in which each school is closed, as far as they touch these days."""
    if not school_ids:
        return {}
    rows = unit.rows(
        "SELECT y.school_id, p.kind, p.hard, p.starts_on, p.ends_on, p.name FROM calendar_period p "
        "JOIN school_year y ON y.id = p.school_year_id WHERE NOT p.archived AND NOT y.archived "
        "AND p.ends_on >= :first AND p.starts_on <= :last AND y.school_id IN (SELECT value FROM json_each(:ids))",
        first=first,
        last=last,
        ids=json.dumps(sorted(id.hex for id in school_ids)),
    )
    found: dict[UUID, list[tuple[date, date, str]]] = {}
    for school, kind, hard, starts_on, ends_on, name in rows:
        if PeriodKind(kind) in CLOSURES or (kind == PeriodKind.ASSESSMENT.value and hard):
            days = (date.fromisoformat(starts_on), date.fromisoformat(ends_on), name)
            found.setdefault(UUID(school), []).append(days)
    return {school: DayIndex(spans) for school, spans in found.items()}


def _active(unit: UnitOfWork, people: set[UUID]) -> dict[UUID, Span]:
    rows = unit.rows(
        "SELECT id, active_from, active_until FROM person "
        "WHERE (active_from IS NOT NULL OR active_until IS NOT NULL) AND id IN (SELECT value FROM json_each(:ids))",
        ids=json.dumps(sorted(id.hex for id in people)),
    )
    return {UUID(id): (_day(since), _day(until)) for id, since, until in rows}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def in_order(workspace: Workspace, partnership_id: UUID, today: date) -> list[UUID]:
    """Stored entries that wait for a confirmation and that the rules have no question about."""
    odd = {finding.entry.id for finding in stored_findings(workspace, partnership_id, today)}
    with workspace.read() as unit:
        rows = unit.rows(
            "SELECT id FROM hour_entry WHERE partnership_id = :id AND archived = 0 AND state = 'logged'",
            id=partnership_id,
        )
    return [entry_id for row in rows if (entry_id := UUID(row[0])) not in odd]


def stored_findings(workspace: Workspace, partnership_id: UUID, today: date) -> list[Finding]:
    """All stored entries of a partnership that the rules would question, newest day first.

    Of two entries that do not go together, the later one is listed.
    """
    with workspace.read() as unit:
        own = _stored(unit, "h.partnership_id = :partnership", _AS_NOTED, partnership=partnership_id)
        if not own:
            return []
        elsewhere = [entry for entry in near(unit, own) if entry.partnership_id != partnership_id]
        found = check_entries(own, elsewhere, facts(unit, own, today))
        odd = [entry for entry in own if entry.id in found]
        named = {entry.person_id for entry in odd if entry.person_id is not None}
        names = {person.id: person.name for person in unit.find(Person, archived=None, id=list(named))}
    return sorted(
        (Finding(one, names.get(one.person_id, "") if one.person_id else "", tuple(found[one.id])) for one in odd),
        key=lambda each: each.entry.worked_on,
        reverse=True,
    )


_AS_NOTED = "ORDER BY h.created_at, h.rowid"
_OF_PEOPLE = (
    "h.person_id IN (SELECT value FROM json_each(:ids)) AND h.worked_on IN (SELECT value FROM json_each(:days))"
)
_HEADS = (
    "h.partnership_id IN (SELECT value FROM json_each(:ids)) AND h.person_id IS NULL "
    "AND h.worked_on IN (SELECT value FROM json_each(:days))"
)


def _stored(
    unit: UnitOfWork, where: str, order: str = "", wanted: Collection[tuple[str, str]] | None = None, **values: Any
) -> list[StoredHours]:
    """Stored entries, in any order where none is given; with `wanted`, only those of these people and days.

    Texts that come back often are read once.
    """
    columns = (
        "h.id, h.partnership_id, h.person_id, h.head_count, h.role, h.worked_on, h.start_time, h.minutes, h.category, "
        "h.activity_id, h.state"
    )
    query = f"SELECT {columns} FROM hour_entry h WHERE h.archived = 0 AND {where} {order}"  # noqa: S608 - ours
    ids, days, times = _Read(UUID), _Read(date.fromisoformat), _Read(time.fromisoformat)
    categories, states = _Read(HourCategory), _Read(HourState)
    return [
        StoredHours(
            UUID(id),
            ids[partnership],
            ids[person] if person else None,
            heads,
            role,
            days[worked_on],
            times[start] if start else None,
            minutes,
            categories[category],
            ids[activity] if activity else None,
            states[state],
        )
        for id, partnership, person, heads, role, worked_on, start, minutes, category, activity, state in unit.rows(
            query, **values
        )
        if wanted is None or (person, worked_on) in wanted
    ]


class _Read(dict[str, Value]):
    """Texts with what they mean, each made when it is first asked for."""

    def __init__(self, make: Callable[[str], Value]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, text: str) -> Value:
        value = self[text] = self._make(text)
        return value
