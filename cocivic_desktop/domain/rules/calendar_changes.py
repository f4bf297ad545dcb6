"""What a school's changed calendar does to dates that are planned already: which ones it hits, and how.

Two readings of the same activities are compared, under the calendar as it was and as it would be. A series that keeps
to teaching weeks leaves a date out by itself; any other date stays where it is and has something in its way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from cocivic_desktop.domain.activities import ActivityStatus
from cocivic_desktop.domain.rules.conflicts import Conflict, ConflictCode
from cocivic_desktop.domain.rules.recurrence import Occurrence, Skip
from cocivic_desktop.domain.rules.teaching_weeks import YearView
from cocivic_desktop.domain.school_years import CalendarPeriod

OF_THE_SCHOOL = frozenset({
    ConflictCode.CLOSURE, ConflictCode.PUBLIC_HOLIDAY, ConflictCode.ASSESSMENT, ConflictCode.DEADLINE_NEAR,
})  # fmt: skip
"""Conflicts that come from the periods of a school's calendar."""


class HitKind(StrEnum):
    IN_THE_WAY = "in_the_way"
    """The date stays where it is, and the new calendar has something there."""
    LEFT_OUT = "left_out"
    """Its series keeps to teaching weeks and leaves the date out."""


@dataclass(frozen=True)
class Hit:
    """One date that a new calendar hits: as it was, and why. `skip` is None where the series simply ends earlier."""

    kind: HitKind
    occurrence: Occurrence
    conflicts: tuple[Conflict, ...] = ()
    skip: Skip | None = None


@dataclass(frozen=True)
class Reading:
    """The dates of some activities under one calendar, with their conflicts and what their series leave out."""

    occurrences: list[Occurrence]
    skips: list[Skip]
    conflicts: list[Conflict]


@dataclass(frozen=True)
class Effects:
    """What changes: dates hit, in order, and dates that come in anew, as at the end of a series of ten sessions."""

    hits: list[Hit]
    gained: list[Occurrence]


def changed_view(
    view: YearView,
    removed: Iterable[UUID],
    changed: Mapping[UUID, CalendarPeriod],
    added: Iterable[CalendarPeriod],
) -> YearView:
    """A school's year with other periods; `changed` gives the new content of stored ones by their key."""
    gone = frozenset(removed)
    kept = [changed.get(period.id, period) for period in view.periods if period.id not in gone]
    return replace(view, periods=tuple(sorted([*kept, *added], key=lambda one: (one.starts_on, one.ends_on))))


def effects(before: Reading, after: Reading) -> Effects:
    """Which dates the change hits. What is cancelled or done, and what was in conflict before, is not hit."""
    stays = {_key(one): one for one in after.occurrences}
    skipped = {(skip.activity_id, skip.on): skip for skip in after.skips}
    known = {_conflict_key(each) for each in before.conflicts}
    new: dict[tuple[UUID, date], list[Conflict]] = {}
    for each in after.conflicts:
        if each.code in OF_THE_SCHOOL and _conflict_key(each) not in known:
            new.setdefault((each.activity_id, each.original_on), []).append(each)
    hits: list[Hit] = []
    for one in before.occurrences:
        if one.cancelled or one.status is ActivityStatus.DONE:
            continue
        key = _key(one)
        if key not in stays:
            hits.append(Hit(HitKind.LEFT_OUT, one, skip=skipped.get(key)))
        elif key in new:
            hits.append(Hit(HitKind.IN_THE_WAY, one, tuple(new[key])))
    there = {_key(one) for one in before.occurrences}
    gained = [one for one in after.occurrences if _key(one) not in there and not one.cancelled]
    return Effects(sorted(hits, key=lambda hit: hit.occurrence.begins), sorted(gained, key=lambda one: one.begins))


def _key(one: Occurrence) -> tuple[UUID, date]:
    return one.activity_id, one.original_on


def _conflict_key(each: Conflict) -> tuple[UUID, date, ConflictCode]:
    return each.activity_id, each.original_on, each.code
