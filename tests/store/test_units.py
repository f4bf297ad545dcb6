"""Units of work: what is seen, what is saved, what an error takes back."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from cocivic_desktop.domain.activities import Activity, Recurrence
from cocivic_desktop.domain.agreements import Agreement, Clause
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import CoCivicError, InvalidField, NotFound, StaleVersion, WorkspaceError
from cocivic_desktop.domain.goals import Indicator, SharedGoal
from cocivic_desktop.domain.hours import HourEntry
from cocivic_desktop.domain.organisations import Organisation, OrganisationKind, Person
from cocivic_desktop.domain.partnerships import Partnership, Task
from cocivic_desktop.store.unit_of_work import UnitOfWork, prepare
from cocivic_desktop.store.workspace import Workspace
from tests.store.examples import content


@pytest.fixture
def school(workspace: Workspace) -> Organisation:
    with workspace.write("add_organisation", "school") as unit:
        return unit.add(Organisation(name="School"))


@pytest.fixture
def partnership(workspace: Workspace, school: Organisation) -> Partnership:
    with workspace.write("add_partnership") as unit:
        return unit.add(Partnership(title="Garden", school_id=school.id))


def give(entity: object, name: str, value: object) -> bool:
    setattr(entity, name, value)
    return True


def name_of(workspace: Workspace, id: UUID) -> str:
    with workspace.read() as unit:
        return unit.get(Organisation, id).name


def test_objects_stay_readable_and_a_change_raises_the_version(workspace: Workspace, school: Organisation) -> None:
    before = school.changed_at
    assert school.version == 1
    with workspace.write("change") as unit:
        loaded = unit.get(Organisation, school.id)
        loaded.name = "Other"
    assert (loaded.version, loaded.name, name_of(workspace, school.id)) == (2, "Other", "Other")
    assert loaded.changed_at > before


def test_a_nested_read_sees_what_is_not_committed(workspace: Workspace, school: Organisation) -> None:
    with workspace.write("change") as unit:
        unit.get(Organisation, school.id).name = "Inside"
        with workspace.read() as inner:
            assert inner.rows("SELECT name FROM organisation") == [("Inside",)]
            assert inner.first(Organisation, name="Inside") is not None


def test_what_is_edited_inside_lists_and_tables_is_saved(workspace: Workspace, partnership: Partnership) -> None:
    with workspace.write("add") as unit:
        agreement = unit.add(Agreement(partnership_id=partnership.id))
        clause = unit.add(Clause(agreement_id=agreement.id))
        clause.titles["de"] = "neu"
        activity = unit.add(
            Activity(partnership_id=partnership.id, title="x", starts_on=date(2026, 1, 5), recurrence=Recurrence())
        )
    with workspace.write("change") as unit:
        unit.get(Clause, clause.id).texts["en"] = "Text"
        recurrence = unit.get(Activity, activity.id).recurrence
        assert recurrence is not None
        recurrence.weekdays.append(2)
    assert workspace.last_changes == Changes(frozenset({"clause", "activity"}), frozenset({clause.id, activity.id}))
    with workspace.read() as unit:
        again = unit.get(Clause, clause.id)
        assert (again.titles, again.texts) == ({"de": "neu"}, {"en": "Text"})
        assert unit.get(Activity, activity.id).recurrence == Recurrence(weekdays=[2])
    with workspace.write("nothing") as unit:
        assert unit.get(Clause, clause.id).texts
    assert not workspace.last_changes


@pytest.mark.parametrize(
    "break_it",
    [
        lambda unit, id: give(unit.get(Organisation, id), "name", ""),
        lambda unit, id: (give(unit.get(Organisation, id), "country", "xx"), unit.find(Organisation)),
        lambda unit, id: (give(unit.get(Organisation, id), "country", "xx"), unit.rows("SELECT 1")),
        lambda unit, id: (give(unit.get(Organisation, id), "zone", "?"), unit.count(Organisation)),
        lambda unit, id: (give(unit.get(Organisation, id), "zone", "?"), unit.execute("SELECT 1")),
        lambda unit, id: unit.get(Organisation, id).objectives.append("x" * 30_000),
        lambda unit, id: unit.add(Organisation(name=" ")),
    ],
)
def test_every_way_to_the_file_is_validated(
    workspace: Workspace, school: Organisation, break_it: Callable[[UnitOfWork, UUID], Any]
) -> None:
    before, steps = content(workspace), workspace.history()
    with pytest.raises(InvalidField), workspace.write("break") as unit:  # noqa: PT012
        unit.add(Organisation(name="goes as well"))
        break_it(unit, school.id)
    assert content(workspace) == before
    assert workspace.history() == steps


def test_texts_are_cleaned_on_every_way(workspace: Workspace, school: Organisation) -> None:
    with workspace.write("change") as unit:
        loaded = unit.get(Organisation, school.id)
        loaded.name, loaded.objectives = "a\x00b\r\nc", ["e\u0301\x07"]
        added = unit.add(Organisation(name="\ud800x"))
    assert (loaded.name, loaded.objectives, added.name) == ("ab\nc", ["é"], "x")
    entity = Organisation(name="x", vocational_fields=["a\x01"])
    prepare(entity)
    assert entity.vocational_fields == ["a"]


def test_an_error_takes_everything_back(workspace: Workspace, school: Organisation) -> None:
    workspace.undo()
    workspace.redo()
    before, steps, undoable = content(workspace, ()), workspace.history(), workspace.undo_step()
    with pytest.raises(ZeroDivisionError), workspace.write("fails") as unit:  # noqa: PT012
        unit.get(Organisation, school.id).name = "lost"
        unit.add(Organisation(name="lost too"))
        _ = 1 / 0
    assert (content(workspace, ()), workspace.history(), workspace.undo_step()) == (before, steps, undoable)
    with workspace.write("goes on") as unit:
        unit.add(Organisation(name="kept"))
    assert [step.action for step in workspace.history()] == ["goes on", "add_organisation"]
    workspace.undo()
    assert content(workspace, ()) == before


def test_nested_writes_are_one_step(workspace: Workspace, school: Organisation) -> None:
    with workspace.write("outer", "both") as unit:
        first = unit.add(Organisation(name="A"))
        with workspace.write("inner") as inner:
            second = inner.add(Person(name="B"))
        assert workspace.last_changes == Changes(frozenset({"person"}), frozenset({second.id}))
        with workspace.write("inner without change"):
            pass
        assert not workspace.last_changes
    assert workspace.last_changes == Changes(frozenset({"organisation", "person"}), frozenset({first.id, second.id}))
    assert [(step.action, step.label) for step in workspace.history(1)] == [("outer", "both")]
    workspace.undo()
    with workspace.read() as unit:
        assert unit.count(Person) == 0
        assert [one.id for one in unit.find(Organisation)] == [school.id]


@pytest.mark.parametrize("kind", ["python", "field", "constraint"])
def test_a_nested_write_that_fails_leaves_the_outer_one_whole(
    workspace: Workspace, partnership: Partnership, kind: str
) -> None:
    school_id = partnership.school_id
    with workspace.write("outer") as unit:
        outer = unit.add(Organisation(name="outer"))
        loaded = unit.get(Organisation, school_id)
        loaded.name = "renamed before"
        with pytest.raises((CoCivicError, ZeroDivisionError)), workspace.write("inner") as inner:  # noqa: PT012
            inner.get(Organisation, school_id).mission = "inner"
            inner.add(Organisation(name="inner"))
            if kind == "constraint":
                inner.delete(loaded)
            elif kind == "field":
                loaded.country = "wrong"
            else:
                _ = 1 / 0
        outer.short_name = "afterwards"
    assert (loaded.name, loaded.mission, loaded.country) == ("renamed before", "", "")
    with workspace.read() as unit:
        assert {(one.name, one.short_name, one.mission) for one in unit.find(Organisation)} == {
            ("outer", "afterwards", ""),
            ("renamed before", "", ""),
        }
    workspace.undo()
    assert name_of(workspace, school_id) == "School"


def test_a_write_cannot_begin_in_a_read_and_a_read_cannot_write(workspace: Workspace, school: Organisation) -> None:
    before = content(workspace, ())
    with workspace.read() as unit:
        with pytest.raises(RuntimeError), workspace.write("x"):
            pass
        for forbidden in (
            lambda: unit.add(Organisation(name="x")),
            lambda: unit.delete(school),
            lambda: unit.insert_many(Organisation, []),
            lambda: unit.execute("DELETE FROM organisation"),
        ):
            with pytest.raises(RuntimeError):
                forbidden()
        unit.get(Organisation, school.id).name = "not saved"
        assert unit.rows("SELECT name FROM organisation") == [("School",)]
    assert content(workspace, ()) == before


@pytest.mark.parametrize("forbidden", ["undo", "redo", "close"])
def test_undo_and_closing_wait_for_the_end_of_the_unit(workspace: Workspace, forbidden: str) -> None:
    with workspace.write("x") as unit:
        unit.add(Organisation(name="kept"))
        with pytest.raises(RuntimeError):
            getattr(workspace, forbidden)()
        assert workspace.undo_step() is not None
        assert workspace.history() and workspace.redo_step() is None
    with workspace.read() as unit:
        assert unit.count(Organisation) == 1


def test_stale_objects_are_refused(workspace: Workspace, school: Organisation) -> None:
    with workspace.write("meanwhile") as unit:
        unit.get(Organisation, school.id).name = "newer"
    school.name = "older"
    with pytest.raises(StaleVersion), workspace.write("too late") as unit:
        unit.add(school)
    assert (school.name, school.version) == ("newer", 2), "it can be looked at again at once"
    with workspace.read() as unit:
        school = unit.get(Organisation, school.id)
    with workspace.write("meanwhile") as unit:
        unit.get(Organisation, school.id).name = "newest"
    with pytest.raises(StaleVersion), workspace.write("too late") as unit:
        unit.delete(school)
    assert name_of(workspace, school.id) == "newest"


def test_an_object_of_an_earlier_unit_can_be_saved_and_deleted(workspace: Workspace, school: Organisation) -> None:
    school.name = "later"
    with workspace.write("save") as unit:
        unit.add(school)
    assert name_of(workspace, school.id) == "later"
    with workspace.write("delete") as unit:
        assert unit.find(Organisation)
        unit.delete(school)
    with workspace.read() as unit, pytest.raises(NotFound, match="organisation"):
        unit.get(Organisation, school.id)
    with pytest.raises(NotFound), workspace.write("again") as unit:
        unit.delete(school)


def test_what_others_need_is_kept(workspace: Workspace, partnership: Partnership, school: Organisation) -> None:
    with pytest.raises(CoCivicError, match="Archive"), workspace.write("delete") as unit:
        unit.delete(school)
    assert school.name == "School"
    with pytest.raises(CoCivicError, match="no longer"), workspace.write("add") as unit:
        unit.add(Task(partnership_id=uuid4(), title="x"))
    with pytest.raises(CoCivicError, match="contradicts"), workspace.write("add") as unit:
        unit.insert_many(Organisation, [Organisation(id=school.id, name="twice")])


def test_deleting_empties_references_and_raises_versions(workspace: Workspace, partnership: Partnership) -> None:
    with workspace.write("add") as unit:
        goal = unit.add(SharedGoal(partnership_id=partnership.id, statement="x"))
        indicator = unit.add(Indicator(partnership_id=partnership.id, goal_id=goal.id))
    with workspace.write("delete") as unit:
        loaded = unit.get(Indicator, indicator.id)
        unit.delete(unit.get(SharedGoal, goal.id))
        assert (loaded.goal_id, loaded.version) == (None, 2)
        loaded.name = "still changeable"
    assert workspace.last_changes.ids == frozenset({goal.id, indicator.id})
    assert loaded.version == 3
    workspace.undo()
    with workspace.read() as unit:
        assert unit.get(Indicator, indicator.id).goal_id == goal.id


def test_deleting_takes_what_is_owned(workspace: Workspace, partnership: Partnership) -> None:
    with workspace.write("add") as unit:
        task = unit.add(Task(partnership_id=partnership.id, title="x"))
    with workspace.write("delete") as unit:
        loaded = unit.get(Task, task.id)
        unit.delete(unit.get(Partnership, partnership.id))
        assert unit.find(Task) == []
    assert loaded.title == "x"
    assert workspace.last_changes.kinds == {"task", "partnership"}


def test_plain_sql_raises_versions_and_refreshes_objects(workspace: Workspace, school: Organisation) -> None:
    with workspace.write("sql") as unit:
        loaded = unit.get(Organisation, school.id)
        gone = unit.add(Organisation(name="gone"))
        touched = unit.execute("UPDATE organisation SET name = :name WHERE id = :id", name="by SQL", id=school.id)
        unit.execute("DELETE FROM organisation WHERE id = :id", id=gone.id)
        assert (touched, loaded.name, loaded.version) == (1, "by SQL", 2)
    assert (loaded.name, gone.name) == ("by SQL", "gone")
    assert workspace.last_changes == Changes(frozenset({"organisation"}), frozenset({school.id, gone.id}))
    workspace.undo()
    assert name_of(workspace, school.id) == "School"


def test_find_count_and_first(workspace: Workspace, partnership: Partnership) -> None:
    with workspace.write("add") as unit:
        people = [unit.add(Person(name=name, position="z")) for name in "abc"]
        goals = [
            unit.add(SharedGoal(partnership_id=partnership.id, statement=str(n), position=9 - n, owner_cso_id=owner))
            for n, owner in enumerate([people[0].id, people[1].id, None])
        ]
        goals[0].archived = True
    with workspace.read() as unit:
        assert [goal.statement for goal in unit.find(SharedGoal)] == ["2", "1"]
        assert [goal.statement for goal in unit.find(SharedGoal, archived=None)] == ["2", "1", "0"]
        assert [goal.statement for goal in unit.find(SharedGoal, archived=True)] == ["0"]
        assert [goal.statement for goal in unit.find(SharedGoal, order="statement")] == ["1", "2"]
        for ids, found in (
            ([], 0),
            ({people[1].id}, 1),
            ((people[0].id, people[1].id), 2),
            ([None], 1),
            ([None, people[0].id], 2),
        ):
            assert len(unit.find(SharedGoal, archived=None, owner_cso_id=ids)) == found
            assert unit.count(SharedGoal, archived=None, owner_cso_id=ids) == found
        assert unit.count(SharedGoal, owner_cso_id=None) == 1
        assert unit.count(Organisation, kind=OrganisationKind.VET_PROVIDER) == 1
        assert [person.name for person in unit.find(Person)] == ["a", "b", "c"]
        assert unit.first(SharedGoal, statement="0") is None
        assert unit.first(SharedGoal, statement="0", archived=None) is not None
        assert unit.find(SharedGoal, owner_cso_id=[uuid4() for _ in range(5_000)]) == []
        assert unit.rows("SELECT fold(:text), fold(NULL)", text="ŽİSS ß") == [("ziss ss", None)]


@pytest.mark.parametrize("count", [0, 1, 499, 500, 2_001, 4_500])
def test_bulk_insert_is_one_undoable_step(workspace: Workspace, partnership: Partnership, count: int) -> None:
    entries = [
        HourEntry(partnership_id=partnership.id, head_count=2, worked_on=date(2026, 1, 1), minutes=n % 90 + 1)
        for n in range(count)
    ]
    before = content(workspace)
    with workspace.write("import") as unit:
        unit.insert_many(HourEntry, iter(entries))
        assert unit.count(HourEntry) == count
    after = content(workspace)
    assert workspace.last_changes.kinds == (frozenset({"hour_entry"}) if count else frozenset())
    if count < 500:
        assert workspace.last_changes.ids == frozenset({entry.id for entry in entries})
    else:
        assert workspace.last_changes.touches_id(entries[-1].id)
    if count:
        workspace.undo()
        assert content(workspace) == before
        workspace.redo()
        assert content(workspace) == after
        with workspace.write("change an imported one") as unit:
            unit.get(HourEntry, entries[0].id).minutes = 7
        workspace.undo()
        workspace.undo()
        assert content(workspace) == before


@pytest.mark.parametrize("nested", [True, False])
def test_a_bulk_insert_that_fails_leaves_undo_whole(workspace: Workspace, nested: bool) -> None:
    people = [Person(name=str(number)) for number in range(600)]
    people[-1].id = people[0].id
    if nested:
        with workspace.write("outer") as unit:
            with pytest.raises(CoCivicError), workspace.write("import") as inner:
                inner.insert_many(Person, people)
            unit.add(Person(name="kept"))
    else:
        with pytest.raises(CoCivicError), workspace.write("import") as unit:
            unit.insert_many(Person, people)
        with workspace.write("goes on") as unit:
            unit.add(Person(name="kept"))
    assert [len(rows) for name, rows in content(workspace).items() if name == "Person"] == [1]
    assert workspace.undo() is not None
    assert not content(workspace)["Person"]


def test_listeners_hear_of_changes_and_cannot_break_them(
    workspace: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[Changes] = []
    written: list[int] = []

    def fails(changes: Changes) -> None:
        raise ZeroDivisionError

    def writes(changes: Changes) -> None:
        if changes.touches("organisation") and not written:
            written.append(1)
            with workspace.write("from a listener") as unit:
                unit.add(Person(name="listener"))

    workspace.on_change(fails)
    workspace.on_change(heard.append)
    workspace.on_change(writes)
    with caplog.at_level(logging.CRITICAL), workspace.write("add") as unit:
        school = unit.add(Organisation(name="x"))
    assert [set(changes.kinds) for changes in heard] == [{"organisation"}, {"person"}]
    assert name_of(workspace, school.id) == "x"
    assert [step.action for step in workspace.history()] == ["from a listener", "add"]
    with workspace.write("nothing"):
        pass
    assert len(heard) == 2
    assert workspace.undo() is not None and workspace.redo() is not None
    assert len(heard) == 4


def test_threads_take_turns(workspace: Workspace) -> None:
    def add(number: int) -> None:
        for step in range(10):
            with workspace.write("add") as unit:
                added = unit.add(Person(name=f"{number} {step}"))
            seen.append(workspace.last_changes.ids == frozenset({added.id}))

    seen: list[bool] = []
    threads = [threading.Thread(target=add, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [True] * 40
    with workspace.read() as unit:
        assert unit.count(Person) == 40
    assert not workspace.problems()


def test_a_full_disk_loses_nothing(workspace: Workspace, school: Organisation) -> None:
    before = content(workspace, ())
    workspace._raw.execute("PRAGMA max_page_count = 1")  # the least it takes is the present size
    with pytest.raises(WorkspaceError, match="full"), workspace.write("big") as unit:  # noqa: PT012
        for _ in range(200):
            unit.add(Organisation(name="x", mission="y" * 20_000))
    assert content(workspace, ()) == before
    workspace._raw.execute("PRAGMA max_page_count = 1000000")
    with workspace.write("small") as unit:
        unit.add(Organisation(name="fits"))
    assert len(workspace.history()) == 2
    assert not workspace.problems()


def test_a_big_file_inside_can_be_undone(workspace: Workspace, partnership: Partnership) -> None:
    from cocivic_desktop.domain.agreements import Attachment

    with workspace.write("add") as unit:
        agreement = unit.add(Agreement(partnership_id=partnership.id))
        scan = unit.add(Attachment(agreement_id=agreement.id, file_name="scan.pdf", content=bytes(range(256)) * 8_000))
    with workspace.write("rename") as unit:
        unit.get(Attachment, scan.id).file_name = "other.pdf"
    with workspace.read() as unit:
        logged = unit.rows("SELECT max(length(statement)) FROM undo_entry")
    assert logged[0][0] < 300, "an unchanged content is not copied into the log"
    with workspace.write("delete") as unit:
        unit.delete(unit.get(Attachment, scan.id))
    workspace.undo()
    with workspace.read() as unit:
        assert unit.get(Attachment, scan.id).content == bytes(range(256)) * 8_000
