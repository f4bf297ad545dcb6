"""Agreements: prepared from the clause library, answered question by question, checked, shared.

Every function that writes is one undoable step.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.agreements import (
    Agreement,
    AgreementKind,
    AgreementState,
    Clause,
    ClauseState,
    Signature,
)
from cocivic_desktop.domain.base import Language, Side
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.clause_library import Answer
from cocivic_desktop.domain.errors import BadInput, NotFound
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.rules import completeness as covering
from cocivic_desktop.domain.rules.clause_wording import set_wording
from cocivic_desktop.library.clauses import clause_library
from cocivic_desktop.library.files import languages as written_languages
from cocivic_desktop.library.questions import questions
from cocivic_desktop.services import annexes, drafts, duties, organisation_files, proposals

if TYPE_CHECKING:
    from cocivic_desktop.documents.content import AgreementText
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace


def all_of_partnership(workspace: Workspace, partnership_id: UUID) -> list[Agreement]:
    """The partnership's agreements that are not archived, the first one first."""
    with workspace.read() as unit:
        found = unit.find(Agreement, partnership_id=partnership_id)
    return sorted(found, key=lambda agreement: agreement.created_at)


def of_partnership(workspace: Workspace, partnership_id: UUID) -> Agreement | None:
    """The agreement that is worked on: the latest that is neither archived nor ended.

    Which one counts is another matter: `rules.counting_agreement`.
    """
    found = all_of_partnership(workspace, partnership_id)
    return next((one for one in reversed(found) if one.state is not AgreementState.ENDED), None)


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


def propose(
    unit: UnitOfWork,
    agreement_id: UUID,
    before: Mapping[str, str] | None = None,
    answers_before: Mapping[str, Answer] | None = None,
) -> None:
    """Bring the clauses and routines into line with the facts, within a unit of work.

    See `proposals.align` and `duties.propose_routines`.
    """
    draft = drafts.load(unit, agreement_id)
    present = {clause.id for clause in draft.clauses}
    for clause in proposals.align(draft, before):
        if clause.id not in present:
            unit.add(clause)
    unit.flush()
    duties.propose_routines(unit, drafts.load(unit, agreement_id), answers_before)


def answer(workspace: Workspace, agreement_id: UUID, code: str, value: Answer | None) -> Changes:
    """Record an answer of the interview (None takes it back) and bring the clauses into line.

    An answer that a record already has a field for is written there as well. Raises `InvalidField`, `NotFound`.
    """
    question = next((q for q in questions() if q.code == code), None)
    if question is None:
        raise NotFound(f"There is no question called “{code}”.")
    with workspace.write("answer_question", code) as unit:
        draft = drafts.load(unit, agreement_id)
        before, answers_before = proposals.fitting(draft), dict(draft.answers)
        agreement = unit.get(Agreement, agreement_id)
        proposals.write_answer(agreement, unit.get(Partnership, agreement.partnership_id), question, value)
        unit.flush()
        propose(unit, agreement_id, before, answers_before)
    return workspace.last_changes


def put_off(workspace: Workspace, agreement_id: UUID, key: str) -> Changes:
    """Leave a question of the interview for later: it is asked again after the others.

    It is kept as an empty answer, which counts as none. `key` is a question's code or another key of the interview.
    """
    with workspace.write("put_off_question", key) as unit:
        agreement = unit.get(Agreement, agreement_id)
        if agreement.answers.get(key) != "":
            agreement.answers = {**agreement.answers, key: ""}
    return workspace.last_changes


def attach_annex(workspace: Workspace, agreement_id: UUID, code: str, attach: bool) -> Changes:
    """Attach an annex to the document as soon as it has something in it, or leave it out. Raises `NotFound`."""
    if code not in annexes.ANNEXES:
        raise NotFound(f"There is no annex called “{code}”. Choose one of: {', '.join(annexes.ANNEXES)}.")
    with workspace.write("choose_annexes") as unit:
        agreement = unit.get(Agreement, agreement_id)
        agreement.answers = {**agreement.answers, annexes.answer_key(code): attach}
    return workspace.last_changes


def change_kind(workspace: Workspace, agreement_id: UUID, kind: AgreementKind) -> Changes:
    """Make an agreement one of another kind: clauses that fit stay, others come in, go or get that kind's words.

    `proposals.change_of_kind` says before what will change.
    """
    with workspace.write("change_agreement_kind", kind) as unit:
        before = proposals.fitting(drafts.load(unit, agreement_id))
        unit.get(Agreement, agreement_id).kind = kind
        unit.flush()
        propose(unit, agreement_id, before)
    return workspace.last_changes


def choose_alternative(workspace: Workspace, clause_id: UUID, alternative: str) -> Changes:
    """Take another wording from the library for a clause; "" is the clause's own text."""
    with workspace.write("choose_alternative") as unit:
        clause = unit.get(Clause, clause_id)
        entry = clause_library().get(clause.code)
        if entry is None or (alternative and alternative not in [option.code for option in entry.alternatives]):
            raise NotFound("The library has no such wording for this clause.")
        set_wording(clause, entry, alternative)
        if clause.state is ClauseState.AGREED:  # nobody has agreed to these words yet
            clause.state = ClauseState.UNDER_DISCUSSION
    return workspace.last_changes


def reword(workspace: Workspace, clause_id: UUID, language: str, title: str, text: str) -> Changes:
    """Give a clause its own title and text in one language; a paragraph per line."""
    with workspace.write("change_clause", title) as unit:
        clause = unit.get(Clause, clause_id)
        clause.titles = {**clause.titles, language: title.strip()}
        clause.texts = {**clause.texts, language: text.strip()}
    return workspace.last_changes


def add_library_clause(workspace: Workspace, agreement_id: UUID, code: str) -> tuple[Clause, Changes]:
    """Include a clause of the library where the library has it; one left out or archived comes back as it was."""
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
            clause = proposals.library_clause(draft, entry)
            place = proposals.place_of(draft.clauses, code)
            proposals.number([*draft.clauses[:place], clause, *draft.clauses[place:]])
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

    return agreement_bytes(texts(workspace, agreement_id, language, second_language, version))


def texts(
    workspace: Workspace,
    agreement_id: UUID,
    language: str | None = None,
    second_language: str | None = None,
    version: int = 0,
) -> list[AgreementText]:
    """What the document says, in one language or in two, with our letterhead and logo.

    The typed lines of the letterhead are for what cannot wear the file, such as the printed pages. Raises `BadInput`
    for a language without clauses.
    """
    from cocivic_desktop.services.agreement_text import agreement_text

    draft = drafts.draft(workspace, agreement_id)
    languages = [language or draft.agreement.language.value]
    if second_language and second_language != languages[0]:
        languages.append(second_language)
    for code in languages:
        if code not in written_languages("documents"):
            known = ", ".join(written_languages("documents"))
            raise BadInput(f"The clauses are not written in “{code}” yet. Choose one of: {known}.")
    letterhead, logo = organisation_files.letterhead(workspace), organisation_files.logo(workspace)
    made = [agreement_text(draft, code, version) for code in languages]
    return [replace(text, letterhead_file=letterhead, logo=logo) for text in made]
