"""Conflicts against a slow and plain oracle, and ways out of them."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from cocivic_desktop.domain.activities import Activity, ActivityKind, OccurrenceOverride, Recurrence
from cocivic_desktop.domain.rules.conflicts import ActivityFacts, Conflict, ConflictCode, Severity, conflicts
from cocivic_desktop.domain.rules.free_slots import SlotKind, free_slots
from cocivic_desktop.domain.rules.recurrence import Occurrence, occurrences
from cocivic_desktop.domain.rules.teaching_weeks import YearView, year_view
from cocivic_desktop.domain.school_years import CalendarPeriod, LessonTime, PeriodKind, SchoolYear, Term

SCHOOL = uuid4()
YEAR = SchoolYear(school_id=SCHOOL, label="2026/27", starts_on=date(2026, 9, 1), ends_on=date(2027, 6, 30))
PEOPLE = [uuid4() for _ in range(4)]


def period(kind: PeriodKind, first: date, days: int = 1, *, hard: bool = False) -> CalendarPeriod:
    last = first + timedelta(days=days - 1)
    return CalendarPeriod(school_year_id=YEAR.id, kind=kind, name="P", starts_on=first, ends_on=last, hard=hard)


def activity(on: date, at: time | None = time(10), minutes: int = 60, **more: Any) -> Activity:
    return Activity(partnership_id=uuid4(), title="A", starts_on=on, start_time=at, duration_minutes=minutes, **more)


def facts_of(one: Activity, *people: UUID, **more: Any) -> ActivityFacts:
    return ActivityFacts(one.id, one.partnership_id, one.kind, people, (SCHOOL,), **more)


def occurrence(one: Activity) -> Occurrence:
    return occurrences(one, [], None, date.min, date.max)[0][0]


def found(one: Activity, view: YearView, **more: Any) -> list[Conflict]:
    return conflicts([occurrence(one)], {one.id: facts_of(one, **more)}, {SCHOOL: view})


def test_what_a_school_year_forbids_and_advises_against() -> None:
    view = year_view(
        YEAR,
        [Term(school_year_id=YEAR.id, name="1", starts_on=date(2026, 9, 7), ends_on=date(2027, 1, 29))],
        [
            period(PeriodKind.HOLIDAY, date(2026, 10, 12), 12),
            period(PeriodKind.BLOCKED, date(2026, 11, 2)),
            period(PeriodKind.PUBLIC_HOLIDAY, date(2026, 10, 3)),
            period(PeriodKind.ASSESSMENT, date(2026, 12, 7), 5),
            period(PeriodKind.ASSESSMENT, date(2027, 1, 11), 5, hard=True),
            period(PeriodKind.ACCREDITATION_DEADLINE, date(2026, 11, 30)),
        ],
    )

    def codes(on: date, **more: Any) -> list[tuple[str, str]]:
        return [(each.code.value, each.severity.value) for each in found(activity(on, **more), view)]

    assert codes(date(2026, 9, 8)) == []
    assert codes(date(2026, 10, 23)) == [("closure", "hard")]
    assert codes(date(2026, 11, 2)) == [("closure", "hard")]
    assert codes(date(2026, 10, 3)) == [("public_holiday", "hard")]
    assert codes(date(2026, 9, 2)) == [("outside_term", "hard")]
    assert codes(date(2027, 8, 2)) == [("outside_term", "hard")]
    assert codes(date(2026, 12, 8)) == [("assessment", "soft")]
    assert codes(date(2027, 1, 12)) == [("assessment", "hard")]
    assert codes(date(2026, 11, 23)) == [("deadline_near", "soft")]
    assert codes(date(2026, 11, 22)) == []
    assert codes(date(2026, 12, 1)) == []
    assert codes(date(2026, 10, 11), at=time(23), minutes=120) == [("closure", "hard")]
    assert codes(date(2026, 10, 23), kind=ActivityKind.DEADLINE) == []
    (closure,) = found(activity(date(2026, 10, 23)), view)
    assert closure.parameters["name"] == "P"
    assert closure.parameters["ends_on"] == date(2026, 10, 23)


def test_lessons_agreement_and_notice() -> None:
    lessons = [
        LessonTime(school_year_id=YEAR.id, number=n, starts_at=time(8 + n), ends_at=time(9 + n)) for n in range(5)
    ]
    view = year_view(YEAR, [], [], lessons, zone="Europe/Berlin")

    def codes(one: Activity, **more: Any) -> list[ConflictCode]:
        return [each.code for each in found(one, view, **more)]

    monday = date(2026, 9, 14)
    assert codes(activity(monday, time(12))) == []
    assert codes(activity(monday, time(12, 30))) == [ConflictCode.OUTSIDE_LESSONS]
    assert codes(activity(monday + timedelta(days=5), time(10))) == [ConflictCode.OUTSIDE_LESSONS]
    assert codes(activity(monday, time(18), kind=ActivityKind.MEETING)) == []
    assert codes(activity(monday, time(9), zone="Europe/Lisbon")) == []
    assert codes(activity(monday, time(12, 30), zone="Europe/Lisbon")) == [ConflictCode.OUTSIDE_LESSONS]
    before = {"agreement_starts_on": date(2026, 9, 15), "agreement_ends_on": date(2026, 12, 1)}
    assert codes(activity(monday), **before) == [ConflictCode.OUTSIDE_AGREEMENT]
    assert codes(activity(monday + timedelta(days=1)), **before) == []
    notice = {"notice_days": 14, "planned_on": date(2026, 9, 1)}
    assert codes(activity(monday), **notice) == [ConflictCode.SHORT_NOTICE]
    assert codes(activity(monday + timedelta(days=1)), **notice) == []


def test_the_note_of_a_date_settles_all_and_that_of_a_series_what_is_unwise() -> None:
    view = year_view(
        YEAR, [], [period(PeriodKind.ASSESSMENT, date(2026, 12, 7)), period(PeriodKind.HOLIDAY, date(2026, 12, 7))]
    )
    one = activity(date(2026, 12, 7))
    assert {(c.severity, c.accepted) for c in found(one, view)} == {(Severity.SOFT, False), (Severity.HARD, False)}
    noted = found(one, view, conflict_note="The teacher wants it so")
    assert {(c.severity, c.accepted) for c in noted} == {(Severity.SOFT, True), (Severity.HARD, False)}

    def accepted(note: str = "", reason: str = "") -> set[tuple[Severity, bool]]:
        override = OccurrenceOverride(activity_id=one.id, original_on=one.starts_on, conflict_note=note, reason=reason)
        changed = occurrences(one, [override], None, date.min, date.max)[0]
        return {(c.severity, c.accepted) for c in conflicts(changed, {one.id: facts_of(one)}, {SCHOOL: view})}

    assert accepted("agreed") == {(Severity.SOFT, True), (Severity.HARD, True)}
    assert accepted(reason="agreed") == {(Severity.SOFT, False), (Severity.HARD, False)}
    one.conflict_note = "its only date"
    assert accepted() == {(Severity.SOFT, True), (Severity.HARD, True)}


def test_cancelled_occurrences_have_and_make_no_conflict() -> None:
    one, other = activity(date(2026, 9, 14)), activity(date(2026, 9, 14))
    override = OccurrenceOverride(activity_id=one.id, original_on=one.starts_on, cancelled=True)
    all_of_them = [*occurrences(one, [override], None, date.min, date.max)[0], occurrence(other)]
    facts = {each.id: facts_of(each, PEOPLE[0]) for each in (one, other)}
    assert conflicts(all_of_them, facts, {}) == []


def test_places_are_compared_without_case_and_online_is_never_full() -> None:
    pair = [activity(date(2026, 9, 14), place="Room  5 "), activity(date(2026, 9, 14), place="room 5")]
    facts = {each.id: facts_of(each) for each in pair}
    reports = conflicts([occurrence(each) for each in pair], facts, {})
    assert [report.code for report in reports] == [ConflictCode.PLACE_BUSY] * 2
    assert reports[0].parameters["other_activity_id"] == pair[1].id
    pair = [activity(date(2026, 9, 14), place="Online"), activity(date(2026, 9, 14), place="online")]
    assert conflicts([occurrence(each) for each in pair], {each.id: facts_of(each) for each in pair}, {}) == []


DAYS = st.dates(date(2026, 8, 20), date(2026, 10, 20))


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[Activity], dict[UUID, ActivityFacts], YearView]:
    activities = [
        activity(
            draw(DAYS),
            draw(st.sampled_from([None, time(8), time(9, 30), time(10), time(23)])),
            draw(st.sampled_from([0, 30, 60, 90, 600, 3000])),
            kind=draw(st.sampled_from(list(ActivityKind))),
            place=draw(st.sampled_from(["", "Lab", "lab ", "Hall"])),
        )
        for _ in range(draw(st.integers(0, 12)))
    ]
    facts = {
        each.id: facts_of(each, *draw(st.lists(st.sampled_from(PEOPLE), max_size=3, unique=True)))
        for each in activities
    }
    periods = [
        period(draw(st.sampled_from(list(PeriodKind))), draw(DAYS), draw(st.integers(1, 12)), hard=draw(st.booleans()))
        for _ in range(draw(st.integers(0, 6)))
    ]
    terms = [Term(school_year_id=YEAR.id, name="1", starts_on=date(2026, 9, 1), ends_on=date(2026, 10, 10))]
    return activities, facts, year_view(YEAR, terms, periods)


def oracle(
    all_of_them: list[Occurrence], facts: dict[UUID, ActivityFacts], view: YearView
) -> set[tuple[UUID, ConflictCode, object]]:
    """Everything compared with everything, straight from the table in domain.md."""
    expected: set[tuple[UUID, ConflictCode, object]] = set()
    for one in all_of_them:
        fact = facts[one.activity_id]
        if fact.kind is ActivityKind.DEADLINE:
            continue
        touched = [one.on + timedelta(days=n) for n in range((one.ends_on - one.on).days + 1)]
        for each in view.periods:
            first = each.starts_on
            if each.kind is PeriodKind.ACCREDITATION_DEADLINE:
                first -= timedelta(days=view.deadline_notice_days)
            if any(first <= day <= each.ends_on for day in touched):
                code = {
                    PeriodKind.HOLIDAY: ConflictCode.CLOSURE,
                    PeriodKind.BLOCKED: ConflictCode.CLOSURE,
                    PeriodKind.PUBLIC_HOLIDAY: ConflictCode.PUBLIC_HOLIDAY,
                    PeriodKind.ASSESSMENT: ConflictCode.ASSESSMENT,
                    PeriodKind.ACCREDITATION_DEADLINE: ConflictCode.DEADLINE_NEAR,
                }[each.kind]
                expected.add((one.activity_id, code, None))
        if any(not any(span.starts_on <= day <= span.ends_on for span in view.spans) for day in touched):
            expected.add((one.activity_id, ConflictCode.OUTSIDE_TERM, None))
        expected |= busy_oracle(one, all_of_them, facts)
    return expected


def busy_oracle(
    one: Occurrence, all_of_them: list[Occurrence], facts: dict[UUID, ActivityFacts]
) -> set[tuple[UUID, ConflictCode, object]]:
    expected: set[tuple[UUID, ConflictCode, object]] = set()
    for other in all_of_them:
        if other is one or facts[other.activity_id].kind is ActivityKind.DEADLINE:
            continue
        if one.begins == one.finishes or other.begins == other.finishes:
            continue
        if one.begins < other.finishes and other.begins < one.finishes:
            for person in set(facts[one.activity_id].people) & set(facts[other.activity_id].people):
                expected.add((one.activity_id, ConflictCode.PERSON_BUSY, person))
            if one.place and one.place.strip().lower() == other.place.strip().lower():
                expected.add((one.activity_id, ConflictCode.PLACE_BUSY, None))
    return expected


@settings(max_examples=150, deadline=None)
@given(cases())
def test_the_sweep_finds_what_comparing_everything_finds(
    case: tuple[list[Activity], dict[UUID, ActivityFacts], YearView],
) -> None:
    activities, facts, view = case
    all_of_them = [occurrence(each) for each in activities]
    reports = conflicts(all_of_them, facts, {SCHOOL: view})
    assert {(each.activity_id, each.code, each.parameters.get("person_id")) for each in reports} == oracle(
        all_of_them, facts, view
    )
    busy = [(each.activity_id, each.code, each.parameters.get("person_id")) for each in reports if "busy" in each.code]
    assert len(busy) == len(set(busy))


def test_free_slots_are_ranked_and_free() -> None:
    view = year_view(YEAR, [], [period(PeriodKind.HOLIDAY, date(2026, 10, 12), 14)], zone="Europe/Berlin")
    session = activity(date(2026, 9, 1), recurrence=Recurrence(weekdays=[1], teaching_weeks_only=False))
    busy = activity(date(2026, 10, 27), time(9), 180)
    facts = {session.id: facts_of(session, PEOPLE[0]), busy.id: facts_of(busy, PEOPLE[0])}
    everything = [*occurrences(session, [], None, date(2026, 9, 1), date(2026, 12, 31))[0], occurrence(busy)]
    one = next(each for each in everything if each.on == date(2026, 10, 13))
    slots = free_slots(session, one, facts, {SCHOOL: view}, everything, today=date(2026, 9, 15), limit=3)
    # Its own series holds the other Tuesdays, and the whole week is closed: only the weeks beyond the series remain.
    assert all(slot.kind is SlotKind.SAME_WEEKDAY for slot in slots)
    alone = free_slots(session, one, facts, {SCHOOL: view}, [occurrence(busy)], today=date(2026, 9, 15), limit=4)
    assert [slot.on for slot in alone] == [date(2026, 10, 6), date(2026, 9, 29), date(2026, 11, 3), date(2026, 9, 22)]
    for slot in alone:
        assert conflicts([slot.occurrence], facts, {SCHOOL: view}) == []


def test_the_same_week_is_offered_after_other_weeks_and_with_lesson_times() -> None:
    lessons = [
        LessonTime(school_year_id=YEAR.id, number=n, starts_at=time(7 + n), ends_at=time(8 + n)) for n in range(1, 6)
    ]
    view = year_view(YEAR, [], [period(PeriodKind.BLOCKED, date(2026, 9, 15))], lessons)
    session = activity(date(2026, 9, 15))
    facts = {session.id: facts_of(session)}
    slots = free_slots(session, occurrence(session), facts, {SCHOOL: view}, [], today=date(2026, 9, 14), limit=100)
    kinds = [slot.kind for slot in slots]
    assert kinds == sorted(kinds, key=[SlotKind.SAME_WEEKDAY, SlotKind.SAME_WEEK].index)
    same_week = [(slot.on.day, slot.start_time) for slot in slots if slot.kind is SlotKind.SAME_WEEK]
    assert same_week[:3] == [(14, time(10)), (14, time(9)), (14, time(11))]
    assert all(slot.on >= date(2026, 9, 14) for slot in slots)


def test_a_date_that_was_moved_later_counts_its_notice_from_then() -> None:
    monday = date(2026, 9, 14)
    view = year_view(YEAR, [], [], [], zone="Europe/Berlin")
    notice = {"notice_days": 14, "planned_on": date(2026, 8, 1)}
    for moved, codes in (({}, []), ({monday: 10}, [ConflictCode.SHORT_NOTICE]), ({monday + timedelta(days=7): 10}, [])):
        replanned = {day: date(2026, 9, number) for day, number in moved.items()}
        assert [each.code for each in found(activity(monday), view, **notice, replanned=replanned)] == codes
