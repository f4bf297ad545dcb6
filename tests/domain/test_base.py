from __future__ import annotations

import unicodedata
from datetime import UTC
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocivic_desktop.domain.base import Entity, clean_text, fold, utc_now
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.registry import ENTITIES, KINDS, kind_name


@given(st.text(st.characters(), max_size=200))
def test_cleaned_text_can_be_stored_and_stays_so(text: str) -> None:
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert cleaned.encode().decode() == cleaned
    assert not any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in cleaned)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("e\u0301", "é"),
        ("e\x00\u0301", "é"),
        ("\x00x\x1f\ud800", "x"),
        ("\ttab", "\ttab"),
        ("شکل\u200cها", "شکل\u200cها"),
    ],
)
def test_cleaning(text: str, cleaned: str) -> None:
    assert clean_text(text) == cleaned


@given(st.text(max_size=50))
def test_folding_twice_finds_the_same(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "found"), [("Žižkov", "zizkov"), ("İSTANBUL", "istanbul"), ("ılık", "ilik"), ("Straße", "strasse")]
)
def test_folding(text: str, found: str) -> None:
    assert fold(text) == found


def test_entities_begin_with_a_new_id_and_the_moment() -> None:
    one, other = Entity(), Entity()
    assert one.id != other.id
    assert one.created_at.tzinfo is UTC
    assert one.created_at <= other.created_at <= utc_now()
    assert (one.version, one.archived) == (0, False)


def test_kinds_are_named_once() -> None:
    assert len(KINDS) == len(ENTITIES)
    assert kind_name(KINDS["readiness_answer"]) == "readiness_answer"


def test_changes_add_up() -> None:
    one, other = uuid4(), uuid4()
    goal, task = Changes(frozenset({"shared_goal"}), frozenset({one})), Changes(frozenset({"task"}), frozenset({other}))
    both = Changes.together([goal, task])
    assert both.touches("task", "nothing") and not both.touches("nothing")
    assert both.touches_id(one) and both.touches_id(other) and not both.touches_id(uuid4())
    assert Changes.together([both, Changes(frozenset({"x"}), None)]).touches_id(uuid4())
    assert not Changes() and both
