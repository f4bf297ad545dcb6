"""Commands about hours: log, export, summary."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cocivic_desktop.cli_commands import common
from cocivic_desktop.cli_commands.common import (
    Answer,
    Session,
    command,
    day,
    details,
    force,
    group,
    maybe_partnership,
    named,
    not_yet,
    partnership,
    plain,
    today,
    words,
)
from cocivic_desktop.domain.activities import Activity
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.hours import HourCategory, HourEntry
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.domain.partnerships import Partnership, PartnershipMember

if TYPE_CHECKING:
    from cocivic_desktop.cli_commands.common import Commands
    from cocivic_desktop.domain.rules.hours import Budget


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
    writing = command(about, "export", export, "write hours as CSV", shared)
    writing.add_argument("partnership", metavar="P", nargs="?")
    writing.add_argument("--out", type=Path, required=True, metavar="F.csv")
    summing = command(about, "summary", summary, "promised, planned, used, forecast", shared)
    summing.add_argument("partnership", metavar="P", nargs="?")
    not_yet(about, "import", "hours from CSV or XLSX", shared)


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


def export(session: Session, args: argparse.Namespace) -> Answer:
    """Write hours as a table."""
    from cocivic_desktop.services import hours

    if args.out.suffix.lower() != ".csv":
        raise BadInput(f"“{args.out.suffix}” is not available in this version yet; write a .csv file.")
    chosen = maybe_partnership(session, args.partnership)
    path = hours.export_csv(session.workspace, args.out, chosen, force=force(args))
    return Answer({"file": path}, [f"The hours are in {path}."])


def summary(session: Session, args: argparse.Namespace) -> Answer:
    """Promised, planned and used hours of each commitment, in one partnership or in all."""
    from cocivic_desktop.services import hours
    from cocivic_desktop.services.records import find

    chosen = [partnership(session, args.partnership)] if args.partnership else find(session.workspace, Partnership)
    rows: list[dict[str, Any]] = []
    lines: list[str] = []
    for one in chosen:
        found = hours.summary(session.workspace, one.id, today())
        commitments = [
            {
                "side": budget.commitment.side,
                "role": budget.commitment.role,
                "promised": budget.promised,
                "used": budget.used,
                "confirmed": budget.confirmed,
                "planned": budget.planned,
                "forecast": budget.forecast,
            }
            for budget in found.budgets
        ]
        rows.append(
            {
                "partnership": one.id,
                "title": one.title,
                "used": found.used,
                "confirmed": found.confirmed,
                "commitments": commitments,
                "months": found.months,
            }
        )
        lines.append(f"{one.title}: {common.hours(found.used)} h used, {common.hours(found.confirmed)} h confirmed")
        lines += [_budget_line(budget) for budget in found.budgets]
    return Answer({"partnerships": rows}, lines or ["There are no partnerships yet."])


def _budget_line(budget: Budget) -> str:
    promise = budget.commitment
    figures = {"promised": budget.promised, "used": budget.used, "forecast": budget.forecast}
    shown = "  ".join(f"{name} {common.hours(minutes):>8}" for name, minutes in figures.items())
    return f"  {words(promise.side):<9} {promise.role:<28} {shown}"
