"""Commands about prospective partners: partnership pipeline, move and contact; schools list and import."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cocivic_desktop.cli_commands.common import Answer, Session, command, day, group, partnership, today, words
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.partnerships import OutreachKind, PipelineState

if TYPE_CHECKING:
    from datetime import date

    from cocivic_desktop.cli_commands.common import Commands
    from cocivic_desktop.domain.rules.pipeline import Prospect
    from cocivic_desktop.services.school_list import ListedSchool


def register(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add the commands about schools."""
    about = group(commands, "schools", "the schools", shared)
    command(about, "list", list_schools, "all schools", shared)
    reading = command(about, "import", import_schools, "a list of schools from a CSV or XLSX file", shared)
    reading.add_argument("file", type=Path, metavar="FILE")
    reading.add_argument("--sheet", metavar="NAME", help="the sheet of a workbook; else its first one")
    reading.add_argument("--ideas", action="store_true", help="also put each into the pipeline as an idea")
    reading.add_argument("--similar", action="store_true", help="add also those that look like others")
    reading.add_argument("--dry-run", action="store_true", help="only say what would happen")


def register_partnership(about: Commands, shared: argparse.ArgumentParser) -> None:
    """Add the commands about a partnership's place in the pipeline."""
    shown = command(about, "pipeline", show, "who stands where, and whom to contact when", shared)
    shown.add_argument("--state", type=_state, metavar="STATE", help=_states())
    shown.add_argument("--due", action="store_true", help="only those whose day of the next contact has come")
    moving = command(about, "move", move, "put a partnership into another state", shared)
    moving.add_argument("partnership", metavar="P")
    moving.add_argument("state", type=_state, metavar="STATE", help=_states())
    moving.add_argument("--reason", help="why not now")
    noting = command(about, "contact", contact, "note a contact and the day of the next one", shared)
    noting.add_argument("partnership", metavar="P")
    noting.add_argument("--kind", choices=[kind.value for kind in OutreachKind], default=OutreachKind.CALL.value)
    noting.add_argument("--date", type=day, metavar="DAY", help="when it was; else today")
    noting.add_argument("--outcome", default="", help="what came of it")
    noting.add_argument("--next", type=day, metavar="DAY", help="the day of the next contact")


def show(session: Session, args: argparse.Namespace) -> Answer:
    """The pipeline, state by state, whom to contact first on top."""
    from cocivic_desktop.domain.rules.pipeline import STATES, PipelineFilter, in_order
    from cocivic_desktop.services import pipeline

    now = today()
    wanted = PipelineFilter(state=args.state, due_only=args.due)
    found = in_order(one for one in pipeline.prospects(session.workspace) if wanted.takes(one, now))
    lines = []
    for state in STATES:
        cards = [one for one in found if one.state is state]
        if cards:
            lines += [f"{words(state)} ({len(cards)})", *(_line(one, now) for one in cards)]
    counts = {state.value: sum(one.state is state for one in found) for state in STATES}
    data = {"pipeline": [_row(one, now) for one in found], "counts": counts}
    return Answer(data, lines or ["There is nothing in the pipeline."])


def move(session: Session, args: argparse.Namespace) -> Answer:
    """Move a partnership in the pipeline."""
    from cocivic_desktop.services import pipeline

    one = partnership(session, args.partnership)
    if args.reason is not None and args.state is not PipelineState.NOT_NOW:
        raise BadInput("A reason belongs to “not_now” only. Nothing was changed.")
    changed = pipeline.move(session.workspace, one.id, args.state, args.reason)
    data = {"id": one.id, "title": one.title, "from": one.pipeline, "to": args.state, "reason": args.reason,
            "changed": bool(changed)}  # fmt: skip
    return Answer(data, [f"{one.title}: {words(one.pipeline)} → {words(args.state)}"])


def contact(session: Session, args: argparse.Namespace) -> Answer:
    """Note a contact with a school."""
    from cocivic_desktop.services import pipeline

    one = partnership(session, args.partnership)
    noted, _ = pipeline.log_contact(
        session.workspace,
        one.id,
        happened_on=args.date or today(),
        kind=OutreachKind(args.kind),
        outcome=args.outcome,
        next_contact_on=args.next,
    )
    data = {"id": noted.id, "partnership": one.id, "happened_on": noted.happened_on, "kind": noted.kind,
            "outcome": noted.outcome, "next_contact_on": noted.next_contact_on}  # fmt: skip
    following = f", next on {noted.next_contact_on}" if noted.next_contact_on else ""
    return Answer(data, [f"{one.title}: {noted.kind.value} on {noted.happened_on}{following}"])


def list_schools(session: Session, _args: argparse.Namespace) -> Answer:
    """All schools and other partners that are not archived."""
    with session.workspace.read() as unit:
        found = unit.find(Organisation, is_ours=False, order="name")
    rows = [
        {"id": one.id, "name": one.name, "kind": one.kind, "city": one.city, "country": one.country,
         "region": one.region, "email": one.email, "website": one.website}
        for one in found
    ]  # fmt: skip
    lines = [f"{str(one.id)[:8]}  {one.name}" + (f", {one.city}" if one.city else "") for one in found]
    return Answer({"schools": rows}, lines or ["There are no schools yet."])


def import_schools(session: Session, args: argparse.Namespace) -> Answer:
    """Take a list of schools: all or nothing."""
    from cocivic_desktop.services import school_list
    from cocivic_desktop.services.school_list import Choice, Finding

    sheets = school_list.read_file(args.file).sheets
    named = [one for one in sheets if args.sheet in (None, one.name)]
    if not named:
        there = ", ".join(one.name for one in sheets)
        raise BadInput(f"{args.file.name} has no sheet “{args.sheet}”. There are: {there}.")
    layout = school_list.find_layout(named[0].rows)
    rows = school_list.compare(named[0], layout, school_list.known_schools(session.workspace))
    for row in rows:
        if args.similar and row.finding is Finding.SIMILAR:
            row.choice = Choice.ADD
    chosen = [row for row in rows if row.choice is not Choice.LEAVE_OUT]
    data: dict[str, Any] = {
        "applied": bool(chosen) and not args.dry_run,
        "columns": [one.value if one is not None else None for one in layout.fields],
        "rows": [_listed(row) for row in rows],
        "counts": dict(Counter(row.choice.value for row in rows)),
    }
    if data["applied"]:
        taken = school_list.store(session.workspace, rows, as_ideas=args.ideas)
        data |= {"added": taken.added, "updated": taken.updated, "ideas": taken.ideas}
    lines = [f"row {row.line:>4}  {words(row.choice):<9}  {row.name}{_why(row)}" for row in rows]
    verb = "would be" if args.dry_run else "were"
    return Answer(data, [*lines, f"{len(chosen)} of {len(rows)} schools {verb} taken."])


def _state(text: str) -> PipelineState:
    try:
        return PipelineState(text.strip().lower().replace("-", "_").replace(" ", "_"))
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no state; there are {_states()}") from None


def _states() -> str:
    return ", ".join(state.value for state in PipelineState)


def _row(one: Prospect, now: date) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.partnership.title,
        "school": one.school_name,
        "state": one.state,
        "reason": one.partnership.not_now_reason,
        "coordinator": one.coordinator,
        "next_contact_on": one.next_contact_on,
        "last_contact_on": one.last_contact_on,
        "overdue": one.is_overdue(now),
    }


def _line(one: Prospect, now: date) -> str:
    due = f"  next contact {one.next_contact_on}" if one.next_contact_on else ""
    late = "  OVERDUE" if one.is_overdue(now) else ""
    return f"  {str(one.id)[:8]}  {one.school_name} – {one.partnership.title}{due}{late}"


def _listed(row: ListedSchool) -> dict[str, Any]:
    return {
        "row": row.line,
        "values": row.values,
        "found": row.finding,
        "reason": row.reason,
        "school": row.school_id,
        "as_row": row.same_line,
        "fills": row.fills,
        "choice": row.choice,
        "not_taken": row.remarks,
    }


def _why(row: ListedSchool) -> str:
    """What a row was found to be, and what was not taken of it."""
    reason = f", {words(row.reason)}" if row.reason is not None else ""
    other = f" as “{row.other_name}”" if row.other_name else ""
    found = f"  ({words(row.finding)}{other}{reason})" if row.finding.value != "new" else ""
    dropped = "; ".join(f"{words(one.field)} {words(one.code)}" for one in row.remarks)
    return found + (f"  [{dropped}]" if dropped else "")
