"""Backups of the workspace: by hand, once a day by themselves, and the way back.

Names and times of the files: see `store.backup`. All moments are UTC, days are those of the computer's zone.
"""

from __future__ import annotations

import contextlib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cocivic_desktop import paths

if TYPE_CHECKING:
    from cocivic_desktop.store.backup import Backup
    from cocivic_desktop.store.workspace import Workspace


def backup_now(workspace: Workspace, reason: str = "manual", folder: Path | None = None) -> Backup:
    """Write a verified backup to `folder` (else to the folder of backups).

    `reason` becomes part of the file's name: lower-case letters, digits, `-`, `_`. Raises `WorkspaceError`.
    """
    from cocivic_desktop.store import backup

    return backup.make(workspace, _folder(folder), reason)


def list_backups(workspace: Workspace, folder: Path | None = None) -> list[Backup]:
    """All backups of this workspace, newest first, also those made beside it before a migration."""
    from cocivic_desktop.store import backup

    return backup.listed([_folder(folder), workspace.path.parent], workspace.path.stem)


def restore(workspace: Workspace, backup_path: Path, folder: Path | None = None) -> Workspace:
    """Go back to a backup; the present content becomes a backup first, so this can be taken back the same way.

    The workspace stays the same object, with its listeners. When anything fails, it goes on with its present
    content. People who were anonymised or erased since the backup was made do not come back. Raises `WorkspaceError` or
    one of its kinds.
    """
    from cocivic_desktop.services import privacy
    from cocivic_desktop.store import backup

    done = privacy.erasures(workspace)
    backup.restore(workspace, Path(backup_path), _folder(folder), lambda prepared: privacy.carry_over(prepared, done))
    return workspace


def daily_backup(workspace: Workspace, today: date, folder: Path | None = None) -> Backup | None:
    """The automatic backup at the first start of a day; None when today's is there already. Then thin the old ones.

    Thinning keeps all automatic backups of yesterday and today, one a day for a month, one a week after that, and
    everything made by hand or before a migration. Raises `WorkspaceError`; nothing is thinned then.
    """
    from cocivic_desktop.store import backup

    present = list_backups(workspace, folder)
    if any(one.reason == backup.DAILY and one.day == today for one in present):
        return None
    made = backup_now(workspace, backup.DAILY, folder)
    for old in backup.superfluous(present, today):
        with contextlib.suppress(OSError):  # one that cannot be removed now will be another day
            old.path.unlink()
    return made


def _folder(folder: Path | None) -> Path:
    return paths.backup_folder() if folder is None else Path(folder)
