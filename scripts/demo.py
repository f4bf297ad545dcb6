"""The main job without a display: the sample's agreements, schedules, hours and page pictures in `build/demo/`."""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import date
from pathlib import Path

from cocivic_desktop.domain.agreements import Agreement
from cocivic_desktop.domain.base import Language
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.files import safe_file_name
from cocivic_desktop.services import agreements, calendar, hours, records
from cocivic_desktop.store.workspace import Workspace
from scripts import screenshots

FOLDER = screenshots.ROOT / "build" / "demo"


def export(workspace: Workspace, folder: Path) -> list[Path]:
    """Write what a coordinator hands out: each agreement, each schedule, each partnership's hours."""
    made = []
    for partnership in records.find(workspace, Partnership):
        name = partnership.title
        for agreement in records.find(workspace, Agreement, partnership_id=partnership.id):
            made.append(folder / safe_file_name(f"{name} - agreement", ".docx"))
            agreements.export(workspace, agreement.id, made[-1], Language(agreement.language), force=True)
        made.append(folder / safe_file_name(f"{name} - schedule", ".ics"))
        calendar.export_ics(workspace, made[-1], partnership_id=partnership.id, force=True)
        made.append(folder / safe_file_name(f"{name} - hours", ".csv"))
        hours.export_csv(workspace, made[-1], partnership_id=partnership.id, force=True)
    return made


def main() -> None:
    """Make everything anew and say where it is."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    file = screenshots.sample(FOLDER / "sample.cocivic")
    with Workspace.open(file) as workspace:
        made = export(workspace, FOLDER)
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["COCIVIC_DATA"] = scratch
        pictures = screenshots.take(file, FOLDER / "pages", themes=("light",))
    print(f"The sample of {date.today():%d %B %Y} is in {FOLDER}:")
    for path in [file, *made]:
        print(f"  {path.relative_to(FOLDER)}  ({path.stat().st_size:,} bytes)")
    print(f"  pages/  ({len(pictures)} pictures)")


if __name__ == "__main__":
    main()
