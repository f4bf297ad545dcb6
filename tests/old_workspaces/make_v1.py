"""How `v1.cocivic` was made. Not to be run again: a file of an old format is a witness and stays as it is.

Format 1 is the present schema with an index on each reference alone, before `migrations/v2.py` put the indexes by
owner and day in the place of three of them. The file holds two things of every kind with every field filled, one
of them archived, and an undo step of an earlier change, all made from fixed seeds.

    python -m tests.old_workspaces.make_v1 tests/old_workspaces/v1.cocivic
"""

from __future__ import annotations

import sys
from pathlib import Path

from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.store import connection as opening
from cocivic_desktop.store.workspace import Workspace
from tests.store.examples import fill

REPLACED = {
    "hour_entry": ("partnership_id", "worked_on"),
    "activity": ("partnership_id", "starts_on"),
    "calendar_period": ("school_year_id", "starts_on"),
}


def make(path: Path) -> None:
    """Write a workspace of format 1 to `path`."""
    with Workspace.create(path) as workspace:
        fill(workspace, seed=1, times=2)
        with workspace.write("archive_organisation", "first") as unit:
            unit.find(Organisation)[0].archived = True
    raw = opening.connect(path)
    for table, (owner, day) in REPLACED.items():
        raw.execute(f"DROP INDEX ix_{table}_{owner}_{day}")
        raw.execute(f"CREATE INDEX ix_{table}_{owner} ON {table} ({owner})")
    raw.execute("PRAGMA user_version = 1")
    raw.execute("VACUUM")
    raw.close()


if __name__ == "__main__":
    make(Path(sys.argv[1]))
