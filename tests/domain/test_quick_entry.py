"""One line of hours, in four languages."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocivic_desktop.domain.hours import HourCategory
from cocivic_desktop.domain.rules.quick_entry import parse

LIKELY = "ana 1.5 12.3 12.3. 31.2. 90 2h 1h30 1h99 monday x3 3x 24 students 99:99 0 #"
TODAY = date(2026, 3, 18)  # a Wednesday


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ana 1h30 mentoring yesterday", {"name": "ana", "minutes": 90, "category": "mentoring", "on": (3, 17)}),
        ("Ana 90 Betreuung 12.3.", {"name": "Ana", "minutes": 90, "category": "mentoring", "on": (3, 12)}),
        ("Ana 90 Betreuung 12.3", {"minutes": 90, "on": (3, 12)}),
        ("Ana 1.5 prep", {"minutes": 90, "category": "preparation", "on": (3, 18)}),
        ("Ana 1,5h", {"minutes": 90}),
        ("Ana 1,5", {"minutes": 90}),
        ("Ana 1:30", {"minutes": 90}),
        ("Ana 90min", {"minutes": 90}),
        ("Ana 90 min", {"minutes": 90}),
        ("Ana 2h", {"minutes": 120}),
        ("Ana 2 hours", {"minutes": 120}),
        ("Ana 2", {"minutes": 120}),
        ("Ana 45", {"minutes": 45}),
        ("Ana 10:00-11:30 workshop", {"minutes": 90, "start_time": time(10), "category": "delivery"}),
        ("Ana 23:00-01:00", {"minutes": 120, "start_time": time(23)}),
        ("Ana María López 2h viaje ayer", {"name": "Ana María López", "minutes": 120, "category": "travel"}),
        ("Şule 2 saat hazırlık dün", {"name": "Şule", "minutes": 120, "category": "preparation", "on": (3, 17)}),
        ("Jörg 1h Büro gestern", {"name": "Jörg", "category": "administration", "on": (3, 17)}),
        ("Ana 1h monday", {"on": (3, 16)}),
        ("Ana 1h Mi", {"on": (3, 18)}),
        ("Ana 1h perşembe", {"on": (3, 12)}),
        ("Mo 1h", {"name": "Mo", "on": (3, 18)}),
        ("Ana 1h 2026-02-28", {"on": (2, 28)}),
        ("Ana 1h 28/2", {"on": (2, 28)}),
        ("24x 2h workshop", {"name": "", "head_count": 24, "minutes": 120}),
        ("24 Schüler 2h", {"head_count": 24, "minutes": 120}),
        ("Ana 1h mentoring team green", {"name": "Ana", "remark": "team green"}),
        ("Ana 1h # with 3 parents", {"name": "Ana", "remark": "with 3 parents", "minutes": 60}),
        ("gestern Ana 1h", {"name": "Ana", "on": (3, 17)}),
        ("", {"name": "", "minutes": None}),
    ],
)
def test_lines(line: str, expected: dict[str, Any]) -> None:
    parsed = parse(line, TODAY)
    for name, value in expected.items():
        if name == "on":
            assert parsed.worked_on == date(2026, *value)
        elif name == "category":
            assert parsed.category is HourCategory(value)
        else:
            assert getattr(parsed, name) == value, name


def test_a_day_far_ahead_means_last_year() -> None:
    assert parse("Ana 1h 20.12.", TODAY).worked_on == date(2025, 12, 20)
    assert parse("Ana 1h 20.3.", TODAY).worked_on == date(2026, 3, 20)
    assert parse("Ana 1h 20.12.24", TODAY).worked_on == date(2024, 12, 20)


@given(st.text(max_size=60), st.dates())
def test_never_raises(line: str, today: date) -> None:
    parse(line, today)


@given(st.lists(st.sampled_from(LIKELY.split()), max_size=8))
def test_never_raises_on_likely_words(words: list[str]) -> None:
    parse(" ".join(words), TODAY)
