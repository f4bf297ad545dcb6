from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cocivic_desktop.store.workspace import Workspace


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "work.cocivic"


@pytest.fixture
def workspace(empty_file: Path, path: Path) -> Iterator[Workspace]:
    with Workspace.open(Path(shutil.copy(empty_file, path))) as workspace:
        yield workspace
