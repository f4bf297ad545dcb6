"""What the calendar says while there is nothing to show: a title, a sentence, and the words of up to two buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.ui.texts.marks import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from cocivic_desktop.ui.pages.calendar.data import CalendarData


def _tr(text: str) -> str:
    return QCoreApplication.translate("Calendar", text)


def no_year_words(data: CalendarData) -> tuple[str, str, str, str]:
    """While the school's year is not known."""
    text = _tr(
        QT_TRANSLATE_NOOP(
            "Calendar",
            "Terms, holidays and assessments of {school} are not known yet. Type them in, or read them from the "
            "calendar file that most schools and ministries publish. From then on, every date is checked by itself.",
        )
    )
    count = len({entry.activity.id for entry in data.entries if data.own(entry)})
    anyway = _tr(QT_TRANSLATE_NOOP("Calendar", "Plan without it"))
    if count:
        anyway = _tr(QT_TRANSLATE_NOOP("Calendar", "Show the {count} activities anyway")).format(count=count)
    return (
        _tr(QT_TRANSLATE_NOOP("Calendar", "Tell the school's year first")),
        text.format(school=data.school.name),
        _tr(QT_TRANSLATE_NOOP("Calendar", "Set up the school year")),
        anyway,
    )


def nothing_words(data: CalendarData) -> tuple[str, str, str]:
    """While no date passes the filter, or none is planned."""
    if data.wanted.filters.narrow:
        return (
            _tr(QT_TRANSLATE_NOOP("Calendar", "No date passes the filter")),
            _tr(QT_TRANSLATE_NOOP("Calendar", "The filter keeps back every date of these months.")),
            _tr(QT_TRANSLATE_NOOP("Calendar", "Show everything")),
        )
    return (
        _tr(QT_TRANSLATE_NOOP("Calendar", "Nothing planned in these months")),
        _tr(
            QT_TRANSLATE_NOOP(
                "Calendar",
                "Plan workshops, sessions, meetings and visits. Closed days are left out by themselves.",
            )
        ),
        _tr(QT_TRANSLATE_NOOP("Calendar", "New activity")),
    )
