"""Laying agreements and sheets out on pages: heads, feet and page numbers round Qt's text; printer, preview and PDF."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QPageLayout,
    QPageSize,
    QPainter,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from cocivic_desktop.ui.printing.agreement_html import agreement_html
from cocivic_desktop.ui.printing.output import pdf_file, preview_dialog
from cocivic_desktop.ui.printing.simple_html import simple_html

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
    from PySide6.QtWidgets import QWidget

    from cocivic_desktop.documents.content import AgreementText, SimpleDocument

    Texts = Sequence[AgreementText] | Sequence[SimpleDocument]

MARGINS_MM: Final = QMarginsF(22, 18, 18, 16)
HEAD_MM: Final = 10.0
"""Height of the line above the text, and of the one below it."""
POINT_MM: Final = 25.4 / 72
_LINES_KEPT: Final = 28.0
"""Height of the two lines that stand below a heading at least, in points."""
BLACK, GREY = Qt.GlobalColor.black, Qt.GlobalColor.darkGray


def write_pdf(texts: Texts, path: Path) -> Path:
    """Write an A4 PDF, whole or not at all. Raises `BadInput` when it cannot be written."""
    sorry = "The PDF could not be made. Please try again, or save it as a Word document."
    return pdf_file(texts[0].title, set_up, partial(print_pages, texts), path, sorry)


def show_preview(texts: Texts, parent: QWidget) -> QPrintPreviewDialog:
    """Show the pages as they will be printed; the dialog prints them on any printer there is."""
    return preview_dialog(texts[0].title, set_up, partial(print_pages, texts), parent)


def set_up(printer: QPrinter) -> None:
    """A4, upright, with room for binding; the margins are drawn here, so the printer's own are none."""
    page = QPageSize(QPageSize.PageSizeId.A4)
    printer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
    printer.setFullPage(True)


def print_pages(texts: Texts, printer: QPrinter) -> bool:
    """Paint every page (or those the person asked for) on a printer or into its file; False when that fails."""
    painter = QPainter()
    if not painter.begin(printer):
        return False
    try:
        document, scale = layout(texts, printer)
        count = document.pageCount()
        first, last = printer.fromPage() or 1, min(printer.toPage() or count, count)
        for number in range(first, last + 1):
            if number > first:
                printer.newPage()
            _paint_page(painter, texts, document, scale, number, count)
    finally:
        painter.end()
    return True


def layout(texts: Texts, printer: QPrinter) -> tuple[QTextDocument, float]:
    """The text in pages, in points, and how many dots of the printer a point has."""
    paper = printer.pageLayout().fullRect(QPageLayout.Unit.Millimeter)
    width = paper.width() - MARGINS_MM.left() - MARGINS_MM.right()
    height = paper.height() - MARGINS_MM.top() - MARGINS_MM.bottom() - 2 * HEAD_MM
    document = QTextDocument()
    document.setDefaultFont(_font(10))
    document.setDocumentMargin(0)
    document.setHtml(_html(texts))
    document.setPageSize(QSizeF(width / POINT_MM, height / POINT_MM))
    keep_headings(document)
    return document, printer.resolution() / 72


def keep_headings(document: QTextDocument) -> None:
    """Put every heading that would end a page on the next one, with what it is the heading of."""
    height = document.pageSize().height()
    places = document.documentLayout()
    block = document.begin()
    while block.isValid():
        following = block.next()
        if block.blockFormat().headingLevel() and following.isValid() and QTextCursor(block).currentTable() is None:
            after = following.next() if following.next().isValid() else following
            page = int(places.blockBoundingRect(block).top() // height)
            bottom = places.blockBoundingRect(after).top() + _LINES_KEPT
            if bottom > (page + 1) * height and places.blockBoundingRect(block).top() > page * height + 1:
                cursor, layout_of = QTextCursor(block), block.blockFormat()
                layout_of.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
                cursor.setBlockFormat(layout_of)
                document.markContentsDirty(0, document.characterCount())
        block = following


def _paint_page(
    painter: QPainter, texts: Texts, document: QTextDocument, scale: float, number: int, count: int
) -> None:
    size = document.pageSize()
    left = MARGINS_MM.left() / POINT_MM
    top = (MARGINS_MM.top() + HEAD_MM) / POINT_MM
    painter.save()
    painter.scale(scale, scale)
    painter.translate(left, top)
    painter.setFont(_font(8))
    painter.setPen(GREY)
    head = QRectF(0, -HEAD_MM / POINT_MM, size.width(), HEAD_MM / POINT_MM - 6)
    foot = QRectF(0, size.height() + 6, size.width(), HEAD_MM / POINT_MM)
    if number > 1:
        painter.drawText(head, Qt.AlignmentFlag.AlignLeft, texts[0].header or texts[0].title)
    marks = dict.fromkeys(text.words["document.draft_mark"] for text in texts if getattr(text, "draft", False))
    if marks:
        painter.drawText(head, Qt.AlignmentFlag.AlignRight, " / ".join(marks))
    painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, texts[0].footer)
    pages = texts[0].words["document.page"].format(page=number, pages=count)
    painter.drawText(foot, Qt.AlignmentFlag.AlignRight, pages)
    painter.translate(0, -(number - 1) * size.height())
    document.drawContents(painter, QRectF(0, (number - 1) * size.height(), size.width(), size.height()))
    painter.restore()


def _html(texts: Texts) -> str:
    from cocivic_desktop.documents.content import AgreementText, SimpleDocument

    simple = next((text for text in texts if isinstance(text, SimpleDocument)), None)
    return simple_html(simple) if simple else agreement_html([one for one in texts if isinstance(one, AgreementText)])


def _font(points: int) -> QFont:
    """The system's font in points of paper: the layout counts one point as one unit."""
    font = QFont()
    font.setPixelSize(points)
    return font
