"""The self-check and the know-the-school checklist: answering, and asking the school what is not known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.partnerships import ReadinessAnswer, ReadinessAnswerValue

if TYPE_CHECKING:
    from cocivic_desktop.library.readiness import ReadinessQuestion
    from cocivic_desktop.store.workspace import Workspace


def answer(workspace: Workspace, entry: ReadinessAnswer, **fields: Any) -> Changes:
    """Answer a question of a partnership, or add a remark to it; `entry` may be stored already or not.

    Raises `InvalidField`.
    """
    with workspace.read() as unit:
        found = unit.first(ReadinessAnswer, partnership_id=entry.partnership_id, question=entry.question)
    if found is not None and all(getattr(found, name) == value for name, value in fields.items()):
        return Changes()
    with workspace.write("change_readiness_answer") as unit:
        if found is None:
            unit.add(replace(entry, **fields))
        else:
            stored = unit.get(ReadinessAnswer, found.id)
            for name, value in fields.items():
                setattr(stored, name, value)
    return workspace.last_changes


def open_questions(workspace: Workspace, partnership_id: UUID, language: str = "en") -> list[ReadinessQuestion]:
    """The questions answered "not known" that the school can answer, in the order of the checklist."""
    from cocivic_desktop.library.readiness import questions

    with workspace.read() as unit:
        given = unit.find(ReadinessAnswer, partnership_id=partnership_id)
    unknown = {entry.question for entry in given if entry.answer is ReadinessAnswerValue.UNKNOWN}
    return [question for question in questions(language) if question.code in unknown and question.ask]
