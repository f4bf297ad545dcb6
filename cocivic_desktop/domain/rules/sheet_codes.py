"""Short codes on printed sheets, by which a sheet that comes back is found again: "A7K3-Q2F4-01XM".

A code holds the kind of sheet, the beginning of an id, the first day, how many days on the last one is, and who stands
in the rows; its last character finds most slips of the pen. Letters are those of Crockford's base 32: no I, L, O, U.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES: Final = {letter: value for value, letter in enumerate(_LETTERS)} | {"O": 0, "I": 1, "L": 1}
_ZERO: Final = date(2020, 1, 1)
_LENGTH: Final = 12
LONGEST_DAYS: Final = 32**2 - 1
"""Days between the first and the last date of a sheet, at most."""
NOBODY_ELSE: Final = ""
EVERYBODY: Final = "*"


class SheetKind(StrEnum):
    """What is printed, and typed in afterwards."""

    ATTENDANCE = "attendance"
    SESSION = "session"
    MONTHLY = "monthly"


_KINDS: Final = {SheetKind.ATTENDANCE: "A", SheetKind.SESSION: "S", SheetKind.MONTHLY: "M"}


@dataclass(frozen=True)
class SheetCode:
    """What a code says. `start` is the first 20 bits of an activity's or a person's id; days are inclusive.

    `who` is 0 for those who take part, 31 for everybody of the partnership, else a class (`who_of`).
    """

    kind: SheetKind
    start: int
    first: date
    last: date
    who: int = 0

    def fits(self, id: UUID) -> bool:
        """Whether an id begins like this."""
        return id.int >> 108 == self.start


def who_of(group: str) -> int:
    """The number under which a class stands in codes; "" is nobody else, "*" everybody."""
    if group == EVERYBODY:
        return 31
    return 1 + zlib.crc32(group.encode()) % 30 if group else 0


def encode(kind: SheetKind, id: UUID, first: date, last: date, group: str = "") -> str:
    """The code of a sheet in groups of four. Days out of reach (2020 to 2109, `LONGEST_DAYS`) are brought in reach."""
    begins = min(max(0, (first - _ZERO).days), 32**3 - 1)
    days = min(max(0, (last - first).days), LONGEST_DAYS)
    body = _KINDS[kind] + _number(id.int >> 108, 4) + _number(begins, 3) + _number(days, 2) + _number(who_of(group), 1)
    text = body + _check(body)
    return "-".join(text[place : place + 4] for place in range(0, _LENGTH, 4))


def decode(text: str) -> SheetCode | None:
    """What a typed code says; None when it is none, or was mistyped. Spaces, hyphens and case do not matter."""
    letters = re.sub(r"[\s\-–.]", "", text).upper()
    if len(letters) != _LENGTH or any(letter not in _VALUES for letter in letters[1:]):
        return None
    kind = next((one for one, letter in _KINDS.items() if letter == letters[0]), None)
    plain = letters[0] + "".join(_LETTERS[_VALUES[letter]] for letter in letters[1:])
    if kind is None or _check(plain[:-1]) != plain[-1]:
        return None
    first = _ZERO + timedelta(days=_value(plain[5:8]))
    return SheetCode(kind, _value(plain[1:5]), first, first + timedelta(days=_value(plain[8:10])), _value(plain[10]))


def _number(value: int, length: int) -> str:
    return "".join(_LETTERS[value >> 5 * place & 31] for place in reversed(range(length)))


def _value(letters: str) -> int:
    value = 0
    for letter in letters:
        value = value * 32 + _VALUES[letter]
    return value


def _check(body: str) -> str:
    return _LETTERS[zlib.crc32(body.encode()) % 32]
