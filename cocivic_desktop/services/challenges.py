"""Challenges for student teams: their phases in the school year, moving them on, and what became of ideas."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cocivic_desktop.domain.agreements import Agreement
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.goals import (
    Challenge,
    ChallengePhase,
    CoachingNote,
    Solution,
    SolutionKind,
    TeamMember,
    phase_ends,
)
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.rules import challenge_phases
from cocivic_desktop.domain.rules.challenge_phases import PhaseSpan
from cocivic_desktop.domain.rules.counting_agreement import counting_agreement
from cocivic_desktop.services import records
from cocivic_desktop.services.school_years import views_of_schools

if TYPE_CHECKING:
    from cocivic_desktop.domain.rules.teaching_weeks import YearView
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace


@dataclass(frozen=True)
class ChallengeCard:
    """A challenge with what a board or a list says of it. `due_on` is the end of its present phase."""

    challenge: Challenge
    mentor: str = ""
    team: int = 0
    ideas: int = 0
    solutions: int = 0
    adopted: int = 0
    notes: int = 0
    last_note_on: date | None = None

    @property
    def id(self) -> UUID:
        """The challenge's id."""
        return self.challenge.id

    @property
    def phase(self) -> ChallengePhase:
        """The column in which its card lies."""
        return self.challenge.phase

    @property
    def due_on(self) -> date | None:
        """The day by which its present phase ends."""
        return phase_ends(self.challenge).get(self.challenge.phase)

    def is_late(self, today: date) -> bool:
        """Whether the present phase should have ended."""
        return self.due_on is not None and self.due_on < today


def cards(workspace: Workspace, partnership_id: UUID, *, archived: bool | None = False) -> list[ChallengeCard]:
    """The challenges of a partnership in their order, with mentor, team, ideas and notes counted."""
    with workspace.read() as unit:
        found = unit.find(Challenge, archived=archived, order="position", partnership_id=partnership_id)
        ids = [one.id for one in found]
        mentors = [one.mentor_id for one in found if one.mentor_id is not None]
        names = {person.id: person.name for person in unit.find(Person, archived=None, id=mentors)} if mentors else {}
        team, solutions, notes = (_of(unit, cls, ids) for cls in (TeamMember, Solution, CoachingNote))
    return [
        ChallengeCard(
            one,
            names.get(one.mentor_id, "") if one.mentor_id else "",
            len(team.get(one.id, ())),
            sum(each.kind is SolutionKind.IDEA for each in solutions.get(one.id, ())),
            sum(each.kind is SolutionKind.SOLUTION for each in solutions.get(one.id, ())),
            sum(each.adopted for each in solutions.get(one.id, ())),
            len(notes.get(one.id, ())),
            max((each.noted_on for each in notes.get(one.id, ())), default=None),
        )
        for one in found
    ]


def move(workspace: Workspace, challenge_id: UUID, phase: ChallengePhase) -> Changes:
    """Carry a challenge to another phase. Raises `NotFound`."""
    return records.change(workspace, Challenge, challenge_id, phase=phase)


def set_phase_end(workspace: Workspace, challenge_id: UUID, phase: ChallengePhase, day: date | None) -> Changes:
    """Set or empty the day by which a phase ends. Raises `InvalidField`, `NotFound`."""
    stored = records.get(workspace, Challenge, challenge_id)
    dates = {name: text for name, text in stored.phase_dates.items() if name != phase.value}
    if day is not None:
        dates[phase.value] = day.isoformat()
    return records.change(workspace, Challenge, challenge_id, phase_dates=dates)


def phase_spans(workspace: Workspace, challenge_id: UUID) -> list[PhaseSpan]:
    """The phases with their days, teaching weeks, and what is wrong with them. Raises `NotFound`."""
    with workspace.read() as unit:
        challenge = unit.get(Challenge, challenge_id)
        year, first, last = _frame(unit, challenge.partnership_id)
    return challenge_phases.spans(challenge, year, first, last)


def propose_dates(workspace: Workspace, challenge_id: UUID, today: date) -> Changes:
    """Put the present phase and those to come into the teaching weeks that are left; phases that are over stay.

    Raises `BadInput` where the school year is not known or too few teaching weeks are left, `NotFound`.
    """
    with workspace.read() as unit:
        challenge = unit.get(Challenge, challenge_id)
        year, first, last = _frame(unit, challenge.partnership_id)
    if year is None:
        raise BadInput("The school year is not known yet. Enter its terms and holidays in stage 4, then try again.")
    phases = list(ChallengePhase)
    coming = phases[phases.index(challenge.phase) :]
    first = max(first or today, today)
    last = last or max((span.ends_on for span in year.spans if span.starts_on <= first), default=first)
    proposed = challenge_phases.propose(year, first, last, coming)
    if not proposed:
        raise BadInput(
            f"From {first:%d.%m.%Y} to {last:%d.%m.%Y} there are too few teaching weeks for {len(coming)} phases. "
            "Check the partnership's end and the school year, or set the days by hand."
        )
    kept = {phase.value: day.isoformat() for phase, day in phase_ends(challenge).items() if phase not in coming}
    dates = {**kept, **{phase.value: day.isoformat() for phase, day in proposed.items()}}
    return records.change(workspace, Challenge, challenge_id, phase_dates=dates)


def make_solution(workspace: Workspace, solution_id: UUID) -> Changes:
    """An idea has become a solution. Raises `NotFound`."""
    return records.change(workspace, Solution, solution_id, kind=SolutionKind.SOLUTION)


def change_solution(workspace: Workspace, solution_id: UUID, /, **fields: Any) -> Changes:
    """Set fields of an idea or solution. What is adopted is a solution. Raises `InvalidField`, `NotFound`."""
    if fields.get("adopted"):
        fields = {"kind": SolutionKind.SOLUTION, **fields}
    return records.change(workspace, Solution, solution_id, **fields)


def _frame(unit: UnitOfWork, partnership_id: UUID) -> tuple[YearView | None, date | None, date | None]:
    """The school's year, and the first and last day of the partnership (the agreement's where there is one)."""
    partnership = unit.get(Partnership, partnership_id)
    agreement = counting_agreement(unit.find(Agreement, partnership_id=partnership_id))
    first = (agreement.starts_on if agreement is not None else None) or partnership.starts_on
    last = (agreement.ends_on if agreement is not None else None) or partnership.ends_on
    return views_of_schools(unit, [partnership.school_id]).get(partnership.school_id), first, last


def _of(unit: UnitOfWork, cls: type[Any], ids: Iterable[UUID]) -> dict[UUID, list[Any]]:
    """What belongs to some challenges, by challenge."""
    wanted = list(ids)
    grouped: dict[UUID, list[Any]] = {}
    for one in unit.find(cls, challenge_id=wanted) if wanted else []:
        grouped.setdefault(one.challenge_id, []).append(one)
    return grouped
