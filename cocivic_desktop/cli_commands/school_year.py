"""Commands about school years: list, import, compare."""

from __future__ import annotations

import argparse
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cocivic_desktop.cli_commands.common import Answer, Session, command, counted, details, group, named, today, words
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.rules.calendar_changes import HitKind
from cocivic_desktop.domain.rules.calendar_files import EndDates
from cocivic_desktop.domain.school_years import SchoolYear

if TYPE_CHECKING:
    from uuid import UUID

    from cocivic_desktop.cli_commands.common import Commands
    from cocivic_desktop.domain.rules.calendar_files import Skipped
    from cocivic_desktop.domain.school_years import CalendarPeriod
    from cocivic_desktop.services.school_year_changes import Comparison, PeriodChange
    from cocivic_desktop.services.school_year_slots import DateHit
    from cocivic_desktop.services.school_years import ImportPreview, PreviewPeriod


def register(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add these commands."""
    about = group(commands, "school-year", "the years of the schools", shared)
    command(about, "list", list_all, "all school years", shared)
    reading = command(about, "import", import_file, "holidays from an ICS or CSV file", shared)
    reading.add_argument("--dry-run", action="store_true", help="only say what would happen")
    comparing = command(about, "compare", compare_file, "what a new file changes, and which dates it hits", shared)
    for parser in (reading, comparing):
        parser.add_argument("school", metavar="SCHOOL")
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--ends",
            choices=[EndDates.INCLUSIVE.value, EndDates.EXCLUSIVE.value],
            help="whether the file's last days are the last days of a period, or the days after them",
        )
    reading.add_argument("--label", metavar="2026/27", help="the year; it is made when it is not there")
    comparing.add_argument("--label", metavar="2026/27", help="the year; without it, that of today")
    comparing.add_argument(
        "--replaces",
        choices=["same_source", "everything"],
        help="what the file takes the place of; without it, what came from its source before, if anything",
    )


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
    preview = _read(session, args, school, first, last, year)
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
        return Answer(data, [*lines, f"{counted(len(chosen), 'period')} to import. Nothing was changed."])
    with session.workspace.write("import_periods", args.file.name):
        if year is None:
            year, _ = school_years.create(session.workspace, school.id, args.label, first, last)
        school_years.import_periods(session.workspace, year.id, preview, today=today())
    return Answer(data, [*lines, f"{counted(len(chosen), 'period')} imported into {year.label}."])


def compare_file(session: Session, args: argparse.Namespace) -> Answer:
    """What a new file changes in a school's year, which planned dates it hits, and when they could be instead."""
    from cocivic_desktop.services import school_year_amendments as amendments
    from cocivic_desktop.services import school_year_changes as changing
    from cocivic_desktop.services.school_year_plan import Replaces

    school = named(session, Organisation, args.school)
    year = _year(session, school.id, args.label)
    if year is None:
        raise BadInput(f"{school.name} has no school year {args.label} to compare with. Import the file instead.")
    preview = _read(session, args, school, year.starts_on, year.ends_on, year)
    replaces = Replaces(args.replaces) if args.replaces else None
    found = changing.compare(session.workspace, year.id, preview, today=today(), replaces=replaces)
    offers = amendments.offers(session.workspace, found, found.proposed())
    data = {
        "school": school.id,
        "label": year.label,
        "replaces": found.replaces,
        "changes": [
            {
                "kind": one.kind,
                "name": one.name,
                "before": _days_of(one.before),
                "after": _days_of(one.after),
                "stays": one.stored_id in found.spared,
            }
            for one in found.changes
        ],
        "hits": [_hit_data(one) for one in found.hits],
        "gained": [{"activity": one.activity_id, "on": one.on} for one in found.gained],
        "agreements": [
            {"agreement": one.agreement.id, "partnership": one.partnership_title, "clauses": one.clauses}
            for one in offers
        ],
        "skipped": preview.skipped,
        "remarks": preview.remarks,
    }
    lines = [_change_line(one, found) for one in found.changes] or ["The file changes nothing."]
    for hit in found.hits:
        lines += _hit_lines(hit)
    for offer in offers:
        concerned = [f"clause {one.number} {one.title}" for one in offer.clauses] + ["annexed plan"] * bool(offer.plan)
        lines.append(f"amend     agreement of {offer.partnership_title}: {'; '.join(concerned)}")
    lines += [f"note      {_note(one)}" for one in [*preview.skipped, *preview.remarks]]
    changed = [one for one in found.changes if one.stored_id not in found.spared]
    lines.append(
        f"{counted(len(changed), 'period')} changed, {counted(len(found.hits), 'date')} hit. Nothing was changed."
    )
    return Answer(data, lines, 1 if found.hits else 0)


def _read(
    session: Session, args: argparse.Namespace, school: Organisation, first: date, last: date, year: SchoolYear | None
) -> ImportPreview:
    """What a file offers for a year. Raises `BadInput` when it is not clear how it counts last days."""
    from cocivic_desktop.services import school_years

    preview = school_years.read_calendar_file(
        args.file,
        first=first,
        last=last,
        region=school.region,
        country=school.country,
        zone=school.zone,
        ends=EndDates(args.ends) if args.ends else None,
    )
    if preview.ends is EndDates.DOUBTFUL and not getattr(args, "dry_run", False):
        raise BadInput(f"{args.file.name}: {_ends_question(preview)} Nothing was changed.")
    return school_years.recall(session.workspace, year.id, preview) if year is not None else preview


def _ends_question(preview: ImportPreview) -> str:
    example = preview.ends_example
    shown = ""
    if example is not None:
        shown = (
            f" “{example.name}” from {example.starts_on} would end on {example.inclusive} with --ends inclusive, "
            f"on {example.exclusive} with --ends exclusive."
        )
    return f"it is not clear whether its last days belong to the periods.{shown} Compare with the school's list."


def _days_of(one: CalendarPeriod | PreviewPeriod | None) -> dict[str, object] | None:
    return {"kind": one.kind, "starts_on": one.starts_on, "ends_on": one.ends_on} if one is not None else None


def _change_line(change: PeriodChange, found: Comparison) -> str:
    days = [f"{one.starts_on} – {one.ends_on}" for one in (change.before, change.after) if one is not None]
    same = len(days) == 2 and days[0] == days[1]
    stays = "  (was typed in: it stays)" if change.stored_id in found.spared else ""
    return f"{change.kind:<9} {change.name}: {days[0] if same else ' → '.join(days)}{stays}"


def _hit_data(hit: DateHit) -> dict[str, object]:
    one, skip = hit.hit.occurrence, hit.hit.skip
    return {
        "activity": hit.activity.id,
        "title": hit.activity.title,
        "partnership": hit.partnership_title,
        "original_on": one.original_on,
        "on": one.on,
        "at": one.starts_at.time() if one.starts_at is not None else None,
        "kind": hit.hit.kind,
        "reasons": [each.code for each in hit.hit.conflicts] or [skip.code if skip is not None else "series_ends"],
        "made_up_on": hit.made_up_on,
        "proposed": [{"on": slot.on, "at": slot.start_time, "days": slot.days} for slot in hit.slots],
    }


def _hit_lines(hit: DateHit) -> list[str]:
    one, skip = hit.hit.occurrence, hit.hit.skip
    why = "; ".join(f"{words(each.code)} {each.parameters.get('name', '')}".strip() for each in hit.hit.conflicts)
    if hit.hit.kind is HitKind.LEFT_OUT:
        why = f"left out: {words(skip.code)} {skip.name}".strip() if skip is not None else "left out: the series ends"
    at = f" {one.starts_at:%H:%M}" if one.starts_at is not None else ""
    lines = [f"hit       {one.on}{at}  {hit.activity.title} ({hit.partnership_title}): {why}"]
    if hit.made_up_on is not None:
        lines.append(f"            its series makes up for it on {hit.made_up_on}")
    shown = ", ".join(f"{slot.on}" + (f" {slot.start_time:%H:%M}" if slot.start_time else "") for slot in hit.slots)
    return [*lines, f"            free: {shown or 'nothing nearby'}"]


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
