"""Reading one line of hours: "ana 1h30 mentoring yesterday", "Ana 90 Betreuung 12.3.", "24x 2h workshop monday".

Words may be English, German, Spanish or Turkish, whatever the language of the screen. The order is free, but the
name comes before the remark: the first run of words that mean nothing else is the name, the rest the remark.
A bare number up to 12 means hours, from 13 on minutes. "1.5" is a duration and "2.9" a day unless the line says
otherwise (`ParsedEntry.doubtful` tells how each was taken; "2.9h" and "1.5." are certain). A text after "#" is always
remark, "@" names an activity (`@robots` or `@"Robots and roofs"`), and a name that could mean something else stands in
quotation marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, time
from typing import Final

from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.hours import HourCategory
from cocivic_desktop.domain.rules.quick_phrases import joined
from cocivic_desktop.domain.rules.quick_values import (
    DOTTED_DAYS,
    day_of,
    hours_of,
    is_dotted,
    looks_like_hours,
    minutes_of,
    named_day,
)
from cocivic_desktop.domain.rules.quick_words import CATEGORIES, DAYS_AGO, WEEKDAYS

SHORT_WORD: Final = 3
"""Abbreviations up to this length are not read in the first place of a line: they may be a name."""


@dataclass(frozen=True)
class ParsedEntry:
    """What a line says. Fields that it does not tell are None or empty; `worked_on` is today then."""

    worked_on: date
    name: str = ""
    minutes: int | None = None
    category: HourCategory | None = None
    start_time: time | None = None
    head_count: int | None = None
    remark: str = ""
    activity: str = ""
    """What stands after "@": the beginning of an activity's title, or of its words."""
    doubtful: tuple[tuple[str, bool], ...] = ()
    """Numbers such as "1.5" that could be a duration or a day, and whether they were taken for a day."""


_RANGE: Final = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?:-|–)(\d{1,2})(?:[:.](\d{2}))?")
_HEADS: Final = re.compile(r"(\d{1,4})[x×]|[x×](\d{1,4})")


@dataclass
class _Reading:
    """What has been read of a line so far."""

    today: date
    worked_on: date | None = None
    minutes: int | None = None
    category: HourCategory | None = None
    start_time: time | None = None
    head_count: int | None = None
    names: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    name_ended: bool = False
    doubtful: list[str] = field(default_factory=list)
    """Tokens such as "1.5" that are a duration if nothing else is, and a date otherwise."""


_ACTIVITY: Final = re.compile(r'(?:^|(?<=\s))@(?:"([^"]*)"?|(\S*))')
_QUOTED_NAME: Final = re.compile(r'\s*"([^"]*)"?')
_PLACE_OF_ACTIVITY: Final = "@"


def parse(text: str, today: date, language: str = "en", *, timed: bool = False) -> ParsedEntry:
    """Read a line. Never raises: what cannot be read is name or remark.

    `language` is that of the screen; `timed` says that the duration is known, as in a line that follows a template:
    "1.5" is then a day for those who write days with a dot.
    """
    activity = _ACTIVITY.search(text)
    if activity is not None and "#" in text[: activity.start()]:
        activity = None
    if activity is not None:
        text = f"{text[: activity.start()]}{_PLACE_OF_ACTIVITY} {text[activity.end() :]}"
    line, _, remark = text.partition("#")
    reading = _Reading(today)
    quoted = _QUOTED_NAME.match(line)
    if quoted is not None:
        line = line[quoted.end() :]
        reading.names, reading.name_ended = quoted.group(1).split(), True
    tokens = joined(line.split())
    for position, token in enumerate(tokens):
        if token == _PLACE_OF_ACTIVITY and activity is not None:
            reading.name_ended = reading.name_ended or bool(reading.names)
        elif not _read(reading, token, first=position == 0 and quoted is None):
            (reading.remarks if reading.name_ended else reading.names).append(token)
        elif reading.names:
            reading.name_ended = True
    taken = _settle(reading, known=timed and language in DOTTED_DAYS, asked=timed)
    remarks = [*reading.remarks, *([remark.strip()] if remark.strip() else [])]
    return ParsedEntry(
        worked_on=reading.worked_on or today,
        name=" ".join(reading.names),
        minutes=reading.minutes,
        category=reading.category,
        start_time=reading.start_time,
        head_count=reading.head_count,
        remark=" ".join(remarks),
        activity=(activity.group(1) or activity.group(2) or "").strip() if activity is not None else "",
        doubtful=taken,
    )


def written_name(name: str) -> str:
    """A name as it can stand in a line: in quotation marks where one of its words would mean something else."""
    monday = date(2000, 1, 3)
    meant = parse(f"{name} 1h", monday) == ParsedEntry(worked_on=monday, name=name, minutes=60)
    return name if meant else in_quotes(name)


def in_quotes(text: str) -> str:
    """A text as one thing in a line."""
    bare = text.replace('"', "")
    return f'"{bare}"'


def line_of(entry: ParsedEntry, today: date, category_word: str = "") -> str:
    """A line that means this entry: `parse` reads the same out of it. `category_word` is any word for the category."""
    parts = [f"{entry.head_count}x", entry.name] if entry.head_count is not None else [written_name(entry.name)]
    hours, rest = divmod(entry.minutes or 0, 60)
    if entry.start_time is not None and 0 < (entry.minutes or 0) < 24 * 60:
        end = (entry.start_time.hour * 60 + entry.start_time.minute + (entry.minutes or 0)) % (24 * 60)
        parts.append(f"{entry.start_time:%H:%M}-{end // 60:02}:{end % 60:02}")
    elif hours > 99:
        parts.append(f"{entry.minutes}min")
    else:
        parts.append(f"{hours}h{rest:02}" if hours and rest else f"{hours}h" if hours else f"{rest}min")
    parts.append(category_word or (entry.category.value if entry.category else ""))
    if entry.activity:
        parts.append(f"@{in_quotes(entry.activity)}")
    if entry.worked_on != today:
        parts.append(entry.worked_on.isoformat())
    if entry.remark:
        parts.append(f"# {entry.remark}")
    return " ".join(part for part in parts if part)


def _read(reading: _Reading, token: str, *, first: bool) -> bool:
    """Take a token in if it means something; False for a word of a name or remark."""
    word = fold(token).strip(",;")
    if any(c.isdigit() for c in word) and word.isascii():
        return _read_range(reading, word) or _read_heads(reading, word) or _read_number(reading, word)
    bare = word.strip(".")
    if first and len(bare) <= SHORT_WORD:
        return False
    if reading.worked_on is None and (bare in DAYS_AGO or bare in WEEKDAYS):
        reading.worked_on = named_day(bare, reading.today)
        return True
    if reading.category is None and bare in CATEGORIES:
        reading.category = CATEGORIES[bare]
        return True
    return False


def _read_range(reading: _Reading, word: str) -> bool:
    """The span "10:00-11:30" or "9-11" is a start and a duration; with minutes it may go on past midnight."""
    match = _RANGE.fullmatch(word)
    if match is None or reading.minutes is not None:
        return False
    hour, minute, end_hour, end_minute = (int(part or 0) for part in match.groups())
    plain = match.group(2) is None and match.group(4) is None
    if hour > 23 or minute > 59 or end_hour > 24 or end_minute > 59 or (plain and end_hour <= hour):
        return False
    reading.start_time = time(hour, minute)
    reading.minutes = (end_hour * 60 + end_minute - hour * 60 - minute) % (24 * 60)
    return True


def _read_heads(reading: _Reading, word: str) -> bool:
    match = _HEADS.fullmatch(word)
    if match is None or reading.head_count is not None:
        return False
    reading.head_count = int(match.group(1) or match.group(2))
    return True


def _read_number(reading: _Reading, word: str) -> bool:
    """A duration, a date, or a token that may be either."""
    day = day_of(word, reading.today)
    clearly_a_day = day is not None and (word.endswith(".") or word.count(".") == 2 or "/" in word or "-" in word)
    if clearly_a_day and reading.worked_on is None:
        reading.worked_on = day
        return True
    minutes = minutes_of(word)
    if minutes is not None and reading.minutes is None:
        reading.minutes = minutes
        return True
    if is_dotted(word):
        reading.doubtful.append(word)
        return True
    return False


def _settle(reading: _Reading, *, known: bool, asked: bool) -> tuple[tuple[str, bool], ...]:
    """Take each doubtful number for a duration or a day: what looks like hours first, and none where one is `known`.

    Returns those that somebody may have meant otherwise, and whether they were taken for a day.
    """
    today = reading.today
    clear = reading.worked_on is not None or (reading.minutes is not None and not asked)
    taken = []
    for word in sorted(reading.doubtful, key=lambda word: not looks_like_hours(word, today)):
        day = day_of(word, today)
        wants_hours = day is None or (looks_like_hours(word, today) and not known)
        if reading.minutes is None and (wants_hours or reading.worked_on is not None):
            reading.minutes = hours_of(word)
        elif reading.worked_on is None and day is not None:
            reading.worked_on = day
        else:
            reading.remarks.append(word)
            continue
        if day is not None and not clear:
            taken.append((word, reading.worked_on == day and reading.minutes != hours_of(word)))
    return tuple(taken)
