"""Whether what is promised fits into the school's year: "40 h promised; 11 usable weeks at 3 h make 33".

Checked before signing, while there is still time to change the text (product.md, stage 3).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.rules.hours import promised_minutes_of_view
from cocivic_desktop.domain.school_years import LessonTime

SCHOOL_DAYS = 5
"""A lesson time without a weekday counts for Monday to Friday."""

Value = str | int | date | Side


@dataclass(frozen=True)
class Finding:
    """One thing that does not fit; `parameters` fill the words that the screen has for `code`."""

    code: str
    parameters: dict[str, Value] = field(default_factory=dict)


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
    """Minutes a week in which the CSO's people can work in the school: the less of their time and of its lessons.

    0 when neither is known.
    """
    members = {member.person_id for member in view.members}
    people = [p for p in view.people if p.id in members and view.side_of_person(p.id) is Side.CSO]
    latest = max(view.school_years, key=lambda year: year.starts_on, default=None)
    lessons = [lesson for lesson in view.lesson_times if latest and lesson.school_year_id == latest.id]
    limits = (people_minutes_per_week(people, view.our_organisation), lesson_minutes_per_week(lessons))
    return min((limit for limit in limits if limit > 0), default=0)


def check(
    *, promised_minutes: int, teaching_weeks: int | None, weekly_minutes: int, promised_sessions: int = 0
) -> list[Finding]:
    """What does not fit: `no_teaching_weeks`, `hours_do_not_fit`, `sessions_do_not_fit`. The unknown is not judged."""
    if teaching_weeks is None:
        return []
    findings = []
    if teaching_weeks <= 0 and (promised_minutes or promised_sessions):
        return [Finding("no_teaching_weeks")]
    compared = feasibility(promised_minutes, teaching_weeks, weekly_minutes)
    if weekly_minutes > 0 and not compared.fits:
        findings.append(
            Finding(
                "hours_do_not_fit",
                {
                    "promised_minutes": promised_minutes,
                    "weeks": teaching_weeks,
                    "weekly_minutes": weekly_minutes,
                    "possible_minutes": compared.possible_minutes,
                },
            )
        )
    if promised_sessions > teaching_weeks:
        findings.append(Finding("sessions_do_not_fit", {"sessions": promised_sessions, "weeks": teaching_weeks}))
    return findings


def check_view(view: PartnershipView) -> list[Finding]:
    """`check` with what a partnership promises on the CSO's side. Sessions in parallel are not counted as promised."""
    promised = promised_minutes_of_view(view, Side.CSO)
    if promised <= 0:
        return []
    return check(promised_minutes=promised, teaching_weeks=view.teaching_weeks, weekly_minutes=weekly_minutes(view))


def _minutes_between(first: time, last: time) -> int:
    day = date(2000, 1, 3)
    seconds = (datetime.combine(day, last) - datetime.combine(day, first)).total_seconds()
    return max(0, int(seconds // 60))
