"""Words for people: what columns of a list hold, why two are held for the same, purposes and retention."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.services.listed import Remark
from cocivic_desktop.services.people_list import ListedPerson, PersonField, Reason
from cocivic_desktop.ui.texts import listed
from cocivic_desktop.ui.texts.formats import day_text, number_text
from cocivic_desktop.ui.texts.marks import QT_TRANSLATE_NOOP
from cocivic_desktop.ui.texts.words import choice_word

FIELDS: Final[dict[str, str]] = {
    "name": QT_TRANSLATE_NOOP("People", "Name"),
    "first_name": QT_TRANSLATE_NOOP("People", "First name"),
    "last_name": QT_TRANSLATE_NOOP("People", "Last name"),
    "kind": QT_TRANSLATE_NOOP("People", "Kind"),
    "organisation": QT_TRANSLATE_NOOP("People", "Organisation"),
    "organisation_id": QT_TRANSLATE_NOOP("People", "Organisation"),
    "position": QT_TRANSLATE_NOOP("People", "Position"),
    "email": QT_TRANSLATE_NOOP("People", "E-mail"),
    "phone": QT_TRANSLATE_NOOP("People", "Phone"),
    "languages": QT_TRANSLATE_NOOP("People", "Languages"),
    "birth_year": QT_TRANSLATE_NOOP("People", "Birth year"),
    "class_group": QT_TRANSLATE_NOOP("People", "Class or group"),
    "hours_per_week": QT_TRANSLATE_NOOP("People", "Hours a week"),
    "active_from": QT_TRANSLATE_NOOP("People", "Active from"),
    "active_until": QT_TRANSLATE_NOOP("People", "Active until"),
    "remarks": QT_TRANSLATE_NOOP("People", "Remarks"),
}

REASONS: Final[dict[Reason, str]] = {
    Reason.EMAIL: QT_TRANSLATE_NOOP("People", "same e-mail address"),
    Reason.NAME_AND_ORGANISATION: QT_TRANSLATE_NOOP("People", "same name and organisation"),
    Reason.NAME: QT_TRANSLATE_NOOP("People", "same name"),
    Reason.SIMILAR_NAME: QT_TRANSLATE_NOOP("People", "similar name"),
}


def field_word(name: str) -> str:
    """A field of a person."""
    return _say(FIELDS[name]) if name in FIELDS else name


def column_word(one: PersonField) -> str:
    """What a column can hold."""
    return field_word(one.value)


def reason_text(one: ListedPerson) -> str:
    """Why a row is held for another."""
    return _say(REASONS[Reason(one.reason)]) if one.reason is not None else ""


def remark_text(one: Remark) -> str:
    """What was not taken of a cell."""
    return listed.remark_text(one, field_word(one.field))


def row_text(one: ListedPerson) -> str:
    """All that is taken of a row, in one line; then what it would fill of the person who is there."""
    shown = {name: value for name, value in one.values.items() if value and name not in ("name", "organisation_id")}
    parts = [f"{field_word(name)}: {value_text(value)}" for name, value in shown.items()]
    fills = listed.fills_text(one, ", ".join(field_word(name) for name in one.fills))
    return "\n".join(filter(None, (" · ".join(parts), fills)))


def value_text(value: Any) -> str:
    """The value of a field as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, StrEnum):
        return choice_word(value)
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, date):
        return day_text(value)
    return number_text(value) if isinstance(value, float) else str(value)


def standing_text(one: Person, today: date) -> str:
    """In a word, where somebody is not simply active."""
    if one.anonymised_on is not None:
        return _say(QT_TRANSLATE_NOOP("People", "anonymised"))
    if one.active_until is not None and one.active_until < today:
        return _say(QT_TRANSLATE_NOOP("People", "left"))
    return _say(QT_TRANSLATE_NOOP("People", "archived")) if one.archived else ""


def _say(source: str) -> str:
    return QCoreApplication.translate("People", source)
