"""Next steps of stage 1: our own readiness, first contacts, the exploratory meeting, expectations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.partnerships import (
    Expectation,
    MatchState,
    MeetingKind,
    PipelineState,
    ReadinessAnswerValue,
    Stage,
)
from cocivic_desktop.domain.rules.expectations import unsettled
from cocivic_desktop.domain.rules.next_steps.base import (
    NextStep,
    Rule,
    Steps,
    Urgency,
    days_since,
    excerpt,
    is_agreed,
)
from cocivic_desktop.domain.rules.next_steps.meetings import WRITTEN

_STAGE = Steps(Stage.INITIATE)
QUIET_DAYS = 21
"""After this many days without an answer, a school is asked again."""


def our_mission_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """Without a mission no goal can be held against it (handbook, chapter 7)."""
    if view.our_organisation is None or not view.our_organisation.mission.strip():
        yield _STAGE.step(view, "our_mission_missing", section="organisation", opens=view.our_organisation)


def readiness_not_started(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """The self-check comes before promises are made."""
    if not view.readiness and not is_agreed(view):
        yield _STAGE.step(view, "readiness_not_started", section="readiness")


def readiness_unknown(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """What is not known becomes a question for the meeting."""
    count = sum(1 for answer in view.readiness if answer.answer is ReadinessAnswerValue.UNKNOWN)
    if count:
        yield _STAGE.step(view, "readiness_unknown", section="readiness", count=count)


def first_contact_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """An idea becomes a partnership by the first call."""
    if view.partnership.pipeline is PipelineState.IDEA and not view.outreach and not view.meetings:
        school = view.school.name if view.school else view.partnership.title
        yield _STAGE.step(view, "first_contact_missing", section="outreach", school=excerpt(school))


def next_contact_overdue(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """A contact was promised for a day that has come."""
    due = view.partnership.next_contact_on or _planned_contact(view)
    if due is not None and due <= today:
        put_off = view.partnership.pipeline is PipelineState.NOT_NOW
        yield _STAGE.step(
            view,
            "ask_again" if put_off else "next_contact_overdue",
            Urgency.NOW if due < today else Urgency.SOON,
            section="outreach",
            due_on=due,
            days=days_since(due, today),
        )


def _planned_contact(view: PartnershipView) -> date | None:
    """The next contact noted in the latest entry of the outreach log."""
    latest = max(view.outreach, key=lambda contact: contact.happened_on, default=None)
    return latest.next_contact_on if latest else None


def not_now_reason_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """Put off without a reason: whoever looks at it next year would start from nothing."""
    if view.partnership.pipeline is PipelineState.NOT_NOW and not view.partnership.not_now_reason.strip():
        school = view.school.name if view.school else view.partnership.title
        yield _STAGE.step(view, "not_now_reason_missing", Urgency.LATER, section="pipeline", school=excerpt(school))


def contact_gone_quiet(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """Weeks without an answer and no date to ask again: this is how first contacts die."""
    if view.partnership.pipeline not in (PipelineState.IDEA, PipelineState.CONTACTED) or not view.outreach:
        return
    if view.partnership.next_contact_on or _planned_contact(view):
        return
    latest = max(view.outreach, key=lambda contact: contact.happened_on)
    days = days_since(latest.happened_on, today)
    if days >= QUIET_DAYS and (latest.kind not in WRITTEN or view.meetings):  # of letters another rule speaks
        yield _STAGE.step(view, "contact_gone_quiet", section="outreach", days=days)


def leadership_meeting_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """Commitment of the school's leadership decides whether anything lasts."""
    if view.partnership.pipeline is PipelineState.IDEA:
        return
    if not any(meeting.with_leadership for meeting in view.meetings):
        yield _STAGE.step(view, "leadership_meeting_missing", section="meetings")


def expectations_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A side of which nobody has written down what it expects. Mismatch is the second largest barrier (55 %)."""
    if view.partnership.pipeline is PipelineState.IDEA:
        return
    for side in Side:
        if not any(expectation.side is side for expectation in view.expectations):
            yield _STAGE.step(view, "expectations_missing", section="expectations", side=side)


def mismatch_open(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """Expectations that do not fit each other and have no way out yet."""
    open_ones = [e for e in view.expectations if e.state is MatchState.MISMATCHED]
    if open_ones:
        first = open_ones[0]
        yield _STAGE.step(
            view,
            "mismatch_open",
            Urgency.NOW if is_agreed(view) else Urgency.SOON,
            section="expectations",
            opens=first,
            count=len(open_ones),
            expectation=excerpt(first.text),
        )


def expectation_unanswered(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """Somebody expects something, both sides have heard it, and nobody has said who answers it."""
    if view.partnership.pipeline in (PipelineState.IDEA, PipelineState.CONTACTED):
        return
    waiting = (
        one for one in unsettled(view.expectations) if isinstance(one, Expectation) and one.state is MatchState.OPEN
    )
    yield from _STAGE.counted(
        view,
        "expectation_unanswered",
        waiting,
        section="expectations",
        says=lambda first: {"side": first.side, "expectation": excerpt(first.text)},
    )


def decision_missing(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """The exploratory meeting was held, and nobody has said whether to go on."""
    if view.partnership.pipeline not in (PipelineState.MEETING, PipelineState.CONTACTED):
        return
    held = [m.held_on for m in view.meetings if m.kind is MeetingKind.EXPLORATORY and m.held_on and m.held_on <= today]
    if held:
        yield _STAGE.step(view, "decision_missing", section="pipeline", held_on=max(held))


RULES: Final[tuple[Rule, ...]] = (
    our_mission_missing,
    readiness_not_started,
    readiness_unknown,
    first_contact_missing,
    next_contact_overdue,
    not_now_reason_missing,
    contact_gone_quiet,
    leadership_meeting_missing,
    expectations_missing,
    mismatch_open,
    expectation_unanswered,
    decision_missing,
)
