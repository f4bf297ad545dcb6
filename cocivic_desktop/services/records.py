"""Adding, changing, reordering and archiving any record: one undoable step each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from cocivic_desktop.domain.base import Entity
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.hours import Certificate, HourEntry
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnership_view import side_of
from cocivic_desktop.domain.registry import kind_name
from cocivic_desktop.domain.rules.erasing import NAMELESS, nameless_hours

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

EntityType = TypeVar("EntityType", bound=Entity)


def label_of(entity: Entity) -> str:
    """A short text that names a record in the undo menu."""
    for name in ("title", "name", "statement", "text", "task", "label", "theme"):
        value = getattr(entity, name, "")
        if value:
            return str(value)[:80]
    titles = getattr(entity, "titles", None)
    return str(titles.get("en") or next(iter(titles.values()), ""))[:80] if titles else ""


def get(workspace: Workspace, cls: type[EntityType], id: UUID) -> EntityType:
    """One record. Raises `NotFound`."""
    with workspace.read() as unit:
        return unit.get(cls, id)


def find(
    workspace: Workspace, cls: type[EntityType], *, archived: bool | None = False, order: str = "", **equals: Any
) -> list[EntityType]:
    """Records whose fields equal the given values; `archived=None` gives archived ones too."""
    with workspace.read() as unit:
        return unit.find(cls, archived=archived, order=order, **equals)


def listed(
    workspace: Workspace, cls: type[EntityType], with_archived: bool, *, order: str = "", **equals: Any
) -> list[EntityType]:
    """Records for a list: those in use, or archived ones too."""
    return find(workspace, cls, archived=None if with_archived else False, order=order, **equals)


def add(workspace: Workspace, entity: Entity) -> Changes:
    """Store a new record. Raises `InvalidField`."""
    with workspace.write(f"add_{kind_name(type(entity))}", label_of(entity)) as unit:
        if getattr(entity, "position", None) == 0:  # a person's position is a word
            owner = _owner_field(type(entity))
            siblings = unit.find(type(entity), archived=None, **{owner: getattr(entity, owner)} if owner else {})
            if siblings:
                entity.__setattr__("position", max(getattr(sibling, "position", 0) for sibling in siblings) + 1)
        unit.add(entity)
    return workspace.last_changes


def change(workspace: Workspace, cls: type[Entity], id: UUID, /, **fields: Any) -> Changes:
    """Set fields of a record. Raises `InvalidField`, `NotFound`; a value that is there already changes nothing."""
    with workspace.read() as unit:
        entity = unit.get(cls, id)
    fields = {name: value for name, value in fields.items() if getattr(entity, name) != value}
    if not fields:
        return Changes()
    with workspace.write(f"change_{kind_name(cls)}", label_of(entity)) as unit:
        entity = unit.get(cls, id)
        for name, value in fields.items():
            setattr(entity, name, value)
    return workspace.last_changes


def archive(workspace: Workspace, cls: type[Entity], id: UUID) -> Changes:
    """Put a record away; it can be brought back."""
    return _set_archived(workspace, cls, id, True)


def restore(workspace: Workspace, cls: type[Entity], id: UUID) -> Changes:
    """Bring an archived record back."""
    return _set_archived(workspace, cls, id, False)


def delete(workspace: Workspace, cls: type[Entity], id: UUID) -> Changes:
    """Delete a record with all it owns; undo brings it back. Raises `CoCivicError` when others need it.

    A person's hours stay, as those of one head without a name, and so does a line in the register of certificates.
    """
    entity = get(workspace, cls, id)
    with workspace.write(f"delete_{kind_name(cls)}", label_of(entity)) as unit:
        entity = unit.get(cls, id)
        if isinstance(entity, Person):
            _take_name_off_hours(unit, entity)
            for line in unit.find(Certificate, archived=None, person_id=id):
                line.holder = NAMELESS
        unit.delete(entity)
    return workspace.last_changes


def reorder(workspace: Workspace, cls: type[Entity], ids: Sequence[UUID]) -> Changes:
    """Give records the positions 0, 1, 2 … in the order of `ids`."""
    with workspace.write(f"reorder_{kind_name(cls)}") as unit:
        for position, id in enumerate(ids):
            entity = unit.get(cls, id)
            if getattr(entity, "position", None) != position:
                entity.__setattr__("position", position)
    return workspace.last_changes


def _set_archived(workspace: Workspace, cls: type[Entity], id: UUID, archived: bool) -> Changes:
    entity = get(workspace, cls, id)
    with workspace.write(f"{'archive' if archived else 'restore'}_{kind_name(cls)}", label_of(entity)) as unit:
        unit.get(cls, id).archived = archived
    return workspace.last_changes


def _take_name_off_hours(unit: UnitOfWork, person: Person) -> None:
    """The role tells from now on whose time it was; where it would tell another side, a plainer word stands there."""
    ours = unit.first(Organisation, is_ours=True)
    side = side_of(person.kind, at_ours=ours is not None and person.organisation_id == ours.id)
    for entry in unit.find(HourEntry, archived=None, person_id=person.id):
        nameless_hours(entry, side)


def _owner_field(cls: type[Entity]) -> str:
    fields = cls.__dataclass_fields__.values()
    return next((field.name for field in fields if field.metadata.get("owned")), "")
