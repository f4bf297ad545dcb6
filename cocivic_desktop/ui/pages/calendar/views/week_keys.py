"""What arrow keys do in the week, and where a moved date would stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from cocivic_desktop.domain.rules.recurrence import build_occurrence, on_wall
from cocivic_desktop.ui.pages.calendar.clock import own_move
from cocivic_desktop.ui.pages.calendar.data import Entry
from cocivic_desktop.ui.pages.calendar.views.spots import STEP_MINUTES, Move, Spot, minutes_of, time_of

if TYPE_CHECKING:
    from cocivic_desktop.ui.pages.calendar.views.week import WeekView

HOURS = range(7 * 60, 20 * 60, 60)
"""Stops of the keyboard on a day without lessons, in minutes since midnight."""


def moved(entry: Entry, move: Move) -> Entry:
    """A date as it would be after a move."""
    one = entry.occurrence
    if one is None:
        return entry
    at = None if move.whole_day else move.at or (one.starts_at.time() if one.starts_at is not None else None)
    minutes = one.minutes if move.minutes is None else move.minutes
    own = own_move(move._replace(at=at), entry)
    made = build_occurrence(
        entry.activity, one.original_on, own.on, own.at, minutes, place=one.place, status=one.status
    )
    made = on_wall(made, entry.zone) if entry.own_clock is not None else made
    return replace(entry, on=made.on, occurrence=made, conflicts=())


def alt_step(key: Qt.Key) -> tuple[int, int]:
    """Days and minutes by which Alt with an arrow key moves a date."""
    days = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
    minutes = {Qt.Key.Key_Up: -STEP_MINUTES, Qt.Key.Key_Down: STEP_MINUTES}
    return days.get(key, 0), minutes.get(key, 0)


def step(view: WeekView, key: Qt.Key) -> bool:
    """Move the selection; False where the key means nothing."""
    spot, data = view.spot, view.data
    if spot is None or data is None:
        return False
    sideways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
    if key in sideways:
        on = spot.on + timedelta(days=sideways[key])
        if not data.first <= on <= data.last:
            view.handling.left.emit(on)
            return True
        return _arrive(view, Spot(on, spot.at), _nearest(view, Spot(on, spot.at)))
    if key not in (Qt.Key.Key_Up, Qt.Key.Key_Down):
        return False
    places = _places(view, spot)
    here = (_minutes(spot), str(view.current[0]) if view.current is not None else "")
    if key == Qt.Key.Key_Down:
        found = next((one for one in places if one[:2] > here), None)
    else:
        found = next((one for one in reversed(places) if one[:2] < here), None)
    if found is None:
        return True
    minutes, _, entry = found
    return _arrive(view, Spot(spot.on, time_of(minutes) if minutes >= 0 else None), entry)


def _minutes(spot: Spot) -> int:
    return minutes_of(spot.at) if spot.at is not None else -1


def _places(view: WeekView, spot: Spot) -> list[tuple[int, str, Entry | None]]:
    """Where the keyboard stops on a day: its dates, and its lessons (else the hours) without one."""
    found: list[tuple[int, str, Entry | None]] = []
    for entry in view.data.entries if view.data is not None else ():
        one = entry.occurrence
        if one is not None and one.on <= spot.on <= one.ends_on:
            minutes = minutes_of(one.starts_at) if one.starts_at is not None and one.on == spot.on else -1
            found.append((minutes, str(entry.activity.id), entry))
    taken = {minutes for minutes, _, _ in found}
    lessons = [minutes_of(one.starts_at) for one in view.days.lessons(spot.on.weekday())]
    found += [(minutes, "", None) for minutes in lessons or HOURS if minutes not in taken]
    return sorted(found, key=lambda one: one[:2])


def _nearest(view: WeekView, spot: Spot) -> Entry | None:
    """The date of a day that covers a time; None where the time is free."""
    minutes = _minutes(spot)
    for segment in view.segments:
        on = segment.day == (spot.on - view.data.first).days if view.data is not None else False
        if on and segment.begins <= minutes < max(segment.ends, segment.begins + 1):
            return segment.entry
    return None


def _arrive(view: WeekView, spot: Spot, entry: Entry | None) -> bool:
    view.spot = spot
    view.choose(entry.id if entry is not None else None)
    view.spot = Spot(spot.on, spot.at if entry is None or view.spot is None else view.spot.at)
    view.show_spot()
    view.handling.chosen.emit(view.current)
    return True
