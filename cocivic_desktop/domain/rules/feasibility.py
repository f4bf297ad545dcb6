"""Whether what is promised can be kept: "40 h promised; 11 usable weeks at 3 h make 33; 14 weeks would do".

Checked before signing, while there is still time to change the text (product.md, stage 3). One verdict per promise;
words for the codes are in `resources/documents/<language>/labels.toml`, section "feasible". All times are minutes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time

from cocivic_desktop.domain.activities import ActivityStatus
from cocivic_desktop.domain.agreements import Commitment, CommitmentUnit, RoutineKind, RoutineRhythm
from cocivic_desktop.domain.base import Entity, Side
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.partnerships import PartnershipMember
from cocivic_desktop.domain.rules.conflicts import Severity
from cocivic_desktop.domain.rules.duties import promised_times
from cocivic_desktop.domain.rules.hours import SESSION_KINDS, answers_to, promised_in_view, promised_minutes_of_view
from cocivic_desktop.domain.rules.school_time import weeks_within
from cocivic_desktop.domain.school_years import LessonTime

SCHOOL_DAYS = 5
"""A lesson time without a weekday counts for Monday to Friday."""
ROUND_TO = 5
"""Minutes to which a time that would do is rounded up."""

Value = str | int | date | Side


@dataclass(frozen=True)
class Feasibility:
    """Promised against possible time, in minutes."""

    promised_minutes: int
    possible_minutes: int
    teaching_weeks: int
    weekly_minutes: int

    @property
    def fits(self) -> bool:
        """Whether the promise can be kept within the teaching weeks."""
        return self.promised_minutes <= self.possible_minutes

    @property
    def missing_minutes(self) -> int:
        """What does not fit; 0 when all does."""
        return max(0, self.promised_minutes - self.possible_minutes)

    @property
    def weeks_needed(self) -> int:
        """Weeks in which the promise could be kept at the same time a week; 0 when there is no time at all."""
        return math.ceil(self.promised_minutes / self.weekly_minutes) if self.weekly_minutes else 0

    @property
    def weekly_needed(self) -> int:
        """Minutes a week with which the promise could be kept, rounded up to five; 0 without weeks."""
        if not self.teaching_weeks:
            return 0
        return math.ceil(self.promised_minutes / self.teaching_weeks / ROUND_TO) * ROUND_TO


@dataclass(frozen=True)
class Verdict:
    """What the calendar and the people say of one promise.

    `fits` is None where nobody can tell yet; `parameters` then say what is not known. `record` is the row that makes
    the promise, None for what several rows promise together.
    """

    code: str
    fits: bool | None
    parameters: dict[str, Value] = field(default_factory=dict)
    record: Entity | None = None


def feasibility(promised_minutes: int, teaching_weeks: int, weekly_minutes: int) -> Feasibility:
    """Compare a promise with the time there is: `teaching_weeks` × `weekly_minutes`."""
    weeks, weekly = max(0, teaching_weeks), max(0, weekly_minutes)
    return Feasibility(promised_minutes, weeks * weekly, weeks, weekly)


def lesson_minutes_per_week(lessons: Iterable[LessonTime]) -> int:
    """Minutes of teaching in a school's week. Lessons of all school years given are summed: pass those of one year."""
    total = 0
    for lesson in lessons:
        minutes = _minutes_between(lesson.starts_at, lesson.ends_at)
        total += minutes if lesson.weekday is not None else minutes * SCHOOL_DAYS
    return total


def people_minutes_per_week(people: Iterable[Person], ours: Organisation | None = None) -> int:
    """Minutes a week that people of the CSO have; without any figure of theirs, those of the organisation; else 0."""
    hours = [person.hours_per_week for person in people if person.hours_per_week is not None]
    if hours:
        return round(sum(hours) * 60)
    return round((ours.hours_per_week or 0) * 60) if ours else 0


def weekly_minutes(view: PartnershipView) -> int:
    """Minutes a week in which the CSO's people can work in the school; 0 when nothing is known.

    The least of their time, of what the organisation has for such work, and of the school's lessons, which count for
    each of the people.
    """
    people = [person for person, _, side in _members(view) if side is Side.CSO and person.hours_per_week is not None]
    lessons = lesson_minutes_per_week(_latest_lessons(view)) * max(1, len(people))
    ours = people_minutes_per_week([], view.our_organisation)
    limits = (people_minutes_per_week(people), ours, lessons)
    return min((limit for limit in limits if limit > 0), default=0)


def judge(view: PartnershipView) -> list[Verdict]:
    """A verdict on each promise of a partnership's agreement: hours, sessions, head counts, meetings."""
    if view.teaching_weeks == 0 and (view.commitments or view.routines):
        return [Verdict("no_teaching_weeks", False)]
    return [
        *(_hours(view, commitment) for commitment in view.commitments),
        *_all_hours(view),
        *_sessions(view),
        *_heads(view),
        *(_times(view, number) for number in range(len(view.routines))),
        *_meeting_time(view),
    ]


def check_view(view: PartnershipView) -> list[Verdict]:
    """The verdicts on what does not fit."""
    return [verdict for verdict in judge(view) if verdict.fits is False]


def _hours(view: PartnershipView, commitment: Commitment) -> Verdict:
    """The hours of one row against the people who answer to it: their own figures, at most the school's lessons."""
    facts: dict[str, Value] = {"side": commitment.side, "role": commitment.role}
    promised = promised_in_view(view, commitment)
    if commitment.unit is CommitmentUnit.PER_SESSION and not promised and commitment.minutes:
        return Verdict("sessions_unknown", None, facts, commitment)
    weeks = weeks_within(view, commitment.starts_on, commitment.ends_on)
    if weeks is None:
        return Verdict("weeks_unknown", None, {**facts, "promised_minutes": promised}, commitment)
    possible = _possible(view, commitment, weeks)
    facts |= {"promised_minutes": promised, "weeks": weeks}
    if possible is None:
        return Verdict("capacity_unknown", None, facts, commitment)
    weekly = possible // weeks if weeks else 0
    return _compared("hours", facts, Feasibility(promised, possible, weeks, weekly), commitment)


def _possible(view: PartnershipView, commitment: Commitment, weeks: int) -> int | None:
    """Minutes that the people of a row have in so many weeks; None when nobody has said."""
    lessons = lesson_minutes_per_week(_latest_lessons(view))
    if commitment.side is Side.LEARNERS:
        heads = _promised_heads(view)
        return lessons * heads * weeks if lessons and heads else None
    found: list[int] = []
    for person, member, side in _members(view):
        if not answers_to(commitment, side, member.role, person.kind):
            continue
        if member.hours_capacity is not None:
            found.append(round(member.hours_capacity * 60))
        elif person.hours_per_week is not None:
            weekly = round(person.hours_per_week * 60)
            found.append((min(weekly, lessons) if lessons else weekly) * weeks)
    return sum(found) if found else None


def _all_hours(view: PartnershipView) -> Iterator[Verdict]:
    """All rows of our side together: somebody may stand in several roles, and the organisation has other work too."""
    weeks, weekly = view.teaching_weeks, weekly_minutes(view)
    rows = [one for one in view.commitments if one.side is Side.CSO]
    if not rows or not weeks or not weekly:
        return
    if len(rows) == 1 and _possible(view, rows[0], weeks) is not None:
        return  # said of the row already
    compared = feasibility(promised_minutes_of_view(view, Side.CSO), weeks, weekly)
    yield _compared("all_hours", {"promised_minutes": compared.promised_minutes, "weeks": weeks}, compared)


def _compared(code: str, facts: dict[str, Value], compared: Feasibility, record: Entity | None = None) -> Verdict:
    parameters: dict[str, Value] = {
        **facts,
        "weekly_minutes": compared.weekly_minutes,
        "possible_minutes": compared.possible_minutes,
    }
    if compared.fits:
        left = compared.possible_minutes - compared.promised_minutes
        return Verdict(f"{code}_fit", True, {**parameters, "left_minutes": left}, record)
    if not compared.possible_minutes:
        return Verdict(f"{code}_no_time", False, parameters, record)
    needed: dict[str, Value] = {
        "weeks_needed": compared.weeks_needed,
        "weekly_needed_minutes": compared.weekly_needed,
    }
    return Verdict(f"{code}_do_not_fit", False, {**parameters, **needed}, record)


def _sessions(view: PartnershipView) -> Iterator[Verdict]:
    """The planned sessions against closed days and double bookings, and the longest against the school's day."""
    kinds = {activity.id: activity.kind for activity in view.activities}
    dates = [
        one
        for one in view.occurrences
        if kinds.get(one.activity_id) in SESSION_KINDS and not one.cancelled and one.status is not ActivityStatus.DONE
    ]
    if not dates:
        return
    hard = {(each.activity_id, each.original_on) for each in view.conflicts if each.severity is Severity.HARD}
    blocked = sum((one.activity_id, one.original_on) in hard for one in dates)
    figures: dict[str, Value] = {"sessions": len(dates), "blocked": blocked, "possible": len(dates) - blocked}
    yield Verdict("sessions_do_not_fit" if blocked else "sessions_fit", not blocked, figures)
    longest = max((one.minutes for one in dates if one.starts_at is not None), default=0)
    day = _longest_school_day(_latest_lessons(view))
    if day and longest > day:
        yield Verdict("session_too_long", False, {"session_minutes": longest, "day_minutes": day})


def _heads(view: PartnershipView) -> Iterator[Verdict]:
    """The learners that the agreement speaks of against those that the planned sessions count."""
    promised = _promised_heads(view)
    counts = [one.head_count for one in view.activities if one.kind in SESSION_KINDS and one.head_count]
    if not promised or not counts:
        return
    figures: dict[str, Value] = {"promised": promised, "largest": max(counts), "together": sum(counts)}
    if max(counts) > promised:
        yield Verdict("heads_too_many", False, figures)
    elif sum(counts) < promised:
        yield Verdict("heads_too_few", False, figures)
    else:
        yield Verdict("heads_fit", True, figures)


def _times(view: PartnershipView, number: int) -> Verdict:
    """The times of one routine against the teaching weeks of the period."""
    routine = view.routines[number]
    facts: dict[str, Value] = {"title": routine.title}
    times = promised_times(view, routine)
    if times is None:
        return Verdict("period_unknown", None, facts, routine)
    last, first = view.ends_on, view.starts_on
    if routine.due_on and ((last and routine.due_on > last) or (first and routine.due_on < first)):
        return Verdict("due_outside", False, {**facts, "due_on": routine.due_on}, routine)
    facts["times"] = times
    if view.teaching_weeks is None:
        return Verdict("times_weeks_unknown", None, facts, routine)
    per_week = routine.count if routine.rhythm is RoutineRhythm.WEEKLY else 1
    facts["weeks"] = view.teaching_weeks
    fits = times <= view.teaching_weeks * per_week
    return Verdict("times_fit" if fits else "times_do_not_fit", fits, facts, routine)


def _meeting_time(view: PartnershipView) -> Iterator[Verdict]:
    """Meetings must leave time for the work: all of them against the hours that our side promises."""
    promised = promised_minutes_of_view(view, Side.CSO)
    minutes = sum(
        (promised_times(view, one) or 0) * one.duration_minutes
        for one in view.routines
        if one.kind is not RoutineKind.REPORT
    )
    if promised and minutes > promised:
        yield Verdict("meetings_too_long", False, {"meeting_minutes": minutes, "promised_minutes": promised})


def _members(view: PartnershipView) -> list[tuple[Person, PartnershipMember, Side]]:
    """The people of the partnership with their membership and side."""
    return [
        (person, member, view.side_of_person(person.id, member.role))
        for member in view.members
        if (person := view.people_by_id.get(member.person_id)) is not None
    ]


def _latest_lessons(view: PartnershipView) -> list[LessonTime]:
    latest = max(view.school_years, key=lambda year: year.starts_on, default=None)
    return [lesson for lesson in view.lesson_times if latest and lesson.school_year_id == latest.id]


def _longest_school_day(lessons: Iterable[LessonTime]) -> int:
    """Minutes from the first to the last lesson of the longest day; 0 without lessons."""
    spans: dict[int, tuple[time, time]] = {}
    for lesson in lessons:
        for weekday in range(SCHOOL_DAYS) if lesson.weekday is None else (lesson.weekday,):
            first, last = spans.get(weekday, (lesson.starts_at, lesson.ends_at))
            spans[weekday] = (min(first, lesson.starts_at), max(last, lesson.ends_at))
    return max((_minutes_between(first, last) for first, last in spans.values()), default=0)


def _promised_heads(view: PartnershipView) -> int:
    """Learners that the agreement names, else the partnership; 0 when neither does."""
    answer = view.agreement.answers.get("student_count") if view.agreement is not None else None
    named = answer if isinstance(answer, int) else None
    return named or view.partnership.student_count or 0


def _minutes_between(first: time, last: time) -> int:
    day = date(2000, 1, 3)
    seconds = (datetime.combine(day, last) - datetime.combine(day, first)).total_seconds()
    return max(0, int(seconds // 60))
