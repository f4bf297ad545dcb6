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

SCHEMA_VERSION = 3
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


_INDEXES: typing.Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "hour_entry": {
        "ix_hour_entry_by_day": ("partnership_id", "archived", "worked_on"),
        "ix_hour_entry_sums": (
            "partnership_id", "archived", "person_id", "role", "category", "state", "worked_on", "minutes",
            "head_count",
        ),
    },
    "activity": {"ix_activity_by_day": ("partnership_id", "starts_on")},
    "calendar_period": {"ix_calendar_period_by_day": ("school_year_id", "starts_on")},
}  # fmt: skip
"""Indexes over several columns, by kind and name. They begin with the owner, which needs no index of its own then.

With 200,000 hours the sums come from `ix_hour_entry_sums` alone: 148 ms instead of 1,137.
"""


_LATER: typing.Final[dict[str, dict[str, str]]] = {
    "partnership": {"parts": "{}"},
    "indicator": {"measured_how": ""},
    "challenge": {"curriculum_link": ""},
    "solution": {"kind": "solution", "adoption": ""},
    "clause": {"library_hashes": "{}"},
    "agreement_version": {"second_language": ""},
    "organisation": {"hour_warning_percent": "80"},
    "term": {"first_week_letter": "A"},
    "occurrence_override": {"conflict_note": "", "notes_after": "", "whole_day": "0"},
    "participation": {"reply_remark": ""},
    "hour_entry": {"source": "typed"},
}
"""Columns that came after their table, with the default they have in the database: by it, rows of an older format
get a value, and steps that were taken in an older format can still be undone.
"""


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
        server_default=_LATER.get(kind, {}).get(field.name),
        index=bool(target) and all(columns[0] != field.name for columns in _INDEXES.get(kind, {}).values()),
    )


def _map(entity: type[Entity]) -> sa.Table:
    hints = typing.get_type_hints(entity)
    kind = kind_name(entity)
    table = sa.Table(kind, metadata, *(_column(kind, field, hints[field.name]) for field in dataclasses.fields(entity)))
    for name, columns in _INDEXES.get(kind, {}).items():
        sa.Index(name, *(table.c[column] for column in columns))
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
