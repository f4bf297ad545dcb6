"""Hours taken in on the command line."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from cocivic_desktop import cli
from cocivic_desktop.domain.hours import HourEntry
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.services import records
from cocivic_desktop.store.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from cocivic_desktop.domain.partnerships import Partnership


@pytest.fixture
def path(workspace: Workspace, partnership: Partnership) -> Path:
    """A closed workspace with a partnership and one person."""
    records.add(workspace, Person(name="Ana López"))
    workspace.close()
    return workspace.path


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, Any, str]:
    capsys.readouterr()
    code = cli.main([str(word) for word in words])
    said = capsys.readouterr()
    return code, json.loads(said.out) if said.out.startswith("{") else said.out, said.err


def test_hours_come_in_whole_or_not_at_all(capsys: pytest.CaptureFixture[str], path: Path, tmp_path: Path) -> None:
    table = tmp_path / "hours.csv"
    table.write_text("Date;Name;Hours\n2025-10-05;Ana López;1,5\n2025-10-06;Ben Neu;2\nTotal;;3,5\n", encoding="utf-8")
    words = ("--workspace", path, "--json", "hours", "import", "Repair", table)
    code, data, _ = run(capsys, *words, "--dry-run", "--accept")
    assert (code, data["stored"], data["would_store"], data["passed_over"]) == (1, 0, 1, 1)
    assert data["doubtful"] == [{"line": 3, "state": "person_open", "reasons": ["“Ben Neu” is not known"]}]
    code, data, _ = run(capsys, *words, "--accept")
    assert (code, data["stored"]) == (1, 0)
    code, data, _ = run(capsys, *words, "--accept", "--add-people")
    assert (code, data["stored"], data["people_added"], data["minutes"]) == (0, 2, 1, 210)
    code, data, _ = run(capsys, *words, "--accept")
    assert (code, data["stored"], data["known"]) == (0, 0, 2)
    with Workspace.open(path) as opened:
        stored = records.find(opened, HourEntry, order="worked_on")
        assert [(one.worked_on, one.minutes) for one in stored] == [(date(2025, 10, 5), 90), (date(2025, 10, 6), 120)]


def test_doubt_about_days_is_a_sentence(capsys: pytest.CaptureFixture[str], path: Path, tmp_path: Path) -> None:
    table = tmp_path / "hours.csv"
    table.write_text("Date;Name;Hours\n03/04/2026;Ana López;1.5\n", encoding="utf-8")
    words = ("--workspace", path, "hours", "import", "Repair", table, "--accept")
    code, out, err = run(capsys, *words)
    assert (code, out) == (2, "")
    assert "--month-first" in err
    assert run(capsys, *words, "--month-first")[0] == 0
    with Workspace.open(path) as opened:
        assert records.find(opened, HourEntry)[0].worked_on == date(2026, 3, 4)
