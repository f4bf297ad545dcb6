"""The calendar over all partnerships: occurrences, conflicts, free slots."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.activities import Activity, ActivityStatus, OccurrenceOverride, Participation
from cocivic_desktop.domain.agreements import Agreement, AgreementState
from cocivic_desktop.domain.errors import NotFound
from cocivic_desktop.domain.partnerships import Partnership, PartnershipOrganisation
from cocivic_desktop.domain.rules import conflicts as conflict_rules
from cocivic_desktop.domain.rules import free_slots as slot_rules
from cocivic_desktop.domain.rules import recurrence
from cocivic_desktop.domain.rules.conflicts import ActivityFacts, Conflict
from cocivic_desktop.domain.rules.counting_agreement import counting_agreement
from cocivic_desktop.domain.rules.free_slots import WEEKS_AROUND, FreeSlot
from cocivic_desktop.domain.rules.recurrence import Occurrence, Skip
from cocivic_desktop.domain.rules.teaching_weeks import YearView
from cocivic_desktop.services.calendar_export import export_ics
from cocivic_desktop.services.school_years import views_of_schools

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

__all__ = ["CalendarRange", "Content", "conflicts", "export_ics", "free_slots", "load", "occurrences"]

AHEAD = timedelta(days=3 * 366)
"""How far ahead conflicts are looked for."""


@dataclass(frozen=True)
class CalendarRange:
    """Occurrences and skipped dates of some days, with the activities they belong to (by id)."""

    first: date
    last: date
    occurrences: list[Occurrence]
    skips: list[Skip]
    activities: dict[UUID, Activity]


def occurrences(workspace: Workspace, partnership_id: UUID | None, first: date, last: date) -> CalendarRange:
    """What takes place from `first` to `last`, and what series leave out there and why; None means all partnerships.

    Cancelled occurrences are among them and marked. Raises `NotFound`.
    """
    with workspace.read() as unit:
        content = load(unit, None if partnership_id is None else [partnership_id])
    found, skips = content.occurrences(first, last)
    found.sort(key=lambda one: (one.begins, content.activities[one.activity_id].title))
    skips.sort(key=lambda skip: (skip.on, content.activities[skip.activity_id].title))
    return CalendarRange(first, last, found, skips, content.activities)


def conflicts(workspace: Workspace, partnership_id: UUID | None, today: date) -> list[Conflict]:
    """The conflicts from `today` on, by date; people and places are compared over all partnerships.

    What is done or cancelled has none. Raises `NotFound`.
    """
    from cocivic_desktop.services import promised_time  # it reads whole partnerships, which read their calendars

    with workspace.read() as unit:
        if partnership_id is not None:
            unit.get(Partnership, partnership_id)
        content = load(unit)
    found = content.conflicts(today, partnership_id)
    over = promised_time.over_commitment(workspace, partnership_id, today, content)
    return sorted(found + over, key=lambda each: each.original_on) if over else found


def free_slots(
    workspace: Workspace, activity_id: UUID, original_on: date, *, today: date, limit: int = 5
) -> list[FreeSlot]:
    """The nearest free slots for one date of an activity, best first. Raises `NotFound` when it has no such date."""
    with workspace.read() as unit:
        content = load(unit)
    activity = content.activities.get(activity_id)
    if activity is None:
        raise NotFound("This activity is no longer in the workspace.")
    own = content.of_activity(activity, date.min, date.max)[0]
    one = next((found for found in own if found.original_on == original_on), None)
    if one is None:
        raise NotFound(f"“{activity.title}” does not take place on {original_on:%d.%m.%Y}.")
    around = timedelta(weeks=WEEKS_AROUND + 1)
    others = content.occurrences(one.on - around, one.on + around)[0]
    years = {key: content.years[key] for key in content.facts[activity_id].schools if key in content.years}
    return slot_rules.free_slots(activity, one, content.facts, years, others, today=today, limit=limit)


@dataclass
class Content:
    """All that the calendar rules need, loaded once."""

    partnerships: dict[UUID, Partnership]
    activities: dict[UUID, Activity]
    overrides: dict[UUID, list[OccurrenceOverride]]
    years: dict[UUID, YearView]
    facts: dict[UUID, ActivityFacts]
    participations: dict[UUID, list[Participation]] = field(default_factory=dict)

    def by_partnership(self) -> dict[UUID, Content]:
        """The same for each partnership alone."""
        activities: dict[UUID, dict[UUID, Activity]] = {id: {} for id in self.partnerships}
        for one in self.activities.values():
            activities[one.partnership_id][one.id] = one
        return {
            id: replace(self, partnerships={id: self.partnerships[id]}, activities=own)
            for id, own in activities.items()
        }

    def of_activity(self, activity: Activity, first: date, last: date) -> tuple[list[Occurrence], list[Skip]]:
        """The occurrences and skips of one activity, in the terms of the partnership's school."""
        year = self.years.get(self.partnerships[activity.partnership_id].school_id)
        return recurrence.occurrences(activity, self.overrides.get(activity.id, ()), year, first, last)

    def occurrences(self, first: date, last: date) -> tuple[list[Occurrence], list[Skip]]:
        """The occurrences and skips of all activities that are not archived."""
        found: list[Occurrence] = []
        skips: list[Skip] = []
        for activity in self.activities.values():
            if not activity.archived:
                some, left_out = self.of_activity(activity, first, last)
                found += some
                skips += left_out
        return found, skips

    def conflicts(self, today: date, partnership_id: UUID | None = None) -> list[Conflict]:
        """Conflicts of what is still to come, by date."""
        coming = [
            one
            for one in self.occurrences(today, today + AHEAD)[0]
            if not one.cancelled and one.status is not ActivityStatus.DONE
        ]
        coming.sort(key=lambda one: one.begins)
        found = conflict_rules.conflicts(coming, self.facts, self.years)
        if partnership_id is None:
            return found
        return [each for each in found if self.facts[each.activity_id].partnership_id == partnership_id]


def load(
    unit: UnitOfWork,
    partnership_ids: Iterable[UUID] | None = None,
    *,
    with_archived_activities: bool = False,
    activity_ids: Iterable[UUID] | None = None,
) -> Content:
    """What the calendar rules need of some partnerships, or of all that are not archived; of some activities only.

    Raises `NotFound`.
    """
    if partnership_ids is None:
        partnerships = unit.find(Partnership)
    else:
        partnerships = [unit.get(Partnership, id) for id in partnership_ids]
    ids = [partnership.id for partnership in partnerships]
    only = {} if activity_ids is None else {"id": list(activity_ids)}
    activities = unit.find(
        Activity, archived=None if with_archived_activities else False, partnership_id=ids, order="starts_on", **only
    )
    everything = partnership_ids is None and activity_ids is None
    of_these: dict[str, list[UUID]] = {} if everything else {"activity_id": [activity.id for activity in activities]}
    overrides: dict[UUID, list[OccurrenceOverride]] = {}
    for override in unit.find(OccurrenceOverride, archived=False, order="original_on", **of_these):
        overrides.setdefault(override.activity_id, []).append(override)
    participations: dict[UUID, list[Participation]] = {}
    for participation in unit.find(Participation, archived=False, order="", **of_these):
        participations.setdefault(participation.activity_id, []).append(participation)
    further: dict[UUID, list[UUID]] = {}
    for link in unit.find(PartnershipOrganisation, partnership_id=ids):
        further.setdefault(link.partnership_id, []).append(link.organisation_id)
    schools = {each.id: tuple(dict.fromkeys([each.school_id, *further.get(each.id, [])])) for each in partnerships}
    made: dict[UUID, list[Agreement]] = {}
    for one in unit.find(Agreement, partnership_id=ids):
        made.setdefault(one.partnership_id, []).append(one)
    agreements = {id: counting_agreement(found) for id, found in made.items()}
    content = Content(
        {partnership.id: partnership for partnership in partnerships},
        {activity.id: activity for activity in activities},
        overrides,
        views_of_schools(unit, {school for found in schools.values() for school in found}),
        {},
        participations,
    )
    for activity in activities:
        partnership = content.partnerships[activity.partnership_id]
        agreement = agreements.get(partnership.id)
        agreed = agreement is not None and agreement.state in _BINDING
        notice_days = agreement.notice_days if agreement is not None and agreed else None
        content.facts[activity.id] = ActivityFacts(
            activity.id,
            partnership.id,
            activity.kind,
            tuple(dict.fromkeys(each.person_id for each in participations.get(activity.id, ()))),
            schools[partnership.id],
            (agreement.starts_on if agreement else None) or partnership.starts_on,
            (agreement.ends_on if agreement else None) or partnership.ends_on,
            notice_days,
            activity.planned_on or recurrence.day_at(activity.created_at, activity.zone) if notice_days else None,
            activity.conflict_note,
            {one.original_on: one.planned_on for one in overrides.get(activity.id, ()) if one.planned_on is not None}
            if notice_days
            else {},
        )
    return content


_BINDING = (AgreementState.SIGNED, AgreementState.AMENDED, AgreementState.AGREED)
