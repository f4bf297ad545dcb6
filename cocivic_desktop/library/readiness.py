"""The CSO's self-check and the know-the-school checklist (`resources/guidance/<language>/readiness.toml`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
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
    """One question. `advice` is keyed by answer; `ask` is what to ask the school while the answer is open."""

    code: str
    group: str
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
            text=entry["text"],
            why=entry["why"],
            advice={answer: text for answer, text in entry["advice"].items() if answer in ANSWERS},
            ask=entry.get("ask", ""),
        )
        for entry in data["questions"]
    )
    return tuple(question for question in found if group is None or question.group == group)


def question(code: str, language: str = "en") -> ReadinessQuestion | None:
    """The question with this code, or None when an older workspace knows one that is gone."""
    return next((entry for entry in questions(language) if entry.code == code), None)
