"""Commands about challenges for student teams: list, brief."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cocivic_desktop.cli_commands.common import Answer, Session, command, force, group, named, partnership, words
from cocivic_desktop.domain.goals import Challenge, phase_ends

if TYPE_CHECKING:
    from cocivic_desktop.cli_commands.common import Commands


def register(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add these commands."""
    about = group(commands, "challenge", "the challenges of a partnership", shared)
    listing = command(about, "list", list_all, "challenges with phase, team, ideas and solutions", shared)
    listing.add_argument("partnership", metavar="P")
    writing = command(about, "brief", brief, "write the brief for the class as DOCX", shared)
    writing.add_argument("partnership", metavar="P")
    writing.add_argument("challenge", metavar="CHALLENGE", help="a title or the start of an id")
    writing.add_argument("--out", type=Path, required=True, metavar="F.docx")
    writing.add_argument("--language", metavar="CODE", default="en", help="language of the document")


def list_all(session: Session, args: argparse.Namespace) -> Answer:
    """The challenges of a partnership, in their order."""
    from cocivic_desktop.services import challenges

    one = partnership(session, args.partnership)
    rows = [
        {
            "id": card.id,
            "title": card.challenge.title,
            "question": card.challenge.question,
            "phase": card.phase,
            "phase_ends": phase_ends(card.challenge),
            "mentor": card.mentor,
            "team": card.team,
            "ideas": card.ideas,
            "solutions": card.solutions,
            "adopted": card.adopted,
            "notes": card.notes,
            "last_note_on": card.last_note_on,
        }
        for card in challenges.cards(session.workspace, one.id)
    ]
    lines = [
        f"{str(row['id'])[:8]}  {words(row['phase']):<10} {row['title']}"
        f" ({row['team']} learners, {row['ideas']} ideas, {row['solutions']} solutions)"
        for row in rows
    ]
    return Answer({"partnership": one.id, "challenges": rows}, lines or ["There are no challenges yet."])


def brief(session: Session, args: argparse.Namespace) -> Answer:
    """One or two pages for the students."""
    from cocivic_desktop.services.challenge_brief import write_brief

    one = partnership(session, args.partnership)
    challenge = named(session, Challenge, args.challenge, partnership_id=one.id)
    path = write_brief(session.workspace, challenge.id, args.out, args.language, force=force(args))
    return Answer({"file": path, "challenge": challenge.id, "language": args.language}, [f"The brief is in {path}."])
