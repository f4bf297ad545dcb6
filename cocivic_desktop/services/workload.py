"""How heavy the work feels: check-ins by person or side, and their trend beside the hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.hours import HourReport, WorkloadCheckIn
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnership_view import side_of
from cocivic_desktop.domain.rules.hour_report import GroupBy
from cocivic_desktop.domain.rules.hours import month_of
from cocivic_desktop.services import records
from cocivic_desktop.services.hour_reports import grouped

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace


@dataclass(frozen=True)
class CheckInRow:
    """One check-in, with the person's name ("" for a whole side)."""

    check_in: WorkloadCheckIn
    person: str

    @property
    def id(self) -> UUID:
        """The check-in's id, by which lists keep their selection."""
        return self.check_in.id

    @property
    def archived(self) -> bool:
        """Whether it was put away."""
        return self.check_in.archived


@dataclass(frozen=True)
class MonthLoad:
    """One month of a side: minutes worked, and the mean of what people said (1 to 5); None when nobody was asked."""

    month: str
    minutes: int
    level: float | None
    answers: int


def check_in(
    workspace: Workspace,
    partnership_id: UUID,
    asked_on: date,
    level: int,
    *,
    side: Side = Side.CSO,
    person_id: UUID | None = None,
    remark: str = "",
) -> Changes:
    """Note how heavy the work feels, 1 (much less than expected) to 5 (much more). Raises `InvalidField`."""
    return records.add(
        workspace,
        WorkloadCheckIn(
            partnership_id=partnership_id,
            person_id=person_id,
            side=side,
            asked_on=asked_on,
            level=level,
            remark=remark,
        ),
    )


def check_ins(workspace: Workspace, partnership_id: UUID, archived: bool | None = False) -> list[CheckInRow]:
    """The check-ins of a partnership, newest first; with `archived=None` those put away, too."""
    found = records.find(workspace, WorkloadCheckIn, archived=archived, partnership_id=partnership_id)
    ids = [one.person_id for one in found if one.person_id is not None]
    people = {one.id: one.name for one in records.find(workspace, Person, archived=None, id=ids)} if ids else {}
    ordered = sorted(found, key=lambda one: (one.asked_on, one.created_at), reverse=True)
    return [CheckInRow(one, people.get(one.person_id, "") if one.person_id else "") for one in ordered]


def side_of_person(workspace: Workspace, person_id: UUID) -> Side:
    """The side that a person belongs to. Raises `NotFound`."""
    person = records.get(workspace, Person, person_id)
    ours = records.find(workspace, Organisation, is_ours=True)
    return side_of(person.kind, at_ours=bool(ours) and person.organisation_id == ours[0].id)


def trend(workspace: Workspace, partnership_id: UUID, today: date, side: Side = Side.CSO) -> list[MonthLoad]:
    """Hours and check-ins of a side by month, oldest first."""
    report = HourReport(title="", partnership_id=partnership_id)
    minutes: dict[str, int] = {}
    for one in grouped(workspace, report, today, [GroupBy.SIDE, GroupBy.MONTH]):
        if one.keys[0] == side.value:
            minutes[one.keys[1]] = minutes.get(one.keys[1], 0) + one.minutes
    levels: dict[str, list[int]] = {}
    for told in records.find(workspace, WorkloadCheckIn, partnership_id=partnership_id, side=side):
        levels.setdefault(month_of(told.asked_on), []).append(told.level)
    return [
        MonthLoad(
            month,
            minutes.get(month, 0),
            sum(levels[month]) / len(levels[month]) if month in levels else None,
            len(levels.get(month, ())),
        )
        for month in sorted({*minutes, *levels})
    ]
