"""Recurrence rules by days, against dateutil where it can be trusted to end."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, weekday  # type: ignore[import-untyped]
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from cocivic_desktop.calendars.day_rules import Allowance, DayRule, RefusedRule, days_of, parse_rule

FREQUENCIES = {"DAILY": DAILY, "WEEKLY": WEEKLY, "MONTHLY": MONTHLY, "YEARLY": YEARLY}


@st.composite
def rules(draw: st.DrawFn) -> DayRule:
    frequency = draw(st.sampled_from(sorted(FREQUENCIES)))
    # dateutil intersects "every Monday" with "the second Tuesday" where RFC 5545 unites them: never both.
    ordinal = draw(st.sampled_from([st.just(0), st.sampled_from([-5, -2, -1, 1, 2, 4])]))
    if frequency in ("DAILY", "WEEKLY"):
        ordinal = st.just(0)
    return DayRule(
        frequency,
        draw(st.integers(1, 5)),
        draw(st.one_of(st.none(), st.integers(1, 30))),
        draw(st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2029, 1, 1)))),
        tuple(draw(st.lists(st.tuples(ordinal, st.integers(0, 6)), max_size=2, unique=True))),
        frozenset(draw(st.one_of(st.just([]), st.lists(st.integers(1, 12), min_size=1, max_size=3)))),
        tuple(draw(st.one_of(st.just([]), st.lists(st.sampled_from([1, 2, 13, 28, -1, -7]), min_size=1, max_size=2))))
        if frequency != "WEEKLY"
        else (),
        (),
        tuple(draw(st.one_of(st.just([]), st.just([1]), st.just([-1, 2])))),
        draw(st.integers(0, 6)),
    )


@pytest.mark.slow
@settings(max_examples=80, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(rules(), st.dates(date(2025, 6, 1), date(2026, 12, 31)))
def test_a_rule_gives_the_days_that_dateutil_gives(rule: DayRule, start: date) -> None:
    first, last = date(2026, 8, 1), date(2028, 7, 31)
    # Positions without other parts mean nothing.
    assume(not rule.positions or rule.weekdays or rule.month_days)
    theirs = rrule(
        FREQUENCIES[rule.frequency],
        dtstart=datetime(start.year, start.month, start.day),
        interval=rule.interval,
        count=rule.count if rule.until is None else None,
        until=datetime(rule.until.year, rule.until.month, rule.until.day) if rule.until else None,
        wkst=rule.week_start,
        byweekday=[weekday(day, ordinal or None) for ordinal, day in rule.weekdays] or None,
        bymonth=sorted(rule.months) or None,
        bymonthday=list(rule.month_days) or None,
        bysetpos=list(rule.positions) or None,
    )
    if rule.until is not None:
        rule = DayRule(**{**rule.__dict__, "count": None})
    expected = set()
    for moment in theirs:
        if moment.date() > last:
            break
        if moment.date() >= first:
            expected.add(moment.date())
    ours = set(days_of(rule, start, first, last, Allowance(10**7)))
    if rule.count is not None and start not in {moment.date() for moment in theirs[:1]}:
        return  # the start takes one of the counted places here, as in most clients; dateutil leaves it out
    assert ours - {start} == expected - {start}


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"FREQ": ["SECONDLY"]}, "finer_than_daily"),
        ({"FREQ": ["DAILY"], "BYHOUR": [9]}, "finer_than_daily"),
        ({"FREQ": ["WEEKLY"], "INTERVAL": [0]}, "bad_interval"),
        ({"FREQ": ["WEEKLY"], "INTERVAL": [-1]}, "bad_interval"),
        ({"FREQ": ["WEEKLY"], "COUNT": [0]}, "bad_rule"),
        ({"FREQ": ["YEARLY"], "BYWEEKNO": [20]}, "unsupported_rule"),
        ({"FREQ": ["FORTNIGHTLY"]}, "bad_rule"),
        ({"FREQ": ["WEEKLY"], "BYDAY": ["XX"]}, "bad_rule"),
        ({}, "bad_rule"),
    ],
)
def test_rules_that_are_refused(parts: dict[str, list[object]], code: str) -> None:
    with pytest.raises(RefusedRule) as refused:
        parse_rule(parts, None)
    assert refused.value.code == code


def test_a_rule_that_never_matches_ends_at_once() -> None:
    never = parse_rule({"FREQ": ["YEARLY"], "BYMONTH": [2], "BYMONTHDAY": [30]}, None)
    assert days_of(never, date(2026, 9, 1), date(2026, 9, 2), date(2028, 1, 1)) == []
    far = parse_rule({"FREQ": ["DAILY"], "COUNT": [10**6], "BYMONTH": [2], "BYMONTHDAY": [30]}, None)
    with pytest.raises(RefusedRule, match="too_much_work"):
        days_of(far, date(1, 1, 1), date(2026, 9, 2), date(2028, 1, 1))


def test_a_daily_rule_from_long_ago_costs_only_its_window() -> None:
    rule = parse_rule({"FREQ": ["DAILY"], "INTERVAL": [2]}, None)
    days = days_of(rule, date(1601, 1, 1), date(2026, 9, 1), date(2026, 9, 10), Allowance(20))
    assert len(days) == 5
    assert all((day - date(1601, 1, 1)) % timedelta(days=2) == timedelta(0) for day in days)
