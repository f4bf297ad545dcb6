"""The activity plan of an agreement's annex: term by term, from the calendar, on the clock of the school.

Where a date is held in another zone, its own time is named as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cocivic_desktop.documents.content import Table
from cocivic_desktop.domain.activities import Activity, ActivityStatus
from cocivic_desktop.domain.rules.recurrence import Occurrence, Skip, SkipCode, city, on_wall
from cocivic_desktop.library.labels import labels
from cocivic_desktop.services import annexes
from cocivic_desktop.services.agreement_tables import laid_out

if TYPE_CHECKING:
    from cocivic_desktop.domain.rules.teaching_weeks import TermSpan
    from cocivic_desktop.library.labels import Labels
    from cocivic_desktop.services.annexes import Planned
    from cocivic_desktop.services.drafts import Draft

WORDS: Final = "annex_plan.toml"
"""The words for other time zones."""
MOST_ROWS: Final = 12
"""A series with more dates than these has one row per term, weekday, time and place instead of one per date."""
_HEADS: Final = ("date", "weekday", "time_of_day", "activity", "place")
_WIDTHS: Final = (18, 8, 9, 19, 10)
_REASONS: Final = {
    SkipCode.CLOSURE: "period_kind.holiday",
    SkipCode.PUBLIC_HOLIDAY: "period_kind.public_holiday",
    SkipCode.ASSESSMENT: "period_kind.assessment",
}
"""Words for a date that is left out because of a period without a name; other dates simply do not exist."""


def plan_tables(draft: Draft, words: Labels) -> list[Table]:
    """A table for each term with what takes place in it while the agreement runs; what is cancelled is left out."""
    planned = draft.planned
    if planned is None:
        return []
    dates = annexes.planned_dates(draft)
    many = _long_series(dates, planned.activities)
    tables = []
    for span, inside in _by_term(dates, planned):
        rows = [_row(group, planned, words, span) for group in _groups(inside, many, planned.activities)]
        table = laid_out(words, "activities", _HEADS, rows, _WIDTHS)
        tables.append(Table(caption=_caption(span, words), head=table.head, rows=table.rows, widths=table.widths))
    return tables


def _long_series(dates: Iterable[Occurrence], activities: dict[UUID, Activity]) -> set[UUID]:
    counts: dict[UUID, int] = {}
    for one in dates:
        counts[one.activity_id] = counts.get(one.activity_id, 0) + 1
    return {id for id, count in counts.items() if count > MOST_ROWS and activities[id].recurrence is not None}


def _by_term(dates: Sequence[Occurrence], planned: Planned) -> list[tuple[TermSpan | None, list[Occurrence]]]:
    """The dates with the term they lie in, None outside of all; runs of one term, by time."""
    year = planned.year
    runs = groupby(dates, key=lambda one: year.term_on(one.on) if year is not None else None)
    return [(span, list(inside)) for span, inside in runs]


def _groups(dates: Sequence[Occurrence], many: set[UUID], activities: dict[UUID, Activity]) -> list[list[Occurrence]]:
    """The dates that share a row: those of a long series at the same weekday, time and place."""
    found: dict[object, list[Occurrence]] = {}
    for one in dates:
        own = on_wall(one, activities[one.activity_id].zone)
        alike = (one.activity_id, one.on.weekday(), _clock(one), _clock(own), one.place, one.status)
        found.setdefault(alike if one.activity_id in many else (one.activity_id, one.original_on), []).append(one)
    return list(found.values())


def _row(group: Sequence[Occurrence], planned: Planned, words: Labels, span: TermSpan | None) -> list[str]:
    first = group[0]
    activity = planned.activities[first.activity_id]
    own = on_wall(first, activity.zone)
    title = activity.title
    if first.status is ActivityStatus.TENTATIVE:
        title = f"{title} ({words['activity_status.tentative']})"
    if len(group) > 1:
        left_out = _left_out(group, own.on.weekday(), planned.dates[1], words, span)
        title = f"{title}\n{words.text('report.skipped', reason=left_out)}" if left_out else title
        days = _days_by_month(group, words)
    else:
        days = words.format_date(first.on)
        if first.starts_at is None and first.ends_on > first.on:
            days = words.format_period(first.on, first.ends_on)
    clock = _clock(first) or words["date.whole_day"]
    there = _there(first, own, city(activity.zone), words)
    return [days, words.weekday(first.on.weekday()), f"{clock}\n{there}" if there else clock, title, first.place]


def _clock(one: Occurrence) -> str:
    """Beginning and end on the clock, "10:00–11:30"; "" for whole days."""
    if one.starts_at is None or one.ends_at is None:
        return ""
    begins, finishes = f"{one.starts_at:%H:%M}", f"{one.ends_at:%H:%M}"
    return begins if begins == finishes else f"{begins}–{finishes}"


def _there(one: Occurrence, own: Occurrence, place: str, words: Labels) -> str:
    """When a date is on the clock of its own zone, where that is another time: "11:00 in Istanbul"."""
    if one.starts_at is None or own.starts_at is None or one.starts_at.utcoffset() == own.starts_at.utcoffset():
        return ""
    said = labels(words.language, WORDS)
    key = "there" if own.on == one.on else "there_on"
    day = words.weekday(own.on.weekday())
    return said.text(key, weekday=day, time=f"{own.starts_at:%H:%M}", place=place)


def clock_note(draft: Draft, words: Labels) -> str:
    """Whose clock the plan keeps, where a date is held in another zone; else empty."""
    planned = draft.planned
    if planned is None:
        return ""
    zones = ((one, on_wall(one, planned.activities[one.activity_id].zone)) for one in annexes.planned_dates(draft))
    if not any(_there(one, own, "", words) for one, own in zones):
        return ""
    return labels(words.language, WORDS).text("clock", place=city(draft.school.zone))


def _days_by_month(group: Sequence[Occurrence], words: Labels) -> str:
    """The days month by month, "September 2026: 8, 15, 22", a line for each."""
    lines = []
    for (year, month), inside in groupby(group, key=lambda one: (one.on.year, one.on.month)):
        days = ", ".join(words.text("date.day_of_month", day=one.on.day) for one in inside)
        lines.append(f"{words.text('date.month_year', month=words.month(month), year=year)}: {days}")
    return "\n".join(lines)


def _left_out(
    group: Sequence[Occurrence], weekday: int, skips: Iterable[Skip], words: Labels, span: TermSpan | None
) -> str:
    """The names of what is in the way of a series on its own weekday (0 is Monday), in the order of the days."""
    starts = span.starts_on if span is not None else group[0].on
    ends = span.ends_on if span is not None else group[-1].on
    names = [
        skip.name or words[_REASONS[skip.code]]
        for skip in sorted(skips, key=lambda skip: skip.on)
        if skip.activity_id == group[0].activity_id
        and skip.code in _REASONS
        and starts <= skip.on <= ends
        and skip.on.weekday() == weekday
    ]
    return ", ".join(dict.fromkeys(names))


def _caption(span: TermSpan | None, words: Labels) -> str:
    if span is None:
        return words["annex.no_term"]
    days = words.format_period(span.starts_on, span.ends_on)
    return f"{span.name} ({days})" if span.name else days
