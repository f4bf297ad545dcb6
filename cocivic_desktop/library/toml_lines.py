"""Where in a TOML text a field stands: the parsers of the standard library name no lines."""

from __future__ import annotations

import re

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?")
_KEY = re.compile(r"\s*([A-Za-z0-9_.\-\"']+)\s*=")
_QUOTES = ('"""', "'''")


def line_of(text: str, place: str) -> int:
    """The line, from 1, of a place such as "goals[2].statement.en" (list entries count from 1).

    Where the field itself is missing, the line of what would hold it; 0 when there is no such thing.
    """
    places = _places(text)
    while place:
        if place in places:
            return places[place]
        shorter = re.sub(r"(\.[^.\[\]]+|\[\d+\])$", "", place)
        if shorter == place:
            return 0
        place = shorter
    return 0


def _places(text: str) -> dict[str, int]:
    """The line of every table and field."""
    found: dict[str, int] = {}
    counts: dict[str, int] = {}
    table, quote = "", ""
    for number, line in enumerate(text.splitlines(), 1):
        if quote:
            quote = "" if quote in line else quote
            continue
        header = _HEADER.fullmatch(line)
        key = _KEY.match(line)
        if header:
            table = _plain(header[2])
            if header[1] == "[[":
                found.setdefault(table, number)
                counts[table] = counts.get(table, 0) + 1
                table = f"{table}[{counts[table]}]"
            found.setdefault(table, number)
        elif key:
            _note(found, ".".join(part for part in (table, _plain(key[1])) if part), number)
            quote = next((mark for mark in _QUOTES if line.count(mark) % 2), "")
    return found


def _note(found: dict[str, int], place: str, number: int) -> None:
    """Note a field, and the tables that its dotted name makes."""
    while place:
        found.setdefault(place, number)
        place = place.rpartition(".")[0]


def _plain(name: str) -> str:
    return name.replace('"', "").replace("'", "").replace(" ", "")
