"""The sample workspace: an invented organisation with partnerships in two countries, to try everything without fear.

`resources/sample/sample.json` is a portable file whose day is that of its `exported_at`. Its dates move by whole
weeks to today, so that weekdays stay; the school years are made for today, so that terms and holidays lie in the
right months. What would then fall on a closed day moves to the nearest open one, except what is meant to clash.
One entry of hours is meant to be questioned: `ODD_HOURS`.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from cocivic_desktop import paths
from cocivic_desktop.domain.activities import Activity, ActivityKind, OccurrenceOverride
from cocivic_desktop.domain.agreements import Clause, ClauseState
from cocivic_desktop.domain.base import Entity
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.goals import Challenge
from cocivic_desktop.domain.hours import HourEntry, HourRate
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.partnerships import Meeting, Partnership
from cocivic_desktop.domain.rules.teaching_weeks import YearView, join_years, year_view
from cocivic_desktop.domain.school_years import CalendarPeriod, PeriodKind
from cocivic_desktop.library.files import read_toml
from cocivic_desktop.services import agreements
from cocivic_desktop.services.portable import OnConflict, import_records, read_records
from cocivic_desktop.services.portable_format import fields_of
from cocivic_desktop.services.portable_scope import Records
from cocivic_desktop.services.sample_negotiation import negotiate
from cocivic_desktop.services.sample_year import SampleYear, school_years

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace


def sample_id(kind: str, key: str) -> UUID:
    """The id of a record of the sample that others refer to by a key."""
    return uuid5(NAMESPACE_URL, f"co-civic sample {kind} {key}")


SCHOOLS_WITH_YEARS: Final = {
    "Berufliche Schule Sundermole": "DE",
    "Berufsbildungszentrum Mühlenteich": "DE",
    "CIFP Puerto de Calima": "ES",
}
"""Schools whose years are made, with the pattern of their year."""
PLANNED_BEFORE: Final = timedelta(weeks=4)
"""How long ago the sample was planned, so that no notice of an agreement is too short."""
IN_HOLIDAY: Final = sample_id("Activity", "holiday")
IN_ASSESSMENT: Final = sample_id("Activity", "exam")
DOUBLE_BOOKED: Final = (sample_id("Activity", "clash"), sample_id("Activity", "clash2"))
TWICE_IN_TWO_COUNTRIES: Final = sample_id("Activity", "es-joint")
"""Someone is wanted here at the time of `DOUBLE_BOOKED`, in another country and another zone."""
ODD_HOURS: Final = sample_id("HourEntry", "odd")
"""Jonas noted that he cleared up at a quarter past eleven, and that the session went on until half past."""
MAIN_PARTNERSHIP: Final = sample_id("Partnership", "p1")
PARTNERSHIP_ABROAD: Final = sample_id("Partnership", "es")
AGREEMENTS: Final = {"main": sample_id("Agreement", "ag1"), "research": sample_id("Agreement", "ag3")}


def create_sample(workspace: Workspace, today: date) -> Changes:
    """Write the sample into a workspace, as one undoable step, with dates around `today`.

    Raises BadInput when the workspace holds records of the sample, or an organisation of its own, already.
    """
    with workspace.write("create_sample"):
        write_records(workspace, today)
        negotiate(workspace, AGREEMENTS["main"], today)
    return workspace.last_changes


def write_records(workspace: Workspace, today: date) -> None:
    """The sample without the documents of its negotiation, which take most of the time. Raises as `create_sample`."""
    records, years = sample_records(today)
    with workspace.write("create_sample") as unit:
        report = import_records(workspace, records, on_conflict=OnConflict.REFUSE)
        if not report.applied or report.same or report.changed:
            raise BadInput("This workspace is not empty. Please write the sample into a new workspace.")
        for school, country in _schools(records).items():
            for year in years[country]:
                for entity in year.entities(school):
                    unit.add(entity)
        for name, states in read_toml("sample", "clauses.toml")["agreements"].items():
            agreements.propose(unit, AGREEMENTS[name])
            _set_states(unit, AGREEMENTS[name], states)
        for number in sorted({entry.worked_on.year for entry in unit.find(HourEntry)}):
            unit.add(_rate(unit, number))
        unit.flush()
        unit.leave()  # what is watched for edits costs time at every save


def _rate(unit: UnitOfWork, year: int) -> HourRate:
    """What an invented funder takes an hour of volunteers to be worth."""
    ours = unit.first(Organisation, is_ours=True)
    if ours is None:
        raise ValueError("the sample has no organisation of its own")
    id, source = sample_id("HourRate", str(year)), f"Funding guidelines of the Fjordland Foundation, {year} (invented)"
    return HourRate(id=id, organisation_id=ours.id, amount_cents=1500, year=year, source=source)


def sample_records(today: date) -> tuple[Records, dict[str, list[SampleYear]]]:
    """The sample's records moved to `today`, and the school years that go with them, by country."""
    data = json.loads((paths.resources() / "sample" / "sample.json").read_text(encoding="utf-8"))
    base = datetime.fromisoformat(data["exported_at"]).date()
    days = (today - base).days // 7 * 7  # rounded down, so that what has happened stays in the past
    records = read_records(data)
    for by_id in records.values():
        for entity in by_id.values():
            _shift(entity, days)
    years = {country: school_years(today, country) for country in sorted(set(SCHOOLS_WITH_YEARS.values()))}
    _settle(records, years, today)
    return records, years


def _shift(entity: Entity, days: int) -> None:
    """Move every day of a record. Moments of creation move too, so that nothing is from the future."""
    by = timedelta(days=days)
    for name in fields_of(type(entity)):
        value: Any = getattr(entity, name)
        if isinstance(value, date):  # and datetime, which is one
            setattr(entity, name, value + by)
    if isinstance(entity, Activity) and entity.recurrence and entity.recurrence.until:
        entity.recurrence = dataclasses.replace(entity.recurrence, until=entity.recurrence.until + by)
    if isinstance(entity, Challenge):
        entity.phase_dates = {
            phase: (date.fromisoformat(day) + by).isoformat() for phase, day in entity.phase_dates.items()
        }


def _calendar(years: Iterable[SampleYear]) -> YearView:
    views = [year_view(year.year, year.terms, year.periods, year.lessons) for year in years]
    joined = join_years(views)
    if joined is None:
        raise ValueError("the sample has no school year")
    return joined


class _OpenDays:
    """On which days the school of a partnership is open; one without years keeps those of the first pattern."""

    def __init__(self, records: Records, years: dict[str, list[SampleYear]]) -> None:
        self._views = {country: _calendar(some) for country, some in years.items()}
        countries = _schools(records)
        self._country = {
            one.id: countries.get(one.school_id, "DE")
            for one in records[Partnership].values()
            if isinstance(one, Partnership)
        }

    def view(self, partnership_id: UUID) -> YearView:
        return self._views[self._country[partnership_id]]

    def is_open(self, partnership_id: UUID, day: date) -> bool:
        view = self.view(partnership_id)
        return view.term_on(day) is not None and view.closure_on(day) is None


def _settle(records: Records, years: dict[str, list[SampleYear]], today: date) -> None:
    """Move what lies on closed days to open ones, and put the sessions that are to clash where they clash."""
    days = _OpenDays(records, years)
    activities = {one.id: one for one in records[Activity].values() if isinstance(one, Activity)}
    for activity in activities.values():
        _settle_activity(activity, days, today)
    activities[TWICE_IN_TWO_COUNTRIES].starts_on = activities[DOUBLE_BOOKED[0]].starts_on
    _settle_hours(records, days)
    for meeting in records[Meeting].values():
        if isinstance(meeting, Meeting) and meeting.held_on and meeting.activity_id in activities:
            meeting.held_on = activities[meeting.activity_id].starts_on
    kept: dict[UUID, Entity] = {}
    for id, one in records[OccurrenceOverride].items():
        if isinstance(one, OccurrenceOverride):
            open_on = partial(days.is_open, activities[one.activity_id].partnership_id)
            if open_on(one.original_on) and (one.starts_on is None or open_on(one.starts_on)):
                kept[id] = one
    records[OccurrenceOverride] = kept


def _settle_hours(records: Records, days: _OpenDays) -> None:
    """Hours of a closed day go to the nearest open one before it; where that day has its own, nobody worked then.

    The day of the odd entry is never lost: the hours that it finds give way.
    """
    by_day: dict[tuple[UUID, date], list[HourEntry]] = {}
    odd_day: tuple[UUID, date] | None = None
    for entry in records[HourEntry].values():
        if isinstance(entry, HourEntry):
            by_day.setdefault((entry.partnership_id, entry.worked_on), []).append(entry)
            odd_day = (entry.partnership_id, entry.worked_on) if entry.id == ODD_HOURS else odd_day
    begins = {
        one.id: one.starts_on or date.min for one in records[Partnership].values() if isinstance(one, Partnership)
    }
    closed = [(id, day) for id, day in by_day if not days.is_open(id, day)]
    for id, day in sorted(closed, key=lambda one: (one == odd_day, one[1])):
        open_day = _nearest_open(day, -7, partial(days.is_open, id))
        entries = by_day.pop((id, day))
        if (id, day) == odd_day or ((id, open_day) not in by_day and open_day >= begins[id]):
            entries, by_day[id, open_day] = by_day.get((id, open_day), []), entries
            for entry in by_day[id, open_day]:
                entry.worked_on = open_day
        for entry in entries:
            del records[HourEntry][entry.id]


def _settle_activity(activity: Activity, days: _OpenDays, today: date) -> None:
    view, is_open = days.view(activity.partnership_id), partial(days.is_open, activity.partnership_id)

    def is_closed_in_term(day: date) -> bool:
        return view.term_on(day) is not None and view.closure_on(day) is not None

    if activity.id == IN_HOLIDAY:
        activity.starts_on = _inside(view.periods, PeriodKind.HOLIDAY, today, activity, is_closed_in_term)
    elif activity.id == IN_ASSESSMENT:
        activity.starts_on = _inside(view.periods, PeriodKind.ASSESSMENT, today, activity, is_open)
    elif activity.kind is not ActivityKind.DEADLINE:
        ahead = activity.recurrence is not None or activity.starts_on >= today
        activity.starts_on = _nearest_open(activity.starts_on, 7 if ahead else -7, is_open)
    activity.planned_on = min(today, activity.starts_on) - PLANNED_BEFORE
    recurrence = activity.recurrence
    if recurrence and recurrence.until and recurrence.until < activity.starts_on:
        activity.recurrence = dataclasses.replace(recurrence, until=activity.starts_on + timedelta(weeks=8))


def _nearest_open(day: date, step: int, is_open: Callable[[date], bool]) -> date:
    """The first open day from `day` on, going by `step` days; the day itself when there is none within a year."""
    for weeks in range(53):
        candidate = day + timedelta(days=step * weeks)
        if is_open(candidate):
            return candidate
    return day


def _inside(
    periods: Iterable[CalendarPeriod], kind: PeriodKind, today: date, activity: Activity, fits: Callable[[date], bool]
) -> date:
    """The first day that fits in a period of a kind at least ten days ahead, on the activity's weekday if there is."""
    weekday = activity.starts_on.weekday()
    ahead = (p for p in periods if p.kind is kind and p.starts_on >= today + timedelta(days=10))
    for period in sorted(ahead, key=lambda one: one.starts_on):
        days = [period.starts_on + timedelta(days=n) for n in range((period.ends_on - period.starts_on).days + 1)]
        fitting = [day for day in days if day.weekday() < 5 and fits(day)]
        if fitting:
            return next((day for day in fitting if day.weekday() == weekday), fitting[0])
    return today


def _schools(records: Records) -> dict[UUID, str]:
    """The schools that have years, with the country of their pattern."""
    by_name = {getattr(entity, "name", ""): id for id, entity in records[Organisation].items()}
    return {by_name[name]: country for name, country in SCHOOLS_WITH_YEARS.items()}


def _set_states(unit: UnitOfWork, agreement_id: UUID, states: dict[str, Any]) -> None:
    state_of = {code: state for state in ClauseState for code in states.get(state.value, ()) if isinstance(code, str)}
    for clause in unit.find(Clause, agreement_id=agreement_id):
        clause.state = state_of.get(clause.code, ClauseState(states["otherwise"]))
        clause.waive_reason = states.get("reasons", {}).get(clause.code, "")
        clause.remark = states.get("remarks", {}).get(clause.code, "")
