"""This date, this and all following, or all of a series: what takes place, what goes along, what undo brings back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from cocivic_desktop.domain.activities import (
    Activity,
    ActivityStatus,
    OccurrenceOverride,
    OccurrenceReply,
    Participation,
    ParticipationReply,
    Recurrence,
    RecurrenceEnd,
)
from cocivic_desktop.domain.errors import NotFound
from cocivic_desktop.domain.hours import Attendance, HourEntry
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnerships import Meeting, Partnership
from cocivic_desktop.domain.school_years import CalendarPeriod, PeriodKind, SchoolYear, Term
from cocivic_desktop.services import activities, calendar, records, series
from cocivic_desktop.store.workspace import Workspace

FIRST, LAST = date(2026, 8, 1), date(2027, 12, 31)
START = date(2026, 9, 1)


class School:
    """A workspace with a school that has two terms, holidays and exams, and one without a known year."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        school, unknown = Organisation(name="Harbour School"), Organisation(name="Unknown School")
        year = SchoolYear(school_id=school.id, label="2026/27", starts_on=FIRST, ends_on=date(2027, 7, 31))
        self.partnership = Partnership(title="Safe ways", school_id=school.id)
        self.elsewhere = Partnership(title="Garden", school_id=unknown.id)
        self.person = Person(name="Mira")
        days: dict[str, Any] = {"first_week_letter": "B"}
        self.add(
            school,
            unknown,
            year,
            Term(school_year_id=year.id, name="1", starts_on=date(2026, 8, 24), ends_on=date(2027, 1, 29), **days),
            Term(school_year_id=year.id, name="2", starts_on=date(2027, 2, 1), ends_on=date(2027, 7, 2)),
            self.partnership,
            self.elsewhere,
            self.person,
        )
        for kind, first, last in (
            (PeriodKind.HOLIDAY, date(2026, 10, 12), date(2026, 10, 23)),
            (PeriodKind.ASSESSMENT, date(2026, 12, 7), date(2026, 12, 11)),
        ):
            self.add(CalendarPeriod(school_year_id=year.id, kind=kind, name=kind.value, starts_on=first, ends_on=last))

    def add(self, *entities: Any) -> None:
        for entity in entities:
            records.add(self.workspace, entity)

    def series(self, rule: Recurrence, partnership: Partnership | None = None) -> Activity:
        made = Activity(
            partnership_id=(partnership or self.partnership).id,
            title="Weekly",
            starts_on=START,
            start_time=time(10),
            recurrence=rule,
        )
        self.add(made)
        return made

    def days(self) -> list[date]:
        return [one.on for one in calendar.occurrences(self.workspace, None, FIRST, LAST).occurrences]


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    with Workspace.create(tmp_path / "w.cocivic") as workspace:
        yield School(workspace)


RULES = {
    "count over the holidays": Recurrence(weekdays=[1, 3], ends=RecurrenceEnd.AFTER_COUNT, count=20),
    "end of term": Recurrence(weekdays=[1], ends=RecurrenceEnd.END_OF_TERM),
    "before the exams": Recurrence(weekdays=[], ends=RecurrenceEnd.BEFORE_ASSESSMENT),
    "until a day": Recurrence(interval=2, weekdays=[1, 4], ends=RecurrenceEnd.ON_DATE, until=date(2027, 3, 3)),
    "A weeks": Recurrence(weekdays=[1], week_letter="A"),
    "weeks 3 to 9": Recurrence(weekdays=[1], week_numbers=[3, 4, 5, 6, 7, 8, 9]),
}


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("known_year", [True, False])
def test_both_parts_take_place_when_the_one_did(school: School, name: str, known_year: bool) -> None:
    made = school.series(RULES[name], school.partnership if known_year else school.elsewhere)
    before = school.days()
    for number in (len(before) // 2, 1):
        later = series.split_series(school.workspace, made.id, before[number])
        assert later != made.id
        assert school.days() == before
        assert records.get(school.workspace, Activity, later).split_from_id == made.id
        school.workspace.undo()
        assert len(records.find(school.workspace, Activity)) == 1
    assert series.split_series(school.workspace, made.id, before[0]) == made.id
    with pytest.raises(NotFound):
        series.split_series(school.workspace, made.id, before[0] + timedelta(days=1))


def test_what_belongs_to_later_dates_goes_with_them(school: School) -> None:
    workspace = school.workspace
    made = school.series(Recurrence(weekdays=[1], ends=RecurrenceEnd.AFTER_COUNT, count=8))
    second, third, last = date(2026, 9, 8), date(2026, 9, 15), date(2026, 9, 22)
    key: dict[str, Any] = {"activity_id": made.id}
    mira: dict[str, Any] = {"person_id": school.person.id}
    activities.move_occurrence(workspace, made.id, second, starts_on=date(2026, 9, 16))  # after the split, but earlier
    activities.override_note(workspace, made.id, last, "the class asked for it")
    school.add(
        Participation(**key, **mira, role="Mentor", reply=ParticipationReply.ACCEPTED),
        OccurrenceReply(**key, **mira, original_on=last, reply=ParticipationReply.DECLINED),
        *(
            HourEntry(partnership_id=school.partnership.id, **key, **mira, worked_on=on, minutes=60)
            for on in (START, third, date(2026, 9, 16))
        ),
        *(Attendance(**key, **mira, occurred_on=on) for on in (START, last)),
        *(Meeting(partnership_id=school.partnership.id, **key, held_on=on) for on in (START, last)),
    )
    steps = len(workspace.history())
    later = series.split_series(workspace, made.id, third)

    def days(cls: type[Any], name: str, owner: Any) -> list[date]:
        return [getattr(one, name) for one in records.find(workspace, cls, order=name, activity_id=owner)]

    assert days(HourEntry, "worked_on", made.id) == [START, date(2026, 9, 16)]
    assert days(HourEntry, "worked_on", later) == [third]
    assert days(Attendance, "occurred_on", later) == [last]
    assert days(Meeting, "held_on", later) == [last]
    assert days(OccurrenceReply, "original_on", later) == [last]
    assert days(OccurrenceOverride, "original_on", made.id) == [second]
    assert [one.conflict_note for one in records.find(workspace, OccurrenceOverride, activity_id=later)] == [
        "the class asked for it"
    ]
    people = records.find(workspace, Participation)
    assert [(one.activity_id, one.role, one.reply) for one in people] == [
        (made.id, "Mentor", ParticipationReply.ACCEPTED),
        (later, "Mentor", ParticipationReply.ACCEPTED),
    ]
    assert len(workspace.history()) == steps + 1
    workspace.undo()
    assert days(HourEntry, "worked_on", made.id) == [START, third, date(2026, 9, 16)]
    assert len(records.find(workspace, Participation)) == 1


def test_this_and_all_following_move_as_one_step(school: School) -> None:
    workspace = school.workspace
    made = school.series(Recurrence(weekdays=[1], ends=RecurrenceEnd.AFTER_COUNT, count=5))
    third = date(2026, 9, 15)
    activities.move_occurrence(workspace, made.id, third, starts_on=date(2026, 9, 16))
    before = school.days()
    later = series.move_all_following(
        workspace, made.id, third, starts_on=date(2026, 9, 17), start_time=time(14), duration_minutes=90, place="Lab"
    )
    assert school.days() == [START, date(2026, 9, 8), *(date(2026, 9, 17) + timedelta(weeks=n) for n in range(3))]
    part = records.get(workspace, Activity, later)
    assert (part.start_time, part.duration_minutes, part.place) == (time(14), 90, "Lab")
    assert records.get(workspace, Activity, made.id).start_time == time(10)
    workspace.undo()
    assert school.days() == before


def test_all_move_by_as_many_days_as_the_one(school: School) -> None:
    made = school.series(Recurrence(weekdays=[1, 3], ends=RecurrenceEnd.ON_DATE, until=date(2026, 9, 17)))
    assert len(school.days()) == 6
    series.move_all(school.workspace, made.id, date(2026, 9, 10), starts_on=date(2026, 9, 11))
    assert school.days() == [date(2026, 9, 2) + timedelta(days=n) for n in (0, 2, 7, 9, 14, 16)]
    school.workspace.undo()
    assert school.days()[-1] == date(2026, 9, 17)


def test_following_dates_are_changed_or_cancelled(school: School) -> None:
    workspace = school.workspace
    made = school.series(Recurrence(weekdays=[1], ends=RecurrenceEnd.AFTER_COUNT, count=4))
    later = series.change_following(workspace, made.id, date(2026, 9, 15), place="Hall", title="In the hall")
    found = calendar.occurrences(workspace, None, FIRST, LAST).occurrences
    assert [one.place for one in found] == ["", "", "Hall", "Hall"]
    series.cancel_following(workspace, later, date(2026, 9, 22), "no bus")
    found = calendar.occurrences(workspace, None, FIRST, LAST).occurrences
    assert [one.cancelled for one in found] == [False, False, False, True]
    assert records.find(workspace, Activity, status=ActivityStatus.CANCELLED)[0].notes_after == "no bus"


def test_a_date_is_copied_resized_and_noted(school: School) -> None:
    workspace = school.workspace
    made = school.series(Recurrence(weekdays=[1], ends=RecurrenceEnd.AFTER_COUNT, count=3))
    school.add(Participation(activity_id=made.id, person_id=school.person.id, role="Mentor"))
    second = date(2026, 9, 8)
    activities.resize_occurrence(workspace, made.id, second, duration_minutes=150, start_time=time(9))
    activities.change_occurrence(workspace, made.id, second, head_count=21, notes_after="went well", place="Yard")
    copy = activities.copy_activity(workspace, made.id, second, starts_on=date(2026, 11, 3))
    stored = records.get(workspace, Activity, copy.id)
    assert (stored.recurrence, stored.start_time, stored.duration_minutes) == (None, time(9), 150)
    assert (stored.place, stored.notes_after, stored.status) == ("Yard", "", ActivityStatus.TENTATIVE)
    assert [one.role for one in records.find(workspace, Participation, activity_id=copy.id)] == ["Mentor"]
    override = records.find(workspace, OccurrenceOverride)[0]
    assert (override.duration_minutes, override.head_count, override.notes_after) == (150, 21, "went well")
    activities.change_occurrence(workspace, copy.id, copy.starts_on, status=ActivityStatus.DONE, head_count=12)
    assert records.get(workspace, Activity, copy.id).status is ActivityStatus.DONE
    assert records.find(workspace, OccurrenceOverride, activity_id=copy.id)[0].head_count == 12
