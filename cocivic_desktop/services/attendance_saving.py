"""Saving attendance and the hours that follow from it, in one step of undo.

Hours and attendance belong together by activity, day and person: correcting the one corrects the other as long as the
hours are not confirmed, and what was typed in by hand already is never doubled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cocivic_desktop.domain.activities import OccurrenceOverride
from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.errors import BadInput, InvalidField
from cocivic_desktop.domain.hours import (
    Attendance,
    AttendanceState,
    HourCategory,
    HourEntry,
    HourSource,
    HourState,
)
from cocivic_desktop.domain.organisations import Organisation, Person, PersonKind
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.rules.hour_checks import HourQuestion
from cocivic_desktop.domain.validation import validate
from cocivic_desktop.services import hour_checks
from cocivic_desktop.services.attendance import (
    AROUND,
    MENTOR,
    AttendanceDay,
    AttendanceGrid,
    Mark,
    Place,
    entries_of,
)
from cocivic_desktop.services.hour_log import refuse_impossible
from cocivic_desktop.services.quick_hours import LEARNERS_ROLE

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

LINKED: Final = frozenset({HourSource.ATTENDANCE, HourSource.PAPER, HourSource.PLAN})
"""Sources of hours that follow the attendance."""


@dataclass(frozen=True)
class NewName:
    """Somebody who was written on an empty line of the sheet."""

    name: str
    kind: PersonKind = PersonKind.STUDENT
    marks: Mapping[date, Mark] = field(default_factory=dict)


@dataclass
class Saved:
    """What came of saving: entries of hours that were added, corrected and taken away, and those left as they were."""

    added: int = 0
    corrected: int = 0
    removed: int = 0
    confirmed_kept: int = 0
    noted_before: int = 0
    minutes: int = 0
    """Minutes of all heads that were added."""
    people: int = 0
    questions: list[HourQuestion] = field(default_factory=list)
    """What is odd about the hours that were stored, such as an overlap."""


def save(
    workspace: Workspace,
    grid: AttendanceGrid,
    marks: Mapping[Place, Mark | None],
    today: date,
    *,
    heads: Mapping[date, int | None] | None = None,
    notes: Mapping[date, str] | None = None,
    new_names: Sequence[NewName] = (),
    category: HourCategory | None = None,
    source: HourSource = HourSource.ATTENDANCE,
    confirm: bool = False,
) -> Saved:
    """Store marks (None takes one away), heads without names and notes, both by `original_on`, and log the hours.

    Whoever is present gets the minutes of the date or of the mark. With `confirm` the hours are confirmed at once, as
    when a signed sheet is typed in. Raises `BadInput` for a date to come, `InvalidField` where somebody's day would
    exceed 24 hours.
    """
    saving = _Saving(grid, category or grid.category, source, today if confirm else None)
    by_day = {one.on: one for one in grid.days}
    touched = {on for _, on in marks} | {on for new in new_names for on in new.marks}
    named = {one.original_on: one for one in grid.days}
    ahead = [on for on in touched if on > today]
    ahead += [named[on].on for on, count in (heads or {}).items() if count and named[on].on > today]
    if ahead:
        raise BadInput(f"{min(ahead):%d.%m.%Y} is still to come: note the attendance afterwards. Nothing was stored.")
    with workspace.write("save_attendance", grid.title[:80]) as unit:
        roles = {one.id: one.role for one in grid.people}
        every = dict(marks)
        for new in new_names:
            person = _add_person(unit, grid, new)
            roles[person.id] = ""
            saving.result.people += 1
            every |= {(person.id, on): mark for on, mark in new.marks.items()}
        saving.read(unit, sorted(by_day))
        for (person_id, on), mark in every.items():
            saving.mark(unit, person_id, roles.get(person_id, ""), by_day[on], mark)
        for original_on in {*(heads or {}), *(notes or {})}:
            day = named[original_on]
            override = unit.first(OccurrenceOverride, activity_id=grid.activity_id, original_on=original_on)
            override = override or unit.add(
                OccurrenceOverride(activity_id=grid.activity_id, original_on=original_on)
            )  # fmt: skip
            if notes is not None and original_on in notes:
                override.notes_after = notes[original_on]
            if heads is not None and original_on in heads:
                override.head_count = heads[original_on] or None
                saving.heads(unit, day, override.head_count)
        saving.store(unit, today)
    return saving.result


class _Saving:
    """The hours of one save."""

    def __init__(
        self, grid: AttendanceGrid, category: HourCategory, source: HourSource, confirmed_on: date | None
    ) -> None:
        self.result = Saved()
        self.new: list[HourEntry] = []
        self._grid, self._category, self._source, self._confirmed_on = grid, category, source, confirmed_on
        self._attended: dict[Place, Attendance] = {}
        self._entries: dict[tuple[UUID | None, date], list[HourEntry]] = {}
        self._changed: list[HourEntry] = []
        self._marks: list[Attendance] = []

    def read(self, unit: UnitOfWork, on: Sequence[date]) -> None:
        """Read what is stored for these days."""
        found = unit.find(Attendance, archived=None, activity_id=self._grid.activity_id, occurred_on=on)
        self._attended = {(one.person_id, one.occurred_on): one for one in found}
        self._entries = entries_of(unit, self._grid.activity_id, on)

    def mark(self, unit: UnitOfWork, person_id: UUID, role: str, day: AttendanceDay, mark: Mark | None) -> None:
        """Store one mark and the hours of it."""
        stored = self._attended.get((person_id, day.on))
        if mark is None:
            if stored is not None:
                unit.delete(stored)
        elif stored is None:
            self._marks.append(
                Attendance(
                    activity_id=self._grid.activity_id,
                    occurred_on=day.on,
                    person_id=person_id,
                    state=mark.state,
                    minutes=mark.minutes,
                )
            )
        else:
            stored.state, stored.minutes, stored.archived = mark.state, mark.minutes, False
        present = mark is not None and mark.state is AttendanceState.PRESENT
        minutes = (mark.minutes or day.minutes) if mark is not None and present else 0
        self._hours(unit, (person_id, day), minutes, None, role)

    def heads(self, unit: UnitOfWork, day: AttendanceDay, count: int | None) -> None:
        """The hours of learners without names."""
        self._hours(unit, (None, day), day.minutes if count else 0, count, LEARNERS_ROLE)

    def store(self, unit: UnitOfWork, today: date) -> None:
        """Add what is new, all at once. Raises `InvalidField` where a day would have more than 24 hours."""
        for one in (*self._marks, *self.new):
            validate(one)
        unit.flush()
        asked = hour_checks.questions_of(unit, [*self.new, *self._changed], today)
        refuse_impossible(asked)
        self.result.questions = [one for found in asked.values() for one in found]
        unit.insert_many(Attendance, self._marks)
        unit.insert_many(HourEntry, self.new)

    def _hours(
        self, unit: UnitOfWork, whose: tuple[UUID | None, AttendanceDay], minutes: int, heads: int | None, role: str
    ) -> None:
        person_id, day = whose
        found = [one for one in self._entries.get((person_id, day.on), []) if one.category not in AROUND]
        linked = [one for one in found if one.source in LINKED]
        if any(one.state is HourState.CONFIRMED for one in found):
            self.result.confirmed_kept += 1
        elif linked and not minutes:
            for one in linked:
                unit.delete(one)
            self.result.removed += len(linked)
        elif linked:
            self._correct(linked[0], minutes, heads)
        elif found:
            self.result.noted_before += bool(minutes)
        elif minutes:
            self._log(person_id, day, minutes, heads, role)

    def _correct(self, entry: HourEntry, minutes: int, heads: int | None) -> None:
        before = (entry.minutes, entry.head_count, entry.state)
        entry.minutes, entry.head_count = minutes, heads
        if self._confirmed_on is not None:
            entry.state, entry.confirmed_on = HourState.CONFIRMED, self._confirmed_on
        if before != (entry.minutes, entry.head_count, entry.state):
            self.result.corrected += 1
            self._changed.append(entry)

    def _log(self, person_id: UUID | None, day: AttendanceDay, minutes: int, heads: int | None, role: str) -> None:
        mentoring = self._category is HourCategory.DELIVERY and fold(role).startswith(MENTOR)
        entry = HourEntry(
            partnership_id=self._grid.partnership_id,
            person_id=person_id,
            head_count=heads,
            role=role,
            worked_on=day.on,
            start_time=day.start_time,
            minutes=minutes,
            category=HourCategory.MENTORING if mentoring else self._category,
            activity_id=self._grid.activity_id,
            source=self._source,
            state=HourState.CONFIRMED if self._confirmed_on else HourState.LOGGED,
            confirmed_on=self._confirmed_on,
        )
        self.new.append(entry)
        self.result.added += 1
        self.result.minutes += minutes * (heads or 1)


def _add_person(unit: UnitOfWork, grid: AttendanceGrid, new: NewName) -> Person:
    if not new.name.strip():
        raise InvalidField("name", "required")
    school = unit.get(Partnership, grid.partnership_id).school_id
    ours = unit.first(Organisation, is_ours=True)
    at_school = new.kind in (PersonKind.STUDENT, PersonKind.TEACHER, PersonKind.LEADERSHIP)
    groups = {one.class_group for one in grid.people if one.kind is PersonKind.STUDENT}
    return unit.add(
        Person(
            name=new.name.strip(),
            kind=new.kind,
            organisation_id=school if at_school else ours.id if ours is not None else None,
            class_group=groups.pop() if new.kind is PersonKind.STUDENT and len(groups) == 1 else "",
        )
    )
