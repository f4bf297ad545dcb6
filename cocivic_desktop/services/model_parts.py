"""The special parts of single models: which are in use, and what a person does in them in one act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import BadInput, NotFound
from cocivic_desktop.domain.goals import Challenge
from cocivic_desktop.domain.model_parts import (
    Badge,
    BadgeAward,
    Candidate,
    Competence,
    FellowshipPair,
    IntakeState,
    ModelPart,
    ResearchQuestion,
    Selection,
)
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.library.special_parts import ANSWERS, competence_frames, selection_criteria
from cocivic_desktop.services import models, records

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

DECIDED: Final = (IntakeState.ACCEPTED, IntakeState.REFERRED, IntakeState.DECLINED)
OPEN_SELECTION: Final = (Selection.APPLIED, Selection.SHORTLISTED)


@dataclass(frozen=True)
class Ranked:
    """A candidate in the ranking. `mean` is that of the scores given, None without any; equal means share a rank."""

    candidate: Candidate
    name: str
    rank: int | None
    mean: float | None
    scored: int
    criteria: int

    @property
    def id(self) -> UUID:
        """The candidate's id."""
        return self.candidate.id


def parts_in(unit: UnitOfWork, partnership: Partnership) -> frozenset[ModelPart]:
    """The parts in use: those that its model calls for, but for what was switched on or off."""
    called = models.parts_in(unit, partnership.model)
    return frozenset(part for part in ModelPart if partnership.parts.get(part, part in called))


def parts_of(workspace: Workspace, partnership_id: UUID) -> frozenset[ModelPart]:
    """The same, by the partnership's id. Raises `NotFound`."""
    with workspace.read() as unit:
        return parts_in(unit, unit.get(Partnership, partnership_id))


def switch(workspace: Workspace, partnership_id: UUID, part: ModelPart, on: bool) -> Changes:
    """Use a part in a partnership, or put it away; what was written in it is kept. Raises `NotFound`."""
    with workspace.read() as unit:
        partnership = unit.get(Partnership, partnership_id)
        called = models.parts_in(unit, partnership.model)
    parts = {code: chosen for code, chosen in partnership.parts.items() if code != part}
    if on != (part in called):
        parts[part.value] = on
    return records.change(workspace, Partnership, partnership_id, parts=parts)


def review(workspace: Workspace, question_id: UUID, criterion: str, answer: str | None) -> Changes:
    """Answer a criterion of the intake, or take the answer back; a question that had just come in is in review then.

    Raises `BadInput` for an unknown answer, `NotFound`.
    """
    if answer is not None and answer not in ANSWERS:
        raise BadInput(f"“{answer}” is no answer. There are: {', '.join(ANSWERS)}.")
    question = records.get(workspace, ResearchQuestion, question_id)
    given = {code: one for code, one in question.review.items() if code != criterion}
    if answer is not None:
        given[criterion] = answer
    state = IntakeState.IN_REVIEW if given and question.state is IntakeState.RECEIVED else question.state
    return records.change(workspace, ResearchQuestion, question_id, review=given, state=state)


def decide(workspace: Workspace, question_id: UUID, state: IntakeState, today: date) -> Changes:
    """Take the decision on a question, dated today where it had no day; back in review, it has none.

    Raises `NotFound`.
    """
    question = records.get(workspace, ResearchQuestion, question_id)
    day = (question.reviewed_on or today) if state in DECIDED else None
    return records.change(workspace, ResearchQuestion, question_id, state=state, reviewed_on=day)


def make_challenge(workspace: Workspace, question_id: UUID) -> tuple[Challenge, Changes]:
    """Give a question to a student team: a challenge with its words, linked with it, as one step. Raises `NotFound`."""
    question = records.get(workspace, ResearchQuestion, question_id)
    challenge = Challenge(
        partnership_id=question.partnership_id,
        title=question.title,
        question=question.knowledge_needed or question.title,
        social_need=question.background,
        mission_link=question.use_of_result,
    )
    with workspace.write("add_challenge", question.title[:80]):
        records.add(workspace, challenge)
        records.change(workspace, ResearchQuestion, question_id, challenge_id=challenge.id)
    return challenge, workspace.last_changes


def ranking(workspace: Workspace, partnership_id: UUID, *, archived: bool | None = False) -> list[Ranked]:
    """The candidates, best mean first; those who have not been rated yet come last, in the order of the list."""
    codes = {criterion.code for criterion in selection_criteria()}
    with workspace.read() as unit:
        found = unit.find(Candidate, archived=archived, order="position", partnership_id=partnership_id)
        ids = [one.person_id for one in found if one.person_id is not None]
        names = {one.id: one.name for one in unit.find(Person, archived=None, id=ids)} if ids else {}
    means = {one.id: _mean(one, codes) for one in found}
    ordered = sorted(found, key=lambda one: -(means[one.id] or 0))
    ranked = []
    for one in ordered:
        mean = means[one.id]
        rank = None if mean is None else 1 + sum((other or 0) > mean for other in means.values())
        name = names.get(one.person_id, one.label) if one.person_id else one.label
        scored = sum(code in codes for code in one.scores)
        ranked.append(Ranked(one, name, rank, mean, scored, len(codes)))
    return ranked


def score(workspace: Workspace, candidate_id: UUID, criterion: str, value: int | None) -> Changes:
    """Rate a candidate by a criterion from 1 to 5, or take the rating back. Raises `InvalidField`, `NotFound`."""
    candidate = records.get(workspace, Candidate, candidate_id)
    scores = {code: one for code, one in candidate.scores.items() if code != criterion}
    if value is not None:
        scores[criterion] = value
    return records.change(workspace, Candidate, candidate_id, scores=scores)


def choose(workspace: Workspace, candidate_id: UUID, selection: Selection, today: date) -> Changes:
    """Decide on a candidate, dated today where it had no day; while the decision is open it has none."""
    candidate = records.get(workspace, Candidate, candidate_id)
    day = None if selection in OPEN_SELECTION else candidate.decided_on or today
    return records.change(workspace, Candidate, candidate_id, selection=selection, decided_on=day)


def pair_up(workspace: Workspace, candidate_id: UUID) -> tuple[FellowshipPair, Changes]:
    """Begin the fellowship of a candidate; the host is named there. Raises `NotFound`."""
    candidate = records.get(workspace, Candidate, candidate_id)
    pair = FellowshipPair(partnership_id=candidate.partnership_id, candidate_id=candidate.id)
    return pair, records.add(workspace, pair)


def take_over_frame(workspace: Workspace, partnership_id: UUID, code: str, language: str = "en") -> int:
    """Add the competences of a frame that are not there yet, as one step; returns how many. Raises `NotFound`."""
    frame = next((one for one in competence_frames(language) if one.code == code), None)
    if frame is None:
        raise NotFound(f"There is no competence frame “{code}”.")
    present = {fold(one.name) for one in records.find(workspace, Competence, partnership_id=partnership_id)}
    new = [draft for draft in frame.competences if fold(draft.name) not in present]
    if new:
        with workspace.write("add_competence", frame.title):
            for draft in new:
                records.add(
                    workspace,
                    Competence(
                        partnership_id=partnership_id,
                        area=draft.area,
                        name=draft.name,
                        description=draft.description,
                        evidence=draft.evidence,
                    ),
                )
    return len(new)


def badge_of_frame(workspace: Workspace, partnership_id: UUID, code: str, language: str = "en") -> Badge:
    """Add the badge of a frame with its criteria, and with those of its competences that the partnership has.

    Raises `NotFound`.
    """
    frame = next((one for one in competence_frames(language) if one.code == code), None)
    if frame is None:
        raise NotFound(f"There is no competence frame “{code}”.")
    names = {fold(draft.name) for draft in frame.competences}
    own = records.find(workspace, Competence, order="position", partnership_id=partnership_id)
    badge = Badge(
        partnership_id=partnership_id,
        title=frame.badge.title,
        description=frame.badge.description,
        criteria=list(frame.badge.criteria),
        competences=[str(one.id) for one in own if fold(one.name) in names],
    )
    records.add(workspace, badge)
    return badge


def set_competence(workspace: Workspace, badge_id: UUID, competence_id: UUID, on: bool) -> Changes:
    """Say that a badge certifies a competence, or no longer. Raises `NotFound`."""
    badge = records.get(workspace, Badge, badge_id)
    return records.change(workspace, Badge, badge_id, competences=_with(badge.competences, str(competence_id), on))


def set_criterion(workspace: Workspace, award_id: UUID, criterion: str, met: bool) -> Changes:
    """Say that somebody meets a criterion of a badge, or no longer. Raises `NotFound`."""
    award = records.get(workspace, BadgeAward, award_id)
    return records.change(workspace, BadgeAward, award_id, criteria_met=_with(award.criteria_met, criterion, met))


def award(workspace: Workspace, award_id: UUID, today: date) -> Changes:
    """Give a badge to somebody. Raises `BadInput` while criteria are open, `NotFound`."""
    one = records.get(workspace, BadgeAward, award_id)
    badge = records.get(workspace, Badge, one.badge_id)
    missing = [criterion for criterion in badge.criteria if criterion not in one.criteria_met]
    if missing or not badge.criteria:
        what = f"Still open: {'; '.join(missing)}." if missing else "The badge has no criteria yet."
        raise BadInput(f"The badge cannot be awarded yet. {what}")
    return records.change(workspace, BadgeAward, award_id, awarded_on=one.awarded_on or today)


def _with(present: list[str], value: str, on: bool) -> list[str]:
    rest = [one for one in present if one != value]
    return [*rest, value] if on else rest


def _mean(candidate: Candidate, codes: set[str]) -> float | None:
    given = [value for code, value in candidate.scores.items() if code in codes]
    return sum(given) / len(given) if given else None
