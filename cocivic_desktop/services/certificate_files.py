"""Certificates as files: issued and written in one go, printed again under their number, and sent to be signed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.hours import Certificate
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.rules.erasing import NAMELESS
from cocivic_desktop.library.labels import labels
from cocivic_desktop.services import certificates, organisation_files
from cocivic_desktop.services.certificates import Wish

if TYPE_CHECKING:
    from cocivic_desktop.documents.certificate import CertificatePaper, CertificateText
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

WORDS: Final = "certificate.toml"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def issue(
    workspace: Workspace,
    partnership_id: UUID,
    person_ids: Sequence[UUID],
    place: Path | str,
    wish: Wish,
    today: date,
    *,
    force: bool = False,
) -> list[Certificate]:
    """Enter certificates in the register and write them; nothing is entered when something cannot be written.

    They go to one file with a page each, or each to a file of its own when `place` is a folder.
    Raises `BadInput` as `certificates.prepare` does, and for the files; `NotFound`.
    """
    with workspace.write("issue_certificates", str(len(person_ids)), undoable=False) as unit:
        made = certificates.prepare(unit, partnership_id, person_ids, wish, today)
        unit.flush()
        _write(workspace, unit, made, Path(place), force)
    return made


def reprint(
    workspace: Workspace, certificate_ids: Sequence[UUID], place: Path | str, *, force: bool = False
) -> list[Path]:
    """Write certificates again under their numbers; returns the files. Raises `BadInput` for a revoked one."""
    with workspace.read() as unit:
        return _write(workspace, unit, _standing(unit, certificate_ids), Path(place), force)


def file_name(lines: Sequence[Certificate], language: str) -> str:
    """A name for a file with these certificates."""
    from cocivic_desktop.files import safe_file_name

    words = labels(language, WORDS)
    if len(lines) == 1:
        return safe_file_name(words.text("file.one", number=lines[0].number, name=lines[0].holder), ".docx")
    numbers = sorted(one.number for one in lines)
    return safe_file_name(words.text("file.several", first=numbers[0], last=numbers[-1]), ".docx")


def ask_to_sign(
    workspace: Workspace,
    certificate_ids: Sequence[UUID],
    path: Path | str,
    signer: tuple[str, str],
    *,
    force: bool = False,
    now: datetime | None = None,
) -> Path:
    """Write a mail draft to whoever signs (name, address) with the certificates attached; returns where it is.

    Raises `BadInput` when an address is missing or wrong, a certificate was revoked, or the file cannot be written.
    """
    from cocivic_desktop.calendars.ics_out import is_address
    from cocivic_desktop.calendars.invitation import MailAttachment
    from cocivic_desktop.calendars.mail_draft import write_draft
    from cocivic_desktop.files import write_whole

    with workspace.read() as unit:
        lines = _standing(unit, certificate_ids)
        ours = unit.first(Organisation, is_ours=True)
        data = _document(workspace, unit, lines)
        title = unit.get(Partnership, _partnership_of(lines[0])).title
    if ours is None or not is_address(ours.email.strip()):
        raise BadInput("Enter your organisation's e-mail address first (Settings, Our organisation): answers go there.")
    if not is_address(signer[1].strip()) or not signer[1].isascii():
        raise BadInput(f"“{signer[1]}” is no e-mail address. Enter the address of whoever signs.")
    language = lines[0].language.value
    words = labels(language, WORDS)
    one = "_one" if len(lines) == 1 else ""
    known = sorted(line.number for line in lines)
    numbers = known[0] if one else f"{known[0]} – {known[-1]}"
    text = [
        words.text("mail.greeting", name=signer[0]),
        "",
        words.text(f"mail.text{one}", title=title, numbers=numbers),
        words[f"mail.ask{one}"],
        "",
        words["mail.sign"],
        ours.name,
    ]
    mail = write_draft(
        (ours.name, ours.email.strip()),
        (signer[0], signer[1].strip()),
        subject=words.text(f"mail.subject{one}", title=title),
        text="\n".join(text) + "\n",
        stamped_at=now or datetime.now(UTC),
        attachments=[MailAttachment(file_name(lines, language), DOCX, data)],
    )
    return write_whole(path, mail, force=force)


def _standing(unit: UnitOfWork, certificate_ids: Sequence[UUID]) -> list[Certificate]:
    lines = [unit.get(Certificate, id) for id in certificate_ids]
    if not lines:
        raise BadInput("Choose at least one certificate.")
    for one in lines:
        if one.revoked_on is not None:
            raise BadInput(f"Certificate {one.number} was revoked and is not printed again. Issue a new one.")
        if one.holder.startswith(NAMELESS):
            raise BadInput(
                f"The name was taken out of certificate {one.number}, so it cannot be printed again. "
                "Its line in the register stays."
            )
        _partnership_of(one)
    if len({(one.partnership_id, one.language) for one in lines}) > 1:
        raise BadInput("Choose certificates of one partnership and one language at a time.")
    return lines


def _partnership_of(line: Certificate) -> UUID:
    if line.partnership_id is None:
        raise BadInput(
            f"The partnership of certificate {line.number} was deleted, so it cannot be printed again. "
            "Its line in the register stays."
        )
    return line.partnership_id


def _write(
    workspace: Workspace, unit: UnitOfWork, lines: Sequence[Certificate], place: Path, force: bool
) -> list[Path]:
    from cocivic_desktop.files import write_whole

    if not place.is_dir():
        if place.suffix.lower() != ".docx":
            raise BadInput(f"“{place.name}” has to end in .docx, or be a folder that is there.")
        return [write_whole(place, _document(workspace, unit, lines), force=force)]
    made = [(place / file_name([one], one.language.value), _document(workspace, unit, [one])) for one in lines]
    written: list[Path] = []
    try:
        for target, data in made:
            written.append(write_whole(target, data, force=force))
    except BadInput:
        for path in written if not force else ():
            path.unlink(missing_ok=True)  # what was written a moment ago has no line in the register
        raise
    return written


def _document(workspace: Workspace, unit: UnitOfWork, lines: Sequence[Certificate]) -> bytes:
    from cocivic_desktop.documents.certificate import certificates_docx

    language = lines[0].language.value
    pages = [_page(one) for one in lines]
    return certificates_docx(
        _paper(workspace, unit, _partnership_of(lines[0])), pages, labels(language, WORDS), labels(language)
    )


def _paper(workspace: Workspace, unit: UnitOfWork, partnership_id: UUID) -> CertificatePaper:
    from cocivic_desktop.documents.certificate import CertificatePaper

    partnership = unit.get(Partnership, partnership_id)
    ours = unit.first(Organisation, is_ours=True)
    if ours is None:
        raise BadInput("Describe your organisation first: certificates say who issues them.")
    file = organisation_files.letterhead(workspace)
    return CertificatePaper(
        partnership=partnership.title,
        organisation=ours.name,
        school=unit.get(Organisation, partnership.school_id).name,
        letterhead=tuple(ours.letterhead.splitlines()) if file is None else (),
        letterhead_file=file,
        logo=organisation_files.logo(workspace) if file is None else None,
        made_at=datetime.now(UTC),
    )


def _page(line: Certificate) -> CertificateText:
    """What the register says."""
    from cocivic_desktop.documents.certificate import CertificateText
    from cocivic_desktop.documents.content import SignatureBlock

    fixed = labels(line.language.value)
    roles = (fixed.get(f"person_kind.{role.lower().removesuffix('s')}", role) for role in line.roles)
    signers = certificates.signers_of(line.signed_by) or [("", "", "")]
    return CertificateText(
        number=line.number,
        holder=line.holder,
        minutes=line.minutes,
        first=line.starts_on or line.issued_on,
        last=line.ends_on or line.issued_on,
        issued_on=line.issued_on,
        roles=list(dict.fromkeys(roles)),
        activities=list(zip(line.activities, line.activity_minutes, strict=True)),
        competences=line.competences,
        signers=[
            SignatureBlock(side_label="", organisation=organisation, name=name, position=position)
            for name, position, organisation in signers
        ],
    )
