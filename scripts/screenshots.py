"""Pictures of every page of the sample workspace, light and dark, 1366×768, in `build/screenshots/`.

`make screenshots`. The settings and the data folder of the person are not touched.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from cocivic_desktop.ui.context import Target
    from cocivic_desktop.ui.main_window import MainWindow

ROOT = Path(__file__).resolve().parent.parent
WIDTH, HEIGHT = 1366, 768
THEMES = ("light", "dark")
LONGEST_WAIT = 30.0
"""Seconds until a page must have loaded."""


def take(workspace: Path, folder: Path, themes: Sequence[str] = THEMES) -> list[Path]:
    """Open `workspace` in the window and write `<page>-<theme>.png` for every page into `folder`; returns the files."""
    from cocivic_desktop import app as start
    from cocivic_desktop.ui.main_window import MainWindow
    from cocivic_desktop.ui.theme import apply_theme

    folder.mkdir(parents=True, exist_ok=True)
    app = start.make_application()
    context = start.make_context()
    context.set_flag("guidance", True)
    window = MainWindow(context)
    window.resize(WIDTH, HEIGHT)
    window.show()
    start.open_workspace(window, workspace)
    wait(app, window, until_open=True)
    made = []
    for theme in themes:
        apply_theme(app, theme)
        for name, target in targets(window):
            window.navigate(target)
            wait(app, window)
            made.append(folder / f"{name}-{theme}.png")
            if not window.grab().save(str(made[-1])):
                raise OSError(f"{made[-1]} could not be written")
    window.close()
    return made


def targets(window: MainWindow) -> Iterator[tuple[str, Target]]:
    """Every place of the window by name: those of the navigation, then the stages of the first partnership."""
    from cocivic_desktop.domain.partnerships import Partnership, Stage
    from cocivic_desktop.services import records
    from cocivic_desktop.ui.context import Target
    from cocivic_desktop.ui.page_registry import PLACES

    for place in PLACES:
        yield place, Target(place)
    for partnership in records.find(window.context.workspace, Partnership)[:1]:
        for number, stage in enumerate(Stage, 1):
            yield f"stage-{number}-{stage.value}", Target.partnership(partnership.id, stage)


def wait(app: QApplication, window: MainWindow, *, until_open: bool = False) -> None:
    """Let the window load and draw: until nothing is under way and two rounds of events brought nothing new."""
    limit = time.monotonic() + LONGEST_WAIT
    quiet = 0
    while quiet < 3:
        app.processEvents()
        busy = window.context.tasks.busy() or (until_open and not window.context.is_open)
        quiet = 0 if busy else quiet + 1
        if time.monotonic() > limit:
            raise TimeoutError("The workspace did not open in time." if until_open else "A page did not load in time.")
        time.sleep(0.02)


def sample(path: Path) -> Path:
    """Write the sample workspace, relative to today, to `path`."""
    from cocivic_desktop.services.sample import create_sample
    from cocivic_desktop.store.workspace import Workspace

    with Workspace.create(path) as workspace:
        create_sample(workspace, date.today())
    return path


def main() -> None:
    """`make screenshots`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "screenshots")
    folder = parser.parse_args().out
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["COCIVIC_DATA"] = scratch
        made = take(sample(Path(scratch) / "sample.cocivic"), folder)
    print(f"{len(made)} pictures in {folder}")


if __name__ == "__main__":
    main()
