"""Places in a view, what lies there, and what it means to drag a date to one. Times are wall clock of the activity."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cocivic_desktop.ui.pages.calendar.data import Entry, Key

SNAP_MINUTES = 5
SNAP_REACH = 12
"""From how many minutes away the start of a lesson pulls."""
STEP_MINUTES = 15
"""What a key press moves or lengthens a date by."""
LEAST_MINUTES = 5
USUAL_MINUTES = 90
"""How long a date takes that lasted whole days and is dropped at a time of day."""
DAY_MINUTES = 24 * 60


class Spot(NamedTuple):
    """A place in a view. Without a time of day, a date moved there keeps its own; on `whole_day` it loses it."""

    on: date
    at: time | None = None
    whole_day: bool = False


class Hit(NamedTuple):
    """A date under the mouse, and whether the mouse is at an edge that can be dragged: "start" or "end"."""

    key: Key
    edge: str = ""


class Move(NamedTuple):
    """A date put elsewhere. `at` and `minutes` None leave time and length as they are; `copy` leaves the old one.

    With `whole_day` it has no time of day any more.
    """

    key: Key
    on: date
    at: time | None = None
    minutes: int | None = None
    copy: bool = False
    whole_day: bool = False


class Verdict(NamedTuple):
    """Whether a date fits a place, in words; `tone` is "good", "warning" (unwise) or "bad" (not possible)."""

    tone: str
    text: str


def minutes_of(at: time | datetime) -> int:
    """Minutes since midnight."""
    return at.hour * 60 + at.minute


def time_of(minutes: int) -> time:
    """A time of day from minutes since midnight, at most 23:55."""
    minutes = min(max(0, minutes), DAY_MINUTES - SNAP_MINUTES)
    return time(minutes // 60, minutes % 60)


def snapped(minutes: float, stops: Iterable[int]) -> int:
    """The nearest start or end of a lesson if one is near, else the nearest five minutes."""
    near = min(stops, key=lambda stop: abs(stop - minutes), default=None)
    if near is not None and abs(near - minutes) <= SNAP_REACH:
        return near
    return round(minutes / SNAP_MINUTES) * SNAP_MINUTES


def settled(spot: Spot, stops: list[int]) -> Spot:
    """A place of the mouse as one of the keyboard: at a lesson, else at five minutes."""
    return spot if spot.at is None else Spot(spot.on, time_of(snapped(minutes_of(spot.at), stops)))


def shifted(entry: Entry, days: int, minutes: int = 0) -> Move | None:
    """A date moved by days and minutes; None where it has no time of day that could move."""
    one = entry.occurrence
    if one is None:
        return None
    if one.starts_at is None or not minutes:
        return None if minutes else Move(entry.id, one.on + timedelta(days=days))
    moved = one.starts_at.replace(tzinfo=None) + timedelta(days=days, minutes=minutes)
    return Move(entry.id, moved.date(), moved.time())


def lengthened(entry: Entry, minutes: int) -> Move | None:
    """A date that ends earlier or later; None where it has no time of day."""
    one = entry.occurrence
    if one is None or one.starts_at is None:
        return None
    return Move(entry.id, one.on, minutes=max(LEAST_MINUTES, one.minutes + minutes))
