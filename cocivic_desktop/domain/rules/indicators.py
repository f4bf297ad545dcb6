"""Values of indicators that follow from the data, and from survey answers (handbook, chapter 7).

Each code of `resources/indicators.toml` whose means include "computed" has a function here; a test holds both
together. A value is None where there is nothing to compute it from, and 0 where there was something and it is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from cocivic_desktop.domain.activities import Activity, ActivityKind, ActivityStatus
from cocivic_desktop.domain.agreements import AgreementState
from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.organisations import PersonKind
from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.partnerships import MatchState, MeetingKind, NoteKind
from cocivic_desktop.domain.rules.hours import used_minutes

MANAGEMENT_MEETINGS: Final = frozenset({MeetingKind.STEERING, MeetingKind.EXPLORATORY, MeetingKind.GOALS})
"""Kinds of meeting at management level; any meeting with the leadership counts as well."""
CLASS_KINDS: Final = frozenset({ActivityKind.WORKSHOP, ActivityKind.SESSION, ActivityKind.VISIT, ActivityKind.EVENT})
"""Kinds of activity in which students are met."""
JOINT_EVENTS: Final = frozenset({ActivityKind.EVENT, ActivityKind.VISIT})


@dataclass(frozen=True)
class IndicatorValue:
    """The value of one indicator; `source` says what it was taken from, as a code."""

    code: str
    value: float | None
    unit: str
    source: str


_Compute = Callable[[PartnershipView, date], float | None]


def _agreement_signed(view: PartnershipView, _today: date) -> float | None:
    if view.agreement is None:
        return 0
    signed = {signature.side for signature in view.signatures if signature.signed_on}
    states = (AgreementState.SIGNED, AgreementState.AMENDED, AgreementState.ENDED)
    return float(view.agreement.state in states or {Side.CSO, Side.SCHOOL} <= signed)


def _goals_agreed(view: PartnershipView, _today: date) -> float | None:
    return sum(1 for goal in view.goals if goal.agreed_cso_on and goal.agreed_school_on)


def _challenge_mission_link(view: PartnershipView, _today: date) -> float | None:
    linked = sum(1 for challenge in view.challenges if challenge.mission_link.strip())
    return round(100 * linked / len(view.challenges)) if view.challenges else None


def _hours_of(*kinds: PersonKind) -> _Compute:
    def compute(view: PartnershipView, _today: date) -> float | None:
        return round(used_minutes(view.hour_totals, kinds=kinds) / 60, 2)

    return compute


def _student_hours(view: PartnershipView, _today: date) -> float | None:
    return round(used_minutes(view.hour_totals, side=Side.LEARNERS) / 60, 2)


def _solutions_useful(view: PartnershipView, _today: date) -> float | None:
    ratings = [solution.usefulness for solution in view.solutions if solution.usefulness is not None]
    return round(sum(ratings) / len(ratings), 2) if ratings else None


def _mismatches(state: MatchState) -> _Compute:
    def compute(view: PartnershipView, _today: date) -> float | None:
        return sum(1 for expectation in view.expectations if expectation.state is state)

    return compute


def _meetings(view: PartnershipView, today: date) -> list[bool]:
    """For each meeting that was held, whether it was at management level.

    A meeting's day is its own, else that of its activity when it is no series. Dates of the calendar that are marked
    as done count too where nobody has written about the meeting; the leadership's presence decides over their level.
    """
    activities = {activity.id: activity for activity in view.activities}
    levels: list[bool] = []
    known: set[tuple[UUID | None, date]] = set()
    for meeting in view.meetings:
        activity = activities.get(meeting.activity_id) if meeting.activity_id is not None else None
        day = meeting.held_on
        if day is None and activity is not None and activity.recurrence is None and not _is_cancelled(activity):
            day = activity.starts_on
        if day is not None and _held(day, today):
            known.add((meeting.activity_id, day))
            levels.append(meeting.kind in MANAGEMENT_MEETINGS or meeting.with_leadership)
    leading = {part.activity_id for part in view.participations if _is_leadership(view, part.person_id)}
    for one in view.occurrences:
        activity = activities.get(one.activity_id)
        is_meeting = activity is not None and activity.kind is ActivityKind.MEETING
        done = one.status is ActivityStatus.DONE and not one.cancelled and _held(one.on, today)
        if is_meeting and done and (one.activity_id, one.on) not in known:
            levels.append(one.activity_id in leading)
    return levels


def _is_cancelled(activity: Activity) -> bool:
    return activity.status is ActivityStatus.CANCELLED


def _is_leadership(view: PartnershipView, person_id: UUID) -> bool:
    return any(person.id == person_id and person.kind is PersonKind.LEADERSHIP for person in view.people)


def _management_meetings(view: PartnershipView, today: date) -> float | None:
    return sum(_meetings(view, today))


def _mentor_teacher_meetings(view: PartnershipView, today: date) -> float | None:
    return sum(not management for management in _meetings(view, today))


def _processes_named(view: PartnershipView, _today: date) -> float | None:
    return view.paperwork_processes


def _students_reached(view: PartnershipView, today: date) -> float | None:
    """The most that can be said without counting anybody twice.

    Named students who were present or took part in something held; or, where heads were counted, the largest head
    count of one date: the same class comes again. The greater of both.
    """
    held = _held_activities(view, today, CLASS_KINDS)
    named: set[UUID] = set()
    for total in view.attendance:
        named |= total.students
    named |= {
        part.person_id
        for part in view.participations
        if part.activity_id in held and view.side_of_person(part.person_id, part.role) is Side.LEARNERS
    }
    heads = [activity.head_count or 0 for activity in view.activities if activity.id in held]
    heads += [total.heads // max(1, total.entries) for total in view.hour_totals if total.person_id is None]
    return max([len(named), *heads])


def _students_active(view: PartnershipView, _today: date) -> float | None:
    named = {member.person_id for member in view.team_members if member.person_id}
    unnamed = sum(1 for member in view.team_members if not member.person_id)
    return len(named) + unnamed


def _staff_trained(view: PartnershipView, today: date) -> float | None:
    """People of the CSO who took part in a workshop or event that was held, or accompany a challenge as mentors."""
    held = _held_activities(view, today, frozenset({ActivityKind.WORKSHOP, ActivityKind.EVENT}))
    people = {part.person_id for part in view.participations if part.activity_id in held}
    people |= {challenge.mentor_id for challenge in view.challenges if challenge.mentor_id}
    return sum(1 for person_id in people if view.side_of_person(person_id) is Side.CSO)


def _joint_events(view: PartnershipView, today: date) -> float | None:
    events = _held_activities(view, today, JOINT_EVENTS)
    return sum(1 for one in view.occurrences if one.activity_id in events and one.on <= today and not one.cancelled)


def _event_attendance(view: PartnershipView, today: date) -> float | None:
    events = _held_activities(view, today, JOINT_EVENTS)
    present = {total.activity_id: len(total.people) for total in view.attendance}
    return sum(
        activity.head_count if activity.head_count is not None else present.get(activity.id, 0)
        for activity in view.activities
        if activity.id in events
    )


def _notes_of(kind: NoteKind) -> _Compute:
    def compute(view: PartnershipView, _today: date) -> float | None:
        return sum(1 for note in view.notes if note.kind is kind) or None

    return compute


def _solutions_generated(view: PartnershipView, _today: date) -> float | None:
    return len(view.solutions)


def _solutions_adopted(view: PartnershipView, _today: date) -> float | None:
    return sum(1 for solution in view.solutions if solution.adopted)


def _held(day: date | None, today: date) -> bool:
    return day is not None and day <= today


def _held_activities(view: PartnershipView, today: date, kinds: Iterable[ActivityKind]) -> set[UUID]:
    """Activities of some kinds of which a date has taken place."""
    past = {one.activity_id for one in view.occurrences if one.on <= today and not one.cancelled}
    wanted = frozenset(kinds)
    return {activity.id for activity in view.activities if activity.id in past and activity.kind in wanted}


COMPUTED: Final[dict[str, tuple[str, str, _Compute]]] = {
    "agreement_signed": ("yes_no", "agreement", _agreement_signed),
    "goals_agreed": ("count", "goals", _goals_agreed),
    "challenge_mission_link": ("percent", "challenges", _challenge_mission_link),
    "staff_time": ("hours", "hours", _hours_of(PersonKind.STAFF)),
    "solutions_useful": ("rating", "solutions", _solutions_useful),
    "mismatches_open": ("count", "expectations", _mismatches(MatchState.MISMATCHED)),
    "mismatches_resolved": ("count", "expectations", _mismatches(MatchState.RESOLVED)),
    "management_meetings": ("count", "meetings", _management_meetings),
    "mentor_teacher_meetings": ("count", "meetings", _mentor_teacher_meetings),
    "staff_hours": ("hours", "hours", _hours_of(PersonKind.STAFF)),
    "volunteer_hours": ("hours", "hours", _hours_of(PersonKind.VOLUNTEER, PersonKind.MENTOR)),
    "processes_named": ("count", "agreement", _processes_named),
    "students_informed": ("count", "activities", _students_reached),
    "student_volunteer_hours": ("hours", "hours", _student_hours),
    "support_expressed": ("count", "notes", _notes_of(NoteKind.COMMUNITY)),
    "students_reached": ("count", "activities", _students_reached),
    "students_active": ("count", "challenges", _students_active),
    "staff_trained": ("count", "activities", _staff_trained),
    "joint_events": ("count", "activities", _joint_events),
    "event_attendance": ("count", "activities", _event_attendance),
    "media_coverage": ("count", "notes", _notes_of(NoteKind.MEDIA)),
    "solutions_generated": ("count", "solutions", _solutions_generated),
    "solutions_adopted": ("count", "solutions", _solutions_adopted),
}
"""Unit, source and function of each computed indicator, by code."""


def computed_value(code: str, view: PartnershipView, today: date) -> IndicatorValue:
    """The value of one computed indicator. Raises KeyError for a code that is not computed."""
    unit, source, compute = COMPUTED[code]
    return IndicatorValue(code, compute(view, today), unit, source)


def computed_values(view: PartnershipView, today: date) -> dict[str, IndicatorValue]:
    """The values of all computed indicators, by code."""
    return {code: computed_value(code, view, today) for code in COMPUTED}


def survey_value(code: str, unit: str, view: PartnershipView) -> IndicatorValue:
    """The value of an indicator that surveys ask for, over all surveys of the partnership.

    A survey asks for it when one of its questions is the code. A survey with fewer answers than its minimum group
    is left out, so that nobody is recognised. A percentage counts answers of 4 and 5, a rating is the mean.
    """
    minimum = {survey.id: survey.minimum_group for survey in view.surveys}
    totals = [
        total
        for total in view.survey_answers
        if total.question == code and total.survey_id in minimum and total.count >= minimum[total.survey_id]
    ]
    count = sum(total.count for total in totals)
    if not count:
        return IndicatorValue(code, None, unit, "survey")
    if unit == "percent":
        value = 100 * sum(total.agreeing for total in totals) / count
    else:
        value = sum(total.mean * total.count for total in totals) / count
    return IndicatorValue(code, round(value, 2), unit, "survey")
