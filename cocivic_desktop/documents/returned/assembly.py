"""What was compared, put into the order of the version that left, with comments and what belongs to no part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cocivic_desktop.documents.returned.blocks import Body
from cocivic_desktop.documents.returned.changes import Comparison
from cocivic_desktop.documents.returned.mapping import Found, Mapping
from cocivic_desktop.documents.returned.model import (
    Change,
    ChangeKind,
    Comment,
    MappedBy,
    PartFate,
    PartKind,
    ReturnedPart,
    SentVersion,
    Unmapped,
    UnmappedKind,
)
from cocivic_desktop.domain.rules.text_compare import in_order


@dataclass(frozen=True)
class _Placed:
    """A part of the result with the place of its changes: in the file, or lost."""

    part: ReturnedPart
    found: int


class Assembly:
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
