"""Reading what a model may bring besides: routines, contributions in kind, costs, competences and badges."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cocivic_desktop.domain.agreements import ResourceKind, RoutineKind, RoutineRhythm
from cocivic_desktop.domain.base import LONG_TEXT, SHORT_TEXT, Side
from cocivic_desktop.library.cooperation.drafts import (
    BadgeDraft,
    CompetenceDraft,
    CostDraft,
    ResourceDraft,
    RoutineDraft,
)

if TYPE_CHECKING:
    from cocivic_desktop.library.tables import Table

MOST_TIMES: Final = 366
"""How often something can happen within a year, or anything shorter."""


def routine(table: Table) -> RoutineDraft:
    """A row of the communication routine."""
    found = RoutineDraft(
        kind=table.choice("kind", RoutineKind),
        title=table.text("title", SHORT_TEXT),
        rhythm=table.choice("rhythm", RoutineRhythm),
        count=table.number("count", 1, MOST_TIMES, default=1),
        minutes=table.number("minutes", 0, 24 * 60),
        channel=table.text("channel", SHORT_TEXT, needed=False),
        remark=table.text("remark", SHORT_TEXT, needed=False),
    )
    table.nothing_else()
    return found


def resource(table: Table) -> ResourceDraft:
    """Something that a side brings in kind."""
    found = ResourceDraft(
        kind=table.choice("kind", ResourceKind),
        title=table.text("title", SHORT_TEXT),
        provided_by=table.choice("provided_by", Side),
        quantity=table.text("quantity", SHORT_TEXT, needed=False),
        available=table.text("available", SHORT_TEXT, needed=False),
        remark=table.text("remark", SHORT_TEXT, needed=False),
    )
    table.nothing_else()
    return found


def cost(table: Table) -> CostDraft:
    """A cost and who bears it; `amount` is in whole units of the currency, such as 12.5."""
    amount = table.amount("amount")
    if amount is not None and amount < 0:
        table.report("amount", "must not be less than 0")
    currency = table.word("currency") if table.has("currency") else "EUR"
    if not re.fullmatch("[A-Z]{3}", currency):
        table.report("currency", "must be a code of three capital letters, such as EUR")
    found = CostDraft(
        title=table.text("title", SHORT_TEXT),
        cents=None if amount is None else round(amount * 100),
        currency=currency,
        paid_by=table.choice("paid_by", Side),
        source=table.text("source", SHORT_TEXT, needed=False),
        remark=table.text("remark", SHORT_TEXT, needed=False),
    )
    table.nothing_else()
    return found


def competence(table: Table) -> CompetenceDraft:
    """A competence of the framework."""
    found = CompetenceDraft(
        area=table.text("area", SHORT_TEXT, needed=False),
        name=table.text("name", SHORT_TEXT),
        description=table.text("description", LONG_TEXT, needed=False),
        evidence=table.text("evidence", LONG_TEXT, needed=False),
    )
    table.nothing_else()
    return found


def badge(table: Table, competences: int) -> BadgeDraft:
    """A badge that stands for some of the model's competences."""
    found = BadgeDraft(
        title=table.text("title", SHORT_TEXT),
        description=table.text("description", LONG_TEXT, needed=False),
        criteria=table.texts("criteria", needed=False),
        competences=table.numbers("competences", 1, competences),
        hours=table.amount("workload_hours"),
    )
    table.nothing_else()
    return found
