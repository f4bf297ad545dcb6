"""Words for what is odd about an entry of hours."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.domain.rules.hour_checks import HourCheck, HourQuestion


def questions_text(questions: Iterable[HourQuestion]) -> str:
    """One sentence for each question, in the language of the screen."""
    texts = {
        HourCheck.DAY_OVER_24_HOURS: QCoreApplication.translate("Hours", "That makes more than 24 hours on one day."),
        HourCheck.DAY_OVER_12_HOURS: QCoreApplication.translate("Hours", "That makes more than 12 hours on one day."),
        HourCheck.OVERLAP: QCoreApplication.translate("Hours", "It overlaps another entry of the same person."),
        HourCheck.SAME_AGAIN: QCoreApplication.translate("Hours", "The same entry is there already."),
        HourCheck.FUTURE: QCoreApplication.translate("Hours", "The day is still to come."),
        HourCheck.OUTSIDE_AGREEMENT: QCoreApplication.translate("Hours", "The day lies outside the agreement."),
        HourCheck.NOT_YET_ACTIVE: QCoreApplication.translate("Hours", "The person was not active yet on that day."),
        HourCheck.NO_LONGER_ACTIVE: QCoreApplication.translate("Hours", "The person had left by that day."),
        HourCheck.CLOSURE: QCoreApplication.translate("Hours", "The school is closed on that day."),
    }
    return " ".join(texts[question.code] for question in questions)
