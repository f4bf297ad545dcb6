"""Telling everybody what is new: one draft for each activity whose guests do not know yet how it stands.

A series goes out as one mail with all its dates. Guests of a series who were asked date by date, or whose dates no
rule can say, get one mail for each date to come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.activities import Activity
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.services import calendar_export, invitations, uninviting
from cocivic_desktop.services.export_memory import read_memory
from cocivic_desktop.services.invitations import Guests

if TYPE_CHECKING:
    from cocivic_desktop.calendars.ics_out import CalendarEvent
    from cocivic_desktop.services.calendar_export import Export
    from cocivic_desktop.store.workspace import Workspace


class News(StrEnum):
    """What the guests of an activity do not know yet."""

    NEW = "new"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    SENT = "sent"
    """They know how it stands."""
    REMOVED = "removed"
    """The guests of this line were invited and take part no longer."""
    NOBODY = "nobody"
    """Nobody with an e-mail address takes part."""


@dataclass(frozen=True)
class Pending:
    """An activity and what is to be told of it."""

    activity: Activity
    news: News
    guests: Guests
    next_on: date | None
    """The first date to come, None when there is none."""
    dates: tuple[date, ...]
    """Original dates to tell one by one; empty when one mail tells all."""
    count: int
    """How many dates are still to come."""

    @property
    def can_be_sent(self) -> bool:
        """Whether there is something to tell and somebody to tell it to."""
        return self.news not in (News.SENT, News.NOBODY)


def pending(workspace: Workspace, partnership_id: UUID | None, today: date) -> list[Pending]:
    """What is to come, or was called off after guests were told, by date; None means all partnerships.

    Raises `NotFound`.
    """
    from cocivic_desktop.services.calendar import load

    now = datetime.now(UTC)
    with workspace.read() as unit:
        content = load(unit, None if partnership_id is None else [partnership_id], with_archived_activities=True)
        ours = unit.first(Organisation, is_ours=True)
    found = []
    for activity in content.activities.values():
        export = calendar_export.export_activity(activity, content, ours, now)
        one = _pending(workspace, activity, export, today)
        if one is not None:
            found.append(one)
        gone = _removed(workspace, activity, export, today)
        if gone is not None:
            found.append(gone)
    return sorted(found, key=lambda one: (one.next_on or date.max, one.activity.title))


def _pending(workspace: Workspace, activity: Activity, export: Export, today: date) -> Pending | None:
    memory = read_memory(activity.exported_hash)
    coming = {day: one for day, one in export.dates.items() if one.starts_on >= today}
    standing = {day: one for day, one in coming.items() if one.status != "CANCELLED"}
    if not (standing or memory.mailed):
        return None
    invited = invitations.guests(workspace, activity.id)
    told = invitations.told_digest(export, invited)
    if told == memory.mailed:
        news = News.SENT if standing else None
    elif not standing:
        # What has taken place needs no word; what was called off before, one.
        news = News.CANCELLED if coming else None
    else:
        news = News.CHANGED if memory.mailed else News.NEW
    if news is None:
        return None
    if news is not News.SENT and not invited.invited:
        news = News.NOBODY
    first = min((one.starts_on for one in standing.values()), default=None)
    dates = _one_by_one(activity, export, coming, told_whole=memory.mailed_series or not memory.mailed)
    return Pending(activity, news, invited, first, dates, len(standing))


def _removed(workspace: Workspace, activity: Activity, export: Export, today: date) -> Pending | None:
    """Whom to tell that an activity to come is none of theirs any more."""
    memory = read_memory(activity.exported_hash)
    coming = {day: one for day, one in export.dates.items() if one.starts_on >= today and one.status != "CANCELLED"}
    people = uninviting.to_tell(workspace, activity.id) if coming else ()
    if not people:
        return None
    first = min(one.starts_on for one in coming.values())
    dates = _one_by_one(activity, export, coming, told_whole=memory.mailed_series)
    return Pending(activity, News.REMOVED, Guests(people, ()), first, dates, len(coming))


def _one_by_one(
    activity: Activity, export: Export, coming: dict[date, CalendarEvent], *, told_whole: bool
) -> tuple[date, ...]:
    if activity.recurrence is None or (told_whole and calendar_export.series_event(activity, export) is not None):
        return ()
    return tuple(sorted(coming))


def write_round(
    workspace: Workspace,
    chosen: Iterable[Pending],
    folder: Path,
    language: str,
    *,
    now: datetime | None = None,
    on_step: Callable[[int, int], None] | None = None,
) -> list[Path]:
    """Write the drafts (.eml) into a folder and return where they are. `on_step` hears how many are done, of how many.

    Raises `BadInput` when the folder is missing, files of these names are there already, or our organisation has no
    e-mail address; then nothing was written. What was written before a later error stays, and counts as told.
    """
    from cocivic_desktop.files import present, safe_file_name

    planned: list[tuple[Pending, date | None, Path]] = []
    taken: set[str] = set()
    for one in chosen:
        if one.can_be_sent:
            for on in one.dates or (None,):
                day = on or one.next_on or one.activity.starts_on
                stem, number = f"{day:%Y-%m-%d} {one.activity.title}", 1
                while (name := safe_file_name(stem if number == 1 else f"{stem} {number}", ".eml")).lower() in taken:
                    number += 1
                taken.add(name.lower())
                planned.append((one, on, folder / name))
    if not folder.is_dir():
        raise BadInput(f"There is no folder “{folder}”. Choose another one.")
    there = [path.name for _, _, path in planned if present(path)]
    if there:
        raise BadInput(f"{', '.join(there[:3])} exists already. Choose another folder, or remove the old drafts.")
    written = []
    for done, (one, on, path) in enumerate(planned):
        if on_step is not None:
            on_step(done, len(planned))
        if one.news is News.REMOVED:
            people, whole = one.guests.invited, not one.dates
            written.append(
                uninviting.write(workspace, one.activity.id, people, path, language, on=on, whole=whole, now=now)
            )
            continue
        written.append(
            invitations.write_invitation(
                workspace,
                one.activity.id,
                path,
                language,
                cancel=one.news is News.CANCELLED or (on is not None and _is_off(workspace, one.activity, on)),
                on=on,
                whole=not one.dates,
                now=now,
            )
        )
    told = [each for each, on, _ in planned if on is not None and each.news is not News.REMOVED]
    for one in {each.activity.id: each for each in told}.values():
        _remember_all(workspace, one, now or datetime.now(UTC))
    for one in {each.activity.id: each for each, _, _ in planned if each.news is News.REMOVED}.values():
        uninviting.note_told(workspace, one.activity.id, one.guests.invited)
    return written


def _is_off(workspace: Workspace, activity: Activity, on: date) -> bool:
    return invitations.dates_of(workspace, activity).dates[on].status == "CANCELLED"


def _remember_all(workspace: Workspace, one: Pending, now: datetime) -> None:
    """All dates were told one by one: the guests know the whole."""
    export = invitations.dates_of(workspace, one.activity)
    told = invitations.told_digest(export, invitations.guests(workspace, one.activity.id))
    with workspace.write("export_calendar", label=one.activity.title[:80], undoable=False) as unit:
        calendar_export.remember(unit, replace(export, memory=replace(export.memory, mailed=told)), now)
