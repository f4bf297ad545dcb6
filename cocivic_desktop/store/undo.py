"""Undo and redo for every change, by triggers that write down the inverse statement.

TEMP triggers on each table add a row to `undo_entry` for each changed row. All entries of one action
belong to one `undo_step`. Undoing runs a step's statements backwards while the same triggers write
down how to redo it, so both directions are one mechanism. The log is kept in the file, so undo works
after a restart. A row's `version` is never taken back: each change raises it, also one made by plain
SQL, by a deleted thing that others referred to, and by undo itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from cocivic_desktop.domain.changes import MANY, Changes
from cocivic_desktop.domain.errors import WorkspaceError
from cocivic_desktop.domain.registry import KINDS
from cocivic_desktop.store.schema import TABLES

KEPT_STEPS: Final = 500
"""Steps that can be undone; older ones stay in the history by name only."""

WAS_ADDED: Final = ""
"""The entry of an added row: its inverse needs no more than kind and id."""


MANY_ADDED: Final = "+"
"""Begins the entry of rows added in bulk; their ids follow, separated by commas."""


@dataclass(frozen=True)
class Step:
    """One action in the history: its code, what it was about, when (UTC), and whether it is undone."""

    id: int
    action: str
    label: str
    at: datetime
    undone: bool


@cache
def trigger_script() -> str:
    """SQL that installs the triggers on a connection, in one transaction; the same for every workspace."""
    return f"BEGIN; {'; '.join(_trigger_statements())}; COMMIT"


def _trigger_statements() -> Iterable[str]:
    yield "CREATE TEMP TABLE undo_current (step_id INTEGER NOT NULL)"
    for table in TABLES.values():
        name = table.name
        columns = [column.name for column in table.columns]
        old_values = "".join(
            f' || CASE WHEN OLD."{column}" IS NOT NEW."{column}" THEN \',"{column}"=\' || quote(OLD."{column}")'
            " ELSE '' END"
            for column in columns
            if column not in {"id", "version"}
        )
        values = " || ',' || ".join(
            "quote(OLD.version + 1)" if column == "version" else f'quote(OLD."{column}")' for column in columns
        )
        yield _insert_trigger(name)
        yield _trigger(
            name,
            "UPDATE",
            "OLD",
            f"'{_update(name)}'{old_values} || ' WHERE id=' || quote(OLD.id)",
            f'UPDATE "{name}" SET version=version+1 WHERE id=NEW.id AND NEW.version=OLD.version;',
        )
        yield _trigger(name, "DELETE", "OLD", f"'{_insert(name)}' || {values} || ')'")


def _trigger(name: str, event: str, row: str, statement: str, rest: str = "") -> str:
    return (
        f'CREATE TEMP TRIGGER "{_trigger_name(name, event)}" AFTER {event} ON main."{name}" '
        f"WHEN EXISTS (SELECT 1 FROM undo_current) BEGIN "
        f"INSERT INTO undo_entry (step_id, kind, row_id, statement) "
        f"VALUES ((SELECT step_id FROM undo_current), '{name}', {row}.id, {statement}); {rest}END"
    )


def _insert_trigger(kind: str) -> str:
    return _trigger(kind, "INSERT", "NEW", f"'{WAS_ADDED}'")


def _trigger_name(kind: str, event: str) -> str:
    return f"undo_{kind}_{event.lower()}"


def _update(kind: str) -> str:
    return f'UPDATE "{kind}" SET version=version+1'


def _insert(kind: str) -> str:
    names = ",".join(f'"{column.name}"' for column in TABLES[KINDS[kind]].columns)
    return f'INSERT INTO "{kind}" ({names}) VALUES ('


def begin_step(raw: Any, action: str, label: str) -> int:
    """Open a new step in the current transaction and give its id."""
    cursor = raw.execute(
        "INSERT INTO undo_step (action, label, at, undone) VALUES (?, ?, ?, 0)",
        (action[:100], label[:300], datetime.now(UTC).isoformat()),
    )
    step_id = int(cursor.lastrowid)
    raw.execute("INSERT INTO temp.undo_current VALUES (?)", (step_id,))
    return step_id


@contextmanager
def added_together(raw: Any, kind: str, ids: Iterable[UUID]) -> Iterator[None]:
    """Within it, new rows of one kind are added; one entry stands for all of them.

    The trigger is away meanwhile, as one that merely rests still makes SQLite prepare to take back each row by itself,
    at five times the cost. Making and dropping it are part of the transaction.
    """
    raw.execute(f'DROP TRIGGER temp."{_trigger_name(kind, "INSERT")}"')
    yield
    raw.execute(_insert_trigger(kind))
    raw.execute(
        "INSERT INTO undo_entry (step_id, kind, row_id, statement) "
        "VALUES ((SELECT step_id FROM temp.undo_current), ?, '', ?)",
        (kind, MANY_ADDED + ",".join([id.hex for id in ids])),
    )


def end_step(raw: Any, step_id: int, *, undoable: bool = True) -> Changes:
    """Close a step and tell what it changed.

    After a change, what was undone before can no longer be redone; a step that changed nothing leaves no trace.
    One that is not to be undone keeps its name only.
    """
    raw.execute("DELETE FROM temp.undo_current")
    changes = changes_of(raw, step_id)
    if changes and not undoable:
        raw.execute("DELETE FROM undo_entry WHERE step_id = ?", (step_id,))
    elif changes:
        raw.execute("DELETE FROM undo_step WHERE undone")
        raw.execute("DELETE FROM undo_entry WHERE step_id <= ?", (step_id - KEPT_STEPS,))
    else:
        raw.execute("DELETE FROM undo_step WHERE id = ?", (step_id,))
    return changes


def last_entry(raw: Any) -> int:
    """The id of the latest entry: a mark for `changes_of`."""
    return int(raw.execute("SELECT coalesce(max(id), 0) FROM undo_entry").fetchone()[0])


def changes_of(raw: Any, step_id: int, after: int = 0) -> Changes:
    """What a step has changed, as far as its entries later than `after` say."""
    where = "FROM undo_entry WHERE step_id = ? AND id > ?"
    kinds = raw.execute(f"SELECT DISTINCT kind {where}", (step_id, after)).fetchall()
    ids = raw.execute(f"SELECT DISTINCT row_id {where} LIMIT {MANY}", (step_id, after)).fetchall()
    many = len(ids) >= MANY or ("",) in ids  # the entry of rows added in bulk names none of them
    return Changes(frozenset(row[0] for row in kinds), None if many else frozenset(UUID(row[0]) for row in ids))


_HAS_ENTRIES = "EXISTS (SELECT 1 FROM undo_entry WHERE step_id = undo_step.id)"


def _steps(raw: Any, where: str, limit: int) -> list[Step]:
    rows = raw.execute(f"SELECT id, action, label, at, undone FROM undo_step {where} LIMIT {limit:d}").fetchall()
    return [Step(row[0], row[1], row[2], datetime.fromisoformat(row[3]), bool(row[4])) for row in rows]


def next_undo(raw: Any) -> Step | None:
    """The step that undo would take back."""
    return next(iter(_steps(raw, f"WHERE NOT undone AND {_HAS_ENTRIES} ORDER BY id DESC", 1)), None)


def next_redo(raw: Any) -> Step | None:
    """The step that redo would bring back."""
    return next(iter(_steps(raw, "WHERE undone ORDER BY id", 1)), None)


def history(raw: Any, limit: int) -> list[Step]:
    """The latest steps, newest first."""
    return _steps(raw, "ORDER BY id DESC", limit)


_OLD_VALUE: Final = re.compile(r""","(\w+)"=('(?:[^']|'')*'|NULL|-?[\d.]+)""")
"""A column with the value it had, as the triggers write it."""


def row_history(raw: Any, kind: str, row_id: UUID) -> list[tuple[Step, dict[str, str | None]]]:
    """The kept steps that touched one row, newest first, each with the values that it replaced, as text.

    Values of no step mean that the row was added. What was undone is left out.
    """
    rows = raw.execute(
        "SELECT s.id, s.action, s.label, s.at, s.undone, e.statement FROM undo_entry e "
        "JOIN undo_step s ON s.id = e.step_id WHERE NOT s.undone AND e.kind = ? "
        "AND (e.row_id = ? OR (e.row_id = '' AND instr(e.statement, ?) > 0)) ORDER BY e.id DESC",
        (kind, row_id.hex, row_id.hex),
    ).fetchall()
    found: dict[int, tuple[Step, dict[str, str | None]]] = {}
    for id, action, label, at, undone, statement in rows:
        step = Step(id, action, label, datetime.fromisoformat(at), bool(undone))
        values = found.setdefault(id, (step, {}))[1]
        for name, value in _OLD_VALUE.findall(statement if statement.startswith("UPDATE") else ""):
            values[name] = None if value == "NULL" else value[1:-1].replace("''", "'") if value[0] == "'" else value
    return list(found.values())


def reverse(raw: Any, step: Step) -> Changes:
    """Undo a step that is done, or redo one that is undone, within the caller's transaction."""
    entries = raw.execute(
        "SELECT kind, row_id, statement FROM undo_entry WHERE step_id = ? ORDER BY id DESC", (step.id,)
    ).fetchall()
    raw.execute("PRAGMA defer_foreign_keys = ON")
    raw.execute("DELETE FROM undo_entry WHERE step_id = ?", (step.id,))
    raw.execute("INSERT INTO temp.undo_current VALUES (?)", (step.id,))
    cursor = raw.cursor()
    for (kind, added), group in groupby(entries, lambda entry: (entry[0], entry[2][:1] in {WAS_ADDED, MANY_ADDED})):
        if added:
            cursor.executemany(f'DELETE FROM "{_known(kind)}" WHERE id = ?', _added_ids(group))
        else:
            for statement in _checked(kind, group):
                cursor.execute(statement)
    cursor.close()
    raw.execute("DELETE FROM temp.undo_current")
    raw.execute("UPDATE undo_step SET undone = ? WHERE id = ?", (not step.undone, step.id))
    return changes_of(raw, step.id)


def forget(raw: Any, ids: Iterable[UUID], named: Callable[[str], bool]) -> None:
    """Take things, and a name, out of the history, within the caller's transaction.

    Undoing goes backwards step by step, so everything up to the latest step that knows of them can no longer be
    undone, and nothing can be redone. The step that is open now is left to `end_step(undoable=False)`. `named` tells
    whether a text holds the name.
    """
    raw.execute("DELETE FROM undo_step WHERE undone")
    current = next(iter(raw.execute("SELECT step_id FROM temp.undo_current").fetchone() or ()), -1)
    hexes = {id.hex for id in ids}
    touched = {
        step_id
        for step_id, row_id, statement in raw.execute(
            "SELECT step_id, row_id, statement FROM undo_entry WHERE step_id <> ?", (current,)
        )
        if row_id in hexes or any(one in statement for one in hexes) or named(statement.replace("''", "'"))
    }
    steps = raw.execute("SELECT id, label FROM undo_step WHERE id <> ?", (current,)).fetchall()
    nameless = touched | {step_id for step_id, label in steps if named(label)}
    raw.executemany("UPDATE undo_step SET label = '' WHERE id = ?", [(step_id,) for step_id in nameless])
    raw.execute("DELETE FROM undo_entry WHERE step_id <= ? AND step_id <> ?", (max(touched, default=-1), current))


def _added_ids(entries: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str]]:
    for _, row_id, statement in entries:
        if statement == WAS_ADDED:
            yield (row_id,)
        else:
            yield from ((id,) for id in reversed(statement[len(MANY_ADDED) :].split(",")))


def _known(kind: str) -> str:
    if kind not in KINDS:
        raise WorkspaceError("The undo history is damaged. Nothing was changed.")
    return kind


def _checked(kind: str, entries: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """The statements of entries; a file from elsewhere may hold anything, so only what the triggers write is run."""
    allowed = (_update(_known(kind)), _insert(kind))
    for _, _, statement in entries:
        if not statement.startswith(allowed):
            raise WorkspaceError("The undo history is damaged. Nothing was changed.")
        yield statement
