"""Where resources and data live."""

from __future__ import annotations

import stat
import sys
from typing import TYPE_CHECKING

import pytest

from cocivic_desktop import paths

if TYPE_CHECKING:
    from pathlib import Path


def test_resources_are_there() -> None:
    assert (paths.resources() / "documents" / "clauses.toml").is_file()


def test_data_lies_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = tmp_path / "stick" / "data"
    monkeypatch.setenv("COCIVIC_DATA", str(chosen))
    assert paths.data_folder() == chosen
    assert paths.default_workspace() == chosen / "workspace.cocivic"
    assert paths.backup_folder() == chosen / "backups"
    assert {path.parent for path in (paths.log_file(), paths.settings_file())} == {chosen}


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such mode there")
def test_only_the_owner_may_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCIVIC_DATA", str(tmp_path / "data"))
    for folder in (paths.data_folder(), paths.backup_folder()):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_without_the_environment_it_is_the_platforms_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COCIVIC_DATA", raising=False)
    monkeypatch.setattr("platformdirs.user_data_dir", lambda *_, **__: str(tmp_path / "platform"))
    assert paths.data_folder() == tmp_path / "platform"
