"""Days, times and durations as people write them in spreadsheets, in English, German, Spanish and Turkish."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time, timedelta
from enum import StrEnum
from functools import cache
from typing import Final, NamedTuple

from cocivic_desktop.domain.base import Language, fold
from cocivic_desktop.library.labels import labels

FUTURE_DAYS: Final = 31
"""A day without a year that lies further ahead than this means last year's."""


class DayOrder(StrEnum):
    """Which of two numbers with a slash between them is the day."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


class Unit(StrEnum):
    """What a plain number of a duration means."""

    HOURS = "hours"
    """1.5 is an hour and a half."""
    CLOCK = "clock"
    """1.30 is an hour and a half."""
    MINUTES = "minutes"


class Guess(NamedTuple):
    """What the values of a column say, and whether they leave room for doubt."""

    value: StrEnum
    doubtful: bool = False


class Day(NamedTuple):
    """A day that was read; `assumed` when its year was not written."""

    on: date
    assumed: bool = False


# --- days -----------------------------------------------------------------------------------------------------------

_ISO: Final = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2})?.*)?")
_COMPACT: Final = re.compile(r"(?:19|20)\d{6}")
_NUMBERS: Final = re.compile(
    r"(?:[^\W\d]+\.?,?\s+)?(\d{1,2})\s?([./-])\s?(\d{1,2})(?:\s?[./-]\s?(\d{4}|\d{2})?)?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
    r"(?:,?\s+[^\W\d]+)?"
)
_DAY_MONTH: Final = re.compile(
    r"(?:[^\W\d]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?(?:\s+de)?\s+([^\W\d]+)(?:\s+(?:de\s+)?(\d{4}|\d{2}))?(?:\s+[^\W\d]+)?"
)
_MONTH_DAY: Final = re.compile(r"(?:[^\W\d]+,?\s+)?([^\W\d]+)\s+(\d{1,2})(?:st|nd|rd|th)?(?:\s+(\d{4}))?")
_SERIAL: Final = re.compile(r"(\d{5})(?:\.\d+)?")
_FIRST_YEAR, _LAST_YEAR = 1970, 2100
"""Years in which hours may lie; others are slips, such as 1900 in a cell with the wrong format."""
_FIRST_SERIAL, _LAST_SERIAL = 29_000, 62_000
"""Serial numbers of days from about 1979 to 2069; others are no days of work."""


def day_order(texts: Iterable[str]) -> Guess:
    """Whether slashes stand between day and month or the other way round; doubtful when no number is above twelve.

    Days with dots beside them say that whoever keeps the table writes the day first.
    """
    day_first = month_first = slashes = False
    for text in texts:
        found = _NUMBERS.fullmatch(text)
        if found is None or found[2] != "/":
            day_first |= found is not None and found[2] == "."
            continue
        slashes = True
        one, two = int(found[1]), int(found[3])
        day_first |= one > 12 >= two
        month_first |= two > 12 >= one
    if month_first and not day_first:
        return Guess(DayOrder.MONTH_FIRST)
    return Guess(DayOrder.DAY_FIRST, slashes and day_first == month_first)


def read_day(text: str, order: DayOrder, today: date, *, from_1904: bool = False) -> Day | None:
    """A day written as 12.03.2026, 12/03/26, 2026-03-12, 12 Mar, March 12, 2026 or as a serial number; None otherwise.

    A year that is not written is the one that brings the day nearest before `today` (or up to `FUTURE_DAYS` after).
    """
    text = text.strip()
    if found := _ISO.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if _COMPACT.fullmatch(text):
        return _day(int(text[:4]), int(text[4:6]), int(text[6:]))
    if found := _NUMBERS.fullmatch(text):
        one, two = int(found[1]), int(found[3])
        month_first = order is DayOrder.MONTH_FIRST and found[2] == "/"
        return _in_year(found[4], *((one, two) if month_first else (two, one)), today)
    if found := _SERIAL.fullmatch(text):
        number = int(found[1])
        if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
            return None
        return Day((date(1904, 1, 1) if from_1904 else date(1899, 12, 30)) + timedelta(days=number))
    plain = " ".join(re.sub(r"[-./,]", " ", fold(text)).split())
    if (found := _DAY_MONTH.fullmatch(plain)) and (month := _months().get(found[2])):
        return _in_year(found[3], month, int(found[1]), today)
    if (found := _MONTH_DAY.fullmatch(plain)) and (month := _months().get(found[1])):
        return _in_year(found[3], month, int(found[2]), today)
    return None


@cache
def _months() -> dict[str, int]:
    """Months by their folded names and abbreviations."""
    found = {"mrz": 3, "sept": 9, "set": 9}
    for language in Language:
        for number in range(1, 13):
            name = fold(labels(language).month(number))
            found |= {name: number, name[:3]: number, name[:4]: number}
    return found


def _in_year(written: str | None, month: int, day: int, today: date) -> Day | None:
    if written:
        return _day(int(written) + (2000 if len(written) == 2 else 0), month, day)
    found = _day(today.year, month, day)
    if found is None or (found.on - today).days > FUTURE_DAYS:
        found = _day(today.year - 1, month, day) or found
    return None if found is None else Day(found.on, assumed=True)


def _day(year: int, month: int, day: int) -> Day | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return Day(date(year, month, day))
    except ValueError:
        return None


# --- times ----------------------------------------------------------------------------------------------------------

_TIME: Final = re.compile(
    r"(\d{1,2})(?:\s?[:.h]\s?([0-5]\d)(?::\d{2})?)?\s?(?:h|uhr|hs|saat)?\s?(am|pm|a\.m\.|p\.m\.)?", re.IGNORECASE
)
_TO: Final = re.compile(r"\s*(?:-|–|—|bis|to|until|a|hasta|/)\s*", re.IGNORECASE)


def read_time(text: str) -> time | None:
    """A time of day: 10:00, 10.30, 10h30, 9 Uhr, 2 pm, 0930; None otherwise."""
    text = text.strip()
    if re.fullmatch(r"\d{3,4}", text):
        text = f"{text[:-2]}:{text[-2:]}"
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    return time(hour % 24, minute) if hour < 24 or (hour == 24 and minute == 0) else None


def read_range(text: str) -> tuple[time, int] | None:
    """Begin and minutes of "10:00–11:30"; past midnight it goes on. None where it is no span of time."""
    parts = _TO.split(text.strip())
    if len(parts) != 2 or (not any(sign in text for sign in ":.hH") and "uhr" not in text.lower()):
        return None
    begin, end = read_time(parts[0]), read_time(parts[1])
    return None if begin is None or end is None else (begin, minutes_between(begin, end))


def minutes_between(begin: time, end: time) -> int:
    """Minutes from one time of day to another, past midnight where the second is earlier."""
    return (end.hour * 60 + end.minute - begin.hour * 60 - begin.minute) % (24 * 60)


# --- durations ------------------------------------------------------------------------------------------------------

_CLOCK: Final = re.compile(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d))?(?:\s*(?:h|std|hs))?\.?")
_WORDED: Final = re.compile(
    r"(?:(\d{1,3}(?:[.,]\d{1,3})?)\s*(?:h|hs|hrs?|hours?|std|stdn|stunden?|horas?|sa|saat)\.?)?\s*(?:y|und|and|ve)?\s*"
    r"(?:(\d{1,4})\s*(?:m|min|mins|minutes?|minuten?|minutos?|dk|dakika|['′])?\.?)?"
)
_NUMBER: Final = re.compile(r"\d{1,4}(?:[.,]\d{1,4})?|[.,]\d{1,4}")
_MINUTES: Final = re.compile(r"(\d{1,4})\s*(?:m|min|mins|minutes?|minuten?|minutos?|dk|dakika|['′])\.?")
_FRACTIONS: Final = {"½": ".5", "¼": ".25", "¾": ".75"}
_QUARTERS: Final = frozenset({"00", "15", "30", "45"})
_MOST_HOURS: Final = 12
_LEAST_MINUTES: Final = 15


def unit_of(texts: Iterable[str], heading: Unit | None = None) -> Guess:
    """What plain numbers of a column mean: as the heading says, else as their size suggests."""
    numbers = [text.strip().replace(",", ".") for text in texts if _NUMBER.fullmatch(text.strip())]
    if heading is Unit.MINUTES or not numbers:
        return Guess(heading or Unit.HOURS)
    parts = [number.partition(".")[2] for number in numbers]
    fractions = {part for part in parts if part}
    if fractions and fractions <= _QUARTERS and fractions != {"00"} and fractions & {"15", "30", "45"}:
        return Guess(Unit.CLOCK, doubtful=True)
    sizes = [float(number) for number in numbers if number.strip(".")]
    if heading is Unit.HOURS or fractions or max(sizes) <= _MOST_HOURS:
        return Guess(Unit.HOURS)
    if min(sizes) >= _LEAST_MINUTES:
        return Guess(Unit.MINUTES)
    return Guess(Unit.HOURS, doubtful=True)


def read_minutes(text: str, unit: Unit) -> int | None:
    """Whole minutes of 1:30, 1h30, 90 min, 1,5 h, 1½ or a plain number in `unit`; None where it is no duration."""
    text = fold(text.strip()) if not text.isascii() and not set(text) & set(_FRACTIONS) else text.strip().lower()
    for sign, plain in _FRACTIONS.items():
        if sign in text:
            text, unit = text.replace(sign, plain), Unit.HOURS
    if found := _CLOCK.fullmatch(text):
        return int(found[1]) * 60 + int(found[2]) + (int(found[3] or 0) >= 30)
    if _NUMBER.fullmatch(text):
        if unit is Unit.MINUTES:
            return round(float(text.replace(",", ".")))
        if unit is Unit.CLOCK:
            hours, _, rest = text.replace(",", ".").partition(".")
            minutes = int((rest + "0")[:2]) if rest else 0
            return int(hours or 0) * 60 + minutes if minutes < 60 else None
        return round(float(text.replace(",", ".")) * 60)
    if found := _MINUTES.fullmatch(text):
        return int(found[1])
    found = _WORDED.fullmatch(text)
    if found is None or found[1] is None:
        return None
    return round(float(found[1].replace(",", ".")) * 60) + int(found[2] or 0)
