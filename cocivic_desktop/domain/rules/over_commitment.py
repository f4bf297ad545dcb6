"""Dates that take more time than the agreement promises: the conflict `over_commitment` (domain.md, soft).

Used hours count first, then the dates to come in their order: from the one on that no longer fits, each is named.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.rules.conflicts import Conflict, ConflictCode, Severity
from cocivic_desktop.domain.rules.hours import answers_to, budgets, month_of, time_to_come
from cocivic_desktop.domain.rules.recurrence import Occurrence


def over_commitments(view: PartnershipView, today: date) -> list[Conflict]:
    """The dates after `today` with which the hours used and planned exceed a commitment, by commitment and date.

    `parameters`: `commitment_id`, `side`, `role`, `promised_minutes`, `forecast_minutes` (used and planned up to and
    with this date), `over_minutes`, and `left_minutes` that the promise still had before it. A commitment that
    promises nothing yet, as one per session before any is planned, is no limit.
    """
    found: list[Conflict] = []
    coming = sorted(time_to_come(view, today), key=lambda each: each[0].begins)
    for budget in budgets(view, today):
        commitment, total = budget.commitment, budget.used
        if budget.promised <= 0:
            continue
        first = month_of(commitment.starts_on) if commitment.starts_on else ""
        last = month_of(commitment.ends_on) if commitment.ends_on else "9999-12"
        by_date: dict[tuple[UUID, date], int] = {}
        dates: dict[tuple[UUID, date], Occurrence] = {}
        for one, side, role, kind, minutes in coming:
            if first <= month_of(one.on) <= last and answers_to(commitment, side, role, kind):
                key = (one.activity_id, one.original_on)
                dates[key] = one
                by_date[key] = by_date.get(key, 0) + minutes
        for key, minutes in by_date.items():
            left = max(0, budget.promised - total)
            total += minutes
            if total > budget.promised:
                one = dates[key]
                noted = view.activities_by_id[one.activity_id].conflict_note or one.reason
                found.append(
                    Conflict(
                        one.activity_id,
                        one.original_on,
                        ConflictCode.OVER_COMMITMENT,
                        Severity.SOFT,
                        {
                            "commitment_id": commitment.id,
                            "side": commitment.side,
                            "role": commitment.role,
                            "promised_minutes": budget.promised,
                            "forecast_minutes": total,
                            "over_minutes": total - budget.promised,
                            "left_minutes": left,
                        },
                        bool(noted.strip()),
                    )
                )
    return found
