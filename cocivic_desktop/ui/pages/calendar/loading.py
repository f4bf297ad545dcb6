"""What the calendar page needs around loading: the locale's week, what was known before, what to choose first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

if TYPE_CHECKING:
    from cocivic_desktop.ui.pages.calendar.data import CalendarData, Entry, Key


def first_weekday() -> int:
    """The weekday with which the locale's week begins; 0 is Monday."""
    return QLocale().firstDayOfWeek().value - 1


def with_known(data: CalendarData, before: CalendarData | None) -> CalendarData:
    """Until other partnerships are read, a date that stayed keeps the conflicts it had, so that nothing flickers."""
    if before is None or before.partnership.id != data.partnership.id or not before.complete:
        return data
    kept: list[Entry] = []
    for entry in data.entries:
        old = before.entry(entry.id)
        same = old is not None and old.occurrence == entry.occurrence
        kept.append(replace(entry, conflicts=old.conflicts) if same and old is not None else entry)
    if data.wanted.filters.scope is before.wanted.filters.scope and data.first == before.first:
        kept += [one for one in before.entries if not before.own(one)]
        kept.sort(key=lambda one: (one.on, one.occurrence.begins if one.occurrence is not None else 0))
        window = replace(data.window, names=before.window.names | data.window.names)
        window.content.partnerships.update(
            {id: one for id, one in before.window.content.partnerships.items() if id not in window.content.partnerships}
        )
        for id, year in before.window.content.years.items():
            window.content.years.setdefault(id, year)
        return replace(data, entries=kept, window=window)
    return replace(data, entries=kept)


def first_choice(data: CalendarData) -> Key | None:
    """What to show first: a conflict, else what comes next, else what was last."""
    held = [entry for entry in data.entries if entry.occurrence is not None and data.own(entry)]
    clash = next((entry for entry in held if entry.standing), None)
    today = data.wanted.today
    found = clash or next((entry for entry in held if entry.on >= today), held[-1] if held else None)
    return found.id if found is not None else None
