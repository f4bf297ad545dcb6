"""Where dates could go that a school's new calendar hits: free slots, each given away once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cocivic_desktop.domain.activities import Activity
from cocivic_desktop.domain.rules import free_slots
from cocivic_desktop.domain.rules.calendar_changes import Effects, Hit, HitKind
from cocivic_desktop.domain.rules.conflicts import place_key
from cocivic_desktop.domain.rules.free_slots import FreeSlot, SlotKind
from cocivic_desktop.domain.rules.recurrence import Occurrence, build_occurrence

if TYPE_CHECKING:
    from cocivic_desktop.services.calendar import Content

SLOTS: Final = 5
"""New dates proposed for each date that is hit."""
WEEKS_NEARBY: Final = 6
"""Weeks before and after in which other weekdays are tried, where too few dates on the same weekday are free."""


@dataclass(frozen=True)
class DateHit:
    """A planned date that the new calendar hits, with the dates proposed instead, best first.

    `made_up_on` is the date that its series adds at its end by itself, when it counts its sessions.
    """

    activity: Activity
    partnership_title: str
    hit: Hit
    slots: tuple[FreeSlot, ...]
    made_up_on: date | None = None

    @property
    def key(self) -> tuple[UUID, date]:
        """Names the date: activity, and day within its series."""
        return self.activity.id, self.hit.occurrence.original_on


def proposals(content: Content, found: Effects, today: date) -> list[DateHit]:
    """New dates for each hit; what is proposed for one is taken for the next."""
    if not found.hits:
        return []
    around = timedelta(weeks=free_slots.WEEKS_AROUND + WEEKS_NEARBY + 1)
    first, last = found.hits[0].occurrence.on - around, found.hits[-1].occurrence.on + around
    hit_keys = {(hit.occurrence.activity_id, hit.occurrence.original_on) for hit in found.hits}
    others = _Others(content)
    for one in content.occurrences(first, last)[0]:
        if (one.activity_id, one.original_on) not in hit_keys:
            others.add(one)
    made_up: dict[UUID, list[date]] = {}
    for one in found.gained:
        made_up.setdefault(one.activity_id, []).append(one.on)
    hits = []
    for hit in found.hits:
        activity = content.activities[hit.occurrence.activity_id]
        instead = made_up.get(activity.id, []) if hit.kind is HitKind.LEFT_OUT else []
        slots = _slots(content, activity, hit.occurrence, others, today)
        each = DateHit(
            activity,
            content.partnerships[activity.partnership_id].title,
            hit,
            tuple(slots),
            instead.pop(0) if instead else None,
        )
        if slots and each.made_up_on is None:
            others.add(slots[0].occurrence)
        hits.append(each)
    return hits


class _Others:
    """The dates that stay, and those proposed so far, by whom and what they need."""

    def __init__(self, content: Content) -> None:
        self._facts = content.facts
        self._by_need: dict[UUID | str, list[Occurrence]] = {}
        self._of_partnership: dict[UUID, list[Occurrence]] = {}

    def add(self, one: Occurrence) -> None:
        """One more date that is taken."""
        facts = self._facts[one.activity_id]
        for need in self._needs(one):
            self._by_need.setdefault(need, []).append(one)
        self._of_partnership.setdefault(facts.partnership_id, []).append(one)

    def of_partnership(self, activity: Activity) -> list[Occurrence]:
        """The dates of the same partnership."""
        return self._of_partnership.get(activity.partnership_id, [])

    def rivals(self, one: Occurrence) -> list[Occurrence]:
        """The dates that need one of the same people or the same place."""
        found: dict[tuple[UUID, date], Occurrence] = {}
        for need in self._needs(one):
            for other in self._by_need.get(need, []):
                found[other.activity_id, other.original_on] = other
        return list(found.values())

    def _needs(self, one: Occurrence) -> list[UUID | str]:
        place = place_key(one.place)
        return [*self._facts[one.activity_id].people, *([place] if place else [])]


def _slots(content: Content, activity: Activity, one: Occurrence, others: _Others, today: date) -> list[FreeSlot]:
    """Free dates: same weekday and time, then the same week, then other days of the weeks around.

    Two dates of one partnership never overlap, also when neither names people or a place.
    """
    facts = content.facts
    years = {key: content.years[key] for key in facts[activity.id].schools if key in content.years}
    own, rivals = others.of_partnership(activity), others.rivals(one)

    def free(slot: FreeSlot) -> bool:
        there = slot.occurrence
        return not any(
            other.begins < there.finishes and there.begins < other.finishes and not other.cancelled for other in own
        )

    def ask(wanted: Occurrence, limit: int) -> list[FreeSlot]:
        return free_slots.free_slots(activity, wanted, facts, years, rivals, today=today, limit=limit)

    found = [slot for slot in ask(one, 4 * SLOTS) if free(slot)]
    for week in range(1, WEEKS_NEARBY + 1):
        for direction in (1, -1):
            if len(found) >= SLOTS:
                return found[:SLOTS]
            on = one.on + timedelta(weeks=week * direction)
            there = at_time(activity, one, on, one.starts_at.time() if one.starts_at is not None else None)
            found += [
                replace(slot, days=(slot.on - one.on).days)
                for slot in ask(there, 4 * SLOTS)
                if slot.kind is SlotKind.SAME_WEEK and free(slot)
            ][: SLOTS - len(found)]
    return found[:SLOTS]


def at_time(activity: Activity, one: Occurrence, on: date, at: time | None) -> Occurrence:
    """The same date of an activity on another day and at another time."""
    return build_occurrence(activity, one.original_on, on, at, one.minutes, place=one.place, status=activity.status)
