"""Next steps of stage 2: goals that both sides gain from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Final

from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.goals import Indicator, IndicatorMeans, SharedGoal
from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.partnerships import MeetingKind, PipelineState, Stage
from cocivic_desktop.domain.rules.goal_quality import check_view, grown_from
from cocivic_desktop.domain.rules.next_steps.base import (
    NextStep,
    Rule,
    Steps,
    Urgency,
    Value,
    excerpt,
    has_begun,
)

_STAGE = Steps(Stage.GOALS)
STRONG: Final = 2
"""Strength of an overlap from which a goal can grow."""
MOST_GOALS: Final = 5
"""More than so many goals are rarely kept in a first year."""


def _stated(view: PartnershipView) -> Iterator[SharedGoal]:
    """Goals that say something already."""
    return (goal for goal in view.goals if goal.statement.strip())


def _goal_steps(
    view: PartnershipView, code: str, goals: Iterable[SharedGoal], says: Callable[[SharedGoal], Mapping[str, Value]]
) -> Iterator[NextStep]:
    """A step for each goal, which is named by its number in the list of all goals."""
    numbers = {goal.id: number for number, goal in enumerate(view.goals, 1)}
    return _STAGE.each(view, code, goals, section="goals", says=lambda goal: {"number": numbers[goal.id], **says(goal)})


def _goal_is(goal: SharedGoal, **more: Value) -> Mapping[str, Value]:
    return {"goal": excerpt(goal.statement), **more}


def _side_steps(
    view: PartnershipView, code: str, given: Callable[[SharedGoal], Mapping[Side, object]]
) -> Iterator[NextStep]:
    """A step for each side that has not given its part to a goal."""
    for goal in _stated(view):
        for side, part in given(goal).items():
            if not part:
                yield from _goal_steps(view, code, [goal], partial(_goal_is, side=side))


def goals_missing(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """No shared goal, although both sides talk to each other."""
    exploring = view.partnership.pipeline in (PipelineState.EXPLORING, PipelineState.AGREED)
    if exploring and not view.goals:
        urgency = Urgency.NOW if has_begun(view, today) else Urgency.SOON
        yield _STAGE.step(view, "goals_missing", urgency, section="goals")


def goal_statement_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A goal that says nothing yet."""
    silent = (goal for goal in view.goals if not goal.statement.strip())
    return _goal_steps(view, "goal_statement_missing", silent, lambda _goal: {})


def goal_benefit_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A goal from which one side gains nothing is not a shared one."""
    return _side_steps(
        view,
        "goal_benefit_missing",
        lambda goal: {
            Side.CSO: goal.benefit_cso.strip(),
            Side.SCHOOL: goal.benefit_school.strip(),
            Side.LEARNERS: goal.benefit_learners.strip(),
        },
    )


def goal_owner_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A goal that nobody on one side looks after."""
    return _side_steps(
        view, "goal_owner_missing", lambda goal: {Side.CSO: goal.owner_cso_id, Side.SCHOOL: goal.owner_school_id}
    )


def goal_assent_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A goal to which a side has not said yes."""
    return _side_steps(
        view, "goal_assent_missing", lambda goal: {Side.CSO: goal.agreed_cso_on, Side.SCHOOL: goal.agreed_school_on}
    )


def goal_indicator_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A goal of which nobody can say later whether it was reached."""
    measured = {indicator.goal_id for indicator in view.indicators}
    bare = (goal for goal in _stated(view) if goal.id not in measured)
    return _goal_steps(view, "goal_indicator_missing", bare, _goal_is)


def goal_target_date_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A goal without a day by which it is to be reached."""
    undated = (goal for goal in _stated(view) if goal.target_on is None)
    return _goal_steps(view, "goal_target_date_missing", undated, _goal_is)


def goal_after_end(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A goal to be reached only after the partnership has ended."""
    last = view.ends_on or date.max
    days = {goal.id: goal.target_on for goal in view.goals if goal.target_on and goal.target_on > last}
    late = (goal for goal in view.goals if goal.id in days)
    return _goal_steps(view, "goal_after_end", late, lambda goal: {"target_on": days[goal.id], "ends_on": last})


def goal_mission_link_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A goal of which nobody has said how it serves the core mission (handbook, chapter 7)."""
    silent = (goal for goal in _stated(view) if not goal.mission_link.strip() and not goal.mission_diversion.strip())
    return _goal_steps(view, "goal_mission_link_missing", silent, _goal_is)


def goal_diverts_mission(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A goal that takes resources from the core mission and gives it nothing back."""
    diverting = (goal for goal in view.goals if goal.mission_diversion.strip() and not goal.mission_link.strip())
    return _goal_steps(
        view, "goal_diverts_mission", diverting, lambda goal: {"diversion": excerpt(goal.mission_diversion)}
    )


def overlap_map_empty(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """Both sides talk to each other, and nobody has said where they want the same (handbook, section 2.3)."""
    exploring = view.partnership.pipeline in (PipelineState.MEETING, PipelineState.EXPLORING)
    if exploring and not view.goals and not any(overlap.strength for overlap in view.overlaps):
        yield _STAGE.step(view, "overlap_map_empty", section="overlaps")


def overlap_without_goal(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """More strong common ground than goals: the best of it lies idle."""
    strong = [overlap for overlap in view.overlaps if overlap.strength == STRONG]
    idle = [overlap for overlap in strong if not any(grown_from(goal, overlap) for goal in view.goals)]
    if len(strong) > len(view.goals):
        yield from _STAGE.counted(
            view,
            "overlap_without_goal",
            idle,
            section="overlaps",
            says=lambda first: {"theme": excerpt(first.theme), "objective": excerpt(first.objective)},
        )


def goal_not_specific(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """A goal that names a direction but no result, or in which nothing can be counted, before both have agreed."""
    found = check_view(view, today)
    vague = {"statement_vague", "number_missing", "statement_short"}
    loose = (
        goal
        for goal in _stated(view)
        if not (goal.agreed_cso_on and goal.agreed_school_on) and vague & {finding.code for finding in found[goal.id]}
    )
    return _goal_steps(view, "goal_not_specific", loose, _goal_is)


def goal_curriculum_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A goal without a link to the curriculum: teachers are bound to it (handbook, section 2.2)."""
    bare = (goal for goal in _stated(view) if not goal.curriculum_link.strip())
    return _goal_steps(view, "goal_curriculum_missing", bare, _goal_is)


def indicator_target_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """An indicator of a goal without a target: nobody knows when it is reached."""
    bare = (one for one in view.indicators if one.goal_id is not None and one.target is None)
    return _STAGE.counted(view, "indicator_target_missing", bare, section="indicators", says=_indicator_is)


def indicator_how_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """Something asked or counted by hand of which nobody has said who does it and when (handbook, chapter 7)."""
    bare = (
        one
        for one in view.indicators
        if one.goal_id is not None and one.means is not IndicatorMeans.COMPUTED and not one.measured_how.strip()
    )
    return _STAGE.counted(view, "indicator_how_missing", bare, Urgency.LATER, section="indicators", says=_indicator_is)


def goals_too_many(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """More goals than people can look after, while there is still time to choose."""
    if len(view.goals) > MOST_GOALS and not has_begun(view, today):
        yield _STAGE.step(view, "goals_too_many", Urgency.LATER, section="goals", count=len(view.goals))


def goal_meeting_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """Goals wait for the school's yes, and no meeting about them is planned or was held."""
    waiting = [goal for goal in _stated(view) if goal.agreed_school_on is None]
    if waiting and not any(meeting.kind is MeetingKind.GOALS for meeting in view.meetings):
        yield Steps(Stage.INITIATE).step(
            view, "goal_meeting_missing", Urgency.LATER, section="meetings", count=len(waiting)
        )


def _indicator_is(indicator: Indicator) -> Mapping[str, Value]:
    return {"indicator": excerpt(indicator.name or indicator.code)}


RULES: Final[tuple[Rule, ...]] = (
    overlap_map_empty,
    overlap_without_goal,
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
    goal_not_specific,
    goal_curriculum_missing,
    indicator_target_missing,
    indicator_how_missing,
    goals_too_many,
    goal_meeting_missing,
)
