"""Single clauses: how far both sides are with them, and the library's newer wording. One undoable step each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from cocivic_desktop.domain.agreements import Agreement, Clause, ClauseState
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import NotFound
from cocivic_desktop.domain.rules.clause_wording import library_hashes, set_wording
from cocivic_desktop.library.clauses import clause_library
from cocivic_desktop.services import proposals, records

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace


CLOSING: Final = ("annexes", "signatures")
"""Topics that end a document: nobody's own clause stands behind them."""


def add_own(
    workspace: Workspace, agreement_id: UUID, language: str, title: str, after: UUID | None = None
) -> tuple[Clause, Changes]:
    """Add a clause of one's own, without words yet: behind another clause, but before annexes and signatures.

    Raises `NotFound` for an agreement that is not there.
    """
    with workspace.write("add_clause", title) as unit:
        unit.get(Agreement, agreement_id)
        present = unit.find(Clause, agreement_id=agreement_id)
        end = next((place for place, one in enumerate(present) if one.topic in CLOSING), len(present))
        behind = next((place + 1 for place, one in enumerate(present) if one.id == after), end)
        place = min(behind, end)
        clause = Clause(agreement_id=agreement_id, topic="general", titles={language: title}, texts={language: ""})
        proposals.number([*present[:place], clause, *present[place:]])
        unit.add(clause)
    return clause, workspace.last_changes


def set_state(workspace: Workspace, clause_id: UUID, state: ClauseState, reason: str | None = None) -> Changes:
    """Say how far both sides are with a clause, with the reason why they do without it.

    A clause that stood outside the document comes in with it. Raises `NotFound`.
    """
    clause = records.get(workspace, Clause, clause_id)
    fields = {} if reason is None else {"waive_reason": reason.strip()}
    return records.change(workspace, Clause, clause.id, state=state, included=True, **fields)


def include(workspace: Workspace, clause_id: UUID, included: bool) -> Changes:
    """Let a clause stand in the document, or leave it out; its words stay. Raises `NotFound`."""
    return records.change(workspace, Clause, clause_id, included=included)


def take_library_wording(workspace: Workspace, clause_id: UUID) -> Changes:
    """Give a clause the library's present wording in every language.

    One that was agreed is under discussion again: nobody has agreed to these words. Raises `NotFound`.
    """
    with workspace.write("take_library_wording") as unit:
        clause = unit.get(Clause, clause_id)
        entry = clause_library().get(clause.code)
        if entry is None:
            raise NotFound("The library has no wording for this clause.")
        set_wording(clause, entry, clause.alternative if clause.alternative in entry.text_in("en").alternatives else "")
        if clause.state is ClauseState.AGREED:
            clause.state = ClauseState.UNDER_DISCUSSION
    return workspace.last_changes


def keep_own_wording(workspace: Workspace, clause_id: UUID) -> Changes:
    """Keep a clause's words although the library has newer ones; these are not offered again. Raises `NotFound`."""
    with workspace.write("keep_own_wording") as unit:
        clause = unit.get(Clause, clause_id)
        entry = clause_library().get(clause.code)
        if entry is None:
            raise NotFound("The library has no wording for this clause.")
        clause.library_hashes = library_hashes(entry, clause.alternative)
    return workspace.last_changes
