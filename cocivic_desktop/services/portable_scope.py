"""Which records a portable file holds: everything, or one partnership with all that belongs to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from cocivic_desktop.domain.base import Entity
from cocivic_desktop.domain.hours import Certificate
from cocivic_desktop.domain.organisations import Consent, Erasure, Person
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.registry import ENTITIES
from cocivic_desktop.domain.school_years import SchoolYear
from cocivic_desktop.services.portable_format import fields_of

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork

Records = dict[type[Entity], dict[UUID, Entity]]
"""Records by class and id."""

_CHUNK: Final = 500
"""Ids asked for at once: SQLite limits the parameters of a statement."""


def everything(unit: UnitOfWork) -> Records:
    """All records of the workspace, archived ones too."""
    return {cls: {entity.id: entity for entity in unit.find(cls, archived=None)} for cls in ENTITIES}


def of_partnership(unit: UnitOfWork, partnership_id: UUID) -> Records:
    """One partnership, what it owns, and everything that any of it refers to, with the school's years."""
    records: Records = {Partnership: {partnership_id: unit.get(Partnership, partnership_id)}}
    lines = unit.find(Certificate, archived=None, partnership_id=partnership_id)  # they outlive it, so it owns none
    records[Certificate] = {line.id: line for line in lines}
    _descend(unit, records, leave=(Consent, SchoolYear))
    _ascend(unit, records)
    schools = [one.school_id for one in records[Partnership].values() if isinstance(one, Partnership)]
    records[SchoolYear] = {year.id: year for year in unit.find(SchoolYear, archived=None, school_id=schools)}
    people = list(records.get(Person, {}))
    for chunk in _chunks(people):
        records.setdefault(Consent, {}).update(
            {consent.id: consent for consent in unit.find(Consent, archived=None, person_id=chunk)}
        )
    _descend(unit, records, leave=(Consent, SchoolYear))
    _ascend(unit, records)
    records[Erasure] = {one.id: one for one in unit.find(Erasure, archived=None)}  # so that others erase as well
    return records


def _descend(unit: UnitOfWork, records: Records, leave: tuple[type[Entity], ...]) -> None:
    """Add what the records own. A person owns nothing here: their parts in other partnerships stay out."""
    for cls in ENTITIES:
        owners = [f for f in fields_of(cls).values() if f.owned and f.reference not in ("Person", "Organisation")]
        if cls in leave or not owners:
            continue
        for owner in owners:
            for chunk in _chunks(list(records.get(class_named(owner.reference), {}))):
                wanted: dict[str, Any] = {owner.name: chunk}
                for entity in unit.find(cls, archived=None, **wanted):
                    records.setdefault(cls, {})[entity.id] = entity


def _ascend(unit: UnitOfWork, records: Records) -> None:
    """Add what the records refer to, until nothing is missing."""
    while True:
        missing: dict[type[Entity], set[UUID]] = {}
        for cls, by_id in records.items():
            for name, described in fields_of(cls).items():
                if described.reference:
                    target = class_named(described.reference)
                    ids = {getattr(entity, name) for entity in by_id.values()} - {None}
                    missing.setdefault(target, set()).update(ids - records.get(target, {}).keys())
        if not any(missing.values()):
            return
        for cls, ids in missing.items():
            for entity in with_ids(unit, cls, ids):
                records.setdefault(cls, {})[entity.id] = entity


def with_ids(unit: UnitOfWork, cls: type[Entity], ids: Iterable[UUID]) -> Iterator[Entity]:
    """The records of a class with these ids, as far as they are there."""
    for chunk in _chunks(list(ids)):
        yield from unit.find(cls, archived=None, id=chunk)


def _chunks(ids: list[UUID]) -> Iterator[list[UUID]]:
    for first in range(0, len(ids), _CHUNK):
        yield ids[first : first + _CHUNK]


_CLASSES: Final[Mapping[str, type[Entity]]] = {cls.__name__: cls for cls in ENTITIES}


def class_named(name: str) -> type[Entity]:
    """The entity class that a field's `reference` names."""
    return _CLASSES[name]
