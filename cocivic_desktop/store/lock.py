"""One program at a time: a lock file beside the workspace, held by the system for as long as the process lives.

The system drops the lock when the process ends in whatever way, so a lock file left by `kill -9` is no obstacle.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from cocivic_desktop.domain.errors import WorkspaceError, WorkspaceLocked

if sys.platform == "win32":  # pragma: no cover - another platform
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FileLock:
    """The lock of one workspace file. Taken on construction; `release` gives it back."""

    def __init__(self, workspace: Path) -> None:
        """Take the lock at once. Raises `WorkspaceLocked`, or `WorkspaceError` when the folder cannot be written."""
        self.path = workspace.with_name(f".{workspace.name}.lock")
        self._handle = -1
        while self._handle < 0:
            self._handle = self._try(workspace)

    def _try(self, workspace: Path) -> int:
        """One attempt: a handle that holds the lock, or -1 when the file was removed by its last holder meanwhile."""
        try:
            workspace.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        except OSError as error:
            raise WorkspaceError(
                f"{workspace.parent} cannot be written to ({error.strerror}). Nothing was changed; "
                "choose another folder, or copy the file to one."
            ) from error
        try:
            _take(handle)
            if os.path.samestat(os.fstat(handle), self.path.stat()):
                return handle
        except FileNotFoundError:
            pass
        except OSError as error:
            os.close(handle)
            raise WorkspaceLocked(
                f"{workspace} is open in another window or program. Nothing was changed; close it there, then repeat."
            ) from error
        os.close(handle)
        return -1

    def release(self) -> None:
        """Give the lock back. The file goes too; where that is impossible (Windows) it stays and does no harm."""
        if self._handle >= 0:
            with contextlib.suppress(OSError):
                self.path.unlink()
            os.close(self._handle)
            self._handle = -1
