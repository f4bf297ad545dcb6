"""The negotiation round trip: a document comes back, its changes are shown, each is taken or refused, the file is kept.

Reading changes nothing. `keep` stores the file and its changes, `decide` takes or refuses them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cocivic_desktop.documents.returned.model import Change, ChangeKind, PartFate, PartKind, ReturnedPart
from cocivic_desktop.domain.agreements import (
    AgreementVersion,
    Clause,
    ClauseState,
    Decision,
    ReturnedChange,
    ReturnedDocument,
    ReturnedKind,
    ReturnedPlace,
)
from cocivic_desktop.domain.base import LONG_TEXT, SHORT_TEXT, clean_text
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.rules import drafting, taking
from cocivic_desktop.domain.rules.drafting import Run
from cocivic_desktop.library.questions import placeholder_questions
from cocivic_desktop.services import drafts, filled_blanks, versions
from cocivic_desktop.services.drafts import Draft

if TYPE_CHECKING:
    from cocivic_desktop.documents.returned.model import Returned
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

LARGEST_FILE: Final = 50_000_000
"""Bytes of the largest file that is read (quality.md)."""
_KINDS: Final = {
    ChangeKind.REPLACED: ReturnedKind.REPLACED,
    ChangeKind.FILLED: ReturnedKind.REPLACED,
    ChangeKind.INSERTED: ReturnedKind.INSERTED,
    ChangeKind.DELETED: ReturnedKind.DELETED,
    ChangeKind.MOVED: ReturnedKind.MOVED,
    ChangeKind.TITLE: ReturnedKind.RETITLED,
    ChangeKind.STATE: ReturnedKind.COMMENTED,
    ChangeKind.CELL: ReturnedKind.REPLACED,
    ChangeKind.ROW_INSERTED: ReturnedKind.INSERTED,
    ChangeKind.ROW_DELETED: ReturnedKind.DELETED,
}
_REFUSALS: Final = {
    "not_docx": "is no Word document (.docx) but something else ({kind}). Ask for the file as .docx.",
    "empty": "is empty. Ask for the file again.",
    "damaged": "is damaged and cannot be read. Ask for the file again, best zipped.",
    "encrypted": "is protected by a password. Ask for it without, or open it and save it without.",
    "too_big": "unpacks to more than {limit} MB. An agreement is far smaller, so it was not opened.",
    "too_many_members": "holds more parts than a Word document should, so it was not opened.",
    "zip_bomb": "unpacks to far more than it holds, as harmful files do, so it was not opened.",
    "dangerous_xml": "holds instructions that Word documents do not need, as harmful files do, so it was not opened.",
    "too_slow": "took too long to read. It may be damaged; ask for the file again.",
    "other_agreement": "belongs to another agreement. Open that partnership, and read the file there.",
    "other_version": "is of version {number}, not of version {expected}. Choose that version, and read it again.",
}
"""What is wrong with a returned file, and what to do; after the file's name, before "Nothing was changed."."""
_PLACES: Final = {
    PartKind.CLAUSE: ReturnedPlace.CLAUSE,
    PartKind.SIGNATURES: ReturnedPlace.SIGNATURES,
    PartKind.PARTIES: ReturnedPlace.SIGNATURES,
    PartKind.ANNEX: ReturnedPlace.TABLE,
}


@dataclass(frozen=True)
class Reading:
    """A file that came back, read but not stored: the version it answers, and what is different."""

    agreement_id: UUID
    version: AgreementVersion
    file_name: str
    content: bytes
    returned: Returned
    changes: tuple[ReturnedChange, ...]
    """As they will be kept, in the order of the document; every comment and all that could not be mapped is there."""


def read(workspace: Workspace, agreement_id: UUID, path: Path, number: int | None = None) -> Reading:
    """Read a returned DOCX. Without `number` the file says which version it answers, else the latest is meant.

    Takes seconds: call it off the GUI thread. Raises `BadInput` for a file that cannot be read or belongs to another
    agreement, and when nothing has been shared yet.
    """
    from cocivic_desktop.documents.hostile import RefusedFile
    from cocivic_desktop.documents.returned.reader import identify, read_returned, sent_version

    content = _bytes_of(path)
    known = versions.all_of(workspace, agreement_id)
    if not known:
        raise BadInput("No version of this agreement was shared yet, so there is nothing to compare the file with.")
    try:
        if number is None:
            said = identify(content)
            mine = said.agreement_id in (None, agreement_id)
            number = said.version if mine and any(one.number == said.version for one in known) else known[0].number
        answered = versions.version(workspace, agreement_id, number)
        sent = sent_version(answered.content, agreement_id=agreement_id, number=answered.number)
        returned = read_returned(content, sent)
    except RefusedFile as error:
        reason = _REFUSALS[error.code].format_map(error.parameters)
        raise BadInput(f"“{path.name}” {reason} Nothing was changed.") from error
    return reading_of(agreement_id, answered, path.name, content, returned)


def reading_of(
    agreement_id: UUID, answered: AgreementVersion, file_name: str, content: bytes, returned: Returned
) -> Reading:
    """A returned file, read already, with its changes as they will be kept."""
    languages = [one for one in (answered.language, answered.second_language) if one]
    return Reading(agreement_id, answered, file_name, content, returned, tuple(_records(returned, languages)))


def keep(workspace: Workspace, reading: Reading, received_from: str, received_on: date) -> tuple[UUID, Changes]:
    """Keep the returned file byte for byte with all its changes, none of them decided. Gives the document's id.

    A file that was kept already is not kept twice: its document is given.
    """
    digest = hashlib.sha256(reading.content).hexdigest()
    with workspace.write("keep_returned", reading.file_name) as unit:
        there = unit.first(ReturnedDocument, agreement_id=reading.agreement_id, sha256=digest)
        if there is not None:
            return there.id, Changes()
        present = {one.id for one in unit.find(Clause, archived=None, agreement_id=reading.agreement_id)}
        document = unit.add(
            ReturnedDocument(
                agreement_id=reading.agreement_id,
                agreement_version_id=reading.version.id,
                file_name=clean_text(reading.file_name)[:SHORT_TEXT],
                received_on=received_on,
                received_from=received_from,
                sha256=digest,
                content=reading.content,
            )
        )
        for change in reading.changes:
            clause_id = change.clause_id if change.clause_id in present else None
            unit.add(replace(change, returned_document_id=document.id, clause_id=clause_id))
    return document.id, workspace.last_changes


def documents(workspace: Workspace, agreement_id: UUID) -> list[ReturnedDocument]:
    """The files that came back, the latest first."""
    with workspace.read() as unit:
        found = unit.find(ReturnedDocument, agreement_id=agreement_id)
    return sorted(found, key=lambda one: one.created_at, reverse=True)


def changes_of(workspace: Workspace, document_id: UUID) -> list[ReturnedChange]:
    """The changes of a returned document, in its order."""
    with workspace.read() as unit:
        return unit.find(ReturnedChange, returned_document_id=document_id)


def open_count(workspace: Workspace, document_id: UUID) -> int:
    """How many changes of a returned document nobody has decided yet."""
    with workspace.read() as unit:
        return unit.count(ReturnedChange, returned_document_id=document_id, decision=Decision.OPEN)


def decide(
    workspace: Workspace, change_ids: Sequence[UUID], decision: Decision, today: date, remark: str = ""
) -> Changes:
    """Take or refuse changes, in one step of undo; OPEN makes a refusal undecided again.

    A change of a clause that is taken goes into its text; the clause is then under discussion. What stands outside
    the clauses (tables, signatures, heads) is only noted: it is changed where it is kept. Raises `BadInput` when a
    paragraph was changed here since it left; nothing is changed then.
    """
    with workspace.write("decide_changes" if decision is not Decision.OPEN else "reopen_changes") as unit:
        chosen = [unit.get(ReturnedChange, one) for one in change_ids]
        before: dict[UUID, Draft] = {}
        for change in _safe_order(chosen):
            if change.decision is Decision.TAKEN:
                raise BadInput("A change that was taken is in the text already. Use Undo to take it back.")
            if decision is Decision.TAKEN and change.place is ReturnedPlace.CLAUSE and can_be_taken(change):
                _take(unit, change, before)
            change.decision, change.remark = decision, remark or change.remark
            change.decided_on = today if decision is not Decision.OPEN else None
        for draft in before.values():
            filled_blanks.follow_up(unit, draft)
    return workspace.last_changes


def can_be_taken(change: ReturnedChange) -> bool:
    """Whether taking the change writes it into a clause; the others are answered by hand."""
    if change.place is not ReturnedPlace.CLAUSE or change.clause_id is None:
        return change.place is ReturnedPlace.CLAUSE and change.kind is ReturnedKind.INSERTED and change.paragraph == -1
    if change.kind is ReturnedKind.RETITLED:
        return True
    return change.kind in (ReturnedKind.REPLACED, ReturnedKind.INSERTED, ReturnedKind.DELETED) and (
        change.paragraph is not None
    )


def fills_blank(change: ReturnedChange) -> bool:
    """Whether words were written where the document asked for some: taken, they become the answer."""
    if change.place is not ReturnedPlace.CLAUSE or change.kind is not ReturnedKind.REPLACED:
        return False
    blanks = map(drafting.blank, placeholder_questions(change.language).values())
    return any(one in change.before and one not in change.after for one in blanks)


def _take(unit: UnitOfWork, change: ReturnedChange, before_all: dict[UUID, Draft]) -> None:
    """Write a change into its clause. `before_all` gets the draft of each agreement as it was before the first one."""
    document = unit.get(ReturnedDocument, change.returned_document_id)
    if change.clause_id is None:
        _add_clause(unit, document.agreement_id, change)
        return
    clause = unit.get(Clause, change.clause_id)
    language, only_filled = change.language, False
    if change.kind is ReturnedKind.RETITLED:
        clause.titles = {**clause.titles, language: change.after[:SHORT_TEXT]}
    elif change.paragraph is not None:
        draft = drafts.load(unit, document.agreement_id)
        before_all.setdefault(document.agreement_id, draft)
        lines = drafting.paragraphs(drafts.wording(clause.texts, language))
        before = list(lines)
        place, runs = _place(draft, clause, lines, change)
        if change.kind is ReturnedKind.INSERTED:
            lines.insert(place + 1, change.after)
        elif change.kind is ReturnedKind.DELETED:
            del lines[place]
            if not lines:
                clause.included = False
        else:
            answered = filled_blanks.answered(unit, draft, taking.fills(runs, change.after), language)
            lines[place] = taking.retaken_with(runs, change.after, answered)
        only_filled = lines == before
        if not only_filled:
            clause.texts = {**clause.texts, language: "\n".join(lines)}
    settled = (ClauseState.AGREED, ClauseState.WAIVED)
    if clause.state is not ClauseState.UNDER_DISCUSSION and not (only_filled and clause.state in settled):
        clause.state = ClauseState.UNDER_DISCUSSION
    unit.flush()


def _add_clause(unit: UnitOfWork, agreement_id: UUID, change: ReturnedChange) -> None:
    """A clause that the other side added: its first line is the heading."""
    title, _, text = change.after.partition("\n")
    last = max((one.position for one in unit.find(Clause, agreement_id=agreement_id)), default=-1)
    unit.add(
        Clause(
            agreement_id=agreement_id,
            position=last + 1,
            titles={change.language: title[:SHORT_TEXT]},
            texts={change.language: text},
            state=ClauseState.UNDER_DISCUSSION,
        )
    )


def _place(draft: Draft, clause: Clause, lines: Sequence[str], change: ReturnedChange) -> tuple[int, list[Run]]:
    """Where the paragraph stands now, and its runs as it left.

    Raises `BadInput` when it reads otherwise than it did when it left.
    """
    index = change.paragraph if change.paragraph is not None else -1
    if change.kind is ReturnedKind.INSERTED:
        return min(index, len(lines) - 1), []
    values, questions = draft.values(change.language), placeholder_questions(change.language)
    sent = [taking.as_sent(line, change.before, values, questions) for line in lines]
    found = [number for number, runs in enumerate(sent) if runs is not None]
    place = index if index in found else found[0] if len(found) == 1 else -1
    runs = sent[place] if place >= 0 else None
    if runs is None:
        title = drafts.wording(clause.titles, change.language)
        raise BadInput(
            f"“{title}” was changed here since the document left, so the change no longer fits. "
            "Compare both and write the clause by hand, then mark the change as refused with a remark."
        )
    return place, runs


def _safe_order(changes: Iterable[ReturnedChange]) -> list[ReturnedChange]:
    """From the end of the document to its beginning, so that numbers of paragraphs stay right."""
    return sorted(
        changes, key=lambda one: (one.paragraph if one.paragraph is not None else -1, one.position), reverse=True
    )


def _records(returned: Returned, languages: Sequence[str]) -> Iterator[ReturnedChange]:
    """Everything that came back otherwise than it left, in the order of the document."""
    position = 0
    for part in returned.parts:
        for change in _of_part(part, languages):
            yield replace(change, position=position)
            position += 1
    for lost in returned.unmapped:
        around = " … ".join(text for text in (lost.before, lost.after) if text)
        yield _change(ReturnedPlace.UNMAPPED, ReturnedKind.INSERTED, after=lost.text, before=around, author=lost.author,
                      position=position)  # fmt: skip
        position += 1


def _of_part(part: ReturnedPart, languages: Sequence[str]) -> Iterator[ReturnedChange]:
    place = _PLACES.get(part.kind, ReturnedPlace.HEADER)
    clause_id = part.sent.id if part.sent else None
    if part.fate is PartFate.ADDED and part.kind is PartKind.CLAUSE:
        yield from _added_clause(part, languages)
    elif part.fate is PartFate.DELETED and part.kind is PartKind.CLAUSE:
        for language, paragraphs in zip(languages, part.sent.paragraphs if part.sent else (), strict=False):
            for index, paragraph in enumerate(paragraphs):
                yield _change(
                    place, ReturnedKind.DELETED, clause_id=clause_id, language=language, paragraph=index,
                    before=paragraph.text,
                )  # fmt: skip
    else:
        yield from (_of_change(change, place, clause_id, languages) for change in part.changes)
        if part.moved:
            yield _change(place, ReturnedKind.MOVED, clause_id=clause_id, before="", after=str(part.after_number))
    for comment in part.comments:
        yield _change(
            place, ReturnedKind.COMMENTED, clause_id=clause_id, before=comment.passage, comment=comment.text,
            author=comment.author, made_at=comment.date,
        )  # fmt: skip


def _added_clause(part: ReturnedPart, languages: Sequence[str]) -> Iterator[ReturnedChange]:
    for number, language in enumerate(languages):
        title = part.titles[number] if number < len(part.titles) else ""
        texts = [one.after for one in part.changes if one.language == number and one.kind is ChangeKind.INSERTED]
        if title or texts:
            first = next(iter(part.changes), None)
            yield _change(
                ReturnedPlace.CLAUSE, ReturnedKind.INSERTED, language=language, paragraph=-1,
                after="\n".join([title, *texts]), author=first.author if first else "",
                made_at=first.date if first else None,
            )  # fmt: skip


def _of_change(
    change: Change, place: ReturnedPlace, clause_id: UUID | None, languages: Sequence[str]
) -> ReturnedChange:
    in_table = change.table >= 0
    kind = _KINDS[change.kind]
    paragraph = None if in_table or change.kind in (ChangeKind.TITLE, ChangeKind.STATE) else change.index
    return _change(
        ReturnedPlace.TABLE if in_table else place,
        kind,
        clause_id=clause_id,
        language=languages[change.language] if change.language < len(languages) else languages[0],
        paragraph=paragraph,
        before=change.before,
        after=change.after,
        author=change.author or _writers(change),
        made_at=change.date,
    )


def _writers(change: Change) -> str:
    return ", ".join(dict.fromkeys(run.author for run in change.runs if run.author))


def _change(place: ReturnedPlace, kind: ReturnedKind, **fields: object) -> ReturnedChange:
    """A change without its document; texts are cut to what can be stored."""
    cut = {name: clean_text(value)[:LONG_TEXT] if isinstance(value, str) else value for name, value in fields.items()}
    if "author" in cut:
        cut["author"] = str(cut["author"])[:SHORT_TEXT]
    return ReturnedChange(returned_document_id=UUID(int=0), place=place, kind=kind, **cut)  # type: ignore[arg-type]


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise BadInput(f"“{path.name}” cannot be read ({error.strerror}). Please choose another file.") from error
    if len(content) > LARGEST_FILE:
        raise BadInput(f"“{path.name}” is larger than an agreement can be. Please choose the returned Word document.")
    return content
