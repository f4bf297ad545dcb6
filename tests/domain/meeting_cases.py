"""Cases for the rules about letters and meetings: speaking, and silent once it is settled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from cocivic_desktop.domain.activities import Activity, ActivityKind, ActivityStatus, Participation
from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.partnerships import (
    AgendaItem,
    AgendaKind,
    MatchState,
    Meeting,
    Outreach,
    OutreachKind,
    PipelineState,
    ReadinessAnswerValue,
    Task,
)
from tests.domain.make_view import TODAY

Change = Callable[[PartnershipView], object]
Case = tuple[str, Change, date]
SOON, PAST = date(2026, 3, 23), date(2026, 3, 12)


def meeting(day: date | None, *, activity: bool = True, **fields: Any) -> Change:
    """One more meeting, in the calendar on a day; fields of the activity begin with "at_"."""

    def change(view: PartnershipView) -> None:
        own = {name: value for name, value in fields.items() if not name.startswith("at_")}
        made = Meeting(partnership_id=view.id, **own)
        if activity and day is not None:
            entry = Activity(
                partnership_id=view.id,
                title="Talk",
                kind=ActivityKind.MEETING,
                starts_on=day,
                **{name.removeprefix("at_"): value for name, value in fields.items() if name.startswith("at_")},
            )
            view.activities = [*view.activities, entry]
            view.participations = [Participation(activity_id=entry.id, person_id=view.people[0].id)]
            made.activity_id = entry.id
        else:
            made.held_on = day
        view.meetings = [*view.meetings, made]

    return change


def letter(kind: OutreachKind = OutreachKind.LETTER, **fields: Any) -> Change:
    """A letter sixteen days ago, and nothing since."""

    def change(view: PartnershipView) -> None:
        view.partnership.pipeline, view.meetings = PipelineState.CONTACTED, []
        view.outreach = [Outreach(partnership_id=view.id, happened_on=date(2026, 3, 2), kind=kind, **fields)]

    return change


def gap(pipeline: PipelineState) -> Change:
    """Our own side lacks something."""

    def change(view: PartnershipView) -> None:
        view.partnership.pipeline = pipeline
        view.readiness[0].answer = ReadinessAnswerValue.NO

    return change


def task(**fields: Any) -> Change:
    """A task that is not done."""
    return lambda view: view.tasks.append(Task(partnership_id=view.id, title="Send plan", **fields))


def answered(state: ReadinessAnswerValue, match: MatchState) -> Change:
    """A meeting whose agenda answers a question and settles an expectation."""

    def change(view: PartnershipView) -> None:
        view.readiness[0].answer = state
        card = view.expectations[0]
        card.state = match
        items = [
            AgendaItem(
                text="Who has time?", kind=AgendaKind.READINESS, about="cso_time", settled=ReadinessAnswerValue.YES
            ),
            AgendaItem(text="Marks?", kind=AgendaKind.EXPECTATION, about=str(card.id), answer="For the report only"),
        ]
        meeting(PAST, agenda=items, minutes="Good talk.")(view)

    return change


AGENDA = [AgendaItem(text="Welcome")]
SENT = datetime(2026, 3, 15, tzinfo=UTC)
CASES: list[Case] = [
    ("letter_unanswered", letter(), TODAY),
    ("letter_unanswered", letter(OutreachKind.EMAIL), TODAY),
    ("readiness_gaps", gap(PipelineState.EXPLORING), TODAY),
    ("meeting_day_missing", meeting(None, agenda=AGENDA), TODAY),
    ("invitation_missing", meeting(SOON, agenda=AGENDA), TODAY),
    ("agenda_missing", meeting(SOON, at_exported_at=SENT), TODAY),
    ("meeting_minutes_missing", meeting(PAST, activity=False), TODAY),
    ("meeting_minutes_missing", meeting(PAST), TODAY),
    ("answers_not_taken", answered(ReadinessAnswerValue.UNKNOWN, MatchState.MATCHED), TODAY),
    ("answers_not_taken", answered(ReadinessAnswerValue.YES, MatchState.MISMATCHED), TODAY),
    ("task_overdue", task(due_on=PAST), TODAY),
    ("task_open_ended", task(due_on=SOON), TODAY),
]
SILENT: list[Case] = [
    ("letter_unanswered", letter(OutreachKind.CALL), TODAY),
    ("letter_unanswered", letter(next_contact_on=SOON), TODAY),
    ("letter_unanswered", letter(), date(2026, 3, 10)),
    ("readiness_gaps", gap(PipelineState.AGREED), TODAY),
    ("meeting_day_missing", meeting(SOON, agenda=AGENDA), TODAY),
    ("invitation_missing", meeting(SOON, agenda=AGENDA, at_exported_at=SENT), TODAY),
    ("invitation_missing", meeting(SOON, at_status=ActivityStatus.CANCELLED), TODAY),
    ("invitation_missing", meeting(date(2026, 4, 20)), TODAY),
    ("agenda_missing", meeting(SOON, agenda=AGENDA), TODAY),
    ("meeting_minutes_missing", meeting(PAST, at_status=ActivityStatus.CANCELLED), TODAY),
    ("meeting_minutes_missing", meeting(PAST, decisions="We go on."), TODAY),
    ("answers_not_taken", answered(ReadinessAnswerValue.YES, MatchState.RESOLVED), TODAY),
    ("task_overdue", task(due_on=PAST, done_on=PAST), TODAY),
]
