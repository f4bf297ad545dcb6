"""The self-check and the know-the-school checklist: answering, the picture, and taking answers from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.partnerships import Partnership, ReadinessAnswer, ReadinessAnswerValue
from cocivic_desktop.domain.rules.readiness import Area, areas

if TYPE_CHECKING:
    from cocivic_desktop.library.readiness import ReadinessQuestion
    from cocivic_desktop.store.workspace import Workspace


@dataclass(frozen=True)
class CarryOver:
    """Answers of the self-check from another partnership that this one lacks."""

    source: Partnership
    answers: tuple[ReadinessAnswer, ...]


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


def given(workspace: Workspace, partnership_id: UUID) -> dict[str, ReadinessAnswer]:
    """The answers of a partnership by question."""
    with workspace.read() as unit:
        return {entry.question: entry for entry in unit.find(ReadinessAnswer, partnership_id=partnership_id)}


def picture(workspace: Workspace, partnership_id: UUID) -> list[Area]:
    """How far each area of readiness is, first those about us."""
    from cocivic_desktop.library.readiness import questions

    answers = {code: entry.answer for code, entry in given(workspace, partnership_id).items()}
    return areas(questions(), answers)


def open_questions(workspace: Workspace, partnership_id: UUID, language: str = "en") -> list[ReadinessQuestion]:
    """The questions answered "not known" that the school can answer, in the order of the checklist."""
    from cocivic_desktop.library.readiness import questions

    unknown = {
        code for code, entry in given(workspace, partnership_id).items() if entry.answer is ReadinessAnswerValue.UNKNOWN
    }
    return [question for question in questions(language) if question.code in unknown and question.ask]


def carry_over(workspace: Workspace, partnership_id: UUID) -> CarryOver | None:
    """What the self-check of the latest other partnership would add to this one; None when nothing.

    Only questions about us are carried over, and only those that have no answer here: what was answered stays.
    """
    from cocivic_desktop.library.readiness import questions

    own = {question.code: number for number, question in enumerate(questions(group="cso"))}
    here = given(workspace, partnership_id)
    with workspace.read() as unit:
        others = [
            entry
            for entry in unit.find(ReadinessAnswer)
            if entry.partnership_id != partnership_id and entry.question in own and entry.question not in here
        ]
        if not others:
            return None
        latest = max(others, key=lambda entry: entry.changed_at).partnership_id
        source = unit.get(Partnership, latest)
    answers = sorted((e for e in others if e.partnership_id == latest), key=lambda entry: own[entry.question])
    return CarryOver(source, tuple(answers))


def take_carry_over(workspace: Workspace, partnership_id: UUID, chosen: CarryOver) -> Changes:
    """Take the answers of another partnership's self-check over: one step of undo; what is answered here stays."""
    here = given(workspace, partnership_id)
    with workspace.write("carry_over_readiness", chosen.source.title) as unit:
        for entry in chosen.answers:
            if entry.question not in here:
                unit.add(
                    ReadinessAnswer(
                        partnership_id=partnership_id,
                        question=entry.question,
                        answer=entry.answer,
                        remark=entry.remark,
                    )
                )
    return workspace.last_changes
