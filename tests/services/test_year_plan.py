"""The plan of the year and the list of materials: what stands in the files, read with other programs' eyes."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook
from openxml_audit import OpenXmlValidator

from cocivic_desktop.domain.activities import Activity, ActivityStatus, Recurrence, RecurrenceEnd
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.school_years import CalendarPeriod, PeriodKind, SchoolYear, Term
from cocivic_desktop.services import activities, records, year_plan
from cocivic_desktop.services.year_plan import PlanPaper
from cocivic_desktop.store.workspace import Workspace

TODAY = date(2026, 9, 14)


@pytest.fixture
def year(workspace: Workspace, partnership: Partnership) -> SchoolYear:
    """A short year: a term with a holiday, a weekly session in A weeks, a trip, and a talk that is called off."""
    made = SchoolYear(
        school_id=partnership.school_id, label="2026/27", starts_on=date(2026, 8, 31), ends_on=date(2026, 11, 29)
    )
    for record in (
        made,
        Term(school_year_id=made.id, name="Autumn term", starts_on=date(2026, 8, 31), ends_on=date(2026, 11, 29)),
        CalendarPeriod(
            school_year_id=made.id, name="Autumn holidays", starts_on=date(2026, 10, 12), ends_on=date(2026, 10, 24)
        ),
        CalendarPeriod(
            school_year_id=made.id, name="Exams", kind=PeriodKind.ASSESSMENT, starts_on=date(2026, 11, 18),
            ends_on=date(2026, 11, 18),
        ),
    ):  # fmt: skip
        records.add(workspace, record)
    rule = Recurrence(weekdays=[1], ends=RecurrenceEnd.END_OF_TERM, week_letter="A")
    common = {"partnership_id": partnership.id, "start_time": time(10)}
    session = Activity(
        title="=Session", starts_on=date(2026, 9, 15), recurrence=rule, place="Room 2", materials="Films, tape\nscales",
        head_count=18, status=ActivityStatus.CONFIRMED, **common,  # type: ignore[arg-type]
    )  # fmt: skip
    trip = Activity(title="Trip", starts_on=date(2026, 10, 7), materials="Life vests", **common)  # type: ignore[arg-type]
    talk = Activity(title="Talk", starts_on=date(2026, 10, 8), materials="Chalk", **common)  # type: ignore[arg-type]
    for activity in (session, trip, talk):
        records.add(workspace, activity)
    activities.cancel_occurrence(workspace, talk.id, date(2026, 10, 8))
    return made


def written(workspace: Workspace, partnership: Partnership, path: Path, language: str, paper: PlanPaper) -> Path:
    return year_plan.write_plan(workspace, partnership.id, path, language, TODAY, paper=paper)


@pytest.mark.parametrize(
    ("language", "week", "closed", "open_yet"),
    [
        ("en", "Week 3 A", "12/10 – 24/10: closed: Autumn holidays", "Wed 07/10 10:00–11:00  Trip (not fixed yet)"),
        ("de", "Woche 3 A", "12.10. – 24.10.: frei: Autumn holidays", "Mi 07.10. 10:00–11:00  Trip (noch nicht fest)"),
        ("es", "Semana 3 A", "12/10 – 24/10: sin clases: Autumn holidays", "07/10 10:00–11:00  Trip (por confirmar)"),
        ("tr", "3. hafta A", "12.10 – 24.10: ders yok: Autumn holidays", "10:00–11:00  Trip (henüz kesin değil)"),
    ],
)  # fmt: skip
def test_the_plan_by_weeks(
    year: SchoolYear, workspace: Workspace, partnership: Partnership, tmp_path: Path,
    language: str, week: str, closed: str, open_yet: str,
) -> None:  # fmt: skip
    path = written(workspace, partnership, tmp_path / "plan.docx", language, PlanPaper.PLAN)
    assert OpenXmlValidator().validate(str(path)).is_valid
    document = docx.Document(str(path))
    assert "Autumn term" in [one.text for one in document.paragraphs]
    (table,) = [one for one in document.tables if len(one.columns) == 4]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert len(rows) == 1 + 11 + 1, "two weeks of holidays stand in one row"
    third = next(row for row in rows if row[0] == week)
    assert "10:00–11:00  =Session, Room 2" in third[3]
    holiday = next(row for row in rows if closed in row[2])
    assert holiday[1].startswith(closed[:5])
    assert holiday[3] == ""
    assert any(open_yet in row[3] for row in rows)


def test_the_workbook_holds_real_dates(
    year: SchoolYear, workspace: Workspace, partnership: Partnership, tmp_path: Path
) -> None:
    book = load_workbook(written(workspace, partnership, tmp_path / "plan.xlsx", "de", PlanPaper.PLAN))
    assert book.sheetnames == ["Wochen", "Termine", "Material"]
    sheet = book["Termine"]
    assert [cell.value for cell in sheet[3]] == [
        "Woche", "Datum", "Tag", "Von", "Bis", "Art", "Was", "Ort", "Wer", "Stand", "Lernende",
    ]  # fmt: skip
    first = [cell.value for cell in sheet[4]]
    assert first[:7] == [3, datetime(2026, 9, 15), "Di", time(10), time(11), "Projekttermin", "=Session"]
    assert sheet["G4"].data_type == "s", "never a formula"
    assert sheet["B4"].is_date
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A4", "A3:K10")
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$3:$3")
    assert sheet.page_setup.fitToHeight == 0
    states = {cell.value for cell in sheet["J"][3:]}
    assert states == {None, "noch nicht fest", "fällt aus"}


def test_materials_stand_by_week_and_only_what_is_to_come(
    year: SchoolYear, workspace: Workspace, partnership: Partnership, tmp_path: Path
) -> None:
    document = docx.Document(str(written(workspace, partnership, tmp_path / "m.docx", "en", PlanPaper.MATERIALS)))
    texts = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert texts.count("☐ Films\n☐ tape\n☐ scales") == 5
    assert "☐ Life vests" in texts
    assert not [one for one in texts if "Chalk" in one], "it was called off"
    book = load_workbook(written(workspace, partnership, tmp_path / "m.xlsx", "es", PlanPaper.MATERIALS))
    (sheet,) = book.worksheets
    things = [sheet.cell(row, 5).value for row in range(4, sheet.max_row + 1)]
    assert len(things) == 5 * 3 + 1
    assert "Life vests" in things


def test_without_a_school_year_and_with_bad_endings(
    workspace: Workspace, partnership: Partnership, tmp_path: Path
) -> None:
    document = docx.Document(str(written(workspace, partnership, tmp_path / "p.docx", "en", PlanPaper.PLAN)))
    assert "Nothing is planned in this year yet." in [one.text for one in document.paragraphs]
    with pytest.raises(BadInput, match=r"\.docx or \.xlsx"):
        written(workspace, partnership, tmp_path / "p.pdf", "en", PlanPaper.PLAN)
    with pytest.raises(BadInput, match="“xx”"):
        written(workspace, partnership, tmp_path / "q.docx", "xx", PlanPaper.PLAN)
    with pytest.raises(BadInput, match="already a file"):
        written(workspace, partnership, tmp_path / "p.docx", "en", PlanPaper.PLAN)


def test_a_date_in_another_zone_stands_at_the_schools_time(
    workspace: Workspace, partnership: Partnership, year: SchoolYear, tmp_path: Path
) -> None:
    call = Activity(
        partnership_id=partnership.id, title="Call", starts_on=date(2026, 9, 16), start_time=time(11), head_count=1,
        zone="Europe/Istanbul", materials="Headset",
    )  # fmt: skip
    records.add(workspace, call)
    found = [one for week in year_plan.facts(workspace, partnership.id, TODAY).weeks for one in week.dates]
    assert [(one.title, one.starts_at) for one in found if "Call" in one.title] == [("Call (11:00 Istanbul)", time(10))]
    path = written(workspace, partnership, tmp_path / "m.docx", "en", PlanPaper.MATERIALS)
    cells = [cell.text for table in docx.Document(str(path)).tables for row in table.rows for cell in row.cells]
    assert "Call (11:00 Istanbul)\n1 learner" in cells
    turkish = written(workspace, partnership, tmp_path / "p.docx", "tr", PlanPaper.PLAN)
    days = [row.cells[1].text for table in docx.Document(str(turkish)).tables for row in table.rows]
    assert "14.09 – 18.09" in days
