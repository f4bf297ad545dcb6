"""A walk through the window, filmed: pictures and a page with clicks and keys for each step.

`.venv/bin/python -m scripts.film calendar` takes the walk of `scripts/walks/calendar.py`. A walk says in `PAGE` and
`PICTURES` where the page and its pictures go below `docs/`, in `HEAD` how the page begins, and in `STEPS` what is done.
`BESIDES` may name steps that the last sum leaves out, `UNSHOWN` those without a picture; `prepare(workspace)` may
write what is there before the first step.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections import Counter
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage, QPixmap

    from cocivic_desktop.ui.main_window import MainWindow

DOCS = Path(__file__).resolve().parent.parent / "docs"
WALKS = ("initiate_and_goals", "calendar", "hours")
TODAY = date(2026, 9, 14)
COLOURS = 128
"""Enough for a window of few colours; keeps a picture below 80 kB."""
CLICK_SECONDS, KEY_SECONDS, THINK_SECONDS = 2.0, 0.3, 12.0
"""A person who knows what to write: a click with the way to it, a key of a text, and a look round at each new step."""
HOW_COUNTED = f"""A choice from a box counts as two clicks. The minutes are an estimate, no measurement:
{CLICK_SECONDS:g} s for a click, {KEY_SECONDS:g} s for a key and {THINK_SECONDS:g} s to look round at each step,
for somebody who knows what to write."""
TABLE = "| Step | Clicks | Keys | Minutes |\n| --- | ---: | ---: | ---: |"


def main() -> None:
    """Film a walk and write its page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("walk", nargs="?", choices=WALKS, default=WALKS[0])
    walk = import_module(f"scripts.walks.{parser.parse_args().walk}")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["COCIVIC_DATA"] = os.environ["HOME"] = scratch
        lines = film(walk, Path(scratch))
    (DOCS / walk.PAGE).write_text(lines, encoding="utf-8")
    pictures = DOCS / "pictures" / walk.PICTURES
    sizes = [one.stat().st_size for one in pictures.glob("*.png")]
    print(f"{len(sizes)} pictures, the largest {max(sizes) / 1000:.0f} kB, in {pictures}")


def film(walk: Any, folder: Path) -> str:
    """Take a walk in a new workspace in `folder`; returns the page."""
    from cocivic_desktop import app as start
    from cocivic_desktop.store.workspace import Workspace
    from cocivic_desktop.ui.main_window import MainWindow
    from scripts.walks.hand import Hand

    app, context = start.make_application(), start.make_context()
    context.settings.setValue("theme", "light")
    start.translate(app, "en")
    start.dress(app, context)
    context.today = lambda: getattr(walk, "TODAY", TODAY)
    window = MainWindow(context)
    window.resize(1366, 768)
    window.show()
    workspace = Workspace.create(folder / "walk.cocivic")
    getattr(walk, "prepare", lambda _: None)(workspace)
    window.show_workspace(workspace)
    pictures: Path = DOCS / "pictures" / walk.PICTURES
    pictures.mkdir(parents=True, exist_ok=True)
    besides, unshown = getattr(walk, "BESIDES", ()), getattr(walk, "UNSHOWN", ())
    for old in pictures.glob("*.png"):
        old.unlink()
    hand = Hand(window)
    rows: list[tuple[str, int, int]] = []
    shown: list[str] = []
    for number, step in enumerate(walk.STEPS):
        clicks, keys = hand.clicks, hand.keys
        step(hand, folder)
        hand.settle()
        name = f"{number:02}-{step.__name__.replace('_', '-')}"
        words = " ".join((step.__doc__ or "").split())
        rows.append((step.__name__, hand.clicks - clicks, hand.keys - keys))
        if step.__name__ in unshown:
            continue
        save(seen(window), pictures / f"{name}.png")
        shown.append(f"**{number}.** {words}\n\n![{words}](pictures/{pictures.name}/{name}.png)\n")
    window.close()
    page = [f"{walk.HEAD.strip()}\n", f"{HOW_COUNTED}\n", TABLE]
    if hasattr(walk, "WAYS"):
        sums = [line(way, [row for name, *row in rows if name in names]) for way, names in walk.WAYS.items()]
        return "\n".join([*page, *sums, "", *shown])
    table = [line(f"{number} {name.replace('_', ' ')}", [row]) for number, (name, *row) in enumerate(rows) if any(row)]
    needed = [row for name, *row in rows if name not in besides]
    table.append(line("**together**", [row for _, *row in rows]))
    if besides:
        table.append(line(f"**without {', '.join(besides)}**", needed))
    return "\n".join([*page, *table, "", *shown])


def line(name: str, rows: Sequence[Sequence[int]]) -> str:
    """A line of the table: the sum of some steps."""
    clicks, keys = sum(row[0] for row in rows), sum(row[1] for row in rows)
    return f"| {name} | {clicks} | {keys} | {sum(minutes(*row) for row in rows):.1f} |"


def minutes(clicks: int, keys: int) -> float:
    """An estimate for a step; nothing for one in which nothing is done."""
    return (clicks * CLICK_SECONDS + keys * KEY_SECONDS + THINK_SECONDS) / 60 if clicks or keys else 0.0


def seen(window: MainWindow) -> QPixmap:
    """The window, and above it the dialog that is open."""
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QColor, QPainter, QPen
    from PySide6.QtWidgets import QDialog

    picture = window.grab()
    for dialog in (one for one in window.findChildren(QDialog) if one.isVisible()):
        painter = QPainter(picture)
        painter.fillRect(picture.rect(), QColor(0, 0, 0, 90))
        place = QRect(dialog.rect())
        place.moveCenter(picture.rect().center())
        painter.drawPixmap(place.topLeft(), dialog.grab())
        painter.setPen(QPen(QColor(90, 90, 90), 1))
        painter.drawRect(place)
        painter.end()
    return picture


def save(picture: QPixmap, path: Path) -> None:
    """Write a PNG with a palette of the colours that are most frequent."""
    from PySide6.QtGui import QImage

    image = picture.toImage().convertToFormat(QImage.Format.Format_RGB32)
    if not few_colours(image).save(str(path), None, 0):
        raise OSError(f"{path} could not be written")


def few_colours(image: QImage) -> QImage:
    """The image with `COLOURS` colours; every other one becomes the nearest of them."""
    from PySide6.QtGui import QImage

    width, height = image.width(), image.height()
    pixels = memoryview(image.constBits()).cast("I")
    counts = Counter(pixels)
    kept = [colour for colour, _ in counts.most_common(COLOURS)]
    place = {colour: number for number, colour in enumerate(kept)}
    for colour in counts:
        if colour not in place:
            place[colour] = min(range(len(kept)), key=lambda number: distance(colour, kept[number]))
    stride = image.bytesPerLine() // 4
    rows = (pixels[row * stride : row * stride + width] for row in range(height))
    data = b"".join(bytes(map(place.__getitem__, row)) for row in rows)
    result = QImage(data, width, height, width, QImage.Format.Format_Indexed8)
    result.setColorTable(kept)
    return result.copy()


def distance(one: int, other: int) -> int:
    """How far two colours lie apart, squared."""
    return sum((((one >> shift) & 255) - ((other >> shift) & 255)) ** 2 for shift in (0, 8, 16))


if __name__ == "__main__":
    main()
