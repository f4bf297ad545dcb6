"""Keeping a school year right: what was checked and confirmed, periods moved by hand, the year copied to the next."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.school_years import (
    CalendarPeriod,
    LessonTime,
    PeriodKind,
    PeriodSource,
    SchoolYear,
    Term,
)

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace


def copy_to_next_year(workspace: Workspace, school_year_id: UUID) -> tuple[SchoolYear, Changes]:
    """A school's next year made from this one: terms, lesson times, and what was typed in, a year later.

    Assessments, deadlines and blocked days that were typed in keep their weekday (52 weeks later) and are marked as
    estimates, because only the school knows the real ones. Holidays are not taken over: they are different each year.
    """
    with workspace.write("copy_school_year") as unit:
        old = unit.get(SchoolYear, school_year_id)
        year = unit.add(
            SchoolYear(
                school_id=old.school_id,
                label=next_label(old.label),
                starts_on=_next_year(old.starts_on),
                ends_on=_next_year(old.ends_on),
            )
        )
        for term in unit.find(Term, school_year_id=old.id):
            unit.add(
                Term(
                    school_year_id=year.id,
                    name=term.name,
                    starts_on=_next_year(term.starts_on),
                    ends_on=_next_year(term.ends_on),
                    position=term.position,
                    first_week_letter=term.first_week_letter,
                )
            )
        for lesson in unit.find(LessonTime, school_year_id=old.id):
            unit.add(
                LessonTime(
                    school_year_id=year.id,
                    number=lesson.number,
                    starts_at=lesson.starts_at,
                    ends_at=lesson.ends_at,
                    weekday=lesson.weekday,
                )
            )
        typed = unit.find(CalendarPeriod, school_year_id=old.id, source=PeriodSource.MANUAL, order="starts_on")
        for period in typed:
            if period.kind not in (PeriodKind.HOLIDAY, PeriodKind.PUBLIC_HOLIDAY):
                unit.add(
                    CalendarPeriod(
                        school_year_id=year.id,
                        kind=period.kind,
                        name=period.name,
                        starts_on=period.starts_on + timedelta(weeks=52),
                        ends_on=period.ends_on + timedelta(weeks=52),
                        hard=period.hard,
                        estimate=True,
                        source_detail=old.label,
                    )
                )
    return year, workspace.last_changes


def note_periods(
    workspace: Workspace,
    period_ids: Iterable[UUID],
    *,
    checked_on: date | None = None,
    confirmed_on: date | None = None,
) -> Changes:
    """Note for some periods that they were compared with their source, or that the school confirmed them: one step.

    What the school has confirmed was looked at, and is no estimate any more. Raises `NotFound`.
    """
    with workspace.write("note_periods") as unit:
        for period_id in period_ids:
            period = unit.get(CalendarPeriod, period_id)
            period.checked_on = checked_on or confirmed_on or period.checked_on
            if confirmed_on is not None:
                period.confirmed_on, period.estimate = confirmed_on, False
    return workspace.last_changes


def note_year(
    workspace: Workspace, school_year_id: UUID, *, checked_on: date | None = None, confirmed_on: date | None = None
) -> Changes:
    """The same for a whole year. Feasts of the lunar calendar stay estimates: no school can confirm the moon."""
    with workspace.write("note_periods") as unit:
        year = unit.get(SchoolYear, school_year_id)
        year.checked_on = checked_on or confirmed_on or year.checked_on
        if confirmed_on is not None:
            year.confirmed_on = confirmed_on
            for period in unit.find(CalendarPeriod, school_year_id=school_year_id, estimate=True):
                if period.source is not PeriodSource.OFFLINE:
                    period.estimate = False
    return workspace.last_changes


def place_period(workspace: Workspace, period_id: UUID, starts_on: date, ends_on: date) -> Changes:
    """Move a period or change its length; what the school confirmed were other days. Raises `InvalidField`."""
    with workspace.write("change_calendar_period") as unit:
        period = unit.get(CalendarPeriod, period_id)
        if (period.starts_on, period.ends_on) != (starts_on, ends_on):
            period.starts_on, period.ends_on, period.confirmed_on = starts_on, ends_on, None
    return workspace.last_changes


def next_label(label: str) -> str:
    """The label of the year after: `2026/27` → `2027/28`; a label without years gets `+1`."""
    after = re.sub(r"\d{4}|(?<=[/–-])\d{2}\b", lambda m: f"{(int(m[0]) + 1) % 10 ** len(m[0]):0{len(m[0])}}", label)
    return after if after != label else f"{label} +1"


def _next_year(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day + timedelta(days=365)
