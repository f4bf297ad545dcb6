"""Words that the imports of lists share: what is done with a row, what it is, and what of it was not taken."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.services.listed import Choice, Finding, Listed, Remark
from cocivic_desktop.ui.texts.marks import QT_TRANSLATE_NOOP

CHOICES: Final[dict[Choice, str]] = {
    Choice.ADD: QT_TRANSLATE_NOOP("Listed", "Add"),
    Choice.UPDATE: QT_TRANSLATE_NOOP("Listed", "Fill what is empty"),
    Choice.LEAVE_OUT: QT_TRANSLATE_NOOP("Listed", "Leave out"),
}

_FINDINGS: Final[dict[Finding, str]] = {
    Finding.NEW: QT_TRANSLATE_NOOP("Listed", "New"),
    Finding.NO_NAME: QT_TRANSLATE_NOOP("Listed", "No name"),
    Finding.KNOWN: QT_TRANSLATE_NOOP("Listed", "There already ({reason})"),
    Finding.TWICE: QT_TRANSLATE_NOOP("Listed", "As row {line} ({reason})"),
    Finding.SIMILAR: QT_TRANSLATE_NOOP("Listed", "Like “{other}” ({reason})"),
}

_REMARKS: Final[dict[str, str]] = {
    "not_understood": QT_TRANSLATE_NOOP("Listed", "{field}: “{value}” is not known"),
    "not_an_email": QT_TRANSLATE_NOOP("Listed", "{field}: “{value}” is no e-mail address"),
    "too_long": QT_TRANSLATE_NOOP("Listed", "{field}: too long"),
    "only_year": QT_TRANSLATE_NOOP("Listed", "{field}: only the year {value} is kept, not the day"),
    "broken_card": QT_TRANSLATE_NOOP("Listed", "This card cannot be read"),
}


def choice_of(one: Choice) -> str:
    """What is done with a row."""
    return _say(CHOICES[one])


def finding_text(one: Listed, reason: str) -> str:
    """What a row is, and why."""
    return _say(_FINDINGS[one.finding]).format(reason=reason, line=one.same_line or "", other=one.other_name)


def remark_text(one: Remark, field: str) -> str:
    """What was not taken of a cell; `field` in words."""
    source = _REMARKS.get(one.code, QT_TRANSLATE_NOOP("Listed", "{field}: “{value}” cannot be kept"))
    return _say(source).format(field=field, value=one.value)


def fills_text(one: Listed, fields: str) -> str:
    """Which fields a row would fill of the one that is there; empty where it would fill none."""
    if not one.fills or one.finding is Finding.NEW:
        return ""
    return _say(QT_TRANSLATE_NOOP("Listed", "Would fill of “{other}”: {fields}")).format(
        other=one.other_name, fields=fields
    )


def _say(source: str) -> str:
    return QCoreApplication.translate("Listed", source)
