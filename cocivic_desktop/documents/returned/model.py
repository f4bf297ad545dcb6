"""What is known of a version that left, and what is found in the file that came back. Plain data, quick to import."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from cocivic_desktop.domain.rules.text_compare import RunKind


class PartKind(StrEnum):
    """What a part of the document is. Everything but CLAUSE is told, and not kept as a clause."""

    FRONT = "front"
    PARTIES = "parties"
    PREAMBLE = "preamble"
    CLAUSE = "clause"
    SIGNATURES = "signatures"
    NOTICE = "notice"
    ANNEX = "annex"
    HEADER = "header"
    FOOTER = "footer"


@dataclass(frozen=True)
class SentParagraph:
    """A paragraph as it left. `blanks` are the places (start, end) where words were asked for."""

    text: str
    blanks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class SentTable:
    """A table as it left, its head included; a cell holds the words of all languages."""

    rows: tuple[tuple[SentParagraph, ...], ...]
    caption: str = ""


@dataclass(frozen=True, kw_only=True)
class SentPart:
    """A clause or another part. `titles` and `paragraphs` have one entry per language, in the version's order.

    `id` and `number` (counted from 1) are those of a clause; other parts have neither. `state` is the state's
    label that drafts show below a heading.
    """

    kind: PartKind
    id: UUID | None = None
    number: int = 0
    titles: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    paragraphs: tuple[tuple[SentParagraph, ...], ...] = ()
    tables: tuple[SentTable, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SentVersion:
    """A version exactly as it left, read from its frozen bytes. `number` is 0 and the id None in files before 0.3."""

    agreement_id: UUID | None
    number: int
    languages: tuple[str, ...]
    parts: tuple[SentPart, ...]

    @property
    def clauses(self) -> tuple[SentPart, ...]:
        """The clauses only."""
        return tuple(part for part in self.parts if part.kind is PartKind.CLAUSE)


class ChangeKind(StrEnum):
    REPLACED = "replaced"
    """Words of a paragraph were changed."""
    INSERTED = "inserted"
    """A paragraph (or a new table, its cells joined by " | ") was added after `index`."""
    DELETED = "deleted"
    MOVED = "moved"
    """A paragraph stands elsewhere: `index` is its old place, `moved_to` the part and `after_index` the new one."""
    FILLED = "filled"
    """Only blanks were filled in: see `answers`."""
    TITLE = "title"
    STATE = "state"
    CELL = "cell"
    ROW_INSERTED = "row_inserted"
    ROW_DELETED = "row_deleted"


@dataclass(frozen=True)
class ChangedRun:
    """A stretch of words; who changed it and when, if the file says so (tracked changes)."""

    kind: RunKind
    text: str
    author: str = ""
    date: datetime | None = None


@dataclass(frozen=True)
class Answer:
    """A blank as it was asked ("class and subject?") and what was written there."""

    blank: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change that can be taken or refused.

    `language` is an index into the version's languages. `index` is the place in the sent part: of the paragraph, or
    of the row when `table` is 0 or more; for what was inserted, the place after which it stands (-1: before the
    first). `column` is a cell's. `before` and `after` are whole texts, `runs` lead from one to the other.
    `author` and `date` are given when all of the change was tracked by one person, `tracked` when all was tracked.
    """

    kind: ChangeKind
    before: str
    after: str
    runs: tuple[ChangedRun, ...]
    language: int = 0
    index: int = -1
    table: int = -1
    column: int = -1
    author: str = ""
    date: datetime | None = None
    tracked: bool = False
    answers: tuple[Answer, ...] = ()
    moved_to: int = -1
    """Index into `Returned.parts`."""
    after_index: int = -1


@dataclass(frozen=True)
class Comment:
    """A remark beside the text: who, when, what, and the words it is about ("" when it stands at a place)."""

    author: str
    date: datetime | None
    text: str
    passage: str


class MappedBy(StrEnum):
    """What a part was recognised by, the surest first."""

    CONTROL = "control"
    BOOKMARK = "bookmark"
    TITLE = "title"
    TEXT = "text"
    NOTHING = "nothing"


class PartFate(StrEnum):
    KEPT = "kept"
    DELETED = "deleted"
    ADDED = "added"


@dataclass(frozen=True, kw_only=True)
class ReturnedPart:
    """How a part came back. `sent` is None for a clause that was added; its texts are then INSERTED changes.

    `moved`: it stands elsewhere among the clauses. `after_number`: the clause (0: none) it follows in the file.
    """

    sent: SentPart | None
    kind: PartKind
    fate: PartFate
    moved: bool
    after_number: int
    titles: tuple[str, ...]
    mapped_by: MappedBy
    changes: tuple[Change, ...]
    comments: tuple[Comment, ...]


class UnmappedKind(StrEnum):
    TEXT = "text"
    TABLE = "table"
    NOTE = "note"
    TEXT_BOX = "text_box"
    PICTURE = "picture"
    EMBEDDED = "embedded"
    COMMENT = "comment"


@dataclass(frozen=True)
class Unmapped:
    """Something that belongs to no part. `before` and `after` are the texts around it."""

    kind: UnmappedKind
    text: str
    before: str
    after: str
    author: str = ""
    date: datetime | None = None


class Recognised(StrEnum):
    """How sure it is that the file is a version of this agreement."""

    PROPERTY = "property"
    CLAUSES = "clauses"
    TEXT = "text"


@dataclass(frozen=True, kw_only=True)
class Returned:
    """A file that came back, measured against the version that left.

    `parts` are all parts of the sent version in its order, added clauses where they stand. `version` is what the
    file says (0: nothing). `program` wrote it last, as far as it tells.
    """

    recognised: Recognised
    version: int
    program: str
    modified_by: str
    modified_at: datetime | None
    parts: tuple[ReturnedPart, ...]
    unmapped: tuple[Unmapped, ...]

    @property
    def changed(self) -> bool:
        """Whether anything came back other than it left (comments count)."""
        return bool(self.unmapped) or any(
            part.changes or part.comments or part.moved or part.fate is not PartFate.KEPT for part in self.parts
        )


@dataclass(frozen=True)
class Identity:
    """What a file says about itself: agreement, version (0: nothing), clauses whose ids it still holds."""

    agreement_id: UUID | None
    version: int
    clause_ids: frozenset[UUID]


def taken(returned: Returned, part: int, language: int, chosen: Collection[Change]) -> list[str]:
    """The paragraphs of a part in one language with the chosen changes taken and all others refused.

    `part` is an index into `returned.parts`. A paragraph that was moved here from another part comes with its change.
    """
    there = returned.parts[part]
    sent = there.sent.paragraphs[language] if there.sent else ()
    result: list[list[str]] = [[], *([paragraph.text] for paragraph in sent)]
    own = [c for c in there.changes if c in chosen and c.language == language and c.table < 0]
    for change in own:
        if change.kind in {ChangeKind.REPLACED, ChangeKind.FILLED}:
            result[change.index + 1][0] = change.after
        elif change.kind in {ChangeKind.DELETED, ChangeKind.MOVED}:
            del result[change.index + 1][0]
    arriving = [
        change
        for other in returned.parts
        for change in other.changes
        if change.moved_to == part and change in chosen and change.language == language
    ]
    for change in own:
        if change.kind is ChangeKind.INSERTED:
            result[change.index + 1].append(change.after)
    for change in arriving:
        result[change.after_index + 1].append(change.after)
    return [text for group in result for text in group]
