"""Commands about shared goals: goals list with the quality check, goals sheet."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cocivic_desktop.cli_commands.common import (
    Answer,
    Session,
    command,
    details,
    force,
    group,
    partnership,
    today,
    words,
)
from cocivic_desktop.domain.goals import Indicator, SharedGoal
from cocivic_desktop.services.records import find

if TYPE_CHECKING:
    from cocivic_desktop.cli_commands.common import Commands


def register(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add these commands."""
    about = group(commands, "goals", "the shared goals of a partnership", shared)
    listing = command(about, "list", list_all, "goals with assent, indicators and what would make them better", shared)
    listing.add_argument("partnership", metavar="P")
    writing = command(about, "sheet", sheet, "write the goal sheet for a meeting as DOCX", shared)
    writing.add_argument("partnership", metavar="P")
    writing.add_argument("--out", type=Path, required=True, metavar="F.docx")
    writing.add_argument("--language", metavar="CODE", default="en", help="language of the document")


def list_all(session: Session, args: argparse.Namespace) -> Answer:
    """The goals of a partnership in their order, each with the findings of the quality check."""
    from cocivic_desktop.services import goals

    one = partnership(session, args.partnership)
    found = find(session.workspace, SharedGoal, order="position", partnership_id=one.id)
    indicators = find(session.workspace, Indicator, order="position", partnership_id=one.id)
    findings = goals.quality(session.workspace, one.id, today())
    rows = [
        {
            "id": goal.id,
            "statement": goal.statement,
            "theme": goal.theme,
            "target_on": goal.target_on,
            "agreed_cso_on": goal.agreed_cso_on,
            "agreed_cso_by": goal.agreed_cso_by,
            "agreed_school_on": goal.agreed_school_on,
            "agreed_school_by": goal.agreed_school_by,
            "indicators": [
                {"id": each.id, "code": each.code, "name": each.name, "unit": each.unit, "target": each.target}
                for each in indicators
                if each.goal_id == goal.id
            ],
            "findings": findings[goal.id],
        }
        for goal in found
    ]
    lines = []
    for number, goal in enumerate(found, 1):
        agreed = [side for side, day in (("us", goal.agreed_cso_on), ("school", goal.agreed_school_on)) if day]
        lines.append(f"{number}. {' '.join(goal.statement.split())} (agreed by: {', '.join(agreed) or 'nobody yet'})")
        for finding in findings[goal.id]:
            about = details(dict(finding.parameters))
            lines.append(f"   ! {words(finding.criterion)}: {words(finding.code)}{f' ({about})' if about else ''}")
    return Answer({"partnership": one.id, "goals": rows}, lines or ["There are no shared goals yet."])


def sheet(session: Session, args: argparse.Namespace) -> Answer:
    """Every goal with lines for what is missing, and two blank ones."""
    from cocivic_desktop.services.goal_sheet import write_sheet

    one = partnership(session, args.partnership)
    path = write_sheet(session.workspace, one.id, args.out, args.language, today(), force=force(args))
    return Answer({"path": path, "language": args.language}, [f"Written: {path}"])
