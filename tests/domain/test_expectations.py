"""Which cards of the expectation board belong together, what is open, and what is likely to match."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.partnerships import Expectation, ExpectationKind, MatchState
from cocivic_desktop.domain.rules import expectations as rules
from cocivic_desktop.library.expectation_themes import expectation_themes, ordinary_words

OWNER: UUID = uuid4()


def card(side: Side, kind: ExpectationKind, text: str, state: MatchState = MatchState.OPEN) -> Expectation:
    return Expectation(partnership_id=OWNER, side=side, kind=kind, text=text, state=state)


def wish(text: str, side: Side = Side.SCHOOL, state: MatchState = MatchState.OPEN) -> Expectation:
    return card(side, ExpectationKind.EXPECTS, text, state)


def offer(text: str, side: Side = Side.CSO, state: MatchState = MatchState.OPEN) -> Expectation:
    return card(side, ExpectationKind.OFFERS, text, state)


def likely(*cards: Expectation) -> list[tuple[str, str]]:
    found = rules.likely_matches(cards, expectation_themes(), ordinary_words())
    return [(one.holder.text, one.answer.text) for one in found]


def test_an_expectation_is_answered_by_an_offer_from_whichever_end() -> None:
    first, second = wish("a mentor"), offer("three mentors")
    assert rules.order_of_pair(second, first) == (first, second) == rules.order_of_pair(first, second)
    other = wish("monthly visits", Side.CSO)
    assert rules.order_of_pair(other, first) == (other, first)


def test_an_answer_has_the_least_settled_state_of_its_links() -> None:
    assert rules.state_of_answer([]) is MatchState.OPEN
    assert rules.state_of_answer([MatchState.MATCHED, MatchState.RESOLVED]) is MatchState.RESOLVED
    assert rules.state_of_answer([MatchState.MATCHED, MatchState.MISMATCHED]) is MatchState.MISMATCHED


def test_unsettled_are_mismatches_and_unanswered_expectations_but_no_spare_offers() -> None:
    clash, counter = wish("monthly visits", Side.CSO, MatchState.MISMATCHED), offer("two visits", Side.SCHOOL)
    clash.matched_with_id, counter.state = counter.id, MatchState.MISMATCHED
    waiting, spare, done = wish("marks by June"), offer("pictures"), wish("a room", state=MatchState.RESOLVED)
    away = wish("gone")
    away.archived = True
    found = rules.unsettled([spare, waiting, done, counter, clash, away])
    assert [one.holder.text if isinstance(one, rules.Link) else one.text for one in found] == [
        "monthly visits",
        "marks by June",
    ]


def test_a_link_to_an_archived_card_does_not_count() -> None:
    first, second = wish("a mentor"), offer("three mentors")
    first.matched_with_id, second.archived = second.id, True
    assert rules.links([first, second]) == []
    assert rules.unsettled([first, second]) == [first]


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("A mentor for each team", "Three mentors on Tuesdays"),
        ("Somebody who coaches the teams", "Three mentors"),
        ("Noten bis zum Ende des Halbjahrs", "Rückmeldung zur Bewertung jeder Gruppe"),
        ("Un certificado para el alumnado", "Una referencia firmada"),
        ("Her takıma bir danışman", "Salı günleri üç danışman"),
    ],
)
def test_cards_that_speak_of_the_same_are_likely(wanted: str, given: str) -> None:
    assert likely(wish(wanted), offer(given)) == [(wanted, given)]


def test_other_cards_are_not_likely() -> None:
    assert likely(wish("A mentor for each team"), offer("Pictures and posts about the project")) == []
    assert likely(wish("A mentor", Side.CSO), offer("Mentors", Side.CSO)) == [], "of one side"
    matched = wish("A mentor", state=MatchState.MATCHED)
    assert likely(matched, offer("Mentors")) == [], "settled already"


def test_the_most_alike_come_first_and_at_most_three() -> None:
    wanted = wish("A mentor for repairing bicycles on Tuesdays")
    offers = [offer(text) for text in ("Mentors", "Mentors on Tuesdays", "A coach", "Repairing with mentors, Tuesdays")]
    found = [given for _, given in likely(wanted, *offers)]
    assert found == ["Repairing with mentors, Tuesdays", "Mentors on Tuesdays", "Mentors"]


@pytest.mark.parametrize(
    ("what", "who"), [("Two visits and a film", "Jonas Petersen"), ("Two lines\nof text", ""), ("", "")]
)
def test_a_resolution_keeps_what_and_who(what: str, who: str) -> None:
    assert rules.split_resolution(rules.join_resolution(what, who)) == (what, who)
