"""Two versions of a text compared word by word.

The matching itself is `difflib` of the standard library: the domain needs nothing else, texts here are paragraphs of
some hundred words, and its longest-block rule gives differences that read well. What it lacks is added here: words
with their spaces, paragraphs and rows that were changed or moved, and a bound on texts made to be slow.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

WORDS = re.compile(r"\n|[^\S\n]*(?:\w+(?:[’'‑-]\w+)*|[^\w\s])|[^\S\n]+")
"""A word or sign with the space before it; all matches together are the whole text."""
_SENTENCES = re.compile(r"[^.!?\n]*(?:[.!?\n]+|$)")
_LETTERS = re.compile(r"\w")
_MOST_PAIRS = 400_000
"""Pairs of same tokens up to which `difflib` is quick (below 100 ms)."""
_MOST_CELLS = 40_000
"""Pairs of paragraphs that are compared with each other at most."""
_SHORT = 4
"""Words up to which letters are compared, not words."""
ALIKE = 0.4
"""Likeness (0 to 1) from which two paragraphs count as versions of each other."""


class RunKind(StrEnum):
    EQUAL = "equal"
    INSERTED = "inserted"
    DELETED = "deleted"


@dataclass(frozen=True)
class WordRun:
    """A stretch of text that is in both versions, only in the new one, or only in the old one."""

    kind: RunKind
    text: str


def compare_words(before: str, after: str) -> tuple[WordRun, ...]:
    """The runs that lead from one text to the other.

    Put together without the inserted ones they give `before`, without the deleted ones `after`. Texts made to be slow
    are compared by sentences, or replaced as a whole.
    """
    if before == after:
        return (WordRun(RunKind.EQUAL, before),) if before else ()
    pieces: list[tuple[RunKind, str]] = []
    old, new = WORDS.findall(before), WORDS.findall(after)
    if _pairs(old, new) > _MOST_PAIRS:
        old, new = _SENTENCES.findall(before), _SENTENCES.findall(after)
    for tag, i1, i2, j1, j2 in opcodes(old, new):
        if tag == "equal":
            pieces.append((RunKind.EQUAL, "".join(old[i1:i2])))
        else:
            pieces += _replaced("".join(old[i1:i2]), "".join(new[j1:j2]))
    return tuple(_tidy(pieces))


def opcodes(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[str, int, int, int, int]]:
    """`difflib`'s operations ("equal", "replace", "delete", "insert") with bounded effort."""
    start, stop = 0, min(len(old), len(new))
    while start < stop and old[start] == new[start]:
        start += 1
    end = 0
    while end < stop - start and old[-1 - end] == new[-1 - end]:
        end += 1
    inner_old, inner_new = old[start : len(old) - end], new[start : len(new) - end]
    result = [("equal", 0, start, 0, start)] if start else []
    if _pairs(inner_old, inner_new) > _MOST_PAIRS:
        result.append(("replace", start, len(old) - end, start, len(new) - end))
    else:
        matcher = SequenceMatcher(None, inner_old, inner_new, autojunk=False)
        result += [(tag, start + a, start + b, start + c, start + d) for tag, a, b, c, d in matcher.get_opcodes()]
    if end:
        result.append(("equal", len(old) - end, len(old), len(new) - end, len(new)))
    return result


def likeness(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1: the share of common words, of common letters in short texts."""
    if one == other:
        return 1.0
    first, second = _bag(one), _bag(other)
    count = first.total() + second.total()
    if not count:
        return 0.0
    common = 2 * (first & second).total() / count
    if min(first.total(), second.total()) <= _SHORT and max(len(one), len(other)) <= 200:
        letters = SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).ratio()
        return max(common, letters if letters > 0.6 else letters / 2)
    return common


def align(
    before: Sequence[str], after: Sequence[str], *, alike: float = ALIKE, lone: bool = False
) -> list[tuple[int | None, int | None]]:
    """Which text became which, in order; None on one side for what was added or removed.

    Texts pair up from a likeness of `alike` on; with `lone`, also one single text with the one in its place.
    """
    result: list[tuple[int | None, int | None]] = []
    for tag, i1, i2, j1, j2 in opcodes(before, after):
        if tag == "equal":
            result += zip(range(i1, i2), range(j1, j2), strict=True)
        elif lone and i2 - i1 == j2 - j1 == 1:
            result.append((i1, j1))
        else:
            pairs = _best_pairs(before[i1:i2], after[j1:j2], alike)
            result += _in_between([(i1 + i, j1 + j) for i, j in pairs], (i1, i2), (j1, j2))
    return result


def in_order(places: Sequence[int]) -> list[int]:
    """Indexes of a longest rising part: what kept its order when the rest moved."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, place in enumerate(places):
        at = bisect_left(tails, place)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [place]
        ends[at : at + 1] = [index]
    result: list[int] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        result.append(index)
        index = before[index]
    return result[::-1]


def _pairs(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    counts = Counter(old)
    return sum(counts[token] * count for token, count in Counter(new).items())


def _replaced(before: str, after: str) -> list[tuple[RunKind, str]]:
    """A deletion and an insertion; the words that both end with stay outside."""
    end = 0
    if before and after:
        longest = min(len(before), len(after))
        while end < longest and before[-1 - end] == after[-1 - end]:
            end += 1
        while end and not _at_word(before, len(before) - end, after, len(after) - end):
            end -= 1
    stop_before, stop_after = len(before) - end, len(after) - end
    return [
        (RunKind.DELETED, before[:stop_before]),
        (RunKind.INSERTED, after[:stop_after]),
        (RunKind.EQUAL, before[stop_before:]),
    ]


def _at_word(before: str, i: int, after: str, j: int) -> bool:
    """Whether a word begins at both places."""
    return all(
        not place or not (_LETTERS.match(text[place - 1]) and _LETTERS.match(text[place]))
        for text, place in ((before, i), (after, j))
    )


def _tidy(pieces: Sequence[tuple[RunKind, str]]) -> list[WordRun]:
    """Neighbours of a kind in one, deletions first; mere signs between two replacements belong to them."""
    result: list[WordRun] = []
    old = new = ""
    for index, (kind, text) in enumerate(pieces):
        bridge = (
            kind is RunKind.EQUAL
            and bool(old and new)
            and not _LETTERS.search(text)
            and {k for k, t in pieces[index + 1 : index + 3] if t} == {RunKind.DELETED, RunKind.INSERTED}
        )
        if kind is RunKind.DELETED or bridge:
            old += text
        if kind is RunKind.INSERTED or bridge:
            new += text
        if kind is RunKind.EQUAL and text and not bridge:
            result += _flushed(old, new)
            old = new = ""
            known = result.pop().text if result and result[-1].kind is RunKind.EQUAL else ""
            result.append(WordRun(RunKind.EQUAL, known + text))
    return result + _flushed(old, new)


def _flushed(old: str, new: str) -> list[WordRun]:
    return [WordRun(kind, text) for kind, text in ((RunKind.DELETED, old), (RunKind.INSERTED, new)) if text]


@lru_cache(maxsize=8192)
def _bag(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def _best_pairs(before: Sequence[str], after: Sequence[str], alike: float) -> list[tuple[int, int]]:
    """Pairs in order whose likeness sums up to the most; looks only near the diagonal in long lists."""
    rows, columns = len(before), len(after)
    if not rows or not columns:
        return []
    if rows * columns > _MOST_CELLS:
        return _near_pairs(before, after, alike)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    likely = [[0.0] * columns for _ in range(rows)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            value = likeness(before[i], after[j])
            likely[i][j] = value if value >= alike else 0.0
            paired = likely[i][j] + best[i + 1][j + 1] if likely[i][j] else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    result = []
    i = j = 0
    while i < rows and j < columns:
        if likely[i][j] and best[i][j] == likely[i][j] + best[i + 1][j + 1]:
            result.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return result


def _near_pairs(before: Sequence[str], after: Sequence[str], alike: float, window: int = 12) -> list[tuple[int, int]]:
    result = []
    start = 0
    for i, text in enumerate(before):
        near = range(start, min(start + window, len(after)))
        value, j = max(((likeness(text, after[j]), j) for j in near), default=(0.0, 0), key=lambda found: found[0])
        if value >= max(alike, 0.6):
            result.append((i, j))
            start = j + 1
    return result


def _in_between(
    pairs: Sequence[tuple[int, int]], before: tuple[int, int], after: tuple[int, int]
) -> list[tuple[int | None, int | None]]:
    """The pairs and everything between them; what was removed stands before what was added."""
    result: list[tuple[int | None, int | None]] = []
    i, j = before[0], after[0]
    for one, two in [*pairs, (before[1], after[1])]:
        result += [(index, None) for index in range(i, one)]
        result += [(None, index) for index in range(j, two)]
        if one < before[1] and two < after[1]:
            result.append((one, two))
        i, j = one + 1, two + 1
    return result
