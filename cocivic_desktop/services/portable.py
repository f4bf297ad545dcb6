"""Portable files: everything, or one partnership, as documented JSON; and merging such a file into a workspace.

Merging is all or nothing. Without a common base nobody can tell two edits of one record apart, so a record that
differs here and is not plainly older than the file's is a conflict, which a person decides.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from cocivic_desktop.domain.base import Entity, utc_now
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.organisations import Erasure, ErasureKind, Organisation, Person
from cocivic_desktop.domain.registry import ENTITIES, KINDS, kind_name
from cocivic_desktop.files import write_whole
from cocivic_desktop.services.portable_format import FORMAT, VERSION, content, decode, encode, fault, fields_of, parse
from cocivic_desktop.services.portable_scope import Records, class_named, everything, of_partnership, with_ids
from cocivic_desktop.services.privacy import erase_again, without_erased
from cocivic_desktop.services.records import label_of

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

LARGEST_FILE: Final = 256 * 1024 * 1024
"""Bytes of the largest file that is read."""


class OnConflict(StrEnum):
    """What to do when a record was changed here and in the file."""

    REFUSE = "refuse"
    KEEP = "keep"
    """The workspace's record stays."""
    TAKE = "take"
    """The file's record replaces it."""


@dataclass(frozen=True)
class ImportItem:
    """One record of an import. `fields` names what differs."""

    kind: str
    id: UUID
    title: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class ImportReport:
    """What an import does or, when `applied` is false, would do. Nothing is applied over undecided conflicts."""

    added: tuple[ImportItem, ...] = ()
    changed: tuple[ImportItem, ...] = ()
    same: tuple[ImportItem, ...] = ()
    conflicts: tuple[ImportItem, ...] = ()
    applied: bool = False
    changes: Changes = field(default_factory=Changes)
    erased: int = 0
    """People of the file who were anonymised or erased here, so that they were not taken; and people here who were in
    the file's workspace. In the second case the import cannot be undone."""

    @property
    def counts(self) -> dict[str, int]:
        """How many records of each outcome."""
        return {
            "added": len(self.added),
            "changed": len(self.changed),
            "same": len(self.same),
            "conflicts": len(self.conflicts),
        }


def to_portable(workspace: Workspace, partnership_id: UUID | None = None) -> dict[str, Any]:
    """The workspace, or one partnership with all that belongs to it, as portable data. Raises NotFound."""
    with workspace.read() as unit:
        records = everything(unit) if partnership_id is None else of_partnership(unit, partnership_id)
        return portable(
            (entity for by_id in records.values() for entity in by_id.values()), partnership_id=partnership_id
        )


def portable(entities: Iterable[Entity], *, partnership_id: UUID | None = None) -> dict[str, Any]:
    """Any records as portable data, parents first."""
    by_kind: dict[str, list[Entity]] = {kind: [] for kind in KINDS}
    for entity in entities:
        by_kind[kind_name(type(entity))].append(entity)
    return {
        "format": FORMAT,
        "version": VERSION,
        "exported_at": utc_now().isoformat(timespec="seconds"),
        "partnership": str(partnership_id) if partnership_id else None,
        "records": {
            kind: [encode(entity) for entity in sorted(found, key=lambda one: (one.created_at, one.id))]
            for kind, found in by_kind.items()
            if found
        },
    }


def export_json(
    workspace: Workspace, path: Path, partnership_id: UUID | None = None, *, force: bool = False
) -> dict[str, int]:
    """Write a portable file, whole or not at all, and give the number of records by kind.

    Raises NotFound, or BadInput when the file exists (without `force`) or cannot be written.
    """
    data = to_portable(workspace, partnership_id)
    text = json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False)
    write_whole(path, (text + "\n").encode("utf-8"), force=force)
    return {kind: len(found) for kind, found in data["records"].items()}


def import_json(
    workspace: Workspace, path: Path, dry_run: bool = False, on_conflict: OnConflict = OnConflict.REFUSE
) -> ImportReport:
    """Merge a portable file, as one undoable step. With `dry_run`, or over undecided conflicts, nothing changes.

    Raises BadInput for a file that cannot be used: what is wrong, where in the file, and what to do.
    """
    return import_records(workspace, read_portable(path), dry_run=dry_run, on_conflict=on_conflict, label=path.name)


def read_portable(path: Path) -> Records:
    """The records of a portable file. Raises BadInput."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadInput(f"“{path.name}” is larger than {LARGEST_FILE // 2**20} MB and was not read.")
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"“{path.name}” is not a text in UTF-8, so it is no portable file. Nothing was changed."
        ) from error
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise BadInput(f"“{path}” cannot be read ({reason}). Check the name and where it lies.") from error
    return read_records(parse(text, path.name))


def read_records(data: Any) -> Records:
    """The records in portable data, each checked by itself. Raises BadInput with the JSON path."""
    found = _lists(data)
    records: Records = {}
    places: dict[UUID, str] = {}
    for kind, cls in KINDS.items():
        for number, record in enumerate(found.get(kind, ())):
            place = f"$.records.{kind}[{number}]"
            entity = decode(kind, record, place)
            if entity.id in places:
                raise fault(f"{place}.id", f"stands already at {places[entity.id]}")
            places[entity.id] = place
            records.setdefault(cls, {})[entity.id] = entity
    return records


def _lists(data: Any) -> dict[str, list[Any]]:
    """The lists of records in a file, once its frame is sound."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise fault("$.format", f"must be “{FORMAT}”", "Please choose a file that Co-Civic Desktop has exported.")
    version = data.get("version")
    if isinstance(version, int) and not isinstance(version, bool) and version > VERSION:
        raise fault(
            "$.version", f"is {version}, newer than this program knows ({VERSION})", "Please update the program."
        )
    if version != VERSION:
        raise fault("$.version", f"must be {VERSION}")
    for name in data:
        if name not in ("format", "version", "exported_at", "partnership", "records"):
            raise fault(f"$.{name}", "is not known", "The file may come from a newer version.")
    found = data.get("records")
    if not isinstance(found, dict):
        raise fault("$.records", "must be an object with a list of records for each kind")
    for kind in found:
        if kind not in KINDS:
            raise fault(f"$.records.{kind}", "is not a kind of record", "The file may come from a newer version.")
        if not isinstance(found[kind], list):
            raise fault(f"$.records.{kind}", "must be a list of records")
    return found


def import_records(
    workspace: Workspace,
    records: Records,
    *,
    dry_run: bool = False,
    on_conflict: OnConflict = OnConflict.REFUSE,
    label: str = "",
) -> ImportReport:
    """Merge records. See `import_json`."""
    with workspace.read() as unit:
        not_taken = without_erased(records, unit.find(Erasure, archived=None))
        report = _compare(unit, records)
        _check_references(unit, records)
        to_erase = _erased_there(unit, records)
    report = replace(report, erased=not_taken + len(to_erase))
    if (
        dry_run
        or (report.conflicts and on_conflict is OnConflict.REFUSE)
        or not (report.added or report.changed or report.conflicts)
    ):
        return report
    with workspace.write("import_records", label, undoable=not to_erase) as unit:
        unit.execute("PRAGMA defer_foreign_keys = ON")  # records may refer to each other in a circle
        if to_erase:  # first, while the names are known that texts are searched for
            erase_again(unit, to_erase)
        else:
            report = replace(_compare(unit, records), erased=not_taken)
            _check_references(unit, records)
            if report.conflicts and on_conflict is OnConflict.REFUSE:
                return report
        _settle_ours(unit, records, on_conflict)
        added = {item.id for item in report.added} - {one.id for one in to_erase}
        taken = {item.id for item in report.changed}
        if on_conflict is OnConflict.TAKE:
            taken |= {item.id for item in report.conflicts} - added
        for cls in ENTITIES:
            here = records.get(cls, {})
            unit.insert_many(cls, [entity for entity in here.values() if entity.id in added])
            for entity in with_ids(unit, cls, taken & here.keys()):
                _overwrite(entity, here[entity.id])
    return replace(report, applied=True, changes=workspace.last_changes)


def _erased_there(unit: UnitOfWork, records: Records) -> list[Erasure]:
    """Erasures of the file that concern people who are here as they were."""
    done = {one.person_key: one for one in records.get(Erasure, {}).values() if isinstance(one, Erasure)}
    here = unit.find(Person, archived=None, id=list(done)) if done else []
    there = records.get(Person, {})
    return [
        done[one.id]
        for one in here
        if done[one.id].kind is ErasureKind.ERASED or (one.anonymised_on is None and one.id in there)
    ]


def _compare(unit: UnitOfWork, records: Records) -> ImportReport:
    added, changed, same, conflicts = [], [], [], []
    for cls, by_id in records.items():
        kind = kind_name(cls)
        present = {entity.id: entity for entity in with_ids(unit, cls, by_id)}
        for entity in by_id.values():
            title = label_of(entity)
            mine = present.get(entity.id)
            if mine is None:
                added.append(ImportItem(kind, entity.id, title))
                continue
            theirs, ours = content(entity), content(mine)
            fields = tuple(name for name in theirs if theirs[name] != ours[name])
            if not fields:
                same.append(ImportItem(kind, entity.id, title))
            elif entity.version > mine.version and entity.changed_at > mine.changed_at:
                changed.append(ImportItem(kind, entity.id, title, fields))
            else:
                conflicts.append(ImportItem(kind, entity.id, title, fields))
    ours_here, ours_there = _ours(unit), _ours_in(records)
    if ours_here and ours_there and ours_here.id != ours_there.id:
        conflicts.append(ImportItem("organisation", ours_there.id, ours_there.name, ("is_ours",)))
    return ImportReport(tuple(added), tuple(changed), tuple(same), tuple(conflicts))


def _check_references(unit: UnitOfWork, records: Records) -> None:
    """Every reference leads to a record of the file or of the workspace."""
    wanted: dict[str, dict[UUID, str]] = {}
    for cls, by_id in records.items():
        for name, described in fields_of(cls).items():
            if not described.reference:
                continue
            for number, entity in enumerate(by_id.values()):
                id = getattr(entity, name)
                if id is not None and id not in records.get(class_named(described.reference), {}):
                    place = f"$.records.{kind_name(cls)}[{number}].{name}"
                    wanted.setdefault(described.reference, {}).setdefault(id, place)
    for class_name, places in wanted.items():
        cls = class_named(class_name)
        present = {entity.id for entity in with_ids(unit, cls, places)}
        for id, place in places.items():
            if id not in present:
                raise fault(
                    place,
                    f"refers to a {kind_name(cls).replace('_', ' ')} ({id}) that is neither in the file nor here",
                    "Please export the file again with everything that belongs to it.",
                )


def _settle_ours(unit: UnitOfWork, records: Records, on_conflict: OnConflict) -> None:
    """One workspace belongs to one organisation: of two, the kept or the taken side's stays ours."""
    here, there = _ours(unit), _ours_in(records)
    if here is None or there is None or here.id == there.id:
        return
    loser = here if on_conflict is OnConflict.TAKE else there
    loser.is_ours = False


def _overwrite(mine: Entity, theirs: Entity) -> None:
    for name in content(theirs):
        value = getattr(theirs, name)
        if name != "id" and getattr(mine, name) != value:
            setattr(mine, name, value)


def _ours(unit: UnitOfWork) -> Organisation | None:
    return unit.first(Organisation, is_ours=True)


def _ours_in(records: Records) -> Organisation | None:
    found = records.get(Organisation, {}).values()
    return next((one for one in found if isinstance(one, Organisation) and one.is_ours), None)


def by_kind(items: Iterable[ImportItem]) -> dict[str, int]:
    """How many of the items are of each kind."""
    return dict(Counter(item.kind for item in items))
