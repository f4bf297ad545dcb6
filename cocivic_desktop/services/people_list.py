"""Taking people from a table or an address book: read, compare with who is there, show, and store all or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.organisations import Organisation, Person, PersonKind
from cocivic_desktop.domain.partnerships import PartnershipMember
from cocivic_desktop.services.listed import Choice, Finding, Listed, chosen_of
from cocivic_desktop.services.people_merge import SIMILAR, name_key
from cocivic_desktop.tables.columns import Layout
from cocivic_desktop.tables.people_file import COLUMNS, PersonField, ReadPerson, read_people
from cocivic_desktop.tables.school_list import plain_name
from cocivic_desktop.tables.spreadsheet import MAX_BYTES, Book, Sheet, open_book
from cocivic_desktop.tables.vcard import is_vcard, read_cards

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

__all__ = [
    "Defaults",
    "ListedPerson",
    "PersonField",
    "Read",
    "Reason",
    "Taken",
    "compare",
    "known",
    "read_file",
    "store",
]

NOT_FILLED: Final = frozenset({"name", "kind", "organisation"})
"""Never filled up in somebody who is there."""


class Reason(StrEnum):
    """Why two are held for the same."""

    EMAIL = "email"
    NAME_AND_ORGANISATION = "name_and_organisation"
    NAME = "name"
    """The same name; one of the organisations is not known, or another one."""
    SIMILAR_NAME = "similar_name"


_SURE: Final = (Reason.EMAIL, Reason.NAME_AND_ORGANISATION)


class ListedPerson(Listed):
    """A row or card that is a person."""


@dataclass(frozen=True)
class Defaults:
    """What holds for rows that say nothing of it, and where all who are taken get a part."""

    kind: PersonKind = PersonKind.VOLUNTEER
    organisation_id: UUID | None = None
    partnership_id: UUID | None = None
    role: str = ""


@dataclass(frozen=True)
class Read:
    """A file: the sheets of a table, or the cards of an address book."""

    book: Book | None = None
    cards: list[ReadPerson] = field(default_factory=list)


@dataclass(frozen=True)
class Taken:
    """What an import has done. `organisations` are names that rows gave and that nobody here has."""

    added: list[UUID] = field(default_factory=list)
    updated: list[UUID] = field(default_factory=list)
    left_out: int = 0


@dataclass(frozen=True)
class Known:
    """Whom rows are compared with."""

    people: list[Person]
    organisations: list[Organisation]


def read_file(path: Path) -> Read:
    """A CSV, XLSX or vCard file, whatever its name says; call it off the GUI thread.

    Raises `BadInput`: what is wrong and what to do.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(MAX_BYTES + 1)
    except OSError:
        head = b""  # `open_book` says it better
    if is_vcard(head):
        return Read(cards=read_cards(head))
    return Read(book=open_book(path))


find_layout, layout_with_headings = COLUMNS.find, COLUMNS.with_headings


def known(workspace: Workspace) -> Known:
    """Everybody who is not anonymised, archived people too, and all organisations."""
    with workspace.read() as unit:
        people = [one for one in unit.find(Person, archived=None) if one.anonymised_on is None]
        return Known(people, unit.find(Organisation, archived=None))


def rows_of(sheet: Sheet, layout: Layout[PersonField]) -> list[ReadPerson]:
    """The people of a sheet. Raises `BadInput` when no column holds a name."""
    if not COLUMNS.names(layout):
        raise BadInput("Say which column holds the names of the people.")
    return read_people(sheet.rows, layout)


def compare(
    read: Sequence[ReadPerson], known: Known, defaults: Defaults, check: Callable[[], None] = lambda: None
) -> list[ListedPerson]:
    """What each row is, with a choice proposed. `check` is called often and may raise to stop."""
    places = {plain_name(name): one.id for one in known.organisations for name in (one.short_name, one.name) if name}
    there, before = _Index(), _Index()
    for person in known.people:
        there.add(_Facts(person.name, person.email, person.organisation_id, person.class_group), person)
    found = []
    for one in read:
        check()
        listed = ListedPerson(one.line, dict(one.values), list(one.remarks))
        listed.values.setdefault("kind", defaults.kind)
        place = _place(listed, places, defaults)
        values = listed.values
        facts = _Facts(listed.name, str(values.get("email", "")), place, str(values.get("class_group", "")))
        if listed.name:
            _judge(listed, facts, there, before)
        else:
            listed.lack_name()
        if listed.finding not in (Finding.NO_NAME, Finding.TWICE):
            before.add(facts, listed)
        found.append(listed)
    return found


def store(workspace: Workspace, rows: Sequence[ListedPerson], defaults: Defaults) -> Taken:
    """Do what was chosen for every row: one step of undo, all of it or nothing.

    Raises `BadInput` when nothing is chosen, `NotFound` when somebody has been deleted meanwhile, `InvalidField`.
    """
    chosen = chosen_of(rows)
    taken = Taken(left_out=len(rows) - len(chosen))
    by_line: dict[int, UUID] = {}
    with workspace.write("import_people", str(len(chosen))) as unit:
        for row in chosen:
            person_id = row.known_id if row.choice is Choice.UPDATE else None
            if row.choice is Choice.UPDATE and person_id is None and row.same_line is not None:
                person_id = by_line.get(row.same_line)
            if person_id is None:
                person = unit.add(Person(**_fields(row, defaults)))
                taken.added.append(person.id)
            else:
                person = unit.get(Person, person_id)
                for name in empty_fields(person, row.values):
                    setattr(person, name, row.values[name])
                if person.id not in (*taken.added, *taken.updated):
                    taken.updated.append(person.id)
            by_line[row.line] = person.id
        if defaults.partnership_id is not None:
            _give_role(unit, [*taken.added, *taken.updated], defaults.partnership_id, defaults.role)
    return taken


def empty_fields(person: Person, values: dict[str, Any]) -> tuple[str, ...]:
    """The fields that are empty of somebody and that a row knows."""
    return tuple(
        name for name, value in values.items() if value and name not in NOT_FILLED and not getattr(person, name, True)
    )


def _fields(row: ListedPerson, defaults: Defaults) -> dict[str, Any]:
    fields = {name: value for name, value in row.values.items() if name != "organisation"}
    fields.setdefault("organisation_id", defaults.organisation_id)
    return fields


def _give_role(unit: UnitOfWork, ids: Sequence[UUID], partnership_id: UUID, role: str) -> None:
    there = {one.person_id for one in unit.find(PartnershipMember, archived=None, partnership_id=partnership_id)}
    for id in ids:
        if id not in there:
            unit.add(PartnershipMember(partnership_id=partnership_id, person_id=id, role=role))


# --- comparing ------------------------------------------------------------------------------------------------------


def _place(listed: ListedPerson, places: dict[str, UUID], defaults: Defaults) -> UUID | None:
    """The organisation of a row; a name that nobody here has is kept among the remarks of the person."""
    name = str(listed.values.get("organisation", ""))
    found = places.get(plain_name(name)) if name else None
    if name and found is None:
        present = listed.values.get("remarks", "")
        listed.values["remarks"] = f"{present}\n{name}" if present else name
    if found is not None:
        listed.values["organisation_id"] = found
    return found or defaults.organisation_id


def _judge(listed: ListedPerson, facts: _Facts, there: _Index, before: _Index) -> None:
    """Say what a row is, and propose what to do with it."""
    earlier, present = before.find(facts), there.find(facts)
    if earlier is not None and (earlier[0] in _SURE or present is None):
        listed.is_row(earlier[1], earlier[0], sure=earlier[0] in _SURE)
    elif present is not None:
        reason, person = present
        fills = empty_fields(person, listed.values)
        listed.is_known(person.id, person.name, reason, fills, sure=reason in _SURE)


@dataclass(frozen=True)
class _Facts:
    """What people are told apart by."""

    name: str
    email: str
    place: UUID | None
    class_group: str

    def other_class(self, other: _Facts) -> bool:
        """Whether both are in a class, and not in the same: initials come again in every class."""
        return bool(self.class_group and other.class_group) and fold(self.class_group) != fold(other.class_group)


class _Index:
    """People to be found again by address, name and likeness."""

    def __init__(self) -> None:
        self._by_email: dict[str, Any] = {}
        self._by_name: dict[str, list[tuple[_Facts, Any]]] = defaultdict(list)

    def add(self, facts: _Facts, what: Any) -> None:
        if facts.email.strip():
            self._by_email.setdefault(fold(facts.email.strip()), what)
        self._by_name[name_key(facts.name)].append((facts, what))

    def find(self, facts: _Facts) -> tuple[Reason, Any] | None:
        """The best match and why; None where there is none."""
        known = self._by_email.get(fold(facts.email.strip())) if facts.email.strip() else None
        if known is not None:
            return Reason.EMAIL, known
        namesakes = [one for one in self._by_name.get(name_key(facts.name), []) if not facts.other_class(one[0])]
        for other, what in namesakes:
            if facts.place is not None and other.place == facts.place:
                return Reason.NAME_AND_ORGANISATION, what
        return (Reason.NAME, namesakes[0][1]) if namesakes else self._alike(facts)

    def _alike(self, facts: _Facts) -> tuple[Reason, Any] | None:
        """A name that is nearly the same. Codes and initials are never alike."""
        key = name_key(facts.name)
        if key in self._by_name or " " not in key or any(letter.isdigit() for letter in key):
            return None
        from rapidfuzz import fuzz, process

        found = process.extractOne(key, self._by_name.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=SIMILAR)
        return (Reason.SIMILAR_NAME, self._by_name[found[0]][0][1]) if found else None
