"""The rules about odd hours, applied to what the workspace holds: for new entries, for imports, and for all stored."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from cocivic_desktop.domain.agreements import Agreement
from cocivic_desktop.domain.hours import HourCategory, HourState
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.domain.partnerships import Partnership
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
from cocivic_desktop.services.school_years import views_of_schools

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace


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
    first = min(entry.worked_on for entry in entries)
    last = max(entry.worked_on for entry in entries)
    first, last = max(first, date.min + timedelta(1)), min(last, date.max - timedelta(1))
    people = {entry.person_id.hex for entry in entries if entry.person_id is not None}
    rows: list[StoredHours] = []
    if people:
        around = {"first": first - timedelta(1), "last": last + timedelta(1)}
        rows += _stored(unit, _OF_PEOPLE, ids=json.dumps(sorted(people)), **around)
    heads = {entry.partnership_id.hex for entry in entries if entry.person_id is None}
    if heads:
        rows += _stored(unit, _HEADS, ids=json.dumps(sorted(heads)), first=first, last=last)
    return rows


def facts(unit: UnitOfWork, entries: Iterable[Noted], today: date) -> HourFacts:
    """What the rules need to know about the people and partnerships of these entries."""
    people: set[UUID] = set()
    partnership_ids: set[UUID] = set()
    at_school: set[UUID] = set()
    for entry in entries:
        partnership_ids.add(entry.partnership_id)
        if entry.person_id is not None:
            people.add(entry.person_id)
        if entry.category in AT_SCHOOL:
            at_school.add(entry.partnership_id)
    partnerships = unit.find(Partnership, archived=None, id=list(partnership_ids))
    made: dict[UUID, list[Agreement]] = {}
    for one in unit.find(Agreement, partnership_id=list(partnership_ids)):
        made.setdefault(one.partnership_id, []).append(one)
    agreed: dict[UUID, Span] = {}
    for partnership in partnerships:
        agreement = counting_agreement(made.get(partnership.id, ()))
        agreed[partnership.id] = (
            (agreement.starts_on if agreement else None) or partnership.starts_on,
            (agreement.ends_on if agreement else None) or partnership.ends_on,
        )
    schools = {one.id: one.school_id for one in partnerships if one.id in at_school}
    views = views_of_schools(unit, set(schools.values())) if schools else {}
    return HourFacts(
        today=today,
        agreed=agreed,
        years={id: views[school] for id, school in schools.items() if school in views},
        active={
            one.id: (one.active_from, one.active_until)
            for one in unit.find(Person, archived=None, id=list(people))
            if one.active_from or one.active_until
        },
    )


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
        own = _stored(unit, "h.partnership_id = :partnership", partnership=partnership_id)
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


_OF_PEOPLE = "h.worked_on BETWEEN :first AND :last AND h.person_id IN (SELECT value FROM json_each(:ids))"
_HEADS = (
    "h.worked_on BETWEEN :first AND :last AND h.person_id IS NULL "
    "AND h.partnership_id IN (SELECT value FROM json_each(:ids))"
)


def _stored(unit: UnitOfWork, where: str, **values: Any) -> list[StoredHours]:
    """Entries in the order in which they were noted."""
    columns = (
        "h.id, h.partnership_id, h.person_id, h.head_count, h.role, h.worked_on, h.start_time, h.minutes, h.category, "
        "h.activity_id, h.state"
    )
    query = f"SELECT {columns} FROM hour_entry h WHERE h.archived = 0 AND {where} ORDER BY h.created_at, h.rowid"  # noqa: S608
    found = unit.rows(query, **values)
    return [
        StoredHours(
            UUID(id),
            UUID(partnership),
            UUID(person) if person else None,
            heads,
            role,
            date.fromisoformat(worked_on),
            time.fromisoformat(start) if start else None,
            minutes,
            HourCategory(category),
            UUID(activity) if activity else None,
            HourState(state),
        )
        for id, partnership, person, heads, role, worked_on, start, minutes, category, activity, state in found
    ]
