"""What changed in each part: paragraphs, titles, cells and rows compared, with writers and answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from cocivic_desktop.documents.returned.attribution import (
    answered,
    attributed,
    by_one,
    cell_text,
    pieces_of,
    table_text,
)
from cocivic_desktop.documents.returned.blocks import Grid, Line
from cocivic_desktop.documents.returned.mapping import Found, Mapping
from cocivic_desktop.documents.returned.model import (
    Answer,
    Change,
    ChangeKind,
    SentParagraph,
    SentPart,
    SentTable,
)
from cocivic_desktop.documents.returned.pieces import Spelled, spelled
from cocivic_desktop.domain.rules.clause_compare import row_text
from cocivic_desktop.domain.rules.text_compare import RunKind, align, likeness

_NOTHING = Spelled("", ())
_MOVED = 0.85
_FEW_WORDS = 4
_MOST_PAIRS = 40_000


@dataclass(eq=False)
class Lost:
    """A paragraph of the sent version without a counterpart in its part."""

    part: int
    language: int
    index: int
    content: SentParagraph


@dataclass(eq=False)
class Came:
    """A paragraph of the file without a counterpart in its part; `found` counts the parts of the file."""

    found: int
    language: int
    after: int
    spelled: Spelled
    line: Line | None


class Comparison:
    """Compares the parts of a mapping; `changes` by their place in the file's parts, `lost` ones by the sent part."""

    def __init__(self, mapping: Mapping, ghosts: Sequence[Line]) -> None:
        self._mapping = mapping
        self._ghosts = {text: line for line in ghosts if (text := spelled(line.pieces, accepted=False).text)}
        self.changes: dict[int, list[Change]] = {place: [] for place in range(len(mapping.parts))}
        self.of_lost: dict[int, list[Change]] = {}
        self._lost: list[Lost] = []
        self._came: list[Came] = []
        self._places = {part.index: place for place, part in enumerate(mapping.parts) if part.index is not None}
        self._present = {item.table for part in mapping.parts for item in part.items if item.table}
        for place, part in enumerate(mapping.parts):
            self._compare(place, part)
        for index, sent in enumerate(mapping.sent.parts):
            if index not in self._places:
                self._lose_all(index, sent)
        self._find_moved()
        self._pair_lone()
        self._finish()

    def lines(self, index: int, lines: Sequence[Line]) -> list[Change]:
        """A header or footer: its lines compared in their order."""
        sent = self._mapping.sent.parts[index].paragraphs[0]
        result = []
        after = -1
        texts = [line.text for line in lines]
        for i, j in align([p.text for p in sent], texts, lone=True):
            one = SentParagraph("") if i is None else sent[i]
            two = _NOTHING if j is None else lines[j].spelled
            kind = ChangeKind.INSERTED if i is None else ChangeKind.DELETED if j is None else ChangeKind.REPLACED
            if i is not None:
                after = i
            if one.text != two.text:
                result.append(self._change(kind, one, two, None if j is None else lines[j], index=after))
        return result

    # --- paragraphs

    def _compare(self, place: int, part: Found) -> None:
        sent = self._mapping.sent.parts[part.index] if part.index is not None else None
        languages = range(len(self._mapping.sent.languages))
        for language in languages:
            lines = [
                line
                for item in part.items
                for column in item.columns[language : language + 1]
                for line in column
                if line.text and not any(line is title for title in part.titles)
            ]
            if sent and part.index is not None:
                self._title(place, sent, part, language)
                self._paragraphs(place, part.index, sent, language, lines)
            else:
                self._came += [Came(place, language, -1, self._mapping.read(line), line) for line in lines]
        for item in part.items:
            if item.grid and item.table:
                self._table(place, part, item.grid, item.table)
            elif item.grid:
                self._came.append(Came(place, 0, self._last(place), table_text(item.grid), None))
        if sent and part.index is not None:
            self._lose_tables(part.index, sent)

    def _last(self, place: int) -> int:
        """Where a table that was added stands: after the part's last paragraph."""
        index = self._mapping.parts[place].index
        return len(self._mapping.sent.parts[index].paragraphs[0]) - 1 if index is not None else -1

    def _title(self, place: int, sent: SentPart, part: Found, language: int) -> None:
        line = part.titles[language]
        after = self._mapping.read(line) if line else _NOTHING
        if sent.titles[language] != after.text:
            before = SentParagraph(sent.titles[language])
            self.changes[place].append(self._change(ChangeKind.TITLE, before, after, line, language=language))

    def _paragraphs(self, place: int, index: int, sent: SentPart, language: int, lines: Sequence[Line]) -> None:
        """Pairs paragraphs; a draft's state before them and the captions after them are known by their words."""
        state = sent.states[language]
        captions = [table.caption for table in sent.tables] if not language else []
        before = [*([state] if state else []), *(p.text for p in sent.paragraphs[language]), *captions]
        first, count = (1 if state else 0), len(sent.paragraphs[language])
        after = [self._mapping.read(line) for line in lines]
        last = -1
        for i, j in align(before, [text.text for text in after]):
            line, text = (None, _NOTHING) if j is None else (lines[j], after[j])
            at = -1 if i is None else i - first
            if i is None:
                self._came.append(Came(place, language, last, text, line))
            elif 0 <= at < count:
                last = at
                content = sent.paragraphs[language][at]
                if j is None:
                    self._lost.append(Lost(index, language, at, content))
                elif content.text != text.text:
                    self.changes[place].append(
                        self._change(ChangeKind.REPLACED, content, text, line, language=language, index=at)
                    )
            elif before[i] != text.text:
                is_state = at < 0
                kind = ChangeKind.STATE if is_state else ChangeKind.CELL
                table = -1 if is_state else at - count
                content = SentParagraph(before[i])
                self.changes[place].append(self._change(kind, content, text, line, language=language, table=table))

    def _lose_all(self, index: int, sent: SentPart) -> None:
        for language, title in enumerate(sent.titles):
            if title:
                before = SentParagraph(title)
                change = self._change(ChangeKind.TITLE, before, _NOTHING, None, language=language)
                self._of(index).append(change)
            self._lost += [Lost(index, language, at, content) for at, content in enumerate(sent.paragraphs[language])]
        self._lose_tables(index, sent)

    def _lose_tables(self, index: int, sent: SentPart) -> None:
        """Tables that are nowhere in the file."""
        for number, table in enumerate(sent.tables):
            if (index, number) not in self._present:
                self._of(index).extend(
                    self._lost_row(number, row, [cell.text for cell in cells]) for row, cells in enumerate(table.rows)
                )

    # --- what moved, was deleted or added

    def _find_moved(self) -> None:
        """Paragraphs that stand elsewhere, word by word or nearly."""
        by_text: dict[tuple[int, str], list[Came]] = {}
        for came in self._came:
            by_text.setdefault((came.language, came.spelled.text), []).append(came)
        for lost in list(self._lost):
            same = by_text.get((lost.language, lost.content.text))
            if same:
                self._move(lost, same.pop(0))
        if len(self._lost) * len(self._came) > _MOST_PAIRS:
            return
        for lost in [lost for lost in self._lost if len(lost.content.text.split()) > _FEW_WORDS]:
            same = [came for came in self._came if came.language == lost.language]
            best = max(same, key=lambda came: likeness(lost.content.text, came.spelled.text), default=None)
            if best and likeness(lost.content.text, best.spelled.text) >= _MOVED:
                self._move(lost, best)

    def _move(self, lost: Lost, came: Came) -> None:
        self._lost.remove(lost)
        self._came.remove(came)
        change = self._change(
            ChangeKind.MOVED, lost.content, came.spelled, came.line, language=lost.language, index=lost.index
        )
        ghost = self._ghosts.get(lost.content.text)
        if not change.author and ghost:
            change = by_one(change, ghost.pieces)
        self._of(lost.part).append(replace(change, moved_to=came.found, after_index=came.after))

    def _pair_lone(self) -> None:
        """One paragraph lost and one come in the same place are a replacement, however little they share."""
        came: dict[tuple[int | None, int, int], list[Came]] = {}
        for one in self._came:
            if one.line is not None:
                came.setdefault((one.found, one.language, one.after), []).append(one)
        gaps = {(lost.part, lost.language, lost.index) for lost in self._lost}
        for lost in list(self._lost):
            same = came.get((self._places.get(lost.part), lost.language, lost.index), [])
            near = {(lost.part, lost.language, lost.index + step) for step in (-1, 1)}
            if len(same) == 1 and not near & gaps:
                self._lost.remove(lost)
                self._came.remove(same[0])
                change = self._change(
                    ChangeKind.REPLACED, lost.content, same[0].spelled, same[0].line, language=lost.language,
                    index=lost.index,
                )  # fmt: skip
                self._of(lost.part).append(change)

    def _finish(self) -> None:
        for lost in self._lost:
            change = self._change(
                ChangeKind.DELETED, lost.content, _NOTHING, None, language=lost.language, index=lost.index
            )
            self._of(lost.part).append(change)
        for came in self._came:
            self.changes[came.found].append(
                self._change(
                    ChangeKind.INSERTED, SentParagraph(""), came.spelled, came.line, language=came.language,
                    index=came.after,
                )
            )  # fmt: skip
        for changes in (*self.changes.values(), *self.of_lost.values()):
            changes.sort(key=lambda change: (change.table, change.index, change.column, change.language))

    def _of(self, index: int) -> list[Change]:
        """The list for a sent part's changes."""
        place = self._places.get(index)
        return self.of_lost.setdefault(index, []) if place is None else self.changes[place]

    # --- tables

    def _table(self, place: int, part: Found, grid: Grid, table: tuple[int, int]) -> None:
        sent = self._mapping.sent.parts[table[0]].tables[table[1]]
        changes = self.changes[place] if part.index == table[0] else self._of(table[0])
        rows = [[cell.text for cell in row] for row in sent.rows]
        last = -1
        texts = [row_text(row.texts()) for row in grid.rows]
        for i, j in align([row_text(row) for row in rows], texts, alike=0.3, lone=True):
            if i is None and j is not None:
                row = grid.rows[j]
                text = Spelled(" | ".join(row.texts()), ())
                change = self._change(
                    ChangeKind.ROW_INSERTED, SentParagraph(""), text, None, table=table[1], index=last
                )
                changes.append(by_one(change, [row.by] if row.by else pieces_of(row.cells)))
            elif i is not None and j is None:
                changes.append(self._lost_row(table[1], i, rows[i]))
                last = i
            elif i is not None and j is not None:
                last = i
                changes += self._cells(sent, table[1], i, grid.rows[j].cells)

    def _cells(self, sent: SentTable, table: int, row: int, cells: Sequence[Sequence[Line]]) -> list[Change]:
        before = sent.rows[row]
        after = [cell_text(cell) for cell in cells]
        pairs: Iterable[tuple[int | None, int | None]] = zip(range(len(before)), range(len(after)), strict=False)
        if len(before) != len(after):
            pairs = align([cell.text for cell in before], [cell.text for cell in after], lone=True)
        result = []
        for i, j in pairs:
            one = SentParagraph("") if i is None else before[i]
            two = _NOTHING if j is None else after[j]
            if one.text != two.text:
                pieces = [] if j is None else pieces_of([cells[j]])
                column = i if i is not None else j if j is not None else -1
                line = Line(pieces)
                change = self._change(ChangeKind.CELL, one, two, line, table=table, index=row, column=column)
                if not one.text and i is not None and row + 1 < len(sent.rows):
                    label = sent.rows[row + 1][i].text  # a place to sign has its label below it
                    change = replace(change, kind=ChangeKind.FILLED, answers=(Answer(label, two.text),))
                result.append(change)
        return result

    def _lost_row(self, table: int, index: int, cells: Sequence[str]) -> Change:
        before = SentParagraph(" | ".join(cells))
        change = self._change(ChangeKind.ROW_DELETED, before, _NOTHING, None, table=table, index=index)
        ghosts = [ghost for cell in cells if (ghost := self._ghosts.get(cell))]
        return by_one(change, [piece for ghost in ghosts for piece in ghost.pieces])

    # --- one change

    def _change(
        self, kind: ChangeKind, before: SentParagraph, after: Spelled, line: Line | None, *, language: int = 0,
        index: int = -1, table: int = -1, column: int = -1,
    ) -> Change:  # fmt: skip
        if line is None and before.text in self._ghosts:
            line = self._ghosts[before.text]
        runs = attributed(before.text, after, line.pieces if line else [])
        answers, filled = answered(before, after.text)
        if filled and kind in {ChangeKind.REPLACED, ChangeKind.CELL}:
            kind = ChangeKind.FILLED
        changed = [run for run in runs if run.kind is not RunKind.EQUAL]
        writers = {run.author for run in changed if run.text.strip()}
        dates = [run.date for run in changed if run.date]
        tracked = bool(writers) and "" not in writers
        single = tracked and len(writers) == 1
        return Change(
            kind=kind, before=before.text, after=after.text, runs=runs, language=language, index=index, table=table,
            column=column, author=next(iter(writers)) if single else "", date=max(dates) if single and dates else None,
            tracked=tracked, answers=answers,
        )  # fmt: skip
