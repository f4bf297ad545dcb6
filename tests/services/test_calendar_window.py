"""Days of the calendar that are kept for the next view: the same as read anew, and only until something changes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from cocivic_desktop.domain.activities import Activity
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.services import records
from cocivic_desktop.services.calendar_window import CalendarWindow, window

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace

TODAY = date(2026, 9, 14)
FIRST, LAST = date(2026, 8, 1), date(2027, 7, 31)


def told(found: CalendarWindow) -> list[tuple[object, ...]]:
    keys = [(one.activity_id, one.original_on) for one in found.occurrences]
    return [(key, sorted({str(each.code) for each in found.conflicts.get(key, ())})) for key in keys]


def test_a_part_of_a_year_is_what_is_read_anew(sample_workspace: Workspace) -> None:
    year = window(sample_workspace, FIRST, LAST, TODAY)
    assert year.occurrences
    day = FIRST
    while day < LAST:
        last = min(day + timedelta(days=40), LAST)
        kept, anew = (window(sample_workspace, day, last, TODAY, None, known) for known in (year, None))
        assert kept.whole is year
        assert told(kept) == told(anew)
        assert [(one.activity_id, one.on) for one in kept.skips] == [(one.activity_id, one.on) for one in anew.skips]
        day = last + timedelta(days=1)
    assert window(sample_workspace, FIRST, LAST, TODAY, None, year) is year


def test_what_is_kept_ends_with_a_change_a_day_or_other_days(sample_workspace: Workspace) -> None:
    year = window(sample_workspace, FIRST, LAST, TODAY)
    wider = window(sample_workspace, FIRST, LAST + timedelta(days=1), TODAY, None, year)
    assert wider.whole is None
    assert window(sample_workspace, FIRST, LAST, TODAY + timedelta(days=1), None, year) is not year
    own = records.find(sample_workspace, Partnership)[0]
    assert window(sample_workspace, FIRST, LAST, TODAY, own.id, year) is not year
    made = Activity(partnership_id=own.id, title="One more", starts_on=FIRST)
    with sample_workspace.write("add_activity") as unit:
        unit.add(made)
    assert made.id in {one.activity_id for one in window(sample_workspace, FIRST, LAST, TODAY, None, year).occurrences}
    sample_workspace.undo()
    assert window(sample_workspace, FIRST, LAST, TODAY, None, year) is not year
