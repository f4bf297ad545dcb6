"""What is wrong with a field, as a sentence beside it; and the names of fields where no label stands near."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.ui.texts.formats import day_text, number_text
from cocivic_desktop.ui.texts.marks import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from cocivic_desktop.domain.errors import InvalidField

PROBLEMS: Final[dict[str, str]] = {
    "required": QT_TRANSLATE_NOOP("Fields", "This is needed. The last value is kept."),
    "too_long": QT_TRANSLATE_NOOP("Fields", "This is too long: {length} characters, at most {limit} fit."),
    "too_many": QT_TRANSLATE_NOOP("Fields", "These are too many: {count}, at most {limit} fit."),
    "not_an_email": QT_TRANSLATE_NOOP("Fields", "This is no e-mail address. It looks like name@example.org."),
    "not_a_currency": QT_TRANSLATE_NOOP("Fields", "Three capital letters name a currency, e.g. EUR or TRY."),
    "not_a_country": QT_TRANSLATE_NOOP("Fields", "Two capital letters name a country, e.g. DE, ES or TR."),
    "unknown_zone": QT_TRANSLATE_NOOP("Fields", "This time zone is not known. It looks like Europe/Berlin."),
    "not_finite": QT_TRANSLATE_NOOP("Fields", "This is no number that can be kept."),
    "out_of_range": QT_TRANSLATE_NOOP("Fields", "Numbers from {least} to {greatest} are possible here."),
    "year_out_of_range": QT_TRANSLATE_NOOP("Fields", "The year has to lie between {first} and {last}."),
    "before_start": QT_TRANSLATE_NOOP("Fields", "The end ({end}) lies before the start ({start})."),
    "other_month": QT_TRANSLATE_NOOP("Fields", "This day ({day}) lies in another month than the sheet."),
    "not_a_date": QT_TRANSLATE_NOOP("Fields", "This is no date. Type it like {example}."),
    "not_a_time": QT_TRANSLATE_NOOP("Fields", "This is no time of day. Type it like 10:30."),
    "not_a_duration": QT_TRANSLATE_NOOP("Fields", "This is no duration. Type it like 1:30, 90 min or 1.5 h."),
    "not_a_choice": QT_TRANSLATE_NOOP("Fields", "Choose one of the list."),
    "control_characters": QT_TRANSLATE_NOOP("Fields", "This holds characters that cannot be printed. Type it again."),
    "already_there": QT_TRANSLATE_NOOP("Fields", "This is there already."),
    "confirmed": QT_TRANSLATE_NOOP("Fields", "It is confirmed. Take the confirmation back first."),
    "day_over_24_hours": QT_TRANSLATE_NOOP("Fields", "That makes more than 24 hours on one day of one person."),
    "several_entries": QT_TRANSLATE_NOOP("Fields", "There are several entries here. Change them one by one."),
    "person_or_head_count": QT_TRANSLATE_NOOP("Fields", "Name a person, or give a number of heads; not both."),
    "interval_out_of_range": QT_TRANSLATE_NOOP("Fields", "Every {least} to {greatest} weeks are possible."),
    "count_missing": QT_TRANSLATE_NOOP("Fields", "Say how many times it takes place."),
    "count_out_of_range": QT_TRANSLATE_NOOP("Fields", "{least} to {greatest} times are possible."),
    "until_missing": QT_TRANSLATE_NOOP("Fields", "Say until when it takes place."),
    "week_out_of_range": QT_TRANSLATE_NOOP("Fields", "Weeks {least} to {greatest} are possible."),
    "week_letter": QT_TRANSLATE_NOOP("Fields", "Weeks are called A or B."),
    "year_too_long": QT_TRANSLATE_NOOP(
        "Fields", "A school year of {days} days is too long; at most {limit} are possible."
    ),
}

FIELDS: Final[dict[str, str]] = {
    "worked_on": QT_TRANSLATE_NOOP("Fields", "Date"),
    "category": QT_TRANSLATE_NOOP("Fields", "Category"),
    "activity_id": QT_TRANSLATE_NOOP("Fields", "Activity"),
    "role": QT_TRANSLATE_NOOP("Fields", "Role"),
    "remark": QT_TRANSLATE_NOOP("Fields", "Remark"),
    "state": QT_TRANSLATE_NOOP("Fields", "State"),
    "name": QT_TRANSLATE_NOOP("Fields", "Name"),
    "title": QT_TRANSLATE_NOOP("Fields", "Title"),
    "statement": QT_TRANSLATE_NOOP("Fields", "Goal"),
    "text": QT_TRANSLATE_NOOP("Fields", "Text"),
    "email": QT_TRANSLATE_NOOP("Fields", "E-mail"),
    "minutes": QT_TRANSLATE_NOOP("Fields", "Duration"),
    "duration_minutes": QT_TRANSLATE_NOOP("Fields", "Duration"),
    "starts_on": QT_TRANSLATE_NOOP("Fields", "Start"),
    "ends_on": QT_TRANSLATE_NOOP("Fields", "End"),
    "recurrence": QT_TRANSLATE_NOOP("Fields", "Repetition"),
    "person_id": QT_TRANSLATE_NOOP("Fields", "Person"),
    "head_count": QT_TRANSLATE_NOOP("Fields", "Number of heads"),
    "school_id": QT_TRANSLATE_NOOP("Fields", "School"),
    "country": QT_TRANSLATE_NOOP("Fields", "Country"),
    "zone": QT_TRANSLATE_NOOP("Fields", "Time zone"),
}


def field_problem(error: InvalidField) -> str:
    """The sentence for a field that may not be stored."""
    source = PROBLEMS.get(error.code)
    if source is None:
        return QCoreApplication.translate("Fields", "This cannot be stored. The last value is kept.")
    words = {name: _worded(value) for name, value in error.parameters.items()}
    words.setdefault("example", day_text(date(2026, 9, 21)))
    try:
        return QCoreApplication.translate("Fields", source).format(**words)
    except KeyError:
        return QCoreApplication.translate("Fields", "This cannot be stored. The last value is kept.")


def field_word(name: str) -> str:
    """The name of a field for a message that stands far from it."""
    source = FIELDS.get(name)
    return (
        QCoreApplication.translate("Fields", source)
        if source
        else name.removesuffix("_id").replace("_", " ").capitalize()
    )


def _worded(value: object) -> str:
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, int | float):
        return number_text(value)
    return str(value)
