"""Lists of people: which column holds what, and what its rows say. Nothing is stored here, and nothing is refused.

As little as possible is taken: of a day of birth only the year (`Person.birth_year`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Final

from cocivic_desktop.domain.base import clean_text
from cocivic_desktop.domain.errors import InvalidField
from cocivic_desktop.domain.organisations import Person, PersonKind
from cocivic_desktop.domain.validation import validate
from cocivic_desktop.library.files import read_toml
from cocivic_desktop.tables.columns import EMAIL, PHONE, Columns, Layout, Remark, heading_words
from cocivic_desktop.tables.reading import Row

MOST_LANGUAGES: Final = 12


class PersonField(StrEnum):
    """What a column can hold: fields of `Person`, parts of a name, and the name of the organisation."""

    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    KIND = "kind"
    ORGANISATION = "organisation"
    POSITION = "position"
    EMAIL = "email"
    PHONE = "phone"
    LANGUAGES = "languages"
    BIRTH_YEAR = "birth_year"
    CLASS_GROUP = "class_group"
    HOURS_PER_WEEK = "hours_per_week"
    ACTIVE_FROM = "active_from"
    ACTIVE_UNTIL = "active_until"
    REMARKS = "remarks"


@dataclass
class ReadPerson:
    """One row or card. `values` are fields of `Person` and "organisation", a name; without a name there is ""."""

    line: int
    values: dict[str, Any]
    remarks: list[Remark] = field(default_factory=list)


COLUMNS: Final = Columns(
    PersonField,
    "people_list.toml",
    PersonField.NAME,
    ((PersonField.EMAIL, EMAIL), (PersonField.PHONE, PHONE)),
    instead=frozenset({PersonField.FIRST_NAME, PersonField.LAST_NAME}),
)


def read_people(rows: Sequence[Row], layout: Layout[PersonField]) -> list[ReadPerson]:
    """The rows below the headings. Headings that come again, as on every printed page, are passed over."""
    headings = rows[layout.heading_row].cells if layout.heading_row >= 0 else None
    return [_read(row, layout) for row in rows[layout.heading_row + 1 :] if row.cells != headings]


def _read(row: Row, layout: Layout[PersonField]) -> ReadPerson:
    cells = {
        one: " ".join(clean_text(cell).split()) if one is not PersonField.REMARKS else clean_text(cell).strip()
        for one, cell in zip(layout.fields, row.cells, strict=False)
        if one is not None and cell.strip()
    }
    read = ReadPerson(row.line, {"name": whole_name(cells)})
    for one, text in cells.items():
        if one not in (PersonField.NAME, PersonField.FIRST_NAME, PersonField.LAST_NAME):
            take(read, one, text)
    check(read)
    return read


def whole_name(cells: dict[PersonField, str]) -> str:
    """The name of a row: its own column, else first and last name. "Brandt, Ada" is turned round."""
    name = cells.get(PersonField.NAME, "")
    family, comma, first = name.partition(",")
    if comma and first.strip() and "," not in first:
        name = f"{first.strip()} {family.strip()}"
    first, last = cells.get(PersonField.FIRST_NAME, ""), cells.get(PersonField.LAST_NAME, "")
    if name and first and not last and first not in name:  # "Name; Vorname"
        return f"{first} {name}"
    return name or f"{first} {last}".strip()


def take(read: ReadPerson, one: PersonField, text: str) -> None:
    """Put a text into its field in the form that the field has; what is not understood becomes a remark."""
    value: Any = text
    if one is PersonField.KIND:
        value = kind_of(text)
    elif one is PersonField.EMAIL:
        found = EMAIL.search(text)
        value = found[0] if found else text
    elif one is PersonField.LANGUAGES:
        value = [part for part in (part.strip() for part in re.split(r"[;,/|\n]", text)) if part][:MOST_LANGUAGES]
    elif one is PersonField.BIRTH_YEAR:
        value = year_of(text)
        if value is not None and not re.fullmatch(r"\d{4}", text):
            read.remarks.append(Remark(one, "only_year", str(value)))
    elif one is PersonField.HOURS_PER_WEEK:
        value = number_of(text)
    elif one in (PersonField.ACTIVE_FROM, PersonField.ACTIVE_UNTIL):
        value = day_of(text)
    if value is None:
        read.remarks.append(Remark(one, "not_understood", text[:60]))
    else:
        read.values[one.value] = value


def check(read: ReadPerson) -> None:
    """Take out of a row what could not be stored, with a remark."""
    while read.values["name"]:
        try:
            validate(Person(**{name: value for name, value in read.values.items() if name != "organisation"}))
        except InvalidField as error:
            value = str(read.values.pop(error.field, ""))
            read.remarks.append(Remark(error.field, error.code, value[:60]))
            if error.field == "name":
                read.values["name"] = value[:300] if error.code == "too_long" else ""
        else:
            return


def kind_of(text: str) -> PersonKind | None:
    """The kind of person that a word tells in one of four languages; None where it tells none."""
    words = heading_words(text)
    if words in set(PersonKind):
        return PersonKind(words)
    for name, phrases in _kinds().items():
        if any(phrase in (words, words.removesuffix("s"), words.removesuffix("en")) for phrase in phrases):
            return PersonKind(name)
    return None


def year_of(text: str) -> int | None:
    """The year in a year or a day of birth, however it is written."""
    found = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)
    return int(found[0]) if len(found) == 1 else None


def number_of(text: str) -> float | None:
    """A number of hours such as 4, 2.5, 2,5 or "3 h"."""
    found = re.fullmatch(r"(\d{1,3}(?:[.,]\d{1,2})?)\s*(?:h|std|hours?|stunden|horas?|saat)?\.?", text.casefold())
    return float(found[1].replace(",", ".")) if found else None


def day_of(text: str) -> date | None:
    """A day as 2026-09-01, 1.9.2026 or 01/09/2026 (day first, as in all four languages of the program but American)."""
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?", text)
    local = re.fullmatch(r"(\d{1,2})[./-]\s?(\d{1,2})[./-]\s?(\d{4})", text)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        return date(int(local[3]), int(local[2]), int(local[1])) if local else None
    except ValueError:
        return None


@cache
def _kinds() -> dict[str, tuple[str, ...]]:
    return {name: tuple(map(heading_words, words)) for name, words in read_toml("people_list.toml")["kinds"].items()}
