"""Commands about hours: noting them. Others: `hours_export`, `hours_import`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from cocivic_desktop.cli_commands import common, hours_export, hours_import
from cocivic_desktop.cli_commands.common import (
    Answer,
    Session,
    command,
    day,
    details,
    group,
    named,
    partnership,
    plain,
    today,
    words,
)
from cocivic_desktop.domain.activities import Activity
from cocivic_desktop.domain.hours import HourCategory, HourEntry
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.domain.partnerships import PartnershipMember

if TYPE_CHECKING:
    from cocivic_desktop.cli_commands.common import Commands


def register(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add these commands."""
    about = group(commands, "hours", "who worked how long", shared)
    noting = command(about, "log", log, "note hours", shared)
    noting.add_argument("partnership", metavar="P")
    noting.add_argument("--person", required=True, metavar="X")
    noting.add_argument("--date", required=True, type=day, metavar="DATE")
    noting.add_argument("--minutes", required=True, type=int, metavar="M")
    noting.add_argument("--category", required=True, choices=[category.value for category in HourCategory])
    noting.add_argument("--activity", metavar="A")
    noting.add_argument("--remark", default="")
    noting.add_argument("--accept", action="store_true", help="store an odd entry all the same")
    hours_export.register(about, shared)
    hours_import.register(about, shared)


def log(session: Session, args: argparse.Namespace) -> Answer:
    """Note hours of one person. An odd entry is questioned: nothing is stored, exit 1, unless --accept."""
    from cocivic_desktop.services import hours
    from cocivic_desktop.services.records import find

    one = partnership(session, args.partnership)
    person = named(session, Person, args.person)
    activity = named(session, Activity, args.activity, partnership_id=one.id) if args.activity else None
    members = find(session.workspace, PartnershipMember, partnership_id=one.id, person_id=person.id)
    entry = HourEntry(
        partnership_id=one.id,
        person_id=person.id,
        role=members[0].role if members else "",
        worked_on=args.date,
        minutes=args.minutes,
        category=HourCategory(args.category),
        activity_id=activity.id if activity else None,
        remark=args.remark,
    )
    logged, _ = hours.log(session.workspace, entry, today(), accept=args.accept)
    data = {"stored": logged.stored, "id": entry.id if logged.stored else None, "questions": logged.questions}
    asked = [f"{words(one.code)}: {details(plain(one.parameters))}" for one in logged.questions]
    if not logged.stored:
        return Answer(data, ["Nothing was stored. Is this right? Then add --accept.", *asked], code=1)
    return Answer(data, [f"{common.hours(entry.minutes)} h of {person.name} on {entry.worked_on} are noted.", *asked])
