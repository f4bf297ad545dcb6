"""Letters as DOCX: recipient, place and date, subject, text, and room for a signature above the name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cocivic_desktop.documents import base
from cocivic_desktop.documents.content import Block, Items, SimpleDocument
from cocivic_desktop.documents.wml import Element, one_line, paragraph, run, text_paragraph

POINT = "• "
"""What a line begins with that is a point of a list."""
_SIGNATURE_LINES = 2


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter. `text` has a paragraph per line, and points where lines begin with `POINT`.

    `page` gives language, letterhead and properties; its title is the subject.
    """

    page: SimpleDocument
    recipient: Sequence[str]
    place_date: str
    salutation: str
    text: str
    closing: str
    signer: Sequence[str] = ()
    """Name, position and organisation, one a line."""
    enclosure: str = ""


def letter_bytes(letter: Letter) -> bytes:
    """The letter as DOCX. Raises `BadInput` for a logo or letterhead that cannot be read."""
    language = letter.page.language
    document = base.new_document([letter.page])
    content = [text_paragraph("PartyLine", line, language) for line in letter.recipient if line.strip()]
    content.append(paragraph("", [run(letter.place_date, language)], right=True))
    content.append(text_paragraph("Heading2", one_line(letter.page.title), language))
    content.append(text_paragraph("", letter.salutation, language))
    content += _body(letter.text, language)
    content.append(text_paragraph("", letter.closing, language, keep_next=True))
    signer = [line for line in letter.signer if line.strip()]
    content += [paragraph("", keep_next=True) for _ in range(_SIGNATURE_LINES if signer else 0)]
    for number, line in enumerate(signer, start=1):
        content.append(text_paragraph("PartyLine", line, language, keep_next=number < len(signer)))
    if letter.enclosure:
        content.append(text_paragraph("Note", letter.enclosure, language))
    return base.put(document, content)


def blocks_of(text: str) -> list[Block]:
    """A typed text as blocks: a paragraph per line, points together as a list."""
    blocks: list[Block] = []
    points: list[str] = []
    for line in [*text.splitlines(), ""]:
        if line.startswith(POINT):
            points.append(line.removeprefix(POINT).strip())
            continue
        if points:
            blocks.append(Items(points))
            points = []
        if line.strip():
            blocks.append(line.strip())
    return blocks


def _body(text: str, language: str) -> list[Element]:
    content: list[Element] = []
    for block in blocks_of(text):
        if isinstance(block, Items):
            content += [text_paragraph("ListBullet", str(item), language) for item in block.items]
        else:
            content.append(text_paragraph("", str(block), language))
    return content
