"""How long a month, a week and a year of the calendar take on the screen: with 10,000 activities, and with none."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.figures import Figure
from tests.benchmarks.window import ROOT, screen

SHOWN = """
import json, statistics, sys, time
from datetime import date
from pathlib import Path
from uuid import uuid4
from cocivic_desktop import app as start
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.services import records
from cocivic_desktop.store.workspace import Workspace
from cocivic_desktop.ui.pages.calendar.data import ViewKind
from cocivic_desktop.ui.pages.calendar.filters import Filters, Scope
from cocivic_desktop.ui.pages.calendar_page import CalendarPage
app, context = start.make_application(), start.make_context()
start.dress(app, context)
context.today = lambda: date(2026, 3, 16)
context.opened = Workspace.open(Path(sys.argv[1]))
page = CalendarPage(context)
page.resize(1100, 680)
page.show_partnership(records.find(context.workspace, Partnership)[0].id)
page.show()
plan, found, RUNS = page.plan, {}, 7
def settle():
    app.processEvents()
    while context.tasks.busy():
        app.processEvents()
        time.sleep(0.001)
    app.processEvents()
settle()
for kind in (ViewKind.MONTH, ViewKind.WEEK, ViewKind.STRIP):
    plan.head.show_view(kind)
    everything, nobody = Filters(scope=Scope.ALL), Filters(scope=Scope.ALL, person=uuid4())
    sides = {}
    for name, filters in (("full", everything), ("empty", nobody)):
        plan.filter_bar.filters = filters
        plan.go_to_day(date(2026, 3, 16))
        settle()
        sides[name] = plan.data
    painting = {"full": [], "empty": []}
    for number in range(RUNS):
        for name, data in sides.items():
            begin = time.perf_counter()
            plan.view.show_data(data)
            plan.view.grab()
            painting[name].append((time.perf_counter() - begin) * 1000)
    plan.filter_bar.filters = everything
    turned = []
    for number in range(RUNS):
        begin = time.perf_counter()
        plan.go_to_day(date(2026, 3, 16))
        settle()
        page.grab()
        turned.append((time.perf_counter() - begin) * 1000)
    found[kind] = [statistics.median(painting["full"]), statistics.median(painting["empty"]), statistics.median(turned)]
    assert len(sides["full"].entries) > 100 and not sides["empty"].entries
print(json.dumps(found))
page.close()
context.tasks.stop()
"""


def figures(large: Path) -> Iterator[Figure]:
    """Each view of all partnerships laid out and painted, against the same days without any date."""
    with screen() as (platform, environment):
        done = subprocess.run(
            [sys.executable, "-c", SHOWN, str(large)],
            env=environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    if done.returncode:
        raise RuntimeError(f"The calendar was not painted:\n{done.stderr}")
    found = json.loads(done.stdout.splitlines()[-1])
    for kind, limit in (("month", 2), ("week", None), ("strip", None)):
        full, empty, turned = found[kind]
        against = f"the same {kind} without any date ({platform})"
        yield Figure(f"{kind} of 10,000 activities painted", full, "ms", empty, against, limit, runs=7)
        yield Figure(f"{kind} of 10,000 activities, click to paint", turned, "ms", runs=7)
