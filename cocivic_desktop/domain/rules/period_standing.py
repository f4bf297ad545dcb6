"""How far a period of a school's calendar can be relied on: confirmed, checked, stale, or only an estimate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from cocivic_desktop.domain.school_years import CalendarPeriod, PeriodSource, SchoolYear

STALE_DAYS: Final = 90
"""Days without a look at the source after which a coming period counts as stale.

A term has at least some twelve weeks, and schools settle examination days and movable days off term by term: what
nobody has compared for longer than that stems from the planning of an earlier term.
"""


class Standing(StrEnum):
    """The one word that matters most about a period."""

    ESTIMATE = "estimate"
    STALE = "stale"
    UNCHECKED = "unchecked"
    """Nobody has noted that it was compared with its source."""
    CONFIRMED = "confirmed"
    CHECKED = "checked"
    BY_LAW = "by_law"
    """A public holiday that is the same every year or computed; it need not be checked."""
    PAST = "past"


@dataclass(frozen=True)
class PeriodStanding:
    """How a period stands, with the days it follows from."""

    standing: Standing
    checked_on: date | None
    confirmed_on: date | None
    days_since_check: int | None


def period_standing(period: CalendarPeriod, year: SchoolYear, today: date) -> PeriodStanding:
    """How a period stands on a day. What was noted for the year counts for its periods.

    A confirmation of the year counts only for what was in it then: not for what was imported later.
    """
    imported = period.imported_at.date() if period.imported_at is not None else None
    seen = [day for day in (period.checked_on, year.checked_on, imported) if day is not None]
    checked_on = max(seen, default=None)
    confirmed_on = period.confirmed_on
    if confirmed_on is None and year.confirmed_on is not None and (imported is None or imported <= year.confirmed_on):
        confirmed_on = year.confirmed_on
    since = (today - checked_on).days if checked_on is not None else None
    return PeriodStanding(_standing(period, today, since, confirmed_on), checked_on, confirmed_on, since)


def _standing(period: CalendarPeriod, today: date, since: int | None, confirmed_on: date | None) -> Standing:
    if period.ends_on < today:
        return Standing.PAST
    if period.estimate:
        return Standing.ESTIMATE
    if period.source is PeriodSource.OFFLINE:
        return Standing.BY_LAW
    if since is None:
        return Standing.CONFIRMED if confirmed_on is not None else Standing.UNCHECKED
    if since > STALE_DAYS:
        return Standing.STALE
    return Standing.CONFIRMED if confirmed_on is not None else Standing.CHECKED
