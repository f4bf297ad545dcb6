"""Counted things in words, with one of them in the singular: "1 entry", "12 entries"."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.ui.texts.formats import number_text

translate = QCoreApplication.translate


def people_count(count: int) -> str:
    """So many people."""
    text = translate("Counts", "1 person") if count == 1 else translate("Counts", "{count} people")
    return text.format(count=number_text(count))


def entries_count(count: int) -> str:
    """So many entries of hours."""
    text = translate("Counts", "1 entry") if count == 1 else translate("Counts", "{count} entries")
    return text.format(count=number_text(count))


def rows_count(count: int) -> str:
    """So many rows of a table."""
    text = translate("Counts", "1 row") if count == 1 else translate("Counts", "{count} rows")
    return text.format(count=number_text(count))


def dates_count(count: int) -> str:
    """So many dates of an activity."""
    text = translate("Counts", "1 date") if count == 1 else translate("Counts", "{count} dates")
    return text.format(count=number_text(count))


def students_count(count: int) -> str:
    """So many students."""
    text = translate("Counts", "1 student") if count == 1 else translate("Counts", "{count} students")
    return text.format(count=number_text(count))


def consents_count(count: int) -> str:
    """So many consents."""
    text = translate("Counts", "1 consent") if count == 1 else translate("Counts", "{count} consents")
    return text.format(count=number_text(count))


def periods_count(count: int) -> str:
    """So many periods of a school's year."""
    text = translate("Counts", "1 period") if count == 1 else translate("Counts", "{count} periods")
    return text.format(count=number_text(count))


def lines_count(count: int) -> str:
    """So many lines of a sheet."""
    text = translate("Counts", "1 line") if count == 1 else translate("Counts", "{count} lines")
    return text.format(count=number_text(count))
