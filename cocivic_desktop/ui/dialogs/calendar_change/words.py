"""Words for what a changed school calendar does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.domain.rules.calendar_changes import HitKind
from cocivic_desktop.services.school_year_changes import Decision, PeriodChangeKind, Way
from cocivic_desktop.ui.models.record_table import Chip
from cocivic_desktop.ui.pages.calendar.words import conflict_sentence, skip_text, slot_text
from cocivic_desktop.ui.texts.marks import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from cocivic_desktop.services.school_year_slots import DateHit

KINDS: Final[dict[PeriodChangeKind, tuple[str, str]]] = {
    PeriodChangeKind.ADDED: (QT_TRANSLATE_NOOP("CalendarChange", "+ new"), "accent"),
    PeriodChangeKind.MOVED: (QT_TRANSLATE_NOOP("CalendarChange", "→ moved"), "warning"),
    PeriodChangeKind.CHANGED: (QT_TRANSLATE_NOOP("CalendarChange", "other words"), "neutral"),
    PeriodChangeKind.GONE: (QT_TRANSLATE_NOOP("CalendarChange", "– gone"), "bad"),
}
LEFT_OUT: Final = QT_TRANSLATE_NOOP("CalendarChange", "Its series leaves it out: {reason}.")
ENDS_EARLIER: Final = QT_TRANSLATE_NOOP("CalendarChange", "Its series ends earlier.")
STAYS: Final = QT_TRANSLATE_NOOP("CalendarChange", "stays as it is")
STAYS_OUT: Final = QT_TRANSLATE_NOOP("CalendarChange", "stays left out")
CALLED_OFF: Final = QT_TRANSLATE_NOOP("CalendarChange", "called off")


def tr(text: str) -> str:
    """A text of this dialog in the language of the screen."""
    return QCoreApplication.translate("CalendarChange", text)


def kind_chip(kind: PeriodChangeKind) -> Chip:
    """What happens to a period."""
    text, tone = KINDS[kind]
    return Chip(tr(text), tone)


def why(hit: DateHit, names: Mapping[UUID, str]) -> str:
    """Why a date is hit, in a sentence or two."""
    if hit.hit.kind is HitKind.LEFT_OUT:
        skip = hit.hit.skip
        return tr(LEFT_OUT).format(reason=skip_text(skip)) if skip is not None else tr(ENDS_EARLIER)
    return " ".join(conflict_sentence(each, names) for each in hit.hit.conflicts)


def decision_text(decision: Decision, hit: DateHit) -> str:
    """What becomes of a date, in a few words."""
    if decision.way is Way.MOVE and decision.on is not None:
        return slot_text(decision.on, decision.at)
    if decision.way is Way.CALL_OFF:
        return tr(CALLED_OFF)
    return tr(STAYS_OUT if hit.hit.kind is HitKind.LEFT_OUT else STAYS)
