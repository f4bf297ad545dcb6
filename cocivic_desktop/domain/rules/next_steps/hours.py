"""Next steps of stage 5: hours that are missing, unconfirmed, or more than was promised."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from cocivic_desktop.domain.activities import ActivityKind
from cocivic_desktop.domain.hours import HourState
from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.partnerships import Stage
from cocivic_desktop.domain.rules.hours import Budget, budgets
from cocivic_desktop.domain.rules.next_steps.base import NextStep, Rule, Steps, Urgency, days_since, excerpt

_STAGE = Steps(Stage.HOURS)
SILENT_DAYS = 21
"""Three weeks of activity without an hour noted down."""
NEARLY_PERCENT = 80
"""Share of a commitment from which its end is in sight, where our organisation has set none."""
OLD_DAYS = 30
"""Logged hours should be confirmed within a month."""


def hours_silent(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """Sessions took place in the last three weeks and no hours were noted."""
    first = today - timedelta(days=SILENT_DAYS)
    if any(total.last_on >= first for total in view.hour_totals):
        return
    held = sum(
        1
        for one in view.occurrences
        if first <= one.on < today
        and not one.cancelled
        and (activity := view.activities_by_id.get(one.activity_id)) is not None
        and activity.kind is not ActivityKind.DEADLINE
    )
    if held:
        yield _STAGE.step(view, "hours_silent", section="planned", count=held, days=SILENT_DAYS)


def commitment_used(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """A promise of hours is nearly used up, used up, or will be exceeded by what is planned."""
    ours = view.our_organisation
    nearly = ours.hour_warning_percent if ours is not None else NEARLY_PERCENT
    for budget in budgets(view, today):
        used, forecast = budget.used_percent, budget.forecast_percent
        if used is None or forecast is None:
            continue
        if used >= 100:
            yield _budget_step(view, "commitment_exceeded", Urgency.NOW, budget, used)
        elif used >= nearly:
            yield _budget_step(view, "commitment_nearly_used", Urgency.SOON, budget, used)
        elif forecast > 100:
            yield _budget_step(view, "commitment_forecast_over", Urgency.SOON, budget, forecast)


def _budget_step(view: PartnershipView, code: str, urgency: Urgency, budget: Budget, percent: int) -> NextStep:
    commitment = budget.commitment
    return _STAGE.step(
        view,
        code,
        urgency,
        section="budget",
        opens=commitment,
        side=commitment.side,
        role=excerpt(commitment.role),
        percent=percent,
        promised_minutes=budget.promised,
    )


def unconfirmed_old(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """Hours have waited for a confirmation for more than a month."""
    old = [
        total
        for total in view.hour_totals
        if total.state is HourState.LOGGED and days_since(total.first_on, today) > OLD_DAYS
    ]
    if old:
        first_on = min(total.first_on for total in old)
        yield _STAGE.step(
            view,
            "unconfirmed_old",
            section="confirm",
            count=sum(total.entries for total in old),
            first_on=first_on,
        )


def attendance_missing(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """Sessions with a class took place and nobody wrote down who or how many were there."""
    noted = {total.activity_id for total in view.attendance}
    noted |= {change.activity_id for change in view.overrides if change.head_count is not None}
    held = {one.activity_id for one in view.occurrences if one.on < today and not one.cancelled} - noted
    missing = (
        activity
        for activity in view.activities
        if activity.kind in (ActivityKind.SESSION, ActivityKind.WORKSHOP)
        and activity.head_count is None
        and activity.id in held
    )
    return _STAGE.counted(
        view,
        "attendance_missing",
        missing,
        Urgency.LATER,
        section="attendance",
        says=lambda first: {"activity": excerpt(first.title)},
    )


RULES: Final[tuple[Rule, ...]] = (hours_silent, commitment_used, unconfirmed_old, attendance_missing)
