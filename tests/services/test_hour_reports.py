"""Reports of hours: sums by everything, the entries behind them, and files with totals as reckoned by hand."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
import pytest
from openxml_audit import OpenXmlValidator
from python_calamine import CalamineWorkbook

from cocivic_desktop.domain.activities import Activity
from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.goals import SharedGoal
from cocivic_desktop.domain.hours import HourCategory, HourEntry, HourRate, HourReport, HourState, ReportPeriod
from cocivic_desktop.domain.organisations import Organisation, Person, PersonKind
from cocivic_desktop.domain.rules.hour_report import GroupBy
from cocivic_desktop.domain.school_years import SchoolYear, Term
from cocivic_desktop.services import hour_report_files, hour_reports, records, workload
from cocivic_desktop.services.hour_report_files import NamesIn

if TYPE_CHECKING:
    from pathlib import Path

    from cocivic_desktop.domain.partnerships import Partnership
    from cocivic_desktop.store.workspace import Workspace

TODAY = date(2026, 11, 22)
TOTAL, CONFIRMED = 90 + 30 + 60 + 20 * 45 + 50, 90 + 20 * 45
"""Minutes: by hand, from the list in `hours`."""


@pytest.fixture
def hours(workspace: Workspace, partnership: Partnership) -> dict[str, Any]:
    """Ana (volunteer) 90 + 30 min, Ben (staff) 60 min, a class of 20 for 45 min, the student Cem 50 min."""
    ours = records.find(workspace, Organisation, is_ours=True)[0]
    year = SchoolYear(
        school_id=partnership.school_id, label="2026/27", starts_on=date(2026, 8, 1), ends_on=date(2027, 7, 31)
    )
    first = Term(
        school_year_id=year.id, name="Autumn", starts_on=date(2026, 8, 24), ends_on=date(2026, 10, 31), position=1
    )
    second = Term(
        school_year_id=year.id, name="Winter", starts_on=date(2026, 11, 1), ends_on=date(2027, 1, 31), position=2
    )
    goal = SharedGoal(partnership_id=partnership.id, statement="Repair together")
    activity = Activity(
        partnership_id=partnership.id, title="=Opening day", starts_on=date(2026, 9, 3), goal_id=goal.id
    )
    ana = Person(name="=Ana “1+1”", kind=PersonKind.VOLUNTEER, organisation_id=ours.id)
    ben = Person(name="Ben Berg", kind=PersonKind.STAFF, organisation_id=ours.id)
    cem = Person(name="Cem Çelik", kind=PersonKind.STUDENT, organisation_id=partnership.school_id)
    confirmed = {"state": HourState.CONFIRMED}

    def entry(day: date, minutes: int, **fields: Any) -> HourEntry:
        return HourEntry(partnership_id=partnership.id, worked_on=day, minutes=minutes, **fields)

    with workspace.write("fill") as unit:
        for one in (year, first, second, goal, activity, ana, ben, cem):
            unit.add(one)
        for each in (
            entry(date(2026, 9, 3), 90, person_id=ana.id, role="Mentor", activity_id=activity.id, **confirmed),
            entry(date(2026, 11, 5), 30, person_id=ana.id, role="Mentor", category=HourCategory.TRAVEL),
            entry(date(2026, 9, 4), 60, person_id=ben.id, category=HourCategory.ADMINISTRATION, remark="Ben's day"),
            entry(date(2026, 9, 3), 45, head_count=20, role="Students", activity_id=activity.id, **confirmed),
            entry(date(2027, 2, 1), 50, person_id=cem.id, remark="Cem was late"),
        ):
            unit.add(each)
    return {"ana": ana.id.hex, "ben": ben.id.hex, "cem": cem.id.hex, "goal": goal.id.hex, "term": first.id.hex}


def sums(workspace: Workspace, partnership: Partnership, by: str, **fields: Any) -> dict[str, int]:
    """Minutes by key of a report with one level."""
    report = HourReport(title="", partnership_id=partnership.id, rows=[by], **fields)
    return {line.keys[0]: line.minutes for line in hour_reports.run(workspace, report, TODAY).pivot.lines}


def test_sums_by_everything(workspace: Workspace, partnership: Partnership, hours: dict[str, Any]) -> None:
    assert sums(workspace, partnership, "person") == {
        hours["ana"]: 120, hours["ben"]: 60, hours["cem"]: 50, "heads:student": 900,
    }  # fmt: skip
    assert sums(workspace, partnership, "kind") == {"staff": 60, "volunteer": 120, "student": 950}
    assert sums(workspace, partnership, "role") == {"mentor": 120, "staff": 60, "student": 950}
    assert sums(workspace, partnership, "side") == {"cso": 180, "learners": 950}
    assert sums(workspace, partnership, "goal") == {hours["goal"]: 990, "": 140}
    assert sums(workspace, partnership, "month") == {"2026-09": 1_050, "2026-11": 30, "2027-02": 50}
    assert sums(workspace, partnership, "category") == {"delivery": 1_040, "administration": 60, "travel": 30}
    assert sums(workspace, partnership, "state") == {"confirmed": CONFIRMED, "logged": TOTAL - CONFIRMED}
    terms = sums(workspace, partnership, "term")
    assert (terms[hours["term"]], terms[""], sum(terms.values())) == (1_050, 50, TOTAL)
    assert sum(sums(workspace, partnership, "activity").values()) == TOTAL


def test_periods_and_filters(workspace: Workspace, partnership: Partnership, hours: dict[str, Any]) -> None:
    funder = {"period": ReportPeriod.FUNDING, "starts_on": date(2026, 9, 4), "ends_on": date(2026, 12, 31)}
    assert sums(workspace, partnership, "kind", **funder) == {"staff": 60, "volunteer": 30}
    assert sums(workspace, partnership, "kind", confirmed_only=True) == {"volunteer": 90, "student": 900}
    assert sums(workspace, partnership, "kind", person_kinds=["student"]) == {"student": 950}
    assert sums(workspace, partnership, "kind", period=ReportPeriod.TERM) == {"volunteer": 30}
    assert sums(workspace, partnership, "kind", period=ReportPeriod.CALENDAR_YEAR) == {
        "staff": 60, "volunteer": 120, "student": 900,
    }  # fmt: skip


def test_the_entries_behind_each_figure_make_it_up(
    workspace: Workspace, partnership: Partnership, hours: dict[str, Any]
) -> None:
    for by in GroupBy:
        column = GroupBy.KIND if by is GroupBy.TERM else GroupBy.TERM
        report = HourReport(title="", partnership_id=partnership.id, rows=[by.value], columns=column.value)
        table = hour_reports.run(workspace, report, TODAY)
        for line in table.pivot.lines:
            for key, minutes in line.cells.items():
                behind = hour_reports.entries(workspace, report, TODAY, {by: line.keys[0], column: key})
                assert sum(one.total_minutes for one in behind) == minutes, (by, line.keys, key)
        assert len(hour_reports.entries(workspace, report, TODAY)) == table.pivot.total.entries == 5


def test_two_levels_sorted(workspace: Workspace, partnership: Partnership, hours: dict[str, Any]) -> None:
    report = HourReport(title="", partnership_id=partnership.id, rows=["kind", "person"], columns="category")
    table = hour_reports.run(workspace, report, TODAY, sort="")
    assert [(line.keys[-1], line.minutes) for line in table.pivot.lines] == [
        ("student", 950), ("heads:student", 900), (hours["cem"], 50), ("volunteer", 120), (hours["ana"], 120),
        ("staff", 60), (hours["ben"], 60),
    ]  # fmt: skip
    assert table.pivot.columns == ("delivery", "administration", "travel")
    assert sum(line.minutes for line in table.pivot.leaves) == table.pivot.total.minutes == TOTAL
    by_travel = hour_reports.run(workspace, report, TODAY, sort="travel")
    assert by_travel.pivot.lines[0].keys == ("volunteer",)


def test_a_spreadsheet_has_our_totals_in_another_reader(
    workspace: Workspace, partnership: Partnership, hours: dict[str, Any], tmp_path: Path
) -> None:
    ours = records.find(workspace, Organisation, is_ours=True)[0]
    records.add(workspace, HourRate(organisation_id=ours.id, amount_cents=2_000, year=2026, source="=Study"))
    report = HourReport(
        title="=Report", partnership_id=partnership.id, rows=["kind", "person"], columns="month", with_value=True
    )
    path = hour_report_files.write_report(workspace, report, tmp_path / "h.xlsx", "en", TODAY, names=NamesIn.ALL)
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names == ["Report", "Value", "Entries", "About"]
    shown = book.get_sheet_by_name("Report").to_python()
    total = next(row for row in shown if row[0] == "Total")
    # by hand: 90 + 60 + 20 × 45 in September, 30 in November, 50 in February; 90 + 900 of them are confirmed
    assert total[2:] == pytest.approx([1050 / 60, 30 / 60, 50 / 60, 1130 / 60, 990 / 60, 5])
    assert sum(float(str(row[5])) for row in shown[4:-1]) == pytest.approx(1130 / 60)
    entries = book.get_sheet_by_name("Entries").to_python()
    assert entries[-1][5] == pytest.approx(TOTAL / 60)
    assert {row[1] for row in entries[4:-1]} == {"=Ana “1+1”", "Ben Berg", "Cem Çelik", ""}
    value = book.get_sheet_by_name("Value").to_python()
    assert value[4][:6] == [2026, "all categories", 2.0, 20.0, "EUR", 40.0]
    # formulas are sums of ours, nothing that came from a name
    cells = [
        cell
        for sheet in openpyxl.load_workbook(path).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert {str(cell.value).partition("(")[0] for cell in cells} == {"=SUBTOTAL"}
    report_sheet = openpyxl.load_workbook(path)["Report"]
    assert report_sheet.freeze_panes == "B5"
    assert (report_sheet.print_title_rows, report_sheet.page_setup.paperSize) == ("$4:$4", 9)
    assert list(report_sheet.tables) == ["Report"]


def test_learners_stand_in_a_file_by_name_only_where_that_was_asked_for(
    workspace: Workspace, partnership: Partnership, hours: dict[str, Any], tmp_path: Path
) -> None:
    report = HourReport(title="", partnership_id=partnership.id, rows=["person"])

    def texts(names: NamesIn) -> str:
        path = hour_report_files.write_report(
            workspace, report, tmp_path / "h.xlsx", "en", TODAY, names=names, force=True
        )
        book = CalamineWorkbook.from_path(path)
        return " ".join(
            str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row
        )

    usual = texts(NamesIn.ADULTS)
    assert "Ben Berg" in usual
    assert "Ben's day" in usual
    assert "Learner 1" in usual
    assert "Cem" not in usual
    nobody = texts(NamesIn.NONE)
    assert not {"Ben", "Cem", "Ana"} & set(nobody.replace("“", " ").split())
    assert "Volunteer 1" in nobody
    assert "Cem Çelik" in texts(NamesIn.ALL)


def test_too_many_entries_for_a_sheet_are_named(
    workspace: Workspace,
    partnership: Partnership,
    hours: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hour_report_files, "MOST_ENTRIES", 4)
    report = HourReport(title="", partnership_id=partnership.id)
    path = hour_report_files.write_report(workspace, report, tmp_path / "h.xlsx", "en", TODAY)
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names == ["Report", "About"]
    assert "5 entries are too many" in str(book.get_sheet_by_name("About").to_python()[-1][1])


def test_csv_and_document(
    workspace: Workspace, partnership: Partnership, hours: dict[str, Any], tmp_path: Path
) -> None:
    report = HourReport(title="", partnership_id=partnership.id, rows=["person"], columns="category", with_value=True)
    path = hour_report_files.write_report(workspace, report, tmp_path / "h.csv", "en", TODAY)
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert rows[0] == ["Person", "Delivery", "Administration", "Travel", "Total", "Of which confirmed", "Entries"]
    assert rows[1] == ["'=Ana “1+1”", "1.5", "0", "0.5", "2", "1.5", "2"]
    assert sum(float(row[4]) for row in rows[1:]) == pytest.approx(TOTAL / 60, abs=1e-3)
    for language, heading, missing in (
        ("en", "Value of volunteer time", "no rate is entered for 2026: 2 h"),
        ("de", "Wert der ehrenamtlichen Zeit", "weil für 2026 kein Satz eingetragen ist: 2 Std."),
        ("es", "Valor del tiempo voluntario", "no hay tarifa para 2026: 2 h"),
        ("tr", "Gönüllü zamanının değeri", "2026 için birim değer girilmediğinden"),
    ):
        path = hour_report_files.write_report(workspace, report, tmp_path / f"{language}.docx", language, TODAY)
        document = docx.Document(str(path))
        text = "\n".join(paragraph.text for paragraph in document.paragraphs)
        assert heading in text
        assert missing in text
        assert document.tables[0].rows[-1].cells[-2].text in ("18.83", "18,83")
    with pytest.raises(BadInput, match=r"\.xlsx"):
        hour_report_files.write_report(workspace, report, tmp_path / "h.pdf", "en", TODAY)


def test_entries_as_csv_keep_learners_out(
    workspace: Workspace, partnership: Partnership, hours: dict[str, Any], tmp_path: Path
) -> None:
    report = HourReport(title="", partnership_id=partnership.id)
    path = hour_report_files.write_entries(workspace, report, tmp_path / "e.csv", TODAY)
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert sum(int(row["total_minutes"]) for row in rows) == TOTAL
    assert [(row["person"], row["role"], row["remark"]) for row in rows][-1] == ("", "student", "")


def test_workload_stands_beside_the_hours(
    workspace: Workspace, partnership: Partnership, hours: dict[str, Any]
) -> None:
    for day, level in ((1, 4), (20, 5)):
        workload.check_in(workspace, partnership.id, date(2026, 9, day), level)
    workload.check_in(workspace, partnership.id, date(2026, 9, 5), 1, side=Side.SCHOOL)
    trend = workload.trend(workspace, partnership.id, TODAY)
    assert [(one.month, one.minutes, one.level, one.answers) for one in trend] == [
        ("2026-09", 150, 4.5, 2),
        ("2026-11", 30, None, 0),
    ]
    assert [one.check_in.asked_on.day for one in workload.check_ins(workspace, partnership.id)] == [20, 5, 1]


def test_growing_days_stay_in_their_term(workspace: Workspace, partnership: Partnership, hours: dict[str, Any]) -> None:
    """An overlapping term must not count anything twice."""
    year = records.find(workspace, SchoolYear)[0]
    records.add(
        workspace,
        Term(
            school_year_id=year.id, name="Again", starts_on=date(2026, 9, 1), ends_on=date(2026, 9, 1) + timedelta(60)
        ),
    )
    terms = sums(workspace, partnership, "term")
    assert sum(terms.values()) == TOTAL
    assert terms[hours["term"]] == 1_050
