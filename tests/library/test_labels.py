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
from cocivic_desktop.library.files import languages, read_toml
from cocivic_desktop.library.labels import labels

if TYPE_CHECKING:
    from enum import StrEnum

LANGUAGES = languages("documents")

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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", SECTIONS)
def test_every_value_of_the_domain_has_a_word(section: str, language: str) -> None:
    words = written(language)[section]
    assert set(words) == {member.value for member in SECTIONS[section]}
    assert all(words.values())


def flat(content: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """Words and lists of a file by dotted key."""
    found: dict[str, Any] = {}
    for key, value in content.items():
        found |= flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {prefix + key: value}
    return found


def to_fill(words: str) -> set[str]:
    return set(re.findall(r"\{([^}]*)\}?", words))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_the_same_keys_lists_and_names_to_fill(language: str) -> None:
    english, own = flat(written("en")), flat(written(language))
    assert set(own) ^ set(english) == set()
    for key, words in own.items():
        assert type(words) is type(english[key]), key
        if isinstance(words, list):
            assert len(words) == len(set(words)) == len(english[key]), key
            assert all(word.strip() for word in words), key
        elif key in DATE_STYLES:
            assert to_fill(words) in DATE_STYLES[key], key
        else:
            assert words.strip(), key
            assert to_fill(words) == to_fill(english[key]), key


DATE_STYLES = {
    "date.long": [{"day", "month", "year"}],
    "date.weekday": [{"weekday", "day", "month", "year"}],
    "date.month_year": [{"month", "year"}],
    "date.short": [{"dd", "mm", "year"}],
}
"""What each way of writing a date tells, in whichever order."""


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_a_language_is_not_left_in_english(language: str) -> None:
    english, own = labels("en"), labels(language)
    same = [key for key in english if english[key] == own[key] and not key.startswith("date.")]
    assert [key for key in same if len(re.sub(r"\{\w+\}", "", own[key])) > 12] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_legend_explains_the_letters_of_the_matrix(language: str) -> None:
    words = labels(language)
    explained = ", ".join(
        f"{words[f'part_short.{part}']} = {words[f'part.{part}']}" for part in ("leads", "supports", "informed")
    )
    assert words["legend.parts"] == explained
    assert len(set(words.section("part_short").values())) == 4


DATES = {
    "en": ("4 May 2026", "Monday, 4 May 2026", "04/05/2026", "4 May 2026 to 1 July 2026"),
    "de": ("4. Mai 2026", "Montag, 4. Mai 2026", "04.05.2026", "4. Mai 2026 bis 1. Juli 2026"),
    "es": (
        "4 de mayo de 2026",
        "lunes, 4 de mayo de 2026",
        "04/05/2026",
        "del 4 de mayo de 2026 al 1 de julio de 2026",
    ),
    "tr": ("4 Mayıs 2026", "4 Mayıs 2026 Pazartesi", "04.05.2026", "4 Mayıs 2026 – 1 Temmuz 2026"),
}
"""4 May 2026 as a language writes it: long, with its weekday, short; and the period to 1 July."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates(language: str) -> None:
    words, day = labels(language), date(2026, 5, 4)
    shown = words.format_date(day), words.format_date(day, "weekday"), words.format_date(day, "short")
    assert (*shown, words.format_period(day, date(2026, 7, 1))) == DATES[language]
    assert words.month(5) in shown[0]
    assert words.weekday(0) in shown[1]


def test_names_of_months_and_days() -> None:
    assert labels("en").weekday(6, short=True) == "Sun"
    assert labels("de").month(3) == "März"
    assert labels("es").weekday(2) == "miércoles"


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


NUMBERS = {
    "en": ("1 h 35 min", "12,345.50", "87 %"),
    "de": ("1 Std. 35 Min.", "12.345,50", "87 %"),
    "es": ("1 h 35 min", "12.345,50", "87 %"),
    "tr": ("1 saat 35 dk.", "12.345,50", "%87"),
}
"""95 minutes, a number with two decimals, a percentage."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_hours_numbers_and_percentages_in_every_language(language: str) -> None:
    words = labels(language)
    percent = words.text("indicator_unit.percent", value=87)
    assert (words.format_hours(95), words.format_number(12345.5, 2), percent) == NUMBERS[language]


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


@pytest.mark.parametrize("language", ["en", "de", "es", "tr"])
def test_a_day_is_read_as_it_is_written(language: str) -> None:
    words = labels(language)
    for month in range(1, 13):
        day = date(2027, month, 9)
        for style in ("long", "weekday", "short"):
            assert words.read_date(words.format_date(day, style)) == day
    assert words.read_date(" 2027-02-09") == date(2027, 2, 9)
    assert [words.read_date(text) for text in ("", "soon", "31.02.2027", "9 Foo 2027", "9")] == [None] * 5
