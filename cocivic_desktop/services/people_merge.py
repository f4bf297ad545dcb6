"""One person who is stored twice becomes one: what is taken from where is shown first, and it is one step of undo."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from cocivic_desktop.domain.activities import OccurrenceReply, Participation
from cocivic_desktop.domain.base import Entity, fold
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.goals import TeamMember
from cocivic_desktop.domain.hours import Attendance
from cocivic_desktop.domain.model_parts import BadgeAward, Candidate
from cocivic_desktop.domain.organisations import Consent, Person
from cocivic_desktop.domain.partnerships import PartnershipMember
from cocivic_desktop.domain.personal_data import HELD
from cocivic_desktop.domain.registry import ENTITIES, kind_name

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

FIELDS: Final = (
    "name", "kind", "organisation_id", "position", "email", "phone", "languages", "class_group", "birth_year",
    "hours_per_week", "active_from", "active_until", "remarks",
)  # fmt: skip
"""What two people are compared by, in this order."""
ONCE: Final[dict[type[Entity], tuple[str, ...]]] = {
    PartnershipMember: ("partnership_id",),
    Participation: ("activity_id",),
    OccurrenceReply: ("activity_id", "original_on"),
    Attendance: ("activity_id", "occurred_on"),
    Consent: ("purpose", "given_on", "withdrawn_on"),
    TeamMember: ("challenge_id",),
    Candidate: ("partnership_id",),
    BadgeAward: ("badge_id",),
}
"""Of these a person has one each; of two, the one of the person who stays is kept and filled up."""
SIMILAR: Final = 88
"""From this share of equal letters (0 to 100, rapidfuzz `token_sort_ratio`) two names are asked about."""


@dataclass
class FieldChoice:
    """One field of two people. `from_other` says whose value is taken; it may be changed."""

    name: str
    kept: Any
    other: Any
    from_other: bool = False

    @property
    def differs(self) -> bool:
        """Whether both say something, and not the same."""
        return bool(self.kept) and bool(self.other) and self.kept != self.other


@dataclass
class Merge:
    """What merging two people does. `follows` counts by kind what goes over, `doubled` what both had and one keeps."""

    keep: Person
    other: Person
    fields: list[FieldChoice]
    follows: Counter[str] = field(default_factory=Counter)
    doubled: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Twins:
    """Two people who may be one. `sure`: the same e-mail address, or the same name in one organisation."""

    first: Person
    second: Person
    sure: bool
    same_email: bool = False


def twins(workspace: Workspace) -> list[Twins]:
    """People who may stand twice in the list, the sure ones first. Students are not asked about by likeness."""
    with workspace.read() as unit:
        people = [one for one in unit.find(Person) if one.anonymised_on is None]
    found: dict[tuple[UUID, UUID], Twins] = {}
    for first, second, same_email in _same(people):
        found.setdefault((first.id, second.id), Twins(first, second, True, same_email))
    for first, second in _alike(people):
        found.setdefault((first.id, second.id), Twins(first, second, False))
    return sorted(found.values(), key=lambda one: (not one.sure, fold(one.first.name)))


def _same(people: list[Person]) -> Iterator[tuple[Person, Person, bool]]:
    by_email: dict[str, Person] = {}
    by_name: dict[tuple[str, UUID | None, str], Person] = {}
    for one in people:
        email = fold(one.email.strip())
        if email and email in by_email:
            yield by_email[email], one, True
        by_email.setdefault(email, one)
        name = (name_key(one.name), one.organisation_id, one.class_group)
        if name in by_name:
            yield by_name[name], one, False
        by_name.setdefault(name, one)


def _alike(people: list[Person]) -> Iterator[tuple[Person, Person]]:
    from rapidfuzz import fuzz, process

    named = [one for one in people if " " in one.name.strip()]
    keys = [name_key(one.name) for one in named]
    for number, one in enumerate(named):
        rest = keys[number + 1 :]
        for _, _, place in process.extract(
            keys[number], rest, scorer=fuzz.token_sort_ratio, score_cutoff=SIMILAR, limit=5
        ):
            other = named[number + 1 + place]
            if one.organisation_id in (None, other.organisation_id) or other.organisation_id is None:
                yield one, other


def name_key(name: str) -> str:
    """A name as it is compared: no accents, capitals or titles, "Brandt, Ada" like "Ada Brandt"."""
    family, comma, first = name.partition(",")
    words = fold(f"{first} {family}" if comma else name).replace(".", " ").split()
    return " ".join(
        word for word in words if word not in {"dr", "prof", "mr", "mrs", "ms", "herr", "frau", "sr", "sra"}
    )


def preview(workspace: Workspace, keep_id: UUID, other_id: UUID) -> Merge:
    """What would happen. Raises `NotFound`, and `BadInput` for one person or somebody anonymised."""
    with workspace.read() as unit:
        keep, other = unit.get(Person, keep_id), unit.get(Person, other_id)
        _check(keep, other)
        found = Merge(keep, other, [_choice(name, keep, other) for name in FIELDS])
        for entity, twin in _going_over(unit, keep.id, other.id):
            counts = found.follows if twin is None else found.doubled
            counts[kind_name(type(entity))] += 1
    return found


def merge(workspace: Workspace, keep_id: UUID, other_id: UUID, from_other: Mapping[str, bool] | None = None) -> Person:
    """Make two people one, as one step: everything of the other goes over, then the other is deleted.

    `from_other` says by field whose value is taken; without it empty fields are filled up and both remarks are kept.
    Raises `NotFound`, `BadInput`, `InvalidField`.
    """
    with workspace.read() as unit:
        label = unit.get(Person, keep_id).name
    with workspace.write("merge_people", label) as unit:
        keep, other = unit.get(Person, keep_id), unit.get(Person, other_id)
        _check(keep, other)
        for choice in [_choice(name, keep, other) for name in FIELDS]:
            if (from_other or {}).get(choice.name, choice.from_other):
                setattr(keep, choice.name, choice.other)
            elif choice.name == "remarks" and choice.differs:
                keep.remarks = f"{choice.kept}\n{choice.other}"
        for entity, twin in list(_going_over(unit, keep.id, other.id)):
            if twin is None:
                for link in HELD[type(entity)].links:
                    if getattr(entity, link) == other.id:
                        setattr(entity, link, keep.id)
            else:
                _fill_up(twin, entity)
        unit.flush()
        unit.delete(unit.get(Person, other_id))
    return keep


def _check(keep: Person, other: Person) -> None:
    if keep.id == other.id:
        raise BadInput("This is one person already. Choose two.")
    if keep.anonymised_on is not None or other.anonymised_on is not None:
        raise BadInput("Somebody who was anonymised cannot be merged: nobody knows who it was.")


def _choice(name: str, keep: Person, other: Person) -> FieldChoice:
    kept, others = getattr(keep, name), getattr(other, name)
    return FieldChoice(name, kept, others, from_other=not kept and bool(others))


def _going_over(unit: UnitOfWork, keep: UUID, other: UUID) -> Iterator[tuple[Entity, Entity | None]]:
    """Every record of the other person, with that of the kept person that says the same, if there is one."""
    for cls in ENTITIES:
        seen: set[UUID] = set()
        once = ONCE.get(cls)
        for link in HELD[cls].links:
            equals: dict[str, Any] = {link: other}
            theirs = unit.find(cls, archived=None, **equals)
            ours = {}
            if once and theirs:
                equals = {link: keep}
                ours = {_key(one, once): one for one in unit.find(cls, archived=None, **equals)}
            for entity in theirs:
                if entity.id not in seen:
                    seen.add(entity.id)
                    yield entity, ours.get(_key(entity, once)) if once else None


def _key(entity: Entity, names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(entity, name) for name in names)


def _fill_up(kept: Entity, other: Entity) -> None:
    """What is empty in the record that stays is taken from the one that goes."""
    for one in dataclasses.fields(kept):
        if one.name in Entity.__dataclass_fields__ or one.metadata.get("reference"):
            continue
        value = getattr(other, one.name)
        if value and not getattr(kept, one.name):
            setattr(kept, one.name, value)
