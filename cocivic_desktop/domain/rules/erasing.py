"""Taking a person out of the records, by the table of personal data; over plain data, wherever the records come from.

Anonymised, a person stays as somebody without a name: hours, roles and attendance still count for one head. Erased,
the person goes with all that is only theirs, and their hours stay as those of one head without a name.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from typing import Any, Final
from uuid import UUID

from cocivic_desktop.domain.base import Entity, Side, fold
from cocivic_desktop.domain.hours import Certificate, HourEntry
from cocivic_desktop.domain.organisations import ErasureKind, Person
from cocivic_desktop.domain.partnership_view import side_of
from cocivic_desktop.domain.partnerships import PartnershipMember
from cocivic_desktop.domain.personal_data import HELD, is_owned_by_person

NAMELESS: Final = "N. N."
"""Stands for a name that was taken out (nomen nominandum): the same in every language."""
_FREE: Final = frozenset({"remark", "remarks", "reply_remark", "motivation", "evidence"})
"""Words about one person in which another may be named. A guardian's name stays: it proves somebody else's consent."""
ROLES: Final = {Side.CSO: "staff", Side.SCHOOL: "teacher", Side.LEARNERS: "student"}
"""Roles that tell the side of a head count."""


class Fate(StrEnum):
    """What becomes of a record."""

    STAYS = "stays"
    CHANGED = "changed"
    GOES = "goes"


@dataclass(frozen=True)
class Subject:
    """A person who is to be anonymised or erased. `side` tells whose time the hours are."""

    key: UUID
    name: str
    kind: ErasureKind
    done_on: date
    side: Side = Side.LEARNERS

    @property
    def code(self) -> str:
        """What stands where the name was; the same on every computer."""
        return f"{NAMELESS} {self.key.hex[:4].upper()}" if self.kind is ErasureKind.ANONYMISED else NAMELESS


def subject_of(person: Person, kind: ErasureKind, done_on: date, *, at_ours: bool) -> Subject:
    """The facts about a person that erasing needs."""
    return Subject(person.id, person.name, kind, done_on, side_of(person.kind, at_ours=at_ours))


def is_telling(name: str) -> bool:
    """Whether a name can be looked for in texts: first and last name, or a code with a number.

    A first name alone, or initials, would hit others and ordinary words.
    """
    words = re.findall(r"[^\W_]+", name)
    long_enough = sum(map(len, words)) >= 5
    return long_enough and (sum(len(word) > 1 for word in words) > 1 or any(c.isdigit() for c in name))


def name_pattern(name: str) -> re.Pattern[str]:
    """Finds a name in a text, whatever its capitals and spaces; never inside another word."""
    words = r"\s+".join(re.escape(word) for word in name.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def mentions(value: Any, pattern: re.Pattern[str]) -> bool:
    """Whether a text, or one inside a list, a table or an item of an agenda, holds a name."""
    return bool(replaced(value, pattern, "") != value)


def replaced(value: Any, pattern: re.Pattern[str], code: str) -> Any:
    """The value with the name taken out of each of its texts; the same object where there is none."""
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return pattern.sub(code, value)
    if isinstance(value, list):
        return [replaced(item, pattern, code) for item in value]
    if isinstance(value, dict):
        return {key: replaced(item, pattern, code) for key, item in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {one.name: replaced(getattr(value, one.name), pattern, code) for one in dataclasses.fields(value)}
        return dataclasses.replace(value, **fields)
    return value


def concerns(entity: Entity, key: UUID) -> bool:
    """Whether a record is the person, or refers to them."""
    held = HELD[type(entity)]
    return entity.id == key or any(getattr(entity, link) == key for link in held.links)


def scrub(entity: Entity, subject: Subject) -> Fate:
    """Take a person out of one record, in place, and say whether it stays. Doing it again changes nothing."""
    if isinstance(entity, Person) and entity.id == subject.key:
        return _scrub_person(entity, subject)
    held = HELD[type(entity)]
    erased = subject.kind is ErasureKind.ERASED
    links = [link for link in held.links if getattr(entity, link) == subject.key]
    if links and (held.anonymising_deletes or (erased and any(is_owned_by_person(type(entity), one) for one in links))):
        return Fate.GOES
    fields: dict[str, Any] = dict.fromkeys(links) if erased else {}
    if "person_id" in links:
        fields |= _about_emptied(entity, subject)
    fields |= _names_taken_out(entity, subject, fields)
    changed = _set(entity, fields)
    if isinstance(entity, HourEntry) and erased and links:
        nameless_hours(entity, subject.side)
    return Fate.CHANGED if changed else Fate.STAYS


def _about_emptied(entity: Entity, subject: Subject) -> dict[str, Any]:
    """What is to stand in the fields that say something about the person."""
    fields = {name: _empty(entity, name) for name in HELD[type(entity)].about}
    if isinstance(entity, Certificate):
        fields["holder"] = subject.code
    if isinstance(entity, PartnershipMember):
        fields["is_contact"] = False
    return fields


def _names_taken_out(entity: Entity, subject: Subject, settled: Collection[str]) -> dict[str, Any]:
    """The texts of a record that name the person, without the name."""
    if not is_telling(subject.name):
        return {}
    pattern = name_pattern(subject.name)
    texts = {name: getattr(entity, name) for name in naming_fields(type(entity)) if name not in settled}
    return {name: replaced(text, pattern, subject.code) for name, text in texts.items() if mentions(text, pattern)}


def _set(entity: Entity, fields: dict[str, Any]) -> bool:
    """Set what is different; whether anything was."""
    changed = {name: value for name, value in fields.items() if getattr(entity, name) != value}
    for name, value in changed.items():
        setattr(entity, name, value)
    return bool(changed)


def naming_fields(cls: type[Entity]) -> tuple[str, ...]:
    """The texts of a class from which a name is taken out."""
    held = HELD[cls]
    return (*held.naming, *(name for name in held.about if name in _FREE))


def nameless_hours(entry: HourEntry, side: Side) -> None:
    """Make an entry that of one head. The role tells from now on whose time it was, so it never tells another side."""
    entry.person_id, entry.head_count = None, 1
    if side_of(None, entry.role) is not side:
        entry.role = ROLES[side]


def _scrub_person(person: Person, subject: Subject) -> Fate:
    if subject.kind is ErasureKind.ERASED:
        return Fate.GOES
    fields = {name: _empty(person, name) for name in HELD[Person].about}
    fields |= {"name": subject.code, "archived": True, "anonymised_on": person.anonymised_on or subject.done_on}
    return Fate.CHANGED if _set(person, fields) else Fate.STAYS


def _empty(entity: Entity, name: str) -> Any:
    """An empty value of a field's type."""
    present = getattr(entity, name)
    field = entity.__dataclass_fields__[name]
    if isinstance(present, str):
        return ""
    if isinstance(present, list | dict):
        return type(present)()
    return field.default if field.default is not dataclasses.MISSING else None


def parts_of(name: str) -> list[str]:
    """Single words of a name that may still stand in texts, folded: to be looked for by a person."""
    return [word for word in re.findall(r"[^\W\d_]{3,}", fold(name)) if len(word) > 2]
