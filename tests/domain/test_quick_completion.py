"""What a line may go on with, and lines made from entries."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocivic_desktop.domain.hours import HourCategory
from cocivic_desktop.domain.rules.quick_completion import CATEGORY_NAMES, DAY_NAMES, Vocabulary, suggest
from cocivic_desktop.domain.rules.quick_entry import ParsedEntry, line_of, parse

TODAY = date(2026, 3, 18)  # a Wednesday
KNOWN = Vocabulary(
    people=("Ana López", "Anatol Berg", "Mai Do", "Žofia Čapek"),
    activities=("Robots and roofs", "Steering meeting"),
    templates=("Class on Monday", "Mentoring Ana"),
)


def lines(begun: str, known: Vocabulary = KNOWN) -> list[str]:
    return [one.line for one in suggest(begun, len(begun), TODAY, known)]


@pytest.mark.parametrize(
    ("begun", "first"),
    [
        ("an", "Ana López "),
        ("ana l", "Ana López "),
        ("zof", "Žofia Čapek "),
        ("mai", '"Mai Do" '),
        ("ana 2h m", "ana 2h mentoring "),
        ("ana 2h y", "ana 2h yesterday "),
        ("yesterday an", "yesterday Ana López "),
        ("ana 2h ste", 'ana 2h @"Steering meeting" '),
        ("ana 2h @", 'ana 2h @"Robots and roofs" '),
        ("ana 2h @steer", 'ana 2h @"Steering meeting" '),
        ("/m", "/1 "),
        ("/2", "/2 "),
        ("ana 2h betr", "ana 2h Betreuung "),
    ],
)
def test_the_first_suggestion(begun: str, first: str) -> None:
    assert lines(begun)[0] == first


@pytest.mark.parametrize("complete", ["", "ana 2h ", "ana 2h mentoring", "ana 2h # an", "ana 2h 12", "/1 an", '"Mai'])
def test_nothing_is_suggested_where_nothing_is_missing(complete: str) -> None:
    assert lines(complete) == []


def test_the_language_of_the_screen_comes_first() -> None:
    spanish = Vocabulary(language="es")
    assert lines("2h v", spanish)[:2] == ["2h viaje ", "2h viernes "]
    assert lines("2h haz", spanish) == ["2h hazırlık "]


def test_a_suggestion_in_the_middle_keeps_the_rest() -> None:
    found = suggest("an 2h workshop", 2, TODAY, KNOWN)[0]
    assert (found.line, found.line[found.cursor :]) == ("Ana López 2h workshop", "2h workshop")


@pytest.mark.parametrize("language", list(CATEGORY_NAMES))
def test_every_word_that_is_suggested_is_understood(language: str) -> None:
    for category, word in CATEGORY_NAMES[language].items():
        assert parse(f"Ana 1h {word}", TODAY).category is category
    days = [parse(f"Ana 1h {word}", TODAY).worked_on.day for word in DAY_NAMES[language]]
    assert days == [18, 17, 16, 17, 18, 12, 13, 14, 15]


def test_an_activity_is_named_after_its_sign() -> None:
    parsed = parse('Ana @"Robots 2h and # roofs" 1h gestern gut', TODAY)
    assert (parsed.name, parsed.activity, parsed.minutes, parsed.remark) == ("Ana", "Robots 2h and # roofs", 60, "gut")
    assert parse("24x @robots 2h", TODAY).activity == "robots"
    assert parse("Ana 1h # write @robots", TODAY).activity == ""
    assert parse('"Mai Do" 1h', TODAY) == ParsedEntry(worked_on=TODAY, name="Mai Do", minutes=60)


@given(
    name=st.sampled_from(["Ana López", "Mai Do", "Lea So", "Robo 3", "Office Ana", "Şule"]),
    heads=st.none() | st.integers(1, 400),
    minutes=st.integers(1, 1439),
    start=st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    category=st.sampled_from(HourCategory),
    activity=st.sampled_from(["", "Robots and roofs", "Workshop 2: 3h", "#1"]),
    on=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    remark=st.sampled_from(["", "with 3 parents", "@home # 2"]),
    language=st.sampled_from(list(CATEGORY_NAMES)),
)
def test_a_line_made_from_an_entry_means_that_entry(
    name: str,
    heads: int | None,
    minutes: int,
    start: time | None,
    category: HourCategory,
    activity: str,
    on: date,
    remark: str,
    language: str,
) -> None:
    meant = ParsedEntry(
        worked_on=on,
        name="students" if heads else name,
        minutes=minutes,
        category=category,
        start_time=start,
        head_count=heads,
        remark=remark,
        activity=activity,
    )
    assert parse(line_of(meant, TODAY, CATEGORY_NAMES[language][category]), TODAY) == meant
