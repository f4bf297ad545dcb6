"""Sheets for writing by hand: what is printed, in four languages, and how they are found and typed in again."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from uuid import UUID, uuid4

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocivic_desktop.domain.activities import Activity, Participation, Recurrence
from cocivic_desktop.domain.base import Language
from cocivic_desktop.domain.errors import BadInput, InvalidField
from cocivic_desktop.domain.hours import HourCategory, HourEntry, HourSource, HourState
from cocivic_desktop.domain.organisations import Person, PersonKind
from cocivic_desktop.domain.partnerships import Partnership, PartnershipMember
from cocivic_desktop.domain.rules.sheet_codes import EVERYBODY, SheetKind, decode, encode, who_of
from cocivic_desktop.services import attendance, hours, monthly_sheet, paper_sheets, records
from cocivic_desktop.services.monthly_sheet import MonthLine
from cocivic_desktop.services.paper_sheets import SheetOrder
from cocivic_desktop.store.workspace import Workspace

TODAY = date(2026, 11, 20)
DATES = (date(2026, 10, 6), date(2026, 10, 13), date(2026, 10, 20))


@given(st.sampled_from(SheetKind), st.uuids(), st.dates(date(2020, 1, 1), date(2100, 1, 1)), st.integers(0, 1023))
def test_a_code_says_what_it_was_made_of(kind: SheetKind, id: UUID, first: date, days: int) -> None:
    last = date.fromordinal(first.toordinal() + days)
    code = decode(encode(kind, id, first, last, "10b").lower().replace("-", " "))
    assert code is not None
    assert (code.kind, code.first, code.last, code.who, code.fits(id)) == (kind, first, last, who_of("10b"), True)


def test_slips_of_the_pen_are_seen() -> None:
    code = encode(SheetKind.SESSION, UUID(int=7 << 108), *DATES[:2], EVERYBODY)
    slips = [code[:place] + letter + code[place + 1 :] for place in (1, 5, 8, 12) for letter in "379KXZ"]
    found = [decode(slip) for slip in slips if slip != code]
    assert found.count(None) >= len(found) - 2
    assert decode(code.replace("0", "O")) == decode(code)
    assert decode("Check-in") is None


@pytest.fixture
def session(workspace: Workspace, partnership: Partnership) -> Activity:
    """A weekly session with a mentor, and a class of two."""
    activity = Activity(
        partnership_id=partnership.id,
        title="Design studio",
        place="Workshop 2",
        starts_on=DATES[0],
        start_time=time(10),
        duration_minutes=90,
        materials="Cardboard",
        recurrence=Recurrence(weekdays=[1], teaching_weeks_only=False),
    )
    mentor = Person(name="Jonas Weber", kind=PersonKind.MENTOR)
    for one in (activity, mentor, Participation(activity_id=activity.id, person_id=mentor.id, role="mentor")):
        records.add(workspace, one)
    for name in ("Ömer", "Ana"):
        records.add(
            workspace,
            Person(name=name, kind=PersonKind.STUDENT, class_group="10b", organisation_id=partnership.school_id),
        )
    return activity


def order(activity: Activity, kind: SheetKind = SheetKind.ATTENDANCE, *dates: date) -> SheetOrder:
    return SheetOrder(
        kind=kind, partnership_id=activity.partnership_id, activity_id=activity.id, dates=dates or DATES, group="10b"
    )


def written(workspace: Workspace, what: SheetOrder) -> tuple[str, list[list[str]]]:
    """All text of the DOCX, and the cells of its largest table."""
    from cocivic_desktop.documents.plain_docx import simple_bytes

    document = docx.Document(io.BytesIO(simple_bytes(paper_sheets.document(workspace, what))))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    text = "\n".join([one.text for one in document.paragraphs] + [c for t in tables for row in t for c in row])
    foot = "\n".join(one.text for one in document.sections[0].footer.paragraphs)
    return f"{text}\n{foot}", max(tables, key=len)


def test_the_attendance_sheet_has_people_dates_and_room(workspace: Workspace, session: Activity) -> None:
    text, table = written(workspace, replace(order(session), blank_lines=2))
    assert table[0][2:5] == ["Tue\n6/10", "Tue\n13/10", "Tue\n20/10"]
    assert [row[1] for row in table[1:]] == ["Jonas Weber (mentor)", "Ana (10b)", "Ömer (10b)", "", "", table[-1][1]]
    people = [one.id for one in attendance.load(workspace, session.id, DATES, class_group="10b").people]
    code = encode(SheetKind.ATTENDANCE, session.id, DATES[0], DATES[2], "10b", people=people)
    assert len(code) == 19
    assert text.count(code) == 2
    found = paper_sheets.find(workspace, code)
    assert (found.order.activity_id, found.order.dates, found.order.group) == (session.id, DATES, "10b")


@pytest.mark.parametrize("language", list(Language))
def test_every_sheet_is_written_in_four_languages(
    workspace: Workspace, session: Activity, tmp_path: Path, language: Language
) -> None:
    person = records.find(workspace, Person, name="Jonas Weber")[0]
    month = SheetOrder(
        kind=SheetKind.MONTHLY, partnership_id=session.partnership_id, person_id=person.id, month=DATES[0]
    )
    for what in (order(session), order(session, SheetKind.SESSION, DATES[0]), month):
        path = paper_sheets.write(workspace, replace(what, language=language), tmp_path / f"{what.kind}.docx")
        assert docx.Document(str(path)).core_properties.language.startswith(language.value)
    text, _ = written(workspace, replace(order(session, SheetKind.SESSION, DATES[1]), language=language))
    assert "Cardboard" in text
    assert "10:00–11:30" in text


def test_what_is_no_code_or_no_longer_there_is_said(workspace: Workspace, session: Activity) -> None:
    with pytest.raises(BadInput, match="twelve"):
        paper_sheets.find(workspace, "A7K3")
    with pytest.raises(Exception, match="no longer"):
        paper_sheets.find(workspace, encode(SheetKind.SESSION, uuid4(), DATES[0], DATES[0]))
    with pytest.raises(BadInput, match="date"):
        paper_sheets.document(workspace, replace(order(session), dates=()))


def test_a_monthly_sheet_comes_back_as_one_step(workspace: Workspace, session: Activity) -> None:
    person = records.find(workspace, Person, name="Jonas Weber")[0]
    records.add(workspace, PartnershipMember(partnership_id=session.partnership_id, person_id=person.id, role="mentor"))
    noted = HourEntry(partnership_id=session.partnership_id, person_id=person.id, worked_on=DATES[1], minutes=60)
    hours.log(workspace, noted, TODAY, accept=True)
    what = SheetOrder(
        kind=SheetKind.MONTHLY, partnership_id=session.partnership_id, person_id=person.id, month=DATES[0]
    )
    text, table = written(workspace, replace(what, blank_lines=3))
    assert table[1] == ["Tue 13/10", "", "1:00", "Delivery", ""]
    code = encode(SheetKind.MONTHLY, person.id, date(2026, 10, 1), date(2026, 10, 31), session.partnership_id.hex)
    assert code in text
    found = paper_sheets.find(workspace, code).order
    assert (found.person_id, found.partnership_id, found.month) == (person.id, what.partnership_id, date(2026, 10, 1))
    sheet = [
        MonthLine(DATES[1], 75, entry_id=noted.id),
        MonthLine(DATES[2], 90, HourCategory.TRAVEL, time(8), "by train"),
    ]
    done = monthly_sheet.save(workspace, what.partnership_id, person.id, DATES[0], sheet, TODAY, confirm=True)
    assert (done.added, done.corrected, done.confirmed) == (1, 1, 2)
    stored = monthly_sheet.lines(workspace, what.partnership_id, person.id, DATES[0])
    assert [(one.minutes, one.state, one.source, one.role) for one in stored] == [
        (75, HourState.CONFIRMED, HourSource.TYPED, ""),
        (90, HourState.CONFIRMED, HourSource.PAPER, "mentor"),
    ]
    workspace.undo()
    assert [one.minutes for one in monthly_sheet.lines(workspace, what.partnership_id, person.id, DATES[0])] == [60]
    wrong = [*sheet, MonthLine(date(2026, 11, 1), 30)]
    with pytest.raises(InvalidField, match="other month"):
        monthly_sheet.save(workspace, what.partnership_id, person.id, DATES[0], wrong, TODAY)
    assert records.get(workspace, HourEntry, noted.id).minutes == 60
