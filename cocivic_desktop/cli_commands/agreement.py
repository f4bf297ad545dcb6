"""Commands about agreements: check, feasible, export."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cocivic_desktop.cli_commands.common import (
    Answer,
    Session,
    command,
    details,
    group,
    hours,
    partnership,
    words,
)
from cocivic_desktop.domain.errors import NotFound

if TYPE_CHECKING:
    from cocivic_desktop.cli_commands.common import Commands
    from cocivic_desktop.domain.agreements import Agreement


def register(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add these commands."""
    about = group(commands, "agreement", "the agreement of a partnership", shared)
    checking = command(about, "check", check, "what a good agreement covers and this one lacks", shared)
    checking.add_argument("partnership", metavar="P")
    asking = command(about, "feasible", feasible, "promised hours against teaching weeks", shared)
    asking.add_argument("partnership", metavar="P")
    writing = command(about, "export", export, "write the agreement as DOCX", shared)
    writing.add_argument("partnership", metavar="P")
    writing.add_argument("--out", type=Path, required=True, metavar="F.docx")
    writing.add_argument("--language", metavar="CODE", help="language of the document: en, de, es or tr")
    writing.add_argument("--second-language", metavar="CODE", help="a second language beside the first")
    writing.add_argument("--version", type=int, metavar="N", help="a shared version exactly as it left")
    writing.add_argument("--changes-since", type=int, metavar="M", help="tracked changes since version M")
    reading = command(about, "read", read, "what a returned document changed, clause by clause", shared)
    reading.add_argument("partnership", metavar="P")
    reading.add_argument("file", type=Path, metavar="F.docx")
    reading.add_argument("--version", type=int, metavar="N", help="the version it answers, where it does not say so")


def check(session: Session, args: argparse.Namespace) -> Answer:
    """Topic by topic, how the agreement stands. Exits with 1 while it is incomplete."""
    from cocivic_desktop.services import agreements

    agreement = _agreement(session, args)
    found = agreements.completeness(session.workspace, agreement.id)
    paperwork = agreements.paperwork(session.workspace, agreement.id)
    data = {
        "agreement": agreement.id,
        "complete": found.is_complete,
        "share": found.share,
        "topics": found.findings,
        "paperwork": {"total": paperwork.total, "processes": paperwork.processes, "reports": paperwork.reports},
    }
    lines = [f"{words(one.state):<17} {words(one.topic)}  ({words(one.reason)})" for one in found.findings]
    lines.append(f"{round(100 * found.share)} % settled; {paperwork.total} pieces of paperwork.")
    return Answer(data, lines, code=0 if found.is_complete else 1)


def feasible(session: Session, args: argparse.Namespace) -> Answer:
    """Whether what our side promises fits into the teaching weeks. Exits with 1 when it does not."""
    from cocivic_desktop.domain.base import Side
    from cocivic_desktop.domain.rules.feasibility import check_view, weekly_minutes
    from cocivic_desktop.domain.rules.hours import promised_minutes_of_view
    from cocivic_desktop.services.views import partnership_view

    _agreement(session, args)
    view = partnership_view(session.workspace, partnership(session, args.partnership).id)
    promised, weekly = promised_minutes_of_view(view, Side.CSO), weekly_minutes(view)
    findings = check_view(view)
    weeks = view.teaching_weeks
    data = {
        "fits": not findings,
        "promised_minutes": promised,
        "teaching_weeks": weeks,
        "weekly_minutes": weekly,
        "possible_minutes": None if weeks is None else weeks * weekly,
        "findings": findings,
    }
    known = "unknown teaching weeks" if weeks is None else f"{weeks} teaching weeks at {hours(weekly)} h"
    lines = [f"{hours(promised)} h promised; {known}."]
    lines += [f"{words(one.code)}: {details(one.parameters)}" for one in findings]
    return Answer(data, lines, code=1 if findings else 0)


def export(session: Session, args: argparse.Namespace) -> Answer:
    """Write the agreement, a version exactly as it left, or the changes since one."""
    from cocivic_desktop.cli_commands import agreement_versions

    path = agreement_versions.write(session, _agreement(session, args), args)
    return Answer({"file": path}, [f"The agreement is in {path}."])


def read(session: Session, args: argparse.Namespace) -> Answer:
    """What a returned document changed."""
    from cocivic_desktop.cli_commands import agreement_versions

    return agreement_versions.read(session, _agreement(session, args), args)


def _agreement(session: Session, args: argparse.Namespace) -> Agreement:
    from cocivic_desktop.services.agreements import of_partnership

    one = partnership(session, args.partnership)
    found = of_partnership(session.workspace, one.id)
    if found is None:
        raise NotFound(f"“{one.title}” has no agreement yet. Prepare one in the window first.")
    return found
