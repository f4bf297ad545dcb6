"""Names of people in files, matched with the people that are known: exactly, without accents, nearly."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final
from uuid import UUID

from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.organisations import Person

NEAR: Final = 84
"""From this share of equal letters (0 to 100, rapidfuzz `token_sort_ratio`) two names are called alike."""


class Match(StrEnum):
    """How a name was matched."""

    EXACT = "exact"
    FOLDED = "folded"
    """The same but for accents, capitals, or the order of first name and family name."""
    NEAR = "near"
    """Perhaps: a person decides."""
    SEVERAL = "several"
    NONE = "none"


class PersonNames:
    """People to be found by name; `members` come before all others."""

    def __init__(self, people: Sequence[Person], members: set[UUID]) -> None:
        self._members = members
        self._people = list(people)
        self._exact: dict[str, list[Person]] = defaultdict(list)
        self._folded: dict[str, list[Person]] = defaultdict(list)
        for one in self._people:
            self._exact[" ".join(one.name.split())].append(one)
            self._folded[name_key(one.name)].append(one)

    def find(self, name: str) -> tuple[Match, Person | None]:
        """How a name fits, and whom; None where nobody, or several fit equally well."""
        for match, found in (
            (Match.EXACT, self._exact.get(" ".join(name.split()), [])),
            (Match.FOLDED, self._folded.get(name_key(name), [])),
        ):
            if found:
                chosen = self._only(found)
                return (match, chosen) if chosen is not None else (Match.SEVERAL, None)
        found = self._beginning(name)
        if found:
            chosen = self._only(found)
            return (Match.NEAR, chosen) if chosen is not None else (Match.SEVERAL, None)
        return self._alike(name)

    def _only(self, found: Iterable[Person]) -> Person | None:
        """The only one, or the only one of the partnership."""
        people = list(found)
        here = [one for one in people if one.id in self._members]
        return people[0] if len(people) == 1 else here[0] if len(here) == 1 else None

    def _beginning(self, name: str) -> list[Person]:
        """People whose names hold words that begin like those given, in any order: "Ana", "A. López"."""
        wanted = _words(name)
        return [
            one
            for one in self._people
            if wanted and all(any(word.startswith(part) for word in _words(one.name)) for part in wanted)
        ]

    def _alike(self, name: str) -> tuple[Match, Person | None]:
        from rapidfuzz import fuzz, process

        names = [name_key(one.name) for one in self._people]
        found = process.extract(name_key(name), names, scorer=fuzz.token_sort_ratio, score_cutoff=NEAR, limit=2)
        if not found:
            return Match.NONE, None
        if len(found) > 1 and found[0][1] == found[1][1]:
            return Match.SEVERAL, None
        return Match.NEAR, self._people[found[0][2]]


def name_key(name: str) -> str:
    """A name as it is compared: words in order of the alphabet, no accents, "Müller" and "Mueller" alike."""
    return " ".join(sorted(_words(name)))


def _words(name: str) -> list[str]:
    return [re.sub(r"([aou])e", r"\1", word) for word in re.findall(r"[^\W_]+", fold(name))]
