"""Commands about people: list, import, export, anonymise, erase."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cocivic_desktop.cli_commands.common import (
    Answer,
    Session,
    command,
    force,
    group,
    hours,
    maybe_partnership,
    named,
    partnership,
    today,
    words,
)
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.organisations import ErasureKind, Organisation, Person, PersonKind

if TYPE_CHECKING:
    from cocivic_desktop.cli_commands.common import Commands
    from cocivic_desktop.services.people_list import ListedPerson
    from cocivic_desktop.services.privacy import Mention, Plan

_KINDS = [kind.value for kind in PersonKind]


def register(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add these commands."""
    about = group(commands, "people", "people, and what is held about them", shared)
    listing = command(about, "list", list_all, "who takes part", shared)
    listing.add_argument("--partnership", metavar="P")
    listing.add_argument("--organisation", metavar="O")
    listing.add_argument("--kind", choices=_KINDS)
    listing.add_argument("--class", dest="class_group", default="", metavar="CLASS")
    listing.add_argument("--standing", choices=["active", "left", "all"], default="active")
    reading = command(
        about, "import", import_people, "people from a table (CSV, XLSX) or an address book (vCard)", shared
    )
    reading.add_argument("file", type=Path)
    reading.add_argument("--sheet", metavar="NAME", help="the sheet of a workbook; else the first")
    reading.add_argument("--kind", choices=_KINDS, default="volunteer", help="where a row does not say")
    reading.add_argument("--organisation", metavar="O", help="where a row does not say")
    reading.add_argument("--partnership", metavar="P", help="all take part in it")
    reading.add_argument("--role", default="", help="as what they take part")
    reading.add_argument("--similar", action="store_true", help="also add those who look like others")
    reading.add_argument("--dry-run", action="store_true", help="only say what would happen")
    copying = command(about, "export", export, "a copy of everything held about a person", shared)
    copying.add_argument("person", metavar="PERSON")
    copying.add_argument("--out", type=Path, required=True, metavar="F.json|F.docx")
    copying.add_argument("--language", default="en", metavar="LANGUAGE")
    for name, kind, explained in (
        ("anonymise", ErasureKind.ANONYMISED, "take away who somebody is; hours and counts stay"),
        ("erase", ErasureKind.ERASED, "delete somebody for good; the sums of hours stay"),
    ):
        ending = command(about, name, take_out, f"{explained}; cannot be undone", shared)
        ending.add_argument("person", metavar="PERSON")
        ending.add_argument("--dry-run", action="store_true", help="only say what goes and what stays")
        ending.set_defaults(kind=kind)


def list_all(session: Session, args: argparse.Namespace) -> Answer:
    """People by name."""
    from cocivic_desktop.services import people
    from cocivic_desktop.services.people import Standing, Wanted

    found = people.read(session.workspace)
    wanted = Wanted(
        kind=PersonKind(args.kind) if args.kind else None,
        organisation_id=named(session, Organisation, args.organisation).id if args.organisation else None,
        class_group=args.class_group,
        partnership_id=maybe_partnership(session, args.partnership),
        standing=None if args.standing == "all" else Standing(args.standing),
    )
    day = today()
    rows = [
        {
            "id": one.id, "name": one.name, "kind": one.kind, "organisation": found.organisation(one),
            "class": one.class_group, "email": one.email, "active_from": one.active_from,
            "active_until": one.active_until, "standing": people.standing(one, day),
            "anonymised_on": one.anonymised_on,
            "roles": [
                {"partnership": role.partnership_id, "title": found.partnerships[role.partnership_id],
                 "role": role.role, "is_contact": role.is_contact}
                for role in found.roles.get(one.id, [])
            ],
        }
        for one in found.wanted(wanted, day)
    ]  # fmt: skip
    lines = [
        f"{str(row['id'])[:8]}  {row['name']:<28} {words(row['kind']):<11} {row['class']:<8} {row['organisation']}"
        for row in rows
    ]
    return Answer({"people": rows}, lines or ["Nobody is here. Import people, or ask for --standing all."])


def import_people(session: Session, args: argparse.Namespace) -> Answer:
    """Take people from a file: all or nothing."""
    from cocivic_desktop.services import people_list
    from cocivic_desktop.services.listed import Choice, Finding
    from cocivic_desktop.services.people_list import Defaults

    read = people_list.read_file(args.file)
    if read.book is not None:
        sheets = [one for one in read.book.sheets if args.sheet in (None, one.name)]
        if not sheets:
            there = ", ".join(one.name for one in read.book.sheets)
            raise BadInput(f"{args.file.name} has no sheet “{args.sheet}”. There are: {there}.")
        found = people_list.rows_of(sheets[0], people_list.find_layout(sheets[0].rows))
    else:
        found = read.cards
    defaults = Defaults(
        kind=PersonKind(args.kind),
        organisation_id=named(session, Organisation, args.organisation).id if args.organisation else None,
        partnership_id=partnership(session, args.partnership).id if args.partnership else None,
        role=args.role,
    )
    rows = people_list.compare(found, people_list.known(session.workspace), defaults)
    for row in rows:
        if args.similar and row.finding is Finding.SIMILAR:
            row.choice = Choice.ADD
    chosen = [row for row in rows if row.choice is not Choice.LEAVE_OUT]
    data: dict[str, Any] = {
        "applied": bool(chosen) and not args.dry_run,
        "rows": [_listed(row) for row in rows],
        "counts": dict(Counter(row.choice.value for row in rows)),
    }
    if data["applied"]:
        taken = people_list.store(session.workspace, rows, defaults)
        data |= {"added": taken.added, "updated": taken.updated}
    lines = [f"row {row.line:>4}  {words(row.choice):<9}  {row.name}{_why(row)}" for row in rows]
    verb = "would be" if args.dry_run else "were"
    return Answer(data, [*lines, f"{len(chosen)} of {len(rows)} people {verb} taken."])


def export(session: Session, args: argparse.Namespace) -> Answer:
    """Everything that is held about a person, as data or to read."""
    from cocivic_desktop.services import people_copy

    one = _person(session, args.person)
    path = people_copy.write(session.workspace, one.id, args.out, args.language, today(), force=force(args))
    return Answer({"id": one.id, "file": path}, [f"What is held about {one.name} is in {path}."])


def take_out(session: Session, args: argparse.Namespace) -> Answer:
    """Anonymise or erase a person. Without --force it only says what would happen: exit 1, and nothing is changed."""
    from cocivic_desktop.services import privacy

    kind: ErasureKind = args.kind
    one = _person(session, args.person)
    found = privacy.plan(session.workspace, one.id, kind, today())
    data = {
        "id": one.id, "kind": kind, "applied": False, "goes": dict(found.goes), "loses_link": dict(found.loses_link),
        "hours": found.hours, "minutes": found.minutes, "replaced": found.replaced, "kept": found.kept,
        "look_at": found.look_at,
    }  # fmt: skip
    lines = _plan_lines(found)
    if args.dry_run:
        return Answer(data, [*lines, "Nothing was changed."])
    if not force(args):
        return Answer(data, [*lines, "This cannot be undone. Nothing was changed; add --force to do it."], code=1)
    done = privacy.carry_out(session.workspace, [one.id], kind, today())
    holding = [backup.path for backup in done.still_holding]
    data |= {"applied": True, "backup": done.backup.path, "backups_that_hold": holding}
    told = [f"Done. Backups that still hold the person: {len(holding)}. Restoring one does this again."]
    return Answer(data, [*lines, *told, *(f"  {path}" for path in holding)])


def _person(session: Session, word: str) -> Person:
    """The person whom a name or the start of an id names, archived or not."""
    from cocivic_desktop.services.records import find

    found = [one for one in find(session.workspace, Person, archived=None) if str(one.id) == word.strip()]
    if found:
        return found[0]
    archived = [one for one in find(session.workspace, Person, archived=True) if one.name == word]
    return archived[0] if len(archived) == 1 else named(session, Person, word)


def _plan_lines(found: Plan) -> list[str]:
    lines = [f"goes     {count} {words(kind)}" for kind, count in found.goes.items()]
    if found.kind is ErasureKind.ERASED:
        lines.insert(0, "goes     the person")
    lines += [f"stays    {count} {words(kind)}, without the name" for kind, count in found.loses_link.items()]
    if found.hours:
        lines.append(f"stays    {hours(found.minutes)} h in {found.hours} entries")
    lines += [f"changed  {_mention(one)}: the name is taken out" for one in found.replaced]
    lines += [f"kept     {_mention(one)}: part of an agreement" for one in found.kept]
    return [*lines, *(f"look at  {_mention(one)}: holds a part of the name" for one in found.look_at)]


def _mention(one: Mention) -> str:
    return f"{words(one.kind)} “{one.title}” ({words(one.field)})"


def _listed(row: ListedPerson) -> dict[str, Any]:
    return {
        "line": row.line, "values": row.values, "finding": row.finding, "reason": row.reason, "choice": row.choice,
        "person": row.known_id, "same_line": row.same_line, "fills": row.fills, "remarks": row.remarks,
    }  # fmt: skip


def _why(row: ListedPerson) -> str:
    facts = [words(row.finding)] if row.finding.value != "new" else []
    facts += [words(row.reason)] if row.reason is not None else []
    facts += [f"{words(one.field)} {words(one.code)}" for one in row.remarks]
    return f"  ({', '.join(facts)})" if facts else ""
