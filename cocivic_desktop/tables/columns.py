"""What the columns of a table of unknown origin hold: by their headings in four languages, else by what stands in them.

A list is described by an enumeration of what a column can hold and by a file of words (`resources/*_list.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import islice
from typing import Final, Generic, TypeVar

from cocivic_desktop.domain.base import fold
from cocivic_desktop.library.files import read_toml
from cocivic_desktop.tables.reading import Row
from cocivic_desktop.tables.spreadsheet import columns_of

FieldType = TypeVar("FieldType", bound=StrEnum)

HEADING_ROWS: Final = 30
"""Rows at the top among which the headings are looked for."""
EMAIL: Final = re.compile(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+\.[a-z]{2,}", re.IGNORECASE)
SITE: Final = re.compile(
    r"(https?://|www\.)\S+|[\w-]+(\.[\w-]+)*\.(de|org|net|com|es|tr|eu|at|ch|edu)(/\S*)?", re.IGNORECASE
)
PHONE: Final = re.compile(r"[+(]?\d[\d\s()/.-]{5,}")


@dataclass(frozen=True)
class Layout(Generic[FieldType]):
    """How a table is read: the number of its row of headings (from 0; -1 for none), and what each column holds."""

    heading_row: int
    fields: tuple[FieldType | None, ...]


@dataclass(frozen=True)
class Remark:
    """Something of a row that was not taken as it stands. `code`: not_understood, or one of validation's codes."""

    field: str
    code: str
    value: str = ""


def heading_words(text: str) -> str:
    """A heading as it is compared: no accents, capitals or signs."""
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


class Columns(Generic[FieldType]):
    """Finds out what columns hold. `name` is the field that no row can do without; `instead` can stand for it.

    `words` is the file whose table `headings` has the phrases of each field; `patterns` tell fields by their values.
    """

    def __init__(
        self,
        fields: type[FieldType],
        words: str,
        name: FieldType,
        patterns: Sequence[tuple[FieldType, re.Pattern[str]]],
        instead: frozenset[FieldType] = frozenset(),
    ) -> None:
        self._fields = fields
        self._words = words
        self._name = name
        self._patterns = patterns
        self._named_by = instead | {name}

    def find(self, rows: Sequence[Row]) -> Layout[FieldType]:
        """The row of headings and what the columns hold, guessed from their words, else from what stands in them."""
        best: Layout[FieldType] = Layout(-1, ())
        best_score = 0.0
        for number, row in enumerate(islice(rows, HEADING_ROWS)):
            fields = self._fields_of(row.cells)
            found = {one for one in fields if one is not None}
            named = not found.isdisjoint(self._named_by)
            score = len(found) + 1.5 * named - 0.5 * _data_like(row.cells)
            if (len(found) > 1 or (named and _is_plain_heading(row.cells))) and score > best_score:
                best, best_score = Layout(number, tuple(fields)), score
        if best.heading_row < 0:
            return Layout(-1, tuple(self._by_content(rows)))
        return self._filled_up(rows, best.heading_row)

    def with_headings(self, rows: Sequence[Row], heading_row: int) -> Layout[FieldType]:
        """The layout when a person says which row holds the headings (-1: none)."""
        if heading_row < 0:
            return Layout(-1, tuple(self._by_content(rows)))
        return self._filled_up(rows, heading_row)

    def names(self, layout: Layout[FieldType]) -> bool:
        """Whether a column holds the name, or what can stand for it."""
        return any(one in self._named_by for one in layout.fields)

    def _filled_up(self, rows: Sequence[Row], heading_row: int) -> Layout[FieldType]:
        width = max((len(row.cells) for row in rows[heading_row:]), default=0)
        fields = self._fields_of(rows[heading_row].cells)
        fields += [None] * (width - len(fields))
        if self._named_by.isdisjoint(fields):
            self._guess_name(fields, rows[heading_row + 1 :])
        return Layout(heading_row, tuple(fields))

    def _fields_of(self, cells: Sequence[str]) -> list[FieldType | None]:
        """What the headings say; each field once, where it is said best."""
        guesses = sorted(
            (
                (score, -number, one)
                for number, cell in enumerate(cells)
                for one, score in self._meanings(heading_words(cell)).items()
            ),
            reverse=True,
        )
        fields: list[FieldType | None] = [None] * len(cells)
        for _, negative, one in guesses:
            if fields[-negative] is None and one not in fields:
                fields[-negative] = one
        return fields

    def _meanings(self, heading: str) -> dict[FieldType, float]:
        """The fields whose words a heading holds, with a score: a whole heading counts most, then long phrases."""
        if not heading or len(heading) > 80:
            return {}
        found: dict[FieldType, float] = {}
        padded = f" {heading} "
        for one, phrases in self._headings.items():
            for phrase in phrases:
                if phrase == heading:
                    found[one] = max(found.get(one, 0), 1000 + len(phrase))
                elif len(phrase) > 3 and f" {phrase} " in padded:
                    found[one] = max(found.get(one, 0), len(phrase))
        best = max(found.values(), default=0)
        return {one: score for one, score in found.items() if score == best}

    @cached_property
    def _headings(self) -> dict[FieldType, tuple[str, ...]]:
        words = read_toml(self._words)["headings"]
        return {self._fields(name): tuple(map(heading_words, phrases)) for name, phrases in words.items()}

    def _by_content(self, rows: Sequence[Row]) -> list[FieldType | None]:
        """What columns hold, from what stands in them; where there are no headings."""
        fields: list[FieldType | None] = []
        for column in columns_of(islice(rows, 200)):
            values = [value for value in column if value]
            fitting = (
                one for one, pattern in self._patterns if one not in fields and values and _share(values, pattern) > 0.6
            )
            fields.append(next(fitting, None))
        self._guess_name(fields, rows)
        return fields

    def _guess_name(self, fields: list[FieldType | None], rows: Sequence[Row]) -> None:
        """The free column with the most different texts is taken for the name."""
        best, most = -1, 0.0
        for number, column in enumerate(columns_of(islice(rows, 200))):
            texts = {value for value in column if re.search(r"[^\W\d]{3}", value)}
            weight = len(texts) * min(40.0, sum(map(len, texts)) / len(texts)) if texts else 0.0
            if number < len(fields) and fields[number] is None and weight > most:
                best, most = number, weight
        if best >= 0:
            fields[best] = self._name


def _data_like(cells: Sequence[str]) -> int:
    """How many cells look like values rather than headings."""
    return sum(bool(EMAIL.search(cell) or SITE.fullmatch(cell) or re.search(r"\d{3}", cell)) for cell in cells)


def _is_plain_heading(cells: Sequence[str]) -> bool:
    return not _data_like(cells) and sum(bool(cell) for cell in cells) <= 2 and all(len(cell) < 40 for cell in cells)


def _share(values: Sequence[str], pattern: re.Pattern[str]) -> float:
    return sum(bool(pattern.fullmatch(value)) for value in values) / len(values)
