"""Commands about the workspace as a whole: demo, info, check, import, export, backup, backups, restore."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cocivic_desktop import __version__
from cocivic_desktop.cli_commands.common import Answer, Session, command, force, maybe_partnership, not_yet, today
from cocivic_desktop.domain.errors import BadInput, InvalidField
from cocivic_desktop.domain.registry import ENTITIES, kind_name
from cocivic_desktop.files import present

if TYPE_CHECKING:
    from cocivic_desktop.cli_commands.common import Commands


def register(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add these commands."""
    command(commands, "demo", demo, "write the sample workspace", shared).add_argument("file", type=Path)
    command(commands, "info", info, "version, schema, counts, size, last backup", shared)
    command(commands, "check", check, "integrity and consistency of the workspace", shared)
    merging = command(commands, "import", import_file, "merge a portable file, all or nothing", shared)
    merging.add_argument("file", type=Path)
    merging.add_argument("--dry-run", action="store_true", help="only say what would happen")
    merging.add_argument(
        "--on-conflict", choices=("refuse", "keep", "take"), default="refuse",
        help="what was changed here and in the file: refuse everything (default), keep mine, or take the file's",
    )  # fmt: skip
    writing = command(commands, "export", export_file, "write everything, or one partnership, portable", shared)
    writing.add_argument("file", type=Path)
    writing.add_argument("--partnership", metavar="P")
    command(commands, "backup", backup, "make a backup now", shared)
    command(commands, "backups", list_backups, "the backups there are, newest first", shared)
    command(commands, "restore", restore, "go back to a backup", shared).add_argument("backup")
    not_yet(commands, "report", "the evaluation report", shared)


def demo(_session: Session, args: argparse.Namespace) -> Answer:
    """Write the sample workspace: whole or not at all."""
    from cocivic_desktop.services.sample import create_sample
    from cocivic_desktop.store.workspace import Workspace

    path = Path(args.file).absolute()
    if present(path):
        if not force(args):
            raise BadInput(f"“{path}” exists already. Choose another name, or use --force to replace it.")
        Workspace.open(path).close()  # only a workspace that nobody has open is replaced
    if not path.parent.is_dir():
        raise BadInput(f"The folder “{path.parent}” does not exist. Make it first, or choose another.")
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        with Workspace.create(part) as workspace:
            create_sample(workspace, today())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
        part.with_name(f".{part.name}.lock").unlink(missing_ok=True)
    return Answer({"workspace": path}, [f"The sample workspace is in {path}."])


def info(session: Session, _args: argparse.Namespace) -> Answer:
    """What the workspace is and holds."""
    from cocivic_desktop.services import backups
    from cocivic_desktop.store.schema import SCHEMA_VERSION

    workspace = session.workspace
    with workspace.read() as unit:
        counts = {kind_name(cls): unit.count(cls, archived=None) for cls in ENTITIES}
    made = backups.list_backups(workspace)
    data = {
        "version": __version__,
        "workspace": workspace.path,
        "schema": SCHEMA_VERSION,
        "size": workspace.path.stat().st_size,
        "counts": counts,
        "last_backup": made[0].made_at if made else None,
    }
    lines = [
        f"cocivic {__version__}, schema {SCHEMA_VERSION}",
        f"{workspace.path} ({data['size']:,} bytes)",
        f"last backup: {made[0].made_at:%Y-%m-%d %H:%M} UTC" if made else "last backup: none",
        *(f"{count:>7}  {kind.replace('_', ' ')}" for kind, count in counts.items() if count),
    ]
    return Answer(data, lines)


def check(session: Session, _args: argparse.Namespace) -> Answer:
    """Whether the file is sound and every record is one that may be stored."""
    from cocivic_desktop.domain.validation import validate

    problems = list(session.workspace.problems())
    if not problems:
        with session.workspace.read() as unit:
            for cls in ENTITIES:
                for entity in unit.find(cls, archived=None):
                    try:
                        validate(entity)
                    except InvalidField as error:
                        problems.append(f"{kind_name(cls)} {entity.id}: {error}")
    lines = problems or ["The workspace is sound."]
    return Answer({"sound": not problems, "problems": problems}, lines, code=1 if problems else 0)


def import_file(session: Session, args: argparse.Namespace) -> Answer:
    """Merge a portable file. Undecided conflicts leave everything as it is and exit with 1."""
    from cocivic_desktop.services.portable import OnConflict, import_json

    report = import_json(session.workspace, args.file, args.dry_run, OnConflict(args.on_conflict))
    data = {
        "applied": report.applied,
        "dry_run": args.dry_run,
        "counts": report.counts,
        "added": report.added,
        "changed": report.changed,
        "conflicts": report.conflicts,
        "erased": report.erased,
    }
    counts = ", ".join(f"{count} {name}" for name, count in report.counts.items())
    lines = [f"{'Imported' if report.applied else 'Nothing was changed'}: {counts}."]
    lines += [f"changed   {one.kind} “{one.title}”: {', '.join(one.fields)}" for one in report.changed]
    lines += [f"conflict  {one.kind} “{one.title}”: {', '.join(one.fields)}" for one in report.conflicts]
    if report.erased:
        lines.append(f"people anonymised or erased before, here or there: {report.erased}; they are not brought back")
    undecided = bool(report.conflicts) and not report.applied
    if undecided:
        lines.append("Decide with --on-conflict keep or --on-conflict take.")
    return Answer(data, lines, code=1 if undecided else 0)


def export_file(session: Session, args: argparse.Namespace) -> Answer:
    """Write a portable file."""
    from cocivic_desktop.services.portable import export_json

    chosen = maybe_partnership(session, args.partnership)
    counts = export_json(session.workspace, args.file, chosen, force=force(args))
    data = {"file": args.file, "partnership": chosen, "counts": counts}
    return Answer(data, [f"{sum(counts.values())} records are in {args.file}."])


def backup(session: Session, _args: argparse.Namespace) -> Answer:
    """Make a backup now."""
    from cocivic_desktop.services.backups import backup_now

    made = backup_now(session.workspace)
    return Answer(made, [f"The backup is {made.path}."])


def list_backups(session: Session, _args: argparse.Namespace) -> Answer:
    """The backups of this workspace."""
    from cocivic_desktop.services import backups

    made = backups.list_backups(session.workspace)
    lines = [f"{one.made_at:%Y-%m-%d %H:%M:%S} UTC  {one.reason:<10} {one.size:>10,}  {one.path}" for one in made]
    return Answer({"backups": made}, lines or ["There are no backups yet."])


def restore(session: Session, args: argparse.Namespace) -> Answer:
    """Go back to a backup, named by its path or its file name."""
    from cocivic_desktop.services import backups

    made = backups.list_backups(session.workspace)
    chosen = next((one.path for one in made if one.path.name == args.backup), Path(args.backup))
    if not (present(chosen) and chosen.is_file()):
        raise BadInput(f"There is no backup “{args.backup}”. “cocivic backups” lists them.")
    backups.restore(session.workspace, chosen)
    return Answer({"restored": chosen}, [f"Restored from {chosen}. What was there before is a backup now."])
