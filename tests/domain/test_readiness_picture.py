"""The picture of readiness: shares of areas, and what is missing most."""

from __future__ import annotations

from cocivic_desktop.domain.partnerships import ReadinessAnswerValue
from cocivic_desktop.domain.rules.readiness import areas, missing_most_first
from cocivic_desktop.library.readiness import ReadinessQuestion

YES, PARTLY, NO, UNKNOWN = ReadinessAnswerValue


def asked(code: str, area: str, group: str = "cso") -> ReadinessQuestion:
    return ReadinessQuestion(code=code, group=group, area=area, text=f"{code}?", why="", advice={})


QUESTIONS = [asked("a", "people"), asked("b", "people"), asked("c", "money"), asked("d", "rooms", "school")]


def test_shares_count_half_for_partly_and_nothing_for_the_rest() -> None:
    found = areas(QUESTIONS, {"a": YES, "b": PARTLY, "c": UNKNOWN})
    assert [(area.code, area.group, area.share) for area in found] == [
        ("people", "cso", 0.75),
        ("money", "cso", 0.0),
        ("rooms", "school", 0.0),
    ]
    assert (found[0].count(YES), found[2].count(None)) == (1, 1)


def test_what_is_surely_missing_comes_first_then_the_weakest_area() -> None:
    found = areas(QUESTIONS, {"a": NO, "b": PARTLY, "c": UNKNOWN})
    assert [mark.code for mark in missing_most_first(found)] == ["a", "c", "d", "b"]
    assert missing_most_first(areas(QUESTIONS, dict.fromkeys("abcd", YES))) == []
