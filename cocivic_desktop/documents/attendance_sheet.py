"""The attendance sheet: people down, dates across, room for signatures, and empty lines for people not known yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time

from cocivic_desktop.documents.content import Block, Heading, Note, SimpleDocument, Table
from cocivic_desktop.documents.sheet import ROW_HEIGHT, SheetSetting, day_words, sheet_document, sheet_words, signatures
from cocivic_desktop.library.labels import Labels

DATES_ACROSS = 6
"""Dates that stand beside each other; more go on in further tables."""


@dataclass(frozen=True)
class SheetDay:
    """A date with its time, where it has one, and its length in minutes."""

    on: date
    start_time: time | None = None
    minutes: int = 0


@dataclass(frozen=True)
class SheetPerson:
    """Somebody in the list, with the role or the class."""

    name: str
    role: str = ""


@dataclass(frozen=True, kw_only=True)
class AttendanceFacts:
    """What the sheet says."""

    setting: SheetSetting
    activity: str
    place: str = ""
    days: Sequence[SheetDay] = ()
    people: Sequence[SheetPerson] = ()
    blank_lines: int = 4


def attendance_sheet(facts: AttendanceFacts, language: str) -> SimpleDocument:
    """The document in a language."""
    words, fixed = sheet_words(language)
    setting = facts.setting
    lines = [f"{setting.partnership} · {setting.school}", period(facts.days, fixed)]
    if facts.place:
        lines.append(words.text("place", place=facts.place))
    return sheet_document(
        setting, language, "attendance", facts.activity, lines, tuple(_blocks(facts, words, fixed))
    )  # fmt: skip


def period(days: Sequence[SheetDay], fixed: Labels) -> str:
    """The day and time of one date; first and last day of several."""
    if not days:
        return ""
    if len(days) > 1:
        return fixed.format_period(days[0].on, days[-1].on)
    one = days[0]
    return ", ".join(part for part in (fixed.format_date(one.on, "weekday"), clock(one)) if part)


def clock(day: SheetDay) -> str:
    """The time of a date from beginning to end, "" where it has none."""
    if day.start_time is None:
        return ""
    ends = (day.start_time.hour * 60 + day.start_time.minute + day.minutes) % (24 * 60)
    return f"{day.start_time:%H:%M}–{ends // 60:02}:{ends % 60:02}"


def _blocks(facts: AttendanceFacts, words: Labels, fixed: Labels) -> Iterator[Block]:
    yield words["attendance.how_one" if len(facts.days) < 2 else "attendance.how_many"]
    parts = -(-len(facts.days) // DATES_ACROSS) or 1
    across = -(-len(facts.days) // parts) or 1
    groups = [facts.days[place : place + across] for place in range(0, len(facts.days), across)]
    for number, days in enumerate(groups or [()]):
        if number:
            yield Heading(period(days, fixed), 2, new_page=True)
        yield _one_date(facts, words) if len(facts.days) < 2 else _dates(facts, days, words, fixed)
    yield Note(words["attendance.blank_note"])
    yield signatures(words, [words["sign.in_charge"]])


def _names(facts: AttendanceFacts) -> list[tuple[str, str]]:
    known = [f"{one.name} ({one.role})" if one.role else one.name for one in facts.people]
    return [(f"{number}", name) for number, name in enumerate([*known, *[""] * facts.blank_lines], 1)]


def _one_date(facts: AttendanceFacts, words: Labels) -> Table:
    heads = ("number", "name", "present", "from_until", "signature")
    rows = [[number, name, "", "", ""] for number, name in _names(facts)]
    return Table(
        head=[words[f"column.{name}"] for name in heads],
        rows=[*rows, ["", words["attendance.without_names"], "", "", ""]],
        widths=(6, 34, 14, 18, 28),
        row_height=ROW_HEIGHT,
        ruled=True,
    )


def _dates(facts: AttendanceFacts, days: Sequence[SheetDay], words: Labels, fixed: Labels) -> Table:
    heads = [day_words(one.on, fixed).replace(" ", "\n", 1) for one in days]
    empty = [""] * (len(days) + 1)
    return Table(
        head=[words["column.number"], words["column.name"], *heads, words["column.signature"]],
        rows=[
            *([number, name, *empty] for number, name in _names(facts)),
            ["", words["attendance.without_names"], *empty],
        ],
        widths=(5, 31, *[8.3] * len(days), max(15, 48 - 8.3 * len(days))),
        row_height=ROW_HEIGHT,
        ruled=True,
    )
