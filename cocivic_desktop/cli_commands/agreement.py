"""Commands about agreements: check, feasible, export."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cocivic_desktop.cli_commands.common import (
    Answer,
    Session,
    command,
    group,
    partnership,
    plain,
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
    """Topic by topic, how the agreement stands, and its paperwork. Exits with 1 while it is incomplete."""
    from cocivic_desktop.library.clauses import clause_library
    from cocivic_desktop.library.labels import labels
    from cocivic_desktop.services import agreements, drafts

    agreement = _agreement(session, args)
    found = agreements.completeness(session.workspace, agreement.id)
    paperwork = agreements.paperwork(session.workspace, agreement.id)
    clauses = {clause.id: clause for clause in drafts.draft(session.workspace, agreement.id).clauses}
    english, library = labels("en"), clause_library()
    topics = []
    for one in found.findings:
        entries = library.of_topic(one.topic)
        topics.append({**plain(one), "why": entries[0].text_in("en").why if entries else ""})
    papers = [
        {
            "name": one.report or english.get(f"processes.{one.process}", one.process),
            "process": one.process,
            "clause": drafts.wording(clauses[one.clause_id].titles, "en") if one.clause_id in clauses else "",
            "clause_id": one.clause_id,
            "how_to_lessen": english.get(f"less_paper.{one.process or 'evaluation_report'}"),
        }
        for one in paperwork.papers
    ]
    data = {
        "agreement": agreement.id,
        "complete": found.is_complete,
        "share": found.share,
        "topics": topics,
        "paperwork": {
            "total": paperwork.total,
            "processes": paperwork.processes,
            "reports": paperwork.reports,
            "papers": papers,
        },
    }
    lines = [f"{words(one.state):<17} {words(one.topic)}  ({words(one.reason)})" for one in found.findings]
    lines.append(f"{round(100 * found.share)} % settled; {paperwork.total} pieces of paperwork.")
    lines += [f"  {one['name']} ({one['clause'] or 'responsibility matrix'}): {one['how_to_lessen']}" for one in papers]
    return Answer(data, lines, code=0 if found.is_complete else 1)


def feasible(session: Session, args: argparse.Namespace) -> Answer:
    """Whether each promise fits into the school's year, one sentence each. Exits with 1 when one does not."""
    from cocivic_desktop.domain.base import Side
    from cocivic_desktop.domain.registry import kind_name
    from cocivic_desktop.domain.rules.feasibility import judge, weekly_minutes
    from cocivic_desktop.domain.rules.hours import promised_minutes_of_view
    from cocivic_desktop.library.labels import labels
    from cocivic_desktop.services.verdict_words import sentence
    from cocivic_desktop.services.views import partnership_view

    agreement = _agreement(session, args)
    view = partnership_view(session.workspace, agreement.partnership_id, agreement_id=agreement.id)
    english, verdicts = labels("en"), judge(view)
    fits, weeks, weekly = all(one.fits is not False for one in verdicts), view.teaching_weeks, weekly_minutes(view)
    rows = [
        {
            "code": one.code,
            "fits": one.fits,
            "parameters": one.parameters,
            "kind": kind_name(type(one.record)) if one.record is not None else "",
            "id": one.record.id if one.record is not None else None,
            "sentence": sentence(one, english),
        }
        for one in verdicts
    ]
    data = {
        "fits": fits,
        "promised_minutes": promised_minutes_of_view(view, Side.CSO),
        "teaching_weeks": weeks,
        "weekly_minutes": weekly,
        "possible_minutes": None if weeks is None else weeks * weekly,
        "findings": [row for row in rows if row["fits"] is False],
        "verdicts": rows,
    }
    marks = {True: "fits", False: "does not fit", None: "not known"}
    order = sorted(verdicts, key=lambda one: (one.fits is not False, one.fits is not None))
    lines = [f"{marks[one.fits]:<12}  {sentence(one, english)}" for one in order]
    return Answer(data, lines or ["Nothing that could be counted is promised yet."], code=0 if fits else 1)


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
