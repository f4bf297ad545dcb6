"""The goal sheet: every field of every goal, lines where something is missing, two blank goals, four languages."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from docx.document import Document

from cocivic_desktop.cli import main
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.goals import Indicator, SharedGoal
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.library.labels import labels
from cocivic_desktop.services import goal_sheet, records

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace

TODAY = date(2026, 9, 14)


@pytest.fixture
def goal(workspace: Workspace, partnership: Partnership) -> SharedGoal:
    made = SharedGoal(
        partnership_id=partnership.id,
        statement="Fifty things repaired <by> June",
        benefit_school="Practice",
        agreed_school_on=date(2026, 9, 2),
        agreed_school_by="Ada Brandt",
    )
    records.add(workspace, made)
    counted = Indicator(
        partnership_id=partnership.id, goal_id=made.id, name="Things", unit="count", baseline=0.0, target=50.0
    )
    counted.measured_how = "list on the wall"
    records.add(workspace, counted)
    return made


def written(workspace: Workspace, partnership: Partnership, folder: Path, language: str) -> Document:
    path = goal_sheet.write_sheet(workspace, partnership.id, folder / f"{language}.docx", language, TODAY)
    return docx.Document(io.BytesIO(path.read_bytes()))


def rows(document: Document) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]


def test_a_goal_with_its_fields_and_two_blank_ones(
    workspace: Workspace, partnership: Partnership, goal: SharedGoal, tmp_path: Path
) -> None:
    document = written(workspace, partnership, tmp_path, "en")
    headings = [one.text for one in document.paragraphs if one.style is not None and one.style.style_id == "Heading1"]
    assert [text for text in headings if text] == ["Goal 1", "Goal 2 (new)", "Goal 3 (new)"]
    found = rows(document)
    assert ["What will be different at the end?", "Fifty things repaired <by> June"] in found
    assert ["Benefit for the school", "Practice"] in found
    assert found.count(["Benefit for the learners", ""]) == 3, "missing in the goal, and in two blank ones"
    assert ["Things", "0", "50", "list on the wall"] in found
    assert ["North Vocational School", "02/09/2026", "Ada Brandt", ""] in found
    assert found.count(["Green Harbour", "", "", ""]) == 3


def test_missing_fields_have_a_ruled_line_and_known_ones_have_none(
    workspace: Workspace, partnership: Partnership, goal: SharedGoal, tmp_path: Path
) -> None:
    table = written(workspace, partnership, tmp_path, "en").tables[0]
    ruled = {row.cells[0].text: "tcBorders" in row.cells[1]._tc.xml for row in table.rows if row.cells[0].text}
    assert ruled["Benefit for the learners"] and not ruled["Benefit for the school"]


@pytest.mark.parametrize("language", ["en", "de", "es", "tr"])
def test_each_language_has_its_own_words(
    workspace: Workspace, partnership: Partnership, goal: SharedGoal, tmp_path: Path, language: str
) -> None:
    words, english = labels(language, "goal_sheet.toml"), labels("en", "goal_sheet.toml")
    assert set(words) == set(english)
    same = [key for key in words if words[key] == english[key]]
    assert language == "en" or set(same) <= {"column.name"}
    text = "\n".join(one.text for one in written(workspace, partnership, tmp_path, language).paragraphs)
    assert words["title"] in text and words["note"] in text and "{" not in text


def test_another_language_is_refused(workspace: Workspace, partnership: Partnership, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="fr"):
        goal_sheet.write_sheet(workspace, partnership.id, tmp_path / "x.docx", "fr", TODAY)
    assert not (tmp_path / "x.docx").exists()


def test_goals_on_the_command_line(
    workspace: Workspace,
    partnership: Partnership,
    goal: SharedGoal,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    workspace.close()
    assert main(["--workspace", str(workspace.path), "goals", "list", "Repair"]) == 0
    said = capsys.readouterr().out
    assert "1. Fifty things repaired <by> June (agreed by: school)" in said
    assert "! benefit: benefit cso missing" in said
    assert main(["--workspace", str(workspace.path), "--json", "goals", "list", "Repair"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["goals"]
    assert row["agreed_school_on"] == "2026-09-02" and row["indicators"][0]["target"] == 50
    assert {"criterion": "benefit", "code": "benefit_cso_missing", "at": "benefit_cso"}.items() <= next(
        one for one in row["findings"] if one["code"] == "benefit_cso_missing"
    ).items()
    target = tmp_path / "sheet.docx"
    command = ["--workspace", str(workspace.path), "goals", "sheet", "Repair", "--out", str(target), "--language", "de"]
    assert main(command) == 0 and target.stat().st_size > 5_000
    assert main(command) == 2, "an existing file is kept"
    assert "already a file" in capsys.readouterr().err
