"""The JSON Schema of the portable format, made from the dataclasses. A test holds the published file to it."""

from __future__ import annotations

import dataclasses
import json
import typing
from datetime import date, datetime, time
from enum import StrEnum
from types import UnionType
from typing import Any, Final
from uuid import UUID

from cocivic_desktop.domain.base import Entity
from cocivic_desktop.domain.registry import KINDS
from cocivic_desktop.services.portable_format import FORMAT, VERSION, Field, fields_of

_UUID_PATTERN: Final = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the format, as published in `resources/portable.schema.json`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Co-Civic portable file",
        "description": "Records of Co-Civic Desktop for exchange and archive. Made from the program's own definitions.",
        "type": "object",
        "required": ["format", "version", "records"],
        "additionalProperties": False,
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "exported_at": {"type": "string", "format": "date-time"},
            "partnership": {
                "description": "The partnership that was exported; null when everything was.",
                "anyOf": [{"$ref": "#/$defs/id"}, {"type": "null"}],
            },
            "records": {
                "type": "object",
                "additionalProperties": False,
                "properties": {kind: {"type": "array", "items": {"$ref": f"#/$defs/{kind}"}} for kind in KINDS},
            },
        },
        "$defs": {
            "id": {"type": "string", "format": "uuid", "pattern": _UUID_PATTERN},
            **{kind: _object_schema(cls) for kind, cls in KINDS.items()},
        },
    }  # fmt: skip


def _object_schema(cls: type[Any]) -> dict[str, Any]:
    known = fields_of(cls)
    found: dict[str, Any] = {"type": "object", "additionalProperties": False}
    description = (cls.__doc__ or "").strip().partition("\n")[0]
    if description and issubclass(cls, Entity):
        found["description"] = description
    required = [name for name, described in known.items() if described.required]
    if required:
        found["required"] = required
    found["properties"] = {name: _field_schema(described) for name, described in known.items()}
    return found


def _field_schema(described: Field) -> dict[str, Any]:
    found = _type_schema(described.type, described.length)
    if described.reference:
        found = {**found, "description": f"id of a record of kind {_kind_named(described.reference)}"}
    return {"anyOf": [found, {"type": "null"}]} if described.optional else found


def _kind_named(class_name: str) -> str:
    return next(kind for kind, cls in KINDS.items() if cls.__name__ == class_name)


def _type_schema(kind: Any, length: int) -> dict[str, Any]:
    origin = typing.get_origin(kind)
    if isinstance(kind, UnionType):
        return {"anyOf": [_type_schema(part, length) for part in typing.get_args(kind)]}
    if origin is list:
        return {"type": "array", "items": _type_schema(typing.get_args(kind)[0], 0)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _type_schema(typing.get_args(kind)[1], 0)}
    if dataclasses.is_dataclass(kind):
        return _object_schema(typing.cast(type[Any], kind))
    if issubclass(kind, StrEnum):
        return {"enum": [member.value for member in kind]}
    plain: dict[Any, dict[str, Any]] = {
        str: {"type": "string", "maxLength": length} if length else {"type": "string"},
        bool: {"type": "boolean"},
        int: {"type": "integer"},
        float: {"type": "number"},
        date: {"type": "string", "format": "date"},
        datetime: {"type": "string", "format": "date-time"},
        time: {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?$"},
        UUID: {"$ref": "#/$defs/id"},
        bytes: {"type": "string", "contentEncoding": "base64"},
    }
    return plain[kind]


def schema_text() -> str:
    """The published schema as it stands in its file."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
