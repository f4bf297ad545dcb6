"""The portable format: how records look as JSON. Like its schema (`portable_schema`), it follows from the dataclasses.

A file is one object: {"format", "version", "exported_at", "partnership", "records": {kind: [record, …]}}.
Kinds are the names of `domain.registry.KINDS`, keys the names of fields, ids full UUIDs, days and moments ISO 8601
(moments with offset), durations whole minutes, bytes base64. A field that is left out has its default.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import json
import typing
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time
from enum import StrEnum
from types import UnionType
from typing import Any, Final
from uuid import UUID

from cocivic_desktop.domain.base import SHORT_TEXT, Entity, clean_text
from cocivic_desktop.domain.errors import BadInput, InvalidField
from cocivic_desktop.domain.registry import KINDS
from cocivic_desktop.domain.validation import validate

FORMAT: Final = "co-civic portable"
VERSION: Final = 1
"""Raised when a reader of the format before could not read a file any more."""

PRIVATE_FIELDS: Final = frozenset({"created_at", "changed_at", "version"})
"""Fields that say when and how often a record was changed, not what it holds."""

_SHORT_HINT: Final = "Please export the file again, or correct it there."


@dataclasses.dataclass(frozen=True)
class Field:
    """One field of a kind: its plain type without None, and what is known of it."""

    name: str
    type: Any
    optional: bool
    required: bool
    reference: str
    owned: bool
    length: int


_FIELDS: Final[dict[type[Any], dict[str, Field]]] = {}


def fields_of(cls: type[Any]) -> dict[str, Field]:
    """The fields of an entity or value dataclass by name; read once per class."""
    if cls not in _FIELDS:
        _FIELDS[cls] = _read_fields(cls)
    return _FIELDS[cls]


def _read_fields(cls: type[Any]) -> dict[str, Field]:
    hints = typing.get_type_hints(cls)
    found = {}
    for declared in dataclasses.fields(cls):
        hint = hints[declared.name]
        parts = typing.get_args(hint) if isinstance(hint, UnionType) else (hint,)
        kept = [part for part in parts if part is not type(None)]
        no_default = declared.default is dataclasses.MISSING and declared.default_factory is dataclasses.MISSING
        found[declared.name] = Field(
            name=declared.name,
            type=kept[0] if len(kept) == 1 else hint,
            optional=len(kept) < len(parts),
            required=no_default or declared.name == "id",
            reference=declared.metadata.get("reference", ""),
            owned=bool(declared.metadata.get("owned", False)),
            length=declared.metadata.get("length", SHORT_TEXT),
        )
    return found


def encode(entity: Entity) -> dict[str, Any]:
    """A record as JSON data, with every field."""
    return {name: _encoded(getattr(entity, name)) for name in fields_of(type(entity))}


def content(entity: Entity) -> dict[str, Any]:
    """What a record holds, as JSON data, without when and how often it was changed."""
    return {name: value for name, value in encode(entity).items() if name not in PRIVATE_FIELDS}


def decode(kind: str, data: Any, place: str) -> Entity:
    """The record that `encode` wrote. `place` is its JSON path. Raises BadInput: what is wrong, where, what to do."""
    cls = KINDS[kind]
    if not isinstance(data, dict):
        raise fault(place, "must be an object with the fields of one record")
    known = fields_of(cls)
    for name in data:
        if name not in known:
            raise fault(f"{place}.{name}", f"is not a field of “{kind}”", "The file may come from a newer version.")
    values = {}
    for name, described in known.items():
        if name not in data:
            if described.required:
                raise fault(f"{place}.{name}", "is missing")
            continue
        values[name] = _decoded(described.type, data[name], f"{place}.{name}", optional=described.optional)
    entity = cls(**values)
    try:
        validate(entity)
    except InvalidField as error:
        reason = str(error).partition(": ")[2]
        raise fault(f"{place}.{error.field}", f"cannot be stored: {reason}") from error
    return entity


def fault(place: str, what: str, hint: str = _SHORT_HINT) -> BadInput:
    """The error for something in a file that cannot be used."""
    return BadInput(f"{place} {what}. Nothing was changed. {hint}")


def parse(text: str, name: str) -> Any:
    """JSON as data, refusing what JSON does not allow or what would be lost: NaN, doubled keys, endless nesting."""
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise BadInput(
            f"“{name}” is not valid JSON (line {error.lineno}, column {error.colno}: {error.msg}). "
            f"Nothing was changed. {_SHORT_HINT}"
        ) from error
    except RecursionError as error:
        raise BadInput(f"“{name}” is nested too deeply to be a portable file. Nothing was changed.") from error
    except ValueError as error:
        raise BadInput(f"“{name}” cannot be read: {error}. Nothing was changed. {_SHORT_HINT}") from error


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        double = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise ValueError(f"the key “{double}” stands twice in one object")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a number that can be stored")


def _encoded(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, str):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list):
        return [_encoded(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _encoded(item) for key, item in value.items()}
    return {name: _encoded(getattr(value, name)) for name in fields_of(type(value))}


def _decoded(kind: Any, value: Any, place: str, *, optional: bool = False) -> Any:
    if value is None and optional:
        return None
    origin = typing.get_origin(kind)
    if isinstance(kind, UnionType):
        return _one_of(typing.get_args(kind), value, place)
    if origin is list:
        if not isinstance(value, list):
            raise fault(place, "must be a list")
        inner = typing.get_args(kind)[0]
        return [_decoded(inner, item, f"{place}[{number}]") for number, item in enumerate(value)]
    if origin is dict:
        if not isinstance(value, dict):
            raise fault(place, "must be an object")
        inner = typing.get_args(kind)[1]
        return {clean_text(key): _decoded(inner, item, f"{place}.{key}") for key, item in value.items()}
    if dataclasses.is_dataclass(kind):
        return _value_object(kind, value, place)
    if issubclass(kind, StrEnum):
        if value not in set(kind):
            raise fault(place, f"is “{value}”, but must be one of: {', '.join(kind)}")
        return kind(value)
    wanted, read = _READERS[kind]
    try:
        return read(value)
    except (ValueError, TypeError, OverflowError, binascii.Error) as error:
        raise fault(place, f"must be {wanted}") from error


def _one_of(kinds: tuple[Any, ...], value: Any, place: str) -> Any:
    if not isinstance(value, kinds):
        raise fault(place, f"must be one of: {', '.join(kind.__name__ for kind in kinds)}")
    return clean_text(value) if isinstance(value, str) else value


def _value_object(kind: Any, value: Any, place: str) -> Any:
    known = fields_of(kind)
    if isinstance(value, str) and "text" in known:  # agenda items were plain texts up to format 2
        value = {"text": value}
    if not isinstance(value, dict):
        raise fault(place, "must be an object")
    missing = next((name for name, described in known.items() if described.required and name not in value), "")
    if missing:
        raise fault(f"{place}.{missing}", "is missing")
    for name in value:
        if name not in known:
            raise fault(f"{place}.{name}", "is not known", "The file may come from a newer version.")
    return kind(
        **{
            name: _decoded(described.type, value[name], f"{place}.{name}", optional=described.optional)
            for name, described in known.items()
            if name in value
        }
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return clean_text(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    return value


def _amount(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    return float(value)


def _day(value: Any) -> date:
    if not isinstance(value, str) or len(value) != 10:
        raise TypeError
    return date.fromisoformat(value)


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError
    return moment


def _clock(value: Any) -> time:
    clock = time.fromisoformat(value)
    if clock.tzinfo is not None:
        raise ValueError
    return clock


def _identity(value: Any) -> UUID:
    if not isinstance(value, str) or len(value) != 36:
        raise TypeError
    return UUID(value)


def _bytes(value: Any) -> bytes:
    if not isinstance(value, str):
        raise TypeError
    return base64.b64decode(value, validate=True)


_READERS: Final[dict[Any, tuple[str, Callable[[Any], Any]]]] = {
    str: ("a text", _text),
    bool: ("true or false", _flag),
    int: ("a whole number", _whole),
    float: ("a number", _amount),
    date: ("a day such as 2026-09-01", _day),
    datetime: ("a moment with its offset, such as 2026-09-01T08:30:00+00:00", _moment),
    time: ("a time of day such as 08:30", _clock),
    UUID: ("a UUID such as 3f2504e0-4f89-41d3-9a0c-0305e82c3301", _identity),
    bytes: ("bytes in base64", _bytes),
}
