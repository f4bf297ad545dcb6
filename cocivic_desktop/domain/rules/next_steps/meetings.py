"""Next steps of stage 1 about letters and meetings: before one takes place, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from cocivic_desktop.domain.activities import Activity, ActivityStatus
from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.partnerships import (
    AgendaItem,
    AgendaKind,
    MatchState,
    Meeting,
    OutreachKind,
    PipelineState,
    ReadinessAnswerValue,
    Stage,
)
from cocivic_desktop.domain.rules.next_steps.base import NextStep, Rule, Steps, Urgency, days_since, excerpt, is_agreed

_STAGE: Final = Steps(Stage.INITIATE)
LETTER_DAYS: Final = 14
"""After this many days a letter or an e-mail without an answer is followed by a call."""
INVITE_DAYS: Final = 7
"""So many days before a meeting people should have its invitation and agenda."""
LAST_DAYS: Final = 2
MINUTES_DAYS: Final = 3
"""Minutes are written while the meeting is remembered."""
WRITTEN: Final = (OutreachKind.LETTER, OutreachKind.EMAIL)


def letter_unanswered(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """A letter was the last word, and no day is set for asking again. Letters are answered after a call."""
    if view.partnership.pipeline not in (PipelineState.IDEA, PipelineState.CONTACTED) or view.meetings:
        return
    latest = max(view.outreach, key=lambda contact: contact.happened_on, default=None)
    if latest is None or latest.kind not in WRITTEN or latest.next_contact_on or view.partnership.next_contact_on:
        return
    days = days_since(latest.happened_on, today)
    if days >= LETTER_DAYS:
        yield _STAGE.step(view, "letter_unanswered", section="outreach", sent_on=latest.happened_on, days=days)


def readiness_gaps(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """What our own side answered with "no", while nothing is promised yet (handbook, section 5.1)."""
    gaps = [
        answer
        for answer in view.readiness
        if answer.answer is ReadinessAnswerValue.NO and answer.question.startswith("cso_")
    ]
    if gaps and not is_agreed(view):
        yield _STAGE.step(view, "readiness_gaps", Urgency.LATER, section="glance", count=len(gaps))


def meeting_day_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """An agenda is written, and nobody has said when."""
    for meeting in view.meetings:
        if meeting.agenda and meeting.held_on is None and meeting.activity_id is None and not _is_written(meeting):
            yield _STAGE.step(view, "meeting_day_missing", section="agenda", opens=meeting)


def invitation_missing(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """A week before a meeting its invitation has not left the house."""
    for meeting, activity, day in _ahead(view, today):
        if activity.exported_at is None and any(part.activity_id == activity.id for part in view.participations):
            yield _before(view, "invitation_missing", meeting, day, today)


def agenda_missing(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """A week before a meeting nothing is on its agenda."""
    for meeting, _, day in _ahead(view, today):
        if not meeting.agenda:
            yield _before(view, "agenda_missing", meeting, day, today)


def meeting_minutes_missing(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """A meeting that was held has neither minutes nor decisions."""
    for meeting in view.meetings:
        day = _day(view, meeting)
        days = days_since(day, today) if day is not None else -1
        if day is not None and days >= 0 and not _is_written(meeting):
            yield _STAGE.step(
                view,
                "meeting_minutes_missing",
                Urgency.NOW if days >= MINUTES_DAYS else Urgency.SOON,
                section="meetings",
                opens=meeting,
                held_on=day,
            )


def answers_not_taken(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """What was answered in a meeting still counts as unknown or unsettled elsewhere."""
    for meeting in view.meetings:
        waiting = [item for item in meeting.agenda if _is_answered(item) and _is_open(view, item)]
        if waiting:
            yield _STAGE.step(
                view,
                "answers_not_taken",
                section="agenda",
                opens=meeting,
                count=len(waiting),
                item=excerpt(waiting[0].text),
            )


def task_overdue(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """Something promised by a day that is past."""
    for task in view.tasks:
        if task.done_on is None and task.due_on is not None and task.due_on < today:
            yield _STAGE.step(
                view,
                "task_overdue",
                Urgency.NOW,
                section="meetings",
                opens=task,
                task=excerpt(task.title),
                days=days_since(task.due_on, today),
            )


def task_open_ended(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A task without an owner or a day is nobody's."""
    loose = (task for task in view.tasks if task.done_on is None and (task.owner_id is None or task.due_on is None))
    yield from _STAGE.counted(
        view,
        "task_open_ended",
        loose,
        Urgency.LATER,
        section="tasks",
        says=lambda first: {"task": excerpt(first.title)},
    )


def _activity(view: PartnershipView, meeting: Meeting) -> Activity | None:
    """The meeting's entry in the calendar, unless it is a series or was called off."""
    found = next((one for one in view.activities if one.id == meeting.activity_id), None)
    if found is None or found.recurrence is not None or found.status is ActivityStatus.CANCELLED:
        return None
    return found


def _day(view: PartnershipView, meeting: Meeting) -> date | None:
    activity = _activity(view, meeting)
    if meeting.held_on is not None:
        called_off = any(
            one.id == meeting.activity_id and one.status is ActivityStatus.CANCELLED for one in view.activities
        )
        return None if called_off else meeting.held_on
    return activity.starts_on if activity is not None else None


def _ahead(view: PartnershipView, today: date) -> Iterator[tuple[Meeting, Activity, date]]:
    """The meetings of the coming days with their entries in the calendar."""
    for meeting in view.meetings:
        activity, day = _activity(view, meeting), _day(view, meeting)
        if activity is not None and day is not None and 0 < (day - today).days <= INVITE_DAYS:
            yield meeting, activity, day


def _before(view: PartnershipView, code: str, meeting: Meeting, day: date, today: date) -> NextStep:
    urgency = Urgency.NOW if (day - today).days <= LAST_DAYS else Urgency.SOON
    return _STAGE.step(view, code, urgency, section="agenda", opens=meeting, held_on=day)


def _is_written(meeting: Meeting) -> bool:
    return bool(meeting.minutes.strip() or meeting.decisions.strip())


def _is_answered(item: AgendaItem) -> bool:
    return item.settled not in (None, ReadinessAnswerValue.UNKNOWN) or bool(item.answer.strip())


def _is_open(view: PartnershipView, item: AgendaItem) -> bool:
    if item.kind is AgendaKind.READINESS and item.settled not in (None, ReadinessAnswerValue.UNKNOWN):
        unknown = ReadinessAnswerValue.UNKNOWN
        return any(one.question == item.about and one.answer is unknown for one in view.readiness)
    if item.kind is AgendaKind.EXPECTATION:
        unsettled = (MatchState.OPEN, MatchState.MISMATCHED)
        return any(str(one.id) == item.about and one.state in unsettled for one in view.expectations)
    return False


RULES: Final[tuple[Rule, ...]] = (
    letter_unanswered,
    readiness_gaps,
    meeting_day_missing,
    invitation_missing,
    agenda_missing,
    meeting_minutes_missing,
    answers_not_taken,
    task_overdue,
    task_open_ended,
)
