"""Words of a line that belong together become one: "90 min", "1 h 30", "24 students", "2 September", "9 bis 11".

A month before its day, such as "Sep 2", is one only where the line has a duration besides: "Ana May 2" is two hours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.rules.quick_values import minutes_of
from cocivic_desktop.domain.rules.quick_words import (
    AFTER_DAYS,
    AND_A_HALF,
    BEFORE_DAYS,
    DAYS_AGO,
    LEARNERS,
    MONTHS,
    NUMBERS,
    UNITS,
    WEEKDAYS,
)

_NUMBER: Final = re.compile(r"[0-9]{1,4}(?:[.,][0-9]{1,2})?")
_ORDINAL: Final = re.compile(r"(\d{1,2})(?:\.|st|nd|rd|th|º)?")
_HOURS: Final = re.compile(r"\d{1,2}h")
_YEAR: Final = re.compile(r"20\d\d")
_CLOCK: Final = re.compile(r"\d{1,2}(?:[:.]\d{2})?")
_SPAN: Final = re.compile(r"\d{1,2}(?:[:.]\d{2})?[-–]\d{1,2}(?:[:.]\d{2})?")
_DAY: Final = re.compile(r"\d{1,2}[./]\d{1,2}[./]?(?:\d{2}|\d{4})?")
_UNTIL: Final = frozenset({"-", "–", "bis", "to", "until", "hasta"})


def joined(tokens: Sequence[str]) -> list[str]:
    """The words of a line, those that mean one thing together written as one; small words before days fall away."""
    result: list[str] = []
    words = [_plain(token) for token in tokens]
    for place, (token, word) in enumerate(zip(tokens, words, strict=True)):
        following = words[place + 1] if place + 1 < len(words) else ""
        if not (
            _unit(result, word)
            or _and_a_half(result, word, following)
            or _day_of_month(result, word, following, words[:place], words[place + 1 :])
            or _together(result, token, word, following)
        ):
            result.append(token)
    return _without_small_words(result)


def _plain(token: str) -> str:
    return fold(token).partition("'")[0].partition("’")[0].strip(".,;") or token


def _unit(result: list[str], word: str) -> bool:
    """A number and its unit: "90 min", "half an hour"; minutes join the hours before them."""
    if word not in UNITS or not result:
        return False
    if not _NUMBER.fullmatch(result[-1]):
        spoken = [fold(one) for one in result[-2:]]
        if spoken[-1] not in NUMBERS or len(result) < 2:
            return False
        number = NUMBERS[spoken[-1]]
        if spoken[0] in NUMBERS and len(result) > 2:
            number = min(number, NUMBERS[spoken[0]])
            result.pop()
        result[-1] = number
    result[-1] += "h" if UNITS[word] == 60 else "min"
    if UNITS[word] == 1 and len(result) > 1 and _HOURS.fullmatch(result[-2]):
        result[-2:] = [result[-2] + result[-1].removesuffix("min")]
    return True


def _and_a_half(result: list[str], word: str, following: str) -> bool:
    """Half an hour more: "one and a half hours", "2 buçuk saat", "hora y media", "two hours and a half"."""
    for half in AND_A_HALF:
        place = len(result) - len(half)
        if word != half[-1] or place < 1 or tuple(_plain(one) for one in result[place + 1 :]) != half[:-1]:
            continue
        before = fold(result[place])
        if before in NUMBERS and UNITS.get(following) == 60:
            before = NUMBERS[before]
        if UNITS.get(before) == 60:
            before = "1h"
        if re.fullmatch(r"\d{1,2}h?", before) and UNITS.get(following) != 1:
            result[place:] = [before.removesuffix("h") + ",5" + "h" * before.endswith("h")]
            return True
    return False


def _day_of_month(result: list[str], word: str, following: str, earlier: Sequence[str], later: Sequence[str]) -> bool:
    """A month before its day, not in the first place, in a line with a duration besides: "Ana 2h Sep 2"."""
    day = _ORDINAL.fullmatch(word)
    month = _plain(result[-1]) if len(result) > 1 else ""
    if day is None or month not in MONTHS or following in UNITS or following in LEARNERS:
        return False
    dated = _YEAR.fullmatch(following) is not None
    if not any(_is_time(one) for one in (*earlier, *later[dated:])):
        return False
    result[-1] = f"{day.group(1)}/{MONTHS[month]}" + (f"/{following}" if dated else "")
    return True


def _together(result: list[str], token: str, word: str, following: str) -> bool:
    """Heads, months, the minutes after hours, and the end of a span."""
    before = result[-1] if result else ""
    day = _ORDINAL.fullmatch(before if fold(before) != "de" or len(result) < 2 else result[-2])
    if word in LEARNERS and before.isascii() and before.isdigit():
        result[-1] = f"{before}x"
    elif word in MONTHS and day is not None:
        if fold(before) == "de":
            result.pop()
        year = f"/{following}" if _YEAR.fullmatch(following) else ""
        result[-1] = f"{day.group(1)}/{MONTHS[word]}{year}"
    elif _YEAR.fullmatch(token) and before.endswith(f"/{token}"):
        return True
    elif (
        re.fullmatch(r"[0-5]\d", token) and _HOURS.fullmatch(before) and following not in (LEARNERS | {*UNITS, *MONTHS})
    ):
        result[-1] = before + token
    elif _CLOCK.fullmatch(word) and fold(before) in _UNTIL and len(result) > 1 and _CLOCK.fullmatch(result[-2]):
        result[-2:] = [f"{result[-2]}-{word}"]
    else:
        return word == "uhr" and re.fullmatch(r"[\d:.]+-[\d:.]+", before) is not None
    return True


def _without_small_words(tokens: Sequence[str]) -> list[str]:
    kept: list[str] = []
    for token in reversed(tokens):
        if not (kept and _plain(token) in BEFORE_DAYS and _is_day(kept[-1])):
            kept.append(token)
    result: list[str] = []
    for token in reversed(kept):
        if not (result and _plain(token) in AFTER_DAYS and _is_day(result[-1])):
            result.append(token)
    return result


def _is_time(word: str) -> bool:
    return word in UNITS or minutes_of(word) is not None or _SPAN.fullmatch(word) is not None


def _is_day(token: str) -> bool:
    word = _plain(token)
    return word in WEEKDAYS or word in DAYS_AGO or _DAY.fullmatch(word) is not None
