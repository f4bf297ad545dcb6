"""Where the dates of a week stand: in their days, what overlaps side by side, what goes over midnight on both days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF

from cocivic_desktop.ui.pages.calendar.views.spots import DAY_MINUTES, minutes_of

if TYPE_CHECKING:
    from cocivic_desktop.ui.pages.calendar.data import Entry

LEAST_SHOWN = 20
"""Minutes that even the shortest date takes on the screen."""


class Segment(NamedTuple):
    """The part of a date on one day, in minutes since its midnight; `column` of `columns` side by side."""

    entry: Entry
    day: int
    begins: int
    ends: int
    column: int = 0
    columns: int = 1
    starts_here: bool = True
    ends_here: bool = True


@dataclass(frozen=True)
class Times:
    """Turns days and minutes into places: `left` is where the first day begins, `top` where `first_minute` is."""

    left: float
    top: float
    day_width: float
    minute: float
    first_minute: int = 0

    def y(self, minutes: float) -> float:
        """The height of a minute of the day."""
        return self.top + (minutes - self.first_minute) * self.minute

    def minutes(self, y: float) -> float:
        """The minute of the day at a height."""
        return self.first_minute + (y - self.top) / self.minute

    def day(self, x: float) -> int:
        """The number of the day at a place; negative or above six outside the week."""
        return int((x - self.left) // self.day_width)

    def frame(self, segment: Segment) -> QRectF:
        """Where a part of a date stands."""
        width = (self.day_width - 5) / segment.columns
        left = self.left + segment.day * self.day_width + 2 + segment.column * width
        height = max(segment.ends - segment.begins, LEAST_SHOWN) * self.minute
        return QRectF(left, self.y(segment.begins), width - 1, height - 1)


def parts(entry: Entry, first: date) -> list[Segment]:
    """The parts of a date on the seven days from `first`; none for whole days."""
    one = entry.occurrence
    if one is None or one.starts_at is None or one.ends_at is None:
        return []
    found = []
    for day in range(7):
        on = first + timedelta(days=day)
        if not one.on <= on <= one.ends_on:
            continue
        starts_here, ends_here = on == one.on, on == one.ends_on
        begins = minutes_of(one.starts_at) if starts_here else 0
        ends = minutes_of(one.ends_at) if one.ends_at.date() == on else DAY_MINUTES
        found.append(Segment(entry, day, begins, max(ends, begins), 0, 1, starts_here, ends_here))
    return found


def side_by_side(entries: Iterable[Entry], first: date) -> list[Segment]:
    """All parts of a week; those that overlap share the width of their day."""
    by_day: dict[int, list[Segment]] = {}
    for entry in entries:
        for part in parts(entry, first):
            by_day.setdefault(part.day, []).append(part)
    return [placed for day in sorted(by_day) for placed in _columns(by_day[day])]


def _columns(segments: list[Segment]) -> list[Segment]:
    """Give the parts of one day their columns: a group ends where nothing of it goes on."""
    placed: list[Segment] = []
    group: list[Segment] = []
    ends: list[int] = []
    for segment in sorted(segments, key=lambda one: (one.begins, -one.ends)):
        if ends and segment.begins >= max(ends):
            placed += [one._replace(columns=len(ends)) for one in group]
            group, ends = [], []
        column = next((number for number, end in enumerate(ends) if end <= segment.begins), len(ends))
        until = max(segment.ends, segment.begins + LEAST_SHOWN)
        if column == len(ends):
            ends.append(until)
        else:
            ends[column] = until
        group.append(segment._replace(column=column))
    return [*placed, *(one._replace(columns=len(ends)) for one in group)]


def whole_days(entries: Iterable[Entry], first: date) -> dict[int, list[Entry]]:
    """What lasts whole days, on each day of the week (0 is `first`)."""
    found: dict[int, list[Entry]] = {}
    for entry in entries:
        one = entry.occurrence
        if one is not None and one.starts_at is None:
            for day in range(7):
                if one.on <= first + timedelta(days=day) <= one.ends_on:
                    found.setdefault(day, []).append(entry)
    return found
