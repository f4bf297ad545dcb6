"""A partnership's school time: its school's years as one, and the teaching weeks of some days in it."""

from __future__ import annotations

from datetime import date

from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.rules.teaching_weeks import YearView, join_years, teaching_weeks, year_view

DAYS_PER_MONTH = 365.25 / 12


def school_year_of(view: PartnershipView) -> YearView | None:
    """What is known of the school's years, joined; None when none is known."""
    return join_years(
        [
            year_view(
                year,
                [term for term in view.terms if term.school_year_id == year.id],
                [period for period in view.periods if period.school_year_id == year.id],
                [lesson for lesson in view.lesson_times if lesson.school_year_id == year.id],
            )
            for year in view.school_years
        ]
    )


def weeks_within(view: PartnershipView, first: date | None, last: date | None) -> int | None:
    """Teaching weeks from `first` to `last` inside the partnership's period; None when no school year is known.

    An open or wider end counts as the partnership's own.
    """
    starts, ends = _inner(view.starts_on, first, latest=True), _inner(view.ends_on, last, latest=False)
    if (starts, ends) == (view.starts_on, view.ends_on):
        return view.teaching_weeks
    year = school_year_of(view)
    return len(teaching_weeks(year, starts, ends)) if year is not None else None


def whole_months(first: date, last: date) -> int:
    """Months of a period by its days, rounded, at least 1: 31 August to 7 May are 8."""
    return max(1, round(((last - first).days + 1) / DAYS_PER_MONTH))


def terms_within(view: PartnershipView) -> int | None:
    """Terms of which a teaching week lies in the partnership's period; None when no school year is known."""
    year = school_year_of(view)
    if year is None:
        return None
    return len(
        {(week.term.starts_on, week.term.ends_on) for week in teaching_weeks(year, view.starts_on, view.ends_on)}
    )


def _inner(own: date | None, given: date | None, *, latest: bool) -> date | None:
    if own is None or given is None:
        return own or given
    return max(own, given) if latest else min(own, given)
