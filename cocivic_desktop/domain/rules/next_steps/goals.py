"""Next steps of stage 2: goals that both sides gain from, and challenges that can start."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.goals import ChallengePhase, SharedGoal
from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.partnerships import PipelineState, Stage
from cocivic_desktop.domain.rules.next_steps.base import (
    NextStep,
    Rule,
    Steps,
    Urgency,
    days_since,
    excerpt,
    has_begun,
)

_STAGE = Steps(Stage.GOALS)


def _goal_step(
    view: PartnershipView, code: str, opens: SharedGoal, number: int, /, **parameters: str | date
) -> NextStep:
    step = _STAGE.step(view, code, section="goals", opens=opens)
    return replace(step, parameters={"number": number, **parameters})


def goals_missing(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """No shared goal, although both sides talk to each other."""
    exploring = view.partnership.pipeline in (PipelineState.EXPLORING, PipelineState.AGREED)
    if exploring and not view.goals:
        urgency = Urgency.NOW if has_begun(view, today) else Urgency.SOON
        yield _STAGE.step(view, "goals_missing", urgency, section="goals")


def goal_statement_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A goal that says nothing yet."""
    for number, goal in enumerate(view.goals, 1):
        if not goal.statement.strip():
            yield _goal_step(view, "goal_statement_missing", goal, number)


def goal_benefit_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A goal from which one side gains nothing is not a shared one."""
    for number, goal in enumerate(view.goals, 1):
        benefits = {
            Side.CSO: goal.benefit_cso,
            Side.SCHOOL: goal.benefit_school,
            Side.LEARNERS: goal.benefit_learners,
        }
        for side, benefit in benefits.items():
            if goal.statement.strip() and not benefit.strip():
                yield _goal_step(view, "goal_benefit_missing", goal, number, side=side, goal=excerpt(goal.statement))


def goal_owner_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A goal that nobody on one side looks after."""
    for number, goal in enumerate(view.goals, 1):
        for side, owner in ((Side.CSO, goal.owner_cso_id), (Side.SCHOOL, goal.owner_school_id)):
            if goal.statement.strip() and owner is None:
                yield _goal_step(view, "goal_owner_missing", goal, number, side=side, goal=excerpt(goal.statement))


def goal_assent_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A goal to which a side has not said yes."""
    for number, goal in enumerate(view.goals, 1):
        for side, agreed_on in ((Side.CSO, goal.agreed_cso_on), (Side.SCHOOL, goal.agreed_school_on)):
            if goal.statement.strip() and agreed_on is None:
                yield _goal_step(view, "goal_assent_missing", goal, number, side=side, goal=excerpt(goal.statement))


def goal_indicator_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A goal of which nobody can say later whether it was reached."""
    measured = {indicator.goal_id for indicator in view.indicators}
    for number, goal in enumerate(view.goals, 1):
        if goal.statement.strip() and goal.id not in measured:
            yield _goal_step(view, "goal_indicator_missing", goal, number, goal=excerpt(goal.statement))


def goal_target_date_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A goal without a day by which it is to be reached."""
    for number, goal in enumerate(view.goals, 1):
        if goal.statement.strip() and goal.target_on is None:
            yield _goal_step(view, "goal_target_date_missing", goal, number, goal=excerpt(goal.statement))


def goal_after_end(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A goal to be reached only after the partnership has ended."""
    for number, goal in enumerate(view.goals, 1):
        if goal.target_on and view.ends_on and goal.target_on > view.ends_on:
            yield _goal_step(view, "goal_after_end", goal, number, target_on=goal.target_on, ends_on=view.ends_on)


def goal_mission_link_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A goal of which nobody has said how it serves the core mission (handbook, chapter 7)."""
    for number, goal in enumerate(view.goals, 1):
        if goal.statement.strip() and not goal.mission_link.strip() and not goal.mission_diversion.strip():
            yield _goal_step(view, "goal_mission_link_missing", goal, number, goal=excerpt(goal.statement))


def goal_diverts_mission(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A goal that takes resources from the core mission and gives it nothing back."""
    for number, goal in enumerate(view.goals, 1):
        if goal.mission_diversion.strip() and not goal.mission_link.strip():
            yield _goal_step(view, "goal_diverts_mission", goal, number, diversion=excerpt(goal.mission_diversion))


def challenge_question_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A challenge that puts no question to the students."""
    for challenge in view.challenges:
        if not challenge.question.strip():
            yield _STAGE.step(
                view,
                "challenge_question_missing",
                section="challenges",
                opens=challenge,
                challenge=excerpt(challenge.title),
            )


def challenge_mentor_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A challenge that no mentor accompanies."""
    for challenge in view.challenges:
        if challenge.mentor_id is None:
            yield _STAGE.step(
                view,
                "challenge_mentor_missing",
                section="challenges",
                opens=challenge,
                challenge=excerpt(challenge.title),
            )


def challenge_phase_late(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """A challenge whose present phase should have ended."""
    for challenge in view.challenges:
        due = _day(challenge.phase_dates.get(challenge.phase, ""))
        if due is not None and due < today:
            yield _STAGE.step(
                view,
                "challenge_phase_late",
                section="challenges",
                opens=challenge,
                challenge=excerpt(challenge.title),
                phase=challenge.phase,
                days=days_since(due, today),
            )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def solution_rating_missing(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """Solutions that were shown, and of which nobody has said how useful they are."""
    shown = [
        solution
        for solution in view.solutions
        if solution.usefulness is None and solution.shown_on is not None and solution.shown_on <= today
    ]
    if shown:
        yield _STAGE.step(
            view,
            "solution_rating_missing",
            section="challenges",
            opens=shown[0],
            count=len(shown),
            solution=excerpt(shown[0].title),
        )


def challenge_team_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A challenge that is being worked on by nobody."""
    teams = {member.challenge_id for member in view.team_members}
    for challenge in view.challenges:
        if challenge.phase is not ChallengePhase.UNDERSTAND and challenge.id not in teams:
            yield _STAGE.step(
                view,
                "challenge_team_missing",
                Urgency.LATER,
                section="challenges",
                opens=challenge,
                challenge=excerpt(challenge.title),
            )


RULES: Final[tuple[Rule, ...]] = (
    goals_missing,
    goal_statement_missing,
    goal_benefit_missing,
    goal_owner_missing,
    goal_assent_missing,
    goal_indicator_missing,
    goal_target_date_missing,
    goal_after_end,
    goal_mission_link_missing,
    goal_diverts_mission,
    challenge_question_missing,
    challenge_mentor_missing,
    challenge_phase_late,
    solution_rating_missing,
    challenge_team_missing,
)
