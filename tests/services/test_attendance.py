"""Attendance and the hours that follow from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID

import pytest

from cocivic_desktop.domain.activities import Activity, ActivityKind, OccurrenceOverride, Participation, Recurrence
from cocivic_desktop.domain.errors import BadInput, InvalidField
from cocivic_desktop.domain.hours import Attendance, AttendanceState, HourCategory, HourEntry, HourSource, HourState
from cocivic_desktop.domain.organisations import Person, PersonKind
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.services import attendance, hours, records
from cocivic_desktop.services.attendance import Mark
from cocivic_desktop.services.attendance_saving import NewName, save
from cocivic_desktop.store.workspace import Workspace

TODAY = date(2026, 11, 20)
FIRST = date(2026, 10, 6)
PRESENT, ABSENT = Mark(AttendanceState.PRESENT), Mark(AttendanceState.ABSENT)


@pytest.fixture
def series(workspace: Workspace, partnership: Partnership) -> Activity:
    """A session every Tuesday, 90 minutes, with a mentor and three students of 10b; one more student is in 10a."""
    activity = Activity(
        partnership_id=partnership.id,
        title="Design studio",
        starts_on=FIRST,
        start_time=time(10),
        duration_minutes=90,
        recurrence=Recurrence(weekdays=[1], teaching_weeks_only=False),
    )
    records.add(workspace, activity)
    mentor = Person(name="Jonas Weber", kind=PersonKind.MENTOR)
    records.add(workspace, mentor)
    records.add(workspace, Participation(activity_id=activity.id, person_id=mentor.id, role="mentor"))
    for name, group in (("Zoe", "10b"), ("Ömer", "10b"), ("Ana", "10b"), ("Ben", "10a")):
        records.add(
            workspace,
            Person(name=name, kind=PersonKind.STUDENT, class_group=group, organisation_id=partnership.school_id),
        )
    return activity


def entries(workspace: Workspace) -> list[HourEntry]:
    return records.find(workspace, HourEntry, order="worked_on")


def ids(grid: attendance.AttendanceGrid) -> dict[str, UUID]:
    return {one.name: one.id for one in grid.people}


def test_a_class_is_marked_in_one_go_and_hours_follow(workspace: Workspace, series: Activity) -> None:
    grid = attendance.load(workspace, series.id, [FIRST], class_group="10b")
    assert [one.name for one in grid.people] == ["Jonas Weber", "Ana", "Ömer", "Zoe"]
    who = ids(grid)
    marks = {(who[name], FIRST): PRESENT for name in who} | {
        (who["Zoe"], FIRST): ABSENT,
        (who["Ana"], FIRST): Mark(AttendanceState.PRESENT, 45),
    }
    saved = save(workspace, grid, marks, TODAY)
    assert (saved.added, saved.minutes) == (3, 90 + 90 + 45)
    found = {one.person_id: one for one in entries(workspace)}
    assert set(found) == {who["Jonas Weber"], who["Ana"], who["Ömer"]}
    mentor = found[who["Jonas Weber"]]
    assert (mentor.category, mentor.role, mentor.start_time) == (HourCategory.MENTORING, "mentor", time(10))
    student = found[who["Ana"]]
    assert (student.minutes, student.category, student.source) == (45, HourCategory.DELIVERY, HourSource.ATTENDANCE)
    assert len(records.find(workspace, Attendance)) == 4
    workspace.undo()
    assert (entries(workspace), records.find(workspace, Attendance)) == ([], [])


def test_correcting_the_attendance_corrects_its_hours_and_never_doubles(workspace: Workspace, series: Activity) -> None:
    grid = attendance.load(workspace, series.id, [FIRST], class_group="10b")
    who = ids(grid)
    everybody = {(one, FIRST): PRESENT for one in who.values()}
    save(workspace, grid, everybody, TODAY)
    again = save(workspace, attendance.load(workspace, series.id, [FIRST], class_group="10b"), everybody, TODAY)
    assert (again.added, again.corrected, len(entries(workspace))) == (0, 0, 4)
    changed = save(
        workspace,
        grid,
        {
            (who["Zoe"], FIRST): ABSENT,
            (who["Ana"], FIRST): Mark(AttendanceState.PRESENT, 30),
            (who["Ömer"], FIRST): None,
        },
        TODAY,
    )
    assert (changed.corrected, changed.removed) == (1, 2)
    assert {one.person_id: one.minutes for one in entries(workspace)} == {who["Jonas Weber"]: 90, who["Ana"]: 30}
    assert len(records.find(workspace, Attendance)) == 3


def test_confirmed_hours_and_those_typed_by_hand_stay(workspace: Workspace, series: Activity) -> None:
    grid = attendance.load(workspace, series.id, [FIRST], class_group="10b")
    who = ids(grid)
    typed = HourEntry(
        partnership_id=series.partnership_id,
        person_id=who["Zoe"],
        worked_on=FIRST,
        minutes=60,
        activity_id=series.id,
    )
    hours.log(workspace, typed, TODAY, accept=True)
    save(workspace, grid, {(one, FIRST): PRESENT for one in who.values()}, TODAY)
    assert len(entries(workspace)) == 4
    hours.confirm(workspace, [one.id for one in entries(workspace)])
    after = save(workspace, grid, {(one, FIRST): ABSENT for one in who.values()}, TODAY)
    assert (after.removed, after.confirmed_kept, len(entries(workspace))) == (0, 4, 4)
    assert attendance.load(workspace, series.id, [FIRST]).confirmed >= {(who["Ana"], FIRST)}


def test_heads_without_names_and_notes_belong_to_the_date(workspace: Workspace, series: Activity) -> None:
    second = FIRST + timedelta(days=7)
    grid = attendance.load(workspace, series.id, [FIRST, second])
    saved = save(workspace, grid, {}, TODAY, heads={FIRST: 22, second: 20}, notes={FIRST: "Two groups."})
    assert (saved.added, saved.minutes) == (2, 42 * 90)
    assert [(one.head_count, one.role, one.person_id) for one in entries(workspace)] == [
        (22, "students", None),
        (20, "students", None),
    ]
    stored = records.find(workspace, OccurrenceOverride, order="original_on")
    assert [(one.head_count, one.notes_after) for one in stored] == [(22, "Two groups."), (20, "")]
    fresh = attendance.load(workspace, series.id, [FIRST, second])
    assert [day.head_count for day in fresh.days] == [22, 20]
    save(workspace, fresh, {}, TODAY, heads={FIRST: 21, second: None})
    assert [(one.worked_on, one.head_count) for one in entries(workspace)] == [(FIRST, 21)]


def test_a_signed_sheet_confirms_and_brings_new_names(workspace: Workspace, series: Activity) -> None:
    grid = attendance.load(workspace, series.id, [FIRST], class_group="10b")
    who = ids(grid)
    saved = save(
        workspace,
        grid,
        {(who["Ana"], FIRST): PRESENT},
        TODAY,
        new_names=[NewName("Lena K.", marks={FIRST: PRESENT})],
        source=HourSource.PAPER,
        confirm=True,
    )
    assert (saved.people, saved.added) == (1, 2)
    assert {(one.state, one.confirmed_on, one.source) for one in entries(workspace)} == {
        (HourState.CONFIRMED, TODAY, HourSource.PAPER)
    }
    lena = next(one for one in records.find(workspace, Person) if one.name == "Lena K.")
    assert (lena.kind, lena.class_group) == (PersonKind.STUDENT, "10b")
    assert "Lena K." in ids(attendance.load(workspace, series.id, [FIRST]))


def test_dates_to_come_and_impossible_days_are_refused_whole(workspace: Workspace, series: Activity) -> None:
    ahead = date(2026, 11, 24)
    grid = attendance.load(workspace, series.id, [FIRST, ahead], class_group="10b")
    who = ids(grid)
    with pytest.raises(BadInput, match="still to come"):
        save(workspace, grid, {(who["Ana"], FIRST): PRESENT, (who["Ana"], ahead): PRESENT}, TODAY)
    full = HourEntry(partnership_id=series.partnership_id, person_id=who["Ana"], worked_on=FIRST, minutes=23 * 60)
    hours.log(workspace, full, TODAY, accept=True)
    with pytest.raises(InvalidField, match="24"):
        save(workspace, grid, {(one, FIRST): PRESENT for one in who.values()}, TODAY)
    assert [one.id for one in entries(workspace)] == [full.id]
    assert records.find(workspace, Attendance) == []


def test_meetings_are_administration_and_only_past_dates_are_offered(workspace: Workspace, series: Activity) -> None:
    meeting = Activity(
        partnership_id=series.partnership_id, title="Steering group", kind=ActivityKind.MEETING, starts_on=TODAY
    )
    coming = replace(meeting, id=UUID(int=5), title="Next steering group", starts_on=TODAY + timedelta(days=1))
    for one in (meeting, coming):
        records.add(workspace, one)
    found = attendance.activities(workspace, series.partnership_id, TODAY)
    assert [one.title for one in found] == ["Steering group", "Design studio"]
    assert attendance.load(workspace, meeting.id, [TODAY]).category is HourCategory.ADMINISTRATION
