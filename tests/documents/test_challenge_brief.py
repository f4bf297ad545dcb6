"""The brief for the class: what it says, in four languages, and what it leaves out."""

from __future__ import annotations

import string
from datetime import date
from io import BytesIO
from typing import Any

import docx
import pytest

from cocivic_desktop.documents.challenge_brief import BriefFacts, brief_words, challenge_brief
from cocivic_desktop.documents.plain_docx import simple_bytes
from cocivic_desktop.domain.goals import ChallengePhase
from cocivic_desktop.library.files import languages

FULL = BriefFacts(
    title="Parcels",
    question="How can we do without film?",
    need="Film in the water",
    limits="At most 400 euros; no ladders\nOne term",
    mission="A clean harbour",
    learning="Load securing",
    curriculum="Learning field 4",
    partnership="Harbour",
    organisation="Förde e. V.",
    helpers={"mentor": "Ute, FuF", "teacher": "Silke, BSS"},
    phase_ends={ChallengePhase.BUILD: date(2027, 1, 15)},
)


def text_of(facts: BriefFacts, language: str = "en") -> str:
    document = docx.Document(BytesIO(simple_bytes(challenge_brief(facts, language))))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def leaves(words: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in words.items():
        found |= leaves(value, f"{prefix}{key}.") if isinstance(value, dict) else {f"{prefix}{key}": value}
    return found


def placeholders(value: Any) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(str(value)) if name}


def test_it_says_everything_that_is_known() -> None:
    text = text_of(FULL)
    for part in ("How can we do without film?", "Film in the water", "A clean harbour", "Load securing", "Ute, FuF"):
        assert part in text
    assert "No ladders" in text.splitlines() and "One term" in text.splitlines()
    assert "Part of your course: Learning field 4" in text
    assert text.count("15 January 2027") == 1 and text.count("date to follow") == 4
    assert "Förde e. V. asks you a real question." in text


def test_it_leaves_out_what_is_not_known() -> None:
    text = text_of(BriefFacts(title="Parcels"))
    assert "What it is about" not in text and "What you can learn" not in text
    assert "The question will be put here." in text
    assert text.count("not named yet") == 2 and "Name of our team" in text


@pytest.mark.parametrize("language", languages("documents"))
def test_every_language_has_every_word(language: str) -> None:
    english, words = leaves(brief_words("en")), leaves(brief_words(language))
    assert set(words) == set(english)
    assert {key: placeholders(value) for key, value in words.items()} == {
        key: placeholders(value) for key, value in english.items()
    }
    assert len(words["good.points"]) == len(english["good.points"])
    if language != "en":
        assert {key for key in words if words[key] == english[key]} <= {"column.phase"}
    assert "How can we do without film?" in text_of(FULL, language)
