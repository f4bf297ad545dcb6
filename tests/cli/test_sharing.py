"""What leaves the calendar for others, on the command line: files, mails to all who do not know yet, plans."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cocivic_desktop.cli import main
from cocivic_desktop.services.sample import MAIN_PARTNERSHIP
from cocivic_desktop.store.workspace import Workspace


def test_files_mails_and_plans(sample_workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(sample_workspace.path)
    sample_workspace.close()

    def run(*words: object, code: int = 0) -> str:
        assert main(["--workspace", path, *map(str, words)]) == code
        captured = capsys.readouterr()
        return captured.err if code == 2 else captured.out

    out = tmp_path / "all.ics"
    run("calendar", "export", "--out", out, "--series", "--closures", "--alarm", "none")
    text = out.read_text(encoding="utf-8")
    assert "RRULE:FREQ=WEEKLY" in text and "TZID:Atlantic/Canary" in text and "TZID:Europe/Berlin" in text
    assert "Carnival (CPC)" in text and "Autumn holidays (BSS)" in text
    assert "VALARM" not in text
    assert "no number of minutes" in run("calendar", "export", "--out", out, "--alarm", "soon", code=2)
    mails = tmp_path / "mails"
    mails.mkdir()
    told = json.loads(run("--json", "calendar", "invite", MAIN_PARTNERSHIP.hex[:8], "--news", "--out", mails))
    assert len(told["files"]) == len(list(mails.glob("*.eml")))
    assert {one["news"] for one in told["activities"]} <= {"new", "nobody"}
    again = json.loads(run("--json", "calendar", "invite", MAIN_PARTNERSHIP.hex[:8], "--news", "--out", mails))
    assert again["files"] == [], "everybody knows"
    assert "Name the activity" in run("calendar", "invite", "Two harbours", "--out", mails / "x.eml", code=2)
    plan = tmp_path / "plan.xlsx"
    assert str(plan) in run("calendar", "plan", "Two harbours", "--out", plan, "--language", "es")
    assert plan.read_bytes().startswith(b"PK")
    assert "2001/02" in run("calendar", "plan", "Harbour", "--out", tmp_path / "p.docx", "--year", "2001/02", code=2)
