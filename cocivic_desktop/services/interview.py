"""The guided interview of an agreement with the questions that open expectations ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.agreements import Agreement
from cocivic_desktop.domain.partnerships import Expectation, MatchState
from cocivic_desktop.domain.rules.interview import EXPECTATION_KEY, Interview, Item, Source, Standing, question_items
from cocivic_desktop.library.clauses import clause_library
from cocivic_desktop.library.questions import questions
from cocivic_desktop.services import expectations
from cocivic_desktop.services.drafts import Draft
from cocivic_desktop.services.expectations import OpenExpectation

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace


@dataclass(frozen=True)
class Asked:
    """The interview of a draft; `cards` are the expectations that its questions are about, by id."""

    interview: Interview
    cards: dict[UUID, OpenExpectation]
    board: list[Expectation]


def nothing() -> Asked:
    """The interview of no draft."""
    return Asked(Interview(()), {}, [])


def interview(workspace: Workspace, draft: Draft) -> Asked:
    """All questions of a draft: those of the library, then those that expectations ask.

    A mismatch that is resolved counts as answered; what nobody answers is asked, not counted when it is matched.
    """
    items = question_items(
        questions(),
        draft.open_questions(),
        agreement=draft.agreement,
        partnership=draft.partnership,
        answers=draft.answers,
        facts=draft.facts,
        clauses=draft.included,
        library=clause_library(),
    )
    board = expectations.board(workspace, draft.partnership.id)
    cards = {one.expectation.id: one for one in expectations.open_questions(workspace, draft.partnership.id)}
    asked = [_item(one.expectation, draft.agreement, Standing.OPEN) for one in cards.values()]
    for card in board:
        if card.state is MatchState.RESOLVED and card.resolution.strip() and card.id not in cards:
            other = next((one for one in board if one.id == card.matched_with_id), None)
            cards[card.id] = OpenExpectation(card, other)
            asked.append(_item(card, draft.agreement, Standing.ANSWERED))
    return Asked(Interview((*items, *asked)), cards, board)


def _item(card: Expectation, agreement: Agreement, standing: Standing) -> Item:
    key = f"{EXPECTATION_KEY}{card.id.hex}"
    later = standing is Standing.OPEN and agreement.answers.get(key) == ""
    return Item(
        key=key,
        standing=Standing.LATER if later else standing,
        group="expectations",
        expectation_id=card.id,
        source=Source.PARTNERSHIP if standing is Standing.ANSWERED else None,
    )
