"""Durations and days in a line of hours, also those that could be either: "1.5" and "2.9"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from cocivic_desktop.domain.rules.quick_words import DAYS_AGO, WEEKDAYS

MOST_BARE_HOURS: Final = 12
"""A bare number up to this means hours."""
FUTURE_DAYS: Final = 31
"""A date without a year that lies further ahead than this means last year's."""
DOTTED_DAYS: Final = frozenset({"de", "es", "tr"})
"""Languages that write days with a dot and fractions with a comma."""

_HOURS_MINUTES: Final = re.compile(r"(\d{1,2})\s*(?:h|std|sa)\s*(\d{1,2})\s*(?:m|min|dk)?")
_CLOCK: Final = re.compile(r"(\d{1,2}):(\d{2})(?:h|std)?")
_HOURS: Final = re.compile(r"(\d{1,2}(?:[.,]\d{1,2})?)(?:h|hrs?|hours?|std|stunden?|horas?|sa|saat)")
_MINUTES: Final = re.compile(r"(\d{1,4})(?:m|min|mins|minutes?|minuten|minutos?|dk|dakika)")
_COMMA: Final = re.compile(r"\d{1,2},\d{1,2}")
_DOTTED: Final = re.compile(r"(\d{1,2})\.(\d{1,2})")
_ISO_DATE: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DATE: Final = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2})?)?|(\d{1,2})-(\d{1,2})-(\d{4}|\d{2})")
_QUARTERS: Final = frozenset({"0", "5", "00", "25", "50", "75"})
"""What stands behind the point of hours by the quarter."""
_CLOCK_MINUTES: Final = frozenset({"10", "15", "20", "30", "40", "45"})
"""What stands behind a point or comma that parts hours and minutes: "1.30" is an hour and a half."""


def is_dotted(word: str) -> bool:
    """Whether a token has the form of both a day and a number of hours."""
    return _DOTTED.fullmatch(word) is not None


def looks_like_hours(word: str, today: date) -> bool:
    """Whether "1.5" rather means hours: by the quarter, or no day of any year."""
    return word.partition(".")[2] in _QUARTERS or day_of(word, today) is None


def hours_of(text: str) -> int:
    """Minutes in a number of hours with point or comma: "1.5" and "1,5" are 90, and so is "1.30"."""
    whole, _, fraction = text.replace(",", ".").partition(".")
    if fraction in _CLOCK_MINUTES:
        return int(whole) * 60 + int(fraction)
    return round(float(f"{whole}.{fraction or 0}") * 60)


def minutes_of(word: str) -> int | None:
    """A duration in minutes; None when it is none, or could be a day as well (`is_dotted`)."""
    if match := _HOURS_MINUTES.fullmatch(word) or _CLOCK.fullmatch(word):
        hours, rest = int(match.group(1)), int(match.group(2))
        return hours * 60 + rest if rest < 60 else None
    if match := _HOURS.fullmatch(word):
        return hours_of(match.group(1))
    if match := _MINUTES.fullmatch(word):
        return int(match.group(1))
    if _COMMA.fullmatch(word):
        return hours_of(word)
    if re.fullmatch(r"\d{1,4}", word):
        number = int(word)
        return number * 60 if number <= MOST_BARE_HOURS else number
    return None


def day_of(word: str, today: date) -> date | None:
    """A day as 2026-03-12, 12.3., 12.03.2026, 12/3, 12/3/26 or 12-3-2026 (the day comes first)."""
    if match := _ISO_DATE.fullmatch(word):
        return _day(int(match.group(1)), int(match.group(2)), int(match.group(3)))
    match = _DATE.fullmatch(word)
    if match is None:
        return None
    day, month, year = match.groups()[:3] if match.group(1) else match.groups()[3:]
    if year:
        return _day(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    found = _day(today.year, int(month), int(day))
    if found is None or (found - today).days > FUTURE_DAYS:
        return _day(today.year - 1, int(month), int(day)) or found
    return found


def named_day(word: str, today: date) -> date:
    """Today, yesterday …, or the latest such weekday up to today."""
    back = DAYS_AGO[word] if word in DAYS_AGO else (today.weekday() - WEEKDAYS[word]) % 7
    return today - timedelta(days=min(back, (today - date.min).days))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
