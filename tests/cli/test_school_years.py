"""`school-year compare` and `import` on the sample: what is said, in text and JSON, with which exit code."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from cocivic_desktop import cli
from cocivic_desktop.domain.school_years import CalendarPeriod, PeriodKind, SchoolYear
from cocivic_desktop.services import records
from cocivic_desktop.store.workspace import Workspace
from tests.conftest import TODAY

SCHOOL = "Berufliche Schule Sundermole"


@pytest.fixture
def copy(sample_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COCIVIC_DATA", str(tmp_path / "data"))
    monkeypatch.setattr("cocivic_desktop.cli_commands.school_year.today", lambda: TODAY)
    return Path(shutil.copy(sample_file, tmp_path / "copy.cocivic"))


@pytest.fixture
def autumn(copy: Path) -> CalendarPeriod:
    """The autumn holidays of the running year of the sample's first school."""
    with Workspace.open(copy) as workspace:
        found = records.find(workspace, CalendarPeriod, kind=PeriodKind.HOLIDAY, order="starts_on")
        years = {one.id: one for one in records.find(workspace, SchoolYear)}
        return next(
            one
            for one in found
            if one.name == "Autumn holidays" and one.starts_on > TODAY and years[one.school_year_id].starts_on <= TODAY
        )


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    capsys.readouterr()
    code = cli.main([str(argument) for argument in arguments])
    return code, *capsys.readouterr()


def table(tmp_path: Path, autumn: CalendarPeriod, days: int) -> Path:
    first, last = (day + timedelta(days=days) for day in (autumn.starts_on, autumn.ends_on))
    path = tmp_path / "calendar.csv"
    path.write_text(f"name;start;end\nAutumn holidays;{first};{last}\n", encoding="utf-8")
    return path


def test_compare_says_what_moves_and_what_it_hits(
    capsys: pytest.CaptureFixture[str], copy: Path, autumn: CalendarPeriod, tmp_path: Path
) -> None:
    later = table(tmp_path, autumn, 7)
    code, out, err = run(capsys, "--workspace", copy, "school-year", "compare", SCHOOL, later)
    assert (code, err) == (1, "")
    assert f"moved     Autumn holidays: {autumn.starts_on} – {autumn.ends_on} → " in out
    assert "(was typed in: it stays)" in out
    assert "Nothing was changed." in out
    code, out, _ = run(capsys, "--workspace", copy, "--json", "school-year", "compare", SCHOOL, later)
    data = json.loads(out)
    assert code == 1
    moved = next(one for one in data["changes"] if one["kind"] == "moved")
    assert moved["after"]["starts_on"] == str(autumn.starts_on + timedelta(days=7))
    assert data["hits"]
    assert all(one["proposed"] for one in data["hits"])
    with Workspace.open(copy) as workspace:
        assert records.get(workspace, CalendarPeriod, autumn.id).starts_on == autumn.starts_on


def test_compare_without_hits_ends_well(
    capsys: pytest.CaptureFixture[str], copy: Path, autumn: CalendarPeriod, tmp_path: Path
) -> None:
    same = table(tmp_path, autumn, 0)
    code, out, _ = run(capsys, "--workspace", copy, "school-year", "compare", SCHOOL, same)
    assert code == 0
    assert "0 periods changed, 0 dates hit." in out


def test_unclear_ends_are_asked_for(
    capsys: pytest.CaptureFixture[str], copy: Path, autumn: CalendarPeriod, tmp_path: Path
) -> None:
    first = autumn.starts_on - timedelta(days=autumn.starts_on.weekday())
    events = "".join(
        f"BEGIN:VEVENT\nUID:{number}\nSUMMARY:Autumn holidays\nDTSTART;VALUE=DATE:{start:%Y%m%d}\n"
        f"DTEND;VALUE=DATE:{start + timedelta(days=11):%Y%m%d}\nEND:VEVENT\n"
        for number, start in enumerate((first, first + timedelta(days=70)))
    )
    path = tmp_path / "school.ics"
    path.write_text(f"BEGIN:VCALENDAR\n{events}END:VCALENDAR\n", encoding="utf-8")
    code, out, err = run(capsys, "--workspace", copy, "school-year", "import", SCHOOL, path)
    assert (code, out) == (2, "")
    assert f"would end on {first + timedelta(days=11)} with --ends inclusive" in err
    assert run(capsys, "--workspace", copy, "school-year", "import", SCHOOL, path, "--dry-run")[0] == 0
    code, out, _ = run(capsys, "--workspace", copy, "school-year", "import", SCHOOL, path, "--ends", "inclusive")
    assert code == 0
    assert f"{first} – {first + timedelta(days=11)}" in out
