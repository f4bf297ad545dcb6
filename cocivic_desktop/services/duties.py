"""Duties of the communication routine: rows from the interview's answers, and dates that fulfil them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cocivic_desktop.domain.activities import Activity, ActivityKind, Participation, Recurrence, RecurrenceEnd
from cocivic_desktop.domain.agreements import (
    Agreement,
    CommunicationRoutine,
    RoutineKind,
    RoutineRhythm,
)
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.clause_library import Answer
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.partnerships import Meeting
from cocivic_desktop.domain.rules import duty_dates
from cocivic_desktop.domain.rules.conflicts import ActivityFacts
from cocivic_desktop.domain.rules.duties import MEETING_KINDS, Duty, duties, routines_of_answers
from cocivic_desktop.domain.rules.free_slots import FreeCheck
from cocivic_desktop.domain.rules.recurrence import occurrences
from cocivic_desktop.domain.rules.traceability import clause_of
from cocivic_desktop.library.labels import labels
from cocivic_desktop.services import calendar
from cocivic_desktop.services.views import partnership_view

if TYPE_CHECKING:
    from cocivic_desktop.services.drafts import Draft
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

AFTERNOON: Final = time(15)
"""When meetings begin where no lesson times are known; else they begin with the end of the last lesson."""
SERIES_FROM: Final = 4
"""From this many weekly or fortnightly dates on, a duty is planned as one series."""
WITH_MEETING: Final = frozenset({RoutineKind.STEERING, RoutineKind.REVIEW})
"""Routines whose dates get a meeting with an agenda and minutes."""
AT_END: Final = frozenset({RoutineKind.REPORT, RoutineKind.REVIEW})
"""Routines that look back: they come at the end of each part of the time, others in its middle."""
EVERY: Final = {RoutineRhythm.WEEKLY: 1, RoutineRhythm.FORTNIGHTLY: 2}
"""Weeks between two dates of a series."""


@dataclass(frozen=True)
class Proposal:
    """Activities that would fulfil a duty, not stored yet; `times` dates of the `missing` ones that were looked for."""

    duty: Duty
    activities: tuple[Activity, ...]
    missing: int
    times: int
    first_on: date | None
    last_on: date | None


def propose_routines(unit: UnitOfWork, draft: Draft, before: Mapping[str, Answer] | None = None) -> None:
    """Write the routines that the answers and the clause on evaluation amount to, within a unit of work.

    A kind of routine that has a row, even an archived one, is left as it is; but with `before`, the answers until
    now, a row that still says what they said follows the new ones.
    """
    new = _routines(draft, draft.answers)
    old = {one.kind: one for one in _routines(draft, before)} if before is not None else {}
    wanted = {one.kind: one for one in new}
    position = unit.count(CommunicationRoutine, archived=None, agreement_id=draft.agreement.id)
    for kind in dict.fromkeys([*wanted, *old]):
        rows = unit.find(CommunicationRoutine, archived=None, agreement_id=draft.agreement.id, kind=kind)
        if not rows and kind in wanted:
            unit.add(replace(wanted[kind], position=position))
            position += 1
        elif rows and kind in old and _says(rows[0]) == _says(old[kind]):
            if kind in wanted:
                rows[0].rhythm, rows[0].count = wanted[kind].rhythm, wanted[kind].count
                rows[0].channel = rows[0].channel or wanted[kind].channel
            else:
                unit.delete(rows[0])


def _routines(draft: Draft, answers: Mapping[str, Answer]) -> list[CommunicationRoutine]:
    """The routines of some answers, with titles in the agreement's language and the contact persons."""
    agreement_id = draft.agreement.id
    found = routines_of_answers(agreement_id, dict(answers))
    if any(clause.code == "evaluation" for clause in draft.included):
        found.append(
            CommunicationRoutine(
                agreement_id=agreement_id,
                kind=RoutineKind.REVIEW,
                title="",
                rhythm=RoutineRhythm.ONCE,
                count=2,
                duration_minutes=60,
            )
        )
        found.append(
            CommunicationRoutine(
                agreement_id=agreement_id,
                kind=RoutineKind.REPORT,
                title="",
                rhythm=RoutineRhythm.ONCE,
                duration_minutes=0,
            )
        )
    words = labels(draft.agreement.language)
    known = {str(person.id): person.id for person in draft.people}
    for one in found:
        one.title = words[f"routine_kind.{one.kind}"]
        one.person_cso_id = known.get(str(answers.get("contact_cso", "")))
        one.person_school_id = known.get(str(answers.get("contact_school", "")))
    return found


def _says(row: CommunicationRoutine) -> tuple[RoutineRhythm, int]:
    return row.rhythm, row.count


def of_partnership(workspace: Workspace, partnership_id: UUID, today: date) -> list[Duty]:
    """How each routine of a partnership's agreement stands. Raises `NotFound`."""
    return duties(partnership_view(workspace, partnership_id, bookings=False), today)


def propose_dates(workspace: Workspace, routine_id: UUID, today: date) -> Proposal:
    """Look for free dates for what is missing of a duty, over all partnerships; nothing is stored.

    Made for a worker. Raises `BadInput` when nothing is missing, or no period or day is left; `NotFound`.
    """
    with workspace.read() as unit:
        routine = unit.get(CommunicationRoutine, routine_id)
        partnership_id = unit.get(Agreement, routine.agreement_id).partnership_id
        content = calendar.load(unit)
    view = partnership_view(workspace, partnership_id, bookings=False)
    duty = next((one for one in duties(view, today) if one.routine.id == routine_id), None)
    if duty is None or not duty.missing:
        raise BadInput(f"Nothing is left to plan for “{routine.title}”.")
    first = max(today + timedelta(days=1), view.starts_on or today)
    last = view.ends_on
    known = content.years.get(view.partnership.school_id)
    if last is not None and known is not None:  # beyond the known terms nobody can say which days are free
        last = min(last, max((span.ends_on for span in known.spans), default=last))
    if last is None or last < first:
        raise BadInput("The agreement leaves no days to plan on. Please check its first and last day.")
    activity = activity_on(view, routine, first)
    people = tuple(id for id in (routine.person_cso_id, routine.person_school_id) if id)
    school_ids = (view.partnership.school_id, *(one.organisation_id for one in view.organisations))
    facts = {
        **content.facts,
        activity.id: ActivityFacts(activity.id, view.id, activity.kind, people, school_ids, view.starts_on, last),
    }
    check = FreeCheck(activity.id, facts, content.years, content.occurrences(first, last)[0])
    made = _series(view, routine, activity, duty, (first, last), check) if routine.rhythm in EVERY else None
    if made is not None:
        made.planned_on = today
        dates = [one.on for one in occurrences(made, [], content.years.get(school_ids[0]), first, last)[0]]
        return Proposal(duty, (made,), duty.missing, len(dates), min(dates, default=None), max(dates, default=None))
    wanted = [routine.due_on] * duty.missing if _due_later(routine, first) else []
    days = duty_dates.free_days(
        activity,
        [day for day in wanted if day is not None]
        or duty_dates.spread(duty.missing, first, last, at_end=routine.kind in AT_END),
        first,
        last,
        check,
    )
    activities = tuple(activity_on(view, routine, day) for day in days)
    for one in activities:
        one.planned_on = today
    return Proposal(duty, activities, duty.missing, len(days), min(days, default=None), max(days, default=None))


def plan(workspace: Workspace, proposal: Proposal) -> Changes:
    """Put proposed dates into the calendar with the routine's people, as one undoable step.

    Steering meetings and reviews get a meeting for agenda and minutes. Raises `BadInput` when there are no dates.
    """
    routine = proposal.duty.routine
    if not proposal.activities:
        raise BadInput(f"No free day was found for “{routine.title}”. Please plan it in the calendar by hand.")
    with workspace.write("plan_duty", routine.title) as unit:
        for activity in proposal.activities:
            unit.add(activity)
            for person_id in dict.fromkeys((routine.person_cso_id, routine.person_school_id)):
                if person_id is not None:
                    unit.add(Participation(activity_id=activity.id, person_id=person_id))
            if routine.kind in WITH_MEETING and activity.recurrence is None:
                unit.add(
                    Meeting(
                        partnership_id=activity.partnership_id,
                        activity_id=activity.id,
                        kind=MEETING_KINDS[routine.kind],
                    )
                )
    return workspace.last_changes


def _due_later(routine: CommunicationRoutine, first: date) -> bool:
    return routine.due_on is not None and routine.due_on >= first


def activity_on(view: PartnershipView, routine: CommunicationRoutine, day: date) -> Activity:
    """A date of a routine: after the school's lessons; a report is a deadline without a time."""
    is_report = routine.kind is RoutineKind.REPORT
    clause = clause_of(view.clauses, routine)
    ends = [lesson.ends_at for lesson in view.lesson_times]
    return Activity(
        partnership_id=view.id,
        title=routine.title,
        kind=ActivityKind.DEADLINE if is_report else ActivityKind.MEETING,
        starts_on=day,
        start_time=None if is_report else max(ends, default=AFTERNOON),
        duration_minutes=routine.duration_minutes,
        zone=view.school.zone if view.school is not None else "Europe/Berlin",
        description=routine.channel,
        clause_id=clause.id if clause is not None else None,
        routine_id=routine.id,
    )


def _series(
    view: PartnershipView,
    routine: CommunicationRoutine,
    activity: Activity,
    duty: Duty,
    days: tuple[date, date],
    check: FreeCheck,
) -> Activity | None:
    """One series for many weekly dates of which none is planned yet, on the weekday with most free days."""
    if duty.missing < SERIES_FROM or duty.planned or routine.count > 1:
        return None
    first, last = days
    weekday = duty_dates.best_weekday(activity, first, last, check)
    if weekday is None:
        return None
    starts_on = first + timedelta(days=(weekday - first.weekday()) % 7)
    series = activity_on(view, routine, starts_on)
    series.recurrence = Recurrence(
        interval=EVERY[routine.rhythm], weekdays=[weekday], ends=RecurrenceEnd.ON_DATE, until=last
    )
    return series
