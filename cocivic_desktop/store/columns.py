"""Column types made from the types of dataclass fields, so that a field is defined once.

How each kind of value is written stands here twice over: as SQLAlchemy's types for single objects, and as
`to_sql` and `column_converter` for parameters of plain SQL and for rows in bulk. A test holds both together.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator, TypeEngine

from cocivic_desktop.domain.base import SHORT_TEXT

if typing.TYPE_CHECKING:
    from sqlalchemy.engine import Dialect


def utc_text(moment: datetime) -> str:
    """A moment as it is stored. Raises ValueError for one without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def time_text(value: time) -> str:
    """A wall-clock time as it is stored."""
    return value.isoformat() if value.second or value.microsecond else value.isoformat(timespec="minutes")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept as ISO 8601 text in UTC: SQLite itself would drop the time zone."""

    impl = sa.String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: D102 - as in TypeDecorator
        return None if value is None else utc_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: D102 - as in TypeDecorator
        return None if value is None else datetime.fromisoformat(value)


class IsoTime(TypeDecorator[time]):
    """A wall-clock time as HH:MM text (seconds only where there are some, which sorts the same)."""

    impl = sa.String(15)
    cache_ok = True

    def process_bind_param(self, value: time | None, dialect: Dialect) -> str | None:  # noqa: D102 - as in TypeDecorator
        return None if value is None else time_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> time | None:  # noqa: D102 - as in TypeDecorator
        return None if value is None else time.fromisoformat(value)


class EnumText(TypeDecorator[StrEnum]):
    """A StrEnum as its value."""

    impl = sa.String(40)
    cache_ok = True

    def __init__(self, enum: type[StrEnum]) -> None:
        super().__init__()
        self.enum = enum

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:  # noqa: D102 - as in TypeDecorator
        return None if value is None else self.enum(value).value

    def process_result_value(self, value: Any, dialect: Dialect) -> StrEnum | None:  # noqa: D102 - as in TypeDecorator
        return None if value is None else self.enum(value)


class JsonText(TypeDecorator[Any]):
    """A list, a dict or a value dataclass as JSON text. The unit of work notices edits in place."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, value_type: Any) -> None:
        super().__init__()
        self.value_type = value_type

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: D102 - as in TypeDecorator
        return None if value is None else json_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: D102 - as in TypeDecorator
        return None if value is None else from_json(self.value_type, json.loads(value))


def json_text(value: Any) -> str:
    """A list, a dict or a value dataclass as it is stored. Raises ValueError for NaN and infinity."""
    return json.dumps(to_json(value), ensure_ascii=False, allow_nan=False)


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
    if typing.get_origin(value_type) is list:
        return [from_json(typing.get_args(value_type)[0], item) for item in data]
    if dataclasses.is_dataclass(value_type):
        if isinstance(data, str):  # agenda items were plain texts up to format 2
            return value_type(text=data)  # type: ignore[call-arg, operator]
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


def to_sql(value: Any) -> Any:
    """A value as it is stored, for a parameter of plain SQL."""
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, time):
        return time_text(value)
    return value.isoformat() if isinstance(value, date) else value


Column = Sequence[Any]


def _each(convert: Callable[[Any], Any]) -> Callable[[Column], Column]:
    return lambda column: [None if value is None else convert(value) for value in column]


def _hexes(column: Column) -> Column:
    return [None if value is None else value.hex for value in column]


def _days(column: Column) -> Column:
    return [None if value is None else value.isoformat() for value in column]


def _values(column: Column) -> Column:
    return [None if value is None else value.value for value in column]


def _moments(column: Column) -> Column:
    return [
        None if value is None else value.isoformat(timespec="microseconds") if value.tzinfo is UTC else utc_text(value)
        for value in column
    ]


_CONVERTERS: dict[type[TypeEngine[Any]], Callable[[Column], Column]] = {
    sa.Uuid: _hexes,
    sa.Date: _days,
    EnumText: _values,
    UtcDateTime: _moments,
    IsoTime: _each(time_text),
    JsonText: _each(json_text),
}


def column_converter(column: TypeEngine[Any]) -> Callable[[Column], Column] | None:
    """A function that converts the values of a whole column at once; None when they are stored as they are."""
    return _CONVERTERS.get(type(column))
