"""The hour budget over time: promised, used and planned minutes by month, what is left, and where to look.

Promises count for all people of a side and role together, as the agreement says them; "per head" is the promise
divided by the people of the partnership who answer to it. A promise is spread evenly over its days, so that a month
gets the share of its days; what was used in a month is counted as it happened. Hours that would answer to several
promises count for the first of them, hours that answer to none have rows of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from cocivic_desktop.domain.agreements import Commitment
from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.hours import HourState
from cocivic_desktop.domain.organisations import PersonKind
from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.rules.hours import Budget, answers_to, budgets, month_of, planned_times, role_of


class BudgetState(StrEnum):
    """What a promise needs."""

    NO_TIME = "no_time"
    FITS = "fits"
    WARNED = "warned"
    WILL_EXCEED = "will_exceed"
    EXCEEDED = "exceeded"


@dataclass(frozen=True, kw_only=True)
class Promise:
    """One promise, and how many members of the partnership answer to it."""

    budget: Budget
    people: int
    state: BudgetState

    @property
    def per_head(self) -> int | None:
        """Minutes of the promise for each of the people; None while nobody is named."""
        return round(self.budget.promised / self.people) if self.people else None


@dataclass(frozen=True, kw_only=True)
class BudgetRow:
    """Minutes of one side and role in one month. Without a `commitment` nothing is promised for them."""

    side: Side
    role: str
    month: str
    commitment: Commitment | None = None
    promised: int = 0
    used: int = 0
    confirmed: int = 0
    planned: int = 0

    @property
    def forecast(self) -> int:
        """What the month will have taken when all that is planned has taken place."""
        return self.used + self.planned


@dataclass(frozen=True)
class BurnPoint:
    """What is left at the end of a month, in minutes; below 0 when more was used than promised.

    `even`: if the promise were used evenly. `left`: after what was used; None for months to come. `expected`: after
    what is planned, too; None before the present month.
    """

    month: str
    even: int
    left: int | None
    expected: int | None


@dataclass(frozen=True, kw_only=True)
class HourBudget:
    """The budget of a partnership on `today`."""

    promises: tuple[Promise, ...]
    rows: tuple[BudgetRow, ...]
    warning_percent: int
    today: date

    @property
    def used(self) -> int:
        """Minutes used, whether promised or not."""
        return sum(row.used for row in self.rows)

    @property
    def confirmed(self) -> int:
        """Minutes of them that are confirmed."""
        return sum(row.confirmed for row in self.rows)

    def burn_down(self, commitments: Sequence[Commitment]) -> list[BurnPoint]:
        """What is left of these promises together, month by month; empty when they promise nothing."""
        ids = {one.id for one in commitments}
        rows = [row for row in self.rows if row.commitment is not None and row.commitment.id in ids]
        return list(_burn(rows, month_of(self.today))) if any(row.promised for row in rows) else []


def hour_budget(view: PartnershipView, today: date, warning_percent: int) -> HourBudget:
    """How the promises of a partnership stand on `today`, with a warning from this share of a promise on."""
    found = budgets(view, today)
    return HourBudget(
        promises=tuple(
            Promise(budget=one, people=people_of(view, one.commitment), state=_state(one, warning_percent))
            for one in found
        ),
        rows=tuple(_rows(view, found, today)),
        warning_percent=warning_percent,
        today=today,
    )


def people_of(view: PartnershipView, commitment: Commitment) -> int:
    """How many members of the partnership answer to a promise."""
    count = 0
    for member in view.members:
        person = view.people_by_id.get(member.person_id)
        side = view.side_of_person(member.person_id, member.role)
        count += answers_to(commitment, side, member.role, person.kind if person else None)
    return count


def _state(budget: Budget, warning_percent: int) -> BudgetState:
    if budget.promised <= 0:
        return BudgetState.NO_TIME
    if budget.used > budget.promised:
        return BudgetState.EXCEEDED
    if budget.forecast > budget.promised:
        return BudgetState.WILL_EXCEED
    return BudgetState.WARNED if 100 * budget.used >= warning_percent * budget.promised else BudgetState.FITS


def _rows(view: PartnershipView, found: Sequence[Budget], today: date) -> list[BudgetRow]:
    cells: dict[tuple[int, Side, str, str], dict[str, int]] = {}

    def add(side: Side, role: str, kind: PersonKind | None, month: str, **minutes: int) -> None:
        place = _promise_of(found, side, role, kind, month)
        shown = found[place].commitment.role if place < len(found) else role_of(role, kind)
        cell = cells.setdefault((place, side, shown, month), {})
        for name, each in minutes.items():
            cell[name] = cell.get(name, 0) + each

    for total in view.hour_totals:
        confirmed = total.minutes if total.state is HourState.CONFIRMED else 0
        add(total.side, total.role, total.kind, total.month, used=total.minutes, confirmed=confirmed)
    for coming in planned_times(view, today):
        add(coming.side, coming.role, coming.kind, coming.month, planned=coming.minutes)
    for place, budget in enumerate(found):
        commitment = budget.commitment
        first, last = commitment.starts_on or view.starts_on, commitment.ends_on or view.ends_on
        for month, minutes in spread(budget.promised, first, last):
            cells.setdefault((place, commitment.side, commitment.role, month), {})["promised"] = minutes
    return [
        BudgetRow(
            side=side,
            role=role,
            month=month,
            commitment=found[place].commitment if place < len(found) else None,
            **cells[place, side, role, month],
        )
        for place, side, role, month in sorted(cells, key=lambda key: (key[0], list(Side).index(key[1]), *key[2:]))
    ]


def _promise_of(found: Sequence[Budget], side: Side, role: str, kind: PersonKind | None, month: str) -> int:
    """The place of the first promise that these hours answer to; behind the last where there is none."""
    for place, budget in enumerate(found):
        one = budget.commitment
        first = month_of(one.starts_on) if one.starts_on else ""
        last = month_of(one.ends_on) if one.ends_on else "9999-12"
        if first <= month <= last and answers_to(one, side, role, kind):
            return place
    return len(found)


def spread(minutes: int, first: date | None, last: date | None) -> list[tuple[str, int]]:
    """Minutes over the months of a period by their days, in whole minutes that add up; nothing while it is open."""
    if first is None or last is None or last < first or minutes <= 0:
        return []
    days = (last - first).days + 1
    shares: list[tuple[str, int]] = []
    gone = given = 0
    start = first
    while start <= last:
        following = date(start.year + start.month // 12, start.month % 12 + 1, 1)
        end = min(last, following - timedelta(days=1))
        gone += (end - start).days + 1
        until = round(minutes * gone / days)
        shares.append((month_of(start), until - given))
        given, start = until, following
    return shares


def _burn(rows: Sequence[BudgetRow], present: str) -> Iterator[BurnPoint]:
    """Hours before the first promised month count in it, those after the last one stand behind it."""
    months = sorted({row.month for row in rows})
    whole = sum(row.promised for row in rows)
    even = left = expected = whole
    for month in months:
        mine = [row for row in rows if row.month == month]
        even -= sum(row.promised for row in mine)
        left -= sum(row.used for row in mine)
        expected -= sum(row.forecast for row in mine)
        yield BurnPoint(month, even, left if month <= present else None, expected if month >= present else None)
