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
