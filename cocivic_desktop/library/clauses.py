"""The clause library: conditions from `documents/clauses.toml`, wording from `documents/<language>/clauses.toml`."""

from __future__ import annotations

from functools import cache
from typing import Any

from cocivic_desktop.domain.clause_library import (
    Alternative,
    AlternativeText,
    ClauseLibrary,
    ClauseText,
    LibraryClause,
)
from cocivic_desktop.library.files import languages, read_toml


@cache
def clause_library() -> ClauseLibrary:
    """All clauses with their texts in every language there is. Raises ValueError or KeyError for a broken file."""
    texts = {language: read_toml("documents", language, "clauses.toml") for language in languages("documents")}
    entries = read_toml("documents", "clauses.toml")["clause"]
    return ClauseLibrary(tuple(_clause(entry, texts) for entry in entries))


def _clause(entry: dict[str, Any], texts: dict[str, dict[str, Any]]) -> LibraryClause:
    code = entry["code"]
    return LibraryClause(
        code=code,
        topic=entry["topic"],
        kinds=tuple(entry.get("kinds", ("mou", "charter", "contract"))),
        when=tuple(entry.get("when", ())),
        unless=tuple(entry.get("unless", ())),
        alternatives=tuple(_alternative(option) for option in entry.get("alternatives", ())),
        asks=tuple(entry.get("asks", ())),
        essential=entry.get("essential", True),
        table=entry.get("table", ""),
        processes=tuple(entry.get("processes", ())),
        texts={language: _text(content[code]) for language, content in texts.items() if code in content},
    )


def _alternative(option: dict[str, Any]) -> Alternative:
    return Alternative(
        code=option["code"],
        kinds=tuple(option.get("kinds", ())),
        when=tuple(option.get("when", ())),
        processes=tuple(option.get("processes", ())),
    )


def _text(content: dict[str, Any]) -> ClauseText:
    return ClauseText(
        title=content["title"],
        text=content["text"].strip(),
        why=content.get("why", "").strip(),
        ask=content.get("ask", "").strip(),
        caution=content.get("caution", "").strip(),
        alternatives={
            code: AlternativeText(label=option["label"], text=option["text"].strip())
            for code, option in content.get("alternatives", {}).items()
        },
    )
