"""Versions of an agreement: frozen as they left, compared, signed, amended, renewed, ended."""

from __future__ import annotations

import dataclasses
import hashlib
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from cocivic_desktop.domain.agreements import (
    Agreement,
    AgreementState,
    AgreementVersion,
    Clause,
    Commitment,
    CommunicationRoutine,
    FollowKind,
    FundingItem,
    Resource,
    Responsibility,
    Signature,
)
from cocivic_desktop.domain.base import Entity, utc_now
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import BadInput, NotFound
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnerships import Partnership, PartnershipMember
from cocivic_desktop.domain.rules.agreement_days import ending_problem, signing_problem
from cocivic_desktop.domain.rules.clause_compare import ClauseComparison, ClauseWords, compare_clauses
from cocivic_desktop.domain.rules.drafting import is_draft
from cocivic_desktop.services import agreements

if TYPE_CHECKING:
    from cocivic_desktop.documents.returned.model import SentPart, SentVersion
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

COPIED = (Responsibility, Commitment, CommunicationRoutine, Resource, FundingItem, Signature)
"""What follows an agreement into its amendment or renewal, besides the clauses."""


def all_of(workspace: Workspace, agreement_id: UUID) -> list[AgreementVersion]:
    """The versions of an agreement, the latest first."""
    with workspace.read() as unit:
        found = unit.find(AgreementVersion, agreement_id=agreement_id)
    return sorted(found, key=lambda one: -one.number)


def version(workspace: Workspace, agreement_id: UUID, number: int) -> AgreementVersion:
    """One version. Raises NotFound, which names those there are."""
    found = all_of(workspace, agreement_id)
    for one in found:
        if one.number == number:
            return one
    known = ", ".join(str(one.number) for one in reversed(found)) or "none yet"
    raise NotFound(f"There is no version {number} of this agreement. Shared versions: {known}.")


def usual_recipient(workspace: Workspace, agreement_id: UUID) -> str:
    """To whom a version goes by default: who got the latest one, else the school's contact person, else the school."""
    latest = next((one.recipient for one in all_of(workspace, agreement_id) if one.recipient), "")
    if latest:
        return latest
    with workspace.read() as unit:
        partnership = unit.get(Partnership, unit.get(Agreement, agreement_id).partnership_id)
        members = unit.find(PartnershipMember, partnership_id=partnership.id)
        contacts = [one.person_id for one in members if one.is_contact]
        people = unit.find(Person, id=contacts, organisation_id=partnership.school_id) if contacts else []
        return people[0].name if people else unit.get(Organisation, partnership.school_id).name


def share(
    workspace: Workspace,
    agreement_id: UUID,
    recipient: str,
    language: str | None = None,
    second_language: str | None = None,
) -> tuple[AgreementVersion, Changes]:
    """Freeze the present text as a numbered version: the DOCX byte for byte, its SHA-256, to whom it goes, and when."""
    number = _next_number(workspace, agreement_id)
    content = agreements.document(workspace, agreement_id, language, second_language, number)
    with workspace.write("share_version", recipient) as unit:
        agreement = unit.get(Agreement, agreement_id)
        if agreement.state is AgreementState.DRAFT:
            agreement.state = AgreementState.SHARED
        made = _freeze(unit, agreement, number, content, recipient, language, second_language)
    return made, workspace.last_changes


def check_settled(workspace: Workspace, agreement_id: UUID) -> bool:
    """True; raises `BadInput` while clauses are open: what is signed must not be a draft."""
    with workspace.read() as unit:
        open_clauses = [one for one in unit.find(Clause, agreement_id=agreement_id) if one.included and is_draft([one])]
    if open_clauses:
        raise BadInput(
            f"{len(open_clauses)} clauses are neither agreed nor waived, so the document is still a draft. "
            "Settle them first, then note the signatures."
        )
    return True


def sign(
    workspace: Workspace,
    agreement_id: UUID,
    signed_on: date,
    language: str | None = None,
    second_language: str | None = None,
    *,
    today: date | None = None,
) -> tuple[AgreementVersion, Changes]:
    """Note that both sides have signed: every signature without a day gets this one, and the text is frozen.

    The agreement that an amendment follows becomes an amended one. Raises `BadInput` while clauses are open
    (`check_settled`), for a day after `today`, and for one before the text first went out.
    """
    check_settled(workspace, agreement_id)
    shared = [one.shared_at.date() for one in all_of(workspace, agreement_id) if one.shared_at is not None]
    _refuse(signing_problem(signed_on, today, min(shared, default=None)))
    number = _next_number(workspace, agreement_id)
    with workspace.write("sign_agreement") as unit:
        agreement = unit.get(Agreement, agreement_id)
        agreement.state = AgreementState.SIGNED
        for signature in unit.find(Signature, agreement_id=agreement_id):
            signature.signed_on = signature.signed_on or signed_on
        if agreement.follows_id is not None and agreement.follows_as is FollowKind.AMENDMENT:
            unit.get(Agreement, agreement.follows_id).state = AgreementState.AMENDED
        unit.flush()
        content = agreements.document(workspace, agreement_id, language, second_language, number)
        made = _freeze(unit, agreement, number, content, "", language, second_language)
    return made, workspace.last_changes


def follow(workspace: Workspace, agreement_id: UUID, kind: FollowKind) -> tuple[Agreement, Changes]:
    """Draft the amendment or the renewal of an agreement: everything is copied, the signatures without their days.

    A renewal begins on the day after the agreement ends and lasts as long. Raises `BadInput` for an agreement that
    was never signed: that one can still be changed itself.
    """
    with workspace.write("amend_agreement" if kind is FollowKind.AMENDMENT else "renew_agreement") as unit:
        old = unit.get(Agreement, agreement_id)
        if old.state not in (AgreementState.SIGNED, AgreementState.AMENDED, AgreementState.ENDED):
            raise BadInput("This agreement is not signed yet: change its clauses themselves.")
        new = unit.add(_copy(old, follows_id=old.id, follows_as=kind, state=AgreementState.DRAFT, end_reason=""))
        if kind is FollowKind.RENEWAL and old.ends_on is not None:
            new.starts_on = old.ends_on + timedelta(days=1)
            new.ends_on = old.ends_on + (old.ends_on - old.starts_on) + timedelta(days=1) if old.starts_on else None
        clauses: dict[UUID, UUID] = {}
        for clause in unit.find(Clause, agreement_id=agreement_id):
            clauses[clause.id] = unit.add(_copy(clause, agreement_id=new.id)).id
        for cls in COPIED:
            for row in unit.find(cls, agreement_id=agreement_id):
                unit.add(_copied_row(row, old, new, clauses))
    return new, workspace.last_changes


def end(workspace: Workspace, agreement_id: UUID, ends_on: date, reason: str, *, today: date | None = None) -> Changes:
    """End an agreement on a day, with the reason.

    Raises `BadInput` without a reason, for a day after `today`, and when it ends before it starts or was signed.
    """
    if not reason.strip():
        raise BadInput("Say why the agreement ends: the next coordinator will want to know.")
    with workspace.write("end_agreement") as unit:
        agreement = unit.get(Agreement, agreement_id)
        signed_on = None
        if agreement.state in (AgreementState.SIGNED, AgreementState.AMENDED):
            days = [one.signed_on for one in unit.find(Signature, agreement_id=agreement_id)]
            signed_on = max((day for day in days if day is not None), default=None)
        _refuse(ending_problem(ends_on, today, agreement.starts_on, signed_on))
        agreement.state, agreement.ends_on, agreement.end_reason = AgreementState.ENDED, ends_on, reason.strip()
    return workspace.last_changes


def _refuse(problem: str) -> None:
    if problem:
        raise BadInput(problem)


def compare(workspace: Workspace, agreement_id: UUID, old: int, new: int | None = None) -> tuple[ClauseComparison, ...]:
    """Two versions clause by clause and word by word; without `new`, a version and the present text."""
    before, after = contents(workspace, agreement_id, old, new)
    return compare_contents(before, after)


def compare_contents(before: bytes, after: bytes) -> tuple[ClauseComparison, ...]:
    """The same for the files of two versions. Raises `RefusedFile` for what is no DOCX."""
    from cocivic_desktop.documents.returned.reader import sent_version

    return compare_clauses(*(_words(sent_version(content)) for content in (before, after)))


def redline(
    workspace: Workspace, agreement_id: UUID, old: int, new: int | None, path: Path, *, force: bool = False
) -> Path:
    """Write what changed between two versions as a DOCX with tracked changes in our organisation's name.

    Without `new` the present text is compared. Raises NotFound, or `BadInput` when the file cannot be written.
    """
    from cocivic_desktop.documents.redline import redline_docx
    from cocivic_desktop.files import write_whole
    from cocivic_desktop.services import drafts

    before, after = contents(workspace, agreement_id, old, new)
    ours = drafts.draft(workspace, agreement_id).ours
    author = ours.short_name or ours.name if ours else ""
    return write_whole(path, redline_docx(before, after, author=author, date=utc_now()), force=force)


def contents(workspace: Workspace, agreement_id: UUID, old: int, new: int | None) -> tuple[bytes, bytes]:
    """The files of two versions; the present text in the languages of the older one where `new` is None."""
    first = version(workspace, agreement_id, old)
    if new is not None:
        return first.content, version(workspace, agreement_id, new).content
    return first.content, agreements.document(workspace, agreement_id, first.language, first.second_language or None)


def _next_number(workspace: Workspace, agreement_id: UUID) -> int:
    with workspace.read() as unit:
        earlier = unit.find(AgreementVersion, archived=None, agreement_id=agreement_id)
    return max((one.number for one in earlier), default=0) + 1


def _freeze(
    unit: UnitOfWork,
    agreement: Agreement,
    number: int,
    content: bytes,
    recipient: str,
    language: str | None,
    second_language: str | None,
) -> AgreementVersion:
    return unit.add(
        AgreementVersion(
            agreement_id=agreement.id,
            number=number,
            language=language or agreement.language.value,
            second_language=second_language or "",
            state=agreement.state,
            recipient=recipient,
            shared_at=utc_now(),
            sha256=hashlib.sha256(content).hexdigest(),
            content=content,
        )
    )


def _copy(entity: Any, **changed: Any) -> Any:
    """The same thing with a key of its own."""
    made = utc_now()
    return dataclasses.replace(entity, id=uuid4(), version=0, created_at=made, changed_at=made, **changed)


def _copied_row(row: Entity, old: Agreement, new: Agreement, clauses: dict[UUID, UUID]) -> Entity:
    changed: dict[str, Any] = {"agreement_id": new.id}
    if getattr(row, "clause_id", None) is not None:
        changed["clause_id"] = clauses.get(row.clause_id)  # type: ignore[attr-defined]
    if isinstance(row, Signature):
        changed["signed_on"] = None
    if isinstance(row, Commitment) and (row.starts_on, row.ends_on) == (old.starts_on, old.ends_on):
        changed |= {"starts_on": new.starts_on, "ends_on": new.ends_on}
    copied: Entity = _copy(row, **changed)
    return copied


def _words(sent: SentVersion) -> list[ClauseWords]:
    return [_clause_words(part, sent.languages) for part in sent.clauses]


def _clause_words(part: SentPart, languages: tuple[str, ...]) -> ClauseWords:
    """A clause of a frozen version; rows hold the words of all languages and stand under the first."""
    if part.id is None:
        raise NotFound("A clause of this version carries no id.")
    rows = [[cell.text for cell in row] for table in part.tables for row in table.rows]
    return ClauseWords(
        id=part.id,
        titles=dict(zip(languages, part.titles, strict=False)),
        paragraphs={
            language: [one.text for one in paragraphs]
            for language, paragraphs in zip(languages, part.paragraphs, strict=False)
        },
        rows={languages[0]: rows} if rows else {},
    )
