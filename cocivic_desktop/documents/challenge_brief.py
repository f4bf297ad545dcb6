"""The brief of a challenge for the class: what to work on, until when, with whom, and what makes a good solution."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from cocivic_desktop.documents.content import Block, Heading, Items, Note, Picture, SimpleDocument, Table, WritingLines
from cocivic_desktop.domain.goals import ChallengePhase
from cocivic_desktop.library.files import FALLBACK, read_toml
from cocivic_desktop.library.labels import Labels, labels

_FILE = "challenge_brief.toml"
_PARTS = re.compile(r"[;\n]+")


@dataclass(frozen=True, kw_only=True)
class BriefFacts:
    """What the brief says about one challenge. `helpers` are roles ("mentor", "teacher") with name and organisation."""

    title: str
    question: str = ""
    need: str = ""
    limits: str = ""
    mission: str = ""
    learning: str = ""
    curriculum: str = ""
    partnership: str = ""
    organisation: str = ""
    helpers: Mapping[str, str] = field(default_factory=dict)
    phase_ends: Mapping[ChallengePhase, date] = field(default_factory=dict)
    letterhead: tuple[str, ...] = ()
    letterhead_file: bytes | None = None
    logo: Picture | None = None


def challenge_brief(facts: BriefFacts, language: str) -> SimpleDocument:
    """The document in a language. Sections of which nothing is known are left out."""
    words = brief_words(language)
    return SimpleDocument(
        title=facts.question.strip() or facts.title,
        language=language,
        words=labels(language),
        kind_label=words["kind"],
        subtitle=" · ".join(part for part in (facts.title, facts.partnership) if part),
        blocks=tuple(_blocks(facts, words, labels(language))),
        header=facts.title,
        footer=words["footer"],
        letterhead=facts.letterhead,
        letterhead_file=facts.letterhead_file,
        logo=facts.logo,
        author=facts.organisation,
    )


@cache
def brief_words(language: str) -> dict[str, Any]:
    """The fixed words of the brief, in English where a language has none."""
    return {**read_toml("documents", FALLBACK, _FILE), **read_toml("documents", language, _FILE)}


def _blocks(facts: BriefFacts, words: dict[str, Any], fixed: Labels) -> Iterator[Block]:
    heading, text = words["heading"], words["text"]
    if not facts.question.strip():
        yield Note(words["question_open"])
    yield words["intro"].format(organisation=facts.organisation) if facts.organisation else words["intro_alone"]
    for name, told in (("need", facts.need), ("mission", facts.mission)):
        if told.strip():
            yield Heading(heading[name])
            yield told.strip()
    limits = [part[:1].upper() + part[1:] for part in map(str.strip, _PARTS.split(facts.limits)) if part]
    if limits:
        yield Heading(heading["limits"])
        yield Items(limits)
    if facts.learning.strip() or facts.curriculum.strip():
        yield Heading(heading["learning"])
        if facts.learning.strip():
            yield facts.learning.strip()
        if facts.curriculum.strip():
            yield text["curriculum"].format(link=facts.curriculum.strip())
    yield Heading(heading["people"])
    yield _helpers(facts, words, fixed)
    yield Heading(heading["phases"])
    yield _phases(facts, words, fixed)
    yield Heading(heading["good"])
    yield Items(words["good"]["points"])
    yield Heading(heading["team"])
    yield WritingLines(1, words["lines"]["name"])
    yield WritingLines(1, words["lines"]["members"])
    yield WritingLines(2, words["lines"]["ideas"])
    yield Note(words["note"]["consent"])


def _phases(facts: BriefFacts, words: dict[str, Any], fixed: Labels) -> Table:
    column, ends = words["column"], facts.phase_ends
    return Table(
        head=[column["phase"], column["work"], column["until"]],
        rows=[
            [
                fixed[f"phase.{phase.value}"],
                words["phase"][phase.value],
                fixed.format_date(ends[phase]) if phase in ends else words["text"]["no_date"],
            ]
            for phase in ChallengePhase
        ],
        widths=(18, 58, 24),
    )


def _helpers(facts: BriefFacts, words: dict[str, Any], fixed: Labels) -> Table:
    column, text = words["column"], words["text"]
    return Table(
        head=[column["who"], column["for_what"]],
        rows=[
            [f"{fixed[f'person_kind.{role}']}: {facts.helpers.get(role) or text['nobody']}", text[role]]
            for role in ("mentor", "teacher")
        ],
        widths=(46, 54),
    )
