"""The list of conflicts stands on the clock of the partnership's school, as the calendar does."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from cocivic_desktop.domain.activities import Activity, OccurrenceOverride, Participation
from cocivic_desktop.services import records, sample
from cocivic_desktop.services.conflict_list import conflict_list
from cocivic_desktop.ui.pages.calendar import words
from cocivic_desktop.ui.pages.calendar.conflict_detail import line_entry
from tests.ui.test_calendar_conflicts import TODAY, part, rows, session, settle

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from cocivic_desktop.domain.partnerships import Partnership
    from cocivic_desktop.store.workspace import Workspace
    from cocivic_desktop.ui.pages.calendar.conflicts import ConflictsPart

__all__ = ["part", "session"]
TOKYO = "Asia/Tokyo"


def test_a_call_after_midnight_in_tokyo_stands_on_our_evening_and_is_moved_there(
    part: ConflictsPart, workspace: Workspace, partnership: Partnership, qtbot: QtBot
) -> None:
    mentor = records.find(workspace, Participation)[0].person_id
    late, day = time(0, 30), date(2026, 11, 17)
    call = Activity(
        partnership_id=partnership.id, title="Call", starts_on=date(2026, 11, 18), start_time=late, zone=TOKYO
    )
    walk = Activity(partnership_id=partnership.id, title="Walk", starts_on=day, start_time=time(16))
    with workspace.write("add"):
        for entity in (call, walk, *(Participation(activity_id=one.id, person_id=mentor) for one in (call, walk))):
            records.add(workspace, entity)
    settle(part, qtbot)
    shown = [row[:2] for row in rows(part)]
    assert ("Tue 17 Nov", "Call") in shown
    part.ui.table.selectRow(shown.index(("Tue 17 Nov", "Call")))
    settle(part, qtbot)
    ui = part.ui.detail.ui
    assert ui.whenLabel.text() == "Tue 17 Nov 2026, 16:30–17:30 (Wed 18 Nov 00:30 in Tokyo)"
    assert (ui.otherDay.day, ui.otherTime.moment) == (date(2026, 11, 17), time(16, 30))
    assert ui.verdictLabel.isHidden(), "the time it has now is no other time"
    assert part.ui.detail.slots.buttons
    assert all("00:30" not in button.text() for button in part.ui.detail.slots.buttons)
    ui.otherTime.setText("16:45")
    ui.otherTime.editingFinished.emit()
    assert "takes part in “Walk”" in ui.verdictLabel.text()
    ui.otherTime.setText("19:00")
    ui.otherTime.editingFinished.emit()
    ui.moveButton.click()
    settle(part, qtbot)
    stored = records.get(workspace, Activity, call.id)
    assert (stored.starts_on, stored.start_time, stored.zone) == (date(2026, 11, 18), time(3), TOKYO)
    assert not records.find(workspace, OccurrenceOverride, activity_id=call.id)
    assert "Call" not in [row[1] for row in rows(part)]


def test_a_date_abroad_stands_on_the_clock_that_is_asked_for(sample_workspace: Workspace) -> None:
    found = conflict_list(sample_workspace, TODAY, sample.PARTNERSHIP_ABROAD, promises=False)
    line = next(one for one in found.lines if one.activity.id == sample.TWICE_IN_TWO_COUNTRIES)
    shown = [line_entry(line, zone) for zone in ("Europe/Berlin", "Atlantic/Canary")]
    hours = [words.hours_text(entry.occurrence) for entry in shown if entry.occurrence is not None]
    assert hours == ["16:00–17:00", "15:00–16:00"]
    assert [words.clock_text(entry) for entry in shown] == ["15:00 in Canary", ""]
