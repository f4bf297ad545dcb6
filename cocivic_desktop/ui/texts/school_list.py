"""Words for the import of a school list: what columns hold, what rows are, and what was not taken."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.services.school_list import ListedSchool, Reason, Remark, SchoolField
from cocivic_desktop.ui.texts import listed
from cocivic_desktop.ui.texts.marks import QT_TRANSLATE_NOOP
from cocivic_desktop.ui.texts.words import word

COLUMNS: Final[dict[SchoolField, str]] = {
    SchoolField.NAME: QT_TRANSLATE_NOOP("SchoolList", "Name"),
    SchoolField.SHORT_NAME: QT_TRANSLATE_NOOP("SchoolList", "Short name"),
    SchoolField.KIND: QT_TRANSLATE_NOOP("SchoolList", "Kind of school"),
    SchoolField.STREET: QT_TRANSLATE_NOOP("SchoolList", "Street"),
    SchoolField.POSTAL_CODE: QT_TRANSLATE_NOOP("SchoolList", "Postal code"),
    SchoolField.CITY: QT_TRANSLATE_NOOP("SchoolList", "Place"),
    SchoolField.COUNTRY: QT_TRANSLATE_NOOP("SchoolList", "Country"),
    SchoolField.REGION: QT_TRANSLATE_NOOP("SchoolList", "Region"),
    SchoolField.EMAIL: QT_TRANSLATE_NOOP("SchoolList", "E-mail"),
    SchoolField.PHONE: QT_TRANSLATE_NOOP("SchoolList", "Phone"),
    SchoolField.WEBSITE: QT_TRANSLATE_NOOP("SchoolList", "Website"),
    SchoolField.VOCATIONAL_FIELDS: QT_TRANSLATE_NOOP("SchoolList", "Vocational fields"),
    SchoolField.DECISION_MAKERS: QT_TRANSLATE_NOOP("SchoolList", "Who decides there"),
    SchoolField.HOW_FOUND: QT_TRANSLATE_NOOP("SchoolList", "How found"),
    SchoolField.REMARKS: QT_TRANSLATE_NOOP("SchoolList", "Remarks"),
    SchoolField.POSTAL_CITY: QT_TRANSLATE_NOOP("SchoolList", "Postcode, place"),
    SchoolField.HOUSE_NUMBER: QT_TRANSLATE_NOOP("SchoolList", "House number"),
}

REASONS: Final[dict[Reason, str]] = {
    Reason.NAME_AND_CITY: QT_TRANSLATE_NOOP("SchoolList", "same name and place"),
    Reason.EMAIL: QT_TRANSLATE_NOOP("SchoolList", "same e-mail address"),
    Reason.WEBSITE: QT_TRANSLATE_NOOP("SchoolList", "same website"),
    Reason.NAME: QT_TRANSLATE_NOOP("SchoolList", "same name, place not known"),
    Reason.SIMILAR_NAME: QT_TRANSLATE_NOOP("SchoolList", "similar name"),
}


def column_word(one: SchoolField) -> str:
    """What a column can hold."""
    return _say(COLUMNS[one])


def reason_text(one: ListedSchool) -> str:
    """Why a row is held for another."""
    return _say(REASONS[Reason(one.reason)]) if one.reason is not None else ""


def remark_text(one: Remark) -> str:
    """What was not taken of a cell."""
    return listed.remark_text(one, _field(one.field))


def row_text(one: ListedSchool) -> str:
    """All that is taken of a row, in one line; then what it would fill of the school that is there."""
    parts = [f"{_field(name)}: {_value(value)}" for name, value in one.values.items() if value and name != "name"]
    fills = listed.fills_text(one, ", ".join(_field(name) for name in one.fills))
    return "\n".join(filter(None, (" · ".join(parts), fills)))


def _field(name: str) -> str:
    return column_word(SchoolField(name)) if name in set(SchoolField) else name


def _value(value: str | list[str]) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    return word(value) if isinstance(value, StrEnum) else value


def _say(source: str) -> str:
    return QCoreApplication.translate("SchoolList", source)
