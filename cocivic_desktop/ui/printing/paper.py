"""The paper that pages are printed on: what stands round the text. Lengths are in points of paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QPageSize, QPainter

if TYPE_CHECKING:
    from cocivic_desktop.documents.content import AgreementText, SimpleDocument

    Texts = Sequence[AgreementText] | Sequence[SimpleDocument]

MARGINS_MM: Final = QMarginsF(22, 18, 18, 16)
HEAD_MM: Final = 10.0
"""Height of the line above the text, and of the one below it."""
POINT_MM: Final = 25.4 / 72
GREY: Final = Qt.GlobalColor.darkGray


class Paper(Protocol):
    """What stands round the text of a document."""

    page_size: QPageSize
    first_lower: float
    """How much lower the text begins on the first page than on the others."""

    def room(self, width: float, height: float) -> QRectF:
        """The place of the text on a page of a size."""

    def paint(self, painter: QPainter, number: int, count: int) -> QRectF:
        """Paint what stands round the text of one page of so many; gives the place of the text."""


class PlainPaper:
    """White A4 with room for binding: a title from the second page on, the draft mark, and numbers of pages."""

    first_lower = 0.0

    def __init__(self, texts: Texts) -> None:
        self.page_size = QPageSize(QPageSize.PageSizeId.A4)
        self._texts = texts
        self._room = QRectF()

    def room(self, width: float, height: float) -> QRectF:
        """Between the margins, without the lines above and below."""
        left, top = MARGINS_MM.left(), MARGINS_MM.top() + HEAD_MM
        right, bottom = MARGINS_MM.right(), MARGINS_MM.bottom() + HEAD_MM
        self._room = QRectF(0, 0, width, height).adjusted(
            left / POINT_MM, top / POINT_MM, -right / POINT_MM, -bottom / POINT_MM
        )
        return self._room

    def paint(self, painter: QPainter, number: int, count: int) -> QRectF:
        """The line above the text and the one below it."""
        room, first = self._room, self._texts[0]
        painter.setFont(font_of(8))
        painter.setPen(GREY)
        head = QRectF(room.left(), room.top() - HEAD_MM / POINT_MM, room.width(), HEAD_MM / POINT_MM - 6)
        foot = QRectF(room.left(), room.bottom() + 6, room.width(), HEAD_MM / POINT_MM)
        if number > 1:
            painter.drawText(head, Qt.AlignmentFlag.AlignLeft, first.header or first.title)
        if mark := draft_mark(self._texts):
            painter.drawText(head, Qt.AlignmentFlag.AlignRight, mark)
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, first.footer)
        pages = first.words["document.page"].format(page=number, pages=count)
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight, pages)
        return room


def draft_mark(texts: Texts) -> str:
    """The word that stands on every page of a draft, in each language; "" on anything else."""
    marks = dict.fromkeys(text.words["document.draft_mark"] for text in texts if getattr(text, "draft", False))
    return " / ".join(marks)


def font_of(points: int) -> QFont:
    """The system's font in points of paper: the layout counts one point as one unit."""
    font = QFont()
    font.setPixelSize(points)
    return font
