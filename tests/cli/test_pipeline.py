"""Prospective partners and school lists on the command line."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from cocivic_desktop import cli
from cocivic_desktop.cli_commands.common import today
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.partnerships import Outreach, Partnership, PipelineState
from cocivic_desktop.services import pipeline
from cocivic_desktop.store.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from cocivic_desktop.domain.base import Entity


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with two prospects, one of them overdue."""
    monkeypatch.setenv("COCIVIC_DATA", str(tmp_path / "data"))
    path = tmp_path / "test.cocivic"
    opened = Workspace.create(path)
    pipeline.add_prospect(opened, new_school={"name": "Alder School", "city": "Plön"}, title="Repair café")
    pipeline.add_prospect(
        opened, new_school={"name": "Harbour College"}, title="Clean shore", state=PipelineState.CONTACTED,
        next_contact_on=today() - timedelta(days=2),
    )  # fmt: skip
    opened.close()
    return path


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    capsys.readouterr()
    code = cli.main([str(word) for word in words])
    said = capsys.readouterr()
    return code, said.out, said.err


def answer(capsys: pytest.CaptureFixture[str], *words: object) -> Any:
    code, out, err = run(capsys, *words, "--json")
    assert code == 0, err
    return json.loads(out)


def stored(file: Path, cls: type[Entity]) -> list[Any]:
    opened = Workspace.open(file)
    try:
        with opened.read() as unit:
            return unit.find(cls)
    finally:
        opened.close()


def test_the_pipeline_says_who_stands_where(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = answer(capsys, "--workspace", file, "partnership", "pipeline")
    assert [(one["school"], one["state"], one["overdue"]) for one in data["pipeline"]] == [
        ("Harbour College", "contacted", True), ("Alder School", "idea", False)
    ]  # fmt: skip
    assert data["counts"] == {"idea": 1, "contacted": 1, "meeting": 0, "exploring": 0, "agreed": 0, "not_now": 0}
    due = answer(capsys, "--workspace", file, "partnership", "pipeline", "--due")
    assert [one["title"] for one in due["pipeline"]] == ["Clean shore"]
    _, out, _ = run(capsys, "--workspace", file, "partnership", "pipeline", "--state", "idea")
    assert "idea (1)" in out
    assert "Alder School – Repair café" in out
    assert "Harbour" not in out


def test_a_partnership_moves_with_its_reason(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = answer(capsys, "--workspace", file, "partnership", "move", "Repair", "not-now", "--reason", "Exams")
    assert (data["from"], data["to"], data["reason"], data["changed"]) == ("idea", "not_now", "Exams", True)
    (moved,) = [one for one in stored(file, Partnership) if one.title == "Repair café"]
    assert (moved.pipeline, moved.not_now_reason) == (PipelineState.NOT_NOW, "Exams")
    again = answer(capsys, "--workspace", file, "partnership", "move", "Repair", "not_now")
    assert again["changed"] is False


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("move", "Repair", "someday"), "is no state; there are idea, contacted"),
        (("move", "Nowhere", "idea"), "No partnership is called"),
        (("move", "Repair", "meeting", "--reason", "x"), "belongs to “not_now” only"),
        (("contact", "Repair", "--date", "2026-09-10", "--next", "2026-09-01"), "before this one"),
    ],
)
def test_bad_use_is_one_line_and_changes_nothing(
    file: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str
) -> None:
    code, out, err = run(capsys, "--workspace", file, "partnership", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert says in err
    assert {one.pipeline for one in stored(file, Partnership)} == {PipelineState.IDEA, PipelineState.CONTACTED}


def test_a_contact_is_noted(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = answer(capsys, "--workspace", file, "partnership", "contact", "Repair", "--kind", "visit", "--outcome",
                  "Tea", "--date", "2026-09-01", "--next", "2026-09-15")  # fmt: skip
    assert (data["kind"], data["happened_on"], data["next_contact_on"]) == ("visit", "2026-09-01", "2026-09-15")
    (contact,) = stored(file, Outreach)
    assert contact.outcome == "Tea"


LIST = "School;City;E-mail\nAlder School;Plön;a@alder.example\nNew College;Kiel;x\nNew College;Kiel;\n;Ulm;\n"


def test_a_school_list_is_shown_first_and_then_taken_whole(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "schools.csv"
    table.write_bytes(LIST.encode("utf-16"))
    dry = answer(capsys, "--workspace", file, "schools", "import", table, "--dry-run", "--ideas")
    assert dry["applied"] is False
    assert [(one["row"], one["found"], one["reason"], one["choice"]) for one in dry["rows"]] == [
        (2, "known", "name_and_city", "update"), (3, "new", None, "add"), (4, "twice", "name_and_city", "leave_out"),
        (5, "no_name", None, "leave_out"),
    ]  # fmt: skip
    assert dry["rows"][1]["not_taken"] == [{"field": "email", "code": "not_an_email", "value": "x"}]
    assert dry["columns"] == ["name", "city", "email"]
    assert len(stored(file, Organisation)) == 2
    done = answer(capsys, "--workspace", file, "schools", "import", table, "--ideas")
    assert (len(done["added"]), len(done["updated"]), len(done["ideas"])) == (1, 1, 1)
    assert {one.name: one.email for one in stored(file, Organisation)} == {
        "Alder School": "a@alder.example", "Harbour College": "", "New College": ""
    }  # fmt: skip
    listed = answer(capsys, "--workspace", file, "schools", "list")
    assert [one["name"] for one in listed["schools"]] == ["Alder School", "Harbour College", "New College"]
    _, out, _ = run(capsys, "--workspace", file, "schools", "import", table)
    assert "row    3  leave out  New College  (known as “New College”, name and city)" in out
    assert out.endswith("0 of 4 schools were taken.\n")


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel"), (b"12;34\n", "which column"), (b"", "empty")],
)
def test_a_bad_list_is_one_line(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, says: str
) -> None:
    table = tmp_path / "list.xls"
    table.write_bytes(content)
    code, out, err = run(capsys, "--workspace", file, "schools", "import", table)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert says in err
