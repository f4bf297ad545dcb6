"""Hours, through one door: noting, changing, confirming, listing, summing up."""

from cocivic_desktop.services.hour_list import HourFilter, HourRow, HourSums, count, export_csv, page, place_of, sums
from cocivic_desktop.services.hour_log import (
    Logged,
    LoggedMany,
    change_entries,
    change_entry,
    confirm,
    delete_entries,
    delete_entry,
    log,
    log_many,
    questions,
    unconfirm,
)
from cocivic_desktop.services.hour_sums import HourSummary, summary, totals
from cocivic_desktop.services.quick_hours import find_person, quick_entry, read_entry, read_line

__all__ = [
    "HourFilter",
    "HourRow",
    "HourSummary",
    "HourSums",
    "Logged",
    "LoggedMany",
    "change_entries",
    "change_entry",
    "confirm",
    "count",
    "delete_entries",
    "delete_entry",
    "export_csv",
    "find_person",
    "log",
    "log_many",
    "page",
    "place_of",
    "questions",
    "quick_entry",
    "read_entry",
    "read_line",
    "summary",
    "sums",
    "totals",
    "unconfirm",
]
