"""Cards of an address book (vCard 2.1, 3.0 and 4.0; RFC 2426, RFC 6350) as people. Nothing is stored here.

A file may hold many cards, in any usual encoding, also as quoted-printable (2.1). Of a birthday only the year is
kept; pictures, addresses and anything else that we have no use for are left behind. A card that cannot be read is
named with its reason and the others are read all the same.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from cocivic_desktop.decoding import decode
from cocivic_desktop.domain.base import clean_text
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.tables.columns import Remark
from cocivic_desktop.tables.people_file import PersonField, ReadPerson, check, take
from cocivic_desktop.tables.spreadsheet import MAX_BYTES

MAX_CARDS: Final = 5_000
MAX_CARD: Final = 100_000
"""Characters of a card without its picture; a person's card is a thousandth of that."""
_LEFT_OUT: Final = re.compile(r"(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)[;:]", re.IGNORECASE)
"""Pictures, sounds and keys are never looked at."""
_PROPERTY: Final = re.compile(r"[\w.-]+[;:]")


def is_vcard(data: bytes) -> bool:
    """Whether a file begins like an address book, in whatever encoding."""
    return b"BEGIN:VCARD" in data[:4000].replace(b"\0", b"").upper()


def read_cards(data: bytes) -> list[ReadPerson]:
    """The people of a file of cards; `line` is the line on which a card begins.

    Raises `BadInput` when the file is too large or holds no card.
    """
    if len(data) > MAX_BYTES:
        raise BadInput(f"The file is larger than {MAX_BYTES // 1_000_000} MB. Nothing was read.")
    text = decode(data).text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    cards = list(islice(_cards(text), MAX_CARDS + 1))
    if not cards:
        raise BadInput(
            "There is no complete card in this file. Export the contacts again from your address book, as vCard (.vcf)."
        )
    if len(cards) > MAX_CARDS:
        raise BadInput(f"The file holds more than {MAX_CARDS} cards. Export fewer at once. Nothing was read.")
    return [_read(card, line) for line, card in cards]


def _cards(text: str) -> Iterator[tuple[int, str]]:
    """Each complete card with the line on which it begins, without its pictures; a card inside another begins anew."""
    begun, left_out, kept = 0, False, list[str]()
    for number, line in enumerate(text.split("\n"), 1):
        word = line[:40].strip().upper()
        if word == "BEGIN:VCARD":
            begun, left_out, kept = number, False, [line]
        elif begun and word == "END:VCARD":
            yield begun, "\n".join([*kept, line, ""])
            begun = 0
        elif begun:
            goes_on = line[:1] in (" ", "\t") or (left_out and not _PROPERTY.match(line))
            left_out = left_out if goes_on else _LEFT_OUT.match(line) is not None
            if not left_out:
                kept.append(line)


def _read(card: str, line: int) -> ReadPerson:
    read = ReadPerson(line, {"name": ""})
    if len(card) > MAX_CARD:
        read.remarks.append(Remark("card", "broken_card"))
        return read
    try:
        contents = _contents(card)
    except Exception as error:  # noqa: BLE001 - vobject raises whatever its parts raise: ParseError, ValueError, binascii …
        read.remarks.append(Remark("card", "broken_card", clean_text(str(error))[:60]))
        return read
    read.values["name"] = _name(contents)
    for field, names in _FIELDS.items():
        text = next(filter(None, (_text(one) for name in names for one in _preferred(contents.get(name, [])))), "")
        if text:
            take(read, field, text)
    check(read)
    return read


def _contents(card: str) -> dict[str, list[Any]]:
    import vobject

    logging.getLogger("vobject.base").disabled = True  # it would write lines of the card into the log
    found = vobject.readOne(card, ignoreUnreadable=True, allowQP=True)
    contents: dict[str, list[Any]] = found.contents
    return contents


def _name(contents: dict[str, list[Any]]) -> str:
    """The formatted name, else the parts of the structured one, else the nickname."""
    for one in contents.get("fn", []):
        if _text(one):
            return _text(one)
    for one in contents.get("n", []):
        parts = [_plain(getattr(one.value, part, "")) for part in ("given", "additional", "family")]
        if any(parts):
            return " ".join(filter(None, parts))
    return next(filter(None, map(_text, contents.get("nickname", []))), "")


_FIELDS: Final = {
    PersonField.EMAIL: ("email",),
    PersonField.PHONE: ("tel",),
    PersonField.ORGANISATION: ("org",),
    PersonField.POSITION: ("title", "role"),
    PersonField.LANGUAGES: ("lang",),
    PersonField.BIRTH_YEAR: ("bday",),
    PersonField.REMARKS: ("note",),
}


def _preferred(found: list[Any]) -> Iterator[Any]:
    """Values with the preferred one first: TYPE=PREF (3.0) or the lowest PREF (4.0)."""

    def rank(one: Any) -> int:
        params = getattr(one, "params", {})
        numbers = [int(text) for text in params.get("PREF", []) if text.isdecimal()]
        return numbers[0] if numbers else 0 if "PREF" in [kind.upper() for kind in params.get("TYPE", [])] else 101

    yield from sorted(found, key=rank)


def _text(one: Any) -> str:
    value = one.value
    if isinstance(value, list):  # ORG: organisation and its units
        value = value[0] if value else ""
    return _plain(value).removeprefix("tel:").removeprefix("mailto:").strip()


def _plain(value: Any) -> str:
    return " ".join(clean_text(" ".join(value) if isinstance(value, list) else str(value)).split())
