"""Opening the workspace file: driver, pragmas, identity.

`sqlcipher3` brings a current SQLite and serves plain files as well. The pragmas are those that lost
nothing in simulated power cuts: rollback journal with `synchronous=EXTRA`. The driver's own
transaction handling is off; every write begins with `BEGIN IMMEDIATE`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.errors import NewerWorkspace, NotAWorkspace, WorkspaceError
from cocivic_desktop.store.schema import APPLICATION_ID, SCHEMA_VERSION

SQLITE_HEADER = b"SQLite format 3\x00"
PRAGMAS = (
    "PRAGMA journal_mode = DELETE",
    "PRAGMA synchronous = EXTRA",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -16000",
)


def connect(path: Path, *, read_only: bool = False) -> Any:
    """A raw connection with our pragmas and functions; the file is made with mode 0600 when missing.

    With `read_only` the file and its folder are not written to, so a copy on a read-only medium can be checked.
    Raises OSError and the driver's errors.
    """
    if read_only:
        connection = dbapi2.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    else:
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        connection = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False)
    try:
        for pragma in PRAGMAS[read_only:]:
            connection.execute(pragma)
        connection.create_function("fold", 1, _fold, deterministic=True)
    except BaseException:
        connection.close()
        raise
    return connection


def _fold(text: object) -> str | None:
    return None if text is None else fold(str(text))


def engine_for(connection: Any) -> sa.Engine:
    """An engine that always uses this one connection and leaves `BEGIN` and `ROLLBACK` to us."""
    return sa.create_engine(
        "sqlite://", module=dbapi2, creator=lambda: connection, poolclass=StaticPool, pool_reset_on_return=None
    )


def check_identity(path: Path) -> int:
    """The schema version of a workspace file, read without changing a byte.

    Raises `NotAWorkspace` for another program's or a damaged file, `NewerWorkspace` for one from a newer version.
    """
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise WorkspaceError(f"{path} cannot be read ({error.strerror}). Nothing was changed.") from error
    if not header.startswith(SQLITE_HEADER) or len(header) < 100:
        raise NotAWorkspace(f"{path} is not a Co-Civic workspace. It was left as it is; choose another file.")
    return check_numbers(path, int.from_bytes(header[68:72], "big"), int.from_bytes(header[60:64], "big"))


def check_numbers(path: Path, application_id: int, user_version: int) -> int:
    """The schema version, when both numbers are those of a workspace that this program can open."""
    if application_id != APPLICATION_ID:
        raise NotAWorkspace(f"{path} belongs to another program. It was left as it is; choose another file.")
    if user_version > SCHEMA_VERSION:
        raise NewerWorkspace(
            f"{path} was written by a newer version of Co-Civic Desktop (format {user_version}, this version knows "
            f"{SCHEMA_VERSION}). It was left as it is; install the newer version to open it."
        )
    if user_version < 1:
        raise NotAWorkspace(f"{path} is an unfinished workspace. It was left as it is; choose another file.")
    return user_version


def check_writable(path: Path) -> None:
    """Raise `WorkspaceError` when the file or its folder cannot be written; SQLite would find out only when saving."""
    try:
        path.open("r+b").close()
        if not os.access(path.parent, os.W_OK):
            raise PermissionError(13, "the folder may only be read")
    except OSError as error:
        raise WorkspaceError(
            f"{path} cannot be written ({error.strerror}). Nothing was changed; allow writing to the file and its "
            "folder, or copy it to a folder of your own."
        ) from error


def version_of(connection: Any, path: Path) -> int:
    """The schema version as SQLite sees it, which may be older than the file's header after an interrupted migration.

    Raises as `check_identity`.
    """
    application_id = connection.execute("PRAGMA application_id").fetchone()[0]
    return check_numbers(path, application_id, connection.execute("PRAGMA user_version").fetchone()[0])


def integrity_problems(connection: Any) -> list[str]:
    """What SQLite finds wrong in the file: damaged pages and references to things that do not exist."""
    problems = [row[0] for row in connection.execute("PRAGMA integrity_check").fetchall() if row[0] != "ok"]
    problems += [f"{row[0]} refers to a missing {row[2]}" for row in connection.execute("PRAGMA foreign_key_check")]
    return problems
