"""The dates as rows of the strip and of the agenda."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.domain.activities import ActivityKind, ActivityStatus
from cocivic_desktop.domain.school_years import PeriodKind
from cocivic_desktop.ui.models.record_table import Chip, Column
from cocivic_desktop.ui.pages.calendar import words
from cocivic_desktop.ui.texts.formats import day_text, span_text
from cocivic_desktop.ui.texts.marks import QT_TRANSLATE_NOOP
from cocivic_desktop.ui.texts.words import capital, word
from cocivic_desktop.ui.widgets.year_strip import Mark, MarkState, Shade, StripRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cocivic_desktop.domain.rules.recurrence import Occurrence
    from cocivic_desktop.services.calendar_overview import OtherDate
    from cocivic_desktop.ui.pages.calendar.data import CalendarData, Entry

KINDS = {
    ActivityKind.SESSION: QT_TRANSLATE_NOOP("Calendar", "Project sessions"),
    ActivityKind.WORKSHOP: QT_TRANSLATE_NOOP("Calendar", "Workshops"),
    ActivityKind.MEETING: QT_TRANSLATE_NOOP("Calendar", "Meetings"),
    ActivityKind.VISIT: QT_TRANSLATE_NOOP("Calendar", "Visits"),
    ActivityKind.EVENT: QT_TRANSLATE_NOOP("Calendar", "Public events"),
    ActivityKind.DEADLINE: QT_TRANSLATE_NOOP("Calendar", "Deadlines"),
}
"""Rows of the strip from top to bottom; those without a date are left out."""

_STATES = {
    ActivityStatus.TENTATIVE: MarkState.TENTATIVE,
    ActivityStatus.CONFIRMED: MarkState.PLANNED,
    ActivityStatus.DONE: MarkState.DONE,
    ActivityStatus.CANCELLED: MarkState.CANCELLED,
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Calendar", text)


def strip_rows(data: CalendarData) -> list[StripRow]:
    """A row for each kind of activity that has dates, and one for other partnerships."""
    by_kind: dict[ActivityKind, list[Mark]] = {kind: [] for kind in KINDS}
    for entry in data.entries:
        if entry.occurrence is not None:
            by_kind[entry.activity.kind].append(_mark(data, entry))
    rows = [StripRow(_tr(KINDS[kind]), marks) for kind, marks in by_kind.items() if marks]
    if data.other_marks:
        rows.append(StripRow(_tr(QT_TRANSLATE_NOOP("Calendar", "Other partnerships")), data.other_marks))
    return rows or [StripRow("", [])]


def other_marks(others: Iterable[OtherDate]) -> list[Mark]:
    """The dates of other partnerships; there may be thousands, so this is done in a thread."""
    return [Mark(one.occurrence.on, MarkState.OTHER, partial(_other_tip, one)) for one in others]


def strip_shades(data: CalendarData) -> list[Shade]:
    """The school's periods as shaded days; days outside the terms are shaded as holidays."""
    if data.view is None:
        return []
    shades = []
    for period in data.view.periods:
        role = "assessment" if period.kind in _EXAMS else "holiday"
        tip = f"{capital(word(period.kind))}: {period.name}, {span_text(period.starts_on, period.ends_on)}"
        if period.estimate:
            tip += _tr(QT_TRANSLATE_NOOP("Calendar", " (estimate)"))
        if period.ends_on >= data.first and period.starts_on <= data.last:
            shades.append(Shade(period.starts_on, period.ends_on, role, tip))
    return shades


_EXAMS = (PeriodKind.ASSESSMENT, PeriodKind.ACCREDITATION_DEADLINE)


def _mark(data: CalendarData, entry: Entry) -> Mark:
    one = entry.occurrence
    if one is None:
        raise ValueError("a date that is left out has no mark")
    state = _STATES[one.status]
    if entry.standing:
        state = MarkState.IMPOSSIBLE if entry.hard else MarkState.UNWISE
    return Mark(one.on, state, partial(_own_tip, data, entry, one), entry.id)


def _own_tip(data: CalendarData, entry: Entry, one: Occurrence) -> str:
    lines = [f"{words.when_text(one)} · {entry.activity.title} ({word(one.status)})"]
    names = data.overview.names if data.overview is not None else {}
    lines += [words.conflict_sentence(each, names) for each in entry.conflicts if not each.accepted]
    return "\n".join(lines)


def _other_tip(other: OtherDate) -> str:
    return f"{words.when_text(other.occurrence)} · {other.title} ({other.partnership})"


def agenda_columns() -> list[Column[Entry]]:
    """The columns of the agenda."""
    return [
        Column("on", _tr(QT_TRANSLATE_NOOP("Calendar", "Date")), _date, 92, strong=True),
        Column("time", _tr(QT_TRANSLATE_NOOP("Calendar", "Time")), _hours, 98),
        Column(
            "title", _tr(QT_TRANSLATE_NOOP("Calendar", "Activity")), lambda entry: entry.activity.title, 0, tip=_tip
        ),
        Column("place", _tr(QT_TRANSLATE_NOOP("Calendar", "Place")), _place, 100),
        Column("state", _tr(QT_TRANSLATE_NOOP("Calendar", "State")), _state, 96),
        Column("conflict", _tr(QT_TRANSLATE_NOOP("Calendar", "In the way")), _conflict, 190, tip=_tip),
    ]


def _date(entry: Entry) -> str:
    return day_text(entry.on, weekday=True, year=False)


def _hours(entry: Entry) -> str:
    return words.hours_text(entry.occurrence) if entry.occurrence is not None else ""


def _place(entry: Entry) -> str:
    return entry.occurrence.place if entry.occurrence is not None else ""


def _state(entry: Entry) -> Chip:
    if entry.skip is not None:
        return Chip(_tr(QT_TRANSLATE_NOOP("Calendar", "left out")))
    if entry.occurrence is None:
        return Chip(_tr(QT_TRANSLATE_NOOP("Calendar", "archived")))
    return Chip.of(entry.occurrence.status)


def _conflict(entry: Entry) -> Chip | str:
    if entry.skip is not None:
        return words.skip_text(entry.skip)
    return words.severity_chip(list(entry.conflicts)) or ""


def _tip(entry: Entry) -> str:
    if entry.skip is not None:
        return words.skip_text(entry.skip)
    return "\n".join(words.conflict_sentence(each, {}) for each in entry.conflicts)
