"""Taking a change that somebody made in a filled-in paragraph over into its text with placeholders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cocivic_desktop.domain.rules.drafting import Run, blank
from cocivic_desktop.domain.rules.text_compare import RunKind, WordRun


def shown(runs: Iterable[Run]) -> str:
    """A paragraph as a document shows it; what is missing stands in brackets."""
    return "".join(blank(run.text) if run.missing else run.text for run in runs)


def retaken(runs: Sequence[Run], changes: Sequence[WordRun]) -> str:
    """The paragraph's own text with the changes made. A placeholder whose words nobody touched stays one.

    `runs` are those of `drafting.resolve`; `changes` lead from what they show to the new words. Raises ValueError
    when they do not begin with what is shown.
    """
    before = "".join(change.text for change in changes if change.kind is not RunKind.INSERTED)
    if before != shown(runs):
        raise ValueError("the changes are not of this paragraph")
    pieces: list[str | tuple[int, int]] = []
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
