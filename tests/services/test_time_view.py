"""Budgets and promises ask a small view of a partnership; it must say what the whole one says."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from cocivic_desktop.domain.agreements import Commitment
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.rules.hour_budget import hour_budget
from cocivic_desktop.domain.rules.hours import budgets, by_month
from cocivic_desktop.domain.rules.over_commitment import over_commitments
from cocivic_desktop.services import calendar, promised_time, records
from cocivic_desktop.services.time_view import time_view
from cocivic_desktop.services.views import partnership_view

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace

TODAY = date(2026, 9, 14)


def test_the_small_view_counts_as_the_whole_one_does(sample_workspace: Workspace) -> None:
    with sample_workspace.write("import") as unit:
        for one in unit.find(Commitment):
            one.minutes = max(1, one.minutes // 10)
    early = TODAY - timedelta(days=200)
    seen = []
    for partnership in records.find(sample_workspace, Partnership):
        with sample_workspace.read():  # in one unit both hold the same objects
            whole = partnership_view(sample_workspace, partnership.id, bookings=False)
            small = time_view(sample_workspace, partnership.id)
        for today in (early, TODAY):
            assert budgets(small, today) == budgets(whole, today)
            assert hour_budget(small, today, 80) == hour_budget(whole, today, 80)
            assert by_month(small, today) == by_month(whole, today)
            assert over_commitments(small, today) == over_commitments(whole, today)
        seen += over_commitments(small, early)
    assert seen, "the sample no longer has a promise that is too small"
    with sample_workspace.read() as unit:
        content = calendar.load(unit)
    assert promised_time.over_commitment(sample_workspace, None, early, content) == seen
    assert promised_time.over_commitment(sample_workspace, None, early) == seen
