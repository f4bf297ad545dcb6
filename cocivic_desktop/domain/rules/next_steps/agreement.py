"""Next steps of stage 3: what the agreement leaves open, whether it can be kept, and its way to the signatures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from cocivic_desktop.domain.agreements import AgreementState, Clause, ClauseState, CommunicationRoutine
from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.partnership_view import PartnershipView, VersionInfo
from cocivic_desktop.domain.partnerships import PipelineState, Stage
from cocivic_desktop.domain.rules.duties import duties
from cocivic_desktop.domain.rules.feasibility import check_view
from cocivic_desktop.domain.rules.next_steps.base import (
    NextStep,
    Rule,
    Steps,
    Urgency,
    days_since,
    excerpt,
    has_begun,
    has_ended,
)

_STAGE = Steps(Stage.AGREEMENT)
ESSENTIAL_TOPICS: Final = (
    "results_ownership",
    "responsibilities",
    "time_commitments",
    "school_calendar",
    "communication",
    "data_protection",
    "evaluation",
    "termination",
)
"""Topics without which an agreement is not ready, whatever the partnership is about."""
MINORS_TOPICS: Final = ("safeguarding", "parental_consent")
"""Topics that learners under 18 make essential."""
REPLY_DAYS = 14
"""A school is asked for its answer after this many days."""
EARLY: Final = (PipelineState.IDEA, PipelineState.CONTACTED, PipelineState.MEETING)
"""States in which both sides have not begun to plan together."""
NEGOTIATED: Final = (AgreementState.DRAFT, AgreementState.SHARED)
"""States in which the text is still open."""
CLOSED: Final = (AgreementState.ENDED,)
"""States in which nothing is promised any more."""


def agreement_missing(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """Nothing is written down although there are goals, or work has begun."""
    if view.agreement is not None or view.partnership.pipeline is PipelineState.IDEA:
        return
    begun = has_begun(view, today)
    if begun or any(goal.agreed_cso_on and goal.agreed_school_on for goal in view.goals):
        yield _STAGE.step(view, "agreement_missing", Urgency.NOW if begun else Urgency.SOON, section="interview")


def questions_open(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """The interview has not heard all that the text needs. Once the school has the text, it may fill the blanks."""
    drafted = view.agreement is not None and view.agreement.state is AgreementState.DRAFT
    if drafted and view.open_questions:
        yield _STAGE.step(view, "questions_open", section="interview", count=view.open_questions)


def clause_topic_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """The agreement says nothing about something it should. A topic left out with a reason is settled."""
    if view.agreement is None or view.agreement.state not in NEGOTIATED:
        return
    topics = ESSENTIAL_TOPICS + (MINORS_TOPICS if view.partnership.minors else ())
    settled = {c.topic for c in view.clauses if c.included or c.state is ClauseState.WAIVED}
    for topic in topics:
        if topic not in settled:
            urgency = Urgency.NOW if topic in MINORS_TOPICS else Urgency.SOON
            yield _STAGE.step(view, "clause_topic_missing", urgency, section="clauses", topic=topic)


def clauses_not_addressed(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """Clauses that have not been talked about."""
    return _open_clauses(view, "clauses_not_addressed", ClauseState.NOT_ADDRESSED)


def clauses_under_discussion(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """Clauses on which both sides have not agreed yet; they keep the DRAFT mark on the document."""
    return _open_clauses(view, "clauses_under_discussion", ClauseState.UNDER_DISCUSSION)


def _open_clauses(view: PartnershipView, code: str, state: ClauseState) -> Iterator[NextStep]:
    """One step for the clauses in a state, while the text is open."""
    if view.agreement is not None and view.agreement.state in NEGOTIATED:
        waiting = (clause for clause in view.clauses if clause.included and clause.state is state)
        yield from _STAGE.counted(view, code, waiting, section="clauses")


def waive_reason_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A clause was given up and nobody has said why."""
    for clause in view.clauses:
        if clause.state is ClauseState.WAIVED and not clause.waive_reason.strip():
            yield _STAGE.step(
                view,
                "waive_reason_missing",
                Urgency.LATER,
                section="clauses",
                opens=clause,
                clause=excerpt(_title(view, clause)),
            )


def _title(view: PartnershipView, clause: Clause) -> str:
    """A clause's title in the agreement's language, else in any that there is."""
    language = view.agreement.language if view.agreement is not None else "en"
    return clause.titles.get(language) or next(iter(clause.titles.values()), clause.code)


def commitments_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """No hours are promised. Lack of time is the first barrier (63.6 %)."""
    if view.agreement is not None and not view.commitments:
        yield _STAGE.step(view, "commitments_missing", section="commitments")


def responsibilities_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """Nobody has said who does what."""
    if view.agreement is not None and not view.responsibilities:
        yield _STAGE.step(view, "responsibilities_missing", section="responsibilities")


def promise_not_feasible(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """What is promised does not fit into the school's year (checked while the text is open): one step per reason."""
    if view.agreement is None or view.agreement.state not in NEGOTIATED:
        return
    said = {"sessions_do_not_fit"}  # the calendar's own conflicts say so
    for verdict in check_view(view):
        if verdict.code not in said:
            said.add(verdict.code)
            section = "routines" if isinstance(verdict.record, CommunicationRoutine) else "commitments"
            step = _STAGE.step(view, f"promise_{verdict.code}", Urgency.NOW, section=section, opens=verdict.record)
            yield replace(step, parameters=dict(verdict.parameters))


def routines_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """Nobody has said when both sides meet and report, while the text is open."""
    if view.agreement is not None and view.agreement.state in NEGOTIATED and not view.routines:
        yield _STAGE.step(view, "routines_missing", section="routines")


def duty_not_planned(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """A meeting or report that the agreement promises is not in the calendar. Now, when it should have been held."""
    if view.agreement is None or view.agreement.state in CLOSED or has_ended(view, today):
        return
    if view.agreement.state in NEGOTIATED and not has_begun(view, today):
        return
    for duty in duties(view, today):
        if duty.missing and duty.promised:
            yield _STAGE.step(
                view,
                "duty_not_planned",
                Urgency.NOW if duty.behind else Urgency.SOON,
                section="routines",
                opens=duty.routine,
                title=excerpt(duty.routine.title),
                promised=duty.promised,
                planned=duty.planned,
                held=duty.held,
            )


def duty_unmarked(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """A promised meeting is past, and nobody has said whether it took place."""
    for duty in duties(view, today):
        if duty.unmarked:
            yield _STAGE.step(
                view, "duty_unmarked", section="routines", opens=duty.routine,
                title=excerpt(duty.routine.title), count=duty.unmarked,
            )  # fmt: skip


def funding_incomplete(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A cost without an amount stands in the text while it is negotiated."""
    if view.agreement is not None and view.agreement.state in NEGOTIATED:
        open_items = (item for item in view.funding if item.amount_cents is None)
        yield from _STAGE.counted(
            view, "funding_incomplete", open_items, section="funding", says=lambda item: {"title": excerpt(item.title)}
        )


def agreement_not_shared(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """Every clause has been looked at, but the school has not seen the text."""
    if view.agreement is None or view.agreement.state is not AgreementState.DRAFT or view.versions:
        return
    included = [clause for clause in view.clauses if clause.included]
    if included and all(clause.state is not ClauseState.NOT_ADDRESSED for clause in included):
        yield _STAGE.step(view, "agreement_not_shared", section="versions")


def agreement_reply_due(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """The school has had the text for two weeks."""
    if view.agreement is None or view.agreement.state is not AgreementState.SHARED:
        return
    latest = _latest_shared(view)
    if latest is None or latest.shared_at is None:
        return
    days = days_since(latest.shared_at.date(), today)
    if days >= REPLY_DAYS:
        yield _STAGE.step(view, "agreement_reply_due", section="versions", number=latest.number, days=days)


def _latest_shared(view: PartnershipView) -> VersionInfo | None:
    return max((v for v in view.versions if v.shared_at), key=lambda version: version.number, default=None)


def signature_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """All is agreed; a side has not signed."""
    if view.agreement is None or view.agreement.state is not AgreementState.AGREED:
        return
    signed = {signature.side for signature in view.signatures if signature.signed_on is not None}
    for side in (Side.CSO, Side.SCHOOL):
        if side not in signed:
            yield _STAGE.step(view, "signature_missing", section="signatures", side=side)


def agreement_unsigned_at_start(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """Work has begun under a text that nobody has signed."""
    if view.agreement is None or not has_begun(view, today) or has_ended(view, today):
        return
    if view.partnership.pipeline in EARLY and view.agreement.state is AgreementState.DRAFT and not view.hour_totals:
        return  # its first day is a plan that nobody has agreed to
    if view.agreement.state in (AgreementState.DRAFT, AgreementState.SHARED, AgreementState.AGREED):
        yield _STAGE.step(view, "agreement_unsigned_at_start", Urgency.NOW, section="signatures")


RULES: Final[tuple[Rule, ...]] = (
    agreement_missing,
    questions_open,
    clause_topic_missing,
    clauses_not_addressed,
    clauses_under_discussion,
    waive_reason_missing,
    commitments_missing,
    responsibilities_missing,
    promise_not_feasible,
    routines_missing,
    duty_not_planned,
    duty_unmarked,
    funding_incomplete,
    agreement_not_shared,
    agreement_reply_due,
    signature_missing,
    agreement_unsigned_at_start,
)
