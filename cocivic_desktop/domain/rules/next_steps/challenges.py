"""Next steps of stage 2: challenges that can start, that move on, and whose results are answered.

Handbook, chapters 3 and 4 (project-based learning, mentors and co-creators) and 7 (usefulness, ideas and solutions).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Final

from cocivic_desktop.domain.goals import Challenge, ChallengePhase, Solution, phase_ends
from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.partnerships import Stage
from cocivic_desktop.domain.rules.next_steps.base import (
    NextStep,
    Rule,
    Steps,
    Urgency,
    Value,
    days_since,
    excerpt,
    has_begun,
)

QUIET_DAYS: Final = 21
"""Days without a coaching note after which a team at work is asked about."""
USEFUL: Final = 4
"""Usefulness from which on a solution deserves a word on whether it is adopted."""

_STAGE = Steps(Stage.GOALS)
_AT_WORK = (ChallengePhase.UNDERSTAND, ChallengePhase.IDEATE, ChallengePhase.BUILD)
_WITH_IDEAS = (ChallengePhase.BUILD, ChallengePhase.SHOW, ChallengePhase.REFLECT)


def _challenge_is(challenge: Challenge) -> Mapping[str, Value]:
    return {"challenge": excerpt(challenge.title)}


_steps = partial(_STAGE.each, section="challenges", says=_challenge_is)
_people = partial(_STAGE.each, section="challenge_people", says=_challenge_is)
_phases = partial(_STAGE.each, section="challenge_phases", says=_challenge_is)
_ideas = partial(_STAGE.each, section="challenge_ideas", says=_challenge_is)


def challenge_question_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A challenge that puts no question to the students."""
    silent = (challenge for challenge in view.challenges if not challenge.question.strip())
    return _steps(view, "challenge_question_missing", silent)


def challenge_need_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A challenge that names no social need is an exercise."""
    bare = (one for one in view.challenges if one.question.strip() and not one.social_need.strip())
    return _steps(view, "challenge_need_missing", bare, Urgency.LATER)


def challenge_mentor_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A challenge that no mentor accompanies."""
    alone = (challenge for challenge in view.challenges if challenge.mentor_id is None)
    return _people(view, "challenge_mentor_missing", alone)


def challenge_teacher_missing(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """A challenge that has begun, and for which no teacher stands on the school's side."""
    alone = (one for one in view.challenges if one.teacher_id is None)
    return _people(view, "challenge_teacher_missing", alone) if has_begun(view, today) else iter(())


def challenge_curriculum_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A challenge of which the school cannot say what its students learn by it."""
    bare = (one for one in view.challenges if not one.learning_objectives.strip() and not one.curriculum_link.strip())
    return _STAGE.each(
        view,
        "challenge_curriculum_missing",
        bare,
        Urgency.LATER,
        section="challenge_learning",
        says=_challenge_is,
    )


def challenge_dates_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """Phases without days, although the school's weeks are known and could propose them."""
    undated = (one for one in view.challenges if not phase_ends(one) and one.phase is not ChallengePhase.REFLECT)
    return _phases(view, "challenge_dates_missing", undated, Urgency.LATER) if view.teaching_weeks else iter(())


def challenge_phase_late(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """A challenge whose present phase should have ended."""
    for challenge in view.challenges:
        due = phase_ends(challenge).get(challenge.phase)
        if due is not None and due < today:
            late = {"phase": challenge.phase, "days": days_since(due, today), **_challenge_is(challenge)}
            yield _STAGE.step(view, "challenge_phase_late", section="challenge_phases", opens=challenge, **late)


def challenge_after_end(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A phase that would end only after the partnership."""
    last = view.ends_on or date.max
    for challenge in view.challenges:
        latest = max(phase_ends(challenge).values(), default=date.min)
        if latest > last:
            yield _STAGE.step(
                view,
                "challenge_after_end",
                section="challenge_phases",
                opens=challenge,
                due_on=latest,
                ends_on=last,
                **_challenge_is(challenge),
            )


def challenge_team_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A challenge that is being worked on by nobody."""
    teams = {member.challenge_id for member in view.team_members}
    begun = (challenge for challenge in view.challenges if challenge.phase is not ChallengePhase.UNDERSTAND)
    empty = (challenge for challenge in begun if challenge.id not in teams)
    return _people(view, "challenge_team_missing", empty, Urgency.LATER)


def challenge_coaching_quiet(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """A team at work of which nobody has noted anything for three weeks; silence once notes have begun."""
    latest: dict[object, date] = {}
    for note in view.coaching_notes:
        latest[note.challenge_id] = max(note.noted_on, latest.get(note.challenge_id, date.min))
    for challenge in view.challenges:
        noted = latest.get(challenge.id)
        if noted is not None and challenge.phase in _AT_WORK and days_since(noted, today) > QUIET_DAYS:
            yield _STAGE.step(
                view,
                "challenge_coaching_quiet",
                section="challenge_notes",
                opens=challenge,
                noted_on=noted,
                **_challenge_is(challenge),
            )


def challenge_ideas_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A team that builds, shows or looks back, and not one idea is written down."""
    with_ideas = {solution.challenge_id for solution in view.solutions}
    empty = (one for one in view.challenges if one.phase in _WITH_IDEAS and one.id not in with_ideas)
    return _ideas(view, "challenge_ideas_missing", empty)


def solution_rating_missing(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """Solutions that were shown, and of which nobody has said how useful they are."""
    shown = (one for one in view.solutions if one.shown_on is not None and one.shown_on <= today)
    return _solution_step(view, "solution_rating_missing", (one for one in shown if one.usefulness is None))


def solution_adoption_open(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A useful solution of a team that looks back: the students want to know whether it is used, or why not."""
    looking_back = {one.id for one in view.challenges if one.phase is ChallengePhase.REFLECT}
    open_ones = (
        one
        for one in view.solutions
        if one.challenge_id in looking_back
        and (one.usefulness or 0) >= USEFUL
        and not one.adopted
        and not one.adoption.strip()
    )
    return _solution_step(view, "solution_adoption_open", open_ones)


def _solution_step(view: PartnershipView, code: str, solutions: Iterable[Solution]) -> Iterator[NextStep]:
    return _STAGE.counted(
        view, code, solutions, section="challenges", says=lambda first: {"solution": excerpt(first.title)}
    )


RULES: Final[tuple[Rule, ...]] = (
    challenge_question_missing,
    challenge_need_missing,
    challenge_mentor_missing,
    challenge_teacher_missing,
    challenge_curriculum_missing,
    challenge_dates_missing,
    challenge_phase_late,
    challenge_after_end,
    challenge_team_missing,
    challenge_coaching_quiet,
    challenge_ideas_missing,
    solution_rating_missing,
    solution_adoption_open,
)
