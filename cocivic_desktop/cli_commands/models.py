"""Commands about models of cooperation: list, show, check, add, save; and starting a partnership from one."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cocivic_desktop.cli_commands.common import (
    Answer,
    Session,
    command,
    day,
    force,
    group,
    named,
    partnership,
    today,
    words,
)
from cocivic_desktop.domain.organisations import Organisation

if TYPE_CHECKING:
    from cocivic_desktop.cli_commands.common import Commands


def register(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add these commands."""
    about = group(commands, "model", "models of cooperation", shared)
    command(about, "list", list_all, "the models a partnership can start from", shared)
    command(about, "show", show, "what a model brings", shared).add_argument("code", metavar="CODE")
    checked = command(about, "check", check, "what is wrong in a model's file; exit 1 when something is", shared)
    checked.add_argument("file", metavar="FILE.toml")
    command(about, "import", load, "add a model of our own from a file", shared).add_argument(
        "file", metavar="FILE.toml"
    )
    saved = command(about, "save", save, "save a partnership as a model of our own", shared)
    saved.add_argument("partnership", metavar="P")
    saved.add_argument("--title", required=True)
    saved.add_argument("--language", default="en", help="language of the partnership's texts")
    written = command(about, "export", export, "write a model into a file", shared)
    written.add_argument("code", metavar="CODE")
    written.add_argument("--out", required=True, metavar="F.toml")
    brought = command(about, "bring", bring, "bring a model to a partnership that is there", shared)
    brought.add_argument("partnership", metavar="P")
    brought.add_argument("code", metavar="CODE")
    brought.add_argument("--language", default="en")
    started = command(commands, "start", start, "start a partnership with a school from a model", shared)
    started.add_argument("title", metavar="TITLE")
    started.add_argument("--school", required=True, metavar="SCHOOL")
    started.add_argument("--model", default="social_innovation", metavar="CODE")
    started.add_argument("--from", dest="first", type=day, required=True, metavar="D")
    started.add_argument("--to", dest="last", type=day, metavar="D")
    started.add_argument("--language", default="en")


def list_all(session: Session, _args: argparse.Namespace) -> Answer:
    """All models, our own first."""
    from cocivic_desktop.services import models

    found = models.previews(session.workspace)
    _, problems = models.available(session.workspace)
    rows = [{"code": one.code, "title": one.title, "own": one.is_own, "source": one.source} for one in found]
    lines = [f"{one.code}  {one.title}{' (own)' if one.is_own else ''}" for one in found]
    return Answer(
        {"models": rows, "problems": [str(one) for one in problems]}, [*lines, *(f"! {one}" for one in problems)]
    )


def show(session: Session, args: argparse.Namespace) -> Answer:
    """What a model brings, section by section."""
    from cocivic_desktop.services import models

    one = models.preview(session.workspace, args.code)
    lines = [one.title, one.summary]
    for section, texts in one.sections.items():
        if texts:
            lines += ["", f"{words(section)} ({len(texts)})", *(f"  {text}" for text in texts)]
    data = {
        "code": one.code,
        "title": one.title,
        "summary": one.summary,
        "source": one.source,
        "parts": list(one.parts),
        "brings": one.sections,
    }
    return Answer(data, lines)


def check(_session: Session, args: argparse.Namespace) -> Answer:
    """What is wrong in a model's file, with line and field."""
    from cocivic_desktop.library.models import parse_model
    from cocivic_desktop.services import models

    path = Path(args.file)
    _, problems = parse_model(models.read_text(path), path.name, own=True)
    rows = [{"line": one.line, "field": one.field, "message": one.message} for one in problems]
    lines = [str(one) for one in problems] or [f"{path.name} is a sound model."]
    return Answer({"file": path.name, "problems": rows}, lines, code=1 if problems else 0)


def load(session: Session, args: argparse.Namespace) -> Answer:
    """Add a model of our own."""
    from cocivic_desktop.services import models

    own, _ = models.load(session.workspace, Path(args.file))
    return Answer({"code": own.code, "title": own.title}, [f"Added the model “{own.title}” as {own.code}."])


def save(session: Session, args: argparse.Namespace) -> Answer:
    """Save a partnership as a model."""
    from cocivic_desktop.services import own_models

    one = partnership(session, args.partnership)
    own, _ = own_models.save_as_model(session.workspace, one.id, args.title, language=args.language)
    return Answer({"code": own.code, "title": own.title}, [f"Saved “{one.title}” as the model {own.code}."])


def export(session: Session, args: argparse.Namespace) -> Answer:
    """Write a model into a file."""
    from cocivic_desktop.files import write_whole
    from cocivic_desktop.services import models

    text = models.text_of(session.workspace, args.code)
    path = write_whole(Path(args.out), text.encode(), force=force(args))
    return Answer({"out": str(path)}, [f"Wrote {path}."])


def bring(session: Session, args: argparse.Namespace) -> Answer:
    """Bring a model to a partnership."""
    from cocivic_desktop.services import starting

    one = partnership(session, args.partnership)
    starting.bring(session.workspace, one.id, args.code, today=today(), language=args.language)
    return Answer({"id": one.id, "title": one.title, "model": args.code}, [f"Brought {args.code} to “{one.title}”."])


def start(session: Session, args: argparse.Namespace) -> Answer:
    """Start a partnership from a model."""
    from cocivic_desktop.services import starting

    school = named(session, Organisation, args.school, is_ours=False)
    one, _ = starting.start(
        session.workspace,
        title=args.title,
        school_id=school.id,
        model_code=args.model,
        starts_on=args.first,
        ends_on=args.last,
        language=args.language,
    )
    return Answer({"id": one.id, "title": one.title, "model": one.model}, [f"Started “{one.title}”.", str(one.id)])
