"""Calendars as ICS files that update in a mail client instead of doubling.

An event's identity (UID) comes from its activity and its place in the series: the week of its original date, and
which of the series' weekdays it is. So it stays the same when a session or the whole series moves to another day.
What has been exported once and is no longer there goes out as cancelled. A series that goes out as one event has the
activity's own UID; whoever changes from one form to the other has the events of the other called off.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cocivic_desktop.domain.activities import Activity, ActivityKind, ActivityStatus
from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.partnerships import Partnership, PartnershipMember
from cocivic_desktop.domain.rules.recurrence import Occurrence, build_occurrence, wall_clock
from cocivic_desktop.domain.rules.teaching_weeks import CLOSURES, monday_of
from cocivic_desktop.services.export_memory import WHOLE, Memory, Slot, read_memory

if TYPE_CHECKING:
    from cocivic_desktop.calendars.ics_out import CalendarEvent
    from cocivic_desktop.services.calendar import Content
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

DOMAIN = "co-civic.desktop"
AS_SET: Final = -1
"""The reminder that each activity asks for."""


def export_ics(
    workspace: Workspace,
    path: Path | str,
    *,
    partnership_id: UUID | None = None,
    person_id: UUID | None = None,
    role: str | None = None,
    include_closures: bool = False,
    series: bool = False,
    alarm_minutes: int | None = AS_SET,
    force: bool = False,
    now: datetime | None = None,
) -> list[Path]:
    """Write the calendar of a partnership, a person, a role, or everything, and return the files written.

    Above 1 MB it becomes several files with `-1`, `-2` … before the ending. `role` is a role in an activity or in
    the partnership, whatever its case. With `series` a recurring activity is one event with a rule where that can be
    said, else one event per date. `alarm_minutes` before the start a reminder goes off; None means never, `AS_SET`
    what each activity says. The sequence number of an activity is raised when its content has changed
    since its last export. `now` is the moment of writing (aware). Raises `BadInput`, `NotFound`; then no number was
    raised.
    """
    from cocivic_desktop.calendars.ics_out import write_calendars
    from cocivic_desktop.services.calendar import load

    now = now or datetime.now(UTC)
    with workspace.read() as unit:
        content = load(unit, None if partnership_id is None else [partnership_id], with_archived_activities=True)
        organisations = {each.id: each for each in unit.find(Organisation, archived=None)}
        members = unit.find(PartnershipMember) if role else []
    ours = next((each for each in organisations.values() if each.is_ours), None)
    chosen = [
        activity
        for activity in content.activities.values()
        if (not activity.archived or activity.exported_at is not None)
        and _concerns(activity, content, members, person_id, role)
    ]
    exports = [
        export_activity(activity, content, ours, now, series=series, alarm_minutes=alarm_minutes) for activity in chosen
    ]
    events = [event for export in exports for event in export.events]
    if include_closures:
        partnerships = {activity.partnership_id: content.partnerships[activity.partnership_id] for activity in chosen}
        if partnership_id is not None:
            partnerships[partnership_id] = content.partnerships[partnership_id]
        events += _closures(partnerships.values(), content, organisations, ours)
    events.sort(key=lambda event: (event.starts_on, event.uid))
    name = content.partnerships[partnership_id].title if partnership_id is not None else "Co-Civic"
    files = write_calendars(events, name=name, stamped_at=now)
    changed = [export for export in exports if export.changed]
    if not changed:
        return _write(Path(path), files, force)
    # The numbers are kept only when the files are there: an error of writing undoes both.
    with workspace.write("export_calendar", label=name[:80], undoable=False) as unit:
        for export in changed:
            remember(unit, export, now)
        return _write(Path(path), files, force)


def event_uid(activity: Activity, original_on: date) -> str:
    """The UID of one date of an activity; never changes, also when the date or the series moves within its weeks."""
    return _uid(activity, _slot(activity, original_on))


def parse_uid(uid: str) -> tuple[UUID, Slot] | None:
    """The activity of a UID of ours and the place in its series; None for another program's."""
    match = _UID.fullmatch(uid.strip().lower())
    if match is None:
        return None
    if match["monday"] is None:
        return UUID(match["id"]), WHOLE
    try:
        return UUID(match["id"]), (datetime.strptime(match["monday"], "%Y%m%d").date(), int(match["place"]))  # noqa: DTZ007
    except ValueError:
        return None


def original_date(activity: Activity, slot: Slot, content: Content) -> date | None:
    """The original date at a place in a series, also where the series leaves it out now; None for the whole."""
    if slot == WHOLE:
        return None
    found = content.of_activity(activity, slot[0], slot[0] + timedelta(days=6))[0]
    known = [one.original_on for one in found if _slot(activity, one.original_on) == slot]
    return known[0] if known else _day_of(activity, slot)


_UID: Final = re.compile(
    rf"(?P<id>[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}})(?:-(?P<monday>\d{{8}})-(?P<place>\d))?@{re.escape(DOMAIN)}"
)


def remember(unit: UnitOfWork, export: Export, now: datetime) -> None:
    """Keep what has left the house, so that the next export of a changed activity carries a higher number."""
    activity = unit.get(Activity, export.activity.id)
    activity.exported_at, activity.exported_hash = now, export.memory.text
    activity.sequence = export.sequence


@dataclass(frozen=True)
class Export:
    """The events of one activity and what is to be remembered of them."""

    activity: Activity
    events: list[CalendarEvent]
    dates: dict[date, CalendarEvent]
    """Each date that there is as an event of its own, by its original date; also those that are called off."""
    sequence: int
    memory: Memory
    changed: bool


def _concerns(
    activity: Activity, content: Content, members: Iterable[PartnershipMember], person_id: UUID | None, role: str | None
) -> bool:
    taking_part = content.participations.get(activity.id, ())
    if person_id is not None and all(each.person_id != person_id for each in taking_part):
        return False
    if role is None:
        return True
    wanted = fold(role).strip()
    in_role = {
        member.person_id
        for member in members
        if member.partnership_id == activity.partnership_id and fold(member.role).strip() == wanted
    }
    return any(fold(each.role).strip() == wanted or each.person_id in in_role for each in taking_part)


def export_activity(
    activity: Activity,
    content: Content,
    ours: Organisation | None,
    now: datetime,
    *,
    series: bool | None = None,
    alarm_minutes: int | None = AS_SET,
) -> Export:
    """The events of an activity, with the number that they have to carry after what was exported before.

    `series` and `alarm_minutes` as for `export_ics`; None leaves the form as it was last.
    """
    before = read_memory(activity.exported_hash)
    series = before.series if series is None else series
    found = content.of_activity(activity, date.min, date.max)[0]
    by_date = {one.original_on: _event(activity, one, content, ours, now) for one in found}
    if alarm_minutes != AS_SET:
        by_date = {day: replace(event, alarm_minutes=alarm_minutes) for day, event in by_date.items()}
    events = {_slot(activity, day): event for day, event in by_date.items()}
    whole = _as_series(activity, by_date) if series else None
    slots = {WHOLE} if whole is not None else set(events)
    gone = {slot: _vanished(activity, slot, content, ours, now) for slot in before.slots - slots}
    # What the events say, without the moments of writing and numbers, which change by themselves.
    plain = [
        replace(event, changed_at=datetime(1970, 1, 1, tzinfo=UTC)) for _, event in sorted((events | gone).items())
    ]
    digest = hashlib.sha256(f"[{', '.join(map(_said, plain))}]".encode()).hexdigest()[:24]
    changed = digest != before.digest or activity.exported_at is None
    sequence = activity.sequence + (1 if changed and activity.exported_at is not None else 0)
    written = now if changed or activity.exported_at is None else activity.exported_at

    def numbered(event: CalendarEvent) -> CalendarEvent:
        inner = tuple(numbered(one) for one in event.exceptions)
        return replace(event, sequence=sequence, changed_at=written, exceptions=inner)

    shown = [whole] if whole is not None else list(events.values())
    dates = {day: numbered(event) for day, event in by_date.items()}
    dates |= {_day_of(activity, slot): numbered(event) for slot, event in gone.items() if slot != WHOLE}
    memory = replace(before, digest=digest, slots=frozenset(slots | gone.keys()), series=whole is not None)
    return Export(activity, [numbered(one) for one in (*shown, *gone.values())], dates, sequence, memory, changed)


def _said(event: CalendarEvent) -> str:
    """What a date says, in the words in which earlier versions remembered it."""
    text = repr(event)
    return text[: text.rindex(", rule=")] + ")"


def series_event(activity: Activity, export: Export) -> CalendarEvent | None:
    """All dates of a series as one event with the numbers of an export, None where no rule can say them."""
    return _as_series(activity, export.dates)


def original_start(activity: Activity, original_on: date) -> date | datetime:
    """The start that a series gives to one of its dates, by which calendars name it (RECURRENCE-ID)."""
    if activity.start_time is None:
        return original_on
    return wall_clock(original_on, activity.start_time, activity.zone)


def _as_series(activity: Activity, by_date: dict[date, CalendarEvent]) -> CalendarEvent | None:
    from cocivic_desktop.calendars.series import as_series

    return as_series(activity, by_date, _uid(activity, WHOLE))


def _event(
    activity: Activity, one: Occurrence, content: Content, ours: Organisation | None, now: datetime
) -> CalendarEvent:
    from cocivic_desktop.calendars.ics_out import CalendarEvent, EventStatus

    status = EventStatus.CONFIRMED
    if one.cancelled or activity.archived:
        status = EventStatus.CANCELLED
    elif one.status is ActivityStatus.TENTATIVE:
        status = EventStatus.TENTATIVE
    details = [text.strip() for text in (activity.description, activity.materials) if text.strip()]
    return CalendarEvent(
        uid=event_uid(activity, one.original_on),
        summary=activity.title,
        starts_on=one.on,
        ends_on=one.ends_on,
        changed_at=now,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        status=status,
        location=one.place,
        description="\n\n".join(details),
        categories=(content.partnerships[activity.partnership_id].title,),
        organizer_name=ours.name if ours else "",
        organizer_email=ours.email if ours else "",
        free=activity.kind is ActivityKind.DEADLINE,
        alarm_minutes=activity.reminder_minutes,
    )


def _slot(activity: Activity, original_on: date) -> Slot:
    if activity.recurrence is None:
        return WHOLE
    weekdays = sorted(set(activity.recurrence.weekdays)) or [activity.starts_on.weekday()]
    day = original_on.weekday()
    return monday_of(original_on), weekdays.index(day) if day in weekdays else day


def _uid(activity: Activity, slot: Slot) -> str:
    if slot == WHOLE:
        return f"{activity.id}@{DOMAIN}"
    return f"{activity.id}-{slot[0]:%Y%m%d}-{slot[1]}@{DOMAIN}"


def _vanished(
    activity: Activity, slot: Slot, content: Content, ours: Organisation | None, now: datetime
) -> CalendarEvent:
    """An event that was exported and is no more, as cancelled."""
    on = _day_of(activity, slot)
    one = build_occurrence(
        activity,
        on,
        on,
        activity.start_time,
        activity.duration_minutes,
        place=activity.place,
        status=ActivityStatus.CANCELLED,
        cancelled=True,
    )
    return replace(_event(activity, one, content, ours, now), uid=_uid(activity, slot))


def _day_of(activity: Activity, slot: Slot) -> date:
    """The day that a place in a series means now."""
    if slot == WHOLE:
        return activity.starts_on
    weekdays = sorted(set(activity.recurrence.weekdays)) if activity.recurrence else []
    weekdays = weekdays or [activity.starts_on.weekday()]
    return slot[0] + timedelta(days=weekdays[slot[1]] if slot[1] < len(weekdays) else slot[1] % 7)


def _closures(
    partnerships: Iterable[Partnership],
    content: Content,
    organisations: dict[UUID, Organisation],
    ours: Organisation | None,
) -> list[CalendarEvent]:
    """The closures of the schools as all-day events that block nobody's time."""
    from cocivic_desktop.calendars.ics_out import CalendarEvent

    found: list[CalendarEvent] = []
    for school_id in sorted({partnership.school_id for partnership in partnerships}, key=str):
        view = content.years.get(school_id)
        school = organisations[school_id]
        found += [
            CalendarEvent(
                uid=f"{period.id}@{DOMAIN}",
                summary=f"{period.name} ({school.short_name or school.name})",
                starts_on=period.starts_on,
                ends_on=period.ends_on,
                changed_at=period.changed_at,
                sequence=max(0, period.version - 1),
                organizer_name=ours.name if ours else "",
                organizer_email=ours.email if ours else "",
                free=True,
            )
            for period in (view.periods if view is not None else ())
            if period.kind in CLOSURES
        ]
    return found


def _write(path: Path, files: list[bytes], force: bool) -> list[Path]:
    from cocivic_desktop.files import present, write_whole

    if len(files) == 1:
        return [write_whole(path, files[0], force=force)]
    paths = [path.with_name(f"{path.stem}-{number}{path.suffix}") for number in range(1, len(files) + 1)]
    taken = [each.name for each in paths if present(each)]
    if taken and not force:
        raise BadInput(f"{', '.join(taken[:3])} exists already. Choose another name, or allow it to be replaced.")
    return [write_whole(each, data, force=force) for each, data in zip(paths, files, strict=True)]
