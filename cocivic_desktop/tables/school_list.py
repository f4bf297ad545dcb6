"""Lists of schools: which column holds what, and what its rows say. Nothing is stored here, and nothing is refused.

Headings may stand anywhere among the first rows and in four languages; what cannot be read of a row is left out of it
with a remark, so that a person can decide.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any, Final

from cocivic_desktop.domain.base import clean_text
from cocivic_desktop.domain.errors import InvalidField
from cocivic_desktop.domain.organisations import Organisation, OrganisationKind
from cocivic_desktop.domain.validation import validate
from cocivic_desktop.library.files import read_toml
from cocivic_desktop.tables.columns import EMAIL, PHONE, SITE, Columns, Layout, Remark, heading_words
from cocivic_desktop.tables.reading import Row

FIVE_DIGITS: Final = {"DE", "ES", "FR", "IT", "TR"}
"""Countries whose postal codes have five digits, some with a zero in front."""


class SchoolField(StrEnum):
    """What a column can hold. The first ones are fields of `Organisation`; the last two are parts of such."""

    NAME = "name"
    SHORT_NAME = "short_name"
    KIND = "kind"
    STREET = "street"
    POSTAL_CODE = "postal_code"
    CITY = "city"
    COUNTRY = "country"
    REGION = "region"
    EMAIL = "email"
    PHONE = "phone"
    WEBSITE = "website"
    VOCATIONAL_FIELDS = "vocational_fields"
    DECISION_MAKERS = "decision_makers"
    HOW_FOUND = "how_found"
    REMARKS = "remarks"
    POSTAL_CITY = "postal_city"
    """Postal code and city in one cell."""
    HOUSE_NUMBER = "house_number"


@dataclass
class ReadSchool:
    """One row. `values` are fields of `Organisation`; without a name there is "" in it."""

    line: int
    values: dict[str, Any]
    remarks: list[Remark] = field(default_factory=list)


def read_schools(rows: Sequence[Row], layout: Layout[SchoolField]) -> list[ReadSchool]:
    """The rows below the headings. Headings that come again, as on every printed page, are passed over."""
    headings = rows[layout.heading_row].cells if layout.heading_row >= 0 else None
    return [_read(row, layout) for row in rows[layout.heading_row + 1 :] if row.cells != headings]


def plain_name(name: str) -> str:
    """A school's name as it is compared: abbreviations written out, "Mühle" and "Muehle" alike."""
    words = heading_words(name).split()
    written_out = " ".join(_abbreviations().get(word, word) for word in words)
    return re.sub(r"([aou])e", r"\1", written_out)


_POSTAL: Final = re.compile(r"([A-Z]{1,2}-)?\d{4,5}")
_POSTAL_CITY: Final = re.compile(r"(?:[A-Z]{1,3}[- ])?(\d{4,5})[ ,]+(\D.*)")
COLUMNS: Final = Columns(
    SchoolField,
    "school_list.toml",
    SchoolField.NAME,
    (
        (SchoolField.EMAIL, EMAIL),
        (SchoolField.WEBSITE, SITE),
        (SchoolField.POSTAL_CODE, _POSTAL),
        (SchoolField.POSTAL_CITY, _POSTAL_CITY),
        (SchoolField.PHONE, PHONE),
    ),
)
find_layout, layout_with_headings = COLUMNS.find, COLUMNS.with_headings


# --- what a row says ----------------------------------------------------------------------------------------------


def _read(row: Row, layout: Layout[SchoolField]) -> ReadSchool:
    read = ReadSchool(row.line, {"name": ""})
    cells: dict[SchoolField, str] = {}
    for one, cell in zip(layout.fields, row.cells, strict=False):
        text = clean_text(cell).strip()
        if one is not None and text:
            cells[one] = text
    for one, text in cells.items():
        if one not in (SchoolField.POSTAL_CITY, SchoolField.HOUSE_NUMBER, SchoolField.REGION):
            _take(read, one, text)
    if SchoolField.REGION in cells:
        _take_region(read, cells[SchoolField.REGION])
    if SchoolField.HOUSE_NUMBER in cells and "street" in read.values:
        read.values["street"] += f" {cells[SchoolField.HOUSE_NUMBER]}"
    if SchoolField.POSTAL_CITY in cells:
        code, city = split_postal_city(cells[SchoolField.POSTAL_CITY])
        read.values.setdefault("city", city)
        if code:
            read.values.setdefault("postal_code", code)
    code = read.values.get("postal_code", "")
    if read.values.get("country") in FIVE_DIGITS and re.fullmatch(r"\d{4}", code):
        read.values["postal_code"] = f"0{code}"  # a spreadsheet took it for a number
    if "kind" not in read.values:
        read.values["kind"] = kind_of(read.values["name"]) or OrganisationKind.VET_PROVIDER
    _check(read)
    return read


def _take(read: ReadSchool, one: SchoolField, text: str) -> None:
    """Put a cell's text into its field in the form that the field has."""
    value: Any = " ".join(text.split())
    if one is SchoolField.KIND:
        value = kind_of(text)
        if value is None:  # a word of its own, such as "Gymnasium", is worth keeping
            read.values["remarks"] = _joined(read.values.get("remarks", ""), text)
            return
    elif one is SchoolField.COUNTRY:
        value = country_of(text)
        if value is None:
            read.remarks.append(Remark(one, "not_understood", text))
            return
    elif one is SchoolField.EMAIL:
        found = EMAIL.search(text)
        value = found[0] if found else value
    elif one is SchoolField.VOCATIONAL_FIELDS:
        value = [part for part in (part.strip() for part in re.split(r"[;,|/•\n]", text)) if part][:40]
    elif one in (SchoolField.REMARKS, SchoolField.DECISION_MAKERS):
        value = _joined(read.values.get(one.value, ""), text)
    read.values[one.value] = value


def _take_region(read: ReadSchool, text: str) -> None:
    """A code as in ISO 3166-2, or a name that is known; others are kept among the remarks."""
    country = str(read.values.get("country", ""))
    code = re.fullmatch(r"(?:([A-Z]{2})-)?([A-Z0-9]{1,3})", text)
    known = _regions().get(heading_words(text), ())
    fitting = [one for one in known if country in ("", one[0])]
    if code and (not code[1] or country in ("", code[1])):
        read.values["region"] = code[2]
        if code[1]:
            read.values.setdefault("country", code[1])
    elif len(fitting) == 1:
        read.values["country"], read.values["region"] = fitting[0]
    else:
        read.values["remarks"] = _joined(read.values.get("remarks", ""), text)


def _check(read: ReadSchool) -> None:
    """Take out of a row what could not be stored, with a remark."""
    while read.values["name"]:
        try:
            validate(Organisation(**read.values))
            return
        except InvalidField as error:
            value = str(read.values.pop(error.field, ""))
            read.remarks.append(Remark(error.field, error.code, value[:60]))
            if error.field == "name":
                read.values["name"] = value[:300] if error.code == "too_long" else ""


def split_postal_city(text: str) -> tuple[str, str]:
    """Postal code and city of "24103 Kiel"; without a code, all of it is the city."""
    found = _POSTAL_CITY.fullmatch(text)
    return (found[1], found[2].strip()) if found else ("", text)


def kind_of(text: str) -> OrganisationKind | None:
    """The kind of an organisation that a word or a name tells; None where it tells nothing."""
    padded = f" {heading_words(text)} "
    for name, phrases in _kinds().items():
        for phrase in phrases:
            if f" {phrase}" in padded and (len(phrase) > 4 or f" {phrase} " in padded):
                return OrganisationKind(name)
    return None


def country_of(text: str) -> str | None:
    """The code (ISO 3166-1 alpha-2) of a country's code or name in one of four languages."""
    words = heading_words(text)
    if re.fullmatch(r"[a-z]{2}", words) and words not in _countries():
        return words.upper()
    return _countries().get(words)


@cache
def _abbreviations() -> dict[str, str]:
    return {short: heading_words(long) for short, long in read_toml("school_list.toml")["abbreviations"].items()}


@cache
def _kinds() -> dict[str, tuple[str, ...]]:
    return {name: tuple(map(heading_words, words)) for name, words in read_toml("school_list.toml")["kinds"].items()}


@cache
def _countries() -> dict[str, str]:
    listed: Mapping[str, list[str]] = read_toml("school_list.toml")["countries"]
    return {heading_words(word): code for code, words in listed.items() for word in words}


@cache
def _regions() -> dict[str, tuple[tuple[str, str], ...]]:
    """Country and code of the regions that a name may mean."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for country, regions in read_toml("school_list.toml")["regions"].items():
        for code, words in regions.items():
            for word in map(heading_words, words):
                found[word] = (*found.get(word, ()), (country, code))
    return found


def _joined(present: str, text: str) -> str:
    return f"{present}\n{text}" if present else text
