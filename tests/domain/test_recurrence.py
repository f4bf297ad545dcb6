"""Series in teaching weeks: what they keep, what they leave out, and at which moment they take place."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocivic_desktop.domain.activities import Activity, ActivityStatus, OccurrenceOverride, Recurrence, RecurrenceEnd
from cocivic_desktop.domain.rules.recurrence import MAX_OCCURRENCES, SkipCode, occurrences, wall_clock
from cocivic_desktop.domain.rules.teaching_weeks import YearView, closes, join_years, teaching_weeks, year_view
from cocivic_desktop.domain.school_years import CalendarPeriod, PeriodKind, SchoolYear, Term

YEAR = SchoolYear(school_id=uuid4(), label="2026/27", starts_on=date(2026, 8, 1), ends_on=date(2027, 7, 31))
ALWAYS = (date(2000, 1, 1), date(2100, 1, 1))


def term(first: date, last: date, name: str = "Term") -> Term:
    return Term(school_year_id=YEAR.id, name=name, starts_on=first, ends_on=last)


def period(kind: PeriodKind, first: date, last: date, name: str = "P", *, hard: bool = False) -> CalendarPeriod:
    return CalendarPeriod(school_year_id=YEAR.id, kind=kind, name=name, starts_on=first, ends_on=last, hard=hard)


def school_year() -> YearView:
    return year_view(
        YEAR,
        [term(date(2026, 8, 31), date(2027, 1, 29), "1"), term(date(2027, 2, 1), date(2027, 7, 2), "2")],
        [
            period(PeriodKind.HOLIDAY, date(2026, 10, 12), date(2026, 10, 24), "Autumn"),
            period(PeriodKind.HOLIDAY, date(2026, 12, 21), date(2027, 1, 6), "Christmas"),
            period(PeriodKind.PUBLIC_HOLIDAY, date(2026, 10, 31), date(2026, 10, 31), "Reformation Day"),
            period(PeriodKind.ASSESSMENT, date(2026, 12, 7), date(2026, 12, 11), "Exams"),
        ],
    )


def series(start: date, rule: Recurrence, at: time | None = time(10)) -> Activity:
    return Activity(
        partnership_id=uuid4(), title="S", starts_on=start, start_time=at, recurrence=rule, zone="Europe/Berlin"
    )


def days(activity: Activity, year: YearView | None, overrides: list[OccurrenceOverride] | None = None) -> list[date]:
    return [one.on for one in occurrences(activity, overrides or [], year, *ALWAYS)[0]]


def test_every_tuesday_until_the_exams_skips_the_holidays_and_says_so() -> None:
    activity = series(date(2026, 9, 1), Recurrence(weekdays=[1], ends=RecurrenceEnd.BEFORE_ASSESSMENT))
    found, skipped = occurrences(activity, [], school_year(), *ALWAYS)
    assert [one.on for one in found][:2] == [date(2026, 9, 1), date(2026, 9, 8)]
    assert found[-1].on == date(2026, 12, 1)
    assert [(skip.on, skip.code, skip.name) for skip in skipped] == [
        (date(2026, 10, 13), SkipCode.CLOSURE, "Autumn"),
        (date(2026, 10, 20), SkipCode.CLOSURE, "Autumn"),
    ]


def test_a_series_ends_with_its_term_without_an_assessment() -> None:
    year = school_year()
    assert days(series(date(2027, 2, 2), Recurrence(weekdays=[1])), year)[-1] == date(2027, 6, 29)
    late = Recurrence(weekdays=[1], ends=RecurrenceEnd.BEFORE_ASSESSMENT)
    assert days(series(date(2027, 2, 2), late), year)[-1] == date(2027, 6, 29)


def test_count_counts_what_takes_place_and_says_when_the_year_is_too_short() -> None:
    year = school_year()
    rule = Recurrence(weekdays=[1], ends=RecurrenceEnd.AFTER_COUNT, count=8)
    assert len(days(series(date(2026, 9, 1), rule), year)) == 8
    rule = Recurrence(weekdays=[1], ends=RecurrenceEnd.AFTER_COUNT, count=80)
    found, skipped = occurrences(series(date(2026, 9, 1), rule), [], year, *ALWAYS)
    assert len(found) < 80
    assert skipped[-1].code is SkipCode.NOT_ENOUGH_WEEKS


def test_letters_begin_with_that_of_the_term() -> None:
    terms = [term(date(2026, 8, 31), date(2026, 9, 30), "1"), term(date(2026, 10, 5), date(2026, 10, 30), "2")]
    terms[0].first_week_letter = "B"
    year = year_view(YEAR, terms, [period(PeriodKind.HOLIDAY, date(2026, 9, 14), date(2026, 9, 18))])
    assert [week.letter for week in year.weeks] == ["B", "A", "B", "A", "A", "B", "A", "B"]
    found = days(
        series(date(2026, 9, 1), Recurrence(weekdays=[1], week_letter="A", ends=RecurrenceEnd.END_OF_TERM)), year
    )
    assert found == [date(2026, 9, 8), date(2026, 9, 29)]


def test_week_numbers_and_letters_count_from_the_term() -> None:
    year = school_year()
    weeks = teaching_weeks(year)
    assert [week.number for week in weeks if week.term.name == "2"][:3] == [1, 2, 3]
    # The autumn holidays are no teaching weeks: week 6 ends before them, week 7 follows.
    assert [(week.monday, week.letter) for week in weeks[5:7]] == [(date(2026, 10, 5), "B"), (date(2026, 10, 26), "A")]
    third_to_fifth = Recurrence(weekdays=[1], week_numbers=[3, 4, 5])
    assert days(series(date(2026, 9, 1), third_to_fifth), year) == [
        date(2026, 9, 15),
        date(2026, 9, 22),
        date(2026, 9, 29),
    ]
    b_weeks = days(series(date(2026, 9, 1), Recurrence(weekdays=[1], week_letter="B")), year)
    assert b_weeks[:3] == [date(2026, 9, 8), date(2026, 9, 22), date(2026, 10, 6)]


def test_a_hard_assessment_is_skipped_and_a_soft_one_is_not() -> None:
    rule = Recurrence(weekdays=[1], ends=RecurrenceEnd.ON_DATE, until=date(2026, 12, 15))
    activity = series(date(2026, 12, 1), rule)
    assert date(2026, 12, 8) in days(activity, school_year())
    hard = year_view(
        YEAR, [], [period(PeriodKind.ASSESSMENT, date(2026, 12, 7), date(2026, 12, 11), "Exams", hard=True)]
    )
    found, skipped = occurrences(activity, [], hard, *ALWAYS)
    assert date(2026, 12, 8) not in [one.on for one in found]
    assert [skip.code for skip in skipped] == [SkipCode.ASSESSMENT]


def test_outside_terms_is_skipped_and_two_years_are_joined() -> None:
    second = SchoolYear(
        school_id=YEAR.school_id, label="2027/28", starts_on=date(2027, 8, 1), ends_on=date(2028, 7, 31)
    )
    joined = join_years([school_year(), year_view(second, [], [])])
    assert joined is not None
    rule = Recurrence(weekdays=[1], ends=RecurrenceEnd.ON_DATE, until=date(2027, 8, 31))
    found, skipped = occurrences(series(date(2027, 6, 29), rule), [], joined, *ALWAYS)
    assert [one.on for one in found][:2] == [date(2027, 6, 29), date(2027, 8, 3)]
    assert {skip.code for skip in skipped} == {SkipCode.OUTSIDE_TERM}


def test_an_override_moves_cancels_and_rescues_a_skipped_date() -> None:
    year = school_year()
    activity = series(date(2026, 9, 1), Recurrence(weekdays=[1], ends=RecurrenceEnd.ON_DATE, until=date(2026, 10, 20)))
    overrides = [
        OccurrenceOverride(
            activity_id=activity.id, original_on=date(2026, 9, 8), starts_on=date(2026, 9, 9), place="Lab"
        ),
        OccurrenceOverride(activity_id=activity.id, original_on=date(2026, 9, 15), cancelled=True, reason="ill"),
        OccurrenceOverride(activity_id=activity.id, original_on=date(2026, 10, 13), starts_on=date(2026, 10, 8)),
        OccurrenceOverride(activity_id=uuid4(), original_on=date(2026, 9, 1), cancelled=True),
    ]
    found, skipped = occurrences(activity, overrides, year, *ALWAYS)
    by_original = {one.original_on: one for one in found}
    assert (by_original[date(2026, 9, 8)].on, by_original[date(2026, 9, 8)].place) == (date(2026, 9, 9), "Lab")
    assert by_original[date(2026, 9, 15)].status is ActivityStatus.CANCELLED
    assert by_original[date(2026, 9, 15)].reason == "ill"
    assert not by_original[date(2026, 9, 1)].cancelled
    assert by_original[date(2026, 10, 13)].on == date(2026, 10, 8)
    assert [skip.on for skip in skipped] == [date(2026, 10, 20)]


def test_a_moved_occurrence_is_found_where_it_went_and_not_where_it_was() -> None:
    activity = series(date(2026, 9, 1), Recurrence(weekdays=[1]))
    override = OccurrenceOverride(activity_id=activity.id, original_on=date(2026, 9, 8), starts_on=date(2026, 11, 2))
    there = occurrences(activity, [override], school_year(), date(2026, 11, 2), date(2026, 11, 2))[0]
    assert [one.original_on for one in there] == [date(2026, 9, 8)]
    assert occurrences(activity, [override], school_year(), date(2026, 9, 8), date(2026, 9, 8))[0] == []


def test_without_a_school_year_a_series_is_bounded() -> None:
    everyday = Recurrence(
        weekdays=list(range(7)), ends=RecurrenceEnd.AFTER_COUNT, count=10**6, teaching_weeks_only=False
    )
    assert len(days(series(date(2026, 9, 1), everyday), None)) == MAX_OCCURRENCES
    assert days(series(date(2026, 9, 1), Recurrence()), None)[-1] <= date(2027, 9, 2)


def test_the_limits_of_the_calendar_do_no_harm() -> None:
    rule = Recurrence(ends=RecurrenceEnd.AFTER_COUNT, count=50, teaching_weeks_only=False)
    activity = series(date(9999, 11, 1), rule, None)
    assert occurrences(activity, [], None, date.min, date(9999, 12, 1))[0]


@pytest.mark.parametrize(
    ("zone", "day", "winter", "summer"),
    [
        ("Europe/Berlin", date(2027, 3, 28), 1, 2),
        ("Europe/Madrid", date(2027, 3, 28), 1, 2),
        ("Europe/Dublin", date(2027, 3, 28), 0, 1),
        ("Europe/Lisbon", date(2027, 3, 28), 0, 1),
        ("Europe/Istanbul", date(2027, 3, 28), 3, 3),
    ],
)
def test_a_session_stays_at_ten_across_the_change_of_clocks(zone: str, day: date, winter: int, summer: int) -> None:
    activity = series(day - timedelta(days=4), Recurrence(ends=RecurrenceEnd.AFTER_COUNT, count=2))
    activity.zone = zone
    before, after = occurrences(activity, [], None, *ALWAYS)[0]
    assert before.starts_at is not None
    assert after.starts_at is not None
    assert (before.starts_at.time(), after.starts_at.time()) == (time(10), time(10))
    assert before.starts_at.utcoffset() == timedelta(hours=winter)
    assert after.starts_at.utcoffset() == timedelta(hours=summer)


def test_times_that_do_not_exist_move_forward_and_double_ones_are_the_first() -> None:
    assert wall_clock(date(2027, 3, 28), time(2, 30), "Europe/Berlin").isoformat() == "2027-03-28T03:30:00+02:00"
    assert wall_clock(date(2027, 3, 28), time(1, 30), "Europe/Lisbon").isoformat() == "2027-03-28T02:30:00+01:00"
    assert wall_clock(date(2026, 10, 25), time(2, 30), "Europe/Berlin").isoformat() == "2026-10-25T02:30:00+02:00"
    assert wall_clock(date(2026, 10, 25), time(10), "No/Where").tzinfo is not None


def test_an_end_counts_minutes_that_pass() -> None:
    activity = Activity(
        partnership_id=uuid4(), title="Night", starts_on=date(2027, 3, 27), start_time=time(23), duration_minutes=300
    )
    (one,) = occurrences(activity, [], None, *ALWAYS)[0]
    assert one.ends_at is not None
    assert one.ends_at.isoformat() == "2027-03-28T05:00:00+02:00"
    assert one.ends_on == date(2027, 3, 28)
    assert one.finishes - one.begins == 300 * 60


def test_an_activity_without_a_time_lasts_whole_days() -> None:
    activity = Activity(partnership_id=uuid4(), title="Trip", starts_on=date(2026, 9, 1), duration_minutes=3 * 24 * 60)
    (one,) = occurrences(activity, [], None, *ALWAYS)[0]
    assert (one.on, one.ends_on, one.starts_at) == (date(2026, 9, 1), date(2026, 9, 3), None)
    assert datetime.fromtimestamp(one.finishes, UTC) - datetime.fromtimestamp(one.begins, UTC) == timedelta(days=3)


KINDS = st.sampled_from(list(PeriodKind))
DAYS = st.dates(date(2026, 8, 1), date(2027, 7, 31))


@st.composite
def views(draw: st.DrawFn) -> YearView:
    cuts = sorted(draw(st.lists(DAYS, min_size=0, max_size=4, unique=True)))
    terms = [term(cuts[n], cuts[n + 1], str(n)) for n in range(0, len(cuts) - 1, 2)]
    periods = [
        period(draw(KINDS), first, first + timedelta(days=draw(st.integers(0, 20))), hard=draw(st.booleans()))
        for first in draw(st.lists(DAYS, max_size=8))
    ]
    return year_view(YEAR, terms, periods)


RULES = st.builds(
    Recurrence,
    interval=st.integers(1, 4),
    weekdays=st.lists(st.integers(0, 6), max_size=3, unique=True),
    ends=st.sampled_from(list(RecurrenceEnd)),
    until=DAYS,
    count=st.integers(0, 40),
    teaching_weeks_only=st.booleans(),
    week_numbers=st.one_of(st.just([]), st.lists(st.integers(1, 12), max_size=4, unique=True)),
    week_letter=st.sampled_from(["", "", "A", "B"]),
)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(year=views(), rule=RULES, start=DAYS)
def test_every_date_of_a_series_obeys_its_rule(year: YearView, rule: Recurrence, start: date) -> None:
    found, skipped = occurrences(series(start, rule), [], year, *ALWAYS)
    on = [one.on for one in found]
    assert on == sorted(set(on))
    weekdays = set(rule.weekdays) or {start.weekday()}
    assert all(day >= start and day.weekday() in weekdays for day in on)
    first_monday = start - timedelta(days=start.weekday())
    assert all((day - first_monday).days // 7 % rule.interval == 0 for day in on)
    assert all(one.starts_at is not None and one.starts_at.time() == time(10) for one in found)
    if rule.ends is RecurrenceEnd.AFTER_COUNT:
        assert len(on) <= (rule.count or 0)
    if rule.ends is RecurrenceEnd.ON_DATE:
        assert all(day <= max(start, rule.until or start) for day in on)
    if rule.teaching_weeks_only:
        closed = [each for each in year.periods if closes(each)]
        for day in on:
            assert not any(each.starts_on <= day <= each.ends_on for each in closed)
            assert any(span.starts_on <= day <= span.ends_on for span in year.spans)
        assert not {skip.on for skip in skipped if skip.code is not SkipCode.NOT_ENOUGH_WEEKS} & set(on)
    if rule.week_letter:
        assert all((week := year.week_of(day)) is not None and week.letter == rule.week_letter for day in on)


@settings(max_examples=100, deadline=None)
@given(year=views(), rule=RULES, start=DAYS, first=DAYS, length=st.integers(0, 200))
def test_a_window_shows_exactly_what_lies_in_it(
    year: YearView, rule: Recurrence, start: date, first: date, length: int
) -> None:
    activity = series(start, rule)
    last = first + timedelta(days=length)
    everything, all_skips = occurrences(activity, [], year, *ALWAYS)
    inside, skips = occurrences(activity, [], year, first, last)
    assert inside == [one for one in everything if first <= one.on <= last]
    assert skips == [skip for skip in all_skips if first <= skip.on <= last]
