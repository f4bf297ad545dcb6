from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cocivic_desktop.store.workspace import Workspace


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "work.cocivic"


@pytest.fixture
def workspace(path: Path) -> Iterator[Workspace]:
    with Workspace.create(path) as workspace:
        yield workspace
