"""Criteria of the intake and of the selection, and competence frames (`resources/guidance/<language>/…`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from cocivic_desktop.library.guidance import localized_toml

ANSWERS: Final = ("yes", "partly", "no", "unknown")
"""What a criterion of the intake can be answered with."""
LEAST_SCORE: Final = 1
MOST_SCORE: Final = 5


@dataclass(frozen=True)
class IntakeCriterion:
    """A question of the review. `why` says why it is asked and what to do about a no."""

    code: str
    text: str
    why: str


@dataclass(frozen=True)
class SelectionCriterion:
    """What candidates are rated by; `low` and `high` say what the least and the most score mean."""

    code: str
    text: str
    low: str
    high: str


@dataclass(frozen=True)
class CompetenceDraft:
    """A competence to begin with."""

    code: str
    area: str
    name: str
    description: str
    evidence: str


@dataclass(frozen=True)
class BadgeDraft:
    """A badge to begin with."""

    title: str
    description: str
    criteria: tuple[str, ...]


@dataclass(frozen=True)
class CompetenceFrame:
    """A set of competences that belong together, with the badge for them."""

    code: str
    title: str
    about: str
    competences: tuple[CompetenceDraft, ...]
    badge: BadgeDraft


@cache
def intake_criteria(language: str = "en") -> tuple[IntakeCriterion, ...]:
    """The criteria of the intake review in order, in `language`, else in English."""
    _, data = localized_toml("guidance", language, "intake.toml")
    return tuple(IntakeCriterion(**entry) for entry in data["criteria"])


@cache
def selection_criteria(language: str = "en") -> tuple[SelectionCriterion, ...]:
    """The criteria of the selection in order, in `language`, else in English."""
    _, data = localized_toml("guidance", language, "selection.toml")
    return tuple(SelectionCriterion(**entry) for entry in data["criteria"])


@cache
def competence_frames(language: str = "en") -> tuple[CompetenceFrame, ...]:
    """The competence frames, in `language`, else in English."""
    _, data = localized_toml("guidance", language, "competences.toml")
    return tuple(
        CompetenceFrame(
            code=entry["code"],
            title=entry["title"],
            about=entry["about"],
            competences=tuple(CompetenceDraft(**each) for each in entry["competences"]),
            badge=BadgeDraft(
                title=entry["badge"]["title"],
                description=entry["badge"]["description"],
                criteria=tuple(entry["badge"]["criteria"]),
            ),
        )
        for entry in data["frames"]
    )


@cache
def source(name: str, language: str = "en") -> str:
    """Where the content of "intake", "selection" or "competences" comes from."""
    _, data = localized_toml("guidance", language, f"{name}.toml")
    return str(data["source"])
