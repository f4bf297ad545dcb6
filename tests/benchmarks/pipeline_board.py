"""How long the board of two hundred schools takes from a move until the card stands in its new column."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.figures import Figure
from tests.benchmarks.window import ROOT, screen

MOVE = """
import json, statistics, sys, time
from pathlib import Path
from cocivic_desktop import app as start
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.partnerships import PipelineState
from cocivic_desktop.services import pipeline
from cocivic_desktop.store.workspace import Workspace
from cocivic_desktop.ui.pages.partnerships_page import PartnershipsPage
app, context = start.make_application(), start.make_context()
start.dress(app, context)
context.opened = Workspace.create(Path(sys.argv[1]))
with context.workspace.write("import_schools") as unit:
    for number in range(200):
        school = unit.add(Organisation(name=f"Vocational School of the Northern District {number}"))
        pipeline.prospect_of(unit, school, state=list(PipelineState)[number % 6])
page = PartnershipsPage(context)
page.resize(1100, 680)
page.show()
app.processEvents()
taken = []
for card in page.prospects[:9]:
    begin = time.perf_counter()
    page.move_to(card.id, PipelineState.AGREED if card.state is not PipelineState.AGREED else PipelineState.MEETING)
    page.grab()
    taken.append((time.perf_counter() - begin) * 1000)
print(json.dumps(statistics.median(taken)))
page.close()
"""


def figures(folder: Path) -> Iterator[Figure]:
    """The median of nine moves: stored, read anew and drawn."""
    with screen() as (_, environment):
        done = subprocess.run(
            [sys.executable, "-c", MOVE, str(folder / "pipeline.cocivic")],
            env=environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    if done.returncode:
        raise RuntimeError(f"The board did not move its cards:\n{done.stderr}")
    median = json.loads(done.stdout.splitlines()[-1])
    yield Figure("card moved on a board of 200 schools", median, limit=300, limit_is_ratio=False, runs=9)
