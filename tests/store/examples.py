"""Valid things of every kind, made by rule from the declarations of their fields."""

from __future__ import annotations

import random
import typing
from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from cocivic_desktop.domain.activities import Recurrence, RecurrenceEnd
from cocivic_desktop.domain.base import Entity
from cocivic_desktop.domain.partnerships import AgendaItem, AgendaKind, ReadinessAnswerValue
from cocivic_desktop.domain.registry import ENTITIES, KINDS
from cocivic_desktop.store.columns import without_none
from cocivic_desktop.store.workspace import Workspace

WORDS = ("Café – Ž İ ß", 'O\'Brien; "quoted"', "two\nlines\tand a tab", "schlicht", "naïve 日本 🙂")
STANDARD = {field.name for field in fields(Entity)}
SPECIAL: dict[str, Any] = {
    "country": "DE",
    "zone": "Europe/Istanbul",
    "email": "ayşe@example.org",
    "ends_on": date(2026, 7, 31),
    "active_until": date(2026, 7, 31),
    "closed_on": date(2026, 7, 31),
    "withdrawn_on": date(2026, 7, 31),
    "ends_at": time(23, 45),
    "head_count": None,
    "birth_year": 2008,
    "year": 2026,
    "first_week_letter": "B",
    "recurrence": Recurrence(
        interval=2, weekdays=[0, 3], ends=RecurrenceEnd.ON_DATE, until=date(2026, 6, 1), week_numbers=[1, 2]
    ),
    "phase_dates": {"build": "2026-03-01"},
    "answers": {"age": 4, "words": "gut"},
    "agenda": [
        AgendaItem(text="Welcome"),
        AgendaItem(
            text="When are exams?",
            kind=AgendaKind.READINESS,
            about="school_exams",
            answer="in May",
            settled=ReadinessAnswerValue.YES,
        ),
    ],
    "scores": {"motivation": 4},
    "currency": "TRY",
}
"""Values of fields that only some values fit."""


def example(cls: type[Entity], chance: random.Random, ids: dict[str, list[UUID]], *, full: bool = True) -> Entity:
    """A valid thing; with `full` every field has a value other than its default, else optional ones may be empty."""
    hints = typing.get_type_hints(cls)
    values: dict[str, Any] = {}
    for field in fields(cls):
        if field.name in STANDARD:
            continue
        hint = hints[field.name]
        optional = without_none(hint) is not hint
        target = field.metadata.get("reference")
        if target:
            known = ids.get(target, [])
            values[field.name] = (
                chance.choice(known) if known and (full or not optional or chance.random() < 0.5) else None
            )
        elif optional and not full and chance.random() < 0.5:
            values[field.name] = None
        elif field.name in SPECIAL:
            values[field.name] = SPECIAL[field.name]
        else:
            values[field.name] = _value(without_none(hint), field.name, chance)
    if cls.__name__ == "HourEntry" and values["person_id"] is None:
        values["head_count"] = 3
    if cls.__name__ in {"TeamMember", "Candidate", "BadgeAward"} and values["person_id"] is None:
        values["label"] = "A. B."
    return cls(**values)


def change_one(entity: Entity, chance: random.Random) -> None:
    """Give one field another valid value."""
    hints = typing.get_type_hints(type(entity))
    names = [
        field.name
        for field in fields(entity)
        if field.name not in STANDARD | SPECIAL.keys() and not field.metadata.get("reference")
    ]
    name = chance.choice(names)
    setattr(entity, name, _value(without_none(hints[name]), name, chance))


def _value(hint: Any, name: str, chance: random.Random) -> Any:
    kind = typing.get_origin(hint) or hint
    if issubclass(kind, StrEnum):
        return chance.choice(list(kind)[1:])
    made: dict[type, Any] = {
        str: f"{chance.choice(WORDS)} {chance.randrange(1000)}",
        bool: chance.random() < 0.5,
        int: chance.randint(1, 2) if name == "strength" else chance.randint(2, 5),
        float: chance.choice([0.1, 1 / 3, 2.5, 12.0, 1e-7 if name in {"value", "target", "baseline"} else 7.25]),
        date: date(2026, 1, 1) + timedelta(days=chance.randrange(100)),
        datetime: datetime(2026, 1, 1, 12, 30, 15, 123456, tzinfo=UTC) + timedelta(minutes=chance.randrange(9999)),
        time: time(chance.randrange(0, 23), chance.randrange(60)),
        bytes: chance.randbytes(40) + b"\x00'",
        UUID: UUID(int=chance.getrandbits(128)),
        list: [chance.choice(WORDS), "x"],
        dict: {"de": chance.choice(WORDS), "en": "words"},
    }
    return made[kind]


def fill(workspace: Workspace, seed: int = 1, times: int = 1) -> dict[str, list[UUID]]:
    """Store `times` things of every class, each with all its fields set; gives their ids by class name."""
    chance = random.Random(seed)
    ids: dict[str, list[UUID]] = {}
    with workspace.write("fill", "everything") as unit:
        for _ in range(times):
            for cls in ENTITIES:
                entity = unit.add(example(cls, chance, ids))
                ids.setdefault(cls.__name__, []).append(entity.id)
    return ids


def content(workspace: Workspace, without: Iterable[str] = ("version",)) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table as it lies in the file: the fingerprint of a workspace."""
    left_out = set(without)
    columns = {
        kind: ",".join(f'"{field.name}"' for field in fields(cls) if field.name not in left_out)
        for kind, cls in KINDS.items()
    }
    return {
        cls.__name__: workspace._raw.execute(f"SELECT {columns[kind]} FROM {kind} ORDER BY id").fetchall()
        for kind, cls in KINDS.items()
    }


def versions(workspace: Workspace) -> dict[str, int]:
    """The version of every row."""
    every = " UNION ALL ".join(f"SELECT id, version FROM {kind}" for kind in KINDS)
    return dict(workspace._raw.execute(every).fetchall())
