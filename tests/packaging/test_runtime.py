"""Gates on what the program runs on: the Qt binding, and the promise of pinned versions."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def pinned() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").split()
    return {normal(name): pin for name, pin in (line.split("==") for line in lines)}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_broken_binding_stays_excluded() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (binding,) = [need for need in project["dependencies"] if need.startswith("PySide6")]
    assert "!=6.12.0" in binding
    assert version("PySide6-Essentials") != "6.12.0"


def test_every_declared_package_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needs = list(project["project"]["dependencies"])
    for extra in project["project"]["optional-dependencies"].values():
        needs += [need for need in extra if not need.startswith("cocivic-desktop[")]
    needs += project["build-system"]["requires"]
    names = {normal(re.split(r"[<>=!~ ;\[]", need, maxsplit=1)[0]) for need in needs}
    assert names <= set(pinned())


def test_pins_name_versions_only() -> None:
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        assert re.fullmatch(r"[A-Za-z0-9_.-]+==[A-Za-z0-9_.+!]+", line), line


@pytest.mark.parametrize("name", ["PySide6-Essentials", "SQLAlchemy", "sqlcipher3", "python-docx", "icalendar"])
def test_the_tests_run_on_the_pinned_versions(name: str) -> None:
    assert version(name) == pinned()[normal(name)]
