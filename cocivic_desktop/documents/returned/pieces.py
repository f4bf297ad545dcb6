"""Pieces of a paragraph with their writers, and the one spelling in which texts are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

_NUMBER = re.compile(
    r"(?:(?:§|Art(?:\.|icle|ikel|ículo)?|Madde|Section|Clause|Klausel)\s*)?"
    r"\(?(\d{1,3}(?:\.\d{1,3}){0,3}|[a-z]|[ivx]{1,5})[.):]?\s+|[•●○▪–·*-]\s+",
    re.IGNORECASE,
)
_MARKED = re.compile(r"\(?\w{1,5}[.):]|[\d.]*\d|\W")
_NOTHING = {0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF}
"""Soft hyphens, joiners and marks without width, which word processors put in by themselves."""


@dataclass(frozen=True)
class Piece:
    """Some words with the state that tracked changes give them. `blank`: they ask for other words."""

    text: str
    inserted: bool = False
    deleted: bool = False
    author: str = ""
    date: datetime | None = None
    blank: bool = False


@dataclass(frozen=True)
class Spelled:
    """A text as it is compared, and the piece that each of its characters comes from."""

    text: str
    owners: tuple[Piece, ...]


def spelled(pieces: Sequence[Piece], *, accepted: bool = True) -> Spelled:
    """The text with all changes accepted (else rejected): single spaces, no spaces at the ends, composed letters."""
    letters: list[str] = []
    owners: list[Piece] = []
    for piece in pieces:
        if piece.deleted if accepted else piece.inserted:
            continue
        for character in unicodedata.normalize("NFC", piece.text):
            letter = _letter(character)
            if not letter or (letter in " \n" and not letters):
                continue
            if letter in " \n" and letters[-1] in " \n":
                if letter == "\n":
                    letters[-1] = letter
                continue
            letters.append(letter)
            owners.append(piece)
    while letters and letters[-1] in " \n":
        letters.pop()
        owners.pop()
    return Spelled("".join(letters), tuple(owners))


def plain(text: str) -> str:
    """A text in the spelling in which it is compared."""
    return spelled([Piece(text)]).text


def without_number(text: str) -> str:
    """A text without a number, letter or bullet that was written before it."""
    found = _NUMBER.match(text)
    return text[found.end() :] if found and _MARKED.fullmatch(found.group().split()[-1]) else text


def written_number(text: str) -> str:
    """The number written before a text: "3" of "3. Purpose", "" without one."""
    found = _NUMBER.match(text)
    return (found.group(1) or "") if found else ""


def _letter(character: str) -> str:
    code = ord(character)
    if code in _NOTHING:
        return ""
    if character == "\n":
        return "\n"
    if character == "\u2011":
        return "-"
    return " " if character.isspace() else character
