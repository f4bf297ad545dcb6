"""`kill -9` while saving: no file is damaged, and nothing that was acknowledged is lost."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.store.workspace import Workspace

SAVES = """
import sys
from pathlib import Path
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.store.workspace import Workspace
workspace = Workspace.open(Path(sys.argv[1]))
with workspace.read() as unit:
    number = unit.count(Person)
print("ready", flush=True)
while True:
    with workspace.write("add", "several") as unit:
        for _ in range(3):
            unit.add(Person(name=str(number), remarks="x" * 3_000))
            number += 1
    print(number, flush=True)
    if number % 5 == 0:
        workspace.undo()
        workspace.redo()
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_killed_while_saving(path: Path) -> None:
    Workspace.create(path).close()
    chance = random.Random(3)
    in_the_middle = 0
    for _ in range(20):
        with subprocess.Popen([sys.executable, "-c", SAVES, str(path)], stdout=subprocess.PIPE, text=True) as saver:
            assert saver.stdout is not None
            assert saver.stdout.readline() == "ready\n"
            time.sleep(chance.uniform(0.01, 0.25))
            saver.send_signal(signal.SIGKILL)
            said = saver.stdout.read().splitlines()
        in_the_middle += path.with_name(f"{path.name}-journal").exists()
        with Workspace.open(path) as workspace:
            assert workspace.problems() == []
            with workspace.read() as unit:
                names = sorted(int(person.name) for person in unit.find(Person))
            assert len(names) % 3 == 0, "an action is there wholly or not at all"
            if workspace.redo_step() is not None:  # killed between undo and redo
                workspace.redo()
                names += [len(names), len(names) + 1, len(names) + 2]
            assert names == list(range(len(names)))
            acknowledged = int(said[-1]) if said and said[-1].isdigit() else 0
            assert len(names) >= acknowledged
    assert in_the_middle, "some kills came in the middle of a save"
