"""Column types made from the types of dataclass fields, so that a field is defined once."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from cocivic_desktop.domain.base import SHORT_TEXT


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept as ISO 8601 text in UTC: SQLite itself would drop the time zone."""

    impl = sa.String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class IsoTime(TypeDecorator[time]):
    """A wall-clock time as HH:MM text."""

    impl = sa.String(8)
    cache_ok = True

    def process_bind_param(self, value: time | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat(timespec="minutes")

    def process_result_value(self, value: Any, dialect: Dialect) -> time | None:
        return None if value is None else time.fromisoformat(value)


class EnumText(TypeDecorator[StrEnum]):
    """A StrEnum as its value."""

    impl = sa.String(40)
    cache_ok = True

    def __init__(self, enum: type[StrEnum]) -> None:
        super().__init__()
        self.enum = enum

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:
        return None if value is None else self.enum(value).value

    def process_result_value(self, value: Any, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.enum(value)


class JsonText(TypeDecorator[Any]):
    """A list, a dict or a value dataclass as JSON text. Assign a new value to change it; edits in place are not seen."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, value_type: Any) -> None:
        super().__init__()
        self.value_type = value_type

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(to_json(value), ensure_ascii=False, allow_nan=False)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else from_json(self.value_type, json.loads(value))


def to_json(value: Any) -> Any:
    """A value as JSON data: dates and enums as text, value dataclasses as objects."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    if isinstance(value, date | time):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


def from_json(value_type: Any, data: Any) -> Any:
    """The value of `value_type` that `to_json` wrote."""
    value_type = without_none(value_type)
    if data is None:
        return None
    if dataclasses.is_dataclass(value_type):
        hints = typing.get_type_hints(value_type)
        return value_type(**{key: from_json(hints[key], item) for key, item in data.items() if key in hints})  # type: ignore[operator]
    if value_type in (date, time, datetime):
        return value_type.fromisoformat(data)
    if isinstance(value_type, type) and issubclass(value_type, StrEnum):
        return value_type(data)
    return data


def without_none(value_type: Any) -> Any:
    """`X | None` → `X`; a union of several types stays as it is."""
    if isinstance(value_type, types.UnionType):
        rest = [part for part in typing.get_args(value_type) if part is not type(None)]
        return rest[0] if len(rest) == 1 else value_type
    return value_type


def column_type(value_type: Any, metadata: typing.Mapping[str, Any]) -> TypeEngine[Any]:
    """The column type for a field's type and metadata."""
    plain: dict[Any, TypeEngine[Any]] = {
        UUID: sa.Uuid(native_uuid=False),
        bool: sa.Boolean(),
        int: sa.Integer(),
        float: sa.Float(),
        date: sa.Date(),
        datetime: UtcDateTime(),
        time: IsoTime(),
        bytes: sa.LargeBinary(),
        str: sa.String(metadata.get("length", SHORT_TEXT)),
    }
    if value_type in plain:
        return plain[value_type]
    if isinstance(value_type, type) and issubclass(value_type, StrEnum):
        return EnumText(value_type)
    return JsonText(value_type)
