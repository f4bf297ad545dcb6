"""The workspace under load: open, list, totals, a page of hours, bulk insert, memory."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from cocivic_desktop.domain.hours import HourEntry
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.services import hours, records, search
from cocivic_desktop.store.workspace import Workspace
from tests.benchmarks.figures import Figure, in_turn, milliseconds
from tests.benchmarks.large_workspace import Content, build

PRAGMAS = (
    "journal_mode = DELETE",
    "synchronous = EXTRA",
    "foreign_keys = ON",
    "secure_delete = ON",
    "cache_size = -16000",
)
"""The pragmas of a workspace that decide how long writing takes."""


def figures(folder: Path, large: Path, content: Content) -> Iterator[Figure]:
    """Everything about the store, on the large workspace at `large`; `folder` is for scratch files."""
    yield _opening(large)
    workspace = Workspace.open(large)
    try:
        yield from _reading(workspace, large, content)
    finally:
        workspace.close()
    yield from _bulk_insert(folder, large, content)


def _opening(large: Path) -> Figure:
    def ours() -> None:
        Workspace.open(large).close()

    def raw() -> None:
        connection = sqlite3.connect(large)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.close()

    mine, other = in_turn(ours, raw)
    return Figure("open the large workspace", mine, baseline=other, against="sqlite3: open, read the schema")


def _reading(workspace: Workspace, large: Path, content: Content) -> Iterator[Figure]:
    raw = sqlite3.connect(large)
    one = content.partnerships[0].id

    mine, other = in_turn(
        lambda: records.find(workspace, Partnership), lambda: raw.execute("SELECT * FROM partnership").fetchall()
    )
    yield Figure("list 30 partnerships", mine, baseline=other, against="sqlite3: the same rows")

    mine, other = in_turn(
        lambda: hours.page(workspace, one, 0, 100),
        lambda: raw.execute(
            "SELECT * FROM hour_entry WHERE partnership_id = ? ORDER BY worked_on DESC LIMIT 100", (one.hex,)
        ).fetchall(),
    )
    yield Figure(
        "first page of 200,000 hours",
        mine,
        baseline=other,
        against="sqlite3: the same page",
        limit=40,
        limit_is_ratio=False,
    )

    sums = "SELECT person_id, substr(worked_on, 1, 7), sum(minutes) FROM hour_entry GROUP BY 1, 2"
    mine, other = in_turn(lambda: hours.totals(workspace, None), lambda: raw.execute(sums).fetchall())
    yield Figure(
        "totals over 200,000 hours",
        mine,
        baseline=other,
        against="sqlite3: sums per person and month",
        limit=250,
        limit_is_ratio=False,
    )

    yield Figure("search, a word found often", milliseconds(lambda: search.search(workspace, "river")))
    yield Figure("search, a name with an accent", milliseconds(lambda: search.search(workspace, "zizkov archive")))
    raw.close()


def _bulk_insert(folder: Path, large: Path, content: Content) -> Iterator[Figure]:
    """All hour entries into a workspace that holds the rest, by a unit of work and by the driver alone."""
    ready = folder / "ready.cocivic"
    build(ready, hours=False, content=content)
    raw = sqlite3.connect(large)
    rows = raw.execute("SELECT * FROM hour_entry").fetchall()
    raw.close()
    entries = list(content.hours())

    def ours() -> None:
        with Workspace.open(copy(ready)) as workspace, workspace.write("import", label="hours") as unit:
            unit.insert_many(HourEntry, entries)

    def driver() -> None:
        connection = sqlite3.connect(copy(ready), isolation_level=None)
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(f"INSERT INTO hour_entry VALUES ({','.join('?' * len(rows[0]))})", rows)
        connection.execute("COMMIT")
        connection.close()

    mine, other = in_turn(ours, driver, runs=2)
    yield Figure(
        "bulk insert of 200,000 hours", mine, "ms", other, "sqlite3: the same rows, indexes and pragmas", 3, runs=2
    )


def copy(file: Path) -> Path:
    """A fresh copy beside a workspace that is not open."""
    target = file.with_name("copy.cocivic")
    target.unlink(missing_ok=True)
    return Path(shutil.copyfile(file, target))
