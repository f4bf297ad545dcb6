"""Certificates of engagement as DOCX: one page for each person, each with the paper's head on it."""

from __future__ import annotations

import copy
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cocivic_desktop.documents import base, blocks
from cocivic_desktop.documents.content import Picture, SignatureBlock, SimpleDocument, Table
from cocivic_desktop.documents.wml import Element, name, one_line, paragraph, run, w
from cocivic_desktop.library.labels import Labels

MOST_ACTIVITIES = 6
FEWEST_ACTIVITIES = 2
MOST_LINES, MOST_LINES_ON_LETTERHEAD = 9, 6
"""Lines that activities and competences may take together, so that the signatures fit the same page."""
_LONG_NAME, _LONG_BODY = 42, 190
"""Characters of a name and of the sentence below it from which on they take a line more."""
_LINE_LENGTH = 88
"""Characters of a competence that fit a line."""
_SPACE_ABOVE, _SPACE_NAME = 600, 240
_SCARCE_SPACE = 100
"""Space before the first line and around the name, in twentieths of a point; and both where a page is full."""


@dataclass(frozen=True, kw_only=True)
class CertificateText:
    """What one page says. `activities` are titles with minutes, the longest first."""

    number: str
    holder: str
    minutes: int
    first: date
    last: date
    issued_on: date
    roles: Sequence[str] = ()
    activities: Sequence[tuple[str, int]] = ()
    competences: Sequence[str] = ()
    signers: Sequence[SignatureBlock] = ()


@dataclass(frozen=True, kw_only=True)
class CertificatePaper:
    """What all pages share."""

    partnership: str
    organisation: str
    school: str
    letterhead: Sequence[str] = ()
    letterhead_file: bytes | None = None
    logo: Picture | None = None
    made_at: datetime | None = None


def certificates_docx(paper: CertificatePaper, pages: Sequence[CertificateText], words: Labels, fixed: Labels) -> bytes:
    """The document. Each page is a section of its own, so that each wears the first page's head and foot.

    `words` are those of certificate.toml, `fixed` those of labels.toml. Raises `BadInput` for a logo or a letterhead
    that cannot be read.
    """
    document = base.new_document(
        [
            SimpleDocument(
                title=words["kind"],
                language=words.language,
                words={"document.page": ""},
                kind_label=words["kind"],
                footer=words.text("footer", organisation=paper.organisation),
                letterhead=paper.letterhead,
                letterhead_file=paper.letterhead_file,
                logo=paper.logo,
                author=paper.organisation,
                made_at=paper.made_at,
            )
        ]
    )
    section = document.element.body[-1]
    content: list[Element] = []
    for number, page in enumerate(pages, start=1):
        content += _page(page, paper, words, fixed)
        if number < len(pages):
            content.append(w("p", w("pPr", w("pStyle", val="Gap"), copy.deepcopy(section))))
    return base.put(document, content)


def _page(page: CertificateText, paper: CertificatePaper, words: Labels, fixed: Labels) -> list[Element]:
    language = words.language
    body = words.text(
        "body" if page.first != page.last else "body_day",
        hours=fixed.format_hours(page.minutes),
        title=paper.partnership,
        organisation=paper.organisation,
        school=paper.school,
        first=fixed.format_date(page.first),
        last=fixed.format_date(page.last),
    )
    room = MOST_LINES if paper.letterhead_file is None else MOST_LINES_ON_LETTERHEAD
    room -= (len(page.holder) > _LONG_NAME) + (len(body) > _LONG_BODY)
    competences = _fitting(page.competences, room)
    lines = _lines(competences)
    done = _with_the_rest(page, words)
    spare = room - lines - min(len(done), MOST_ACTIVITIES)
    full = spare < (0 if paper.letterhead_file is None else 2)
    above, around = (_SCARCE_SPACE, _SCARCE_SPACE) if full else (_SPACE_ABOVE, _SPACE_NAME)
    content = [
        _centred("Kind", words["kind"], language, before=above),
        _centred("Subtitle", words["lead"], language, before=around),
        _centred("Title", page.holder, language, before=around, after=around),
        _centred("Subtitle", body, language),
    ]
    if page.roles:
        content.append(_centred("", words.text("roles", roles=", ".join(page.roles)), language))
    if done:
        content.append(paragraph("Heading2", [run(words["heading.activities"], language)], keep_next=True))
        content += blocks.data_table(_activities(done, room - lines, words, fixed), language)
    if competences:
        content.append(paragraph("Heading2", [run(words["heading.competences"], language)], keep_next=True))
        content += [paragraph("ListBullet", [run(one_line(one), language)]) for one in competences]
    content.append(_centred("", words["thanks"], language, before=around, after=around))
    content += blocks.signatures(page.signers, fixed, language)
    note = words.text(
        "note", number=page.number, date=fixed.format_date(page.issued_on), organisation=paper.organisation
    )
    content.append(_centred("Note", note, language))
    return content


def _lines(competences: Sequence[str]) -> int:
    return sum(math.ceil(len(one) / _LINE_LENGTH) for one in competences)


def _fitting(competences: Sequence[str], room: int) -> list[str]:
    """The first competences, as many as the page has room for."""
    chosen: list[str] = []
    for one in competences:
        if _lines([*chosen, one]) <= room or not chosen:
            chosen.append(one)
    return chosen


def _with_the_rest(page: CertificateText, words: Labels) -> list[tuple[str, int]]:
    """The activities, and the hours that belong to none, so that the table adds up to what is certified."""
    rest = page.minutes - sum(minutes for _, minutes in page.activities)
    return [*page.activities, (words["other"], rest)] if page.activities and rest > 0 else list(page.activities)


def _activities(done: Sequence[tuple[str, int]], room: int, words: Labels, fixed: Labels) -> Table:
    """The longest activities, and the others together."""
    room = min(MOST_ACTIVITIES, max(FEWEST_ACTIVITIES, room))
    shown = list(done[:room])
    if len(done) > room:
        shown = shown[:-1]
        shown.append((words["more"], sum(minutes for _, minutes in done[len(shown) :])))
    return Table(
        head=[words["column.activity"], words["column.hours"]],
        rows=[[title, fixed.format_hours(minutes)] for title, minutes in shown],
        widths=(76, 24),
        right=frozenset({1}),
    )


def _centred(style: str, text: str, language: str, *, before: int = 0, after: int = -1) -> Element:
    """A centred paragraph; spaces in twentieths of a point, those of the style where none is given."""
    element = paragraph(style, [run(one_line(text), language)], right=True)
    properties = element[0]
    alignment = properties[-1]
    alignment.set(next(iter(alignment.attrib)), "center")
    spacing = w("spacing")
    for side, value in (("before", before), ("after", after)):
        if value > 0:
            spacing.set(name(side), str(value))
    if spacing.attrib:
        alignment.addprevious(spacing)
    return element
