"""Conflicts: reasons why an occurrence should not take place then (domain.md, "Conflict rules").

One sweep over sorted days finds what a school's year says about each day; one sweep over the occurrences sorted
by their start finds people and places booked twice, over all partnerships. Neither compares everything with
everything: an occurrence that overlaps many others names one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from operator import itemgetter
from typing import NamedTuple
from uuid import UUID

from cocivic_desktop.domain.activities import ActivityKind
from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.rules.intervals import DayIndex
from cocivic_desktop.domain.rules.recurrence import Occurrence, zone_info
from cocivic_desktop.domain.rules.teaching_weeks import TermSpan, YearView
from cocivic_desktop.domain.school_years import CalendarPeriod, LessonTime, PeriodKind


class ConflictCode(StrEnum):
    CLOSURE = "closure"
    PUBLIC_HOLIDAY = "public_holiday"
    OUTSIDE_TERM = "outside_term"
    ASSESSMENT = "assessment"
    DEADLINE_NEAR = "deadline_near"
    OUTSIDE_AGREEMENT = "outside_agreement"
    PERSON_BUSY = "person_busy"
    PLACE_BUSY = "place_busy"
    OUTSIDE_LESSONS = "outside_lessons"
    OVER_COMMITMENT = "over_commitment"
    """Found by `rules.over_commitment`: it needs hours, not the calendar alone."""
    SHORT_NOTICE = "short_notice"


NOT_BY_MOVING = frozenset({ConflictCode.OVER_COMMITMENT})
"""What stays on every other date as well, so that free slots are no way out."""


class Severity(StrEnum):
    HARD = "hard"
    SOFT = "soft"


Parameters = dict[str, object]
_Resource = int | str
"""The id of a person as a number, or the key of a place."""
_Booking = tuple[int, int, int, list[_Resource]]
"""Start, number and end of an occurrence, with its people and place."""
_START: Callable[[_Booking], int] = itemgetter(0)
Reason = tuple[ConflictCode, Severity, Parameters]


class Conflict(NamedTuple):
    """Why one occurrence should not take place then.

    `parameters` name what is in the way: dates, names of periods, ids. `accepted` marks what a person has decided
    to live with: the note of a date (`Occurrence.note`) settles all that is in its way, the note of a whole series
    what is merely unwise, so that it never hides a holiday that is announced later.
    """

    activity_id: UUID
    original_on: date
    code: ConflictCode
    severity: Severity
    parameters: Parameters
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """What the conflict rules need of an activity beside its occurrences.

    `schools` are the keys into the years; `planned_on` is the day on which it was planned, `replanned` the days on
    which single dates (by their place in the series) were moved, `notice_days` what the agreement asks for between
    planning and holding it.
    """

    activity_id: UUID
    partnership_id: UUID
    kind: ActivityKind = ActivityKind.SESSION
    people: tuple[UUID, ...] = ()
    schools: tuple[UUID, ...] = ()
    agreement_starts_on: date | None = None
    agreement_ends_on: date | None = None
    notice_days: int | None = None
    planned_on: date | None = None
    conflict_note: str = ""
    replanned: Mapping[date, date] = field(default_factory=dict)


_DEADLINE = ActivityKind.DEADLINE
_SOFT = Severity.SOFT
WITH_LEARNERS = frozenset({ActivityKind.WORKSHOP, ActivityKind.SESSION})
"""Kinds of activity that belong into lesson times."""

_CLOSURE_CODES = {
    PeriodKind.HOLIDAY: ConflictCode.CLOSURE,
    PeriodKind.BLOCKED: ConflictCode.CLOSURE,
    PeriodKind.PUBLIC_HOLIDAY: ConflictCode.PUBLIC_HOLIDAY,
}


class SchoolDays:
    """What a school's year says about a day: one sweep over its terms and periods, then a look-up per day."""

    def __init__(self, year: YearView) -> None:
        self.year = year
        self.known: dict[date, tuple[Reason, ...]] = {}
        self._covering: DayIndex[CalendarPeriod | TermSpan] = DayIndex(self._spans(year))
        self._lessons = _lesson_spans(year.lesson_times)
        self._reasons: dict[tuple[CalendarPeriod | TermSpan, ...], tuple[Reason, ...]] = {}
        self.has_lessons = bool(self._lessons)
        self.zone = zone_info(year.zone) if year.zone else None

    @staticmethod
    def _spans(year: YearView) -> Iterable[tuple[date, date, CalendarPeriod | TermSpan]]:
        for span in year.spans:
            yield span.starts_on, span.ends_on, span
        notice = max(0, year.deadline_notice_days)
        for period in year.periods:
            first = period.starts_on
            if period.kind is PeriodKind.ACCREDITATION_DEADLINE:
                first = date.fromordinal(max(1, first.toordinal() - notice))
            yield first, period.ends_on, period

    def on(self, day: date) -> tuple[Reason, ...]:
        """The conflicts of any session of this school on a day."""
        found = self.known.get(day)
        if found is None:
            covering = self._covering.at(day)
            found = self._reasons.get(covering)
            if found is None:
                found = self._reasons[covering] = _reasons_of(covering)
            self.known[day] = found
        return found

    def between(self, first: date, last: date) -> tuple[Reason, ...]:
        """The conflicts of a session from `first` to `last`, each once."""
        found = self.on(first)
        for offset in range(1, min((last - first).days, 1000) + 1):
            found = (*found, *(reason for reason in self.on(first + timedelta(days=offset)) if reason not in found))
        return found

    def outside_lessons(self, starts_at: datetime, ends_at: datetime) -> Parameters | None:
        """Parameters of the conflict when a session lies outside the lessons of its day, else None."""
        if not self._lessons:
            return None
        if self.zone is not None:
            starts_at, ends_at = starts_at.astimezone(self.zone), ends_at.astimezone(self.zone)
        span = self._lessons.get(starts_at.weekday())
        if span is None:
            return {"earliest": None, "latest": None}
        if starts_at.date() == ends_at.date() and span[0] <= starts_at.time() and ends_at.time() <= span[1]:
            return None
        return {"earliest": span[0], "latest": span[1]}


def _reasons_of(covering: Iterable[CalendarPeriod | TermSpan]) -> tuple[Reason, ...]:
    found: list[Reason] = []
    in_term = False
    for period in covering:
        if isinstance(period, TermSpan):
            in_term = True
            continue
        parameters: Parameters = {
            "name": period.name,
            "starts_on": period.starts_on,
            "ends_on": period.ends_on,
            "estimate": period.estimate,
        }
        if period.kind is PeriodKind.ASSESSMENT:
            found.append((ConflictCode.ASSESSMENT, Severity.HARD if period.hard else Severity.SOFT, parameters))
        elif period.kind is PeriodKind.ACCREDITATION_DEADLINE:
            found.append((ConflictCode.DEADLINE_NEAR, Severity.SOFT, parameters))
        else:
            found.append((_CLOSURE_CODES[period.kind], Severity.HARD, parameters))
    if not in_term:
        found.append((ConflictCode.OUTSIDE_TERM, Severity.HARD, {}))
    return tuple(found)


def _lesson_spans(lessons: Iterable[LessonTime]) -> dict[int, tuple[time, time]]:
    found: dict[int, tuple[time, time]] = {}
    for lesson in lessons:
        for weekday in range(5) if lesson.weekday is None else (lesson.weekday,):
            span = found.get(weekday, (lesson.starts_at, lesson.ends_at))
            found[weekday] = (min(span[0], lesson.starts_at), max(span[1], lesson.ends_at))
    return found


def conflicts(
    occurrences: Sequence[Occurrence],
    facts: Mapping[UUID, ActivityFacts],
    years: Mapping[UUID, YearView],
) -> list[Conflict]:
    """All conflicts of the given occurrences, in their order.

    `facts` is keyed by activity, `years` by school; a school without a known year makes no conflict. Cancelled
    occurrences neither have conflicts nor make any. A `deadline` is a date and not a session: what closes a
    school or books a person does not touch it.
    """
    days_of = {school: SchoolDays(year) for school, year in years.items()}
    schools_of: dict[int, list[SchoolDays]] = {}
    found: list[tuple[Reason, ...]] = []
    of: list[ActivityFacts] = []
    bookings: list[_Booking] = []
    keys = _PlaceKeys()
    last: UUID | None = None
    for number, one in enumerate(occurrences):
        if one.activity_id is not last:
            last = one.activity_id
            fact = facts[last]
            known = schools_of.get(id(fact.schools))
            if known is None:
                known = schools_of[id(fact.schools)] = [days_of[key] for key in fact.schools if key in days_of]
            is_session = fact.kind is not _DEADLINE
            people: list[_Resource] = [person.int for person in fact.people] if is_session else []
            schools = known if is_session else []
            agreed = fact.agreement_starts_on or fact.agreement_ends_on or fact.notice_days
        of.append(fact)
        reasons: tuple[Reason, ...] = ()
        if not one.cancelled:
            on = one.on
            for school in schools:
                verdict = school.known.get(on) if one.ends_on == on else school.between(on, one.ends_on)
                if verdict is None:
                    verdict = school.on(on)
                reasons = (*reasons, *(each for each in verdict if each not in reasons)) if reasons else verdict
                if school.has_lessons:
                    reasons = (*reasons, *_outside_lessons(one, fact, school))
            if agreed:
                reasons = (*reasons, *_agreement(one, fact))
            key = keys[one.place] if is_session else ""
            if people or key:
                bookings.append((one.begins, number, one.finishes, [*people, key] if key else people))
        found.append(reasons)
    bookings.sort(key=_START)
    _double_bookings(occurrences, of, bookings, found)
    result: list[Conflict] = []
    for one, fact, reasons in zip(occurrences, of, found, strict=True):
        if reasons:
            activity_id, original_on = one.activity_id, one.original_on
            kept = bool(one.note and one.note.strip())
            quiet = kept or bool(fact.conflict_note and fact.conflict_note.strip())
            # The constructor of a named tuple takes twice as long, and there may be tens of thousands.
            result += [
                tuple.__new__(
                    Conflict,
                    (activity_id, original_on, code, severity, parameters, kept or (quiet and severity is _SOFT)),
                )
                for code, severity, parameters in reasons
            ]
    return result


def reasons_on(one: Occurrence, fact: ActivityFacts, schools: Iterable[SchoolDays]) -> tuple[Reason, ...]:
    """What is in the way of one date, people and places apart. A quick question for one candidate at a time."""
    if one.cancelled:
        return ()
    reasons: tuple[Reason, ...] = ()
    if fact.kind is not _DEADLINE:
        for school in schools:
            verdict = school.between(one.on, one.ends_on)
            reasons = (*reasons, *(each for each in verdict if each not in reasons)) if reasons else verdict
            reasons = (*reasons, *_outside_lessons(one, fact, school))
    return (*reasons, *_agreement(one, fact))


def _outside_lessons(one: Occurrence, fact: ActivityFacts, school: SchoolDays) -> tuple[Reason, ...]:
    if one.starts_at is None or one.ends_at is None or fact.kind not in WITH_LEARNERS:
        return ()
    outside = school.outside_lessons(one.starts_at, one.ends_at)
    return () if outside is None else ((ConflictCode.OUTSIDE_LESSONS, Severity.SOFT, outside),)


def _agreement(one: Occurrence, fact: ActivityFacts) -> list[Reason]:
    found: list[Reason] = []
    starts_on, ends_on = fact.agreement_starts_on, fact.agreement_ends_on
    if (starts_on is not None and one.on < starts_on) or (ends_on is not None and one.ends_on > ends_on):
        parameters: Parameters = {"starts_on": starts_on, "ends_on": ends_on}
        found.append((ConflictCode.OUTSIDE_AGREEMENT, Severity.SOFT, parameters))
    if fact.notice_days and fact.planned_on is not None and fact.kind is not ActivityKind.DEADLINE:
        days = (one.on - fact.replanned.get(one.original_on, fact.planned_on)).days
        if 0 <= days < fact.notice_days:
            parameters = {"days": days, "notice_days": fact.notice_days}
            found.append((ConflictCode.SHORT_NOTICE, Severity.SOFT, parameters))
    return found


def place_key(place: str) -> str:
    """A place as it is compared: without case, accents and outer spaces. Online rooms are never full."""
    key = " ".join(fold(place).split())
    return "" if key == "online" else key


class _PlaceKeys(dict[str, str]):
    """`place_key` of each place, made once."""

    def __missing__(self, place: str) -> str:
        key = self[place] = place_key(place)
        return key


def _double_bookings(
    occurrences: Sequence[Occurrence],
    of: Sequence[ActivityFacts],
    bookings: Iterable[_Booking],
    found: list[tuple[Reason, ...]],
) -> None:
    """Adds people and places that are booked twice. `bookings` are sorted by start.

    Per person or place only the occurrence with the latest end so far and the one before are kept: a new one overlaps
    an earlier one exactly when it starts before that end. An earlier one overlaps some later one exactly when it
    overlaps the next. So each booking is looked at once, and one that starts after that end settles with one look.
    """
    taken: dict[_Resource, tuple[int, int, int, int]] = {}
    noted: set[tuple[int, _Resource]] = set()
    for begins, number, finishes, resources in bookings:
        if finishes <= begins:
            continue
        for resource in resources:
            present = taken.get(resource)
            if present is None or begins >= present[0]:
                taken[resource] = finishes, number, finishes, number
                continue
            latest, widest, end_before, before = present
            one = occurrences[number]
            noted.add((number, resource))
            found[number] = (*found[number], _busy(resource, one, occurrences[widest], of[widest]))
            if begins < end_before and (before, resource) not in noted:
                noted.add((before, resource))
                found[before] = (*found[before], _busy(resource, occurrences[before], one, of[number]))
            wider = finishes > latest
            taken[resource] = (finishes, number, finishes, number) if wider else (latest, widest, finishes, number)


def _busy(resource: _Resource, one: Occurrence, other: Occurrence, fact: ActivityFacts) -> Reason:
    return busy_reason(resource, one.place, other.activity_id, other.original_on, fact.partnership_id)


def busy_reason(
    resource: _Resource, place: str, other_activity_id: UUID, other_original_on: date, other_partnership_id: UUID
) -> Reason:
    """A person (its id as a number) or a place (its key) that another date has booked."""
    parameters: Parameters = {
        "other_activity_id": other_activity_id,
        "other_original_on": other_original_on,
        "other_partnership_id": other_partnership_id,
    }
    if isinstance(resource, int):
        return ConflictCode.PERSON_BUSY, Severity.HARD, {"person_id": UUID(int=resource), **parameters}
    return ConflictCode.PLACE_BUSY, Severity.HARD, {"place": place, **parameters}
