"""Hours under load: a line stored with its totals, the list scrolled, the page opened, an import's rows checked."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from uuid import uuid4

from cocivic_desktop.domain.hours import HourCategory, HourEntry, HourState
from cocivic_desktop.services import hour_checks, hours
from cocivic_desktop.store.workspace import Workspace
from tests.benchmarks.figures import MEGABYTE, Figure, in_turn, milliseconds
from tests.benchmarks.large_workspace import Content, build
from tests.benchmarks.store import PRAGMAS

TODAY = date(2026, 3, 16)
IMPORTED = 20_000
JUMPS = 40
SUMS = """
SELECT person_id, role, substr(worked_on, 1, 7), category, state, SUM(minutes * COALESCE(head_count, 1)), COUNT(*),
       SUM(COALESCE(head_count, 1)), MIN(worked_on), MAX(worked_on)
FROM hour_entry WHERE partnership_id = ? AND archived = 0 GROUP BY 1, 2, 3, 4, 5
"""
"""The sums that the program shows, as one grouped SELECT."""


def figures(folder: Path, large: Path, content: Content) -> Iterator[Figure]:
    """All about hours, on copies of the large workspace in `folder`."""
    mine, bare = (Path(shutil.copyfile(large, folder / name)) for name in ("hours_ours.cocivic", "hours_bare.cocivic"))
    with Workspace.open(mine) as workspace:
        yield _quick_entry(workspace, bare, content)
        yield _scrolling(workspace)
        yield _rules(workspace, content)
        first = content.partnerships[0].id
        found = milliseconds(lambda: hour_checks.stored_findings(workspace, first, TODAY), runs=3)
        yield Figure("odd entries of one partnership", found, runs=3)
        empty = folder / "hours_empty.cocivic"
        build(empty, hours=False, content=content)
        yield _opening(workspace, empty, content, folder)


def _quick_entry(workspace: Workspace, bare: Path, content: Content) -> Figure:
    """One line typed and the partnership's totals, against one row inserted by the driver and the same sums."""
    partnership, person = content.partnerships[0], content.people[0]
    days = count()
    raw = sqlite3.connect(bare, isolation_level=None)
    for pragma in PRAGMAS:
        raw.execute(f"PRAGMA {pragma}")
    row = list(
        raw.execute("SELECT * FROM hour_entry WHERE partnership_id = ? LIMIT 1", (partnership.id.hex,)).fetchone()
    )
    place = [column[1] for column in raw.execute("PRAGMA table_info(hour_entry)")].index("id")
    insert = f"INSERT INTO hour_entry VALUES ({','.join('?' * len(row))})"

    def ours() -> None:
        day = TODAY - timedelta(days=next(days))
        line = f'"{person.name}" 5min mentoring {day.isoformat()}'
        logged, _ = hours.quick_entry(workspace, partnership.id, line, TODAY, accept=True)
        assert logged.stored
        hours.totals(workspace, partnership.id)

    def driver() -> None:
        row[place] = uuid4().hex
        raw.execute("BEGIN IMMEDIATE")
        raw.execute(insert, row)
        raw.execute("COMMIT")
        raw.execute(SUMS, (partnership.id.hex,)).fetchall()

    mine, other = in_turn(ours, driver, runs=9)
    raw.close()
    against = "sqlite3: insert one row, the grouped SUM"
    return Figure("a line of hours stored, totals anew", mine, "ms", other, against, 2, runs=9)


def _scrolling(workspace: Workspace) -> Figure:
    """Peak memory of the list's model over all 200,000 rows while it is dragged from end to end in 40 jumps."""
    from cocivic_desktop.ui.models.hour_pages import HourTableModel

    model = HourTableModel([])
    model.show_rows(partial(hours.page, workspace, None), hours.count(workspace, None))
    tracemalloc.start()
    for number in range(0, model.rowCount(), model.rowCount() // JUMPS):
        model.row_at(number)
    peak = tracemalloc.get_traced_memory()[1] / MEGABYTE
    tracemalloc.stop()
    return Figure("list over 200,000 hours scrolled, its model", peak, "MB", limit=50, limit_is_ratio=False)


def _rules(workspace: Workspace, content: Content) -> Figure:
    """The rules over the rows of an import, with what is stored beside them."""
    entries = [
        HourEntry(
            partnership_id=content.partnerships[number % 30].id,
            person_id=content.people[number % 120].id,
            worked_on=TODAY - timedelta(days=number % 200),
            minutes=30,
            category=list(HourCategory)[number % 5],
            state=HourState.LOGGED,
        )
        for number in range(IMPORTED)
    ]

    def check() -> None:
        with workspace.read() as unit:
            hour_checks.questions_of(unit, entries, TODAY)

    return Figure(f"rules over {IMPORTED:,} rows of an import", milliseconds(check, runs=3), runs=3)


def _opening(workspace: Workspace, empty: Path, content: Content, folder: Path) -> Figure:
    """The hours page made and filled, with 200,000 hours in the file and with none."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QCoreApplication, QSettings
    from PySide6.QtWidgets import QApplication

    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.pages.hours_page import HoursPage
    from cocivic_desktop.ui.theme import apply_theme

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    apply_theme(application, "light")

    def opening(opened: Workspace) -> Callable[[], None]:
        context = Context(QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat))
        context.today = lambda: TODAY
        context.opened = opened

        def work() -> None:
            page = HoursPage(context)
            page.resize(830, 520)
            page.show_partnership(content.partnerships[0].id)
            page.show()
            QCoreApplication.processEvents()
            page.grab()
            page.close()
            page.deleteLater()

        return work

    with Workspace.open(empty) as nothing:
        mine, other = in_turn(opening(workspace), opening(nothing), runs=7)
    return Figure("hours page opened, 200,000 hours", mine, "ms", other, "the same page without hours", 1.5, runs=7)
