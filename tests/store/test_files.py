"""The file itself: what is refused, without a byte changed; modes; locks; copies."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from cocivic_desktop.domain.errors import NewerWorkspace, NotAWorkspace, WorkspaceError, WorkspaceLocked
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.store.lock import FileLock
from cocivic_desktop.store.schema import SCHEMA_VERSION
from cocivic_desktop.store.workspace import Workspace
from tests.store.examples import content, fill


@pytest.fixture
def closed(path: Path) -> Path:
    with Workspace.create(path) as workspace:
        fill(workspace)
    return path


def set_pragma(path: Path, pragma: str) -> None:
    raw = sqlite3.connect(path)
    raw.execute(f"PRAGMA {pragma}")
    raw.close()


def overwrite(path: Path, start: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(data)


def damage_a_table(path: Path) -> None:
    raw = sqlite3.connect(path)
    page = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'organisation'").fetchone()[0]
    raw.close()
    overwrite(path, (page - 1) * 4096, b"\xff" * 4096)


SPOILT: list[tuple[str, type[WorkspaceError], Callable[[Path], object]]] = [
    ("empty", NotAWorkspace, lambda path: path.write_bytes(b"")),
    ("short", NotAWorkspace, lambda path: path.write_bytes(b"SQLite format 3\x00")),
    ("text", NotAWorkspace, lambda path: path.write_text("a letter " * 500)),
    ("foreign", NotAWorkspace, lambda path: set_pragma(path, "application_id = 1")),
    ("newer", NewerWorkspace, lambda path: set_pragma(path, f"user_version = {SCHEMA_VERSION + 1}")),
    ("unfinished", NotAWorkspace, lambda path: set_pragma(path, "user_version = 0")),
    ("damaged schema", NotAWorkspace, lambda path: overwrite(path, 100, b"\xff" * 3_996)),
    ("damaged table", NotAWorkspace, damage_a_table),
    ("cut off", NotAWorkspace, lambda path: path.write_bytes(path.read_bytes()[:40_000])),
    ("half a page", WorkspaceError, lambda path: path.write_bytes(path.read_bytes()[:200])),
]


@pytest.mark.parametrize(("name", "error", "spoil"), SPOILT, ids=[one[0] for one in SPOILT])
def test_what_cannot_be_opened_is_refused_and_left(
    closed: Path, name: str, error: type[WorkspaceError], spoil: Callable[[Path], object]
) -> None:
    spoil(closed)
    before = closed.read_bytes()
    with pytest.raises(error) as caught:
        Workspace.open(closed)
    assert type(caught.value) is error or name == "half a page"
    assert "left as it is" in str(caught.value) or "Nothing was changed" in str(caught.value)
    assert closed.read_bytes() == before
    assert [path.name for path in closed.parent.iterdir()] == [closed.name], "nothing is left beside it"


def test_a_flipped_byte_in_the_structure_is_noticed(closed: Path) -> None:
    size = closed.stat().st_size
    found = 0
    for page in range(1, min(size // 4096, 40)):
        data = closed.read_bytes()
        overwrite(closed, page * 4096, bytes([data[page * 4096] ^ 0x55]))
        try:
            Workspace.open(closed).close()
        except NotAWorkspace:
            found += 1
        closed.write_bytes(data)
    assert found == min(size // 4096, 40) - 1


def test_no_file_a_folder_and_a_file_that_is_there(tmp_path: Path, closed: Path) -> None:
    before = closed.read_bytes()
    with pytest.raises(WorkspaceError, match="no workspace"):
        Workspace.open(tmp_path / "none.cocivic")
    with pytest.raises(WorkspaceError, match="cannot be read"):
        Workspace.open(tmp_path)
    with pytest.raises(WorkspaceError, match="exists already"):
        Workspace.create(closed)
    with pytest.raises(WorkspaceError, match="cannot be written"):
        Workspace.create(closed / "below a file.cocivic")
    assert closed.read_bytes() == before


def test_modes_are_private(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "work.cocivic"
    with Workspace.create(path) as workspace, workspace.write("add") as unit:
        unit.add(Organisation(name="x"))
        unit.rows("SELECT 1")
        modes = {one.name: one.stat().st_mode & 0o777 for one in path.parent.iterdir()}
        assert modes == {name: 0o600 for name in ("work.cocivic", ".work.cocivic.lock", "work.cocivic-journal")}  # noqa: C420
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [one.name for one in path.parent.iterdir()] == ["work.cocivic"]


def test_pragmas_are_those_that_lose_nothing(workspace: Workspace) -> None:
    with workspace.read() as unit:
        values = {
            name: unit.rows(f"PRAGMA {name}")[0][0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "secure_delete")
        }
    assert values == {
        "journal_mode": "delete",
        "synchronous": 3,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "secure_delete": 1,
    }


def test_deleted_text_is_gone_from_the_file(workspace: Workspace, path: Path) -> None:
    with workspace.write("add") as unit:
        school = unit.add(Organisation(name="Unmistakable Name"))
    assert b"Unmistakable Name" in path.read_bytes()
    with workspace.write("erase") as unit:
        unit.delete(school)
        unit.execute("DELETE FROM undo_entry")
    with workspace.write("erase") as unit:
        unit.execute("DELETE FROM undo_entry")
    assert b"Unmistakable Name" not in path.read_bytes()


def test_an_open_workspace_is_locked(workspace: Workspace, path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(WorkspaceLocked, match="another window"):
        Workspace.open(path)
    assert path.read_bytes() == before
    workspace.close()
    workspace.close()
    Workspace.open(path).close()


WRITES = """
import sqlite3, sys
other = sqlite3.connect(sys.argv[1], isolation_level=None)
for line in sys.stdin:
    other.execute(line)
    print("done", flush=True)
"""


def test_another_program_writing_is_named(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = dbapi2.connect
    monkeypatch.setattr(dbapi2, "connect", lambda *args, **more: connect(*args, timeout=0.1, **more))
    with subprocess.Popen(
        [sys.executable, "-c", WRITES, str(closed)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:

        def tell(sql: str) -> None:
            assert other.stdin is not None
            assert other.stdout is not None
            print(sql, file=other.stdin, flush=True)
            assert other.stdout.readline() == "done\n"

        tell("BEGIN EXCLUSIVE")
        with pytest.raises(WorkspaceLocked, match="another program"):
            Workspace.open(closed)
        tell("ROLLBACK")
        with Workspace.open(closed) as workspace:
            tell("BEGIN EXCLUSIVE")
            with pytest.raises(WorkspaceError, match="locked"), workspace.write("x"):
                pass
            tell("ROLLBACK")
            with workspace.write("x") as unit:
                unit.add(Organisation(name="x"))
        assert other.stdin is not None
        other.stdin.close()


def test_a_lock_is_taken_again_when_its_file_was_removed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cocivic_desktop.store import lock

    taken: list[int] = []
    take = lock._take

    def removes_first(handle: int) -> None:
        take(handle)
        if not taken:
            (path.parent / f".{path.name}.lock").unlink()
        taken.append(handle)

    monkeypatch.setattr(lock, "_take", removes_first)
    one = FileLock(path)
    assert len(taken) == 2
    with pytest.raises(WorkspaceLocked):
        FileLock(path)
    one.release()
    one.release()


HOLDS = """
import sys, time
from pathlib import Path
from cocivic_desktop.store.workspace import Workspace
workspace = Workspace.open(Path(sys.argv[1]))
print("open", flush=True)
time.sleep(60)
"""


def test_a_lock_of_a_killed_program_is_no_obstacle(closed: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDS, str(closed)], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(WorkspaceLocked):
            Workspace.open(closed)
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    assert closed.with_name(f".{closed.name}.lock").exists()
    Workspace.open(closed).close()
    assert not closed.with_name(f".{closed.name}.lock").exists()


AS_ANOTHER = """
import os, sys
from pathlib import Path
from cocivic_desktop.domain.errors import WorkspaceError
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.store.workspace import Workspace
import alembic.migration, alembic.operations, sqlalchemy.dialects.sqlite
path = Path(sys.argv[1])
if os.geteuid() == 0:
    os.setgroups([])
    os.setuid(65534)
try:
    if sys.argv[2] == "create":
        Workspace.create(path)
    else:
        Workspace.open(path)
except WorkspaceError as error:
    print(type(error).__name__, error)
"""


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
@pytest.mark.parametrize("kind", ["file", "folder", "both", "unreadable", "create"])
def test_what_may_only_be_read_is_refused(closed: Path, kind: str) -> None:
    for folder in closed.parent.parents:
        if not folder.stat().st_mode & 0o001:
            folder.chmod(0o755)
    closed.chmod({"folder": 0o666, "unreadable": 0o000}.get(kind, 0o444))
    closed.parent.chmod(0o777 if kind in {"file", "unreadable"} else 0o555)
    before = closed.read_bytes() if os.geteuid() == 0 else b""
    name = closed.with_name("other.cocivic") if kind == "create" else closed
    answer = subprocess.run(
        [sys.executable, "-c", AS_ANOTHER, str(name), kind], capture_output=True, text=True, check=False
    )
    closed.parent.chmod(0o700)
    closed.chmod(0o600)
    assert answer.stdout.startswith("WorkspaceError"), answer
    assert "Nothing was changed" in answer.stdout
    assert not before or closed.read_bytes() == before
    assert [one.name for one in closed.parent.iterdir()] == [closed.name]


FULL = """
import resource, signal, sys
from pathlib import Path
from cocivic_desktop.domain.errors import WorkspaceError
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.store.workspace import Workspace
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
path = Path(sys.argv[1])
workspace = Workspace.open(path)
resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 50_000, path.stat().st_size + 50_000))
saved = 0
try:
    for number in range(1_000):
        with workspace.write("add") as unit:
            unit.add(Organisation(name=str(number), mission="x" * 5_000))
        saved += 1
except WorkspaceError as error:
    print(saved, error)
workspace.close()
"""


@pytest.mark.skipif(os.name == "nt", reason="limits of POSIX")
def test_no_room_on_the_disk_loses_nothing_that_was_saved(closed: Path) -> None:
    answer = subprocess.run([sys.executable, "-c", FULL, str(closed)], capture_output=True, text=True, check=False)
    saved, message = answer.stdout.split(" ", 1)
    assert int(saved) > 2
    assert "What was saved before is kept" in message
    with Workspace.open(closed) as workspace:
        assert workspace.problems() == []
        assert len(content(workspace)["Organisation"]) == int(saved) + 1


def test_a_failed_creation_leaves_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cocivic_desktop.store.workspace.put_in_place", full)
    with pytest.raises(WorkspaceError, match="No space left"):
        Workspace.create(path)
    assert list(path.parent.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
def test_a_folder_that_may_not_be_entered_is_named(closed: Path, tmp_path: Path) -> None:
    hidden = closed.parent / "hidden"
    hidden.mkdir()
    inside = hidden / closed.name
    inside.write_bytes(closed.read_bytes())
    for folder in closed.parent.parents:
        if not folder.stat().st_mode & 0o001:
            folder.chmod(0o755)
    closed.parent.chmod(0o755)
    hidden.chmod(0o700 if os.geteuid() == 0 else 0o000)
    answer = subprocess.run(
        [sys.executable, "-c", AS_ANOTHER, str(inside), "open"], capture_output=True, text=True, check=False
    )
    hidden.chmod(0o700)
    assert answer.stdout.startswith("WorkspaceError"), answer
    assert "cannot be reached" in answer.stdout
