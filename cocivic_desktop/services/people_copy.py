"""A copy of everything that the workspace holds about one person, as JSON or to read (GDPR Art. 15 and 20).

The JSON is complete: every record that refers to the person, as in the portable format, and every text that names
them. The document says the same in words, with what it is held for and how long.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cocivic_desktop.domain.activities import Activity
from cocivic_desktop.domain.base import Entity, fold, utc_now
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.goals import Challenge
from cocivic_desktop.domain.model_parts import Badge
from cocivic_desktop.domain.organisations import ErasureKind, Organisation, Person
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.personal_data import HELD
from cocivic_desktop.domain.registry import ENTITIES, kind_name
from cocivic_desktop.files import write_whole
from cocivic_desktop.library.files import languages
from cocivic_desktop.services import organisation_files
from cocivic_desktop.services.portable_format import encode
from cocivic_desktop.services.privacy import Mention, plan
from cocivic_desktop.services.records import label_of

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

FORMAT = "co-civic copy of personal data"
VERSION = 1


def records_of(unit: UnitOfWork, person_id: UUID) -> dict[type[Entity], list[Entity]]:
    """Every record that refers to a person, by class, in the order of the domain."""
    found: dict[type[Entity], dict[UUID, Entity]] = defaultdict(dict)
    for cls in ENTITIES:
        for link in HELD[cls].links:
            equals: dict[str, Any] = {link: person_id}
            for entity in unit.find(cls, archived=None, **equals):
                found[cls][entity.id] = entity
    return {cls: list(by_id.values()) for cls, by_id in found.items()}


def counts(workspace: Workspace, person_id: UUID) -> Counter[str]:
    """How many records refer to a person, by kind."""
    found: Counter[str] = Counter()
    with workspace.read() as unit:
        for cls in ENTITIES:
            for link in HELD[cls].links:
                equals: dict[str, Any] = {link: person_id}
                count = unit.count(cls, archived=None, **equals)
                if count:
                    found[kind_name(cls)] += count
    return found


def as_data(workspace: Workspace, person_id: UUID, today: date) -> dict[str, Any]:
    """Everything as JSON data. Raises `NotFound`."""
    named = _mentions(workspace, person_id, today)
    with workspace.read() as unit:
        person = unit.get(Person, person_id)
        records = records_of(unit, person_id)
        kinds: list[type[Entity]] = [Person, *records]
        return {
            "format": FORMAT,
            "version": VERSION,
            "exported_at": utc_now().isoformat(timespec="seconds"),
            "person": encode(person),
            "organisation": _organisation(unit, person),
            "records": {kind_name(cls): [encode(one) for one in found] for cls, found in records.items()},
            "named_in": [
                {"kind": one.kind, "id": str(one.id), "title": one.title, "field": one.field} for one in named
            ],
            "held_for": {
                kind_name(cls): {"purpose": HELD[cls].purpose, "retention": HELD[cls].retention} for cls in kinds
            },
        }


def write(
    workspace: Workspace, person_id: UUID, path: Path | str, language: str, today: date, *, force: bool = False
) -> Path:
    """Write the copy to a file: JSON, or a document where the name ends in .docx. Gives where it is.

    Raises `BadInput` for another ending, a language that documents are not written in, for a file that is there
    (unless `force`) or cannot be written; `NotFound`.
    """
    path = Path(path)
    if path.suffix.lower() == ".json":
        text = json.dumps(as_data(workspace, person_id, today), ensure_ascii=False, indent=1, allow_nan=False)
        return write_whole(path, (text + "\n").encode("utf-8"), force=force)
    if path.suffix.lower() != ".docx":
        raise BadInput(f"“{path.name}” must end in .docx (to read) or .json (as data). Nothing was written.")
    known = languages("documents")
    if language not in known:
        raise BadInput(f"Documents are not written in “{language}”. There are: {', '.join(known)}.")
    from cocivic_desktop.documents.person_copy import CopyFacts, person_copy
    from cocivic_desktop.documents.plain_docx import write_simple

    named = _mentions(workspace, person_id, today)
    with workspace.read() as unit:
        person = unit.get(Person, person_id)
        records = records_of(unit, person_id)
        ours = unit.first(Organisation, is_ours=True)
        titles = _titles(unit, records)
        facts = CopyFacts(
            person=person,
            organisation=_organisation(unit, person),
            holder=ours.name if ours is not None else "",
            contact=ours.email if ours is not None else "",
            as_of=today,
            records=records,
            titles=titles,
            named_in=[(one.kind, one.title, one.field) for one in named],
            letterhead_file=organisation_files.letterhead(workspace),
        )
    return write_simple(person_copy(facts, language), path, force=force)


def file_stem(person: Person) -> str:
    """A file name from a name, for any system."""
    return re.sub(r"[^a-z0-9]+", "-", fold(person.name)).strip("-")[:40] or "person"


def _mentions(workspace: Workspace, person_id: UUID, today: date) -> list[Mention]:
    found = plan(workspace, person_id, ErasureKind.ERASED, today)
    return [*found.replaced, *found.kept]


def _organisation(unit: UnitOfWork, person: Person) -> str:
    return unit.get(Organisation, person.organisation_id).name if person.organisation_id else ""


def _titles(unit: UnitOfWork, records: dict[type[Entity], list[Entity]]) -> dict[UUID, str]:
    """The titles of partnerships, activities, challenges and badges that the records belong to."""
    wanted: dict[type[Entity], set[UUID]] = {Partnership: set(), Activity: set(), Challenge: set(), Badge: set()}
    for found in records.values():
        for entity in found:
            for cls, ids in wanted.items():
                id = getattr(entity, f"{kind_name(cls)}_id", None)
                if id is not None:
                    ids.add(id)
    return {
        one.id: label_of(one)
        for cls, ids in wanted.items()
        if ids
        for one in unit.find(cls, archived=None, id=sorted(ids))
    }
