"""Undo and redo: any series of edits, there and back."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from cocivic_desktop.domain.base import Entity
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import CoCivicError, WorkspaceError
from cocivic_desktop.domain.hours import HourEntry
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnerships import Partnership, Task
from cocivic_desktop.domain.registry import ENTITIES, KINDS
from cocivic_desktop.services import records
from cocivic_desktop.store import undo
from cocivic_desktop.store.workspace import Workspace
from tests.store.examples import change_one, content, example, fill, versions


@pytest.fixture(autouse=True)
def without_waiting_for_the_disk(workspace: Workspace) -> None:
    """These tests are about content; syncing thousands of transactions would take most of their time."""
    workspace._raw.execute("PRAGMA synchronous = OFF")


class Editor:
    """Edits a workspace at random, as a person would: add, change, delete, archive, reorder, several at once."""

    def __init__(self, workspace: Workspace, seed: int) -> None:
        self.workspace = workspace
        self.chance = random.Random(seed)

    def edit(self) -> Changes:
        """One action; gives what the store says has changed."""
        steps: list[Callable[[], None]] = [self._add, self._add, self._change, self._change, self._several]
        steps += [self._archive, self._delete, self._reorder]
        if not any(self._ids().values()):  # everything was deleted: the only thing left to do is to begin again
            steps = [self._add]
        label = str(self.chance.random())
        # what is refused leaves the rest of the action whole
        with self.workspace.write("edit", label), contextlib.suppress(CoCivicError):
            self.chance.choice(steps)()
        return self.workspace.last_changes

    def _ids(self) -> dict[str, list[UUID]]:
        execute = self.workspace._raw.execute
        return {
            cls.__name__: [UUID(id) for (id,) in execute(f"SELECT id FROM {kind} ORDER BY id LIMIT 40").fetchall()]
            for kind, cls in KINDS.items()
        }

    def _one(self) -> tuple[type[Entity], UUID]:
        ids = self._ids()
        cls = self.chance.choice([one for one in ENTITIES if ids[one.__name__]])
        return cls, self.chance.choice(ids[cls.__name__])

    def _add(self) -> None:
        records.add(self.workspace, example(self.chance.choice(ENTITIES), self.chance, self._ids(), full=False))

    def _change(self) -> None:
        cls, id = self._one()
        with self.workspace.write("change") as unit:
            change_one(unit.get(cls, id), self.chance)

    def _several(self) -> None:
        for _ in range(3):
            self.chance.choice([self._add, self._change])()

    def _archive(self) -> None:
        cls, id = self._one()
        self.chance.choice([records.archive, records.restore])(self.workspace, cls, id)

    def _delete(self) -> None:
        cls, id = self._one()
        if self.chance.random() < 0.6 or cls not in {Organisation, Partnership}:  # these take nearly all with them
            records.delete(self.workspace, cls, id)

    def _reorder(self) -> None:
        cls, _ = self._one()
        if "position" in cls.__dataclass_fields__ and cls is not Person:
            ids = [record.id for record in records.find(self.workspace, cls, archived=None)]
            self.chance.shuffle(ids)
            records.reorder(self.workspace, cls, ids)


def not_lower(before: dict[str, int], after: dict[str, int]) -> bool:
    return all(after[id] >= version for id, version in before.items() if id in after)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_random_edits_undone_and_redone_give_the_same_workspace(workspace: Workspace, seed: int) -> None:
    fill(workspace, seed, times=3)
    editor = Editor(workspace, seed)
    states = [content(workspace)]
    highest = versions(workspace)
    for _ in range(500):
        before = states[-1]
        changes = editor.edit()
        after = content(workspace)
        changed = {cls for cls in after if after[cls] != before[cls]}
        assert changed <= {cls.__name__ for kind, cls in KINDS.items() if changes.touches(kind)}
        assert changes or not changed
        now = versions(workspace)
        assert not_lower(highest, now)
        highest |= now
        if changes:
            states.append(after)
    assert len(states) > 350
    path = workspace.path
    workspace.close()
    with Workspace.open(path) as again:
        again._raw.execute("PRAGMA synchronous = OFF")
        for number in range(2):
            for state in reversed(states[:-1]):
                assert again.undo() is not None
                assert number or content(again) == state
            assert content(again) == states[0]
            assert not_lower(highest, versions(again))
            for _ in states[1:]:
                assert again.redo() is not None
            assert content(again) == states[-1]
            assert again.redo() is None
        assert not again.problems()


@pytest.mark.slow
def test_edits_there_and_back_with_detours(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Undo, redo and new edits mixed: the model is a list of states and a place in it."""
    monkeypatch.setattr(undo, "KEPT_STEPS", 5_000)
    ids = fill(workspace, 9)
    chance = random.Random(5)
    states, place = [content(workspace)], 0
    people = ids["Person"]
    for number in range(400):
        what = chance.random()
        if what < 0.25 and place:
            assert workspace.undo() is not None
            place -= 1
        elif what < 0.45 and place < len(states) - 1:
            assert workspace.redo() is not None
            place += 1
        else:
            with workspace.write("edit") as unit:
                if what < 0.7 or not people:
                    unit.add(Person(name=f"n{number}"))
                else:
                    unit.first(Person, archived=None).name = f"changed {number}"  # type: ignore[union-attr]
                if what > 0.95:
                    unit.delete(unit.find(Person, archived=None)[-1])
            del states[place + 1 :]
            states.append(_people(workspace))
            place += 1
        if place:
            assert _people(workspace) == states[place]
    while workspace.undo():
        pass
    assert all(not rows for rows in content(workspace).values())


def _people(workspace: Workspace) -> dict[str, list[tuple[object, ...]]]:
    with workspace.read() as unit:
        names = ",".join(field.name for field in fields(Person) if field.name != "version")
        return {"Person": unit.rows(f"SELECT {names} FROM person ORDER BY id")}


def test_history_names_steps(workspace: Workspace) -> None:
    assert workspace.undo() is None and workspace.redo() is None
    assert workspace.undo_step() is None and workspace.redo_step() is None
    began = datetime.now(UTC)
    for name in "abc":
        with workspace.write("add_person", name) as unit:
            unit.add(Person(name=name))
    workspace.undo()
    steps = workspace.history()
    assert [(step.action, step.label, step.undone) for step in steps] == [
        ("add_person", "c", True),
        ("add_person", "b", False),
        ("add_person", "a", False),
    ]
    assert all(began <= step.at <= datetime.now(UTC) for step in steps)
    assert workspace.undo_step() == steps[1]
    assert workspace.redo_step() == steps[0]
    assert workspace.history(limit=1) == steps[:1]


def test_nothing_done_keeps_redo_and_something_done_ends_it(workspace: Workspace) -> None:
    with workspace.write("add") as unit:
        unit.add(Person(name="x"))
    workspace.undo()
    with workspace.write("nothing"):
        pass
    assert workspace.redo_step() is not None
    with workspace.write("something") as unit:
        unit.add(Person(name="y"))
    assert workspace.redo_step() is None
    assert workspace.redo() is None


def test_old_steps_stay_by_name_only(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo, "KEPT_STEPS", 3)
    for number in range(6):
        with workspace.write("add", str(number)) as unit:
            unit.add(Person(name=str(number)))
    undone = 0
    while workspace.undo():
        undone += 1
    assert undone == 3
    assert len(workspace.history()) == 6


@pytest.mark.parametrize(
    "entry",
    [("person", "DROP TABLE person"), ("sqlite_master", ""), ("nothing", 'UPDATE "nothing" SET version=version+1')],
)
def test_a_forged_log_is_not_run(workspace: Workspace, entry: tuple[str, str]) -> None:
    with workspace.write("add") as unit:
        unit.add(Person(name="x"))
    with workspace.write("forge") as unit:
        unit.add(Person(name="y"))
        unit.execute("UPDATE undo_entry SET kind = :kind, statement = :sql", kind=entry[0], sql=entry[1])
        unit.add(Person(name="z"))
    before = content(workspace, ())
    workspace.undo_step()
    with pytest.raises(WorkspaceError, match="history"):
        workspace.undo()
    assert content(workspace, ()) == before
    with workspace.write("goes on") as unit:
        unit.add(Person(name="w"))


@pytest.mark.slow
def test_a_cascade_over_ten_thousand_rows_is_undone(workspace: Workspace) -> None:
    with workspace.write("fill") as unit:
        school = unit.add(Organisation(name="S"))
        partnership = unit.add(Partnership(title="P", school_id=school.id))
        unit.add(Task(partnership_id=partnership.id, title="t"))
        unit.insert_many(
            HourEntry,
            (
                HourEntry(partnership_id=partnership.id, head_count=1, worked_on=date(2026, 1, 1), minutes=60)
                for _ in range(10_000)
            ),
        )
    before = content(workspace)
    with workspace.write("delete") as unit:
        unit.delete(unit.get(Partnership, partnership.id))
    assert workspace.last_changes == Changes(frozenset({"partnership", "task", "hour_entry"}), None)
    workspace.undo()
    assert content(workspace) == before


def test_what_has_left_the_house_is_not_undone(workspace: Workspace) -> None:
    school = Organisation(name="North")
    with workspace.write("add_organisation", "North") as unit:
        unit.add(school)
    with workspace.write("export_calendar", "North", undoable=False) as unit:
        unit.get(Organisation, school.id).website = "counted"
    step = workspace.undo_step()
    assert step is not None
    assert step.action == "add_organisation"
    assert [one.action for one in workspace.history()] == ["export_calendar", "add_organisation"]
    with workspace.read() as unit:
        assert unit.get(Organisation, school.id).website == "counted"
