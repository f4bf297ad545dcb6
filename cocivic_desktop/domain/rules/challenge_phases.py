"""The phases of a challenge in the school year: which days to propose, and what is wrong with those that are set.

Five phases from understanding the need to looking back (handbook, chapters 3 and 4: Kolb's cycle of experience,
reflection, concept and experiment). The shares of the weeks are ours: building takes longest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from cocivic_desktop.domain.goals import Challenge, ChallengePhase, phase_ends
from cocivic_desktop.domain.rules.teaching_weeks import TeachingWeek, YearView, teaching_weeks
from cocivic_desktop.domain.school_years import PeriodKind

SHARES: Final = {
    ChallengePhase.UNDERSTAND: 4,
    ChallengePhase.IDEATE: 4,
    ChallengePhase.BUILD: 8,
    ChallengePhase.SHOW: 2,
    ChallengePhase.REFLECT: 2,
}
"""Parts of twenty of the weeks that each phase gets."""


class PhaseProblem(StrEnum):
    """Why the end of a phase cannot stay where it is."""

    BEFORE_EARLIER = "before_earlier"
    CLOSED = "closed"
    OUTSIDE_TERM = "outside_term"
    ASSESSMENT = "assessment"
    AFTER_END = "after_end"


@dataclass(frozen=True)
class PhaseSpan:
    """One phase: the days from the end of the one before to its own, and the teaching weeks that they touch."""

    phase: ChallengePhase
    starts_on: date | None
    ends_on: date | None
    weeks: int | None = None
    problem: PhaseProblem | None = None


def propose(year: YearView, first: date, last: date, phases: Sequence[ChallengePhase]) -> dict[ChallengePhase, date]:
    """The days by which `phases` end, from `first` to `last`: each the last school day of a teaching week.

    Weeks that lie in an assessment period as a whole are left out. Empty when there are fewer weeks than phases.
    """
    weeks = [week for week in teaching_weeks(year, first, last) if not _is_assessment(year, week)]
    counts = _shared_out(len(weeks), phases)
    ends: dict[ChallengePhase, date] = {}
    used = 0
    for phase, count in zip(phases, counts, strict=True) if counts else ():
        used += count
        ends[phase] = max(day for day in weeks[used - 1].days if first <= day <= last)
    return ends


def spans(challenge: Challenge, year: YearView | None, first: date | None, last: date | None) -> list[PhaseSpan]:
    """All phases in order, from `first` to `last` of the partnership where they are known."""
    ends = phase_ends(challenge)
    found: list[PhaseSpan] = []
    begins, latest = first, date.min
    for phase in ChallengePhase:
        due = ends.get(phase)
        if due is None:
            found.append(PhaseSpan(phase, None, None))
            continue
        weeks = len(teaching_weeks(year, begins, due)) if year is not None and begins and begins <= due else None
        starts = begins if begins is not None and begins <= due else None
        found.append(PhaseSpan(phase, starts, due, weeks, _problem(due, latest, last, year)))
        latest, begins = max(latest, due), max(latest, due) + timedelta(days=1)
    return found


def _problem(due: date, latest: date, last: date | None, year: YearView | None) -> PhaseProblem | None:
    if due <= latest:
        return PhaseProblem.BEFORE_EARLIER
    if last is not None and due > last:
        return PhaseProblem.AFTER_END
    if year is None:
        return None
    if year.term_on(due) is None:
        return PhaseProblem.OUTSIDE_TERM
    if year.closure_on(due) is not None:
        return PhaseProblem.CLOSED
    return PhaseProblem.ASSESSMENT if _assessed(year, due) else None


def _is_assessment(year: YearView, week: TeachingWeek) -> bool:
    return all(_assessed(year, day) for day in week.days)


def _assessed(year: YearView, day: date) -> bool:
    return any(
        period.kind is PeriodKind.ASSESSMENT and period.starts_on <= day <= period.ends_on for period in year.periods
    )


def _shared_out(weeks: int, phases: Sequence[ChallengePhase]) -> list[int]:
    """Whole weeks for each phase by its share, at least one each; empty when there are too few."""
    if not phases or weeks < len(phases):
        return []
    total = sum(SHARES[phase] for phase in phases)
    spare = weeks - len(phases)
    exact = [spare * SHARES[phase] / total for phase in phases]
    counts = [1 + int(part) for part in exact]
    by_rest = sorted(range(len(phases)), key=lambda number: (int(exact[number]) - exact[number], number))
    for number in by_rest[: weeks - sum(counts)]:
        counts[number] += 1
    return counts
