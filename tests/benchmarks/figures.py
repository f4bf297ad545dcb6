"""What a measurement is, how it is taken, and how the table of all of them is written."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure.

    `ours` and `baseline` have the same `unit` ("ms" or "MB"). With `limit_is_ratio` the goal is `ours / baseline`,
    otherwise `ours` itself. `limit` is the goal of the design, None where it names none.
    """

    name: str
    ours: float
    unit: str = "ms"
    baseline: float | None = None
    against: str = ""
    limit: float | None = None
    limit_is_ratio: bool = True
    runs: int = 1

    @property
    def ratio(self) -> float | None:
        """`ours` as a multiple of the baseline."""
        return self.ours / self.baseline if self.baseline else None

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None without a goal."""
        if self.limit is None:
            return None
        value = self.ratio if self.limit_is_ratio else self.ours
        return value is not None and value <= self.limit

    def as_json(self) -> dict[str, object]:
        """The figure with its ratio and verdict, for `bench.json`."""
        return {**asdict(self), "ratio": self.ratio, "met": self.met}


def milliseconds(work: Callable[[], object], *, runs: int = 5, before: Callable[[], object] | None = None) -> float:
    """Median wall clock of `work` over several runs, in milliseconds; `before` prepares each run and is not counted."""
    taken = []
    for _ in range(runs):
        if before is not None:
            before()
        gc.collect()
        gc.disable()  # as timeit does: what other things are alive must not count
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
        gc.enable()
    return statistics.median(taken)


def in_turn(ours: Callable[[], object], baseline: Callable[[], object], *, runs: int = 5) -> tuple[float, float]:
    """Medians of two pieces of work, taken turn by turn so that a slow moment of the machine hits both."""
    mine, other = [], []
    for _ in range(runs):
        other.append(milliseconds(baseline, runs=1))
        mine.append(milliseconds(ours, runs=1))
    return statistics.median(mine), statistics.median(other)


def table(figures: Sequence[Figure]) -> str:
    """All figures as text, goals beside them."""
    lines = [f"{'':44} {'ours':>12} {'baseline':>12} {'ratio':>7} {'goal':>9}  met   baseline is"]
    for figure in figures:
        baseline = "" if figure.baseline is None else f"{figure.baseline:,.1f} {figure.unit}"
        ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
        goal = ""
        if figure.limit is not None:
            goal = f"≤ {figure.limit:g}" if figure.limit_is_ratio else f"≤ {figure.limit:g} {figure.unit}"
        met = {None: "", True: "yes", False: "NO"}[figure.met]
        lines.append(
            f"{figure.name:44} {figure.ours:>9,.1f} {figure.unit:2} {baseline:>12} {ratio:>7} {goal:>9}  {met:4}  "
            f"{figure.against}"
        )
    return "\n".join(lines)
