"""Hours: noting them in one line, questioning odd ones, confirming in bulk, summing up, paging, handing out."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from cocivic_desktop.domain.agreements import Agreement
from cocivic_desktop.domain.base import fold, utc_now
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import Ambiguous, InvalidField, NotFound
from cocivic_desktop.domain.hours import HourCategory, HourEntry, HourState
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnership_view import HourTotal
from cocivic_desktop.domain.partnerships import Partnership, PartnershipMember
from cocivic_desktop.domain.rules.counting_agreement import counting_agreement
from cocivic_desktop.domain.rules.hours import Budget, HourQuestion, MonthRow, budgets, by_month, check_entry
from cocivic_desktop.domain.rules.quick_entry import ParsedEntry, parse
from cocivic_desktop.domain.validation import validate
from cocivic_desktop.services.views import hour_totals, partnership_view

if TYPE_CHECKING:
    from pathlib import Path

    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

LEARNERS_ROLE: Final = "students"
"""Role of a head count that does not say otherwise."""
_IDS_AT_ONCE: Final = 5_000


@dataclass(frozen=True)
class Logged:
    """What came of noting hours. Nothing was stored while there are `questions` that nobody has answered."""

    entry: HourEntry
    questions: tuple[HourQuestion, ...] = ()
    stored: bool = True


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


@dataclass(frozen=True)
class HourSummary:
    """Promised, used and planned hours of a partnership: per commitment, and per side, role and month."""

    budgets: tuple[Budget, ...]
    months: tuple[MonthRow, ...]
    used: int
    confirmed: int


def quick_entry(
    workspace: Workspace, partnership_id: UUID, text: str, today: date, *, accept: bool = False
) -> tuple[Logged, Changes]:
    """Note hours from one line such as "ana 1h30 mentoring yesterday" (`rules.quick_entry`).

    Raises `NotFound` when the name fits nobody, `Ambiguous` when it fits several, `InvalidField` when the line names
    no time or nobody, or when a day would exceed 24 hours. See `log` for questions.
    """
    return log(workspace, read_entry(workspace, partnership_id, text, today), today, accept=accept)


def read_entry(workspace: Workspace, partnership_id: UUID, text: str, today: date) -> HourEntry:
    """The entry that a line means, not stored: for a preview while typing. Raises as `quick_entry` does."""
    parsed = parse(text, today)
    if parsed.minutes is None:
        raise InvalidField("minutes", "required")
    person = None
    if parsed.head_count is None:
        if not parsed.name:
            raise InvalidField("person_id", "required")
        with workspace.read() as unit:
            person = find_person(unit, partnership_id, parsed.name)
    entry = HourEntry(
        partnership_id=partnership_id,
        person_id=person.id if person else None,
        head_count=parsed.head_count,
        role=_role(parsed),
        worked_on=parsed.worked_on,
        start_time=parsed.start_time,
        minutes=parsed.minutes,
        category=parsed.category or HourCategory.DELIVERY,
        remark=parsed.remark,
    )
    validate(entry)
    return entry


def _role(parsed: ParsedEntry) -> str:
    return "" if parsed.head_count is None else parsed.name or LEARNERS_ROLE


def find_person(unit: UnitOfWork, partnership_id: UUID, name: str) -> Person:
    """The person whose name begins like `name`, word by word, without case and accents.

    Members of the partnership come first, then everybody; a name that fits exactly beats longer ones. Raises
    `NotFound`, or `Ambiguous` with the names that fit.
    """
    members = {member.person_id for member in unit.find(PartnershipMember, partnership_id=partnership_id)}
    everybody = unit.find(Person)
    wanted = fold(name).split()
    for people in ([person for person in everybody if person.id in members], everybody):
        exact = [person for person in people if fold(person.name).split() == wanted]
        fitting = exact or [person for person in people if _fits(wanted, fold(person.name).split())]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            names = sorted(person.name for person in fitting)
            raise Ambiguous(f"“{name}” fits several people. Add a letter or the family name.", names)
    raise NotFound(f"Nobody is called “{name}”. Check the name, or add the person first.")


def _fits(wanted: Sequence[str], words: Sequence[str]) -> bool:
    """Whether each wanted word begins a word of the name, in order: "an lo" fits "Ana María López"."""
    remaining = iter(words)
    return bool(wanted) and all(any(word.startswith(part) for word in remaining) for part in wanted)


def questions(workspace: Workspace, entry: HourEntry, today: date) -> list[HourQuestion]:
    """What is odd about an entry: impossible or long days, overlaps, dates ahead or outside the agreement."""
    with workspace.read() as unit:
        return _questions(unit, entry, today)


def log(workspace: Workspace, entry: HourEntry, today: date, *, accept: bool = False) -> tuple[Logged, Changes]:
    """Store hours. An odd entry is stored only with `accept`; else its questions come back and nothing is stored.

    Raises `InvalidField`, also with the code `day_over_24_hours`.
    """
    validate(entry)
    asked = tuple(_refuse_impossible(questions(workspace, entry, today)))
    if asked and not accept:
        return Logged(entry, asked, stored=False), Changes()
    with workspace.write("log_hours", _label(entry)) as unit:
        unit.add(entry)
    return Logged(entry, asked), workspace.last_changes


def change_entry(
    workspace: Workspace, entry_id: UUID, today: date, *, accept: bool = False, **fields: Any
) -> tuple[Logged, Changes]:
    """Change an entry; as in `log`, odd values need `accept`. Raises `InvalidField` ("confirmed") when confirmed."""
    with workspace.read() as unit:
        entry = unit.get(HourEntry, entry_id)
        _refuse_confirmed(entry)
        changed = dataclasses.replace(entry, **fields)
    validate(changed)
    asked = tuple(_refuse_impossible(questions(workspace, changed, today)))
    if asked and not accept:
        return Logged(changed, asked, stored=False), Changes()
    with workspace.write("change_hour_entry", _label(changed)) as unit:
        entry = unit.get(HourEntry, entry_id)
        for name, value in fields.items():
            setattr(entry, name, value)
    return Logged(entry, asked), workspace.last_changes


def delete_entry(workspace: Workspace, entry_id: UUID) -> Changes:
    """Delete an entry. Raises `InvalidField` ("confirmed") for a confirmed one."""
    with workspace.write("delete_hour_entry") as unit:
        entry = unit.get(HourEntry, entry_id)
        _refuse_confirmed(entry)
        unit.delete(entry)
    return workspace.last_changes


def confirm(workspace: Workspace, ids: Iterable[UUID]) -> Changes:
    """Confirm entries in bulk, one step of undo. Those confirmed already stay as they are."""
    return _set_state(workspace, ids, HourState.CONFIRMED)


def unconfirm(workspace: Workspace, ids: Iterable[UUID]) -> Changes:
    """Take confirmations back, so that entries can be changed; the history shows it."""
    return _set_state(workspace, ids, HourState.LOGGED)


def _set_state(workspace: Workspace, ids: Iterable[UUID], state: HourState) -> Changes:
    wanted = [id.hex for id in ids]
    action = "confirm_hours" if state is HourState.CONFIRMED else "unconfirm_hours"
    with workspace.write(action, str(len(wanted))) as unit:
        for start in range(0, len(wanted), _IDS_AT_ONCE):
            unit.execute(
                "UPDATE hour_entry SET state = :state, changed_at = :now "
                "WHERE state <> :state AND id IN (SELECT value FROM json_each(:ids))",
                state=state.value,
                now=utc_now().isoformat(timespec="microseconds"),
                ids=json.dumps(wanted[start : start + _IDS_AT_ONCE]),
            )
    return workspace.last_changes


def totals(workspace: Workspace, partnership_id: UUID) -> list[HourTotal]:
    """Hours by person, role, month, category and state, summed up in SQL."""
    with workspace.read() as unit:
        ours = unit.first(Organisation, is_ours=True)
        return hour_totals(unit, partnership_id, ours.id if ours else None)


def summary(workspace: Workspace, partnership_id: UUID, today: date) -> HourSummary:
    """Promised, planned, used hours and the forecast, per commitment and per side, role and month."""
    view = partnership_view(workspace, partnership_id, bookings=False)
    return HourSummary(
        budgets=tuple(budgets(view, today)),
        months=tuple(by_month(view, today)),
        used=sum(total.minutes for total in view.hour_totals),
        confirmed=sum(total.minutes for total in view.hour_totals if total.state is HourState.CONFIRMED),
    )


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


def export_csv(workspace: Workspace, path: Path, partnership_id: UUID | None = None, *, force: bool = False) -> Path:
    """Write hours as CSV, oldest first, whole or not at all. Raises `BadInput` (`files.write_whole`)."""
    from cocivic_desktop.files import write_whole
    from cocivic_desktop.tables.hours_csv import HourCsvRow, hours_csv

    with workspace.read() as unit:
        titles = {partnership.id: partnership.title for partnership in unit.find(Partnership, archived=None)}
        rows = list(_rows(unit, partnership_id, HourFilter(), 0, -1))
    rows.reverse()
    content = hours_csv(
        HourCsvRow(
            worked_on=row.worked_on,
            start_time=row.start_time,
            person=row.person,
            head_count=row.head_count,
            role=row.role,
            minutes=row.minutes,
            category=row.category.value,
            state=row.state.value,
            partnership=titles[row.partnership_id],
            activity=row.activity,
            remark=row.remark,
        )
        for row in rows
    )
    return write_whole(path, content, force=force)


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
    for id, owner, worked_on, start, person_id, name, heads, role, minutes, category, state, activity, remark in found:
        yield HourRow(
            id=UUID(id),
            partnership_id=UUID(owner),
            worked_on=date.fromisoformat(worked_on),
            start_time=time.fromisoformat(start) if start else None,
            person_id=UUID(person_id) if person_id else None,
            person=name or "",
            head_count=heads,
            role=role,
            minutes=minutes,
            category=HourCategory(category),
            state=HourState(state),
            activity=activity or "",
            remark=remark,
        )


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


def _questions(unit: UnitOfWork, entry: HourEntry, today: date) -> list[HourQuestion]:
    same_day = (
        unit.find(HourEntry, order="created_at", person_id=entry.person_id, worked_on=entry.worked_on)
        if entry.person_id
        else []
    )
    partnership = unit.get(Partnership, entry.partnership_id)
    agreed = counting_agreement(unit.find(Agreement, partnership_id=entry.partnership_id))
    return check_entry(
        entry,
        same_day,
        today,
        agreement_starts_on=(agreed.starts_on if agreed else None) or partnership.starts_on,
        agreement_ends_on=(agreed.ends_on if agreed else None) or partnership.ends_on,
    )


def _refuse_impossible(found: list[HourQuestion]) -> list[HourQuestion]:
    for question in found:
        if question.refused:
            raise InvalidField("minutes", question.code.value, **question.parameters)
    return found


def _refuse_confirmed(entry: HourEntry) -> None:
    if entry.state is HourState.CONFIRMED:
        raise InvalidField("state", "confirmed")


def _label(entry: HourEntry) -> str:
    return f"{entry.worked_on.isoformat()} · {entry.minutes} min"
