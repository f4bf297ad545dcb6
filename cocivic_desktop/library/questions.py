"""The guided interview: `documents/questions.toml`, with words from `guidance/<language>/questions.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from cocivic_desktop.domain.clause_library import Question, QuestionText, QuestionType
from cocivic_desktop.domain.rules.drafting import RECORD_PLACEHOLDERS
from cocivic_desktop.library.files import FALLBACK, read_toml
from cocivic_desktop.library.labels import labels


@cache
def questions() -> tuple[Question, ...]:
    """All questions in the interview's order. Raises ValueError or KeyError for a broken file."""
    return tuple(_question(entry) for entry in read_toml("documents", "questions.toml")["question"])


@cache
def question_texts(language: str) -> Mapping[str, QuestionText]:
    """The words of all questions by code, in English where the language has none."""
    content = _question_words(FALLBACK) | _question_words(language)
    return {code: _text(words) for code, words in content.items()}


@cache
def group_titles(language: str) -> Mapping[str, str]:
    """The titles of the interview's sections by code, in English where the language has none."""
    return {
        **read_toml("guidance", FALLBACK, "questions.toml").get("groups", {}),
        **read_toml("guidance", language, "questions.toml").get("groups", {}),
    }


@cache
def placeholder_questions(language: str) -> Mapping[str, str]:
    """For every known placeholder, the short question shown in a document while its value is missing."""
    words = labels(language)
    texts = question_texts(language)
    asked = {question.placeholder: texts[question.code].short for question in questions() if question.placeholder}
    asked |= {name: words[f"missing.{name}"] for name in RECORD_PLACEHOLDERS}
    return {name: words.text("document.asks", question=short) for name, short in asked.items()}


def _question_words(language: str) -> dict[str, Any]:
    words: dict[str, Any] = read_toml("guidance", language, "questions.toml").get("questions", {})
    return words


def _question(entry: dict[str, Any]) -> Question:
    return Question(
        code=entry["code"],
        type=QuestionType(entry["type"]),
        group=entry["group"],
        options=tuple(entry.get("options", ())),
        default=entry.get("default"),
        placeholder=entry.get("placeholder", ""),
        fact=entry.get("fact", ""),
        when=tuple(entry.get("when", ())),
        field=entry.get("field", ""),
        confirm=entry.get("confirm", False),
        side=entry.get("side", ""),
    )


def _text(words: dict[str, Any]) -> QuestionText:
    return QuestionText(text=words["text"], why=words["why"], short=words["short"], options=words.get("options", {}))
