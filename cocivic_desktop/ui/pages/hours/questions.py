"""Words for what is odd about an entry of hours."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.domain.rules.hour_checks import HourCheck, HourQuestion
from cocivic_desktop.ui.texts.formats import day_text, minutes_text, time_text


def questions_text(questions: Iterable[HourQuestion]) -> str:
    """One sentence for each kind of question, in the language of the screen; details where only one asks it."""
    asked: dict[HourCheck, list[HourQuestion]] = {}
    for question in questions:
        asked.setdefault(question.code, []).append(question)
    return " ".join((len(same) == 1 and _in_detail(same[0])) or _plain(code) for code, same in asked.items())


def _plain(code: HourCheck) -> str:
    return {
        HourCheck.DAY_OVER_24_HOURS: QCoreApplication.translate("Hours", "That makes more than 24 hours on one day."),
        HourCheck.DAY_OVER_12_HOURS: QCoreApplication.translate("Hours", "That makes more than 12 hours on one day."),
        HourCheck.OVERLAP: QCoreApplication.translate("Hours", "It overlaps another entry of the same person."),
        HourCheck.SAME_AGAIN: QCoreApplication.translate("Hours", "The same entry is there already."),
        HourCheck.FUTURE: QCoreApplication.translate("Hours", "The day is still to come."),
        HourCheck.OUTSIDE_AGREEMENT: QCoreApplication.translate("Hours", "The day lies outside the agreement."),
        HourCheck.NOT_YET_ACTIVE: QCoreApplication.translate("Hours", "The person was not active yet on that day."),
        HourCheck.NO_LONGER_ACTIVE: QCoreApplication.translate("Hours", "The person had left by that day."),
        HourCheck.CLOSURE: QCoreApplication.translate("Hours", "The school is closed on that day."),
    }[code]


def _in_detail(question: HourQuestion) -> str:
    """The sentence with what it is about; empty where there is no more to say."""
    known = question.parameters
    day_minutes, other, begins = known.get("day_minutes"), known.get("entry_minutes"), known.get("start_time")
    since, until, name = known.get("active_from"), known.get("active_until"), known.get("name")
    match question.code:
        case HourCheck.DAY_OVER_24_HOURS if isinstance(day_minutes, int):
            text = QCoreApplication.translate("Hours", "That makes {time} on one day, more than 24 hours.")
            return text.format(time=minutes_text(day_minutes))
        case HourCheck.DAY_OVER_12_HOURS if isinstance(day_minutes, int):
            text = QCoreApplication.translate("Hours", "That makes {time} on one day, more than 12 hours.")
            return text.format(time=minutes_text(day_minutes))
        case HourCheck.OVERLAP if isinstance(begins, time) and isinstance(other, int):
            text = QCoreApplication.translate("Hours", "It overlaps their entry of {start} ({time}).")
            return text.format(start=time_text(begins), time=minutes_text(other))
        case HourCheck.NOT_YET_ACTIVE if isinstance(since, date):
            return QCoreApplication.translate("Hours", "The person began on {day}.").format(day=day_text(since))
        case HourCheck.NO_LONGER_ACTIVE if isinstance(until, date):
            return QCoreApplication.translate("Hours", "The person left on {day}.").format(day=day_text(until))
        case HourCheck.CLOSURE if name:
            return QCoreApplication.translate("Hours", "The school is closed on that day: {name}.").format(name=name)
    return ""
