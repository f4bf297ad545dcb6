"""Noting hours in one line: the entry that a line means, and whom its name means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import Ambiguous, InvalidField, NotFound
from cocivic_desktop.domain.hours import HourCategory, HourEntry
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.domain.partnerships import PartnershipMember
from cocivic_desktop.domain.rules.quick_entry import ParsedEntry, parse
from cocivic_desktop.domain.validation import validate
from cocivic_desktop.services.hour_log import Logged, log

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

LEARNERS_ROLE: Final = "students"
"""Role of a head count that does not say otherwise."""


def quick_entry(
    workspace: Workspace, partnership_id: UUID, text: str, today: date, *, accept: bool = False
) -> tuple[Logged, Changes]:
    """Note hours from one line such as "ana 1h30 mentoring yesterday" (`rules.quick_entry`).

    Raises `NotFound` when the name fits nobody, `Ambiguous` when it fits several, `InvalidField` when the line names
    no time or nobody, or when a day would exceed 24 hours. See `log` for questions.
    """
    return log(workspace, read_entry(workspace, partnership_id, text, today), today, accept=accept)


def read_entry(workspace: Workspace, partnership_id: UUID, text: str, today: date) -> HourEntry:
    """The entry that a line means, not stored: for a preview while typing. Raises as `quick_entry` does."""
    parsed = parse(text, today)
    if parsed.minutes is None:
        raise InvalidField("minutes", "required")
    person = None
    if parsed.head_count is None:
        if not parsed.name:
            raise InvalidField("person_id", "required")
        with workspace.read() as unit:
            person = find_person(unit, partnership_id, parsed.name)
    entry = HourEntry(
        partnership_id=partnership_id,
        person_id=person.id if person else None,
        head_count=parsed.head_count,
        role=_role(parsed),
        worked_on=parsed.worked_on,
        start_time=parsed.start_time,
        minutes=parsed.minutes,
        category=parsed.category or HourCategory.DELIVERY,
        remark=parsed.remark,
    )
    validate(entry)
    return entry


def _role(parsed: ParsedEntry) -> str:
    return "" if parsed.head_count is None else parsed.name or LEARNERS_ROLE


def find_person(unit: UnitOfWork, partnership_id: UUID, name: str) -> Person:
    """The person whose name begins like `name`, word by word, without case and accents.

    Members of the partnership come first, then everybody; a name that fits exactly beats longer ones. Raises
    `NotFound`, or `Ambiguous` with the names that fit.
    """
    members = {member.person_id for member in unit.find(PartnershipMember, partnership_id=partnership_id)}
    everybody = unit.find(Person)
    wanted = fold(name).split()
    for people in ([person for person in everybody if person.id in members], everybody):
        exact = [person for person in people if fold(person.name).split() == wanted]
        fitting = exact or [person for person in people if _fits(wanted, fold(person.name).split())]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            names = sorted(person.name for person in fitting)
            raise Ambiguous(f"“{name}” fits several people. Add a letter or the family name.", names)
    raise NotFound(f"Nobody is called “{name}”. Check the name, or add the person first.")


def _fits(wanted: Sequence[str], words: Sequence[str]) -> bool:
    """Whether each wanted word begins a word of the name, in order: "an lo" fits "Ana María López"."""
    remaining = iter(words)
    return bool(wanted) and all(any(word.startswith(part) for word in remaining) for part in wanted)
