"""The expectation board: matching what the sides expect with what they offer, and settling what does not fit.

Every function that writes is one undoable step. What stays unsettled is a question of the agreement interview
(`open_questions`), whose answer settles it (`settle`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import InvalidField
from cocivic_desktop.domain.partnerships import Expectation, MatchState
from cocivic_desktop.domain.rules import expectations as rules
from cocivic_desktop.services import records

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace


@dataclass(frozen=True)
class OpenExpectation:
    """What both sides still have to talk about. `other` is the card that clashes with it; None: nobody answers it."""

    expectation: Expectation
    other: Expectation | None = None

    @property
    def mismatch(self) -> bool:
        """Whether something does not fit, rather than being unanswered."""
        return self.expectation.state is MatchState.MISMATCHED


def board(workspace: Workspace, partnership_id: UUID, *, archived: bool = False) -> list[Expectation]:
    """All cards of a partnership in their order; with `archived` those put away too."""
    return records.find(
        workspace, Expectation, archived=None if archived else False, order="position", partnership_id=partnership_id
    )


def open_questions(workspace: Workspace, partnership_id: UUID) -> list[OpenExpectation]:
    """What the meeting's agenda and the agreement interview have to ask, mismatches first."""
    return [
        OpenExpectation(one.holder, one.answer) if isinstance(one, rules.Link) else OpenExpectation(one)
        for one in rules.unsettled(board(workspace, partnership_id))
    ]


def likely_matches(workspace: Workspace, partnership_id: UUID) -> list[rules.Likely]:
    """Open expectations with offers of other sides that speak of the same; the person decides."""
    from cocivic_desktop.library.expectation_themes import expectation_themes, ordinary_words

    return rules.likely_matches(board(workspace, partnership_id), expectation_themes(), ordinary_words())


def match(workspace: Workspace, first_id: UUID, second_id: UUID) -> Changes:
    """Say that two cards answer each other. A link that the answered one had before is given up.

    Raises `InvalidField` for a card with itself or with one of another partnership, `NotFound`.
    """
    return _link(workspace, first_id, second_id, MatchState.MATCHED, "match_expectations")


def mark_mismatch(workspace: Workspace, first_id: UUID, second_id: UUID | None = None) -> Changes:
    """Say that two cards do not fit each other; without a second one, that a card (with its link) is a mismatch.

    Raises `InvalidField`, `NotFound` as `match`.
    """
    if second_id is not None:
        return _link(workspace, first_id, second_id, MatchState.MISMATCHED, "mismatch_expectation")
    return _set(workspace, first_id, "mismatch_expectation", state=MatchState.MISMATCHED)


def fit(workspace: Workspace, expectation_id: UUID) -> Changes:
    """Say that a card and what it is linked with fit each other after all."""
    return _set(workspace, expectation_id, "match_expectations", state=MatchState.MATCHED)


def part(workspace: Workspace, expectation_id: UUID) -> Changes:
    """Take a card's links apart; it and those that it leaves alone are open again. Resolutions stay written."""
    with workspace.write(
        "part_expectations", records.label_of(records.get(workspace, Expectation, expectation_id))
    ) as unit:
        card = unit.get(Expectation, expectation_id)
        cards = _cards(unit, card.partnership_id)
        touched = [card]
        for link in rules.links_of(card.id, cards):
            link.holder.matched_with_id, link.holder.state = None, MatchState.OPEN
            touched += [link.holder, link.answer]
        card.state = MatchState.OPEN
        _derive(cards, touched)
    return workspace.last_changes


def resolve(workspace: Workspace, expectation_id: UUID, what: str, who: str = "") -> Changes:
    """Write down how a mismatch is solved, and who sees to it; the card and its counterpart are resolved.

    Raises `InvalidField` while `what` says nothing: the agreement refers to it.
    """
    if not what.strip():
        raise InvalidField("resolution", "required")
    text = rules.join_resolution(what, who)
    return _set(workspace, expectation_id, "resolve_expectation", state=MatchState.RESOLVED, resolution=text)


settle = resolve
"""The answer to a question of the agreement interview."""


def write_resolution(workspace: Workspace, expectation_id: UUID, what: str, who: str = "") -> Changes:
    """Note how a mismatch may be solved, without saying that it is."""
    return _set(workspace, expectation_id, "change_expectation", resolution=rules.join_resolution(what, who))


def resolution(expectation_id: UUID, cards: Iterable[Expectation]) -> tuple[str, str]:
    """How a card's mismatch is solved, and who sees to it: written at the card that holds the link."""
    present = list(cards)
    holder = _holder(expectation_id, present)
    return rules.split_resolution(holder.resolution) if holder is not None else ("", "")


def _holder(expectation_id: UUID, cards: list[Expectation]) -> Expectation | None:
    """The card that keeps state and resolution: of the card's links, the least settled one's holder; else itself."""
    found = rules.links_of(expectation_id, cards)
    own = next((one for one in cards if one.id == expectation_id), None)
    if not found or found[0].holder.id == expectation_id:
        return own
    return min(found, key=lambda link: rules.UNSETTLED_FIRST.index(link.state)).holder


def _set(workspace: Workspace, expectation_id: UUID, action: str, **fields: object) -> Changes:
    """Change what the holder of a card's link keeps; its counterpart's state follows."""
    label = records.label_of(records.get(workspace, Expectation, expectation_id))
    with workspace.write(action, label) as unit:
        cards = _cards(unit, unit.get(Expectation, expectation_id).partnership_id)
        holder = _holder(expectation_id, cards)
        if holder is None:  # archived: it has no links that count
            holder = unit.get(Expectation, expectation_id)
        for name, value in fields.items():
            setattr(holder, name, value)
        _derive(cards, [link.answer for link in rules.links_of(holder.id, cards)])
    return workspace.last_changes


def _link(workspace: Workspace, first_id: UUID, second_id: UUID, state: MatchState, action: str) -> Changes:
    first, second = (records.get(workspace, Expectation, id) for id in (first_id, second_id))
    if first_id == second_id or first.partnership_id != second.partnership_id:
        raise InvalidField("matched_with_id", "not_a_choice")
    with workspace.write(action, records.label_of(first)) as unit:
        holder, answer = rules.order_of_pair(unit.get(Expectation, first_id), unit.get(Expectation, second_id))
        cards = _cards(unit, holder.partnership_id)
        before = [one for one in cards if one.id == holder.matched_with_id]
        if answer.matched_with_id == holder.id:  # the same pair, held from the other end
            answer.matched_with_id = None
        holder.matched_with_id, holder.state = answer.id, state
        _derive(cards, [*before, answer])
    return workspace.last_changes


def _derive(cards: list[Expectation], touched: Iterable[Expectation]) -> None:
    """Give cards that others lead to the state of those links; a card that holds a link of its own keeps its own."""
    for card in touched:
        found = rules.links_of(card.id, cards)
        if not any(link.holder.id == card.id for link in found):
            state = rules.state_of_answer(link.state for link in found)
            if card.state is not state:
                card.state = state


def _cards(unit: UnitOfWork, partnership_id: UUID) -> list[Expectation]:
    return unit.find(Expectation, partnership_id=partnership_id)
