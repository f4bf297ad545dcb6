"""Reports of hours over the large workspace, against a bare sum grouped by person and month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cocivic_desktop.domain.hours import HourReport
from cocivic_desktop.services import hour_reports
from tests.benchmarks.figures import Figure, in_turn, milliseconds

if TYPE_CHECKING:
    import sqlite3

    from cocivic_desktop.store.workspace import Workspace

TODAY: Final = date(2026, 3, 16)
BARE: Final = (
    "SELECT person_id, substr(worked_on, 1, 7), SUM(minutes * COALESCE(head_count, 1)) FROM hour_entry "
    "WHERE archived = 0 GROUP BY 1, 2"
)


def figures(workspace: Workspace, raw: sqlite3.Connection) -> Iterator[Figure]:
    """A report of everything by person and month, ready to be shown; then two that need more than an entry tells."""
    for name, rows, columns in (
        ("report of 200,000 hours, person × month", ["person"], "month"),
        ("report by kind and person × term", ["kind", "person"], "term"),
        ("report by goal and activity", ["goal", "activity"], ""),
    ):
        report = HourReport(title="", rows=rows, columns=columns)
        mine, other = in_turn(
            lambda report=report: hour_reports.run(workspace, report, TODAY),  # type: ignore[misc]
            lambda: raw.execute(BARE).fetchall(),
            runs=5,
        )
        yield Figure(name, mine, baseline=other, against="sqlite3: SUM by person and month", runs=5)
    one = HourReport(title="", partnership_id=_busiest(raw), rows=["person"], columns="month", with_value=True)
    yield Figure(
        "report of one partnership, with its value", milliseconds(lambda: hour_reports.run(workspace, one, TODAY))
    )


def _busiest(raw: sqlite3.Connection) -> UUID:
    return UUID(raw.execute("SELECT partnership_id FROM hour_entry GROUP BY 1 ORDER BY COUNT(*) DESC").fetchone()[0])
