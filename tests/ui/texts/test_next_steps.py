"""Every next step has words, and the words ask for nothing that the rule does not give."""

from __future__ import annotations

import string
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.rules.conflicts import ConflictCode
from cocivic_desktop.ui.texts.next_steps import shown, templates, words
from tests.domain.test_next_steps import CASES, step


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize(("code", "change", "today"), CASES, ids=[case[0] for case in CASES])
def test_a_step_can_be_worded(code: str, change: Callable[..., Any], today: date) -> None:
    found = step(code, change, today)
    text = templates()[code]
    asked = placeholders(text.headline) | placeholders(text.explanation) | placeholders(text.button)
    assert asked <= set(found.parameters)
    worded = words(found)
    assert worded.headline
    assert worded.explanation
    assert worded.button
    assert "{" not in worded.headline + worded.explanation


def test_there_are_words_for_these_codes_only() -> None:
    assert set(templates()) == {code for code, _, _ in CASES}


def test_parameters_are_worded() -> None:
    assert shown("promised_minutes", 2400) == "40 h"
    assert shown("side", Side.SCHOOL) == "school"
    assert shown("reason", ConflictCode.ASSESSMENT) == "assessment period"
    assert shown("topic", "results_ownership") == "who owns the results"
    assert shown("topic", "an_own_topic") == "an own topic"
    assert "2026" in shown("due_on", date(2026, 3, 1))
    for code in ConflictCode:
        assert shown("reason", code)
