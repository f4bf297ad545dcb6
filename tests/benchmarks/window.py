"""From the start of the process to the first painted window and to usable data, and the memory that takes."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.figures import Figure

ROOT = Path(__file__).resolve().parents[2]
STARTS = 7

# Both programs report when their first paint is over, on the clock that all processes share, and their memory.
BARE = """
import json, sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        QTimer.singleShot(0, self, self.done)
    def done(self):
        print(json.dumps({"painted": time.monotonic_ns()}))
        app.exit(0)
app = QApplication(sys.argv)
window = Window()
window.resize(1366, 768)
window.show()
app.exec()
"""

OURS = """
import json, sys, time
from PySide6.QtCore import QTimer
from cocivic_desktop import app as start
from cocivic_desktop.ui.context import Target
place = sys.argv[2]
found = {}
class Window(start.MainWindow):
    def __init__(self, context):
        super().__init__(context)
        self.painted.connect(lambda: found.setdefault("painted", time.monotonic_ns()))
    def show_workspace(self, workspace):
        super().show_workspace(workspace)
        QTimer.singleShot(0, self, self.usable)
    def usable(self):
        if self.context.tasks.busy():  # pages fill beside the window: only then can a person go on
            QTimer.singleShot(1, self, self.usable)
            return
        self.repaint()
        found["usable"] = time.monotonic_ns()
        if place:
            from cocivic_desktop.domain.partnerships import Partnership, Stage
            from cocivic_desktop.services import records
            one = records.find(self.context.workspace, Partnership)[0]
            begin = time.monotonic_ns()
            self.navigate(Target.partnership(one.id, Stage(place)))
            self.repaint()
            found["page"] = time.monotonic_ns() - begin
        status = open("/proc/self/status").read().split()
        found["resident"] = int(status[status.index("VmRSS:") + 1]) * 1024
        found["peak"] = int(status[status.index("VmHWM:") + 1]) * 1024
        print(json.dumps(found))
        start.QApplication.instance().exit(0)
start.MainWindow = Window
sys.exit(start.main([sys.argv[1]]))
"""


def figures(sample: Path, large: Path) -> Iterator[Figure]:
    """Starts of a bare window and of ours, turn by turn; then memory and a page with the large workspace."""
    with screen() as (platform, environment):
        bare, painted, usable = [], [], []
        for _ in range(STARTS):
            bare.append(start(BARE, environment)["painted"])
            ours = start(OURS, environment, str(sample), "")
            painted.append(ours["painted"])
            usable.append(ours["usable"])
        base = statistics.median(bare)
        against = f"a bare PySide6 window ({platform})"
        yield Figure("first painted window", statistics.median(painted), "ms", base, against, 1.5, runs=STARTS)
        yield Figure("data usable, sample", statistics.median(usable), "ms", base, against, 4.2, runs=STARTS)
        yield Figure("memory with the sample open", ours["resident"], "MB", limit=130, limit_is_ratio=False)
        heavy = [start(OURS, environment, str(large), "hours") for _ in range(3)]
    yield Figure(
        "data usable, large workspace", statistics.median(each["usable"] for each in heavy), "ms", base, against, runs=3
    )
    yield Figure("hours page, large workspace", statistics.median(each["page"] for each in heavy), "ms", runs=3)
    yield Figure("memory with 200,000 hours open", heavy[-1]["resident"], "MB", limit=150, limit_is_ratio=False)
    yield Figure("peak memory with 200,000 hours", heavy[-1]["peak"], "MB")


def start(program: str, environment: dict[str, str], *arguments: str) -> dict[str, float]:
    """Run a program; moments in milliseconds since its start, sizes in megabytes."""
    begin = time.monotonic_ns()
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env=environment,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"The window did not start:\n{done.stderr}")
    found = json.loads(done.stdout.splitlines()[-1])
    return {
        name: value / 1024 / 1024 if name in ("resident", "peak") else (value - begin * (name != "page")) / 1e6
        for name, value in found.items()
    }


@contextlib.contextmanager
def screen() -> Iterator[tuple[str, dict[str, str]]]:
    """A virtual screen where Xvfb is installed, else Qt's offscreen platform; settings and data in a scratch folder."""
    with tempfile.TemporaryDirectory() as scratch:
        environment = {**os.environ, "COCIVIC_DATA": scratch}
        program = shutil.which("Xvfb")
        if program is None:
            yield "offscreen", {**environment, "QT_QPA_PLATFORM": "offscreen"}
            return
        reading, writing = os.pipe()
        server = subprocess.Popen(
            [program, "-displayfd", str(writing), "-screen", "0", "1400x900x24", "-nolisten", "tcp"],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        try:
            with os.fdopen(reading) as answer:
                display = answer.readline().strip()
            yield "Xvfb", {**environment, "DISPLAY": f":{display}", "QT_QPA_PLATFORM": "xcb"}
        finally:
            server.terminate()
            server.wait()
