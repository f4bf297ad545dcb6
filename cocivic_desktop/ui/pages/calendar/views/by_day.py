"""Which dates stand on which day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

    from cocivic_desktop.ui.pages.calendar.data import Entry

MOST_DAYS = 62
"""A date that lasts longer is shown on its first days only."""


def by_day(entries: list[Entry], first: date, last: date, own: UUID | None = None) -> dict[date, list[Entry]]:
    """What takes place on each day, whole days first; a date over several days stands on each.

    Dates of the partnership `own` come before those of others.
    """
    found: dict[date, list[Entry]] = {}
    for entry in entries:
        one = entry.occurrence
        if one is None:
            continue
        day = max(one.on, first)
        until = min(one.ends_on, last, day + timedelta(days=MOST_DAYS))
        while day <= until:
            found.setdefault(day, []).append(entry)
            day += timedelta(days=1)
    for some in found.values():
        some.sort(key=lambda entry: (own is not None and entry.partnership_id != own, *_order(entry)))
    return found


def _order(entry: Entry) -> tuple[bool, int]:
    one = entry.occurrence
    return one is not None and one.starts_at is not None, one.begins if one is not None else 0
