"""The sheet of one session: what is planned, and room for what happened, who was there, and signatures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cocivic_desktop.documents.attendance_sheet import SheetDay, SheetPerson, clock, period
from cocivic_desktop.documents.content import Block, Fields, Heading, SimpleDocument, Table, WritingLines
from cocivic_desktop.documents.sheet import ROW_HEIGHT, SheetSetting, sheet_document, sheet_words, signatures
from cocivic_desktop.library.labels import Labels


@dataclass(frozen=True, kw_only=True)
class SessionFacts:
    """What is known of the session; what is empty becomes lines."""

    setting: SheetSetting
    activity: str
    day: SheetDay
    place: str = ""
    aims: str = ""
    materials: str = ""
    plan: str = ""
    people: Sequence[SheetPerson] = ()
    expected_heads: int | None = None
    blank_lines: int = 3


def session_sheet(facts: SessionFacts, language: str) -> SimpleDocument:
    """The document in a language."""
    words, fixed = sheet_words(language)
    setting = facts.setting
    lines = [f"{setting.partnership} · {setting.school}", period([facts.day], fixed)]
    return sheet_document(setting, language, "session", facts.activity, lines, tuple(_blocks(facts, words)))


def _blocks(facts: SessionFacts, words: Labels) -> Iterator[Block]:
    yield Heading(words["session.planned"], 2)
    expected = "" if facts.expected_heads is None else str(facts.expected_heads)
    planned = [
        (words["session.time"], clock(facts.day), 1),
        (words["session.place"], facts.place, 1),
        (words["session.aims"], facts.aims, 2),
        (words["session.plan"], facts.plan, 2),
        (words["session.materials"], facts.materials, 1),
    ]
    if expected:
        planned.append((words["session.expected"], expected, 1))
    yield Fields(planned)
    yield Heading(words["session.what_happened"], 2)
    yield Fields([(words["session.really"], "", 1), (words["attendance.without_names"], "", 1)])
    yield WritingLines(5, words["session.notes"])
    yield WritingLines(2, words["session.next"])
    yield Heading(words["session.who"], 2)
    known = [f"{one.name} ({one.role})" if one.role else one.name for one in facts.people]
    yield Table(
        head=[words[f"column.{name}"] for name in ("number", "name", "present", "from_until", "signature")],
        rows=[[str(number), name, "", "", ""] for number, name in enumerate([*known, *[""] * facts.blank_lines], 1)],
        widths=(6, 34, 14, 18, 28),
        row_height=ROW_HEIGHT,
        ruled=True,
    )
    yield signatures(words, [words["sign.for_cso"], words["sign.for_school"]])
