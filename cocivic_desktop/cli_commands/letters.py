"""The command about papers for a school: letter, profile, agenda, minutes."""

from __future__ import annotations

import argparse
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cocivic_desktop.cli_commands.common import Answer, Session, command, day, force, partnership, today
from cocivic_desktop.domain.base import Language
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.partnerships import Meeting

if TYPE_CHECKING:
    from cocivic_desktop.cli_commands.common import Commands

KINDS = ("introduction", "profile", "agenda", "minutes")


def register(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add this command."""
    writing = command(commands, "letter", letter, "a letter, a page about us, an agenda or minutes as DOCX", shared)
    writing.add_argument("partnership", metavar="P")
    writing.add_argument("--kind", required=True, choices=KINDS)
    writing.add_argument("--out", required=True, type=Path, metavar="F.docx")
    writing.add_argument("--language", choices=[each.value for each in Language], help="else the school's language")
    writing.add_argument("--meeting", type=day, metavar="D", help="day of the meeting; else the nearest one")
    writing.add_argument(
        "--propose", type=_moment, action="append", default=[], metavar="D[THH:MM]", help="a date for the talk, twice"
    )


def letter(session: Session, args: argparse.Namespace) -> Answer:
    """Write one of the papers on our letterhead."""
    from cocivic_desktop.services import letters

    chosen = partnership(session, args.partnership)
    kind = letters.LetterKind(args.kind)
    language = args.language or letters.suggested_language(session.workspace, chosen.id)
    meeting = _meeting(session, chosen.id, args.meeting, before=kind is letters.LetterKind.MINUTES)
    meeting_id = meeting.id if meeting is not None and kind in letters.ABOUT_MEETINGS else None
    changed = letters.draft(session.workspace, kind, chosen.id, language, meeting_id=meeting_id, dates=args.propose)
    path = letters.write(
        session.workspace,
        args.out,
        kind,
        chosen.id,
        language,
        today=today(),
        meeting_id=meeting_id,
        changed=changed,
        force=force(args),
    )
    data = {"file": path, "kind": kind, "language": language, "meeting": meeting_id}
    return Answer(data, [f"Written to {path}."])


def _meeting(session: Session, partnership_id: object, on: date | None, *, before: bool) -> Meeting | None:
    """The meeting of a day; else the last one held for minutes, the next one for an agenda."""
    from cocivic_desktop.services import meetings, records

    dated: list[tuple[date, Meeting]] = []
    for one in records.find(session.workspace, Meeting, partnership_id=partnership_id):
        activity = meetings.activity_of(session.workspace, one)
        held = one.held_on or (activity.starts_on if activity is not None else None)
        if held is not None:
            dated.append((held, one))
    dated.sort(key=lambda pair: pair[0])
    if on is not None:
        found = [one for held, one in dated if held == on]
        if not found:
            raise BadInput(f"There is no meeting on {on}.")
        return found[0]
    past = [one for held, one in dated if held <= today()]
    ahead = [one for held, one in dated if held > today()]
    order = [*reversed(past), *ahead] if before else [*ahead, *reversed(past)]
    return order[0] if order else None


def _moment(text: str) -> date | datetime:
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a date such as 2026-09-01 or 2026-09-01T14:00") from None
