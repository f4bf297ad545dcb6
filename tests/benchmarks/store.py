"""The workspace under load: open, list, totals, a page of hours, bulk insert, memory."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from cocivic_desktop.domain.hours import HourEntry
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.services import advice, calendar, calendar_export, hours, records, search
from cocivic_desktop.store.workspace import Workspace
from tests.benchmarks import dragging, hour_reports
from tests.benchmarks.figures import Figure, in_turn, milliseconds
from tests.benchmarks.large_workspace import Content, build

TODAY = date(2026, 3, 16)
"""A day in the middle of the large workspace's school year."""

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

    mine, other = in_turn(
        lambda: records.find(workspace, Partnership), lambda: raw.execute("SELECT * FROM partnership").fetchall()
    )
    yield Figure("list 30 partnerships", mine, baseline=other, against="sqlite3: the same rows")

    first = "SELECT * FROM hour_entry ORDER BY worked_on DESC LIMIT 100"
    mine, other = in_turn(
        lambda: (hours.count(workspace, None), hours.page(workspace, None, 0, 100)),
        lambda: (raw.execute("SELECT count(*) FROM hour_entry").fetchone(), raw.execute(first).fetchall()),
    )
    yield Figure(
        "table of 200,000 hours: count, first page", mine, "ms", other, "sqlite3: the same", 40, limit_is_ratio=False
    )
    yield Figure("hours of one partnership, page in the middle", milliseconds(lambda: _page(workspace, content)))

    sums = "SELECT person_id, substr(worked_on, 1, 7), sum(minutes) FROM hour_entry GROUP BY 1, 2"
    mine, other = in_turn(
        lambda: [hours.totals(workspace, one.id) for one in content.partnerships],
        lambda: raw.execute(sums).fetchall(),
        runs=3,
    )
    yield Figure(
        "totals over 200,000 hours", mine, "ms", other, "sqlite3: sums per person and month", 250, limit_is_ratio=False
    )
    yield Figure("totals of one partnership", milliseconds(lambda: hours.totals(workspace, content.partnerships[0].id)))

    yield from hour_reports.figures(workspace, raw)

    yield Figure("search, a word found often", milliseconds(lambda: search.search(workspace, "river")))
    yield Figure("search, one activity", milliseconds(lambda: search.search(workspace, "session 7421")))
    yield Figure("next steps of 30 partnerships", milliseconds(lambda: advice.next_steps(workspace, TODAY), runs=3))
    yield Figure(
        "conflicts of everything, from the workspace",
        milliseconds(lambda: calendar.conflicts(workspace, None, TODAY), runs=3),
        runs=3,
    )
    yield from dragging.figures(workspace, content)
    yield _export(workspace, large.with_suffix(".ics"))
    yield _undo(workspace, content)
    raw.close()


def _page(workspace: Workspace, content: Content) -> object:
    return hours.page(workspace, content.partnerships[0].id, 3_000, 100)


def _undo(workspace: Workspace, content: Content) -> Figure:
    """A partnership with everything in it taken back, against deleting it."""
    chosen = content.partnerships[0].id

    def delete() -> None:
        with workspace.write("delete") as unit:
            unit.delete(unit.get(Partnership, chosen))

    mine, other = in_turn(workspace.undo, delete, runs=3)
    return Figure("undo of a deleted partnership with its hours", mine, "ms", other, "deleting it", runs=3)


def _export(workspace: Workspace, path: Path) -> Figure:
    def ours() -> None:
        calendar_export.export_ics(workspace, path, force=True)

    return Figure("10,000 activities, workspace to ICS files", milliseconds(ours, runs=3), runs=3)


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
