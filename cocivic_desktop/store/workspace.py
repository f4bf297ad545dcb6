"""The workspace: one file, one connection, units of work, undo and redo."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa
from filelock import FileLock, Timeout
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from sqlcipher3 import dbapi2

from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import CoCivicError, NotAWorkspace, StaleVersion, WorkspaceError, WorkspaceLocked
from cocivic_desktop.store import connection as opening
from cocivic_desktop.store import undo
from cocivic_desktop.store.schema import APPLICATION_ID, SCHEMA_VERSION, metadata
from cocivic_desktop.store.undo import Step
from cocivic_desktop.store.unit_of_work import UnitOfWork


class Workspace:
    """An open workspace file. Use `open` or `create`; close it when done."""

    def __init__(self, path: Path, lock: FileLock, connection: Any) -> None:
        self.path = path
        self.last_changes = Changes()
        self._file_lock = lock
        self._raw = connection
        self._engine = opening.engine_for(connection)
        self._thread_lock = threading.RLock()
        self._unit: UnitOfWork | None = None
        self._listeners: list[Callable[[Changes], None]] = []

    @classmethod
    def create(cls, path: Path) -> Workspace:
        """Make a new, empty workspace. Raises `WorkspaceError` when something is there already or cannot be written."""
        path = Path(path).absolute()
        if path.exists():
            raise WorkspaceError(f"{path} exists already. It was left as it is; choose another name.")
        lock = _lock(path)
        try:
            connection = opening.connect(path)
            try:
                with opening.engine_for(connection).connect() as bound:
                    bound.exec_driver_sql("BEGIN IMMEDIATE")
                    metadata.create_all(bound, checkfirst=False)
                    bound.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
                    bound.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
                    bound.exec_driver_sql("COMMIT")
            except BaseException:
                connection.close()
                path.unlink(missing_ok=True)
                raise
        except (OSError, dbapi2.Error, DBAPIError) as error:
            lock.release()
            raise WorkspaceError(f"{path} cannot be written ({_reason(error)}). Choose another folder.") from error
        return cls(path, lock, connection)._ready()

    @classmethod
    def open(cls, path: Path) -> Workspace:
        """Open a workspace; one of an older format is backed up and migrated first.

        Raises `NotAWorkspace`, `NewerWorkspace`, `WorkspaceLocked`, or `WorkspaceError`; the file is not changed then.
        """
        path = Path(path).absolute()
        if not path.exists():
            raise WorkspaceError(f"There is no workspace at {path}. Check the name, or create a new one.")
        version = opening.check_identity(path)
        lock = _lock(path)
        try:
            connection = opening.connect(path)
            if version < SCHEMA_VERSION:
                from cocivic_desktop.store.migrate import migrate

                migrate(connection, path, version)
            return cls(path, lock, connection)._ready()
        except (OSError, dbapi2.Error, DBAPIError) as error:
            lock.release()
            raise NotAWorkspace(
                f"{path} cannot be opened ({_reason(error)}). It was left as it is; restore a backup to go on."
            ) from error
        except BaseException:
            lock.release()
            raise

    def _ready(self) -> Self:
        for statement in undo.trigger_statements():
            self._raw.execute(statement)
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file and let others open it."""
        with self._thread_lock:
            self._raw.close()
            self._file_lock.release()

    def on_change(self, listener: Callable[[Changes], None]) -> None:
        """Call `listener` after every write, undo and redo, in the thread that wrote."""
        self._listeners.append(listener)

    @contextmanager
    def read(self) -> Iterator[UnitOfWork]:
        """A unit of work for reading. Inside another unit of the same thread it is that unit."""
        with self._thread_lock:
            if self._unit is not None:
                self._unit.flush()
                yield self._unit
                return
            with self._transaction("BEGIN") as (_, unit):
                yield unit

    @contextmanager
    def write(self, action: str, label: str = "") -> Iterator[UnitOfWork]:
        """A unit of work for writing: one transaction and one step of undo, or nothing at all.

        `action` is a code that the screen words, `label` what it was about. Inside another write it joins that one.
        """
        with self._thread_lock:
            if self._unit is not None:
                yield self._unit
                self._unit.flush()
                return
            with self._transaction("BEGIN IMMEDIATE") as (connection, unit):
                step_id = undo.begin_step(connection, action, label)
                yield unit
                unit.flush()
                changes = undo.end_step(connection, step_id)
            self._tell(changes)

    def undo(self) -> Changes | None:
        """Take back the last action; None when there is none."""
        return self._reverse(undo.next_undo)

    def redo(self) -> Changes | None:
        """Bring back the last action taken back; None when there is none."""
        return self._reverse(undo.next_redo)

    def undo_step(self) -> Step | None:
        """What `undo` would take back."""
        with self._thread_lock, self._engine.connect() as connection:
            return undo.next_undo(connection)

    def redo_step(self) -> Step | None:
        """What `redo` would bring back."""
        with self._thread_lock, self._engine.connect() as connection:
            return undo.next_redo(connection)

    def history(self, limit: int = 200) -> list[Step]:
        """The latest actions, newest first."""
        with self._thread_lock, self._engine.connect() as connection:
            return undo.history(connection, limit)

    def problems(self) -> list[str]:
        """What is wrong in the file, in words; empty when it is sound."""
        with self._thread_lock:
            return opening.integrity_problems(self._raw)

    def copy_to(self, target: Path) -> None:
        """Write a consistent copy of the live file to `target` (SQLite's backup, never a file copy)."""
        with self._thread_lock:
            copy = opening.connect(target)
            try:
                self._raw.backup(copy)
            finally:
                copy.close()

    def _reverse(self, choose: Callable[[sa.Connection], Step | None]) -> Changes | None:
        with self._thread_lock:
            with self._transaction("BEGIN IMMEDIATE") as (connection, _):
                step = choose(connection)
                changes = undo.reverse(connection, step) if step else None
            if changes is not None:
                self._tell(changes)
            return changes

    def _tell(self, changes: Changes) -> None:
        self.last_changes = changes
        if changes:
            for listener in self._listeners:
                listener(changes)

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[tuple[sa.Connection, UnitOfWork]]:
        try:
            with self._engine.connect() as connection:
                connection.exec_driver_sql(begin)
                with Session(connection, expire_on_commit=False, autoflush=True) as session:
                    self._unit = UnitOfWork(session)
                    try:
                        yield connection, self._unit
                        session.expunge_all()
                        self._raw.execute("COMMIT")
                    except BaseException:
                        session.expunge_all()
                        if self._raw.in_transaction:
                            self._raw.execute("ROLLBACK")
                        self._raw.execute("DELETE FROM temp.undo_current")
                        raise
                    finally:
                        self._unit = None
        except StaleDataError as error:
            raise StaleVersion("This was changed elsewhere in the meantime. Look at it again and repeat.") from error
        except IntegrityError as error:
            raise CoCivicError("Something else still refers to this, so it was kept. Archive it instead.") from error
        except (DBAPIError, dbapi2.Error) as error:
            raise WorkspaceError(
                f"The workspace could not be saved or read ({_reason(error)}). What was saved before is kept. "
                "Free some space or check the folder, then repeat."
            ) from error


def _lock(path: Path) -> FileLock:
    lock = FileLock(path.with_name(f".{path.name}.lock"), mode=0o600, thread_local=False)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise WorkspaceLocked(f"{path} is open in another window or program. Close it there, then repeat.") from error
    except OSError as error:
        raise WorkspaceError(
            f"{path.parent} cannot be written to ({error.strerror}). Choose another folder."
        ) from error
    return lock


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or "unknown reason"
    return str(getattr(error, "orig", None) or error)
