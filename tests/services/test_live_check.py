"""What a date would meet elsewhere, said while it is dragged, is what the calendar says once it is there."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from cocivic_desktop.domain.activities import Activity, Participation, Recurrence
from cocivic_desktop.domain.agreements import Agreement, AgreementState, Commitment
from cocivic_desktop.domain.base import Entity, Side
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.rules.conflicts import Conflict, ConflictCode
from cocivic_desktop.domain.school_years import CalendarPeriod, LessonTime, PeriodKind, SchoolYear, Term
from cocivic_desktop.services import activities, calendar, records
from cocivic_desktop.services.live_check import LiveCheck

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace

TODAY = date(2026, 8, 31)
TUESDAY = date(2026, 9, 8)


def add(workspace: Workspace, *entities: Entity) -> None:
    for entity in entities:
        records.add(workspace, entity)


def codes(found: list[Conflict]) -> set[ConflictCode]:
    return {each.code for each in found}


def test_every_rule_while_dragging_as_after_the_drop(workspace: Workspace) -> None:
    school = Organisation(name="Harbour School", deadline_notice_days=3)
    year = SchoolYear(school_id=school.id, label="2026/27", starts_on=date(2026, 8, 1), ends_on=date(2027, 7, 31))
    mine = Partnership(title="Safe ways", school_id=school.id, starts_on=TODAY, ends_on=date(2026, 12, 16))
    other = Partnership(title="Garden", school_id=school.id)
    person = Person(name="Mira")
    agreement = Agreement(partnership_id=mine.id, title="MoU", state=AgreementState.SIGNED, notice_days=5)
    planned = datetime(2026, 8, 1, 12, tzinfo=UTC)
    rule = Recurrence(weekdays=[1])
    session = Activity(
        partnership_id=mine.id, title="Weekly", starts_on=TUESDAY, start_time=time(10), place="Lab", recurrence=rule
    )
    visit = Activity(partnership_id=other.id, title="Visit", starts_on=date(2026, 9, 30), start_time=time(10))
    booked = Activity(
        partnership_id=other.id, title="Course", starts_on=date(2026, 10, 1), start_time=time(10), place=" lab"
    )
    session.created_at = planned
    add(workspace, school, year, mine, other, person, agreement, session, visit, booked)
    for name, kind, first, last in (
        ("Autumn", PeriodKind.HOLIDAY, date(2026, 10, 12), date(2026, 10, 23)),
        ("Unity", PeriodKind.PUBLIC_HOLIDAY, date(2026, 10, 2), date(2026, 10, 2)),
        ("Exams", PeriodKind.ASSESSMENT, date(2026, 11, 23), date(2026, 11, 27)),
        ("Audit", PeriodKind.ACCREDITATION_DEADLINE, date(2026, 11, 13), date(2026, 11, 13)),
    ):
        period = CalendarPeriod(school_year_id=year.id, name=name, kind=kind, starts_on=first, ends_on=last)
        records.add(workspace, period)
    add(
        workspace,
        Term(school_year_id=year.id, name="1", starts_on=date(2026, 8, 31), ends_on=date(2026, 12, 18)),
        LessonTime(school_year_id=year.id, number=1, starts_at=time(8), ends_at=time(13)),
        Participation(activity_id=session.id, person_id=person.id),
        Participation(activity_id=visit.id, person_id=person.id),
        Commitment(agreement_id=agreement.id, side=Side.CSO, minutes=16 * 60),
    )
    live = LiveCheck.load(workspace, session.id, TODAY)
    cases = {
        (date(2026, 9, 9), time(10)): set(),
        (date(2026, 10, 14), time(10)): {ConflictCode.CLOSURE},
        (date(2026, 10, 2), time(10)): {ConflictCode.PUBLIC_HOLIDAY},
        (date(2026, 12, 21), time(10)): {ConflictCode.OUTSIDE_TERM, ConflictCode.OUTSIDE_AGREEMENT},
        (date(2026, 11, 25), time(10)): {ConflictCode.ASSESSMENT},
        (date(2026, 11, 10), time(11, 30)): {ConflictCode.DEADLINE_NEAR},
        (date(2026, 9, 30), time(9, 30)): {ConflictCode.PERSON_BUSY},
        (date(2026, 10, 1), time(10, 30)): {ConflictCode.PLACE_BUSY},
        (date(2026, 9, 30), time(12, 30)): {ConflictCode.OUTSIDE_LESSONS},
    }
    for (on, at), expected in cases.items():
        before = codes(live.what_if(TUESDAY, on, at))
        activities.move_occurrence(workspace, session.id, TUESDAY, starts_on=on, start_time=at)
        now = [each for each in calendar.conflicts(workspace, mine.id, TODAY) if each.original_on == TUESDAY]
        assert before == codes(now) == expected, (on, at)
        workspace.undo()
    assert codes(live.what_if(TUESDAY, date(2026, 9, 3))) == {ConflictCode.SHORT_NOTICE}
    longer = live.what_if(TUESDAY, TUESDAY, time(8), 300)
    assert codes(longer) == set()
    latest = live.what_if(date(2026, 12, 15), date(2026, 12, 15), time(8), 300)
    assert codes(latest) == {ConflictCode.OVER_COMMITMENT}
    assert latest[0].parameters["forecast_minutes"] == 12 * 60 + 300 == 17 * 60
    wednesdays = live.what_if_following(date(2026, 9, 29), date(2026, 9, 30), time(10))
    assert [(each.code, each.original_on) for each in wednesdays][:1] == [(ConflictCode.PERSON_BUSY, date(2026, 9, 29))]
    assert live.names[visit.id] == "Visit"
    assert codes(live.what_if_new(TUESDAY, time(10, 30), 30)) == {ConflictCode.PERSON_BUSY, ConflictCode.PLACE_BUSY}
    slots = live.free_slots(TUESDAY, limit=3)
    assert slots
    assert all(live.what_if(TUESDAY, slot.on, slot.start_time) == [] for slot in slots)
