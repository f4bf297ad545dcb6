"""The monthly sheet of a person: days, hours and categories, filled with what is noted, and signed by both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time

from cocivic_desktop.documents.content import Block, Note, SimpleDocument, Table
from cocivic_desktop.documents.sheet import ROW_HEIGHT, SheetSetting, day_words, sheet_document, sheet_words, signatures
from cocivic_desktop.domain.hours import HourCategory
from cocivic_desktop.library.labels import Labels


@dataclass(frozen=True)
class MonthEntry:
    """Hours that are noted already. `minutes` are whole minutes."""

    on: date
    minutes: int
    category: HourCategory
    start_time: time | None = None
    what: str = ""


@dataclass(frozen=True, kw_only=True)
class MonthlyFacts:
    """What the sheet says. `month` is any day of the month."""

    setting: SheetSetting
    person: str
    month: date
    role: str = ""
    entries: Sequence[MonthEntry] = ()
    blank_lines: int = 12


def monthly_sheet(facts: MonthlyFacts, language: str) -> SimpleDocument:
    """The document in a language."""
    words, fixed = sheet_words(language)
    setting = facts.setting
    month = words.text("month", month=fixed.month(facts.month.month), year=facts.month.year)
    lines = [
        " · ".join(part for part in (month, facts.role) if part),
        f"{setting.partnership} · {setting.school}",
    ]
    return sheet_document(setting, language, "monthly", facts.person, lines, tuple(_blocks(facts, words, fixed)))


def _blocks(facts: MonthlyFacts, words: Labels, fixed: Labels) -> Iterator[Block]:
    yield words["monthly.how"]
    rows = [
        [
            day_words(one.on, fixed),
            f"{one.start_time:%H:%M}" if one.start_time else "",
            f"{one.minutes // 60}:{one.minutes % 60:02}",
            fixed[f"hour_category.{one.category.value}"],
            one.what,
        ]
        for one in facts.entries
    ]
    total = sum(one.minutes for one in facts.entries)
    noted = f"{total // 60}:{total % 60:02}" if total else ""
    yield Table(
        head=[words[f"column.{name}"] for name in ("day", "from", "hours", "category", "what")],
        rows=[*rows, *[[""] * 5 for _ in range(facts.blank_lines)], [words["monthly.total"], "", noted, "", ""]],
        widths=(16, 12, 12, 22, 38),
        row_height=ROW_HEIGHT,
        ruled=True,
    )
    categories = [fixed[f"hour_category.{one.value}"] for one in HourCategory]
    yield Note(words.text("monthly.categories", categories=" · ".join(categories)))
    yield signatures(words, [facts.person, words["sign.for_cso"]])
