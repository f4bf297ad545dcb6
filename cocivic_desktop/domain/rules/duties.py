"""Duties: how often a routine of the agreement has to happen, and how many of these times are planned and held.

A date answers to a routine when its activity names it (`Activity.routine_id`). A meeting of the fitting kind that
nobody has tied to a routine counts for the first routine of that kind.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from cocivic_desktop.domain.activities import Activity, ActivityStatus
from cocivic_desktop.domain.agreements import CommunicationRoutine, RoutineKind, RoutineRhythm
from cocivic_desktop.domain.clause_library import Answer
from cocivic_desktop.domain.goals import ChallengePhase
from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.partnerships import Meeting, MeetingKind
from cocivic_desktop.domain.rules.recurrence import Occurrence
from cocivic_desktop.domain.rules.school_time import terms_within, weeks_within, whole_months

MEETING_KINDS: Final = {
    RoutineKind.STEERING: MeetingKind.STEERING,
    RoutineKind.CHECK_IN: MeetingKind.CHECK_IN,
    RoutineKind.REVIEW: MeetingKind.FEEDBACK,
}
"""The kind of meeting by which a routine is kept; reports and other routines are kept by their dates alone."""

RHYTHM_OF_ANSWER: Final = {
    "weekly": RoutineRhythm.WEEKLY,
    "fortnightly": RoutineRhythm.FORTNIGHTLY,
    "monthly": RoutineRhythm.MONTHLY,
}
STEERING_MINUTES: Final = 60
CHECK_IN_MINUTES: Final = 30
"""The clause on communication says: as a rule no longer than half an hour."""


@dataclass(frozen=True, kw_only=True)
class Duty:
    """How one routine stands on a day.

    `promised` counts the times over the whole partnership (None while its period is not known), `due` those that
    should have taken place by now. `unmarked` dates are past and nobody has said whether they took place.
    """

    routine: CommunicationRoutine
    promised: int | None
    due: int
    held: int
    unmarked: int
    planned: int
    next_on: date | None

    @property
    def missing(self) -> int:
        """Times that are promised and neither held nor in the calendar."""
        return max(0, (self.promised or 0) - self.held - self.unmarked - self.planned)

    @property
    def behind(self) -> int:
        """Times that should have taken place by now and have not."""
        return max(0, self.due - self.held - self.unmarked)


def duties(view: PartnershipView, today: date) -> list[Duty]:
    """How each routine of the agreement stands, in its order."""
    return [_duty(view, routine, today) for routine in view.routines]


def promised_times(view: PartnershipView, routine: CommunicationRoutine) -> int | None:
    """How often a routine has to happen within the partnership; None while its period is not known.

    Weeks are teaching weeks where the school year is known. Without known terms a term counts as half a year.
    """
    if routine.rhythm is RoutineRhythm.ONCE:
        return routine.count
    first, last = view.starts_on, view.ends_on
    if first is None or last is None or last < first:
        return None
    weeks = weeks_within(view, first, last)
    if weeks is None:
        weeks = math.ceil(((last - first).days + 1) / 7)
    months = whole_months(first, last)
    terms = terms_within(view)
    spans = {
        RoutineRhythm.WEEKLY: weeks,
        RoutineRhythm.FORTNIGHTLY: math.ceil(weeks / 2),
        RoutineRhythm.MONTHLY: months,
        RoutineRhythm.PER_TERM: max(1, round(months / 6)) if terms is None else terms,
        RoutineRhythm.PER_YEAR: max(1, round(months / 12)),
    }
    return routine.count * spans[routine.rhythm]


def routines_of_answers(agreement_id: UUID, answers: dict[str, Answer]) -> list[CommunicationRoutine]:
    """The routines that the interview's answers amount to, without titles: steering group and check-ins.

    `check_in` "phase" means one at the end of each phase of project work.
    """
    found = []
    meetings = answers.get("steering_meetings")
    if isinstance(meetings, int) and not isinstance(meetings, bool) and meetings > 0:
        found.append(
            CommunicationRoutine(
                agreement_id=agreement_id,
                kind=RoutineKind.STEERING,
                title="",
                rhythm=RoutineRhythm.PER_TERM,
                count=meetings,
                duration_minutes=STEERING_MINUTES,
            )
        )
    chosen = str(answers.get("check_in", ""))
    if chosen in RHYTHM_OF_ANSWER or chosen == "phase":
        found.append(
            CommunicationRoutine(
                agreement_id=agreement_id,
                kind=RoutineKind.CHECK_IN,
                title="",
                rhythm=RHYTHM_OF_ANSWER.get(chosen, RoutineRhythm.ONCE),
                count=len(ChallengePhase) if chosen == "phase" else 1,
                duration_minutes=CHECK_IN_MINUTES,
                channel=str(answers.get("channel", "")),
            )
        )
    return found


def _duty(view: PartnershipView, routine: CommunicationRoutine, today: date) -> Duty:
    promised = promised_times(view, routine)
    times = [*_linked(view, routine, today), *_meetings(view, routine, today)]
    coming = sorted(day for day, held in times if not held and day >= today)
    return Duty(
        routine=routine,
        promised=promised,
        due=_due(view, routine, promised or 0, today),
        held=sum(held for _, held in times),
        unmarked=sum(not held and day < today for day, held in times),
        planned=len(coming),
        next_on=coming[0] if coming else None,
    )


def _due(view: PartnershipView, routine: CommunicationRoutine, promised: int, today: date) -> int:
    """The share of the promise that matches the days gone by; what happens once is due on its day."""
    if routine.rhythm is RoutineRhythm.ONCE and routine.due_on is not None:
        return promised if routine.due_on < today else 0
    first, last = view.starts_on, view.ends_on
    if first is None or last is None or today <= first:
        return 0
    return promised if last < today else promised * (today - first).days // ((last - first).days + 1)


def _linked(view: PartnershipView, routine: CommunicationRoutine, today: date) -> Iterator[tuple[date, bool]]:
    """Day, and whether it took place, of each date of the calendar that names the routine."""
    written = {(meeting.activity_id, meeting.held_on) for meeting in view.meetings if meeting.activity_id}
    for one in view.occurrences:
        activity = view.activities_by_id.get(one.activity_id)
        if activity is not None and activity.routine_id == routine.id and not one.cancelled:
            told = one.status is ActivityStatus.DONE or (one.activity_id, one.on) in written
            yield one.on, told and one.on <= today


def _meetings(view: PartnershipView, routine: CommunicationRoutine, today: date) -> Iterator[tuple[date, bool]]:
    """Meetings of the routine's kind that answer to no other routine, within the partnership's period."""
    kind = MEETING_KINDS.get(routine.kind)
    same = [one for one in view.routines if one.kind is routine.kind]
    if kind is None or same[0] is not routine:
        return
    for meeting in view.meetings:
        activity = view.activities_by_id.get(meeting.activity_id) if meeting.activity_id else None
        if meeting.kind is not kind or (activity is not None and activity.routine_id is not None):
            continue
        day = _day_of(meeting, activity, view.occurrences)
        if day is None or (view.starts_on and day < view.starts_on) or (view.ends_on and day > view.ends_on):
            continue
        done = meeting.held_on is not None or (activity is not None and activity.status is ActivityStatus.DONE)
        yield day, done and day <= today


def _day_of(meeting: Meeting, activity: Activity | None, occurrences: list[Occurrence]) -> date | None:
    if meeting.held_on is not None or activity is None or activity.recurrence is not None:
        return meeting.held_on
    own = next((one for one in occurrences if one.activity_id == activity.id and not one.cancelled), None)
    return own.on if own is not None else None
