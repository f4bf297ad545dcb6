"""Hours by line, template, week grid, timer and plan; what is odd among them; what happened to them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from cocivic_desktop.domain.activities import (
    Activity,
    ActivityKind,
    ActivityStatus,
    OccurrenceOverride,
    Participation,
    ParticipationReply,
    Recurrence,
    RecurrenceEnd,
)
from cocivic_desktop.domain.errors import Ambiguous, InvalidField, NotFound
from cocivic_desktop.domain.hours import HourCategory, HourEntry, HourSource, HourState, RunningTimer
from cocivic_desktop.domain.organisations import Organisation, Person, PersonKind
from cocivic_desktop.domain.partnerships import Partnership, PartnershipMember
from cocivic_desktop.domain.rules.hour_checks import HourCheck
from cocivic_desktop.domain.rules.timers import TimerReminder, elapsed_seconds, reminder, rounded_minutes
from cocivic_desktop.domain.rules.week_grid import GridRows, PasteProblem, WeekGrid, read_block
from cocivic_desktop.domain.school_years import CalendarPeriod, PeriodKind, SchoolYear
from cocivic_desktop.services import (
    hour_checks,
    hour_history,
    hour_templates,
    hours,
    planned_hours,
    quick_hours,
    records,
    timers,
    week_grid,
)
from cocivic_desktop.services.week_grid import CellChange, GridSetup
from cocivic_desktop.store.workspace import Workspace

TODAY = date(2026, 9, 14)
MONDAY = TODAY - timedelta(days=7)


@pytest.fixture
def people(workspace: Workspace, partnership: Partnership) -> dict[str, Person]:
    """Ana and Mia of ours (members), Tom of the school."""
    ours = records.find(workspace, Organisation, is_ours=True)[0]
    found = {
        "ana": Person(name="Ana López", kind=PersonKind.VOLUNTEER, organisation_id=ours.id),
        "mia": Person(name="Mia Kaya", kind=PersonKind.MENTOR, organisation_id=ours.id),
        "tom": Person(name="Tom Berg", kind=PersonKind.TEACHER, organisation_id=partnership.school_id),
    }
    with workspace.write("people") as unit:
        for person in found.values():
            unit.add(person)
        unit.add(PartnershipMember(partnership_id=partnership.id, person_id=found["ana"].id, role="helper"))
        unit.add(PartnershipMember(partnership_id=partnership.id, person_id=found["mia"].id))
    return found


@pytest.fixture
def robots(workspace: Workspace, partnership: Partnership, people: dict[str, Person]) -> Activity:
    """A session every Tuesday at ten from 1 September on, with Ana, Mia and Tom, who declined, and 24 learners."""
    activity = Activity(
        partnership_id=partnership.id,
        title="Robots and roofs",
        starts_on=date(2026, 9, 1),
        start_time=time(10),
        duration_minutes=90,
        preparation_minutes=30,
        follow_up_minutes=15,
        head_count=24,
        recurrence=Recurrence(weekdays=[1], ends=RecurrenceEnd.AFTER_COUNT, count=6, teaching_weeks_only=False),
    )
    with workspace.write("plan") as unit:
        unit.add(activity)
        unit.add(Participation(activity_id=activity.id, person_id=people["ana"].id, role="lead"))
        unit.add(Participation(activity_id=activity.id, person_id=people["mia"].id))
        declined = ParticipationReply.DECLINED
        unit.add(Participation(activity_id=activity.id, person_id=people["tom"].id, reply=declined))
    return activity


def note(workspace: Workspace, partnership: Partnership, line: str, *, accept: bool = False) -> HourEntry:
    logged, _ = hours.quick_entry(workspace, partnership.id, line, TODAY, accept=accept)
    assert logged.stored, logged.questions
    return logged.entry


def entries(workspace: Workspace) -> list[HourEntry]:
    return records.find(workspace, HourEntry, order="created_at")


def told(entry: HourEntry) -> tuple[UUID | None, int | None, date, int, str]:
    return entry.person_id, entry.head_count, entry.worked_on, entry.minutes, entry.category.value


# lines and templates


def test_a_line_names_an_activity_and_takes_the_role_of_the_member(
    workspace: Workspace, partnership: Partnership, robots: Activity
) -> None:
    entry = note(workspace, partnership, "ana 1h @robots")
    assert (entry.activity_id, entry.role) == (robots.id, "helper")
    with pytest.raises(NotFound, match="activity “sewing”"):
        note(workspace, partnership, "ana 1h @sewing")


def test_the_last_entry_is_written_as_a_line(workspace: Workspace, partnership: Partnership, robots: Activity) -> None:
    assert quick_hours.last_line(workspace, partnership.id, TODAY, "en") == ""
    note(workspace, partnership, "mia 10:00-11:30 mentoring yesterday @robots # team 2")
    line = quick_hours.last_line(workspace, partnership.id, TODAY, "de")
    assert line == 'Mia Kaya 10:00-11:30 Betreuung @"Robots and roofs" # team 2'
    again = note(workspace, partnership, line)
    assert (again.worked_on, again.start_time, again.remark) == (TODAY, time(10), "team 2")


def test_templates_are_logged_by_number_or_title_and_changed_on_the_way(
    workspace: Workspace, partnership: Partnership, people: dict[str, Person]
) -> None:
    for line, title in (("ana 1h30 mentoring # team", "Ana mentors"), ("24x 2h", "Class")):
        hour_templates.keep(workspace, hours.read_entry(workspace, partnership.id, line, TODAY), title)
    assert told(note(workspace, partnership, "/1")) == (people["ana"].id, None, TODAY, 90, "mentoring")
    assert told(note(workspace, partnership, "/class 11.9.")) == (None, 24, date(2026, 9, 11), 120, "delivery")
    assert told(note(workspace, partnership, "/1 45 travel yesterday mia")) == (
        people["mia"].id,
        None,
        TODAY - timedelta(days=1),
        45,
        "travel",
    )
    on_a_day = hours.read_entry(workspace, partnership.id, "/1 2.9", TODAY, "de")
    assert on_a_day.worked_on == date(2026, 9, 2)
    assert on_a_day.minutes == hours.read_entry(workspace, partnership.id, "/1", TODAY).minutes
    with pytest.raises(NotFound, match="template 3"):
        note(workspace, partnership, "/3")
    records.reorder(workspace, type(hour_templates.templates(workspace, partnership.id)[0]), _reversed(workspace))
    assert note(workspace, partnership, "/1 today", accept=True).head_count == 24


def _reversed(workspace: Workspace) -> list[UUID]:
    from cocivic_desktop.domain.hours import HourTemplate

    return [one.id for one in reversed(records.find(workspace, HourTemplate))]


def test_somebody_unknown_is_added_as_a_member(workspace: Workspace, partnership: Partnership) -> None:
    with pytest.raises(NotFound):
        note(workspace, partnership, "Ines 1h")
    ines = quick_hours.add_person(workspace, partnership.id, "Ines Moreno", PersonKind.TEACHER)
    assert ines.organisation_id == partnership.school_id
    assert note(workspace, partnership, "ines 1h").person_id == ines.id
    workspace.undo()
    workspace.undo()
    assert records.find(workspace, Person, name="Ines Moreno") == []


def test_two_activities_that_begin_alike(workspace: Workspace, partnership: Partnership, robots: Activity) -> None:
    records.add(workspace, Activity(partnership_id=partnership.id, title="Robots at home", starts_on=TODAY))
    with pytest.raises(Ambiguous) as caught:
        note(workspace, partnership, "ana 1h @rob")
    assert caught.value.candidates == ["Robots and roofs", "Robots at home"]
    assert note(workspace, partnership, 'ana 1h @"Robots and roofs"').activity_id == robots.id


# checks


def test_what_is_stored_is_checked_by_the_same_rules(
    workspace: Workspace, partnership: Partnership, people: dict[str, Person]
) -> None:
    year = SchoolYear(
        school_id=partnership.school_id, label="2026/27", starts_on=date(2026, 8, 1), ends_on=date(2027, 7, 31)
    )
    records.add(workspace, year)
    records.add(
        workspace,
        CalendarPeriod(
            school_year_id=year.id,
            kind=PeriodKind.HOLIDAY,
            name="Harvest break",
            starts_on=date(2026, 9, 9),
            ends_on=date(2026, 9, 9),
        ),
    )
    records.change(workspace, Person, people["mia"].id, active_until=date(2026, 9, 4))
    fine = note(workspace, partnership, "ana 1h 7.9.")
    lines = ("mia 1h 5.9.", "ana 1h 9.9.", "ana 13h 8.9.", "24x 1h 11.9.", "24x 1h 11.9.", "tom 1h 1.8.")
    odd = [note(workspace, partnership, line, accept=True) for line in lines]
    note(workspace, partnership, "ana 1h prep 9.9.")
    found = {
        each.entry.id: [question.code for question in each.questions]
        for each in hour_checks.stored_findings(workspace, partnership.id, TODAY)
    }
    assert found == {
        odd[0].id: [HourCheck.NO_LONGER_ACTIVE],
        odd[1].id: [HourCheck.CLOSURE],
        odd[2].id: [HourCheck.DAY_OVER_12_HOURS],
        odd[4].id: [HourCheck.SAME_AGAIN],
        odd[5].id: [HourCheck.OUTSIDE_AGREEMENT],
    }
    assert fine.id in hour_checks.in_order(workspace, partnership.id, TODAY)
    assert not found.keys() & set(hour_checks.in_order(workspace, partnership.id, TODAY))


def test_hours_elsewhere_count_for_the_day(
    workspace: Workspace, partnership: Partnership, people: dict[str, Person]
) -> None:
    other = Partnership(title="Other", school_id=partnership.school_id)
    records.add(workspace, other)
    note(workspace, other, "ana 10h")
    logged, _ = hours.quick_entry(workspace, partnership.id, "ana 3h", TODAY)
    assert [question.code for question in logged.questions] == [HourCheck.DAY_OVER_12_HOURS]


def test_several_are_corrected_in_one_step_all_or_none(
    workspace: Workspace, partnership: Partnership, people: dict[str, Person]
) -> None:
    some = [note(workspace, partnership, line) for line in ("ana 1h", "mia 2h", "tom 3h")]
    ids = [entry.id for entry in some]
    hours.change_entries(workspace, ids, TODAY, category=HourCategory.TRAVEL, role="driver")
    assert [(entry.category, entry.role) for entry in entries(workspace)] == [(HourCategory.TRAVEL, "driver")] * 3
    workspace.undo()
    assert {entry.category for entry in entries(workspace)} == {HourCategory.DELIVERY}
    hours.confirm(workspace, ids[:1], TODAY)
    with pytest.raises(InvalidField):
        hours.change_entries(workspace, ids, TODAY, role="driver")
    assert {entry.role for entry in entries(workspace)} == {"", "helper"}
    future = TODAY + timedelta(days=1)
    logged, _ = hours.change_entries(workspace, ids[1:], TODAY, worked_on=future)
    assert (logged.stored, len(logged.questions)) == (False, 2)
    assert {entry.worked_on for entry in entries(workspace)} == {TODAY}


def test_an_entry_tells_its_history(workspace: Workspace, partnership: Partnership, people: dict[str, Person]) -> None:
    entry = note(workspace, partnership, 'ana 1h # O\'Neill, "x"=1')
    hours.change_entry(workspace, entry.id, TODAY, minutes=90, remark='it\'s, "minutes"=7')
    hours.confirm(workspace, [entry.id], TODAY)
    assert records.get(workspace, HourEntry, entry.id).confirmed_on == TODAY
    hours.unconfirm(workspace, [entry.id])
    hours.change_entry(workspace, entry.id, TODAY, minutes=30)
    workspace.undo()  # what was undone is no part of it
    told = [(one.action, one.changed) for one in hour_history.history(workspace, entry.id)]
    assert told == [
        ("unconfirm_hours", (("state", "confirmed", "logged"),)),
        ("confirm_hours", (("state", "logged", "confirmed"),)),
        (
            "change_hour_entry",
            (("minutes", "60", "90"), ("remark", 'O\'Neill, "x"=1', 'it\'s, "minutes"=7')),
        ),
        ("log_hours", ()),
    ]
    assert records.get(workspace, HourEntry, entry.id).confirmed_on is None


# the week


def load(workspace: Workspace, partnership: Partnership, setup: GridSetup | None = None) -> WeekGrid:
    return week_grid.load(workspace, partnership.id, MONDAY, setup or GridSetup())


def fill(workspace: Workspace, partnership: Partnership, changes: list[CellChange], **more: Any) -> week_grid.Filled:
    setup = more.pop("setup", GridSetup(category=HourCategory.MENTORING))
    grid = load(workspace, partnership, setup)
    return week_grid.fill(workspace, partnership.id, grid, changes, TODAY, setup, **more)[0]


def test_a_week_of_people_with_plan_and_sums(
    workspace: Workspace, partnership: Partnership, people: dict[str, Person], robots: Activity
) -> None:
    note(workspace, partnership, "ana 1h 7.9.")
    note(workspace, partnership, "ana 30 travel 7.9.")
    note(workspace, partnership, "24x 2h 8.9.")
    grid = load(workspace, partnership)
    assert [row.title for row in grid.rows] == ["Ana López", "Mia Kaya", ""]
    ana, mia, heads = grid.rows
    assert (ana.cells[0].minutes, ana.cells[0].locked, ana.minutes) == (90, True, 90)
    assert (ana.cells[1].planned, mia.cells[1].planned, mia.cells[1].minutes) == (90, 90, 0)
    assert (heads.cells[1].minutes, grid.day_minutes(1), grid.day_minutes(0)) == (24 * 120, 24 * 120, 90)


def test_cells_are_added_changed_and_emptied(
    workspace: Workspace, partnership: Partnership, people: dict[str, Person]
) -> None:
    fill(workspace, partnership, [CellChange(0, 0, 90), CellChange(1, 2, 60)])
    first, second = entries(workspace)
    assert told(first) == (people["ana"].id, None, MONDAY, 90, "mentoring")
    assert (first.source, first.role, told(second)[2]) == (HourSource.GRID, "helper", MONDAY + timedelta(days=2))
    fill(workspace, partnership, [CellChange(0, 0, 30), CellChange(1, 2, None)])
    assert [entry.minutes for entry in entries(workspace)] == [30]
    workspace.undo()
    assert [entry.minutes for entry in entries(workspace)] == [90, 60]


def test_what_is_confirmed_or_several_is_not_typed_over(workspace: Workspace, partnership: Partnership) -> None:
    quick_hours.add_person(workspace, partnership.id, "Ana", PersonKind.STAFF)
    entry = note(workspace, partnership, "ana 1h 7.9.")
    hours.confirm(workspace, [entry.id], TODAY)
    with pytest.raises(InvalidField) as caught:
        fill(workspace, partnership, [CellChange(0, 1, 60), CellChange(0, 0, 30)])
    assert caught.value.code == "confirmed"
    assert len(entries(workspace)) == 1
    note(workspace, partnership, "ana 2h 7.9.")
    with pytest.raises(InvalidField) as caught:
        fill(workspace, partnership, [CellChange(0, 0, 30)])
    assert caught.value.code == "several_entries"


def test_odd_cells_are_asked_about_and_impossible_ones_refused(
    workspace: Workspace, partnership: Partnership, people: dict[str, Person]
) -> None:
    asked = fill(workspace, partnership, [CellChange(0, 0, 60), CellChange(1, 0, 800)])
    assert [question.code for found in asked.questions.values() for question in found] == [HourCheck.DAY_OVER_12_HOURS]
    assert (asked.stored, entries(workspace)) == (0, [])
    assert fill(workspace, partnership, [CellChange(1, 0, 800)], accept=True).stored == 1
    with pytest.raises(InvalidField):
        fill(workspace, partnership, [CellChange(1, 0, 1500)], accept=True)


def test_last_week_is_copied_into_empty_cells(
    workspace: Workspace, partnership: Partnership, people: dict[str, Person], robots: Activity
) -> None:
    before = note(workspace, partnership, "ana 10:00-11:30 mentoring 1.9. @robots")
    hours.confirm(workspace, [before.id], TODAY)
    note(workspace, partnership, "mia 1h 3.9.")
    note(workspace, partnership, "mia 2h 10.9.")
    grid = load(workspace, partnership)
    done, _ = week_grid.copy_last_week(workspace, partnership.id, grid, [0, 1], TODAY, GridSetup())
    assert done.stored == 1
    copied = next(entry for entry in entries(workspace) if entry.source is HourSource.GRID)
    assert told(copied) == (people["ana"].id, None, date(2026, 9, 8), 90, "mentoring")
    assert (copied.start_time, copied.activity_id, copied.state) == (time(10), robots.id, HourState.LOGGED)


def test_a_week_of_one_persons_activities(
    workspace: Workspace, partnership: Partnership, people: dict[str, Person], robots: Activity
) -> None:
    note(workspace, partnership, "ana 1h 7.9.")
    note(workspace, partnership, "mia 5h 7.9. @robots")
    setup = GridSetup(kind=GridRows.ACTIVITIES, person_id=people["ana"].id)
    grid = load(workspace, partnership, setup)
    assert [(row.title, row.minutes) for row in grid.rows] == [("Robots and roofs", 0), ("", 60)]
    assert grid.rows[0].cells[1].planned == 90
    fill(workspace, partnership, [CellChange(0, 1, 90)], setup=setup)
    assert (entries(workspace)[-1].person_id, entries(workspace)[-1].activity_id) == (people["ana"].id, robots.id)
    with pytest.raises(InvalidField):
        fill(workspace, partnership, [CellChange(0, 1, 90)], setup=GridSetup(kind=GridRows.ACTIVITIES))


def test_a_block_from_a_spreadsheet(workspace: Workspace, partnership: Partnership, people: dict[str, Person]) -> None:
    entry = note(workspace, partnership, "mia 1h 7.9.")
    hours.confirm(workspace, [entry.id], TODAY)
    grid = load(workspace, partnership)
    plain = read_block(grid, "1:30\t\t90\r\n1,5\t2h\t30:00\n", 0, 0)
    assert [(one.row, one.day, one.minutes, one.problem) for one in plain] == [
        (0, 0, 90, None),
        (0, 2, 90, None),
        (1, 0, 90, PasteProblem.LOCKED),
        (1, 1, 120, None),
        (1, 2, 1800, PasteProblem.OVER_24_HOURS),
    ]
    named = read_block(grid, "Name\tMo\tTu\nMIA KAYA\t\t1\nana\tx\t2\nNobody\t1\t", 1, 4)
    assert [(one.row, one.day, one.minutes, one.problem) for one in named] == [
        (1, 1, 60, None),
        (0, 0, None, PasteProblem.NOT_A_DURATION),
        (0, 1, 120, None),
        (-1, 0, 60, PasteProblem.UNKNOWN_ROW),
    ]
    beyond = read_block(grid, "1\t1\n1\t1", 1, 6)
    assert [one.problem for one in beyond] == [None, PasteProblem.OUTSIDE, PasteProblem.OUTSIDE, PasteProblem.OUTSIDE]
    assert read_block(grid, "", 0, 0) == []


# planned dates


def test_a_planned_date_becomes_hours_in_one_step(
    workspace: Workspace, partnership: Partnership, people: dict[str, Person], robots: Activity
) -> None:
    dates = planned_hours.without_hours(workspace, partnership.id, TODAY)
    assert [past.occurrence.on for past in dates] == [date(2026, 9, 8), date(2026, 9, 1)]
    past = dates[0]
    assert [(line.name, line.minutes, line.category, line.wanted) for line in past.lines] == [
        ("Ana López", 90, HourCategory.DELIVERY, True),
        ("Mia Kaya", 90, HourCategory.MENTORING, True),
        ("Tom Berg", 90, HourCategory.DELIVERY, False),
        ("Ana López", 30, HourCategory.PREPARATION, True),
        ("Ana López", 15, HourCategory.ADMINISTRATION, True),
        ("", 90, HourCategory.DELIVERY, True),
    ]
    wanted = [line for line in past.lines if line.wanted]
    logged, _ = planned_hours.log_as_planned(workspace, [(past, wanted)], TODAY)
    assert logged.stored
    stored = entries(workspace)
    assert sum(entry.minutes * (entry.head_count or 1) for entry in stored) == 90 + 90 + 30 + 15 + 24 * 90
    assert {(entry.source, entry.activity_id, entry.worked_on) for entry in stored} == {
        (HourSource.PLAN, robots.id, date(2026, 9, 8))
    }
    assert {entry.role for entry in stored if entry.person_id == people["ana"].id} == {"lead"}
    (override,) = records.find(workspace, OccurrenceOverride)
    assert (override.original_on, override.status, override.head_count) == (
        date(2026, 9, 8),
        ActivityStatus.DONE,
        24,
    )
    left = planned_hours.without_hours(workspace, partnership.id, TODAY)
    assert [past.occurrence.on for past in left] == [date(2026, 9, 1)]
    workspace.undo()
    assert (entries(workspace), records.find(workspace, OccurrenceOverride)) == ([], [])


def test_several_dates_at_once_and_questions_store_nothing(
    workspace: Workspace, partnership: Partnership, people: dict[str, Person], robots: Activity
) -> None:
    records.change(workspace, Person, people["ana"].id, active_until=date(2026, 9, 2))
    dates = planned_hours.without_hours(workspace, partnership.id, TODAY)
    wanted = [(past, [line for line in past.lines if line.wanted]) for past in dates]
    logged, changes = planned_hours.log_as_planned(workspace, wanted, TODAY)
    assert (logged.stored, bool(changes), entries(workspace)) == (False, False, [])
    assert len(logged.questions) == 3  # Ana's three entries of 8 September
    logged, _ = planned_hours.log_as_planned(workspace, wanted, TODAY, accept=True)
    assert len(entries(workspace)) == 10
    assert planned_hours.without_hours(workspace, partnership.id, TODAY) == []
    step = workspace.undo_step()
    assert step is not None
    assert step.action == "log_as_planned"


def test_a_single_activity_is_done_and_a_deadline_is_no_date(
    workspace: Workspace, partnership: Partnership, people: dict[str, Person]
) -> None:
    meeting = Activity(
        partnership_id=partnership.id,
        title="Steering group",
        kind=ActivityKind.MEETING,
        starts_on=date(2026, 9, 10),
        start_time=time(16),
    )
    deadline = Activity(
        partnership_id=partnership.id, title="Report", kind=ActivityKind.DEADLINE, starts_on=date(2026, 9, 9)
    )
    with workspace.write("plan") as unit:
        unit.add(meeting)
        unit.add(deadline)
        unit.add(Participation(activity_id=meeting.id, person_id=people["tom"].id))
    (past,) = planned_hours.without_hours(workspace, partnership.id, TODAY)
    planned_hours.log_as_planned(workspace, [(past, past.lines)], TODAY)
    assert records.get(workspace, Activity, meeting.id).status is ActivityStatus.DONE
    assert [entry.category for entry in entries(workspace)] == [HourCategory.ADMINISTRATION]
    again = planned_hours.proposal(workspace, meeting.id, date(2026, 9, 10))
    assert again.lines == past.lines
    with pytest.raises(NotFound):
        planned_hours.proposal(workspace, meeting.id, date(2026, 9, 11))


# timers


def test_a_timer_survives_closing_and_pauses(
    workspace: Workspace, partnership: Partnership, people: dict[str, Person], robots: Activity
) -> None:
    begin = datetime(2026, 9, 14, 8, tzinfo=UTC)
    line = "mia mentoring @robots # team 2"
    timer = timers.start_from_line(workspace, partnership.id, line, begin, TODAY)
    timers.pause(workspace, timer.id, begin + timedelta(minutes=40))
    timers.go_on(workspace, timer.id, begin + timedelta(hours=3))
    path = Path(workspace.path)
    workspace.close()
    with Workspace.open(path) as again:
        (kept,) = timers.timers(again, partnership.id)
        now = begin + timedelta(hours=3, minutes=43)
        assert elapsed_seconds(kept, now) == 83 * 60
        minutes = rounded_minutes(elapsed_seconds(kept, now), 15)
        logged, _ = timers.stop(again, kept.id, minutes, TODAY)
        assert logged.stored
        (entry,) = entries(again)
        assert told(entry) == (people["mia"].id, None, TODAY, 90, "mentoring")
        assert (entry.activity_id, entry.remark, entry.source) == (robots.id, "team 2", HourSource.TIMER)
        assert timers.timers(again) == []
        again.undo()
        assert (entries(again), len(timers.timers(again))) == ([], 1)


def test_undo_passes_starting_and_pausing_by(
    workspace: Workspace, partnership: Partnership, people: dict[str, Person]
) -> None:
    entry = note(workspace, partnership, "ana 1h")
    now = datetime(2026, 9, 14, 8, tzinfo=UTC)
    timer = timers.start_from_line(workspace, partnership.id, "ana", now, TODAY)
    timers.pause(workspace, timer.id, now + timedelta(minutes=5))
    workspace.undo()
    assert records.find(workspace, HourEntry, id=entry.id) == []
    assert records.get(workspace, RunningTimer, timer.id).seconds_before == 300
    timers.discard(workspace, timer.id)
    workspace.undo()
    assert records.get(workspace, RunningTimer, timer.id).seconds_before == 300


def test_a_second_timer_of_a_person_pauses_the_first(
    workspace: Workspace, partnership: Partnership, people: dict[str, Person]
) -> None:
    now = datetime(2026, 9, 14, 8, tzinfo=UTC)
    first = timers.start_from_line(workspace, partnership.id, "ana", now, TODAY)
    timers.start_from_line(workspace, partnership.id, "ana prep", now + timedelta(hours=1), TODAY)
    kept = records.get(workspace, RunningTimer, first.id)
    assert (kept.started_at, kept.seconds_before) == (None, 3600)
    with pytest.raises(InvalidField):
        timers.start_from_line(workspace, partnership.id, "24x", now, TODAY)


@pytest.mark.parametrize(
    ("seconds", "step", "minutes"),
    [(0, 1, 1), (29, 1, 1), (90, 1, 2), (83 * 60, 5, 85), (83 * 60, 15, 90), (82 * 60, 15, 75), (82 * 60 + 30, 15, 90)],
)
def test_rounding(seconds: int, step: int, minutes: int) -> None:
    assert rounded_minutes(seconds, step) == minutes


def test_reminders(workspace: Workspace, partnership: Partnership, people: dict[str, Person]) -> None:
    begin = datetime(2026, 9, 14, 8, tzinfo=UTC)
    timer = timers.start_from_line(workspace, partnership.id, "ana", begin, TODAY)
    assert reminder(timer, begin + timedelta(hours=11, minutes=59), TODAY) is None
    assert reminder(timer, begin + timedelta(hours=12), TODAY) is TimerReminder.LONG
    assert reminder(timer, begin + timedelta(hours=2), TODAY + timedelta(days=1)) is TimerReminder.OVER_MIDNIGHT
    assert elapsed_seconds(timer, begin - timedelta(hours=1)) == 0
