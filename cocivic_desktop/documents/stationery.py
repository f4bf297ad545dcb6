"""What the pages of a document wear, as HTML for Qt's printing: the heads and feet of a letterhead, where they stand.

It is read from the document that is also written as DOCX, so print and PDF look like that: its words in their fonts,
colours and alignment, its tables, its pictures, and what floats on the page (pictures, text boxes, bars of colour).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cocivic_desktop.documents.stationery_html import StoryReader
from cocivic_desktop.documents.wml import Element, name

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.part import XmlPart

    from cocivic_desktop.documents.stationery_html import Placed, Room

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class Story:
    """A head or a foot: what flows in it, and what floats on the page."""

    html: str
    placed: tuple[Placed, ...]


@dataclass(frozen=True)
class Stationery:
    """The paper of a document: its room, and which heads and feet ("header-first") its pages wear."""

    room: Room
    stories: Mapping[str, Story]
    first_differs: bool
    even_differs: bool

    def story(self, tag: str, page: int) -> Story | None:
        """The "header" or "footer" of a page, counted from 1."""
        if page == 1 and self.first_differs:
            return self.stories.get(f"{tag}-first")
        if page % 2 == 0 and self.even_differs:
            return self.stories.get(f"{tag}-even")
        return self.stories.get(f"{tag}-default")


def stationery(document: Document) -> Stationery:
    """The paper of a document's first section."""
    section = document.sections[0]
    reader = StoryReader(document)
    stories: dict[str, Story] = {}
    for tag, reference, part in _references(section._sectPr, document):
        html, placed = reader.read(part.element, part, tag)
        stories[f"{tag}-{reference}"] = Story(html, placed)
    return Stationery(
        reader.room,
        stories,
        section.different_first_page_header_footer,
        document.settings.odd_and_even_pages_header_footer,
    )


def _references(section: Element, document: Document) -> Iterator[tuple[str, str, XmlPart]]:
    for tag in ("header", "footer"):
        for reference in section.findall(name(f"{tag}Reference")):
            part = document.part.related_parts[reference.get(_R, "")]
            yield tag, reference.get(name("type"), "default"), part
