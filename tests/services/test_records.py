from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from cocivic_desktop.domain.agreements import Clause
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import CoCivicError, InvalidField, NotFound
from cocivic_desktop.domain.goals import SharedGoal
from cocivic_desktop.domain.hours import HourEntry
from cocivic_desktop.domain.organisations import Organisation, Person, PersonKind
from cocivic_desktop.domain.partnerships import Partnership, Task
from cocivic_desktop.domain.validation import validate
from cocivic_desktop.services import hours, records
from cocivic_desktop.store.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "work.cocivic") as workspace:
        yield workspace


@pytest.fixture
def partnership(workspace: Workspace) -> Partnership:
    school = Organisation(name="School")
    records.add(workspace, school)
    partnership = Partnership(title="Garden", school_id=school.id)
    records.add(workspace, partnership)
    return partnership


def test_adding_tells_what_changed_and_names_the_step(workspace: Workspace) -> None:
    person = Person(name="Ayşe")
    assert records.add(workspace, person) == Changes(frozenset({"person"}), frozenset({person.id}))
    step = workspace.undo_step()
    assert step is not None
    assert (step.action, step.label) == ("add_person", "Ayşe")
    assert records.get(workspace, Person, person.id).name == "Ayşe"
    records.add(workspace, Person(name="Second"))
    assert len(records.find(workspace, Person)) == 2
    with pytest.raises(InvalidField):
        records.add(workspace, Person(name=""))


def test_new_records_come_last_among_their_siblings(workspace: Workspace, partnership: Partnership) -> None:
    other = Partnership(title="Other", school_id=partnership.school_id)
    records.add(workspace, other)
    goals = [SharedGoal(partnership_id=partnership.id, statement=str(n)) for n in range(3)]
    for goal in (*goals, SharedGoal(partnership_id=other.id)):
        records.add(workspace, goal)
    assert [goal.position for goal in goals] == [0, 1, 2]
    assert records.find(workspace, SharedGoal, partnership_id=other.id)[0].position == 0


def test_changing(workspace: Workspace, partnership: Partnership) -> None:
    changes = records.change(workspace, Partnership, partnership.id, title="Wood", summary="a\r\nb")
    assert changes == Changes(frozenset({"partnership"}), frozenset({partnership.id}))
    steps = workspace.history()
    assert not records.change(workspace, Partnership, partnership.id, title="Wood")
    assert workspace.history() == steps
    with pytest.raises(InvalidField) as caught:
        records.change(workspace, Partnership, partnership.id, title="")
    assert (caught.value.field, caught.value.code) == ("title", "required")
    again = records.get(workspace, Partnership, partnership.id)
    assert (again.title, again.summary, again.version) == ("Wood", "a\nb", 2)
    with pytest.raises(NotFound):
        records.change(workspace, Partnership, uuid4(), title="x")


def test_archiving_restoring_deleting(workspace: Workspace, partnership: Partnership) -> None:
    task = Task(partnership_id=partnership.id, title="t")
    records.add(workspace, task)
    assert records.archive(workspace, Task, task.id).touches("task")
    assert records.find(workspace, Task) == []
    assert [one.id for one in records.find(workspace, Task, archived=None)] == [task.id]
    assert records.restore(workspace, Task, task.id).touches_id(task.id)
    assert len(records.find(workspace, Task)) == 1
    with pytest.raises(CoCivicError, match="Archive"):
        records.delete(workspace, Organisation, partnership.school_id)
    assert records.delete(workspace, Partnership, partnership.id).kinds == {"partnership", "task"}
    workspace.undo()
    assert len(records.find(workspace, Task)) == 1


@pytest.mark.parametrize(
    ("kind", "role", "kept"),
    [(PersonKind.TEACHER, "trainer", "teacher"), (PersonKind.MENTOR, "mentor", "mentor"), (PersonKind.STUDENT, "", "")],
)
def test_hours_outlive_the_person_without_the_name(
    workspace: Workspace, partnership: Partnership, kind: PersonKind, role: str, kept: str
) -> None:
    person = Person(name="Ada", kind=kind)
    entry = HourEntry(
        partnership_id=partnership.id, person_id=person.id, worked_on=date(2026, 9, 1), minutes=90, role=role
    )
    records.add(workspace, person)
    records.add(workspace, entry)
    before = hours.summary(workspace, partnership.id, date(2026, 9, 14)).months[0]
    records.delete(workspace, Person, person.id)
    left = records.get(workspace, HourEntry, entry.id)
    assert (left.person_id, left.head_count, left.minutes, left.role) == (None, 1, 90, kept)
    validate(left)
    records.change(workspace, HourEntry, entry.id, remark="kept")  # it may still be changed
    after = hours.summary(workspace, partnership.id, date(2026, 9, 14)).months[0]
    assert (after.side, after.used) == (before.side, before.used)
    workspace.undo()
    workspace.undo()
    assert records.get(workspace, HourEntry, entry.id).person_id == person.id


def test_reordering_is_one_step(workspace: Workspace, partnership: Partnership) -> None:
    tasks = [Task(partnership_id=partnership.id, title=str(n)) for n in range(4)]
    for task in tasks:
        records.add(workspace, task)
    changes = records.reorder(workspace, Task, [tasks[n].id for n in (1, 0, 2, 3)])
    assert changes.ids == frozenset({tasks[0].id, tasks[1].id})
    assert [task.title for task in records.find(workspace, Task)] == ["1", "0", "2", "3"]
    workspace.undo()
    assert [task.title for task in records.find(workspace, Task)] == ["0", "1", "2", "3"]


def test_labels_name_a_record() -> None:
    assert records.label_of(Clause(agreement_id=uuid4(), titles={"de": "Zweck"})) == "Zweck"
    assert records.label_of(Clause(agreement_id=uuid4())) == ""
    assert records.label_of(Person(name="x" * 200)) == "x" * 80
