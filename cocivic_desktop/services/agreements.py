"""Agreements: prepared from the clause library, answered question by question, checked, shared.

Every function that writes is one undoable step.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.agreements import (
    Agreement,
    AgreementKind,
    AgreementState,
    AgreementVersion,
    Clause,
    ClauseState,
    Signature,
)
from cocivic_desktop.domain.base import Language, Side, utc_now
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.clause_library import Answer, LibraryClause, Question
from cocivic_desktop.domain.errors import BadInput, InvalidField, NotFound
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.rules import completeness as covering
from cocivic_desktop.domain.rules import drafting
from cocivic_desktop.library.clauses import clause_library
from cocivic_desktop.library.files import languages as written_languages
from cocivic_desktop.library.questions import questions
from cocivic_desktop.services import drafts

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace


def of_partnership(workspace: Workspace, partnership_id: UUID) -> Agreement | None:
    """The partnership's present agreement: the latest that is neither archived nor ended."""
    with workspace.read() as unit:
        standing = [
            agreement
            for agreement in unit.find(Agreement, partnership_id=partnership_id)
            if agreement.state is not AgreementState.ENDED
        ]
    return standing[-1] if standing else None


def prepare(
    workspace: Workspace,
    partnership_id: UUID,
    kind: AgreementKind = AgreementKind.MOU,
    language: Language = Language.ENGLISH,
) -> tuple[Agreement, Changes]:
    """Start an agreement with the clauses that fit what is known. Gives the present one when there is one."""
    present = of_partnership(workspace, partnership_id)
    if present is not None:
        return present, Changes()
    with workspace.write("prepare_agreement") as unit:
        partnership = unit.get(Partnership, partnership_id)
        agreement = unit.add(
            Agreement(
                partnership_id=partnership_id,
                kind=kind,
                language=language,
                starts_on=partnership.starts_on,
                ends_on=partnership.ends_on,
            )
        )
        for position, side in enumerate((Side.CSO, Side.SCHOOL)):
            unit.add(Signature(agreement_id=agreement.id, side=side, position=position))
        propose(unit, agreement.id)
    return agreement, workspace.last_changes


def propose(unit: UnitOfWork, agreement_id: UUID, leave_out: Iterable[str] = ()) -> None:
    """Bring the clauses into line with the facts, within a unit of work.

    Missing ones are added where the library has them in its order; conditional ones that nobody has touched and
    that no longer fit are left out; the alternative that the facts call for is taken where the library's wording
    still stands. What a person has agreed, waived or reworded stays as it is.
    """
    draft = drafts.load(unit, agreement_id)
    library = clause_library()
    chosen = {
        item.clause.code: item
        for item in drafting.select_clauses(library, draft.agreement.kind, draft.facts)
        if item.clause.code not in leave_out
    }
    present = {clause.code: clause for clause in draft.clauses if clause.code}
    for code, clause in present.items():
        entry = library.get(code)
        if entry is None or clause.state is not ClauseState.NOT_ADDRESSED or not is_library_wording(clause, entry):
            continue
        clause.included = code in chosen or not (entry.when or entry.unless)
        if code in chosen and clause.alternative != chosen[code].alternative:
            set_wording(clause, entry, chosen[code].alternative)
    order = {entry.code: index for index, entry in enumerate(library.clauses)}
    clauses = list(draft.clauses)
    for code, item in chosen.items():
        if code not in present:
            new = library_clause(agreement_id, item.clause, item.alternative)
            later = (i for i, other in enumerate(clauses) if order.get(other.code, -1) > order[code])
            clauses.insert(next(later, len(clauses)), new)
            unit.add(new)
    for position, clause in enumerate(clauses):
        if clause.position != position:
            clause.position = position


def library_clause(agreement_id: UUID, entry: LibraryClause, alternative: str = "") -> Clause:
    """A new clause with the library's present wording in every language."""
    clause = Clause(agreement_id=agreement_id, code=entry.code, topic=entry.topic)
    set_wording(clause, entry, alternative)
    return clause


def set_wording(clause: Clause, entry: LibraryClause, alternative: str) -> None:
    """Give a clause the library's wording of an alternative ("" for the clause's own text)."""
    clause.alternative = alternative
    clause.titles = {language: texts.title for language, texts in entry.texts.items()}
    clause.texts = {language: entry.wording(language, alternative) for language in entry.texts}


def is_library_wording(clause: Clause, entry: LibraryClause) -> bool:
    """Whether a clause still says what the library says."""
    return clause.texts == {language: entry.wording(language, clause.alternative) for language in entry.texts}


def answer(workspace: Workspace, agreement_id: UUID, code: str, value: Answer | None) -> Changes:
    """Record an answer of the interview (None takes it back) and bring the clauses into line.

    An answer that a record already has a field for is written there as well. Raises `InvalidField`, `NotFound`.
    """
    question = next((q for q in questions() if q.code == code), None)
    if question is None:
        raise NotFound(f"There is no question called “{code}”.")
    with workspace.write("answer_question", code) as unit:
        agreement = unit.get(Agreement, agreement_id)
        rest = {name: known for name, known in agreement.answers.items() if name != code}
        agreement.answers = rest if value is None else {**rest, code: value}
        _write_field(unit, agreement, question, value)
        unit.flush()
        propose(unit, agreement_id)
    return workspace.last_changes


def _write_field(unit: UnitOfWork, agreement: Agreement, question: Question, value: Answer | None) -> None:
    record, _, field = question.field.partition(".")
    if not field or value is None:
        return
    target = agreement if record == "agreement" else unit.get(Partnership, agreement.partnership_id)
    if field.endswith("_on"):
        try:
            setattr(target, field, date.fromisoformat(str(value)))
        except ValueError as error:
            raise InvalidField(field, "not_a_date", value=value) from error
    else:
        setattr(target, field, value)


def choose_alternative(workspace: Workspace, clause_id: UUID, alternative: str) -> Changes:
    """Take another wording from the library for a clause; "" is the clause's own text."""
    with workspace.write("choose_alternative") as unit:
        clause = unit.get(Clause, clause_id)
        entry = clause_library().get(clause.code)
        if entry is None or (alternative and alternative not in [option.code for option in entry.alternatives]):
            raise NotFound("The library has no such wording for this clause.")
        set_wording(clause, entry, alternative)
    return workspace.last_changes


def reword(workspace: Workspace, clause_id: UUID, language: str, title: str, text: str) -> Changes:
    """Give a clause its own title and text in one language; a paragraph per line."""
    with workspace.write("change_clause", title) as unit:
        clause = unit.get(Clause, clause_id)
        clause.titles = {**clause.titles, language: title.strip()}
        clause.texts = {**clause.texts, language: text.strip()}
    return workspace.last_changes


def add_library_clause(workspace: Workspace, agreement_id: UUID, code: str) -> tuple[Clause, Changes]:
    """Include a clause of the library; one that was left out or archived comes back as it was."""
    entry = clause_library().get(code)
    if entry is None:
        raise NotFound(f"The library has no clause called “{code}”.")
    with workspace.write("add_clause", entry.text_in("en").title) as unit:
        there = unit.find(Clause, archived=None, agreement_id=agreement_id, code=code)
        if there:
            clause = there[0]
            clause.included, clause.archived = True, False
        else:
            draft = drafts.load(unit, agreement_id)
            alternative = drafting.choose_alternative(entry, draft.agreement.kind, draft.facts)
            clause = library_clause(agreement_id, entry, alternative)
            clause.position = len(draft.clauses)
            unit.add(clause)
    return clause, workspace.last_changes


def completeness(workspace: Workspace, agreement_id: UUID) -> covering.Completeness:
    """What a good agreement covers, and how this one stands."""
    draft = drafts.draft(workspace, agreement_id)
    gaps = draft.gaps(draft.agreement.language)
    return covering.completeness(draft.clauses, draft.facts, gaps=gaps, rows=draft.table_rows())


def paperwork(workspace: Workspace, agreement_id: UUID) -> covering.PaperworkCount:
    """The administrative processes that the agreement names."""
    draft = drafts.draft(workspace, agreement_id)
    return covering.paperwork_count(draft.clauses, clause_library(), draft.responsibilities)


def export(
    workspace: Workspace,
    agreement_id: UUID,
    path: Path,
    language: str | None = None,
    second_language: str | None = None,
    *,
    force: bool = False,
) -> Path:
    """Write the agreement as DOCX. Raises `BadInput` when the file exists (unless `force`) or cannot be written."""
    from cocivic_desktop.files import write_whole

    write_whole(path, document(workspace, agreement_id, language, second_language), force=force)
    return path


def document(
    workspace: Workspace,
    agreement_id: UUID,
    language: str | None = None,
    second_language: str | None = None,
    version: int = 0,
) -> bytes:
    """The agreement as the bytes of a DOCX file, which says that it is the shared version of that number."""
    from cocivic_desktop.documents.agreement_docx import agreement_bytes
    from cocivic_desktop.services.agreement_text import agreement_text

    draft = drafts.draft(workspace, agreement_id)
    languages = [language or draft.agreement.language.value]
    if second_language and second_language != languages[0]:
        languages.append(second_language)
    for code in languages:
        if code not in written_languages("documents"):
            known = ", ".join(written_languages("documents"))
            raise BadInput(f"The clauses are not written in “{code}” yet. Choose one of: {known}.")
    return agreement_bytes([agreement_text(draft, code, version) for code in languages])


def share_version(
    workspace: Workspace, agreement_id: UUID, recipient: str, language: str | None = None
) -> tuple[AgreementVersion, Changes]:
    """Freeze the present text as a numbered version: the DOCX byte for byte, its SHA-256, to whom it goes, and when."""
    with workspace.read() as unit:
        earlier = unit.find(AgreementVersion, archived=None, agreement_id=agreement_id)
    number = max((version.number for version in earlier), default=0) + 1
    content = document(workspace, agreement_id, language, version=number)
    with workspace.write("share_version", recipient) as unit:
        agreement = unit.get(Agreement, agreement_id)
        if agreement.state is AgreementState.DRAFT:
            agreement.state = AgreementState.SHARED
        version = unit.add(
            AgreementVersion(
                agreement_id=agreement_id,
                number=number,
                language=language or agreement.language.value,
                state=agreement.state,
                recipient=recipient,
                shared_at=utc_now(),
                sha256=hashlib.sha256(content).hexdigest(),
                content=content,
            )
        )
    return version, workspace.last_changes
