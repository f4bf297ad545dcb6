"""Whose words a clause has: the library's of then, the library's of today, or somebody's own."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from cocivic_desktop.domain.agreements import Clause
from cocivic_desktop.domain.clause_library import Alternative, AlternativeText, ClauseText, LibraryClause
from cocivic_desktop.domain.rules.clause_wording import (
    is_library_wording,
    newer_wording,
    own_languages,
    remember_library,
    set_wording,
    wording_hash,
)

ENTRY = LibraryClause(
    code="rooms",
    topic="resources",
    kinds=("mou",),
    alternatives=(Alternative(code="own"),),
    texts={
        "en": ClauseText(title="Rooms", text="The school lends a room.", alternatives={
            "own": AlternativeText(label="Ours", text="We bring our room.")}),
        "de": ClauseText(title="Räume", text="Die Schule stellt einen Raum.", alternatives={
            "own": AlternativeText(label="Unser", text="Wir bringen unseren Raum mit.")}),
    },
)  # fmt: skip
NEWER = replace(ENTRY, texts={**ENTRY.texts, "en": replace(ENTRY.texts["en"], text="The school lends two rooms.")})


@pytest.fixture
def clause() -> Clause:
    made = Clause(agreement_id=uuid4(), code="rooms")
    set_wording(made, ENTRY, "")
    return made


def test_taking_a_wording_remembers_what_the_library_said(clause: Clause) -> None:
    assert clause.library_hashes == {
        "en": wording_hash("Rooms", "The school lends a room."),
        "de": wording_hash("Räume", "Die Schule stellt einen Raum."),
    }
    assert wording_hash("ab", "c") != wording_hash("a", "bc")
    assert is_library_wording(clause, ENTRY)
    assert newer_wording(clause, ENTRY) == []


def test_a_newer_library_is_no_edit_of_ours(clause: Clause) -> None:
    assert own_languages(clause, NEWER) == []
    assert is_library_wording(clause, NEWER)
    (newer,) = newer_wording(clause, NEWER)
    assert (newer.language, newer.own) == ("en", False)
    assert [(run.kind, run.text) for run in newer.text.runs] == [
        ("equal", "The school lends"), ("deleted", " a room"), ("inserted", " two rooms"), ("equal", "."),
    ]  # fmt: skip


def test_own_words_are_told_from_newer_ones(clause: Clause) -> None:
    clause.texts = {**clause.texts, "en": "A room is lent."}
    assert own_languages(clause, ENTRY) == ["en"]
    assert newer_wording(clause, ENTRY) == []
    (newer,) = newer_wording(clause, NEWER)
    assert newer.own
    assert own_languages(clause, NEWER) == ["en"]
    clause.titles = {**clause.titles, "de": "Zimmer"}
    assert own_languages(clause, ENTRY) == ["en", "de"]


def test_who_wrote_the_newer_words_already_is_not_asked(clause: Clause) -> None:
    clause.texts = {**clause.texts, "en": "The school lends two rooms."}
    assert newer_wording(clause, NEWER) == []


def test_the_wording_of_the_chosen_alternative_counts(clause: Clause) -> None:
    set_wording(clause, ENTRY, "own")
    assert clause.texts["en"] == "We bring our room."
    assert newer_wording(clause, NEWER) == []


def test_clauses_from_before_hashes_are_unknown_until_they_are_seen_to_be_the_librarys(clause: Clause) -> None:
    clause.library_hashes = {}
    assert own_languages(clause, ENTRY) == []
    assert newer_wording(clause, NEWER) == []
    assert own_languages(clause, NEWER) == ["en"]
    remember_library(clause, NEWER)
    assert clause.library_hashes.keys() == {"de"}
    remember_library(clause, ENTRY)
    assert newer_wording(clause, NEWER)[0].language == "en"
    assert own_languages(clause, NEWER) == []


def test_own_clauses_are_ours_and_never_newer() -> None:
    own = Clause(agreement_id=uuid4(), texts={"en": "Tea at four.", "de": ""})
    assert own_languages(own, None) == ["en"]
    assert newer_wording(own, None) == []
