"""Publishing our dates to a calendar on a CalDAV server: new ones put, changed ones replaced, gone ones taken away.

Each date is an event of its own with the UID of the exported file and a mark: which organisation and partnership it
comes from, and a digest of what it says. Events without our mark are never touched. Nothing about the server is kept
in the workspace.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.services import calendar_export

if TYPE_CHECKING:
    from cocivic_desktop.calendars.caldav_client import Connection, RemoteCalendar
    from cocivic_desktop.calendars.ics_out import CalendarEvent
    from cocivic_desktop.store.workspace import Workspace

PAST: Final = timedelta(days=400)
"""How far back dates are published and looked for."""
AHEAD: Final = timedelta(days=1500)
Step = Callable[[int, int], None]


@dataclass(frozen=True)
class Published:
    """What was done."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0


@dataclass(frozen=True)
class _Wanted:
    event: CalendarEvent
    mark: str


def connect(url: str, user: str, password: str) -> tuple[Connection, list[RemoteCalendar]]:
    """Sign in and list the calendars. Raises `BadInput` with a sentence when that does not work."""
    from cocivic_desktop.calendars.caldav_client import Connection

    connection = Connection(url, user, password)
    return connection, connection.calendars()


def publish(
    workspace: Workspace,
    connection: Connection,
    calendar: RemoteCalendar,
    partnership_id: UUID | None,
    today: date,
    *,
    on_step: Step | None = None,
    now: datetime | None = None,
) -> Published:
    """Bring the dates of a partnership, or of all (None), into a calendar.

    `on_step` hears how much is done, and may raise to stop; what was done until then stays and the next run goes on.
    Raises `BadInput` when the server refuses, `NotFound`.
    """
    from cocivic_desktop.calendars.ics_out import write_object

    now = now or datetime.now(UTC)
    source, wanted = _wanted(workspace, partnership_id, today - PAST, now)
    there = {one.uid: one for one in connection.ours(calendar, today - PAST, today + AHEAD) if _is_of(one.mark, source)}
    gone = [one for uid, one in there.items() if uid not in wanted]
    work = [(one, there.get(uid)) for uid, one in wanted.items()]
    due = [(one, known) for one, known in work if known is None or known.mark != one.mark]
    total, done = len(due) + len(gone), 0
    added = 0
    for one, known in due:
        if on_step is not None:
            on_step(done, total)
        done += 1
        if known is None:
            connection.add(calendar, write_object(one.event, stamped_at=now, mark=one.mark))
            added += 1
        else:
            newer = replace(one.event, sequence=max(one.event.sequence, known.sequence + 1))
            connection.change(known, write_object(newer, stamped_at=now, mark=one.mark))
    for each in gone:
        if on_step is not None:
            on_step(done, total)
        done += 1
        connection.remove(each)
    return Published(added, len(due) - added, len(gone), len(work) - len(due))


def take_away(
    workspace: Workspace,
    connection: Connection,
    calendar: RemoteCalendar,
    partnership_id: UUID | None,
    today: date,
    *,
    on_step: Step | None = None,
) -> int:
    """Take our dates out of a calendar and return how many there were. Raises as `publish`."""
    source = _source(workspace, partnership_id)
    found = [one for one in connection.ours(calendar, today - PAST, today + AHEAD) if _is_of(one.mark, source)]
    for done, one in enumerate(found):
        if on_step is not None:
            on_step(done, len(found))
        connection.remove(one)
    return len(found)


def _source(workspace: Workspace, partnership_id: UUID | None) -> str:
    """The beginning of the mark: our organisation, and the partnership where it is about one."""
    with workspace.read() as unit:
        ours = unit.first(Organisation, is_ours=True)
    own = ours.id.hex[:12] if ours is not None else "0" * 12
    return f"{own}." if partnership_id is None else f"{own}.{partnership_id.hex[:12]}."


def _is_of(mark: str, source: str) -> bool:
    return mark.startswith(source)


def _wanted(
    workspace: Workspace, partnership_id: UUID | None, first: date, now: datetime
) -> tuple[str, dict[str, _Wanted]]:
    from cocivic_desktop.services.calendar import load

    with workspace.read() as unit:
        content = load(unit, None if partnership_id is None else [partnership_id])
        ours = unit.first(Organisation, is_ours=True)
    everybody = _source(workspace, None)
    wanted: dict[str, _Wanted] = {}
    for activity in content.activities.values():
        export = calendar_export.export_activity(activity, content, ours, now)
        standing = content.of_activity(activity, date.min, date.max)[0]
        for one in standing:
            event = replace(export.dates[one.original_on], changed_at=now)
            if event.starts_on >= first:
                said = repr(replace(event, changed_at=datetime(1970, 1, 1, tzinfo=UTC), sequence=0))
                digest = hashlib.sha256(said.encode()).hexdigest()[:24]
                mark = f"{everybody}{activity.partnership_id.hex[:12]}.{digest}"
                wanted[event.uid] = _Wanted(event, mark)
    return _source(workspace, partnership_id), wanted
