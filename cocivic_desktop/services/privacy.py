"""Anonymising and erasing people, for good: a backup before, what goes and what stays said beforehand, no undo.

An `Erasure` keeps that it was done under the id of the person, so that a restored backup or another laptop's file
does it again (`erase_again`, `without_erased`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cocivic_desktop.domain.activities import Activity
from cocivic_desktop.domain.base import Entity, Side, fold
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.hours import HourEntry
from cocivic_desktop.domain.organisations import Erasure, ErasureKind, Organisation, Person
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.personal_data import HELD
from cocivic_desktop.domain.registry import ENTITIES, kind_name
from cocivic_desktop.domain.rules.erasing import (
    Fate,
    Subject,
    concerns,
    is_telling,
    mentions,
    name_pattern,
    naming_fields,
    parts_of,
    scrub,
    subject_of,
)
from cocivic_desktop.services.records import label_of

if TYPE_CHECKING:
    from cocivic_desktop.services.portable_scope import Records
    from cocivic_desktop.store.backup import Backup
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

BACKUP_REASON = "erasure"


@dataclass(frozen=True)
class Mention:
    """A text that names a person: kind and id of the record, its title, and the field."""

    kind: str
    id: UUID
    title: str
    field: str


@dataclass
class Plan:
    """What anonymising or erasing somebody does. Counts are by kind of record."""

    person: Person
    kind: ErasureKind
    goes: Counter[str] = field(default_factory=Counter)
    """Records that are deleted."""
    loses_link: Counter[str] = field(default_factory=Counter)
    """Records that stay and no longer tell who it was."""
    hours: int = 0
    minutes: int = 0
    """Entries of hours and their minutes: they stay."""
    replaced: list[Mention] = field(default_factory=list)
    """Texts from which the name is taken out."""
    kept: list[Mention] = field(default_factory=list)
    """Texts of agreements that stay as they were agreed."""
    look_at: list[Mention] = field(default_factory=list)
    """Texts that hold a part of the name only, so that a person has to look at them."""


@dataclass(frozen=True)
class Done:
    """The backup that was made before, and all backups that still hold one of the people."""

    backup: Backup
    still_holding: list[Backup]


def plan(workspace: Workspace, person_id: UUID, kind: ErasureKind, today: date) -> Plan:
    """What would happen; nothing is changed. Raises `NotFound`."""
    with workspace.read() as unit:
        person = unit.get(Person, person_id)
        subject = _subject(unit, person, kind, today)
        found = Plan(person, kind)
        for entity in _linked(unit, subject.key):
            name = kind_name(type(entity))
            if isinstance(entity, HourEntry):
                found.hours, found.minutes = found.hours + 1, found.minutes + entity.minutes
                continue
            fate = scrub(entity, subject)  # on objects of a unit for reading: never stored
            found.goes[name] += fate is Fate.GOES
            found.loses_link[name] += fate is Fate.CHANGED
        for counts in (found.goes, found.loses_link):
            for name in [name for name, count in counts.items() if not count]:
                del counts[name]
        if is_telling(subject.name):
            found.replaced = list(_mentions(unit, subject, naming_fields))
            found.kept = list(_mentions(unit, subject, lambda cls: HELD[cls].kept))
        found.look_at = list(_parts(unit, subject, {(one.id, one.field) for one in (*found.replaced, *found.kept)}))
    return found


def carry_out(
    workspace: Workspace, ids: Sequence[UUID], kind: ErasureKind, today: date, folder: Path | None = None
) -> Done:
    """Anonymise or erase people for good, after a verified backup in `folder` (else that of backups).

    One write; it cannot be undone, and what the history of undo knows of them is cleared. Raises `NotFound`,
    `BadInput` when nobody is named, and `WorkspaceError` when no backup can be made: nothing is changed then.
    """
    from cocivic_desktop.services import backups

    if not ids:
        raise BadInput("Nobody is chosen. Nothing was changed.")
    with workspace.read() as unit:
        for id in ids:
            unit.get(Person, id)
    backup = backups.backup_now(workspace, BACKUP_REASON, folder)
    action = "erase_person" if kind is ErasureKind.ERASED else "anonymise_person"
    with workspace.write(action, undoable=False) as unit:
        for id in ids:
            _carry_out(unit, _subject(unit, unit.get(Person, id), kind, today))
            present = unit.first(Erasure, archived=None, person_key=id)
            if present is None:
                unit.add(Erasure(person_key=id, kind=kind, done_on=today))
            else:
                present.kind, present.done_on = kind, today
    return Done(backup, holding_backups(workspace, ids, folder))


def holding_backups(workspace: Workspace, ids: Sequence[UUID], folder: Path | None = None) -> list[Backup]:
    """The backups that hold any of these people, newest first; one that cannot be read counts."""
    from cocivic_desktop.services import backups
    from cocivic_desktop.store import backup

    return [
        one
        for one in backups.list_backups(workspace, folder)
        if any(backup.holds(one.path, kind_name(Person), id) for id in ids)
    ]


def erasures(workspace: Workspace) -> list[Erasure]:
    """All that was anonymised and erased so far."""
    with workspace.read() as unit:
        return unit.find(Erasure, archived=None)


def erase_again(unit: UnitOfWork, done: Sequence[Erasure]) -> int:
    """Do all erasures of the workspace, and these, once more; how many people they touched.

    For content that comes from elsewhere. Use it in a write that cannot be undone.
    """
    known = {one.person_key: one for one in unit.find(Erasure, archived=None)}
    for one in done:
        present = known.get(one.person_key)
        if present is None:
            known[one.person_key] = unit.add(
                Erasure(id=one.id, person_key=one.person_key, kind=one.kind, done_on=one.done_on)
            )
        elif one.kind is ErasureKind.ERASED:
            present.kind = one.kind
    people = {one.id: one for one in unit.find(Person, archived=None, id=list(known))} if known else {}
    return sum(
        _carry_out(unit, _subject(unit, person, known[key].kind, known[key].done_on)) for key, person in people.items()
    )


def carry_over(path: Path, done: Sequence[Erasure]) -> None:
    """Erase in a closed workspace file what was erased since it was made. Raises `WorkspaceError`."""
    from cocivic_desktop.store.workspace import Workspace

    if done:
        with Workspace.open(path) as workspace, workspace.write("erase_again", undoable=False) as unit:
            erase_again(unit, done)


def without_erased(records: Records, done: Sequence[Erasure]) -> int:
    """Take people who were erased or anonymised here out of the records of a file; how many it held."""
    count = 0
    for one in done:
        person = records.get(Person, {}).get(one.person_key)
        if not isinstance(person, Person):
            continue
        count += 1
        ours = [org for org in records.get(Organisation, {}).values() if isinstance(org, Organisation) and org.is_ours]
        at_ours = bool(ours) and person.organisation_id == ours[0].id
        subject = subject_of(person, one.kind, one.done_on, at_ours=at_ours)
        for by_id in records.values():
            for id in [id for id, entity in by_id.items() if scrub(entity, subject) is Fate.GOES]:
                del by_id[id]
    return count


# --- in the workspace ---------------------------------------------------------------------------------------------


def _subject(unit: UnitOfWork, person: Person, kind: ErasureKind, day: date) -> Subject:
    ours = unit.first(Organisation, is_ours=True)
    return subject_of(person, kind, day, at_ours=ours is not None and person.organisation_id == ours.id)


def _carry_out(unit: UnitOfWork, subject: Subject) -> bool:
    """Scrub every record that refers to or names somebody; whether anything changed."""
    touched: list[UUID] = []
    goes: list[Entity] = []
    for entity in [*_linked(unit, subject.key), *_naming(unit, subject)]:
        fate = scrub(entity, subject)
        if fate is not Fate.STAYS:
            touched.append(entity.id)
        if fate is Fate.GOES:
            goes.append(entity)
    person = unit.get(Person, subject.key)
    fate = scrub(person, subject)
    unit.flush()
    for entity in goes:
        unit.delete(entity)
    if fate is Fate.GOES:
        unit.delete(person)
    changed = bool(touched) or fate is not Fate.STAYS
    if changed:
        named = name_pattern(subject.name)
        unit.forget([subject.key, *(one.id for one in goes)], lambda text: named.search(text) is not None)
    return changed


def _linked(unit: UnitOfWork, key: UUID) -> Iterator[Entity]:
    """Every record that refers to a person, once."""
    for cls in ENTITIES:
        seen: set[UUID] = set()
        for link in HELD[cls].links:
            equals: dict[str, Any] = {link: key}
            for entity in unit.find(cls, archived=None, **equals):
                if entity.id not in seen:
                    seen.add(entity.id)
                    yield entity


def _naming(unit: UnitOfWork, subject: Subject) -> Iterator[Entity]:
    """Every record that names a person in a text and does not refer to them."""
    if not is_telling(subject.name):
        return
    for cls in ENTITIES:
        ids = {id for id, _ in _holding(unit, cls, naming_fields(cls), subject.name.split()[-1])}
        for entity in unit.find(cls, archived=None, id=sorted(ids)) if ids else ():
            if not concerns(entity, subject.key):
                yield entity


def _mentions(
    unit: UnitOfWork, subject: Subject, fields_of: Callable[[type[Entity]], tuple[str, ...]]
) -> Iterator[Mention]:
    pattern = name_pattern(subject.name)
    for cls in ENTITIES:
        fields = fields_of(cls)
        ids = {id for id, _ in _holding(unit, cls, fields, subject.name.split()[-1])}
        for entity in unit.find(cls, archived=None, id=sorted(ids)) if ids else ():
            for name in fields:
                if entity.id != subject.key and mentions(getattr(entity, name), pattern):
                    yield Mention(kind_name(cls), entity.id, _title(unit, entity), name)


def _title(unit: UnitOfWork, entity: Entity) -> str:
    """What a record is called; a meeting as its activity in the calendar is, or its partnership and the day.

    "" for a record without any name.
    """
    activity_id, partnership_id = (getattr(entity, name, None) for name in ("activity_id", "partnership_id"))
    if label_of(entity):
        return label_of(entity)
    if activity_id is not None:
        return unit.get(Activity, activity_id).title
    if partnership_id is None:
        return ""
    held_on = getattr(entity, "held_on", None)
    return unit.get(Partnership, partnership_id).title + (f", {held_on}" if held_on is not None else "")


def _parts(unit: UnitOfWork, subject: Subject, known: set[tuple[UUID, str]]) -> Iterator[Mention]:
    """Texts with the last word of the name alone, such as a surname."""
    words = parts_of(subject.name)
    if not words or (subject.side is Side.LEARNERS and not is_telling(subject.name)):
        return
    pattern = name_pattern(words[-1])
    for cls in ENTITIES:
        fields = (*naming_fields(cls), *HELD[cls].kept)
        ids = {id for id, _ in _holding(unit, cls, fields, words[-1])}
        for entity in unit.find(cls, archived=None, id=sorted(ids)) if ids else ():
            if concerns(entity, subject.key):
                continue
            for name in fields:
                if (entity.id, name) not in known and _folded_mentions(getattr(entity, name), pattern):
                    yield Mention(kind_name(cls), entity.id, _title(unit, entity), name)


def _folded_mentions(value: Any, pattern: Any) -> bool:
    """Whether a value holds a folded word, and not as part of the whole name that is kept or replaced anyway."""
    return pattern.search(fold(str(value))) is not None


def _holding(unit: UnitOfWork, cls: type[Entity], fields: tuple[str, ...], word: str) -> Iterator[tuple[UUID, str]]:
    """Ids of rows in which a field holds a word, whatever its accents and capitals; asked in SQL."""
    for name in fields:
        if cls.__dataclass_fields__[name].type == "bytes":
            continue
        column = f'"{name}"'
        query = f'SELECT id FROM "{kind_name(cls)}" WHERE instr(fold({column}), :word) > 0'  # noqa: S608 - own names
        for (id,) in unit.rows(query, word=fold(word)):
            yield UUID(id), name
