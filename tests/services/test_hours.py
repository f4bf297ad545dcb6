"""Noting, questioning, confirming, paging and handing out hours, in real workspaces."""

from __future__ import annotations

import csv
import io
from datetime import date, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from cocivic_desktop.domain.agreements import Agreement, Commitment
from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.errors import Ambiguous, BadInput, InvalidField, NotFound
from cocivic_desktop.domain.hours import HourCategory, HourEntry, HourState
from cocivic_desktop.domain.organisations import Organisation, Person, PersonKind
from cocivic_desktop.domain.partnerships import Partnership, PartnershipMember
from cocivic_desktop.domain.rules.hour_checks import HourCheck
from cocivic_desktop.services import hours
from cocivic_desktop.services.hours import HourFilter
from cocivic_desktop.tables.hours_csv import HourCsvRow, as_text, hours_csv

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace

TODAY = date(2026, 3, 18)


@pytest.fixture
def partnership_id(workspace: Workspace) -> UUID:
    with workspace.write("prepare") as unit:
        ours = unit.add(Organisation(name="Neighbours", is_ours=True))
        school = unit.add(Organisation(name="School"))
        partnership = unit.add(Partnership(title="Green roofs", school_id=school.id))
        people = [
            unit.add(Person(name=name, kind=kind, organisation_id=ours.id))
            for name, kind in (
                ("Ana López", PersonKind.VOLUNTEER),
                ("Anatol Berg", PersonKind.MENTOR),
                ("Žofia Čapek", PersonKind.STAFF),
                ("Zoe Elsewhere", PersonKind.STAFF),
            )
        ]
        for person in people[:3]:
            unit.add(PartnershipMember(partnership_id=partnership.id, person_id=person.id))
    return partnership.id


def person_named(workspace: Workspace, name: str) -> Person:
    with workspace.read() as unit:
        found = unit.first(Person, name=name)
    assert found is not None
    return found


def note(workspace: Workspace, partnership_id: UUID, text: str, *, accept: bool = False) -> HourEntry:
    logged, changes = hours.quick_entry(workspace, partnership_id, text, TODAY, accept=accept)
    assert logged.stored
    assert changes.touches("hour_entry")
    return logged.entry


def test_a_line_becomes_an_entry(workspace: Workspace, partnership_id: UUID) -> None:
    entry = note(workspace, partnership_id, "anat 1h30 mentoring yesterday team green")
    assert entry.person_id == person_named(workspace, "Anatol Berg").id
    assert (entry.minutes, entry.category, entry.worked_on) == (90, HourCategory.MENTORING, TODAY - timedelta(days=1))
    assert entry.remark == "team green"
    step = workspace.undo_step()
    assert step is not None
    assert step.action == "log_hours"


def test_accents_and_exact_names(workspace: Workspace, partnership_id: UUID) -> None:
    assert note(workspace, partnership_id, "zof 2h").person_id == person_named(workspace, "Žofia Čapek").id
    assert note(workspace, partnership_id, "ana lop 2h").person_id == person_named(workspace, "Ana López").id
    assert note(workspace, partnership_id, "lopez 1h").person_id == person_named(workspace, "Ana López").id
    assert note(workspace, partnership_id, "elsewhere 1h").person_id == person_named(workspace, "Zoe Elsewhere").id


def test_a_name_that_fits_several(workspace: Workspace, partnership_id: UUID) -> None:
    with pytest.raises(Ambiguous) as caught:
        note(workspace, partnership_id, "ana 1h")
    assert caught.value.candidates == ["Ana López", "Anatol Berg"]
    with pytest.raises(NotFound):
        note(workspace, partnership_id, "Bertolt 1h")


def test_what_a_line_needs(workspace: Workspace, partnership_id: UUID) -> None:
    for line, field in (("zof", "minutes"), ("2h workshop", "person_id"), ("zof 25h", "minutes")):
        with pytest.raises(InvalidField) as caught:
            note(workspace, partnership_id, line)
        assert caught.value.field == field


def test_a_class_is_a_head_count(workspace: Workspace, partnership_id: UUID) -> None:
    entry = note(workspace, partnership_id, "24 students 2h workshop")
    assert (entry.person_id, entry.head_count, entry.role) == (None, 24, "students")
    (total,) = hours.totals(workspace, partnership_id)
    assert (total.side, total.minutes, total.heads) == (Side.LEARNERS, 24 * 120, 24)


def test_odd_days_are_asked_about_and_not_stored(workspace: Workspace, partnership_id: UUID) -> None:
    note(workspace, partnership_id, "zof 8h")
    logged, changes = hours.quick_entry(workspace, partnership_id, "zof 7h", TODAY)
    assert not logged.stored
    assert [question.code for question in logged.questions] == [HourCheck.DAY_OVER_12_HOURS]
    assert not changes
    assert hours.count(workspace, partnership_id) == 1
    note(workspace, partnership_id, "zof 7h", accept=True)
    with pytest.raises(InvalidField) as caught:
        note(workspace, partnership_id, "zof 10h", accept=True)
    assert caught.value.code == "day_over_24_hours"


def test_days_outside_the_agreement_are_asked_about(workspace: Workspace, partnership_id: UUID) -> None:
    with workspace.write("agree") as unit:
        unit.add(Agreement(partnership_id=partnership_id, starts_on=TODAY, ends_on=TODAY + timedelta(days=1)))
    logged, _ = hours.quick_entry(workspace, partnership_id, "zof 1h yesterday", TODAY)
    assert [question.code for question in logged.questions] == [HourCheck.OUTSIDE_AGREEMENT]
    logged, _ = hours.quick_entry(workspace, partnership_id, "zof 1h 20.3.", TODAY)
    assert [question.code for question in logged.questions] == [HourCheck.FUTURE, HourCheck.OUTSIDE_AGREEMENT]


def test_confirmed_entries_do_not_change(workspace: Workspace, partnership_id: UUID) -> None:
    first = note(workspace, partnership_id, "zof 1h")
    second = note(workspace, partnership_id, "anatol 2h")
    changes = hours.confirm(workspace, [first.id, second.id])
    assert changes.touches_id(first.id)
    with pytest.raises(InvalidField) as caught:
        hours.change_entry(workspace, first.id, TODAY, minutes=30)
    assert caught.value.code == "confirmed"
    with pytest.raises(InvalidField):
        hours.delete_entry(workspace, first.id)
    hours.unconfirm(workspace, [first.id])
    logged, _ = hours.change_entry(workspace, first.id, TODAY, minutes=30)
    assert logged.stored
    assert {row.minutes: row.state for row in hours.page(workspace, partnership_id, 0, 10)} == {
        30: HourState.LOGGED,
        120: HourState.CONFIRMED,
    }
    assert [step.action for step in workspace.history()][:3] == [
        "change_hour_entry",
        "unconfirm_hours",
        "confirm_hours",
    ]
    hours.delete_entry(workspace, first.id)
    assert hours.count(workspace, partnership_id) == 1


def test_confirming_is_undone_in_one_step(workspace: Workspace, partnership_id: UUID) -> None:
    ids = [note(workspace, partnership_id, f"zof {minutes}min").id for minutes in (20, 30, 40)]
    hours.confirm(workspace, ids)
    workspace.undo()
    assert {row.state for row in hours.page(workspace, partnership_id, 0, 10)} == {HourState.LOGGED}


def test_a_changed_entry_is_questioned_too(workspace: Workspace, partnership_id: UUID) -> None:
    entry = note(workspace, partnership_id, "zof 1h")
    logged, changes = hours.change_entry(workspace, entry.id, TODAY, minutes=13 * 60)
    assert not logged.stored
    assert not changes
    with pytest.raises(InvalidField):
        hours.change_entry(workspace, entry.id, TODAY, minutes=0)


def test_summary_holds_hours_against_the_promise(workspace: Workspace, partnership_id: UUID) -> None:
    with workspace.write("agree") as unit:
        agreement = unit.add(Agreement(partnership_id=partnership_id))
        unit.add(Commitment(agreement_id=agreement.id, side=Side.CSO, role="staff", minutes=600))
    note(workspace, partnership_id, "zof 2h")
    note(workspace, partnership_id, "anatol 3h")
    summary = hours.summary(workspace, partnership_id, TODAY)
    assert [(b.promised, b.used, b.used_percent) for b in summary.budgets] == [(600, 120, 20)]
    assert (summary.used, summary.confirmed) == (300, 0)
    assert {(row.role, row.used) for row in summary.months} == {("staff", 120), ("mentor", 180)}


def test_pages_and_filters(workspace: Workspace, partnership_id: UUID) -> None:
    for number in range(1, 11):
        note(workspace, partnership_id, f"zof {number + 12}min {number}.3. remark{number}")
    note(workspace, partnership_id, "anatol 2h Büro")
    everything = hours.page(workspace, partnership_id, 0, 100)
    assert [row.worked_on for row in everything] == sorted((row.worked_on for row in everything), reverse=True)
    paged = [row for offset in range(0, 12, 4) for row in hours.page(workspace, partnership_id, offset, 4)]
    assert paged == everything
    assert len(hours.page(workspace, None, 0, 100)) == 11
    for filters, expected in (
        (HourFilter(text="čapek"), 10),
        (HourFilter(text="REMARK10"), 1),
        (HourFilter(category=HourCategory.ADMINISTRATION), 1),
        (HourFilter(state=HourState.CONFIRMED), 0),
        (HourFilter(first=date(2026, 3, 3), last=date(2026, 3, 5)), 3),
        (HourFilter(person_id=person_named(workspace, "Anatol Berg").id), 1),
    ):
        assert len(hours.page(workspace, partnership_id, 0, 100, filters)) == expected
        assert hours.count(workspace, partnership_id, filters) == expected


def test_csv(workspace: Workspace, partnership_id: UUID, tmp_path: Path) -> None:
    note(workspace, partnership_id, "zof 10:00-11:30 workshop # =SUM(A1)")
    note(workspace, partnership_id, "24x 30min yesterday")
    path = hours.export_csv(workspace, tmp_path / "hours.csv", partnership_id)
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["date"] for row in rows] == ["2026-03-17", "2026-03-18"]
    assert (rows[0]["head_count"], rows[0]["total_minutes"], rows[0]["person"]) == ("24", "720", "")
    assert (rows[1]["person"], rows[1]["start"], rows[1]["remark"]) == ("Žofia Čapek", "10:00", "'=SUM(A1)")
    with pytest.raises(BadInput):
        hours.export_csv(workspace, path, partnership_id)
    hours.export_csv(workspace, path, force=True)


@pytest.mark.parametrize("cell", ["=1+1", "+49", "-1", "@x", "\tx", "\rx"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert as_text(cell) == f"'{cell}"
    row = HourCsvRow(worked_on=TODAY, start_time=time(8), person=cell, minutes=1, category="travel", state="logged")
    parsed = list(csv.reader(io.StringIO(hours_csv([row]).decode("utf-8-sig"), newline="")))
    assert parsed[1][2] == f"'{cell}"
    assert as_text("a=b") == "a=b"
