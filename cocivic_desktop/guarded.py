"""Dangerous input is read in a process of its own, with bounds on time and memory (quality.md)."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import ParamSpec, TypeVar

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")


class Exhausted(Exception):
    """The work took longer, or more memory, than it may, or its process died."""


def run_guarded(
    work: Callable[_Parameters, _Result], seconds: float, megabytes: int, /,
    *args: _Parameters.args, **kwargs: _Parameters.kwargs,
) -> _Result:  # fmt: skip
    """Call a function of a module in another process and give its result; its exceptions come through.

    Arguments, result and exceptions are pickled. Memory is bounded where the system can do it (not on Windows).
    Raises `Exhausted`. The call waits: make it off the GUI thread.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(there, megabytes, work, args, kwargs), daemon=True)
    process.start()
    there.close()
    try:
        if not here.poll(seconds):
            raise Exhausted
        done, result = here.recv()
    except EOFError as error:
        raise Exhausted from error
    finally:
        process.kill()
        process.join()
        process.close()
        here.close()
    if done:
        return result  # type: ignore[no-any-return]
    raise result


def _work(
    connection: Connection, megabytes: int, work: Callable[..., object], args: tuple[object, ...],
    kwargs: dict[str, object],
) -> None:  # fmt: skip
    _bound_memory(megabytes)
    try:
        answer: tuple[bool, object] = (True, work(*args, **kwargs))
    except (MemoryError, RecursionError):
        answer = (False, Exhausted())
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is told to the one who waits
        answer = (False, error)
    connection.send(answer)
    connection.close()


def _bound_memory(megabytes: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    limit = megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
