"""Hours written by the command, and certificates."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import docx
import pytest
from python_calamine import CalamineWorkbook

from cocivic_desktop.cli import main


@pytest.fixture
def copy(sample_file: Path, tmp_path: Path) -> Path:
    """The sample workspace, to be changed."""
    return Path(shutil.copy(sample_file, tmp_path / "copy.cocivic"))


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, Any, str]:
    """Exit code, JSON answer (None without one) and what was said on standard error."""
    code = main(["--json", *map(str, words)])
    said = capsys.readouterr()
    return code, json.loads(said.out) if said.out else None, said.err


def test_hours_in_three_forms(capsys: pytest.CaptureFixture[str], copy: Path, tmp_path: Path) -> None:
    common = ["--workspace", copy, "hours", "export", "Harbour", "--by", "kind,person", "--columns", "month"]
    code, data, err = run(capsys, *common, "--out", tmp_path / "h.xlsx", "--value")
    assert (code, err) == (0, "")
    assert data["minutes"] > data["confirmed"] > 0
    total = CalamineWorkbook.from_path(data["file"]).get_sheet_by_name("Report").to_python()[-1]
    assert round(float(str(total[-3])) * 60) == data["minutes"]
    assert round(float(str(total[-2])) * 60) == data["confirmed"]
    code, csv_data, _ = run(capsys, *common, "--out", tmp_path / "h.csv", "--confirmed")
    rows = list(csv.reader(io.StringIO((tmp_path / "h.csv").read_text(encoding="utf-8-sig"))))
    assert round(sum(float(row[-3]) for row in rows[1:]) * 60) == csv_data["minutes"] == data["confirmed"]
    code, _, _ = run(capsys, *common, "--out", tmp_path / "h.docx", "--language", "tr", "--names", "none")
    text = "".join(cell.text for row in docx.Document(str(tmp_path / "h.docx")).tables[0].rows for cell in row.cells)
    assert "Gönüllü 1" in text
    assert "Hanno" not in text
    code, everything, err = run(capsys, "--workspace", copy, "hours", "export", "--out", tmp_path / "all.xlsx")
    assert (code, err) == (0, "")
    assert everything["minutes"] >= data["minutes"]
    about = CalamineWorkbook.from_path(everything["file"]).get_sheet_by_name("Report").to_python()[1][0]
    assert str(about).startswith("All days with hours (")
    day = data["first"]
    _, one_day, _ = run(capsys, *common, "--out", tmp_path / "d.csv", "--from", day, "--to", day)
    assert 0 < one_day["minutes"] < data["minutes"]
    assert (one_day["first"], one_day["last"]) == (day, day)


def test_bad_words_are_named(capsys: pytest.CaptureFixture[str], copy: Path, tmp_path: Path) -> None:
    common = ["--workspace", copy, "hours", "export", "--out", tmp_path / "h.xlsx"]
    for more, said in (
        (["--by", "shoe"], "“shoe” is not known. There are: person,"),
        (["--by", "person,role,month"], "at most 2"),
        (["--kinds", "pirate"], "“pirate”"),
        (["--from", "2026-12-01", "--to", "2026-01-01"], "--to (2026-01-01) lies before --from (2026-12-01)"),
    ):
        code, data, err = run(capsys, *common, *more)
        assert (code, data) == (2, None)
        assert said in err
    assert not (tmp_path / "h.xlsx").exists()


def test_a_summary_has_a_forecast(capsys: pytest.CaptureFixture[str], copy: Path) -> None:
    _, data, _ = run(capsys, "--workspace", copy, "hours", "summary", "Harbour")
    found = data["partnerships"][0]
    assert found["forecast"] == found["used"] + found["planned"]
    assert found["promised"] == sum(one["promised"] for one in found["commitments"])
    assert {one["warning"] for one in found["commitments"]} <= {True, False}


def test_a_certificate_keeps_its_number(capsys: pytest.CaptureFixture[str], copy: Path, tmp_path: Path) -> None:
    out = tmp_path / "c.docx"
    common = ["--workspace", copy, "certificate", "Hanno", "--out", out, "--language", "de"]
    code, data, err = run(capsys, *common, "--competence", "Zuhören", "--signer", "Ute Clausen, Leitung")
    assert (code, err) == (0, "")
    assert data["number"][4:9] == "-001-"
    assert not data["reprinted"]
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(out)).paragraphs)
    assert {"Hanno Brodersen", "Zuhören"} <= set(text.split("\n"))
    code, _, err = run(capsys, *common)
    assert (code, "already a file" in err, "add --force" in err) == (2, True, True)
    _, again, _ = run(capsys, *common, "--force")
    assert (again["number"], again["reprinted"]) == (data["number"], True)
    code, _, err = run(capsys, *common, "--force", "--competence", "Reden")
    assert (code, "--competence differs from it. Add --new" in err) == (2, True)
    _, new, _ = run(capsys, *common, "--force", "--new")
    assert new["number"][4:9] == "-002-"
    long_ago = ["--from", "2001-01-01", "--to", "2001-01-02", "--partnership", "Harbour"]
    code, _, err = run(capsys, "--workspace", copy, "certificate", "Silke", "--out", tmp_path / "s.docx", *long_ago)
    assert code == 2
    assert "has no confirmed hours" in err
