"""Cases for the rules about expectations, common ground and goals: speaking, and silent once it is settled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.goals import IndicatorMeans, SharedGoal
from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.partnerships import (
    Expectation,
    ExpectationKind,
    MatchState,
    Meeting,
    MeetingKind,
    Overlap,
    PipelineState,
)
from tests.domain.make_view import START, TODAY

Change = Callable[[PartnershipView], object]
Case = tuple[str, Change, date]


def expects(kind: ExpectationKind = ExpectationKind.EXPECTS, **fields: Any) -> Change:
    """One more card."""

    def change(view: PartnershipView) -> None:
        one = Expectation(partnership_id=view.id, side=Side.SCHOOL, kind=kind, text="Marks by June", **fields)
        view.expectations = [*view.expectations, one]

    return change


def answered(view: PartnershipView) -> None:
    """A card that is open, and linked with another one."""
    expects()(view)
    view.expectations[-1].matched_with_id = view.expectations[0].id


def overlaps(*strengths: int, **fields: Any) -> Change:
    """Cells of the overlap map."""

    def change(view: PartnershipView) -> None:
        values = {"theme": "Repair", "objective": "No waste", **fields}
        view.overlaps = [Overlap(partnership_id=view.id, strength=strength, **values) for strength in strengths]

    return change


def exploring(change: Change) -> Change:
    """Before there are goals."""

    def both(view: PartnershipView) -> None:
        view.partnership.pipeline, view.goals, view.indicators = PipelineState.EXPLORING, [], []
        change(view)

    return both


def goal(**fields: Any) -> Change:
    return lambda view: vars(view.goals[0]).update(fields)


def indicator(**fields: Any) -> Change:
    return lambda view: vars(view.indicators[0]).update(fields)


def six_goals(view: PartnershipView) -> None:
    view.partnership.starts_on = None
    assert view.agreement is not None
    view.agreement.starts_on, view.occurrences = None, []
    view.goals = [SharedGoal(partnership_id=view.id, statement=f"Goal {number}") for number in range(6)]


def with_meeting(change: Change) -> Change:
    def both(view: PartnershipView) -> None:
        change(view)
        view.meetings = [*view.meetings, Meeting(partnership_id=view.id, kind=MeetingKind.GOALS)]

    return both


def grown(view: PartnershipView) -> None:
    """Two strong cells, of which one goal has grown; a second goal was made otherwise."""
    overlaps(2, 2)(view)
    view.goals = [*view.goals, SharedGoal(partnership_id=view.id, statement="Another")]


def six_goals_begun(view: PartnershipView) -> None:
    six_goals(view)
    view.partnership.starts_on = START


CASES: list[Case] = [
    ("expectation_unanswered", expects(), TODAY),
    ("overlap_map_empty", exploring(overlaps(0)), TODAY),
    ("overlap_without_goal", overlaps(2, 2), TODAY),
    ("goal_not_specific", goal(statement="Promote civic engagement", agreed_school_on=None), TODAY),
    ("goal_curriculum_missing", goal(curriculum_link=" "), TODAY),
    ("indicator_target_missing", indicator(target=None), TODAY),
    ("indicator_how_missing", indicator(measured_how=""), TODAY),
    ("goals_too_many", six_goals, TODAY),
    ("goal_meeting_missing", goal(agreed_school_on=None), TODAY),
]
SILENT: list[Case] = [
    ("expectation_unanswered", answered, TODAY),
    ("expectation_unanswered", expects(ExpectationKind.OFFERS), TODAY),
    ("expectation_unanswered", expects(state=MatchState.RESOLVED), TODAY),
    ("overlap_map_empty", exploring(overlaps(1)), TODAY),
    ("overlap_map_empty", overlaps(0), TODAY),
    ("overlap_without_goal", overlaps(2), TODAY),
    ("overlap_without_goal", grown, TODAY),
    ("goal_not_specific", goal(statement="Promote civic engagement"), TODAY),
    ("goal_not_specific", goal(statement="By June 12 students have planned a roof", agreed_school_on=None), TODAY),
    ("indicator_target_missing", indicator(target=None, goal_id=None), TODAY),
    ("indicator_how_missing", indicator(measured_how="", means=IndicatorMeans.COMPUTED), TODAY),
    ("goals_too_many", six_goals_begun, TODAY),
    ("goal_meeting_missing", with_meeting(goal(agreed_school_on=None)), TODAY),
]
