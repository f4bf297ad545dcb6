"""Which spans of days cover a day: answered from a sorted sweep, not by asking every span."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from typing import Generic, TypeVar

T = TypeVar("T")


class DayIndex(Generic[T]):
    """Spans of days (both ends inclusive) with an item each, indexed by day.

    The sweep over the sorted ends runs once; afterwards each distinct day costs one binary search, and each
    repeated one a dictionary look-up. Spans that end before they start cover nothing.
    """

    def __init__(self, spans: Iterable[tuple[date, date, T]]) -> None:
        starting: dict[int, list[int]] = {}
        ending: dict[int, list[int]] = {}
        items: list[T] = []
        for first, last, item in spans:
            if last < first:
                continue
            starting.setdefault(first.toordinal(), []).append(len(items))
            ending.setdefault(last.toordinal() + 1, []).append(len(items))
            items.append(item)
        self._bounds = sorted(starting.keys() | ending.keys())
        self._covering: list[tuple[T, ...]] = [()]
        active: dict[int, None] = {}
        for bound in self._bounds:
            for number in ending.get(bound, ()):
                del active[number]
            for number in starting.get(bound, ()):
                active[number] = None
            self._covering.append(tuple(items[number] for number in active))
        self._known: dict[date, tuple[T, ...]] = {}

    def at(self, day: date) -> tuple[T, ...]:
        """The items of the spans that cover `day`, earliest start first."""
        found = self._known.get(day)
        if found is None:
            found = self._known[day] = self._covering[bisect_right(self._bounds, day.toordinal())]
        return found

    def between(self, first: date, last: date) -> tuple[T, ...]:
        """The items of the spans that touch any day from `first` to `last`, each once, earliest start first."""
        if first == last:
            return self.at(first)
        low = bisect_right(self._bounds, first.toordinal())
        high = bisect_right(self._bounds, last.toordinal())
        seen: dict[int, T] = {}
        for covering in self._covering[low : high + 1]:
            for item in covering:
                seen.setdefault(id(item), item)
        return tuple(seen.values())
