"""The command about certificates of engagement."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cocivic_desktop.cli_commands import common
from cocivic_desktop.cli_commands.common import Answer, Session, command, day, force, named, partnership, today
from cocivic_desktop.domain.base import Language
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.hours import Certificate
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.domain.partnerships import Partnership

if TYPE_CHECKING:
    from uuid import UUID

    from cocivic_desktop.cli_commands.common import Commands


def register(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add this command."""
    writing = command(commands, "certificate", certificate, "certify somebody's confirmed hours as DOCX", shared)
    writing.add_argument("person", metavar="PERSON")
    writing.add_argument("--out", required=True, type=Path, metavar="F.docx")
    writing.add_argument("--partnership", metavar="P", help="needed when the person has hours in several")
    writing.add_argument("--from", dest="first", type=day, metavar="D", help="first day; else the first with hours")
    writing.add_argument("--to", dest="last", type=day, metavar="D", help="last day; else the last with hours")
    writing.add_argument("--language", choices=[each.value for each in Language], help="else en")
    writing.add_argument("--competence", action="append", default=[], metavar="TEXT", help="may be given several times")
    writing.add_argument(
        "--signer", action="append", default=[], metavar="NAME[,POSITION[,ORGANISATION]]", help="up to two"
    )
    writing.add_argument("--consent-given", action="store_true", help="note a learner's consent as of today")
    writing.add_argument("--new", action="store_true", help="a new number, even where one was issued for these days")


def certificate(session: Session, args: argparse.Namespace) -> Answer:
    """Issue a certificate under the next number; one that stands for the same days is printed again."""
    from cocivic_desktop.services import certificate_files, certificates

    common.in_order(args.first, args.last)
    workspace = session.workspace
    person = named(session, Person, args.person)
    where = _partnership(session, person, args.partnership)
    standing = [
        one
        for one in certificates.register(workspace, where)
        if one.person_id == person.id
        and one.revoked_on is None
        and args.first in (None, one.starts_on)
        and args.last in (None, one.ends_on)
    ]
    if standing and not args.new:
        _refuse_other_wishes(standing[0], args)
        path = certificate_files.reprint(workspace, [standing[0].id], args.out, force=force(args))[0]
        return _answer(standing[0], path, "printed again")
    if args.consent_given:
        found = [one for one in certificates.eligible(workspace, where) if one.person.id == person.id]
        if found and found[0].consent is certificates.ConsentState.MISSING:
            certificates.note_consents(workspace, [person.id], today())
    if len(args.signer) > 2:
        raise BadInput("At most two people sign a certificate.")
    wish = certificates.Wish(
        first=args.first,
        last=args.last,
        language=Language(args.language or Language.ENGLISH),
        competences=args.competence,
        signers=[_signer(text) for text in args.signer],
    )
    made = certificate_files.issue(workspace, where, [person.id], args.out, wish, today(), force=force(args))
    return _answer(made[0], args.out.resolve(), "issued")


def _refuse_other_wishes(line: Certificate, args: argparse.Namespace) -> None:
    """Printed again, a certificate is as it was. Raises `BadInput` when it was asked for otherwise."""
    from cocivic_desktop.services.certificates import signers_text

    asked = {
        "--language": (args.language, line.language.value),
        "--competence": (args.competence, line.competences),
        "--signer": (signers_text([_signer(text) for text in args.signer]), line.signed_by),
    }
    other = [option for option, (wanted, there) in asked.items() if wanted and wanted != there]
    if other:
        raise BadInput(
            f"Certificate {line.number} stands for these days, and {', '.join(other)} differs from it. "
            "Add --new for a new number, or leave that out to print the same again."
        )


def _answer(line: Certificate, path: Path, what: str) -> Answer:
    data = {
        "file": path,
        "number": line.number,
        "holder": line.holder,
        "minutes": line.minutes,
        "first": line.starts_on,
        "last": line.ends_on,
        "reprinted": what != "issued",
    }
    return Answer(data, [f"Certificate {line.number} ({common.hours(line.minutes)} h) is {what}: {path}."])


def _partnership(session: Session, person: Person, word: str | None) -> UUID:
    """The partnership named, else the only one in which the person has confirmed hours."""
    from cocivic_desktop.services import certificates, records

    if word is not None:
        return partnership(session, word).id
    found = [
        one
        for one in records.find(session.workspace, Partnership)
        if any(
            row.person.id == person.id and row.confirmed
            for row in certificates.eligible(session.workspace, one.id, everybody=True)
        )
    ]
    if not found:
        raise BadInput(f"{person.name} has no confirmed hours. Confirm the hours first.")
    if len(found) > 1:
        titles = ", ".join(one.title for one in found)
        raise BadInput(f"{person.name} has hours in several partnerships: {titles}. Say which with --partnership.")
    return found[0].id


def _signer(text: str) -> tuple[str, str, str]:
    name, position, organisation = [*(part.strip() for part in text.split(",", 2)), "", "", ""][:3]
    return name, position, organisation
