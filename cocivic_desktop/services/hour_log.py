"""Writing hours: noting, changing, deleting, confirming; each act is one step of undo.

Whatever way hours come in, they pass `hour_checks`: impossible days are refused, odd ones stored only on request.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from cocivic_desktop.domain.base import utc_now
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import InvalidField
from cocivic_desktop.domain.hours import HourEntry, HourState
from cocivic_desktop.domain.rules.hour_checks import HourQuestion
from cocivic_desktop.domain.validation import validate
from cocivic_desktop.services import hour_checks

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace

_IDS_AT_ONCE: Final = 5_000


@dataclass(frozen=True)
class Logged:
    """What came of noting hours. Nothing was stored while there are `questions` that nobody has answered."""

    entry: HourEntry
    questions: tuple[HourQuestion, ...] = ()
    stored: bool = True


@dataclass(frozen=True)
class LoggedMany:
    """What came of noting several at once: all are stored or none. `questions` are by the id of the entry."""

    entries: tuple[HourEntry, ...]
    questions: dict[UUID, list[HourQuestion]]
    stored: bool = True


def questions(workspace: Workspace, entry: HourEntry, today: date) -> list[HourQuestion]:
    """What is odd about an entry: long days, overlaps, dates ahead, outside the agreement or on a closure."""
    with workspace.read() as unit:
        return hour_checks.questions_of(unit, [entry], today).get(entry.id, [])


def log(
    workspace: Workspace, entry: HourEntry, today: date, *, accept: bool = False, action: str = "log_hours"
) -> tuple[Logged, Changes]:
    """Store hours. An odd entry is stored only with `accept`; else its questions come back and nothing is stored.

    Raises `InvalidField`, also with the code `day_over_24_hours`.
    """
    logged, changes = log_many(workspace, [entry], today, accept=accept, action=action, label=label_of(entry))
    return Logged(entry, tuple(logged.questions.get(entry.id, ())), logged.stored), changes


def log_many(
    workspace: Workspace,
    entries: Sequence[HourEntry],
    today: date,
    *,
    accept: bool = False,
    action: str = "log_hours",
    label: str = "",
) -> tuple[LoggedMany, Changes]:
    """Store several entries as one step of undo, all or none; see `log`."""
    for entry in entries:
        validate(entry)
    with workspace.read() as unit:
        asked = hour_checks.questions_of(unit, entries, today)
    refuse_impossible(asked)
    if asked and not accept:
        return LoggedMany(tuple(entries), asked, stored=False), Changes()
    with workspace.write(action, label or str(len(entries))) as unit:
        for entry in entries:
            unit.add(entry)
    return LoggedMany(tuple(entries), asked), workspace.last_changes


def change_entry(
    workspace: Workspace, entry_id: UUID, today: date, *, accept: bool = False, **fields: Any
) -> tuple[Logged, Changes]:
    """Change an entry; as in `log`, odd values need `accept`. Raises `InvalidField` ("confirmed") when confirmed."""
    logged, changes = change_entries(workspace, [entry_id], today, accept=accept, **fields)
    return Logged(logged.entries[0], tuple(logged.questions.get(entry_id, ())), logged.stored), changes


def change_entries(
    workspace: Workspace, ids: Sequence[UUID], today: date, *, accept: bool = False, **fields: Any
) -> tuple[LoggedMany, Changes]:
    """Set the same fields of several entries, one step of undo, all or none; see `change_entry`."""
    with workspace.read() as unit:
        found = {entry.id: entry for entry in unit.find(HourEntry, archived=None, id=list(ids))}
        entries = [found[id] if id in found else unit.get(HourEntry, id) for id in ids]
        changed = []
        for entry in entries:
            refuse_confirmed(entry)
            changed.append(dataclasses.replace(entry, **fields))
            validate(changed[-1])
        asked = hour_checks.questions_of(unit, changed, today)
    refuse_impossible(asked)
    if asked and not accept:
        return LoggedMany(tuple(changed), asked, stored=False), Changes()
    with workspace.write("change_hour_entry", label_of(changed[0]) if len(changed) == 1 else str(len(changed))) as unit:
        for entry in entries:
            kept = unit.get(HourEntry, entry.id)
            for name, value in fields.items():
                setattr(kept, name, value)
    return LoggedMany(tuple(changed), asked), workspace.last_changes


def delete_entry(workspace: Workspace, entry_id: UUID) -> Changes:
    """Delete an entry. Raises `InvalidField` ("confirmed") for a confirmed one."""
    return delete_entries(workspace, [entry_id])


def delete_entries(workspace: Workspace, ids: Sequence[UUID]) -> Changes:
    """Delete entries, one step of undo. Raises `InvalidField` ("confirmed") when one of them is confirmed."""
    with workspace.write("delete_hour_entry", "" if len(ids) == 1 else str(len(ids))) as unit:
        for entry_id in ids:
            entry = unit.get(HourEntry, entry_id)
            refuse_confirmed(entry)
            unit.delete(entry)
    return workspace.last_changes


def confirm(workspace: Workspace, ids: Iterable[UUID], today: date | None = None) -> Changes:
    """Confirm entries in bulk, one step of undo. Those confirmed already stay as they are.

    `today` is kept as the day of the confirmation (default: the day in UTC).
    """
    return _set_state(workspace, ids, HourState.CONFIRMED, today or utc_now().date())


def unconfirm(workspace: Workspace, ids: Iterable[UUID]) -> Changes:
    """Take confirmations back, so that entries can be changed; the history shows it."""
    return _set_state(workspace, ids, HourState.LOGGED, None)


def _set_state(workspace: Workspace, ids: Iterable[UUID], state: HourState, on: date | None) -> Changes:
    wanted = [id.hex for id in ids]
    action = "confirm_hours" if state is HourState.CONFIRMED else "unconfirm_hours"
    with workspace.write(action, str(len(wanted))) as unit:
        for start in range(0, len(wanted), _IDS_AT_ONCE):
            unit.execute(
                "UPDATE hour_entry SET state = :state, confirmed_on = :day, changed_at = :now "
                "WHERE state <> :state AND id IN (SELECT value FROM json_each(:ids))",
                state=state.value,
                day=on.isoformat() if on else None,
                now=utc_now().isoformat(timespec="microseconds"),
                ids=json.dumps(wanted[start : start + _IDS_AT_ONCE]),
            )
    return workspace.last_changes


def refuse_impossible(asked: dict[UUID, list[HourQuestion]]) -> None:
    """Raise `InvalidField` for the first question that nobody may say yes to."""
    for found in asked.values():
        for question in found:
            if question.refused:
                raise InvalidField("minutes", question.code.value, **question.parameters)


def refuse_confirmed(entry: HourEntry) -> None:
    """Raise `InvalidField` ("confirmed") for a confirmed entry."""
    if entry.state is HourState.CONFIRMED:
        raise InvalidField("state", "confirmed")


def label_of(entry: HourEntry) -> str:
    """What names an entry in the undo menu."""
    return f"{entry.worked_on.isoformat()} · {entry.minutes} min"
