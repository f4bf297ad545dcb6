"""School years in a real workspace: created, filled, filled again, taken over."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest

from cocivic_desktop.domain.errors import BadInput, InvalidField
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.school_years import (
    CalendarPeriod,
    LessonTime,
    PeriodKind,
    PeriodSource,
    SchoolYear,
    Term,
)
from cocivic_desktop.services import records, school_years
from cocivic_desktop.services.school_years import ImportPreview
from cocivic_desktop.store.workspace import Workspace

FIRST, LAST = date(2026, 8, 1), date(2027, 7, 31)
TODAY = date(2026, 8, 20)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "w.cocivic") as workspace:
        yield workspace


@pytest.fixture
def year(workspace: Workspace) -> SchoolYear:
    school = Organisation(name="Harbour School", country="DE", region="SH")
    records.add(workspace, school)
    terms = [("1", date(2026, 8, 24), date(2027, 1, 29)), ("2", date(2027, 2, 1), date(2027, 7, 2))]
    return school_years.create(workspace, school.id, "2026/27", FIRST, LAST, terms)[0]


def periods(workspace: Workspace, year: SchoolYear) -> list[CalendarPeriod]:
    return records.find(workspace, CalendarPeriod, school_year_id=year.id, order="starts_on")


def ics(tmp_path: Path, *days: tuple[str, str, str, str], name: str = "ferien.ics") -> ImportPreview:
    events = "".join(
        f"BEGIN:VEVENT\nUID:{uid}\nSUMMARY:{summary}\nDTSTART;VALUE=DATE:{first}\nDTEND;VALUE=DATE:{end}\nEND:VEVENT\n"
        for uid, summary, first, end in days
    )
    path = tmp_path / name
    path.write_text(f"BEGIN:VCALENDAR\nX-WR-CALNAME:Ferien SH\n{events}END:VCALENDAR\n", encoding="utf-8")
    return school_years.read_calendar_file(path, first=FIRST, last=LAST, zone="Europe/Berlin")


AUTUMN = ("h", "Herbstferien", "20261012", "20261025")
CHRISTMAS = ("w", "Weihnachtsferien", "20261221", "20270107")
CONCERT = ("k", "Konzert der Schulband", "20261120", "20261121")


def test_create_with_terms_is_one_step(workspace: Workspace, year: SchoolYear) -> None:
    assert [term.name for term in records.find(workspace, Term, school_year_id=year.id)] == ["1", "2"]
    workspace.undo()
    assert records.find(workspace, SchoolYear) == []
    with pytest.raises(InvalidField):
        school_years.create(workspace, year.school_id, "", FIRST, LAST)


def test_import_takes_what_closes_the_school_and_what_is_chosen(
    workspace: Workspace, year: SchoolYear, tmp_path: Path
) -> None:
    preview = ics(tmp_path, AUTUMN, CHRISTMAS, CONCERT)
    assert [(each.name, each.chosen, each.recognised) for each in preview.periods] == [
        ("Herbstferien", True, True),
        ("Konzert der Schulband", False, False),
        ("Weihnachtsferien", True, True),
    ]
    plan, changes = school_years.import_periods(workspace, year.id, preview, today=TODAY)
    assert len(plan.added) == 2
    assert changes.touches("calendar_period", "school_year")
    stored = periods(workspace, year)
    assert [(each.name, each.source, each.source_detail, each.external_uid) for each in stored] == [
        ("Herbstferien", PeriodSource.ICS, "Ferien SH", "h"),
        ("Weihnachtsferien", PeriodSource.ICS, "Ferien SH", "w"),
    ]
    assert stored[0].imported_at is not None
    assert records.get(workspace, SchoolYear, year.id).checked_on == TODAY
    workspace.undo()
    assert periods(workspace, year) == []


def test_a_second_import_updates_in_place_and_doubles_nothing(
    workspace: Workspace, year: SchoolYear, tmp_path: Path
) -> None:
    manual = CalendarPeriod(
        school_year_id=year.id,
        kind=PeriodKind.HOLIDAY,
        name="By hand",
        starts_on=date(2027, 3, 1),
        ends_on=date(2027, 3, 5),
    )
    records.add(workspace, manual)
    school_years.import_periods(workspace, year.id, ics(tmp_path, AUTUMN, CHRISTMAS))
    before = {each.name: each.id for each in periods(workspace, year)}
    again, _ = school_years.import_periods(workspace, year.id, ics(tmp_path, AUTUMN, CHRISTMAS, name="ferien (1).ics"))
    assert (again.added, again.changed, again.removed, len(again.unchanged)) == ([], [], [], 2)
    moved = ("h", "Herbstferien", "20261019", "20261101")
    typed_already = ("n", "Ferientag", "20270301", "20270306")
    preview = ics(tmp_path, moved, typed_already)
    compared = school_years.compare(workspace, year.id, preview)
    plan, _ = school_years.import_periods(workspace, year.id, preview)
    for found in (compared, plan):
        assert [(old.name, new.starts_on) for old, new in found.changed] == [("Herbstferien", date(2026, 10, 19))]
        assert [each.name for each in found.removed] == ["Weihnachtsferien"]
        assert found.added == []
    stored = periods(workspace, year)
    assert [(each.name, each.starts_on) for each in stored] == [
        ("Herbstferien", date(2026, 10, 19)),
        ("By hand", date(2027, 3, 1)),
    ]
    assert stored[0].id == before["Herbstferien"]


def test_two_sources_stay_apart(workspace: Workspace, year: SchoolYear, tmp_path: Path) -> None:
    school_years.import_periods(workspace, year.id, ics(tmp_path, AUTUMN))
    table = tmp_path / "school.csv"
    table.write_text("name;start;end;kind\nExams;2027-01-11;2027-01-15;assessment\n", encoding="utf-8")
    preview = school_years.read_calendar_file(table, first=FIRST, last=LAST)
    assert (preview.source, preview.source_detail) == (PeriodSource.CSV, "school")
    school_years.import_periods(workspace, year.id, preview)
    assert [each.kind for each in periods(workspace, year)] == [PeriodKind.HOLIDAY, PeriodKind.ASSESSMENT]


def test_an_import_is_all_or_nothing(workspace: Workspace, year: SchoolYear, tmp_path: Path) -> None:
    preview = ics(tmp_path, AUTUMN, CHRISTMAS)
    preview.periods[1].ends_on = date(2026, 1, 1)
    with pytest.raises(InvalidField):
        school_years.import_periods(workspace, year.id, preview)
    assert periods(workspace, year) == []
    with pytest.raises(BadInput):
        school_years.import_periods(workspace, year.id, preview, [7])


def test_files_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty.ics"
    empty.write_bytes(b"")
    for path in (tmp_path / "missing.ics", empty, tmp_path):
        with pytest.raises(BadInput):
            school_years.read_calendar_file(path, first=FIRST, last=LAST)


def test_public_holidays_are_added_once(workspace: Workspace, year: SchoolYear) -> None:
    plan, _ = school_years.add_public_holidays(workspace, year.id, today=TODAY)
    assert "Reformationstag" in [each.name for each in plan.added]
    again, _ = school_years.add_public_holidays(workspace, year.id, today=TODAY)
    assert (again.added, again.changed, again.removed) == ([], [], [])
    records.change(workspace, Organisation, year.school_id, region="BY")
    other, _ = school_years.add_public_holidays(workspace, year.id, today=TODAY)
    assert other.added
    records.change(workspace, Organisation, year.school_id, country="")
    with pytest.raises(BadInput, match="country"):
        school_years.add_public_holidays(workspace, year.id, today=TODAY)


def test_the_next_year_takes_over_what_only_the_school_knows(workspace: Workspace, year: SchoolYear) -> None:
    for kind, on in ((PeriodKind.ASSESSMENT, date(2027, 1, 11)), (PeriodKind.HOLIDAY, date(2026, 10, 12))):
        records.add(
            workspace, CalendarPeriod(school_year_id=year.id, kind=kind, name=kind.value, starts_on=on, ends_on=on)
        )
    records.add(workspace, LessonTime(school_year_id=year.id, number=1, starts_at=time(8), ends_at=time(8, 45)))
    records.change(workspace, Term, records.find(workspace, Term, name="2")[0].id, first_week_letter="B")
    following, _ = school_years.copy_to_next_year(workspace, year.id)
    assert (following.label, following.starts_on, following.ends_on) == ("2027/28", date(2027, 8, 1), date(2028, 7, 31))
    assert [term.starts_on for term in records.find(workspace, Term, school_year_id=following.id)] == [
        date(2027, 8, 24),
        date(2028, 2, 1),
    ]
    assert [term.first_week_letter for term in records.find(workspace, Term, school_year_id=following.id)] == ["A", "B"]
    (exam,) = periods(workspace, following)
    assert (exam.kind, exam.starts_on, exam.estimate) == (PeriodKind.ASSESSMENT, date(2028, 1, 10), True)
    assert len(records.find(workspace, LessonTime, school_year_id=following.id)) == 1


@pytest.mark.parametrize(
    ("label", "after"),
    [("2026/27", "2027/28"), ("2026-2027", "2027-2028"), ("1999/00", "2000/01"), ("2026", "2027"), ("Year", "Year +1")],
)
def test_labels_of_years(label: str, after: str) -> None:
    assert school_years.next_label(label) == after


def test_what_the_school_confirms_is_no_estimate_any_more(workspace: Workspace, year: SchoolYear) -> None:
    for name, source in (("Exams", PeriodSource.MANUAL), ("Feast of the moon", PeriodSource.OFFLINE)):
        records.add(
            workspace,
            CalendarPeriod(
                school_year_id=year.id,
                name=name,
                starts_on=date(2027, 1, 11),
                ends_on=date(2027, 1, 11),
                estimate=True,
                source=source,
            ),
        )
    school_years.note_year(workspace, year.id, confirmed_on=TODAY)
    stored = records.get(workspace, SchoolYear, year.id)
    assert (stored.checked_on, stored.confirmed_on) == (TODAY, TODAY)
    assert {one.name: one.estimate for one in periods(workspace, year)} == {"Exams": False, "Feast of the moon": True}
    workspace.undo()
    assert all(one.estimate for one in periods(workspace, year))


DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


@pytest.mark.skipif(not DATA.is_dir(), reason="the collection of published calendars is not here")
def test_published_and_broken_files_give_periods_or_reasons_in_little_room(tmp_path: Path) -> None:
    """Each file in one process of its own that may not grow: what is sound is there, the rest has a reason."""
    code = (
        "import json, sys\n"
        "from datetime import date\n"
        "from cocivic_desktop.services.school_years import read_calendar_file\n"
        "told = {}\n"
        "for name in sys.argv[1:]:\n"
        "    found = read_calendar_file(name, first=date(2015, 1, 1), last=date(2027, 12, 31), zone='Europe/Berlin')\n"
        "    told[name] = [len(found.periods), len(found.skipped)]\n"
        "status = dict(line.split(':', 1) for line in open('/proc/self/status'))\n"
        "print(json.dumps([told, int(status['VmHWM'].split()[0])]))\n"
    )
    files = [str(path) for path in sorted(DATA.glob("*/*.*s*")) if path.suffix in (".ics", ".csv")]
    done = subprocess.run([sys.executable, "-c", code, *files], capture_output=True, check=True, cwd=tmp_path)
    told, kilobytes = json.loads(done.stdout)
    assert len(told) > 30
    assert all(periods or skipped for periods, skipped in told.values())
    assert kilobytes < 300_000
