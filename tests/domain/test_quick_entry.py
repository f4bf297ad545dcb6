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
        ("Ana eineinhalb Stunden", {"name": "Ana", "minutes": 90}),
        ("Ana anderthalb Stunden gestern", {"name": "Ana", "minutes": 90, "on": (3, 17)}),
        ("Ana zweieinhalb Stunden", {"name": "Ana", "minutes": 150}),
        ("Şule bir buçuk saat", {"name": "Şule", "minutes": 90, "remark": ""}),
        ("Şule 2 buçuk saat", {"name": "Şule", "minutes": 150, "remark": ""}),
        ("Ana hora y media", {"name": "Ana", "minutes": 90, "remark": ""}),
        ("Ana dos horas y media taller", {"name": "Ana", "minutes": 150, "category": "delivery", "remark": ""}),
        ("Ana 2h y media", {"name": "Ana", "minutes": 150, "remark": ""}),
        ("Ana an hour and a half", {"name": "Ana", "minutes": 90, "remark": ""}),
        ("Ana one and a half hours", {"name": "Ana", "minutes": 90, "remark": ""}),
        ("Ana 2h two and a half groups", {"minutes": 120, "remark": "two and a half groups"}),
        ("Ana 2h Mar 2", {"name": "Ana", "minutes": 120, "on": (3, 2), "remark": ""}),
        ("Ana Mar. 2nd 90 min", {"name": "Ana", "minutes": 90, "on": (3, 2)}),
        ("Ana 10:00-11:30 March 2, 2026", {"name": "Ana", "minutes": 90, "on": (3, 2), "remark": ""}),
        ("Ana Mar 2", {"name": "Ana Mar", "minutes": 120, "on": (3, 18)}),
        ("Ana Jan 2 hours", {"name": "Ana Jan", "minutes": 120, "on": (3, 18)}),
        ("May 2 mentoring 3 groups", {"name": "May", "minutes": 120, "on": (3, 18)}),
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


AUTUMN = date(2026, 11, 22)  # a Sunday


@pytest.mark.parametrize(
    ("line", "minutes", "on"),
    [
        ("Ana 1.5", 90, None),
        ("Ana 2.9", None, (9, 2)),  # nobody works 2.9 hours: the time is asked for
        ("Ana 2.9 1.5", 90, (9, 2)),
        ("Ana 1h 2.9", 60, (9, 2)),
        ("Ana 2.9 gestern", 174, (11, 21)),
        ("Ana 2.75", 165, None),
        ("Ana 1.30", 90, None),
        ("Ana 1,45 Std.", 105, None),
        ("Ana 2.9h", 174, None),
        ("Ana 1h 1.5.", 60, (5, 1)),
        ("Ana 1h 2 Sep", 60, (9, 2)),
        ("Ana 1h am 2. September", 60, (9, 2)),
        ("Ana 1h 2 de septiembre de apoyo", 60, (9, 2)),
        ("Ana 1 saat 2 Eylül'de", 60, (9, 2)),
        ("Ana 1h 2nd September 2025", 60, (2025, 9, 2)),
        ("Ana 1h 12-3-2026", 60, (3, 12)),
        ("Ana 1 h 30 min", 90, None),
        ("Ana 1 saat 30 dakika geçen pazartesi günü", 90, (11, 16)),
        ("Ana 1 h 30", 90, None),
        ("Ana half an hour on friday", 30, (11, 20)),
        ("Ana eine halbe Stunde am letzten Freitag", 30, (11, 20)),
        ("Ana media hora el viernes pasado", 30, (11, 20)),
        ("Ana yarım saat dün", 30, (11, 21)),
        ("Ana zwei Stunden", 120, None),
        ("Ana 9-11", 120, None),
        ("Ana 9 bis 11 Uhr", 120, None),
        ("Ana 10:00 - 11:30", 90, None),
    ],
)
def test_days_and_durations_are_told_apart(line: str, minutes: int | None, on: tuple[int, ...] | None) -> None:
    parsed = parse(line, AUTUMN)
    assert (parsed.name, parsed.minutes) == ("Ana", minutes)
    assert parsed.worked_on == (AUTUMN if on is None else date(*on) if len(on) == 3 else date(2026, *on))


@pytest.mark.parametrize(
    ("text", "language", "minutes", "on"),
    [
        ("2.9", "en", None, (9, 2)),
        ("2.9", "de", None, (9, 2)),
        ("1.5", "en", 90, (11, 22)),
        ("1.5", "de", None, (5, 1)),
        ("1.5", "tr", None, (5, 1)),
        ("1,5", "de", 90, (11, 22)),
        ("2.75", "es", 165, (11, 22)),
    ],
)
def test_after_a_template_a_dotted_number_is_mostly_a_day(
    text: str, language: str, minutes: int | None, on: tuple[int, int]
) -> None:
    parsed = parse(text, AUTUMN, language, timed=True)
    assert (parsed.minutes, parsed.worked_on) == (minutes, date(2026, *on))


def test_what_could_be_either_is_told() -> None:
    assert parse("Ana 1.5", AUTUMN).doubtful == (("1.5", False),)
    assert parse("Ana 2.9", AUTUMN).doubtful == (("2.9", True),)
    assert parse("2.9", AUTUMN, timed=True).doubtful == (("2.9", True),)
    assert [parse(f"Ana {text}", AUTUMN).doubtful for text in ("90 2.9", "1.75", "1.5h", "1.5.", "1.5 gestern")] == [
        (),
        (),
        (),
        (),
        (),
    ]
