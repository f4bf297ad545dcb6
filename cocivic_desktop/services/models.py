"""The models of cooperation that a partnership can start from: those of the program, and our own in the workspace."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from cocivic_desktop.domain.agreements import AgreementKind
from cocivic_desktop.domain.errors import BadInput, NotFound
from cocivic_desktop.domain.model_parts import ModelPart, OwnModel
from cocivic_desktop.library.cooperation.drafts import Model, Text
from cocivic_desktop.library.indicators import indicators_by_code
from cocivic_desktop.library.models import ModelProblem, parse_model, text_in, texts_in
from cocivic_desktop.library.models import models as shipped

if TYPE_CHECKING:
    from pathlib import Path

    from cocivic_desktop.domain.changes import Changes
    from cocivic_desktop.domain.organisations import OrganisationKind
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

LARGEST_FILE = 1_000_000
"""Bytes of the largest model file that is read; those of the program have under 40,000."""


class Section(StrEnum):
    """The kinds of things that a model brings."""

    GOALS = "goals"
    EXPECTATIONS = "expectations"
    CHALLENGES = "challenges"
    INDICATORS = "indicators"
    RESPONSIBILITIES = "responsibilities"
    COMMITMENTS = "commitments"
    ROUTINES = "routines"
    RESOURCES = "resources"
    COSTS = "costs"
    CLAUSES = "clauses"
    ACTIVITIES = "activities"
    CHECKLISTS = "checklists"
    COMPETENCES = "competences"
    BADGES = "badges"


Item = tuple[Section, int]
"""One thing that a model brings: its section, and its number there from 0."""


@dataclass(frozen=True, kw_only=True)
class ModelPreview:
    """What a model would bring, in one language: for reading, comparing and choosing."""

    code: str
    is_own: bool
    title: str
    summary: str
    source: str
    for_whom: str
    agreement_kind: AgreementKind
    partner_kinds: tuple[OrganisationKind, ...]
    minors: bool
    parts: tuple[ModelPart, ...]
    sections: dict[Section, tuple[str, ...]]
    roles: tuple[tuple[str, str, str], ...]
    """Side, name and what the role does."""
    guidance: tuple[str, ...]
    cases: tuple[tuple[str, str, str, str], ...]
    """Who, what, result and source of each cooperation of this kind."""
    checklists: tuple[tuple[str, tuple[str, ...]], ...]
    """Title and items."""
    drafts: Model
    """The model itself, for what belongs to each line of `sections`."""
    language: str


def available(workspace: Workspace) -> tuple[list[Model], list[ModelProblem]]:
    """The models of the program and our own, and what is wrong in those that cannot be used."""
    found, problems = list(shipped().models), list(shipped().problems)
    for own in _own(workspace):
        read, wrong = parse_model(own.content, own.title, own=True)
        problems += wrong
        if read is not None:
            found.append(read)
    return found, problems


def model(workspace: Workspace, code: str) -> Model:
    """One model. Raises NotFound, which lists those there are."""
    found, _ = available(workspace)
    for one in found:
        if one.code == code:
            return one
    known = ", ".join(one.code for one in found)
    raise NotFound(f"There is no model of cooperation “{code}”. There are: {known}.")


def preview(workspace: Workspace, code: str, language: str = "en") -> ModelPreview:
    """What the model `code` would bring to a partnership. Raises NotFound."""
    return _preview(model(workspace, code), language)


def previews(workspace: Workspace, language: str = "en") -> list[ModelPreview]:
    """All models in a language, by title; our own come first."""
    found, _ = available(workspace)
    shown = [_preview(one, language) for one in found]
    return sorted(shown, key=lambda one: (not one.is_own, one.title.casefold()))


def title_of(workspace: Workspace, code: str, language: str = "en") -> str:
    """The title of a model; empty for an unknown or empty code. No file of our own is read for it."""
    known = next((one for one in shipped().models if one.code == code), None)
    if known is not None:
        return text_in(known.title, language)
    return next((own.title for own in _own(workspace) if own.code == code), "") if code else ""


def parts_of(workspace: Workspace, code: str) -> tuple[ModelPart, ...]:
    """The special parts that a model calls for; none for an unknown or empty code."""
    with workspace.read() as unit:
        return parts_in(unit, code)


def parts_in(unit: UnitOfWork, code: str) -> tuple[ModelPart, ...]:
    """The same within a unit of work."""
    known = next((one.parts for one in shipped().models if one.code == code), None)
    if known is not None:
        return known
    own = unit.first(OwnModel, code=code) if code else None
    read = parse_model(own.content, own.title, own=True)[0] if own else None
    return read.parts if read else ()


def store(workspace: Workspace, text: str, file: str) -> tuple[OwnModel, Changes]:
    """Keep a model of our own, given as TOML; one of the same code takes the place of the older one.

    Raises BadInput that names line and field of the first fault, or when the program has a model of that code.
    """
    read, problems = parse_model(text, file, own=True)
    if read is None:
        more = f" There are {len(problems) - 1} more faults." if len(problems) > 1 else ""
        raise BadInput(f"{problems[0]}. Nothing was taken over.{more}")
    if any(one.code == read.code for one in shipped().models):
        raise BadInput(f"{file}: the program has a model “{read.code}” already. Please give yours another code.")
    title = text_in(read.title, read.language)
    with workspace.write("keep_model", title) as unit:
        own = unit.first(OwnModel, code=read.code) or unit.add(OwnModel(code=read.code, title=title))
        own.title, own.content = title, text
    return own, workspace.last_changes


def load(workspace: Workspace, path: Path) -> tuple[OwnModel, Changes]:
    """Keep the model in a file. Raises BadInput: what is wrong, where, and what to do."""
    return store(workspace, read_text(path), path.name)


def read_text(path: Path) -> str:
    """The text of a model's file. Raises BadInput when it cannot be read, is too large or not UTF-8."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise BadInput(f"{path.name} cannot be read ({error.strerror}). Please choose another file.") from error
    if len(data) > LARGEST_FILE:
        raise BadInput(f"{path.name} is larger than a model can be. Please choose a model's .toml file.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BadInput(f"{path.name}, line {line}: is not written in UTF-8. Please save it as UTF-8 text.") from error


def text_of(workspace: Workspace, code: str) -> str:
    """The TOML text of a model, to hand on or to build another one from. Raises NotFound."""
    from cocivic_desktop import paths

    for own in _own(workspace):
        if own.code == code:
            return own.content
    return (paths.resources() / "models" / f"{model(workspace, code).code}.toml").read_text(encoding="utf-8")


def _own(workspace: Workspace) -> list[OwnModel]:
    with workspace.read() as unit:
        return unit.find(OwnModel, order="title")


def _preview(one: Model, language: str) -> ModelPreview:
    def say(text: Text) -> str:
        return text_in(text, language)

    return ModelPreview(
        code=one.code,
        is_own=all(one.code != other.code for other in shipped().models),
        title=say(one.title),
        summary=say(one.summary),
        source=say(one.source),
        for_whom=say(one.for_whom),
        agreement_kind=one.agreement_kind,
        partner_kinds=one.partner_kinds,
        minors=one.minors,
        parts=one.parts,
        sections={section: tuple(texts) for section, texts in _sections(one, language)},
        roles=tuple((role.side.value, say(role.name), say(role.text)) for role in one.roles),
        guidance=texts_in(one.guidance, language),
        cases=tuple((say(case.who), say(case.what), say(case.result), say(case.source)) for case in one.cases),
        checklists=tuple((say(entry.title), texts_in(entry.items, language)) for entry in one.checklists),
        drafts=one,
        language=language,
    )


def _sections(one: Model, language: str) -> Iterator[tuple[Section, list[str]]]:
    """What the model brings, in the order in which its file has it."""
    catalogue = indicators_by_code()

    def say(text: Text) -> str:
        return text_in(text, language)

    yield Section.GOALS, [say(goal.statement) for goal in one.goals]
    yield Section.EXPECTATIONS, [say(entry.text) for entry in one.expectations]
    yield Section.CHALLENGES, [say(challenge.title) for challenge in one.challenges]
    yield (
        Section.INDICATORS,
        [catalogue[entry.code].name(language) if entry.code in catalogue else entry.code for entry in one.indicators],
    )
    yield Section.RESPONSIBILITIES, [say(row.task) for row in one.responsibilities]
    yield Section.COMMITMENTS, [say(promise.role) for promise in one.commitments]
    yield Section.ROUTINES, [say(row.title) for row in one.routines]
    yield Section.RESOURCES, [say(row.title) for row in one.resources]
    yield Section.COSTS, [say(row.title) for row in one.costs]
    yield Section.CLAUSES, [say(clause.title) for clause in one.own_clauses]
    yield Section.ACTIVITIES, [say(activity.title) for activity in one.activities]
    yield Section.CHECKLISTS, [say(checklist.title) for checklist in one.checklists]
    yield Section.COMPETENCES, [say(row.name) for row in one.competences]
    yield Section.BADGES, [say(row.title) for row in one.badges]
