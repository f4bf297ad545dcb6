"""The wheel and the source archive: what they hold, and that the wheel works in a clean environment."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cocivic_desktop import __version__

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("packaging")]


def run(*command: str | Path, folder: Path, timeout: int = 240) -> subprocess.CompletedProcess[str]:
    """Run a command away from the checkout, without its Python path, without a screen."""
    unwanted = ("PYTHONPATH", "VIRTUAL_ENV", "DISPLAY", "WAYLAND_DISPLAY")
    environment = {name: value for name, value in os.environ.items() if name not in unwanted}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "COCIVIC_DATA": str(folder / "data")}
    return subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The source archive, and the wheel built from it and not from the checkout."""
    folder = tmp_path_factory.mktemp("dist")
    done = run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, folder=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    (source,) = folder.glob("*.tar.gz")
    (wheel,) = folder.glob("*.whl")
    return source, wheel


@pytest.fixture(scope="module")
def installed(archives: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A clean environment with the wheel in it; gives the path of one of its commands."""
    folder = tmp_path_factory.mktemp("clean")
    environment = folder / "venv"
    done = run(sys.executable, "-m", "venv", environment, folder=folder)
    assert done.returncode == 0, done.stderr
    pip = (environment / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    done = run(*pip, "--constraint", ROOT / "constraints.txt", archives[1], folder=folder, timeout=600)
    if done.returncode and "CI" not in os.environ and "connection" in done.stderr.lower():
        pytest.skip("the package index cannot be reached")
    assert done.returncode == 0, done.stderr
    return lambda command: environment / "bin" / command


def test_source_archive_holds_the_sources(archives: tuple[Path, Path]) -> None:
    with tarfile.open(archives[0]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    expected = {
        str(path.relative_to(ROOT))
        for folder in ("forms", "resources", "installer")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert expected <= names
    assert not [name for name in names if "_generated" in name]


def test_wheel_holds_forms_and_resources_once(archives: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(archives[1]) as wheel:
        names = wheel.namelist()
    assert len(names) == len(set(names))
    generated = "cocivic_desktop/_generated"
    for form in (ROOT / "forms").glob("*.ui"):
        assert f"{generated}/forms/{form.stem}.py" in names
    for resource in (ROOT / "resources").rglob("*"):
        if resource.is_file():
            assert f"{generated}/resources/{resource.relative_to(ROOT / 'resources').as_posix()}" in names
    assert not [name for name in names if name.startswith(("tests/", "forms/", "installer/"))]


def test_installed_command_line_works(installed: Callable[[str], Path], tmp_path: Path) -> None:
    done = run(installed("cocivic"), "--version", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert __version__ in done.stdout
    done = run(installed("cocivic"), "demo", "sample.cocivic", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    done = run(installed("cocivic"), "--workspace", "sample.cocivic", "check", folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_installed_window_starts(installed: Callable[[str], Path], tmp_path: Path) -> None:
    done = run(installed("cocivic-desktop"), "--version", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert __version__ in done.stdout
    done = run(installed("cocivic"), "demo", "sample.cocivic", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    done = run(installed("cocivic-desktop"), "--smoke", "sample.cocivic", folder=tmp_path, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
