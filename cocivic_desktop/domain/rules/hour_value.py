"""What volunteers' hours are worth to funders, at rates that the organisation sets with their source and year.

A rate counts for hours of its year: the one of the hours' category, else the one for all categories. A rate of
another year is never taken instead; such hours are listed as hours without a rate.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cocivic_desktop.domain.hours import HourCategory, HourRate


@dataclass(frozen=True)
class ValuedHours:
    """Minutes of one year and category, and the rate that was applied; None where there is none."""

    year: int
    category: HourCategory
    minutes: int
    rate: HourRate | None

    @property
    def cents(self) -> int:
        """What they are worth in cents of the rate's currency, rounded half up; 0 without a rate."""
        return (self.minutes * self.rate.amount_cents + 30) // 60 if self.rate is not None else 0


@dataclass(frozen=True)
class RateLine:
    """All hours to which one rate was applied."""

    rate: HourRate
    minutes: int
    cents: int


@dataclass(frozen=True)
class VolunteerValue:
    """The value of volunteer time by rate, and what has none."""

    hours: tuple[ValuedHours, ...]

    @property
    def lines(self) -> list[RateLine]:
        """By rate, oldest year first. The value is that of the minutes together, so that nothing is rounded twice."""
        minutes: dict[int, int] = {}
        rates: dict[int, HourRate] = {}
        for one in self.hours:
            if one.rate is not None:
                rates[id(one.rate)] = one.rate
                minutes[id(one.rate)] = minutes.get(id(one.rate), 0) + one.minutes
        found = [
            RateLine(rate, minutes[key], (minutes[key] * rate.amount_cents + 30) // 60) for key, rate in rates.items()
        ]
        return sorted(found, key=lambda line: (line.rate.year, line.rate.category or "", line.rate.currency))

    @property
    def without_rate(self) -> list[ValuedHours]:
        """Hours whose year has no rate."""
        return [one for one in self.hours if one.rate is None]

    @property
    def totals(self) -> dict[str, int]:
        """Cents by currency."""
        sums: dict[str, int] = {}
        for line in self.lines:
            sums[line.rate.currency] = sums.get(line.rate.currency, 0) + line.cents
        return sums


def rate_for(rates: Sequence[HourRate], year: int, category: HourCategory) -> HourRate | None:
    """The rate for hours of a year and category."""
    this_year = [rate for rate in rates if rate.year == year and not rate.archived]
    own = [rate for rate in this_year if rate.category is category]
    return next(iter(own or [rate for rate in this_year if rate.category is None]), None)


def volunteer_value(hours: Iterable[tuple[int, HourCategory, int]], rates: Sequence[HourRate]) -> VolunteerValue:
    """The value of minutes by year and category."""
    return VolunteerValue(
        tuple(
            ValuedHours(year, category, minutes, rate_for(rates, year, category))
            for year, category, minutes in sorted(hours)
        )
    )
