"""Every field of every class has its column and comes back as it was."""

from __future__ import annotations

import random
from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any
from unicodedata import normalize
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cocivic_desktop.domain.activities import Activity, ActivityStatus, Recurrence
from cocivic_desktop.domain.agreements import Agreement
from cocivic_desktop.domain.base import Entity
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.registry import ENTITIES, kind_name
from cocivic_desktop.store.columns import column_converter, from_json, json_text, to_json, to_sql
from cocivic_desktop.store.schema import TABLES
from cocivic_desktop.store.workspace import Workspace
from tests.store.examples import STANDARD, example, fill


def values(entity: Entity, *without: str) -> dict[str, Any]:
    return {field.name: getattr(entity, field.name) for field in fields(entity) if field.name not in without}


def normalised(answer: str | bool | int) -> str | bool | int:
    return normalize("NFC", answer) if isinstance(answer, str) else answer


@pytest.mark.parametrize("cls", ENTITIES)
def test_fields_and_columns_are_the_same(cls: type[Entity]) -> None:
    assert [column.name for column in TABLES[cls].columns] == [field.name for field in fields(cls)]
    assert TABLES[cls].name == kind_name(cls)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("full", [True, False])
def test_every_field_of_every_class_survives(workspace: Workspace, seed: int, full: bool) -> None:
    chance = random.Random(seed)
    ids: dict[str, list[UUID]] = {}
    stored: dict[type[Entity], Entity] = {}
    for cls in ENTITIES:
        entity = example(cls, chance, ids, full=full)
        if full:
            reset = [
                name
                for name, value in values(entity, *STANDARD).items()
                if value is None
                and name not in {"head_count", "matched_with_id", "activity_id", "follows_id", "split_from_id"}
            ]
            assert not reset or cls is Partnership, (cls, reset)
        with workspace.write("add") as unit:
            unit.add(entity)
        ids.setdefault(cls.__name__, []).append(entity.id)
        stored[cls] = entity
    path = workspace.path
    workspace.close()
    with Workspace.open(path) as reopened, reopened.read() as unit:
        for cls, entity in stored.items():
            again = unit.get(cls, entity.id)
            assert again is not entity
            assert values(again) == values(entity)
            assert {name: type(value) for name, value in values(again).items()} == {
                name: type(value) for name, value in values(entity).items()
            }


def test_bulk_writes_what_single_adding_writes(workspace: Workspace) -> None:
    ids = fill(workspace)
    chance = random.Random(7)
    for cls in ENTITIES:
        entity = example(cls, chance, ids)
        with workspace.write("bulk") as unit:
            unit.insert_many(cls, [entity])
            many = unit.rows(f"SELECT * FROM {kind_name(cls)} WHERE id = :id", id=entity.id)
        workspace.undo()
        with workspace.write("single") as unit:
            unit.add(entity)
            single = unit.rows(f"SELECT * FROM {kind_name(cls)} WHERE id = :id", id=entity.id)
        assert many == single
        assert len(many) == 1


def test_parameters_are_written_like_columns() -> None:
    berlin = timezone(timedelta(hours=2))
    moment = datetime(2026, 5, 1, 1, 30, tzinfo=berlin)
    samples: dict[str, Any] = {
        "id": uuid4(),
        "created_at": moment,
        "starts_on": date(2026, 5, 1),
        "start_time": time(9, 5),
        "status": ActivityStatus.DONE,
        "title": "x",
        "archived": True,
    }
    for name, value in samples.items():
        convert = column_converter(TABLES[Activity].c[name].type)
        assert to_sql(value) == (convert([value])[0] if convert else value)
    assert to_sql(moment) == "2026-04-30T23:30:00.000000+00:00"
    assert to_sql(time(9, 5)) == "09:05"
    assert to_sql(time(9, 5, 7)) == "09:05:07"


def test_a_moment_without_a_zone_is_refused(workspace: Workspace) -> None:
    with workspace.write("x") as unit, pytest.raises(ValueError, match="zone"):
        unit.rows("SELECT :at", at=datetime(2026, 1, 1))


def test_value_objects_come_back() -> None:
    recurrence = Recurrence(weekdays=[1], until=date(2026, 1, 1), count=3, week_letter="A")
    assert from_json(Recurrence, to_json(recurrence)) == recurrence
    assert from_json(Recurrence | None, None) is None
    assert from_json(datetime, "2026-01-01T00:00:00+00:00") == datetime(2026, 1, 1, tzinfo=UTC)
    with pytest.raises(ValueError, match="JSON"):
        json_text({"x": float("nan")})


texts = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=60)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=texts.filter(str.strip),
    mission=texts,
    themes=st.lists(texts, max_size=4),
    answers=st.dictionaries(texts, texts | st.booleans() | st.integers(-(2**31) + 1, 2**31 - 1), max_size=4),
    value=st.floats(allow_nan=False, allow_infinity=False),
    at=st.times(),
    on=st.dates(date(1900, 1, 1), date(2200, 12, 31)),
    made=st.datetimes(datetime(1901, 1, 1), datetime(2199, 1, 1), timezones=st.timezones(), allow_imaginary=False),
)
def test_any_value_survives(
    workspace: Workspace,
    name: str,
    mission: str,
    themes: list[str],
    answers: dict[str, str | bool | int],
    value: float,
    at: time,
    on: date,
    made: datetime,
) -> None:
    with workspace.write("any") as unit:
        school = unit.add(Organisation(name=name, mission=mission, focus_themes=themes, created_at=made))
        partnership = unit.add(Partnership(title=name, school_id=school.id))
        unit.add(Activity(partnership_id=partnership.id, title=name, starts_on=on, start_time=at))
        unit.add(Agreement(partnership_id=partnership.id, answers=answers))
    with workspace.read() as unit:
        again = unit.get(Organisation, school.id)
        activity = unit.find(Activity, partnership_id=partnership.id)[0]
        agreement = unit.find(Agreement, partnership_id=partnership.id)[0]
        assert values(again) == values(school)
        assert (again.name, again.mission) == (normalize("NFC", name), normalize("NFC", mission))
        assert again.created_at == made
        assert again.created_at.tzinfo == UTC
        assert (activity.starts_on, activity.start_time) == (on, at)
        assert agreement.answers == {normalize("NFC", key): normalised(answer) for key, answer in answers.items()}
        measured = unit.rows("SELECT CAST(:value AS REAL)", value=value)
        assert measured[0][0] == value
