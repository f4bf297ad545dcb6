"""Commands about an agreement's versions: export one, what changed since one, read a document that came back."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cocivic_desktop.cli_commands.common import Answer, Session, force, words

if TYPE_CHECKING:
    from cocivic_desktop.domain.agreements import Agreement, ReturnedChange


def write(session: Session, agreement: Agreement, args: argparse.Namespace) -> Path:
    """Write a version exactly as it left, the changes between two, or the present text."""
    from cocivic_desktop.files import write_whole
    from cocivic_desktop.services import agreements, versions

    if args.changes_since is not None:
        return versions.redline(
            session.workspace, agreement.id, args.changes_since, args.version, args.out, force=force(args)
        )
    if args.version is not None:
        content = versions.version(session.workspace, agreement.id, args.version).content
        return write_whole(args.out, content, force=force(args))
    return agreements.export(
        session.workspace, agreement.id, args.out, args.language, args.second_language, force=force(args)
    )


def read(session: Session, agreement: Agreement, args: argparse.Namespace) -> Answer:
    """What a returned document changed, clause by clause. Nothing is stored."""
    from cocivic_desktop.services import drafts, negotiation

    reading = negotiation.read(session.workspace, agreement.id, args.file, args.version)
    draft = drafts.draft(session.workspace, agreement.id)
    titles = {one.id: drafts.wording(one.titles, draft.agreement.language) for one in draft.clauses}
    rows = [_row(one, titles) for one in reading.changes]
    data = {
        "agreement": agreement.id,
        "version": reading.version.number,
        "file": reading.file_name,
        "program": reading.returned.program,
        "changes": rows,
    }
    lines = [f"{reading.file_name} answers version {reading.version.number}; changes and comments: {len(rows)}."]
    lines += [_line(one) for one in rows]
    return Answer(data, lines)


def _row(change: ReturnedChange, titles: dict[Any, str]) -> dict[str, Any]:
    return {
        "clause": change.clause_id,
        "title": titles.get(change.clause_id, ""),
        "place": change.place,
        "kind": change.kind,
        "language": change.language,
        "paragraph": change.paragraph,
        "before": change.before,
        "after": change.after,
        "author": change.author,
        "made_at": change.made_at,
        "comment": change.comment,
    }


def _line(row: dict[str, Any]) -> str:
    where = row["title"] or words(row["place"])
    who = f" ({row['author']})" if row["author"] else ""
    if row["comment"]:
        return f"{where}: comment{who} on “{row['before']}”: {row['comment']}"
    return f"{where}: {words(row['kind'])}{who}: “{row['before']}” → “{row['after']}”"
