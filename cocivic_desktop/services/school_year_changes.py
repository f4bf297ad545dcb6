"""A new calendar of a school against what is stored: what it changes, which dates it hits, where they could go.

`compare` stores nothing. `apply` puts the periods in and moves or calls off what was decided, as one step of undo.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.activities import Activity
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.rules import calendar_changes
from cocivic_desktop.domain.rules.calendar_changes import Reading
from cocivic_desktop.domain.rules.conflicts import Conflict
from cocivic_desktop.domain.rules.conflicts import conflicts as find_conflicts
from cocivic_desktop.domain.rules.recurrence import Occurrence
from cocivic_desktop.domain.school_years import CalendarPeriod, PeriodSource, SchoolYear
from cocivic_desktop.services import activities, calendar, school_years
from cocivic_desktop.services.school_year_files import ImportPreview, PreviewPeriod
from cocivic_desktop.services.school_year_plan import PeriodPlan, Replaces
from cocivic_desktop.services.school_year_slots import DateHit, at_time, proposals

if TYPE_CHECKING:
    from cocivic_desktop.domain.changes import Changes
    from cocivic_desktop.services.calendar import Content
    from cocivic_desktop.store.workspace import Workspace


class PeriodChangeKind(StrEnum):
    ADDED = "added"
    MOVED = "moved"
    CHANGED = "changed"
    """Same days, another name or kind, or no longer an estimate."""
    GONE = "gone"


@dataclass(frozen=True)
class PeriodChange:
    """One period that the file changes. `before` is None for a new one, `after` for one that is gone."""

    kind: PeriodChangeKind
    before: CalendarPeriod | None
    after: PreviewPeriod | None

    @property
    def stored_id(self) -> UUID | None:
        """The stored period that it changes."""
        return self.before.id if self.before is not None else None

    @property
    def name(self) -> str:
        """What it is called now."""
        one = self.after or self.before
        return one.name if one is not None else ""


class Way(StrEnum):
    """What becomes of a date that is hit."""

    MOVE = "move"
    LEAVE = "leave"
    """It stays as it is: in spite of the calendar, or left out of its series."""
    CALL_OFF = "call_off"


@dataclass(frozen=True)
class Decision:
    """What somebody decided for one date. `on` and `at` are its new day and time of a MOVE."""

    way: Way
    on: date | None = None
    at: time | None = None


@dataclass(frozen=True)
class Comparison:
    """A file compared with a school year. Nothing of it is stored yet."""

    year: SchoolYear
    school: Organisation
    preview: ImportPreview
    replaces: Replaces
    spared: frozenset[UUID]
    """Stored periods that stay as they are in spite of the file."""
    plan: PeriodPlan
    changes: list[PeriodChange]
    """All that the file changes, what is spared among it."""
    hits: list[DateHit]
    gained: list[Occurrence]
    names: dict[UUID, str]
    """Titles of activities and names of people, for sentences about conflicts."""
    content: Content
    """The calendar as it would be."""

    def proposed(self) -> dict[tuple[UUID, date], Decision]:
        """The best new date of each hit; a date that its series makes up for by itself stays out."""
        found = {}
        for each in self.hits:
            move = each.slots and each.made_up_on is None
            slot = each.slots[0] if move else None
            found[each.key] = Decision(Way.MOVE, slot.on, slot.start_time) if slot else Decision(Way.LEAVE)
        return found


def compare(
    workspace: Workspace,
    school_year_id: UUID,
    preview: ImportPreview,
    *,
    today: date,
    replaces: Replaces | None = None,
    spared: frozenset[UUID] | None = None,
) -> Comparison:
    """What a file would change in a school year, which dates from `today` on it hits, and where they could go.

    Over all partnerships with the school. `replaces` None means `school_years.usual_replaces`, `spared` None
    what was typed in and the file lacks. Takes long with many hits: call it off the GUI thread. Raises `BadInput`,
    `NotFound`.
    """
    replaces = replaces or school_years.usual_replaces(workspace, school_year_id, preview)
    whole = school_years.compare(workspace, school_year_id, preview, replaces=replaces)
    spared = whole.usually_spared() if spared is None else spared
    plan = whole.sparing(spared)
    with workspace.read() as unit:
        year = unit.get(SchoolYear, school_year_id)
        school = unit.get(Organisation, year.school_id)
        content = calendar.load(unit)
        names = {one.id: one.title for one in content.activities.values()}
        names |= {one.id: one.name for one in unit.find(Person, archived=None)}
    after = _with_plan(content, year, plan, preview.source)
    concerned = [
        one
        for one in content.activities.values()
        if year.school_id in content.facts[one.id].schools and not one.archived
    ]
    found = calendar_changes.effects(_read(content, concerned, today), _read(after, concerned, today))
    hits = proposals(after, found, today)
    return Comparison(year, school, preview, replaces, spared, plan, _changes(whole), hits, found.gained, names, after)


def in_the_way(comparison: Comparison, hit: DateHit, on: date, at: time | None) -> list[Conflict]:
    """What would be in the way of a date that somebody chose instead, under the new calendar."""
    moved = at_time(hit.activity, hit.hit.occurrence, on, at)
    around = comparison.content.occurrences(on - timedelta(days=1), on + timedelta(days=1))[0]
    others = [one for one in around if (one.activity_id, one.original_on) != hit.key and not one.cancelled]
    everything = sorted([*others, moved], key=lambda one: one.begins)
    found = find_conflicts(everything, comparison.content.facts, comparison.content.years)
    return [each for each in found if (each.activity_id, each.original_on) == hit.key]


def apply(
    workspace: Workspace,
    comparison: Comparison,
    decisions: Mapping[tuple[UUID, date], Decision],
    *,
    today: date,
    reason: str = "",
) -> Changes:
    """Store the periods, and move or call off the dates as decided: all or nothing, one step of undo.

    `reason` is noted with each date. Raises `InvalidField`, `NotFound`, `BadInput`; then nothing has changed.
    """
    preview = comparison.preview
    label = f"{comparison.school.short_name or comparison.school.name}, {comparison.year.label}"
    with workspace.write("apply_school_calendar", label=label[:80]):
        school_years.import_periods(
            workspace, comparison.year.id, preview, today=today, replaces=comparison.replaces, spared=comparison.spared
        )
        for each in comparison.hits:
            decision = decisions.get(each.key, Decision(Way.LEAVE))
            activity_id, original_on = each.key
            if decision.way is Way.MOVE and decision.on is not None:
                activities.move_occurrence(
                    workspace,
                    activity_id,
                    original_on,
                    starts_on=decision.on,
                    start_time=decision.at,
                    reason=reason,
                    today=today,
                )
            elif decision.way is Way.CALL_OFF:
                activities.cancel_occurrence(workspace, activity_id, original_on, reason)
    return workspace.last_changes


def _with_plan(content: Content, year: SchoolYear, plan: PeriodPlan, source: PeriodSource) -> Content:
    """The calendar as it would be with a plan carried out."""
    view = content.years.get(year.school_id)
    if view is None:
        return content
    changed = {
        old.id: replace(
            old, kind=new.kind, name=new.name, starts_on=new.starts_on, ends_on=new.ends_on, estimate=new.estimate
        )
        for old, new in plan.changed
    }
    added = [_period(year, new, source) for new in plan.added]
    view = calendar_changes.changed_view(view, (one.id for one in plan.removed), changed, added)
    return replace(content, years={**content.years, year.school_id: view})


def _period(year: SchoolYear, new: PreviewPeriod, source: PeriodSource) -> CalendarPeriod:
    return CalendarPeriod(
        school_year_id=year.id,
        kind=new.kind,
        name=new.name,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        estimate=new.estimate,
        source=source,
    )


def _read(content: Content, concerned: Iterable[Activity], today: date) -> Reading:
    found: list[Occurrence] = []
    skips = []
    for activity in concerned:
        some, left_out = content.of_activity(activity, today, today + calendar.AHEAD)
        found += some
        skips += left_out
    standing = sorted((one for one in found if not one.cancelled), key=lambda one: one.begins)
    return Reading(found, skips, find_conflicts(standing, content.facts, content.years))


def _changes(plan: PeriodPlan) -> list[PeriodChange]:
    """The changes of a plan by their days."""
    found = [PeriodChange(PeriodChangeKind.ADDED, None, new) for new in plan.added]
    found += [PeriodChange(PeriodChangeKind.GONE, old, None) for old in plan.removed]
    for old, new in plan.changed:
        same = (old.starts_on, old.ends_on) == (new.starts_on, new.ends_on)
        found.append(PeriodChange(PeriodChangeKind.CHANGED if same else PeriodChangeKind.MOVED, old, new))

    def first(change: PeriodChange) -> date:
        days = [one.starts_on for one in (change.before, change.after) if one is not None]
        return min(days)

    return sorted(found, key=first)
