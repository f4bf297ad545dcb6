"""Commands about hours as a whole: written as a table or report, and set against what was promised."""

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
    force,
    maybe_partnership,
    partnership,
    today,
    words,
)
from cocivic_desktop.domain.base import Language
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.hours import HourReport, ReportPeriod
from cocivic_desktop.domain.organisations import PersonKind
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.rules.hour_report import MOST_ROW_LEVELS, GroupBy

if TYPE_CHECKING:
    from cocivic_desktop.cli_commands.common import Commands
    from cocivic_desktop.domain.rules.hours import Budget

_GROUPS = [each.value for each in GroupBy]


def register(about: Commands, shared: argparse.ArgumentParser) -> None:
    """Add these commands to those about hours."""
    writing = command(about, "export", export, "write hours as CSV, XLSX or DOCX", shared)
    writing.add_argument("partnership", metavar="P", nargs="?")
    writing.add_argument("--out", type=Path, required=True, metavar="F.csv|F.xlsx|F.docx")
    writing.add_argument("--by", metavar="A[,B]", help=f"rows of the report: one or two of {', '.join(_GROUPS)}")
    writing.add_argument("--columns", choices=_GROUPS, help="columns of the report")
    writing.add_argument("--from", dest="first", type=day, metavar="D", help="first day")
    writing.add_argument("--to", dest="last", type=day, metavar="D", help="last day")
    writing.add_argument("--kinds", metavar="A,B", help=f"only these people: {', '.join(PersonKind)}")
    writing.add_argument("--confirmed", action="store_true", help="confirmed hours only")
    writing.add_argument("--value", action="store_true", help="with the value of volunteer time")
    writing.add_argument("--names", choices=["none", "adults", "all"], default="adults", help="whose names it holds")
    writing.add_argument("--language", choices=[each.value for each in Language], default="en")
    summing = command(about, "summary", summary, "promised, planned, used, forecast", shared)
    summing.add_argument("partnership", metavar="P", nargs="?")


def export(session: Session, args: argparse.Namespace) -> Answer:
    """Write hours: a CSV without --by lists the entries, everything else is a report."""
    from cocivic_desktop.services import hour_report_files
    from cocivic_desktop.services.hour_reports import run

    common.in_order(args.first, args.last)
    workspace = session.workspace  # opened first: only then can records be made
    chosen = maybe_partnership(session, args.partnership)
    rows = _codes(args.by, _GROUPS, "--by")
    if len(rows) > MOST_ROW_LEVELS:
        raise BadInput(f"--by takes at most {MOST_ROW_LEVELS} words, such as “kind,person”.")
    limited = args.first is not None or args.last is not None
    report = HourReport(
        title="",
        partnership_id=chosen,
        rows=rows,
        columns=args.columns or ("" if rows else GroupBy.MONTH.value),
        period=ReportPeriod.FUNDING if limited else ReportPeriod.PARTNERSHIP,
        starts_on=args.first,
        ends_on=args.last,
        person_kinds=_codes(args.kinds, [kind.value for kind in PersonKind], "--kinds"),
        confirmed_only=args.confirmed,
        with_value=args.value,
    )
    names = hour_report_files.NamesIn(args.names)
    if args.out.suffix.lower() == ".csv" and not rows and args.columns is None:
        path = hour_report_files.write_entries(workspace, report, args.out, today(), names=names, force=force(args))
    else:
        path = hour_report_files.write_report(
            workspace, report, args.out, args.language, today(), names=names, force=force(args)
        )
    table = run(workspace, report, today())
    data: dict[str, Any] = {
        "file": path,
        "minutes": table.pivot.total.minutes,
        "confirmed": table.pivot.total.confirmed,
        "entries": table.pivot.total.entries,
        "first": table.first or table.worked_first,
        "last": table.last or table.worked_last,
        "value_cents": table.value.totals if table.value is not None else None,
    }
    return Answer(data, [f"{common.hours(table.pivot.total.minutes)} h are in {path}."])


def _codes(text: str | None, known: list[str], option: str) -> list[str]:
    codes = [word.strip() for word in (text or "").split(",") if word.strip()]
    for code in codes:
        if code not in known:
            raise BadInput(f"{option}: “{code}” is not known. There are: {', '.join(known)}.")
    return codes


def summary(session: Session, args: argparse.Namespace) -> Answer:
    """Promised, planned and used hours and the forecast, for each commitment, in one partnership or in all."""
    from cocivic_desktop.services import hours
    from cocivic_desktop.services.hour_budget import warning_percent
    from cocivic_desktop.services.records import find

    chosen = [partnership(session, args.partnership)] if args.partnership else find(session.workspace, Partnership)
    percent = warning_percent(session.workspace)
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
                "warning": (budget.forecast_percent or 0) >= percent,
            }
            for budget in found.budgets
        ]
        planned = sum(month.planned for month in found.months)
        rows.append(
            {
                "partnership": one.id,
                "title": one.title,
                "promised": sum(budget.promised for budget in found.budgets),
                "used": found.used,
                "confirmed": found.confirmed,
                "planned": planned,
                "forecast": found.used + planned,
                "commitments": commitments,
                "months": found.months,
            }
        )
        lines.append(
            f"{one.title}: {common.hours(found.used)} h used, {common.hours(found.confirmed)} h confirmed, "
            f"{common.hours(found.used + planned)} h forecast"
        )
        lines += [_budget_line(budget, percent) for budget in found.budgets]
    return Answer({"partnerships": rows}, lines or ["There are no partnerships yet."])


def _budget_line(budget: Budget, percent: int) -> str:
    promise = budget.commitment
    figures = {
        "promised": budget.promised,
        "used": budget.used,
        "planned": budget.planned,
        "forecast": budget.forecast,
    }
    shown = "  ".join(f"{name} {common.hours(minutes):>8}" for name, minutes in figures.items())
    mark = "  !" if (budget.forecast_percent or 0) >= percent else ""
    return f"  {words(promise.side):<9} {promise.role:<28} {shown}{mark}"
