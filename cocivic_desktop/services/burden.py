"""The burden meter of a partnership, term by term."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.hours import HourCategory, HourReport, WorkloadCheckIn
from cocivic_desktop.domain.organisations import PersonKind
from cocivic_desktop.domain.rules.burden import BurdenSum, TermBurden, TermSpan, burdens
from cocivic_desktop.domain.rules.hour_report import GroupBy
from cocivic_desktop.services import records
from cocivic_desktop.services.hour_reports import grouped, periods
from cocivic_desktop.services.views import partnership_view

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace


def meter(workspace: Workspace, partnership_id: UUID, today: date) -> list[TermBurden]:
    """What each term of the partnership took and brought, oldest first, and then the hours outside all terms."""
    report = HourReport(title="", partnership_id=partnership_id)
    sums = [
        BurdenSum(one.keys[0], PersonKind(one.keys[1]), HourCategory(one.keys[2]), one.minutes)
        for one in grouped(workspace, report, today, [GroupBy.TERM, GroupBy.KIND, GroupBy.CATEGORY])
    ]
    years, terms = periods(workspace, partnership_id)
    labels = {year.id: year.label for year in years}
    spans = [
        TermSpan(term.id.hex, f"{term.name} {labels[term.school_year_id]}", term.starts_on, term.ends_on)
        for term in reversed(terms)
    ]
    told = records.find(workspace, WorkloadCheckIn, partnership_id=partnership_id, side=Side.CSO)
    processes = partnership_view(workspace, partnership_id, bookings=False).paperwork_processes
    return burdens(sums, [*spans, TermSpan("", "")], told, processes)
