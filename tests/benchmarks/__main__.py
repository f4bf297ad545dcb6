"""`make bench`: measure, print the table with the goals beside it, and keep it in `build/bench.json`."""

from __future__ import annotations

import argparse
import json
import platform
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from cocivic_desktop import __version__
from cocivic_desktop.services.sample import create_sample
from cocivic_desktop.store.workspace import Workspace
from tests.benchmarks import (
    calendar_views,
    hours_page,
    pipeline_board,
    rules_and_files,
    school_calendars,
    store,
    table_of_hours,
    typing_answers,
    window,
)
from tests.benchmarks.figures import Figure, table
from tests.benchmarks.large_workspace import ACTIVITIES, HOURS, PARTNERSHIPS, build

OUT = Path(__file__).resolve().parents[2] / "build" / "bench.json"


def main() -> None:
    """Run the chosen groups (all by default)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "groups",
        nargs="*",
        choices=["window", "typing", "board", "store", "hours", "import", "files", "school", "calendar", []],
        help="default: all",
    )
    chosen = parser.parse_args().groups or [
        "window",
        "typing",
        "board",
        "store",
        "hours",
        "import",
        "files",
        "school",
        "calendar",
    ]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        sample, large = folder / "sample.cocivic", folder / "large.cocivic"
        print(f"Writing the large workspace: {PARTNERSHIPS} partnerships, {ACTIVITIES:,} activities, {HOURS:,} hours …")
        with Workspace.create(sample) as workspace:
            create_sample(workspace, date.today())
        content = build(large)
        groups: dict[str, Callable[[], Iterator[Figure]]] = {
            "window": lambda: window.figures(sample, large),
            "typing": lambda: typing_answers.figures(sample),
            "store": lambda: store.figures(folder, large, content),
            "hours": lambda: hours_page.figures(folder, large, content),
            "import": lambda: table_of_hours.figures(folder),
            "board": lambda: pipeline_board.figures(folder),
            "calendar": lambda: calendar_views.figures(large),
            "files": lambda: rules_and_files.figures(content),
            "school": lambda: school_calendars.figures(folder),
        }
        figures = []
        for name in chosen:
            print(f"Measuring: {name} …", flush=True)
            figures += list(groups[name]())
    print(table(figures))
    OUT.parent.mkdir(exist_ok=True)
    report = {
        "version": __version__,
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"python": platform.python_version(), "system": platform.platform()},
        "figures": [figure.as_json() for figure in figures],
    }
    OUT.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"Kept in {OUT}")


if __name__ == "__main__":
    main()
