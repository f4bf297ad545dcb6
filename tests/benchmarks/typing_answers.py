"""How long the window takes from a key in an answer of the agreement interview until the document shows it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.figures import Figure
from tests.benchmarks.window import ROOT, screen

TYPE = """
import json, statistics, sys, time
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from PySide6.QtTest import QTest
from cocivic_desktop import app as start
from cocivic_desktop.domain.agreements import Agreement
from cocivic_desktop.domain.partnerships import Stage
from cocivic_desktop.domain.rules.drafting import NEGOTIABLE
from cocivic_desktop.services import records
from cocivic_desktop.store.workspace import Workspace
from cocivic_desktop.ui.context import Target
from cocivic_desktop.ui.pages.agreement_page import AgreementPage
app, context = start.make_application(), start.make_context()
start.dress(app, context)
window = start.MainWindow(context)
window.resize(1366, 768)
window.show()
window.show_workspace(Workspace.open(Path(sys.argv[1])))
def settle():
    for _ in range(20):
        QCoreApplication.processEvents()
    while context.tasks.busy():
        QCoreApplication.processEvents()
draft = next(one for one in records.find(context.workspace, Agreement) if one.state in NEGOTIABLE)
window.navigate(Target.partnership(draft.partnership_id, Stage.AGREEMENT, "interview"))
settle()
page = window.findChild(AgreementPage)
page.interview.ask("rooms")
settle()
line, taken = page.interview.ui.editor.line, []
for key in "Workshop 2 on Tuesdays, and the projector":
    begin = time.perf_counter()
    QTest.keyClick(line, key)
    QCoreApplication.processEvents()
    taken.append((time.perf_counter() - begin) * 1000)
assert line.text() in page.interview.ui.preview.toPlainText()
print(json.dumps({"median": statistics.median(taken), "worst": max(taken)}))
window.close()
"""


def figures(sample: Path) -> Iterator[Figure]:
    """The median and the worst of some forty keys, with the sample's draft of about 40 clauses."""
    with screen() as (_, environment), tempfile.TemporaryDirectory() as scratch:
        copy = Path(shutil.copy(sample, scratch))
        done = subprocess.run(
            [sys.executable, "-c", TYPE, str(copy)],
            env=environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"The window did not take the keys:\n{done.stderr}")
        found = json.loads(done.stdout.splitlines()[-1])
    yield Figure("key in an answer until the document shows it", found["median"], limit=100, limit_is_ratio=False)
    yield Figure("the slowest of these keys", found["worst"])
