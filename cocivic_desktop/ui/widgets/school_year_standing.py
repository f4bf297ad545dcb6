"""Words for how far a period of a school's calendar can be relied on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.domain.rules.period_standing import STALE_DAYS, Standing, period_standing
from cocivic_desktop.ui.models.record_table import Chip
from cocivic_desktop.ui.texts.formats import day_text
from cocivic_desktop.ui.texts.marks import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from datetime import date

    from cocivic_desktop.domain.school_years import CalendarPeriod, SchoolYear

STANDINGS: Final[dict[Standing, tuple[str, str]]] = {
    Standing.ESTIMATE: (QT_TRANSLATE_NOOP("PeriodStanding", "~ estimate"), "warning"),
    Standing.STALE: (QT_TRANSLATE_NOOP("PeriodStanding", "! stale"), "warning"),
    Standing.UNCHECKED: (QT_TRANSLATE_NOOP("PeriodStanding", "? not checked"), "warning"),
    Standing.CONFIRMED: (QT_TRANSLATE_NOOP("PeriodStanding", "✓ confirmed"), "good"),
    Standing.CHECKED: (QT_TRANSLATE_NOOP("PeriodStanding", "checked"), "neutral"),
    Standing.BY_LAW: (QT_TRANSLATE_NOOP("PeriodStanding", "by law"), "neutral"),
    Standing.PAST: (QT_TRANSLATE_NOOP("PeriodStanding", "past"), "neutral"),
}
ESTIMATED: Final = QT_TRANSLATE_NOOP("PeriodStanding", "An estimate: the real days are not known yet.")
CONFIRMED: Final = QT_TRANSLATE_NOOP("PeriodStanding", "Confirmed by the school on {day}.")
CHECKED: Final = QT_TRANSLATE_NOOP("PeriodStanding", "Last checked on {day}.")
NOT_CONFIRMED: Final = QT_TRANSLATE_NOOP("PeriodStanding", "Not confirmed by the school.")
STALE: Final = QT_TRANSLATE_NOOP(
    "PeriodStanding",
    "Stale: not checked for {days} days. After {limit} days the dates stem from the planning of an earlier term; "
    "schools settle examinations and movable days term by term.",
)


def standing_chip(period: CalendarPeriod, year: SchoolYear, today: date) -> Chip:
    """The one word that matters most about a period."""
    text, tone = STANDINGS[period_standing(period, year, today).standing]
    return Chip(_tr(text), tone)


def standing_words(period: CalendarPeriod, year: SchoolYear, today: date) -> str:
    """All that is known of how far a period can be relied on, a sentence a line."""
    found = period_standing(period, year, today)
    parts = [_tr(ESTIMATED)] if period.estimate else []
    if found.confirmed_on is not None:
        parts.append(_tr(CONFIRMED).format(day=day_text(found.confirmed_on)))
    elif found.standing not in (Standing.BY_LAW, Standing.PAST):
        parts.append(_tr(NOT_CONFIRMED))
    if found.checked_on is not None:
        parts.append(_tr(CHECKED).format(day=day_text(found.checked_on)))
    if found.standing is Standing.STALE:
        parts.append(_tr(STALE).format(days=found.days_since_check, limit=STALE_DAYS))
    return "\n".join(parts)


def _tr(text: str) -> str:
    return QCoreApplication.translate("PeriodStanding", text)
