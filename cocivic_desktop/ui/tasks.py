"""Long work off the GUI thread, through one helper.

Workers get plain data and give plain data back; never a widget. An exception in a worker always arrives at
`on_error`, so that no dialog waits for ever.
"""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot


class Cancelled(Exception):
    """Raised inside a worker by `Progress` once the person has cancelled."""


class Progress(QObject):
    """Handed to a worker that takes a parameter `progress`: it says how far it is, and stops when asked to."""

    advanced = Signal(int, int, str)

    def __init__(self) -> None:
        super().__init__()
        self._cancelled = Event()

    def step(self, done: int, total: int, text: str = "") -> None:
        """Tell how much is done. Raises `Cancelled` when the work should stop."""
        self.check()
        self.advanced.emit(done, total, text)

    def check(self) -> None:
        """Raises `Cancelled` when the work should stop."""
        if self._cancelled.is_set():
            raise Cancelled

    def cancel(self) -> None:
        """Ask the worker to stop at its next step."""
        self._cancelled.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether the work was asked to stop."""
        return self._cancelled.is_set()


class Job(QObject):
    """One piece of work under way. `cancel` drops its result, and stops it at its next step."""

    finished = Signal()
    _done = Signal(object)
    _failed = Signal(object)

    def __init__(
        self, on_done: Callable[[Any], None] | None, on_error: Callable[[Exception], None] | None, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.progress = Progress()
        self._on_done = on_done
        self._on_error = on_error
        self._done.connect(self._take)
        self._failed.connect(self._refuse)

    def cancel(self) -> None:
        """Stop; neither `on_done` nor `on_error` is called."""
        self.progress.cancel()

    @Slot(object)
    def _take(self, result: Any) -> None:
        try:
            if self._on_done is not None and not self.progress.is_cancelled:
                self._on_done(result)
        finally:
            self.finished.emit()

    @Slot(object)
    def _refuse(self, error: Exception) -> None:
        try:
            if self._on_error is not None and not isinstance(error, Cancelled) and not self.progress.is_cancelled:
                self._on_error(error)
        finally:
            self.finished.emit()


class _Runner(QRunnable):
    def __init__(self, job: Job, work: Callable[[], Any]) -> None:
        super().__init__()
        self._job = job
        self._work = work

    def run(self) -> None:
        """Called by the pool in its own thread."""
        try:
            result = self._work()
        except Exception as error:  # noqa: BLE001 - whatever goes wrong in a worker is told, nothing is swallowed
            self._job._failed.emit(error)
        else:
            self._job._done.emit(result)


class Tasks(QObject):
    """Runs work on a small pool of threads and calls back in the GUI thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._jobs: set[Job] = set()
        self.on_error: Callable[[Exception], None] | None = None
        """Called for jobs that name no `on_error` of their own."""

    def run(
        self,
        work: Callable[..., Any],
        on_done: Callable[[Any], None] | None = None,
        on_error: Callable[[Exception], None] | None = None,
        on_progress: Callable[[int, int, str], None] | None = None,
    ) -> Job:
        """Run `work` off the GUI thread; `work(progress)` when it takes a parameter of that name."""
        job = Job(on_done, on_error or self.on_error, self)
        if on_progress is not None:
            job.progress.advanced.connect(on_progress)
        if "progress" in signature(work).parameters:
            self._start(job, lambda: work(progress=job.progress))
        else:
            self._start(job, work)
        return job

    def busy(self, besides: Job | None = None) -> bool:
        """Whether anything is under way, `besides` left aside."""
        return bool(self._jobs - {besides})

    def stop(self, wait_ms: int = 5_000) -> None:
        """Cancel everything and wait for the threads to end, at most `wait_ms` milliseconds."""
        for job in self._jobs:
            job.cancel()
        self._pool.waitForDone(wait_ms)

    def _start(self, job: Job, work: Callable[[], Any]) -> None:
        self._jobs.add(job)
        job.finished.connect(lambda: self._forget(job))
        self._pool.start(_Runner(job, work))

    def _forget(self, job: Job) -> None:
        self._jobs.discard(job)
        job.deleteLater()
