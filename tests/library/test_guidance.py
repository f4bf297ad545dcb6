from __future__ import annotations

import re

import pytest

from cocivic_desktop.domain.base import Language
from cocivic_desktop.domain.errors import NotFound
from cocivic_desktop.domain.partnerships import ReadinessAnswerValue, Stage
from cocivic_desktop.library import guidance, readiness

HANDBOOK_FIGURES = {
    "63.6", "55", "53.8", "51.9", "30.4", "21.4", "46.4", "32.1", "45–50", "50", "44", "46.3", "26.8",
    "25", "22.1", "20", "6.4", "85", "80", "78",
}  # fmt: skip
OUR_RULES = {"90"}
"""The threshold at which we advise to talk about hours; a rule of ours, not a finding."""


LANGUAGES = [language.value for language in Language]
TRANSLATED = [(topic, language) for topic in guidance.TOPICS for language in LANGUAGES if language != "en"]


def percentages(text: str) -> list[str]:
    """The percentages in a text in any of the languages, written as in English; "%63,6" is Turkish."""
    found = re.findall(r"%(\d(?:[\d.,–]*\d)?)|(\d[\d.,–]*) %", text)
    return sorted("".join(figures).replace(",", ".") for figures in found)


def all_texts(topic: str, language: str = "en") -> str:
    found = guidance.guidance(topic, language)
    parts = [found.title, *found.pitfalls, *found.sources]
    for section in found.sections:
        parts += [section.heading, section.text, *section.bullets]
    return "\n".join(parts)


def test_every_stage_has_guidance() -> None:
    assert set(guidance.TOPICS) == {"welcome", *Stage}


@pytest.mark.parametrize("topic", guidance.TOPICS)
def test_guidance_is_short_sourced_and_names_pitfalls(topic: str) -> None:
    found = guidance.guidance(topic, "en")
    assert found.title
    assert found.pitfalls
    assert any("andbook" in source for source in found.sources)
    assert 3 <= len(found.sections) <= 6
    assert all(section.heading and section.text for section in found.sections)
    assert len(all_texts(topic).split()) < 600


@pytest.mark.parametrize("topic", guidance.TOPICS)
def test_every_percentage_is_one_of_the_handbook(topic: str) -> None:
    for figure in re.findall(r"([\d.–]+) %", all_texts(topic)):
        assert figure in HANDBOOK_FIGURES | OUR_RULES, figure


@pytest.mark.parametrize(("topic", "language"), TRANSLATED)
def test_guidance_says_the_same_in_every_language(topic: str, language: str) -> None:
    english, own = guidance.guidance(topic, "en"), guidance.guidance(topic, language)
    assert own.language == language
    assert [len(section.bullets) for section in own.sections] == [len(section.bullets) for section in english.sections]
    assert (len(own.pitfalls), len(own.sources)) == (len(english.pitfalls), len(english.sources))
    assert percentages(all_texts(topic, language)) == percentages(all_texts(topic))
    assert own.title
    assert all(section.heading and section.text for section in own.sections)
    lines = all_texts(topic, language).splitlines()
    assert not set(lines) & set(all_texts(topic).splitlines())


def test_a_missing_language_falls_back_to_english() -> None:
    found = guidance.guidance("goals", "xx")
    assert found.language == "en"
    assert found.title == guidance.guidance("goals", "en").title


def test_an_unknown_stage_is_named() -> None:
    with pytest.raises(NotFound, match="weather"):
        guidance.guidance("weather", "en")


def test_readiness_has_both_lists_complete() -> None:
    everything = readiness.questions("en")
    assert len({question.code for question in everything}) == len(everything)
    for group in readiness.GROUPS:
        assert len(readiness.questions("en", group)) == 12
    assert set(readiness.ANSWERS) == set(ReadinessAnswerValue)
    for question in everything:
        assert question.code.startswith(question.group + "_")
        assert question.text.endswith("?")
        assert question.why
        assert set(question.advice) == set(readiness.ANSWERS)
        assert all(question.advice.values())
        assert bool(question.ask) == (question.group == "school")


@pytest.mark.parametrize("language", LANGUAGES)
def test_readiness_says_the_same_in_every_language(language: str) -> None:
    english, own = readiness.questions("en"), readiness.questions(language)
    assert [(q.code, q.group, q.area) for q in own] == [(q.code, q.group, q.area) for q in english]
    assert list(readiness.areas(language)) == list(readiness.areas("en"))
    assert {question.area for question in own} == set(readiness.areas(language))
    for ours, theirs in zip(own, english, strict=True):
        assert ours.text.endswith("?")
        assert bool(ours.ask) == bool(theirs.ask)
        assert not ours.ask or ours.ask.endswith("?")
        assert list(ours.advice) == list(theirs.advice)
        assert all(ours.advice.values())
        assert percentages(ours.why) == percentages(theirs.why)
        assert language == "en" or not {ours.text, ours.why, *ours.advice.values()} & {
            theirs.text, theirs.why, *theirs.advice.values(),
        }  # fmt: skip


def test_readiness_question_by_code() -> None:
    question = readiness.question("school_calendar")
    assert question is not None
    assert question.group == "school"
    assert readiness.question("gone") is None
