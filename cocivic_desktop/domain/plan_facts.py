"""What a plan of the school year says, in plain facts, for the document, the workbook and the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from cocivic_desktop.domain.activities import ActivityKind
from cocivic_desktop.domain.school_years import PeriodKind


@dataclass(frozen=True, kw_only=True)
class PlanDate:
    """One date of ours. Times are wall clock where it takes place; none means the whole day."""

    on: date
    title: str
    kind: ActivityKind
    starts_at: time | None = None
    ends_at: time | None = None
    place: str = ""
    who: str = ""
    tentative: bool = False
    cancelled: bool = False
    learners: int | None = None
    materials: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class PlanPeriod:
    """What the school has on some days, both inclusive."""

    name: str
    kind: PeriodKind
    starts_on: date
    ends_on: date
    closes: bool


@dataclass(frozen=True, kw_only=True)
class PlanWeek:
    """A week from Monday to Sunday. `number` is that of the teaching week, None without teaching."""

    monday: date
    term: str = ""
    number: int | None = None
    letter: str = ""
    periods: Sequence[PlanPeriod] = ()
    dates: Sequence[PlanDate] = ()

    @property
    def sunday(self) -> date:
        """The last day."""
        return self.monday + timedelta(days=6)


@dataclass(frozen=True, kw_only=True)
class YearPlan:
    """What the documents say."""

    partnership: str
    school: str
    organisation: str
    year: str
    as_of: date
    weeks: Sequence[PlanWeek] = field(default_factory=tuple)
    has_year: bool = True
    """Whether the school's year is known."""
    confirmed_on: date | None = None
    letters_used: bool = False
    """Whether A and B weeks matter to any date."""
