"""A unit of work: what services use to read and write, without knowing the database."""

from __future__ import annotations

import contextlib
import dataclasses
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from itertools import islice
from operator import itemgetter
from typing import Any, TypeVar, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import InstanceState, QueryContext, Session
from sqlalchemy.orm.attributes import flag_modified

from cocivic_desktop.domain.base import Entity, clean_text, utc_now
from cocivic_desktop.domain.errors import NotFound
from cocivic_desktop.domain.registry import kind_name
from cocivic_desktop.domain.validation import validate
from cocivic_desktop.store import undo
from cocivic_desktop.store.columns import JsonText, column_converter, to_json, to_sql
from cocivic_desktop.store.schema import REFERRED, TABLES

EntityType = TypeVar("EntityType", bound=Entity)
_BATCH = 2_000
_TOGETHER = 500
"""From this many rows on, bulk rows share an entry in the undo log."""


class UnitOfWork:
    """Reads and writes of one transaction. Objects come out as plain data, usable after the unit has ended."""

    def __init__(self, connection: sa.Connection, *, writing: bool) -> None:
        self.writing = writing
        self._session = _Session(connection, expire_on_commit=False, autoflush=writing)
        self._session.info[_SNAPSHOTS] = {} if writing else None

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
        if not order:
            order = next((name for name in ("position", "number") if name in table.c), "created_at")
            if order == "position" and not isinstance(table.c.position.type, sa.Integer):
                order = "created_at"  # a person's position is a word
        query = sa.select(cls).where(*_conditions(table, archived, equals))
        return list(self._session.scalars(query.order_by(table.c[order], table.c.created_at, table.c.id)))

    def first(self, cls: type[EntityType], *, archived: bool | None = False, **equals: Any) -> EntityType | None:
        """The first of `find`, or None."""
        return next(iter(self.find(cls, archived=archived, **equals)), None)

    def count(self, cls: type[Entity], *, archived: bool | None = False, **equals: Any) -> int:
        """How many things `find` would give."""
        table = TABLES[cls]
        query = sa.select(sa.func.count()).select_from(table).where(*_conditions(table, archived, equals))
        return int(self._session.scalar(query) or 0)

    def add(self, entity: EntityType) -> EntityType:
        """Store a new thing, or save one that an earlier unit gave.

        Raises `InvalidField`, and `StaleVersion` when the earlier one has been changed since.
        """
        self._must_write()
        prepare(entity)
        self._session.add(entity)
        self._session.flush()
        return entity

    def delete(self, entity: Entity) -> None:
        """Delete a thing for good, with all that it owns. Raises `StaleVersion` when it has been changed since."""
        self._must_write()
        if entity not in self._session:
            present = self.get(type(entity), entity.id)
            if present.version == entity.version:
                entity = present
            else:
                self._session.expunge(present)
        self._session.delete(entity)
        self._session.flush()
        if type(entity) in REFERRED:
            self._reload(self._tracked())

    def insert_many(self, cls: type[Entity], entities: Iterable[Entity]) -> None:
        """Store many new things quickly. They are neither cleaned nor checked here: use `prepare` where they come in.

        The objects are not tracked afterwards.
        """
        self._must_write()
        table = TABLES[cls]
        names = ",".join(f'"{column.name}"' for column in table.columns)
        marks = ",".join("?" * len(table.columns))
        statement = f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})'
        connection = self._session.connection()
        rows_of = _row_maker(table)
        raw = connection.connection.driver_connection
        for batch in batched_rows(entities, _BATCH):
            rows = rows_of(batch)
            if len(batch) < _TOGETHER:
                connection.exec_driver_sql(statement, rows)
            else:
                with undo.added_together(raw, table.name, (entity.id for entity in batch)):
                    connection.exec_driver_sql(statement, rows)

    def rows(self, sql: str, /, **params: Any) -> list[tuple[Any, ...]]:
        """Rows of a query in SQL with `:name` parameters. UUIDs, dates and enums may be passed as they are."""
        self.flush()
        values = {name: to_sql(value) for name, value in params.items()}
        return [tuple(row) for row in self._session.execute(sa.text(sql), values)]

    def execute(self, sql: str, /, **params: Any) -> int:
        """Run a statement and give the number of rows it touched. Versions are raised, values are not checked."""
        self._must_write()
        self.flush()
        values = {name: to_sql(value) for name, value in params.items()}
        result = self._session.execute(sa.text(sql), values)
        self._reload(self._tracked())
        return int(getattr(result, "rowcount", 0))

    def forget(self, ids: Iterable[UUID], named: Callable[[str], bool]) -> None:
        """Take things and a name out of the history of undo; see `undo.forget`. For writes that cannot be undone."""
        self._must_write()
        self.flush()
        undo.forget(self._session.connection().connection.driver_connection, ids, named)

    def flush(self) -> None:
        """Send what has changed so far, also inside lists and tables. Raises `InvalidField`."""
        if self.writing:
            self._find_changes_inside()
            self._session.flush()

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part of this unit that is done wholly or not at all."""
        self._must_write()
        self.flush()
        nested = self._session.begin_nested()
        try:
            yield
            self.flush()
        except BaseException:
            with contextlib.suppress(sa.exc.DBAPIError):  # a full disk has taken back the whole transaction by itself
                nested.rollback()
            raise
        nested.commit()

    def leave(self) -> None:
        """Let go of all objects; each stays readable as plain data."""
        if not self._session.is_active:
            self._session.rollback()
        self._reload([one for one in self._tracked() if _state(one).expired])
        self._session.expunge_all()

    def close(self) -> None:
        """End the unit. The transaction has been ended by then."""
        self._session.close()

    def _must_write(self) -> None:
        if not self.writing:
            raise RuntimeError("a unit of work for reading cannot write: use Workspace.write")

    def _tracked(self) -> list[Entity]:
        return cast(list[Entity], list(self._session.identity_map.values()))

    def _reload(self, entities: list[Entity]) -> None:
        """Read these objects again; one whose row is gone keeps its last values and is no longer tracked."""
        by_class: dict[type[Entity], dict[UUID, Entity]] = {}
        for entity in entities:
            by_class.setdefault(type(entity), {})[_id_of(entity)] = entity
        for cls, missing in by_class.items():
            table = TABLES[cls]
            for ids in batched_rows(list(missing), _BATCH):
                query = sa.select(cls).where(table.c.id.in_(ids)).execution_options(populate_existing=True)
                for found in self._session.scalars(query):
                    del missing[_id_of(found)]
            for entity in missing.values():
                self._session.expunge(entity)

    def _find_changes_inside(self) -> None:
        """Mark objects whose lists or tables were edited in place, which nothing else would notice."""
        for entity, before in self._session.info[_SNAPSHOTS].items():
            if entity in self._session:
                for name, text in before.items():
                    if name in entity.__dict__ and _snapshot_of(getattr(entity, name)) != text:
                        flag_modified(entity, name)


class _Session(Session):
    """A session that checks whatever it saves and remembers the contents of lists and tables it has loaded."""


_SNAPSHOTS = "snapshots"
_INSIDE: dict[type[Entity], tuple[str, ...]] = {
    cls: names
    for cls, table in TABLES.items()
    if (names := tuple(column.name for column in table.columns if isinstance(column.type, JsonText)))
}


@event.listens_for(_Session, "before_flush")
def _check(session: Session, *_: Any) -> None:
    for entity in session.dirty:
        if session.is_modified(entity):
            prepare(entity)
            entity.changed_at = utc_now()
    for entity in session.new:
        prepare(entity)


@event.listens_for(_Session, "after_flush")
def _remember_saved(session: Session, *_: Any) -> None:
    for entity in (*session.new, *session.dirty):
        _remember(session, entity)


def _remember_loaded(entity: Entity, context: QueryContext, *_: Any) -> None:
    _remember(context.session, entity)


def _remember(session: Session | None, entity: Entity) -> None:
    names = _INSIDE.get(type(entity))
    snapshots = session.info[_SNAPSHOTS] if session is not None else None
    if names and snapshots is not None:
        values = entity.__dict__
        snapshots[entity] = {name: _snapshot_of(values[name]) for name in names if name in values}


for _cls in _INSIDE:
    event.listen(_cls, "load", _remember_loaded)
    event.listen(_cls, "refresh", _remember_loaded)


def _snapshot_of(value: Any) -> str:
    return json.dumps(to_json(value), ensure_ascii=False) if value else ""


def _state(entity: Entity) -> InstanceState[Any]:
    state: InstanceState[Any] = sa.inspect(entity)
    return state


def _id_of(entity: Entity) -> UUID:
    """The id of a stored object, also when its values have to be read again."""
    identity = _state(entity).identity
    return cast(UUID, identity[0]) if identity else entity.id


def _conditions(table: sa.Table, archived: bool | None, equals: dict[str, Any]) -> Iterator[sa.ColumnElement[bool]]:
    if archived is not None:
        yield table.c.archived == archived
    for name, value in equals.items():
        column = table.c[name]
        if not isinstance(value, list | tuple | set | frozenset):
            yield column == value
        elif None in value:
            yield sa.or_(column.is_(None), column.in_([one for one in value if one is not None]))
        else:
            yield column.in_(value)


ItemType = TypeVar("ItemType")


def batched_rows(items: Iterable[ItemType], size: int) -> Iterator[list[ItemType]]:
    """Slices of at most `size` (`itertools.batched` needs Python 3.12)."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def _row_maker(table: sa.Table) -> Callable[[list[Entity]], list[tuple[Any, ...]]]:
    """A function that makes rows of objects, column by column: several times as quick as value by value."""
    values_of = itemgetter(*(column.name for column in table.columns))
    converters = [column_converter(column.type) for column in table.columns]

    def rows_of(batch: list[Entity]) -> list[tuple[Any, ...]]:
        all_values = [entity.__dict__ for entity in batch]
        for values in all_values:
            values["version"] = values["version"] or 1
        columns = zip(*map(values_of, all_values), strict=True)
        converted = [
            column if convert is None else convert(column) for column, convert in zip(columns, converters, strict=True)
        ]
        return list(zip(*converted, strict=True))

    return rows_of


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
