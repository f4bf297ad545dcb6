from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import NotAWorkspace, WorkspaceError, WorkspaceLocked
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.services import backups, records
from cocivic_desktop.store import backup as stored
from cocivic_desktop.store import copies
from cocivic_desktop.store.backup import Backup, superfluous
from cocivic_desktop.store.workspace import Workspace

V1 = Path(__file__).parents[1] / "old_workspaces" / "v1.cocivic"


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COCIVIC_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "here" / "my [own] work.cocivic") as workspace:
        records.add(workspace, Organisation(name="first"))
        yield workspace


def names(workspace: Workspace) -> list[str]:
    return [one.name for one in records.find(workspace, Organisation)]


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_is_a_whole_private_workspace(workspace: Workspace, data_folder: Path) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    backup = backups.backup_now(workspace)
    assert backup.path.parent == data_folder / "backups"
    assert (backup.reason, backup.size) == ("manual", backup.path.stat().st_size)
    assert before <= backup.made_at <= datetime.now(UTC)
    assert backup.path.name == f"my [own] work-{backup.made_at:%Y%m%dT%H%M%SZ}-manual.cocivic"
    assert backup.path.stat().st_mode & 0o777 == 0o600
    assert backup.path.parent.stat().st_mode & 0o777 == 0o700
    assert files(backup.path.parent) == [backup.path.name]
    with Workspace.open(backup.path) as copy:
        assert names(copy) == ["first"]
        assert copy.undo() is not None


def test_backups_of_the_same_second_are_told_apart_and_listed_newest_first(
    workspace: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "chosen" / "folder"
    made = [backups.backup_now(workspace, "import", folder) for _ in range(3)]
    for foreign in ("notes.txt", "other-20260101T000000Z-manual.cocivic", "my [own] work-99999999T999999Z-x.cocivic"):
        (folder / foreign).write_text("x")
    (folder / "my [own] work-old.cocivic").write_text("x")
    assert backups.list_backups(workspace, folder) == made[::-1]
    assert backups.list_backups(workspace) == []
    with pytest.raises(ValueError, match="file name"):
        backups.backup_now(workspace, "../x")


def test_one_before_a_migration_is_listed(tmp_path: Path) -> None:
    path = tmp_path / "old.cocivic"
    path.write_bytes(V1.read_bytes())
    with Workspace.open(path) as workspace:
        assert [one.reason for one in backups.list_backups(workspace)] == ["format-1"]


def test_restoring_goes_back_and_can_be_taken_back(workspace: Workspace) -> None:
    heard: list[Changes] = []
    backup = backups.backup_now(workspace)
    records.add(workspace, Organisation(name="second"))
    workspace.on_change(heard.append)
    restored = backups.restore(workspace, backup.path)
    assert restored is workspace
    assert names(restored) == ["first"]
    assert heard[0].touches("organisation", "hour_entry")
    assert heard[0].ids is None
    newest = backups.list_backups(restored)[0]
    assert newest.reason == "restore"
    records.add(restored, Organisation(name="third"))
    assert len(heard) == 2
    assert names(backups.restore(restored, newest.path)) == ["first", "second"]
    assert restored.undo_step() is not None
    with pytest.raises(WorkspaceLocked):
        Workspace.open(workspace.path)
    assert files(workspace.path.parent) == [f".{workspace.path.name}.lock", workspace.path.name]
    assert workspace.path.stat().st_mode & 0o777 == 0o600


def test_an_older_backup_is_migrated_on_the_way_and_stays_as_it_is(workspace: Workspace) -> None:
    before = V1.read_bytes()
    backups.restore(workspace, V1)
    assert len(names(workspace)) >= 1
    assert workspace.problems() == []
    assert V1.read_bytes() == before
    assert files(V1.parent).count("v1.cocivic") == 1
    assert files(workspace.path.parent) == [f".{workspace.path.name}.lock", workspace.path.name]


def spoilt(backup: Path, how: str) -> Path:
    if how == "missing":
        return backup.with_name("none.cocivic")
    if how == "foreign":
        backup.write_bytes(b"x" * 5_000)
    else:
        data = bytearray(backup.read_bytes())
        data[4096 * 3 : 4096 * 5] = b"\xff" * 8192
        backup.write_bytes(data)
    return backup


@pytest.mark.parametrize("how", ["missing", "foreign", "damaged"])
def test_a_bad_backup_is_refused(workspace: Workspace, how: str) -> None:
    bad = spoilt(backups.backup_now(workspace).path, how)
    records.add(workspace, Organisation(name="second"))
    before = workspace.path.read_bytes()
    with pytest.raises(WorkspaceError):
        backups.restore(workspace, bad)
    assert workspace.path.read_bytes() == before
    assert names(workspace) == ["first", "second"]
    assert files(workspace.path.parent) == [f".{workspace.path.name}.lock", workspace.path.name]


@pytest.mark.parametrize("moment", ["copying", "backing up", "replacing", "opening"])
def test_a_restore_that_fails_leaves_the_present_workspace(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    backup = backups.backup_now(workspace)
    records.add(workspace, Organisation(name="second"))
    calls = []

    def fails(*_: Any, **__: Any) -> None:
        calls.append(1)
        raise OSError(28, "No space left on device")

    connect = Workspace._connect

    def fails_once(self: Workspace) -> None:
        if not calls:
            fails()
        connect(self)

    with monkeypatch.context() as patched:
        if moment == "copying":
            patched.setattr(stored, "copy_of", fails)
        elif moment == "backing up":
            patched.setattr(copies, "copy_of", fails)
        elif moment == "replacing":
            patched.setattr("cocivic_desktop.store.workspace.put_in_place", fails)
        else:
            patched.setattr(Workspace, "_connect", fails_once)
        with pytest.raises(WorkspaceError, match="No space left"):
            backups.restore(workspace, backup.path)
    assert calls
    assert names(workspace) == ["first", "second"]
    records.add(workspace, Organisation(name="third"))
    assert workspace.undo() is not None
    assert workspace.problems() == []
    assert files(workspace.path.parent) == [f".{workspace.path.name}.lock", workspace.path.name]


def test_a_backup_that_cannot_be_written_is_named(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(WorkspaceError, match="Nothing was changed"):
        backups.backup_now(workspace, folder=tmp_path / "file" / "below")
    with workspace.write("x"), pytest.raises(RuntimeError):
        backups.backup_now(workspace)


def test_a_copy_that_came_out_wrong_is_not_kept(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_of = copies.copy_of

    def badly(raw: Any, target: Path) -> None:
        copy_of(raw, target)
        spoilt(target, "damaged")

    monkeypatch.setattr(copies, "copy_of", badly)
    with pytest.raises(WorkspaceError):
        backups.backup_now(workspace, folder=tmp_path / "kept")
    assert files(tmp_path / "kept") == []


def test_once_a_day_and_thinned(workspace: Workspace, data_folder: Path) -> None:
    today = datetime.now().astimezone().date()
    folder = data_folder / "backups"
    folder.mkdir(parents=True)
    for days in range(2, 80, 2):
        for hour in (9, 15):
            moment = datetime.now(UTC).replace(hour=hour) - timedelta(days=days)
            (folder / f"my [own] work-{moment:%Y%m%dT%H%M%SZ}-daily.cocivic").write_text("x")
    first = backups.daily_backup(workspace, today)
    assert first is not None
    assert first.reason == "daily"
    assert backups.daily_backup(workspace, today) is None
    assert len(files(folder)) == 1 + 15 + len({one.day.isocalendar()[:2] for one in _old(workspace, today)})
    assert backups.daily_backup(workspace, today + timedelta(days=1)) is not None


def _old(workspace: Workspace, today: date) -> list[Backup]:
    return [one for one in backups.list_backups(workspace) if today - one.day > timedelta(days=31)]


def made(day: date, hour: int, reason: str = "daily") -> Backup:
    at = datetime(day.year, day.month, day.day, hour).astimezone().astimezone(UTC)
    return Backup(at, 1, Path(f"{day}-{hour}-{reason}"), reason, 1)


def test_thinning_keeps_what_it_says() -> None:
    today = date(2026, 3, 31)
    every = [made(today - timedelta(days=days), hour) for days in range(100) for hour in (8, 12, 16)]
    kept = sorted(set(every) - set(superfluous(every, today)))
    by_age = {days: [one for one in kept if (today - one.day).days == days] for days in range(100)}
    assert [len(by_age[days]) for days in range(4)] == [3, 3, 1, 1]
    assert all(len(by_age[days]) == 1 for days in range(2, 32))
    older = [one for one in kept if (today - one.day).days > 31]
    weeks = [one.day.isocalendar()[:2] for one in older]
    assert (
        len(weeks)
        == len(set(weeks))
        == len({one.day.isocalendar()[:2] for one in every if (today - one.day).days > 31})
    )
    assert all(one.made_at.astimezone().hour == 16 for one in older)
    assert not superfluous(kept, today), "thinning twice removes no more"
    manual = [made(date(2020, 1, 1), hour, reason) for hour in range(5) for reason in ("manual", "format-1")]
    assert not superfluous(manual, today)


def test_a_backup_on_a_read_only_medium_can_be_restored(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "medium"
    backup = backups.backup_now(workspace, folder=folder)
    records.add(workspace, Organisation(name="second"))
    backup.path.chmod(0o400)
    folder.chmod(0o500)
    try:
        backups.restore(workspace, backup.path)
    finally:
        folder.chmod(0o700)
    assert names(workspace) == ["first"]
    assert files(folder) == [backup.path.name]


def test_the_kinds_of_errors_are_kept(workspace: Workspace, tmp_path: Path) -> None:
    other = tmp_path / "letter.cocivic"
    other.write_text("x" * 500)
    with pytest.raises(NotAWorkspace):
        backups.restore(workspace, other)
    assert os.path.exists(other)  # noqa: PTH110
