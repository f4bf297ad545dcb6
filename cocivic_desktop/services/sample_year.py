"""School years of the sample, made for any day: two terms and holidays as in northern Germany, all invented.

Public holidays are the real ones of Schleswig-Holstein.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID, uuid4

from cocivic_desktop.domain.base import Entity
from cocivic_desktop.domain.school_years import CalendarPeriod, LessonTime, PeriodKind, PeriodSource, SchoolYear, Term

LESSONS = (
    (time(8, 0), time(8, 45)), (time(8, 45), time(9, 30)), (time(10, 0), time(10, 45)), (time(10, 45), time(11, 30)),
    (time(11, 45), time(12, 30)), (time(12, 30), time(13, 15)), (time(13, 45), time(14, 30)),
    (time(14, 30), time(15, 15)), (time(15, 30), time(16, 15)), (time(16, 15), time(17, 0)),
)  # fmt: skip


@dataclass(frozen=True)
class SampleYear:
    """A school year with its parts, as a pattern for one school or several."""

    year: SchoolYear
    terms: list[Term]
    periods: list[CalendarPeriod]
    lessons: list[LessonTime]

    def entities(self, school_id: UUID) -> Iterator[Entity]:
        """New records of this year for a school, the year first."""
        year = copy.copy(self.year)
        year.id, year.school_id = uuid4(), school_id
        yield _fresh(year)
        parts: tuple[Term | CalendarPeriod | LessonTime, ...] = (*self.terms, *self.periods, *self.lessons)
        for part in parts:
            mine = copy.copy(part)
            mine.id, mine.school_year_id = uuid4(), year.id
            yield _fresh(mine)


def school_years(today: date) -> list[SampleYear]:
    """The school year that contains `today` (from August to July), the one before, and the next, not yet confirmed."""
    first = today.year if today.month >= 8 else today.year - 1
    return [_school_year(first + offset, today, sure=offset < 1) for offset in (-1, 0, 1)]


def _school_year(first: int, today: date, *, sure: bool) -> SampleYear:
    from cocivic_desktop.calendars.public_holidays import public_holidays

    year = SchoolYear(
        school_id=UUID(int=0),
        label=f"{first}/{(first + 1) % 100:02}",
        starts_on=date(first, 8, 1),
        ends_on=date(first + 1, 7, 31),
        source="Made up for the sample",
        checked_on=today - timedelta(days=40) if sure else None,
        confirmed_on=today - timedelta(days=38) if sure else None,
    )
    start, last = _monday(date(first, 8, 18)), date(first + 1, 7, 10)
    terms = [
        Term(school_year_id=year.id, name="Term 1", starts_on=start, ends_on=date(first + 1, 1, 31), position=0),
        Term(school_year_id=year.id, name="Term 2", starts_on=date(first + 1, 2, 1), ends_on=last, position=1),
    ]
    easter = _easter(first + 1)
    autumn = _monday(date(first, 10, 8))
    winter_exams = _monday(date(first + 1, 1, 12))
    summer_exams = _monday(date(first + 1, 5, 18))
    kind = PeriodKind
    periods = [
        CalendarPeriod(
            school_year_id=year.id, kind=what, name=name, starts_on=begins, ends_on=ends, estimate=not sure,
            source=PeriodSource.MANUAL, source_detail="Made up for the sample",
        )
        for what, name, begins, ends in (
            (kind.HOLIDAY, "Summer holidays (first days)", date(first, 8, 1), start - timedelta(days=1)),
            (kind.HOLIDAY, "Autumn holidays", autumn, autumn + timedelta(days=12)),
            (kind.HOLIDAY, "Christmas holidays", date(first, 12, 22), date(first + 1, 1, 6)),
            (kind.HOLIDAY, "Easter holidays", easter - timedelta(days=6), easter + timedelta(days=6)),
            (kind.HOLIDAY, "Friday after Ascension", easter + timedelta(days=40), easter + timedelta(days=40)),
            (kind.HOLIDAY, "Summer holidays", last + timedelta(days=1), date(first + 1, 7, 31)),
            (kind.ASSESSMENT, "Written examinations, winter", winter_exams, winter_exams + timedelta(days=4)),
            (kind.ASSESSMENT, "Final examinations, summer", summer_exams, summer_exams + timedelta(days=4)),
            (kind.ACCREDITATION_DEADLINE, "Marks to the chamber", date(first, 12, 4), date(first, 12, 4)),
            (kind.ACCREDITATION_DEADLINE, "Report on the course", date(first + 1, 4, 24), date(first + 1, 4, 24)),
            (kind.BLOCKED, "Staff training", _monday(date(first, 9, 22)), _monday(date(first, 9, 22))),
        )
    ]  # fmt: skip
    known = public_holidays("DE", "SH", first=year.starts_on, last=year.ends_on, today=today, language="en")
    periods += [
        CalendarPeriod(
            school_year_id=year.id,
            kind=PeriodKind.PUBLIC_HOLIDAY,
            name=event.summary,
            starts_on=event.starts_on,
            ends_on=event.ends_on,
            source=PeriodSource.OFFLINE,
            external_uid=event.uid,
        )
        for event in known.events
    ]
    lessons = [
        LessonTime(school_year_id=year.id, number=number, starts_at=starts, ends_at=ends)
        for number, (starts, ends) in enumerate(LESSONS, 1)
    ]
    return SampleYear(year, terms, periods, lessons)


def _fresh(entity: Entity) -> Entity:
    """The same content as a new object that no store has seen."""
    return type(entity)(**{name: getattr(entity, name) for name in entity.__dataclass_fields__})


def _monday(day: date) -> date:
    """The first Monday from `day` on."""
    return day + timedelta(days=-day.weekday() % 7)


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)
