"""A table of 20,000 rows of hours taken in, against reading the file with the XLSX library alone."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook, load_workbook

from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.services import hours_import, records
from cocivic_desktop.store.workspace import Workspace
from tests.benchmarks.figures import Figure, in_turn

ROWS = 20_000
PEOPLE = 200
TODAY = date(2026, 9, 14)


def figures(folder: Path) -> Iterator[Figure]:
    """Read in a process of its own, matched, checked, and stored in one step of undo."""
    path = folder / "hours.xlsx"
    write_table(path)
    numbers = itertools.count()

    def ours() -> None:
        with Workspace.create(folder / f"import{next(numbers)}.cocivic") as workspace:
            school = Organisation(name="School")
            records.add(workspace, school)
            partnership = Partnership(title="Import", school_id=school.id)
            records.add(workspace, partnership)
            with workspace.write("add_person") as unit:
                unit.insert_many(Person, [Person(name=name_of(number)) for number in range(PEOPLE)])
            sheet = hours_import.read_file(path).sheets[0]
            layout = hours_import.find_layout(sheet)
            preview = hours_import.compare(workspace, partnership.id, sheet, layout, TODAY)
            done = hours_import.store(workspace, preview, TODAY)
        if done.entries != ROWS:
            raise RuntimeError(f"{done.entries} of {ROWS} rows were stored")

    def alone() -> None:
        with closing(load_workbook(path, read_only=True, data_only=True)) as book:
            rows = list(book.worksheets[0].iter_rows(values_only=True))
        if len(rows) != ROWS + 1:
            raise RuntimeError("the table was not read whole")

    mine, other = in_turn(ours, alone, runs=3)
    yield Figure(
        "import of 20,000 rows of hours from XLSX",
        mine,
        baseline=other,
        against="openpyxl reading the same file",
        limit=3,
        runs=3,
    )


def write_table(path: Path) -> None:
    """A table as a volunteer coordinator keeps it: each person once every third day."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Hours")
    sheet.append(["Date", "Name", "From", "To", "Hours", "Category", "Remark"])
    for number in range(ROWS):
        day = date(2026, 6, 1) - timedelta(days=3 * (number // PEOPLE))
        person = name_of(number % PEOPLE)
        sheet.append([day, person, "10:00", "11:30", 1.5, "mentoring", f"session {number % 40}"])
    book.save(path)


def name_of(number: int) -> str:
    """The name of one of the people."""
    return f"Volunteer {chr(65 + number % 26)}{number:03} Example"
