"""Conflicts: reasons why an occurrence should not take place then (domain.md, "Conflict rules").

One sweep over sorted days finds what a school's year says about each day; one sweep over the occurrences sorted
by their start finds people and places booked twice, over all partnerships. Neither compares everything with
everything: an occurrence that overlaps many others names one of them.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from cocivic_desktop.domain.activities import ActivityKind
from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.rules.intervals import DayIndex
from cocivic_desktop.domain.rules.recurrence import Occurrence, zone_info
from cocivic_desktop.domain.rules.teaching_weeks import YearView
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
    SHORT_NOTICE = "short_notice"


class Severity(StrEnum):
    HARD = "hard"
    SOFT = "soft"


Parameters = dict[str, object]
Reason = tuple[ConflictCode, Severity, Parameters]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why one occurrence should not take place then.

    `parameters` name what is in the way: dates, names of periods, ids. `accepted` marks a soft conflict that a
    person has decided to live with, by the activity's conflict note or the reason of a single change.
    """

    activity_id: UUID
    original_on: date
    code: ConflictCode
    severity: Severity
    parameters: Parameters = field(default_factory=dict)
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """What the conflict rules need of an activity beside its occurrences.

    `schools` are the keys into the years; `planned_on` is the day on which it was planned, `notice_days` what the
    agreement asks for between planning and holding it.
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


WITH_LEARNERS = frozenset({ActivityKind.WORKSHOP, ActivityKind.SESSION})
"""Kinds of activity that belong into lesson times."""

_CLOSURE_CODES = {
    PeriodKind.HOLIDAY: ConflictCode.CLOSURE,
    PeriodKind.BLOCKED: ConflictCode.CLOSURE,
    PeriodKind.PUBLIC_HOLIDAY: ConflictCode.PUBLIC_HOLIDAY,
}


class SchoolDays:
    """What a school's year says about a day, answered once per day."""

    def __init__(self, year: YearView) -> None:
        self.year = year
        self._periods: DayIndex[CalendarPeriod] = DayIndex(self._spans(year))
        self._terms: DayIndex[bool] = DayIndex((span.starts_on, span.ends_on, True) for span in year.spans)
        self._known: dict[date, tuple[Reason, ...]] = {}
        self._lessons = _lesson_spans(year.lesson_times)
        self.zone = zone_info(year.zone) if year.zone else None

    @staticmethod
    def _spans(year: YearView) -> Iterable[tuple[date, date, CalendarPeriod]]:
        notice = timedelta(days=max(0, year.deadline_notice_days))
        for period in year.periods:
            if period.kind is PeriodKind.ACCREDITATION_DEADLINE:
                yield period.starts_on - notice, period.ends_on, period
            else:
                yield period.starts_on, period.ends_on, period

    def on(self, day: date) -> tuple[Reason, ...]:
        """The conflicts of any session of this school on a day."""
        found = self._known.get(day)
        if found is None:
            found = self._known[day] = self._between(day, day)
        return found

    def between(self, first: date, last: date) -> tuple[Reason, ...]:
        """The conflicts of a session from `first` to `last`; each period once."""
        return self.on(first) if first == last else self._between(first, last)

    def _between(self, first: date, last: date) -> tuple[Reason, ...]:
        found: list[Reason] = []
        for period in self._periods.between(first, last):
            parameters: Parameters = {
                "name": period.name,
                "starts_on": period.starts_on,
                "ends_on": period.ends_on,
                "estimate": period.estimate,
            }
            if period.kind is PeriodKind.ASSESSMENT:
                severity = Severity.HARD if period.hard else Severity.SOFT
                found.append((ConflictCode.ASSESSMENT, severity, parameters))
            elif period.kind is PeriodKind.ACCREDITATION_DEADLINE:
                parameters["days"] = max(0, (period.starts_on - last).days)
                found.append((ConflictCode.DEADLINE_NEAR, Severity.SOFT, parameters))
            else:
                found.append((_CLOSURE_CODES[period.kind], Severity.HARD, parameters))
        outside = next((day for day in _days(first, last) if not self._terms.at(day)), None)
        if outside is not None:
            found.append((ConflictCode.OUTSIDE_TERM, Severity.HARD, {"on": outside}))
        return tuple(found)

    @property
    def has_lessons(self) -> bool:
        """Whether lesson times are known."""
        return bool(self._lessons)

    def lessons_on(self, weekday: int) -> tuple[time, time] | None:
        """When the first lesson of a weekday begins and the last one ends, or None without lessons."""
        return self._lessons.get(weekday)

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


def _days(first: date, last: date) -> Iterable[date]:
    for offset in range(min((last - first).days, 1000) + 1):
        yield first + timedelta(days=offset)


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
    schools: dict[tuple[UUID, ...], tuple[SchoolDays, ...]] = {}
    days_of = {school: SchoolDays(year) for school, year in years.items()}
    found: list[list[Reason] | None] = [None] * len(occurrences)
    plain = {one.activity_id: None for one in occurrences}
    of_activity = {key: facts[key] for key in plain}
    sessions: list[tuple[int, int]] = []
    for number, one in enumerate(occurrences):
        if one.cancelled:
            continue
        fact = of_activity[one.activity_id]
        on = one.on
        if fact.kind is not ActivityKind.DEADLINE:
            sessions.append((one.begins, number))
            days = schools.get(fact.schools)
            if days is None:
                days = schools[fact.schools] = tuple(days_of[key] for key in fact.schools if key in days_of)
            for school in days:
                verdict = school.on(on) if one.ends_on == on else school.between(on, one.ends_on)
                if verdict:
                    _put(found, number, *verdict)
                if school.has_lessons and one.starts_at is not None and fact.kind in WITH_LEARNERS:
                    outside = school.outside_lessons(one.starts_at, one.ends_at or one.starts_at)
                    if outside is not None:
                        _put(found, number, (ConflictCode.OUTSIDE_LESSONS, Severity.SOFT, outside))
        if fact.agreement_starts_on is not None or fact.agreement_ends_on is not None or fact.notice_days:
            _put(found, number, *_agreement(one, fact))
    sessions.sort()
    _double_bookings(occurrences, of_activity, [number for _, number in sessions], found)
    result: list[Conflict] = []
    for one, reasons in zip(occurrences, found, strict=True):
        if reasons:
            quiet = bool(of_activity[one.activity_id].conflict_note.strip() or one.reason.strip())
            result.extend(
                Conflict(
                    one.activity_id, one.original_on, code, severity, parameters, quiet and severity is Severity.SOFT
                )
                for code, severity, parameters in _once(reasons)
            )
    return result


def _put(
    found: list[list[Reason] | None],
    number: int,
    *reasons: Reason,
) -> None:
    if reasons:
        known = found[number]
        if known is None:
            found[number] = list(reasons)
        else:
            known.extend(reasons)


def _once(
    reasons: list[Reason],
) -> Iterable[Reason]:
    """Without repetitions, which two schools with the same holiday would make."""
    if len(reasons) == 1:
        return reasons
    return [reason for number, reason in enumerate(reasons) if reason not in reasons[:number]]


def _agreement(one: Occurrence, fact: ActivityFacts) -> list[Reason]:
    found: list[Reason] = []
    starts_on, ends_on = fact.agreement_starts_on, fact.agreement_ends_on
    if (starts_on is not None and one.on < starts_on) or (ends_on is not None and one.ends_on > ends_on):
        parameters: Parameters = {"starts_on": starts_on, "ends_on": ends_on}
        found.append((ConflictCode.OUTSIDE_AGREEMENT, Severity.SOFT, parameters))
    if fact.notice_days and fact.planned_on is not None and fact.kind is not ActivityKind.DEADLINE:
        days = (one.on - fact.planned_on).days
        if 0 <= days < fact.notice_days:
            parameters = {"days": days, "notice_days": fact.notice_days}
            found.append((ConflictCode.SHORT_NOTICE, Severity.SOFT, parameters))
    return found


def place_key(place: str) -> str:
    """A place as it is compared: without case, accents and outer spaces. Online rooms are never full."""
    key = " ".join(fold(place).split())
    return "" if key == "online" else key


def _double_bookings(
    occurrences: Sequence[Occurrence],
    facts: Mapping[UUID, ActivityFacts],
    order: Sequence[int],
    found: list[list[Reason] | None],
) -> None:
    """Notes people and places that are booked twice. `order` is sorted by start.

    Per person or place only the occurrence with the latest end so far is kept: a new one overlaps an earlier one
    exactly when it starts before that end. An earlier one overlaps some later one exactly when it overlaps the
    next. So each booking is looked at once.
    """
    latest: dict[Hashable, int] = {}
    previous: dict[Hashable, int] = {}
    places: dict[str, str] = {}
    for number in order:
        one = occurrences[number]
        if one.finishes <= one.begins:
            continue
        resources: list[Hashable] = [*facts[one.activity_id].people]
        if one.place:
            key = places.get(one.place)
            if key is None:
                key = places[one.place] = place_key(one.place)
            if key:
                resources.append(key)
        for resource in resources:
            widest = latest.get(resource)
            if widest is None:
                latest[resource] = previous[resource] = number
                continue
            before = previous[resource]
            if one.begins < occurrences[widest].finishes:
                _put(found, number, _busy(resource, one, occurrences[widest], facts))
            if one.begins < occurrences[before].finishes:
                reason = _busy(resource, occurrences[before], one, facts)
                if not _already(found[before], reason):
                    _put(found, before, reason)
            if one.finishes > occurrences[widest].finishes:
                latest[resource] = number
            previous[resource] = number


def _already(
    reasons: list[Reason] | None,
    new: Reason,
) -> bool:
    """Whether this person or place is noted as booked twice for this occurrence."""
    subject = "person_id" if new[0] is ConflictCode.PERSON_BUSY else "place"
    return reasons is not None and any(code is new[0] and old[subject] == new[2][subject] for code, _, old in reasons)


def _busy(resource: Hashable, one: Occurrence, other: Occurrence, facts: Mapping[UUID, ActivityFacts]) -> Reason:
    parameters: Parameters = {
        "other_activity_id": other.activity_id,
        "other_original_on": other.original_on,
        "other_partnership_id": facts[other.activity_id].partnership_id,
    }
    if isinstance(resource, UUID):
        return ConflictCode.PERSON_BUSY, Severity.HARD, {"person_id": resource, **parameters}
    return ConflictCode.PLACE_BUSY, Severity.HARD, {"place": one.place, **parameters}
