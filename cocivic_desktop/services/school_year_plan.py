"""What taking over a file's periods would do to a school year: added, changed, gone, unchanged. Nothing is stored."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.school_years import CalendarPeriod, PeriodSource
from cocivic_desktop.services.school_year_files import PreviewPeriod

NEAR_DAYS = 60
"""A period of the same name that starts this near is the same one with a new date."""


class Replaces(StrEnum):
    """Which stored periods a file takes the place of."""

    SAME_SOURCE = "same_source"
    """Those that came from the same source before; what was typed in or came from elsewhere stays."""
    EVERYTHING = "everything"
    """Those of the kinds that the file has, wherever they came from, but not public holidays known offline."""


@dataclass(frozen=True)
class PeriodPlan:
    """What an import does to a school year. `changed` pairs the stored period with its new content."""

    added: list[PreviewPeriod]
    changed: list[tuple[CalendarPeriod, PreviewPeriod]]
    removed: list[CalendarPeriod]
    unchanged: list[CalendarPeriod]

    def sparing(self, spared: Collection[UUID]) -> PeriodPlan:
        """The same plan, with some stored periods left as they are."""
        if not spared:
            return self
        return PeriodPlan(
            self.added,
            [pair for pair in self.changed if pair[0].id not in spared],
            [period for period in self.removed if period.id not in spared],
            [
                *self.unchanged,
                *(old for old, _ in self.changed if old.id in spared),
                *(period for period in self.removed if period.id in spared),
            ],
        )

    def usually_spared(self) -> frozenset[UUID]:
        """What somebody typed in does not go just because a file lacks it: only the school knows."""
        return frozenset(period.id for period in self.removed if period.source is PeriodSource.MANUAL)


def plan_import(
    existing: Iterable[CalendarPeriod],
    wanted: Iterable[PreviewPeriod],
    source: PeriodSource,
    detail: str,
    replaces: Replaces = Replaces.SAME_SOURCE,
) -> PeriodPlan:
    """Which stored periods a source's new content changes, removes or leaves, and what it adds.

    The same period is recognised by its identity in the source, else by its kind and days, else by its name when
    it starts nearby. Periods that the file does not take the place of are never changed, and not doubled either.
    """
    stored, new = list(existing), _distinct(wanted)
    kinds = {period.kind for period in new}
    if replaces is Replaces.EVERYTHING:
        own = [period for period in stored if period.source is not PeriodSource.OFFLINE]
        replaced = [period for period in own if period.kind in kinds]
    else:
        own = [period for period in stored if period.source == source]
        replaced = [period for period in own if period.source_detail == detail]
    matching = _Matching(new)
    matching.pair((period for period in own if period.external_uid), _identity)
    matching.pair(own, _days_and_name)
    matching.pair(own, _days)
    matching.pair_nearest(replaced)
    owned = {period.id for period in own}
    elsewhere = [period for period in stored if period.id not in owned]
    offered, there = {_days(each) for each in matching.left()}, {_days(period) for period in elsewhere}
    kept = [period for period in elsewhere if _days(period) in offered]
    pairs = matching.pairs
    return PeriodPlan(
        [each for each in matching.left() if _days(each) not in there],
        [pair for pair in pairs if _differs(*pair)],
        [period for period in replaced if period.id not in matching.taken],
        [*(old for old, each in pairs if not _differs(old, each)), *kept],
    )


Either = CalendarPeriod | PreviewPeriod


class _Matching:
    """Pairs stored periods with offered ones, each at most once, by one key after the other."""

    def __init__(self, offered: list[PreviewPeriod]) -> None:
        self._left = dict(enumerate(offered))
        self.pairs: list[tuple[CalendarPeriod, PreviewPeriod]] = []
        self.taken: set[UUID] = set()

    def left(self) -> list[PreviewPeriod]:
        """What is offered and belongs to nothing stored."""
        return list(self._left.values())

    def pair(self, stored: Iterable[CalendarPeriod], key: Callable[[Either], Hashable]) -> None:
        """Pair what has the same key, in order."""
        waiting = self._by(key)
        for period in self._free(stored):
            numbers = waiting.get(key(period))
            if numbers:
                self._take(period, numbers.pop(0))

    def pair_nearest(self, stored: Iterable[CalendarPeriod]) -> None:
        """Pair what has the same kind and name and starts nearby, the nearest first."""
        waiting = self._by(_name)
        found = sorted(
            (distance, position, number, period)
            for position, period in enumerate(self._free(stored))
            for number in waiting.get(_name(period), ())
            if (distance := abs((period.starts_on - self._left[number].starts_on).days)) <= NEAR_DAYS
        ) if waiting else []  # fmt: skip
        for _, _, number, period in found:
            if period.id not in self.taken and number in self._left:
                self._take(period, number)

    def _by(self, key: Callable[[Either], Hashable]) -> dict[Hashable, list[int]]:
        waiting: dict[Hashable, list[int]] = {}
        for number, each in self._left.items():
            waiting.setdefault(key(each), []).append(number)
        return waiting

    def _free(self, stored: Iterable[CalendarPeriod]) -> Iterator[CalendarPeriod]:
        return (period for period in stored if period.id not in self.taken)

    def _take(self, period: CalendarPeriod, number: int) -> None:
        self.taken.add(period.id)
        self.pairs.append((period, self._left.pop(number)))


def _distinct(wanted: Iterable[PreviewPeriod]) -> list[PreviewPeriod]:
    found: dict[Hashable, PreviewPeriod] = {}
    for period in wanted:
        found.setdefault(_days_and_name(period), period)
    return list(found.values())


def _identity(one: Either) -> Hashable:
    return one.external_uid


def _days(one: Either) -> Hashable:
    return one.kind, one.starts_on, one.ends_on


def _name(one: Either) -> Hashable:
    return one.kind, fold(one.name)


def _days_and_name(one: Either) -> Hashable:
    return _days(one), fold(one.name)


def _differs(old: CalendarPeriod, new: PreviewPeriod) -> bool:
    return _days(old) != _days(new) or old.name != new.name or old.estimate != new.estimate
