"""Whose words a clause has: the library's as they were taken, the library's of today, or somebody's own.

`Clause.library_hashes` remembers what the library said when the words were taken. Where it is empty (clauses from
before it was kept) only words that are still the library's are known to be the library's.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from cocivic_desktop.domain.agreements import Clause
from cocivic_desktop.domain.clause_library import LibraryClause
from cocivic_desktop.domain.rules.clause_compare import TextPair
from cocivic_desktop.domain.rules.text_compare import compare_words


@dataclass(frozen=True)
class NewerWording:
    """A clause's title and text in one language beside those that the library has now."""

    language: str
    title: TextPair
    text: TextPair
    own: bool
    """Somebody has reworded the clause in this language: the library's wording would replace that."""


def wording_hash(title: str, text: str) -> str:
    """SHA-256 of a wording, in hexadecimal."""
    return hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()


def library_hashes(entry: LibraryClause, alternative: str) -> dict[str, str]:
    """The hashes of the library's present wording of an alternative, by language."""
    return {code: wording_hash(texts.title, entry.wording(code, alternative)) for code, texts in entry.texts.items()}


def set_wording(clause: Clause, entry: LibraryClause, alternative: str) -> None:
    """Give a clause the library's wording of an alternative ("" for the clause's own text)."""
    clause.alternative = alternative
    clause.titles = {language: texts.title for language, texts in entry.texts.items()}
    clause.texts = {language: entry.wording(language, alternative) for language in entry.texts}
    clause.library_hashes = library_hashes(entry, alternative)


def own_languages(clause: Clause, entry: LibraryClause | None) -> list[str]:
    """The languages in which somebody has written a clause's words. All of a clause that no library has."""
    present = {} if entry is None else library_hashes(entry, clause.alternative)
    return [
        language
        for language, text in clause.texts.items()
        if (text.strip() or clause.library_hashes.get(language))
        and _hash(clause, language) != clause.library_hashes.get(language, present.get(language))
    ]


def is_library_wording(clause: Clause, entry: LibraryClause) -> bool:
    """Whether nobody has reworded a clause since it was taken from the library."""
    return not own_languages(clause, entry) and bool(clause.texts)


def newer_wording(clause: Clause, entry: LibraryClause | None) -> list[NewerWording]:
    """Where the library says something else than when the clause was taken from it, with what would change.

    Nothing where it is not known what the library said then, and nothing where the clause says the new words already.
    """
    if entry is None:
        return []
    present = library_hashes(entry, clause.alternative)
    own = own_languages(clause, entry)
    return [
        NewerWording(
            language,
            _pair(clause.titles.get(language, ""), entry.texts[language].title),
            _pair(clause.texts.get(language, ""), entry.wording(language, clause.alternative)),
            language in own,
        )
        for language, taken in clause.library_hashes.items()
        if language in present and taken != present[language] and _hash(clause, language) != present[language]
    ]


def remember_library(clause: Clause, entry: LibraryClause) -> None:
    """Note what the library says now, where it is not known what it said and the clause still says the same."""
    present = library_hashes(entry, clause.alternative)
    known = {language: value for language, value in present.items() if _hash(clause, language) == value}
    if known.keys() - clause.library_hashes.keys():
        clause.library_hashes = {**known, **clause.library_hashes}


def _hash(clause: Clause, language: str) -> str:
    return wording_hash(clause.titles.get(language, ""), clause.texts.get(language, ""))


def _pair(before: str, after: str) -> TextPair:
    return TextPair(before, after, compare_words(before, after))
