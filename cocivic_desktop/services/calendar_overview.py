"""What the calendar page shows beside a partnership's own dates: conflicts, and the dates of other partnerships.

Both need all partnerships, so they are read away from the GUI thread, one by one.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.services.booked_dates import contents
from cocivic_desktop.services.calendar import Content
from cocivic_desktop.services.promised_time import over_commitment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from cocivic_desktop.domain.rules.conflicts import Conflict
    from cocivic_desktop.domain.rules.recurrence import Occurrence
    from cocivic_desktop.store.workspace import Workspace


@dataclass(frozen=True)
class OtherDate:
    """A date of another partnership, with the titles of its activity and of the partnership."""

    occurrence: Occurrence
    title: str
    partnership: str


@dataclass(frozen=True)
class Overview:
    """Conflicts of a partnership from a day on, and what other partnerships do in some days.

    `names` gives titles of activities and names of people that the conflicts' parameters mention.
    """

    conflicts: list[Conflict]
    others: list[OtherDate]
    names: dict[UUID, str]


def overview(workspace: Workspace, partnership_id: UUID, first: date, last: date, today: date) -> Overview:
    """Conflicts of a partnership from `today` on, and dates of others from `first` to `last`, by date.

    Raises `NotFound` when the partnership is gone.
    """
    with workspace.read() as unit:
        ids = [partnership.id for partnership in unit.find(Partnership)]
        people = {person.id: person.name for person in unit.find(Person, archived=None)}
    content = Content({}, {}, {}, {}, {})
    for part in contents(workspace, ids):
        for field in fields(Content):
            getattr(content, field.name).update(getattr(part, field.name))
    found = content.conflicts(today, partnership_id) + over_commitment(workspace, partnership_id, today)
    others = [
        OtherDate(one, activity.title, content.partnerships[activity.partnership_id].title)
        for activity in content.activities.values()
        if activity.partnership_id != partnership_id
        for one in content.of_activity(activity, first, last)[0]
        if not one.cancelled
    ]
    others.sort(key=lambda other: other.occurrence.begins)
    titles = {activity.id: activity.title for activity in content.activities.values()}
    return Overview(found, others, _names(found, {**titles, **people}))


def _names(conflicts: Iterable[Conflict], known: dict[UUID, str]) -> dict[UUID, str]:
    mentioned = {value for each in conflicts for value in each.parameters.values() if isinstance(value, UUID)}
    return {one: known[one] for one in mentioned if one in known}
