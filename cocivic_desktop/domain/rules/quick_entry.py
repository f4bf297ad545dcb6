"""Reading one line of hours: "ana 1h30 mentoring yesterday", "Ana 90 Betreuung 12.3.", "24x 2h workshop monday".

Words may be English, German, Spanish or Turkish, whatever the language of the screen. The order is free, but the
name comes before the remark: the first run of words that mean nothing else is the name, the rest the remark.
A bare number up to 12 means hours, from 13 on minutes. A text after "#" is always remark, "@" names an activity
(`@robots` or `@"Robots and roofs"`), and a name that could mean something else stands in quotation marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Final

from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.hours import HourCategory

MOST_BARE_HOURS: Final = 12
"""A bare number up to this means hours."""
FUTURE_DAYS: Final = 31
"""A date without a year that lies further ahead than this means last year's."""
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


_CATEGORY_WORDS: Final[dict[HourCategory, str]] = {
    HourCategory.PREPARATION: "preparation prep preparing vorbereitung vorb preparacion preparar hazirlik",
    HourCategory.DELIVERY: (
        "delivery session workshop lesson class teaching durchfuhrung durchfuehrung unterricht sitzung "
        "ejecucion sesion taller clase imparticion uygulama oturum atolye ders"
    ),
    HourCategory.MENTORING: (
        "mentoring mentor coaching betreuung begleitung mentoria tutoria acompanamiento mentorluk danismanlik rehberlik"
    ),
    HourCategory.ADMINISTRATION: (
        "administration admin office paperwork verwaltung buro buero administracion oficina papeleo yonetim idare evrak"
    ),
    HourCategory.TRAVEL: "travel trip journey fahrt anfahrt reise viaje desplazamiento yol yolculuk seyahat ulasim",
}
CATEGORIES: Final = {word: category for category, words in _CATEGORY_WORDS.items() for word in words.split()}
DAYS_AGO: Final = {
    "today": 0,
    "heute": 0,
    "hoy": 0,
    "bugun": 0,
    "yesterday": 1,
    "gestern": 1,
    "ayer": 1,
    "dun": 1,
    "vorgestern": 2,
    "anteayer": 2,
    "evvelsi": 2,
}
_WEEKDAY_WORDS: Final = (
    "monday mon montag mo lunes lun pazartesi pzt",
    "tuesday tue tues dienstag di martes sali",
    "wednesday wed mittwoch mi miercoles mie carsamba",
    "thursday thu thur thurs donnerstag do jueves jue persembe",
    "friday fri freitag fr viernes vie cuma",
    "saturday sat samstag sonnabend sa sabado sab cumartesi cmt",
    "sunday sun sonntag so domingo dom pazar",
)
WEEKDAYS: Final = {word: number for number, words in enumerate(_WEEKDAY_WORDS) for word in words.split()}
_LEARNERS: Final = (
    "student students pupil pupils learner learners schuler schueler schulerinnen lernende lernenden "
    "alumno alumnos alumnas estudiante estudiantes ogrenci ogrenciler"
)
_LEARNER_WORDS: Final = frozenset(_LEARNERS.split())

_HOURS_MINUTES: Final = re.compile(r"(\d{1,2})\s*(?:h|std|sa)\s*(\d{1,2})\s*(?:m|min|dk)?")
_CLOCK: Final = re.compile(r"(\d{1,2}):(\d{2})(?:h|std)?")
_HOURS: Final = re.compile(r"(\d{1,2}(?:[.,]\d{1,2})?)(?:h|hrs?|hours?|std|stunden?|horas?|sa|saat)")
_MINUTES: Final = re.compile(r"(\d{1,4})(?:m|min|mins|minutes?|minuten|minutos?|dk|dakika)")
_COMMA: Final = re.compile(r"(\d{1,2}),(\d{1,2})")
_RANGE: Final = re.compile(r"(\d{1,2})[:.](\d{2})(?:-|–)(\d{1,2})[:.](\d{2})")
_ISO_DATE: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DATE: Final = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2})?)?")
_HEADS: Final = re.compile(r"(\d{1,4})[x×]|[x×](\d{1,4})")
_UNITS: Final = {
    "h": 60,
    "hour": 60,
    "hours": 60,
    "std": 60,
    "stunde": 60,
    "stunden": 60,
    "hora": 60,
    "horas": 60,
    "saat": 60,
    "m": 1,
    "min": 1,
    "minutes": 1,
    "minuten": 1,
    "minutos": 1,
    "dk": 1,
    "dakika": 1,
}


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


def parse(text: str, today: date) -> ParsedEntry:
    """Read a line. Never raises: what cannot be read is name or remark."""
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
    tokens = _joined(line.split())
    for position, token in enumerate(tokens):
        if token == _PLACE_OF_ACTIVITY and activity is not None:
            reading.name_ended = reading.name_ended or bool(reading.names)
        elif not _read(reading, token, first=position == 0 and quoted is None):
            (reading.remarks if reading.name_ended else reading.names).append(token)
        elif reading.names:
            reading.name_ended = True
    for token in reading.doubtful:
        _settle(reading, token)
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


def _joined(tokens: list[str]) -> list[str]:
    """A number and its unit become one word: "90 min" → "90min", "24 students" → "24x"."""
    joined: list[str] = []
    for token in tokens:
        word = fold(token).strip(".,;")
        before = joined[-1] if joined else ""
        if _is_number(before) and word in _UNITS:
            joined[-1] = before + ("h" if _UNITS[word] == 60 else "min")
        elif before.isascii() and before.isdigit() and word in _LEARNER_WORDS:
            joined[-1] = before + "x"
        else:
            joined.append(token)
    return joined


def _is_number(token: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,4}(?:[.,][0-9]{1,2})?", token))


def _read(reading: _Reading, token: str, *, first: bool) -> bool:
    """Take a token in if it means something; False for a word of a name or remark."""
    word = fold(token).strip(",;")
    if any(c.isdigit() for c in word) and word.isascii():
        return _read_range(reading, word) or _read_heads(reading, word) or _read_number(reading, word)
    bare = word.strip(".")
    if first and len(bare) <= SHORT_WORD:
        return False
    if reading.worked_on is None and (bare in DAYS_AGO or bare in WEEKDAYS):
        reading.worked_on = _named_day(bare, reading.today)
        return True
    if reading.category is None and bare in CATEGORIES:
        reading.category = CATEGORIES[bare]
        return True
    return False


def _named_day(word: str, today: date) -> date:
    """Today, yesterday …, or the latest such weekday up to today."""
    back = DAYS_AGO[word] if word in DAYS_AGO else (today.weekday() - WEEKDAYS[word]) % 7
    return today - timedelta(days=min(back, (today - date.min).days))


def _read_range(reading: _Reading, word: str) -> bool:
    """The span "10:00-11:30" is a start and a duration; past midnight it goes on."""
    match = _RANGE.fullmatch(word)
    if match is None or reading.minutes is not None:
        return False
    hour, minute, end_hour, end_minute = (int(part) for part in match.groups())
    if hour > 23 or minute > 59 or end_hour > 24 or end_minute > 59:
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
    day = _date_of(word, reading.today)
    clearly_a_day = day is not None and (word.endswith(".") or word.count(".") == 2 or "/" in word or "-" in word)
    if clearly_a_day and reading.worked_on is None:
        reading.worked_on = day
        return True
    minutes = _minutes_of(word)
    if minutes is not None and reading.minutes is None:
        reading.minutes = minutes
        return True
    if re.fullmatch(r"\d{1,2}\.\d{1,2}", word):
        reading.doubtful.append(word)
        return True
    return False


def _settle(reading: _Reading, word: str) -> None:
    """A number such as "1.5" is a duration unless one is known; then it is a day."""
    if reading.minutes is None:
        reading.minutes = round(float(word) * 60)
    elif reading.worked_on is None and (day := _date_of(word, reading.today)) is not None:
        reading.worked_on = day
    else:
        reading.remarks.append(word)


def _minutes_of(word: str) -> int | None:
    """A duration in minutes; None when it is none. "1.5" without a unit is left to `_settle`."""
    if match := _HOURS_MINUTES.fullmatch(word) or _CLOCK.fullmatch(word):
        hours, rest = int(match.group(1)), int(match.group(2))
        return hours * 60 + rest if rest < 60 else None
    if match := _HOURS.fullmatch(word):
        return round(float(match.group(1).replace(",", ".")) * 60)
    if match := _MINUTES.fullmatch(word):
        return int(match.group(1))
    if match := _COMMA.fullmatch(word):
        return round(float(f"{match.group(1)}.{match.group(2)}") * 60)
    if re.fullmatch(r"\d{1,4}", word):
        number = int(word)
        return number * 60 if number <= MOST_BARE_HOURS else number
    return None


def _date_of(word: str, today: date) -> date | None:
    """A day as 2026-03-12, 12.3., 12.03.2026, 12/3 or 12/3/26 (the day comes first)."""
    if match := _ISO_DATE.fullmatch(word):
        return _day(int(match.group(1)), int(match.group(2)), int(match.group(3)))
    match = _DATE.fullmatch(word)
    if match is None:
        return None
    day, month, year = int(match.group(1)), int(match.group(2)), match.group(3)
    if year:
        return _day(int(year) + (2000 if len(year) == 2 else 0), month, day)
    found = _day(today.year, month, day)
    if found is None or (found - today).days > FUTURE_DAYS:
        return _day(today.year - 1, month, day) or found
    return found


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
