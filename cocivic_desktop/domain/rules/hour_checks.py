"""What is odd about entries of hours: one set of rules for every way in, one by one or 20,000 at once.

The rules are those of domain.md, "Hour rules". A day of a person over 24 hours is refused; the rest is questioned,
and stored when the person says so. Entries are looked at in order: of two that do not go together, the later one is
questioned.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import Final, NamedTuple
from uuid import UUID

from cocivic_desktop.domain.hours import HourCategory, HourEntry, HourState
from cocivic_desktop.domain.rules.intervals import DayIndex

DAY_LIMIT_MINUTES: Final = 24 * 60
"""A person's day over this is refused."""
DAY_QUESTION_MINUTES: Final = 12 * 60
"""A person's day over this is questioned."""
AT_SCHOOL: Final = frozenset({HourCategory.DELIVERY, HourCategory.MENTORING})
"""What needs an open school. Preparation, administration and travel may well fall on a closure."""
Span = tuple[date | None, date | None]
"""First and last day, both inclusive; None is open."""


class StoredHours(NamedTuple):
    """What the rules look at of an entry that is stored; lighter than the entry itself."""

    id: UUID
    partnership_id: UUID
    person_id: UUID | None
    head_count: int | None
    role: str
    worked_on: date
    start_time: time | None
    minutes: int
    category: HourCategory
    activity_id: UUID | None
    state: HourState


Noted = HourEntry | StoredHours


class HourCheck(StrEnum):
    """What is odd about an entry."""

    DAY_OVER_24_HOURS = "day_over_24_hours"
    DAY_OVER_12_HOURS = "day_over_12_hours"
    OVERLAP = "overlap"
    SAME_AGAIN = "same_again"
    FUTURE = "future"
    OUTSIDE_AGREEMENT = "outside_agreement"
    NOT_YET_ACTIVE = "not_yet_active"
    NO_LONGER_ACTIVE = "no_longer_active"
    CLOSURE = "closure"


REFUSED: Final = frozenset({HourCheck.DAY_OVER_24_HOURS})
"""What is never stored."""


@dataclass(frozen=True)
class HourQuestion:
    """Something to ask about an entry before it is stored."""

    code: HourCheck
    parameters: dict[str, int | date | time | str] = field(default_factory=dict)

    @property
    def refused(self) -> bool:
        """Whether the entry cannot be stored at all."""
        return self.code in REFUSED


@dataclass(frozen=True)
class HourFacts:
    """What the rules know besides the entries.

    `agreed` and `closures` are by partnership: the days agreed on, and the names of its school's closures by day;
    `active` is by person.
    """

    today: date
    agreed: Mapping[UUID, Span] = field(default_factory=dict)
    closures: Mapping[UUID, DayIndex[str]] = field(default_factory=dict)
    active: Mapping[UUID, Span] = field(default_factory=dict)


def check_entry(entry: Noted, others: Iterable[Noted], facts: HourFacts) -> list[HourQuestion]:
    """What is odd about an entry, given others that are stored.

    `others` should hold the same person's entries from the day before to the day after, over all partnerships, and
    head counts of that day and partnership; more do no harm, and the entry itself is left out by its id.
    """
    return check_entries([entry], others, facts).get(entry.id, [])


def check_entries(
    entries: Sequence[Noted], stored: Iterable[Noted], facts: HourFacts
) -> dict[UUID, list[HourQuestion]]:
    """What is odd about many entries, by id; those in order have no key. See `check_entry` for `stored`.

    An entry is compared with what is stored and with the entries before it, so that of two equal rows of a file the
    second is questioned. The time taken grows with the number of entries, not with its square.
    """
    own = {entry.id for entry in entries}
    known: dict[tuple[object, int], _Day] = {}
    for other in stored:
        if other.id not in own:
            known.setdefault(_key(other), _Day()).add(other)
    found: dict[UUID, list[HourQuestion]] = {}
    for entry in entries:
        questions = [*_beside(entry, known), *_on_its_day(entry, facts)]
        if questions:
            found[entry.id] = questions
        if not any(question.refused for question in questions):
            known.setdefault(_key(entry), _Day()).add(entry)
    return found


class _Day:
    """What is known of a person's day, or of the head counts of a partnership's day."""

    def __init__(self) -> None:
        self.minutes = 0
        self.signatures: set[tuple[object, ...]] = set()
        self.started: list[Noted] = []

    def add(self, entry: Noted) -> None:
        self.minutes += entry.minutes
        self.signatures.add(_signature(entry))
        if entry.start_time is not None and entry.person_id is not None:
            self.started.append(entry)


def _key(entry: Noted) -> tuple[object, int]:
    """Whose day it is: a person's, or that of a partnership's head counts."""
    return entry.person_id or ("heads", entry.partnership_id), entry.worked_on.toordinal()


def _signature(entry: Noted) -> tuple[object, ...]:
    """All that tells entries of one day apart."""
    role = entry.role if entry.person_id is None else ""
    return (
        entry.partnership_id,
        entry.minutes,
        entry.category,
        entry.activity_id,
        entry.start_time,
        entry.head_count,
        role,
    )


def _beside(entry: Noted, known: Mapping[tuple[object, int], _Day]) -> Iterable[HourQuestion]:
    """Questions that come from other entries."""
    who, day = _key(entry)
    same_day = known.get((who, day))
    if entry.person_id is not None:
        total = entry.minutes + (same_day.minutes if same_day else 0)
        if total > DAY_LIMIT_MINUTES:
            yield HourQuestion(HourCheck.DAY_OVER_24_HOURS, {"day_minutes": total})
        elif total > DAY_QUESTION_MINUTES:
            yield HourQuestion(HourCheck.DAY_OVER_12_HOURS, {"day_minutes": total})
        if entry.start_time is not None:
            near = [found for number in (day, day - 1, day + 1) if (found := known.get((who, number)))]
            over = next((other for one in near for other in one.started if overlaps(entry, other)), None)
            if over is not None:
                at = over.start_time or time(0)
                yield HourQuestion(HourCheck.OVERLAP, {"start_time": at, "entry_minutes": over.minutes})
                return
    if same_day is not None and _signature(entry) in same_day.signatures:
        yield HourQuestion(HourCheck.SAME_AGAIN, {"entry_minutes": entry.minutes})


def _on_its_day(entry: Noted, facts: HourFacts) -> Iterable[HourQuestion]:
    """Questions that come from the day alone."""
    day = entry.worked_on
    if day > facts.today:
        yield HourQuestion(HourCheck.FUTURE, {"worked_on": day})
    first, last = facts.agreed.get(entry.partnership_id, (None, None))
    if (first is not None and day < first) or (last is not None and day > last):
        yield HourQuestion(HourCheck.OUTSIDE_AGREEMENT, {"worked_on": day})
    since, until = facts.active.get(entry.person_id, (None, None)) if entry.person_id else (None, None)
    if since is not None and day < since:
        yield HourQuestion(HourCheck.NOT_YET_ACTIVE, {"worked_on": day, "active_from": since})
    if until is not None and day > until:
        yield HourQuestion(HourCheck.NO_LONGER_ACTIVE, {"worked_on": day, "active_until": until})
    closed = facts.closures.get(entry.partnership_id) if entry.category in AT_SCHOOL else None
    names = closed.at(day) if closed is not None else ()
    if names:
        yield HourQuestion(HourCheck.CLOSURE, {"worked_on": day, "name": names[0]})


def overlaps(one: Noted, other: Noted) -> bool:
    """Whether two entries cover the same minutes, also past midnight. Entries without a start never do."""
    if one.start_time is None or other.start_time is None:
        return False
    first, second = _begin(one.worked_on, one.start_time), _begin(other.worked_on, other.start_time)
    return first < second + other.minutes and second < first + one.minutes


def _begin(day: date, at: time) -> int:
    return day.toordinal() * DAY_LIMIT_MINUTES + at.hour * 60 + at.minute
