"""The CSO's self-check and the know-the-school checklist (`resources/guidance/<language>/readiness.toml`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from cocivic_desktop.library.guidance import localized_toml

if TYPE_CHECKING:
    from collections.abc import Mapping

GROUPS: Final = ("cso", "school")
"""The two lists: about our own organisation, and about the school."""

ANSWERS: Final = ("yes", "partly", "no", "unknown")
"""Values of `ReadinessAnswerValue`."""


@dataclass(frozen=True)
class ReadinessQuestion:
    """One question. `advice` is keyed by answer; `ask` is what to ask the school while the answer is open.

    `area` is a key of `areas`: what the question belongs to in the picture of readiness.
    """

    code: str
    group: str
    area: str
    text: str
    why: str
    advice: Mapping[str, str]
    ask: str = ""


@cache
def questions(language: str = "en", group: str | None = None) -> tuple[ReadinessQuestion, ...]:
    """All questions in order, or those of one `group` ("cso" or "school"), in `language`, else in English."""
    _, data = localized_toml("guidance", language, "readiness.toml")
    found = (
        ReadinessQuestion(
            code=entry["code"],
            group=entry["group"],
            area=entry["area"],
            text=entry["text"],
            why=entry["why"],
            advice={answer: text for answer, text in entry["advice"].items() if answer in ANSWERS},
            ask=entry.get("ask", ""),
        )
        for entry in data["questions"]
    )
    return tuple(question for question in found if group is None or question.group == group)


@cache
def areas(language: str = "en") -> Mapping[str, str]:
    """The names of the areas of readiness by code, in order: first those about us, then those about the school."""
    _, data = localized_toml("guidance", language, "readiness.toml")
    return MappingProxyType({str(code): str(words) for code, words in data["areas"].items()})


def question(code: str, language: str = "en") -> ReadinessQuestion | None:
    """The question with this code, or None when an older workspace knows one that is gone."""
    return next((entry for entry in questions(language) if entry.code == code), None)
