from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from cocivic_desktop import __version__, cli
from cocivic_desktop.cli_commands.common import today
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.store.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "sample.cocivic"
    assert cli.main(["demo", str(path)]) == 0
    return path


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCIVIC_DATA", str(tmp_path / "data"))


@pytest.fixture
def copy(sample: Path, tmp_path: Path) -> Path:
    path = tmp_path / "copy.cocivic"
    shutil.copy(sample, path)  # nobody has it open
    return path


class Run:
    """What one command said."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *arguments: object) -> None:
        capsys.readouterr()
        self.code = cli.main([str(argument) for argument in arguments])
        self.out, self.err = capsys.readouterr()

    @property
    def data(self) -> Any:
        return json.loads(self.out)


def refused(run: Run, *parts: str) -> None:
    assert run.code == 2
    assert run.out == ""
    assert run.err.count("\n") == 1
    assert "Traceback" not in run.err
    for part in parts:
        assert part in run.err


# --- start --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [["--version"], ["info"]])
def test_starting_is_quick(sample: Path, command: list[str]) -> None:
    code = (
        "import sys\n"
        "from cocivic_desktop.cli import main\n"
        f"assert main({['--workspace', str(sample), *command]!r}) == 0\n"
        "heavy = {'PySide6', 'docx', 'matplotlib', 'icalendar', 'holidays', 'openpyxl', 'alembic', 'lxml'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_parser_itself_needs_no_database() -> None:
    code = (
        "import sys\n"
        "from cocivic_desktop.cli import build_parser\n"
        "build_parser()\n"
        "assert 'sqlalchemy' not in sys.modules\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    run = Run(capsys, "--version")
    assert (run.code, run.out) == (0, f"cocivic {__version__}\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["dance"], ["dance"]),
        ([], ["COMMAND"]),
        (["calendar", "list", "--from", "yesterday"], ["yesterday", "is not a date"]),
    ],
)
def test_bad_use_is_one_line(capsys: pytest.CaptureFixture[str], arguments: list[str], words: list[str]) -> None:
    run = Run(capsys, *arguments)
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert [word for word in words if word not in run.err] == []


def test_odd_letters_never_end_in_a_fault(capsys: pytest.CaptureFixture[str], copy: Path, tmp_path: Path) -> None:
    """A lone surrogate (here from a file name that is not UTF-8) and a bell can neither be stored nor shown."""
    path = tmp_path / "odd\udcff.json"
    school = {"id": "11111111-1111-4111-8111-111111111111", "name": "School\ud800 of\x07 Arts"}
    data = {"format": "co-civic portable", "version": 1, "records": {"organisation": [school]}}
    path.write_text(json.dumps(data), encoding="utf-8")
    assert Run(capsys, "--workspace", copy, "import", path).code == 0
    with Workspace.open(copy) as opened, opened.read() as unit:
        assert [one.name for one in unit.find(Organisation) if "Arts" in one.name] == ["School of Arts"]
    path.write_text(json.dumps({**data, "records": {"\ud800\x07": []}}), encoding="utf-8")
    refused(Run(capsys, "--workspace", copy, "import", path), r"$.records.\ud800\x07 is not a kind")
    assert Run(capsys, "--workspace", copy, "export", tmp_path / "out\udcff.json").code == 0


def test_a_place_that_cannot_be_looked_at_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    run = Run(capsys, "demo", tmp_path / ("long" * 100))
    assert (run.code, run.out) == (2, "")
    assert "cannot be reached" in run.err
    assert "Check its name" in run.err


# --- the workspace as a whole ---------------------------------------------------------------------------------------


def test_a_demo_is_written_whole_or_not_at_all(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "demo.cocivic"
    assert Run(capsys, "demo", path).code == 0
    assert [one.name for one in tmp_path.iterdir() if "part" in one.name] == []
    before = path.read_bytes()
    refused(Run(capsys, "demo", path), "--force")
    assert path.read_bytes() == before
    assert Run(capsys, "demo", path, "--force").code == 0
    refused(Run(capsys, "demo", tmp_path / "no" / "where.cocivic"), "folder")
    note = tmp_path / "note.txt"
    note.write_text("mine", encoding="utf-8")
    refused(Run(capsys, "demo", note, "--force"))
    assert note.read_text(encoding="utf-8") == "mine"


def test_info_and_check(capsys: pytest.CaptureFixture[str], sample: Path) -> None:
    data = Run(capsys, "--json", "--workspace", sample, "info").data
    assert data["version"] == __version__
    assert data["counts"]["partnership"] == 10
    assert data["size"] > 0
    assert data["last_backup"] is None
    run = Run(capsys, "check", "--workspace", sample, "--json")
    assert (run.code, run.data) == (0, {"sound": True, "problems": []})


def test_a_missing_or_foreign_workspace_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    refused(Run(capsys, "--workspace", tmp_path / "gone", "info"), "gone")
    foreign = tmp_path / "foreign"
    foreign.write_text("a letter", encoding="utf-8")
    refused(Run(capsys, "--workspace", foreign, "info"), "foreign")
    assert foreign.read_text(encoding="utf-8") == "a letter"


def test_export_and_import(capsys: pytest.CaptureFixture[str], copy: Path, tmp_path: Path) -> None:
    out, empty = tmp_path / "all.json", tmp_path / "empty.cocivic"
    Workspace.create(empty).close()
    assert Run(capsys, "--workspace", copy, "export", out).code == 0
    refused(Run(capsys, "--workspace", copy, "export", out), "all.json")
    assert Run(capsys, "--workspace", copy, "export", out, "--force").code == 0
    dry = Run(capsys, "--workspace", empty, "--json", "import", out, "--dry-run")
    assert dry.data["applied"] is False
    assert dry.data["counts"]["added"] > 300
    assert Run(capsys, "--workspace", empty, "--json", "import", out).data["applied"] is True
    with Workspace.open(empty) as opened, opened.write("change") as unit:
        unit.find(Partnership)[0].title = "Mine"
    conflict = Run(capsys, "--workspace", empty, "import", out)
    assert conflict.code == 1
    assert "conflict" in conflict.out
    assert Run(capsys, "--workspace", empty, "import", out, "--on-conflict", "take").code == 0
    one = tmp_path / "one.json"
    assert Run(capsys, "--workspace", copy, "export", one, "--partnership", "Repair").code == 0
    assert len(json.loads(one.read_text(encoding="utf-8"))["records"]["partnership"]) == 1
    out.write_text("{", encoding="utf-8")
    refused(Run(capsys, "--workspace", empty, "import", out), "line 1")


def test_backups(capsys: pytest.CaptureFixture[str], copy: Path) -> None:
    assert Run(capsys, "--workspace", copy, "--json", "backups").data == {"backups": []}
    made = Run(capsys, "--workspace", copy, "--json", "backup").data
    with Workspace.open(copy) as opened, opened.write("change") as unit:
        unit.find(Partnership)[0].title = "Changed"
    listed = Run(capsys, "--workspace", copy, "--json", "backups").data["backups"]
    assert [one["path"] for one in listed] == [made["path"]]
    assert Run(capsys, "--workspace", copy, "restore", made["path"]).code == 0
    titles = [
        one["title"] for one in Run(capsys, "--workspace", copy, "--json", "partnership", "list").data["partnerships"]
    ]
    assert "Changed" not in titles
    refused(Run(capsys, "--workspace", copy, "restore", "nothing"), "nothing")


# --- partnerships -------------------------------------------------------------------------------------------------


def test_partnerships(capsys: pytest.CaptureFixture[str], sample: Path) -> None:
    rows = Run(capsys, "--workspace", sample, "--json", "partnership", "list").data["partnerships"]
    assert len(rows) == 10
    for word in (rows[0]["id"], rows[0]["id"][:8], rows[0]["title"].upper(), rows[0]["title"][:8]):
        shown = Run(capsys, "--workspace", sample, "--json", "partnership", "show", word)
        assert shown.data["id"] == rows[0]["id"]
        assert list(shown.data["progress"]) == ["initiate", "goals", "agreement", "calendar", "hours", "evaluate"]
    refused(Run(capsys, "--workspace", sample, "partnership", "show", "nowhere"), "nowhere", "Harbour")


def test_an_ambiguous_word_lists_the_candidates(capsys: pytest.CaptureFixture[str], copy: Path) -> None:
    with Workspace.open(copy) as opened, opened.write("change") as unit:
        for number, one in enumerate(unit.find(Partnership)):
            one.title = f"Same {number}"
    run = Run(capsys, "--workspace", copy, "next", "same")
    assert (run.code, run.out) == (2, "")
    assert re.findall(r"Same \d", run.err) == [f"Same {number}" for number in range(10)]


def test_next_steps_come_most_urgent_first(capsys: pytest.CaptureFixture[str], sample: Path) -> None:
    steps = Run(capsys, "--workspace", sample, "--json", "next").data["next_steps"]
    order = [("now", "soon", "later").index(step["urgency"]) for step in steps]
    assert order == sorted(order)
    assert len({step["partnership_id"] for step in steps}) == 9  # one was put off until summer
    assert Run(capsys, "--workspace", sample, "next", "Repair").out


def test_evaluate(capsys: pytest.CaptureFixture[str], sample: Path) -> None:
    rows = Run(capsys, "--workspace", sample, "--json", "evaluate", "Harbour").data["indicators"]
    hours = next(row for row in rows if row["code"] == "volunteer_hours")
    assert hours["chosen"]
    assert hours["target"] == 180
    assert hours["actual"] > 30


# --- agreement, school year, calendar, hours ------------------------------------------------------------------------


def test_agreement(capsys: pytest.CaptureFixture[str], sample: Path) -> None:
    checked = Run(capsys, "--workspace", sample, "--json", "agreement", "check", "Harbour")
    assert checked.code == 1
    assert 0 < checked.data["share"] < 1
    asked = Run(capsys, "--workspace", sample, "--json", "agreement", "feasible", "Harbour")
    assert asked.code == (0 if asked.data["fits"] else 1)
    assert asked.data["promised_minutes"] > 0
    assert len(asked.data["verdicts"]) > len(asked.data["findings"])
    mentor = next(one for one in asked.data["verdicts"] if one["parameters"].get("role") == "Mentor")
    assert mentor["sentence"].startswith("Mentor: ")
    assert "usable weeks at" in mentor["sentence"]
    papers = checked.data["paperwork"]["papers"]
    assert len(papers) == checked.data["paperwork"]["total"] > 0
    assert all(one["how_to_lessen"] and one["name"] for one in papers)
    refused(Run(capsys, "--workspace", sample, "agreement", "check", "Repair"), "no agreement")


def test_agreement_export(capsys: pytest.CaptureFixture[str], copy: Path, tmp_path: Path) -> None:
    out = tmp_path / "mou.docx"
    run = Run(capsys, "--workspace", copy, "agreement", "export", "Harbour", "--out", out, "--language", "de")
    assert run.code == 0, run.err
    assert out.read_bytes()[:2] == b"PK"
    refused(Run(capsys, "--workspace", copy, "agreement", "export", "Harbour", "--out", out), "mou.docx")
    other = tmp_path / "other.docx"
    refused(Run(capsys, "--workspace", copy, "agreement", "export", "Harbour", "--out", other, "--version", 7), "7")
    refused(
        Run(capsys, "--workspace", copy, "agreement", "export", "Harbour", "--out", other, "--language", "xx"), "xx"
    )
    assert not other.exists()


def test_school_years(capsys: pytest.CaptureFixture[str], copy: Path, tmp_path: Path) -> None:
    before = Run(capsys, "--workspace", copy, "--json", "school-year", "list").data["school_years"]
    assert len(before) == 9
    table = tmp_path / "holidays.csv"
    table.write_text("name;start;end\nWinter break;2031-12-22;2032-01-06\n", encoding="utf-8")
    common = ["--workspace", copy, "--json", "school-year", "import", "Hochschule", table]
    refused(Run(capsys, *common), "--label")
    refused(Run(capsys, *common, "--label", "soon"), "soon")
    dry = Run(capsys, *common, "--label", "2031/32", "--dry-run")
    assert dry.code == 0, dry.err
    assert [one["name"] for one in dry.data["periods"]] == ["Winter break"]
    assert len(Run(capsys, "--workspace", copy, "--json", "school-year", "list").data["school_years"]) == 9
    assert Run(capsys, *common, "--label", "2031/32").code == 0
    assert len(Run(capsys, "--workspace", copy, "--json", "school-year", "list").data["school_years"]) == 10


def test_calendar(capsys: pytest.CaptureFixture[str], copy: Path, tmp_path: Path) -> None:
    data = Run(capsys, "--workspace", copy, "--json", "calendar", "list", "Harbour", "--from", "2020-01-01").data
    assert data["first"] == "2020-01-01"
    last = today() + timedelta(days=400)
    year = Run(capsys, "--workspace", copy, "--json", "calendar", "list", "--to", last).data
    assert year["occurrences"]
    refused(Run(capsys, "--workspace", copy, "calendar", "list", "--to", "2020-01-01"), "2020-01-01")
    found = Run(capsys, "--workspace", copy, "--json", "calendar", "conflicts")
    assert found.code == 1
    assert {"closure", "assessment", "person_busy"} <= {one["code"] for one in found.data["conflicts"]}
    assert any(one["free_slots"] for one in found.data["conflicts"])
    assert Run(capsys, "--workspace", copy, "calendar", "conflicts", "Harbour").code == 1
    out = tmp_path / "all.ics"
    assert Run(capsys, "--workspace", copy, "calendar", "export", "--out", out, "--person", "Hanno").code == 0
    assert out.read_bytes().startswith(b"BEGIN:VCALENDAR")
    refused(Run(capsys, "--workspace", copy, "calendar", "export", "--out", out), "all.ics")


def test_hours(capsys: pytest.CaptureFixture[str], copy: Path, tmp_path: Path) -> None:
    common = ["--workspace", copy, "--json", "hours", "log", "Harbour", "--person", "Ute", "--category", "mentoring"]
    day = today() - timedelta(days=1)
    stored = Run(capsys, *common, "--date", day, "--minutes", 30)
    assert stored.code == 0, stored.err
    assert stored.data["stored"]
    odd = Run(capsys, *common, "--date", day, "--minutes", 13 * 60)
    assert odd.code == 1
    assert not odd.data["stored"]
    assert odd.data["questions"]
    refused(Run(capsys, *common, "--date", day, "--minutes", 0), "minutes")
    refused(Run(capsys, *common[:-2], "--date", day, "--minutes", 30, "--category", "sleeping"), "sleeping")
    summary = Run(capsys, "--workspace", copy, "--json", "hours", "summary", "Harbour").data["partnerships"][0]
    assert {"promised", "used", "planned", "forecast"} <= set(summary["commitments"][0])
    out = tmp_path / "hours.csv"
    assert Run(capsys, "--workspace", copy, "hours", "export", "--out", out).code == 0
    assert "Ute Clausen" in out.read_text(encoding="utf-8-sig")
    refused(Run(capsys, "--workspace", copy, "hours", "export", "--out", tmp_path / "h.odt"), "h.odt", ".xlsx")


def test_versions_of_an_agreement(capsys: pytest.CaptureFixture[str], copy: Path, tmp_path: Path) -> None:
    out, red = tmp_path / "v3.docx", tmp_path / "changes.docx"
    assert Run(capsys, "--workspace", copy, "agreement", "export", "Harbour", "--version", 3, "--out", out).code == 0
    same = Run(capsys, "--workspace", copy, "--json", "agreement", "read", "Harbour", out)
    assert (same.code, same.data["version"], same.data["changes"]) == (0, 3, [])
    since = ["--workspace", copy, "agreement", "export", "Harbour", "--changes-since", 1, "--version", 3, "--out", red]
    assert Run(capsys, *since).code == 0
    tracked = zipfile.ZipFile(red).read("word/document.xml").decode()
    inserted = "".join(re.findall(r"<w:ins .*?</w:ins>", tracked, re.DOTALL))
    assert "14" in re.sub(r"<[^>]+>", "", inserted), "the notice was answered in version 2"
    refused(Run(capsys, "--workspace", copy, "agreement", "read", "Harbour", red, "--version", 1), "of version 3")
    refused(Run(capsys, "--workspace", copy, "agreement", "read", "Harbour", copy), "no Word document")
    refused(Run(capsys, "--workspace", copy, "agreement", "export", "Harbour", "--version", 9, "--out", out), "1, 2, 3")


def test_models_of_cooperation(capsys: pytest.CaptureFixture[str], copy: Path, tmp_path: Path) -> None:
    run = Run(capsys, "--workspace", copy, "--json", "model", "list")
    assert len(run.data["models"]) == 8
    assert run.data["problems"] == []
    saved = Run(capsys, "--workspace", copy, "--json", "model", "save", "Harbour", "--title", "Harbour way")
    assert saved.data["code"] == "own_harbour_way"
    out = tmp_path / "way.toml"
    assert Run(capsys, "--workspace", copy, "model", "export", "own_harbour_way", "--out", out).code == 0
    assert Run(capsys, "--workspace", copy, "model", "check", out).code == 0
    out.write_text(out.read_text(encoding="utf-8").replace("minors = true", "minors = 7"), encoding="utf-8")
    faulty = Run(capsys, "--workspace", copy, "--json", "model", "check", out)
    assert (faulty.code, faulty.data["problems"][0]["field"]) == (1, "minors")
    refused(Run(capsys, "--workspace", copy, "model", "import", out), "way.toml, line", "minors")
    start = [
        "start",
        "Next year",
        "--school",
        "Berufliche Schule Sundermole",
        "--model",
        "own_harbour_way",
        "--from",
        "2027-09-01",
    ]
    begun = Run(capsys, "--workspace", copy, "--json", *start)
    assert begun.data["model"] == "own_harbour_way"
    shown = Run(capsys, "--workspace", copy, "--json", "partnership", "show", "Next year")
    assert shown.data["model"] == "own_harbour_way"
    assert Run(capsys, "--workspace", copy, "model", "bring", "Next year", "arts_education").code == 0


@pytest.mark.parametrize(
    "command",
    [
        ["report", "Harbour", "--out", "x.docx"],
    ],
)
def test_what_is_not_there_yet_says_so(capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    run = Run(capsys, *command)
    assert (run.code, run.out) == (2, "")
    assert "not available in this version yet. Nothing was changed." in run.err


def test_an_unexpected_error_is_a_sentence_and_a_log(
    capsys: pytest.CaptureFixture[str], sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cocivic_desktop.services import advice

    def fail(*_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(advice, "next_steps", fail)
    refused(Run(capsys, "--workspace", sample, "next"), "unexpected", "cocivic.log")
    assert "boom" in (tmp_path / "data" / "cocivic.log").read_text(encoding="utf-8")
