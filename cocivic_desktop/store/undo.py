"""Undo and redo for every change, by triggers that write down the inverse statement.

TEMP triggers on each table add a row to `undo_entry` for each changed row. All entries of one action
belong to one `undo_step`. Undoing runs a step's statements backwards while the same triggers write
down how to redo it, so both directions are one mechanism. The log is kept in the file, so undo works
after a restart. A row's `version` is never taken back: each undo raises it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import sqlalchemy as sa

from cocivic_desktop.domain.changes import MANY, Changes
from cocivic_desktop.store.schema import TABLES

KEPT_STEPS = 500
"""Steps that can be undone; older ones stay in the history by name only."""


@dataclass(frozen=True)
class Step:
    """One action in the history: its code, what it was about, when (UTC), and whether it is undone."""

    id: int
    action: str
    label: str
    at: datetime
    undone: bool


def trigger_statements() -> Iterable[str]:
    """SQL that installs the triggers on a connection."""
    yield "CREATE TEMP TABLE undo_current (step_id INTEGER NOT NULL)"
    for table in TABLES.values():
        name = table.name
        columns = [column.name for column in table.columns]
        others = [column for column in columns if column not in ("id", "version")]
        assignments = " || ',' || ".join(f'\'"{column}"=\' || quote(OLD."{column}")' for column in others)
        values = " || ',' || ".join(
            "quote(OLD.version + 1)" if column == "version" else f'quote(OLD."{column}")' for column in columns
        )
        names = ",".join(f'"{column}"' for column in columns)
        inverse = {
            "INSERT": ("NEW", f"'DELETE FROM \"{name}\" WHERE id=' || quote(NEW.id)"),
            "UPDATE": (
                "OLD",
                f"'UPDATE \"{name}\" SET version=version+1,' || {assignments} || ' WHERE id=' || quote(OLD.id)",
            ),
            "DELETE": ("OLD", f"'INSERT INTO \"{name}\" ({names}) VALUES (' || {values} || ')'"),
        }
        for event, (row, statement) in inverse.items():
            yield (
                f'CREATE TEMP TRIGGER "undo_{name}_{event.lower()}" AFTER {event} ON main."{name}" '
                f"WHEN EXISTS (SELECT 1 FROM undo_current) BEGIN "
                f"INSERT INTO undo_entry (step_id, kind, row_id, statement) "
                f"VALUES ((SELECT step_id FROM undo_current), '{name}', {row}.id, {statement}); END"
            )


def begin_step(connection: sa.Connection, action: str, label: str) -> int:
    """Open a new step; everything undone before is forgotten, as a new change makes it impossible to redo."""
    connection.exec_driver_sql("DELETE FROM undo_step WHERE undone")
    cursor = connection.exec_driver_sql(
        "INSERT INTO undo_step (action, label, at, undone) VALUES (?, ?, ?, 0)",
        (action[:100], label[:300], datetime.now(UTC).isoformat()),
    )
    step_id = int(cursor.lastrowid or 0)
    connection.exec_driver_sql("INSERT INTO temp.undo_current VALUES (?)", (step_id,))
    return step_id


def end_step(connection: sa.Connection, step_id: int) -> Changes:
    """Close a step and tell what it changed; a step that changed nothing leaves no trace."""
    connection.exec_driver_sql("DELETE FROM temp.undo_current")
    changes = _changes(connection, step_id)
    if changes:
        connection.exec_driver_sql("DELETE FROM undo_entry WHERE step_id <= ?", (step_id - KEPT_STEPS,))
    else:
        connection.exec_driver_sql("DELETE FROM undo_step WHERE id = ?", (step_id,))
    return changes


def _changes(connection: sa.Connection, step_id: int) -> Changes:
    kinds = connection.exec_driver_sql("SELECT DISTINCT kind FROM undo_entry WHERE step_id = ?", (step_id,)).scalars()
    ids = connection.exec_driver_sql(
        "SELECT DISTINCT row_id FROM undo_entry WHERE step_id = ? LIMIT ?", (step_id, MANY)
    ).all()
    return Changes(frozenset(kinds), frozenset(UUID(row[0]) for row in ids) if len(ids) < MANY else None)


_STEP_COLUMNS = "SELECT id, action, label, at, undone FROM undo_step"
_HAS_ENTRIES = "EXISTS (SELECT 1 FROM undo_entry WHERE step_id = undo_step.id)"


def _steps(connection: sa.Connection, where: str, limit: int) -> list[Step]:
    rows = connection.exec_driver_sql(f"{_STEP_COLUMNS} {where} LIMIT {limit:d}").all()
    return [Step(row[0], row[1], row[2], datetime.fromisoformat(row[3]), bool(row[4])) for row in rows]


def next_undo(connection: sa.Connection) -> Step | None:
    """The step that undo would take back."""
    return next(iter(_steps(connection, f"WHERE NOT undone AND {_HAS_ENTRIES} ORDER BY id DESC", 1)), None)


def next_redo(connection: sa.Connection) -> Step | None:
    """The step that redo would bring back."""
    return next(iter(_steps(connection, "WHERE undone ORDER BY id", 1)), None)


def history(connection: sa.Connection, limit: int) -> list[Step]:
    """The latest steps, newest first."""
    return _steps(connection, "ORDER BY id DESC", limit)


def reverse(connection: sa.Connection, step: Step) -> Changes:
    """Undo a step that is done, or redo one that is undone, within the caller's transaction."""
    statements = (
        connection.exec_driver_sql("SELECT statement FROM undo_entry WHERE step_id = ? ORDER BY id DESC", (step.id,))
        .scalars()
        .all()
    )
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    connection.exec_driver_sql("DELETE FROM undo_entry WHERE step_id = ?", (step.id,))
    connection.exec_driver_sql("INSERT INTO temp.undo_current VALUES (?)", (step.id,))
    cursor = connection.connection.cursor()
    for statement in statements:
        cursor.execute(statement)
    cursor.close()
    connection.exec_driver_sql("DELETE FROM temp.undo_current")
    connection.exec_driver_sql("UPDATE undo_step SET undone = ? WHERE id = ?", (not step.undone, step.id))
    return _changes(connection, step.id)
