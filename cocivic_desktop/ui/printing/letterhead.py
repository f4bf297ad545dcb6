"""Pages on the organisation's own letterhead: its heads and feet are painted as the DOCX wears them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPageSize, QPainter, QTextDocument

from cocivic_desktop.ui.printing.paper import draft_mark, font_of

if TYPE_CHECKING:
    from cocivic_desktop.documents.stationery import Story
    from cocivic_desktop.ui.printing.paper import Texts

_GAP: Final = 8.0
"""Points kept free between a head or foot and the text."""
_LEAST: Final = 0.4
"""Share of a page's height that is left to the text at least, however tall head and foot are."""


class LetterheadPaper:
    """The paper of the letterhead's file. Raises `BadInput` when that cannot be read."""

    def __init__(self, texts: Texts) -> None:
        from cocivic_desktop.documents.base import new_document
        from cocivic_desktop.documents.stationery import stationery
        from cocivic_desktop.documents.stationery_html import PAGE, PAGES

        self._signs = (PAGE, PAGES)
        self._worn = stationery(new_document(texts, draft_mark(texts)))
        room = self._worn.room
        self.page_size = QPageSize(QSizeF(room.width, room.height), QPageSize.Unit.Point)
        tops = [max(room.top, room.head + self._height("header", page) + _GAP) for page in (1, 2, 3)]
        most = room.height * (1 - _LEAST) / 2
        later = min(max(tops[1:]), most)
        bottom = max(max(room.bottom, room.foot + self._height("footer", page) + _GAP) for page in (1, 2, 3))
        self.first_lower = max(0.0, min(tops[0], most) - later)
        self._edges = (room.left, later, -room.right, -min(bottom, most))
        self._page = self._room = QRectF()

    def room(self, width: float, height: float) -> QRectF:
        """Between the margins, below the heads and above the feet."""
        self._page = QRectF(0, 0, width, height)
        self._room = self._page.adjusted(*self._edges)
        return self._room

    def paint(self, painter: QPainter, number: int, count: int) -> QRectF:
        """What floats, the head, and the foot of a page."""
        room = self._worn.room
        for tag in ("header", "footer"):
            story = self._worn.story(tag, number)
            if story is None:
                continue
            self._paint_floating(painter, story, number, count)
            flowing = self._laid_out(story.html, room.text_width, number, count)
            from_top = room.head if tag == "header" else self._page.height() - room.foot - flowing.size().height()
            _paint(painter, flowing, room.left, from_top)
        return self._room

    def _paint_floating(self, painter: QPainter, story: Story, number: int, count: int) -> None:
        for one in story.placed:
            place = QRectF(one.x, one.y, one.width, one.height)
            if one.fill:
                painter.fillRect(
                    place.adjusted(0, 0, max(0.0, 1 - one.width), max(0.0, 1 - one.height)), QColor(one.fill)
                )
            if one.html:
                _paint(painter, self._laid_out(one.html, one.width, number, count), one.x, one.y)

    def _height(self, tag: str, page: int) -> float:
        story = self._worn.story(tag, page)
        return self._laid_out(story.html, self._worn.room.text_width, page, page).size().height() if story else 0.0

    def _laid_out(self, html: str, width: float, number: int, count: int) -> QTextDocument:
        for sign, value in zip(self._signs, (number, count), strict=True):
            html = html.replace(sign, str(value))
        document = QTextDocument()
        document.setDefaultFont(font_of(10))
        document.setDocumentMargin(0)
        document.setHtml(f"<body style='color: #000000'>{html}</body>")
        document.setTextWidth(width)
        return document


def _paint(painter: QPainter, document: QTextDocument, x: float, y: float) -> None:
    painter.save()
    painter.setPen(Qt.GlobalColor.black)
    painter.translate(x, y)
    document.drawContents(painter)
    painter.restore()
