"""Progress of the six stages, from what is there. Progress informs; no stage ever locks another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from cocivic_desktop.domain.activities import ActivityStatus
from cocivic_desktop.domain.agreements import AgreementState, ClauseState
from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.goals import IndicatorMeans, SharedGoal
from cocivic_desktop.domain.hours import HourState
from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.partnerships import (
    MatchState,
    MeetingKind,
    NoteKind,
    PipelineState,
    ReadinessAnswerValue,
    Stage,
)
from cocivic_desktop.domain.rules.conflicts import Severity
from cocivic_desktop.domain.rules.hours import promised_minutes_of_view


def stage_progress(view: PartnershipView, today: date) -> dict[Stage, float]:
    """How far each stage has come, from 0 to 1: the share of its signs of completion that are there."""
    return {stage: _mean(signs(view, today)) for stage, signs in _SIGNS.items()}


def present_stage(view: PartnershipView, today: date) -> Stage:
    """The first stage that is not complete; the last one when all are."""
    progress = stage_progress(view, today)
    return next((stage for stage in Stage if progress[stage] < 1), Stage.EVALUATE)


def _initiate(view: PartnershipView, today: date) -> Iterable[float]:
    known = [answer for answer in view.readiness if answer.answer is not ReadinessAnswerValue.UNKNOWN]
    sides = {expectation.side for expectation in view.expectations}
    yield bool(view.outreach or view.meetings or view.partnership.pipeline is not PipelineState.IDEA)
    yield _share(len(known), len(view.readiness))
    yield any(m.with_leadership and m.held_on is not None and m.held_on <= today for m in view.meetings)
    yield _share(len(sides), len(Side))
    yield bool(sides) and all(e.state is not MatchState.MISMATCHED for e in view.expectations)
    yield view.partnership.pipeline is PipelineState.AGREED


def _goals(view: PartnershipView, _today: date) -> Iterable[float]:
    measured = {indicator.goal_id for indicator in view.indicators}
    yield bool(view.goals)
    yield _mean(_goal_quality(goal, goal.id in measured) for goal in view.goals)
    yield _mean(_mean([goal.agreed_cso_on is not None, goal.agreed_school_on is not None]) for goal in view.goals)


def _goal_quality(goal: SharedGoal, measured: bool) -> float:
    texts = (goal.statement, goal.benefit_cso, goal.benefit_school, goal.benefit_learners, goal.mission_link)
    facts = (goal.owner_cso_id, goal.owner_school_id, goal.target_on)
    return _mean([*(bool(text.strip()) for text in texts), *(fact is not None for fact in facts), measured])


def _agreement(view: PartnershipView, _today: date) -> Iterable[float]:
    agreement = view.agreement
    included = [c for c in view.clauses if c.included or c.state is ClauseState.WAIVED]
    settled = [clause for clause in included if clause.state in (ClauseState.AGREED, ClauseState.WAIVED)]
    signed = {signature.side for signature in view.signatures if signature.signed_on is not None}
    done = (AgreementState.SIGNED, AgreementState.AMENDED, AgreementState.ENDED)
    yield agreement is not None
    yield bool(view.commitments)
    yield bool(view.responsibilities)
    yield _share(len(settled), len(included))
    yield bool(view.versions) or (agreement is not None and agreement.state is not AgreementState.DRAFT)
    both = {Side.CSO, Side.SCHOOL}
    yield 1.0 if agreement is not None and agreement.state in done else _share(len(signed & both), len(both))


def _calendar(view: PartnershipView, today: date) -> Iterable[float]:
    firm = (ActivityStatus.CONFIRMED, ActivityStatus.DONE, ActivityStatus.CANCELLED)
    hard = [c for c in view.conflicts if c.severity is Severity.HARD and c.original_on >= today]
    yield bool(view.school_years)
    yield bool(view.terms)
    yield bool(view.school_years) and all(year.confirmed_on is not None for year in view.school_years)
    yield bool(view.activities)
    yield _share(sum(1 for activity in view.activities if activity.status in firm), len(view.activities))
    yield bool(view.activities) and not hard


def _hours(view: PartnershipView, _today: date) -> Iterable[float]:
    used = sum(total.minutes for total in view.hour_totals if total.side is Side.CSO)
    confirmed = sum(total.minutes for total in view.hour_totals if total.state is HourState.CONFIRMED)
    everything = sum(total.minutes for total in view.hour_totals)
    yield bool(view.hour_totals)
    yield _share(used, promised_minutes_of_view(view, Side.CSO))
    yield _share(confirmed, everything)


def _evaluate(view: PartnershipView, today: date) -> Iterable[float]:
    measured = {measurement.indicator_id for measurement in view.measurements}
    valued = [i for i in view.indicators if i.id in measured or i.means is IndicatorMeans.COMPUTED]
    yield _share(sum(1 for indicator in view.indicators if indicator.target is not None), len(view.indicators))
    yield _share(len(valued), len(view.indicators))
    yield any(m.kind is MeetingKind.FEEDBACK and m.held_on is not None and m.held_on <= today for m in view.meetings)
    yield any(view.survey_responses.get(survey.id, 0) >= survey.minimum_group for survey in view.surveys)
    yield any(note.kind is NoteKind.LESSON_LEARNED for note in view.notes)


_SIGNS: Final[dict[Stage, Callable[[PartnershipView, date], Iterable[float]]]] = {
    Stage.INITIATE: _initiate,
    Stage.GOALS: _goals,
    Stage.AGREEMENT: _agreement,
    Stage.CALENDAR: _calendar,
    Stage.HOURS: _hours,
    Stage.EVALUATE: _evaluate,
}


def _share(part: float, whole: float) -> float:
    return min(1.0, part / whole) if whole > 0 else 0.0


def _mean(values: Iterable[float]) -> float:
    found = [float(value) for value in values]
    return sum(found) / len(found) if found else 0.0
