"""Commands about the calendar: list, conflicts, export, invite, read."""

from __future__ import annotations

import argparse
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from cocivic_desktop.cli_commands.common import (
    Answer,
    Session,
    command,
    counted,
    day,
    details,
    force,
    group,
    hours,
    maybe_partnership,
    named,
    partnership,
    plain,
    today,
    words,
)
from cocivic_desktop.domain.activities import Activity
from cocivic_desktop.domain.base import Language
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.organisations import Person

if TYPE_CHECKING:
    from uuid import UUID

    from cocivic_desktop.cli_commands.common import Commands
    from cocivic_desktop.services.counter_proposals import Proposed

WEEKS_SHOWN = 8
"""Weeks listed when no last day is given."""
SLOTS_SHOWN = 3
LONGEST_ALARM = 4 * 7 * 24 * 60
"""Four weeks, in minutes."""


def register(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add these commands."""
    about = group(commands, "calendar", "activities and their dates", shared)
    listing = command(about, "list", list_dates, "occurrences, with skipped dates and reasons", shared)
    listing.add_argument("partnership", metavar="P", nargs="?")
    listing.add_argument("--from", dest="first", type=day, metavar="DATE")
    listing.add_argument("--to", dest="last", type=day, metavar="DATE")
    asking = command(about, "conflicts", conflicts, "conflicts and the nearest free slots", shared)
    asking.add_argument("partnership", metavar="P", nargs="?")
    writing = command(about, "export", export, "write the calendar as ICS", shared)
    writing.add_argument("partnership", metavar="P", nargs="?")
    writing.add_argument("--out", type=Path, required=True, metavar="F.ics")
    writing.add_argument("--person", metavar="X", help="only what this person takes part in")
    writing.add_argument("--role", metavar="R", help="only what people in this role take part in")
    writing.add_argument(
        "--series", action="store_true", help="one event with a rule for each series, not one per date"
    )
    writing.add_argument("--closures", action="store_true", help="with the schools' closed days, which block no time")
    writing.add_argument("--alarm", type=alarm, metavar="MINUTES", help="remind this long before; “none” for never")
    inviting = command(about, "invite", invite, "invitations and updates as e-mail drafts", shared)
    inviting.add_argument("partnership", metavar="P")
    inviting.add_argument("activity", metavar="ACTIVITY", nargs="?", help="left out with --news")
    inviting.add_argument("--out", required=True, type=Path, metavar="F.eml", help="a folder with --news")
    inviting.add_argument("--news", action="store_true", help="all that is new, changed or cancelled since last sent")
    inviting.add_argument("--whole", action="store_true", help="all dates of a series in one mail")
    inviting.add_argument("--cancel", action="store_true", help="call the date off, here and in others' calendars")
    inviting.add_argument("--on", type=day, metavar="D", help="which date of a series; the next one otherwise")
    inviting.add_argument("--language", choices=[each.value for each in Language], help="else the school's language")
    inviting.add_argument("--agenda", action="store_true", help="attach the agenda as DOCX")
    planning = command(about, "plan", write_plan, "the year by weeks, or the materials, as DOCX or XLSX", shared)
    planning.add_argument("partnership", metavar="P")
    planning.add_argument("--out", required=True, type=Path, metavar="F.docx|F.xlsx")
    planning.add_argument("--materials", action="store_true", help="what has to be there in which week, from today on")
    planning.add_argument("--year", metavar="2026/27", help="another school year than that of today")
    planning.add_argument("--language", choices=[each.value for each in Language], help="else the school's language")
    reading = command(about, "read", read, "replies to invitations: keep who comes and who does not", shared)
    reading.add_argument("files", metavar="F.ics|F.eml", nargs="+", type=Path)
    reading.add_argument("--dry-run", action="store_true", help="only show what the files say")


def list_dates(session: Session, args: argparse.Namespace) -> Answer:
    """What takes place, and what series leave out and why."""
    from cocivic_desktop.services import calendar

    first = args.first or today()
    last = args.last or first + timedelta(weeks=WEEKS_SHOWN)
    if last < first:
        raise BadInput(f"The last day ({last}) lies before the first ({first}).")
    chosen = maybe_partnership(session, args.partnership)
    found = calendar.occurrences(session.workspace, chosen, first, last)
    titles = {id: activity.title for id, activity in found.activities.items()}
    data = {
        "first": first,
        "last": last,
        "occurrences": [
            {
                "activity": one.activity_id,
                "title": titles[one.activity_id],
                "original_on": one.original_on,
                "on": one.on,
                "starts_at": one.starts_at,
                "ends_at": one.ends_at,
                "minutes": one.minutes,
                "place": one.place,
                "status": one.status,
                "cancelled": one.cancelled,
                "reason": one.reason,
            }
            for one in found.occurrences
        ],
        "skipped": [{**plain(skip), "title": titles[skip.activity_id]} for skip in found.skips],
    }
    rows = []
    for one in found.occurrences:
        clock = f"{one.starts_at:%H:%M}" if one.starts_at else "     "
        state = "cancelled" if one.cancelled else words(one.status)
        rows.append((one.on, f"{one.on}  {clock}  {titles[one.activity_id]}  ({state})"))
    for skip in found.skips:
        name = f": {skip.name}" if skip.name else ""
        rows.append((skip.on, f"{skip.on}  -----  {titles[skip.activity_id]}  (skipped, {words(skip.code)}{name})"))
    lines = [line for _, line in sorted(rows, key=lambda row: row[0])]
    return Answer(data, lines or ["Nothing takes place in these days."])


def conflicts(session: Session, args: argparse.Namespace) -> Answer:
    """What should not take place then, with the nearest free slots. Exits with 1 when there is any."""
    from cocivic_desktop.domain.rules.conflicts import NOT_BY_MOVING, ConflictCode
    from cocivic_desktop.services import calendar, records

    chosen = maybe_partnership(session, args.partnership)
    found = calendar.conflicts(session.workspace, chosen, today())
    rows, lines = [], []
    for one in found:
        title = records.get(session.workspace, Activity, one.activity_id).title
        slots = (
            calendar.free_slots(session.workspace, one.activity_id, one.original_on, today=today(), limit=SLOTS_SHOWN)
            if one.code not in NOT_BY_MOVING
            else []
        )
        free = [{"on": slot.on, "start_time": slot.start_time, "kind": slot.kind} for slot in slots]
        rows.append({**plain(one), "title": title, "free_slots": free})
        about = details(plain(one.parameters))
        reason = words(one.code) + (f" ({about})" if about else "")
        lines.append(f"{words(one.severity):<4} {one.original_on}  {title}: {reason}")
        if one.code is ConflictCode.OVER_COMMITMENT:
            left = hours(int(str(one.parameters["left_minutes"])))
            lines.append(f"      left of the promise: {left} h; let others take part, shorten it, or agree on more")
        if slots:
            shown = ", ".join(f"{slot.on}" + (f" {slot.start_time:%H:%M}" if slot.start_time else "") for slot in slots)
            lines.append(f"      free: {shown}")
    return Answer({"conflicts": rows}, lines or ["There are no conflicts."], code=1 if found else 0)


def export(session: Session, args: argparse.Namespace) -> Answer:
    """Write the calendar of a partnership, a person, a role, or everything."""
    from cocivic_desktop.services import calendar, calendar_export

    chosen = maybe_partnership(session, args.partnership)
    person = named(session, Person, args.person) if args.person else None
    files = calendar.export_ics(
        session.workspace,
        args.out,
        partnership_id=chosen,
        person_id=person.id if person else None,
        role=args.role,
        include_closures=args.closures,
        series=args.series,
        alarm_minutes=calendar_export.AS_SET if args.alarm is None else None if args.alarm < 0 else args.alarm,
        force=force(args),
    )
    return Answer({"files": files}, [f"The calendar is in {', '.join(str(one) for one in files)}."])


def write_plan(session: Session, args: argparse.Namespace) -> Answer:
    """Write the plan of a school year, or the list of materials."""
    from cocivic_desktop.services import letters, year_plan
    from cocivic_desktop.services.year_plan import PlanPaper

    chosen = partnership(session, args.partnership)
    years = {one.label: one.id for one in year_plan.years_of(session.workspace, chosen.id)}
    if args.year and args.year not in years:
        raise BadInput(f"There is no school year “{args.year}”. There are: {', '.join(years) or 'none'}.")
    path = year_plan.write_plan(
        session.workspace,
        chosen.id,
        args.out,
        args.language or letters.suggested_language(session.workspace, chosen.id),
        today(),
        paper=PlanPaper.MATERIALS if args.materials else PlanPaper.PLAN,
        school_year_id=years.get(args.year or ""),
        force=force(args),
    )
    return Answer({"file": path}, [f"Written to {path}."])


def alarm(text: str) -> int:
    """Minutes before the start, or “none” (-1)."""
    if text == "none":
        return -1
    if not text.isdigit() or int(text) > LONGEST_ALARM:
        raise argparse.ArgumentTypeError(f"“{text}” is no number of minutes. Write e.g. 30, or none")
    return int(text)


def read(session: Session, args: argparse.Namespace) -> Answer:
    """Keep the replies that files hold. Exits with 1 when one of them could not be used."""
    from cocivic_desktop.services import replies

    found = replies.read(session.workspace, args.files)
    chosen = [line for line in found if line.standing in replies.TAKEN]
    if chosen and not args.dry_run:
        replies.take(session.workspace, chosen)
    data = [
        {
            "file": line.file,
            "standing": line.standing,
            "who": line.who,
            "person": line.person.id if line.person is not None else None,
            "activity": line.activity.id if line.activity is not None else None,
            "title": line.title,
            "original_on": line.original_on,
            "reply": line.reply,
            "remark": line.remark,
            "proposed": _proposed(line.wanted),
            "replied_at": line.replied_at,
            "problem": line.problem,
            "taken": line in chosen and not args.dry_run,
        }
        for line in found
    ]
    lines = []
    for line in found:
        about = line.title + (f", {line.original_on}" if line.original_on else "")
        said = f"{words(line.reply)} ({line.remark})" if line.remark else words(line.reply)
        says = said if line.standing in replies.CAN_BE_TAKEN else "not taken"
        state = f" [{words(line.standing)}]" if line.standing is not replies.Standing.NEW else ""
        if line.wanted is not None:
            at = f" {line.wanted.at:%H:%M}" if line.wanted.at is not None else ""
            state = f" [proposes {line.wanted.on}{at}]"
        lines.append(f"{line.file}: {line.who or '?'}: {about or '?'}: {says}{state} {line.problem}".rstrip())
    unused = [line for line in found if line.standing not in (*replies.TAKEN, replies.Standing.SAME)]
    return Answer({"replies": data, "dry_run": args.dry_run}, lines, code=1 if unused else 0)


def _proposed(wanted: Proposed | None) -> dict[str, object] | None:
    if wanted is None:
        return None
    return {"on": wanted.on, "start_time": wanted.at, "minutes": wanted.minutes}


def invite(session: Session, args: argparse.Namespace) -> Answer:
    """Write an invitation, or with --cancel a cancellation, as a draft that a mail program opens."""
    from cocivic_desktop.services import invitations, letters

    chosen = partnership(session, args.partnership)
    language = args.language or letters.suggested_language(session.workspace, chosen.id)
    if args.news:
        return _tell_news(session, chosen.id, args.out, language)
    if not args.activity:
        raise BadInput("Name the activity, or ask for everything that is new with --news.")
    activity = named(session, Activity, args.activity, partnership_id=chosen.id)
    guests = invitations.guests(session.workspace, activity.id)
    path = invitations.write_invitation(
        session.workspace,
        activity.id,
        args.out,
        language,
        cancel=args.cancel,
        on=args.on,
        whole=args.whole,
        with_agenda=args.agenda,
        force=force(args),
    )
    data = {
        "file": path,
        "activity": activity.id,
        "method": "CANCEL" if args.cancel else "REQUEST",
        "invited": [{"name": one.name, "email": one.email} for one in guests.invited],
        "without_address": [one.name for one in guests.without_address],
    }
    what = "cancellation; the date is cancelled here too" if args.cancel else "invitation"
    lines = [f"The {what}: {path}. Open it with the mail program and send it."]
    lines += [f"No e-mail address: {one.name}." for one in guests.without_address]
    return Answer(data, lines)


def _tell_news(session: Session, partnership_id: UUID, folder: Path, language: str) -> Answer:
    """Drafts for all whose guests do not know yet how it stands."""
    from cocivic_desktop.services import invitation_rounds

    found = invitation_rounds.pending(session.workspace, partnership_id, today())
    files = invitation_rounds.write_round(session.workspace, found, folder, language)
    data = {
        "files": files,
        "activities": [
            {
                "activity": one.activity.id,
                "title": one.activity.title,
                "news": one.news,
                "dates": one.count,
                "invited": [person.email for person in one.guests.invited],
            }
            for one in found
        ],
    }
    lines = [f"{words(one.news)}: {one.activity.title}" for one in found]
    return Answer(
        data, [*lines, f"In {folder}: {counted(len(files), 'draft')}, to be opened with the mail program and sent."]
    )
