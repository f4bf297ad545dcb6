"""Reading a TOML table field by field, noting every fault with the place where it is."""

from __future__ import annotations

import math
from datetime import time
from enum import StrEnum
from typing import Any, TypeVar

Choice = TypeVar("Choice", bound=StrEnum)


class Table:
    """A table of a TOML file. A faulty field gives a harmless value and an entry in `problems`: (place, what)."""

    def __init__(
        self,
        data: dict[str, Any],
        place: str = "",
        problems: list[tuple[str, str]] | None = None,
        language: str = "en",
    ) -> None:
        self._data = data
        self.language = language
        """Every text has to be there in this language."""
        self._place = place
        self._asked: set[str] = set()
        self.problems: list[tuple[str, str]] = [] if problems is None else problems

    def report(self, name: str, message: str) -> None:
        """Note a fault of the field `name` ("" for the table itself)."""
        self.problems.append((self._at(name), message))

    def has(self, name: str) -> bool:
        """Whether the field is there."""
        return name in self._data

    def word(self, name: str) -> str:
        """A needed, single text such as a code."""
        value = self._get(name, str, "a text")
        return value if isinstance(value, str) else ""

    def words(self, name: str) -> tuple[str, ...]:
        """A list of texts; empty when it is missing."""
        value = self._get(name, list, "a list of texts", needed=False) or []
        if not all(isinstance(item, str) and item for item in value):
            self.report(name, "must be a list of texts")
            return ()
        return tuple(value)

    def flag(self, name: str) -> bool:
        """A needed true or false."""
        return bool(self._get(name, bool, "true or false"))

    def number(self, name: str, least: int, greatest: int, *, default: int | None = None) -> int:
        """A whole number from `least` to `greatest`, needed when there is no default."""
        if default is not None and not self.has(name):
            self._asked.add(name)
            return default
        value = self._get(name, int, "a whole number")
        if value is None:
            return max(least, 0)
        if isinstance(value, bool) or not least <= value <= greatest:
            self.report(name, f"must be a whole number from {least} to {greatest}")
            return max(least, 0)
        return int(value)

    def numbers(self, name: str, least: int, greatest: int) -> tuple[int, ...]:
        """A list of whole numbers; empty when it is missing."""
        value = self._get(name, list, "a list of whole numbers", needed=False) or []
        if not all(type(item) is int and least <= item <= greatest for item in value):
            self.report(name, f"must be whole numbers from {least} to {greatest}")
            return ()
        return tuple(value)

    def amount(self, name: str) -> float | None:
        """A number, or None when it is missing."""
        self._asked.add(name)
        value = self._data.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            self.report(name, "must be a number")
            return None
        return float(value)

    def clock(self, name: str) -> time | None:
        """A wall-clock time such as "09:30", or None when it is missing."""
        value = self._get(name, str, 'a time such as "09:30"', needed=False)
        if value is None:
            return None
        try:
            return time.fromisoformat(value)
        except ValueError:
            self.report(name, 'must be a time such as "09:30"')
            return None

    def choice(self, name: str, choices: type[Choice], default: Choice | None = None) -> Choice:
        """One of the values of an enumeration, needed when there is no default."""
        self._asked.add(name)
        value = self._data.get(name, default)
        try:
            return choices(str(value))
        except ValueError:
            wanted = ", ".join(choices)
            self.report(name, "is missing" if value is None else f"“{value}” is none of: {wanted}")
            return next(iter(choices))

    def choices(self, name: str, choices: type[Choice], *, needed: bool = True) -> tuple[Choice, ...]:
        """A list of values of an enumeration, without repetition; empty when not needed and missing."""
        if not needed and not self.has(name):
            return ()
        value = self._get(name, list, "a list") or []
        wanted = set(choices)
        if not value or len(value) != len(set(map(str, value))) or not all(item in wanted for item in value):
            self.report(name, f"must name some of: {', '.join(choices)}")
            return ()
        return tuple(choices(item) for item in value)

    def text(self, name: str, length: int, *, needed: bool = True) -> dict[str, str]:
        """A text by language (`name.en = "…"`) of at most `length` characters; empty when not needed and missing."""
        value = self._get(name, dict, f'a text by language, such as {name}.en = "…"', needed=needed)
        if not value:
            return {}
        for language, text in value.items():
            if not isinstance(text, str) or not text.strip():
                self.report(f"{name}.{language}", "must be a text that is not empty")
            elif len(text) > length:
                self.report(f"{name}.{language}", f"is longer than {length} characters")
        if self.language not in value:
            self.report(f"{name}.{self.language}", "is missing")
        return {str(language): str(text) for language, text in value.items()}

    def texts(self, name: str, *, needed: bool = True) -> dict[str, tuple[str, ...]]:
        """A list of texts by language (`name.en = ["…"]`); empty when not needed and missing."""
        value = self._get(name, dict, f'a list by language, such as {name}.en = ["…"]', needed=needed) or {}
        for language, items in value.items():
            if not isinstance(items, list) or not items or not all(isinstance(i, str) and i.strip() for i in items):
                self.report(f"{name}.{language}", "must be a list of texts")
                return {}
        if value and self.language not in value:
            self.report(f"{name}.{self.language}", "is missing")
        return {str(language): tuple(items) for language, items in value.items()}

    def answers(self, name: str) -> dict[str, str | bool | int]:
        """Answers of the interview by question; empty when they are missing."""
        value = self._get(name, dict, "a table", needed=False) or {}
        for key, item in value.items():
            if not isinstance(item, str | bool | int):
                self.report(f"{name}.{key}", "must be a text, true or false, or a whole number")
                return {}
        return dict(value)

    def table(self, name: str, *, needed: bool = True) -> Table:
        """A table inside this one."""
        value = self._get(name, dict, "a table", needed=needed)
        return Table(value or {}, self._at(name), self.problems if value is not None else [], self.language)

    def tables(self, name: str, *, least: int = 0) -> list[Table]:
        """A list of tables (`[[name]]`), of which at least `least` are needed."""
        value = self._get(name, list, f"a list of tables [[{name}]]", needed=least > 0) or []
        if not all(isinstance(item, dict) for item in value):
            self.report(name, f"must be a list of tables [[{name}]]")
            return []
        if len(value) < least and self.has(name):
            self.report(name, f"needs at least {least}")
        return [
            Table(item, f"{self._at(name)}[{number}]", self.problems, self.language)
            for number, item in enumerate(value, 1)
        ]

    def nothing_else(self) -> None:
        """Report every field that nobody has asked for: most often a slip of the pen."""
        for name in self._data:
            if name not in self._asked:
                self.report(name, "is not known")

    def _at(self, name: str) -> str:
        return ".".join(part for part in (self._place, name) if part)

    def _get(self, name: str, kind: type, wanted: str, *, needed: bool = True) -> Any:
        self._asked.add(name)
        if name not in self._data:
            if needed:
                self.report(name, "is missing")
            return None
        value = self._data[name]
        if not isinstance(value, kind):
            self.report(name, f"must be {wanted}")
            return None
        return value
