"""The hours that a planned date stands for when it took place as planned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Final
from uuid import UUID

from cocivic_desktop.domain.activities import Activity, ActivityKind, Participation, ParticipationReply
from cocivic_desktop.domain.base import Side, fold
from cocivic_desktop.domain.hours import HourCategory
from cocivic_desktop.domain.organisations import Person, PersonKind
from cocivic_desktop.domain.partnership_view import side_of
from cocivic_desktop.domain.rules.recurrence import Occurrence

LEARNERS_ROLE: Final = "students"
WHOLE_DAY_MINUTES: Final = 8 * 60
"""A date without a time counts as a working day of this length, unless the activity says how long it takes."""


@dataclass(frozen=True, kw_only=True)
class PlannedLine:
    """One entry as it would be stored. `wanted` is whether it is ticked at first: somebody who declined is not."""

    person_id: UUID | None = None
    name: str = ""
    head_count: int | None = None
    role: str = ""
    minutes: int
    start_time: time | None = None
    category: HourCategory
    wanted: bool = True


def planned_lines(
    activity: Activity,
    one: Occurrence,
    participations: Iterable[Participation],
    people: Mapping[UUID, Person],
    heads: int | None = None,
    our_id: UUID | None = None,
) -> list[PlannedLine]:
    """Everybody who was planned, then preparation and follow-up, then the learners without names.

    Each person gives the length of the date. Preparation and follow-up go to the first person of the CSO, as
    in the plan (`rules.hours.time_to_come`). `heads` overrides the head count of the activity.
    """
    minutes = min(one.minutes, WHOLE_DAY_MINUTES) if one.starts_at is None else one.minutes
    start = one.starts_at.time() if one.starts_at is not None else None
    found: list[PlannedLine] = []
    first_of_ours: PlannedLine | None = None
    seen: set[UUID] = set()
    for part in participations:
        person = people.get(part.person_id)
        if person is None or person.id in seen:
            continue
        seen.add(person.id)
        line = PlannedLine(
            person_id=person.id,
            name=person.name,
            role=part.role,
            minutes=max(1, minutes),
            start_time=start,
            category=category_of(activity.kind, part.role, person.kind),
            wanted=part.reply is not ParticipationReply.DECLINED,
        )
        found.append(line)
        at_ours = our_id is not None and person.organisation_id == our_id
        if line.wanted and first_of_ours is None and side_of(person.kind, part.role, at_ours=at_ours) is Side.CSO:
            first_of_ours = line
    if first_of_ours is not None:
        around = (
            (activity.preparation_minutes, HourCategory.PREPARATION),
            (activity.follow_up_minutes, HourCategory.ADMINISTRATION),
        )
        for length, category in around:
            if length > 0:
                found.append(
                    PlannedLine(
                        person_id=first_of_ours.person_id,
                        name=first_of_ours.name,
                        role=first_of_ours.role,
                        minutes=length,
                        category=category,
                    )
                )
    count = activity.head_count if heads is None else heads
    if count:
        category = category_of(activity.kind, "", None)
        found.append(
            PlannedLine(
                head_count=count, role=LEARNERS_ROLE, minutes=max(1, minutes), start_time=start, category=category
            )
        )
    return found


def category_of(kind: ActivityKind, role: str, person: PersonKind | None) -> HourCategory:
    """What the time at an activity counts as: meetings are administration, mentors mentor, the rest is delivery."""
    if kind in (ActivityKind.MEETING, ActivityKind.DEADLINE):
        return HourCategory.ADMINISTRATION
    mentors = "mentor" in fold(role) or (not role.strip() and person is PersonKind.MENTOR)
    return HourCategory.MENTORING if mentors and kind is ActivityKind.SESSION else HourCategory.DELIVERY
