"""Taking a change that somebody made in a filled-in paragraph over into its text with placeholders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cocivic_desktop.domain.rules.drafting import Run, blank, placeholders, resolve
from cocivic_desktop.domain.rules.text_compare import RunKind, WordRun, compare_words

Span = tuple[int, int]


@dataclass(frozen=True)
class Fill:
    """What was written into a blank: the placeholder that stands there, the words, and where they stand."""

    placeholder: str
    text: str
    span: Span


def shown(runs: Iterable[Run]) -> str:
    """A paragraph as a document shows it; what is missing stands in brackets."""
    return "".join(blank(run.text) if run.missing else run.text for run in runs)


def as_sent(line: str, before: str, values: Mapping[str, str], questions: Mapping[str, str]) -> list[Run] | None:
    """A paragraph of a text as it was when it read `before`: what it asked for may have been answered since.

    `values` and `questions` are those of `drafting.resolve`. None when it read otherwise; spaces do not count.
    """
    sent = "".join(before.split())
    asked = {name for name in placeholders(line) if "".join(blank(questions.get(name, name)).split()) in sent}
    runs = resolve(line, {name: value for name, value in values.items() if name not in asked}, questions)
    return runs if "".join(shown(runs).split()) == sent else None


def fills(runs: Sequence[Run], after: str) -> list[Fill]:
    """What `after` has in the places where the paragraph asks for words, as far as that can be told."""
    before, blanks, place = shown(runs), [], 0
    for run in runs:
        end = place + len(shown([run]))
        if run.missing:
            blanks.append(((place, end), run.placeholder))
        place = end
    spans: Sequence[Span | None] | None = written_in(before, [span for span, _ in blanks], after)
    if spans is None:
        replaced = _replaced(before, after)
        spans = [replaced.get(span) for span, _ in blanks]
    return [
        Fill(placeholder, after[span[0] : span[1]], span)
        for (asked, placeholder), span in zip(blanks, spans, strict=True)
        if span and after[span[0] : span[1]].strip() and after[span[0] : span[1]] != before[asked[0] : asked[1]]
    ]


def written_in(before: str, blanks: Sequence[Span], after: str) -> list[Span] | None:
    """Where in `after` stands what was written into the blanks; None when anything else changed as well."""
    found: list[Span] = []
    place = start = 0
    for number, (one, two) in enumerate(blanks):
        fixed = before[start:one]
        if not after.startswith(fixed, place):
            return None
        place += len(fixed)
        last = number + 1 == len(blanks)
        rest = before[two:] if last else before[two : blanks[number + 1][0]]
        end = (len(after) - len(rest) if after.endswith(rest) else -1) if last else after.find(rest or " ", place)
        if end < place:
            return None
        found.append((place, end))
        place, start = end, two
    return found


def retaken(runs: Sequence[Run], changes: Sequence[WordRun]) -> str:
    """The paragraph's own text with the changes made. A placeholder whose words nobody touched stays one.

    `runs` are those of `drafting.resolve`; `changes` lead from what they show to the new words. Raises ValueError
    when they do not begin with what is shown.
    """
    before = "".join(change.text for change in changes if change.kind is not RunKind.INSERTED)
    if before != shown(runs):
        raise ValueError("the changes are not of this paragraph")
    pieces: list[str | Span] = []
    place = 0
    for change in changes:
        if change.kind is RunKind.INSERTED:
            pieces.append(change.text)
            continue
        end = place + len(change.text)
        if change.kind is RunKind.EQUAL:
            pieces.append((place, end))
        place = end
    return "".join(piece if isinstance(piece, str) else _source(runs, *piece) for piece in pieces)


def retaken_with(runs: Sequence[Run], after: str, answered: Iterable[Fill]) -> str:
    """The paragraph's own text as `after` says it; where `answered` stands, its placeholder stays."""
    asked = {run.placeholder: blank(run.text) for run in runs if run.missing}
    for fill in sorted(answered, key=lambda one: one.span, reverse=True):
        after = after[: fill.span[0]] + asked[fill.placeholder] + after[fill.span[1] :]
    return retaken(runs, compare_words(shown(runs), after))


def _replaced(before: str, after: str) -> dict[Span, Span]:
    """Which stretch of `after` stands in the place of which stretch of `before`, without spaces round them."""
    result: dict[Span, Span] = {}
    old = new = 0
    gone: WordRun | None = None
    for run in compare_words(before, after):
        if run.kind is RunKind.INSERTED and gone is not None:
            lost = _trimmed(gone.text, old - len(gone.text))
            result[lost] = _trimmed(run.text, new)
        gone = run if run.kind is RunKind.DELETED else None
        old += len(run.text) if run.kind is not RunKind.INSERTED else 0
        new += len(run.text) if run.kind is not RunKind.DELETED else 0
    return result


def _trimmed(text: str, start: int) -> Span:
    first = start + len(text) - len(text.lstrip())
    return first, first + len(text.strip())


def _source(runs: Sequence[Run], start: int, end: int) -> str:
    """What stands in the source for the shown text from `start` to `end`."""
    result, place = [], 0
    for run in runs:
        text = shown([run])
        first, last = max(start, place), min(end, place + len(text))
        if first < last:
            whole = first == place and last == place + len(text)
            result.append(f"{{{run.placeholder}}}" if run.placeholder and whole else text[first - place : last - place])
        place += len(text)
    return "".join(result)
