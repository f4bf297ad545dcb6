"""Short codes on printed sheets, by which a sheet that comes back is found again: "A7K3-Q2F4-01X5-C8RM".

A code holds the kind of sheet, the beginning of an id, the first day, how many days on the last one is, who stands in
the rows, and for lists of people a number made of them in their order (`people_number`); its last character finds most
slips of the pen. Letters are those of Crockford's base 32: no I, L, O, U.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES: Final = {letter: value for value, letter in enumerate(_LETTERS)} | {"O": 0, "I": 1, "L": 1}
_ZERO: Final = date(2020, 1, 1)
_LENGTH: Final = 12
_LENGTH_WITH_PEOPLE: Final = 16
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
    people: int = 0
    """The `people_number` of the rows as they were printed; 0 where the code does not tell."""

    def fits(self, id: UUID) -> bool:
        """Whether an id begins like this."""
        return id.int >> 108 == self.start


def who_of(group: str) -> int:
    """The number under which a class stands in codes; "" is nobody else, "*" everybody."""
    if group == EVERYBODY:
        return 31
    return 1 + zlib.crc32(group.encode()) % 30 if group else 0


def people_number(people: Iterable[UUID]) -> int:
    """A number that tells lists of people apart, by who is in them and in which order; 0 for nobody."""
    ids = b"".join(one.bytes for one in people)
    return 1 + zlib.crc32(ids) % (32**4 - 1) if ids else 0


def printed_order(people: Sequence[tuple[UUID, datetime]], number: int) -> tuple[list[UUID], int] | None:
    """The people of today's list in the order of a printed one, and how many of them came later, behind the others.

    `people` are today's rows, each with the moment since which they stand in the list. Whoever came last is left out
    until the rest is the list that was printed; None when it is not found so (somebody left, or was renamed).
    """
    latest = sorted(people, key=lambda one: one[1])
    for later in range(len(people) + 1):
        newcomers = {id for id, _ in latest[len(latest) - later :]}
        printed = [id for id, _ in people if id not in newcomers]
        if people_number(printed) == number:
            return [*printed, *(id for id, _ in latest[len(latest) - later :])], later
    return None


def encode(kind: SheetKind, id: UUID, first: date, last: date, group: str = "", *, people: Iterable[UUID] = ()) -> str:
    """The code of a sheet in groups of four. Days out of reach (2020 to 2109, `LONGEST_DAYS`) are brought in reach."""
    begins = min(max(0, (first - _ZERO).days), 32**3 - 1)
    days = min(max(0, (last - first).days), LONGEST_DAYS)
    body = _KINDS[kind] + _number(id.int >> 108, 4) + _number(begins, 3) + _number(days, 2) + _number(who_of(group), 1)
    number = people_number(people)
    body += _number(number, 4) if number else ""
    text = body + _check(body)
    return "-".join(text[place : place + 4] for place in range(0, len(text), 4))


def decode(text: str) -> SheetCode | None:
    """What a typed code says; None when it is none, or was mistyped. Spaces, hyphens and case do not matter."""
    letters = re.sub(r"[\s\-–.]", "", text).upper()
    if len(letters) not in (_LENGTH, _LENGTH_WITH_PEOPLE) or any(letter not in _VALUES for letter in letters[1:]):
        return None
    kind = next((one for one, letter in _KINDS.items() if letter == letters[0]), None)
    plain = letters[0] + "".join(_LETTERS[_VALUES[letter]] for letter in letters[1:])
    if kind is None or _check(plain[:-1]) != plain[-1]:
        return None
    first = _ZERO + timedelta(days=_value(plain[5:8]))
    last = first + timedelta(days=_value(plain[8:10]))
    return SheetCode(kind, _value(plain[1:5]), first, last, _value(plain[10]), _value(plain[11:-1]))


def _number(value: int, length: int) -> str:
    return "".join(_LETTERS[value >> 5 * place & 31] for place in reversed(range(length)))


def _value(letters: str) -> int:
    value = 0
    for letter in letters:
        value = value * 32 + _VALUES[letter]
    return value


def _check(body: str) -> str:
    return _LETTERS[zlib.crc32(body.encode()) % 32]
