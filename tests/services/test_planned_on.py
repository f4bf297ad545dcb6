"""From which day the notice of an agreement counts: the day on which a date was set, as the caller says."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from cocivic_desktop.domain.activities import Activity, OccurrenceOverride, Recurrence, RecurrenceEnd
from cocivic_desktop.domain.agreements import Agreement, AgreementState
from cocivic_desktop.domain.rules.conflicts import ConflictCode
from cocivic_desktop.services import activities, calendar, records, series

if TYPE_CHECKING:
    from cocivic_desktop.domain.partnerships import Partnership
    from cocivic_desktop.store.workspace import Workspace

TODAY = date(2026, 9, 14)
NEXT_WEEK = date(2026, 9, 22)


def short_ones(workspace: Workspace) -> list[date]:
    found = calendar.conflicts(workspace, None, TODAY)
    return [one.original_on for one in found if one.code is ConflictCode.SHORT_NOTICE]


def stored(workspace: Workspace, partnership: Partnership, **fields: object) -> Activity:
    records.add(workspace, Agreement(partnership_id=partnership.id, notice_days=14, state=AgreementState.SIGNED))
    made = Activity(partnership_id=partnership.id, title="Session", starts_on=NEXT_WEEK, start_time=time(10), **fields)  # type: ignore[arg-type]
    records.add(workspace, made)
    return made


def test_planned_long_ago_is_no_short_notice_until_it_is_moved(workspace: Workspace, partnership: Partnership) -> None:
    made = stored(workspace, partnership, planned_on=date(2026, 6, 1))
    assert short_ones(workspace) == []
    activities.move_occurrence(workspace, made.id, NEXT_WEEK, starts_on=NEXT_WEEK, start_time=time(11), today=TODAY)
    assert short_ones(workspace) == []
    activities.move_occurrence(workspace, made.id, NEXT_WEEK, starts_on=date(2026, 9, 23), today=TODAY)
    assert short_ones(workspace) == [date(2026, 9, 23)]
    workspace.undo()
    assert short_ones(workspace) == []


def test_of_a_series_the_date_that_was_moved_is_meant(workspace: Workspace, partnership: Partnership) -> None:
    rule = Recurrence(weekdays=[1], ends=RecurrenceEnd.AFTER_COUNT, count=6, teaching_weeks_only=False)
    made = stored(workspace, partnership, planned_on=date(2026, 6, 1), recurrence=rule)
    activities.move_occurrence(workspace, made.id, NEXT_WEEK, starts_on=date(2026, 9, 24), today=TODAY)
    assert short_ones(workspace) == [NEXT_WEEK]
    activities.restore_occurrence(workspace, made.id, NEXT_WEEK)
    assert short_ones(workspace) == []
    assert records.find(workspace, OccurrenceOverride) == []


def test_a_series_that_is_split_was_planned_when_the_whole_was(workspace: Workspace, partnership: Partnership) -> None:
    rule = Recurrence(weekdays=[1], ends=RecurrenceEnd.AFTER_COUNT, count=6, teaching_weeks_only=False)
    made = stored(workspace, partnership, planned_on=date(2026, 6, 1), recurrence=rule)
    later = series.change_following(workspace, made.id, date(2026, 9, 29), title="Second half")
    assert records.get(workspace, Activity, later).planned_on == date(2026, 6, 1)
    moved = series.move_all_following(workspace, later, date(2026, 9, 29), starts_on=date(2026, 9, 25), today=TODAY)
    assert records.get(workspace, Activity, moved).planned_on == TODAY
    assert short_ones(workspace) == [date(2026, 9, 25)]


def test_a_copy_is_planned_on_the_day_it_is_made(workspace: Workspace, partnership: Partnership) -> None:
    made = stored(workspace, partnership, planned_on=date(2026, 6, 1))
    activities.copy_activity(workspace, made.id, NEXT_WEEK, starts_on=date(2026, 9, 24), today=TODAY)
    assert short_ones(workspace) == [date(2026, 9, 24)]
