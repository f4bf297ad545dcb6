"""Pictures of every page of the sample workspace, light and dark, 1366×768, in `build/screenshots/`.

`make screenshots`. The settings and the data folder of the person are not touched.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QApplication

    from cocivic_desktop.ui.main_window import MainWindow

ROOT = Path(__file__).resolve().parent.parent
WIDTH, HEIGHT = 1366, 768
THEMES = ("light", "dark")
SCHOOLS = (
    "Name;Town;E-mail\nHarbour College;Kiel;office@harbour.example\nHarbour  College;Kiel;\n;Plön;\n"
    "Lakeside School;Plön;no address\n"
)
"""A list to import: a new school, the same again, a row without a name, an address that is none."""
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
        for name, go in targets(window):
            go()
            wait(app, window)
            made.append(folder / f"{name}-{theme}.png")
            if not grab(window).save(str(made[-1])):
                raise OSError(f"{made[-1]} could not be written")
    window.close()
    return made


def targets(window: MainWindow) -> Iterator[tuple[str, Callable[[], object]]]:
    """Every place of the window by name and how to go there: the navigation, then the first partnership's stages.

    Pages with tabs come once for each tab; the pipeline as board and list, and the two dialogs of a school list.
    """
    from cocivic_desktop.domain.partnerships import Partnership, Stage
    from cocivic_desktop.services import records
    from cocivic_desktop.ui.context import Target
    from cocivic_desktop.ui.page_registry import PLACES

    for place in PLACES:
        yield place, partial(window.navigate, Target(place))
        yield from tabs(window, place)
        if place == "partnerships":
            yield from pipeline(window)
        elif place == "library":
            yield "library-compare", partial(compare, window)
    for partnership in records.find(window.context.workspace, Partnership)[:1]:
        for number, stage in enumerate(Stage, 1):
            name = f"stage-{number}-{stage.value}"
            yield name, partial(window.navigate, Target.partnership(partnership.id, stage))
            yield from tabs(window, name)


def tabs(window: MainWindow, name: str) -> Iterator[tuple[str, Callable[[], object]]]:
    """The further tabs of the page that is shown, and the first one again at the end."""
    from PySide6.QtWidgets import QTabWidget

    found = next((one for one in window.findChildren(QTabWidget, "tabs") if one.isVisible()), None)
    if found is None:
        return
    for number in range(1, found.count()):
        word = found.tabText(number).split(" (")[0].replace("&", "").strip(" ·0123456789").lower().replace(" ", "-")
        yield f"{name}-{number + 1}-{word}", partial(found.setCurrentIndex, number)
    found.setCurrentIndex(0)


def pipeline(window: MainWindow) -> Iterator[tuple[str, Callable[[], object]]]:
    """The list beside the board, and a school list with rows of every kind being taken in."""
    from cocivic_desktop.ui.dialogs.school_import import SchoolImportDialog
    from cocivic_desktop.ui.pages.partnerships_page import PartnershipsPage

    page = window.findChild(PartnershipsPage)
    if page is None:
        return
    yield "partnerships-list", page.ui.listButton.click
    page.ui.boardButton.click()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "schools.csv"
        path.write_text(SCHOOLS, encoding="utf-8")
        dialog = SchoolImportDialog(window.context, window, as_ideas=True)
        dialog.open()
        yield "school-import", partial(dialog.read, path)
        dialog.close()


def compare(window: MainWindow) -> None:
    """Choose three models, so that they stand beside each other."""
    from cocivic_desktop.ui.context import Target
    from cocivic_desktop.ui.pages.library.models_shelf import ModelsShelf

    window.navigate(Target("library", section="models"))
    for shelf in window.findChildren(ModelsShelf):
        for row in range(3):
            shelf.ui.titles.item(row).setSelected(True)


def grab(window: MainWindow) -> QPixmap:
    """The window, or the dialog that is open above it."""
    from PySide6.QtWidgets import QDialog

    return next((one for one in window.findChildren(QDialog) if one.isVisible()), window).grab()


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
