"""Traceability: what each clause promises, and how that stands today; and the clause that a figure answers to.

A promise is a time commitment (its hour budget), a routine (its dates in the calendar), a head count, an indicator's
target, or the rule to respect the school's calendar. Codes and figures only; words are made where they are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from cocivic_desktop.domain.agreements import (
    Clause,
    Commitment,
    CommunicationRoutine,
    FundingItem,
    Resource,
    ResourceKind,
    RoutineKind,
)
from cocivic_desktop.domain.base import Entity
from cocivic_desktop.domain.goals import Indicator
from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.rules.conflicts import ConflictCode
from cocivic_desktop.domain.rules.duties import Duty, duties
from cocivic_desktop.domain.rules.hours import Budget, budgets
from cocivic_desktop.domain.rules.indicators import computed_value

CLAUSES_OF_INDICATOR: Final[Mapping[str, tuple[str, ...]]] = {
    "agreement_signed": ("signatures",),
    "goals_agreed": ("goals",),
    "mismatches_open": ("disputes", "communication"),
    "mismatches_resolved": ("disputes", "communication"),
    "management_meetings": ("steering_group", "communication"),
    "mentor_teacher_meetings": ("communication",),
    "channels_clear": ("communication",),
    "staff_time": ("time_commitments",),
    "staff_hours": ("time_commitments",),
    "volunteer_hours": ("time_commitments",),
    "workload": ("hour_records", "time_commitments"),
    "student_volunteer_hours": ("hour_records", "time_commitments"),
    "processes_named": ("paperwork",),
    "bureaucracy": ("paperwork",),
    "students_informed": ("activities",),
    "students_reached": ("activities",),
    "students_active": ("challenges", "activities"),
    "solutions_generated": ("challenges", "results_ownership"),
    "solutions_adopted": ("challenges", "results_ownership"),
    "solutions_useful": ("challenges", "evaluation"),
    "joint_events": ("activities",),
    "event_attendance": ("activities",),
    "media_coverage": ("publicity",),
    "support_expressed": ("publicity",),
}
"""Codes of the library's clauses that an indicator answers to, best first; others answer to goals or evaluation."""
ROUTINE_CLAUSES: Final[Mapping[RoutineKind, tuple[str, ...]]] = {
    RoutineKind.STEERING: ("steering_group", "communication"),
    RoutineKind.CHECK_IN: ("communication",),
    RoutineKind.REPORT: ("evaluation", "communication"),
    RoutineKind.REVIEW: ("evaluation", "communication"),
    RoutineKind.OTHER: ("communication",),
}


class PromiseKind(StrEnum):
    """What a clause promises."""

    TIMES = "times"
    MINUTES = "minutes"
    HEADS = "heads"
    INDICATOR = "indicator"
    CLOSED_DAYS = "closed_days"
    NOTICE = "notice"


class Standing(StrEnum):
    """How a promise stands today."""

    KEPT = "kept"
    ON_THE_WAY = "on_the_way"
    TO_PLAN = "to_plan"
    BEHIND = "behind"
    OVER = "over"
    WILL_BE_OVER = "will_be_over"
    OPEN = "open"


@dataclass(frozen=True, kw_only=True)
class Promise:
    """One promise of a clause with its figures.

    `promised`, `planned` (still to come) and `done` are times, minutes, heads or in the indicator's `unit`; None is
    not known. `record` is the commitment, routine or indicator; `clause_id` is None where no clause stands for it.
    """

    kind: PromiseKind
    clause_id: UUID | None
    standing: Standing
    record: Entity | None = None
    promised: float | None = None
    planned: float | None = None
    done: float | None = None
    unit: str = ""
    next_on: date | None = None


@dataclass(frozen=True)
class Measured:
    """An indicator with its target and latest value."""

    indicator: Indicator
    target: float | None
    actual: float | None
    unit: str


def promises(view: PartnershipView, today: date, measured: Iterable[Measured] = ()) -> list[Promise]:
    """All promises of a partnership's agreement and how they stand, in the order of its clauses.

    Indicators without a target promise nothing and are left out. Empty without an agreement.
    """
    if view.agreement is None:
        return []
    found = [
        *(_of_budget(view, budget) for budget in budgets(view, today)),
        *(_of_duty(view, duty) for duty in duties(view, today)),
        *_of_heads(view, today),
        *(_of_indicator(view, one) for one in measured if one.target is not None),
        *_of_calendar(view),
    ]
    order = {clause.id: number for number, clause in enumerate(view.clauses)}
    return sorted(found, key=lambda one: order.get(one.clause_id, len(order)) if one.clause_id else len(order))


def clause_of(clauses: Iterable[Clause], record: Entity) -> Clause | None:
    """The clause that a commitment, routine, resource, cost or indicator answers to; None where none stands for it.

    The clause that the row names comes first, else the library's clause for its kind, else one of its topic.
    """
    standing = {clause.id: clause for clause in clauses if clause.included}
    named = getattr(record, "clause_id", None)
    if named in standing:
        return standing[named]
    codes, topic = _answers(record)
    by_code = {clause.code: clause for clause in standing.values() if clause.code}
    for code in codes:
        if code in by_code:
            return by_code[code]
    return next((clause for clause in standing.values() if clause.topic == topic), None)


def _answers(record: Entity) -> tuple[tuple[str, ...], str]:
    """Codes of clauses, best first, and the topic that stands in for them."""
    if isinstance(record, Commitment):
        return ("time_commitments",), "time_commitments"
    if isinstance(record, CommunicationRoutine):
        return ROUTINE_CLAUSES[record.kind], "communication"
    if isinstance(record, Resource):
        return (("transport",) if record.kind is ResourceKind.TRANSPORT else ()) + ("resources",), "resources"
    if isinstance(record, FundingItem):
        return ("funding",), "funding"
    if isinstance(record, Indicator):
        known = CLAUSES_OF_INDICATOR.get(record.code, ())
        return (*known, "goals") if record.goal_id else (*known, "evaluation"), "evaluation"
    return (), ""


def _id(clause: Clause | None) -> UUID | None:
    return clause.id if clause is not None else None


def _of_budget(view: PartnershipView, budget: Budget) -> Promise:
    used, forecast, promised = budget.used, budget.forecast, budget.promised
    if used > promised:
        standing = Standing.OVER
    elif forecast > promised:
        standing = Standing.WILL_BE_OVER
    elif promised and used == promised:
        standing = Standing.KEPT
    else:
        standing = Standing.ON_THE_WAY if forecast else Standing.OPEN
    return Promise(
        kind=PromiseKind.MINUTES,
        clause_id=_id(clause_of(view.clauses, budget.commitment)),
        standing=standing,
        record=budget.commitment,
        promised=promised,
        planned=budget.planned,
        done=used,
        unit="minutes",
    )


def _of_duty(view: PartnershipView, duty: Duty) -> Promise:
    if duty.promised is not None and duty.held >= duty.promised:
        standing = Standing.KEPT
    elif duty.behind:
        standing = Standing.BEHIND
    else:
        standing = Standing.TO_PLAN if duty.missing else Standing.ON_THE_WAY
    return Promise(
        kind=PromiseKind.TIMES,
        clause_id=_id(clause_of(view.clauses, duty.routine)),
        standing=standing,
        record=duty.routine,
        promised=duty.promised,
        planned=duty.planned,
        done=duty.held,
        unit="times",
        next_on=duty.next_on,
    )


def _of_heads(view: PartnershipView, today: date) -> Iterator[Promise]:
    answer = view.agreement.answers.get("student_count") if view.agreement is not None else None
    promised = answer if isinstance(answer, int) else view.partnership.student_count
    clause = next((one for one in view.clauses if one.included and one.code == "activities"), None)
    if not promised or clause is None:
        return
    reached = computed_value("students_reached", view, today).value or 0
    standing = Standing.KEPT if reached >= promised else Standing.ON_THE_WAY if reached else Standing.OPEN
    yield Promise(
        kind=PromiseKind.HEADS, clause_id=clause.id, standing=standing, promised=promised, done=reached, unit="heads"
    )


def _of_indicator(view: PartnershipView, one: Measured) -> Promise:
    target, actual = one.target or 0.0, one.actual
    if actual is None:
        standing = Standing.OPEN
    else:
        fewer_is_better = one.indicator.code in FEWER_IS_BETTER
        reached = actual <= target if fewer_is_better else actual >= target
        standing = Standing.KEPT if reached else Standing.OVER if fewer_is_better else Standing.ON_THE_WAY
    return Promise(
        kind=PromiseKind.INDICATOR,
        clause_id=_id(clause_of(view.clauses, one.indicator)),
        standing=standing,
        record=one.indicator,
        promised=one.target,
        done=actual,
        unit=one.unit,
    )


FEWER_IS_BETTER: Final = frozenset({"mismatches_open", "processes_named", "workload", "bureaucracy"})
"""Indicators whose target is the most that is wanted."""


def _of_calendar(view: PartnershipView) -> Iterator[Promise]:
    """Dates on closed days, and dates planned on shorter notice than agreed; 0 keeps the promise."""
    for code, kind, conflicts in (
        ("school_calendar", PromiseKind.CLOSED_DAYS, _CLOSED),
        ("scheduling", PromiseKind.NOTICE, frozenset({ConflictCode.SHORT_NOTICE})),
    ):
        clause = next((one for one in view.clauses if one.included and one.code == code), None)
        if clause is None or not view.occurrences:
            continue
        dates = {
            (each.activity_id, each.original_on)
            for each in view.conflicts
            if each.code in conflicts and not each.accepted
        }
        standing = Standing.OVER if dates else Standing.KEPT
        yield Promise(kind=kind, clause_id=clause.id, standing=standing, promised=0, done=len(dates), unit="dates")


_CLOSED: Final = frozenset(
    {ConflictCode.CLOSURE, ConflictCode.PUBLIC_HOLIDAY, ConflictCode.ASSESSMENT, ConflictCode.DEADLINE_NEAR}
)
