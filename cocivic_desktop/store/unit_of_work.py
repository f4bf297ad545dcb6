"""A unit of work: what services use to read and write, without knowing the database."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cocivic_desktop.domain.base import Entity, clean_text, utc_now
from cocivic_desktop.domain.errors import NotFound
from cocivic_desktop.domain.registry import kind_name
from cocivic_desktop.domain.validation import validate
from cocivic_desktop.store.schema import TABLES

EntityType = TypeVar("EntityType", bound=Entity)


class UnitOfWork:
    """Reads and writes of one transaction. Objects come out as plain data, usable after the unit has ended."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, cls: type[EntityType], id: UUID) -> EntityType:
        """The thing with this id. Raises `NotFound`."""
        found = self._session.get(cls, id)
        if found is None:
            raise NotFound(f"This {kind_name(cls).replace('_', ' ')} is no longer in the workspace.")
        return found

    def find(
        self, cls: type[EntityType], *, archived: bool | None = False, order: str = "", **equals: Any
    ) -> list[EntityType]:
        """All things whose fields equal the given values (a list, tuple or set means any of them).

        Ordered by `order`, else by position where the class has one, else as created. `archived=None` gives both.
        """
        table = TABLES[cls]
        query = sa.select(cls)
        if archived is not None:
            query = query.where(table.c.archived == archived)
        for name, value in equals.items():
            column = table.c[name]
            query = query.where(column.in_(value) if isinstance(value, list | tuple | set) else column == value)
        if not order:
            order = "position" if "position" in table.c else "number" if "number" in table.c else "created_at"
        return list(self._session.scalars(query.order_by(table.c[order], table.c.created_at, table.c.id)))

    def first(self, cls: type[EntityType], **equals: Any) -> EntityType | None:
        """The first of `find`, or None."""
        return next(iter(self.find(cls, **equals)), None)

    def count(self, cls: type[Entity], *, archived: bool | None = False, **equals: Any) -> int:
        """How many things `find` would give."""
        table = TABLES[cls]
        query = sa.select(sa.func.count()).select_from(table)
        if archived is not None:
            query = query.where(table.c.archived == archived)
        for name, value in equals.items():
            query = query.where(table.c[name] == value)
        return int(self._session.scalar(query) or 0)

    def add(self, entity: EntityType) -> EntityType:
        """Store a new thing. Raises `InvalidField`."""
        prepare(entity)
        self._session.add(entity)
        self._session.flush()
        return entity

    def delete(self, entity: Entity) -> None:
        """Delete a thing for good, with all that it owns."""
        self._session.delete(entity)
        self._session.flush()

    def insert_many(self, cls: type[Entity], entities: Iterable[Entity]) -> None:
        """Store many new things quickly. The caller has validated them."""
        table = TABLES[cls]
        names = [column.name for column in table.columns]
        processors = [
            column.type.dialect_impl(self._session.get_bind().dialect).bind_processor(self._session.get_bind().dialect)
            for column in table.columns
        ]
        marks = ",".join("?" * len(names))
        quoted = ",".join(f'"{name}"' for name in names)
        connection = self._session.connection()
        pairs = list(zip(names, processors, strict=True))
        for batch in batched_rows(entities, 2_000):
            rows = []
            for entity in batch:
                entity.version = entity.version or 1
                values = entity.__dict__
                rows.append(tuple(values[name] if p is None else p(values[name]) for name, p in pairs))
            connection.exec_driver_sql(f'INSERT INTO "{table.name}" ({quoted}) VALUES ({marks})', rows)

    def rows(self, sql: str, /, **params: Any) -> list[tuple[Any, ...]]:
        """Rows of a query in SQL with `:name` parameters. UUIDs and dates may be passed as they are."""
        self._session.flush()
        values = {name: _plain(value) for name, value in params.items()}
        return [tuple(row) for row in self._session.execute(sa.text(sql), values)]

    def execute(self, sql: str, /, **params: Any) -> int:
        """Run a statement and give the number of rows it touched. Does not raise versions: name `version` yourself."""
        self._session.flush()
        values = {name: _plain(value) for name, value in params.items()}
        result = self._session.execute(sa.text(sql), values)
        self._session.expire_all()
        return int(getattr(result, "rowcount", 0))

    def flush(self) -> None:
        """Send what has changed so far. Raises `InvalidField`."""
        for entity in self._session.dirty:
            if self._session.is_modified(entity):
                prepare(entity)
                entity.changed_at = utc_now()
        self._session.flush()


def batched_rows(entities: Iterable[Entity], size: int) -> Iterable[Sequence[Entity]]:
    """Slices of at most `size`."""
    batch: list[Entity] = []
    for entity in entities:
        batch.append(entity)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def prepare(entity: Entity) -> None:
    """Clean an entity's texts and validate it. Raises `InvalidField`."""
    for field in dataclasses.fields(entity):
        value = getattr(entity, field.name)
        cleaned = _clean(value)
        if cleaned != value:
            setattr(entity, field.name, cleaned)
    validate(entity)


def _clean(value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, StrEnum):
        return clean_text(value)
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {_clean(key): _clean(item) for key, item in value.items()}
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date | datetime | time) else value
