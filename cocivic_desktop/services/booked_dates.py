"""Dates of several partnerships together: a person or a place may be booked by another one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cocivic_desktop.domain.activities import ActivityStatus
from cocivic_desktop.domain.errors import NotFound
from cocivic_desktop.domain.rules.conflicts import ActivityFacts, Conflict, conflicts
from cocivic_desktop.domain.rules.recurrence import Occurrence
from cocivic_desktop.domain.rules.teaching_weeks import YearView
from cocivic_desktop.services import calendar

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

FIRST_DAY: Final = date(1900, 1, 1)
LAST_DAY: Final = date(2200, 12, 31)
"""The days that any date of the workspace lies between (`domain.validation`)."""

_BOOKED_TOO: Final = """
SELECT DISTINCT a.partnership_id FROM activity a JOIN partnership other ON other.id = a.partnership_id
WHERE a.partnership_id <> :partnership AND NOT a.archived AND NOT other.archived AND (
    a.id IN (SELECT activity_id FROM participation WHERE person_id IN (
        SELECT p.person_id FROM participation p JOIN activity own ON own.id = p.activity_id
        WHERE own.partnership_id = :partnership))
    OR (a.place <> '' AND fold(a.place) IN (
        SELECT DISTINCT fold(place) FROM activity WHERE partnership_id = :partnership AND place <> '')))
"""


def booked_too(unit: UnitOfWork, partnership_id: UUID) -> list[UUID]:
    """Partnerships that share a person or a place with this one, so that something could be booked twice."""
    return [UUID(row[0]) for row in unit.rows(_BOOKED_TOO, partnership=partnership_id)]


def contents(
    workspace: Workspace, ids: Iterable[UUID], check: Callable[[], None] = lambda: None
) -> Iterator[calendar.Content]:
    """The calendars of several partnerships, read one by one, for work off the GUI thread: others get their turn.

    Whichever is deleted meanwhile is left out.
    """
    for id in ids:
        check()
        workspace.stand_aside()
        with workspace.read() as unit:
            try:
                content = calendar.load(unit, [id])
            except NotFound:
                continue
        yield content


class BookedDates:
    """Occurrences and conflicts of several partnerships, computed once for all and sorted by partnership.

    Of the contents only facts and occurrences are kept: with 10,000 activities the rest is 60 MB.
    """

    def __init__(self, contents: Iterable[calendar.Content]) -> None:
        self.occurrences: dict[UUID, list[Occurrence]] = {}
        self.conflicts: dict[UUID, list[Conflict]] = {}
        facts: dict[UUID, ActivityFacts] = {}
        years: dict[UUID, YearView] = {}
        everything: list[Occurrence] = []
        for content in contents:
            facts.update(content.facts)
            years.update(content.years)
            everything += content.occurrences(FIRST_DAY, LAST_DAY)[0]
        everything.sort(key=lambda one: one.begins)
        for one in everything:
            self.occurrences.setdefault(facts[one.activity_id].partnership_id, []).append(one)
        standing = [one for one in everything if not one.cancelled and one.status is not ActivityStatus.DONE]
        for each in conflicts(standing, facts, years):
            self.conflicts.setdefault(facts[each.activity_id].partnership_id, []).append(each)
