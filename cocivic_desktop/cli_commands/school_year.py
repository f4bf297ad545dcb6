"""Commands about school years: list, import."""

from __future__ import annotations

import argparse
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cocivic_desktop.cli_commands.common import Answer, Session, command, details, group, named, not_yet, today, words
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.school_years import SchoolYear

if TYPE_CHECKING:
    from uuid import UUID

    from cocivic_desktop.cli_commands.common import Commands
    from cocivic_desktop.domain.rules.calendar_files import Skipped
    from cocivic_desktop.services.school_years import PreviewPeriod


def register(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add these commands."""
    about = group(commands, "school-year", "the years of the schools", shared)
    command(about, "list", list_all, "all school years", shared)
    reading = command(about, "import", import_file, "holidays from an ICS or CSV file", shared)
    reading.add_argument("school", metavar="SCHOOL")
    reading.add_argument("file", type=Path)
    reading.add_argument("--label", metavar="2026/27", help="the year; it is made when it is not there")
    reading.add_argument("--dry-run", action="store_true", help="only say what would happen")
    not_yet(about, "compare", "what a new file changes", shared)


def list_all(session: Session, _args: argparse.Namespace) -> Answer:
    """All school years, by school."""
    with session.workspace.read() as unit:
        schools = {one.id: one.name for one in unit.find(Organisation, archived=None)}
        years = unit.find(SchoolYear, order="starts_on")
    rows = [
        {
            "id": one.id,
            "school": schools[one.school_id],
            "label": one.label,
            "starts_on": one.starts_on,
            "ends_on": one.ends_on,
            "source": one.source,
            "checked_on": one.checked_on,
            "confirmed_on": one.confirmed_on,
        }
        for one in sorted(years, key=lambda one: schools[one.school_id])
    ]
    lines = [
        f"{row['label']:<10} {row['starts_on']} – {row['ends_on']}  {row['school']}"
        + ("" if row["confirmed_on"] else "  (not confirmed)")
        for row in rows
    ]
    return Answer({"school_years": rows}, lines or ["There are no school years yet."])


def import_file(session: Session, args: argparse.Namespace) -> Answer:
    """Put a file's holidays into a school's year: all or nothing."""
    from cocivic_desktop.services import school_years

    school = named(session, Organisation, args.school)
    year = _year(session, school.id, args.label)
    first, last = (year.starts_on, year.ends_on) if year else _days(args.label)
    preview = school_years.read_calendar_file(
        args.file, first=first, last=last, region=school.region, country=school.country, zone=school.zone
    )
    chosen = [period for period in preview.periods if period.chosen]
    notes = [_note(one) for one in [*preview.skipped, *preview.remarks]]
    if not preview.periods and preview.skipped:
        raise BadInput(f"{args.file.name}: nothing in it can be used. {'; '.join(notes[:3])}. Nothing was changed.")
    data = {
        "school": school.id,
        "label": year.label if year else args.label,
        "new_year": year is None,
        "applied": not args.dry_run,
        "periods": chosen,
        "left_out": [period for period in preview.periods if not period.chosen],
        "skipped": preview.skipped,
        "remarks": preview.remarks,
    }
    lines = [_period_line(period) for period in chosen]
    lines += [f"left out  {_period_line(period)}" for period in preview.periods if not period.chosen]
    lines += [f"note      {note}" for note in notes]
    if args.dry_run:
        return Answer(data, [*lines, f"{len(chosen)} periods would be imported. Nothing was changed."])
    with session.workspace.write("import_periods", args.file.name):
        if year is None:
            year, _ = school_years.create(session.workspace, school.id, args.label, first, last)
        school_years.import_periods(session.workspace, year.id, preview, today=today())
    return Answer(data, [*lines, f"{len(chosen)} periods were imported into {year.label}."])


def _year(session: Session, school_id: UUID, label: str | None) -> SchoolYear | None:
    """The year of that label; without one, the year of today. None when a labelled year is to be made."""
    with session.workspace.read() as unit:
        years = unit.find(SchoolYear, order="starts_on", school_id=school_id)
    if label:
        return next((year for year in years if year.label == label), None)
    running = [year for year in years if year.starts_on <= today() <= year.ends_on]
    if len(running) != 1:
        raise BadInput("Which school year is meant? Add --label, such as --label 2026/27.")
    return running[0]


def _days(label: str) -> tuple[date, date]:
    """August to July of a label such as 2026/27."""
    found = re.fullmatch(r"(\d{4})\s*[/–-]\s*(\d{4}|\d{2})", label.strip())
    if not found or (int(found[1]) + 1) % 100 != int(found[2]) % 100 or not 1950 <= int(found[1]) <= 2150:
        raise BadInput(f"“{label}” is not a school year such as 2026/27.")
    return date(int(found[1]), 8, 1), date(int(found[1]) + 1, 7, 31)


def _note(one: Skipped) -> str:
    """What was not read, or read with a doubt, and why."""
    facts = details(one.parameters)
    what = f"{one.what}: " if one.what else ""
    return f"{what}{words(one.reason_code)}" + (f" ({facts})" if facts else "")


def _period_line(period: PreviewPeriod) -> str:
    return f"{period.starts_on} – {period.ends_on}  {words(period.kind):<14} {period.name}"
