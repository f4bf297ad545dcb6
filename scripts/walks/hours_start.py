"""The partnership whose month is noted: twelve people, five dates, and a table that one of them keeps."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from pathlib import Path

from cocivic_desktop.domain.activities import Activity, ActivityStatus, Participation, Recurrence, RecurrenceEnd
from cocivic_desktop.domain.organisations import Person, PersonKind
from cocivic_desktop.domain.partnerships import Partnership, PartnershipMember, PipelineState
from cocivic_desktop.services import partnerships, people, records, school_years
from cocivic_desktop.store.workspace import Workspace

SESSION_MINUTES = 120
TITLE = "North School"
SESSION = "Repair corner"
ADULTS = (
    ("Mara Jensen", PersonKind.STAFF, "coordinator"),
    ("Ana López", PersonKind.VOLUNTEER, "volunteer"),
    ("Deniz Aydın", PersonKind.VOLUNTEER, "volunteer"),
    ("Jonas Weber", PersonKind.MENTOR, "mentor"),
    ("Mia Kaya", PersonKind.MENTOR, "mentor"),
    ("Ute Clausen", PersonKind.TEACHER, "teacher"),
)
CLASS, STUDENTS = "8B", 6
WEDNESDAYS = tuple(date(2026, 9, 2) + timedelta(weeks=week) for week in range(5))
NAMES = (*(name for name, *_ in ADULTS), *people.codes(CLASS, STUDENTS))
"""In the order of the printed sheets."""
MISSED = {WEDNESDAYS[1]: "8B-03", WEDNESDAYS[2]: "8B-05"}


def begin(folder: Path) -> Path:
    """Make the workspace that every way begins with."""
    workspace = Workspace.create(folder / "start.cocivic")
    ours, _ = partnerships.set_up_organisation(workspace, name="Green Harbour", city="Kiel", country="DE")
    school, _ = partnerships.create_school(workspace, name="North School", city="Kiel", country="DE")
    partnership = Partnership(
        title=TITLE,
        school_id=school.id,
        pipeline=PipelineState.AGREED,
        starts_on=date(2026, 8, 24),
    )
    records.add(workspace, partnership)
    term = ("1st term", date(2026, 8, 24), date(2027, 1, 29))
    school_years.create(workspace, school.id, "2026/27", date(2026, 8, 24), date(2027, 7, 2), [term])
    session = Activity(
        partnership_id=partnership.id,
        title=SESSION,
        status=ActivityStatus.CONFIRMED,
        starts_on=WEDNESDAYS[0],
        start_time=time(10),
        duration_minutes=SESSION_MINUTES,
        recurrence=Recurrence(weekdays=[WEDNESDAYS[0].weekday()], ends=RecurrenceEnd.END_OF_TERM),
        place="Workshop",
    )
    records.add(workspace, session)
    for name, kind, role in ADULTS:
        side = school.id if kind is PersonKind.TEACHER else ours.id
        person = Person(name=name, kind=kind, organisation_id=side)
        records.add(workspace, person)
        records.add(workspace, PartnershipMember(partnership_id=partnership.id, person_id=person.id, role=role))
        records.add(workspace, Participation(activity_id=session.id, person_id=person.id, role=role))
    codes = NAMES[len(ADULTS) :]
    for student in people.add_class(workspace, people.NewClass(CLASS, codes, school.id, partnership.id, "student")):
        records.add(workspace, Participation(activity_id=session.id, person_id=student, role="student"))
    workspace.close()
    return workspace.path


def spreadsheet(folder: Path) -> Path:
    """A table as a volunteer keeps it: a title above, days as text, decimal commas, names without accents."""
    import openpyxl

    path = folder / "repair corner september.xlsx"
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Repair corner, our hours in September"])
    sheet.append(["Date", "Who", "From", "Hours", "Activity"])
    for day in WEDNESDAYS:
        for name in NAMES:
            if MISSED.get(day) != name:
                sheet.append([f"{day:%d.%m.%Y}", name.replace("ó", "o").replace("ı", "i"), "10:00", "2,0", SESSION])
    book.save(path)
    return path


def code_of(path: Path) -> str:
    """The code that stands on a sheet."""
    import docx

    document = docx.Document(str(path))
    texts = [one.text for one in document.element.iter() if one.text]
    return next(found[0] for text in texts if (found := re.search(r"\b\w{4}(?:-\w{4}){2,3}\b", text)))
