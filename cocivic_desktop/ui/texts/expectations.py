"""Words for what the sides expect and offer: on the board, on an agenda, and in the agreement interview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.partnerships import Expectation, ExpectationKind, MatchState
from cocivic_desktop.ui.models.record_table import Chip

if TYPE_CHECKING:
    from cocivic_desktop.library.cooperation.drafts import ExpectationDraft
    from cocivic_desktop.services.expectations import OpenExpectation

translate = QCoreApplication.translate


def who(one: Expectation | ExpectationDraft) -> str:
    """Side and kind in two words: "School expects"."""
    expects = one.kind is ExpectationKind.EXPECTS
    if one.side is Side.CSO:
        return translate("Expectations", "We expect") if expects else translate("Expectations", "We offer")
    if one.side is Side.SCHOOL:
        return translate("Expectations", "School expects") if expects else translate("Expectations", "School offers")
    return translate("Expectations", "Learners expect") if expects else translate("Expectations", "Learners offer")


def said(one: Expectation) -> str:
    """A card in a sentence: "School expects: A mentor for each team"."""
    return translate("Expectations", "{who}: {what}").format(who=who(one), what=" ".join(one.text.split()))


def state_chip(one: Expectation) -> Chip:
    """How a card stands: an expectation that nobody answers, an offer that nobody has asked for, or its state."""
    if one.state is MatchState.OPEN:
        if one.kind is ExpectationKind.EXPECTS:
            return Chip(translate("Expectations", "? unanswered"), "accent")
        return Chip(translate("Expectations", "free"))
    if one.state is MatchState.MISMATCHED:
        return Chip(translate("Expectations", "! mismatch"), "warning")
    if one.state is MatchState.RESOLVED:
        return Chip(translate("Expectations", "✓ resolved"), "good")
    return Chip(translate("Expectations", "✓ matched"), "good")


def question(one: OpenExpectation) -> str:
    """What to ask, as a point of an agenda or a question of the interview."""
    if one.other is not None:
        return translate("Expectations", "{first} – {second}. What do we agree on instead?").format(
            first=said(one.expectation), second=said(one.other)
        )
    if one.mismatch:
        return translate("Expectations", "{first}. This does not fit yet: what do we agree on instead?").format(
            first=said(one.expectation)
        )
    return translate("Expectations", "{first}. Who answers this, and how?").format(first=said(one.expectation))


def why_asked() -> str:
    """Why the question is asked before signing."""
    return translate(
        "Expectations",
        "Expectations that do not match are the second most frequent barrier (55 %). What is said now, the agreement "
        "can name.",
    )
