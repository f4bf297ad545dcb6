"""Hours summed up: by person, role and month, and against what was promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.hours import HourState
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.partnership_view import HourTotal
from cocivic_desktop.domain.rules.hours import Budget, MonthRow, budgets, by_month
from cocivic_desktop.services.hour_totals import hour_totals
from cocivic_desktop.services.time_view import time_view

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace


@dataclass(frozen=True)
class HourSummary:
    """Promised, used and planned hours of a partnership: per commitment, and per side, role and month."""

    budgets: tuple[Budget, ...]
    months: tuple[MonthRow, ...]
    used: int
    confirmed: int


def totals(workspace: Workspace, partnership_id: UUID) -> list[HourTotal]:
    """Hours by person, role, month, category and state, summed up in SQL."""
    with workspace.read() as unit:
        ours = unit.first(Organisation, is_ours=True)
        return hour_totals(unit, partnership_id, ours.id if ours else None)


def summary(workspace: Workspace, partnership_id: UUID, today: date) -> HourSummary:
    """Promised, planned, used hours and the forecast, per commitment and per side, role and month."""
    view = time_view(workspace, partnership_id)
    return HourSummary(
        budgets=tuple(budgets(view, today)),
        months=tuple(by_month(view, today)),
        used=sum(total.minutes for total in view.hour_totals),
        confirmed=sum(total.minutes for total in view.hour_totals if total.state is HourState.CONFIRMED),
    )
