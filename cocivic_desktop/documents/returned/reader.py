"""Reads a DOCX that came back, against the version that left. See the package for the whole of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final, ParamSpec, TypeVar
from uuid import UUID

from cocivic_desktop.documents.hostile import Package, Refusal, RefusedFile, open_docx
from cocivic_desktop.documents.properties import AGREEMENT, LANGUAGES, VERSION, custom_properties
from cocivic_desktop.documents.returned.blocks import Body, read_body
from cocivic_desktop.documents.returned.changes import Comparison
from cocivic_desktop.documents.returned.mapping import Found, Mapping, words_of
from cocivic_desktop.documents.returned.model import (
    Change,
    ChangeKind,
    Comment,
    Identity,
    MappedBy,
    PartFate,
    PartKind,
    Recognised,
    Returned,
    ReturnedPart,
    SentVersion,
    Unmapped,
    UnmappedKind,
)
from cocivic_desktop.documents.returned.sent import sent_parts
from cocivic_desktop.domain.rules.text_compare import in_order
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
    parts, unmapped = _Assembly(sent, body, mapping).result()
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


@dataclass(frozen=True)
class _Placed:
    """A part of the result with the place of its changes: in the file, or lost."""

    part: ReturnedPart
    found: int


class _Assembly:
    """Puts the comparison into the order of the version that left."""

    def __init__(self, sent: SentVersion, body: Body, mapping: Mapping) -> None:
        self._sent, self._body, self._mapping = sent, body, mapping
        self._comparison = Comparison(mapping, body.ghosts)
        self._lines = [line for item in mapping.items for line in item.lines()]
        self._unmapped: list[Unmapped] = []
        self._steady = self._steady_clauses()

    def result(self) -> tuple[tuple[ReturnedPart, ...], tuple[Unmapped, ...]]:
        """All parts, and what belongs to none."""
        found = self._mapping.parts
        comments = self._comments()
        places = {part.index: place for place, part in enumerate(found) if part.index is not None}
        placed = [self._part(index, places.get(index), comments) for index in range(len(self._sent.parts))]
        for place, part in enumerate(found):
            if part.index is None:
                before = next((n for n, other in enumerate(placed) if place > 0 and other.found == place - 1), -1)
                placed.insert(before + 1, self._added(place, part, comments))
        order = {item.found: index for index, item in enumerate(placed) if item.found >= 0}
        parts = tuple(self._settled(item.part, order) for item in placed)
        self._others()
        return parts, tuple(self._unmapped)

    def _part(self, index: int, place: int | None, comments: dict[int, list[Comment]]) -> _Placed:
        sent = self._sent.parts[index]
        margin = {PartKind.HEADER: self._body.header, PartKind.FOOTER: self._body.footer}.get(sent.kind)
        if margin is not None:
            changes = self._comparison.lines(index, margin)
            part = ReturnedPart(
                sent=sent, kind=sent.kind, fate=PartFate.KEPT, moved=False, after_number=0, titles=sent.titles,
                mapped_by=MappedBy.TEXT, changes=tuple(changes), comments=(),
            )  # fmt: skip
            return _Placed(part, -1)
        if place is None:
            return self._lost(index, self._comparison.of_lost.get(index, []), comments)
        found = self._mapping.parts[place]
        changes = self._comparison.changes[place]
        empty = not any(line.text for item in found.items for line in item.lines())
        if empty and (sent.paragraphs != ((),) * len(sent.paragraphs) or sent.tables or any(sent.titles)):
            return self._lost(index, changes, comments, place)
        titles = [self._mapping.read(line).text if line else "" for line in found.titles]
        part = ReturnedPart(
            sent=sent, kind=sent.kind, fate=PartFate.KEPT,
            moved=sent.kind is PartKind.CLAUSE and index not in self._steady, after_number=self._number_before(place),
            titles=tuple(titles), mapped_by=found.by, changes=tuple(self._without_strangers(place, sent.kind, changes)),
            comments=tuple(comments.get(place, ())),
        )  # fmt: skip
        return _Placed(part, place)

    def _lost(
        self, index: int, changes: Sequence[Change], comments: dict[int, list[Comment]], place: int = -1
    ) -> _Placed:
        sent = self._sent.parts[index]
        part = ReturnedPart(
            sent=sent, kind=sent.kind, fate=PartFate.DELETED, moved=False, after_number=0,
            titles=("",) * len(sent.titles), mapped_by=MappedBy.NOTHING, changes=tuple(changes),
            comments=tuple(comments.get(place, ()) if place >= 0 else ()),
        )  # fmt: skip
        return _Placed(part, place)

    def _added(self, place: int, found: Found, comments: dict[int, list[Comment]]) -> _Placed:
        titles = tuple(self._mapping.read(line).text if line else "" for line in found.titles)
        part = ReturnedPart(
            sent=None, kind=PartKind.CLAUSE, fate=PartFate.ADDED, moved=False, after_number=self._number_before(place),
            titles=titles, mapped_by=MappedBy.NOTHING, changes=tuple(self._comparison.changes[place]),
            comments=tuple(comments.get(place, ())),
        )  # fmt: skip
        return _Placed(part, place)

    def _without_strangers(self, place: int, kind: PartKind, changes: Sequence[Change]) -> Iterator[Change]:
        """What was written before the first part belongs to none; it is kept as unmapped."""
        for change in changes:
            if place == 0 and kind is PartKind.FRONT and change.kind is ChangeKind.INSERTED:
                number = next((n for n, line in enumerate(self._lines) if line.text in change.after), 0)
                self._add(UnmappedKind.TEXT, change.after, number, change.author, change.date)
            else:
                yield change

    def _settled(self, part: ReturnedPart, order: dict[int, int]) -> ReturnedPart:
        """Moves say where to, by the part's place in the result."""
        changes = tuple(
            replace(change, moved_to=order.get(change.moved_to, -1)) if change.moved_to >= 0 else change
            for change in part.changes
        )
        return replace(part, changes=changes)

    def _steady_clauses(self) -> set[int]:
        """Clauses that kept their order."""
        order = [
            part.index
            for part in self._mapping.parts
            if part.index is not None and self._sent.parts[part.index].kind is PartKind.CLAUSE
        ]
        return {order[place] for place in in_order(order)}

    def _number_before(self, place: int) -> int:
        for part in reversed(self._mapping.parts[:place]):
            if part.index is not None and self._sent.parts[part.index].number:
                return self._sent.parts[part.index].number
        return 0

    # --- comments and what belongs nowhere

    def _comments(self) -> dict[int, list[Comment]]:
        """Comments by the part of the file in which they begin; those of nowhere are unmapped."""
        result: dict[int, list[Comment]] = {}
        left = dict(self._body.comments)
        for place, part in enumerate(self._mapping.parts):
            lines = [line for item in part.items for line in item.lines()]
            own = {sent for sent in [self._sent.parts[part.index].id if part.index is not None else None] if sent}
            lines += [ghost for ghost in self._body.ghosts if own & {ghost.control, *ghost.bookmarks}]
            for key in dict.fromkeys(key for line in lines for key in line.comments):
                if key in left:
                    result.setdefault(place, []).append(Comment(*left.pop(key)))
        for author, date, text, passage in left.values():
            words = f"{passage}: {text}" if passage else text
            self._unmapped.append(Unmapped(UnmappedKind.COMMENT, words, "", "", author, date))
        return result

    def _others(self) -> None:
        """Pictures, notes, text boxes, embedded files."""
        for number, line in enumerate(self._lines):
            for kind, text in line.extras:
                self._add(kind, text, number)

    def _add(self, kind: UnmappedKind, text: str, number: int, author: str = "", date: datetime | None = None) -> None:
        here = self._lines[number].text if number < len(self._lines) else ""
        before = [line.text for line in self._lines[:number] if line.text][-1:]
        after = [line.text for line in self._lines[number + 1 :] if line.text][:1]
        if here and here not in text:
            before = [here]
        self._unmapped.append(Unmapped(kind, text, "".join(before), "".join(after), author, date))
