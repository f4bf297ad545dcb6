"""Sentences of the calendar: why a date is in conflict, why a series leaves one out, why a file's entry is not read."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QLocale

from cocivic_desktop.domain.rules.conflicts import Conflict, ConflictCode, Severity
from cocivic_desktop.domain.rules.recurrence import Occurrence, Skip, SkipCode, city, wall_clock, zone_info
from cocivic_desktop.ui.models.record_table import Chip
from cocivic_desktop.ui.texts.formats import day_text, minutes_text, number_text, span_text, time_text
from cocivic_desktop.ui.texts.marks import QT_TRANSLATE_NOOP
from cocivic_desktop.ui.texts.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cocivic_desktop.domain.rules.calendar_files import Skipped
    from cocivic_desktop.domain.rules.free_slots import FreeSlot
    from cocivic_desktop.services.counter_proposals import Proposed
    from cocivic_desktop.ui.pages.calendar.data import Entry

CONFLICTS: Final[dict[ConflictCode, str]] = {
    ConflictCode.CLOSURE: QT_TRANSLATE_NOOP("Calendar", "The school is closed: {name}, {span}."),
    ConflictCode.PUBLIC_HOLIDAY: QT_TRANSLATE_NOOP("Calendar", "Public holiday: {name}."),
    ConflictCode.OUTSIDE_TERM: QT_TRANSLATE_NOOP("Calendar", "It lies outside the school's terms."),
    ConflictCode.ASSESSMENT: QT_TRANSLATE_NOOP("Calendar", "Assessment period: {name}, {span}."),
    ConflictCode.DEADLINE_NEAR: QT_TRANSLATE_NOOP(
        "Calendar", "Shortly before a deadline of the school: {name}, {span}."
    ),
    ConflictCode.OUTSIDE_AGREEMENT: QT_TRANSLATE_NOOP("Calendar", "It lies outside the agreement ({span})."),
    ConflictCode.PERSON_BUSY: QT_TRANSLATE_NOOP("Calendar", "{person} takes part in “{other}” at the same time."),
    ConflictCode.PLACE_BUSY: QT_TRANSLATE_NOOP("Calendar", "{place} is taken at the same time by “{other}”."),
    ConflictCode.OUTSIDE_LESSONS: QT_TRANSLATE_NOOP(
        "Calendar", "It lies outside the school's lessons ({earliest}–{latest})."
    ),
    ConflictCode.OVER_COMMITMENT: QT_TRANSLATE_NOOP(
        "Calendar",
        "More hours than the agreement promises ({who}): {forecast_minutes} with this date, {promised_minutes} "
        "promised. Let somebody else take part, shorten or leave out dates, or agree on more.",
    ),
    ConflictCode.SHORT_NOTICE: QT_TRANSLATE_NOOP(
        "Calendar", "Planned {days} days ahead; the agreement asks for {notice_days} days of notice."
    ),
}
NOTICE_OF_DAYS: Final[dict[int, str]] = {
    0: QT_TRANSLATE_NOOP("Calendar", "Planned for the very day; the agreement asks for {notice_days} days of notice."),
    1: QT_TRANSLATE_NOOP("Calendar", "Planned one day ahead; the agreement asks for {notice_days} days of notice."),
}
NO_LESSONS: Final = QT_TRANSLATE_NOOP("Calendar", "The school has no lessons on this weekday.")
ESTIMATE: Final = QT_TRANSLATE_NOOP("Calendar", "{sentence} The dates are an estimate.")

SHORT: Final[dict[ConflictCode, str]] = {
    ConflictCode.CLOSURE: QT_TRANSLATE_NOOP("Calendar", "School closed"),
    ConflictCode.PUBLIC_HOLIDAY: QT_TRANSLATE_NOOP("Calendar", "Public holiday"),
    ConflictCode.OUTSIDE_TERM: QT_TRANSLATE_NOOP("Calendar", "Outside the terms"),
    ConflictCode.ASSESSMENT: QT_TRANSLATE_NOOP("Calendar", "Assessments"),
    ConflictCode.DEADLINE_NEAR: QT_TRANSLATE_NOOP("Calendar", "Deadline near"),
    ConflictCode.OUTSIDE_AGREEMENT: QT_TRANSLATE_NOOP("Calendar", "Not in the agreement"),
    ConflictCode.PERSON_BUSY: QT_TRANSLATE_NOOP("Calendar", "Person booked"),
    ConflictCode.PLACE_BUSY: QT_TRANSLATE_NOOP("Calendar", "Place booked"),
    ConflictCode.OUTSIDE_LESSONS: QT_TRANSLATE_NOOP("Calendar", "Outside lessons"),
    ConflictCode.OVER_COMMITMENT: QT_TRANSLATE_NOOP("Calendar", "Too many hours"),
    ConflictCode.SHORT_NOTICE: QT_TRANSLATE_NOOP("Calendar", "Short notice"),
}

SKIPS: Final[dict[SkipCode, str]] = {
    SkipCode.CLOSURE: QT_TRANSLATE_NOOP("Calendar", "school closed"),
    SkipCode.PUBLIC_HOLIDAY: QT_TRANSLATE_NOOP("Calendar", "public holiday"),
    SkipCode.ASSESSMENT: QT_TRANSLATE_NOOP("Calendar", "assessments"),
    SkipCode.OUTSIDE_TERM: QT_TRANSLATE_NOOP("Calendar", "outside the terms"),
    SkipCode.NO_TEACHING_WEEK: QT_TRANSLATE_NOOP("Calendar", "no teaching in this week"),
    SkipCode.NOT_ENOUGH_WEEKS: QT_TRANSLATE_NOOP("Calendar", "the known terms end before the wanted number is reached"),
}

FILE_REASONS: Final[dict[str, str]] = {
    "cancelled": QT_TRANSLATE_NOOP("Calendar", "it is cancelled in the file"),
    "no_start": QT_TRANSLATE_NOOP("Calendar", "it has no first day"),
    "no_date": QT_TRANSLATE_NOOP("Calendar", "it has no date"),
    "impossible_date": QT_TRANSLATE_NOOP("Calendar", "its date does not exist: {value}"),
    "ends_before_start": QT_TRANSLATE_NOOP("Calendar", "it ends ({ends}) before it starts ({starts})"),
    "too_long": QT_TRANSLATE_NOOP("Calendar", "it lasts {days} days, too long for a period"),
    "unsupported_rule": QT_TRANSLATE_NOOP("Calendar", "it repeats in a way that is not supported ({field})"),
    "duplicate": QT_TRANSLATE_NOOP("Calendar", "it stands in the file twice"),
    "too_many_events": QT_TRANSLATE_NOOP("Calendar", "the file holds too many entries; the first {limit} were read"),
    "not_an_event": QT_TRANSLATE_NOOP("Calendar", "{count} entries are tasks or notes, no events"),
    "truncated": QT_TRANSLATE_NOOP("Calendar", "the file breaks off inside it"),
    "unreadable": QT_TRANSLATE_NOOP("Calendar", "it cannot be read"),
    "outside_window": QT_TRANSLATE_NOOP("Calendar", "{count} entries lie outside this school year"),
    "other_region": QT_TRANSLATE_NOOP("Calendar", "{count} entries are for other regions than {region}"),
    "other_country": QT_TRANSLATE_NOOP("Calendar", "it is for another country: {country}"),
    "damaged_lines": QT_TRANSLATE_NOOP("Calendar", "{count} damaged lines in it were left out"),
    "no_uid": QT_TRANSLATE_NOOP("Calendar", "it has no identity of its own; its name and day serve instead"),
    "unknown_zone": QT_TRANSLATE_NOOP("Calendar", "its time zone is not known: {zone}"),
    "encoding_guessed": QT_TRANSLATE_NOOP("Calendar", "the file does not say its encoding; read as {encoding}"),
    "ends_doubtful": QT_TRANSLATE_NOOP(
        "Calendar", "the file may count last days in another way than usual: compare one period with the school's list"
    ),
    "ambiguous_dates": QT_TRANSLATE_NOOP(
        "Calendar", "day and month may be mixed up: compare one date with the school's list"
    ),
    "other": QT_TRANSLATE_NOOP("Calendar", "it cannot be used"),
}
REASONS_OF_ONE: Final[dict[str, str]] = {
    "not_an_event": QT_TRANSLATE_NOOP("Calendar", "one entry is a task or a note, no event"),
    "outside_window": QT_TRANSLATE_NOOP("Calendar", "one entry lies outside this school year"),
    "other_region": QT_TRANSLATE_NOOP("Calendar", "one entry is for another region than {region}"),
    "damaged_lines": QT_TRANSLATE_NOOP("Calendar", "one damaged line in it was left out"),
}
"""The same where the count is one."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Calendar", text)


def conflict_sentence(conflict: Conflict, names: Mapping[UUID, str]) -> str:
    """Why a date is in conflict, in one sentence."""
    facts = conflict.parameters
    source = CONFLICTS[conflict.code]
    if conflict.code is ConflictCode.OUTSIDE_LESSONS and facts.get("earliest") is None:
        source = NO_LESSONS
    if conflict.code is ConflictCode.SHORT_NOTICE and isinstance(days := facts.get("days"), int):
        source = NOTICE_OF_DAYS.get(days, source)
    starts, ends = facts.get("starts_on"), facts.get("ends_on")
    words: dict[str, object] = {name: _worded(value) for name, value in facts.items()}
    words |= {
        name: minutes_text(value)
        for name, value in facts.items()
        if name.endswith("_minutes") and isinstance(value, int)
    }
    words["span"] = span_text(starts if isinstance(starts, date) else None, ends if isinstance(ends, date) else None)
    words["person"] = _name(facts.get("person_id"), names) or _tr("Somebody")
    side, role = facts.get("side"), facts.get("role")
    words["who"] = str(role or (word(side) if isinstance(side, StrEnum) else ""))
    words["other"] = _name(facts.get("other_activity_id"), names) or _tr("another activity")
    sentence = _tr(source).format(**words)
    return _tr(ESTIMATE).format(sentence=sentence) if facts.get("estimate") else sentence


def severity_chip(conflicts: list[Conflict]) -> Chip | None:
    """One chip for the conflicts of a date: the worst counts, accepted ones less."""
    standing = [each for each in conflicts if not each.accepted]
    if any(each.severity is Severity.HARD for each in standing):
        return Chip(_tr("× not possible"), "bad")
    if standing:
        return Chip(_tr("! unwise"), "warning")
    return Chip(_tr("kept on purpose"), "neutral") if conflicts else None


def skip_text(skip: Skip) -> str:
    """Why a series leaves a date out, in a few words."""
    reason = _tr(SKIPS[skip.code])
    return f"{reason}: {skip.name}" if skip.name else reason


def file_reason(skipped: Skipped) -> str:
    """Why an entry of a file was not read, or read with a doubt."""
    source = FILE_REASONS.get(skipped.reason_code, FILE_REASONS["other"])
    if skipped.parameters.get("count") == 1:
        source = REASONS_OF_ONE.get(skipped.reason_code, source)
    words = {name: _worded(value) for name, value in skipped.parameters.items()}
    try:
        text = _tr(source).format(**words)
    except KeyError:
        text = _tr(FILE_REASONS["other"])
    return f"{skipped.what}: {text}" if skipped.what else text[:1].upper() + text[1:]


def when_text(one: Occurrence, *, year: bool = False) -> str:
    """Day and time of an occurrence: "Tue 1 Dec, 10:00–11:30"; only days when it lasts the whole day."""
    day = day_text(one.on, weekday=True, year=year)
    if one.starts_at is None:
        return day if one.ends_on == one.on else f"{day} – {day_text(one.ends_on, weekday=True, year=year)}"
    return f"{day}, {hours_text(one)}"


def hours_text(one: Occurrence) -> str:
    """From when to when: "10:00–11:30"."""
    if one.starts_at is None or one.ends_at is None:
        return _tr("all day")
    return f"{time_text(one.starts_at)}–{time_text(one.ends_at)}"


def clock_text(entry: Entry) -> str:
    """Where a date is held in another zone: "11:00 in Istanbul", with the day where that differs; else empty."""
    own, one = entry.own_clock, entry.occurrence
    if own is None or one is None:
        return ""
    text = time_text(own.starts_at)
    if own.on != one.on:
        text = f"{day_text(own.on, weekday=True, year=False)} {text}"
    return _tr(QT_TRANSLATE_NOOP("Calendar", "{time} in {place}")).format(time=text, place=city(entry.activity.zone))


def proposed_text(wanted: Proposed, entry: Entry | None = None) -> str:
    """What somebody proposes: "Wed 7 Oct, 16:00–17:30", on the clock that the date is shown in."""
    on, at = wanted.on, wanted.at
    if entry is not None and entry.own_clock is not None and at is not None:
        there = wall_clock(on, at, entry.activity.zone).astimezone(zone_info(entry.zone))
        on, at = there.date(), there.time()
    day = day_text(on, weekday=True, year=False)
    if at is None:
        return _tr(QT_TRANSLATE_NOOP("Calendar", "{day}, all day")).format(day=day)
    ends = (datetime.combine(on, at) + timedelta(minutes=wanted.minutes or 0)).time()
    return f"{day}, {time_text(at)}–{time_text(ends)}" if wanted.minutes else f"{day}, {time_text(at)}"


def slot_text(on: date, at: time | None) -> str:
    """A free slot on a button: "Tue 15 Dec 10:00"."""
    return f"{day_text(on, weekday=True, year=False)} {time_text(at)}".strip()


def conflict_word(code: ConflictCode) -> str:
    """What is in the way, in two words."""
    return _tr(SHORT[code])


def conflict_chip(conflicts: Sequence[Conflict]) -> Chip:
    """The worst that is in the way of a date, the open ones first, and how much more there is."""
    worst = min(conflicts, key=lambda each: (each.accepted, each.severity is not Severity.HARD))
    text = conflict_word(worst.code)
    others = len({each.code for each in conflicts}) - 1
    if others:
        text = f"{text} +{others}"
    if worst.accepted:
        return Chip(f"✓ {text}", "neutral")
    return Chip(f"× {text}", "bad") if worst.severity is Severity.HARD else Chip(f"! {text}", "warning")


def signed_sentence(conflict: Conflict, names: Mapping[UUID, str]) -> str:
    """Why a date is in conflict, with a sign for how bad it is."""
    sentence = conflict_sentence(conflict, names)
    if conflict.accepted:
        return _tr(QT_TRANSLATE_NOOP("Calendar", "Kept on purpose: {sentence}")).format(sentence=sentence)
    if conflict.severity is Severity.HARD:
        return _tr(QT_TRANSLATE_NOOP("Calendar", "× Not possible: {sentence}")).format(sentence=sentence)
    return _tr(QT_TRANSLATE_NOOP("Calendar", "! Unwise: {sentence}")).format(sentence=sentence)


def slot_distance(slot: FreeSlot) -> str:
    """How far a free slot lies from the present date: "a week later", "same day"."""
    if slot.days == 0:
        return _tr(QT_TRANSLATE_NOOP("Calendar", "same day"))
    weeks, rest = divmod(abs(slot.days), 7)
    later = slot.days > 0
    if not rest and weeks == 1:
        text = (
            QT_TRANSLATE_NOOP("Calendar", "a week later") if later else QT_TRANSLATE_NOOP("Calendar", "a week earlier")
        )
    elif not rest:
        text = (
            QT_TRANSLATE_NOOP("Calendar", "{count} weeks later")
            if later
            else QT_TRANSLATE_NOOP("Calendar", "{count} weeks earlier")
        )
    elif abs(slot.days) == 1:
        text = QT_TRANSLATE_NOOP("Calendar", "a day later") if later else QT_TRANSLATE_NOOP("Calendar", "a day earlier")
    else:
        text = (
            QT_TRANSLATE_NOOP("Calendar", "{count} days later")
            if later
            else QT_TRANSLATE_NOOP("Calendar", "{count} days earlier")
        )
    return _tr(text).format(count=abs(slot.days) if rest else weeks)


def series_text(first: date | None, last: date | None) -> str:
    """A series from one day to another: "Tuesdays, 1 Sep – 1 Dec 2026"."""
    weekday = QLocale().dayName(first.isoweekday()) if first is not None else ""
    return _tr(QT_TRANSLATE_NOOP("Calendar", "{weekday}, {span}")).format(weekday=weekday, span=span_text(first, last))


def weekday_names() -> list[str]:
    """Short names of the weekdays, Monday first."""
    return [QLocale().dayName(number, QLocale.FormatType.ShortFormat) for number in range(1, 8)]


def _name(key: object, names: Mapping[UUID, str]) -> str:
    return names.get(key, "") if isinstance(key, UUID) else ""


def _worded(value: object) -> str:
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, time):
        return time_text(value)
    if isinstance(value, int | float):
        return number_text(value)
    return str(value)
