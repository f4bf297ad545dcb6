"""The table of hours: rows of a page, how many there are, and the whole as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.hours import HourCategory, HourEntry, HourState

if TYPE_CHECKING:
    from pathlib import Path

    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class HourFilter:
    """Which entries to show; everything empty shows all. `text` is looked for in names, roles and remarks."""

    person_id: UUID | None = None
    activity_id: UUID | None = None
    category: HourCategory | None = None
    state: HourState | None = None
    first: date | None = None
    last: date | None = None
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class HourRow:
    """One line of the table of hours. `minutes` are per head."""

    id: UUID
    partnership_id: UUID
    worked_on: date
    start_time: time | None
    person_id: UUID | None
    person: str
    head_count: int | None
    role: str
    minutes: int
    category: HourCategory
    state: HourState
    activity: str
    remark: str

    @property
    def total_minutes(self) -> int:
        """Minutes of all heads together."""
        return self.minutes * (1 if self.head_count is None else self.head_count)


def page(
    workspace: Workspace,
    partnership_id: UUID | None,
    offset: int,
    limit: int,
    filters: HourFilter | None = None,
) -> list[HourRow]:
    """Rows `offset` to `offset + limit` of the table of hours, newest first. `partnership_id` None means all."""
    with workspace.read() as unit:
        return list(_rows(unit, partnership_id, filters or HourFilter(), offset, limit))


def count(workspace: Workspace, partnership_id: UUID | None, filters: HourFilter | None = None) -> int:
    """How many rows `page` has in all."""
    where, values = _conditions(partnership_id, filters or HourFilter())
    with workspace.read() as unit:
        return int(unit.rows(f"SELECT COUNT(*) FROM hour_entry h WHERE {where}", **values)[0][0])  # noqa: S608


@dataclass(frozen=True)
class HourSums:
    """What a list of hours comes to. `minutes` are of all heads; `waiting` counts entries not confirmed yet."""

    entries: int
    minutes: int
    waiting: int


def sums(workspace: Workspace, partnership_id: UUID | None, filters: HourFilter | None = None) -> HourSums:
    """The sums of what `page` lists."""
    where, values = _conditions(partnership_id, filters or HourFilter())
    query = (
        "SELECT COUNT(*), COALESCE(SUM(h.minutes * COALESCE(h.head_count, 1)), 0), "  # noqa: S608 - conditions are ours
        f"COUNT(CASE WHEN h.state = 'logged' THEN 1 END) FROM hour_entry h WHERE {where}"
    )
    with workspace.read() as unit:
        entries, minutes, waiting = unit.rows(query, **values)[0]
    return HourSums(int(entries), int(minutes), int(waiting))


def place_of(workspace: Workspace, partnership_id: UUID | None, entry_id: UUID) -> int:
    """The number of the row at which `page` lists an entry without filters, from 0. Raises `NotFound`."""
    where, values = _conditions(partnership_id, HourFilter())
    with workspace.read() as unit:
        unit.get(HourEntry, entry_id)
        before = unit.rows(
            f"SELECT COUNT(*) FROM hour_entry h, hour_entry own WHERE own.id = :entry AND {where} "  # noqa: S608
            "AND (h.worked_on > own.worked_on OR (h.worked_on = own.worked_on AND h.rowid > own.rowid))",
            entry=entry_id,
            **values,
        )
    return int(before[0][0])


def export_csv(workspace: Workspace, path: Path, partnership_id: UUID | None = None, *, force: bool = False) -> Path:
    """Write hours as CSV, oldest first, learners without names (`hour_report_files.write_entries`).

    Whole or not at all. Raises `BadInput` (`files.write_whole`).
    """
    from cocivic_desktop.domain.hours import HourReport
    from cocivic_desktop.services.hour_report_files import write_entries

    return write_entries(workspace, HourReport(title="", partnership_id=partnership_id), path, force=force)


def _rows(
    unit: UnitOfWork, partnership_id: UUID | None, filters: HourFilter, offset: int, limit: int
) -> Iterator[HourRow]:
    """Rows of a page. Only the rows of the page are joined, so that a far page costs no more than a near one."""
    where, values = _conditions(partnership_id, filters)
    found = unit.rows(
        f"""
        SELECT h.id, h.partnership_id, h.worked_on, h.start_time, h.person_id, p.name, h.head_count, h.role,
               h.minutes, h.category, h.state, a.title, h.remark
        FROM (SELECT h.rowid AS place FROM hour_entry h WHERE {where}
              ORDER BY h.worked_on DESC, h.rowid DESC LIMIT :limit OFFSET :offset) page
        JOIN hour_entry h ON h.rowid = page.place
        LEFT JOIN person p ON p.id = h.person_id LEFT JOIN activity a ON a.id = h.activity_id
        ORDER BY h.worked_on DESC, h.rowid DESC
        """,  # noqa: S608 - the conditions are ours, their values are bound
        limit=limit,
        offset=offset,
        **values,
    )
    for row in found:
        yield HourRow(**row_fields(row))


def row_fields(row: tuple[Any, ...]) -> dict[str, Any]:
    """The fields of an `HourRow` from the columns that a query of hours begins with, in that order."""
    id, owner, worked_on, start, person_id, name, heads, role, minutes, category, state, activity, remark = row[:13]
    return {
        "id": UUID(id),
        "partnership_id": UUID(owner),
        "worked_on": date.fromisoformat(worked_on),
        "start_time": time.fromisoformat(start) if start else None,
        "person_id": UUID(person_id) if person_id else None,
        "person": name or "",
        "head_count": heads,
        "role": role,
        "minutes": minutes,
        "category": HourCategory(category),
        "state": HourState(state),
        "activity": activity or "",
        "remark": remark,
    }


def _conditions(partnership_id: UUID | None, filters: HourFilter) -> tuple[str, dict[str, Any]]:
    """The WHERE clause and its values."""
    parts = ["h.archived = 0"]
    values: dict[str, Any] = {}
    wanted = {
        "partnership_id": partnership_id,
        "person_id": filters.person_id,
        "activity_id": filters.activity_id,
        "category": filters.category,
        "state": filters.state,
    }
    for name, value in wanted.items():
        if value is not None:
            parts.append(f"h.{name} = :{name}")
            values[name] = value
    if filters.first is not None:
        parts.append("h.worked_on >= :first")
        values["first"] = filters.first
    if filters.last is not None:
        parts.append("h.worked_on <= :last")
        values["last"] = filters.last
    if filters.text.strip():
        parts.append(
            "(h.person_id IN (SELECT id FROM person WHERE instr(fold(name), :text))"
            " OR (h.remark <> '' AND instr(fold(h.remark), :text)) OR (h.role <> '' AND instr(fold(h.role), :text)))"
        )
        values["text"] = fold(filters.text.strip())
    return " AND ".join(parts), values
