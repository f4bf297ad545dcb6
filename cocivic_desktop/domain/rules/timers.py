"""A running timer: how long it has run, when it is worth a reminder, and what it is rounded to."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Final

from cocivic_desktop.domain.hours import RunningTimer

LONG_SECONDS: Final = 12 * 3600
"""After so long, somebody has probably forgotten it (a day over 12 hours is questioned, domain.md)."""
ROUNDINGS: Final = (1, 5, 15, 30)
"""Minutes that a stopped timer may be rounded to."""


class TimerReminder(StrEnum):
    """Why a timer should be looked at."""

    LONG = "long"
    OVER_MIDNIGHT = "over_midnight"


def elapsed_seconds(timer: RunningTimer, now: datetime) -> int:
    """Seconds worked up to `now` (an aware moment), pauses left out. A clock that was set back counts nothing."""
    running = (now - timer.started_at).total_seconds() if timer.started_at is not None else 0
    return timer.seconds_before + max(0, int(running))


def reminder(timer: RunningTimer, now: datetime, today: date) -> TimerReminder | None:
    """What to say about a timer that runs; `today` is the day where the person is."""
    if timer.started_at is None:
        return None
    if elapsed_seconds(timer, now) >= LONG_SECONDS:
        return TimerReminder.LONG
    return TimerReminder.OVER_MIDNIGHT if timer.began_on < today else None


def rounded_minutes(seconds: int, step: int) -> int:
    """Whole minutes, to the nearest `step` of minutes, at least one step. A half step is rounded up."""
    return max(step, (seconds + step * 30) // (step * 60) * step)
