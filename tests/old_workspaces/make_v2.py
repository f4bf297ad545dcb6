"""How `v2.cocivic` was made, by the program of format 2. Not to be run again: a file of an old format is a witness.

The file holds two things of every kind of that format with every field filled, one of them archived, and an undo
step of an earlier change, all made from fixed seeds.
"""

from __future__ import annotations

import sys
from pathlib import Path

from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.store.workspace import Workspace
from tests.store.examples import fill

if __name__ == "__main__":
    with Workspace.create(Path(sys.argv[1])) as made:
        fill(made, seed=1, times=2)
        with made.write("archive_organisation", "first") as unit:
            unit.find(Organisation)[0].archived = True
