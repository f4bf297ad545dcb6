"""Matching, mismatches and resolutions on the expectation board, each one step of undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.errors import InvalidField
from cocivic_desktop.domain.partnerships import Expectation, ExpectationKind, MatchState, Partnership
from cocivic_desktop.services import expectations, records

if TYPE_CHECKING:
    from uuid import UUID

    from cocivic_desktop.store.workspace import Workspace

OPEN, MATCHED, MISMATCHED, RESOLVED = MatchState


@pytest.fixture
def cards(workspace: Workspace, partnership: Partnership) -> dict[str, UUID]:
    """Two expectations and two offers, by a letter."""
    made = {
        "a": (Side.SCHOOL, ExpectationKind.EXPECTS, "A mentor for each team"),
        "b": (Side.LEARNERS, ExpectationKind.EXPECTS, "Somebody to ask"),
        "x": (Side.CSO, ExpectationKind.OFFERS, "Three mentors on Tuesdays"),
        "y": (Side.SCHOOL, ExpectationKind.OFFERS, "Two visits a year"),
    }
    found = {}
    for letter, (side, kind, text) in made.items():
        one = Expectation(partnership_id=partnership.id, side=side, kind=kind, text=text)
        records.add(workspace, one)
        found[letter] = one.id
    return found


def states(workspace: Workspace, cards: dict[str, UUID]) -> dict[str, MatchState]:
    return {letter: records.get(workspace, Expectation, id).state for letter, id in cards.items()}


def test_one_offer_answers_two_expectations_and_is_freed_step_by_step(
    workspace: Workspace, cards: dict[str, UUID]
) -> None:
    expectations.match(workspace, cards["x"], cards["a"])
    expectations.match(workspace, cards["b"], cards["x"])
    assert states(workspace, cards) == {"a": MATCHED, "b": MATCHED, "x": MATCHED, "y": OPEN}
    assert records.get(workspace, Expectation, cards["a"]).matched_with_id == cards["x"]
    expectations.part(workspace, cards["a"])
    assert states(workspace, cards) == {"a": OPEN, "b": MATCHED, "x": MATCHED, "y": OPEN}
    workspace.undo()
    assert states(workspace, cards)["a"] is MATCHED
    workspace.undo()
    workspace.undo()
    assert set(states(workspace, cards).values()) == {OPEN}


def test_parting_an_offer_opens_all_that_it_answered(workspace: Workspace, cards: dict[str, UUID]) -> None:
    expectations.match(workspace, cards["a"], cards["x"])
    expectations.match(workspace, cards["b"], cards["x"])
    expectations.part(workspace, cards["x"])
    assert set(states(workspace, cards).values()) == {OPEN}
    assert all(one.matched_with_id is None for one in records.find(workspace, Expectation))


def test_a_new_match_gives_up_the_old_one(workspace: Workspace, cards: dict[str, UUID]) -> None:
    expectations.match(workspace, cards["a"], cards["y"])
    expectations.match(workspace, cards["a"], cards["x"])
    assert states(workspace, cards) == {"a": MATCHED, "b": OPEN, "x": MATCHED, "y": OPEN}


def test_a_mismatch_is_a_question_until_it_is_settled(
    workspace: Workspace, cards: dict[str, UUID], partnership: Partnership
) -> None:
    expectations.mark_mismatch(workspace, cards["y"], cards["a"])
    asked = expectations.open_questions(workspace, partnership.id)
    assert [(one.expectation.id, one.other.id if one.other else None, one.mismatch) for one in asked] == [
        (cards["a"], cards["y"], True),
        (cards["b"], None, False),
    ]
    with pytest.raises(InvalidField):
        expectations.settle(workspace, cards["a"], "  ")
    expectations.settle(workspace, cards["y"], "A film replaces the third visit", "Jonas Petersen")
    assert states(workspace, cards) == {"a": RESOLVED, "b": OPEN, "x": OPEN, "y": RESOLVED}
    everything = expectations.board(workspace, partnership.id)
    for letter in ("a", "y"):
        assert expectations.resolution(cards[letter], everything) == (
            "A film replaces the third visit",
            "Jonas Petersen",
        )
    assert [one.expectation.id for one in expectations.open_questions(workspace, partnership.id)] == [cards["b"]]
    workspace.undo()
    assert states(workspace, cards)["a"] is states(workspace, cards)["y"] is MISMATCHED


def test_a_card_alone_can_be_a_mismatch(workspace: Workspace, cards: dict[str, UUID]) -> None:
    expectations.mark_mismatch(workspace, cards["b"])
    assert states(workspace, cards)["b"] is MISMATCHED
    expectations.write_resolution(workspace, cards["b"], "A telephone number", "Ada")
    assert states(workspace, cards)["b"] is MISMATCHED, "noted, not settled"
    expectations.settle(workspace, cards["b"], "A telephone number", "Ada")
    assert states(workspace, cards)["b"] is RESOLVED


def test_a_card_is_not_matched_with_itself(workspace: Workspace, cards: dict[str, UUID]) -> None:
    with pytest.raises(InvalidField):
        expectations.match(workspace, cards["a"], cards["a"])


def test_likely_matches_of_the_board(workspace: Workspace, cards: dict[str, UUID], partnership: Partnership) -> None:
    found = expectations.likely_matches(workspace, partnership.id)
    assert [(one.holder.id, one.answer.id) for one in found] == [(cards["a"], cards["x"])]
    assert found[0].shared == ("mentor",)
    expectations.match(workspace, cards["a"], cards["x"])
    assert expectations.likely_matches(workspace, partnership.id) == []
