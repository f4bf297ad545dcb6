"""A workspace of each older format opens, with a backup first, and becomes what a new one is."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlcipher3 import dbapi2

from cocivic_desktop.domain.errors import WorkspaceError
from cocivic_desktop.domain.partnerships import AgendaItem, Meeting
from cocivic_desktop.domain.registry import KINDS
from cocivic_desktop.store import connection as opening
from cocivic_desktop.store.migrations import v3
from cocivic_desktop.store.schema import SCHEMA_VERSION, metadata
from cocivic_desktop.store.workspace import Workspace
from tests.store.examples import content

OLD = Path(__file__).parents[1] / "old_workspaces"


@pytest.fixture(params=range(1, SCHEMA_VERSION))
def number(request: pytest.FixtureRequest) -> int:
    """Each older format in turn."""
    return int(request.param)


@pytest.fixture
def old(tmp_path: Path, number: int) -> Path:
    return Path(shutil.copy(OLD / f"v{number}.cocivic", tmp_path / "work.cocivic"))


def schema(raw: Any) -> dict[str, Any]:
    """Tables, columns, references and indexes as SQLite sees them."""
    found: dict[str, Any] = {}
    for (table,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        indexes = raw.execute(f"PRAGMA index_list({table})").fetchall()
        found[table] = (
            raw.execute(f"PRAGMA table_info({table})").fetchall(),
            sorted(row[2:] for row in raw.execute(f"PRAGMA foreign_key_list({table})")),
            sorted((row[1], row[2], tuple(raw.execute(f"PRAGMA index_info({row[1]})").fetchall())) for row in indexes),
        )
    return found


def raw_content(path: Path, columns: dict[str, list[str]] | None = None) -> dict[str, list[Any]]:
    """Every row of every table; of those columns only that are given."""
    raw = dbapi2.connect(str(path))
    try:
        return {
            table: raw.execute(f"SELECT {','.join(names)} FROM {table} ORDER BY 1").fetchall()
            for table, names in (columns or raw_columns(path)).items()
        }
    finally:
        raw.close()


def raw_columns(path: Path) -> dict[str, list[str]]:
    """The columns of the tables that a file has."""
    raw = dbapi2.connect(str(path))
    try:
        found = {
            table: [f'"{row[1]}"' for row in raw.execute(f"PRAGMA table_info({table})")] for table in metadata.tables
        }
        return {table: names for table, names in found.items() if names}
    finally:
        raw.close()


def test_every_older_format_has_its_witness() -> None:
    assert [opening.check_identity(OLD / f"v{number}.cocivic") for number in range(1, SCHEMA_VERSION)] == list(
        range(1, SCHEMA_VERSION)
    )
    for number in range(1, SCHEMA_VERSION):
        assert all(rows for rows in raw_content(OLD / f"v{number}.cocivic").values())


def test_an_old_workspace_opens_with_all_its_content(old: Path, tmp_path: Path, number: int) -> None:
    before = raw_content(old)
    with Workspace.open(old) as workspace:
        assert workspace.problems() == []
        rows = content(workspace)
        assert {KINDS[kind].__name__ for kind, many in before.items() if kind in KINDS and len(many) == 2} == {
            name for name, many in rows.items() if many
        }
        assert workspace.undo() is not None
        assert workspace.redo() is not None
        assert content(workspace) == rows
    assert opening.check_identity(old) == SCHEMA_VERSION
    backups = list(tmp_path.glob(f"work-*-format-{number}.cocivic"))
    assert len(backups) == 1
    assert raw_content(backups[0]) == before
    assert opening.check_identity(backups[0]) == number
    assert backups[0].stat().st_mode & 0o777 == 0o600
    with Workspace.open(old):
        pass
    assert len(list(tmp_path.glob(f"work-*-format-{number}.cocivic"))) == 1, "only the first opening migrates"


def test_rows_are_the_same_before_and_after(old: Path) -> None:
    before, columns = raw_content(old), raw_columns(old)
    Workspace.open(old).close()
    assert raw_content(old, columns) == before


def test_agenda_items_of_older_formats_are_read(old: Path) -> None:
    with Workspace.open(old) as workspace, workspace.read() as unit:
        meetings = unit.find(Meeting, archived=None)
    assert all(meeting.agenda and all(isinstance(item, AgendaItem) for item in meeting.agenda) for meeting in meetings)


def test_the_migrated_schema_is_the_present_one(old: Path, tmp_path: Path) -> None:
    Workspace.open(old).close()
    Workspace.create(tmp_path / "new.cocivic").close()
    migrated, fresh = opening.connect(old), opening.connect(tmp_path / "new.cocivic")
    assert schema(migrated) == schema(fresh)
    for raw in (migrated, fresh):
        with opening.engine_for(raw).connect() as bound:
            found = compare_metadata(MigrationContext.configure(bound), metadata)
            # References are compared above: of one that came with its column, reflection does not see ON DELETE.
            assert [difference for difference in found if difference[0] not in ("add_fk", "remove_fk")] == []
        raw.close()


@pytest.mark.parametrize("fault", ["python", "sql", "integrity"])
def test_a_migration_that_fails_leaves_the_old_file(old: Path, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    before = old.read_bytes()
    upgrade = v3.upgrade

    def fails(operations: Any) -> None:
        upgrade(operations)
        if fault == "python":
            raise ZeroDivisionError("broken step")
        operations.execute("DELETE FROM nothing" if fault == "sql" else "DELETE FROM organisation")

    with monkeypatch.context() as patched:
        patched.setattr(v3, "upgrade", fails)
        with pytest.raises(WorkspaceError, match="left as it was"):
            Workspace.open(old)
    assert old.read_bytes() == before
    Workspace.open(old).close()


def test_without_room_for_the_backup_nothing_is_migrated(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = old.read_bytes()

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("cocivic_desktop.store.copies.copy_of", full)
        with pytest.raises(WorkspaceError, match="No space left"):
            Workspace.open(old)
    assert old.read_bytes() == before
    assert [path.name for path in old.parent.iterdir()] == ["work.cocivic"]


KILLED = """
import os, signal, sys
from pathlib import Path
from cocivic_desktop.store import migrate, connection
from cocivic_desktop.store.migrations import v3
from cocivic_desktop.store.workspace import Workspace
upgrade = v3.upgrade
def killed(operations):
    upgrade(operations)
    bound = operations.get_bind()
    bound.exec_driver_sql("PRAGMA user_version = 3")
    bound.exec_driver_sql("PRAGMA cache_spill = 1")
    bound.exec_driver_sql("PRAGMA cache_size = 1")
    bound.exec_driver_sql("UPDATE organisation SET name = hex(randomblob(9000))")
    bound.exec_driver_sql("UPDATE person SET name = hex(randomblob(90000))")
    os.kill(os.getpid(), signal.SIGKILL)
v3.upgrade = killed
Workspace.open(Path(sys.argv[1]))
"""


def test_a_killed_migration_is_taken_back_at_the_next_start(old: Path) -> None:
    before, columns = raw_content(old), raw_columns(old)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(old)], env=os.environ, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert old.with_name("work.cocivic-journal").exists(), "it was killed in the middle"
    with Workspace.open(old) as workspace:
        assert workspace.problems() == []
    assert opening.check_identity(old) == SCHEMA_VERSION
    assert raw_content(old, columns) == before
