"""Whose clock the calendar shows: that of the partnership's school, also for dates that are held in another zone.

A date keeps its own wall clock in the store. Here it is turned into the one that is shown, and what a person does to
it is turned back.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cocivic_desktop.domain.rules.recurrence import on_wall, wall_clock, zone_info
from cocivic_desktop.ui.pages.calendar.views.spots import Move

if TYPE_CHECKING:
    from cocivic_desktop.domain.rules.free_slots import FreeSlot
    from cocivic_desktop.ui.pages.calendar.data import Entry


def shown_in(entry: Entry, zone: str) -> Entry:
    """A date on the clock of `zone`; the very same where both clocks agree."""
    one = entry.occurrence
    if one is None or one.starts_at is None:
        return entry
    there = on_wall(one, zone)
    if there.starts_at is None or there.starts_at.utcoffset() == one.starts_at.utcoffset():
        return entry
    return replace(entry, on=there.on, occurrence=there, own_clock=one, zone=zone)


def own_move(move: Move, entry: Entry) -> Move:
    """A move as the activity's own clock says it."""
    own, one = entry.own_clock, entry.occurrence
    if own is None or one is None:
        return move
    if move.at is None:
        return move._replace(on=own.on + (move.on - one.on))
    there = wall_clock(move.on, move.at, entry.zone).astimezone(zone_info(entry.activity.zone))
    return move._replace(on=there.date(), at=there.time())


def shown_slot(slot: FreeSlot, entry: Entry) -> FreeSlot:
    """A free slot, found on the activity's own clock, on the clock that is shown."""
    if entry.own_clock is None or slot.start_time is None:
        return slot
    there = wall_clock(slot.on, slot.start_time, entry.activity.zone).astimezone(zone_info(entry.zone))
    return replace(slot, on=there.date(), start_time=there.time())
