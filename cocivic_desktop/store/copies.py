"""Copies of a workspace file, made whole or not at all."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

from cocivic_desktop.domain.errors import CoCivicError, WorkspaceError
from cocivic_desktop.store import connection as opening
from cocivic_desktop.store.faults import opening_errors


def copy_of(raw: Any, target: Path) -> None:
    """Copy the database behind `raw` to `target`, with mode 0600, by SQLite's backup (never a file copy).

    Raises OSError and the driver's errors.
    """
    copy = opening.connect(target)
    try:
        raw.backup(copy)
    finally:
        copy.close()


def verify(path: Path) -> int:
    """Check a copy wholly, without writing to it, and give its schema version.

    Raises `NotAWorkspace`, `NewerWorkspace`, or `WorkspaceError` when it is damaged.
    """
    opening.check_identity(path)
    try:
        with opening_errors(path):
            connection = opening.connect(path, read_only=True)
            try:
                version = opening.version_of(connection, path)
                problems = opening.integrity_problems(connection)
            finally:
                connection.close()
    except CoCivicError as error:
        raise WorkspaceError(f"{path} cannot be used: {error}") from error
    if problems:
        raise WorkspaceError(f"{path} is damaged ({problems[0]}). Choose another backup.")
    return version


def verified_copy(raw: Any, target: Path) -> None:
    """Copy, reopen, check, and only then give the copy its name. Raises `WorkspaceError` when that is impossible."""
    unfinished = target.with_name(f".{target.name}.part")
    try:
        with opening_errors(target):
            unfinished.unlink(missing_ok=True)
            copy_of(raw, unfinished)
            verify(unfinished)
            put_in_place(unfinished, target)
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)


def put_in_place(finished: Path, target: Path) -> None:
    """Bring a closed file to the disk, then give it its name, replacing what was there. Raises OSError."""
    finished.chmod(0o600)
    with finished.open("rb+") as file:
        os.fsync(file.fileno())
    finished.replace(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Bring new names in a folder to the disk, where the system can (not on Windows)."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
