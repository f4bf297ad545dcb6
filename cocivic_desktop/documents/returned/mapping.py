"""Which part of the version that left each piece of the returned file belongs to.

The surest sign counts first: the content control around a clause, the bookmark over its heading, the words of its
title, then its text. What lies between two such signs belongs to the first; a further heading begins a new clause.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cocivic_desktop.documents.returned.blocks import Body, Grid, Line
from cocivic_desktop.documents.returned.model import MappedBy, PartKind, SentVersion
from cocivic_desktop.documents.returned.pieces import Spelled, without_number, written_number
from cocivic_desktop.domain.rules.text_compare import align, likeness

_SAME_TITLE, _SAME_TEXT, _SAME_TABLE = 0.75, 0.6, 0.35
_LONGEST_TITLE = 150
_LONG_ENOUGH = 25
"""Characters from which a paragraph says by itself to which clause it belongs."""
_MOST_TITLES = 20_000
"""Pairs of texts that are compared by their likeness, at most."""


@dataclass
class Item:
    """A paragraph, a row of languages side by side (lines by column), or a table of cells."""

    columns: list[list[Line]]
    grid: Grid | None = None
    table: tuple[int, int] | None = None
    """Part and table of the sent version that `grid` is."""

    @property
    def control(self) -> UUID | None:
        """The clause whose content control it is in."""
        return self.grid.control if self.grid else next((line.control for line in self.lines() if line.control), None)

    def lines(self) -> Iterator[Line]:
        """All its paragraphs."""
        for column in self.columns:
            yield from column
        if self.grid:
            yield from self.grid.lines()


@dataclass
class Found:
    """A part as it was found: `index` into the sent parts, None for a clause that was added."""

    index: int | None
    by: MappedBy
    items: list[Item] = field(default_factory=list)
    titles: list[Line | None] = field(default_factory=list)


class Mapping:
    """The items of a returned body, sorted into parts in the order of the file."""

    def __init__(self, sent: SentVersion, body: Body) -> None:
        self.sent = sent
        self._languages = len(sent.languages)
        self._texts = _texts(sent)
        self._flattened = self._has_written_numbers(body)
        self.items = list(self._items(body))
        self._anchors: dict[int, tuple[int, MappedBy]] = {}
        self._find_marks()
        self._find_titles()
        self._find_contents()
        self._heading_styles = self._styles_of_headings()
        self.parts = self._segments()

    def read(self, line: Line) -> Spelled:
        """A line's text without a number that is written where the file used to count by itself."""
        text = line.text
        rest = without_number(text)
        if rest != text and text not in self._texts and (self._flattened or rest in self._texts):
            return Spelled(rest, line.spelled.owners[len(text) - len(rest) :])
        return line.spelled

    def _has_written_numbers(self, body: Body) -> bool:
        lines = (line.text for line in body.lines())
        return sum(text not in self._texts and without_number(text) in self._texts for text in lines) > 1

    # --- items

    def _items(self, body: Body) -> Iterator[Item]:
        tables = self._matched_tables(body)
        for block in body.blocks:
            if isinstance(block, Line):
                yield Item([[block]])
            elif id(block) in tables:
                yield Item([], block, tables[id(block)])
            elif self._languages > 1 and all(len(row.cells) == self._languages for row in block.rows):
                yield from (Item(row.cells) for row in block.rows)
            elif self._is_text(block):
                yield from (Item([[line]]) for line in block.lines())
            else:
                yield Item([], block)

    def _matched_tables(self, body: Body) -> dict[int, tuple[int, int]]:
        """Tables of the file that are one of the sent version, by their words; several alike go by their order."""
        sent = [(p, t, table) for p, part in enumerate(self.sent.parts) for t, table in enumerate(part.tables)]
        grids = [block for block in body.blocks if isinstance(block, Grid) and not self._has_marks(block)]
        before = ["\n".join(cell.text for row in table.rows for cell in row) for _, _, table in sent]
        after = ["\n".join(text for row in grid.rows for text in row.texts()) for grid in grids]
        pairs = [(i, j) for i, j in align(before, after, alike=_SAME_TABLE) if i is not None and j is not None]
        left = set(range(len(grids))) - {j for _, j in pairs}
        for i in sorted(set(range(len(sent))) - {i for i, _ in pairs}):
            value, j = max(((likeness(before[i], after[j]), j) for j in left), default=(0.0, -1))
            if value >= _SAME_TEXT:
                pairs.append((i, j))
                left.discard(j)
        return {id(grids[j]): sent[i][:2] for i, j in pairs}

    def _has_marks(self, grid: Grid) -> bool:
        return any(line.bookmarks for line in grid.lines())

    def _is_text(self, grid: Grid) -> bool:
        """Whether a table holds paragraphs of the sent version side by side."""
        lines = [line for line in grid.lines() if line.text]
        known = sum(self.read(line).text in self._texts for line in lines)
        return self._has_marks(grid) or (bool(lines) and known >= 0.3 * len(lines))

    # --- where parts begin

    def _find_marks(self) -> None:
        """Content controls and bookmarks of clauses; a copy of either does not count."""
        places = {part.id: index for index, part in enumerate(self.sent.parts) if part.id}
        done: set[int] = set()
        present: UUID | None = None
        for place, item in enumerate(self.items):
            control = item.control
            if control != present and control in places and places[control] not in done:
                self._anchors[place] = (places[control], MappedBy.CONTROL)
                done.add(places[control])
            present = control
        for place, item in enumerate(self.items):
            if place in self._anchors:
                continue
            for line in item.lines():
                known = [places[mark] for mark in line.bookmarks if mark in places and places[mark] not in done]
                best = max(known, key=lambda index: self._title_likeness(line, index), default=None)
                if best is not None and not self._slipped(line, best):
                    self._anchors[place] = (best, MappedBy.BOOKMARK)
                    done.add(best)
                    break

    def _slipped(self, line: Line, index: int) -> bool:
        """Whether a bookmark has come to stand over other known words, because its own were deleted."""
        return self.read(line).text in self._texts and self._title_likeness(line, index) < 1

    def _title_likeness(self, line: Line, index: int) -> float:
        text = self.read(line).text.casefold()
        return max((likeness(text, title.casefold()) for title in self.sent.parts[index].titles if title), default=0.0)

    def _missing(self) -> list[int]:
        done = {index for index, _ in self._anchors.values()}
        margins = {PartKind.FRONT, PartKind.HEADER, PartKind.FOOTER}
        return [n for n, part in enumerate(self.sent.parts) if n not in done and part.kind not in margins]

    def _free_lines(self) -> list[tuple[int, Line]]:
        """Lines that may begin a part: of places that are neither in a control nor begin a part already."""
        known = {part.id for part in self.sent.parts}
        return [
            (place, line)
            for place, item in enumerate(self.items)
            if place not in self._anchors and item.control not in known - {None} and not item.grid
            for column in item.columns[:1]
            for line in column[:1]
            if line.text
        ]

    def _find_titles(self) -> None:
        """Titles word by word first, then what is nearly one."""
        by_text: dict[str, list[int]] = {}
        for place, line in self._free_titles():
            by_text.setdefault(self.read(line).text.casefold(), []).append(place)
        same = [
            (place, index)
            for index in self._missing()
            for title in self.sent.parts[index].titles
            if title
            for place in by_text.get(title.casefold(), ())
        ]
        self._set_titles(same)
        missing, free = self._missing(), self._free_titles()
        if len(missing) * len(free) > _MOST_TITLES:
            free = ([(place, line) for place, line in free if line.heading] or free)[: _MOST_TITLES // len(missing)]
        self._set_titles([(place, index) for index in missing for place, _ in free])

    def _free_titles(self) -> list[tuple[int, Line]]:
        return [(place, line) for place, line in self._free_lines() if len(line.text) <= _LONGEST_TITLE]

    def _set_titles(self, candidates: Sequence[tuple[int, int]]) -> None:
        """The best places; a heading, the right number, and what follows count a little."""
        found: list[tuple[float, int, int]] = []
        for place, index in candidates:
            line = next(line for column in self.items[place].columns[:1] for line in column[:1])
            value = self._title_likeness(line, index)
            if value >= _SAME_TITLE:
                value += 0.05 * line.heading
                value += 0.02 * (written_number(line.text) == str(self.sent.parts[index].number))
                value += 0.02 * self._is_followed_by(place, index)
                found.append((-value, place, index))
        used: set[int] = set()
        for _, place, index in sorted(found):
            if place not in self._anchors and index not in used:
                self._anchors[place] = (index, MappedBy.TITLE)
                used.add(index)

    def _is_followed_by(self, place: int, index: int) -> bool:
        texts = {paragraph.text for column in self.sent.parts[index].paragraphs for paragraph in column}
        return any(self.read(line).text in texts for item in self.items[place + 1 : place + 4] for line in item.lines())

    def _find_contents(self) -> None:
        """Parts whose title is gone or new: where their first known paragraph or table stands, or the line before."""
        missing = self._missing()
        if not missing:
            return
        free = self._free_lines()
        by_text: dict[str, list[int]] = {}
        for place, line in free:
            by_text.setdefault(self.read(line).text, []).append(place)
        strange = [(place, self.read(line).text) for place, line in free if self.read(line).text not in self._texts]
        strange = strange[: max(_MOST_TITLES // len(missing), 20)]
        for index in missing:
            found = self._content_place(index, by_text, strange)
            if found is None or found in self._anchors:
                continue
            place = found
            part = self.sent.parts[index]
            passed = {"", *part.states, *(table.caption for table in part.tables)}
            before = place - 1
            while before >= 0 and all(self.read(line).text in passed for line in self.items[before].lines()):
                before -= 1
            titled = any(part.titles)
            if titled and before >= 0 and before not in self._anchors and self._may_be_title(before):
                place = before
            self._anchors[place] = (index, MappedBy.TEXT)

    def _content_place(
        self, index: int, by_text: dict[str, list[int]], strange: Sequence[tuple[int, str]]
    ) -> int | None:
        part = self.sent.parts[index]
        texts = [p.text for column in part.paragraphs for p in column if len(p.text) >= _LONG_ENOUGH]
        for text in texts:
            for place in by_text.get(text, ()):
                if self._texts[text] == {index} and place not in self._anchors:
                    return place
        values = [(likeness(texts[0], text), -place) for place, text in strange if texts and place not in self._anchors]
        value, before = max(values, default=(0.0, 0))
        if value >= _SAME_TEXT:
            return -before
        return next((n for n, item in enumerate(self.items) if item.table and item.table[0] == index), None)

    def _may_be_title(self, place: int) -> bool:
        line = next((line for column in self.items[place].columns[:1] for line in column if line.text), None)
        if line is None or line.control or self.read(line).text in self._texts or len(line.text) > _LONGEST_TITLE:
            return False
        return line.heading or bool(written_number(line.text)) or line.text[-1] not in ".;,"

    def _styles_of_headings(self) -> set[str]:
        """Styles of clauses' headings, and of nothing else that was sent."""
        headings = {
            line.style
            for place, (index, _) in self._anchors.items()
            if self.sent.parts[index].kind is PartKind.CLAUSE
            for column in self.items[place].columns[:1]
            for line in column[:1]
        }
        known = {text for part in self.sent.parts for column in part.paragraphs for text in (p.text for p in column)}
        plain = {line.style for item in self.items for line in item.lines() if self.read(line).text in known}
        return headings - plain - {""}

    # --- parts

    def _segments(self) -> list[Found]:
        parts = [Found(0, MappedBy.TEXT)]
        for place, item in enumerate(self.items):
            anchor = self._anchors.get(place)
            if anchor:
                parts.append(Found(*anchor))
            elif self._begins_clause(item, parts[-1]):
                parts.append(Found(None, MappedBy.NOTHING))
            parts[-1].items.append(item)
        for part in parts:
            part.titles = self._titles(part)
        return parts

    def _begins_clause(self, item: Item, present: Found) -> bool:
        kind = PartKind.CLAUSE if present.index is None else self.sent.parts[present.index].kind
        line = next((line for column in item.columns[:1] for line in column if line.text), None)
        if line is None or kind not in {PartKind.CLAUSE, PartKind.PREAMBLE, PartKind.PARTIES}:
            return False
        if len(line.text) > _LONGEST_TITLE or self.read(line).text in self._texts:
            return False
        if line.style in self._heading_styles:
            return not (present.index is not None and self._still_open(line, present))
        number = written_number(line.text)
        return self._flattened and number.isdecimal() and len(line.text) <= 80 and line.text[-1] not in ".;:,"

    def _still_open(self, line: Line, present: Found) -> bool:
        """Whether a part in its control has had no heading yet: then this is its own one."""
        return line.control is not None and line.control == self.sent.parts[present.index or 0].id and not any(
            inner.text for item in present.items for inner in item.lines()
        )  # fmt: skip

    def _titles(self, part: Found) -> list[Line | None]:
        """The line that is the title, by language."""
        result: list[Line | None] = [None] * self._languages
        expected = self.sent.parts[part.index].titles if part.index is not None else ("",) * self._languages
        place = next((n for n, item in enumerate(part.items) if any(line.text for line in item.lines())), None)
        if place is None or (part.index is not None and not any(expected)):
            return result
        for language, column in enumerate(part.items[place].columns[: self._languages]):
            line = next((line for line in column if line.text), None)
            if line is not None and self._is_title(line, part, expected[language]):
                result[language] = line
        return result

    def _is_title(self, line: Line, part: Found, expected: str) -> bool:
        text = self.read(line).text
        if part.index is None or text == expected or part.by is MappedBy.TITLE:
            return True
        sent = self.sent.parts[part.index]
        if text in {p.text for column in sent.paragraphs for p in column} | set(sent.states):
            return False
        if sent.id in line.bookmarks or line.style in self._heading_styles or likeness(text, expected) >= 0.5:
            return True
        longest = max((likeness(text, p.text) for column in sent.paragraphs for p in column), default=0.0)
        return longest < _SAME_TEXT and len(text) <= _LONGEST_TITLE and text[-1] not in ".;,"


def _texts(sent: SentVersion) -> dict[str, set[int]]:
    """Every text of the version, and the parts that it is in."""
    result: dict[str, set[int]] = {}
    for index, part in enumerate(sent.parts):
        own = [*part.titles, *part.states, *(p.text for column in part.paragraphs for p in column)]
        for text in (*own, *(table.caption for table in part.tables)):
            if text:
                result.setdefault(text, set()).add(index)
    return result


def words_of(sent: SentVersion, kinds: Sequence[PartKind] = tuple(PartKind)) -> str:
    """All words of the parts of some kinds."""
    return "\n".join(
        text
        for part in sent.parts
        if part.kind in kinds
        for text in (*part.titles, *(p.text for column in part.paragraphs for p in column))
    )
