"""Backups: complete, verified copies, and the way back."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cocivic_desktop.domain.errors import WorkspaceError
from cocivic_desktop.store import connection as opening
from cocivic_desktop.store.workspace import Workspace

SUFFIX = ".cocivic"
_STAMP = "%Y%m%d-%H%M%S"


@dataclass(frozen=True)
class Backup:
    """A backup file, when it was made (UTC) and why (`manual`, `daily`, `restore`, `import`)."""

    path: Path
    made_at: datetime
    reason: str
    size: int


def make(workspace: Workspace, folder: Path, reason: str) -> Backup:
    """Write a backup, reopen it and check it. Raises `WorkspaceError`; a faulty copy is removed."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made_at = datetime.now(UTC).replace(microsecond=0)
    name = f"{workspace.path.stem}-{made_at.strftime(_STAMP)}-{reason}{SUFFIX}"
    unfinished = folder / f".{name}.part"
    try:
        unfinished.unlink(missing_ok=True)
        workspace.copy_to(unfinished)
        verify(unfinished)
        _replace(unfinished, folder / name)
    except OSError as error:
        raise WorkspaceError(f"No backup could be written to {folder} ({error.strerror}). Check the folder.") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return Backup(folder / name, made_at, reason, (folder / name).stat().st_size)


def verify(path: Path) -> None:
    """Reopen a backup and check it wholly. Raises `WorkspaceError` or one of its kinds."""
    opening.check_identity(path)
    try:
        connection = opening.connect(path)
        try:
            problems = opening.integrity_problems(connection)
        finally:
            connection.close()
    except opening.dbapi2.Error as error:
        problems = [str(error)]
    if problems:
        raise WorkspaceError(f"The backup {path} is damaged: {problems[0]}. Choose another one.")


def listed(folder: Path, stem: str) -> list[Backup]:
    """The backups of the workspace called `stem`, newest first."""
    backups = []
    for path in folder.glob(f"{stem}-*{SUFFIX}"):
        parts = path.stem[len(stem) + 1 :].split("-", 2)
        try:
            made_at = datetime.strptime("-".join(parts[:2]), _STAMP).replace(tzinfo=UTC)
        except ValueError:
            continue
        backups.append(Backup(path, made_at, parts[2] if len(parts) > 2 else "", path.stat().st_size))
    return sorted(backups, key=lambda backup: backup.made_at, reverse=True)


def restore(path: Path, target: Path) -> None:
    """Put a verified backup in the place of a closed workspace. The caller has backed up the present one."""
    verify(path)
    unfinished = target.with_name(f".{target.name}.part")
    unfinished.unlink(missing_ok=True)
    try:
        source = opening.connect(path)
        copy = opening.connect(unfinished)
        try:
            source.backup(copy)
        finally:
            source.close()
            copy.close()
        _replace(unfinished, target)
    except OSError as error:
        raise WorkspaceError(f"{target} could not be restored ({error.strerror}). It was left as it was.") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _replace(unfinished: Path, target: Path) -> None:
    os.chmod(unfinished, 0o600)
    with unfinished.open("rb") as file:
        os.fsync(file.fileno())
    unfinished.replace(target)
    if hasattr(os, "O_DIRECTORY"):
        folder = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
