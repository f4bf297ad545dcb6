"""Teaching weeks: weeks of a term that no closure covers (domain.md, glossary).

A week runs from Monday to Sunday. It is a teaching week of a term when at least one of its days from Monday to
Friday lies in the term and in no closure. Teaching weeks are numbered from 1 at the start of each term. In a school
that alternates weeks the first one of a term has the letter of the term (`Term.first_week_letter`), and the letters
take turns: weeks of holidays do not count, so that the alternation goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from cocivic_desktop.domain.rules.intervals import DayIndex
from cocivic_desktop.domain.school_years import CalendarPeriod, LessonTime, PeriodKind, SchoolYear, Term

CLOSURES = frozenset({PeriodKind.HOLIDAY, PeriodKind.PUBLIC_HOLIDAY, PeriodKind.BLOCKED})
"""Kinds of period in which a school does not teach."""
SCHOOL_DAYS = 5
"""Monday to Friday decide whether a week is a teaching week."""


@dataclass(frozen=True)
class TermSpan:
    """The days of one term, both inclusive. A school year without terms counts as one term."""

    name: str
    starts_on: date
    ends_on: date
    first_letter: str = "A"


@dataclass(frozen=True)
class TeachingWeek:
    """One teaching week of a term. `first` and `last` are its days inside the term; `days` its open school days."""

    term: TermSpan
    number: int
    letter: str
    monday: date
    first: date
    last: date
    days: tuple[date, ...]


def monday_of(day: date) -> date:
    """The Monday of the week of `day`."""
    return day - timedelta(days=day.weekday())


def closes(period: CalendarPeriod) -> bool:
    """Whether sessions are forbidden in a period: closures, and assessments that say so."""
    return period.kind in CLOSURES or (period.kind is PeriodKind.ASSESSMENT and period.hard)


@dataclass(frozen=True, eq=False)
class YearView:
    """What the rules need of a school's year, or of several of its years joined. Dates are inclusive."""

    starts_on: date
    ends_on: date
    terms: tuple[Term, ...] = ()
    periods: tuple[CalendarPeriod, ...] = ()
    lesson_times: tuple[LessonTime, ...] = ()
    zone: str = ""
    """IANA zone of the lesson times; empty means that of the activity."""
    deadline_notice_days: int = 7
    further_years: tuple[tuple[date, date], ...] = ()
    """First and last days of years joined to this one that have no terms of their own."""

    @cached_property
    def spans(self) -> tuple[TermSpan, ...]:
        """The terms in order. Without terms, the whole year is one."""
        found = [TermSpan(term.name, term.starts_on, term.ends_on, term.first_week_letter) for term in self.terms]
        if not found and not self.further_years:
            found.append(TermSpan("", self.starts_on, self.ends_on))
        found.extend(TermSpan("", first, last) for first, last in self.further_years)
        return tuple(sorted(found, key=lambda span: (span.starts_on, span.ends_on)))

    @cached_property
    def _spans_by_day(self) -> DayIndex[TermSpan]:
        return DayIndex((span.starts_on, span.ends_on, span) for span in self.spans)

    @cached_property
    def _closures_by_day(self) -> DayIndex[CalendarPeriod]:
        return DayIndex((period.starts_on, period.ends_on, period) for period in self.periods if closes(period))

    def term_on(self, day: date) -> TermSpan | None:
        """The term of a day."""
        found = self._spans_by_day.at(day)
        return found[0] if found else None

    def closure_on(self, day: date) -> CalendarPeriod | None:
        """The first period that forbids sessions on a day."""
        found = self._closures_by_day.at(day)
        return found[0] if found else None

    @cached_property
    def weeks(self) -> tuple[TeachingWeek, ...]:
        """All teaching weeks, term by term."""
        return tuple(week for span in self.spans for week in self._weeks_of(span))

    def _weeks_of(self, span: TermSpan) -> Iterable[TeachingWeek]:
        number = 0
        monday = monday_of(span.starts_on)
        while monday <= span.ends_on:
            first, last = max(monday, span.starts_on), min(monday + timedelta(days=6), span.ends_on)
            school_days = (monday + timedelta(days=offset) for offset in range(SCHOOL_DAYS))
            days = tuple(day for day in school_days if first <= day <= last and self.closure_on(day) is None)
            if days:
                letter = "AB"[(number + (span.first_letter == "B")) % 2]
                number += 1
                yield TeachingWeek(span, number, letter, monday, first, last, days)
            monday += timedelta(days=7)

    @cached_property
    def _weeks_by_day(self) -> dict[tuple[date, date], TeachingWeek]:
        return {(week.term.starts_on, week.monday): week for week in self.weeks}

    def week_of(self, day: date) -> TeachingWeek | None:
        """The teaching week of a day, or None outside terms and in weeks of closure."""
        term = self.term_on(day)
        return self._weeks_by_day.get((term.starts_on, monday_of(day))) if term is not None else None


def year_view(
    year: SchoolYear,
    terms: Iterable[Term] = (),
    periods: Iterable[CalendarPeriod] = (),
    lesson_times: Iterable[LessonTime] = (),
    *,
    zone: str = "",
    deadline_notice_days: int = 7,
) -> YearView:
    """The view of one school year."""
    return YearView(
        year.starts_on, year.ends_on, tuple(terms), tuple(periods), tuple(lesson_times), zone, deadline_notice_days
    )


def join_years(views: Sequence[YearView]) -> YearView | None:
    """Several years of one school as one view, so that a series may run over the summer. None when there are none."""
    if len(views) <= 1:
        return views[0] if views else None
    ordered = sorted(views, key=lambda view: view.starts_on)
    return YearView(
        ordered[0].starts_on,
        max(view.ends_on for view in ordered),
        tuple(term for view in ordered for term in view.terms),
        tuple(period for view in ordered for period in view.periods),
        ordered[-1].lesson_times or next((view.lesson_times for view in reversed(ordered) if view.lesson_times), ()),
        ordered[-1].zone,
        ordered[-1].deadline_notice_days,
        tuple((view.starts_on, view.ends_on) for view in ordered if not view.terms),
    )


def teaching_weeks(year: YearView, first: date | None = None, last: date | None = None) -> list[TeachingWeek]:
    """The teaching weeks that have an open school day from `first` to `last`; None means open."""
    return [
        week
        for week in year.weeks
        if any((first is None or first <= day) and (last is None or day <= last) for day in week.days)
    ]
