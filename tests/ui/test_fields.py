from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING

import pytest

from cocivic_desktop.domain.errors import InvalidField
from cocivic_desktop.domain.rules.durations import parse_minutes
from cocivic_desktop.ui.texts import formats, words
from cocivic_desktop.ui.texts.actions import action_text
from cocivic_desktop.ui.texts.fields import PROBLEMS, field_problem
from cocivic_desktop.ui.widgets.date_field import DateField, parse_day
from cocivic_desktop.ui.widgets.time_field import parse_time

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

TODAY = date(2026, 9, 14)

pytestmark = pytest.mark.usefixtures("qapp_dressed")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("", None),
        ("today", TODAY),
        ("+3", date(2026, 9, 17)),
        ("2026-10-05", date(2026, 10, 5)),
        ("5.10.2026", date(2026, 10, 5)),
        ("5.10.26", date(2026, 10, 5)),
        ("5.10.", date(2026, 10, 5)),
        ("5/10/2026", date(2026, 10, 5)),
        ("5 Oct 2026", date(2026, 10, 5)),
        ("Mon 5 Oct 2026", date(2026, 10, 5)),
        ("1.2.", date(2027, 2, 1)),
        ("1.9.", date(2026, 9, 1)),
    ],
)
def test_days_are_read(text: str, day: date | None) -> None:
    assert parse_day(text, TODAY) == day


@pytest.mark.parametrize("text", ["31.2.", "hello", "2026-13-01", "99"])
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the message comes from Python's own parts
        parse_day(text, TODAY)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("", None),
        ("10", time(10)),
        ("10:30", time(10, 30)),
        ("1030", time(10, 30)),
        ("9.05", time(9, 5)),
        ("3 pm", time(15)),
    ],
)
def test_times_are_read(text: str, moment: time | None) -> None:
    assert parse_time(text) == moment


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("", None), ("1:30", 90), ("90 min", 90), ("1.5 h", 90), ("1,5", 90), ("2", 120), ("45", 45), ("1 h 15 min", 75)],
)
def test_durations_are_read(text: str, minutes: int | None) -> None:
    assert parse_minutes(text) == minutes


@pytest.mark.parametrize("minutes", [0, 1, 45, 60, 61, 90, 600, 100_000])
def test_shown_durations_are_read_back(minutes: int) -> None:
    assert parse_minutes(formats.minutes_text(minutes).replace(",", "").replace(".", "")) == minutes


def test_shown_days_are_read_back() -> None:
    for number in range(0, 400, 7):
        day = date.fromordinal(TODAY.toordinal() + number)
        assert parse_day(formats.day_text(day, weekday=True), TODAY) == day


def test_date_field_tells_only_of_changes(qtbot: QtBot) -> None:
    field = DateField()
    qtbot.addWidget(field)
    days: list[object] = []
    field.day_changed.connect(days.append)
    field.set_day(TODAY)
    field.line.editingFinished.emit()
    assert days == []
    field.line.setText("")
    field.line.editingFinished.emit()
    assert days == [None]
    field.choose()
    assert field._popup is not None
    field._popup.close()


def test_every_value_of_every_enumeration_has_a_word() -> None:
    for kind, known in words.WORDS.items():
        assert issubclass(kind, StrEnum)
        assert {one.value for one in kind} == set(known)
        for one in kind:
            assert words.word(one)


def test_every_enumeration_of_the_domain_is_worded() -> None:
    from cocivic_desktop.domain.registry import ENTITIES
    from cocivic_desktop.domain.validation import field_rules

    kinds = {rule.kind for entity in ENTITIES for rule in field_rules(entity) if issubclass(rule.kind, StrEnum)}
    assert kinds <= set(words.WORDS)


def test_every_problem_of_a_field_is_a_sentence() -> None:
    import re
    from pathlib import Path

    from cocivic_desktop.domain import validation

    source = Path(validation.__file__).read_text(encoding="utf-8")
    codes = set(re.findall(r'InvalidField\([^,]+, "(\w+)"', source))
    programmer = {"wrong_type", "time_with_zone", "naive_moment", "weekday_out_of_range", "week_letter"}
    assert codes - programmer <= set(PROBLEMS)
    shown = field_problem(InvalidField("ends_on", "before_start", start=date(2026, 9, 2), end=date(2026, 9, 1)))
    assert shown == "The end (1 Sept 2026) lies before the start (2 Sept 2026)."


def test_undo_is_worded() -> None:
    assert action_text("change_shared_goal", "Repair bikes") == "change goal “Repair bikes”"
    assert action_text("create_sample") == "fill in the sample"
    assert action_text("something_new") == "something new"


def test_formats() -> None:
    assert formats.span_text(date(2026, 9, 1), date(2026, 10, 1)) == "1 Sept – 1 Oct 2026"
    assert formats.ago_text(date(2026, 9, 15), TODAY) == "tomorrow"
    assert formats.number_text(1.5) == "1.5"
    assert formats.number_text(3.0) == "3"
    assert formats.time_text(datetime(2026, 9, 1, 9, 5)) == "09:05"
