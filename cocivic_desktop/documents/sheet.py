"""What all sheets for writing by hand share: their head and foot, the code, and places to sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cocivic_desktop.documents.content import Block, Note, Picture, SimpleDocument, Table
from cocivic_desktop.library.labels import Labels, labels

WORDS = "sheets.toml"
ROW_HEIGHT = 430
"""Least height of a row to write in by hand, in twentieths of a point (7.6 mm)."""
SIGN_HEIGHT = 640


@dataclass(frozen=True, kw_only=True)
class SheetSetting:
    """Whose sheet it is, and on what it is written. `code` is printed on every page."""

    partnership: str
    school: str
    organisation: str
    code: str
    letterhead: tuple[str, ...] = ()
    letterhead_file: bytes | None = None
    logo: Picture | None = None


def sheet_words(language: str) -> tuple[Labels, Labels]:
    """The words of sheets, and those of all documents."""
    return labels(language, WORDS), labels(language)


def sheet_document(
    setting: SheetSetting, language: str, kind: str, title: str, subtitle: Sequence[str], blocks: Sequence[Block]
) -> SimpleDocument:
    """A sheet; `kind` is a section of the words, such as "attendance"."""
    words, fixed = sheet_words(language)
    return SimpleDocument(
        title=title,
        language=language,
        words=fixed,
        kind_label=words[f"{kind}.kind"],
        subtitle="\n".join(line for line in subtitle if line),
        blocks=(*blocks, Note(words.text("code", code=setting.code))),
        header=" · ".join((words[f"{kind}.kind"], title)),
        footer=" · ".join((words[f"{kind}.kind"], setting.code)),
        letterhead=setting.letterhead,
        letterhead_file=setting.letterhead_file,
        logo=setting.logo,
        author=setting.organisation,
    )


def day_words(day: date, fixed: Labels) -> str:
    """A day of the week and the day without its year, short enough for the head of a narrow column."""
    plain = fixed.format_date(day, "short").replace(str(day.year), "").strip("/-")
    plain = plain.replace(f"{day.day:02}", str(day.day)).replace(f"{day.month:02}", str(day.month))
    return f"{fixed.weekday(day.weekday(), short=True)} {plain}"


def signatures(words: Labels, sides: Sequence[str]) -> Table:
    """A row to sign in for each."""
    return Table(
        caption=words["sign.caption"],
        head=[words["sign.who"], words["sign.name"], words["sign.day"], words["sign.signature"]],
        rows=[[side, "", "", ""] for side in sides],
        widths=(28, 28, 16, 28),
        row_height=SIGN_HEIGHT,
        ruled=True,
    )
