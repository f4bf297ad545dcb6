"""Short texts beside each stage: why it matters, how others do it, pitfalls, and where it comes from.

`resources/guidance/<language>/<stage>.toml`, one file per stage and one for the first start ("welcome").
A language that lacks a file falls back to English as a whole, so that no page mixes two languages.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from cocivic_desktop import paths
from cocivic_desktop.domain.errors import NotFound

TOPICS: Final = ("welcome", "initiate", "goals", "agreement", "calendar", "hours", "evaluate")
"""What there is guidance on: the first start, then the six stages in order."""


@dataclass(frozen=True)
class Section:
    """One heading with a paragraph and, often, a few points."""

    heading: str
    text: str
    bullets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Guidance:
    """The guidance on one stage. `language` is the one the texts are really in."""

    title: str
    sections: tuple[Section, ...]
    pitfalls: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    language: str = "en"


@cache
def guidance(stage: str, language: str = "en") -> Guidance:
    """The guidance on `stage` (a value of `Stage`, or "welcome") in `language`, else in English.

    Raises NotFound for a stage that has no guidance at all.
    """
    if stage not in TOPICS:
        raise NotFound(f"There is no guidance on “{stage}”.")
    found, data = localized_toml("guidance", language, f"{stage}.toml")
    return Guidance(
        title=data["title"],
        sections=tuple(
            Section(section["heading"], section["text"], tuple(section.get("bullets", ())))
            for section in data.get("sections", ())
        ),
        pitfalls=tuple(data.get("pitfalls", ())),
        sources=tuple(data.get("sources", ())),
        language=found,
    )


def localized_toml(folder: str, language: str, name: str) -> tuple[str, dict[str, Any]]:
    """`resources/<folder>/<language>/<name>` as data, else the English file; with the language it is in."""
    for candidate in (language, language.partition("-")[0].partition("_")[0], "en"):
        path = paths.resources() / folder / candidate / name
        if candidate and path.is_file():
            return candidate, tomllib.loads(path.read_text(encoding="utf-8"))
    raise NotFound(f"The resource file “{folder}/en/{name}” is missing; please install the program again.")
