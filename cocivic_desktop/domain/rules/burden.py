"""The burden meter: what a partnership takes from us in a term, and what students contribute (handbook, chapter 7).

Chapter 7.2 of the handbook asks to track the hours of staff and volunteers, the perceived workload and the level of
bureaucracy, so that it can be judged whether the collaboration is worth an organisation's "always scarce" time. It
names no threshold. The verdict here is our own rule of thumb: students' hours for each hour of ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from cocivic_desktop.domain.hours import HourCategory, WorkloadCheckIn
from cocivic_desktop.domain.organisations import PersonKind

EVEN: Final = 1.0
"""Students' hours for each of ours from which on they give back what we put in."""
HALF: Final = 0.5
MUCH_PAPERWORK: Final = 0.2
"""Share of our time from which on paperwork is called much: one hour in five."""
OUR_VOLUNTEERS: Final = frozenset({PersonKind.VOLUNTEER, PersonKind.MENTOR})


class Worth(StrEnum):
    """The verdict on a term."""

    UNKNOWN = "unknown"
    """Too little is noted: no hours of ours, or none of students."""
    GIVES_BACK = "gives_back"
    PARTLY = "partly"
    COSTLY = "costly"


@dataclass(frozen=True, slots=True)
class BurdenSum:
    """Minutes of one term (its id, "" outside all terms), kind of person and category."""

    term: str
    kind: PersonKind
    category: HourCategory
    minutes: int


@dataclass(frozen=True, kw_only=True)
class TermBurden:
    """One term in minutes. `paperwork` is the administration among `staff` and `volunteers`."""

    term: str
    name: str
    starts_on: date | None
    ends_on: date | None
    staff: int
    volunteers: int
    paperwork: int
    school: int
    students: int
    workload: float | None
    """Mean of the check-ins of our side in the term, 1 to 5; None without any."""
    processes: int | None
    """Processes that the agreement names; None without an agreement."""

    @property
    def ours(self) -> int:
        """Minutes of our staff and volunteers."""
        return self.staff + self.volunteers

    @property
    def ratio(self) -> float | None:
        """Students' hours for each hour of ours; None while one of them is missing."""
        return self.students / self.ours if self.ours and self.students else None

    @property
    def paperwork_share(self) -> float:
        """Share of our time that is paperwork."""
        return self.paperwork / self.ours if self.ours else 0.0

    @property
    def worth(self) -> Worth:
        """The verdict by our rule of thumb."""
        if self.ratio is None:
            return Worth.UNKNOWN
        return Worth.GIVES_BACK if self.ratio >= EVEN else Worth.PARTLY if self.ratio >= HALF else Worth.COSTLY


@dataclass(frozen=True)
class TermSpan:
    """A term of the school: id, name, first and last day."""

    id: str
    name: str
    starts_on: date | None = None
    ends_on: date | None = None


def burdens(
    sums: Iterable[BurdenSum], terms: Sequence[TermSpan], workload: Sequence[WorkloadCheckIn], processes: int | None
) -> list[TermBurden]:
    """Each of `terms` with hours, in their order. `workload` are the check-ins of our side."""
    collected = list(sums)
    found = []
    for term in terms:
        mine = [one for one in collected if one.term == term.id]
        if not mine:
            continue
        staff = _minutes(one for one in mine if one.kind is PersonKind.STAFF)
        volunteers = _minutes(one for one in mine if one.kind in OUR_VOLUNTEERS)
        levels = [
            one.level
            for one in workload
            if term.starts_on is not None
            and term.ends_on is not None
            and term.starts_on <= one.asked_on <= term.ends_on
        ]
        found.append(
            TermBurden(
                term=term.id,
                name=term.name,
                starts_on=term.starts_on,
                ends_on=term.ends_on,
                staff=staff,
                volunteers=volunteers,
                paperwork=_minutes(
                    one
                    for one in mine
                    if one.category is HourCategory.ADMINISTRATION
                    and (one.kind is PersonKind.STAFF or one.kind in OUR_VOLUNTEERS)
                ),
                school=_minutes(one for one in mine if one.kind in (PersonKind.TEACHER, PersonKind.LEADERSHIP)),
                students=_minutes(one for one in mine if one.kind is PersonKind.STUDENT),
                workload=sum(levels) / len(levels) if levels else None,
                processes=processes,
            )
        )
    return found


def _minutes(sums: Iterable[BurdenSum]) -> int:
    return sum(one.minutes for one in sums)
