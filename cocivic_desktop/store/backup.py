"""Backups: complete, verified copies, the way back, and thinning.

A backup is called `<workspace>-<moment>-<reason>.cocivic`, the moment in UTC as `20260131T174500Z`, so that names
sort by time everywhere; a second one of the same second and reason ends in `.2`. It is an ordinary workspace file.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from cocivic_desktop.domain.errors import WorkspaceError
from cocivic_desktop.domain.registry import KINDS
from cocivic_desktop.store import connection as opening
from cocivic_desktop.store.copies import copy_of, verified_copy, verify
from cocivic_desktop.store.faults import opening_errors
from cocivic_desktop.store.schema import SCHEMA_VERSION, TABLES

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace

SUFFIX: Final = ".cocivic"
MANUAL: Final = "manual"
DAILY: Final = "daily"
RESTORE: Final = "restore"
KEPT_BY_DAY: Final = timedelta(days=31)
"""Younger automatic backups are kept once a day, older ones once a week."""

_STAMP: Final = "%Y%m%dT%H%M%SZ"
_NAME: Final = re.compile(r"(?P<stamp>\d{8}T\d{6}Z)-(?P<reason>[a-z0-9_-]+)(?:\.(?P<again>\d+))?")


@dataclass(frozen=True, order=True)
class Backup:
    """A backup file: when it was made (UTC), which one of that second, why, and its size in bytes.

    Reasons: `manual`, `daily`, `restore`, `import`, `erasure`, and `format-<number>` before a migration.
    """

    made_at: datetime
    again: int
    path: Path
    reason: str
    size: int

    @property
    def day(self) -> date:
        """The local day on which it was made."""
        return self.made_at.astimezone().date()


def backup_name(folder: Path, stem: str, reason: str) -> Path:
    """A name in `folder` that is not in use yet."""
    plain = f"{stem}-{datetime.now(UTC).strftime(_STAMP)}-{reason}"
    path, again = folder / f"{plain}{SUFFIX}", 1
    while path.exists():
        again += 1
        path = folder / f"{plain}.{again}{SUFFIX}"
    return path


def make(workspace: Workspace, folder: Path, reason: str) -> Backup:
    """Write a backup, reopen it and check it. Raises `WorkspaceError`; a faulty copy is removed."""
    if not re.fullmatch(r"[a-z0-9_-]+", reason):
        raise ValueError(f"{reason!r} cannot be part of a file name")
    with opening_errors(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = backup_name(folder, workspace.path.stem, reason)
    workspace.between_units(lambda raw: verified_copy(raw, path))
    backup = _read_name(path, workspace.path.stem)
    if backup is None:  # pragma: no cover - names made here can be read here
        raise WorkspaceError(f"{path} has vanished. Check the folder.")
    return backup


def listed(folders: list[Path], stem: str) -> list[Backup]:
    """The backups of the workspace called `stem` in these folders, newest first."""
    paths = {path.resolve() for folder in folders if folder.is_dir() for path in folder.iterdir()}
    backups = (_read_name(path, stem) for path in paths)
    return sorted((backup for backup in backups if backup is not None), reverse=True)


def _read_name(path: Path, stem: str) -> Backup | None:
    if path.suffix != SUFFIX or not path.name.startswith(f"{stem}-"):
        return None
    parts = _NAME.fullmatch(path.stem[len(stem) + 1 :])
    if parts is None:
        return None
    try:
        made_at = datetime.strptime(parts["stamp"], _STAMP).replace(tzinfo=UTC)
        return Backup(made_at, int(parts["again"] or 1), path, parts["reason"], path.stat().st_size)
    except (ValueError, OSError):
        return None


def holds(path: Path, kind: str, id: UUID) -> bool:
    """Whether a backup holds a record. One that cannot be read is said to, so that nobody relies on it."""
    try:
        with opening_errors(path):
            raw = opening.connect(path, read_only=True)
            try:
                table = TABLES[KINDS[kind]].name
                return raw.execute(f'SELECT 1 FROM "{table}" WHERE id = ?', (id.hex,)).fetchone() is not None
            finally:
                raw.close()
    except WorkspaceError:
        return True


def restore(
    workspace: Workspace, path: Path, folder: Path, prepare: Callable[[Path], None] = lambda prepared: None
) -> Backup:
    """Put a backup in the place of the workspace's content and give the backup of the present one, made first.

    A backup of an older format is migrated on the way; the backup itself is only read. `prepare` may change the copy
    before it takes its place. Raises `WorkspaceError`; the workspace goes on with its present content then.
    """
    version = verify(path)
    prepared = workspace.path.with_name(f".{workspace.path.name}.part")
    try:
        with opening_errors(workspace.path):
            prepared.unlink(missing_ok=True)
            _copy_file(path, prepared, version)
        prepare(prepared)
        verify(prepared)
        present = make(workspace, folder, RESTORE)
        workspace.replace_content(prepared)
    finally:
        with contextlib.suppress(OSError):
            prepared.unlink(missing_ok=True)
    return present


def _copy_file(path: Path, prepared: Path, version: int) -> None:
    source = opening.connect(path, read_only=True)
    try:
        copy_of(source, prepared)
    finally:
        source.close()
    if version < SCHEMA_VERSION:
        from cocivic_desktop.store.migrate import migrate

        raw: Any = opening.connect(prepared)
        try:
            migrate(raw, prepared, version, keep_copy=False)
        finally:
            raw.close()


def superfluous(backups: list[Backup], today: date) -> list[Backup]:
    """The automatic backups that thinning removes.

    Kept are: every manual one and every one before a migration; all of yesterday and today; the newest of each day
    for 31 days; before that the newest of each week (ISO 8601).
    """
    seen: set[tuple[int, ...]] = set()
    gone = []
    for backup in sorted(backups, reverse=True):
        if backup.reason == MANUAL or backup.reason.startswith("format-"):
            continue
        age = today - backup.day
        if age <= timedelta(days=1):
            continue
        year, week, day = backup.day.isocalendar()
        bucket = (year, week, day) if age <= KEPT_BY_DAY else (year, week)
        if bucket in seen:
            gone.append(backup)
        seen.add(bucket)
    return gone
