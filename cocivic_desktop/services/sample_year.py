"""School years of the sample, made for any day: terms and holidays as in northern Germany and on the Canary Islands.

All are invented; public holidays are the real ones of Schleswig-Holstein and the Canary Islands.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final
from uuid import UUID, uuid4

from cocivic_desktop.domain.base import Entity
from cocivic_desktop.domain.school_years import CalendarPeriod, LessonTime, PeriodKind, PeriodSource, SchoolYear, Term

LESSONS = (
    (time(8, 0), time(8, 45)), (time(8, 45), time(9, 30)), (time(10, 0), time(10, 45)), (time(10, 45), time(11, 30)),
    (time(11, 45), time(12, 30)), (time(12, 30), time(13, 15)), (time(13, 45), time(14, 30)),
    (time(14, 30), time(15, 15)), (time(15, 30), time(16, 15)), (time(16, 15), time(17, 0)),
)  # fmt: skip

LESSONS_ABROAD = (
    (time(8, 0), time(8, 55)), (time(8, 55), time(9, 50)), (time(9, 50), time(10, 45)),
    (time(11, 15), time(12, 10)), (time(12, 10), time(13, 5)), (time(13, 5), time(14, 0)),
)  # fmt: skip
Span = tuple[str, date, date]


@dataclass(frozen=True)
class Pattern:
    """How the years of a country's schools run: what of it depends on the year is given by functions of its first."""

    first_month: int
    country: str
    region: str
    lessons: tuple[tuple[time, time], ...]
    terms: Callable[[int], list[Span]]
    periods: Callable[[int, list[Span]], list[tuple[PeriodKind, Span]]]


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


def school_years(today: date, country: str = "DE") -> list[SampleYear]:
    """The school year of a country that contains `today`, the one before, and the next, not yet confirmed."""
    pattern = PATTERNS[country]
    first = today.year if today.month >= pattern.first_month else today.year - 1
    return [_school_year(pattern, first + offset, today, sure=offset < 1) for offset in (-1, 0, 1)]


def _school_year(pattern: Pattern, first: int, today: date, *, sure: bool) -> SampleYear:
    from cocivic_desktop.calendars.public_holidays import public_holidays

    year = SchoolYear(
        school_id=UUID(int=0),
        label=f"{first}/{(first + 1) % 100:02}",
        starts_on=date(first, pattern.first_month, 1),
        ends_on=date(first + 1, pattern.first_month, 1) - timedelta(days=1),
        source="Made up for the sample",
        checked_on=today - timedelta(days=40) if sure else None,
        confirmed_on=today - timedelta(days=38) if sure else None,
    )
    spans = pattern.terms(first)
    terms = [
        Term(school_year_id=year.id, name=name, starts_on=begins, ends_on=ends, position=position)
        for position, (name, begins, ends) in enumerate(spans)
    ]
    summer = [
        (PeriodKind.HOLIDAY, ("Summer holidays (first days)", year.starts_on, spans[0][1] - timedelta(days=1))),
        (PeriodKind.HOLIDAY, ("Summer holidays", spans[-1][2] + timedelta(days=1), year.ends_on)),
    ]
    periods = [
        CalendarPeriod(
            school_year_id=year.id, kind=kind, name=name, starts_on=begins, ends_on=ends, estimate=not sure,
            source=PeriodSource.MANUAL, source_detail="Made up for the sample",
        )
        for kind, (name, begins, ends) in [summer[0], *pattern.periods(first, spans), summer[1]]
    ]  # fmt: skip
    known = public_holidays(
        pattern.country, pattern.region, first=year.starts_on, last=year.ends_on, today=today, language="en"
    )
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
        for number, (starts, ends) in enumerate(pattern.lessons, 1)
    ]
    return SampleYear(year, terms, periods, lessons)


def _german_terms(first: int) -> list[Span]:
    start, last = _monday(date(first, 8, 18)), date(first + 1, 7, 10)
    return [("Term 1", start, date(first + 1, 1, 31)), ("Term 2", date(first + 1, 2, 1), last)]


def _german_periods(first: int, _: list[Span]) -> list[tuple[PeriodKind, Span]]:
    kind, easter, autumn = PeriodKind, _easter(first + 1), _monday(date(first, 10, 8))
    return [
        (kind.HOLIDAY, ("Autumn holidays", autumn, autumn + timedelta(days=12))),
        (kind.HOLIDAY, ("Christmas holidays", date(first, 12, 22), date(first + 1, 1, 6))),
        (kind.HOLIDAY, ("Easter holidays", easter - timedelta(days=6), easter + timedelta(days=6))),
        (kind.HOLIDAY, _one_day("Friday after Ascension", easter + timedelta(days=40))),
        (kind.ASSESSMENT, _week("Written examinations, winter", date(first + 1, 1, 12))),
        (kind.ASSESSMENT, _week("Final examinations, summer", date(first + 1, 5, 18))),
        (kind.ACCREDITATION_DEADLINE, _one_day("Marks to the chamber", date(first, 12, 4))),
        (kind.ACCREDITATION_DEADLINE, _one_day("Report on the course", date(first + 1, 4, 24))),
        (kind.BLOCKED, _one_day("Staff training", _monday(date(first, 9, 22)))),
    ]


def _spanish_terms(first: int) -> list[Span]:
    start, easter = _monday(date(first, 9, 8)), _easter(first + 1)
    return [
        ("First evaluation", start, date(first, 12, 31)),
        ("Second evaluation", date(first + 1, 1, 1), easter),
        ("Third evaluation", easter + timedelta(days=1), date(first + 1, 6, 19)),
    ]


def _spanish_periods(first: int, terms: list[Span]) -> list[tuple[PeriodKind, Span]]:
    kind, easter = PeriodKind, _easter(first + 1)
    carnival = easter - timedelta(days=48)  # the Monday before Ash Wednesday
    return [
        (kind.HOLIDAY, ("Christmas holidays", date(first, 12, 23), date(first + 1, 1, 7))),
        (kind.HOLIDAY, ("Carnival", carnival, carnival + timedelta(days=4))),
        (kind.HOLIDAY, ("Holy Week", easter - timedelta(days=6), easter)),
        (kind.ASSESSMENT, _week("Examinations of the first evaluation", date(first, 11, 30))),
        (kind.ASSESSMENT, _week("Examinations of the second evaluation", easter - timedelta(days=20))),
        (kind.ASSESSMENT, _week("Final examinations", terms[-1][2] - timedelta(days=18))),
        (kind.ACCREDITATION_DEADLINE, _one_day("Marks of the work placement", date(first + 1, 6, 12))),
        (kind.BLOCKED, _one_day("Open day", date(first + 1, 4, 23))),
    ]


PATTERNS: Final = {
    "DE": Pattern(8, "DE", "SH", LESSONS, _german_terms, _german_periods),
    "ES": Pattern(9, "ES", "CN", LESSONS_ABROAD, _spanish_terms, _spanish_periods),
}


def _one_day(name: str, day: date) -> Span:
    return name, day, day


def _week(name: str, day: date) -> Span:
    """Monday to Friday of the first week that begins on `day` or later."""
    return name, _monday(day), _monday(day) + timedelta(days=4)


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
