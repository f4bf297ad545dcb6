"""What the sides expect and offer: which cards answer each other, what is still open, and which are likely to match.

A link is stored once, in `matched_with_id` of the card that is answered (its *holder*): several cards may be answered
by one offer. The holder's state is the link's state; an answer has the least settled state of the links that lead to
it. Mismatched expectations are the second most frequent barrier (handbook, chapter 9, p. 26: 55 %).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.partnerships import Expectation, ExpectationKind, MatchState

UNSETTLED_FIRST: Final = (MatchState.MISMATCHED, MatchState.OPEN, MatchState.RESOLVED, MatchState.MATCHED)
"""States from the least settled on."""
WHO_MARK: Final = "→ "
"""Begins the last line of a resolution, which says who sees to it."""
LEAST_LETTERS: Final = 4
"""Shorter words say too little to count as the same."""
STEM: Final = 6
"""Words of this many letters and more count as the same when these first letters are: mentor, mentors, mentoring."""

_WORD: Final = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Link:
    """Two cards that belong together: `holder` is the one that is answered."""

    holder: Expectation
    answer: Expectation

    @property
    def state(self) -> MatchState:
        """How the two stand to each other."""
        return self.holder.state


@dataclass(frozen=True)
class Likely:
    """Two cards that may answer each other, with the words or themes that both speak of. The person decides."""

    holder: Expectation
    answer: Expectation
    shared: tuple[str, ...]


def living(expectations: Iterable[Expectation]) -> list[Expectation]:
    """Those that are not archived."""
    return [one for one in expectations if not one.archived]


def links(expectations: Iterable[Expectation]) -> list[Link]:
    """All links whose two ends are not archived."""
    by_id = {one.id: one for one in living(expectations)}
    return [
        Link(one, by_id[one.matched_with_id])
        for one in by_id.values()
        if one.matched_with_id in by_id and one.matched_with_id != one.id
    ]


def links_of(expectation_id: UUID, expectations: Iterable[Expectation]) -> list[Link]:
    """The links that a card is part of, its own first."""
    found = [link for link in links(expectations) if expectation_id in (link.holder.id, link.answer.id)]
    return sorted(found, key=lambda link: link.holder.id != expectation_id)


def partners(expectation_id: UUID, expectations: Iterable[Expectation]) -> list[Expectation]:
    """The cards at the other end of a card's links."""
    return [
        link.answer if link.holder.id == expectation_id else link.holder
        for link in links_of(expectation_id, expectations)
    ]


def order_of_pair(first: Expectation, second: Expectation) -> tuple[Expectation, Expectation]:
    """Which of two cards is answered (holds the link), and which answers: what is expected comes before an offer."""
    if first.kind is ExpectationKind.OFFERS and second.kind is ExpectationKind.EXPECTS:
        return second, first
    return first, second


def state_of_answer(states: Iterable[MatchState]) -> MatchState:
    """The state of a card from the links that lead to it: the least settled one; open without any."""
    found = set(states)
    return next((state for state in UNSETTLED_FIRST if state in found), MatchState.OPEN)


def unsettled(expectations: Iterable[Expectation]) -> list[Link | Expectation]:
    """What both sides still have to talk about, mismatches first.

    That is pairs that do not fit, mismatches of one card, and what somebody expects and nobody answers. An offer that
    nobody has asked for is no question.
    """
    present = living(expectations)
    pairs = links(present)
    linked = {end.id for link in pairs for end in (link.holder, link.answer)}
    clashing: list[Link | Expectation] = [link for link in pairs if link.state is MatchState.MISMATCHED]
    clashing += [one for one in present if one.state is MatchState.MISMATCHED and one.id not in linked]
    unanswered = [
        one
        for one in present
        if one.state is MatchState.OPEN and one.kind is ExpectationKind.EXPECTS and one.id not in linked
    ]
    return [*clashing, *unanswered]


def split_resolution(text: str) -> tuple[str, str]:
    """What a resolution says, and who sees to it (its last line, when that begins with `WHO_MARK`)."""
    what, _, last = text.rstrip().rpartition("\n")
    if last.startswith(WHO_MARK):
        return what.rstrip(), last[len(WHO_MARK) :].strip()
    return text.rstrip(), ""


def join_resolution(what: str, who: str) -> str:
    """The two in one text, as it is stored and printed."""
    who = " ".join(who.split())
    return "\n".join(part for part in (what.strip(), f"{WHO_MARK}{who}" if who else "") if part)


def likely_matches(
    expectations: Iterable[Expectation], themes: Mapping[str, Sequence[str]], ordinary: Collection[str] = ()
) -> list[Likely]:
    """Open expectations with the offers of other sides that speak of the same, the most alike first.

    `themes` gives beginnings of words by theme, so that "a mentor" and "somebody to coach them" are alike; words in
    `ordinary` say nothing. Both are folded. Only cards without a link are looked at, and each expectation gets its
    three best offers.
    """
    present = living(expectations)
    linked = {link.holder.id for link in links(present)}
    open_ones = [one for one in present if one.state is MatchState.OPEN and one.id not in linked]
    offers = [one for one in present if one.kind is ExpectationKind.OFFERS]
    of = {one.id: (_stems(one.text, ordinary), _themes(one.text, themes)) for one in present}
    found = []
    for wish in open_ones:
        if wish.kind is not ExpectationKind.EXPECTS:
            continue
        scored = []
        for offer in offers:
            if offer.side is wish.side:
                continue
            words = tuple(of[wish.id][0][stem] for stem in of[wish.id][0] if stem in of[offer.id][0])
            common = tuple(sorted(of[wish.id][1] & of[offer.id][1]))
            if words or common:
                scored.append((2 * len(words) + len(common), Likely(wish, offer, words or common)))
        scored.sort(key=lambda pair: -pair[0])
        found += scored[:3]
    return [likely for _, likely in sorted(found, key=lambda pair: -pair[0])]


def _stems(text: str, ordinary: Collection[str]) -> dict[str, str]:
    """The words that say something, by the letters that count, as they stand there."""
    words = ((word, fold(word)) for word in _WORD.findall(text))
    return {folded[:STEM]: word for word, folded in words if len(folded) >= LEAST_LETTERS and folded not in ordinary}


def _themes(text: str, themes: Mapping[str, Sequence[str]]) -> frozenset[str]:
    words = [fold(word) for word in _WORD.findall(text)]
    return frozenset(
        theme for theme, beginnings in themes.items() if any(word.startswith(tuple(beginnings)) for word in words)
    )
