"""The fixed words of documents in one language, with its dates, hours and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, Final

from cocivic_desktop.domain.base import fold
from cocivic_desktop.library.files import FALLBACK, read_toml

_WRITTEN_DAY: Final = re.compile(r"(?:(\w+)\.?,? )?(\d{1,2})\.? (?:de )?([^\W\d]{3,})\.?,? (?:de )?(\d{4})(?: (\w+))?")
_DAY_BY_NUMBERS: Final = re.compile(r"(\d{1,2})[./-] ?(\d{1,2})[./-] ?(\d{4})")
_ISO_DAY: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


class Labels:
    """Words by dotted key, such as "column.task". A key that the language lacks is answered in English."""

    def __init__(self, language: str, words: Mapping[str, str], lists: Mapping[str, tuple[str, ...]]) -> None:
        self.language = language
        self._words = words
        self._lists = lists

    def __getitem__(self, key: str) -> str:
        """The words of a key. Raises KeyError for one that no language has."""
        return self._words[key]

    def __contains__(self, key: object) -> bool:
        return key in self._words

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def get(self, key: str, default: str = "") -> str:
        """The words of a key, or the default, as for codes that a person has made up."""
        return self._words.get(key, default)

    def text(self, key: str, **values: object) -> str:
        """The words of a key with its {names} filled in."""
        return self._words[key].format(**values)

    def section(self, name: str) -> dict[str, str]:
        """All words of a section, by the rest of their key: `section("kind")["mou"]`."""
        prefix = f"{name}."
        return {key[len(prefix) :]: words for key, words in self._words.items() if key.startswith(prefix)}

    def month(self, number: int) -> str:
        """Name of a month, 1 to 12."""
        return self._lists["date.months"][number - 1]

    def weekday(self, number: int, *, short: bool = False) -> str:
        """Name of a weekday, 0 is Monday."""
        return self._lists["date.weekdays_short" if short else "date.weekdays"][number]

    def format_date(self, day: date, style: str = "long") -> str:
        """A date; `style` is "long" (14 May 2026), "weekday" (Thursday, 14 May 2026) or "short" (14/05/2026)."""
        return self._words[f"date.{style}"].format(
            day=day.day, month=self.month(day.month), year=day.year, weekday=self.weekday(day.weekday()),
            dd=f"{day.day:02}", mm=f"{day.month:02}",
        )  # fmt: skip

    def read_date(self, text: str) -> date | None:
        """A day as somebody writes it in this language: 14 May 2026, Thursday, 14 May 2026, 14/05/2026, 2026-05-14.

        The day stands before the month in all languages there are. None for anything else.
        """
        folded = fold(text.strip())
        if found := _ISO_DAY.fullmatch(folded):
            year, month, day = map(int, found.groups())
        elif found := _DAY_BY_NUMBERS.fullmatch(folded):
            day, month, year = map(int, found.groups())
        elif found := _WRITTEN_DAY.fullmatch(folded):
            weekdays = {fold(self.weekday(number)) for number in range(7)}
            if any(word and word not in weekdays for word in (found[1], found[5])):
                return None
            months = [number for number in range(1, 13) if fold(self.month(number)).startswith(found[3])]
            day, month, year = int(found[2]), months[0] if len(months) == 1 else 0, int(found[4])
        else:
            return None
        try:
            return date(year, month, day)
        except ValueError:
            return None

    def format_period(self, first: date | None, last: date | None) -> str:
        """A period with both ends included; an open end is left out in words."""
        if first and last:
            return self.text("date.period", first=self.format_date(first), last=self.format_date(last))
        if first:
            return self.text("date.from", first=self.format_date(first))
        return self.text("date.until", last=self.format_date(last)) if last else ""

    def format_hours(self, minutes: int) -> str:
        """Whole minutes as hours and minutes, such as "1 h 30 min"."""
        sign, minutes = ("−", -minutes) if minutes < 0 else ("", minutes)
        hours, rest = divmod(minutes, 60)
        if not rest:
            return sign + self.text("hours.whole", hours=hours)
        if not hours:
            return sign + self.text("hours.minutes", minutes=rest)
        return sign + self.text("hours.both", hours=hours, minutes=rest)

    def format_number(self, value: float, decimals: int = 0) -> str:
        """A number with the language's decimal sign and thousands separator."""
        plain = f"{value:,.{decimals}f}"
        signs = {",": self._words["number.thousands"], ".": self._words["number.decimal"]}
        return "".join(signs.get(sign, sign) for sign in plain)


@cache
def labels(language: str, name: str = "labels.toml") -> Labels:
    """The labels of a language, filled up with English ones; `name` is the file, such as that of letters' words.

    Raises ValueError for a broken file.
    """
    words: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for code in (FALLBACK, language):
        _flatten(read_toml("documents", code, name), "", words, lists)
    return Labels(language, words, lists)


def _flatten(content: Mapping[str, Any], prefix: str, words: dict[str, str], lists: dict[str, tuple[str, ...]]) -> None:
    for key, value in content.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            _flatten(value, f"{name}.", words, lists)
        elif isinstance(value, list):
            lists[name] = tuple(value)
        else:
            words[name] = str(value)
