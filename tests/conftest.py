"""Fixtures for all tests: a folder for data, a fresh workspace, and a context as the window has it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from cocivic_desktop.domain.partnerships import Partnership
    from cocivic_desktop.store.workspace import Workspace
    from cocivic_desktop.ui.context import Context

TODAY = date(2026, 9, 14)
"""The day on which tests of the window take place."""


@pytest.fixture
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for data instead of the person's own."""
    folder = tmp_path / "data"
    monkeypatch.setenv("COCIVIC_DATA", str(folder))
    return folder


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty workspace, written once and closed: to be copied, never to be opened."""
    from cocivic_desktop.store.workspace import Workspace

    path = tmp_path_factory.mktemp("empty") / "empty.cocivic"
    Workspace.create(path).close()
    return path


@pytest.fixture
def workspace(empty_file: Path, data_folder: Path) -> Iterator[Workspace]:
    """A new, empty workspace; closed after the test."""
    from cocivic_desktop.store.workspace import Workspace

    data_folder.mkdir(parents=True, exist_ok=True)
    opened = Workspace.open(Path(shutil.copy(empty_file, data_folder / "test.cocivic")))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workspace of `TODAY`, written once and closed: to be copied, never to be opened."""
    from cocivic_desktop.services.sample import create_sample
    from cocivic_desktop.store.workspace import Workspace

    path = tmp_path_factory.mktemp("sample") / "sample.cocivic"
    with Workspace.create(path) as made:
        create_sample(made, TODAY)
    return path


@pytest.fixture
def sample_workspace(sample_file: Path, data_folder: Path) -> Iterator[Workspace]:
    """A workspace with the sample in it; closed after the test."""
    from cocivic_desktop.store.workspace import Workspace

    data_folder.mkdir(parents=True, exist_ok=True)
    opened = Workspace.open(Path(shutil.copy(sample_file, data_folder / "test.cocivic")))
    yield opened
    opened.close()


@pytest.fixture
def qapp_dressed(qapp: QApplication) -> QApplication:
    """The application in its light look, in English."""
    from PySide6.QtCore import QLocale

    from cocivic_desktop.ui.theme import apply_theme

    QLocale.setDefault(QLocale("en_GB"))
    if qapp.property("dressed") is None:
        apply_theme(qapp, "light")
        qapp.setProperty("dressed", True)
    return qapp


@pytest.fixture
def context(workspace: Workspace, data_folder: Path, qapp_dressed: QApplication) -> Iterator[Context]:
    """A context with an open workspace, on a fixed day; an error that it would show fails the test."""
    from PySide6.QtCore import QSettings

    from cocivic_desktop.ui.context import Context

    made = Context(QSettings(str(data_folder / "settings.ini"), QSettings.Format.IniFormat))
    made.today = lambda: TODAY
    made.opened = workspace
    made.report = _raise
    made.tasks.on_error = _raise
    workspace.on_change(made.events.changed.emit)
    yield made
    made.tasks.stop()


@pytest.fixture
def partnership(workspace: Workspace) -> Partnership:
    """A partnership with a school, and our own organisation."""
    from cocivic_desktop.domain.organisations import Organisation, OrganisationKind
    from cocivic_desktop.domain.partnerships import Partnership
    from cocivic_desktop.services import records

    records.add(workspace, Organisation(name="Green Harbour", kind=OrganisationKind.CSO, is_ours=True))
    school = Organisation(name="North Vocational School", short_name="NVS", country="DE", region="SH")
    records.add(workspace, school)
    made = Partnership(title="Repair café", school_id=school.id, starts_on=date(2026, 8, 24), ends_on=date(2027, 6, 30))
    records.add(workspace, made)
    return made


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of the window are run without measuring what they cover: `scripts/test.sh`."""
    for item in items:
        if {"ui", "test_end_to_end.py", "test_initiate_and_goals.py"} & set(item.path.parts):
            item.add_marker("window")


@pytest.fixture(autouse=True)
def no_windows_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test of the window that leaves windows open has lost them: it fails."""
    if "ui" not in request.path.parts:
        yield
        return
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    request.getfixturevalue("qapp")
    before = set(map(id, QApplication.topLevelWidgets()))
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [one for one in QApplication.topLevelWidgets() if id(one) not in before and one.isVisible()]
    for window in left:
        window.close()
    assert not left, f"windows left open: {left}"


def _raise(error: Exception) -> None:
    raise error
