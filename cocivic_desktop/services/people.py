"""People as the coordinator's list shows them: who they are, where they belong, what they do; and whole classes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cocivic_desktop.domain.base import clean_text, fold
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.organisations import Organisation, Person, PersonKind
from cocivic_desktop.domain.partnerships import Partnership, PartnershipMember

if TYPE_CHECKING:
    from cocivic_desktop.domain.changes import Changes
    from cocivic_desktop.store.workspace import Workspace

LARGEST_CLASS: Final = 60
"""Students added at once."""


class Standing(StrEnum):
    """Whether somebody still takes part."""

    ACTIVE = "active"
    LEFT = "left"
    """Archived, anonymised, or `active_until` is over."""


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; None and "" mean all."""

    text: str = ""
    kind: PersonKind | None = None
    organisation_id: UUID | None = None
    class_group: str = ""
    partnership_id: UUID | None = None
    standing: Standing | None = Standing.ACTIVE


@dataclass
class People:
    """Everybody, with the names and roles that a list shows."""

    people: list[Person]
    organisations: dict[UUID, str] = field(default_factory=dict)
    partnerships: dict[UUID, str] = field(default_factory=dict)
    """Titles of those that are not archived."""
    roles: dict[UUID, list[PartnershipMember]] = field(default_factory=dict)
    """Roles by person, in partnerships that are not archived."""

    @property
    def classes(self) -> list[str]:
        """The classes and groups in use, in their order: 9b before 10a."""
        return sorted({one.class_group for one in self.people if one.class_group}, key=natural)

    def organisation(self, person: Person) -> str:
        """The name of the organisation that somebody belongs to."""
        return self.organisations.get(person.organisation_id, "") if person.organisation_id else ""

    def roles_text(self, person: Person) -> str:
        """Partnerships and roles in one line."""
        return ", ".join(
            f"{self.partnerships[one.partnership_id]}: {one.role}"
            if one.role
            else self.partnerships[one.partnership_id]
            for one in self.roles.get(person.id, [])
        )

    def wanted(self, wanted: Wanted, today: date) -> list[Person]:
        """Those that a list shows, by name; numbers in codes count as numbers."""
        words = fold(wanted.text).split()
        kept = [one for one in self.people if self._fits(one, wanted, today) and self._holds(one, words)]
        return sorted(kept, key=lambda one: natural(one.name))

    def _fits(self, one: Person, wanted: Wanted, today: date) -> bool:
        return (
            wanted.standing in (None, standing(one, today))
            and wanted.kind in (None, one.kind)
            and wanted.organisation_id in (None, one.organisation_id)
            and (not wanted.class_group or one.class_group == wanted.class_group)
            and (
                wanted.partnership_id is None
                or any(role.partnership_id == wanted.partnership_id for role in self.roles.get(one.id, []))
            )
        )

    def _holds(self, one: Person, words: Sequence[str]) -> bool:
        if not words:
            return True
        text = fold(
            f"{one.name} {one.position} {one.email} {one.class_group} {self.organisation(one)} {self.roles_text(one)}"
        )
        return all(word in text for word in words)


def read(workspace: Workspace) -> People:
    """Everybody, archived people too."""
    with workspace.read() as unit:
        partnerships = {one.id: one.title for one in unit.find(Partnership)}
        roles: dict[UUID, list[PartnershipMember]] = defaultdict(list)
        for one in unit.find(PartnershipMember):
            if one.partnership_id in partnerships:
                roles[one.person_id].append(one)
        return People(
            people=unit.find(Person, archived=None),
            organisations={one.id: one.short_name or one.name for one in unit.find(Organisation, archived=None)},
            partnerships=partnerships,
            roles=dict(roles),
        )


def standing(one: Person, today: date) -> Standing:
    """Whether somebody still takes part on a day."""
    over = one.active_until is not None and one.active_until < today
    return Standing.LEFT if one.archived or over or one.anonymised_on is not None else Standing.ACTIVE


def natural(text: str) -> tuple[tuple[bool, int, str], ...]:
    """A sort key that counts: "10b-2" before "10b-10"."""
    parts = re.findall(r"\d+|\D+", fold(text))
    return tuple((False, int(part), "") if part.isdecimal() else (True, 0, part) for part in parts)


# --- a whole class ------------------------------------------------------------------------------------------------


def codes(class_group: str, count: int, taken: Collection[str] = ()) -> list[str]:
    """Codes of a class, such as 10b-01 to 10b-24, going on after those that are taken."""
    stem = class_group.strip() or "S"
    used = {fold(one) for one in taken}
    found: list[str] = []
    number = 1
    while len(found) < count:
        code = f"{stem}-{number:02}"
        if fold(code) not in used:
            found.append(code)
        number += 1
    return found


def names_of_list(text: str) -> list[str]:
    """Names, initials or codes pasted from anywhere: one a line, or with commas, semicolons or tabs between."""
    lines = [line for line in clean_text(text).splitlines() if line.strip()]
    parts = lines if len(lines) > 1 else re.split(r"[,;\t]", text)
    cleaned = (re.sub(r"^\s*\d{1,2}[.)]\s+", "", part) for part in parts)
    return [" ".join(part.replace("\t", " ").split()) for part in cleaned if part.strip(" ,;\t\n")]


@dataclass(frozen=True)
class NewClass:
    """A class of students that is added at once. `names` are what stands for each student."""

    class_group: str
    names: Sequence[str]
    organisation_id: UUID | None = None
    partnership_id: UUID | None = None
    role: str = ""
    active_from: date | None = None


def add_class(workspace: Workspace, new: NewClass) -> list[UUID]:
    """Add the students of a class, as one step, and give them a part in a partnership if one is named.

    Raises `BadInput` when there is nobody, when there are too many, or when a name stands twice or is there already.
    """
    names = [name.strip() for name in new.names if name.strip()]
    if not names:
        raise BadInput("Nobody is named. Say how many students there are, or paste their initials.")
    if len(names) > LARGEST_CLASS:
        raise BadInput(f"{len(names)} students at once are too many; at most {LARGEST_CLASS}. Add them in parts.")
    with workspace.write("add_class", new.class_group) as unit:
        present = {
            fold(one.name)
            for one in unit.find(Person, archived=None, organisation_id=new.organisation_id)
            if one.class_group == new.class_group
        }
        for number, name in enumerate(names):
            if fold(name) in present or fold(name) in map(fold, names[:number]):
                raise BadInput(f"“{name}” stands twice in {new.class_group or 'the list'}. Add a letter or a number.")
        added = []
        for name in names:
            one = unit.add(
                Person(
                    name=name,
                    kind=PersonKind.STUDENT,
                    organisation_id=new.organisation_id,
                    class_group=new.class_group.strip(),
                    active_from=new.active_from,
                )
            )
            added.append(one.id)
            if new.partnership_id is not None:
                unit.add(PartnershipMember(partnership_id=new.partnership_id, person_id=one.id, role=new.role.strip()))
    return added


# --- several people at once ---------------------------------------------------------------------------------------


def set_class(workspace: Workspace, ids: Iterable[UUID], class_group: str) -> Changes:
    """Put people into another class or group, as one step. Raises `InvalidField`, `NotFound`."""
    with workspace.write("set_class", class_group) as unit:
        for id in ids:
            unit.get(Person, id).class_group = class_group.strip()
    return workspace.last_changes


def add_to_partnership(workspace: Workspace, ids: Iterable[UUID], partnership_id: UUID, role: str) -> int:
    """Give people a role in a partnership, as one step; who has one there keeps it. How many got one."""
    with workspace.write("add_to_partnership", role) as unit:
        there = {one.person_id for one in unit.find(PartnershipMember, archived=None, partnership_id=partnership_id)}
        new = [id for id in ids if id not in there]
        for id in new:
            unit.add(PartnershipMember(partnership_id=partnership_id, person_id=id, role=role.strip()))
    return len(new)


def end(workspace: Workspace, ids: Iterable[UUID], last_day: date) -> Changes:
    """Note the last day of people who leave, as one step."""
    with workspace.write("end_people") as unit:
        for id in ids:
            unit.get(Person, id).active_until = last_day
    return workspace.last_changes


def archive_left(workspace: Workspace, today: date, ids: Collection[UUID] | None = None) -> int:
    """Archive those whose last day is over, as one step; with `ids` only among these. How many were archived."""
    with workspace.read() as unit:
        left = [
            one.id
            for one in unit.find(Person)
            if one.active_until is not None and one.active_until < today and (ids is None or one.id in ids)
        ]
    return archive(workspace, left)


def archive(workspace: Workspace, ids: Collection[UUID]) -> int:
    """Archive people, as one step. How many."""
    if ids:
        with workspace.write("archive_people", str(len(ids))) as unit:
            for id in ids:
                unit.get(Person, id).archived = True
    return len(ids)
