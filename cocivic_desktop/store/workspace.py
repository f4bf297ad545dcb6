"""The workspace: one file, one connection, units of work, undo and redo."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from cocivic_desktop.domain.base import clean_text
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import WorkspaceError
from cocivic_desktop.domain.registry import KINDS
from cocivic_desktop.store import connection as opening
from cocivic_desktop.store import undo
from cocivic_desktop.store.copies import copy_of, put_in_place, sync_folder
from cocivic_desktop.store.faults import damaged, named_errors, opening_errors
from cocivic_desktop.store.lock import FileLock
from cocivic_desktop.store.schema import APPLICATION_ID, SCHEMA_VERSION, metadata
from cocivic_desktop.store.undo import Step
from cocivic_desktop.store.unit_of_work import UnitOfWork

CHECKED_AT_OPENING = 8_000_000
"""Up to this size in bytes a file is checked whole when it is opened (some 20 ms); a larger one with its backups."""

_ASIDE_STEP, _QUIET, _ASIDE_AT_MOST = 0.002, 0.05, 1.0
"""Seconds that work in a worker stands aside at a time, until others were quiet for so long, and at most in all."""

_log = logging.getLogger(__name__)


class Workspace:
    """An open workspace file. Use `open` or `create`; close it when done."""

    def __init__(self, path: Path, lock: FileLock) -> None:
        """Open the file that `lock` is held for."""
        self.path = path
        self._file_lock = lock
        self._thread_lock = threading.RLock()
        self._unit: UnitOfWork | None = None
        self._step_id = 0
        self._listeners: list[Callable[[Changes], None]] = []
        self._latest = threading.local()
        self._state = object()
        self._last_use = (0, 0.0)
        self._connect()

    @classmethod
    def create(cls, path: Path) -> Workspace:
        """Make a new, empty workspace. Raises `WorkspaceError` when something is there already or cannot be written."""
        path = Path(path).resolve()
        if _is_there(path):
            raise WorkspaceError(f"{path} exists already. It was left as it is; choose another name.")
        lock = FileLock(path)
        try:
            with opening_errors(path):
                unfinished = path.with_name(f".{path.name}.part")
                unfinished.unlink(missing_ok=True)
                try:
                    _write_empty(unfinished)
                    put_in_place(unfinished, path)
                finally:
                    unfinished.unlink(missing_ok=True)
            return cls(path, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open(cls, path: Path) -> Workspace:
        """Open a workspace; one of an older format is backed up and migrated first.

        Raises `NotAWorkspace`, `NewerWorkspace`, `WorkspaceLocked`, or `WorkspaceError`; the file is not changed then.
        """
        path = Path(path).resolve()
        if not _is_there(path):
            raise WorkspaceError(f"There is no workspace at {path}. Check the name, or create a new one.")
        lock = FileLock(path)  # first: closing a file lets go of all locks that this process has on it (POSIX)
        try:
            opening.check_identity(path)
            opening.check_writable(path)
            return cls(path, lock)
        except BaseException:
            lock.release()
            raise

    def _connect(self) -> None:
        with opening_errors(self.path):
            raw = opening.connect(self.path)
            try:
                version = opening.version_of(raw, self.path)
                if self.path.stat().st_size <= CHECKED_AT_OPENING:
                    found = raw.execute("PRAGMA quick_check(1)").fetchone()[0]
                    if found != "ok":
                        raise damaged(self.path, found)
                if version < SCHEMA_VERSION:
                    from cocivic_desktop.store.migrate import migrate

                    migrate(raw, self.path, version)
                raw.executescript(undo.trigger_script())
            except BaseException:
                raw.close()
                raise
            self._raw = raw
            self._connection = opening.engine_for(raw).connect()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file and let others open it. A second time does nothing."""
        with self._thread_lock:
            self._must_be_between_units()
            self._raw.close()
            self._file_lock.release()

    @property
    def last_changes(self) -> Changes:
        """What the latest write, undo or redo of this thread has changed; within a nested write, what that one has."""
        changes: Changes = getattr(self._latest, "changes", Changes())
        return changes

    @property
    def state(self) -> object:
        """Stands for what is saved now: another object after every change, so that what was read can be kept till then.

        Taken before reading, it is never newer than what is read.
        """
        return self._state

    def on_change(self, listener: Callable[[Changes], None]) -> None:
        """Call `listener` after every write, undo, redo and restore, in the thread that wrote.

        By then all is saved: an error of a listener is logged, and changes nothing for the writer or other listeners.
        """
        self._listeners.append(listener)

    @contextmanager
    def read(self) -> Iterator[UnitOfWork]:
        """A unit of work for reading. Inside another unit of the same thread it is that unit, and sees its changes."""
        with self._thread_lock:
            if self._unit is not None:
                self._unit.flush()
                yield self._unit
                return
            with self._transaction(writing=False) as unit:
                yield unit

    @contextmanager
    def write(self, action: str, label: str = "", *, undoable: bool = True) -> Iterator[UnitOfWork]:
        """A unit of work for writing: one transaction and one step of undo, or nothing at all.

        `action` is a code that the screen words, `label` what it was about. Inside another write it joins that one:
        one step under the outer one's name, but an error takes back just what the inner one did, should the outer
        one go on. Raises RuntimeError inside a unit for reading.

        `undoable=False` is for what has left the house already, such as the count of an export: it stands in the
        history by name, and undo passes it by.
        """
        with self._thread_lock:
            if self._unit is not None:
                with self._joined(self._unit) as unit:
                    yield unit
                return
            with self._transaction(writing=True) as unit:
                self._step_id = undo.begin_step(self._raw, action, clean_text(label))
                yield unit
                unit.flush()
                changes = undo.end_step(self._raw, self._step_id, undoable=undoable)
        self._tell(changes)

    def undo(self) -> Changes | None:
        """Take back the last action; None when there is none."""
        return self._reverse(undo.next_undo)

    def redo(self) -> Changes | None:
        """Bring back the last action taken back; None when there is none."""
        return self._reverse(undo.next_redo)

    def undo_step(self) -> Step | None:
        """What `undo` would take back."""
        with self._thread_lock, named_errors():
            return undo.next_undo(self._raw)

    def redo_step(self) -> Step | None:
        """What `redo` would bring back."""
        with self._thread_lock, named_errors():
            return undo.next_redo(self._raw)

    def history(self, limit: int = 200) -> list[Step]:
        """The latest actions, newest first."""
        with self._thread_lock, named_errors():
            return undo.history(self._raw, limit)

    def history_of(self, kind: str, id: UUID) -> list[tuple[Step, dict[str, str | None]]]:
        """The kept actions that touched one thing, newest first, each with the values that it replaced, as text."""
        with self._thread_lock, named_errors():
            return undo.row_history(self._raw, kind, id)

    def problems(self) -> list[str]:
        """What is wrong in the file, in words; empty when it is sound."""
        with self._thread_lock, named_errors():
            return opening.integrity_problems(self._raw)

    def between_units(self, task: Callable[[Any], None]) -> None:
        """Let another part of the store work with the raw connection while no unit of work is open."""
        with self._thread_lock:
            self._must_be_between_units()
            task(self._raw)

    def replace_content(self, prepared: Path) -> None:
        """Put a verified workspace file of the present format in the place of this one, and go on with it.

        `prepared` lies in the same folder and is moved. When it cannot be opened, the present file is back in its
        place, untouched. Raises `WorkspaceError`.
        """
        with self._thread_lock:
            self._must_be_between_units()
            kept = self.path.with_name(f".{self.path.name}.before")
            with opening_errors(self.path):
                kept.unlink(missing_ok=True)
                copy_of(self._raw, kept)
                self._raw.close()
                try:
                    put_in_place(prepared, self.path)
                    self._connect()
                except BaseException:
                    kept.replace(self.path)
                    sync_folder(self.path.parent)
                    self._connect()
                    raise
                finally:
                    with contextlib.suppress(OSError):
                        kept.unlink(missing_ok=True)
        self._tell(Changes(frozenset(KINDS), None))

    def stand_aside(self) -> None:
        """For long work off the GUI thread, between two units: let others finish what they ask for, within a second."""
        until = time.monotonic() + _ASIDE_AT_MOST
        while (now := time.monotonic()) < until:
            time.sleep(_ASIDE_STEP)
            user, at = self._last_use
            if user == threading.get_ident() or now - at > _QUIET:
                return

    @contextmanager
    def _joined(self, unit: UnitOfWork) -> Iterator[UnitOfWork]:
        if not unit.writing:
            raise RuntimeError("a write cannot begin inside a read: open the write first")
        with named_errors(), unit.savepoint():
            before = undo.last_entry(self._raw)
            yield unit
            unit.flush()
            self._latest.changes = undo.changes_of(self._raw, self._step_id, before)

    def _reverse(self, choose: Callable[[Any], Step | None]) -> Changes | None:
        with self._thread_lock:
            self._must_be_between_units()
            with self._transaction(writing=True):
                step = choose(self._raw)
                changes = undo.reverse(self._raw, step) if step else None
        if changes is not None:
            self._tell(changes)
        return changes

    def _must_be_between_units(self) -> None:
        if self._unit is not None:
            raise RuntimeError("this is not possible inside a unit of work")

    def _tell(self, changes: Changes) -> None:
        self._latest.changes = changes
        if changes:
            self._state = object()
            for listener in tuple(self._listeners):
                try:
                    listener(changes)
                except Exception:  # noqa: BLE001 - whatever it is, the change is saved
                    _log.exception("a listener failed after a change")

    @contextmanager
    def _transaction(self, *, writing: bool) -> Iterator[UnitOfWork]:
        with named_errors():
            self._raw.execute("BEGIN IMMEDIATE" if writing else "BEGIN")
            self._unit = unit = UnitOfWork(self._connection, writing=writing)
            try:
                self._last_use = (threading.get_ident(), time.monotonic())
                yield unit
                unit.leave()
                self._raw.execute("COMMIT")
            except BaseException:
                self._roll_back(unit)
                raise
            finally:
                self._unit = None
                unit.close()

    def _roll_back(self, unit: UnitOfWork) -> None:
        """Take everything back. TEMP tables are part of the transaction, so the undo log forgets the step as well."""
        if self._raw.in_transaction:
            self._raw.execute("ROLLBACK")
        with contextlib.suppress(Exception):  # the first error is the one to tell
            unit.leave()


def _write_empty(path: Path) -> None:
    raw = opening.connect(path)
    try:
        with opening.engine_for(raw).connect() as bound:
            bound.exec_driver_sql("BEGIN IMMEDIATE")
            metadata.create_all(bound, checkfirst=False)
            bound.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            bound.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
            bound.exec_driver_sql("COMMIT")
    finally:
        raw.close()


def _is_there(path: Path) -> bool:
    """Whether there is a file. Raises `WorkspaceError` where this person may not even look."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise WorkspaceError(
            f"{path} cannot be reached ({error.strerror}). Nothing was changed; check the name and the folder's rights."
        ) from error
    return True
