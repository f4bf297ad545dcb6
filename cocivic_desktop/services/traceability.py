"""Promises of an agreement and how they stand today, and the clause that a figure answers to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.agreements import Agreement, Clause
from cocivic_desktop.domain.base import Entity
from cocivic_desktop.domain.goals import Indicator
from cocivic_desktop.domain.rules.counting_agreement import counting_agreement
from cocivic_desktop.domain.rules.duties import Duty, duties
from cocivic_desktop.domain.rules.feasibility import Verdict, judge
from cocivic_desktop.domain.rules.traceability import Measured, Promise, clause_of, promises
from cocivic_desktop.services.evaluate import indicator_rows
from cocivic_desktop.services.views import partnership_view

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace


@dataclass(frozen=True)
class Standings:
    """All promises of one agreement with today's figures, its duties, and what the calendar says of each promise.

    `names` are those of the indicators, by their id.
    """

    promises: list[Promise]
    duties: list[Duty]
    verdicts: list[Verdict]
    names: dict[UUID, str]


def standings(workspace: Workspace, agreement_id: UUID, today: date, language: str = "en") -> Standings:
    """How an agreement stands today; made for a worker. Raises `NotFound`."""
    with workspace.read() as unit:
        partnership_id = unit.get(Agreement, agreement_id).partnership_id
    view = partnership_view(workspace, partnership_id, agreement_id=agreement_id)
    rows = [row for row in indicator_rows(view, today) if row.indicator is not None]
    measured = [Measured(row.indicator, row.target, row.actual, row.unit) for row in rows if row.indicator is not None]
    return Standings(
        promises=promises(view, today, measured),
        duties=duties(view, today),
        verdicts=judge(view),
        names={row.indicator.id: row.name(language) for row in rows if row.indicator is not None},
    )


def clause_for(workspace: Workspace, record: Entity) -> Clause | None:
    """The clause that a commitment, routine, resource, cost or indicator answers to; None where none stands for it.

    An indicator answers to the agreement that counts in its partnership.
    """
    with workspace.read() as unit:
        agreement_id: UUID | None = getattr(record, "agreement_id", None)
        if isinstance(record, Indicator):
            counting = counting_agreement(unit.find(Agreement, partnership_id=record.partnership_id))
            agreement_id = counting.id if counting is not None else None
        clauses = unit.find(Clause, agreement_id=agreement_id) if agreement_id is not None else []
    return clause_of(clauses, record)
