"""Dates that take more time than the agreement promises: the conflict `over_commitment` (domain.md, soft).

Used hours count first, then the dates to come in their order: from the one on that no longer fits, each is named.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from cocivic_desktop.domain.agreements import Commitment
from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.rules.conflicts import Conflict, ConflictCode, Parameters, Reason, Severity
from cocivic_desktop.domain.rules.hours import answers_to, budgets, month_of, time_to_come
from cocivic_desktop.domain.rules.recurrence import Occurrence

Key = tuple[UUID, date]


@dataclass
class _Limit:
    """One commitment with the dates to come that answer to it, in their order, and the minutes of each."""

    commitment: Commitment
    promised: int
    used: int
    dates: list[tuple[int, Occurrence, int]] = field(default_factory=list)

    def covers(self, one: Occurrence) -> bool:
        first, last = self.commitment.starts_on, self.commitment.ends_on
        month = month_of(one.on)
        return (first is None or month_of(first) <= month) and (last is None or month <= month_of(last))

    def reason(self, before: int, minutes: int) -> Reason:
        """What is said of a date that takes `minutes` after `before` are gone."""
        parameters: Parameters = {
            "commitment_id": self.commitment.id,
            "side": self.commitment.side,
            "role": self.commitment.role,
            "promised_minutes": self.promised,
            "forecast_minutes": before + minutes,
            "over_minutes": before + minutes - self.promised,
            "left_minutes": max(0, self.promised - before),
        }
        return ConflictCode.OVER_COMMITMENT, Severity.SOFT, parameters


class Limits:
    """The commitments of a partnership with the hours used and planned, for questions about dates to come.

    A commitment that promises nothing yet, as one per session before any is planned, is no limit.
    """

    def __init__(self, view: PartnershipView, today: date) -> None:
        self._view, self._today = view, today
        self.limits = [
            _Limit(budget.commitment, budget.promised, budget.used)
            for budget in budgets(view, today)
            if budget.promised > 0
        ]
        for number, one, minutes in self._times(view):
            self.limits[number].dates.append((one.begins, one, minutes))
        for limit in self.limits:
            limit.dates.sort(key=lambda each: each[0])

    def standing(self) -> Iterator[tuple[Occurrence, Reason]]:
        """The dates to come that no longer fit, by commitment and date."""
        for limit in self.limits:
            total = limit.used
            for _, one, minutes in limit.dates:
                if total + minutes > limit.promised:
                    yield one, limit.reason(total, minutes)
                total += minutes

    def reasons(self, one: Occurrence) -> list[Reason]:
        """Which promises would be exceeded if a date took place like this, all others staying as they are."""
        mine = [each for each in self._view.participations if each.activity_id == one.activity_id]
        found: list[Reason] = []
        for number, _, minutes in self._times(replace(self._view, occurrences=[one], participations=mine)):
            limit = self.limits[number]
            before = limit.used + sum(
                each[2]
                for each in limit.dates[: bisect_left(limit.dates, one.begins, key=lambda each: each[0])]
                if (each[1].activity_id, each[1].original_on) != (one.activity_id, one.original_on)
            )
            if before + minutes > limit.promised:
                found.append(limit.reason(before, minutes))
        return found

    def _times(self, view: PartnershipView) -> Iterator[tuple[int, Occurrence, int]]:
        """The number of a commitment, a date that answers to it, and its minutes."""
        sums: dict[tuple[int, Key], int] = {}
        dates: dict[Key, Occurrence] = {}
        for one, side, role, kind, minutes in time_to_come(view, self._today):
            for number, limit in enumerate(self.limits):
                if limit.covers(one) and answers_to(limit.commitment, side, role, kind):
                    key = (one.activity_id, one.original_on)
                    dates[key] = one
                    sums[number, key] = sums.get((number, key), 0) + minutes
        for (number, key), minutes in sums.items():
            yield number, dates[key], minutes


def over_commitments(view: PartnershipView, today: date) -> list[Conflict]:
    """The dates after `today` with which the hours used and planned exceed a commitment, by commitment and date.

    `parameters`: `commitment_id`, `side`, `role`, `promised_minutes`, `forecast_minutes` (used and planned up to and
    with this date), `over_minutes`, and `left_minutes` that the promise still had before it.
    """
    found: list[Conflict] = []
    for one, reason in Limits(view, today).standing():
        noted = view.activities_by_id[one.activity_id].conflict_note or one.note
        found.append(Conflict(one.activity_id, one.original_on, *reason, bool(noted.strip())))
    return found
