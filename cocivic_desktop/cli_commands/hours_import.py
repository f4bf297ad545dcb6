"""The command that takes hours in from CSV and XLSX."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cocivic_desktop.cli_commands import common
from cocivic_desktop.cli_commands.common import (
    Answer,
    Session,
    command,
    details,
    named,
    partnership,
    plain,
    today,
    words,
)
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.hours import HourCategory
from cocivic_desktop.domain.organisations import Person

if TYPE_CHECKING:
    from cocivic_desktop.cli_commands.common import Commands
    from cocivic_desktop.services.hours_import import HourLayout, ImportRow, Preview, Sheet

_SHOWN = 20
"""Rows in doubt that are listed for a person; --json has all."""


def register(about: Commands, shared: argparse.ArgumentParser) -> None:
    """Add the command."""
    taking = command(about, "import", take, "hours from CSV or XLSX, all or nothing", shared)
    taking.add_argument("partnership", metavar="P")
    taking.add_argument("file", type=Path, metavar="F.csv|F.xlsx")
    taking.add_argument("--dry-run", action="store_true", help="show what would happen; nothing is stored")
    taking.add_argument("--sheet", metavar="NAME", help="the sheet of the workbook, the first one otherwise")
    order = taking.add_mutually_exclusive_group()
    order.add_argument("--day-first", action="store_true", help="03/04 is the third of April")
    order.add_argument("--month-first", action="store_true", help="03/04 is the fourth of March")
    taking.add_argument(
        "--unit", choices=["hours", "clock", "minutes"], help="plain numbers: 1.5 h, 1.30 h, or minutes"
    )
    taking.add_argument("--person", metavar="X", help="whose hours rows without a name are")
    taking.add_argument(
        "--category",
        choices=[one.value for one in HourCategory],
        help="of rows that name none; else mentoring for mentors, administration for meetings, delivery for others",
    )
    taking.add_argument("--add-people", action="store_true", help="add people whom nobody here is called like")
    taking.add_argument("--accept", action="store_true", help="store odd rows, such as overlaps, all the same")
    taking.add_argument("--leave-out", action="store_true", help="leave out rows that cannot be taken, store the rest")


def take(session: Session, args: argparse.Namespace) -> Answer:
    """Import hours. While a row is in doubt nothing is stored: exit 1, with the reasons by line."""
    from cocivic_desktop.services import hours_import
    from cocivic_desktop.services.hours_import import Choice, Match, RowState

    one = partnership(session, args.partnership)
    person = named(session, Person, args.person) if args.person else None
    sheet = _sheet(hours_import.read_file(args.file).sheets, args.sheet)
    layout = _layout(sheet, args)

    def previewed(decided: dict[str, Any]) -> Preview:
        return hours_import.compare(
            session.workspace,
            one.id,
            sheet,
            layout,
            today(),
            decided=decided,
            everybody=person.id if person is not None else None,
            category=HourCategory(args.category) if args.category else None,
        )

    preview = previewed({})
    unknown = [each.name for each in preview.names if each.match is Match.NONE]
    if args.add_people and unknown:
        preview = previewed(dict.fromkeys(unknown, (Choice.ADD, None)))
    if args.accept:
        for row in preview.rows:
            row.ticked = row.ticked or (row.state is RowState.ASKED and row.entry is not None)
    settled = (RowState.KNOWN, RowState.PASSED_OVER, RowState.LEFT_OUT)
    doubtful = [row for row in preview.rows if not row.ticked and row.state not in settled]
    ticked = preview.ticked
    store = bool(ticked) and not args.dry_run and (args.leave_out or not doubtful)
    done = hours_import.store(session.workspace, preview, today(), label=args.file.name) if store else None
    data = {
        "stored": done.entries if done is not None else 0,
        "people_added": done.people if done is not None else 0,
        "minutes": done.minutes if done is not None else 0,
        "would_store": len(ticked),
        "known": preview.count(RowState.KNOWN),
        "passed_over": preview.count(RowState.PASSED_OVER),
        "names": [
            {"name": each.name, "rows": each.rows, "match": each.match, "person": each.candidate}
            for each in preview.names
        ],
        "doubtful": [{"line": row.line, "state": row.state, "reasons": _reasons(row, preview)} for row in doubtful],
    }
    lines = [f"line {row.line}: {'; '.join(_reasons(row, preview))}" for row in doubtful[:_SHOWN]]
    if len(doubtful) > _SHOWN:
        lines.append(f"… and {len(doubtful) - _SHOWN} more; --json lists all")
    if done is not None:
        head = f"{done.entries} entries with {common.hours(done.minutes)} h are stored, {done.people} people added."
    elif args.dry_run or not doubtful:
        head = f"{len(ticked)} entries can be stored, {data['known']} are there already. Nothing was stored."
    else:
        head = (
            f"Nothing was stored: {len(doubtful)} rows are in doubt. Correct the table, or add --add-people, --accept "
            "or --leave-out."
        )
    left = bool(doubtful) and not (store and args.leave_out)
    return Answer(data, [head, *lines], code=1 if left else 0)


def _sheet(sheets: list[Sheet], name: str | None) -> Sheet:
    if name is None:
        return sheets[0]
    found = next((one for one in sheets if one.name == name), None)
    if found is None:
        raise BadInput(f"There is no sheet “{name}”. There are: {', '.join(one.name or '–' for one in sheets)}.")
    return found


def _layout(sheet: Sheet, args: argparse.Namespace) -> HourLayout:
    """The layout as found, with what the command line says. Raises `BadInput` where that is needed and missing."""
    from cocivic_desktop.services import hours_import
    from cocivic_desktop.tables.hour_values import DayOrder, Unit

    layout = hours_import.find_layout(sheet)
    if args.day_first or args.month_first:
        order = DayOrder.MONTH_FIRST if args.month_first else DayOrder.DAY_FIRST
        layout = replace(layout, order=order, order_asked=False)
    if args.unit:
        layout = replace(layout, unit=Unit(args.unit), unit_asked=False)
    if layout.order_asked:
        raise BadInput("Days such as 03/04 may be read in two ways. Say --day-first or --month-first.")
    if layout.unit_asked:
        raise BadInput("Plain numbers may be hours, hours and minutes (1.30), or minutes. Say so with --unit.")
    return layout


def _reasons(row: ImportRow, preview: Preview) -> list[str]:
    """Why a row is not taken, in words."""
    if row.state == "person_open":
        found = next(one for one in preview.names if one.name == row.read.person)
        meant = f", perhaps {found.candidate}" if found.candidate else ""
        return [f"“{found.name}” is not known{meant}"]
    problems = [f"{words(one.code)} {one.value}".strip() for one in row.read.problems]
    return problems + [f"{words(one.code)}: {details(plain(one.parameters))}" for one in row.questions]
