"""The database's own errors as the named ones that a coordinator understands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError
from sqlcipher3 import dbapi2

from cocivic_desktop.domain.errors import (
    CoCivicError,
    NotAWorkspace,
    StaleVersion,
    WorkspaceError,
    WorkspaceLocked,
)


@contextmanager
def named_errors() -> Iterator[None]:
    """Within a unit of work: whatever the database refuses is raised as a `CoCivicError`."""
    try:
        yield
    except StaleDataError as error:
        raise StaleVersion("This was changed elsewhere in the meantime. Look at it again and repeat.") from error
    except (DBAPIError, dbapi2.Error) as error:
        raise _named(error) from error


@contextmanager
def opening_errors(path: Path) -> Iterator[None]:
    """While a file is opened or made: whatever fails is raised as a `WorkspaceError` or one of its kinds."""
    try:
        yield
    except (OSError, DBAPIError, dbapi2.Error) as error:
        text = reason(error)
        if "locked" in text:
            raise WorkspaceLocked(
                f"{path} is in use by another program. Nothing was changed; close it there, then repeat."
            ) from error
        if any(word in text for word in ("malformed", "not a database", "encrypted", "no such table", "corrupt")):
            raise damaged(path, text) from error
        raise WorkspaceError(
            f"{path} cannot be opened or written ({text}). Nothing was changed; check the folder and the disk."
        ) from error


def damaged(path: Path, what: str) -> NotAWorkspace:
    """The error for a file in which something is broken."""
    return NotAWorkspace(f"{path} is damaged ({what}). It was left as it is; restore a backup to go on.")


def reason(error: Exception) -> str:
    """What an error says, without the statement and the values that SQLAlchemy would print."""
    if isinstance(error, OSError):
        return error.strerror or "unknown reason"
    return str(getattr(error, "orig", None) or error)


def _named(error: Exception) -> CoCivicError:
    text = reason(error)
    if "constraint failed" in text:
        if "FOREIGN KEY" not in text:
            return CoCivicError(f"This could not be saved, as it contradicts what is there ({text}). Nothing changed.")
        if str(getattr(error, "statement", "") or "").startswith("DELETE"):
            return CoCivicError("Something else still refers to this, so it was kept. Archive it instead.")
        return CoCivicError("This refers to something that is no longer in the workspace. Nothing was changed.")
    return WorkspaceError(
        f"The workspace could not be saved or read ({text}). What was saved before is kept. "
        "Free some space or check the folder, then repeat."
    )
