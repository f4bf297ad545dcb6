"""Reads a DOCX that came back, against the version that left. See the package for the whole of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final, ParamSpec, TypeVar
from uuid import UUID

from cocivic_desktop.documents.hostile import Package, Refusal, RefusedFile, open_docx
from cocivic_desktop.documents.properties import AGREEMENT, LANGUAGES, VERSION, custom_properties
from cocivic_desktop.documents.returned.assembly import Assembly
from cocivic_desktop.documents.returned.blocks import Body, read_body
from cocivic_desktop.documents.returned.mapping import Mapping, words_of
from cocivic_desktop.documents.returned.model import (
    Identity,
    PartKind,
    Recognised,
    Returned,
    SentVersion,
)
from cocivic_desktop.documents.returned.sent import sent_parts
from cocivic_desktop.guarded import Exhausted, run_guarded

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")

SECONDS: Final = 60.0
MEGABYTES: Final = 1_500
_SAME_AGREEMENT: Final = 0.5
"""Share of the words of title, parties and first clause that an unmarked file must still hold."""


def sent_version(content: bytes, *, agreement_id: UUID | None = None, number: int = 0) -> SentVersion:
    """The structure of a frozen version. Id and number are needed for those that do not carry them yet.

    Raises `RefusedFile` when the bytes are no DOCX.
    """
    package, main = open_docx(content)
    identity, languages = _identity(package)
    if not languages:
        languages = _core(package).get("language", "en").replace(" ", "").split(",")
        languages = [tag.partition("-")[0] for tag in languages]
    return SentVersion(
        agreement_id=identity.agreement_id or agreement_id,
        number=identity.version or number,
        languages=tuple(languages),
        parts=sent_parts(read_body(package, main), len(languages)),
    )


def identify(data: bytes) -> Identity:
    """What a file says about itself. Raises `RefusedFile`."""
    return _guarded(_identify, data)


def read_returned(data: bytes, sent: SentVersion, *, any_version: bool = False) -> Returned:
    """What came back, in a process of its own. `any_version`: compare a file of another version all the same.

    Raises `RefusedFile`.
    """
    return _guarded(read_here, data, sent, any_version)


def read_here(data: bytes, sent: SentVersion, any_version: bool = False) -> Returned:
    """The same in this process, for callers that know the file is harmless."""
    package, main = open_docx(data)
    identity, _ = _identity(package)
    body = read_body(package, main)
    identity = replace(identity, clause_ids=_clause_ids(body))
    recognised = _recognise(identity, sent, body, any_version=any_version)
    mapping = Mapping(sent, body)
    core = _core(package)
    parts, unmapped = Assembly(sent, body, mapping).result()
    return Returned(
        recognised=recognised,
        version=identity.version,
        program=_program(package),
        modified_by=core.get("lastModifiedBy", ""),
        modified_at=_moment(core.get("modified", "")),
        parts=parts,
        unmapped=unmapped,
    )


def _guarded(work: Callable[_Parameters, _Result], *args: _Parameters.args, **kwargs: _Parameters.kwargs) -> _Result:
    try:
        return run_guarded(work, SECONDS, MEGABYTES, *args, **kwargs)
    except Exhausted as error:
        raise RefusedFile(Refusal.TOO_SLOW) from error


def _identify(data: bytes) -> Identity:
    package, main = open_docx(data)
    return replace(_identity(package)[0], clause_ids=_clause_ids(read_body(package, main)))


def _identity(package: Package) -> tuple[Identity, list[str]]:
    values: dict[str, str] = {}
    for path in package.related("", "custom-properties"):
        values |= custom_properties(package.xml(path))
    try:
        agreement_id = UUID(values[AGREEMENT]) if values.get(AGREEMENT) else None
        version = int(values.get(VERSION) or 0)
    except ValueError:
        agreement_id, version = None, 0
    languages = [code for code in values.get(LANGUAGES, "").split(",") if code]
    return Identity(agreement_id, version, frozenset()), languages


def _clause_ids(body: Body) -> frozenset[UUID]:
    lines = [*body.lines(), *body.ghosts]
    return frozenset(mark for line in lines for mark in (*line.bookmarks, line.control) if mark)


def _recognise(identity: Identity, sent: SentVersion, body: Body, *, any_version: bool) -> Recognised:
    """How the file is known to be of this agreement. Raises `RefusedFile` when it is of another, or another version."""
    if identity.agreement_id and sent.agreement_id:
        if identity.agreement_id != sent.agreement_id:
            raise RefusedFile(Refusal.OTHER_AGREEMENT)
        if identity.version and sent.number and identity.version != sent.number and not any_version:
            raise RefusedFile(Refusal.OTHER_VERSION, number=identity.version, expected=sent.number)
        return Recognised.PROPERTY
    if identity.clause_ids:
        if not identity.clause_ids & {part.id for part in sent.clauses}:
            raise RefusedFile(Refusal.OTHER_AGREEMENT)
        return Recognised.CLAUSES
    own = words_of(sent, (PartKind.FRONT, PartKind.PARTIES)) + "\n" + words_of(replace(sent, parts=sent.clauses[:1]))
    found = "\n".join(line.text for line in body.lines())
    if _share(own, found) < _SAME_AGREEMENT or _share(words_of(sent), found) < _SAME_AGREEMENT / 2:
        raise RefusedFile(Refusal.OTHER_AGREEMENT)
    return Recognised.TEXT


def _share(words: str, text: str) -> float:
    """The share of words that are in a text."""
    there = set(text.casefold().split())
    own = words.casefold().split()
    return sum(word in there for word in own) / len(own) if own else 1.0


def _program(package: Package) -> str:
    for path in package.related("", "extended-properties"):
        for item in package.xml(path):
            if item.tag.endswith("}Application"):
                return (item.text or "").strip()
    return ""


def _core(package: Package) -> dict[str, str]:
    """Core properties by their short names."""
    return {
        item.tag.rpartition("}")[2]: (item.text or "").strip()
        for path in package.related("", "core-properties")
        for item in package.xml(path)
    }


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
