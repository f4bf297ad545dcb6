"""What a line of hours may go on with: people, activities, categories and days, in the words of four languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.hours import HourCategory
from cocivic_desktop.domain.rules.quick_entry import in_quotes, parse, written_name
from cocivic_desktop.domain.rules.quick_words import CATEGORIES, DAYS_AGO, WEEKDAYS

MOST: Final = 7
"""Suggestions shown at once."""
LEAST_LETTERS: Final = 3
"""From so many letters on, a word may begin the title of an activity without "@"."""

CATEGORY_NAMES: Final[dict[str, dict[HourCategory, str]]] = {
    language: dict(zip(HourCategory, words.split(), strict=True))
    for language, words in {
        "en": "preparation delivery mentoring administration travel",
        "de": "Vorbereitung Durchführung Betreuung Verwaltung Fahrt",
        "es": "preparación ejecución mentoría administración viaje",
        "tr": "hazırlık uygulama mentorluk yönetim yolculuk",
    }.items()
}
DAY_NAMES: Final[dict[str, tuple[str, ...]]] = {
    language: tuple(words.split())
    for language, words in {
        "en": "today yesterday Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "de": "heute gestern Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
        "es": "hoy ayer lunes martes miércoles jueves viernes sábado domingo",
        "tr": "bugün dün pazartesi salı çarşamba perşembe cuma cumartesi pazar",
    }.items()
}


@dataclass(frozen=True)
class Suggestion:
    """The line as it would be when taken, with the cursor behind what was filled in; `kind` says what that is."""

    line: str
    cursor: int
    label: str
    kind: str


@dataclass(frozen=True)
class Vocabulary:
    """What the lines of a partnership may name; those most likely first."""

    people: Sequence[str] = ()
    activities: Sequence[str] = ()
    templates: Sequence[str] = ()
    language: str = "en"


def category_name(category: HourCategory, language: str) -> str:
    """A word for a category that a line understands, in the language of the screen, else in English."""
    return CATEGORY_NAMES.get(language, CATEGORY_NAMES["en"])[category]


def suggest(line: str, cursor: int, today: date, known: Vocabulary) -> list[Suggestion]:
    """What the word at the cursor may become; nothing where it is complete, or a remark."""
    before, after = line[:cursor], line[cursor:]
    found: dict[str, Suggestion] = {}
    for length, text, label, kind in _candidates(before, today, known):
        kept = before[: len(before) - length] + text
        tail = after if after.startswith(" ") or not after else f" {after}"
        behind = len(kept) + 1
        one = Suggestion(kept + (tail or " "), behind, label, kind)
        found.setdefault(one.line, one)
    return list(found.values())[:MOST]


def _candidates(before: str, today: date, known: Vocabulary) -> Iterator[tuple[int, str, str, str]]:
    """How many characters before the cursor go, what takes their place, its label and its kind."""
    begun = before.lstrip()
    if begun.startswith("/"):
        if " " not in begun:
            yield from _templates(begun, known.templates)
        return
    activity = re.search(r'(?:^|(?<=\s))@"?([^"]*)$', before)
    if activity is not None and "#" not in before[: activity.start()]:
        for title in _fitting(activity.group(1), known.activities, even_all=True):
            yield len(before) - activity.start(), f"@{in_quotes(title)}", title, "activity"
        return
    if "#" in before or not before or before[-1].isspace() or '"' in before:
        return
    yield from _people(before, today, known.people)
    word = before.rsplit(maxsplit=1)[-1]
    folded = fold(word)
    if not folded.isalpha() or folded in CATEGORIES or folded in DAYS_AGO or folded in WEEKDAYS:
        return
    for language in dict.fromkeys((known.language, *CATEGORY_NAMES)):
        yield from _words(word, CATEGORY_NAMES.get(language, {}).values(), "category")
        yield from _words(word, DAY_NAMES.get(language, ()), "day")
    if len(folded) >= LEAST_LETTERS:
        for title in _fitting(word, known.activities):
            yield len(word), f"@{in_quotes(title)}", title, "activity"


def _templates(begun: str, templates: Sequence[str]) -> Iterator[tuple[int, str, str, str]]:
    wanted = fold(begun[1:])
    for number, title in enumerate(templates, 1):
        if str(number).startswith(wanted) or any(word.startswith(wanted) for word in fold(title).split()):
            yield len(begun), f"/{number}", f"{number} · {title}", "template"


def _people(before: str, today: date, people: Sequence[str]) -> Iterator[tuple[int, str, str, str]]:
    """People whose names the words up to the cursor begin, where the line names nobody yet."""
    words = before.split()
    for count in range(min(4, len(words)), 0, -1):
        run = words[-count:]
        if any(any(c.isdigit() for c in word) for word in run):
            continue
        first = parse(" ".join(words[:-count]), today)
        if first.name or first.head_count is not None:
            continue
        text = " ".join(run)
        found = [name for name in _fitting(text, people) if fold(name) != fold(text)]
        if found:
            length = (
                len(before) - before.rindex(run[0])
                if count == 1
                else len(before.lstrip()) - len(" ".join(words[:-count])) - (1 if words[:-count] else 0)
            )
            for name in found:
                yield length, written_name(name), name, "person"
            return


def _fitting(begun: str, names: Iterable[str], *, even_all: bool = False) -> list[str]:
    """Names with words that begin like the words typed, in their order."""
    wanted = fold(begun).split()
    if not wanted:
        return list(names) if even_all else []
    return [name for name in names if words_fit(wanted, fold(name).split())]


def words_fit(wanted: Sequence[str], words: Sequence[str]) -> bool:
    """Whether each wanted word begins a word of the name, in order: "an lo" fits "Ana María López"."""
    remaining = iter(words)
    return bool(wanted) and all(any(word.startswith(part) for word in remaining) for part in wanted)


def _words(begun: str, words: Iterable[str], kind: str) -> Iterator[tuple[int, str, str, str]]:
    for word in words:
        if fold(word).startswith(fold(begun)):
            yield len(begun), word, word, kind
