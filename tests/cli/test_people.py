"""`cocivic people …`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cocivic_desktop import cli
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.services import records

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace


@pytest.fixture
def file(workspace: Workspace) -> Path:
    """A closed workspace with one person."""
    records.add(workspace, Person(name="Ada Brandt", email="ada@x.example"))
    workspace.close()
    return workspace.path


def run(capsys: pytest.CaptureFixture[str], file: Path, *words: str) -> tuple[int, str, str]:
    code = cli.main(["--workspace", str(file), "people", *words])
    out, error = capsys.readouterr()
    return code, out, error


def listed(capsys: pytest.CaptureFixture[str], file: Path) -> list[str]:
    return [one["name"] for one in json.loads(run(capsys, file, "list", "--standing", "all", "--json")[1])["people"]]


def test_people_come_and_go(capsys: pytest.CaptureFixture[str], file: Path, tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("Name;E-mail;Phone\nKim;kim@x.example;\nA. Brandt;ada@x.example;77\n")
    code, out, _ = run(capsys, file, "import", str(table), "--dry-run", "--json")
    assert (code, json.loads(out)["counts"]) == (0, {"add": 1, "update": 1})
    assert listed(capsys, file) == ["Ada Brandt"]
    run(capsys, file, "import", str(table))
    assert listed(capsys, file) == ["Ada Brandt", "Kim"]

    copy = tmp_path / "copy.json"
    assert run(capsys, file, "export", "ada", "--out", str(copy))[0] == 0
    assert json.loads(copy.read_text())["person"]["phone"] == "77"
    assert run(capsys, file, "export", "ada", "--out", str(copy))[0] == 2

    code, out, _ = run(capsys, file, "erase", "Ada Brandt", "--dry-run")
    assert (code, out.splitlines()[-1]) == (0, "Nothing was changed.")
    code, out, _ = run(capsys, file, "erase", "Ada Brandt")
    assert (code, listed(capsys, file)) == (1, ["Ada Brandt", "Kim"])
    code, out, _ = run(capsys, file, "erase", "Ada Brandt", "--force", "--json")
    data = json.loads(out)
    assert (code, data["applied"], len(data["backups_that_hold"])) == (0, True, 1)
    assert run(capsys, file, "anonymise", "Kim", "--force")[0] == 0
    assert listed(capsys, file)[0].startswith("N. N. ")
    assert "No person is called" in run(capsys, file, "erase", "Ada Brandt", "--force")[2]
