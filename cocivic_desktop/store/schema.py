"""Tables derived from the domain's dataclasses, and the mapping between the two.

A field is defined once, in its dataclass: its type gives the column type, its metadata the length
and what it refers to. Migrations are explicit; a test holds both together.
"""

from __future__ import annotations

import dataclasses
import gc
import typing

import sqlalchemy as sa
from sqlalchemy.orm import registry

from cocivic_desktop.domain.base import Entity
from cocivic_desktop.domain.registry import ENTITIES, KINDS, kind_name
from cocivic_desktop.store.columns import column_type, without_none

SCHEMA_VERSION = 2
"""Kept in the file's `user_version`; one step for each module in `store/migrations`."""

APPLICATION_ID = 0x434F4356
"""`COCV`: marks a file as a Co-Civic workspace (SQLite's `application_id`)."""

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
mappers = registry(metadata=metadata)
_KIND_OF = {entity.__name__: kind_name(entity) for entity in ENTITIES}


_BY_DAY: typing.Final = {
    "hour_entry": "partnership_id",
    "activity": "partnership_id",
    "calendar_period": "school_year_id",
}
"""Kinds listed by owner and day: the field of the owner. Their index on both serves for the owner alone too."""


def _column(kind: str, field: dataclasses.Field[typing.Any], hint: typing.Any) -> sa.Column[typing.Any]:
    value_type = without_none(hint)
    nullable = value_type is not hint
    arguments: list[typing.Any] = [column_type(value_type, field.metadata)]
    target = field.metadata.get("reference")
    if target:
        owned = field.metadata["owned"]
        on_delete = "CASCADE" if owned else "SET NULL" if nullable else "RESTRICT"
        arguments.append(sa.ForeignKey(f"{_KIND_OF[target]}.id", ondelete=on_delete, deferrable=True))
    return sa.Column(
        field.name,
        *arguments,
        primary_key=field.name == "id",
        nullable=nullable,
        index=bool(target) and (kind, field.name) not in _BY_DAY.items(),
    )


def _map(entity: type[Entity]) -> sa.Table:
    hints = typing.get_type_hints(entity)
    kind = kind_name(entity)
    table = sa.Table(kind, metadata, *(_column(kind, field, hints[field.name]) for field in dataclasses.fields(entity)))
    if kind in _BY_DAY:
        sa.Index(None, table.c[_BY_DAY[kind]], table.c["worked_on" if kind == "hour_entry" else "starts_on"])
    mappers.map_imperatively(entity, table, version_id_col=table.c.version)
    return table


def _map_all() -> dict[type[Entity], sa.Table]:
    """Map every class. Thousands of small objects come to stay: garbage collection meanwhile costs a sixth."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        return {entity: _map(entity) for entity in ENTITIES}
    finally:
        if collecting:
            gc.enable()


TABLES: typing.Final[dict[type[Entity], sa.Table]] = _map_all()

REFERRED: typing.Final[frozenset[type[Entity]]] = frozenset(
    KINDS[_KIND_OF[target]]
    for entity in ENTITIES
    for field in dataclasses.fields(entity)
    if (target := field.metadata.get("reference"))
)
"""Classes that others refer to: deleting one of them deletes or changes others."""

UNDO_STEP = sa.Table(
    "undo_step",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("action", sa.String(100), nullable=False),
    sa.Column("label", sa.String(300), nullable=False),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("undone", sa.Boolean, nullable=False),
)
UNDO_ENTRY = sa.Table(
    "undo_entry",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("step_id", sa.Integer, sa.ForeignKey("undo_step.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("kind", sa.String(60), nullable=False),
    sa.Column("row_id", sa.String(32), nullable=False),
    sa.Column("statement", sa.Text, nullable=False),
)
