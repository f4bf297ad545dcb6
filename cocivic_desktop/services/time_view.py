"""What budgets and promises ask of a partnership: its hours, its commitments, its dates and its school's year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from cocivic_desktop.domain.agreements import Agreement, Commitment
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.partnerships import Partnership, PartnershipMember
from cocivic_desktop.domain.rules.counting_agreement import counting_agreement
from cocivic_desktop.domain.rules.teaching_weeks import teaching_weeks
from cocivic_desktop.domain.school_years import CalendarPeriod, LessonTime, SchoolYear, Term
from cocivic_desktop.services import calendar
from cocivic_desktop.services.booked_dates import FIRST_DAY, LAST_DAY
from cocivic_desktop.services.hour_totals import hour_totals

if TYPE_CHECKING:
    from cocivic_desktop.services.calendar import Content
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace


def time_view(workspace: Workspace, partnership_id: UUID, content: Content | None = None) -> PartnershipView:
    """A view for `rules.hours`, `rules.hour_budget` and `rules.over_commitment` alone; all else in it is empty.

    `content` is the calendar where it has been read already. Raises `NotFound`.
    """
    with workspace.read() as unit:
        partnership = unit.get(Partnership, partnership_id)
        if content is None:
            content = calendar.load(unit, [partnership_id])
        ours = unit.first(Organisation, is_ours=True)
        members = unit.find(PartnershipMember, partnership_id=partnership_id)
        view = PartnershipView(
            partnership=partnership,
            our_organisation=ours,
            members=members,
            agreement=counting_agreement(unit.find(Agreement, partnership_id=partnership_id)),
            hour_totals=hour_totals(unit, partnership_id, ours.id if ours else None),
        )
        if view.agreement is not None:
            view.commitments = unit.find(Commitment, agreement_id=view.agreement.id)
        add_dates(unit, view, content)
        named = {one.person_id for one in members} | {one.person_id for one in view.participations}
        view.people = unit.find(Person, id=list(named))
    occurrences = (content.of_activity(one, FIRST_DAY, LAST_DAY)[0] for one in view.activities)
    view.occurrences = sorted((one for some in occurrences for one in some), key=lambda one: one.begins)
    return view


def add_dates(unit: UnitOfWork, view: PartnershipView, content: Content) -> None:
    """The school's years, and the activities of `content` with who takes part."""
    view.school_years = unit.find(SchoolYear, order="starts_on", school_id=view.partnership.school_id)
    of_these: dict[str, Any] = {"school_year_id": [year.id for year in view.school_years]}
    if view.school_years:
        view.terms = unit.find(Term, order="starts_on", **of_these)
        view.periods = unit.find(CalendarPeriod, order="starts_on", **of_these)
        view.lesson_times = unit.find(LessonTime, **of_these)
    year = content.years.get(view.partnership.school_id)
    if year is not None:
        view.teaching_weeks = len(teaching_weeks(year, view.starts_on, view.ends_on))
    view.activities = list(content.activities.values())
    view.overrides = [change for one in view.activities for change in content.overrides.get(one.id, ())]
    view.participations = [part for one in view.activities for part in content.participations.get(one.id, ())]
