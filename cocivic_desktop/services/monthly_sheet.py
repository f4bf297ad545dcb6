"""The monthly sheet of a person, typed in: entries that stand on it already, and the new lines, in one step of undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.errors import InvalidField
from cocivic_desktop.domain.hours import HourCategory, HourEntry, HourSource, HourState
from cocivic_desktop.domain.partnerships import PartnershipMember
from cocivic_desktop.domain.rules.hour_checks import HourQuestion
from cocivic_desktop.domain.validation import validate
from cocivic_desktop.services import hour_checks
from cocivic_desktop.services.hour_log import refuse_impossible

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace


@dataclass(frozen=True)
class MonthLine:
    """One line of the sheet. `entry_id` is that of the entry printed on it, None for a line written by hand."""

    worked_on: date
    minutes: int
    category: HourCategory = HourCategory.DELIVERY
    start_time: time | None = None
    remark: str = ""
    entry_id: UUID | None = None


@dataclass(frozen=True)
class Typed:
    """What came of typing a sheet in."""

    added: int
    corrected: int
    confirmed: int
    questions: list[HourQuestion] = field(default_factory=list)
    """What is odd about the new and corrected hours; they are stored all the same."""


def month_span(day: date) -> tuple[date, date]:
    """First and last day of a day's month."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def lines(workspace: Workspace, partnership_id: UUID, person_id: UUID, month: date) -> list[HourEntry]:
    """A person's hours of a month in a partnership, in the order of the sheet: by day and time."""
    first, last = month_span(month)
    with workspace.read() as unit:
        found = unit.find(HourEntry, partnership_id=partnership_id, person_id=person_id)
    return sorted(
        (one for one in found if first <= one.worked_on <= last),
        key=lambda one: (one.worked_on, one.start_time or time(), one.created_at, one.id),
    )


def save(
    workspace: Workspace,
    partnership_id: UUID,
    person_id: UUID,
    month: date,
    sheet: Sequence[MonthLine],
    today: date,
    *,
    confirm: bool = False,
) -> Typed:
    """Store the lines of a sheet: new ones are added, printed ones corrected; with `confirm` all are confirmed.

    Confirmed entries stay as they are. Raises `InvalidField` for a day of another month (`other_month`), a line
    without time, or a day over 24 hours; then nothing is stored.
    """
    first, last = month_span(month)
    for line in sheet:
        if not first <= line.worked_on <= last:
            raise InvalidField("worked_on", "other_month", day=line.worked_on)
    confirmed_on = today if confirm else None
    with workspace.write("type_in_sheet", f"{first:%m/%Y}") as unit:
        member = unit.first(PartnershipMember, partnership_id=partnership_id, person_id=person_id)
        stored = {one.id: one for one in unit.find(HourEntry, partnership_id=partnership_id, person_id=person_id)}
        touched: list[HourEntry] = []
        added = corrected = confirmed = 0
        for line in sheet:
            entry = stored.get(line.entry_id) if line.entry_id is not None else None
            if entry is None:
                entry = HourEntry(
                    partnership_id=partnership_id,
                    person_id=person_id,
                    role=member.role if member is not None else "",
                    worked_on=line.worked_on,
                    minutes=line.minutes,
                    source=HourSource.PAPER,
                )
                _fill(entry, line)
                validate(entry)
                unit.add(entry)
                added += 1
                touched.append(entry)
            elif entry.state is HourState.CONFIRMED:
                continue
            elif _fill(entry, line):
                corrected += 1
                touched.append(entry)
            if confirmed_on is not None:
                entry.state, entry.confirmed_on = HourState.CONFIRMED, confirmed_on
                confirmed += 1
        unit.flush()
        asked = hour_checks.questions_of(unit, touched, today)
        refuse_impossible(asked)
    return Typed(added, corrected, confirmed, [one for found in asked.values() for one in found])


def _fill(entry: HourEntry, line: MonthLine) -> bool:
    """Give an entry what its line says; whether that changed anything."""
    before = (entry.worked_on, entry.start_time, entry.minutes, entry.category, entry.remark)
    entry.worked_on, entry.start_time, entry.minutes = line.worked_on, line.start_time, line.minutes
    entry.category, entry.remark = line.category, line.remark
    return before != (entry.worked_on, entry.start_time, entry.minutes, entry.category, entry.remark)
