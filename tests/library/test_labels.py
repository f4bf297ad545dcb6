"""Fixed words of documents, dates, hours and numbers."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocivic_desktop import paths
from cocivic_desktop.domain.activities import ActivityKind, ActivityStatus
from cocivic_desktop.domain.agreements import (
    AgreementKind,
    AgreementState,
    ClauseState,
    CommitmentUnit,
    ResponsibilityPart,
)
from cocivic_desktop.domain.base import Language, Side
from cocivic_desktop.domain.goals import ChallengePhase, GoalTheme, IndicatorMeans
from cocivic_desktop.domain.hours import HourCategory, HourState
from cocivic_desktop.domain.organisations import PersonKind
from cocivic_desktop.domain.partnerships import MeetingKind
from cocivic_desktop.domain.school_years import PeriodKind
from cocivic_desktop.library.files import read_toml
from cocivic_desktop.library.labels import labels

if TYPE_CHECKING:
    from enum import StrEnum

SECTIONS: dict[str, type[StrEnum]] = {
    "kind": AgreementKind,
    "kind_short": AgreementKind,
    "state": AgreementState,
    "clause_state": ClauseState,
    "part": ResponsibilityPart,
    "part_short": ResponsibilityPart,
    "unit": CommitmentUnit,
    "side": Side,
    "theme": GoalTheme,
    "phase": ChallengePhase,
    "means": IndicatorMeans,
    "activity_kind": ActivityKind,
    "activity_status": ActivityStatus,
    "meeting_kind": MeetingKind,
    "hour_category": HourCategory,
    "hour_state": HourState,
    "person_kind": PersonKind,
    "period_kind": PeriodKind,
    "language": Language,
}


def written(language: str) -> dict[str, Any]:
    path = paths.resources() / "documents" / language / "labels.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("section", SECTIONS)
def test_every_value_of_the_domain_has_a_word(section: str, language: str) -> None:
    words = written(language)[section]
    assert set(words) == {member.value for member in SECTIONS[section]}
    assert all(words.values())


def test_both_languages_have_the_same_keys_and_names_to_fill() -> None:
    english, german = labels("en"), labels("de")
    assert set(english) == set(german)
    for key in english:
        if not key.startswith("date."):
            assert set(re.findall(r"\{(\w+)\}", english[key])) == set(re.findall(r"\{(\w+)\}", german[key])), key
    for section, words in written("en").items():
        assert {k: len(v) for k, v in words.items() if isinstance(v, list)} == {
            k: len(v) for k, v in written("de")[section].items() if isinstance(v, list)
        }


def test_german_differs_from_english() -> None:
    english, german = labels("en"), labels("de")
    same = [
        key for key in english if english[key] == german[key] and len(english[key]) > 12 and not key.startswith("date.")
    ]
    assert same == []


def test_dates() -> None:
    day = date(2026, 5, 4)
    english, german = labels("en"), labels("de")
    assert english.format_date(day) == "4 May 2026"
    assert german.format_date(day) == "4. Mai 2026"
    assert english.format_date(day, "weekday") == "Monday, 4 May 2026"
    assert german.format_date(day, "weekday") == "Montag, 4. Mai 2026"
    assert english.format_date(day, "short") == "04/05/2026"
    assert german.format_date(day, "short") == "04.05.2026"
    assert english.weekday(6, short=True) == "Sun"
    assert german.month(3) == "März"


def test_periods_may_be_open() -> None:
    first, last = date(2026, 5, 4), date(2026, 7, 1)
    english = labels("en")
    assert english.format_period(first, last) == "4 May 2026 to 1 July 2026"
    assert english.format_period(first, None) == "from 4 May 2026"
    assert english.format_period(None, last) == "until 1 July 2026"
    assert english.format_period(None, None) == ""


@pytest.mark.parametrize(
    ("minutes", "shown"),
    [(0, "0 h"), (45, "45 min"), (60, "1 h"), (95, "1 h 35 min"), (-90, "−1 h 30 min"), (6000, "100 h")],
)
def test_hours(minutes: int, shown: str) -> None:
    assert labels("en").format_hours(minutes) == shown


def test_german_hours_and_numbers() -> None:
    assert labels("de").format_hours(95) == "1 Std. 35 Min."
    assert labels("de").format_number(12345.5, 2) == "12.345,50"
    assert labels("en").format_number(12345.5, 2) == "12,345.50"


@given(st.integers(min_value=0, max_value=10**7))
def test_hours_lose_no_minute(minutes: int) -> None:
    numbers = re.findall(r"(\d+) (h|min)", labels("en").format_hours(minutes))
    assert sum(int(number) * (60 if unit == "h" else 1) for number, unit in numbers) == minutes


def test_keys() -> None:
    english = labels("en")
    assert english.text("document.page", page=2, pages=5) == "Page 2 of 5"
    assert english.section("part")["leads"] == "leads"
    assert english.get("area.my own area", "my own area") == "my own area"
    assert "column.task" in english
    with pytest.raises(KeyError):
        english["no.such.key"]


def test_another_language_falls_back_to_english() -> None:
    assert labels("xx")["kind.mou"] == labels("en")["kind.mou"]
    assert labels("xx").language == "xx"


def test_a_broken_file_is_named(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bad.toml").write_text("a = ", encoding="utf-8")
    monkeypatch.setattr(paths, "resources", lambda: tmp_path)
    with pytest.raises(ValueError, match=r"bad\.toml"):
        read_toml("bad.toml")
    assert read_toml("none.toml") == {}
