"""What a school's year says about a day, in the words of a cell."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.domain.rules.intervals import DayIndex
from cocivic_desktop.domain.rules.teaching_weeks import CLOSURES, SCHOOL_DAYS
from cocivic_desktop.domain.school_years import CalendarPeriod
from cocivic_desktop.ui.texts.formats import span_text
from cocivic_desktop.ui.texts.marks import QT_TRANSLATE_NOOP
from cocivic_desktop.ui.texts.words import capital, word

if TYPE_CHECKING:
    from cocivic_desktop.domain.rules.teaching_weeks import TeachingWeek, YearView
    from cocivic_desktop.domain.school_years import LessonTime


def _tr(text: str) -> str:
    return QCoreApplication.translate("Calendar", text)


class DayFacts(NamedTuple):
    """How a day is shaded ("holiday", "assessment" or not) and what is written there: short, and in a sentence."""

    role: str
    name: str
    tip: str


NOTHING = DayFacts("", "", "")


class SchoolDays:
    """The days of one school, looked up one by one. Without a known year, nothing is said of any."""

    def __init__(self, view: YearView | None) -> None:
        self.view = view
        periods = view.periods if view is not None else ()
        self._periods: DayIndex[CalendarPeriod] = DayIndex((one.starts_on, one.ends_on, one) for one in periods)
        self._known: dict[date, DayFacts] = {}
        self.edges = self._find_edges()

    def on(self, day: date) -> DayFacts:
        """What is known of a day."""
        found = self._known.get(day)
        if found is None:
            found = self._known[day] = self._look_up(day)
        return found

    def week_of(self, first: date) -> TeachingWeek | None:
        """The teaching week of the school days among seven days; None in holidays and outside terms."""
        if self.view is None:
            return None
        days = (first + timedelta(days=offset) for offset in range(7))
        weeks = (self.view.week_of(day) for day in days if day.weekday() < SCHOOL_DAYS)
        return next((week for week in weeks if week is not None), None)

    def week_text(self, first: date) -> str:
        """A teaching week in a few letters, "7 B"; empty where there is none."""
        week = self.week_of(first)
        return f"{week.number} {week.letter}" if week is not None else ""

    def week_sentence(self, first: date) -> str:
        """A week in words: "Teaching week 7, B week · calendar week 42"."""
        week = self.week_of(first)
        number = first.isocalendar().week if first.weekday() == 0 else (first + timedelta(days=3)).isocalendar().week
        calendar_week = _tr(QT_TRANSLATE_NOOP("Calendar", "calendar week {number}")).format(number=number)
        if week is None:
            if self.view is None:
                return capital(calendar_week)
            return _tr(QT_TRANSLATE_NOOP("Calendar", "No teaching · {calendar}")).format(calendar=calendar_week)
        text = _tr(QT_TRANSLATE_NOOP("Calendar", "Teaching week {number}, {letter} week · {calendar}"))
        return text.format(number=week.number, letter=week.letter, calendar=calendar_week)

    def lessons(self, weekday: int) -> list[LessonTime]:
        """The lessons of a weekday (0 is Monday) in order."""
        found = self.view.lesson_times if self.view is not None else ()
        own = [one for one in found if one.weekday == weekday]
        if not own and weekday < 5:
            own = [one for one in found if one.weekday is None]
        return sorted(own, key=lambda one: one.starts_at)

    def _find_edges(self) -> dict[date, str]:
        """First and last days of terms, in words."""
        found: dict[date, str] = {}
        for term in self.view.terms if self.view is not None else ():
            found[term.starts_on] = _tr(QT_TRANSLATE_NOOP("Calendar", "{term} begins")).format(term=term.name)
            found[term.ends_on] = _tr(QT_TRANSLATE_NOOP("Calendar", "{term} ends")).format(term=term.name)
        return found

    def _look_up(self, day: date) -> DayFacts:
        if self.view is None:
            return NOTHING
        found = sorted(self._periods.at(day), key=lambda one: one.kind not in CLOSURES)
        if found:
            role = "holiday" if found[0].kind in CLOSURES else "assessment"
            return DayFacts(role, found[0].name, "\n".join(period_text(one) for one in found))
        edge = self.edges.get(day, "")
        if self.view.term_on(day) is None:
            text = _tr(QT_TRANSLATE_NOOP("Calendar", "Outside the terms"))
            return DayFacts("holiday", text if day.weekday() < 5 else "", text)
        return DayFacts("", edge, edge)


def period_text(period: CalendarPeriod) -> str:
    """A period in words: "Holiday: Autumn holidays, 12 Oct – 24 Oct 2026"."""
    tip = f"{capital(word(period.kind))}: {period.name}, {span_text(period.starts_on, period.ends_on)}"
    return tip + (_tr(QT_TRANSLATE_NOOP("Calendar", " (estimate)")) if period.estimate else "")
